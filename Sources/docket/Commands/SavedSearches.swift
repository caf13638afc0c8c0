import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// What is done with saved searches.
struct SavedSearchOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(Phrase.savedSave(), valueName: "name")) var save: String?
    @Flag(name: .long, help: ArgumentHelp(Phrase.savedReplace())) var replace = false
    @Option(name: .long, help: ArgumentHelp(Phrase.savedRun(), valueName: "name")) var saved: String?
    @Flag(name: .long, help: ArgumentHelp(Phrase.savedSinceLast())) var sinceLast = false
    @Flag(name: .long, help: ArgumentHelp(Phrase.savedList())) var listSaved = false
    @Option(name: .long, help: ArgumentHelp(Phrase.savedForget(), valueName: "name")) var forget: String?

    /// Options that ask for something, in the order of the help.
    private var asked: [String] {
        [
            save.map { _ in "--save" }, saved.map { _ in "--saved" }, listSaved ? "--list-saved" : nil,
            forget.map { _ in "--forget" },
        ].compactMap { $0 }
    }

    /// True when a search is saved, run by its name, listed or forgotten.
    var isAsked: Bool { !asked.isEmpty }

    /// Refuses what does not go together; `others` are options and words beside these that were given.
    func check(besides others: [(name: String, withSave: Bool, withSaved: Bool)]) throws {
        if asked.count > 1 { throw Failure(.usage, Phrase.failTogether(asked[0], asked[1])) }
        if sinceLast, saved == nil { throw Failure(.usage, Phrase.failNeeds("--since-last", "--saved")) }
        if replace, save == nil { throw Failure(.usage, Phrase.failNeeds("--replace", "--save")) }
        guard let option = asked.first else { return }
        let refused = others.first { other in
            switch option {
            case "--save": !other.withSave
            case "--saved": !other.withSaved || (sinceLast && other.name == "--page")
            default: true
            }
        }
        if let refused { throw Failure(.usage, Phrase.failTogether(sinceLast ? "--since-last" : option, refused.name)) }
    }
}

extension Search {
    /// Saves, lists, forgets, or runs what is saved.
    func runSaved(limit: Int) async throws {
        let day = try day
        if saved.listSaved {
            let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
            return try SavedSearchPage(try await workspace.library.savedSearches(viewer: workspace.viewer))
                .print(asJSON: global.json)
        }
        if let name = saved.forget {
            let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
            let forgotten = try await workspace.library.forget(savedSearch: name, by: who.actor)
            if global.json { return try Terminal.print(json: ["forgotten": forgotten]) }
            return Terminal.print(Phrase.savedForgotten(forgotten))
        }
        if let name = saved.save {
            let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
            let search = SavedSearch(
                name: name, words: words.joined(separator: " "), filters: try filters(),
                order: try Words.value(order, of: "--order"), literal: Set(literal))
            let stored = try await workspace.save(search, replacing: saved.replace, today: day, by: who.actor)
            if global.json {
                try Terminal.print(json: ShownSavedSearch(stored))
            } else {
                Terminal.print(Phrase.savedDone(stored.name))
            }
            return try await show(request(stored, day, limit, workspace), in: workspace)
        }
        let name = saved.saved ?? ""
        guard saved.sinceLast else {
            let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
            let search = try await workspace.library.savedSearch(name, viewer: workspace.viewer)
            return try await show(request(search, day, limit, workspace), in: workspace)
        }
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        let search = try await workspace.library.savedSearch(name, viewer: workspace.viewer)
        let told = try await workspace.news(of: search, today: day, limit: limit, snippetLength: 100)
        let followUps = try await workspace.followUps(of: told.timed.answer.hits)
        try NewsPage(told.news, told.timed, followUps: followUps).print(asJSON: global.json)
        // What nobody could read was not told.
        guard Terminal.outputError == nil else { return }
        try await workspace.library.remember(told.news, by: who.actor)
    }

    private func request(
        _ search: SavedSearch, _ day: String, _ limit: Int, _ workspace: Workspace
    ) -> SearchRequest {
        var request = search.request(viewer: workspace.viewer, today: day, limit: limit)
        request.page = page.map(PageToken.init(rawValue:))
        return request
    }
}

/// A saved search as `--list-saved --json` and `--save --json` give it.
struct ShownSavedSearch: Encodable {
    let name: String
    let query: String
    /// Conditions by their names, each with its values.
    let filters: [String: [String]]
    let order: String?
    let literal: [String]
    let savedAt: String
    let savedBy: String
    let toldAt: String?

    init(_ search: SavedSearch) {
        (name, query, order) = (search.name, search.words, search.order?.rawValue)
        (literal, savedAt, savedBy, toldAt) = (
            search.literal.sorted(), search.savedAt, search.savedBy, search.toldAt
        )
        let given = search.filters
        let values: [(String, [String])] = [
            ("kind", given.kinds.map(\.rawValue)), ("series", Array(given.series)), ("agency", Array(given.agencies)),
            ("status", Array(given.statuses)), ("source", given.sourceKinds.map(\.rawValue)),
            ("classification", given.classifications.map(\.rawValue)), ("scope", Array(given.scopes)),
            ("meeting", given.meetings.map { "\($0)" }), ("item", Array(given.items)),
            ("speaker", Array(given.speakers)), ("from", [given.from].compactMap { $0 }),
            ("to", [given.to].compactMap { $0 }),
        ]
        var filters: [String: [String]] = [:]
        for (name, values) in values where !values.isEmpty { filters[name] = values.sorted() }
        self.filters = filters
    }
}

/// The saved searches on a terminal.
struct SavedSearchPage {
    private let searches: [SavedSearch]

    init(_ searches: [SavedSearch]) { self.searches = searches }

    func print(asJSON: Bool) throws {
        if asJSON { return try searches.forEach { try Terminal.print(json: ShownSavedSearch($0)) } }
        guard !searches.isEmpty else { return Terminal.print(Phrase.listEmpty()) }
        let header = [
            Phrase.columnName(), Phrase.columnQuery(), Phrase.columnFilters(), Phrase.columnActor(),
            Phrase.columnDate(), Phrase.columnLastTold(),
        ]
        let rows = searches.map { search in
            let shown = ShownSavedSearch(search)
            let filters = shown.filters.sorted { $0.key < $1.key }.map {
                "\($0.key):\($0.value.joined(separator: ","))"
            }
            return [
                shown.name, shown.query, filters.joined(separator: " "), shown.savedBy,
                String(shown.savedAt.prefix(10)),
                shown.toldAt.map { String($0.prefix(16)).replacing("T", with: " ") } ?? "",
            ]
        }
        for line in Terminal.table(header, rows, limit: 40) { Terminal.print(line) }
    }
}

/// What a saved search has to tell.
struct NewsPage {
    private let news: SearchNews
    private let timed: Workspace.TimedAnswer
    private let followUps: [String: FollowUp]

    /// `timed`: the hits of `news` as an answer.
    init(_ news: SearchNews, _ timed: Workspace.TimedAnswer, followUps: [String: FollowUp]) {
        (self.news, self.timed, self.followUps) = (news, timed, followUps)
    }

    /// A hit of `--since-last --json`: that of a search, with what is new of it.
    private struct Line: Encodable {
        let hit: ShownHit
        let change: String

        private enum Key: String, CodingKey { case change }

        func encode(to encoder: any Encoder) throws {
            try hit.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(change, forKey: .change)
        }
    }

    private struct End: Encodable {
        let new: Int
        let changed: Int
        let shown: Int
        let total: Int
        let capped: Bool
        let complete: Bool
        let since: String?
        let order: String
        let milliseconds: Double
    }

    func print(asJSON: Bool) throws {
        guard asJSON else { return print() }
        for (index, item) in news.items.enumerated() {
            try Terminal.print(
                json: Line(
                    hit: ShownHit(item.hit, rank: index + 1, followUp: followUps[item.hit.id]),
                    change: item.isChanged ? "changed" : "new"))
        }
        try Terminal.print(
            json: End(
                new: news.newCount, changed: news.changedCount, shown: news.shownCount, total: news.total.count,
                capped: news.isCapped, complete: news.complete, since: news.since, order: news.order.rawValue,
                milliseconds: timed.milliseconds))
    }

    private func print() {
        let page = SearchPage(timed, followUps: followUps)
        var rank = 0
        for (title, isChanged) in [(Phrase.newsNew(), false), (Phrase.newsChanged(), true)] {
            let items = news.items.filter { $0.isChanged == isChanged }
            if !items.isEmpty { Terminal.print(Terminal.bold(title)) }
            for item in items {
                rank += 1
                page.print(item.hit, rank: rank)
            }
        }
        let total = "\(news.total.count)\(news.isCapped || !news.complete ? Phrase.searchCapped() : "")"
        if let since = news.since {
            Terminal.print(
                Phrase.newsSince(Self.local(since), "\(news.newCount)", "\(news.changedCount)", total))
        } else {
            Terminal.print(Phrase.newsFirst(total))
        }
        let left = news.newCount + news.changedCount - news.shownCount
        if left > 0 { Terminal.print(Phrase.newsLeft("\(left)")) }
        if news.isCapped { Terminal.complain(Phrase.newsCapped("\(SearchNews.mostCompared)")) }
        if !news.complete { Terminal.complain(Phrase.newsIncomplete()) }
    }

    /// The store's time where this machine stands, to the minute.
    private static func local(_ time: String) -> String {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        // A time that cannot be read is shown as it stands.
        guard let date = try? style.parse(time) else { return time }
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day, .hour, .minute], from: date)
        return String(
            format: "%04d-%02d-%02d %02d:%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0,
            parts.minute ?? 0)
    }
}
