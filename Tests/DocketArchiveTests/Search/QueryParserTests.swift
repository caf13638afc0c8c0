import DocketCore
import Testing

@testable import DocketArchive

@Suite struct QueryParserTests {
    private func words(_ text: String, quoted: Bool = false) -> SearchQuery {
        .words(SearchWords(text, isQuoted: quoted))
    }

    private func parse(_ text: String) throws -> SearchQuery { try QueryParser().parse(text) }

    @Test func `words side by side must all be there`() throws {
        #expect(try parse("實聯制 悠遊卡") == .and([words("實聯制"), words("悠遊卡")]))
        #expect(try parse("實聯制　AND　悠遊卡") == .and([words("實聯制"), words("悠遊卡")]))
        #expect(try parse("  ") == .everything)
    }

    @Test func `not binds tightest and or loosest`() throws {
        #expect(
            try parse("甲乙 OR 丙丁 NOT 戊己")
                == .or([words("甲乙"), .and([words("丙丁"), .not(words("戊己"))])]))
        #expect(try parse("-甲乙 (丙丁 OR app)") == .and([.not(words("甲乙")), .or([words("丙丁"), words("app")])]))
        #expect(try parse("NOT NOT 甲乙") == .not(.not(words("甲乙"))))
    }

    @Test(arguments: ["\"解除 列管\"", "「解除 列管」", "“解除 列管”", "《解除 列管》", "『解除 列管』"])
    func `a phrase may stand in any quotation marks`(text: String) throws {
        #expect(try parse(text) == words("解除 列管", quoted: true))
    }

    @Test func `a hyphen inside a word or before a digit is no operator`() throws {
        #expect(try parse("211-2") == words("211-2"))
        #expect(try parse("-5 COVID-19") == .and([words("-5"), words("COVID-19")]))
    }

    @Test func `fields filter in both languages and both calendars`() throws {
        #expect(
            try parse("kind:conclusion 類別：議題 agency:\"教育 局\"")
                == .and([
                    .filter(SearchFilters(kinds: [.conclusion])), .filter(SearchFilters(kinds: [.agendaItem])),
                    .filter(SearchFilters(agencies: ["教育 局"])),
                ]))
        let ranges: [(String, String?, String?)] = [
            ("date:2021-10..", "2021-10", nil), ("日期:110年10月26日", "2021-10-26", "2021-10-26"),
            ("date:110.10.1～110/12/31", "2021-10-01", "2021-12-31"), ("date:..2021", nil, "2021"),
            ("date:民國110年", "2021", "2021"),
        ]
        for (text, from, to) in ranges {
            #expect(try parse(text) == .filter(SearchFilters(from: from, to: to)), "\(text)")
        }
        #expect(try parse("http://example.org/a 10:30") == .and([words("http://example.org/a"), words("10:30")]))
    }

    @Test(arguments: [
        ("甲乙 \"丙", 7), ("甲乙)", 6), ("(甲乙", 0), ("甲乙 OR", 9), ("OR 甲乙", 0), ("kind:minutes", 5), ("甲 date:2021-13", 9),
        ("date:..", 5), ("agency: 甲", 0), ("。，", 0), ("date:2021..2021-02-30", 11),
    ])
    func `what cannot be read is refused with its byte`(text: String, offset: Int) {
        #expect(throws: ArchiveError.self) { try parse(text) }
        do {
            _ = try parse(text)
        } catch ArchiveError.malformedQuery(let found, _) {
            #expect(found == offset)
        } catch {
            Issue.record(error)
        }
    }

    @Test func `hostile queries end in an error`() {
        for text in [
            String(repeating: "(", count: 10_000), String(repeating: "-", count: 5_000) + "甲",
            String(repeating: "甲 ", count: 3_000), String(repeating: "甲", count: 30_000),
        ] {
            #expect(throws: ArchiveError.self) { try parse(text) }
        }
    }
}
