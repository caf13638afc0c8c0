import ArgumentParser
import DocketArchive
import DocketCore
import DocketIngest
import DocketPipeline
import Foundation

/// Adds files, one after the other; a file that fails does not stop the others.
struct Add: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "add", abstract: Phrase.addAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @Argument(help: ArgumentHelp(Phrase.addFiles(), valueName: "file")) var files: [String]
    @Option(name: .long, help: ArgumentHelp(Phrase.addKind(), valueName: "kind")) var kind: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.addClassification(), valueName: "level"))
    var classification: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.addScope(), valueName: "scope")) var scope = ""
    @Option(name: .long, help: ArgumentHelp(Phrase.addTitle(), valueName: "title")) var title: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.addDate(), valueName: "date")) var date: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.addMeeting(), valueName: "meeting")) var meeting: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.addRole(), valueName: "role")) var role: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.addName(), valueName: "name")) var name: String?

    func run() async throws {
        let reference = try meetingReference()
        let urls = try self.urls()
        if name != nil, kind != "vocabulary" || urls.count != 1 { throw Failure(.usage, Phrase.failName()) }
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        var tally = AddTally()
        let progress = Progress(Phrase.progressAdding(), total: urls.count, isQuiet: global.quiet || global.json)
        for (index, url) in urls.enumerated() {
            progress.update(index, url.lastPathComponent)
            do {
                try await add(url, to: workspace, meeting: reference, &tally)
            } catch {
                let failure = Failure(error)
                progress.finish()
                failure.report(asJSON: global.json)
                tally.fail(failure.status)
            }
        }
        progress.finish()
        if !global.json, urls.count > 1 || tally.failed > 0 {
            Terminal.print(Phrase.sumAdded("\(tally.added)", "\(tally.duplicates)", "\(tally.failed)"))
        }
        if let status = tally.status { throw status }
    }

    private func add(
        _ url: URL, to workspace: Workspace, meeting: MeetingReference?, _ tally: inout AddTally
    ) async throws {
        switch kind {
        case "roster":
            let roster = try await workspace.addRoster(url, by: who.actor)
            tally.added += 1
            try say(
                ["kind": "roster", "title": url.lastPathComponent],
                Phrase.addRoster("\(roster.agencies.count)", "\(roster.persons.count)"))
        case "series":
            let series = try await workspace.addSeries(url, by: who.actor)
            tally.added += 1
            try say(["id": series.id.rawValue, "kind": "series", "title": series.name], Phrase.addSeries(series.name))
        case "vocabulary": try await addVocabulary(url, to: workspace, &tally)
        default:
            try await addSource(url, to: workspace, meeting: meeting, &tally)
        }
    }

    private func addSource(
        _ url: URL, to workspace: Workspace, meeting: MeetingReference?, _ tally: inout AddTally
    ) async throws {
        let options = Workspace.AddOptions(
            kind: try sourceKind(), title: title, date: try Words.date(date),
            classification: try Words.value(classification, of: "--classification") ?? .internal, scope: scope,
            meeting: meeting)
        let counting = Progress(url.lastPathComponent, total: nil, isQuiet: global.quiet || global.json)
        let report = try await workspace.add(url, options: options, by: who.actor, listsRecords: global.json) {
            counting.update($0)
        }
        counting.finish()
        switch report {
        case .source(let added, let findings):
            tally.count(added)
            try show(added, findings: findings)
        case .records(let records):
            tally.count(records)
            try show(records, of: url)
        }
    }

    private func show(_ added: Workspace.Added, findings: [Finding]) throws {
        if global.json { return try Terminal.print(json: added) }
        let phrase: Phrase = added.duplicate ? .addDuplicate : .addDone
        Terminal.print(phrase(added.id.rawValue, added.kind.rawValue, added.title))
        let counts = Dictionary(grouping: findings, by: \.severity).mapValues(\.count)
        let words = Finding.Severity.allCases.compactMap { severity in
            counts[severity].map { "\(severity.shown) \($0)" }
        }
        if !words.isEmpty {
            Terminal.print(Terminal.dim("  \(Phrase.labelFindings()): \(words.joined(separator: ", "))"))
        }
    }

    private func show(_ records: Workspace.RecordsReport, of url: URL) throws {
        let outcome = records.outcome
        if global.json {
            for record in records.records { try Terminal.print(json: record) }
        } else {
            Terminal.print(
                Phrase.addRecords("\(outcome.added + outcome.revised)", "\(outcome.unchanged + outcome.skipped)"))
        }
        for (line, error) in records.failures {
            complain(url, line, error.explanation.shown, .input)
        }
        for rejection in outcome.rejections {
            complain(url, rejection.line, rejection.error.explanation.shown, .storage)
        }
    }

    private func complain(_ url: URL, _ line: Int, _ message: String, _ status: ExitStatus) {
        Failure(status, Phrase.failLine(url.lastPathComponent, "\(line)", message)).report(asJSON: global.json)
    }

    private func say(_ fields: [String: String], _ line: String) throws {
        if global.json { try Terminal.print(json: fields) } else { Terminal.print(line) }
    }

    // MARK: - Arguments

    /// Kinds that are no sources: what the library knows.
    private static let knowledge = ["roster", "series", "vocabulary"]

    private func sourceKind() throws -> SourceKind? {
        guard let kind else { return nil }
        guard let value = SourceKind(rawValue: kind) else {
            let allowed = SourceKind.allCases.map(\.rawValue) + Self.knowledge
            throw Failure(.usage, Phrase.failKind(kind, allowed.joined(separator: ", ")))
        }
        return value
    }

    private func meetingReference() throws -> MeetingReference? {
        _ = try kind.map { _ in Self.knowledge.contains(kind ?? "") ? nil : try sourceKind() }
        let role: Meeting.Role? = try Words.value(role, of: "--role")
        guard let meeting else {
            return role.map { MeetingReference(series: nil, role: $0) }
        }
        return try MeetingReference(text: meeting, role: role)
    }

    /// The files named, and those in the folders named, in order of their names; provenance cards are left out.
    private func urls() throws -> [URL] {
        var urls: [URL] = []
        for path in files {
            let url = URL(filePath: path)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue else {
                urls.append(url)
                continue
            }
            let inside = FileManager.default.enumerator(
                at: url, includingPropertiesForKeys: [.isRegularFileKey], options: [.skipsHiddenFiles])
            let found = (inside?.compactMap { $0 as? URL } ?? []).filter {
                // A property that cannot be read means a file that cannot be added either.
                (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
                    && !$0.lastPathComponent.hasSuffix(".card.yaml")
            }
            guard !found.isEmpty else { throw Failure(.input, Phrase.failFolder(path)) }
            urls += found.sorted { $0.path < $1.path }
        }
        return urls
    }
}

/// How many files and records of a run of `add` went where.
struct AddTally {
    var added = 0
    var duplicates = 0
    var failed = 0
    private(set) var status: ExitStatus?

    mutating func count(_ source: Workspace.Added) {
        if source.duplicate { duplicates += 1 } else { added += 1 }
    }

    mutating func count(_ records: Workspace.RecordsReport) {
        added += records.outcome.added + records.outcome.revised
        duplicates += records.outcome.unchanged + records.outcome.skipped
        if records.failed > 0 { fail(.input, records.failed) }
        if records.outcome.rejected > 0 { fail(.storage, records.outcome.rejected) }
    }

    /// The first failure's code is that of the run.
    mutating func fail(_ status: ExitStatus, _ count: Int = 1) {
        failed += count
        self.status = self.status ?? status
    }
}
