import DocketCore
import Foundation
import GRDB
import Synchronization

/// Postings from the tables of one SQLite database.
struct SQLitePostingSource: PostingSource {
    /// Reads the words of a span, nil when they are not there any more.
    typealias TextLoader = @Sendable (SourceSpan, Database) throws -> String?

    let reader: any DatabaseReader
    let part: Int
    let text: TextLoader
    private let cache: ColumnCache

    init(
        _ reader: any DatabaseReader, part: Int = 0, cache: ColumnCache = ColumnCache(),
        text: @escaping TextLoader = SQLitePostingSource.storedText
    ) {
        self.reader = reader
        self.part = part
        self.cache = cache
        self.text = text
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
            for key in keys where key.part == part {
                let row = try db.row("SELECT facts FROM indexed WHERE part = ? AND doc = ?", [part, key.doc])
                guard let row else { continue }
                var document = try row.withUnsafeData(atIndex: 0) { data in
                    try (data ?? Data()).withUnsafeBytes { try IndexedFacts(decoding: $0).document }
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
}

/// Columns of segments that were read before; they never change, so the oldest go when there are too many.
final class ColumnCache: Sendable {
    private struct State {
        var columns: [Int: LoadedColumns] = [:]
        var order: [Int] = []
        var memory = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: bytes that are kept at most.
    init(limit: Int = 64 << 20) { self.limit = limit }

    func columns(_ segment: Int, load: () throws -> LoadedColumns) rethrows -> LoadedColumns {
        if let known = state.withLock({ $0.columns[segment] }) { return known }
        let loaded = try load()
        state.withLock { state in
            guard loaded.memory <= limit, state.columns.updateValue(loaded, forKey: segment) == nil else { return }
            state.order.append(segment)
            state.memory += loaded.memory
            while state.memory > limit, !state.order.isEmpty {
                state.memory -= state.columns.removeValue(forKey: state.order.removeFirst())?.memory ?? 0
            }
        }
        return loaded
    }
}
