import DocketTestSupport
import DocketText
import Foundation
import Testing

@Suite struct SentenceSplitterTests {
    private func split(_ text: String) -> [String] {
        SentenceSplitter().sentences(in: text).map { text.slice($0) }
    }

    @Test(arguments: [
        ("今天開會。明天休息！好嗎？", ["今天開會。", "明天休息！", "好嗎？"]),
        ("他說：「今天開會。明天休息。」然後散會。", ["他說：「今天開會。明天休息。」", "然後散會。"]),
        ("主席說「照案通過。」，大家同意。", ["主席說「照案通過。」，大家同意。"]),
        ("請資訊局（含所屬。）辦理。備查。", ["請資訊局（含所屬。）辦理。", "備查。"]),
        ("「沒有關上的引號。第二句。", ["「沒有關上的引號。", "第二句。"]),
        ("會議結論：(一) 解除列管。(二) 賡續列管。", ["會議結論：", "(一) 解除列管。", "(二) 賡續列管。"]),
        ("如下：一、甲；二、乙。", ["如下：", "一、甲；", "二、乙。"]),
        ("真的嗎？！太好了……我們走。", ["真的嗎？！", "太好了……我們走。"]),
        ("第一行\n第二行\n\n第三行。", ["第一行", "第二行", "第三行。"]),
        ("績效達 98.82%，比率 1.5 倍。下午 3:30 開會。", ["績效達 98.82%，比率 1.5 倍。", "下午 3:30 開會。"]),
    ])
    func `Chinese text ends where its marks say`(text: String, expected: [String]) {
        #expect(split(text) == expected)
    }

    @Test(arguments: [
        ("Mr. Smith came. He sat down.", ["Mr. Smith came.", "He sat down."]),
        ("See No. 5 and Fig. 3. No. I will not.", ["See No. 5 and Fig. 3.", "No.", "I will not."]),
        ("The U.S. Senate met at 3.15 p.m. on Monday.", ["The U.S. Senate met at 3.15 p.m. on Monday."]),
        ("He said \"Stop.\" Then he left (quickly). Why?", ["He said \"Stop.\"", "Then he left (quickly).", "Why?"]),
        ("J. R. Brown moved. Really?! Yes.", ["J. R. Brown moved.", "Really?!", "Yes."]),
        ("1. Open the meeting. 2. Close it.", ["1. Open the meeting.", "2. Close it."]),
        ("Okay . So what now ?", ["Okay .", "So what now ?"]),
        (
            "e.g. this one, i.e. that. Visit docket.example.com now.",
            ["e.g. this one, i.e. that.", "Visit docket.example.com now."]
        ),
    ])
    func `English text ends where its marks say`(text: String, expected: [String]) {
        #expect(split(text) == expected)
    }

    @Test(arguments: 0..<300)
    func `sentences are in order, do not overlap and leave out nothing but blanks`(seed: UInt64) {
        let text = RandomText.mixed(count: 80, seed: seed)
        expectPartition(of: text, "seed \(seed)")
    }

    @Test(
        .enabled(if: ReferenceData.isAvailable, "no reference data"),
        arguments: [
            "taipei/taipei-secretariat-work-report-2022h1.txt", "taipei/taipei-secretariat-annual-plan-2026.txt",
            "archive-tw-meetings/meetings.jsonl", "qmsum/meetings.jsonl",
        ])
    func `real text is split without loss`(path: String) throws {
        let text = String(try ReferenceData.text(path).prefix(200_000))
        expectPartition(of: text, Comment(rawValue: path))
        #expect(SentenceSplitter().sentences(in: text).count > text.utf8.count / 2000)
    }

    private func expectPartition(of text: String, _ comment: Comment) {
        let bytes = Array(text.utf8)
        var end = 0
        for range in SentenceSplitter().sentences(in: text) {
            #expect(range.lowerBound >= end && !range.isEmpty, comment)
            #expect(String(validating: bytes[range], as: UTF8.self) != nil, comment)
            let between = String(decoding: bytes[end..<range.lowerBound], as: UTF8.self)
            #expect(between.unicodeScalars.allSatisfy { $0.value <= 0x20 || $0.value == 0x3000 }, comment)
            end = range.upperBound
        }
        let rest = String(decoding: bytes[end...], as: UTF8.self)
        #expect(rest.unicodeScalars.allSatisfy { $0.value <= 0x20 || $0.value == 0x3000 }, comment)
    }

    @Test func `hostile nesting costs no more than plain text`() {
        let text = String(repeating: "「（", count: 100_000) + "。" + String(repeating: "）」", count: 100_000)
        let clock = ContinuousClock()
        let time = clock.measure { _ = SentenceSplitter().sentences(in: text) }
        #expect(time < .seconds(2))
    }
}
