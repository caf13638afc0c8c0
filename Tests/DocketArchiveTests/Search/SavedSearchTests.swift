import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketArchive

/// Saved searches as data of the library, and what they tell.
@Suite struct SavedSearchTests {
    static let today = "2024-06-01"

    /// Options of a library whose passages are found by their words alone.
    static func options() -> Library.Options {
        var options = Library.Options()
        options.indexMaker = { source in
            let document = source.document
            return document.passages.map { passage in
                IndexDocument(
                    id: IndexDocument.passageID(document.id, passage.number), kind: .passage, source: document.id,
                    ordinal: passage.number, title: document.title, isTitleSearched: false,
                    fields: [IndexField(.body, document.text(in: passage.range), span: document.span(passage.range))],
                    date: document.date, sourceKind: document.kind, classification: document.classification,
                    scope: document.scope)
            }
        }
        return options
    }

    private static func save(
        _ library: Library, _ search: SavedSearch, replacing: Bool = false
    ) async throws -> SavedSearch {
        try await library.save(
            search, replacing: replacing, today: today, viewer: ArchiveFixture.viewer, by: ArchiveFixture.clerk)
    }

    private static func news(
        _ library: Library, _ name: String, limit: Int = 10, viewer: Viewer = ArchiveFixture.viewer
    ) async throws -> SearchNews {
        let search = try await library.savedSearch(name, viewer: viewer)
        return try await library.news(of: search, today: today, limit: limit, viewer: viewer)
    }

    @Test func `a search is saved with all that was asked, under a name that is folded`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            var search = SavedSearch(
                name: "  電子　領據 Memo ", words: "領據 去年",
                filters: SearchFilters(
                    kinds: [.conclusion, .passage], series: ["主任秘書會報"], agencies: ["資訊局", "財政局"], statuses: ["列管中"],
                    sourceKinds: [.minutes], classifications: [.public], scopes: ["案一"], meetings: [213, 9],
                    items: ["211-2"], speakers: ["吳主任"], from: "2020", to: "2024-05"), order: .date)
            search.literal = ["去年"]
            search.mode = .keywords
            let stored = try await Self.save(library, search)
            #expect(stored.name == "電子 領據 Memo" && stored.savedBy == "cli:clerk" && !stored.savedAt.isEmpty)
            for name in ["電子 領據 memo", "電子  领据　ＭＥＭＯ "] {
                let found = try await library.savedSearch(name, viewer: ArchiveFixture.viewer)
                #expect(found == stored)
            }
            #expect(stored.words == search.words && stored.filters == search.filters && stored.order == .date)
            #expect(stored.literal == ["去年"] && stored.mode == .keywords)
            #expect(try await library.savedSearches(viewer: ArchiveFixture.viewer) == [stored])
            // Others were told nothing yet.
            #expect(try await library.savedSearches(viewer: ArchiveFixture.all).map(\.toldAt) == [nil])
        }
    }

    @Test func `another search takes a name only when it says so, and a forgotten one is gone`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let first = try await Self.save(library, SavedSearch(name: "臺北", words: "一"))
            await #expect(throws: ArchiveError.refused(.search(name: "台北", .taken))) {
                try await Self.save(library, SavedSearch(name: "台北", words: "二"))
            }
            let second = try await Self.save(library, SavedSearch(name: "台北", words: "二"), replacing: true)
            #expect(try await library.savedSearches(viewer: ArchiveFixture.viewer) == [second])
            #expect(second.id != first.id)
            // What was found by the search as it was has nothing to be remembered by any more.
            let stale = try await library.news(of: first, today: nil, viewer: ArchiveFixture.viewer)
            await #expect(throws: ArchiveError.refused(.search(name: "臺北", .absent))) {
                try await library.remember(stale, by: ArchiveFixture.clerk)
            }
            #expect(try await library.forget(savedSearch: "臺北", by: ArchiveFixture.clerk) == "台北")
            #expect(try await library.savedSearches(viewer: ArchiveFixture.viewer).isEmpty)
            #expect(try library.rows("SELECT 1 FROM savedSearchTold").isEmpty)
            await #expect(throws: ArchiveError.refused(.search(name: "台北", .absent))) {
                try await library.savedSearch("台北", viewer: ArchiveFixture.viewer)
            }
            await #expect(throws: ArchiveError.refused(.search(name: "台北", .absent))) {
                try await library.forget(savedSearch: "台北", by: ArchiveFixture.clerk)
            }
            let events = try await library.auditEvents(viewer: ArchiveFixture.all).map { "\($0.action) \($0.object)" }
            #expect(
                events.filter { $0.contains("search") }
                    == ["search.save search:臺北", "search.save search:台北", "search.forget search:台北"])
            #expect(try await library.verifyAudit().firstBreak == nil)
        }
    }

    @Test(arguments: ["", "  ", "一\n二", "一\u{2028}二", "a\u{0}", "\u{202E}abc", "\u{7}", "\u{200B}\u{0301}"])
    func `what is no line of text is no name`(name: String) {
        #expect(throws: ArchiveError.self) { try SavedSearch.checked(name: name) }
    }

    @Test func `a name has up to 100 characters, and a search that cannot be run is not saved`() async throws {
        #expect(try SavedSearch.checked(name: String(repeating: "案", count: 100)).count == 100)
        #expect(throws: ArchiveError.self) { try SavedSearch.checked(name: String(repeating: "案", count: 101)) }
        try await ArchiveFixture.withLibrary { library async throws in
            await #expect(throws: ArchiveError.self) {
                try await Self.save(library, SavedSearch(name: "壞", words: "(一 OR"))
            }
            await #expect(throws: ArchiveError.self) {
                try await Self.save(library, SavedSearch(name: "長", words: String(repeating: "長", count: 3000)))
            }
            #expect(try await library.savedSearches(viewer: ArchiveFixture.viewer).isEmpty)
            try await library.tamper(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
                INSERT INTO savedSearch SELECT 0, 'k' || i, 'x', 'n', '{"form":1,"words":"一"}', '', '' FROM n
                """)
            await #expect(throws: ArchiveError.refused(.search(name: "多", .tooMany(limit: 1000)))) {
                try await Self.save(library, SavedSearch(name: "多", words: "一"))
            }
        }
    }

    @Test func `a search that a later version saved is not run as less than it is`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            _ = try await Self.save(library, SavedSearch(name: "案", words: "一"))
            try await library.tamper("UPDATE savedSearch SET body = '{\"form\":2,\"words\":\"一\"}'")
            await #expect(throws: ArchiveError.self) {
                try await library.savedSearch("案", viewer: ArchiveFixture.viewer)
            }
            try await library.forget(savedSearch: "案", by: ArchiveFixture.clerk)
        }
    }

    @Test func `last year is that of the day on which the search is run`() async throws {
        try await ArchiveFixture.withLibrary(options: Self.options()) { library async throws in
            for (year, lines) in [("2022-05-01", ["停車場甲"]), ("2023-05-01", ["停車場乙"])] {
                _ = try await library.add(ArchiveFixture.source(lines, date: year), by: ArchiveFixture.clerk)
            }
            let search = try await Self.save(library, SavedSearch(name: "停車", words: "去年 停車場"))
            for (day, expected) in [("2023-02-01", "停車場甲\n"), ("2024-02-01", "停車場乙\n")] {
                let answer = try await library.search(search.request(viewer: ArchiveFixture.viewer, today: day))
                #expect(answer.hits.map(\.snippet).map { $0 + ($0.hasSuffix("\n") ? "" : "\n") } == [expected])
            }
        }
    }

    // MARK: - News

    @Test func `only what is new since it was saved is told, once, and a second time when it was not remembered`()
        async throws
    {
        try await ArchiveFixture.withLibrary(options: Self.options()) { library async throws in
            _ = try await library.add(ArchiveFixture.source(["會議甲"]), by: ArchiveFixture.clerk)
            _ = try await Self.save(library, SavedSearch(name: "會議", words: "會議"))
            #expect(try await Self.news(library, "會議").newCount == 0)
            let id = try await library.add(ArchiveFixture.source(["會議乙丙丁", "別的"]), by: ArchiveFixture.clerk).id
            for _ in 0..<2 {
                let news = try await Self.news(library, "會議")
                #expect(news.items.map(\.hit.id) == ["\(id)#0"] && !news.items[0].isChanged)
                #expect(news.newCount == 1 && news.total == .exact(2) && news.since != nil && !news.isCapped)
            }
            try await library.remember(try await Self.news(library, "會議"), by: ArchiveFixture.clerk)
            #expect(try await Self.news(library, "會議").items.isEmpty)
            var next = ArchiveFixture.source(["開場", "會議乙丙戊", "會議乙丙丁"], id: id)
            next.document.version = 2
            _ = try await library.addVersion(
                NewVersion(document: next.document, original: next.original), revision: 1, reason: "更正",
                by: ArchiveFixture.clerk)
            // What moved down by a passage is what it was.
            let news = try await Self.news(library, "會議")
            #expect(news.items.map(\.hit.id) == ["\(id)#1"])
        }
    }

    @Test func `each clearance and scope is told its own, and nothing of the others`() async throws {
        let configuration = LibraryConfiguration(ceiling: .secret)
        try await ArchiveFixture.withLibrary(configuration, options: Self.options()) { library async throws in
            let scoped = Viewer(clearance: .internal, scopes: ["甲案"])
            let (low, high) = (ArchiveFixture.viewer, ArchiveFixture.all)
            _ = try await Self.save(library, SavedSearch(name: "會議", words: "會議"))
            let sources = [
                ArchiveFixture.source(["會議一一一"]), ArchiveFixture.source(["會議二二二"], classification: .secret),
                ArchiveFixture.source(["會議三三三"], scope: "乙案"),
            ]
            for source in sources { _ = try await library.add(source, by: ArchiveFixture.clerk) }
            func found(_ viewer: Viewer) async throws -> Set<SourceID> {
                let news = try await Self.news(library, "會議", viewer: viewer)
                #expect(news.total == .exact(news.newCount))
                try await library.remember(news, by: ArchiveFixture.clerk)
                return Set(news.items.map(\.hit.source))
            }
            let ids = sources.map(\.document.id)
            #expect(try await found(high) == Set(ids))
            #expect(try await found(scoped) == [ids[0]])
            #expect(try await found(low) == [ids[0], ids[2]])
            // What became visible is news to those who see it now, and to nobody else.
            _ = try await library.set(
                [.classification(.internal)], on: ids[1], revision: 1, reason: "解密", by: ArchiveFixture.clerk)
            for (viewer, expected) in [(high, 0), (scoped, 1), (low, 1)] {
                let news = try await Self.news(library, "會議", viewer: viewer)
                #expect(news.newCount == expected && news.changedCount == 0, "\(viewer)")
            }
            let events = try await library.auditEvents(of: "search:會議", viewer: ArchiveFixture.all)
            #expect(events.filter { $0.action == "search.remember" }.allSatisfy { $0.detail.isEmpty })
        }
    }

    @Test func `a series is known by its id, and by the name that it has when the search is run`() async throws {
        var options = Library.Options()
        options.indexMaker = { source in
            [
                IndexDocument(
                    id: source.document.id.rawValue, kind: .entry, source: source.document.id,
                    title: source.document.title, series: source.seriesName)
            ]
        }
        try await ArchiveFixture.withLibrary(options: options) { library async throws in
            let clerk = ArchiveFixture.clerk
            let id = SeriesID(rawValue: "chiefs")
            try await library.putSeries(MeetingSeries(id: id, name: "主任秘書會報"), by: clerk)
            let search = SavedSearch(name: "會報", words: "", filters: SearchFilters(series: ["chiefs"]))
            _ = try await Self.save(library, search)
            let minutes = FictionalMinutes(
                ordinal: 9, date: "2024-01-02", lines: [FictionalMinutes.open("9-1", "資訊局")])
            _ = try await library.add(minutes.source(), by: clerk)
            _ = try await library.add(ArchiveFixture.source(["別的"]), by: clerk)
            let news = try await Self.news(library, "會報")
            #expect(news.newCount == 1 && news.total == .exact(1))
            try await library.remember(news, by: clerk)
            try await library.putSeries(MeetingSeries(id: id, name: "主任秘書會議"), by: clerk)
            #expect(try await Self.news(library, "會報").total == .exact(1))
        }
    }

    @Test func `what is left out by the limit is told next time`() async throws {
        try await ArchiveFixture.withLibrary(options: Self.options()) { library async throws in
            _ = try await Self.save(library, SavedSearch(name: "會議", words: "會議"))
            let names = ["甲乙丙", "子丑寅", "天地玄", "東西南", "春夏秋"]
            for name in names {
                _ = try await library.add(ArchiveFixture.source(["會議\(name)"]), by: ArchiveFixture.clerk)
            }
            var told: [String] = []
            for expected in [(5, 2), (3, 2), (1, 1), (0, 0)] {
                let news = try await Self.news(library, "會議", limit: 2)
                #expect(news.newCount == expected.0 && news.shownCount == expected.1)
                told += news.items.map(\.hit.id)
                try await library.remember(news, by: ArchiveFixture.clerk)
            }
            #expect(told.count == 5 && Set(told).count == 5)
        }
    }

    @Test func `a second one of the same words is folded into the first, and told with it`() async throws {
        try await ArchiveFixture.withLibrary(options: Self.options()) { library async throws in
            _ = try await Self.save(library, SavedSearch(name: "會議", words: "會議"))
            let words = "會議決議請各機關於下週一以前提報辦理情形並副知秘書處"
            for salt in ["a", "b"] {
                _ = try await library.add(ArchiveFixture.source([words], salt: salt), by: ArchiveFixture.clerk)
            }
            let news = try await Self.news(library, "會議")
            #expect(news.newCount == 2 && news.shownCount == 2 && news.items.count == 1)
            #expect(news.items[0].hit.alike.count == 1)
            try await library.remember(news, by: ArchiveFixture.clerk)
            #expect(try await Self.news(library, "會議").newCount == 0)
        }
    }

    @Test func `of more matches than are compared the latest are, and it is said`() async throws {
        var fixture = try SearchFixture()
        let documents = (0..<30).map { number in
            IndexDocument(
                id: "S\(number)", kind: .entry, source: SourceID(rawValue: "S\(number)"), title: "會議第\(number)件",
                date: "20\(10 + number)-01-01")
        }
        try fixture.apply(documents.map { .put($0) })
        let request = SearchRequest("會議", viewer: SearchFixture.everyone, mode: .keywords)
        let all = try await fixture.index.news(request, told: ToldHits(), limit: 0, most: 30).census
        #expect(!all.isCapped && all.matches.count == 30)
        let some = try await fixture.index.news(request, told: ToldHits(), limit: 5, most: 20)
        #expect(some.census.isCapped && some.census.matches.count == 20 && some.census.total == .exact(30))
        #expect(some.shown.allSatisfy { $0.index < 20 })
        #expect(some.census.matches.map(\.told) == documents.reversed().prefix(20).map { ToldHit($0) })
    }
}
