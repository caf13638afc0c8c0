public import DocketCore
import GRDB

/// What stands where something was withdrawn.
public struct Tombstone: Sendable, Equatable, Codable {
    /// Kind of the object: "source" or "draft".
    public var kind: String
    /// Name of the object.
    public var id: String
    /// Who or what decided it: an order, a rule, a request.
    public var authority: String
    /// Why.
    public var reason: String
    /// When, ISO 8601 in UTC.
    public var time: String
    /// Who carried it out.
    public var actor: String
}

extension Tombstone {
    init(_ row: Row) {
        self.init(
            kind: row["kind"], id: row["id"], authority: row["authority"], reason: row["reason"], time: row["ts"],
            actor: row["actor"])
    }
}

/// What becomes of the drafts that rest on a withdrawn source.
public enum DraftWithdrawal: String, Sendable, Codable, CaseIterable {
    /// All stay: the source is gone, what was written from it is kept on its own authority.
    case none
    /// Those not approved go with the source; approved ones stay.
    case unapproved
    /// All go.
    case all
}

extension Library {
    /// Withdraws a source on somebody's authority; nothing is deleted.
    ///
    /// It vanishes from lists, search, meetings and the ledger, its bytes are served no more, and a tombstone stands for it.
    ///
    /// - Throws: `ArchiveError.refused(.missingReason)` without an authority, `.conflict(.revision)`, `.notFound`,
    ///   `.refused(.withdrawn)` when it was withdrawn before.
    public func withdraw(
        _ id: SourceID, revision: Int, authority: String, reason: String = "", drafts: DraftWithdrawal = .unapproved,
        by actor: Actor
    ) async throws {
        guard !authority.isEmpty else { throw ArchiveError.refused(.missingReason(field: "authority")) }
        let indexer = indexer
        try await store.writeAcross(
            [RoutingKey(id)], because: "what rests on a source goes with it", by: actor
        ) { writing in
            let source = try writing.live(id, revision: revision)
            try writing.db.run(
                "UPDATE source SET state = 'withdrawn', revision = revision + 1 WHERE bucket = ? AND id = ?",
                [RoutingKey(id).bucket, id.rawValue])
            try writing.bury("source", id.rawValue, key: RoutingKey(id), authority: authority, reason: reason)
            let meetings = try MeetingRow.linked(to: source.document.id, writing.db)
            for row in meetings {
                try writing.db.run(
                    "UPDATE meetingSource SET withdrawn = 1 WHERE bucket = ? AND meeting = ? AND source = ?",
                    [row.key.bucket, row.id.rawValue, id.rawValue])
            }
            try TrackingLedger.remove(id, from: meetings, writing)
            try writing.withdrawDrafts(of: id, drafts, authority: authority, reason: reason)
            try indexer.update(id, with: [], isGiven: true, writing)
            var detail = ["authority": authority, "drafts": drafts.rawValue]
            detail["reason"] = reason.isEmpty ? nil : reason
            try writing.record(.withdraw, "source:\(id)", detail)
        }
    }

    /// Tombstones of what the viewer might see if it were still there, newest first, at most `limit`.
    public func tombstones(limit: Int = 1000, viewer: Viewer) async throws -> [Tombstone] {
        try await store.read(nil, as: viewer) { reading in
            let rows = try reading.db.rows(
                """
                SELECT kind, id, authority, reason, ts, actor FROM tombstone
                WHERE kind || ':' || id IN (
                    SELECT 'source:' || id FROM source WHERE state = 'withdrawn' AND \(Viewer.accessCondition)
                    UNION ALL SELECT 'draft:' || id FROM draft WHERE withdrawn = 1 AND \(Viewer.accessCondition))
                ORDER BY ts DESC, id DESC LIMIT :limit /* fan-out: tombstones */
                """, reading.viewer.accessArguments + ["limit": max(0, limit)])
            return rows.map(Tombstone.init)
        }
    }

    /// What stands where the source or draft `id` was withdrawn; nil when nothing of that name was, or the viewer might not
    /// have seen it.
    public func tombstone(of id: String, viewer: Viewer) async throws -> Tombstone? {
        try await store.read(RoutingKey(id), as: viewer) { reading in
            let draft = try DraftRow.load(DraftID(rawValue: id), reading.db)
            let level =
                try draft.map { ($0.summary.classification, $0.summary.scope) } ?? reading.db.level(ofSource: id)
            guard let level, reading.viewer.sees(level.0, scope: level.1) else { return nil }
            return try reading.db.row(
                "SELECT kind, id, authority, reason, ts, actor FROM tombstone WHERE bucket = ? AND kind = ? AND id = ?",
                [(draft?.key ?? RoutingKey(id)).bucket, draft == nil ? "source" : "draft", id]
            ).map(Tombstone.init)
        }
    }
}

extension Writing {
    func bury(_ kind: String, _ id: String, key: RoutingKey, authority: String, reason: String) throws {
        try db.run(
            "INSERT INTO tombstone (bucket, kind, id, authority, reason, ts, actor) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [key.bucket, kind, id, authority, reason, now, actor.description])
    }
}
