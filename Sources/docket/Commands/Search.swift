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
        request.today = Words.today
        let timed = try await workspace.search(request)
        if global.json { try print(json: timed) } else { SearchPage(timed).print() }
    }

    private func filters() throws -> SearchFilters {
        let kind: ResultKind? = try Words.value(kind, of: "--kind")
        return SearchFilters(
            kinds: kind.map { [$0] } ?? [], series: series.map { [$0] } ?? [], agencies: agency.map { [$0] } ?? [],
            statuses: status.map { [$0] } ?? [], from: try Words.date(from), to: try Words.date(to))
    }

    private func print(json timed: Workspace.TimedAnswer) throws {
        for (index, hit) in timed.answer.hits.enumerated() { try Terminal.print(json: ShownHit(hit, rank: index + 1)) }
        try Terminal.print(json: SearchTotal(timed))
    }
}

/// A hit as `search --json` gives it.
struct ShownHit: Encodable {
    let rank: Int
    let id: String
    let kind: ResultKind
    let source: SourceID
    let external: String?
    let title: String
    let snippet: String
    let highlights: [[Int]]
    let score: Double
    let date: String?
    let series: String?
    let meeting: String?
    let agencies: [String]
    let status: String?
    let span: SourceSpan?
    let why: [MatchReason]

    init(_ hit: SearchHit, rank: Int) {
        self.rank = rank
        id = hit.id
        kind = hit.kind
        source = hit.source
        external = hit.external
        title = hit.title
        snippet = hit.snippet
        highlights = hit.highlights.map { [$0.lowerBound, $0.upperBound] }
        score = hit.score
        date = hit.date
        series = hit.series
        meeting = hit.facts["meeting"]
        agencies = hit.agencies
        status = hit.status
        span = hit.span
        why = hit.why
    }
}

/// The last line of `search --json`.
struct SearchTotal: Encodable {
    let total: Int
    let capped: Bool
    let complete: Bool
    let order: String
    let milliseconds: Double
    let next: PageToken?

    init(_ timed: Workspace.TimedAnswer) {
        total = timed.answer.total.count
        if case .atLeast = timed.answer.total { capped = true } else { capped = false }
        complete = timed.answer.complete
        order = timed.answer.order.rawValue
        milliseconds = timed.milliseconds
        next = timed.answer.next
    }
}

/// An answer on a terminal.
struct SearchPage {
    private let timed: Workspace.TimedAnswer

    init(_ timed: Workspace.TimedAnswer) { self.timed = timed }

    func print() {
        let answer = timed.answer
        for (index, hit) in answer.hits.enumerated() { print(hit, rank: index + 1) }
        if answer.hits.isEmpty { Terminal.print(Phrase.searchNone()) }
        let isCapped = SearchTotal(timed).capped || !answer.complete
        Terminal.print(
            Phrase.searchTotal(
                "\(answer.total.count)", isCapped ? Phrase.searchCapped() : "",
                String(format: "%.1f", timed.milliseconds)))
        let facets = Facet.allCases.compactMap { facet in
            answer.facets[facet].map { counts in
                counts.prefix(4).map { "\($0.value) \($0.count)" }.joined(separator: ", ")
            }
        }.filter { !$0.isEmpty }
        if !answer.hits.isEmpty, !facets.isEmpty {
            Terminal.print(Terminal.dim("\(Phrase.searchFacets()) \(facets.joined(separator: " · "))"))
        }
        if let next = answer.next { Terminal.print(Phrase.listMore(next.rawValue)) }
    }

    private func print(_ hit: SearchHit, rank: Int) {
        let facts = [
            hit.kind.rawValue, hit.series.map { $0 + (hit.facts["meeting"].map { "#" + $0 } ?? "") }, hit.date,
            hit.status,
        ]
        Terminal.print("\(rank). \(Terminal.bold(marked(hit.title, hit.titleHighlights)))")
        Terminal.print("   " + facts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · "))
        if !hit.snippet.isEmpty {
            Terminal.print("   " + marked(hit.snippet.replacing("\n", with: " "), hit.highlights))
        }
        let why = hit.why.map { "\($0.query) → \($0.found) ×\($0.count)" }
        Terminal.print(Terminal.dim("   \(hit.id)   \(Phrase.labelWhy()) \(why.joined(separator: ", "))"))
    }

    /// The text with its matches marked.
    private func marked(_ text: String, _ ranges: [Range<Int>]) -> String {
        let bytes = Array(text.utf8)
        var result = ""
        var end = 0
        for range in ranges where range.lowerBound >= end && range.upperBound <= bytes.count {
            result += String(decoding: bytes[end..<range.lowerBound], as: UTF8.self)
            result += Terminal.match(String(decoding: bytes[range], as: UTF8.self))
            end = range.upperBound
        }
        return result + String(decoding: bytes[end...], as: UTF8.self)
    }
}
