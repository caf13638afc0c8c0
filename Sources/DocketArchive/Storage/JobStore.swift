public import DocketCore
public import Foundation
import GRDB

/// Work that outlives the program that asked for it.
///
/// It is claimed with a lease, done once, and given to another when its owner falls silent. Time and leases come from the
/// store.
public protocol JobStore: Sendable {
    /// Adds a job and gives its name; a higher `priority` is claimed first.
    func enqueue(_ kind: String, payload: Data, priority: Int, by actor: Actor) async throws -> JobID

    /// Claims at most `count` waiting jobs of `kinds`, or jobs whose lease has run out, for `lease`.
    func claim(_ count: Int, kinds: [String], lease: Duration, by actor: Actor) async throws -> [LeasedJob]

    /// Lengthens a lease and notes the step that the job has reached.
    /// - Throws: `ArchiveError.refused(.leaseLost)` when another has claimed it.
    func renew(_ job: LeasedJob, step: String, lease: Duration, by actor: Actor) async throws

    /// Marks a job as done.
    /// - Throws: `ArchiveError.refused(.leaseLost)` when another has claimed it: the result must be dropped then.
    func finish(_ job: LeasedJob, by actor: Actor) async throws

    /// Notes a failure; the job waits again until it has been tried `attempts` times, then it is failed for good.
    func fail(_ job: LeasedJob, error: String, attempts: Int, by actor: Actor) async throws
}

/// Name of a job.
public struct JobID: Identity {
    /// The bare string.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A claimed job.
public struct LeasedJob: Sendable, Equatable {
    /// Name.
    public let id: JobID
    /// What is to be done.
    public let kind: String
    /// Input, in a form that the kind defines.
    public let payload: Data
    /// Step that an earlier owner reached, "" at the start.
    public let step: String
    /// Number of this claim: a finish names it, so that a late owner cannot finish for a new one.
    public let epoch: Int
    /// Times it was claimed, this one included.
    public let attempts: Int
    /// Until when the claim holds, by the store's clock, ISO 8601 in UTC.
    public let leaseUntil: String
}

extension Library: JobStore {
    /// See `JobStore`.
    public func enqueue(_ kind: String, payload: Data, priority: Int = 0, by actor: Actor) async throws -> JobID {
        let id = JobID.make()
        try await store.write(RoutingKey(id.rawValue), by: actor) { writing in
            try writing.db.run(
                """
                INSERT INTO job (id, kind, state, priority, owner, epoch, leaseUntil, attempts, step, payload, error, ts)
                VALUES (?, ?, 'waiting', ?, '', 0, '', 0, '', ?, '', ?) /* reference: job */
                """, [id.rawValue, kind, priority, payload, writing.now])
            try writing.record(.enqueueJob, "job:\(id)", ["kind": kind])
        }
        return id
    }

    /// See `JobStore`.
    public func claim(
        _ count: Int, kinds: [String], lease: Duration, by actor: Actor
    ) async throws -> [LeasedJob] {
        let clock = store.clock
        return try await store.write(RoutingKey("job"), by: actor) { writing in
            let named: StatementArguments = [
                "now": writing.now, "kinds": try Coding.text(kinds), "count": max(0, count),
            ]
            let rows = try writing.db.rows(
                """
                SELECT id, kind, payload, step, epoch, attempts FROM job
                WHERE (state = 'waiting' OR (state = 'leased' AND leaseUntil <= :now))
                    AND kind IN (SELECT value FROM json_each(:kinds))
                ORDER BY priority DESC, id LIMIT :count /* reference: job */
                """, named)
            let until = StoreClock.timestamp(clock.now().addingTimeInterval(lease / .seconds(1)))
            return try rows.map { row in
                let job = LeasedJob(
                    id: JobID(rawValue: row["id"]), kind: row["kind"], payload: row["payload"], step: row["step"],
                    epoch: row["epoch"] + 1, attempts: row["attempts"] + 1, leaseUntil: until)
                try writing.db.run(
                    """
                    UPDATE job SET state = 'leased', owner = ?, epoch = ?, leaseUntil = ?, attempts = ? WHERE id = ?
                    /* reference: job */
                    """, [actor.description, job.epoch, until, job.attempts, job.id.rawValue])
                try writing.record(.claimJob, "job:\(job.id)", ["epoch": String(job.epoch)])
                return job
            }
        }
    }

    /// See `JobStore`.
    public func renew(_ job: LeasedJob, step: String, lease: Duration, by actor: Actor) async throws {
        let until = StoreClock.timestamp(store.clock.now().addingTimeInterval(lease / .seconds(1)))
        try await change(job, action: .claimJob, by: actor) { writing in
            try writing.db.run(
                "UPDATE job SET step = ?, leaseUntil = ? WHERE id = ? /* reference: job */",
                [step, until, job.id.rawValue])
        }
    }

    /// See `JobStore`.
    public func finish(_ job: LeasedJob, by actor: Actor) async throws {
        try await change(job, action: .finishJob, by: actor) { writing in
            try writing.db.run(
                "UPDATE job SET state = 'done', leaseUntil = '' WHERE id = ? /* reference: job */", [job.id.rawValue])
        }
    }

    /// See `JobStore`.
    public func fail(_ job: LeasedJob, error: String, attempts: Int = 3, by actor: Actor) async throws {
        let state = job.attempts < attempts ? "waiting" : "failed"
        try await change(job, action: .failJob, by: actor) { writing in
            try writing.db.run(
                "UPDATE job SET state = ?, error = ?, leaseUntil = '' WHERE id = ? /* reference: job */",
                [state, error, job.id.rawValue])
        }
    }

    /// Changes a job while the caller's claim is the last one; a lease that has run out and that nobody took still holds.
    private func change(
        _ job: LeasedJob, action: AuditAction, by actor: Actor, _ body: @escaping @Sendable (Writing) throws -> Void
    ) async throws {
        try await store.write(RoutingKey("job"), by: actor) { writing in
            let held = try writing.db.row(
                "SELECT 1 FROM job WHERE id = ? AND epoch = ? AND state = 'leased' /* reference: job */",
                [job.id.rawValue, job.epoch])
            guard held != nil else { throw ArchiveError.refused(.leaseLost(job: "job:\(job.id)")) }
            try body(writing)
            try writing.record(action, "job:\(job.id)", ["epoch": String(job.epoch)])
        }
    }
}
