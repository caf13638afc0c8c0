import ArgumentParser
import DocketArchive
import DocketCore
import DocketDrafting
import DocketPipeline
import Foundation

/// Drafts from stored sources.
struct DraftCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "draft", abstract: Phrase.draftAbstract(),
            subcommands: [DraftMinutes.self, DraftSummary.self, DraftDigest.self, DraftTitle.self])
    }

    /// Prints a draft that was stored; exit code 1 when something in it blocks approval.
    static func show(_ stored: StoredDraft, _ global: GlobalOptions, policy: ReviewPolicy) throws {
        if global.json {
            try Terminal.print(json: ShownDraft(stored))
        } else {
            DraftPageView(stored).print()
        }
        let verified = stored.verified
        if !policy.blockingClaims(of: verified).isEmpty || !policy.blockingFindings(of: verified).isEmpty {
            throw ExitStatus.findings
        }
    }
}

/// Drafts minutes.
struct DraftMinutes: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "minutes", abstract: Phrase.draftMinutesAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var batch: BatchOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.draftTranscript(), valueName: "id")) var transcript: [String] = []
    @Option(name: .long, help: ArgumentHelp(Phrase.draftAgenda(), valueName: "id")) var agenda: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.draftAttendance(), valueName: "id")) var attendance: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.draftSeries(), valueName: "name")) var series: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.draftOrdinal(), valueName: "n")) var ordinal: Int?

    func run() async throws {
        let isBatch = try batch.isBatch(transcript)
        let order = DraftOrder(
            .minutes, agenda: agenda.map(SourceID.init(rawValue:)),
            attendance: attendance.map(SourceID.init(rawValue:)), series: series, ordinal: ordinal)
        if batch.all || transcript.count > 1 {
            let ownPapers = [
                ("--agenda", agenda), ("--attendance", attendance), ("--ordinal", ordinal.map(String.init)),
            ]
            if let one = ownPapers.first(where: { $0.1 != nil }) {
                throw Failure(.usage, Phrase.batchOneOnly(one.0))
            }
        }
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        if isBatch {
            return try await batch.enqueue(order, of: transcript, workspace, global, by: who.actor)
        }
        let stored = try await workspace.draftMinutes(
            Workspace.MinutesSources(
                transcript: SourceID(rawValue: transcript[0]), agenda: order.agenda, attendance: order.attendance,
                series: series, ordinal: ordinal),
            by: who.actor)
        try DraftCommand.show(stored, global, policy: workspace.library.configuration.review)
    }
}

/// What summaries, digests and titles are made from.
struct DraftSourceOptions: ParsableArguments {
    @Argument(help: ArgumentHelp(Phrase.draftSource(), valueName: "id")) var sources: [String] = []
}

/// Drafts a summary.
struct DraftSummary: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "summary", abstract: Phrase.draftSummaryAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var from: DraftSourceOptions
    @OptionGroup var batch: BatchOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.draftLength(), valueName: "n")) var length = DraftOrder.summaryLength
    @Option(name: .long, help: ArgumentHelp(Phrase.draftSegment(), valueName: "n")) var segment: Int?

    func run() async throws {
        let length = try Words.count(length, of: "--length")
        let isBatch = try batch.isBatch(from.sources)
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        if isBatch {
            let order = DraftOrder(.summary, length: length, segment: segment)
            return try await batch.enqueue(order, of: from.sources, workspace, global, by: who.actor)
        }
        let stored = try await workspace.draft(SourceID(rawValue: from.sources[0]), segment: segment, by: who.actor) {
            .summary(length: length, passages: $0)
        }
        try DraftCommand.show(stored, global, policy: workspace.library.configuration.review)
    }
}

/// Drafts a digest for each speaker.
struct DraftDigest: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "digest", abstract: Phrase.draftDigestAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var from: DraftSourceOptions
    @OptionGroup var batch: BatchOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.draftLength(), valueName: "n")) var length = DraftOrder.digestLength

    func run() async throws {
        let length = try Words.count(length, of: "--length")
        let isBatch = try batch.isBatch(from.sources)
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        if isBatch {
            let order = DraftOrder(.speakerDigest, length: length)
            return try await batch.enqueue(order, of: from.sources, workspace, global, by: who.actor)
        }
        let stored = try await workspace.draft(SourceID(rawValue: from.sources[0]), by: who.actor) { _ in
            .speakerDigest(length: length)
        }
        try DraftCommand.show(stored, global, policy: workspace.library.configuration.review)
    }
}

/// Drafts a title for a source or one of its segments.
struct DraftTitle: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "title", abstract: Phrase.draftTitleAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var from: DraftSourceOptions
    @OptionGroup var batch: BatchOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.draftSegment(), valueName: "n")) var segment: Int?

    func run() async throws {
        let isBatch = try batch.isBatch(from.sources)
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        if isBatch {
            let order = DraftOrder(.title, segment: segment)
            return try await batch.enqueue(order, of: from.sources, workspace, global, by: who.actor)
        }
        let stored = try await workspace.draft(SourceID(rawValue: from.sources[0]), segment: segment, by: who.actor) {
            .title(passages: $0)
        }
        try DraftCommand.show(stored, global, policy: workspace.library.configuration.review)
    }
}
