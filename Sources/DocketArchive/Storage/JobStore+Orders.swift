public import DocketCore
import Foundation
import GRDB

extension Library {
    /// Does to jobs what a person orders; gives those that it applied to, in the order of their names.
    ///
    /// `names` are names of jobs and of batches, nil means all jobs. A job that stands where the order does not apply is
    /// passed over in a batch, and refused when it is the only one named. A worker that does a job which is paused or
    /// called off learns it when it renews its lease, and stores no result.
    /// - Throws: `ArchiveError.notFound` for a name that nothing has that the viewer sees, `.refused(.state)`,
    ///   `.conflict(.identity)` when the same work waits already.
    public func order(
        _ order: JobOrder, _ names: [String]?, viewer: Viewer, by actor: Actor
    ) async throws -> [JobID] {
        try await store.writeAcross(
            [RoutingKey("job")], because: "an order holds for all jobs that it names", by: actor
        ) { writing in
            let reading = Reading(db: writing.db, viewer: viewer)
            for name in names ?? [] where try reading.jobCounts(JobFilter(names: [name])).isEmpty {
                throw ArchiveError.notFound("job:\(name)")
            }
            let rows = try writing.db.rows(
                "SELECT job.id, job.state FROM job WHERE \(JobRow.condition) ORDER BY job.id /* reference: job */",
                try JobRow.arguments(JobFilter(names: names), viewer))
            let jobs = try rows.map {
                (id: JobID(rawValue: $0["id"]), state: try SourceRow.value(JobState.self, $0["state"]))
            }
            let fit = jobs.filter { order.states.contains($0.state) }.map(\.id)
            if fit.isEmpty, jobs.count == 1, let only = jobs.first, names != nil {
                throw ArchiveError.refused(
                    .state(object: "job:\(only.id)", from: only.state.rawValue, to: order.word))
            }
            for id in fit { try writing.apply(order, to: id) }
            return fit
        }
    }
}

extension JobOrder {
    /// The state that it leads to, as a word for an error.
    fileprivate var word: String { result?.rawValue ?? "priority" }
}

extension Writing {
    fileprivate func apply(_ order: JobOrder, to id: JobID) throws {
        var detail: [String: String] = [:]
        if case .priority(let number) = order {
            detail["priority"] = String(number)
            try db.run(
                "UPDATE job SET priority = ?, changedAt = ? WHERE id = ? /* reference: job */",
                [number, now, id.rawValue])
        } else if let state = order.result {
            // The next epoch, so that whoever holds the job now holds it no more, even when it is claimed again.
            try db.run(
                """
                UPDATE job SET state = :state, epoch = epoch + 1, leaseUntil = '', nextTry = '', changedAt = :now,
                    error = CASE :retry WHEN 1 THEN '' ELSE error END,
                    failures = failures * (1 - :retry), attempts = attempts * (1 - :retry)
                WHERE id = :id /* reference: job */
                """,
                ["state": state.rawValue, "now": now, "retry": order == .retry ? 1 : 0, "id": id.rawValue])
        }
        try record(order.action, "job:\(id)", detail)
    }
}
