public import DocketArchive
public import DocketCore
import Foundation
import Synchronization

/// How a worker works; every default is here.
public struct WorkOptions: Sendable {
    /// Jobs that are under way at once; nil takes what suits the engine.
    ///
    /// With twice as many as an endpoint has slots, the next request stands ready while a draft is checked and stored.
    public var concurrency: Int?
    /// True to go on when nothing is left, and to do what is added later.
    public var isWatching: Bool
    /// How long a claim holds without a word from its worker.
    public var lease: Duration
    /// How often claims are lengthened and progress is noted.
    public var heartbeat: Duration
    /// How often the queue is looked at for jobs that others added or gave back.
    public var poll: Duration
    /// How long an engine may fail to answer before a worker that does not watch ends.
    public var patience: Duration
    /// How long an engine that does not answer is left alone.
    public var pause: ParkPause
    /// How often a job that fails is tried.
    public var attempts: Int
    /// How long steps that run are waited for after the first request to stop.
    public var grace: Duration
    /// Bytes of text that jobs under way may hold together; one job alone may always hold its own.
    public var textBytes: Int

    /// Options.
    public init(
        concurrency: Int? = nil, isWatching: Bool = false, lease: Duration = .seconds(60),
        heartbeat: Duration = .seconds(5), poll: Duration = .seconds(1), patience: Duration = .seconds(600),
        pause: ParkPause = ParkPause(), attempts: Int = 3, grace: Duration = .seconds(30), textBytes: Int = 8 << 20
    ) {
        self.concurrency = concurrency
        self.isWatching = isWatching
        self.lease = lease
        self.heartbeat = heartbeat
        self.poll = poll
        self.patience = patience
        self.pause = pause
        self.attempts = attempts
        self.grace = grace
        self.textBytes = textBytes
    }
}

/// What a worker tells while it works.
public enum WorkEvent: Sendable {
    /// A job was claimed and its source is read.
    case started(JobID, source: SourceID, title: String)
    /// Something moved; the state of the whole.
    case progress(WorkStatus)
    /// A job is done, and its draft stored.
    case done(JobID, source: SourceID, draft: DraftID, duration: Duration)
    /// A job failed; `isFinal` is false when it is tried again.
    case failed(JobID, source: SourceID, reason: LocalizedText, isFinal: Bool)
    /// The engine does not answer; all jobs that wait for it are parked.
    case parked(reason: LocalizedText, nextTry: Duration)
    /// The engine answers again.
    case resumed
    /// A job was paused, called off, or taken over by another worker.
    case lost(JobID, source: SourceID)
    /// The worker was asked to stop; so many jobs are brought to the end of their step.
    case stopping(Int)
}

/// How far a worker is.
public struct WorkStatus: Sendable, Equatable {
    /// Jobs that it has done.
    public var done = 0
    /// Jobs that failed for good.
    public var failed = 0
    /// Jobs under way.
    public var running = 0
    /// Jobs that wait for this engine, parked ones included, as last looked.
    public var waiting = 0
    /// Tokens that were written in all.
    public var tokens = 0
    /// Tokens per second since the start; nil for an engine that counts none.
    public var tokensPerSecond: Double?
    /// Time left at the pace so far; nil before the first job is done.
    public var timeLeft: Duration?
    /// Title of the job that moved last.
    public var title = ""
    /// What that job is at, "3/7 報告事項".
    public var step = ""

    /// Jobs in all.
    public var total: Int { done + failed + running + waiting }
}

/// What a worker did.
public struct WorkSummary: Sendable {
    /// Jobs that it has done.
    public var done = 0
    /// Jobs that failed for good.
    public var failed = 0
    /// Jobs that it gave back when it was stopped.
    public var released = 0
    /// Jobs that were paused, called off or taken over while it did them.
    public var lost = 0
    /// Jobs that stay parked, since the engine does not answer.
    public var parked = 0
    /// Why they are parked.
    public var parkedReason: LocalizedText?
    /// Tokens that were written.
    public var tokens = 0
    /// From the first claim to the end.
    public var duration: Duration = .zero
    /// Error of the first job that failed for good.
    public var firstFailure: (any Error)?
}

/// A request to stop, from a signal or a test: `stop` once lets steps that run come to their end, twice ends at once.
public final class StopSignal: Sendable {
    private struct State {
        var requests = 0
        var listener: (@Sendable () -> Void)?
    }
    private let state = Mutex(State())

    /// A signal that nobody gave yet.
    public init() {}

    /// Asks to stop, the second time at once.
    public func stop() {
        let listener = state.withLock { state in
            state.requests += 1
            return state.listener
        }
        listener?()
    }

    /// How often it was asked.
    var requests: Int { state.withLock { $0.requests } }

    /// Calls `listener` at each request, also for those that came before.
    func listen(_ listener: @escaping @Sendable () -> Void) {
        let isAsked = state.withLock { state in
            state.listener = listener
            return state.requests > 0
        }
        if isAsked { listener() }
    }
}
