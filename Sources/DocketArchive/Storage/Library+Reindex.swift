public import DocketCore
import GRDB

/// How far the index follows the records.
public enum IndexState: Sendable, Equatable {
    /// Everything that is stored can be found.
    case complete
    /// A reindex is under way or was cut short: answers may lack sources. It goes on where it stopped.
    case rebuilding(done: Int)
    /// The index was written in a form that this program does not read: nothing is found until a reindex.
    case outdated
}

extension Library {
    private static let cursorKey = "index.cursor"

    private struct Cursor: Codable {
        var bucket: Int
        var id: String
        var done: Int
    }

    /// Empties the index and makes it anew from all live sources with the library's `IndexMaker`.
    ///
    /// It works in transactions of `batch` sources and goes on where an earlier run was cut short; sources that are added
    /// meanwhile are indexed as always. `indexState()` says `rebuilding` until it is done.
    /// Without `restart` a run that was cut short goes on, if there was one. `progress` is called after each transaction
    /// with the sources done; their number at the end is given back.
    public func reindex(
        restart: Bool = false, batch: Int = 1000, by actor: Actor, progress: (@Sendable (Int) -> Void)? = nil
    ) async throws -> Int {
        var cursor = try await startCursor(restart: restart, by: actor)
        while true {
            let sources = try await page(after: cursor, limit: min(max(1, batch), 5000))
            guard let last = sources.last?.document.id else { break }
            cursor.bucket = Int(RoutingKey(last).bucket)
            cursor.id = last.rawValue
            cursor.done += sources.count
            try await index(sources, then: cursor, by: actor)
            progress?(cursor.done)
            await upkeep()
        }
        try await store.writeAcross([], because: "one setting of the library", by: actor) { [cursor] writing in
            try writing.setSetting(Self.cursorKey, to: nil)
            try writing.record(.reindex, "library", ["sources": String(cursor.done), "state": "complete"])
        }
        return cursor.done
    }

    /// Whether the index follows all records.
    public func indexState() async throws -> IndexState {
        try await store.read(nil, as: .everything) { reading in
            if let cursor = try Self.cursor(reading.db) { return .rebuilding(done: cursor.done) }
            let format: Int? = try reading.db.value("SELECT format FROM indexPart WHERE part = 0")
            return format ?? IndexSchema.format == IndexSchema.format ? .complete : .outdated
        }
    }

    private static func cursor(_ db: Database) throws -> Cursor? {
        let text: String? = try db.value(
            "SELECT value FROM setting WHERE key = ? /* reference: setting */", [cursorKey])
        return try text.map { try Coding.value(Cursor.self, from: $0, of: cursorKey) }
    }

    private func startCursor(restart: Bool, by actor: Actor) async throws -> Cursor {
        let indexer = indexer
        return try await store.writeAcross([], because: "the index spans all buckets", by: actor) { writing in
            if !restart, let cursor = try Self.cursor(writing.db) { return cursor }
            let start = Cursor(bucket: -1, id: "", done: 0)
            try indexer.index.clear(writing.db)
            try writing.setSetting(Self.cursorKey, to: try Coding.text(start))
            try writing.record(.reindex, "library", ["state": "started"])
            return start
        }
    }

    private func page(after cursor: Cursor, limit: Int) async throws -> [StoredSource] {
        try await store.read(nil, as: .everything) { reading in
            let rows = try reading.db.rows(
                """
                SELECT id FROM source WHERE (bucket, id) > (?, ?) AND state = 'live' ORDER BY bucket, id LIMIT ?
                /* fan-out: all sources in key order */
                """, [cursor.bucket, cursor.id, limit])
            return try rows.compactMap { row in
                try SourceRow.load(SourceID(rawValue: row["id"]), viewer: .everything, reading.db)
            }
        }
    }

    private func index(_ sources: [StoredSource], then cursor: Cursor, by actor: Actor) async throws {
        let indexer = indexer
        let made = try sources.map { ($0.document.id, $0.revision, try indexer.maker($0)) }
        try await store.writeAcross(
            made.map { RoutingKey($0.0) }, because: "the index spans all buckets", by: actor
        ) { writing in
            var current: [IndexDocument] = []
            for (id, revision, documents) in made {
                // A source that was changed meanwhile was indexed with its change.
                let now: Int? = try writing.db.value(
                    "SELECT revision FROM source WHERE bucket = ? AND id = ? AND state = 'live'",
                    [RoutingKey(id).bucket, id.rawValue])
                if now == revision { current += documents }
            }
            try indexer.index.load(current, writing.db)
            try writing.setSetting(Self.cursorKey, to: try Coding.text(cursor))
            try writing.record(.reindex, "library", ["state": "through", "sources": String(cursor.done)])
        }
    }
}
