import GRDB

extension Migration {
    /// Vocabularies: small reference data that stand whole on every machine, like rosters.
    ///
    /// `edition` numbers the pairs of vocabulary and version. Concepts of every version stay, since records name terms as
    /// they were; `conceptLabel`, which search asks, holds the newest version of each vocabulary alone.
    static let vocabularies = Migration(name: "add-vocabularies") { db in
        for statement in tables { try db.execute(sql: statement) }
    }

    private static let tables = [
        """
        CREATE TABLE vocabulary (
            edition INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL,
            title TEXT NOT NULL, languages TEXT NOT NULL, statedVersion TEXT, licence TEXT, sourceDigest TEXT NOT NULL,
            contentDigest TEXT NOT NULL, concepts INTEGER NOT NULL, labels INTEGER NOT NULL, ts TEXT NOT NULL,
            actor TEXT NOT NULL
        ) STRICT
        """,
        "CREATE UNIQUE INDEX vocabularyByName ON vocabulary (name, version)",
        """
        CREATE TABLE concept (
            edition INTEGER NOT NULL, n INTEGER NOT NULL, uri TEXT NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (edition, n)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE UNIQUE INDEX conceptByURI ON concept (edition, uri)",
        """
        CREATE TABLE conceptLabel (
            label TEXT NOT NULL, edition INTEGER NOT NULL, n INTEGER NOT NULL, kind INTEGER NOT NULL,
            PRIMARY KEY (label, edition, n)
        ) STRICT, WITHOUT ROWID
        """,
    ]
}
