import DocketCore
import DocketIngest
import DocketTestSupport
import Foundation
import Testing

@Suite struct TranscriptSegmenterTests {
    private let segmenter = TranscriptSegmenter()

    // MARK: - Agenda

    private func item(_ path: String, _ kind: AgendaItem.Kind, _ title: String, sponsor: String? = nil) -> AgendaItem {
        AgendaItem(path: path, kind: kind, title: Words(title, at: 0..<0), sponsor: sponsor, passages: 0...0)
    }

    private let meeting: [(String, String, String)] = [
        ("-", "主席", "各位午安，我們開始。天氣很熱，先喝水。"),
        ("壹", "主席", "先確認上次會議紀錄，有意見嗎？沒有，確定。"),
        ("壹", "主席", "請假的單位會後再補。"),
        ("貳.一", "主席", "第一案，會議結論事項執行情形，研考會請。"),
        ("貳.一", "研考會", "這次列管六案，建議解除兩案，賡續四案。"),
        ("貳.一", "消防局", "我們的公文線上簽核率已經達標。"),
        ("貳.一", "主席", "好，解除。"),
        ("貳.二", "主席", "第二案，公共場所AED的盤點，衛生局。"),
        ("貳.二", "衛生局", "應該設置的場所盤點出來是兩百八十六處，還差二十五處。"),
        ("貳.二", "主席", "差的那些什麼時候補齊？"),
        ("貳.二", "衛生局", "年底前，體外心臟電擊去顫器採購已經發包。"),
        ("貳.三", "主席", "接下來是中秋節烤肉管理，環保局。"),
        ("貳.三", "環保局", "連續假期的環境清潔我們加派人力，河濱公園開放烤肉。"),
        ("貳.三", "主席", "垃圾要當天清掉。"),
        ("+", "主席", "沒有其他事情，散會。"),
    ]

    private var agenda: [AgendaItem] {
        [
            item("壹", .readPrevious, "宣讀第61次主任秘書會報紀錄"),
            item("貳.一", .trackingReview, "主任秘書會報會議結論事項執行情形。", sponsor: "研考會"),
            item("貳.二", .report, "公共場所自動體外心臟電擊去顫器(AED)盤點情形。", sponsor: "衛生局"),
            item("貳.三", .report, "中秋節連續假期環境清潔及烤肉管理。", sponsor: "環保局"),
        ]
    }

    @Test func `with an agenda every utterance goes to its item, the preamble or the epilogue`() {
        let turns = meeting.map { SpokenTurn(speaker: $0.1, text: $0.2) }
        let segments = segmenter.segments(of: turns, agenda: agenda)
        #expect(segments.map(\.kind) == [.preamble, .agendaItem, .agendaItem, .agendaItem, .agendaItem, .epilogue])
        var labels = [String](repeating: "", count: turns.count)
        for segment in segments {
            let label = segment.path ?? (segment.kind == .preamble ? "-" : "+")
            for place in segment.passages { labels[place] = label }
        }
        #expect(labels == meeting.map(\.0))
        #expect(segments[2].title == "主任秘書會報會議結論事項執行情形。")
    }

    @Test func `an item that was not called has no segment`() {
        let turns = meeting.filter { $0.0 != "貳.二" }.map { SpokenTurn(speaker: $0.1, text: $0.2) }
        let paths = segmenter.segments(of: turns, agenda: agenda).compactMap(\.path)
        #expect(paths == ["壹", "貳.一", "貳.三"])
    }

    // MARK: - Marks and topics

    @Test func `marks of the source are boundaries`() {
        let turns = [
            SpokenTurn(speaker: "主席", text: "現在開會。"), SpokenTurn(speaker: nil, text: "甲案\n說明", mark: "item"),
            SpokenTurn(speaker: "主席", text: "通過。"), SpokenTurn(speaker: nil, text: "乙案", mark: "item"),
        ]
        let segments = segmenter.segments(of: turns)
        #expect(segments.map(\.firstPassage) == [0, 1, 3])
        #expect(segments.map(\.title) == [nil, "甲案", "乙案"])
        #expect(segments.map(\.kind) == [.preamble, .agendaItem, .agendaItem])
    }

    @Test func `visitors who come one after another are topics of their own`() {
        let visits = [
            ("甲小姐", "長照車隊的排班與補助，司機的訓練時數，照顧服務員的薪資"), ("乙先生", "區塊鏈存證與數位簽章，演算法的稽核，資料治理"),
            ("丙老師", "偏鄉學校的程式教育，教材的授權，學生的平板"),
        ]
        var turns: [SpokenTurn] = []
        for (visitor, words) in visits {
            let parts = words.split(separator: "，").map(String.init)
            turns.append(SpokenTurn(speaker: visitor, text: "大家好，我是\(visitor)，今天想談\(words)。"))
            for round in 0..<12 {
                turns.append(SpokenTurn(speaker: "主持人", text: "\(parts[round % 3])這件事，可以再說明嗎？"))
                turns.append(
                    SpokenTurn(speaker: visitor, text: "關於\(parts[(round + 1) % 3])，我們試了很多次，\(parts[round % 3])是關鍵。"))
            }
            turns.append(SpokenTurn(speaker: "主持人", text: "謝謝，再聯絡。"))
        }
        #expect(segmenter.starts(of: turns) == [0, 26, 52])
    }

    @Test func `one short talk is one topic, and nothing is nothing`() {
        let turns = (0..<4).map { SpokenTurn(speaker: "甲", text: "我們談的是預算，預算第\($0)項。") }
        #expect(segmenter.segments(of: turns).count == 1)
        #expect(segmenter.segments(of: []).isEmpty)
        #expect(segmenter.segments(of: [SpokenTurn(speaker: nil, text: "")], agenda: agenda).count == 1)
    }

    // MARK: - Properties

    @Test(arguments: 0..<60)
    func `segments partition any transcript`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let words = ["預算", "散會", "第一案", "好，", "接下來", "謝謝", "okay ", "烤肉", "", "列管編號 205-2", "👩‍⚖️", "meeting "]
        let turns = (0..<Int.random(in: 1...80, using: &generator)).map { _ in
            SpokenTurn(
                speaker: ["甲", "乙", "丙", nil].randomElement(using: &generator) ?? nil,
                text: (0..<Int.random(in: 0...6, using: &generator)).compactMap { _ in
                    words.randomElement(using: &generator)
                }.joined(), mark: Int.random(in: 0..<12, using: &generator) == 0 ? "item" : nil)
        }
        for agenda in [nil, agenda] {
            let segments = segmenter.segments(of: turns, agenda: agenda)
            #expect(segments.first?.firstPassage == 0 && segments.last?.lastPassage == turns.count - 1, "seed \(seed)")
            for (one, two) in zip(segments, segments.dropFirst()) {
                #expect(two.firstPassage == one.lastPassage + 1, "seed \(seed)")
            }
            #expect(segments.map(\.number) == Array(segments.indices), "seed \(seed)")
            #expect(segments.allSatisfy { (0...1).contains($0.confidence) }, "seed \(seed)")
        }
    }

    @Test func `five thousand utterances take seconds at most`() {
        var generator = SeededGenerator(seed: 7)
        let turns = (0..<5000).map { place in
            let topic = place / 600
            let text = (0..<8).map { _ in "詞\(topic * 40 + Int.random(in: 0..<60, using: &generator))" }.joined(
                separator: "，")
            return SpokenTurn(speaker: "人\(topic * 3 + Int.random(in: 0..<4, using: &generator))", text: text)
        }
        let time = ContinuousClock().measure { _ = segmenter.segments(of: turns) }
        #expect(time < .seconds(30))
    }
}
