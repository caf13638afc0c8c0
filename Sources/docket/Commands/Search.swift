import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// Searches the library, for one query or for a file of them.
struct Search: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "search", abstract: Phrase.searchAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp(Phrase.searchQuery(), valueName: "query")) var words: [String] = []
    @Option(name: .long, help: ArgumentHelp(Phrase.searchKind(), valueName: "kind")) var kind: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.listSeries(), valueName: "series")) var series: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.searchAgency(), valueName: "agency")) var agency: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.searchFrom(), valueName: "date")) var from: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.searchTo(), valueName: "date")) var to: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.searchStatus(), valueName: "status")) var status: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.searchOrder(), valueName: "order")) var order: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.listLimit(), valueName: "n")) var limit = 10
    @Option(name: .long, help: ArgumentHelp(Phrase.listPage(), valueName: "token")) var page: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.searchBatch(), valueName: "file")) var batch: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.searchToday(), valueName: "date")) var today: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.searchLiteral(), valueName: "word")) var literal: [String] = []
    @Flag(name: .long, help: ArgumentHelp(Phrase.searchExplain())) var explain = false
    @OptionGroup var list: SearchListOptions
    @OptionGroup var saved: SavedSearchOptions
    @OptionGroup var who: ActorOptions

    func run() async throws {
        let limit = try Words.count(limit, of: "--limit")
        try checkOptions()
        if saved.isAsked { return try await runSaved(limit: limit) }
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        if batch != nil || list.csv { return try await runList(limit: limit, in: workspace) }
        var request = SearchRequest(
            words.joined(separator: " "), filters: try filters(), viewer: workspace.viewer,
            order: try Words.value(order, of: "--order"), limit: limit, page: page.map(PageToken.init(rawValue:)),
            today: try day)
        request.literal = Set(literal)
        try await show(request, in: workspace)
    }

    /// The day that "last year" counts from.
    var day: String {
        get throws { try Words.date(today) ?? Words.today }
    }

    /// Searches and prints the answer.
    func show(_ asked: SearchRequest, in workspace: Workspace) async throws {
        var request = asked
        request.facets = global.json ? [] : [.kind, .series, .agency, .year]
        request.snippetLength = 100
        let timed = try await workspace.search(request)
        let followUps = try await workspace.followUps(of: timed.answer.hits)
        if global.json {
            try print(json: timed, followUps)
        } else {
            SearchPage(timed, followUps: followUps, explains: explain).print()
        }
    }

    /// Conditions beside the words.
    func filters() throws -> SearchFilters {
        let kind: ResultKind? = try Words.value(kind, of: "--kind")
        return SearchFilters(
            kinds: kind.map { [$0] } ?? [], series: series.map { [$0] } ?? [], agencies: agency.map { [$0] } ?? [],
            statuses: status.map { [$0] } ?? [], from: try Words.date(from), to: try Words.date(to))
    }

    private func print(json timed: Workspace.TimedAnswer, _ followUps: [String: FollowUp]) throws {
        for (index, hit) in timed.answer.hits.enumerated() {
            try Terminal.print(json: ShownHit(hit, rank: index + 1, followUp: followUps[hit.id]))
        }
        try Terminal.print(json: SearchTotal(timed))
    }
}
