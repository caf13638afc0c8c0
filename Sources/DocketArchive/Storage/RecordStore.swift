import DocketCore
import GRDB

/// How recent a read must be.
enum Freshness: Sendable {
    /// At least the caller's own last write.
    case own(after: UInt64)
    /// Everything committed.
    case latest
    /// At most this far behind.
    case replica(maximumLag: Duration)
}

/// Where records live: SQLite on one machine, PostgreSQL on more (ARCHIVE.md section 3).
///
/// Every write names the keys it touches and who makes it. A body may run again after a serialisation failure or a
/// failover, so it has no effect outside its transaction; blobs are put before the row that names them.
protocol RecordStore: Sendable {
    /// Runs `body` on one consistent state; a nil key is a read over all buckets.
    /// - Throws: `ArchiveError`, or `CancellationError` when the task is cancelled.
    func read<T: Sendable>(
        _ key: RoutingKey?, as viewer: Viewer, freshness: Freshness,
        _ body: @escaping @Sendable (Reading) throws -> T
    ) async throws -> T

    /// Runs `body` in one transaction on the rows of one key.
    /// - Throws: as `read`; nothing is changed then.
    func write<T: Sendable>(
        _ key: RoutingKey, by actor: Actor, _ body: @escaping @Sendable (Writing) throws -> T
    ) async throws -> T

    /// Runs `body` in one transaction over the rows of several keys: rare and atomic, `reason` says why it must be.
    /// - Throws: as `read`; nothing is changed then.
    func writeAcross<T: Sendable>(
        _ keys: [RoutingKey], because reason: StaticString, by actor: Actor,
        _ body: @escaping @Sendable (Writing) throws -> T
    ) async throws -> T
}

extension RecordStore {
    /// A read of everything committed.
    func read<T: Sendable>(
        _ key: RoutingKey?, as viewer: Viewer, _ body: @escaping @Sendable (Reading) throws -> T
    ) async throws -> T {
        try await read(key, as: viewer, freshness: .latest, body)
    }
}

/// What a read body sees: one consistent state, and who looks.
struct Reading {
    let db: Database
    let viewer: Viewer
}

/// What a write body sees: its transaction, who makes it and when.
///
/// The store refuses to commit a transaction that changed rows without an event in the audit chain.
final class Writing {
    let db: Database
    let actor: Actor
    /// The store's time at the start of the transaction, ISO 8601 in UTC.
    let now: String
    private(set) var events = 0
    /// Sources whose tracked items changed their state in this transaction: they are indexed anew.
    var touched: Set<SourceID> = []

    init(db: Database, actor: Actor, now: String) {
        self.db = db
        self.actor = actor
        self.now = now
    }

    /// Appends to the audit chain.
    func record(_ action: AuditAction, _ object: String, _ detail: [String: String] = [:]) throws {
        try AuditChain.append(
            AuditEvent(time: now, actor: actor.description, action: action.rawValue, object: object, detail: detail),
            to: db)
        events += 1
    }
}

// MARK: - Statements

extension Database {
    /// Executes one statement from the cache.
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// All rows of one cached statement.
    func rows(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first row of one cached statement.
    func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first column of the first row.
    func value<Value: DatabaseValueConvertible>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments()
    ) throws -> Value? {
        try Value.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }
}

// MARK: - Access

extension Viewer {
    /// SQL condition on columns `classification` and `scope`, to be bound with `accessArguments`.
    ///
    /// A scope of several names joined by a newline is seen only by a viewer of all scopes.
    static let accessCondition =
        "classification <= :clearance AND "
        + "(:scopes IS NULL OR scope = '' OR scope IN (SELECT value FROM json_each(:scopes)))"

    /// Arguments of `accessCondition`.
    var accessArguments: StatementArguments {
        let names = scopes.flatMap { try? Coding.text($0.sorted()) }
        // `names` is nil only without scopes: an array of strings always encodes.
        return ["clearance": clearance.rank, "scopes": scopes == nil ? nil : names ?? "[]"]
    }
}
