public import DocketCore
public import Foundation

/// Name of a job.
public struct JobID: Identity {
    /// The bare string.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Name of a batch of jobs.
public struct JobBatchID: Identity {
    /// The bare string.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Where a job stands.
public enum JobState: String, Sendable, Codable, CaseIterable {
    /// It can be claimed.
    case waiting
    /// A worker does it.
    case leased
    /// A person holds it back.
    case paused
    /// Its engine does not answer; it is tried again by itself.
    case parked
    /// It is done, and what came of it is stored.
    case done
    /// It failed as often as it is tried.
    case failed
    /// A person called it off.
    case cancelled

    /// True when nothing more happens to it by itself.
    public var isEnd: Bool { [.done, .failed, .cancelled].contains(self) }
}

/// A job as the library holds it.
public struct StoredJob: Sendable, Equatable {
    /// Name.
    public var id: JobID
    /// What is to be done.
    public var kind: String
    /// Input, in a form that the kind defines.
    public var payload: Data
    /// Where it stands.
    public var state: JobState
    /// Higher is claimed first.
    public var priority: Int
    /// Batch that it belongs to.
    public var batch: JobBatchID?
    /// Engine that it asks for; "" for any.
    public var engine: String
    /// Its main source.
    public var source: SourceID?
    /// Title of that source; "" when it was withdrawn.
    public var title: String
    /// How far it is.
    public var progress: JobProgress
    /// Times it was claimed and not given back.
    public var attempts: Int
    /// Times it failed.
    public var failures: Int
    /// Why it failed last or is parked.
    public var error: LocalizedText?
    /// When a parked job is tried again, ISO 8601 in UTC.
    public var nextTry: String?
    /// Draft that came of it.
    public var result: DraftID?
    /// Worker that holds or held it.
    public var owner: String
    /// When it was added, ISO 8601 in UTC.
    public var createdAt: String
    /// Who asked for it.
    public var createdBy: String
    /// When it last changed, ISO 8601 in UTC; "" when a program of the first release did it.
    public var changedAt: String
}

/// Jobs that were asked for together.
public struct JobBatch: Sendable, Equatable {
    /// Name.
    public var id: JobBatchID
    /// What it is, for people.
    public var title: String
    /// When it was added, ISO 8601 in UTC.
    public var createdAt: String
    /// Who asked for it.
    public var createdBy: String
    /// Its jobs that the viewer sees, by state.
    public var counts: [JobState: Int]
}

/// Which jobs are meant; what is not named does not restrict.
public struct JobFilter: Sendable, Equatable {
    /// Names of jobs and of batches, either kind; nil for all.
    public var names: [String]?
    /// States; empty for all.
    public var states: Set<JobState>
    /// Main source.
    public var source: SourceID?

    /// A filter.
    public init(names: [String]? = nil, states: Set<JobState> = [], source: SourceID? = nil) {
        self.names = names
        self.states = states
        self.source = source
    }
}

/// What a person does to jobs.
public enum JobOrder: Sendable, Equatable {
    /// Holds back what waits, runs or is parked; a worker that does it lets go of it and keeps the steps that are done.
    case pause
    /// Lets paused and parked jobs wait again.
    case resume
    /// Calls off whatever is not done.
    case cancel
    /// Lets failed, cancelled and parked jobs wait again with a clean record.
    case retry
    /// Gives jobs that are not at an end this priority.
    case priority(Int)

    /// States that it applies to.
    public var states: Set<JobState> {
        switch self {
        case .pause: [.waiting, .leased, .parked]
        case .resume: [.paused, .parked]
        case .cancel: [.waiting, .leased, .paused, .parked, .failed]
        case .retry: [.failed, .cancelled, .parked]
        case .priority: [.waiting, .leased, .paused, .parked]
        }
    }

    /// State that it leads to; nil when it stays.
    var result: JobState? {
        switch self {
        case .pause: .paused
        case .resume, .retry: .waiting
        case .cancel: .cancelled
        case .priority: nil
        }
    }

    var action: AuditAction {
        switch self {
        case .pause: .pauseJob
        case .resume: .resumeJob
        case .cancel: .cancelJob
        case .retry: .retryJob
        case .priority: .orderJob
        }
    }
}

/// What is left in the queue for a worker.
public struct JobOutlook: Sendable, Equatable {
    /// Jobs that can be claimed now.
    public var waiting: Int
    /// Jobs that somebody does.
    public var leased: Int
    /// Jobs whose engine does not answer.
    public var parked: Int
    /// How long until the first engine is tried again; nil without parked jobs.
    public var nextTry: Duration?
    /// What that engine said.
    public var reason: LocalizedText?
}
