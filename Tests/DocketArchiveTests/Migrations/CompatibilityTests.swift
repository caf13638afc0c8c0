import DocketCore
import DocketTestSupport
import Foundation
import GRDB
import Testing

@testable import DocketArchive

/// Libraries that earlier releases wrote must open.
///
/// Each release adds one dump of a small library; none is ever changed.
@Suite struct CompatibilityTests {
    private static let folder = ReferenceData.packageRoot.appending(path: "Tests/Fixtures/DocketArchive")
    private static let minutes = SourceID(rawValue: "01HCOMPATMINUTES0000000000")
    private static let letter = SourceID(rawValue: "01HCOMPATLETTER00000000000")
    private static let gone = SourceID(rawValue: "01HCOMPATGONE0000000000000")
    private static let draft = DraftID(rawValue: "01HCOMPATDRAFT000000000000")

    @Test(arguments: ["library-1.sql"])
    func `a library of an earlier release opens with all that is in it`(dump: String) async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            let sql = try String(contentsOf: Self.folder.appending(path: dump), encoding: .utf8)
            let file = folder.appending(path: "docket.sqlite").path
            let queue = try DatabaseQueue(path: file)
            try await queue.writeWithoutTransaction { try $0.execute(sql: sql) }
            try queue.close()
            let library = try await Library.open(at: folder, mode: .write)
            try await Self.verify(library)
            // The originals were not dumped, and a check says so.
            #expect(try await library.check().missing.count == 4)
            #expect(try await library.verifyAudit().firstBreak == nil)
            _ = try await library.add(ArchiveFixture.source(["新增"]), by: ArchiveFixture.clerk)
            #expect(try await library.indexState() == .outdated)
            _ = try await library.reindex(by: ArchiveFixture.clerk)
            #expect(try await library.indexState() == .complete)
            #expect(try await library.maintain())
        }
    }

    /// Writes the dump of this release.
    ///
    /// `DOCKET_RECORD_FIXTURES=library-2.sql swift test --filter CompatibilityTests`.
    /// A dump that is there is never written over, and a run that records fails, so that the dump is looked at.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["DOCKET_RECORD_FIXTURES"] != nil, "records only when asked"))
    func `record the library of this release`() async throws {
        let name = try #require(ProcessInfo.processInfo.environment["DOCKET_RECORD_FIXTURES"])
        let file = Self.folder.appending(path: name)
        try #require(!FileManager.default.fileExists(atPath: file.path))
        let time = TestClock()
        var options = Library.Options()
        options.clock = time.clock
        try await ArchiveFixture.withLibrary(LibraryConfiguration(name: "相容"), options: options) {
            library async throws in
            try await Self.fill(library)
            try await Self.verify(library)
            let text = try await library.store.reader.read(DatabaseDump.text)
            try Data(text.utf8).write(to: file)
        }
        Issue.record("recorded \(file.path); read it and run again without DOCKET_RECORD_FIXTURES")
    }

    // MARK: - What is in it

    private static func fill(_ library: Library) async throws {
        let clerk = ArchiveFixture.clerk
        try await library.putSeries(
            MeetingSeries(id: SeriesID(rawValue: "chiefs"), name: "主任秘書會報", hostAgency: "青嵐市政府秘書處"), by: clerk)
        let agency = Roster.Agency(id: "it", officialName: "青嵐市政府資訊局", shortNames: ["資訊局"])
        _ = try await library.putRoster(Roster(agencies: [agency]), named: "agencies", by: clerk)
        let opened = FictionalMinutes(ordinal: 9, date: "2024-01-02", lines: [FictionalMinutes.open("9-1", "資訊局")])
        _ = try await library.add(opened.source(id: minutes), by: clerk)
        let one = ArchiveFixture.source(["請資訊局辦理。", "備查。"], id: letter, kind: .letter, title: "函")
        _ = try await library.add(one, by: clerk)
        _ = try await library.set([.title("函（更正）"), .fact("code", "府授字第1號")], on: letter, revision: 1, by: clerk)
        let claims = [
            Claim(number: 0, text: "請資訊局辦理。", citations: [one.document.citation(0..<21)], derivation: .verbatim)
        ]
        let written = Draft(
            id: draft, kind: .summary, title: "摘要", language: "zh-Hant", sources: [letter], classification: .internal,
            blocks: [DraftBlock(kind: .paragraph, claims: claims)],
            coverage: [CoverageEntry(source: letter, passage: 0, use: .used)],
            engine: EngineIdentity(name: "extractive", version: "1"), createdAt: "2024-01-02T00:00:00Z")
        let verdicts = [ClaimVerdict(claim: 0, verdict: .supported, reasons: [])]
        try await library.store(try VerifiedDraft(written, verdicts: verdicts, findings: []), by: Actor("system"))
        _ = try await library.approve(draft, revision: 1, by: clerk)
        _ = try await library.add(ArchiveFixture.source(["誤收"], id: gone), by: clerk)
        try await library.withdraw(gone, revision: 1, authority: "府授檔字第2號", by: clerk)
        var record = RecordsTests.record(1, "第1筆")
        record.document.id = SourceID(rawValue: "01HCOMPATRECORD00000000000")
        _ = try await library.addRecords(
            RecordsTests.stream([record]), of: RecordsTests.container(["第1筆"]), by: clerk)
    }

    private static func verify(_ library: Library) async throws {
        let viewer = ArchiveFixture.viewer
        #expect(library.configuration.name == "相容")
        let source = try await library.source(letter, viewer: viewer)
        #expect(source.document.title == "函（更正）" && source.document.facts["code"] == "府授字第1號")
        #expect(source.document.text == "請資訊局辦理。\n備查。\n" && source.document.passages.count == 2)
        #expect(source.document.passages[0].locator == Locator(page: 1, box: [1, 2, 3.5, 4]))
        #expect(source.revision == 2 && source.document.isPartitioned)
        let stored = try await library.draft(draft, viewer: viewer)
        #expect(stored.isLocked && stored.verified.draft.claims.map(\.text) == ["請資訊局辦理。"])
        let items = try await library.trackedItems(series: SeriesID(rawValue: "chiefs"), viewer: viewer)
        #expect(items.map(\.reference) == ["9-1"] && items[0].state == .open && items[0].addressees == ["資訊局"])
        #expect(
            try await library.source(external: "r1", collection: "csl", viewer: viewer)?.rawValue
                == "01HCOMPATRECORD00000000000")
        #expect(try await library.tombstones(viewer: ArchiveFixture.all).map(\.id) == [gone.rawValue])
        #expect(try await library.roster().agencies.map(\.id) == ["it"])
        #expect(try await library.meetings(of: minutes, viewer: viewer).map(\.ordinal) == [9])
        #expect(try await library.list(viewer: viewer).items.count == 3)
    }
}

/// A database as SQL text: tables, indexes and rows in an order that does not change from run to run.
enum DatabaseDump {
    static func text(_ db: Database) throws -> String {
        var lines: [String] = []
        for pragma in ["application_id", "user_version"] {
            let value = try Int.fetchOne(db, sql: "PRAGMA \(pragma)") ?? 0
            lines.append("PRAGMA \(pragma) = \(value);")
        }
        let objects = try Row.fetchAll(
            db,
            sql: """
                SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'grdb_%'
                ORDER BY type = 'index', name
                """)
        for object in objects { lines.append("\(object["sql"] as String);") }
        for object in objects where object["type"] == "table" { lines += try rows(of: object["name"], db) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func rows(of table: String, _ db: Database) throws -> [String] {
        let columns = try db.columns(in: table).map { "quote(\"\($0.name)\")" }.joined(separator: " || ', ' || ")
        return try String.fetchAll(db, sql: "SELECT \(columns) FROM \"\(table)\" ORDER BY 1")
            .map { "INSERT INTO \"\(table)\" VALUES (\($0));" }
    }
}
