import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import DocketPublishing
import Foundation

/// A person's word on a draft.
struct Review: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "review", abstract: Phrase.reviewAbstract())
    }

    /// What a person can do with a draft.
    enum Action: String, CaseIterable {
        case edit, approve, reject
    }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp(Phrase.reviewID(), valueName: "id")) var id: String
    @Argument(help: ArgumentHelp(Phrase.reviewAction(), valueName: "action")) var action: String
    @OptionGroup var who: ActorOptions
    @Option(name: .long, help: ArgumentHelp(Phrase.reviewClaim(), valueName: "n")) var claim: Int?
    @Option(name: .long, help: ArgumentHelp(Phrase.reviewText(), valueName: "text")) var text: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.reviewFile(), valueName: "file")) var file: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.reviewReason(), valueName: "text")) var reason = ""
    @Option(name: .long, help: ArgumentHelp(Phrase.reviewDespite(), valueName: "text")) var despite: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.reviewRevision(), valueName: "n")) var revision: Int?

    func run() async throws {
        guard let action: Action = try Words.value(action, of: "review") else { return }
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        let draft = try await workspace.library.draft(DraftID(rawValue: id), viewer: workspace.viewer)
        let read = revision ?? draft.revision
        switch action {
        case .edit: try await edit(draft, workspace)
        case .approve:
            let blocking = workspace.library.configuration.review
            let count =
                blocking.blockingClaims(of: draft.verified).count + blocking.blockingFindings(of: draft.verified).count
            guard count == 0 || blocking.isAnswered(by: despite) else {
                throw Failure(.findings, Phrase.reviewBlocked("\(count)", id))
            }
            let new = try await workspace.library.approve(
                draft.id, revision: read, note: reason, despite: count > 0 ? despite : nil, by: who.actor)
            try say(draft.id, new, .approved, Phrase.reviewApproved("\(new)", draft.textHash.hex))
        case .reject:
            guard !reason.isEmpty else { throw Failure(.usage, Phrase.failOption("--reason")) }
            let new = try await workspace.library.reject(draft.id, revision: read, reason: reason, by: who.actor)
            try say(draft.id, new, .rejected, Phrase.reviewRejected("\(new)"))
        }
    }

    private func edit(_ draft: StoredDraft, _ workspace: Workspace) async throws {
        let (stored, changes): (StoredDraft, Int)
        if let file {
            let markdown = try TextFile.read(file)
            let edited = try MarkdownEdit.apply(markdown, to: draft.verified.draft)
            let read = try revision ?? MarkdownEdit.revision(of: markdown)
            (stored, changes) = try await workspace.edit(
                draft.id, to: edited, revision: read, note: reason, by: who.actor)
        } else if let claim, let text {
            (stored, changes) = try await workspace.edit(
                draft.id, [.text(claim: claim, text)], revision: revision, note: reason, by: who.actor)
        } else {
            throw Failure(.usage, Phrase.reviewNeedsEdit())
        }
        guard changes > 0 else { return Terminal.complain(Phrase.reviewNothing()) }
        try say(draft.id, stored.revision, stored.state, Phrase.reviewEdited("\(stored.revision)", "\(changes)"))
        if !global.json { Terminal.print(DraftPageView(stored).summary) }
    }

    private func say(_ id: DraftID, _ revision: Int, _ state: ReviewState, _ line: String) throws {
        struct Line: Encodable {
            let id: DraftID
            let revision: Int
            let state: ReviewState
        }
        if global.json {
            try Terminal.print(json: Line(id: id, revision: revision, state: state))
        } else {
            Terminal.print(line)
        }
    }
}

/// Small text files that a person hands over.
enum TextFile {
    /// Text of the file at `path`, UTF-8, at most 64 MiB.
    static func read(_ path: String) throws -> String {
        let url = try Words.file(path)
        guard let data = FileManager.default.contents(atPath: url.path), data.count <= 64 << 20,
            let text = String(data: data, encoding: .utf8)
        else { throw Failure(.input, Phrase.failNoFile(path)) }
        return text
    }
}
