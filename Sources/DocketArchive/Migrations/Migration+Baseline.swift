import GRDB

extension Migration {
    /// The tables of the first release (ARCHIVE.md section 2).
    ///
    /// `bucket` is the first column of every key; the tables without one are small and stand whole on every machine
    /// (series, roster, setting), or on the coordinator (job, anchor, migration). Dates are ISO 8601 text, "" when there
    /// is none, so that they sort; classification is its rank.
    static let baseline = Migration(name: "baseline") { db in
        for statement in sourceTables + reviewTables + meetingTables + libraryTables {
            try db.execute(sql: statement)
        }
        try IndexSchema.createTables(db)
    }

    private static let sourceTables = [
        """
        CREATE TABLE source (
            bucket INTEGER NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, state TEXT NOT NULL,
            classification INTEGER NOT NULL, scope TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
            language TEXT NOT NULL, date TEXT NOT NULL, version INTEGER NOT NULL, agency TEXT NOT NULL,
            series TEXT NOT NULL, ordinal INTEGER, collection TEXT NOT NULL, external TEXT, sha256 TEXT NOT NULL,
            line INTEGER, facts TEXT, addedAt TEXT NOT NULL, addedBy TEXT NOT NULL,
            PRIMARY KEY (bucket, id)
        ) STRICT
        """,
        "CREATE INDEX sourceByDate ON source (state, date, id)",
        "CREATE INDEX sourceByKind ON source (state, kind, date, id)",
        "CREATE INDEX sourceBySeries ON source (state, series, date, id) WHERE series <> ''",
        """
        CREATE TABLE sourceRevision (
            bucket INTEGER NOT NULL, source TEXT NOT NULL, revision INTEGER NOT NULL, ts TEXT NOT NULL,
            actor TEXT NOT NULL, reason TEXT NOT NULL, changes TEXT NOT NULL,
            PRIMARY KEY (bucket, source, revision)
        ) STRICT
        """,
        """
        CREATE TABLE textVersion (
            bucket INTEGER NOT NULL, source TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL,
            origin TEXT, findings TEXT, ts TEXT NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL,
            PRIMARY KEY (bucket, source, version)
        ) STRICT
        """,
        """
        CREATE TABLE passage (
            bucket INTEGER NOT NULL, source TEXT NOT NULL, version INTEGER NOT NULL, n INTEGER NOT NULL,
            kind TEXT NOT NULL, firstByte INTEGER NOT NULL, endByte INTEGER NOT NULL, level INTEGER, speaker TEXT,
            timeStart INTEGER, timeEnd INTEGER, locator TEXT, mark TEXT,
            PRIMARY KEY (bucket, source, version, n)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE structure (
            bucket INTEGER NOT NULL, source TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
            segments TEXT NOT NULL, PRIMARY KEY (bucket, source, version)
        ) STRICT
        """,
        """
        CREATE TABLE step (
            bucket INTEGER NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL, engine TEXT NOT NULL, ts TEXT NOT NULL,
            result BLOB NOT NULL, PRIMARY KEY (bucket, source, key)
        ) STRICT
        """,
        """
        CREATE TABLE container (
            bucket INTEGER NOT NULL, sha256 TEXT NOT NULL, collection TEXT NOT NULL, origin TEXT NOT NULL,
            lastLine INTEGER NOT NULL, complete INTEGER NOT NULL, ts TEXT NOT NULL,
            PRIMARY KEY (bucket, sha256, collection)
        ) STRICT
        """,
        """
        CREATE TABLE reserve (
            bucket INTEGER NOT NULL, namespace TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL,
            PRIMARY KEY (bucket, namespace, key)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE tombstone (
            bucket INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, authority TEXT NOT NULL,
            reason TEXT NOT NULL, ts TEXT NOT NULL, actor TEXT NOT NULL,
            PRIMARY KEY (bucket, kind, id)
        ) STRICT
        """,
    ]

    private static let reviewTables = [
        """
        CREATE TABLE draft (
            bucket INTEGER NOT NULL, id TEXT NOT NULL, source TEXT NOT NULL, revision INTEGER NOT NULL,
            state TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL,
            classification INTEGER NOT NULL, scope TEXT NOT NULL, ownClassification INTEGER NOT NULL,
            ownScope TEXT NOT NULL, engine TEXT NOT NULL, createdAt TEXT NOT NULL, createdBy TEXT NOT NULL,
            lockedHash TEXT, withdrawn INTEGER NOT NULL,
            PRIMARY KEY (bucket, id)
        ) STRICT
        """,
        "CREATE INDEX draftByTime ON draft (createdAt, id)",
        """
        CREATE TABLE draftRevision (
            bucket INTEGER NOT NULL, draft TEXT NOT NULL, revision INTEGER NOT NULL, state TEXT NOT NULL,
            actor TEXT NOT NULL, ts TEXT NOT NULL, note TEXT NOT NULL, content INTEGER NOT NULL,
            textHash TEXT NOT NULL, body TEXT, PRIMARY KEY (bucket, draft, revision)
        ) STRICT
        """,
        """
        CREATE TABLE draftSource (
            bucket INTEGER NOT NULL, draft TEXT NOT NULL, source TEXT NOT NULL, n INTEGER NOT NULL,
            PRIMARY KEY (bucket, draft, source)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX draftBySource ON draftSource (source)",
        """
        CREATE TABLE citation (
            bucket INTEGER NOT NULL, draft TEXT NOT NULL, revision INTEGER NOT NULL, claim INTEGER NOT NULL,
            n INTEGER NOT NULL, source TEXT NOT NULL, version INTEGER NOT NULL, firstByte INTEGER NOT NULL,
            endByte INTEGER NOT NULL, words TEXT NOT NULL,
            PRIMARY KEY (bucket, draft, revision, claim, n)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX citationBySource ON citation (source, version)",
    ]

    private static let meetingTables = [
        """
        CREATE TABLE meeting (
            bucket INTEGER NOT NULL, id TEXT NOT NULL, series TEXT NOT NULL, ordinal INTEGER, date TEXT NOT NULL,
            revision INTEGER NOT NULL, createdAt TEXT NOT NULL,
            PRIMARY KEY (bucket, id)
        ) STRICT
        """,
        "CREATE UNIQUE INDEX meetingOrdinal ON meeting (bucket, series, ordinal) WHERE ordinal IS NOT NULL",
        "CREATE INDEX meetingByDate ON meeting (date, id)",
        """
        CREATE TABLE meetingSource (
            bucket INTEGER NOT NULL, meeting TEXT NOT NULL, source TEXT NOT NULL, role TEXT NOT NULL,
            classification INTEGER NOT NULL, scope TEXT NOT NULL, withdrawn INTEGER NOT NULL, ts TEXT NOT NULL,
            actor TEXT NOT NULL, PRIMARY KEY (bucket, meeting, source)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX meetingBySource ON meetingSource (source)",
        """
        CREATE TABLE item (
            bucket INTEGER NOT NULL, series TEXT NOT NULL, reference TEXT NOT NULL, id TEXT NOT NULL,
            meetingNumber INTEGER NOT NULL, itemNumber INTEGER NOT NULL, state TEXT NOT NULL,
            openedBy TEXT NOT NULL, classification INTEGER NOT NULL, scope TEXT NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (bucket, series, reference)
        ) STRICT
        """,
        """
        CREATE TABLE itemAction (
            bucket INTEGER NOT NULL, series TEXT NOT NULL, source TEXT NOT NULL, n INTEGER NOT NULL,
            meeting TEXT NOT NULL, reference TEXT NOT NULL, action TEXT NOT NULL, scope TEXT NOT NULL,
            body TEXT NOT NULL, PRIMARY KEY (bucket, series, source, n)
        ) STRICT
        """,
        "CREATE INDEX itemByOpening ON item (bucket, series, openedBy)",
        "CREATE INDEX itemActionByMeeting ON itemAction (bucket, series, meeting)",
        "CREATE INDEX itemByMeeting ON item (bucket, series, meetingNumber)",
        "CREATE INDEX itemActionByReference ON itemAction (bucket, series, reference)",
    ]

    private static let libraryTables = [
        """
        CREATE TABLE audit (
            bucket INTEGER NOT NULL, chain INTEGER NOT NULL, seq INTEGER NOT NULL, ts TEXT NOT NULL,
            actor TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT NOT NULL,
            prevHash TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (bucket, chain, seq)
        ) STRICT
        """,
        "CREATE INDEX auditByObject ON audit (bucket, chain, object, seq)",
        """
        CREATE TABLE anchor (
            ts TEXT NOT NULL PRIMARY KEY, heads TEXT NOT NULL, prevHash TEXT NOT NULL, hash TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE job (
            id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, priority INTEGER NOT NULL,
            owner TEXT NOT NULL, epoch INTEGER NOT NULL, leaseUntil TEXT NOT NULL, attempts INTEGER NOT NULL,
            step TEXT NOT NULL, payload BLOB NOT NULL, error TEXT NOT NULL, ts TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX jobByState ON job (state, priority, id)",
        """
        CREATE TABLE series (
            id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, ts TEXT NOT NULL, actor TEXT NOT NULL,
            PRIMARY KEY (id, version)
        ) STRICT
        """,
        """
        CREATE TABLE roster (
            name TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, ts TEXT NOT NULL, actor TEXT NOT NULL,
            PRIMARY KEY (name, version)
        ) STRICT
        """,
        "CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT",
    ]
}
