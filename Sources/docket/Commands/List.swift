import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// Lists sources, drafts, meetings, tracked items or vocabularies, newest first.
struct List: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Phrase.listAbstract())
    }

    /// What can be listed.
    enum What: String, CaseIterable {
        case sources, drafts, meetings, items, vocabularies, withdrawn
    }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp(Phrase.listWhat(), valueName: "what")) var what = "sources"
    @Option(name: .long, help: ArgumentHelp(Phrase.listKind(), valueName: "kind")) var kind: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.listSeries(), valueName: "series")) var series: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.listState(), valueName: "state")) var state: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.listLimit(), valueName: "n")) var limit = 50
    @Option(name: .long, help: ArgumentHelp(Phrase.listPage(), valueName: "token")) var page: String?

    func run() async throws {
        let what: What = try Words.value(what, of: "list") ?? .sources
        _ = try Words.count(limit, of: "--limit")
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        switch what {
        case .sources: try await sources(workspace)
        case .drafts: try await drafts(workspace)
        case .meetings: try await meetings(workspace)
        case .items: try await items(workspace)
        case .vocabularies: try await vocabularies(workspace)
        case .withdrawn: try await withdrawn(workspace)
        }
    }

    private func sources(_ workspace: Workspace) async throws {
        let kind: SourceKind? = try Words.value(kind, of: "--kind")
        let filter = SourceFilter(
            kinds: kind.map { [$0] } ?? [], series: try await seriesFound(workspace).map(\.id))
        let page = try await workspace.library.list(
            filter, page: self.page.map(PageToken.init(rawValue:)), limit: limit, viewer: workspace.viewer)
        try show(
            page.items, next: page.next,
            [Phrase.columnID(), Phrase.columnKind(), Phrase.columnDate(), Phrase.columnTitle()]
        ) {
            [$0.id.rawValue, $0.kind.rawValue, $0.date ?? "", $0.title]
        }
    }

    private func drafts(_ workspace: Workspace) async throws {
        let state: ReviewState? = try Words.value(state, of: "--state")
        let page = try await workspace.library.drafts(
            state: state, page: self.page.map(PageToken.init(rawValue:)), limit: limit, viewer: workspace.viewer)
        let header = [
            Phrase.columnID(), Phrase.columnKind(), Phrase.columnState(), Phrase.columnRevision(), Phrase.columnTitle(),
        ]
        try show(page.items, next: page.next, header) {
            [$0.id.rawValue, $0.kind.rawValue, $0.state.rawValue, "\($0.revision)", $0.title]
        }
    }

    private func meetings(_ workspace: Workspace) async throws {
        var rows: [Meeting] = []
        for series in try await seriesWanted(workspace) {
            rows += try await workspace.library.meetings(of: series.id, viewer: workspace.viewer)
        }
        let header = [
            Phrase.columnID(), Phrase.columnSeries(), Phrase.columnOrdinal(), Phrase.columnDate(), Phrase.columnKind(),
        ]
        try show(rows, next: nil, header) { meeting in
            [
                meeting.id.rawValue, meeting.series?.rawValue ?? "", meeting.ordinal.map(String.init) ?? "",
                meeting.date ?? "", meeting.sources.map(\.role.rawValue).joined(separator: " "),
            ]
        }
    }

    private func items(_ workspace: Workspace) async throws {
        var rows: [TrackedItem] = []
        let state: TrackedItem.State? = try Words.value(state, of: "--state")
        for series in try await seriesWanted(workspace) {
            rows += try await workspace.library.trackedItems(series: series.id, state: state, viewer: workspace.viewer)
        }
        try show(rows, next: nil, TrackedRows.header, TrackedRows.row)
    }

    private func vocabularies(_ workspace: Workspace) async throws {
        let header = [
            Phrase.columnName(), Phrase.columnVersion(), Phrase.columnConcepts(), Phrase.columnLabels(),
            Phrase.columnLanguages(), Phrase.columnTitle(),
        ]
        try show(try await workspace.library.vocabularies(), next: nil, header) { vocabulary in
            [
                vocabulary.name, "\(vocabulary.version)", "\(vocabulary.concepts)", "\(vocabulary.labels)",
                vocabulary.languages.filter { !$0.isEmpty }.joined(separator: " "), vocabulary.title,
            ]
        }
    }

    private func withdrawn(_ workspace: Workspace) async throws {
        let stones = try await workspace.library.tombstones(limit: limit, viewer: workspace.viewer)
        let header = [
            Phrase.columnID(), Phrase.columnKind(), Phrase.columnDate(), Phrase.columnActor(),
            Phrase.columnAuthority(), Phrase.columnReason(),
        ]
        try show(stones, next: nil, header) { [$0.id, $0.kind, $0.time, $0.actor, $0.authority, $0.reason] }
    }

    private func show<Item: Encodable>(
        _ items: [Item], next: PageToken?, _ header: [String], _ row: (Item) -> [String]
    ) throws {
        if global.json {
            for item in items { try Terminal.print(json: item) }
            if let next { try Terminal.print(json: ["next": next.rawValue]) }
            return
        }
        guard !items.isEmpty else { return Terminal.print(Phrase.listEmpty()) }
        for line in Terminal.table(header, items.map(row), limit: 60) { Terminal.print(line) }
        if let next { Terminal.print(Phrase.listMore(next.rawValue)) }
    }

    private func seriesFound(_ workspace: Workspace) async throws -> MeetingSeries? {
        guard let series else { return nil }
        guard let found = try await workspace.library.series(series) else {
            throw PipelineError.unknownSeries(name: series)
        }
        return found
    }

    private func seriesWanted(_ workspace: Workspace) async throws -> [MeetingSeries] {
        if let one = try await seriesFound(workspace) { return [one] }
        return try await workspace.library.allSeries()
    }
}
