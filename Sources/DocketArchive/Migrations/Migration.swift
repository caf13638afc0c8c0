import GRDB

/// One step of the schema, never changed once released.
///
/// Its three phases run apart, since old and new programs may use one store at a time: `add` only adds tables, columns
/// and indexes; `fill` derives the new values in small transactions and goes on where it stopped; `drop` removes what
/// only programs older than `requires` still need.
struct Migration: Sendable {
    /// What it does, "add-retention-to-source"; also its key in the table `migration`.
    let name: String
    /// Adds; runs in one transaction when a library is created or opened for writing.
    let add: @Sendable (Database) throws -> Void
    /// Fills one batch from `cursor` (nil at the start) and gives the next cursor, or nil at the end.
    var fill: (@Sendable (Database, _ cursor: String?) throws -> String?)?
    /// Drops; runs only after the fill, and raises the version that a program must know.
    var drop: Drop?

    struct Drop: Sendable {
        /// Schema version of the oldest program that can use the library afterwards.
        let requires: Int
        let body: @Sendable (Database) throws -> Void
    }
}

/// Runs migrations and knows what has run.
struct Migrator: Sendable {
    /// Schema version of this program: raised with every `drop`.
    static let supportedVersion = 1
    /// Marks an SQLite file as a Docket library ("DCKT").
    static let applicationID = 0x44_43_4B_54

    let migrations: [Migration]

    static let released = Migrator(migrations: [
        .baseline, .jobs, .vocabularies, .indexTables, .savedSearches, .catalogue,
    ])

    /// Runs every `add` that has not run, in order, each in its own transaction.
    func add(_ writer: any DatabaseWriter, now: String) throws {
        for migration in migrations {
            try writer.write { db in
                try prepare(db)
                guard try !hasRun(migration.name, "add", db) else { return }
                try migration.add(db)
                try mark(migration.name, "add", cursor: nil, now, db)
            }
        }
    }

    /// Runs at most `batches` batches of waiting fills and drops; true when nothing waits any more.
    func advance(_ writer: any DatabaseWriter, batches: Int, now: String) throws -> Bool {
        for _ in 0..<batches {
            guard try writer.write({ try step($0, now: now) }) else { return true }
        }
        return try writer.read { try waiting($0).isEmpty }
    }

    /// Names of migrations with a fill or a drop still to run.
    func waiting(_ db: Database) throws -> [String] {
        try migrations.filter { migration in
            try (migration.fill != nil && !hasRun(migration.name, "fill", db))
                || (migration.drop != nil && !hasRun(migration.name, "drop", db))
        }.map(\.name)
    }

    /// True when every `add` has run.
    func isCurrent(_ db: Database) throws -> Bool {
        try db.tableExists("migration") && migrations.allSatisfy { try hasRun($0.name, "add", db) }
    }

    // MARK: - Steps

    /// One batch of the first waiting fill, or the first waiting drop; false when nothing waits.
    private func step(_ db: Database, now: String) throws -> Bool {
        for migration in migrations {
            if let fill = migration.fill, try !hasRun(migration.name, "fill", db) {
                let next = try fill(db, try cursor(migration.name, db))
                try mark(migration.name, next == nil ? "fill" : "filling", cursor: next, now, db)
                return true
            }
            if let drop = migration.drop, try !hasRun(migration.name, "drop", db) {
                try drop.body(db)
                try mark(migration.name, "drop", cursor: nil, now, db)
                let version: Int = try db.value("PRAGMA user_version") ?? 0
                if drop.requires > version { try db.execute(sql: "PRAGMA user_version = \(drop.requires)") }
                return true
            }
        }
        return false
    }

    private func prepare(_ db: Database) throws {
        guard try !db.tableExists("migration") else { return }
        try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(Self.supportedVersion)")
        try db.execute(
            sql: """
                CREATE TABLE migration (
                    name TEXT NOT NULL, phase TEXT NOT NULL, cursor TEXT, ranAt TEXT NOT NULL,
                    PRIMARY KEY (name, phase)
                ) STRICT, WITHOUT ROWID
                """)
    }

    private func hasRun(_ name: String, _ phase: String, _ db: Database) throws -> Bool {
        try db.row("SELECT 1 FROM migration WHERE name = ? AND phase = ? /* reference: migration */", [name, phase])
            != nil
    }

    private func cursor(_ name: String, _ db: Database) throws -> String? {
        try db.row(
            "SELECT cursor FROM migration WHERE name = ? AND phase = 'filling' /* reference: migration */", [name])?[
                "cursor"]
    }

    private func mark(_ name: String, _ phase: String, cursor: String?, _ now: String, _ db: Database) throws {
        try db.run(
            """
            INSERT INTO migration (name, phase, cursor, ranAt) VALUES (?, ?, ?, ?)
            ON CONFLICT (name, phase) DO UPDATE SET cursor = excluded.cursor, ranAt = excluded.ranAt
            /* reference: migration */
            """, [name, phase, cursor, now])
        // The tables of a new library are made with it, and its own event says so.
        guard phase != "filling", try AuditChain.head(db).sequence > 0 else { return }
        try AuditChain.append(
            AuditEvent(
                time: now, actor: "system", action: AuditAction.migrate.rawValue, object: "migration:\(name)",
                detail: ["phase": phase]), to: db)
    }
}
