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
