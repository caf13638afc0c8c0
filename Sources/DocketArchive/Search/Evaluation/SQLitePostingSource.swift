import DocketCore
import Foundation
import GRDB

/// Postings from the tables of one SQLite database.
struct SQLitePostingSource: PostingSource {
    /// Reads the words of a span, nil when they are not there any more.
    typealias TextLoader = @Sendable (SourceSpan, Database) throws -> String?
    /// Reads what the library says of a source, nil when it does not hold it.
    typealias CardLoader = @Sendable (SourceID, Database) throws -> SourceCard?

    let reader: any DatabaseReader
    let part: Int
    let text: TextLoader
    let card: CardLoader
    private let cache: IndexCache

    init(
        _ reader: any DatabaseReader, part: Int = 0, cache: IndexCache = IndexCache(),
        text: @escaping TextLoader = SQLitePostingSource.storedText,
        card: @escaping CardLoader = SQLitePostingSource.storedCard
    ) {
        self.reader = reader
        self.part = part
        self.cache = cache
        self.text = text
        self.card = card
    }

    func postings(_ requests: [TermRequest], deadline: SearchDeadline) async throws -> PostingBatch {
        try await reader.read { db in
            try PostingFetch(part: part, requests: requests, cache: cache, deadline: deadline, db: db).batch()
        }
    }

    func frequencies(_ terms: [String], deadline: SearchDeadline) async throws -> [Int] {
        try await reader.read { db in
            let segments = try SegmentStore(part: part, db: db).segments()
            let fetch = PostingFetch(part: part, requests: [], cache: cache, deadline: deadline, db: db)
            guard let largest = segments.max(by: { $0.live < $1.live }) else {
                return try fetch.recentFrequencies(terms)
            }
            return try terms.map { try fetch.frequency($0, in: largest) }
        }
    }

    func documents(_ keys: [DocumentKey]) async throws -> [DocumentKey: IndexDocument] {
        try await reader.read { db in
            var found: [DocumentKey: IndexDocument] = [:]
            // What is found is in the same state of the library as what it leans on: one transaction.
            var cards: [SourceID: SourceCard] = [:]
            func card(_ source: SourceID) throws -> SourceCard? {
                if let known = cards[source] { return known }
                let card = try self.card(source, db)
                cards[source] = card
                return card
            }
            for key in keys where key.part == part {
                let row = try db.row(
                    "SELECT facts FROM indexed WHERE key = ?", [IndexSchema.documentKey(part: part, doc: key.doc)])
                guard let row else { continue }
                var document = try row.withUnsafeData(atIndex: 0) { data in
                    try (data ?? Data()).withUnsafeBytes { try IndexedFacts(decoding: $0, card: card).document }
                }
                for index in document.fields.indices {
                    guard let span = document.fields[index].span else { continue }
                    document.fields[index].text = try text(span, db) ?? ""
                }
                found[key] = document
            }
            return found
        }
    }

    /// The words of a span from the library's table of text versions.
    static func storedText(_ span: SourceSpan, _ db: Database) throws -> String? {
        let row = try db.row(
            """
            SELECT substr(CAST(text AS BLOB), ? + 1, ?) FROM textVersion
            WHERE bucket = ? AND source = ? AND version = ?
            """,
            [span.start, span.end - span.start, RoutingKey(span.source).bucket, span.source.rawValue, span.version])
        return row.flatMap { $0[0] as Data? }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// What the library's row of a source says.
    static func storedCard(_ source: SourceID, _ db: Database) throws -> SourceCard? {
        let row = try db.row(
            "SELECT title, external, date, facts FROM source WHERE bucket = ? AND id = ?",
            [RoutingKey(source).bucket, source.rawValue])
        guard let row else { return nil }
        let (date, facts): (String, String?) = (row[2], row[3])
        return SourceCard(
            title: row[0], external: row[1], date: SourceRow.nonEmpty(date),
            facts: try facts.map { try Coding.facts(from: $0, of: "source:\(source)") } ?? [:])
    }
}
