import ArgumentParser
import DocketArchive
import DocketCore
import DocketIngest
import DocketPipeline
import DocketPublishing
import DocketText
import Foundation

/// Imports entries.
struct CatalogueImportCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "import", abstract: CatalogueWords.importing.shown)
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @Argument(help: ArgumentHelp(CatalogueWords.file.shown, valueName: "file")) var file: String
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.mapping.shown, valueName: "file")) var mapping: String?
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.vocabulary.shown, valueName: "name")) var vocabulary: String?
    @Flag(name: .long, help: ArgumentHelp(CatalogueWords.preview.shown)) var preview = false

    func run() async throws {
        let columns = try mapping.map { path in
            try CatalogueMappingFile.mapping(Data(try TextFile.read(path).utf8), file: path)
        }
        if preview { return try await show(columns) }
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        let progress = Progress(CatalogueWords.progress.shown, total: nil, isQuiet: global.quiet || global.json)
        let outcome = try await workspace.importEntries(
            try Words.file(file), mapping: columns, vocabulary: vocabulary, by: who.actor,
            onFinding: { if !global.json { Terminal.complain("\($0.rule) \($0.message.shown)") } }
        ) { progress.update($0) }
        progress.finish()
        if global.json { return try Terminal.print(json: outcome) }
        Terminal.print(
            CatalogueWords.imported(outcome.added, outcome.renewed, outcome.unchanged, outcome.rejected).shown)
        if outcome.rejected > 0 { throw ExitStatus.input }
    }

    private func show(_ columns: CatalogueMapping?) async throws {
        let reading = try CatalogueImport(file: try Words.file(file), mapping: columns)
        var (rows, problems): ([StoredEntry], [Finding]) = ([], [])
        for try await row in reading {
            if let entry = row.entry {
                rows.append(StoredEntry(entry: entry))
            }
            problems += row.findings
            if rows.count >= 5 || problems.count > 50 { break }
        }
        if global.json {
            for row in rows { try Terminal.print(json: row.entry) }
            for problem in problems { try Terminal.print(json: problem) }
            return
        }
        Terminal.print("\(reading.format.name.shown)  \(reading.encoding.map { "\($0)" } ?? "")")
        if !reading.head.isEmpty {
            let unknown = reading.mapping.map { mapping in reading.head.filter { mapping.columns[$0] == nil } } ?? []
            Terminal.print("\(CatalogueWords.previewColumns.shown)：\(reading.head.joined(separator: "、"))")
            if !unknown.isEmpty {
                Terminal.print("\(CatalogueWords.previewUnknown.shown)：\(unknown.joined(separator: "、"))")
            }
        }
        for row in rows {
            for line in EntryPage(row, sources: [], findings: []).lines { Terminal.print(line) }
            Terminal.print()
        }
        if !problems.isEmpty { FindingTable.print(problems) }
    }
}

/// Exports entries.
struct CatalogueExportCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "export", abstract: CatalogueWords.export.shown)
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var which: EntryFilterOptions
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.profile.shown, valueName: "profile")) var profile =
        "neutral-xml"
    @Option(name: [.long, .short], help: ArgumentHelp(CatalogueWords.output.shown, valueName: "file")) var output:
        String?
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.agency.shown, valueName: "name")) var agency = ""
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.agencyCode.shown, valueName: "code")) var agencyCode: String?
    @Flag(name: .long, help: ArgumentHelp(CatalogueWords.classified.shown)) var classified = false

    func run() async throws {
        let profile: CatalogueProfile = try Words.value(profile, of: "--profile") ?? .neutralXML
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        let entries = try await workspace.catalogueEntries(try which.filter()).filter { $0.status != .rejected }
        let export = CatalogueExport(
            profile, context: try ExportContext.make(agency, agencyCode, workspace), includesClassified: classified)
        var text = ""
        let result = try export.write(CatalogueEntry.inFilingOrder(entries.map(\.entry))) { text += $0 }
        guard let output else { return Terminal.write(text, to: STDOUT_FILENO) }
        try OutputText.write(text, to: output)
        Terminal.complain(
            CatalogueWords.exported(result.written, result.classified.count, result.otherLevel).shown)
    }
}

/// Makes a submission batch.
struct CatalogueSubmit: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "submit", abstract: CatalogueWords.submit.shown)
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var which: EntryFilterOptions
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.period.shown, valueName: "period")) var period: String?
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.into.shown, valueName: "folder")) var into: String
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.batchName.shown, valueName: "name")) var name: String?
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.profile.shown, valueName: "profile"))
    var profile: [String] = ["archives-xml"]
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.agency.shown, valueName: "name")) var agency = ""
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.agencyCode.shown, valueName: "code")) var agencyCode: String?

    func run() async throws {
        let period = try Period.halfYear(period)
        let profiles = try profile.compactMap { name -> CatalogueProfile? in try Words.value(name, of: "--profile") }
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        let folder = URL(filePath: into)
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let options = SubmissionOptions(
            name: name ?? "catalogue-\(period.label)", profiles: profiles,
            context: try ExportContext.make(agency, agencyCode, workspace), period: period)
        let manifest = try await workspace.submit(try which.filter(), options, into: folder, by: who.actor)
        if global.json { return try Terminal.print(json: manifest) }
        let path = folder.appending(path: options.name).path
        Terminal.print(CatalogueWords.submitted(manifest.written, manifest.offered, path).shown)
        for (reason, count) in manifest.leftOut.sorted(by: { $0.key < $1.key }) {
            let name = SubmissionManifest.Reason(rawValue: reason)?.name.shown ?? reason
            Terminal.print("  \(name)：\(count)")
        }
    }
}

/// What an export says of itself.
enum ExportContext {
    static func make(_ agency: String, _ code: String?, _ workspace: Workspace) throws -> CatalogueExport.Context {
        let name = agency.isEmpty ? workspace.library.configuration.name : agency
        return CatalogueExport.Context(
            title: name, agency: name, agencyCode: code, date: try Words.todayDate,
            language: Language.current.rawValue)
    }
}
