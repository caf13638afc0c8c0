import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// Shows one source, draft or passage.
struct Show: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: Phrase.showAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp(Phrase.showID(), valueName: "id")) var id: String
    @Flag(name: .long, help: ArgumentHelp(Phrase.showText())) var text = false

    func run() async throws {
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        let parts = id.split(maxSplits: 1) { $0 == "#" || $0 == ":" }.map(String.init)
        guard let name = parts.first else { throw Failure(.usage, Phrase.failNoID(id)) }
        if let stone = try await workspace.library.tombstone(of: name, viewer: workspace.viewer) {
            return try show(stone)
        }
        switch try await workspace.find(name) {
        case .draft(let draft):
            try show(draft)
        case .entry(let stored): try await EntryOutput.print(stored, in: workspace, asJSON: global.json)
        case .source(let stored):
            if parts.count == 2 {
                try show(part: parts[1], of: stored)
            } else if text {
                Terminal.print(stored.document.text)
            } else {
                try await show(stored, in: workspace)
            }
        }
    }

    private func show(_ stored: StoredSource, in workspace: Workspace) async throws {
        let facts = try await SourceFacts(of: stored, in: workspace)
        if global.json { return try Terminal.print(json: ShownSource(stored, facts)) }
        SourcePage(stored, facts).print()
    }

    private func show(_ stone: Tombstone) throws {
        if global.json { return try Terminal.print(json: stone) }
        Terminal.print("\(stone.kind) \(stone.id)")
        Terminal.print(Phrase.withdrawnLine(stone.time, stone.actor, stone.authority, stone.reason))
    }

    private func show(_ draft: StoredDraft) throws {
        if global.json { return try Terminal.print(json: ShownDraft(draft)) }
        DraftPageView(draft).print()
    }

    /// Shows passage `n`, conclusion `cN` or agenda item `iN` of a source.
    private func show(part: String, of stored: StoredSource) throws {
        let source = stored.document
        let number = Int(part.drop { $0 == "c" || $0 == "i" }) ?? -1
        let minutes = stored.structure.minutes
        let range: Range<Int>
        if part.hasPrefix("c"), let conclusion = minutes?.conclusions[checked: number] {
            if global.json { return try Terminal.print(json: conclusion) }
            range = conclusion.text.range
        } else if part.hasPrefix("i"), let item = minutes?.items[checked: number] {
            if global.json { return try Terminal.print(json: item) }
            range = source.passages[item.firstPassage].start..<source.passages[item.lastPassage].end
        } else if let passage = source.passages[checked: number] {
            if global.json { return try Terminal.print(json: ShownPassage(passage, in: source)) }
            range = passage.range
            if let speaker = passage.speaker { Terminal.print(Terminal.bold(speaker)) }
        } else {
            throw Failure(.usage, Phrase.failNoID(id))
        }
        Terminal.print(source.text(in: range).trimmingCharacters(in: .newlines))
    }
}

/// What a library knows of a source beside its row.
struct SourceFacts {
    var segments: [Segment]
    /// Findings by today's rules, those of the ledger of its series among them.
    var findings: [Finding]
    /// Corrections of its conclusions that later meetings decided.
    var laterCorrections: [MinutesCorrection]

    init(of stored: StoredSource, in workspace: Workspace) async throws {
        segments = workspace.segments(of: stored)
        findings = try await workspace.findings(on: stored)
        laterCorrections = try await workspace.laterCorrections(of: stored)
    }
}

extension Array {
    /// The element at `index`, or nil outside the array.
    subscript(checked index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
