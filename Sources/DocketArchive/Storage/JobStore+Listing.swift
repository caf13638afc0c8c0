public import DocketCore
import Foundation
import GRDB

extension Library {
    /// Jobs that the viewer sees, newest first, at most `limit` (1...1000) a page.
    /// - Throws: `ArchiveError.refused(.badValue)` for a token that this list did not write.
    public func jobs(
        _ filter: JobFilter = JobFilter(), page: PageToken? = nil, limit: Int = 50, viewer: Viewer
    ) async throws -> Page<StoredJob> {
        let limit = min(max(1, limit), 1000)
        return try await store.read(nil, as: viewer) { reading in
            let rows = try reading.db.rows(
                """
                \(JobRow.select) WHERE \(JobRow.condition) AND (:last IS NULL OR job.id < :last)
                ORDER BY job.id DESC LIMIT :limit
                """, try JobRow.arguments(filter, reading.viewer) + ["last": page?.rawValue, "limit": limit + 1])
            let items = try rows.prefix(limit).map { try JobRow.job($0) }
            let next = rows.count > limit ? items.last.map { PageToken(rawValue: $0.id.rawValue) } : nil
            return Page(items: items, next: next)
        }
    }

    /// One job.
    /// - Throws: `ArchiveError.notFound` when there is none, or the viewer does not see all that it reads.
    public func job(_ id: JobID, viewer: Viewer) async throws -> StoredJob {
        guard let job = try await jobs(JobFilter(names: [id.rawValue]), limit: 1, viewer: viewer).items.first,
            job.id == id
        else { throw ArchiveError.notFound("job:\(id)") }
        return job
    }

    /// Numbers of jobs that the viewer sees, by state; a state without jobs is absent.
    public func jobCounts(_ filter: JobFilter = JobFilter(), viewer: Viewer) async throws -> [JobState: Int] {
        try await store.read(nil, as: viewer) { reading in
            try reading.jobCounts(filter)
        }
    }

    /// Batches with jobs that the viewer sees, newest first, at most `limit` (1...1000).
    public func jobBatches(limit: Int = 50, viewer: Viewer) async throws -> [JobBatch] {
        try await store.read(nil, as: viewer) { reading in
            let rows = try reading.db.rows(
                """
                SELECT jobBatch.id, jobBatch.title, jobBatch.ts, jobBatch.actor,
                    json_group_object(counted.state, counted.n) AS counts
                FROM jobBatch JOIN (
                    SELECT job.batch, job.state, count(*) AS n FROM job
                    WHERE job.batch <> '' AND \(JobRow.access) GROUP BY job.batch, job.state
                ) AS counted ON counted.batch = jobBatch.id
                GROUP BY jobBatch.id ORDER BY jobBatch.id DESC LIMIT :limit /* reference: job */
                """, reading.viewer.accessArguments + ["limit": min(max(1, limit), 1000)])
            return try rows.map { row in
                let counts = try Coding.value([String: Int].self, from: row["counts"], of: "jobBatch")
                return JobBatch(
                    id: JobBatchID(rawValue: row["id"]), title: row["title"], createdAt: row["ts"],
                    createdBy: row["actor"],
                    counts: Dictionary(
                        uniqueKeysWithValues: try counts.map { (try SourceRow.value(JobState.self, $0), $1) }))
            }
        }
    }

    /// What a worker of these kinds and engines (nil for any) would find; numbers are of the whole queue.
    public func jobOutlook(kinds: [String], engines: [String]?) async throws -> JobOutlook {
        let clock = store.clock
        return try await store.read(nil, as: .everything) { reading in
            let named: StatementArguments = [
                "kinds": try Coding.text(kinds), "engines": try engines.map { try Coding.text($0) },
                "now": clock.timestamp(),
            ]
            let row = try reading.db.row(
                """
                SELECT sum(state = 'waiting' OR (state = 'leased' AND leaseUntil <= :now)) AS waiting,
                    sum(state = 'leased' AND leaseUntil > :now) AS leased, sum(state = 'parked') AS parked,
                    min(CASE state WHEN 'parked' THEN jobEngine.nextTry END) AS next, jobEngine.error
                FROM job LEFT JOIN jobEngine ON jobEngine.name = job.engine
                WHERE state IN ('waiting', 'leased', 'parked') AND kind IN (SELECT value FROM json_each(:kinds))
                    AND (:engines IS NULL OR engine = '' OR engine IN (SELECT value FROM json_each(:engines)))
                /* reference: job */
                """, named)
            let next: String? = row?["next"]
            return JobOutlook(
                waiting: row?["waiting"] ?? 0, leased: row?["leased"] ?? 0, parked: row?["parked"] ?? 0,
                nextTry: next.map { max(.zero, StoreClock.duration(from: clock.now(), to: $0)) },
                reason: next == nil ? nil : JobRow.explanation(row?["error"] ?? ""))
        }
    }
}

extension Reading {
    func jobCounts(_ filter: JobFilter) throws -> [JobState: Int] {
        let rows = try db.rows(
            """
            SELECT state AS name, count(*) AS count FROM job WHERE \(JobRow.condition) GROUP BY state /* reference: job */
            """, try JobRow.arguments(filter, viewer))
        return Dictionary(
            uniqueKeysWithValues: try rows.map { (try SourceRow.value(JobState.self, $0["name"]), $0["count"]) })
    }
}

/// How jobs are read from their rows.
enum JobRow {
    /// SQL condition: the viewer sees every source of the job as it stands or last stood.
    static let access = """
        NOT EXISTS (
            SELECT 1 FROM jobSource JOIN source ON source.bucket = jobSource.bucket AND source.id = jobSource.source
            WHERE jobSource.job = job.id AND NOT (\(Viewer.accessCondition)))
        """

    static let condition = """
        \(access)
        AND (:names IS NULL OR job.id IN (SELECT value FROM json_each(:names))
            OR job.batch IN (SELECT value FROM json_each(:names)))
        AND (:states IS NULL OR job.state IN (SELECT value FROM json_each(:states)))
        AND (:source IS NULL OR job.id IN (SELECT job FROM jobSource WHERE source = :source AND n = 0))
        """

    static func arguments(_ filter: JobFilter, _ viewer: Viewer) throws -> StatementArguments {
        viewer.accessArguments + [
            "names": try filter.names.map { try Coding.text($0) },
            "states": filter.states.isEmpty ? nil : try Coding.text(filter.states.map(\.rawValue).sorted()),
            "source": filter.source?.rawValue,
        ]
    }

    static let select = """
        SELECT job.id, job.kind, job.payload, job.state, job.priority, job.batch, job.engine, job.step, job.stepsDone,
            job.stepsTotal, job.tokens, job.attempts, job.failures, job.error, job.nextTry, job.result, job.owner,
            job.ts, job.createdBy, job.changedAt, main.source, named.title
        FROM job LEFT JOIN jobSource AS main ON main.job = job.id AND main.n = 0
        LEFT JOIN source AS named
            ON named.bucket = main.bucket AND named.id = main.source AND named.state = 'live' /* reference: job */
        """

    static func job(_ row: Row) throws -> StoredJob {
        func name(_ column: String) -> String? {
            let text: String = row[column]
            return text.isEmpty ? nil : text
        }
        let state = try SourceRow.value(JobState.self, row["state"])
        return StoredJob(
            id: JobID(rawValue: row["id"]), kind: row["kind"], payload: row["payload"], state: state,
            priority: row["priority"], batch: name("batch").map(JobBatchID.init(rawValue:)), engine: row["engine"],
            source: (row["source"] as String?).map(SourceID.init(rawValue:)), title: row["title"] ?? "",
            progress: JobProgress(
                step: row["step"], stepsDone: row["stepsDone"], stepsTotal: row["stepsTotal"], tokens: row["tokens"]),
            attempts: row["attempts"], failures: row["failures"], error: name("error").map(explanation),
            nextTry: state == .parked ? name("nextTry") : nil, result: name("result").map(DraftID.init(rawValue:)),
            owner: row["owner"], createdAt: row["ts"], createdBy: row["createdBy"], changedAt: row["changedAt"])
    }

    /// An error as it is stored; programs of the first release stored plain text.
    static func explanation(_ text: String) -> LocalizedText {
        // What is not of the form is the text itself.
        (try? JSONDecoder().decode(LocalizedText.self, from: Data(text.utf8))) ?? LocalizedText(zhHant: text, en: text)
    }
}
