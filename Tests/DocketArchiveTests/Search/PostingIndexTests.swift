import DocketCore
import DocketTestSupport
import Foundation
import GRDB
import Testing

@testable import DocketArchive

@Suite struct PostingIndexTests {
    private static let small = IndexMaintenance.Policy(
        foldAt: 20, mergeFactor: 3, largeMergeFactor: 3, largest: 100_000, deadShare: 0.3)

    @Test(arguments: 0..<12 as Range<UInt64>)
    func `every query finds what a look through all documents finds`(seed: UInt64) async throws {
        var (fixture, generator) = (try SearchFixture(), SearchGenerator(seed: seed))
        for round in 0..<4 {
            for _ in 0..<30 {
                let number = Int.random(in: 0..<120, using: &generator.generator)
                let document = generator.document(number, revision: round)
                switch Int.random(in: 0..<8, using: &generator.generator) {
                case 0: try fixture.apply([.remove(document.id, source: document.source)])
                case 1 where round > 1: try fixture.apply([.removeSource(document.source)])
                default: try fixture.apply([.put(document), .put(generator.document(number + 1))])
                }
            }
            switch seed % 3 {
            case 0: try fixture.fold(limit: 17)
            case 1: try fixture.upkeep(Self.small)
            case 2 where round > 0:
                var policy = Self.small
                policy.stepBytes = 1
                try fixture.upkeep(policy, within: .zero)
            default: break
            }
            for _ in 0..<40 {
                let query = generator.query()
                let difference = try await fixture.difference(query)
                #expect(difference == nil, "seed \(seed), round \(round)")
            }
        }
    }

    @Test(arguments: ["的", "請", "卡", "カ", "路", "1", "三", "𠮷"])
    func `a single character is found wherever it stands`(character: String) async throws {
        var (fixture, generator) = (try SearchFixture(), SearchGenerator(seed: 7))
        try fixture.apply((0..<200).map { .put(generator.document($0)) })
        let before = try await fixture.difference(character)
        #expect(before == nil)
        try fixture.fold()
        let after = try await fixture.difference(character)
        #expect(after == nil)
        let count = try await fixture.ids(character).count
        #expect(count > 0)
    }

    @Test func `folding, merging and loading at once change neither hits nor scores`() async throws {
        var generator = SearchGenerator(seed: 3)
        let documents = (0..<300).map { generator.document($0) }
        var (recent, loaded, merged) = (try SearchFixture(), try SearchFixture(), try SearchFixture())
        try recent.apply(documents.map { .put($0) })
        try loaded.load(documents)
        for batch in stride(from: 0, to: 300, by: 30) {
            try merged.apply(documents[batch..<batch + 30].map { .put($0) })
            try merged.fold()
        }
        try merged.upkeep(Self.small, isForced: true)
        let segments = try await merged.writer.read { try SegmentStore(part: 0, db: $0).segments() }
        #expect(segments.count == 1)
        for query in ["臺北市 會議", "會議紀錄 OR covid", "的", "「會議」 教育局", "kind:entry 會議", "meetings"] {
            let answers = try await [recent, loaded, merged].asyncMap { fixture in
                try await fixture.index.search(
                    SearchRequest(query, viewer: SearchFixture.everyone, limit: 50, facets: Set(Facet.allCases)))
            }
            #expect(answers[0].total.count > 0, "\(query)")
            for answer in answers.dropFirst() {
                #expect(answer.hits.map(\.id) == answers[0].hits.map(\.id))
                #expect(answer.hits.map(\.score) == answers[0].hits.map(\.score))
                #expect(answer.total == answers[0].total)
                #expect(answer.facets == answers[0].facets)
            }
        }
    }

    @Test func `two halves answer as one, and a missing half is said to be missing`() async throws {
        var generator = SearchGenerator(seed: 11)
        let documents = (0..<200).map { generator.document($0) }
        var whole = try SearchFixture()
        try whole.apply(documents.map { .put($0) })
        var halves = [try SearchFixture(part: 0), try SearchFixture(part: 1)]
        for document in documents {
            try halves[Int(RoutingKey(document.source).bucket) % 2].apply([.put(document)])
        }
        try halves[1].fold()
        let both = PostingSearchIndex(
            PostingSources(sources: [
                0: SQLitePostingSource(halves[0].writer, part: 0), 1: SQLitePostingSource(halves[1].writer, part: 1),
            ]))
        for query in ["會議", "的", "教育局 會議", "臺北市 OR meeting", "NOT 請"] {
            let request = SearchRequest(query, viewer: SearchFixture.everyone, limit: 40, facets: [.agency, .year])
            let (one, two) = (try await whole.index.search(request), try await both.search(request))
            #expect(one.hits.map(\.id) == two.hits.map(\.id))
            #expect(one.hits.map(\.score) == two.hits.map(\.score))
            #expect(one.total == two.total && one.facets == two.facets && two.complete)
        }
        let lame = PostingSearchIndex(
            PostingSources(sources: [0: SQLitePostingSource(halves[0].writer, part: 0), 1: DeadSource()]))
        let answer = try await lame.search(SearchRequest("會議", viewer: SearchFixture.everyone))
        #expect(!answer.complete)
        #expect(answer.total == .atLeast(try await halves[0].ids("會議").count))
    }

    @Test func `a viewer finds, counts and ranks only what it may see`() async throws {
        var (fixture, generator) = (try SearchFixture(), SearchGenerator(seed: 5))
        try fixture.apply((0..<200).map { .put(generator.document($0)) })
        try fixture.fold(limit: 120)
        for viewer in [
            Viewer(clearance: .public), Viewer(clearance: .restricted, scopes: ["案一"]),
            Viewer(clearance: .topSecret, scopes: []),
        ] {
            for query in ["會議", "", "NOT 會議", "的 OR 請"] {
                let difference = try await fixture.difference(query, viewer: viewer)
                #expect(difference == nil)
            }
            // What is hidden changes nothing: an index without it gives the same scores and counts.
            var open = try SearchFixture()
            try open.apply(
                fixture.oracle.documents.values.filter {
                    viewer.sees($0.document.classification, scope: $0.document.scope)
                }
                .map { .put($0.document) })
            let request = SearchRequest("會議 教育局", viewer: viewer, limit: 20, facets: [.kind, .agency, .classification])
            let (hidden, shown) = (try await fixture.index.search(request), try await open.index.search(request))
            #expect(
                hidden.hits.map(\.id) == shown.hits.map(\.id) && hidden.hits.map(\.score) == shown.hits.map(\.score))
            #expect(hidden.facets == shown.facets)
        }
    }

    @Test func `pages follow one another without gap or repetition, by date too`() async throws {
        var (fixture, generator) = (try SearchFixture(), SearchGenerator(seed: 9))
        try fixture.apply((0..<150).map { .put(generator.document($0)) })
        for order in [SearchRequest.Order.relevance, .date] {
            var request = SearchRequest("會議", viewer: SearchFixture.everyone, order: order, limit: 1000)
            let all = try await fixture.index.search(request).hits
            request.limit = 7
            var paged: [SearchHit] = []
            repeat {
                let answer = try await fixture.index.search(request)
                #expect(answer.hits.count <= 7)
                paged += answer.hits
                request.page = answer.next
            } while request.page != nil
            #expect(paged.map(\.id) == all.map(\.id))
            let dates = all.map { IndexDate($0.date ?? "")?.number ?? 0 }
            if order == .date { #expect(dates == dates.sorted(by: >)) }
        }
    }

    @Test func `damaged rows are reported and never read past`() async throws {
        var generator = SearchGenerator(seed: 21)
        var fixture = try SearchFixture()
        try fixture.apply((0..<400).map { .put(generator.document($0)) })
        try fixture.fold()
        var reported = 0
        for (table, column) in [
            ("posting", "docs"), ("posting", "positions"), ("rare", "terms"), ("length", "numbers"), ("dead", "bitmap"),
            ("indexed", "facts"),
        ] {
            for seed in 0..<6 as Range<UInt64> {
                var random = SeededGenerator(seed: seed)
                let queue = try DatabaseQueue()
                try fixture.writer.backup(to: queue)
                let bytes = try await queue.read { try Data.fetchAll($0, sql: "SELECT \(column) FROM \(table)") }
                for blob in Set(bytes) where !blob.isEmpty {
                    var damaged = blob
                    if Bool.random(using: &random) {
                        damaged = blob.prefix(Int.random(in: 0..<blob.count, using: &random))
                    } else {
                        damaged[Int.random(in: 0..<blob.count, using: &random)] ^= UInt8.random(
                            in: 1...255, using: &random)
                    }
                    try await queue.write { [damaged] in
                        try $0.execute(
                            sql: "UPDATE \(table) SET \(column) = ? WHERE \(column) = ?", arguments: [damaged, blob])
                    }
                }
                let index = PostingSearchIndex(SQLitePostingSource(queue))
                for query in ["會議", "會議紀錄", "的", "臺北市 OR meeting", "\"教育局 請\""] {
                    do {
                        _ = try await index.search(
                            SearchRequest(query, viewer: SearchFixture.everyone, facets: Set(Facet.allCases)))
                    } catch ArchiveError.corrupt {
                        reported += 1
                    }
                }
            }
        }
        #expect(reported > 20)
    }
}

/// A part whose machine does not answer.
struct DeadSource: PostingSource {
    func postings(_ requests: [TermRequest], deadline: SearchDeadline) async throws -> PostingBatch {
        throw ArchiveError.unavailable(
            file: "part 1", reason: LocalizedText(zhHant: "無回應", en: "no answer"), retryable: true)
    }
    func frequencies(_ terms: [String], deadline: SearchDeadline) async throws -> [Int] {
        throw ArchiveError.unavailable(
            file: "part 1", reason: LocalizedText(zhHant: "無回應", en: "no answer"), retryable: true)
    }
    func documents(_ keys: [DocumentKey]) async throws -> [DocumentKey: IndexDocument] { [:] }
    func readTerms<Result: Sendable>(
        looks: Int, deadline: SearchDeadline, _ body: @escaping @Sendable (TermReader) throws -> Result
    ) async throws -> [Result] {
        throw ArchiveError.unavailable(
            file: "part 1", reason: LocalizedText(zhHant: "無回應", en: "no answer"), retryable: true)
    }
}

extension Sequence {
    func asyncMap<T>(_ body: (Element) async throws -> T) async rethrows -> [T] {
        var result: [T] = []
        for element in self { result.append(try await body(element)) }
        return result
    }
}
