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

    func run() async throws {
        let limit = try Words.count(limit, of: "--limit")
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        if let batch {
            try await SearchBatch(file: batch, defaultLimit: limit).run(in: workspace)
            return
        }
        var request = SearchRequest(
            words.joined(separator: " "), filters: try filters(), viewer: workspace.viewer,
            order: try Words.value(order, of: "--order"), limit: limit, page: page.map(PageToken.init(rawValue:)),
            facets: global.json ? [] : [.kind, .series, .agency, .year])
        request.snippetLength = 100
        request.today = try Words.date(today) ?? Words.today
        request.literal = Set(literal)
        let timed = try await workspace.search(request)
        let followUps = try await workspace.followUps(of: timed.answer.hits)
        if global.json {
            try print(json: timed, followUps)
        } else {
            SearchPage(timed, followUps: followUps, explains: explain).print()
        }
    }

    private func filters() throws -> SearchFilters {
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
