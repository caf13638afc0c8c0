public import DocketCore
import GRDB

/// What a check of the stored bytes and rows found.
public struct CheckReport: Sendable, Equatable {
    /// Originals that rows name.
    public var originals = 0
    /// Originals whose bytes were hashed again.
    public var hashed = 0
    /// Originals that rows name and that are not there, ascending.
    public var missing: [SHA256Digest] = []
    /// Originals whose bytes are not those of their digest, ascending.
    public var damaged: [SHA256Digest] = []
    /// Originals that no row names, ascending: left by an add that was cut short, harmless, used again when the same
    /// bytes are added.
    public var orphans: [SHA256Digest] = []
    /// Files in `originals/` that are no originals: left by a put that was cut short, harmless.
    public var strays: [String] = []
    /// Rows that lack a part: "source:01J… has no text version 2".
    public var incompleteRows: [String] = []
    /// SQLite's own findings about its file; empty when it is sound.
    public var database: [String] = []
    /// Where the audit trail breaks; nil when it holds.
    public var auditBreak: AuditBreak?

    /// True when nothing that people rely on is missing or damaged.
    public var isSound: Bool {
        missing.isEmpty && damaged.isEmpty && incompleteRows.isEmpty && database.isEmpty && auditBreak == nil
    }
}

extension Library {
    /// Checks that rows, originals and the audit trail agree.
    ///
    /// With `fixity` every original is hashed again, which reads all of them.
    /// - Throws: `ArchiveError`, when the library cannot be read at all.
    public func check(fixity: Bool = false) async throws -> CheckReport {
        var report = try await store.read(nil, as: .everything) { reading in
            var report = CheckReport()
            report.auditBreak = try AuditChain.verify(reading.db, against: nil).firstBreak
            report.incompleteRows = try Consistency.incompleteRows(reading.db)
            report.database = try String.fetchAll(reading.db, sql: "PRAGMA quick_check(20)").filter { $0 != "ok" }
            return report
        }
        let named = try await store.read(nil, as: .everything) { try Consistency.namedOriginals($0.db) }
        let inventory = try await blobs.inventory()
        let present = Set(inventory.digests)
        report.originals = named.count
        report.missing = named.subtracting(present).sorted { $0.hex < $1.hex }
        report.orphans = present.subtracting(named).sorted { $0.hex < $1.hex }
        report.strays = inventory.strays
        guard fixity else { return report }
        for digest in inventory.digests where named.contains(digest) {
            try Task.checkCancellation()
            report.hashed += 1
            if try await !blobs.verify(digest) { report.damaged.append(digest) }
        }
        return report
    }
}

/// Rows that must come in company.
enum Consistency {
    /// Digests of all originals that rows name, withdrawn ones too.
    static func namedOriginals(_ db: Database) throws -> Set<SHA256Digest> {
        var named: Set<SHA256Digest> = []
        let cursor = try String.fetchCursor(
            db,
            sql: """
                SELECT key FROM reserve WHERE namespace = 'original'
                UNION ALL SELECT sha256 FROM container /* fan-out: originals */
                """)
        while let hex = try cursor.next() {
            if let digest = SHA256Digest(hex: String(hex.prefix(64))) { named.insert(digest) }
        }
        return named
    }

    /// At most 100 sentences about rows that lack a part.
    static func incompleteRows(_ db: Database) throws -> [String] {
        let checks = [
            """
            SELECT 'source:' || id || ' has no text version ' || version AS line FROM source
            WHERE NOT EXISTS (SELECT 1 FROM textVersion AS t
                WHERE t.bucket = source.bucket AND t.source = source.id AND t.version = source.version)
            """,
            """
            SELECT 'source:' || source || ' is not there, but a text version of it' AS line FROM textVersion
            WHERE NOT EXISTS (SELECT 1 FROM source AS s WHERE s.bucket = textVersion.bucket AND s.id = textVersion.source)
            """,
            """
            SELECT 'source:' || source || ' version ' || version || ' has passages that do not end with its text' AS line
            FROM textVersion
            WHERE length(CAST(text AS BLOB)) <> coalesce((SELECT max(endByte) FROM passage AS p
                WHERE p.bucket = textVersion.bucket AND p.source = textVersion.source
                    AND p.version = textVersion.version), 0)
            """,
            """
            SELECT 'draft:' || id || ' has no revision ' || revision AS line FROM draft
            WHERE NOT EXISTS (SELECT 1 FROM draftRevision AS r
                WHERE r.bucket = draft.bucket AND r.draft = draft.id AND r.revision = draft.revision)
            """,
            """
            SELECT 'source:' || id || ' is withdrawn without a tombstone' AS line FROM source
            WHERE state = 'withdrawn' AND NOT EXISTS (SELECT 1 FROM tombstone AS t
                WHERE t.bucket = source.bucket AND t.kind = 'source' AND t.id = source.id)
            """,
            """
            SELECT 'source:' || source || ' is linked to meeting ' || meeting || ', which is not there' AS line
            FROM meetingSource
            WHERE NOT EXISTS (SELECT 1 FROM meeting AS m
                WHERE m.bucket = meetingSource.bucket AND m.id = meetingSource.meeting)
            """,
        ]
        return try checks.flatMap { sql in
            try db.rows(sql + " LIMIT 100 /* fan-out: consistency */").map { $0["line"] }
        }
    }
}
