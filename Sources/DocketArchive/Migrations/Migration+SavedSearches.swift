import GRDB

extension Migration {
    /// Saved searches, and what each has told to viewers of one clearance and the same scopes.
    ///
    /// A search is routed by its folded name, so that its own key keeps the name unique.
    static let savedSearches = Migration(name: "add-saved-searches") { db in
        for statement in tables { try db.execute(sql: statement) }
    }

    private static let tables = [
        """
        CREATE TABLE savedSearch (
            bucket INTEGER NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL,
            ts TEXT NOT NULL, actor TEXT NOT NULL, PRIMARY KEY (bucket, key)
        ) STRICT, WITHOUT ROWID
        """,
        // `search` is the id of the search as it was saved: a run that outlives it has nothing to remember.
        """
        CREATE TABLE savedSearchTold (
            bucket INTEGER NOT NULL, key TEXT NOT NULL, viewer TEXT NOT NULL, search TEXT NOT NULL, ts TEXT NOT NULL,
            actor TEXT NOT NULL, hits BLOB NOT NULL, PRIMARY KEY (bucket, key, viewer)
        ) STRICT
        """,
    ]
}
