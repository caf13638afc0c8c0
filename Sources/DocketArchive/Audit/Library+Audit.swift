public import DocketCore
import GRDB

extension Library {
    /// Walks the audit trail and names its first break (SEC-05).
    ///
    /// With `kept`, a head noted outside the library earlier, a trail that was cut or rewritten as a whole is found too.
    /// - Throws: `ArchiveError`.
    public func verifyAudit(against kept: AuditHead? = nil) async throws -> AuditReport {
        try await store.read(nil, as: .everything) { try AuditChain.verify($0.db, against: kept) }
    }

    /// The end of the audit trail now.
    public func auditHead() async throws -> AuditHead {
        try await store.read(nil, as: .everything) { try AuditChain.head($0.db) }
    }

    /// Events after position `after`, oldest first, at most `limit`, of one object when it is named ("source:01J…").
    public func auditEvents(
        of object: String? = nil, after: Int = 0, limit: Int = 1000
    ) async throws -> [AuditEvent] {
        try await store.read(nil, as: .everything) { reading in
            try reading.db.rows(
                """
                SELECT seq, ts, actor, action, object, detail, prevHash, hash FROM audit
                WHERE bucket = :bucket AND chain = :chain AND seq > :after AND (:object IS NULL OR object = :object)
                ORDER BY seq LIMIT :limit
                """,
                [
                    "bucket": AuditChain.bucket, "chain": AuditChain.chain, "after": after, "object": object,
                    "limit": max(0, limit),
                ]
            ).map(AuditChain.event)
        }
    }

    /// Appends an event that changes nothing else: a view, a search, an export, a denial.
    ///
    /// `detail` holds names and counts, never text of a document or a query.
    public func record(
        _ action: AuditAction, _ object: String, detail: [String: String] = [:], by actor: Actor
    ) async throws {
        try await store.write(RoutingKey(object), by: actor) { try $0.record(action, object, detail) }
    }
}

extension Viewer {
    /// Sees all: for the library's own housekeeping, never for an answer.
    static let everything = Viewer(clearance: .topSecret)
}
