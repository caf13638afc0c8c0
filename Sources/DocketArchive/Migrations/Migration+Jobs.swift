import GRDB

extension Migration {
    /// What a queue of batches needs beside the first tables: whose jobs they are, what they rest on, how far they are and
    /// what came of them, and which engines do not answer.
    ///
    /// Every column has a default, so that a program of the first release still adds and does jobs beside this one.
    static let jobs = Migration(name: "add-batches-and-progress-to-job") { db in
        for statement in columns + tables { try db.execute(sql: statement) }
    }

    private static let columns = [
        "batch TEXT NOT NULL DEFAULT ''", "engine TEXT NOT NULL DEFAULT ''", "digest TEXT NOT NULL DEFAULT ''",
        "nextTry TEXT NOT NULL DEFAULT ''", "failures INTEGER NOT NULL DEFAULT 0",
        "stepsDone INTEGER NOT NULL DEFAULT 0", "stepsTotal INTEGER NOT NULL DEFAULT 0",
        "tokens INTEGER NOT NULL DEFAULT 0", "result TEXT NOT NULL DEFAULT ''",
        "createdBy TEXT NOT NULL DEFAULT ''", "changedAt TEXT NOT NULL DEFAULT ''",
    ].map { "ALTER TABLE job ADD COLUMN \($0)" }

    private static let tables = [
        // Claims read it in order and stop at the first that fits.
        "CREATE INDEX jobByOrder ON job (state, priority DESC, id)",
        "CREATE INDEX jobByBatch ON job (batch, state) WHERE batch <> ''",
        // The same work is not queued twice.
        """
        CREATE UNIQUE INDEX jobByDigest ON job (digest)
            WHERE digest <> '' AND state IN ('waiting', 'leased', 'paused', 'parked')
        """,
        """
        CREATE TABLE jobSource (
            job TEXT NOT NULL, source TEXT NOT NULL, bucket INTEGER NOT NULL, n INTEGER NOT NULL,
            PRIMARY KEY (job, source)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE jobBatch (
            id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, ts TEXT NOT NULL, actor TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE jobEngine (
            name TEXT NOT NULL PRIMARY KEY, failures INTEGER NOT NULL, error TEXT NOT NULL, since TEXT NOT NULL,
            nextTry TEXT NOT NULL
        ) STRICT
        """,
    ]
}
