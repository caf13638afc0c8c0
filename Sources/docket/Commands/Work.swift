import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation
import Synchronization

/// Does the jobs that wait.
struct Work: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "work", abstract: Phrase.workAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var engine: EngineOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.workConcurrency(), valueName: "n")) var concurrency: Int?
    @Flag(name: .long, help: ArgumentHelp(Phrase.workWatch())) var watch = false
    @Option(name: .long, help: ArgumentHelp(Phrase.workPatience(), valueName: "seconds")) var patience = 600

    func run() async throws {
        if let concurrency { _ = try Words.count(concurrency, of: "--concurrency") }
        let options = WorkOptions(
            concurrency: concurrency, isWatching: watch, patience: .seconds(min(max(0, patience), 1_000_000)))
        let workspace = try engine.workspace(
            try await Workspace.open(at: global.libraryFolder, mode: .write))
        let stop = StopSignal()
        let signals = Self.stopping(stop)
        defer { for signal in signals { signal.cancel() } }
        let report = WorkReport(isJSON: global.json, isQuiet: global.quiet)
        let summary = try await workspace.work(options, until: stop, by: who.actor) { report.tell($0) }
        try report.end(summary)
        if let failure = summary.firstFailure { throw Failure(failure).status }
        if summary.parked > 0 { throw ExitStatus.endpoint }
    }

    /// Interrupts and requests to end ask the worker to stop; the second one at once.
    private static func stopping(_ stop: StopSignal) -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { stop.stop() }
            source.resume()
            return source
        }
    }
}

/// What a worker tells, on a terminal, in a pipe, or as JSON lines.
final class WorkReport: Sendable {
    private let isJSON: Bool
    private let isQuiet: Bool
    /// Lines of jobs that end at once do not run into each other.
    private let lastProgress = Mutex<ContinuousClock.Instant?>(nil)

    /// Shortest time between two lines of progress as JSON.
    private static let pause = Duration.seconds(1)

    init(isJSON: Bool, isQuiet: Bool) {
        self.isJSON = isJSON
        self.isQuiet = isQuiet
    }

    func tell(_ event: WorkEvent) {
        lastProgress.withLock { last in
            if isJSON { tellAsJSON(event, &last) } else { tellPeople(event) }
        }
    }

    // MARK: - For people

    private func tellPeople(_ event: WorkEvent) {
        switch event {
        case .started, .done: break
        case .progress(let status):
            Progress(Phrase.workLabel(), total: status.total, isQuiet: isQuiet)
                .update(status.done + status.failed, Self.detail(status))
        case .failed(let job, _, let reason, let isFinal):
            complain(
                isFinal ? Phrase.workFailed(job.rawValue, reason.shown) : Phrase.workRetry(job.rawValue, reason.shown))
        case .parked(let reason, let wait):
            complain(Phrase.workParked("\(Int((wait / .seconds(1)).rounded(.up)))", reason.shown))
        case .resumed: complain(Phrase.workResumed())
        case .lost(let job, _): complain(Phrase.workLost(job.rawValue))
        case .stopping(let count): complain(Phrase.workStopping("\(count)"))
        }
    }

    private static func detail(_ status: WorkStatus) -> String {
        var words: [String] = []
        if let pace = status.tokensPerSecond { words.append(Phrase.workPace(String(format: "%.1f", pace))) }
        if let left = status.timeLeft { words.append(Phrase.workLeft(clock(left))) }
        if !status.step.isEmpty { words.append(status.step) }
        return words.joined(separator: " · ")
    }

    /// "1:02:03", or "2:03" below an hour.
    static func clock(_ duration: Duration) -> String {
        let seconds = Int((duration / .seconds(1)).rounded())
        let tail = String(format: "%02d", seconds % 60)
        guard seconds >= 3600 else { return "\(seconds / 60):\(tail)" }
        return "\(seconds / 3600):\(String(format: "%02d", seconds / 60 % 60)):\(tail)"
    }

    private func complain(_ line: String) {
        Progress("", total: nil, isQuiet: isQuiet).finish()
        Terminal.complain("docket: \(line)")
    }

    /// Says what was done, and what becomes of the rest.
    func end(_ summary: WorkSummary) throws {
        if isJSON {
            return print(
                Line(
                    event: "end", reason: summary.parkedReason?.shown,
                    milliseconds: Self.milliseconds(summary.duration), done: summary.done, failed: summary.failed,
                    released: summary.released, lost: summary.lost, parked: summary.parked, tokens: summary.tokens))
        }
        Progress("", total: nil, isQuiet: isQuiet).finish()
        Terminal.print(
            Phrase.workEnd(
                "\(summary.done)", "\(summary.failed)", "\(summary.released)", Self.clock(summary.duration)))
        if summary.released > 0 { Terminal.print(Phrase.workReleased()) }
        if summary.parked > 0 {
            complain(Phrase.workStillParked("\(summary.parked)", summary.parkedReason?.shown ?? ""))
        }
    }

    // MARK: - For programs

    private struct Line: Encodable {
        var event: String
        var job: JobID?
        var source: SourceID?
        var draft: DraftID?
        var title: String?
        var reason: String?
        var isFinal: Bool?
        var milliseconds: Int?
        var done: Int?
        var failed: Int?
        var running: Int?
        var waiting: Int?
        var released: Int?
        var lost: Int?
        var parked: Int?
        var tokens: Int?
        var tokensPerSecond: Double?
        var millisecondsLeft: Int?
    }

    private func tellAsJSON(_ event: WorkEvent, _ last: inout ContinuousClock.Instant?) {
        switch event {
        case .started(let job, let source, let title):
            print(Line(event: "started", job: job, source: source, title: title))
        case .done(let job, let source, let draft, let duration):
            print(
                Line(
                    event: "done", job: job, source: source, draft: draft,
                    milliseconds: Self.milliseconds(duration)))
        case .failed(let job, let source, let reason, let isFinal):
            print(Line(event: "failed", job: job, source: source, reason: reason.shown, isFinal: isFinal))
        case .parked(let reason, let wait):
            print(Line(event: "parked", reason: reason.shown, milliseconds: Self.milliseconds(wait)))
        case .resumed: print(Line(event: "resumed"))
        case .lost(let job, let source): print(Line(event: "lost", job: job, source: source))
        case .stopping(let count): print(Line(event: "stopping", running: count))
        case .progress(let status):
            guard last.map({ ContinuousClock.now - $0 >= Self.pause }) ?? true else { return }
            last = .now
            print(
                Line(
                    event: "progress", done: status.done, failed: status.failed, running: status.running,
                    waiting: status.waiting, tokens: status.tokens, tokensPerSecond: status.tokensPerSecond,
                    millisecondsLeft: status.timeLeft.map(Self.milliseconds)))
        }
    }

    private static func milliseconds(_ duration: Duration) -> Int { Int(duration / .milliseconds(1)) }

    private func print(_ line: Line) {
        // Plain fields always encode.
        try? Terminal.print(json: line)
    }
}
