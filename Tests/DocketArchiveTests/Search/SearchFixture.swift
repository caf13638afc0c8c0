import DocketCore
import DocketTestSupport
import Foundation
import GRDB

@testable import DocketArchive

/// An index in a database of its own, with the oracle beside it.
struct SearchFixture {
    let writer: any DatabaseWriter
    var oracle = SearchOracle()
    let index: PostingSearchIndex
    let part: Int

    static let everyone = Viewer(clearance: .topSecret)

    init(part: Int = 0, at url: URL? = nil) throws {
        self.part = part
        writer = try url.map { try DatabasePool(path: $0.path) } ?? DatabaseQueue()
        index = PostingSearchIndex(SQLitePostingSource(writer, part: part, card: { _, _ in nil }))
        if try !writer.read({ try $0.tableExists("segment") }) { try writer.write(IndexSchema.createTables) }
        // A damaged row may say that the library's table of sources has the rest, and there it is not.
        try writer.write {
            try $0.execute(
                sql: "CREATE TABLE IF NOT EXISTS source (bucket, id, title, external, date, facts)")
        }
    }

    mutating func apply(_ changes: [IndexChange]) throws {
        _ = try writer.write { try IndexWriter(part: part).apply(changes, $0) }
        changes.forEach { oracle.apply($0) }
    }

    func load(_ documents: [IndexDocument]) throws {
        try writer.write { db in
            var loader = try IndexLoader(IndexWriter(part: part), db)
            for document in documents { try loader.put(document, db) }
            _ = try loader.finish(db)
        }
    }

    func fold(limit: Int = 1_000_000) throws {
        _ = try writer.write { try IndexFold(part: part).run(limit: limit, $0) }
    }

    func upkeep(_ policy: IndexMaintenance.Policy, isForced: Bool = false, within limit: Duration? = nil) throws {
        try IndexMaintenance(part: part, policy: policy).run(writer, isForced: isForced, within: limit)
    }

    /// All ids that a query finds, by pages.
    func ids(_ text: String, viewer: Viewer = everyone, mode: SearchRequest.Mode = .keywords) async throws -> [String] {
        var request = SearchRequest(text, viewer: viewer, limit: 97, mode: mode)
        request.folds = false
        var ids: [String] = []
        repeat {
            let answer = try await index.search(request)
            ids += answer.hits.map(\.id)
            request.page = answer.next
            if answer.next == nil, answer.total != .exact(ids.count) {
                throw Mismatch(text: "\(text): total \(answer.total), shown \(ids.count)")
            }
        } while request.page != nil
        return ids
    }

    /// All ids that a query meets, by evaluation of its plan.
    func ids(of query: SearchQuery, viewer: Viewer) async throws -> [String] {
        let plan = QueryPlan(query, viewer: viewer, facets: [])
        let batch = try await index.source.postings(plan.requests, deadline: SearchDeadline(nil))
        var evaluation = try PlanEvaluation(plan, batch, Ranking(), .relevance, SearchDeadline(nil))
        let hits = try evaluation.top(1_000, after: nil, .relevance)
        let shown = try await index.source.documents(hits.map(\.key))
        if try evaluation.total().count != hits.count { throw Mismatch(text: "total of \(query.text)") }
        return hits.compactMap { shown[$0.key]?.id }
    }

    /// Nil when the index finds what the oracle finds, else what differs.
    func difference(_ text: String, viewer: Viewer = everyone) async throws -> String? {
        let expected = oracle.matches(try QueryParser().parse(text), viewer: viewer)
        let found = try await ids(text, viewer: viewer)
        if Set(found) == expected, found.count == expected.count { return nil }
        return
            "\(text): lacks \(expected.subtracting(found).prefix(3)), has too many \(Set(found).subtracting(expected).prefix(3))"
            + " of \(expected.count), found \(found.count)"
    }

    struct Mismatch: Error { var text: String }
}

/// Documents and queries that meet often: few characters, variants of both scripts, words, dates and numbers.
struct SearchGenerator {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    private static let pieces = [
        "臺北市", "台北市", "實聯制", "实联制", "悠遊卡", "會議紀錄", "會議記錄", "市政府", "教育局", "衛生局", "請", "於", "的", "辦理", "解除列管", "賡續列管",
        "第",
        "次", "會議", "決議", "三民路", "三萬七千", "37,000", "3萬7,000", "110年10月26日", "2021-10-26", "110/10/26", "民國110年",
        "2021年10月",
        "B1", "停車場", "APP", "covid", "COVID-19", "meeting", "meetings", "Meetings,", "report", "，", "。", "、", "\n", " ",
        "（", "）", "①", "ＡＢＣ",
        "Ａpp", "㈱", "カード", "카드", "𠮷野", "é", "Ünïcode", "x", "1", "12",
    ]
    private static let agencies = ["教育局", "衛生局", "臺北市政府秘書處", "台北市政府秘書處", "資訊局"]
    private static let dates = [
        "2020", "2021-10", "2021-10-26", "2021-12-31", "2022-01-01", "2022-02", "1999-07-15", "bad",
    ]

    mutating func text(_ count: Int) -> String {
        (0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
    }

    mutating func document(_ number: Int, revision: Int = 0) -> IndexDocument {
        let source = SourceID(rawValue: "S\(number / 7)")
        let isPassage = number % 7 > 0
        return IndexDocument(
            id: isPassage ? "\(source)#\(number % 7)" : source.rawValue,
            kind: ResultKind.allCases.randomElement(using: &generator) ?? .passage, source: source, ordinal: number % 7,
            external: Bool.random(using: &generator) ? "X\(number)" : nil,
            title: text(Int.random(in: 0...4, using: &generator)),
            isTitleSearched: Bool.random(using: &generator),
            fields: [
                IndexField(.conclusion, text(Int.random(in: 0...6, using: &generator))),
                IndexField(.body, text(Int.random(in: 0...24, using: &generator))),
            ],
            date: Bool.random(using: &generator) ? Self.dates.randomElement(using: &generator) : nil,
            series: Bool.random(using: &generator) ? "主任秘書會報" : nil,
            agencies: Self.agencies.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 },
            status: Bool.random(using: &generator) ? "列管" : "解除列管",
            sourceKind: SourceKind.allCases.randomElement(using: &generator) ?? .document,
            classification: Classification.allCases.randomElement(using: &generator) ?? .public,
            scope: Bool.random(using: &generator) ? "" : "案一",
            facts: [
                "revision": "\(revision)", "meeting": ["213", "9", "", "x"].randomElement(using: &generator) ?? "",
                "tracked": ["", "205-2", "205-2 211-4", "34-1"].randomElement(using: &generator) ?? "",
                "speaker": ["", "吳主任", "王大明"].randomElement(using: &generator) ?? "",
            ])
    }

    /// A part of a text that documents may hold: one to six characters, cut anywhere.
    mutating func cut() -> String {
        let scalars = Array(text(5).unicodeScalars)
        let start = Int.random(in: 0..<max(1, scalars.count), using: &generator)
        let end = min(scalars.count, start + Int.random(in: 1...6, using: &generator))
        return String(String.UnicodeScalarView(scalars[min(start, end)..<end]))
    }

    mutating func word() -> String {
        while true {
            let text = cut().filter { !"()（）\"“”「」『』《》:：\n ".contains($0) }
            let isOperator = ["AND", "OR", "NOT"].contains(text) || text.hasPrefix("-")
            if !isOperator, QueryParser.isSearchable(text) { return text }
        }
    }

    /// A word that may go on.
    mutating func prefix() -> String {
        (["meet", "rep", "cov", "ap", "會", "悠遊", "12"].randomElement(using: &generator) ?? "meet") + "*"
    }

    /// A query of any kind.
    mutating func query(depth: Int = 2) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 12 : 6), using: &generator) {
        case 0, 1: return word()
        case 2: return Bool.random(using: &generator) ? word() : prefix()
        case 3: return "\"\(word()) \(word())\""
        case 4:
            return Bool.random(using: &generator)
                ? "「\(word())」" : "\"\(word()) \(word())\"~\(Int.random(in: 1...12, using: &generator))"
        case 5:
            return [
                "kind:conclusion", "date:2021-10..110.12.31", "date:..2021", "date:2022", "date:2021-10-26..2022-01",
                "agency:台北市政府秘書處", "status:列管", "機關:教育局", "series:主任秘书会报", "classification:密", "source:minutes",
                "meeting:213", "列管:205-2", "item:211-4", "speaker:吴主任",
            ].randomElement(using: &generator) ?? ""
        case 6, 7: return "\(query(depth: depth - 1)) \(query(depth: depth - 1))"
        case 8: return "(\(query(depth: depth - 1)) OR \(query(depth: depth - 1)))"
        case 9: return "\(query(depth: depth - 1)) AND NOT \(word())"
        case 10: return "-\(word()) \(query(depth: depth - 1))"
        default: return "NOT (\(query(depth: depth - 1)))"
        }
    }
}
