import DocketCore
import Testing

@testable import DocketArchive

@Suite struct SpellingSuggesterTests {
    @Test(
        arguments: [
            ("登格熱", "登革熱", SpellingCorrection.Reason.homophone), ("廣續列管", "賡續列管", .lookalike),
            ("充電椿", "充電樁", .lookalike), ("童子睛", "童子晴", .lookalike), ("公廳會", "公聽會", .homophone),
            ("登革樂", "登革熱", .homophone), ("登熱革", "登革熱", .swapped), ("賡列管", "賡續列管", .missing),
            ("悠遊遊卡", "悠遊卡", .extra), ("登格熱病例", "登革熱病例", .homophone), ("悠油卡", "悠遊卡", .homophone),
            ("实连制", "实聯制", .homophone), ("metdata", "metadata", .missing), ("crosswlk", "crosswalk", .missing),
            ("recieve", "receive", .swapped), ("metadataa", "metadata", .extra), ("Metodata", "Metadata", .typing),
            ("corsswlak", "crosswalk", .typing), ("etadata", "metadata", .missing), ("covdi19", "covid19", .swapped),
            ("悠夏卡", "悠遊卡", .typing),
        ] as [(String, String, SpellingCorrection.Reason)], [false, true])
    func `a slip of each kind is put right`(
        slip: (typed: String, meant: String, reason: SpellingCorrection.Reason), isFolded: Bool
    ) async throws {
        let found = try await SuggestionLibrary.fixture(isFolded: isFolded).corrections(slip.typed)
        #expect(found.first?.replacement == slip.meant, "\(found)")
        #expect(found.first?.reason == slip.reason, "\(found)")
        #expect(found.first.map { $0.documents > 0 } == true)
    }

    @Test(arguments: [
        ("請問充電椿什麼時候裝好", "請問充電樁什麼時候裝好", "充電樁"), ("請問登格熱病例有多少？", "請問登革熱病例有多少？", "登革熱病例"),
        ("哪些案子還在廣續列管呢", "哪些案子還在賡續列管呢", "賡續列管"), ("APP登格熱防疫", "APP登革熱防疫", "登革熱防疫"),
    ])
    func `a slip inside a question is put right`(typed: String, meant: String, part: String) async throws {
        let found = try await SuggestionLibrary.fixture().corrections(typed)
        #expect(found.first?.replacement == meant, "\(found)")
        #expect(found.first?.found == part)
        #expect(found.first?.word == typed)
    }

    @Test func `documents are counted`() async throws {
        let found = try await SuggestionLibrary.fixture().corrections("登格熱", "公廳會")
        #expect(found.map(\.documents) == [2, 2])
        #expect(found.map(\.word) == ["登格熱", "公廳會"])
    }

    @Test(arguments: [
        "登革熱", "充電樁", "賡續列管", "公聽會", "悠遊卡", "metadata", "receive", "台北市", "２０１", "211-2", "A1234", "1100012345",
        "110年10月26日", "登", "cat", "府授資字第1100012345號", "請問", "什麼時候", "",
    ])
    func `what is found, and what is a number, is left as it is`(word: String) async throws {
        let found = try await SuggestionLibrary.fixture().corrections(word)
        #expect(found == [])
    }

    @Test func `variants that a search takes for the same are no correction`() async throws {
        let fixture = try SuggestionLibrary.fixture(more: [SuggestionLibrary.document(99, "臺北市政府會議紀錄")])
        #expect(try await fixture.corrections("台北市政府", "會議記錄", "会议纪录") == [])
    }

    @Test func `a rare spelling gives way to one more than ten times as common`() async throws {
        let common = (100..<140).map { SuggestionLibrary.document($0, "第\($0)次登革熱病例統計") }
        let wrong = [SuggestionLibrary.document(200, "登格熱病例一覽")]
        let fixture = try SuggestionLibrary.fixture(more: common + wrong)
        #expect(try await fixture.corrections("登格熱").first?.replacement == "登革熱")
        let wrongToo = (200..<205).map { SuggestionLibrary.document($0, "登格熱病例一覽") }
        let other = try SuggestionLibrary.fixture(more: common + wrongToo)
        #expect(try await other.corrections("登格熱") == [])
    }

    @Test func `what only others may see is not proposed`() async throws {
        let hidden = [
            SuggestionLibrary.document(50, "天網計畫執行進度", level: .confidential),
            SuggestionLibrary.document(51, "雲梯專案執行進度", scope: "案一"),
            SuggestionLibrary.document(52, "Nightingale rollout", level: .secret),
        ]
        for isFolded in [false, true] {
            let fixture = try SuggestionLibrary.fixture(isFolded: isFolded, more: hidden)
            let all = try await fixture.corrections("天往計畫", "雲踢專案", "nightingal")
            #expect(all.map(\.replacement) == ["天網計畫", "雲梯專案", "nightingale"])
            let outsider = Viewer(clearance: .public, scopes: [])
            #expect(try await fixture.corrections("天往計畫", "雲踢專案", "nightingal", viewer: outsider) == [])
            let insider = Viewer(clearance: .public, scopes: ["案一"])
            let seen = try await fixture.corrections("天往計畫", "雲踢專案", "nightingal", viewer: insider)
            #expect(seen.map(\.replacement) == ["雲梯專案"])
            // What others may see does not make a word known either, and does not count.
            let counted = try await fixture.corrections("登格熱", viewer: outsider)
            #expect(counted.map(\.replacement) == ["登革熱"])
            #expect(counted.map(\.documents) == [2])
        }
    }

    @Test func `a word that stands in hidden documents only is put right for others`() async throws {
        let hidden = (0..<120).map { SuggestionLibrary.document(60 + $0, "登格熱", level: .secret) }
        let fixture = try SuggestionLibrary.fixture(more: hidden)
        #expect(try await fixture.corrections("登格熱") == [])
        let found = try await fixture.corrections("登格熱", viewer: Viewer(clearance: .public))
        #expect(found.first?.replacement == "登革熱")
    }

    @Test func `proposals are at most three and the same each time`() async throws {
        let more = ["童子情", "童子清", "童子青", "童子請", "童子精"].enumerated().map {
            SuggestionLibrary.document(70 + $0.offset, $0.element)
        }
        let fixture = try SuggestionLibrary.fixture(more: more)
        let first = try await fixture.corrections("童子睛")
        #expect(first.count == 3)
        for _ in 0..<5 { #expect(try await fixture.corrections("童子睛") == first) }
    }

    @Test(arguments: [
        String(repeating: "登格熱", count: 1_800), String(repeating: "metdata ", count: 2_048),
        String(repeating: "😀👩‍⚖️", count: 800), String(repeating: "\u{0}\u{1}\u{7F}\u{200B}", count: 2_000),
        String(repeating: "a", count: 16_384), "登\u{1}格\u{2}熱", "\u{FEFF}", "𠮷𠮷𠮷", "登\u{301}格熱",
        String(repeating: "登1", count: 4_000), "カード", "카드카드",
    ])
    func `hostile words are borne`(text: String) async throws {
        let suggester = try SuggestionLibrary.fixture(isFolded: true).suggester()
        let deadline = SearchDeadline(nil)
        for words in [[text], text.split(separator: " ").map(String.init)] {
            #expect(try await suggester.corrections(of: words, deadline: deadline).count <= 48)
            #expect(try await suggester.related(to: words, deadline: deadline).count <= 5)
        }
        #expect(try await suggester.completions(of: text, limit: 5, deadline: deadline).count <= 5)
    }

    @Test func `an empty library has no proposals`() async throws {
        let fixture = try SearchFixture()
        #expect(try await fixture.corrections("登格熱", "metdata") == [])
        #expect(try await fixture.suggester().completions(of: "登", limit: 5, deadline: SearchDeadline(nil)) == [])
        #expect(try await fixture.suggester().related(to: ["登革熱"], deadline: SearchDeadline(nil)) == [])
    }

    @Test func `a part of the index that does not answer is passed over`() async throws {
        let fixture = try SuggestionLibrary.fixture()
        let sources = PostingSources(sources: [0: fixture.index.source, 1: DeadSource()])
        let suggester = SpellingSuggester(sources, viewer: SearchFixture.everyone)
        let found = try await suggester.corrections(of: ["登格熱"], deadline: SearchDeadline(nil))
        #expect(found.first?.replacement == "登革熱")
    }

    @Test func `no more rows are read than may be`() async throws {
        let fixture = try SuggestionLibrary.fixture(isFolded: true)
        let left = try await fixture.index.source.readTerms(looks: 3, deadline: SearchDeadline(nil)) { reader in
            let segment = try #require(reader.segments.first)
            let terms = Set((0..<500).compactMap { Unicode.Scalar(0x4E00 + $0 * 40).map { "\($0)革" } })
            _ = try reader.counts(of: terms, in: segment)
            _ = try reader.terms(from: "\u{4E00}", before: "\u{9FFF}", in: segment, rows: 9)
            return reader.looksLeft
        }
        #expect(left == [0])
    }
}
