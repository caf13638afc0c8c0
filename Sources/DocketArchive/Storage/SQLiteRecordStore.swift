import DocketCore
import Foundation
import GRDB

/// Records in one SQLite file: readers see the last commit, writers queue.
///
/// Buckets are columns here and nothing more; keys are kept in every call so that a store of many machines can route.
struct SQLiteRecordStore: RecordStore {
    let reader: any DatabaseReader
    /// Nil when the library is open for reading.
    let writer: (any DatabaseWriter)?
    let folder: LibraryFolder
    let clock: StoreClock
    let waitMilliseconds: Int

    func read<T: Sendable>(
        _ key: RoutingKey?, as viewer: Viewer, freshness: Freshness,
        _ body: @escaping @Sendable (Reading) throws -> T
    ) async throws -> T {
        try await explaining {
            try await reader.read { db in try body(Reading(db: db, viewer: viewer)) }
        }
    }

    func write<T: Sendable>(
        _ key: RoutingKey, by actor: Actor, _ body: @escaping @Sendable (Writing) throws -> T
    ) async throws -> T {
        try await transaction(by: actor, body)
    }

    func writeAcross<T: Sendable>(
        _ keys: [RoutingKey], because reason: StaticString, by actor: Actor,
        _ body: @escaping @Sendable (Writing) throws -> T
    ) async throws -> T {
        try await transaction(by: actor, body)
    }

    private func transaction<T: Sendable>(
        by actor: Actor, _ body: @escaping @Sendable (Writing) throws -> T
    ) async throws -> T {
        guard let writer else { throw ArchiveError.readOnly(folder: folder.path) }
        guard !actor.description.isEmpty else { throw ArchiveError.refused(.missingReason(field: "actor")) }
        return try await explaining {
            try await writer.write { db in
                let writing = Writing(db: db, actor: actor, now: clock.timestamp())
                let before = db.totalChangesCount
                let result = try body(writing)
                guard db.totalChangesCount == before || writing.events > 0 else { throw UnauditedWrite() }
                return result
            }
        }
    }

    /// Turns SQLite's errors into the archive's.
    private func explaining<T>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw ArchiveError(error, file: folder.databasePath, waitMilliseconds: waitMilliseconds)
        }
    }
}

/// A write body changed rows and appended nothing to the audit chain: an error of this program, never of its user.
struct UnauditedWrite: Error, CustomStringConvertible {
    var description: String { "a write without an audit event was rolled back; report this as a fault of Docket" }
}

extension ArchiveError {
    /// What an SQLite error means for the person at the keyboard.
    ///
    /// The statement and its arguments are left out: they hold document text.
    init(_ error: DatabaseError, file: String, waitMilliseconds: Int) {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(file: file, waitedMilliseconds: waitMilliseconds)
        case .SQLITE_FULL: self = .diskFull(file: file)
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: self = .diskFull(file: file)
        case .SQLITE_READONLY:
            self = .readOnly(folder: URL(filePath: file).deletingLastPathComponent().path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .corrupt(file: file, detail: "SQLite code \(error.extendedResultCode.rawValue)")
        case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_NOMEM, .SQLITE_PROTOCOL:
            self = .unavailable(
                file: file,
                reason: LocalizedText(
                    zhHant: "讀寫失敗，SQLite 代碼 \(error.extendedResultCode.rawValue)",
                    en: "input or output failed, SQLite code \(error.extendedResultCode.rawValue)"),
                retryable: true)
        case .SQLITE_CONSTRAINT: self = .conflict(.identity(object: "row of \(file)"))
        default:
            self = .unavailable(
                file: file,
                reason: LocalizedText(
                    zhHant: "SQLite 代碼 \(error.extendedResultCode.rawValue)",
                    en: "SQLite code \(error.extendedResultCode.rawValue)"), retryable: false)
        }
    }
}
