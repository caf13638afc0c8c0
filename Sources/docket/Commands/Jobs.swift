import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// Shows and orders jobs.
struct Jobs: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "jobs", abstract: Phrase.jobsAbstract(),
            subcommands: [
                JobsList.self, JobsBatches.self, JobsShow.self, JobsPause.self, JobsResume.self, JobsCancel.self,
                JobsRetry.self, JobsPriority.self,
            ],
            defaultSubcommand: JobsList.self)
    }
}

/// Lists jobs.
struct JobsList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Phrase.jobsListAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.jobsState(), valueName: "state")) var state: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.jobsBatch(), valueName: "id")) var batch: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.listLimit(), valueName: "n")) var limit = 50
    @Option(name: .long, help: ArgumentHelp(Phrase.listPage(), valueName: "token")) var page: String?

    func run() async throws {
        let state: JobState? = try Words.value(state, of: "--state")
        _ = try Words.count(limit, of: "--limit")
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        let filter = JobFilter(names: batch.map { [$0] }, states: state.map { [$0] } ?? [])
        let page = try await workspace.library.jobs(
            filter, page: self.page.map(PageToken.init(rawValue:)), limit: limit, viewer: workspace.viewer)
        if global.json {
            for job in page.items { try Terminal.print(json: ShownJob(job)) }
            if let next = page.next { try Terminal.print(json: ["next": next.rawValue]) }
            return
        }
        guard !page.items.isEmpty else { return Terminal.print(Phrase.jobsNone()) }
        let counts = try await workspace.library.jobCounts(filter, viewer: workspace.viewer)
        Terminal.print(Phrase.jobsCounts(JobState.words(counts)))
        let header = [
            Phrase.columnID(), Phrase.columnState(), Phrase.columnKind(), Phrase.columnTitle(),
            Phrase.columnProgress(), Phrase.columnNote(),
        ]
        for line in Terminal.table(header, page.items.map(row), limit: 60) { Terminal.print(line) }
        if let next = page.next { Terminal.print(Phrase.listMore(next.rawValue)) }
    }

    private func row(_ job: StoredJob) -> [String] {
        let progress = job.progress
        return [
            job.id.rawValue, job.state.shown, ShownJob(job).kind, job.title,
            progress.stepsTotal > 0 ? "\(progress.stepsDone)/\(progress.stepsTotal)" : "", job.note,
        ]
    }
}

/// Lists batches.
struct JobsBatches: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "batches", abstract: Phrase.jobsBatchesAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.listLimit(), valueName: "n")) var limit = 50

    private struct Line: Encodable {
        let id: JobBatchID
        let title: String
        let createdAt: String
        let createdBy: String
        let jobs: [String: Int]
    }

    func run() async throws {
        _ = try Words.count(limit, of: "--limit")
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        let batches = try await workspace.library.jobBatches(limit: limit, viewer: workspace.viewer)
        if global.json {
            for batch in batches {
                let counts = batch.counts.map { ($0.key.rawValue, $0.value) }
                try Terminal.print(
                    json: Line(
                        id: batch.id, title: batch.title, createdAt: batch.createdAt, createdBy: batch.createdBy,
                        jobs: Dictionary(uniqueKeysWithValues: counts)))
            }
            return
        }
        guard !batches.isEmpty else { return Terminal.print(Phrase.jobsNone()) }
        let rows = batches.map {
            [$0.id.rawValue, String($0.createdAt.prefix(10)), $0.createdBy, $0.title, JobState.words($0.counts)]
        }
        let header = [
            Phrase.columnID(), Phrase.columnDate(), Phrase.columnActor(), Phrase.columnTitle(), Phrase.columnJobs(),
        ]
        for line in Terminal.table(header, rows, limit: 60) { Terminal.print(line) }
    }
}

/// Shows one job.
struct JobsShow: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: Phrase.jobsShowAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp(Phrase.jobsID(), valueName: "id")) var id: String

    func run() async throws {
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        let job = try await workspace.library.job(JobID(rawValue: id), viewer: workspace.viewer)
        if global.json { return try Terminal.print(json: ShownJob(job)) }
        Terminal.print(Terminal.bold("\(Phrase.labelJob()) \(job.id)  \(job.state.shown)  \(ShownJob(job).kind)"))
        for (label, text) in lines(job) where !text.isEmpty { Terminal.print("\(label): \(text)") }
    }

    private func lines(_ job: StoredJob) -> [(String, String)] {
        let progress = job.progress
        let steps = progress.stepsTotal > 0 ? Phrase.jobsSteps("\(progress.stepsDone)", "\(progress.stepsTotal)") : ""
        return [
            (Phrase.columnTitle(), [job.source?.rawValue ?? "", job.title].joined(separator: " ")),
            (Phrase.labelBatch(), job.batch?.rawValue ?? ""), (Phrase.labelEngine(), job.engine),
            (Phrase.labelPriority(), "\(job.priority)"), (Phrase.columnProgress(), "\(steps) \(progress.step)".trimmed),
            (Phrase.labelTokens(), progress.tokens > 0 ? "\(progress.tokens)" : ""),
            (Phrase.columnReason(), job.state == .done ? "" : job.note),
            (Phrase.labelResult(), job.result?.rawValue ?? ""),
            (Phrase.labelTries(), "\(job.attempts), \(job.failures)"),
            (Phrase.labelRequester(), job.createdBy),
            (Phrase.labelTimes(), "\(job.createdAt), \(job.changedAt)"),
        ]
    }
}

// MARK: - Words

/// A job as `--json` prints it.
struct ShownJob: Encodable {
    let id: JobID
    let batch: JobBatchID?
    /// What it writes: a kind of draft, or the kind of the job when this version cannot read it.
    let kind: String
    let state: JobState
    let priority: Int
    let engine: String
    let source: SourceID?
    let title: String
    let step: String
    let stepsDone: Int
    let stepsTotal: Int
    let tokens: Int
    let attempts: Int
    let failures: Int
    let reason: String?
    let nextTry: String?
    let draft: DraftID?
    let createdAt: String
    let createdBy: String
    let changedAt: String

    init(_ job: StoredJob) {
        (id, batch, state, priority) = (job.id, job.batch, job.state, job.priority)
        kind = DraftOrder(payload: job.payload)?.kind.rawValue ?? job.kind
        (engine, source, title) = (job.engine, job.source, job.title)
        (step, tokens) = (job.progress.step, job.progress.tokens)
        (stepsDone, stepsTotal) = (job.progress.stepsDone, job.progress.stepsTotal)
        (attempts, failures) = (job.attempts, job.failures)
        (reason, nextTry, draft) = (job.error?.shown, job.nextTry, job.result)
        (createdAt, createdBy, changedAt) = (job.createdAt, job.createdBy, job.changedAt)
    }
}

extension StoredJob {
    /// The draft that came of it, or why there is none yet.
    fileprivate var note: String {
        if let result { return result.rawValue }
        guard let error else { return "" }
        return nextTry.map { Phrase.jobsNextTry($0, error.shown) } ?? error.shown
    }
}

extension JobState {
    /// Word for people.
    var shown: String {
        switch self {
        case .waiting: Phrase.jobWaiting()
        case .leased: Phrase.jobLeased()
        case .paused: Phrase.jobPaused()
        case .parked: Phrase.jobParked()
        case .done: Phrase.jobDone()
        case .failed: Phrase.jobFailed()
        case .cancelled: Phrase.jobCancelled()
        }
    }

    /// "waiting 3, done 4", in the order of a job's life.
    static func words(_ counts: [JobState: Int]) -> String {
        allCases.compactMap { state in counts[state].map { "\(state.shown) \($0)" } }.joined(separator: ", ")
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
