import ArgumentParser
import DocketArchive
import DocketCore
import DocketGrounding
import DocketPipeline
import Foundation

/// Checks a draft or a source again, or a file of claims without a library.
struct Check: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "check", abstract: Phrase.checkAbstract())
    }

    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp(Phrase.checkID(), valueName: "id")) var id: String?
    @Option(name: .long, help: ArgumentHelp(Phrase.checkClaims(), valueName: "file")) var claims: String?
    @Flag(name: .long, help: ArgumentHelp(CatalogueWords.checkAll.shown)) var catalogue = false
    @OptionGroup var which: EntryFilterOptions
    @Flag(name: .long, help: ArgumentHelp(CatalogueWords.csv.shown)) var csv = false

    func validate() throws {
        guard [id != nil, claims != nil, catalogue].count(where: \.self) == 1 else {
            throw Failure(.usage, Phrase.failOption("ID | --claims | --catalogue"))
        }
    }

    func run() async throws {
        if let claims { return try check(claims: claims) }
        if catalogue {
            let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
            let entries = try await workspace.catalogueEntries(try which.filter()).filter { $0.status != .rejected }
            return try await CatalogueCheck.run(entries, workspace, asJSON: global.json, asCSV: csv)
        }
        guard let id else { return }
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        switch try await workspace.find(id) {
        case .draft(let stored): try check(try await workspace.recheck(stored.id), of: stored, in: workspace)
        case .source(let stored): try await check(stored, in: workspace)
        case .entry(let stored): try await CatalogueCheck.run([stored], workspace, asJSON: global.json, asCSV: csv)
        }
    }

    private func check(_ verified: VerifiedDraft, of stored: StoredDraft, in workspace: Workspace) throws {
        var checked = stored
        checked.verified = verified
        let policy = workspace.library.configuration.review
        let blocking = policy.blockingClaims(of: verified).count + policy.blockingFindings(of: verified).count
        if global.json {
            try Terminal.print(json: ShownDraft(checked))
        } else {
            DraftPageView(checked).print()
            if blocking > 0 { Terminal.print(Phrase.checkBlocking("\(blocking)")) }
        }
        if blocking > 0 { throw ExitStatus.findings }
    }

    private func check(_ stored: StoredSource, in workspace: Workspace) async throws {
        let findings = try await workspace.findings(on: stored)
        if global.json {
            for finding in findings { try Terminal.print(json: finding) }
        } else if findings.isEmpty {
            Terminal.print(Phrase.checkClean())
        } else {
            FindingTable.print(findings)
        }
        let policy = workspace.library.configuration.review
        let blocks = findings.contains {
            policy.blockingSeverities.contains($0.severity) && !policy.toleratedRules.contains($0.rule)
        }
        if blocks { throw ExitStatus.findings }
    }

    private func check(claims path: String) throws {
        let checker = ClaimChecker()
        var failed: ExitStatus?
        for line in try JSONLines(Words.file(path)) {
            do {
                let record = try line.decode(ClaimChecker.Record.self)
                try show(checker.check(record), of: record)
            } catch let error as PipelineError {
                let failure = Failure(error)
                failure.report(asJSON: global.json)
                failed = failed ?? failure.status
            }
        }
        if let failed { throw failed }
    }

    private func show(_ answer: ClaimChecker.Result, of record: ClaimChecker.Record) throws {
        if global.json { return try Terminal.print(json: answer) }
        Terminal.print("\(answer.id)  \(answer.verdict.shown)  \(ReasonView.claim(record.claim, answer.reasons))")
        for line in ReasonView.lines(answer.reasons, sources: record.sources.map(\.text)) {
            Terminal.print("    \(line)")
        }
    }
}
