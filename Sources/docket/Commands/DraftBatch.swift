import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// What makes a draft a batch: several sources, or one that is left to a worker.
struct BatchOptions: ParsableArguments {
    @Flag(name: .long, help: ArgumentHelp(Phrase.batchQueue())) var queue = false
    @Flag(name: .long, help: ArgumentHelp(Phrase.batchAll())) var all = false
    @Option(name: .long, help: ArgumentHelp(Phrase.batchKind(), valueName: "kind")) var kind: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.batchSeries(), valueName: "series")) var inSeries: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.batchFrom(), valueName: "date")) var from: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.batchTo(), valueName: "date")) var to: String?
    @Flag(name: .long, help: ArgumentHelp(Phrase.batchAgain())) var again = false
    @Option(name: .long, help: ArgumentHelp(Phrase.batchTitle(), valueName: "title")) var batch: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.batchPriority(), valueName: "n")) var priority: Int?

    /// True when drafts of `sources` are left to a worker.
    func isBatch(_ sources: [String]) throws -> Bool {
        guard !sources.isEmpty || all else { throw Failure(.usage, Phrase.failOption(Phrase.batchSources())) }
        return queue || all || batch != nil || priority != nil || sources.count > 1
    }

    /// Queues `order` for `sources` and those that `--all` finds; prints what became of it.
    func enqueue(
        _ order: DraftOrder, of sources: [String], _ workspace: Workspace, _ global: GlobalOptions, by actor: Actor
    ) async throws {
        var ids = sources.map(SourceID.init(rawValue:))
        if all { ids += try await workspace.sources(for: order, matching: try await filter(workspace), again: again) }
        let title = batch ?? "\(order.kind.rawValue) × \(ids.count)"
        let queued = try await workspace.enqueue(order, of: ids, titled: title, priority: priority ?? 0, by: actor)
        for (_, error) in queued.refused { Failure(error).report(asJSON: global.json) }
        if global.json {
            for (source, receipt) in queued.jobs {
                try Terminal.print(
                    json: QueuedLine(job: receipt.id, source: source, isNew: receipt.isNew, batch: queued.batch))
            }
        } else {
            show(queued)
        }
        if let first = queued.refused.first { throw Failure(first.error).status }
    }

    private func show(_ queued: Workspace.Enqueued) {
        let known = queued.jobs.count { !$0.receipt.isNew }
        guard let batch = queued.batch else {
            return Terminal.print([Phrase.batchNothing(), known > 0 ? Phrase.batchKnown("\(known)") : ""].joined())
        }
        Terminal.print(Phrase.batchQueued("\(queued.jobs.count)", batch.rawValue))
        if known > 0 { Terminal.print(Phrase.batchKnown("\(known)")) }
    }

    private func filter(_ workspace: Workspace) async throws -> SourceFilter {
        let kind: SourceKind? = try Words.value(kind, of: "--kind")
        var series: MeetingSeries?
        if let inSeries {
            series = try await workspace.library.series(inSeries)
            guard series != nil else { throw PipelineError.unknownSeries(name: inSeries) }
        }
        return SourceFilter(
            kinds: kind.map { [$0] } ?? [], series: series?.id, from: try Words.date(from),
            through: try Words.date(to))
    }

    private struct QueuedLine: Encodable {
        let job: JobID
        let source: SourceID
        let isNew: Bool
        let batch: JobBatchID?
    }
}
