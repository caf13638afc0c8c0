import ArgumentParser
import DocketArchive
import DocketCataloguing
import DocketCore
import DocketPipeline
import Foundation

/// Everything that is done with catalogue entries.
struct Catalogue: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "catalogue", abstract: CatalogueWords.abstract.shown,
            subcommands: [
                CatalogueSuggest.self, CatalogueList.self, CatalogueShow.self, CatalogueReview.self,
                CatalogueAccept.self, CatalogueReject.self, CatalogueEdit.self, CatalogueVerify.self,
                CatalogueTrain.self, CatalogueStats.self, CatalogueImportCommand.self, CatalogueExportCommand.self,
                CatalogueSubmit.self,
            ],
            defaultSubcommand: CatalogueList.self)
    }
}

/// Which entries a command is about.
struct EntryFilterOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.level.shown, valueName: "level")) var level: String?
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.status.shown, valueName: "status")) var status: String?
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.folder.shown, valueName: "number")) var folder: String?

    func filter() throws -> EntryFilter {
        let statuses = try status?.split(separator: ",").compactMap { word -> CatalogueEntry.Status? in
            try Words.value(String(word), of: "--status")
        }
        let number = try folder.map { text in
            guard let number = FileNumber(text) else { throw Failure(.usage, CatalogueWords.badNumber(text).shown) }
            return number
        }
        return EntryFilter(
            level: try Words.value(level, of: "--level"), statuses: statuses.map(Set.init), folder: number)
    }
}

/// Proposes entries.
struct CatalogueSuggest: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "suggest", abstract: CatalogueWords.suggest.shown)
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @Argument(help: ArgumentHelp(CatalogueWords.sources.shown, valueName: "id")) var ids: [String] = []
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.vocabulary.shown, valueName: "name")) var vocabulary: String?
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.most.shown, valueName: "n")) var limit = 6
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.exclude.shown, valueName: "uri")) var exclude: [String] = []
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.scheme.shown, valueName: "uri")) var scheme: [String] = []
    @Flag(name: .long, help: ArgumentHelp(CatalogueWords.noFolders.shown)) var noFolders = false

    func run() async throws {
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        let sources = ids.isEmpty ? try await workspace.uncatalogued() : ids.map(SourceID.init(rawValue:))
        guard !sources.isEmpty else {
            if !global.json { Terminal.print(CatalogueWords.nothingNew.shown) }
            return
        }
        let request = CatalogueRequest(
            vocabulary: vocabulary,
            subjects: SubjectRequest(
                limit: try Words.count(limit, of: "--limit"), excluded: Set(exclude), schemes: scheme),
            describesFolders: !noFolders)
        let progress = Progress(
            CatalogueWords.progress.shown, total: sources.count, isQuiet: global.quiet || global.json)
        let proposal = try await workspace.propose(sources, request, by: who.actor) { progress.update($0) }
        progress.finish()
        if global.json {
            for stored in proposal.entries { try Terminal.print(json: stored) }
            return
        }
        EntryTable.print(proposal.entries)
        if !proposal.findings.isEmpty { FindingTable.print(proposal.findings) }
        Terminal.print(CatalogueWords.proposed(proposal.added, proposal.renewed, proposal.unchanged).shown)
    }
}

/// Entries in rows.
enum EntryTable {
    static func print(_ entries: [StoredEntry]) {
        let header = [
            Phrase.columnID(), CatalogueWords.number.shown, Phrase.columnState(),
            Phrase.columnDate(), Phrase.columnTitle(), CatalogueWords.subjects.shown,
        ]
        let rows = entries.map { stored in
            [
                stored.entry.id.rawValue, stored.entry.fileNumber?.text ?? "—", stored.status.shown,
                stored.entry[.creationDate] ?? stored.entry[.dateFrom] ?? "", stored.entry.title,
                stored.entry.givenSubjects.map(\.label).joined(separator: "、"),
            ]
        }
        for line in Terminal.table(header, rows, limit: 52) { Terminal.print(line) }
    }
}

/// Lists entries.
struct CatalogueList: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: CatalogueWords.list.shown)
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var which: EntryFilterOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.listLimit(), valueName: "n")) var limit = 50
    @Option(name: .long, help: ArgumentHelp(Phrase.listPage(), valueName: "token")) var page: String?

    func run() async throws {
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        let list = try await workspace.library.entries(
            try which.filter(), page: page.map(PageToken.init(rawValue:)), limit: try Words.count(limit, of: "--limit"),
            viewer: workspace.viewer)
        if global.json {
            for stored in list.items { try Terminal.print(json: stored) }
            if let next = list.next { try Terminal.print(json: ["next": next.rawValue]) }
            return
        }
        guard !list.items.isEmpty else { return Terminal.print(CatalogueWords.none.shown) }
        EntryTable.print(list.items)
        if let next = list.next { Terminal.print(Phrase.listMore(next.rawValue)) }
    }
}

/// Shows entries whole.
struct CatalogueShow: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: CatalogueWords.show.shown)
    }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp(CatalogueWords.entry.shown, valueName: "entry")) var name: String

    func run() async throws {
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        for stored in try await workspace.catalogueEntries(named: name) {
            try await EntryOutput.print(stored, in: workspace, asJSON: global.json)
        }
    }
}

/// One entry on the terminal or as JSON, with today's findings.
enum EntryOutput {
    static func print(_ stored: StoredEntry, in workspace: Workspace, asJSON: Bool) async throws {
        let findings = try await workspace.catalogueFindings(on: [stored])
        guard !asJSON else { return try Terminal.print(json: ShownEntry(stored: stored, findings: findings)) }
        let page = EntryPage(stored, sources: try await workspace.documents(of: stored.entry), findings: findings)
        for line in page.lines { Terminal.print(line) }
        Terminal.print()
    }
}
