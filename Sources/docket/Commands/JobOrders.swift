import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// Which jobs an order is for.
struct JobNames: ParsableArguments {
    @Argument(help: ArgumentHelp(Phrase.jobsNames(), valueName: "id")) var ids: [String] = []
    @Flag(name: .long, help: ArgumentHelp(Phrase.jobsAll())) var all = false

    /// Carries out an order and says to how many jobs it applied.
    func order(_ order: JobOrder, _ global: GlobalOptions, _ who: ActorOptions, _ phrase: Phrase) async throws {
        guard all != !ids.isEmpty else { throw Failure(.usage, Phrase.failOption("ID | --all")) }
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        let done = try await workspace.library.order(
            order, all ? nil : ids, viewer: workspace.viewer, by: who.actor)
        if global.json {
            for id in done { try Terminal.print(json: ["id": id.rawValue]) }
        } else {
            Terminal.print(phrase("\(done.count)"))
        }
    }
}

/// Holds jobs back.
struct JobsPause: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "pause", abstract: Phrase.jobsPauseAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var names: JobNames

    func run() async throws { try await names.order(.pause, global, who, .jobsPaused) }
}

/// Lets jobs wait again that were held back or are parked.
struct JobsResume: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "resume", abstract: Phrase.jobsResumeAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var names: JobNames

    func run() async throws { try await names.order(.resume, global, who, .jobsResumed) }
}

/// Calls jobs off.
struct JobsCancel: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "cancel", abstract: Phrase.jobsCancelAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var names: JobNames

    func run() async throws { try await names.order(.cancel, global, who, .jobsCancelled) }
}

/// Lets jobs be tried again.
struct JobsRetry: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "retry", abstract: Phrase.jobsRetryAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var names: JobNames

    func run() async throws { try await names.order(.retry, global, who, .jobsRetried) }
}

/// Changes the priority of jobs.
struct JobsPriority: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "priority", abstract: Phrase.jobsPriorityAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var names: JobNames
    @Option(name: .long, help: ArgumentHelp(Phrase.jobsPriority(), valueName: "n")) var to: Int

    func run() async throws { try await names.order(.priority(to), global, who, .jobsPrioritised) }
}
