import DocketCore
import DocketTestSupport
import DocketText
import Testing

@testable import DocketArchive

/// How plain words are read: what is understood, what becomes a condition, and how the reading widens.
@Suite struct PlainQueryTests {
    static let knowledge = SearchKnowledge(
        roster: Roster(
            agencies: [
                Roster.Agency(
                    id: "a1", officialName: "青嵐市政府都市發展局", shortNames: ["都發局"], aliases: ["工務處"]),
                Roster.Agency(id: "a2", officialName: "青嵐市政府文化局", shortNames: ["文化局"]),
            ],
            persons: [
                Roster.PersonRole(
                    id: "p1", name: "鄔明德", surname: "鄔", title: "主任", titleAliases: [], agency: "a2")
            ]),
        series: [
            MeetingSeries(id: SeriesID(rawValue: "s1"), name: "主任秘書會報"),
            MeetingSeries(id: SeriesID(rawValue: "s2"), name: "Working Group on Sister City Archives"),
        ],
        synonyms: { words in
            Dictionary(
                uniqueKeysWithValues: words.compactMap { $0 == "充電樁" ? ($0, ["電動車充電設施"]) : nil })
        })

    private func read(_ text: String, literal: Set<String> = []) async throws -> PlainQueryReader {
        try await PlainQueryReader(
            text, knowledge: Self.knowledge, today: CalendarDate(2025, 2, 10),
            literal: Set(literal.map { Folding.key($0) }))
    }

    @Test(arguments: [
        ("去年下半年員工停車位的決議", "date", "2024-07-01..2024-12-31"), ("上個月的會議", "date", "2025-01-01..2025-01-31"),
        ("110年10月 公聽會", "date", "2021-10-01..2021-10-31"), ("2021-10 公聽會", "date", "2021-10-01..2021-10-31"),
        ("113年11月7日決標的案子", "date", "2024-11-07"), ("主秘會報對跨年晚會的結論", "series", "主任秘書會報"),
        ("主任秘書會報第213次會議", "meeting", "213"), ("第十六次會議的紀錄", "meeting", "16"),
        ("working group decisions", "series", "Working Group on Sister City Archives"),
        ("working group meeting 7", "meeting", "7"),
        ("列管編號58-3解除了嗎", "item", "58-3"), ("青財預字第1130039912號", "number", "青財預字第1130039912號"),
        ("都發局進度落後的案件", "agency", "青嵐市政府都市發展局、工務處"),
        ("工務處 社會住宅", "agency", "青嵐市政府都市發展局、都發局"), ("鄔主任說了什麼", "person", "鄔明德"),
        ("充電樁 經費", "synonym", "電動車充電設施"), ("what did we decide on the loan", "decision", "conclusion"),
    ])
    func `what names something is understood`(text: String, kind: String, meaning: String) async throws {
        let understood = try await read(text).understood
        #expect(understood.contains { $0.kind.rawValue == kind && $0.meaning == meaning }, "\(understood)")
    }

    @Test(arguments: [
        "登革熱 孳生源", "第2次公告的標案", "三民路", "4.2元", "每月40人次", "meeting rooms", "會報資料",
    ])
    func `what only looks so is not`(text: String) async throws {
        #expect(try await read(text).understood.isEmpty)
    }

    @Test func `what is to be taken as it stands is taken so`() async throws {
        #expect(try await read("去年 充電樁", literal: ["去年", "充電樁"]).understood.isEmpty)
        #expect(try await read("去年 充電樁", literal: ["去年"]).understood.map(\.kind) == [.synonym])
    }

    @Test func `readings go from the narrowest to the widest`() async throws {
        let attempts = try await read("去年 充電樁辦理情形 經費").attempts
        #expect(attempts.map(\.breadth) == [.exact, .matter, .any, .withoutConditions])
        let dated = SearchQuery.filter(SearchFilters(from: "2024-01-01", to: "2024-12-31"))
        #expect(
            attempts[0].query == .and([dated, .words(SearchWords("充電樁辦理情形")), .words(SearchWords("經費"))]))
        #expect(
            attempts[1].query
                == .and([dated, .words(SearchWords("充電樁", synonyms: ["電動車充電設施"])), .words(SearchWords("經費"))]))
        #expect(!"\(attempts[3].query)".contains("2024"))
    }

    @Test func `conditions alone are a query`() async throws {
        let reader = try await read("上個月主秘會報的決議")
        #expect(reader.wantsDecision)
        #expect(
            reader.attempts.first?.query
                == .and([
                    .filter(SearchFilters(series: ["主任秘書會報"])),
                    .filter(SearchFilters(from: "2025-01-01", to: "2025-01-31")),
                    .filter(SearchFilters(kinds: [.conclusion])),
                ]))
    }

    @Test func `words that frame a matter count less, and those of the matter do not`() {
        let parts = QuestionForm("充電樁的辦理情形").parts
        #expect(parts.filter { $0.share == 1 }.map(\.words) == ["充電", "電樁"])
        #expect(FramingWords.matter(of: "請問充電樁什麼時候裝好了？") == ["充電樁", "時候裝"])
        #expect(
            FramingWords.matter(of: "What did we decide about the retention schedule?") == ["retention", "schedule"])
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `any text is read, and every reading is one that the index answers as a scan does`(seed: UInt64) async throws {
        var generator = SearchGenerator(seed: seed &+ 40)
        var fixture = try SearchFixture()
        try fixture.apply((0..<120).map { .put(generator.document($0)) })
        try fixture.fold(limit: 70)
        for _ in 0..<6 {
            let text = (0..<Int.random(in: 1...3, using: &generator.generator)).map { _ in
                generator.word()
            }.joined(separator: [" ", "的", "去年"].randomElement(using: &generator.generator) ?? " ")
            for attempt in try await read(text).attempts where attempt.query.questions.isEmpty {
                let viewer =
                    [SearchFixture.everyone, Viewer(clearance: .internal, scopes: ["案一"])]
                    .randomElement(using: &generator.generator) ?? SearchFixture.everyone
                let found = try await fixture.ids(of: attempt.query, viewer: viewer)
                let expected = fixture.oracle.matches(attempt.query, viewer: viewer)
                #expect(Set(found) == expected, "\(text): \(attempt.query.text)")
            }
        }
    }
}
