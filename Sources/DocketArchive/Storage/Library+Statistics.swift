public import DocketCore
import Foundation
import GRDB

/// Counts and sizes of a library, for `docket doctor`.
public struct LibraryStatistics: Sendable, Equatable, Codable {
    /// Live sources by kind; a kind without sources is absent.
    public var sources: [String: Int]
    /// Withdrawn sources.
    public var withdrawn: Int
    /// Drafts by state.
    public var drafts: [String: Int]
    /// Tracked items by state.
    public var items: [String: Int]
    /// Meetings.
    public var meetings: Int
    /// Series.
    public var series: Int
    /// Events of the audit trail.
    public var auditEvents: Int
    /// Jobs by state.
    public var jobs: [String: Int]
    /// Bytes of the database file, its write-ahead log included.
    public var databaseBytes: Int
    /// Bytes of the database that are free for new rows; the file is never shrunk.
    public var freeBytes: Int
    /// Free bytes on the disk of the library; nil when the system does not tell.
    public var diskFreeBytes: Int?
    /// Schema version.
    public var schemaVersion: Int
    /// Migrations whose fill or drop still has to run; `maintain` runs them.
    public var waitingMigrations: [String]
    /// Version of SQLite.
    public var sqliteVersion: String
}

extension Library {
    /// Counts of what the viewer sees, and sizes of the whole.
    public func statistics(viewer: Viewer) async throws -> LibraryStatistics {
        let (migrator, folder) = (migrator, folder)
        let disk = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)[.systemFreeSize] as? NSNumber
        // Nil is a documented answer.
        return try await store.read(nil, as: viewer) { reading in
            let db = reading.db
            func count(_ sql: String) throws -> Int { try db.value(sql) ?? 0 }
            return LibraryStatistics(
                sources: try reading.counts(of: "kind", in: "source", where: "state = 'live'"),
                withdrawn: try reading.counts(of: "state", in: "source", where: "state = 'withdrawn'").values.reduce(
                    0, +),
                drafts: try reading.counts(of: "state", in: "draft", where: "withdrawn = 0"),
                items: try reading.counts(of: "state", in: "item", where: "TRUE"),
                meetings: try reading.counts(of: "meeting", in: "meetingSource", where: "withdrawn = 0").count,
                series: try count("SELECT count(DISTINCT id) FROM series /* reference: series */"),
                auditEvents: try AuditChain.head(db).sequence,
                jobs: Dictionary(uniqueKeysWithValues: try reading.jobCounts(JobFilter()).map { ($0.rawValue, $1) }),
                databaseBytes: folder.databaseBytes,
                freeBytes: try count("PRAGMA freelist_count") * count("PRAGMA page_size"),
                diskFreeBytes: disk?.intValue, schemaVersion: try count("PRAGMA user_version"),
                waitingMigrations: try migrator.waiting(db),
                sqliteVersion: try db.value("SELECT sqlite_version()") ?? "")
        }
    }

    /// Folds and merges the index and runs waiting fills of migrations; true when nothing waits any more.
    ///
    /// Of the fills at most `batches` transactions are run. The index's part is done after each change too, when enough
    /// has gathered.
    public func maintain(batches: Int = 100) async throws -> Bool {
        guard let writer = store.writer else { throw ArchiveError.readOnly(folder: folder.path) }
        let (migrator, clock) = (migrator, store.clock)
        return try await LibraryOpening.offPool(file: folder.databasePath, waiting: store.waitMilliseconds) {
            try IndexMaintenance().run(writer)
            return try migrator.advance(writer, batches: batches, now: clock.timestamp())
        }
    }
}

extension Reading {
    /// Rows that the viewer sees by the values of one column.
    fileprivate func counts(of column: String, in table: String, where condition: String) throws -> [String: Int] {
        let rows = try db.rows(
            """
            SELECT \(column) AS name, count(*) AS count FROM \(table) WHERE \(condition) AND \(Viewer.accessCondition)
            GROUP BY \(column) /* fan-out: statistics */
            """, viewer.accessArguments)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["name"], $0["count"]) })
    }
}

extension LibraryFolder {
    /// Bytes of the database file and its write-ahead log; what cannot be looked at counts as 0.
    var databaseBytes: Int {
        [databasePath, databasePath + "-wal"].reduce(0) { sum, path in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return sum + ((attributes?[.size] as? NSNumber)?.intValue ?? 0)
        }
    }
}
