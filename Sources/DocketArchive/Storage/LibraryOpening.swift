import DocketCore
import Foundation
import GRDB

/// How connections to a library are made, and which files are not one.
struct LibraryOpening: Sendable {
    let folder: LibraryFolder
    let options: Library.Options
    let configuration: LibraryConfiguration

    /// Names that may stand in a folder before a library is made in it.
    private static let allowed: Set<String> = ["docket.yaml", "models", ".gitignore", "lost+found"]

    /// Page cache of the writing connection.
    private static let writerCacheKibibytes = 64 << 10

    /// Page cache of each connection that reads.
    static let readerCacheKibibytes = 16 << 10

    /// Makes the folder, or finds it fit for a new library.
    static func prepareFolder(_ folder: LibraryFolder) throws {
        var allowed = allowed
        if folder.databaseExists {
            guard isUnfinished(folder) else { throw ArchiveError.exists(folder: folder.path) }
            let name = LibraryFolder.databaseName
            allowed.formUnion([name, "\(name)-wal", "\(name)-shm", LibraryFolder.originalsName])
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) {
            guard isFolder.boolValue, let entries = folder.entries, Set(entries).isSubset(of: allowed) else {
                throw ArchiveError.exists(folder: folder.path)
            }
        } else {
            do {
                try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
            } catch {
                throw ArchiveError.readOnly(folder: folder.url.deletingLastPathComponent().path)
            }
        }
        guard folder.isWritable else { throw ArchiveError.readOnly(folder: folder.path) }
        guard mkdir(folder.originals.path, 0o777) == 0 || errno == EEXIST else {
            throw BlobFile.failure(folder.originals.path)
        }
    }

    /// A store for reading and writing, with all tables of this program.
    func write(isNew: Bool) async throws -> SQLiteRecordStore {
        try await offPool {
            if !isNew { try checkVersion() }
            let pool = try DatabasePool(path: folder.databasePath, configuration: connection())
            try pool.writeWithoutTransaction { db in
                // A commit is on the disk when the call returns, also after a power cut.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // A batch of records touches a page of every bucket and index: with less they are written and read again.
                try db.execute(sql: "PRAGMA cache_size = -\(Self.writerCacheKibibytes)")
            }
            if try !pool.read({ try options.migrator.isCurrent($0) }) {
                try options.migrator.add(pool, now: options.clock.timestamp())
            }
            return store(reader: pool, writer: pool)
        }
    }

    /// A store for reading; on a folder that cannot be written, the file is read as it stands.
    ///
    /// A library of an earlier release gets its new tables first, where it can be written: whoever updates the program
    /// would else have to know that some command must come before all others.
    func read() async throws -> SQLiteRecordStore {
        let store = try await offPool { try readOnlyStore() }
        if try await isCurrent(store) { return store }
        guard folder.isWritable else {
            throw ArchiveError.unavailable(
                file: folder.databasePath,
                reason: LocalizedText(
                    zhHant: "由較舊版本寫入，請先以可寫入方式開啟一次", en: "written by an earlier version, open it for writing once"),
                retryable: false)
        }
        try store.reader.close()
        try await write(isNew: false).reader.close()
        return try await offPool { try readOnlyStore() }
    }

    private func isCurrent(_ store: SQLiteRecordStore) async throws -> Bool {
        try await store.reader.read { [options] db in try options.migrator.isCurrent(db) }
    }

    private func readOnlyStore() throws -> SQLiteRecordStore {
        try checkVersion()
        if folder.isWritable {
            let pool = try DatabasePool(path: folder.databasePath, configuration: connection())
            return store(reader: pool, writer: nil)
        }
        var configuration = connection()
        configuration.readonly = true
        if folder.hasPendingLog {
            return store(
                reader: try DatabasePool(path: folder.databasePath, configuration: configuration), writer: nil)
        }
        return store(reader: try DatabaseQueue(path: immutableURI, configuration: configuration), writer: nil)
    }

    // MARK: - Parts

    /// True for a database that a killed `create` left without a single table.
    private static func isUnfinished(_ folder: LibraryFolder) -> Bool {
        var configuration = Configuration()
        configuration.readonly = true
        let count = try? DatabaseQueue(path: folder.databasePath, configuration: configuration).read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master /* reference: schema */")
        }
        // A file that cannot be read as a database is somebody's file, and stays.
        return count == 0
    }

    /// Refuses what is no library and what a later program wrote, before anything is changed.
    private func checkVersion() throws {
        var configuration = connection()
        configuration.readonly = true
        let path = folder.isWritable || folder.hasPendingLog ? folder.databasePath : immutableURI
        let (application, version) = try DatabaseQueue(path: path, configuration: configuration).read { db in
            (
                try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
                try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            )
        }
        guard application == Migrator.applicationID else { throw ArchiveError.notALibrary(folder: folder.path) }
        guard version <= Migrator.supportedVersion else {
            throw ArchiveError.newerVersion(
                file: folder.databasePath, version: version, supported: Migrator.supportedVersion)
        }
    }

    private var immutableURI: String {
        let path = folder.databasePath.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
        return "file:\(path ?? folder.databasePath)?immutable=1"
    }

    private func connection() -> Configuration {
        var settings = Configuration()
        settings.label = "docket"
        settings.busyMode = .timeout(TimeInterval(configuration.busyTimeoutMilliseconds) / 1000)
        settings.maximumReaderCount = 8
        let (onStatement, maximumPages) = (options.onStatement, options.maximumPages)
        settings.prepareDatabase { db in
            if let onStatement {
                db.trace { event in
                    if case .statement(let statement) = event { onStatement(statement.sql) }
                }
            }
            // Searches read long rows, which would drive the upper pages of all tables out of a small cache.
            try db.execute(sql: "PRAGMA cache_size = -\(Self.readerCacheKibibytes)")
            if let maximumPages { try db.execute(sql: "PRAGMA max_page_count = \(maximumPages)") }
        }
        return settings
    }

    private func store(reader: any DatabaseReader, writer: (any DatabaseWriter)?) -> SQLiteRecordStore {
        SQLiteRecordStore(
            reader: reader, writer: writer, folder: folder, clock: options.clock,
            waitMilliseconds: configuration.busyTimeoutMilliseconds)
    }

    private func offPool<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        let folder = folder.path
        return try await Self.offPool(
            file: self.folder.databasePath, waiting: configuration.busyTimeoutMilliseconds
        ) {
            do {
                return try body()
            } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
                throw ArchiveError.notALibrary(folder: folder)
            }
        }
    }

    /// Runs calls that may wait for a lock on a thread of their own, and explains SQLite's errors.
    static func offPool<T: Sendable>(
        file: String, waiting milliseconds: Int, _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        do {
                            return try body()
                        } catch let error as DatabaseError {
                            throw ArchiveError(error, file: file, waitMilliseconds: milliseconds)
                        }
                    })
            }
        }
    }
}
