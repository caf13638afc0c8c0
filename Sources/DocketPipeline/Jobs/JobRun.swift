import DocketArchive
import DocketCore
import DocketDrafting
import Foundation
import Synchronization

/// One job under way: how far it is, and how it is told to end early.
final class JobRun: Sendable {
    let job: LeasedJob
    /// Its main source.
    let source: SourceID

    private struct State {
        var progress: JobProgress
        var isStopping = false
        var isAbandoned = false
        /// Steps that the engine does now.
        var open = 0
    }

    private let state: Mutex<State>
    private let (abandoned, abandonment) = AsyncStream.makeStream(of: Never.self)

    init(_ job: LeasedJob, source: SourceID) {
        self.job = job
        self.source = source
        state = Mutex(State(progress: JobProgress(step: job.step)))
    }

    var progress: JobProgress { state.withLock { $0.progress } }
    /// True when the job is the worker's no more.
    var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

    func note(_ progress: DraftProgress) {
        state.withLock {
            $0.progress = JobProgress(
                step: progress.item, stepsDone: progress.done, stepsTotal: progress.total, tokens: progress.tokens)
        }
    }

    /// Ends the job after the steps that the engine does now.
    func stop() { state.withLock { $0.isStopping = true } }

    /// Ends the job at once, since it is the worker's no more.
    func abandon() {
        state.withLock { $0.isAbandoned = true }
        abandonment.finish()
    }

    /// Returns when the job is abandoned, or the task cancelled.
    func waitForAbandonment() async { for await _ in abandoned {} }

    // MARK: - Steps

    /// Lets a step begin unless the job is to end; then it waits until the steps beside it are done, for `grace` at most.
    func begin(grace: Duration) async throws {
        let end = ContinuousClock.now + grace
        while state.withLock({ $0.isStopping && $0.open > 0 }), ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(20))
        }
        guard state.withLock({ !$0.isStopping && !$0.isAbandoned }) else { throw CancellationError() }
    }

    func opened() { state.withLock { $0.open += 1 } }
    func closed() { state.withLock { $0.open -= 1 } }
}

/// The steps of a job: remembered in the library, and the places where it can end without losing anything.
struct JobSteps: StepMemory {
    let base: LibrarySteps
    let run: JobRun
    let grace: Duration
    /// Called after each step that an engine did, when its result is stored.
    let onStep: @Sendable () async throws -> Void

    func recall(_ step: DraftStep) async throws -> Data? {
        try await run.begin(grace: grace)
        let known = try await base.recall(step)
        if known == nil { run.opened() }
        return known
    }

    func keep(_ result: Data, of step: DraftStep) async throws {
        try await base.keep(result, of: step)
        run.closed()
        try await onStep()
    }
}

/// How many bytes of text the jobs under way may hold together.
actor TextBudget {
    private let whole: Int
    private var free: Int
    private var waiting: [(bytes: Int, continuation: CheckedContinuation<Void, Never>)] = []

    init(_ bytes: Int) {
        whole = max(1, bytes)
        free = whole
    }

    /// Waits until `bytes` are free; more than there are in all is all of them.
    ///
    /// Whoever takes gives back.
    func take(_ bytes: Int) async {
        let bytes = min(bytes, whole)
        if waiting.isEmpty, bytes <= free {
            free -= bytes
        } else {
            // Not to be cancelled: those before it are, and give back what they hold.
            await withCheckedContinuation { waiting.append((bytes, $0)) }
        }
    }

    func give(_ bytes: Int) {
        free += min(bytes, whole)
        while let next = waiting.first, next.bytes <= free {
            free -= next.bytes
            waiting.removeFirst().continuation.resume()
        }
    }
}
