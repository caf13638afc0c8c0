import DocketCore
import GRDB

/// Levels of derived rows: the highest of their sources, and the scopes of them all.
///
/// A row of several scopes is seen by a viewer of all scopes alone: whoever may see one agency's paper may not see what
/// was written from two.
enum DerivedLevels {
    struct Level: Equatable {
        var classification: Classification
        /// Scopes, ascending, joined by a newline; "" for none.
        var scope: String
    }

    static func level(
        of sources: [SourceID], own: Classification, scope: String, _ db: Database
    ) throws -> Level {
        var level = own
        var scopes = Set(scope.split(separator: "\n").map(String.init))
        for source in sources {
            let row = try db.row(
                "SELECT classification, scope FROM source WHERE bucket = ? AND id = ?",
                [RoutingKey(source).bucket, source.rawValue])
            guard let row else { throw ArchiveError.notFound("source:\(source)") }
            level = max(level, try SourceRow.classification(row["classification"]))
            scopes.formUnion((row["scope"] as String).split(separator: "\n").map(String.init))
        }
        return Level(classification: level, scope: scopes.sorted().joined(separator: "\n"))
    }

    /// The level of a catalogue entry: that of its sources, and no less than its field 密等 says; its own where it has no source.
    static func level(of entry: CatalogueEntry, _ db: Database) throws -> Level {
        let stated = entry[.classification].flatMap(Classification.init(rawValue:)) ?? .public
        guard entry.sources.isEmpty else {
            return try level(of: entry.sources, own: stated, scope: "", db)
        }
        return Level(classification: max(stated, entry.classification), scope: entry.scope)
    }

    /// Computes the levels of all catalogue entries that describe `source` anew, after its own level or scope has changed.
    static func propagateToEntries(from source: SourceID, indexing: any RecordIndexing, _ writing: Writing) throws {
        let ids = try writing.db.rows(
            "SELECT entry FROM entrySource WHERE source = ? ORDER BY entry /* fan-out: entries of a source */",
            [source.rawValue]
        ).map { EntryID(rawValue: $0["entry"]) }
        for id in ids {
            guard var stored = try EntryRow.load(id, writing.db) else { continue }
            let level = try level(of: stored.entry, writing.db)
            guard level.classification != stored.entry.classification || level.scope != stored.entry.scope else {
                continue
            }
            (stored.entry.classification, stored.entry.scope) = (level.classification, level.scope)
            (stored.revision, stored.changedAt) = (stored.revision + 1, writing.now)
            try writing.put(stored, note: "level of source:\(source)", indexing: indexing)
        }
    }

    /// Computes the levels of all drafts that rest on `source` anew, after its own level or scope has changed.
    static func propagate(from source: SourceID, _ db: Database) throws {
        let rows = try db.rows(
            """
            SELECT bucket, id, ownClassification, ownScope FROM draft
            WHERE (bucket, id) IN (SELECT bucket, draft FROM draftSource WHERE source = ?)
            ORDER BY id /* fan-out: drafts of a source */
            """, [source.rawValue])
        for row in rows {
            let (bucket, id): (Int, String) = (row["bucket"], row["id"])
            let sources = try db.rows(
                "SELECT source FROM draftSource WHERE bucket = ? AND draft = ? ORDER BY n", [bucket, id]
            ).map { SourceID(rawValue: $0["source"]) }
            let level = try level(
                of: sources, own: try SourceRow.classification(row["ownClassification"]), scope: row["ownScope"], db)
            try db.run(
                "UPDATE draft SET classification = ?, scope = ? WHERE bucket = ? AND id = ?",
                [level.classification.rank, level.scope, bucket, id])
        }
    }
}
