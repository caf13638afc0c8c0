import GRDB

extension Migration {
    /// Catalogue entries with all their revisions, and what the engine of subjects has learned.
    ///
    /// An entry is routed by its own identity: one that came from outside has no source. `anchor` names what it describes, so that a
    /// later proposal for the same thing is the same entry; table `reserve` keeps it unique.
    static let catalogue = Migration(name: "add-catalogue") { db in
        for statement in tables { try db.execute(sql: statement) }
    }

    private static let tables = [
        """
        CREATE TABLE entry (
            bucket INTEGER NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, level TEXT NOT NULL,
            status TEXT NOT NULL, anchor TEXT NOT NULL, number TEXT NOT NULL, folder TEXT NOT NULL, title TEXT NOT NULL,
            classification INTEGER NOT NULL, scope TEXT NOT NULL, submission TEXT NOT NULL, createdAt TEXT NOT NULL,
            changedAt TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (bucket, id)
        ) STRICT
        """,
        "CREATE INDEX entryByFolder ON entry (folder, level, number, id)",
        "CREATE INDEX entryByStatus ON entry (status, folder, number, id)",
        "CREATE INDEX entryByChange ON entry (changedAt, id)",
        """
        CREATE TABLE entryRevision (
            bucket INTEGER NOT NULL, entry TEXT NOT NULL, revision INTEGER NOT NULL, status TEXT NOT NULL,
            actor TEXT NOT NULL, ts TEXT NOT NULL, note TEXT NOT NULL, body TEXT, PRIMARY KEY (bucket, entry, revision)
        ) STRICT
        """,
        """
        CREATE TABLE entrySource (
            bucket INTEGER NOT NULL, entry TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (bucket, entry, source)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX entryBySource ON entrySource (source)",
        """
        CREATE TABLE subjectModel (
            bucket INTEGER NOT NULL, vocabulary TEXT NOT NULL, ts TEXT NOT NULL, through TEXT NOT NULL, bytes BLOB NOT NULL,
            PRIMARY KEY (bucket, vocabulary)
        ) STRICT
        """,
    ]
}
