import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import DocketPublishing
import Foundation

/// Exports a draft or a source.
struct Export: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "export", abstract: Phrase.exportAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp(Phrase.checkID(), valueName: "id")) var id: String
    @Option(name: .long, help: ArgumentHelp(Phrase.exportFormat(), valueName: "format")) var format = "md"
    @Option(name: [.long, .short], help: ArgumentHelp(Phrase.exportOutput(), valueName: "file")) var output: String?

    func run() async throws {
        let format: ExportFormat = try Words.value(format, of: "--format") ?? .md
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        let text: String
        switch try await workspace.find(id) {
        case .draft(let stored) where format == .json: text = try Terminal.jsonLine(ShownDraft(stored)) + "\n"
        case .draft(let stored): text = try await workspace.export(stored, as: format, language: exportLanguage)
        case .source(let stored) where format == .json:
            text = try Terminal.jsonLine(ShownSource(stored, try await SourceFacts(of: stored, in: workspace))) + "\n"
        case .entry(let stored): text = try Terminal.jsonLine(stored) + "\n"
        case .source(let stored): text = workspace.export(stored, as: format, language: exportLanguage)
        }
        guard let output else { return Terminal.write(text, to: 1) }
        do { try Data(text.utf8).write(to: URL(filePath: output), options: .atomic) } catch {
            throw Failure(.storage, Phrase.failWrite(output))
        }
    }

    /// Labels of the export follow the language that was asked for, else that of the draft.
    private var exportLanguage: String? { global.lang == nil ? nil : Language.current.rawValue }
}
