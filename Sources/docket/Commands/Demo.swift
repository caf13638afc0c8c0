import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import DocketPublishing
import Foundation

/// Runs the whole way on the fictional meetings that come with the program.
struct Demo: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "demo", abstract: Phrase.demoAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.demoKeep(), valueName: "folder")) var keep: String?

    func run() async throws {
        let folder =
            keep.map { URL(filePath: $0) }
            ?? FileManager.default.temporaryDirectory.appending(
                path: "docket-demo-\(ULID().string)")
        defer {
            // A temporary folder that cannot be removed is the system's to clear.
            if keep == nil { try? FileManager.default.removeItem(at: folder) }
        }
        let demo = try DemoCorpus(unpackedInto: folder.appending(path: "files"))
        let workspace = try await Workspace.create(
            at: folder.appending(path: "library"), settings: Settings(library: LibraryConfiguration(name: "demo")),
            by: .commandLine("demo"))
        Terminal.print(Phrase.demoIntro())
        let ids = try await add(demo, to: workspace)
        try await showEarlier(demo, ids, workspace)
        let draft = try await draft(demo, ids, workspace)
        try await addOfficial(demo, to: workspace)
        try await search(demo, workspace)
        let page = folder.appending(path: "minutes.html")
        try Data(try await workspace.export(draft, as: .html).utf8).write(to: page)
        Terminal.print()
        if keep == nil {
            Terminal.print(Phrase.demoRemoved())
        } else {
            Terminal.print(Phrase.demoFiles(workspace.library.url.path))
            Terminal.print(Phrase.demoDraftFile(page.path))
        }
    }

    private func step(_ phrase: Phrase) {
        Terminal.print()
        Terminal.print(Terminal.bold("━━ " + phrase()))
    }

    private func add(_ demo: DemoCorpus, to workspace: Workspace) async throws -> [String: SourceID] {
        step(.demoStepAdd)
        let actor = Actor.commandLine("demo")
        for url in demo.rosters {
            let roster = try await workspace.addRoster(url, by: actor)
            Terminal.print("  " + Phrase.addRoster("\(roster.agencies.count)", "\(roster.persons.count)"))
        }
        for url in demo.series {
            Terminal.print("  " + Phrase.addSeries(try await workspace.addSeries(url, by: actor).name))
        }
        var ids: [String: SourceID] = [:]
        for entry in demo.sources {
            let options = Workspace.AddOptions(
                meeting: entry.ordinal.flatMap { ordinal in
                    entry.series.map { MeetingReference(series: .any($0), ordinal: ordinal) }
                })
            if case .source(let added, findings: _) = try await workspace.add(entry.url, options: options, by: actor) {
                ids[entry.id] = added.id
                Terminal.print("  " + Phrase.addDone(added.id.rawValue, added.kind.rawValue, added.title))
            }
        }
        return ids
    }

    /// Adds the minutes as they were confirmed, so that the searches find conclusions and what became of items.
    private func addOfficial(_ demo: DemoCorpus, to workspace: Workspace) async throws {
        guard let entry = demo.official else { return }
        step(.demoStepOfficial)
        if case .source(let added, findings: _) = try await workspace.add(entry.url, by: .commandLine("demo")) {
            Terminal.print("  " + Phrase.addDone(added.id.rawValue, added.kind.rawValue, added.title))
        }
        try await showTracked(workspace)
    }

    private func showTracked(_ workspace: Workspace) async throws {
        for series in try await workspace.library.allSeries() {
            let items = try await workspace.library.trackedItems(
                series: series.id, state: nil, viewer: workspace.viewer)
            guard !items.isEmpty else { continue }
            Terminal.print()
            for line in Terminal.table(TrackedRows.header, items.map(TrackedRows.row), limit: 46) {
                Terminal.print("  " + line)
            }
        }
    }

    private func showEarlier(_ demo: DemoCorpus, _ ids: [String: SourceID], _ workspace: Workspace) async throws {
        step(.demoStepEarlier)
        for id in demo.earlierMinutes.compactMap({ ids[$0] }) {
            let stored = try await workspace.library.source(id, viewer: workspace.viewer)
            Terminal.print(Terminal.bold(stored.document.title))
            for conclusion in stored.structure.minutes?.conclusions ?? [] {
                Terminal.print("  \(conclusion.path)  \(conclusion.text.text)")
            }
        }
        try await showTracked(workspace)
    }

    private func draft(
        _ demo: DemoCorpus, _ ids: [String: SourceID], _ workspace: Workspace
    ) async throws -> StoredDraft {
        step(.demoStepDraft)
        guard let transcript = ids[demo.draft.transcript] else { throw Failure(.input, Phrase.failNoID("demo")) }
        let stored = try await workspace.draftMinutes(
            Workspace.MinutesSources(
                transcript: transcript, agenda: ids[demo.draft.agenda], attendance: ids[demo.draft.attendance],
                series: demo.draft.series, ordinal: demo.draft.ordinal), by: .commandLine("demo"))
        DraftPageView(stored).print()
        return stored
    }

    private func search(_ demo: DemoCorpus, _ workspace: Workspace) async throws {
        step(.demoStepSearch)
        for query in demo.searches {
            Terminal.print()
            Terminal.print(Terminal.bold("docket search \"\(query)\""))
            let answer = try await workspace.search(
                SearchRequest(query, viewer: workspace.viewer, limit: 3, facets: [.kind, .year]))
            SearchPage(answer).print()
        }
    }
}

/// The demo part of the corpus, as its index names it, written out from the binary.
struct DemoCorpus {
    struct Entry {
        let id: String
        let url: URL
        let kind: String
        let series: String?
        let ordinal: Int?
    }

    struct Draft: Decodable {
        let series: String
        let ordinal: Int
        let transcript: String
        let agenda: String
        let attendance: String
    }

    private struct Index: Decodable {
        struct Demo: Decodable {
            struct Query: Decodable {
                let query: String
            }
            let draft: Draft
            let earlierMinutes: [String]
            let officialMinutes: String?
            let files: [String]
            let searches: [Query]
        }
        struct Entry: Decodable {
            let id: String
            let path: String
            let kind: String
            let series: String?
            let ordinal: Int?
        }
        let demo: Demo
        let entries: [Entry]
    }

    let entries: [Entry]
    /// The minutes of the drafted meeting as they were confirmed.
    let official: Entry?
    let draft: Draft
    let earlierMinutes: [String]
    let searches: [String]

    /// Reads the embedded index and writes the files that it names below `folder`.
    init(unpackedInto folder: URL) throws {
        let files = EmbeddedFiles()
        guard let data = files.data("Corpus/index.json") else { throw Failure(.input, Phrase.failNoFile("Corpus")) }
        let index = try JSONDecoder().decode(Index.self, from: data)
        try files.write(prefix: "Corpus/", into: folder)
        let named = Set(index.demo.files)
        let all = index.entries.filter { named.contains($0.id) }.map {
            Entry(
                id: $0.id, url: folder.appending(path: "Corpus/" + $0.path), kind: $0.kind, series: $0.series,
                ordinal: $0.ordinal)
        }
        entries = all.filter { $0.id != index.demo.officialMinutes }
        official = all.first { $0.id == index.demo.officialMinutes }
        draft = index.demo.draft
        earlierMinutes = index.demo.earlierMinutes
        searches = index.demo.searches.map(\.query)
    }

    var rosters: [URL] { entries.filter { $0.kind == "roster" }.map(\.url) }
    var series: [URL] { entries.filter { $0.kind == "series" }.map(\.url) }
    /// Agendas before transcripts, so that a transcript is segmented by its agenda when it comes.
    var sources: [Entry] {
        let order = ["agenda": 0, "attendance": 1, "minutes": 2]
        return entries.filter { !["roster", "series"].contains($0.kind) }.sorted {
            (order[$0.kind] ?? 3, $0.id) < (order[$1.kind] ?? 3, $1.id)
        }
    }
}
