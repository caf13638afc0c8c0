import ArgumentParser
import DocketCore
import DocketIngest
import DocketPipeline
import Foundation

/// Says how a file would be read.
struct Inspect: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "inspect", abstract: Phrase.inspectAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp(Phrase.inspectFile(), valueName: "file")) var file: String

    func run() async throws {
        let input = try ReaderInput(file: URL(filePath: file))
        let inspection = try await ReaderRegistry.standard.inspect(input)
        if global.json { try Terminal.print(json: inspection) } else { print(inspection) }
        if inspection.error != nil { throw ExitStatus.input }
    }

    private func print(_ inspection: Inspection) {
        let passages = inspection.passages.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let rows: [(String, String?)] = [
            (Phrase.labelReader(), inspection.reader), (Phrase.columnKind(), inspection.kind?.rawValue),
            (Phrase.columnTitle(), inspection.title), (Phrase.columnDate(), inspection.date),
            (Phrase.labelLanguage(), inspection.language), (Phrase.labelEncoding(), inspection.encoding),
            (Phrase.labelBytes(), "\(inspection.byteCount)"), ("SHA-256", inspection.sha256.hex),
            (Phrase.labelPassages(), passages.joined(separator: ", ")),
            (Phrase.labelSpeakers(), inspection.speakers.prefix(12).joined(separator: "、")),
            (Phrase.labelRecords(), inspection.records.map(String.init)),
        ]
        Terminal.print(Terminal.bold(inspection.fileName))
        for (label, value) in rows {
            if let value, !value.isEmpty { Terminal.print("  \(label)  \(value)") }
        }
        if !inspection.findings.isEmpty { FindingTable.print(inspection.findings) }
        if let error = inspection.error { Terminal.complain("docket: \(error.shown)") }
    }
}
