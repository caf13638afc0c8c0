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
    ///
    /// Events of sources and drafts that the viewer may not see are left out, withdrawn ones judged as they last stood.
    public func auditEvents(
        of object: String? = nil, after: Int = 0, limit: Int = 1000, viewer: Viewer
    ) async throws -> [AuditEvent] {
        try await store.read(nil, as: viewer) { reading in
            let rows = try Row.fetchCursor(
                reading.db.cachedStatement(
                    sql: """
                        SELECT seq, ts, actor, action, object, detail, prevHash, hash FROM audit
                        WHERE bucket = :bucket AND chain = :chain AND seq > :after
                            AND (:object IS NULL OR object = :object) ORDER BY seq
                        """),
                arguments: [
                    "bucket": AuditChain.bucket, "chain": AuditChain.chain, "after": after, "object": object,
                ])
            var seen: [String: Bool] = [:]
            var events: [AuditEvent] = []
            while events.count < limit, let row = try rows.next() {
                let event = try AuditChain.event(row)
                let isSeen = try seen[event.object] ?? reading.sees(event)
                seen[event.object] = isSeen
                if isSeen { events.append(event) }
            }
            return events
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

extension Reading {
    /// True when the event is of nothing that the viewer may not see.
    fileprivate func sees(_ event: AuditEvent) throws -> Bool {
        let parts = event.object.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return true }
        switch parts[0] {
        case "source":
            guard let level = try db.level(ofSource: parts[1]) else {
                // A source that was refused was never stored; its event says of what level it was.
                return event.detail["classification"].flatMap(Classification.init(rawValue:)) ?? .public
                    <= viewer.clearance
            }
            return viewer.sees(level.0, scope: level.1)
        case "draft":
            guard let row = try DraftRow.load(DraftID(rawValue: parts[1]), db) else { return true }
            return viewer.sees(row.summary.classification, scope: row.summary.scope)
        case "job":
            return try !jobCounts(JobFilter(names: [parts[1]])).isEmpty
        default: return true
        }
    }
}

extension Viewer {
    /// Sees all: for the library's own housekeeping, never for an answer.
    static let everything = Viewer(clearance: .topSecret)
}
