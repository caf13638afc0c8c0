import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// Reviews entries one by one.
///
/// Every decision is stored at once, so a review that was left goes on with the first entry that still waits. In a terminal a key is
/// enough; from a pipe each line is a key with what it asks for behind it ("e subject=…", "s -2", "+ 公共工程").
struct CatalogueReview: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "review", abstract: CatalogueWords.review.shown)
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @OptionGroup var which: EntryFilterOptions
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.vocabulary.shown, valueName: "name")) var vocabulary: String?

    func run() async throws {
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        var filter = try which.filter()
        if filter.statuses == nil { filter.statuses = [.suggested, .edited] }
        let waiting = try await workspace.catalogueEntries(filter)
        guard !waiting.isEmpty else {
            if !global.json { Terminal.print(CatalogueWords.noneWaiting.shown) }
            return
        }
        if global.json {
            for stored in waiting {
                try Terminal.print(
                    json: ShownEntry(stored: stored, findings: try await workspace.catalogueFindings(on: [stored])))
            }
            return
        }
        let hasVocabulary = try await !workspace.library.vocabularies().isEmpty
        let shelf = hasVocabulary ? try await workspace.subjectShelf(vocabulary) : nil
        var session = ReviewSession(workspace, waiting.map(\.entry.id), shelf, vocabulary, who.actor)
        try await session.run()
    }
}

/// One sitting of review.
struct ReviewSession {
    private let workspace: Workspace
    private let ids: [EntryID]
    private let vocabulary: String?
    private let actor: Actor
    private var shelf: SubjectShelf?
    private var place = 0
    private var done: Set<EntryID> = []

    init(_ workspace: Workspace, _ ids: [EntryID], _ shelf: SubjectShelf?, _ vocabulary: String?, _ actor: Actor) {
        (self.workspace, self.ids, self.shelf, self.vocabulary, self.actor) = (workspace, ids, shelf, vocabulary, actor)
    }

    mutating func run() async throws {
        Terminal.print(Terminal.dim(CatalogueWords.keys.shown))
        reviewing: while ids.indices.contains(place) {
            var stored = try await workspace.library.entry(ids[place], viewer: workspace.viewer)
            // What was learned from the entries before helps this one.
            if let shelf, !done.isEmpty {
                stored = try await workspace.renewSubjects(of: stored, with: shelf, by: actor)
            }
            try await show(stored)
            while true {
                guard let (key, rest) = KeyInput.next(prompt: "[\(place + 1)/\(ids.count)] ") else { break reviewing }
                do {
                    switch try await act(key, rest, &stored) {
                    case .stay: continue
                    case .move(let step):
                        place = max(0, place + step)
                        continue reviewing
                    case .end: break reviewing
                    }
                } catch let error as any ExplainedError {
                    Terminal.complain(error.explanation.shown)
                } catch let failure as Failure {
                    failure.report(asJSON: false)
                }
            }
        }
        Terminal.print(CatalogueWords.reviewed(done.count, ids.count - done.count).shown)
    }

    private enum Next {
        case stay, move(Int), end
    }

    private func show(_ stored: StoredEntry) async throws {
        Terminal.print()
        let page = EntryPage(
            stored, sources: try await workspace.documents(of: stored.entry),
            findings: try await workspace.catalogueFindings(on: [stored]))
        for line in page.lines { Terminal.print(line) }
    }

    private mutating func act(_ key: Character, _ rest: String, _ stored: inout StoredEntry) async throws -> Next {
        func answer(_ question: LocalizedText) -> String {
            rest.isEmpty ? KeyInput.line(question.shown) ?? "" : rest
        }
        switch key {
        case "n": return .move(1)
        case "p": return .move(-1)
        case "q": return .end
        case "o":
            let page = EntryPage(stored, sources: try await workspace.documents(of: stored.entry), findings: [])
            for line in page.sourceLines { Terminal.print(line) }
        case "a":
            try await decide([.acceptAll], &stored)
            return try await verify(stored)
        case "v": return try await verify(stored)
        case "f":
            let fields = stored.entry.fields.filter { !$0.value.values.isEmpty && $0.value.state == .suggested }.keys
            try await decide(fields.sorted().map(EntryDecision.accept), &stored)
            try await show(stored)
        case "e":
            var text = rest
            if text.isEmpty {
                text =
                    "\(KeyInput.line(CatalogueWords.askField.shown) ?? "")=\(KeyInput.line(CatalogueWords.askValue.shown) ?? "")"
            }
            try await decide([try CatalogueEdit.edit(text)], &stored)
            try await show(stored)
        case "s":
            try await decide(Self.subjects(answer(CatalogueWords.askSubject), stored.entry), &stored)
            try await show(stored)
        case "+":
            let term = try await CatalogueEdit.term(answer(CatalogueWords.askTerm), vocabulary, workspace)
            try await decide([.addSubject(term)], &stored)
            try await show(stored)
        case "x":
            let reason = answer(CatalogueWords.askReason)
            _ = try await workspace.library.advance([stored.entry.id], to: .rejected, note: reason, by: actor)
            done.insert(stored.entry.id)
            return .move(1)
        default: Terminal.print(Terminal.dim(CatalogueWords.keys.shown))
        }
        return .stay
    }

    /// "1 3 -2": accepts the first and the third term, rejects the second.
    private static func subjects(_ text: String, _ entry: CatalogueEntry) -> [EntryDecision] {
        text.split { ", 、".contains($0) }.compactMap { word in
            guard let number = Int(word), entry.subjects.indices.contains(abs(number) - 1) else { return nil }
            let key = entry.subjects[abs(number) - 1].key
            return number > 0 ? .acceptSubject(key) : .rejectSubject(key)
        }
    }

    private mutating func decide(_ decisions: [EntryDecision], _ stored: inout StoredEntry) async throws {
        guard !decisions.isEmpty else { return }
        stored = try await workspace.library.decide(
            decisions, on: stored.entry.id, revision: stored.revision, by: actor)
        try await learn(stored)
    }

    private mutating func verify(_ stored: StoredEntry) async throws -> Next {
        let moved = try await workspace.library.advance([stored.entry.id], to: .verified, by: actor)
        if let verified = moved.first { try await learn(verified) }
        done.insert(stored.entry.id)
        return .move(1)
    }

    private mutating func learn(_ stored: StoredEntry) async throws {
        let sources = try await workspace.describedSources(of: stored.entry)
        shelf?.learn(stored, sources: sources)
    }
}

/// Keys of a terminal one at a time; lines of a pipe.
enum KeyInput {
    /// The next key and what stands behind it; nil at the end of the input.
    static func next(prompt: String) -> (key: Character, rest: String)? {
        guard isatty(STDIN_FILENO) == 1 else {
            while let line = readLine() {
                let text = line.trimmingCharacters(in: .whitespaces)
                guard let key = text.first else { continue }
                return (key, text.dropFirst().trimmingCharacters(in: .whitespaces))
            }
            return nil
        }
        Terminal.write(prompt, to: STDOUT_FILENO)
        var saved = termios()
        guard tcgetattr(STDIN_FILENO, &saved) == 0 else { return nil }
        var raw = saved
        raw.c_lflag &= ~(tcflag_t(ICANON) | tcflag_t(ECHO))
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        defer { tcsetattr(STDIN_FILENO, TCSANOW, &saved) }
        var byte: UInt8 = 0
        guard read(STDIN_FILENO, &byte, 1) == 1, byte != 4 else { return nil }
        // The rest of a longer character or of an arrow key says nothing here.
        Terminal.write("\n", to: STDOUT_FILENO)
        return (Character(Unicode.Scalar(byte)), "")
    }

    /// A line that a person types as an answer; nil at the end of the input.
    static func line(_ question: String) -> String? {
        if isatty(STDIN_FILENO) == 1 { Terminal.write(question, to: STDOUT_FILENO) }
        return readLine()?.trimmingCharacters(in: .whitespaces)
    }
}
