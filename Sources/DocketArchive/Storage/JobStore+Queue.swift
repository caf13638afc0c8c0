public import DocketCore
import Foundation
import GRDB

// MARK: - Adding

extension Library: JobStore {
    /// See `JobStore`.
    public func enqueue(
        _ jobs: [NewJob], titled title: String?, by actor: Actor
    ) async throws -> JobReceipts {
        try await store.writeAcross(
            [RoutingKey("job")], because: "a batch is added as a whole", by: actor
        ) { writing in
            let batch = title.map { _ in JobBatchID.make() }
            var receipts = JobReceipts(batch: nil, jobs: [])
            // Names of one millisecond have no order; these are claimed in the order that was asked for.
            for (job, id) in zip(jobs, jobs.map { _ in JobID.make() }.sorted()) {
                let known = try writing.db.openJob(job.digest)
                if known == nil { try writing.insert(job, as: id, batch: batch) }
                receipts.jobs.append(.init(id: known ?? id, isNew: known == nil))
            }
            if let batch, let title, receipts.jobs.contains(where: \.isNew) {
                try writing.db.run(
                    "INSERT INTO jobBatch (id, title, ts, actor) VALUES (?, ?, ?, ?) /* reference: job */",
                    [batch.rawValue, title, writing.now, writing.actor.description])
                receipts.batch = batch
            }
            return receipts
        }
    }
}

extension Database {
    /// The job of this digest that is not at an end.
    fileprivate func openJob(_ digest: SHA256Digest) throws -> JobID? {
        try value(
            """
            SELECT id FROM job
            WHERE digest = ? AND state IN ('waiting', 'leased', 'paused', 'parked') /* reference: job */
            """, [digest.hex]
        ).map(JobID.init(rawValue:))
    }
}

extension Writing {
    fileprivate func insert(_ job: NewJob, as id: JobID, batch: JobBatchID?) throws {
        for source in job.sources where try !db.isLive(source) { throw ArchiveError.notFound("source:\(source)") }
        let silent = try db.row(
            "SELECT error, nextTry FROM jobEngine WHERE name = ? /* reference: job */", [job.engine])
        try db.run(
            """
            INSERT INTO job (id, kind, state, priority, owner, epoch, leaseUntil, attempts, step, payload, error, ts,
                batch, engine, digest, nextTry, createdBy, changedAt)
            VALUES (:id, :kind, :state, :priority, '', 0, '', 0, '', :payload, :error, :now,
                :batch, :engine, :digest, :nextTry, :actor, :now) /* reference: job */
            """,
            [
                "id": id.rawValue, "kind": job.kind, "state": silent == nil ? "waiting" : "parked",
                "priority": job.priority, "payload": job.payload, "error": silent?["error"] ?? "", "now": now,
                "batch": batch?.rawValue ?? "", "engine": job.engine, "digest": job.digest.hex,
                "nextTry": silent?["nextTry"] ?? "", "actor": actor.description,
            ])
        try db.addSources(job.sources, to: id)
        try record(.enqueueJob, "job:\(id)", ["kind": job.kind])
    }
}

extension Database {
    /// Notes what a job reads, the main source first; what is noted already stays.
    func addSources(_ sources: [SourceID], to job: JobID) throws {
        for (number, source) in sources.enumerated() {
            try run(
                """
                INSERT INTO jobSource (job, source, bucket, n) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
                """, [job.rawValue, source.rawValue, RoutingKey(source).bucket, number])
        }
    }
}

// MARK: - Claiming

extension Library {
    /// See `JobStore`.
    public func claim(
        _ count: Int, kinds: [String], engines: [String]?, lease: Duration, by actor: Actor
    ) async throws -> [LeasedJob] {
        let until = timestamp(in: lease)
        return try await store.write(RoutingKey("job"), by: actor) { writing in
            let wanted = ClaimFilter(
                kinds: try Coding.text(kinds), engines: try engines.map { try Coding.text($0) }, now: writing.now)
            var rows =
                try wanted.rows(.waiting, max(0, count), writing.db) + wanted.rows(.leased, max(0, count), writing.db)
            rows.sort { ($0.priority, $1.id.rawValue) > ($1.priority, $0.id.rawValue) }
            rows = Array(rows.prefix(max(0, count)))
            if rows.count < count { rows += try wanted.probes(count - rows.count, until: until, writing.db) }
            return try rows.map { try writing.lease($0, until: until) }
        }
    }

    /// The time after `duration`, by the store's clock.
    func timestamp(in duration: Duration) -> String {
        StoreClock.timestamp(store.clock.now().addingTimeInterval(duration / .seconds(1)))
    }
}

/// A job that can be claimed.
private struct Claimable {
    var id: JobID
    var priority: Int
    var isProbe = false
}

/// Which jobs a worker can do.
private struct ClaimFilter {
    /// JSON arrays of names; nil engines for any.
    let kinds: String
    let engines: String?
    let now: String

    private static let condition = """
        kind IN (SELECT value FROM json_each(:kinds))
        AND (:engines IS NULL OR engine = '' OR engine IN (SELECT value FROM json_each(:engines)))
        """

    private var arguments: StatementArguments { ["kinds": kinds, "engines": engines] }

    func rows(_ state: JobState, _ count: Int, _ db: Database) throws -> [Claimable] {
        try db.rows(
            """
            SELECT id, priority FROM job WHERE state = :state AND \(Self.condition)
                \(state == .leased ? "AND leaseUntil <= :now" : "")
            ORDER BY priority DESC, id LIMIT :count /* reference: job */
            """,
            arguments + ["state": state.rawValue, "count": count] + (state == .leased ? ["now": now] : [:])
        ).map { Claimable(id: JobID(rawValue: $0["id"]), priority: $0["priority"]) }
    }

    /// One parked job of each engine that is due; nobody else tries these engines until `until`.
    func probes(_ count: Int, until: String, _ db: Database) throws -> [Claimable] {
        let due = try db.rows(
            """
            SELECT name FROM jobEngine
            WHERE nextTry <= :now
                AND (:engines IS NULL OR name = '' OR name IN (SELECT value FROM json_each(:engines)))
            ORDER BY nextTry LIMIT :count /* reference: job */
            """, ["now": now, "engines": engines, "count": count])
        return try due.compactMap { row in
            let engine: String = row["name"]
            let job = try db.row(
                """
                SELECT id, priority FROM job
                WHERE state = 'parked' AND engine = :engine AND kind IN (SELECT value FROM json_each(:kinds))
                ORDER BY priority DESC, id LIMIT 1 /* reference: job */
                """, ["engine": engine, "kinds": kinds])
            guard let job else { return nil }
            try db.run("UPDATE jobEngine SET nextTry = ? WHERE name = ? /* reference: job */", [until, engine])
            return Claimable(id: JobID(rawValue: job["id"]), priority: job["priority"], isProbe: true)
        }
    }
}

extension Writing {
    fileprivate func lease(_ claimable: Claimable, until: String) throws -> LeasedJob {
        try db.run(
            """
            UPDATE job SET state = 'leased', owner = :owner, epoch = epoch + 1, leaseUntil = :until,
                attempts = attempts + 1, nextTry = '', changedAt = :now
            WHERE id = :id /* reference: job */
            """,
            ["owner": actor.description, "until": until, "now": now, "id": claimable.id.rawValue])
        let row = try db.row(
            """
            SELECT kind, payload, engine, step, epoch, attempts, createdBy FROM job WHERE id = ? /* reference: job */
            """, [claimable.id.rawValue])
        guard let row else { throw ArchiveError.notFound("job:\(claimable.id)") }
        let sources = try db.rows(
            "SELECT source FROM jobSource WHERE job = ? ORDER BY n, source /* reference: job */",
            [claimable.id.rawValue]
        ).map { SourceID(rawValue: $0["source"]) }
        let job = LeasedJob(
            id: claimable.id, kind: row["kind"], payload: row["payload"], sources: sources, engine: row["engine"],
            step: row["step"], epoch: row["epoch"], attempts: row["attempts"], leaseUntil: until,
            isProbe: claimable.isProbe, requester: row["createdBy"])
        try record(.claimJob, "job:\(job.id)", ["epoch": String(job.epoch)])
        return job
    }
}

// MARK: - Holding

extension Library {
    /// See `JobStore`.
    public func renew(_ jobs: [JobRenewal], lease: Duration, by actor: Actor) async throws -> [JobID] {
        let until = timestamp(in: lease)
        return try await store.write(RoutingKey("job"), by: actor) { writing in
            var lost: [JobID] = []
            for renewal in jobs {
                guard try writing.holds(renewal.job) else {
                    lost.append(renewal.job.id)
                    continue
                }
                try writing.note(renewal.progress, of: renewal.job.id)
                try writing.db.run(
                    "UPDATE job SET leaseUntil = ?, changedAt = ? WHERE id = ? /* reference: job */",
                    [until, writing.now, renewal.job.id.rawValue])
            }
            if lost.count < jobs.count {
                try writing.record(.renewJob, writing.actor.description, ["jobs": String(jobs.count - lost.count)])
            }
            return lost
        }
    }
}

extension Writing {
    /// True while the claim is the last one; a lease that has run out and that nobody took still holds.
    func holds(_ job: LeasedJob) throws -> Bool {
        try db.row(
            "SELECT 1 FROM job WHERE id = ? AND epoch = ? AND state = 'leased' /* reference: job */",
            [job.id.rawValue, job.epoch]) != nil
    }

    /// - Throws: `ArchiveError.refused(.leaseLost)` when the claim is not the last one.
    func requireHeld(_ job: LeasedJob) throws {
        guard try holds(job) else { throw ArchiveError.refused(.leaseLost(job: "job:\(job.id)")) }
    }

    /// Notes how far a job is.
    func note(_ progress: JobProgress, of job: JobID) throws {
        try db.run(
            "UPDATE job SET step = ?, stepsDone = ?, stepsTotal = ?, tokens = ? WHERE id = ? /* reference: job */",
            [progress.step, progress.stepsDone, progress.stepsTotal, progress.tokens, job.rawValue])
    }
}
