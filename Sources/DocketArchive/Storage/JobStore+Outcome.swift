public import DocketCore
import Foundation
import GRDB

// How a claimed job ends: each a transaction that holds only while the claim does.

extension Library {
    /// See `JobStore`.
    public func finish(
        _ job: LeasedJob, storing draft: VerifiedDraft?, progress: JobProgress?, by actor: Actor
    ) async throws {
        let main = try draft?.draft.mainSource
        try await store.writeAcross(
            [RoutingKey("job")] + (main.map { [RoutingKey($0)] } ?? []),
            because: "a job is done when its draft is stored, and never without", by: actor
        ) { writing in
            try writing.requireHeld(job)
            if let draft, let main {
                try writing.store(draft, main: main, requester: job.requester.isEmpty ? nil : job.requester)
                try writing.db.addSources(draft.draft.sources, to: job.id)
            }
            if let progress { try writing.note(progress, of: job.id) }
            try writing.db.run(
                """
                UPDATE job SET state = 'done', leaseUntil = '', error = '', result = ?, changedAt = ? WHERE id = ?
                /* reference: job */
                """, [draft?.draft.id.rawValue ?? "", writing.now, job.id.rawValue])
            var detail = ["epoch": String(job.epoch)]
            detail["draft"] = draft?.draft.id.rawValue
            try writing.record(.finishJob, "job:\(job.id)", detail)
            try writing.unpark(job.engine)
        }
    }

    /// See `JobStore`.
    public func fail(
        _ job: LeasedJob, error: LocalizedText, attempts: Int, by actor: Actor
    ) async throws -> JobState {
        try await store.write(RoutingKey("job"), by: actor) { writing in
            try writing.requireHeld(job)
            try writing.db.run(
                """
                UPDATE job SET failures = failures + 1, error = :error, leaseUntil = '', changedAt = :now,
                    state = CASE WHEN failures + 1 < :attempts THEN 'waiting' ELSE 'failed' END
                WHERE id = :id /* reference: job */
                """,
                ["error": try Coding.text(error), "now": writing.now, "attempts": attempts, "id": job.id.rawValue])
            try writing.record(.failJob, "job:\(job.id)", ["epoch": String(job.epoch)])
            let state: String? = try writing.db.value(
                "SELECT state FROM job WHERE id = ? /* reference: job */", [job.id.rawValue])
            return try SourceRow.value(JobState.self, state ?? "")
        }
    }

    /// See `JobStore`.
    public func release(_ jobs: [LeasedJob], by actor: Actor) async throws {
        try await store.write(RoutingKey("job"), by: actor) { writing in
            for job in jobs where try writing.holds(job) { try writing.release(job.id, epoch: job.epoch) }
        }
    }

    /// See `JobStore`.
    public func park(
        _ job: LeasedJob, because error: LocalizedText, retryAfter: Duration?, pause: ParkPause, by actor: Actor
    ) async throws -> Duration {
        let clock = store.clock
        return try await store.write(RoutingKey("job"), by: actor) { writing in
            try writing.requireHeld(job)
            let text = try Coding.text(error)
            let known = try writing.db.row(
                "SELECT failures, nextTry FROM jobEngine WHERE name = ? /* reference: job */", [job.engine])
            let now = clock.now()
            // Of many jobs that run into the same wall, one is counted.
            guard known == nil || job.isProbe else {
                let next: String = known?["nextTry"] ?? writing.now
                try writing.park(job, because: text, until: next)
                return max(.zero, StoreClock.duration(from: now, to: next))
            }
            let failures = (known?["failures"] ?? 0) + 1
            let wait = pause.pause(after: failures, asked: retryAfter)
            let next = StoreClock.timestamp(now.addingTimeInterval(wait / .seconds(1)))
            try writing.db.run(
                """
                INSERT INTO jobEngine (name, failures, error, since, nextTry) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE
                SET failures = excluded.failures, error = excluded.error, nextTry = excluded.nextTry
                /* reference: job */
                """, [job.engine, failures, text, writing.now, next])
            try writing.park(job, because: text, until: next)
            return wait
        }
    }

    /// See `JobStore`.
    public func unpark(_ engine: String, by actor: Actor) async throws {
        try await store.write(RoutingKey("job"), by: actor) { try $0.unpark(engine) }
    }
}

extension Writing {
    /// Lets a job wait again as if it had not been claimed.
    func release(_ job: JobID, epoch: Int) throws {
        try db.run(
            """
            UPDATE job SET state = 'waiting', leaseUntil = '', attempts = max(0, attempts - 1), changedAt = ?
            WHERE id = ? /* reference: job */
            """, [now, job.rawValue])
        try record(.releaseJob, "job:\(job)", ["epoch": String(epoch)])
    }

    /// Parks a held job and all that wait for its engine.
    fileprivate func park(_ job: LeasedJob, because error: String, until next: String) throws {
        try db.run(
            """
            UPDATE job SET state = 'parked', error = :error, nextTry = :next, leaseUntil = '', changedAt = :now,
                attempts = max(0, attempts - (id = :id))
            WHERE id = :id OR (engine = :engine AND state IN ('waiting', 'parked')) /* reference: job */
            """, ["error": error, "next": next, "now": now, "id": job.id.rawValue, "engine": job.engine])
        try record(
            .parkJob, "job:\(job.id)",
            ["epoch": String(job.epoch), "engine": job.engine, "jobs": String(db.changesCount)])
    }

    /// Lets what is parked for an engine wait again; nothing happens when nothing is.
    fileprivate func unpark(_ engine: String) throws {
        try db.run("DELETE FROM jobEngine WHERE name = ? /* reference: job */", [engine])
        guard db.changesCount > 0 else { return }
        try db.run(
            """
            UPDATE job SET state = 'waiting', error = '', nextTry = '', changedAt = ?
            WHERE state = 'parked' AND engine = ? /* reference: job */
            """, [now, engine])
        try record(.unparkJob, "engine:\(engine)", ["jobs": String(db.changesCount)])
    }
}

extension StoreClock {
    /// From a moment to a written time; zero when that cannot be read.
    static func duration(from now: Date, to time: String) -> Duration {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        // A time that cannot be read is due.
        guard let then = try? style.parse(time) else { return .zero }
        return .seconds(then.timeIntervalSince(now))
    }
}
