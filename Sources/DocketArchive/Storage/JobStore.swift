public import DocketCore
public import Foundation

/// Work that outlives the program that asked for it.
///
/// It is claimed with a lease, done once, and given to another when its owner falls silent. Time and leases come from the
/// store. Whoever shows or orders jobs is shown, and may order, those whose sources they see.
public protocol JobStore: Sendable {
    /// Adds jobs in their order, as a batch when `title` says what they are together; all are added or none.
    ///
    /// A job that waits, runs, is paused or parked with the same kind, engine, sources and payload is not added again: the
    /// receipt names the one that is there.
    /// - Throws: `ArchiveError.notFound` for a source that is not there.
    func enqueue(_ jobs: [NewJob], titled title: String?, by actor: Actor) async throws -> JobReceipts

    /// Claims at most `count` jobs of `kinds` and `engines` (nil for any) for `lease`: waiting ones, the highest priority
    /// and then the oldest first; those whose lease has run out; of an engine that did not answer and is due, one to try.
    func claim(
        _ count: Int, kinds: [String], engines: [String]?, lease: Duration, by actor: Actor
    ) async throws -> [LeasedJob]

    /// Lengthens leases and notes how far the jobs are; gives those that the actor does not hold any more.
    func renew(_ jobs: [JobRenewal], lease: Duration, by actor: Actor) async throws -> [JobID]

    /// Marks a job as done and stores what came of it in the same transaction.
    /// - Throws: `ArchiveError.refused(.leaseLost)` when another has claimed it: nothing is stored then.
    func finish(_ job: LeasedJob, storing draft: VerifiedDraft?, progress: JobProgress?, by actor: Actor) async throws

    /// Notes a failure; the job waits again until it has failed `attempts` times, then it is failed for good. Gives where it
    /// stands.
    func fail(_ job: LeasedJob, error: LocalizedText, attempts: Int, by actor: Actor) async throws -> JobState

    /// Gives jobs back that the actor has not done; they wait again as if they had not been claimed.
    func release(_ jobs: [LeasedJob], by actor: Actor) async throws

    /// Parks a job and all that wait for the same engine, since it does not answer; gives how long until the next try.
    func park(
        _ job: LeasedJob, because error: LocalizedText, retryAfter: Duration?, pause: ParkPause, by actor: Actor
    ) async throws -> Duration

    /// Lets the jobs of an engine wait again, since it answers.
    func unpark(_ engine: String, by actor: Actor) async throws
}

/// A job to be added.
public struct NewJob: Sendable, Equatable {
    /// What is to be done, "draft".
    public var kind: String
    /// Input, in a form that the kind defines; equal work has equal bytes.
    public var payload: Data
    /// Sources that it reads, the main one first: the job is shown to whoever sees them all.
    public var sources: [SourceID]
    /// Name of the engine that does it; "" when it does not matter.
    public var engine: String
    /// Higher is claimed first.
    public var priority: Int

    /// A job.
    public init(kind: String, payload: Data, sources: [SourceID] = [], engine: String = "", priority: Int = 0) {
        self.kind = kind
        self.payload = payload
        self.sources = sources
        self.engine = engine
        self.priority = priority
    }

    /// Equal for the same work.
    var digest: SHA256Digest {
        var bytes = Data()
        for field in [kind, engine] + sources.map(\.rawValue) {
            bytes.append(contentsOf: "\(field.utf8.count):\(field),".utf8)
        }
        return SHA256Digest(of: bytes + payload)
    }
}

/// What became of jobs that were to be added.
public struct JobReceipts: Sendable, Equatable {
    /// The batch; nil when it had no title, or all was there already.
    public var batch: JobBatchID?
    /// One a job, in their order.
    public var jobs: [Receipt]

    /// What became of one.
    public struct Receipt: Sendable, Equatable {
        /// Name of the job, or of the one that is there already.
        public var id: JobID
        /// True when it was added.
        public var isNew: Bool
    }
}

/// A claimed job.
public struct LeasedJob: Sendable, Equatable {
    /// Name.
    public let id: JobID
    /// What is to be done.
    public let kind: String
    /// Input, in a form that the kind defines.
    public let payload: Data
    /// Sources that it reads, the main one first.
    public let sources: [SourceID]
    /// Engine that it asks for; "" for any.
    public let engine: String
    /// Step that an earlier owner reached, "" at the start.
    public let step: String
    /// Number of this claim: a finish names it, so that a late owner cannot finish for a new one.
    public let epoch: Int
    /// Times it was claimed, this one included and those that were given back left out.
    public let attempts: Int
    /// Until when the claim holds, by the store's clock, ISO 8601 in UTC.
    public let leaseUntil: String
    /// True when it is claimed to find out whether its engine answers again.
    public let isProbe: Bool
    /// Who asked for it.
    public let requester: String
}

/// How far a job is.
public struct JobProgress: Sendable, Equatable, Codable {
    /// What is done now, in a word of the job's kind.
    public var step: String
    /// Steps that are done.
    public var stepsDone: Int
    /// Steps in all, as far as known; 0 when not.
    public var stepsTotal: Int
    /// Tokens that the engine wrote.
    public var tokens: Int

    /// The progress of a job.
    public init(step: String = "", stepsDone: Int = 0, stepsTotal: Int = 0, tokens: Int = 0) {
        self.step = step
        self.stepsDone = stepsDone
        self.stepsTotal = stepsTotal
        self.tokens = tokens
    }
}

/// A claim to be lengthened.
public struct JobRenewal: Sendable {
    /// The claimed job.
    public var job: LeasedJob
    /// How far it is.
    public var progress: JobProgress

    /// A claim with its progress.
    public init(_ job: LeasedJob, _ progress: JobProgress) {
        self.job = job
        self.progress = progress
    }
}

/// How long an engine that does not answer is left alone: `first`, and twice as long after each try, up to `longest`.
public struct ParkPause: Sendable, Equatable {
    /// After the first failure.
    public var first: Duration
    /// At most, also when the engine asks for more.
    public var longest: Duration

    /// Pauses; five seconds to five minutes by default.
    public init(first: Duration = .seconds(5), longest: Duration = .seconds(300)) {
        self.first = first
        self.longest = longest
    }

    /// The pause after so many failures in a row; not shorter than the engine asks for.
    func pause(after failures: Int, asked: Duration?) -> Duration {
        min(longest, max(first * (1 << min(max(failures - 1, 0), 20)), asked ?? .zero))
    }
}

extension JobStore {
    /// Adds one job and gives its name, or the name of the same job that is there.
    public func enqueue(
        _ kind: String, payload: Data, priority: Int = 0, by actor: Actor
    ) async throws -> JobID {
        let job = NewJob(kind: kind, payload: payload, priority: priority)
        let receipts = try await enqueue([job], titled: nil, by: actor)
        // One job in, one receipt out; a store that breaks this gives a name that nothing has.
        return receipts.jobs.first?.id ?? JobID(rawValue: "")
    }

    /// Claims jobs of any engine.
    public func claim(_ count: Int, kinds: [String], lease: Duration, by actor: Actor) async throws -> [LeasedJob] {
        try await claim(count, kinds: kinds, engines: nil, lease: lease, by: actor)
    }

    /// Lengthens a lease and notes the step that the job has reached.
    /// - Throws: `ArchiveError.refused(.leaseLost)` when another has claimed it.
    public func renew(_ job: LeasedJob, step: String, lease: Duration, by actor: Actor) async throws {
        let lost = try await renew([JobRenewal(job, JobProgress(step: step))], lease: lease, by: actor)
        guard lost.isEmpty else { throw ArchiveError.refused(.leaseLost(job: "job:\(job.id)")) }
    }

    /// Marks a job as done that leaves nothing to store.
    public func finish(_ job: LeasedJob, by actor: Actor) async throws {
        try await finish(job, storing: nil, progress: nil, by: actor)
    }

    /// Notes a failure; after three the job is failed for good.
    public func fail(_ job: LeasedJob, error: LocalizedText, by actor: Actor) async throws {
        _ = try await fail(job, error: error, attempts: 3, by: actor)
    }
}
