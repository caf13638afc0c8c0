import DocketCore
import DocketTestSupport
import Foundation
import GRDB
import Testing

@testable import DocketArchive

/// The index in the transactions of the records: what is stored is found, and nothing else.
@Suite struct LibrarySearchTests {
    /// Options of a library whose sources are indexed whole, with their own level.
    private static func options() -> Library.Options {
        var options = Library.Options()
        options.indexMaker = { source in
            let document = source.document
            return document.passages.map { passage in
                var entry = IndexDocument(
                    id: IndexDocument.passageID(document.id, passage.number), kind: .passage, source: document.id,
                    ordinal: passage.number, external: source.external, title: document.title,
                    fields: [IndexField(.body, document.text(in: passage.range), span: document.span(passage.range))],
                    date: document.date, sourceKind: document.kind, classification: document.classification,
                    scope: document.scope, facts: document.facts)
                entry.card = SourceCard(
                    title: document.title, external: source.external, date: document.date, facts: document.facts)
                return entry
            }
        }
        return options
    }

    private static func hits(_ library: Library, _ text: String, viewer: Viewer = ArchiveFixture.viewer) async throws
        -> [SearchHit]
    {
        let answer = try await library.search(SearchRequest(text, viewer: viewer, limit: 1000, mode: .keywords))
        #expect(answer.complete && answer.total == .exact(answer.hits.count))
        return answer.hits
    }

    @Test func `what is added is found at once, with its words in the source`() async throws {
        try await ArchiveFixture.withLibrary(options: Self.options()) { library async throws in
            let source = ArchiveFixture.source(["電子領據系統已啟用。", "請各機關宣導。"], title: "紀錄")
            let id = try await library.add(source, by: ArchiveFixture.clerk).id
            let hit = try #require(try await Self.hits(library, "領據系統").first)
            #expect(hit.id == "\(id)#0" && hit.source == id)
            #expect(hit.snippet.contains("電子領據系統"))
            #expect(try await Self.hits(library, "不存在的詞").isEmpty)
            var next = ArchiveFixture.source(["電子收據系統已啟用。"], id: id)
            next.document.version = 2
            _ = try await library.addVersion(
                NewVersion(document: next.document, original: next.original), revision: 1, reason: "更正",
                by: ArchiveFixture.clerk)
            #expect(try await Self.hits(library, "領據系統").isEmpty)
            #expect(try await Self.hits(library, "收據系統").count == 1)
            try await library.withdraw(id, revision: 2, authority: "令", by: ArchiveFixture.clerk)
            #expect(try await Self.hits(library, "收據系統").isEmpty)
        }
    }

    @Test func `what a hit shows of its source is what the library says of it now`() async throws {
        try await ArchiveFixture.withLibrary(options: Self.options()) { library async throws in
            let id = try await library.add(ArchiveFixture.source(["領據系統。"], title: "舊題"), by: ArchiveFixture.clerk).id
            let row = try await library.store.reader.read { db in
                try Data.fetchOne(db, sql: "SELECT facts FROM indexed")
            }
            let words = Data("題".utf8)
            #expect(row?.range(of: words) == nil && row?.count ?? 0 < 40, "neither title nor text stands in the index")
            _ = try await library.set(
                [.title("新題"), .date("2024-05-06"), .fact("code", "府字第1號")], on: id, revision: 1,
                by: ArchiveFixture.clerk)
            let hit = try #require(try await Self.hits(library, "領據").first)
            #expect(hit.title == "新題" && hit.date == "2024-05-06" && hit.facts["code"] == "府字第1號")
            #expect(try await Self.hits(library, "新題").count == 1)
            #expect(try await Self.hits(library, "舊題").isEmpty)
            let sources = try await library.list(viewer: ArchiveFixture.viewer).items
            #expect(sources.map(\.title) == ["新題"])
        }
    }

    @Test func `a raised level hides at once`() async throws {
        try await ArchiveFixture.withLibrary(LibraryConfiguration(ceiling: .secret), options: Self.options()) {
            library async throws in
            let id = try await library.add(ArchiveFixture.source(["密碼本"]), by: ArchiveFixture.clerk).id
            #expect(try await Self.hits(library, "密碼").count == 1)
            _ = try await library.set([.classification(.secret)], on: id, revision: 1, by: ArchiveFixture.clerk)
            #expect(try await Self.hits(library, "密碼").isEmpty)
            #expect(try await Self.hits(library, "密碼", viewer: ArchiveFixture.all).count == 1)
        }
    }

    @Test func `records of a container are found by their own ids, and folded away`() async throws {
        try await ArchiveFixture.withLibrary(options: Self.options()) { library async throws in
            let records = (1...60).map { RecordsTests.record($0, "第\($0)筆檔案", title: "題名\($0)") }
            _ = try await library.addRecords(
                RecordsTests.stream(records), of: RecordsTests.container(["x"]), batch: 25, by: ArchiveFixture.clerk)
            #expect(try await Self.hits(library, "筆檔案").count == 60)
            #expect(try await Self.hits(library, "第37筆").map(\.external) == ["r37"])
            _ = try await library.maintain()
            #expect(try await Self.hits(library, "筆檔案").count == 60)
            #expect(try await library.reindex(batch: 7, by: ArchiveFixture.clerk).sources == 60)
            #expect(try await Self.hits(library, "筆檔案").count == 60)
        }
    }

    @Test func `an answer during a reindex says that it is not complete`() async throws {
        try await ArchiveFixture.withLibrary(options: Self.options()) { library async throws in
            for number in 0..<3 {
                _ = try await library.add(ArchiveFixture.source(["案\(number)"]), by: ArchiveFixture.clerk)
            }
            try await library.tamper(
                "INSERT INTO setting VALUES ('index.cursor', '{\"bucket\":300,\"id\":\"\",\"done\":1}')")
            let answer = try await library.search(SearchRequest("案", viewer: ArchiveFixture.viewer))
            #expect(!answer.complete)
            #expect(answer.total == .atLeast(3))
            _ = try await library.reindex(restart: true, by: ArchiveFixture.clerk)
            #expect(try await library.search(SearchRequest("案", viewer: ArchiveFixture.viewer)).complete)
        }
    }

    @Test(arguments: 0..<4)
    func `any run of changes leaves exactly the live sources to be found`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        try await ArchiveFixture.withLibrary(options: Self.options()) { library async throws in
            var live: [SourceID: (text: String, revision: Int)] = [:]
            for step in 0..<40 {
                let text = (0..<3).map { _ in ["會議", "資訊", "機關", "報告"].randomElement(using: &generator) ?? "" }.joined()
                let id = live.keys.sorted().randomElement(using: &generator)
                switch (Int.random(in: 0...5, using: &generator), id, id.flatMap { live[$0] }) {
                case (0, let id?, let entry?):
                    try await library.withdraw(id, revision: entry.revision, authority: "令", by: ArchiveFixture.clerk)
                    live[id] = nil
                case (1, let id?, let entry?):
                    live[id]?.revision = try await library.set(
                        [.title("t\(step)")], on: id, revision: entry.revision, by: ArchiveFixture.clerk)
                case (2, _, _):
                    _ = try await library.reindex(restart: true, batch: 5, by: ArchiveFixture.clerk)
                case (3, _, _):
                    _ = try await library.maintain()
                default:
                    let source = ArchiveFixture.source([text], salt: "\(seed) \(step)")
                    live[try await library.add(source, by: ArchiveFixture.clerk).id] = (text, 1)
                }
            }
            for query in ["會議", "議資", "資訊機關", "告報告", "會"] {
                let found = Set(try await Self.hits(library, query).map(\.source))
                #expect(found == Set(live.filter { $0.value.text.contains(query) }.keys), "seed \(seed) \(query)")
            }
        }
    }
}
