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

/// What a reindex went through.
public struct ReindexOutcome: Sendable, Equatable {
    /// Sources, those of an earlier run that was cut short among them.
    public var sources: Int
    /// Entries of the index that were made of them.
    public var documents: Int
}

extension Library {
    /// Makes structure and segments of a source anew; nil leaves them as they are.
    public typealias Remake = @Sendable (StoredSource) async throws -> (DocumentStructure, [Segment])?

    private static let cursorKey = "index.cursor"

    private struct Cursor: Codable {
        var bucket: Int
        var id: String
        var done: Int
        /// Absent in a cursor of an earlier version.
        var documents: Int?

        /// True for a source that the run has passed.
        func hasPassed(_ source: SourceID) -> Bool {
            (Int(RoutingKey(source).bucket), source.rawValue) <= (bucket, id)
        }
    }

    /// Empties the index and makes it anew from all live sources with the library's `IndexMaker`.
    ///
    /// It works in transactions of `batch` sources, fewer where their texts are longer than `pageBytes` together, and goes
    /// on where an earlier run was cut short; sources that are added meanwhile are indexed as always. `indexState()` says
    /// `rebuilding` until it is done. With `remake` the structure of each source is made anew on the way, and the ledger
    /// follows.
    /// Without `restart` a run that was cut short goes on, if there was one. `progress` is called after each transaction
    /// with the sources done.
    public func reindex(
        restart: Bool = false, batch: Int = 1000, pageBytes: Int = 16 << 20, by actor: Actor, remake: Remake? = nil,
        progress: (@Sendable (Int) -> Void)? = nil
    ) async throws -> ReindexOutcome {
        var cursor = try await startCursor(restart: restart, by: actor)
        while true {
            let sources = try await page(after: cursor, limit: min(max(1, batch), 5000), bytes: pageBytes)
            guard let last = sources.last?.document.id else { break }
            cursor.bucket = Int(RoutingKey(last).bucket)
            cursor.id = last.rawValue
            cursor.done += sources.count
            let entries = try await entries(of: sources, remake)
            cursor.documents = (cursor.documents ?? 0) + entries.reduce(0) { $0 + $1.documents.count }
            try await index(entries, then: cursor, by: actor)
            progress?(cursor.done)
            await upkeep(within: nil)
        }
        cursor.documents =
            (cursor.documents ?? 0) + (try await indexEntries(batch: min(max(1, batch), 5000), by: actor))
        try await store.writeAcross([], because: "one setting of the library", by: actor) { [cursor] writing in
            try writing.setSetting(Self.cursorKey, to: nil)
            try writing.record(.reindex, "library", ["sources": String(cursor.done), "state": "complete"])
        }
        return ReindexOutcome(sources: cursor.done, documents: cursor.documents ?? 0)
    }

    /// Puts all catalogue entries into the index anew, and gives their number; those that are there already are replaced.
    private func indexEntries(batch: Int, by actor: Actor) async throws -> Int {
        let indexer = indexer
        var (done, last): (Int, (bucket: Int, id: String)) = (0, (-1, ""))
        while true {
            let (from, bucket) = (last.id, last.bucket)
            let found = try await store.writeAcross([], because: "the index spans all buckets", by: actor) { writing in
                let rows = try writing.db.rows(
                    """
                    SELECT \(EntryRow.columns), bucket FROM entry WHERE (bucket, id) > (?, ?) ORDER BY bucket, id LIMIT ?
                    /* fan-out: all entries in key order */
                    """, [bucket, from, batch])
                guard let last = rows.last else { return (0, Int?.none, String?.none) }
                let entries = try rows.map(EntryRow.stored)
                try indexer.index.load(
                    entries.filter { $0.status != .rejected }.map { IndexDocument(describing: $0) }, writing.db)
                try writing.record(.reindex, "entries", ["count": String(entries.count)])
                return (entries.count, last["bucket"], last["id"])
            }
            guard let bucket = found.1, let id = found.2 else { return done }
            (done, last) = (done + found.0, (bucket, id))
            await upkeep(within: nil)
        }
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

    private func page(after cursor: Cursor, limit: Int, bytes: Int) async throws -> [StoredSource] {
        try await store.read(nil, as: .everything) { reading in
            let rows = try reading.db.rows(
                """
                SELECT id FROM source WHERE (bucket, id) > (?, ?) AND state = 'live' ORDER BY bucket, id LIMIT ?
                /* fan-out: all sources in key order */
                """, [cursor.bucket, cursor.id, limit])
            var sources: [StoredSource] = []
            var read = 0
            for row in rows where read < bytes {
                let source = try SourceRow.load(SourceID(rawValue: row["id"]), viewer: .everything, reading.db)
                read += source?.document.text.utf8.count ?? 0
                if let source { sources.append(source) }
            }
            return sources
        }
    }

    /// One source on its way into the new index.
    private struct Entry: Sendable {
        var source: StoredSource
        var isRemade: Bool
        var documents: [IndexDocument]
    }

    private func entries(of sources: [StoredSource], _ remake: Remake?) async throws -> [Entry] {
        var entries: [Entry] = []
        for source in sources {
            try Task.checkCancellation()
            var entry = Entry(source: source, isRemade: false, documents: [])
            if let (structure, segments) = try await remake?(source),
                structure != source.structure || segments != source.segments
            {
                entry.source.structure = structure
                entry.source.segments = segments
                entry.isRemade = true
            }
            entry.documents = try indexer.maker(entry.source)
            entries.append(entry)
        }
        return entries
    }

    private func index(_ entries: [Entry], then cursor: Cursor, by actor: Actor) async throws {
        let indexer = indexer
        try await store.writeAcross(
            entries.map { RoutingKey($0.source.document.id) }, because: "the index spans all buckets", by: actor
        ) { writing in
            var current: [IndexDocument] = []
            for entry in entries {
                let document = entry.source.document
                // A source that was changed meanwhile was indexed with its change.
                let now: Int? = try writing.db.value(
                    "SELECT revision FROM source WHERE bucket = ? AND id = ? AND state = 'live'",
                    [RoutingKey(document.id).bucket, document.id.rawValue])
                guard now == entry.source.revision else { continue }
                current += entry.documents
                guard entry.isRemade else { continue }
                try SourceRow.putStructure(
                    entry.source.structure, segments: entry.source.segments, of: document.id,
                    version: document.version, writing.db)
                let meetings = try MeetingRow.linked(to: document.id, writing.db)
                try TrackingLedger.refresh(entry.source, meetings: meetings, writing)
            }
            try indexer.index.load(current, writing.db)
            // A source that the run has still to come to is indexed then.
            writing.touched = writing.touched.filter(cursor.hasPassed)
            try indexer.updateTouched(writing)
            try writing.setSetting(Self.cursorKey, to: try Coding.text(cursor))
            try writing.record(.reindex, "library", ["state": "through", "sources": String(cursor.done)])
        }
    }
}
