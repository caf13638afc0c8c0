import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// Makes everything that is derived anew.
struct Reindex: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "reindex", abstract: Phrase.reindexAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions

    func run() async throws {
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        let progress = Progress(Phrase.progressReindex(), total: nil, isQuiet: global.quiet || global.json)
        let (sources, documents) = try await workspace.reindex(by: who.actor) { progress.update($0) }
        progress.finish()
        if global.json {
            try Terminal.print(json: ["sources": sources, "documents": documents])
        } else {
            Terminal.print(Phrase.reindexDone("\(sources)", "\(documents)"))
        }
    }
}
