import DocketCataloguing
import DocketCore
import DocketGrounding
import DocketIngest
import DocketPipeline
import DocketTestSupport
import Foundation
import Testing

/// Proposed entries, held against their sources like any draft.
@Suite struct EntryGroundingTests {
    private static let corpus = ReferenceData.packageRoot.appending(path: "Corpus")

    private static func roster() throws -> Roster {
        let agencies = corpus.appending(path: "rosters/agencies.csv")
        let rows = try String(contentsOf: agencies, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        func names(_ cell: String) -> [String] { cell.split(separator: ";").map(String.init) }
        return Roster(
            agencies: rows.map {
                .init(
                    id: $0[0] + $0[6], officialName: $0[0], shortNames: names($0[1]), aliases: names($0[2]), code: $0[5]
                )
            })
    }

    /// Everything in a folder of the archive that has text of its own; what needs a program that is not there is left out.
    private static func sources(_ folder: String, _ roster: Roster) async throws -> [DescribedSource] {
        let root = corpus.appending(path: "archive/" + folder)
        let parser = StructureParser(roster: roster)
        var all: [DescribedSource] = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted() {
            guard !name.hasSuffix(".card.yaml"), !name.hasSuffix(".png"), !name.hasSuffix(".pdf"), name.contains(".")
            else { continue }
            switch try await ReaderRegistry.standard.read(try ReaderInput(file: root.appending(path: name))) {
            case .source(let document): all.append(DescribedSource(document, parser.structure(of: document)))
            case .records(let records):
                all += try records.map { DescribedSource(try $0.result.get(), DocumentStructure()) }
            }
        }
        return all
    }

    /// Claims with their verdicts, of one field of an entry.
    private static func verdicts(
        _ entry: CatalogueEntry, _ kind: Draft.Kind, _ sources: [DescribedSource], _ roster: Roster
    ) throws -> [(claim: String, verdict: ClaimVerdict)] {
        let field: CatalogueField = kind == .subject ? .subject : .summary
        let cited = Set(entry.fields[field]?.evidence.joined().map(\.span.source) ?? [])
        let own = entry.sources + cited.subtracting(entry.sources).sorted { $0.rawValue < $1.rawValue }
        let documents = own.compactMap { id in sources.first { $0.document.id == id }?.document }
        guard let draft = entry.draft(kind, sources: documents, roster: roster, createdAt: "2026-01-01T00:00:00Z")
        else { return [] }
        let verified = try Stages().verified(draft, over: documents, knowing: .init(roster: roster))
        return zip(draft.claims, verified.verdicts).map { ($0.text, $1) }
    }

    @Test(arguments: ["letters", "contracts", "notices", "petitions", "reports", "catalogues", "cases"])
    func `no subject of an item in the archive contradicts its source`(folder: String) async throws {
        let roster = try Self.roster()
        let sources = try await Self.sources(folder, roster)
        var count = 0
        for entry in ItemDescriber(roster: roster).entries(for: sources) {
            for (claim, verdict) in try Self.verdicts(entry, .subject, sources, roster) {
                count += 1
                #expect(
                    verdict.verdict != .contradicted,
                    "\(claim): \(verdict.reasons.map { "\($0.type.rawValue) \($0.claimWords)|\($0.evidenceWords)" })")
            }
        }
        #expect(count >= sources.count / 2)
    }

    @Test(arguments: ["cases", "catalogues"])
    func `every sentence of a folder's abstract is supported by its items`(folder: String) async throws {
        let roster = try Self.roster()
        let sources = try await Self.sources(folder, roster)
        let items = ItemDescriber(roster: roster).entries(for: sources)
        let folders = FolderDescriber(roster: roster).folders(of: items, sources: sources).folders
        #expect(folders.count >= 3)
        for folder in folders {
            for (claim, verdict) in try Self.verdicts(folder.entry, .abstract, sources, roster) {
                #expect(
                    verdict.verdict == .supported || claim.contains("◯"),
                    "\(claim): \(verdict.reasons.map { "\($0.type.rawValue) \($0.claimWords)|\($0.evidenceWords)" })")
                #expect(verdict.verdict != .contradicted, "\(claim)")
            }
        }
    }

    @Test func `a changed figure in an abstract is contradicted`() async throws {
        let roster = try Self.roster()
        let sources = try await Self.sources("cases", roster)
        let items = ItemDescriber(roster: roster).entries(for: sources)
        let folders = FolderDescriber(roster: roster).folders(of: items, sources: sources).folders
        var entry = try #require(folders.map(\.entry).first { $0[.summary]?.contains("加寬為2公尺") ?? false })
        let changed = entry.values(.summary).map { $0.replacing("加寬為2公尺", with: "加寬為3公尺") }
        entry.fields[.summary]?.values = changed
        let verdicts = try Self.verdicts(entry, .abstract, sources, roster)
        #expect(verdicts.contains { $0.verdict.verdict == .contradicted && $0.claim.contains("3公尺") })
    }

    @Test func `the ledger of an abstract accounts for every passage of every item`() async throws {
        let roster = try Self.roster()
        let sources = try await Self.sources("cases/legal-advice-points", roster)
        let items = ItemDescriber(roster: roster).entries(for: sources)
        let entry = try #require(
            FolderDescriber(roster: roster).folders(of: items, sources: sources).folders.first?.entry)
        let draft = try #require(
            entry.draft(.abstract, sources: sources.map(\.document), roster: roster, createdAt: ""))
        #expect(draft.coverage.count == sources.reduce(0) { $0 + $1.document.passages.count })
        #expect(draft.coverage.contains { $0.use == .condensed } && draft.coverage.contains { $0.use == .setAside })
        #expect(draft.claims.map(\.number) == Array(0..<draft.claims.count))
        #expect(draft.blocks.map(\.text).joined() == entry[.summary])
        #expect(entry.draft(.minutes, sources: sources.map(\.document), createdAt: "") == nil)
    }
}
