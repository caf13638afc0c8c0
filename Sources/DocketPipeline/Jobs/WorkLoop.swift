import DocketArchive
public import DocketCore
import DocketDrafting
import DocketTransport
import Foundation

/// A worker: claims jobs up to what it may do at once, holds its claims, and ends when nothing is left or it is asked to.
///
/// All its decisions are made here, one after the other, on signals of the jobs, of the clock and of whoever stops it; the
/// jobs themselves run beside it and write their own ends.
actor WorkLoop {
    enum Signal: Sendable {
        case ended(JobRun, JobPerformer.Outcome)
        case answered, tick, stop
    }

    private static let tick = Duration.milliseconds(250)

    private let workspace: Workspace
    private let worker: JobWorker
    private let options: WorkOptions
    private let stopSignal: StopSignal
    private let onEvent: @Sendable (WorkEvent) -> Void
    private let concurrency: Int
    private let engine: String
    private let (signals, mailbox) = AsyncStream.makeStream(of: Signal.self)

    private var running: [JobID: JobRun] = [:]
    /// Jobs that ended early and are still the worker's.
    private var cut: [LeasedJob] = []
    private var summary = WorkSummary()
    private var shown = WorkStatus()
    private var waiting = 0
    private var isStopping = false
    private var isParked = false
    private var isOver = false
    private var failure: (any Error)?
    private let start = ContinuousClock.now
    private var nextClaim = ContinuousClock.now
    private var lastRenewal = ContinuousClock.now
    private var lastAnswer = ContinuousClock.now

    init(
        _ workspace: Workspace, _ worker: JobWorker, _ options: WorkOptions, _ stop: StopSignal,
        _ onEvent: @escaping @Sendable (WorkEvent) -> Void
    ) {
        self.workspace = workspace
        self.worker = worker
        self.options = options
        self.onEvent = onEvent
        stopSignal = stop
        engine = workspace.engineName
        let slots = workspace.stages.engine.model.map { $0.slots * 2 } ?? ProcessInfo.processInfo.activeProcessorCount
        concurrency = max(1, options.concurrency ?? slots)
        lastRenewal = .now - options.heartbeat
    }

    /// Works to the end.
    /// - Throws: what makes the library unusable; `CancellationError`. Jobs under way are given back first.
    func run() async throws -> WorkSummary {
        stopSignal.listen { [mailbox] in mailbox.yield(.stop) }
        let performer = JobPerformer(
            workspace: workspace, actor: worker.actor, options: options, budget: TextBudget(options.textBytes),
            onEvent: onEvent, onAnswer: { [mailbox] in mailbox.yield(.answered) })
        await withDiscardingTaskGroup { group in
            group.addTask { [mailbox] in
                // Ends with its cancellation.
                while (try? await Task.sleep(for: Self.tick)) != nil { mailbox.yield(.tick) }
            }
            mailbox.yield(.tick)
            for await signal in signals {
                await handle(signal)
                if stopSignal.requests > 1 || isOver { break }
                for run in await claimed() {
                    running[run.job.id] = run
                    group.addTask { [mailbox] in mailbox.yield(.ended(run, await performer.perform(run))) }
                }
                if isOver { break }
            }
            group.cancelAll()
        }
        mailbox.finish()
        for await case .ended(let run, let outcome) in signals { settle(run, outcome) }
        await close()
        if let failure { throw failure }
        try Task.checkCancellation()
        return summary
    }

    // MARK: - Signals

    private func handle(_ signal: Signal) async {
        switch signal {
        case .ended(let run, let outcome):
            settle(run, outcome)
            tell()
        case .answered: answered()
        case .stop: stop()
        case .tick:
            if ContinuousClock.now - lastRenewal >= options.heartbeat { await guarding { try await renew() } }
            tell()
        }
        if isStopping, running.isEmpty { isOver = true }
    }

    private func settle(_ run: JobRun, _ outcome: JobPerformer.Outcome) {
        let (job, source) = (run.job.id, run.source)
        running[job] = nil
        summary.tokens += run.progress.tokens
        switch outcome {
        case .done(let draft, let duration):
            summary.done += 1
            onEvent(.done(job, source: source, draft: draft, duration: duration))
        case .failed(let error, let reason, let isFinal):
            if isFinal {
                summary.failed += 1
                summary.firstFailure = summary.firstFailure ?? error
            }
            nextClaim = .now
            onEvent(.failed(job, source: source, reason: reason, isFinal: isFinal))
        case .parked(let reason, let nextTry): parked(reason, nextTry)
        case .lost:
            summary.lost += 1
            onEvent(.lost(job, source: source))
        case .interrupted: cut.append(run.job)
        case .fatal(let error):
            failure = failure ?? error
            stop()
        }
    }

    private func parked(_ reason: LocalizedText, _ nextTry: Duration) {
        if !isParked || summary.parkedReason != reason { onEvent(.parked(reason: reason, nextTry: nextTry)) }
        isParked = true
        summary.parkedReason = reason
    }

    private func answered() {
        lastAnswer = .now
        guard isParked else { return }
        isParked = false
        summary.parkedReason = nil
        nextClaim = .now
        onEvent(.resumed)
    }

    private func stop() {
        if !isStopping { onEvent(.stopping(running.count)) }
        isStopping = true
        for run in running.values { run.stop() }
    }

    /// Runs what writes to the library; when that is impossible the worker ends.
    private func guarding(_ body: () async throws -> Void) async {
        do { try await body() } catch is CancellationError { isOver = true } catch {
            failure = failure ?? error
            stop()
        }
    }

    // MARK: - Claims

    /// Jobs to begin now.
    private func claimed() async -> [JobRun] {
        let free = concurrency - running.count
        if isParked, !options.isWatching, ContinuousClock.now - lastAnswer >= options.patience {
            isOver = running.isEmpty
            await guarding { try await look(isIdle: isOver) }
            return []
        }
        guard !isStopping, ContinuousClock.now >= nextClaim, running.isEmpty || free > concurrency / 4 else {
            return []
        }
        var runs: [JobRun] = []
        await guarding {
            if running.isEmpty { _ = try await workspace.library.releaseJobsOfLostWorkers(by: worker.actor) }
            let jobs = try await workspace.library.claim(
                free, kinds: [DraftOrder.jobKind], engines: [engine], lease: options.lease, by: worker.actor)
            runs = jobs.map { JobRun($0, source: $0.sources.first ?? SourceID(rawValue: "")) }
            waiting = max(0, waiting - jobs.count)
            if jobs.count < free {
                nextClaim = .now + options.poll
                try await look(isIdle: running.isEmpty && jobs.isEmpty)
            }
        }
        return runs
    }

    /// Looks at what is left in the queue; an idle worker that has nothing to wait for ends.
    private func look(isIdle: Bool) async throws {
        let outlook = try await workspace.library.jobOutlook(kinds: [DraftOrder.jobKind], engines: [engine])
        waiting = outlook.waiting + outlook.parked
        guard isIdle else { return }
        summary.parked = outlook.parked
        if outlook.parked > 0, let reason = outlook.reason { parked(reason, outlook.nextTry ?? .zero) }
        if outlook.waiting + outlook.parked == 0, !options.isWatching { isOver = true }
    }

    private func renew() async throws {
        lastRenewal = .now
        let renewals = running.values.map { JobRenewal($0.job, $0.progress) }
        if !renewals.isEmpty {
            let lost = try await workspace.library.renew(renewals, lease: options.lease, by: worker.actor)
            for id in lost { running[id]?.abandon() }
        }
        try await look(isIdle: false)
    }

    // MARK: - Telling

    private func tell() {
        var status = WorkStatus(
            done: summary.done, failed: summary.failed, running: running.count, waiting: waiting)
        let elapsed = ContinuousClock.now - start
        status.tokens = running.values.reduce(summary.tokens) { $0 + $1.progress.tokens }
        if status.tokens > 0 { status.tokensPerSecond = Double(status.tokens) / max(0.001, elapsed / .seconds(1)) }
        if status.done > 0 { status.timeLeft = elapsed / status.done * (status.running + status.waiting) }
        if let run = running.values.min(by: { $0.job.id < $1.job.id }) {
            let progress = run.progress
            status.step = progress.stepsTotal > 0 ? "\(progress.stepsDone)/\(progress.stepsTotal) \(progress.step)" : ""
        }
        guard status != shown else { return }
        shown = status
        onEvent(.progress(status))
    }

    /// Gives back what is not done, also when the caller was cancelled, and notes the end.
    private func close() async {
        summary.duration = ContinuousClock.now - start
        // In a task that was cancelled the last signals are not heard; what is done already is not given back.
        cut += running.values.map(\.job)
        summary.released = cut.count
        let (library, actor, jobs, summary) = (workspace.library, worker.actor, cut, summary)
        // A task of its own: in a cancelled one nothing could be written any more.
        await Task {
            do {
                if !jobs.isEmpty { try await library.release(jobs, by: actor) }
                try await library.record(
                    .endWorker, actor.description,
                    detail: ["done": String(summary.done), "failed": String(summary.failed)], by: actor)
            } catch {
                // Whoever comes next finds the worker gone, and its jobs free.
            }
        }.value
    }
}

extension Workspace {
    /// Does the jobs that wait for this workspace's engine, until nothing is left or `stop` asks for the end.
    ///
    /// Several workers share one queue. A job is claimed with a lease that is lengthened while it runs; each step of the
    /// engine is remembered when it is done, and the draft is stored with the end of its job, so that a kill costs the
    /// steps in flight. An engine that does not answer parks the jobs that wait for it, and is tried again by itself.
    /// - Throws: `ArchiveError` when the library cannot be written, `CancellationError`.
    public func work(
        _ options: WorkOptions = WorkOptions(), until stop: StopSignal = StopSignal(), by actor: Actor,
        onEvent: @escaping @Sendable (WorkEvent) -> Void = { _ in }
    ) async throws -> WorkSummary {
        let worker = try await library.makeWorker(by: actor)
        return try await WorkLoop(self, worker, options, stop, onEvent).run()
    }
}
