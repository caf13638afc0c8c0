import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// Corrects fields of a source; each call is one revision.
struct SetFields: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "set", abstract: Phrase.setAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @Argument(help: ArgumentHelp(Phrase.draftSource(), valueName: "id")) var id: String
    @Argument(help: ArgumentHelp(Phrase.setFields(), valueName: "field=value")) var fields: [String]
    @Option(name: .long, help: ArgumentHelp(Phrase.reviewReason(), valueName: "text")) var reason = ""

    func run() async throws {
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        var changes: [SourceChange] = []
        var meeting: String?
        var role: Meeting.Role?
        for field in fields {
            guard let equals = field.firstIndex(of: "="), equals > field.startIndex else {
                throw Failure(.usage, Phrase.setForm(field))
            }
            let (name, value) = (String(field[..<equals]), String(field[field.index(after: equals)...]))
            switch name {
            case "meeting": meeting = value
            case "role": role = try Words.value(value, of: "role")
            case _ where !SourceChange.fields.contains(name):
                throw Failure(
                    .usage,
                    Phrase.setUnknown(name, (SourceChange.fields + ["meeting", "role"]).joined(separator: ", ")))
            default: changes.append(try SourceChange(field: name, value: value))
            }
        }
        let reference =
            try meeting.map { try MeetingReference(text: $0, role: role) }
            ?? role.map { MeetingReference(series: nil, role: $0) }
        let revision = try await workspace.correct(
            SourceID(rawValue: id), changes, meeting: reference, reason: reason, by: who.actor)
        if global.json {
            try Terminal.print(json: ["id": id, "revision": "\(revision)"])
        } else {
            Terminal.print(Phrase.setDone(id, "\(revision)"))
        }
    }
}

/// Withdraws a source.
struct Withdraw: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "withdraw", abstract: Phrase.withdrawAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @Argument(help: ArgumentHelp(Phrase.draftSource(), valueName: "id")) var id: String
    @Option(name: .long, help: ArgumentHelp(Phrase.withdrawAuthority(), valueName: "text")) var authority: String
    @Option(name: .long, help: ArgumentHelp(Phrase.reviewReason(), valueName: "text")) var reason = ""

    func run() async throws {
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        switch try await workspace.find(id) {
        case .source(let stored):
            try await workspace.library.withdraw(
                stored.document.id, revision: stored.revision, authority: authority, reason: reason, by: who.actor)
        case .draft(let draft):
            try await workspace.library.withdraw(
                draft.id, revision: draft.revision, authority: authority, reason: reason, by: who.actor)
        case .entry: throw Failure(.usage, CatalogueWords.notWithdrawn(id).shown)
        }
        if global.json { try Terminal.print(json: ["id": id]) } else { Terminal.print(Phrase.withdrawDone(id)) }
    }
}
