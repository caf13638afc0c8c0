import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// Names of fields as people write them: Docket's, or the field's own in either language.
enum FieldName {
    static func field(_ name: String) throws -> CatalogueField {
        let found =
            CatalogueField(rawValue: name)
            ?? CatalogueField.allCases.first { $0.name.zhHant == name || $0.name.en.lowercased() == name.lowercased() }
        guard let found else { throw Failure(.usage, CatalogueWords.unknownField(name).shown) }
        return found
    }
}

/// Accepts fields and subject terms.
struct CatalogueAccept: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "accept", abstract: CatalogueWords.accept.shown)
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @Argument(help: ArgumentHelp(CatalogueWords.entry.shown, valueName: "entry")) var name: String
    @Argument(help: ArgumentHelp(CatalogueWords.fields.shown, valueName: "field")) var fields: [String] = []
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.subject.shown, valueName: "term")) var subject: [String] = []
    @Option(name: .long, help: ArgumentHelp(Phrase.reviewRevision(), valueName: "n")) var revision: Int?

    func run() async throws {
        var decisions = try fields.map { EntryDecision.accept(try FieldName.field($0)) }
        decisions += subject.map(EntryDecision.acceptSubject)
        if decisions.isEmpty { decisions = [.acceptAll] }
        try await EntryChange.make(decisions, on: name, revision: revision, note: "", who: who, global: global)
    }
}

/// Rejects fields, subject terms, or a whole entry.
struct CatalogueReject: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "reject", abstract: CatalogueWords.reject.shown)
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @Argument(help: ArgumentHelp(CatalogueWords.entry.shown, valueName: "entry")) var name: String
    @Argument(help: ArgumentHelp(CatalogueWords.fields.shown, valueName: "field")) var fields: [String] = []
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.subject.shown, valueName: "term")) var subject: [String] = []
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.reason.shown, valueName: "text")) var reason = ""
    @Option(name: .long, help: ArgumentHelp(Phrase.reviewRevision(), valueName: "n")) var revision: Int?

    func run() async throws {
        let decisions =
            try fields.map { EntryDecision.reject(try FieldName.field($0)) } + subject.map(EntryDecision.rejectSubject)
        guard decisions.isEmpty else {
            return try await EntryChange.make(
                decisions, on: name, revision: revision, note: reason, who: who, global: global)
        }
        guard !reason.isEmpty else { throw Failure(.usage, Phrase.failOption("--reason")) }
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        let entries = try await workspace.catalogueEntries(named: name)
        let moved = try await workspace.library.advance(
            entries.map(\.entry.id), to: .rejected, note: reason, by: who.actor)
        if global.json { return try moved.forEach { try Terminal.print(json: $0) } }
        Terminal.print(CatalogueWords.rejected(moved.count).shown)
    }
}

/// Writes fields and adds subject terms.
struct CatalogueEdit: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "edit", abstract: CatalogueWords.edit.shown)
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @Argument(help: ArgumentHelp(CatalogueWords.entry.shown, valueName: "entry")) var name: String
    @Argument(help: ArgumentHelp(CatalogueWords.values.shown, valueName: "field=value")) var values: [String] = []
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.add.shown, valueName: "term")) var add: [String] = []
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.vocabulary.shown, valueName: "name")) var vocabulary: String?
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.number.shown, valueName: "number")) var number: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.reviewRevision(), valueName: "n")) var revision: Int?

    func run() async throws {
        var decisions = try values.map { try Self.edit($0) }
        if let number {
            guard let parsed = FileNumber(number) else { throw Failure(.usage, CatalogueWords.badNumber(number).shown) }
            decisions.append(.number(parsed))
        }
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        for label in add { decisions.append(.addSubject(try await Self.term(label, vocabulary, workspace))) }
        guard !decisions.isEmpty else { throw Failure(.usage, Phrase.failOption("FIELD=VALUE | --add | --number")) }
        try await EntryChange.make(
            decisions, on: name, revision: revision, note: "", who: who, global: global, in: workspace)
    }

    static func edit(_ text: String) throws -> EntryDecision {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
            throw Failure(.usage, Phrase.setForm(text))
        }
        let field = try FieldName.field(String(text[..<sign]))
        let values = text[text.index(after: sign)...].split(separator: "|").map {
            Workspace.normalized($0.trimmingCharacters(in: .whitespaces), of: field)
        }
        return .edit(field, values: values.filter { !$0.isEmpty })
    }

    static func term(_ label: String, _ vocabulary: String?, _ workspace: Workspace) async throws -> SubjectTerm {
        guard let term = try await workspace.subjectTerm(label, in: vocabulary) else {
            throw Failure(.usage, CatalogueWords.unknownTerm(label, vocabulary ?? "").shown)
        }
        return term
    }
}

/// Verifies entries.
struct CatalogueVerify: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "verify", abstract: CatalogueWords.verify.shown)
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @Argument(help: ArgumentHelp(CatalogueWords.entries.shown, valueName: "entry")) var names: [String]

    func run() async throws {
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        var ids: [EntryID] = []
        for name in names { ids += try await workspace.catalogueEntries(named: name).map(\.entry.id) }
        let moved = try await workspace.library.advance(ids, to: .verified, by: who.actor)
        if global.json { return try moved.forEach { try Terminal.print(json: $0) } }
        Terminal.print(CatalogueWords.verified(moved.count).shown)
    }
}

/// Decisions on one entry, stored and shown.
enum EntryChange {
    static func make(
        _ decisions: [EntryDecision], on name: String, revision: Int?, note: String, who: ActorOptions,
        global: GlobalOptions, in opened: Workspace? = nil
    ) async throws {
        let workspace: Workspace
        if let opened {
            workspace = opened
        } else {
            workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        }
        let entries = try await workspace.catalogueEntries(named: name)
        // The number of a folder means the folder itself here: a decision is on one entry.
        guard let entry = entries.first(where: { $0.entry.level == .folder }) ?? entries.first else { return }
        let changed = try await workspace.library.decide(
            decisions, on: entry.entry.id, revision: revision, note: note, by: who.actor)
        try await EntryOutput.print(changed, in: workspace, asJSON: global.json)
    }
}
