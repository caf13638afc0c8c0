import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketDrafting

/// Words of answers, and the places they rest on.
@Suite struct ChatAnswerTests {
    // MARK: - Words

    @Test(arguments: [
        ("**1. 請資訊局於11月4日前提報。**", "請資訊局於11月4日前提報。"), ("（一）請資訊局提報", "請資訊局提報。"), ("- 請資訊局提報", "請資訊局提報。"),
        ("# 請資訊局提報。[p12]", "請資訊局提報。"), ("請資訊局提報 (p1, p2)。", "請資訊局提報。"), ("請資訊局\u{202E}提報\u{200B}。", "請資訊局提報。"),
        ("請資訊局,主計處提報;其餘備查.", "請資訊局，主計處提報；其餘備查。"), ("3.5%的案件尚未結案。", "3.5%的案件尚未結案。"),
        ("一、二級機關應於期限內函報。", "一、二級機關應於期限內函報。"),
        ("列管編號205-2（觀傳局部分）解除列管。", "列管編號205-2（觀傳局部分）解除列管。"), ("一案請資訊局提報。", "一案請資訊局提報。"),
    ])
    func `a sentence is freed of Markdown, numbers, identifiers and what cannot be seen`(text: String, clean: String) {
        #expect(AnswerText.sentences(text, isChinese: true).joined() == clean)
    }

    @Test func `a text of several sentences is as many claims, each closed`() {
        #expect(AnswerText.sentences("甲案通過。乙案保留；丙案退回", isChinese: true).count >= 2)
        let english = AnswerText.sentences("1. Lin reported 3.5 percent. The chair agreed", isChinese: false)
        #expect(english == ["Lin reported 3.5 percent.", "The chair agreed."])
    }

    @Test(arguments: 0..<200)
    func `cleaning ends, and cleaning again changes nothing`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "**", "1. ", "（一）", "[p1]", "(n2)", "甲", "。", "a ", "\u{202E}", "\n", "- ", "#", "3.5", "一、", ",", "「", "」",
            "<", "`",
        ]
        let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }.joined()
        let once = AnswerText.cleaned(text, isChinese: true)
        #expect(!once.unicodeScalars.contains { $0.isInvisible }, "seed \(seed)")
        #expect(AnswerText.cleaned(once, isChinese: true).count <= once.count, "seed \(seed)")
    }

    @Test func `identifiers are read however a model writes them`() throws {
        let json = #"""
            [{"text":"a","passages":["p1","[P2]","p3, p4"]},{"text":"b","passages":[5,"6"]},
            {"text":"c","passages":"p7-p9"},
            {"text":"d"},{"text":"e","passages":{"x":1}}]
            """#
        let claims = try JSONDecoder().decode([AnsweredClaim].self, from: Data(json.utf8))
        #expect(claims.map(\.passages) == [["p1", "p2", "p3", "p4"], ["5", "6"], ["p7", "p8", "p9"], [], []])
    }

    // MARK: - Places

    private static let passages = [
        ("p3", "我們開始開會，各位早安，請大家把手機關靜音。"),
        ("p4", "資訊局報告，平臺測試到九月底完成百分之八十。剩下的部分十一月可以做完。另外廠商要求追加三百萬元。"),
        ("p5", "主計處說明，追加預算要走第二預備金，時間上會來不及。"), ("p6", "工務局的電梯採購交貨期比較長，要到十一月中才會到貨。"),
    ]
    private static let finder = CitationFinder(passages.map { (id: $0.0, text: $0.1) }, isChinese: true)

    @Test(arguments: [
        ["p4"], ["P99"], [], ["p3"], ["p6"], ["p3", "p6", "p999"], ["4"],
    ])
    func `the place that says it is found whatever was cited, and narrowed to its sentence`(ids: [String]) throws {
        let places = Self.finder.places(of: "廠商要求追加300萬元。", citing: ids)
        let place = try #require(places.first)
        #expect(place.piece == 1)
        let bytes = Array(Self.passages[1].1.utf8)
        let words = place.ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
        #expect(words == ["另外廠商要求追加三百萬元。"])
    }

    @Test func `a sentence of two passages keeps both`() {
        let places = Self.finder.places(of: "平臺測試至9月底完成80%，工務局電梯採購11月中到貨。", citing: ["p4", "p6"])
        #expect(Set(places.map(\.piece)) == [1, 3])
    }

    @Test func `what nothing says rests on nothing unless it was cited`() {
        #expect(Self.finder.places(of: "火星污水廠由南極事務司驗收。", citing: []).isEmpty)
        #expect(Self.finder.places(of: "火星污水廠由南極事務司驗收。", citing: ["p77"]).isEmpty)
        #expect(Self.finder.places(of: "火星污水廠由南極事務司驗收。", citing: ["p5"]).map(\.piece) == [2])
    }

    @Test(arguments: CorpusMeeting.all)
    func `wrong and unknown citations lead to the places of honest ones`(path: String) async throws {
        let meeting = try await CorpusMeeting.Cache.shared.meeting(path).meeting
        func cited(_ lie: ScriptedResponder.Lie?) async throws -> [String: Set<Int>] {
            let draft = try await ChatFixture.engine(lie).draft(ChatFixture.minutes(meeting)) { _ in }
            let claims = draft.claims.filter { $0.derivation == .composed && $0.text.count > 14 }
            return Dictionary(
                claims.map { claim in
                    (
                        claim.text.trimmingCharacters(in: .whitespaces),
                        Set(claim.citations.flatMap { meeting.transcript.passages(meeting: $0.span.range) })
                    )
                }, uniquingKeysWith: { first, _ in first })
        }
        let honest = try await cited(nil)
        for lie in [ScriptedResponder.Lie.wrongCitations, .unknownCitations] {
            let repaired = try await cited(lie)
            let both = repaired.filter { honest[$0.key] != nil }
            #expect(both.count * 3 > honest.count * 2, "\(path) \(lie): \(both.count) of \(honest.count)")
            let right = both.filter { !$0.value.isDisjoint(with: honest[$0.key] ?? []) }
            #expect(right.count * 100 >= both.count * 95, "\(path) \(lie): \(right.count) of \(both.count)")
        }
    }
}
