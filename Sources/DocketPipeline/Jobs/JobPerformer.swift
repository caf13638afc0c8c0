public import DocketArchive
public import DocketCore
import DocketDrafting
import Foundation

/// Does one job from its claim to its end in the library.
struct JobPerformer: Sendable {
    let workspace: Workspace
    let actor: Actor
    let options: WorkOptions
    let budget: TextBudget
    let onEvent: @Sendable (WorkEvent) -> Void
    /// Called when the engine has done a step, and so answers.
    let onAnswer: @Sendable () -> Void

    /// How a job ended.
    enum Outcome: Sendable {
        case done(DraftID, Duration)
        case failed(any Error, reason: LocalizedText, isFinal: Bool)
        case parked(reason: LocalizedText, nextTry: Duration)
        /// It is the worker's no more.
        case lost
        /// It was cut short and is still the worker's, to be given back.
        case interrupted
        /// The library cannot be written: no job can be done.
        case fatal(any Error)
    }

    func perform(_ run: JobRun) async -> Outcome {
        let outcome = await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await draft(run) }
            group.addTask {
                await run.waitForAbandonment()
                return nil
            }
            defer { group.cancelAll() }
            for await outcome in group {
                if let outcome { return outcome }
                group.cancelAll()
            }
            return .interrupted
        }
        if case .interrupted = outcome, run.isAbandoned { return .lost }
        return outcome
    }

    private func draft(_ run: JobRun) async -> Outcome {
        let start = ContinuousClock.now
        do {
            guard let order = DraftOrder(payload: run.job.payload) else { throw JobError.unreadable(run.job.id) }
            let bytes = try await workspace.library.textBytes(of: run.job.sources)
            await budget.take(bytes)
            let result: Result<DraftID, any Error>
            do { result = .success(try await draft(order, run)) } catch { result = .failure(error) }
            await budget.give(bytes)
            return .done(try result.get(), ContinuousClock.now - start)
        } catch {
            return await settle(error, run.job)
        }
    }

    private func draft(_ order: DraftOrder, _ run: JobRun) async throws -> DraftID {
        try Task.checkCancellation()
        var prepared = try await workspace.prepared(order, of: run.source)
        onEvent(.started(run.job.id, source: run.source, title: prepared.request.source.title))
        prepared.request.steps = JobSteps(
            base: LibrarySteps(workspace.library, of: run.source, by: actor), run: run, grace: options.grace
        ) { try await answered(run.job) }
        let verified = try await workspace.verified(prepared, by: actor) { fragment in
            if case .progress(let progress) = fragment { run.note(progress) }
        }
        try await workspace.library.finish(run.job, storing: verified, progress: run.progress, by: actor)
        onAnswer()
        return verified.draft.id
    }

    /// An engine that did a step answers: what is parked for it need not wait for the end of this job.
    private func answered(_ job: LeasedJob) async throws {
        if job.isProbe { try await workspace.library.unpark(job.engine, by: actor) }
        onAnswer()
    }

    // MARK: - Failing

    private func settle(_ error: any Error, _ job: LeasedJob) async -> Outcome {
        if error is CancellationError || Task.isCancelled { return .interrupted }
        let library = workspace.library
        do {
            switch error {
            case ArchiveError.refused(.leaseLost): return .lost
            case let error as ArchiveError where error.isOfLibrary: return .fatal(error)
            case let error as any EngineFailure where error.isTemporary:
                let wait = try await library.park(
                    job, because: error.explanation, retryAfter: error.retryAfter, pause: options.pause, by: actor)
                return .parked(reason: error.explanation, nextTry: wait)
            default:
                let reason = Self.explanation(of: error)
                let attempts = Self.isLasting(error) ? 1 : options.attempts
                let state = try await library.fail(job, error: reason, attempts: attempts, by: actor)
                return .failed(error, reason: reason, isFinal: state == .failed)
            }
        } catch ArchiveError.refused(.leaseLost) {
            return .lost
        } catch is CancellationError {
            return .interrupted
        } catch {
            return .fatal(error)
        }
    }

    /// True when trying again gives the same.
    private static func isLasting(_ error: any Error) -> Bool {
        switch error {
        case let error as ArchiveError: error.isOfOneSource
        case is any ExplainedError: true
        default: false
        }
    }

    /// The line of an error; of one that has none its type alone, since its words may be those of a document.
    private static func explanation(of error: any Error) -> LocalizedText {
        if let explained = error as? any ExplainedError { return explained.explanation }
        let type = String(describing: type(of: error))
        return LocalizedText(zhHant: "未預期的失敗（\(type)）", en: "unexpected failure (\(type))")
    }
}

/// Why a job cannot be done, in words of the queue itself.
public enum JobError: ExplainedError, Equatable {
    /// Its payload is not of a form that this version knows.
    case unreadable(JobID)

    /// The line.
    public var explanation: LocalizedText {
        switch self {
        case .unreadable(let id):
            LocalizedText(
                zhHant: "工作 \(id) 由較新的版本寫入，本程式無法解讀。請更新 Docket 後以 docket jobs retry 重試。",
                en:
                    "Job \(id) was written by a later version and cannot be read. Update Docket, then docket jobs retry."
            )
        }
    }
}

extension ArchiveError {
    /// True when no call on this library can succeed until a person does something.
    fileprivate var isOfLibrary: Bool {
        switch self {
        case .diskFull, .readOnly, .corrupt, .notALibrary, .newerVersion: true
        default: false
        }
    }
}
