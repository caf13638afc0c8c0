import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// Makes a library.
struct Init: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "init", abstract: Phrase.initAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.initName(), valueName: "name")) var name = ""
    @Option(name: .long, help: ArgumentHelp(Phrase.initCeiling(), valueName: "level")) var ceiling: String?

    func run() async throws {
        let level: Classification = try Words.value(ceiling, of: "--ceiling") ?? .internal
        let settings = Settings(library: LibraryConfiguration(name: name, ceiling: level))
        let workspace = try await Workspace.create(at: global.libraryFolder, settings: settings, by: who.actor)
        if global.json {
            try Terminal.print(json: ["library": workspace.library.url.path])
        } else {
            Terminal.print(Phrase.initDone(workspace.library.url.path))
        }
    }
}
