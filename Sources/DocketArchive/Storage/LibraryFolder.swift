import Foundation

/// The folder of a library and the names inside it.
struct LibraryFolder: Sendable, Equatable {
    static let databaseName = "docket.sqlite"
    static let originalsName = "originals"
    static let workersName = "workers"

    let url: URL

    init(_ url: URL) { self.url = url.standardizedFileURL }

    var path: String { url.path }
    var database: URL { url.appending(path: Self.databaseName) }
    var databasePath: String { database.path }
    var originals: URL { url.appending(path: Self.originalsName) }
    /// A file a running worker, locked as long as it lives.
    var workers: URL { url.appending(path: Self.workersName) }

    var databaseExists: Bool { FileManager.default.fileExists(atPath: database.path) }

    /// True when the folder and the database file can be written by this process; false on a read-only file system.
    var isWritable: Bool {
        access(url.path, W_OK) == 0 && (!databaseExists || access(database.path, W_OK) == 0)
    }

    /// Entries of the folder, hidden ones too; nil when it cannot be listed.
    var entries: [String]? { try? FileManager.default.contentsOfDirectory(atPath: url.path) }

    /// True when a write-ahead log with content stands beside the database.
    var hasPendingLog: Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: database.path + "-wal")
        // A log that cannot be looked at counts as none: opening will tell.
        return (attributes?[.size] as? Int ?? 0) > 0
    }
}
