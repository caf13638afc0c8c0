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
            subcommands: [
                DraftMinutes.self, DraftSummary.self, DraftDigest.self, DraftTitle.self, DraftSubject.self,
                DraftAbstract.self,
            ])
    }

    /// Drafts one source at once and prints the draft, or queues a job for each source.
    static func run(
        _ order: DraftOrder, of sources: [String], _ options: DraftOptions
    ) async throws {
        let isBatch = try options.batch.isBatch(sources)
        let global = options.global
        let workspace = try options.engine.workspace(
            try await Workspace.open(at: global.libraryFolder, mode: .write))
        if isBatch {
            return try await options.batch.enqueue(order, of: sources, workspace, global, by: options.who.actor)
        }
        let progress = DraftProgressLine(isQuiet: global.quiet || global.json)
        defer { progress.finish() }
        let stored = try await workspace.draft(
            order, of: SourceID(rawValue: sources[0]), by: options.who.actor, onFragment: progress.show)
        progress.finish()
        try show(stored, global, policy: workspace.library.configuration.review)
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

    @OptionGroup var options: DraftOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.draftTranscript(), valueName: "id")) var transcript: [String] = []
    @Option(name: .long, help: ArgumentHelp(Phrase.draftAgenda(), valueName: "id")) var agenda: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.draftAttendance(), valueName: "id")) var attendance: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.draftSeries(), valueName: "name")) var series: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.draftOrdinal(), valueName: "n")) var ordinal: Int?

    func run() async throws {
        let order = DraftOrder(
            .minutes, agenda: agenda.map(SourceID.init(rawValue:)),
            attendance: attendance.map(SourceID.init(rawValue:)), series: series, ordinal: ordinal)
        if options.batch.all || transcript.count > 1 {
            let ownPapers = [
                ("--agenda", agenda), ("--attendance", attendance), ("--ordinal", ordinal.map(String.init)),
            ]
            if let one = ownPapers.first(where: { $0.1 != nil }) {
                throw Failure(.usage, Phrase.batchOneOnly(one.0))
            }
        }
        try await DraftCommand.run(order, of: transcript, options)
    }
}

/// What every draft takes.
struct DraftOptions: ParsableArguments {
    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var batch: BatchOptions
    @OptionGroup var engine: EngineOptions
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

    @OptionGroup var options: DraftOptions
    @OptionGroup var from: DraftSourceOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.draftLength(), valueName: "n")) var length = DraftOrder.summaryLength
    @Option(name: .long, help: ArgumentHelp(Phrase.draftSegment(), valueName: "n")) var segment: Int?

    func run() async throws {
        let length = try Words.count(length, of: "--length")
        try await DraftCommand.run(DraftOrder(.summary, length: length, segment: segment), of: from.sources, options)
    }
}

/// Drafts a digest for each speaker.
struct DraftDigest: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "digest", abstract: Phrase.draftDigestAbstract())
    }

    @OptionGroup var options: DraftOptions
    @OptionGroup var from: DraftSourceOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.draftLength(), valueName: "n")) var length = DraftOrder.digestLength

    func run() async throws {
        let length = try Words.count(length, of: "--length")
        try await DraftCommand.run(DraftOrder(.speakerDigest, length: length), of: from.sources, options)
    }
}

/// Drafts a title for a source or one of its segments.
struct DraftTitle: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "title", abstract: Phrase.draftTitleAbstract())
    }

    @OptionGroup var options: DraftOptions
    @OptionGroup var from: DraftSourceOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.draftSegment(), valueName: "n")) var segment: Int?

    func run() async throws {
        try await DraftCommand.run(DraftOrder(.title, segment: segment), of: from.sources, options)
    }
}

/// Drafts what a record is about, one line of its catalogue entry.
struct DraftSubject: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "subject", abstract: Phrase.draftSubjectAbstract())
    }

    @OptionGroup var options: DraftOptions
    @OptionGroup var from: DraftSourceOptions

    func run() async throws {
        try await DraftCommand.run(DraftOrder(.subject), of: from.sources, options)
    }
}

/// Drafts the abstract of a record.
struct DraftAbstract: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "abstract", abstract: Phrase.draftAbstractAbstract())
    }

    @OptionGroup var options: DraftOptions
    @OptionGroup var from: DraftSourceOptions

    func run() async throws {
        try await DraftCommand.run(DraftOrder(.abstract), of: from.sources, options)
    }
}
