import DocketCore
import Foundation
import GRDB
import Synchronization
import Testing

@testable import DocketArchive

/// Every statement names `bucket`, or stands on the short list of those that may run over all of them.
@Suite struct StatementTests {
    /// Why a statement may do without a bucket: it says so in a comment of its own.
    private static let allowed: Set<String> = [
        "fan-out: list sources", "fan-out: list drafts", "fan-out: drafts of a source",
        "fan-out: drafts citing a source",
        "fan-out: meetings of a source", "fan-out: tombstones", "fan-out: all sources in key order",
        "fan-out: saved searches", "fan-out: statistics", "fan-out: originals", "fan-out: consistency",
        "fan-out: items split by agency",
        "fan-out: entries of a source", "fan-out: entries by number", "fan-out: list entries",
        "fan-out: all entries in key order",
        "reference: series", "reference: roster", "reference: setting", "reference: migration", "reference: anchor",
        "reference: job", "reference: schema", "reference: vocabulary",
    ]

    /// Statements that are no queries of ours: SQLite's own business, and the making of tables.
    private static let ignored = [
        "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "CREATE", "-- ", "ALTER",
        "SELECT sqlite_version()",
        "DROP TABLE grdb_issue_102", "SELECT * FROM sqlite_master", "SELECT type, name, tbl_name, sql FROM",
    ]

    @Test func `every statement names bucket or stands on the short list`() async throws {
        let seen = Mutex<Set<String>>([])
        var options = Library.Options()
        options.onStatement = { sql in seen.withLock { _ = $0.insert(sql) } }
        try await ArchiveFixture.withLibrary(options: options) { library async throws in
            try await Self.useEverything(library)
        }
        let statements = seen.withLock { $0 }
        #expect(
            statements.count > 80, "the scenario must reach most of the archive, not \(statements.count) statements")
        var used: Set<String> = []
        for sql in statements where !Self.isOfSearch(sql) && !Self.ignored.contains(where: { sql.hasPrefix($0) }) {
            let reason = Self.allowed.first { sql.contains("/* \($0) */") }
            if let reason { used.insert(reason) }
            #expect(reason != nil || sql.contains("bucket"), "\(sql)")
        }
        #expect(Self.allowed.subtracting(used).isSubset(of: ["reference: schema"]), "a reason that nothing needs")
    }

    @Test func `every primary and unique key begins with bucket`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let tables = try library.rows("SELECT name FROM sqlite_master WHERE type = 'table'").map {
                $0["name"] as String
            }
            let whole: Set<String> = [
                "migration", "anchor", "job", "jobSource", "jobBatch", "jobEngine", "series", "roster", "setting",
                "vocabulary", "concept", "conceptLabel",
                "sqlite_sequence",
            ]
            for table in tables where !whole.contains(table) && !Self.indexTables.contains(table) {
                let keys = try library.rows("SELECT name, origin, \"unique\" AS u FROM pragma_index_list('\(table)')")
                    .filter { $0["u"] == 1 }.map { $0["name"] as String }
                #expect(!keys.isEmpty, "\(table)")
                for key in keys {
                    let first = try library.rows("SELECT name FROM pragma_index_info('\(key)') ORDER BY seqno").first
                    #expect(first?["name"] == "bucket", "\(table) \(key)")
                }
            }
        }
    }

    private static let indexTables = Set(IndexSchema.names)

    /// Statements of the index go by part, a range of buckets; emptying it is one for all parts.
    private static func isOfSearch(_ sql: String) -> Bool {
        indexTables.contains { table in
            sql == "DELETE FROM \(table)" || sql.hasPrefix("UPDATE indexPart SET owner = ''")
                || (sql.contains(" \(table) ") && (sql.contains("part") || sql.contains("key")))
        }
    }

    /// Calls everything that the library offers at least once.
    private static func entries(_ library: Library, describing source: SourceID) async throws {
        let (clerk, viewer) = (ArchiveFixture.clerk, ArchiveFixture.viewer)
        let number = try #require(FileNumber("113/0301/2/1/004"))
        let item = CatalogueEntry(level: .item, fileNumber: number, sources: [source])
        let stored = try #require(try await library.propose([item], by: clerk).entries.first)
        _ = try await library.decide([.edit(.subject, values: ["甲"])], on: stored.entry.id, by: clerk)
        _ = try await library.advance([stored.entry.id], to: .verified, by: clerk)
        _ = (
            try await library.entries(EntryFilter(level: .item, statuses: [.verified]), viewer: viewer),
            try await library.entry(numbered: number, viewer: viewer),
            try await library.entries(describing: source, viewer: viewer),
            try await library.revisions(of: stored.entry.id, viewer: viewer)
        )
        try await library.putSubjectModel([1], for: "a", through: "", by: clerk)
        _ = try await library.subjectModel(for: "a")
    }

    private static func useEverything(_ library: Library) async throws {
        let (clerk, viewer) = (ArchiveFixture.clerk, ArchiveFixture.viewer)
        let scoped = Viewer(clearance: .internal, scopes: ["資訊局"])
        let roster = Roster(agencies: [Roster.Agency(id: "a", officialName: "資訊局")])
        let minutes = FictionalMinutes(
            ordinal: 9, date: "2024-01-02",
            lines: [
                FictionalMinutes.open("9-1", "甲局"), FictionalMinutes.release("9-1", "甲局"),
            ])
        let added = try await library.add(minutes.source(), by: clerk)
        let meeting = try #require(added.meeting)
        let series = try #require(try await library.allSeries().first)
        _ = try await library.putRoster(roster, named: "agencies", by: clerk)
        _ = (
            try await library.roster(named: "agencies"), try await library.rosterVersions(), try await library.roster()
        )
        try await vocabularies(library)
        try await entries(library, describing: added.id)
        _ = try await library.trackedItems(series: series.id, viewer: scoped)
        _ = try await library.trackingFindings(of: added.id, viewer: viewer)

        let source = DraftReviewTests.source  // its first passage is cited by the drafts
        let id = try await library.add(source, by: clerk).id
        try await library.link(id, to: meeting, by: clerk)
        _ = try await library.link(id, to: MeetingReference(series: .id(series.id), ordinal: 10), by: clerk)
        _ = try await library.link(id, to: MeetingReference(series: nil, date: "2024-02-03"), by: clerk)
        _ = (
            try await library.meeting(meeting, viewer: scoped),
            try await library.meetings(of: series.id, viewer: viewer),
            try await library.meetings(of: id, viewer: viewer)
        )
        try await library.unlink(id, from: meeting, reason: "x", by: clerk)
        try await review(library, id, source)
        _ = try await library.set(
            [
                .title("新"), .kind(.letter), .fact("agency", "資訊局"), .fact("series", series.name),
                .fact("ordinal", "11"),
            ],
            on: id, revision: 1, by: clerk)
        var next = ArchiveFixture.source(["請資訊局辦理。", "二"], id: id)
        next.document.version = 2
        _ = try await library.addVersion(
            NewVersion(document: next.document, original: next.original), revision: 2, reason: "x", by: clerk)
        try await library.remake(id, structure: DocumentStructure(), segments: [], revision: 3, by: clerk)
        for filter in [
            SourceFilter(),
            SourceFilter(kinds: [.letter], series: series.id, agency: "資訊局", from: "2020", through: "2030"),
            SourceFilter(kinds: [.letter, .minutes], titleContains: "新", meeting: meeting),
        ] {
            let page = try await library.list(filter, limit: 1, viewer: scoped)
            _ = try await library.list(filter, page: page.next, viewer: viewer)
        }
        _ = (try await library.revisions(of: id, viewer: viewer), try await library.original(of: id, viewer: viewer))
        try await records(library)
        try await upkeep(library, id)
        try await savedSearches(library)
        try await library.withdraw(id, revision: 3, authority: "x", drafts: .all, by: clerk)
        _ = (try await library.tombstones(viewer: ArchiveFixture.all), try await library.check(fixity: true))
    }

    private static func review(_ library: Library, _ id: SourceID, _ source: NewSource) async throws {
        let (clerk, viewer) = (ArchiveFixture.clerk, ArchiveFixture.viewer)
        let one = try DraftReviewTests.draft(of: source)
        let two = try DraftReviewTests.draft(of: source)
        for draft in [one, two] { try await library.store(draft, by: Actor("system")) }
        _ = try await library.edit(one.draft.id, to: one, revision: 1, by: clerk)
        _ = try await library.review(one.draft.id, revision: 2, by: clerk)
        _ = try await library.approve(one.draft.id, revision: 3, by: clerk)
        _ = try await library.reject(two.draft.id, revision: 1, reason: "x", by: clerk)
        try await library.withdraw(two.draft.id, revision: 2, authority: "x", by: clerk)
        let page = try await library.drafts(of: id, state: .approved, viewer: viewer)
        _ = (
            try await library.drafts(page: page.next, viewer: viewer),
            try await library.draft(one.draft.id, viewer: viewer)
        )
        _ = try await library.revisions(of: one.draft.id, viewer: viewer)
        _ = try await library.drafts(citing: source.document.span(0..<3), viewer: viewer)
    }

    private static func records(_ library: Library) async throws {
        for (file, text) in [("a", "一"), ("b", "二")] {
            _ = try await library.addRecords(
                RecordsTests.stream([RecordsTests.record(1, text), RecordsTests.record(2, text, external: "r1")]),
                of: RecordsTests.container([file]), by: ArchiveFixture.clerk)
        }
        let id = try await library.source(external: "r1", collection: "csl", viewer: ArchiveFixture.viewer)
        _ = try await library.source(try #require(id), version: 1, viewer: ArchiveFixture.viewer)
        _ = try await library.storedLines(ofContainer: SHA256Digest(of: "x"), collection: "csl")
    }

    private static func vocabularies(_ library: Library) async throws {
        for text in ["甲", "乙"] {
            let concept = Vocabulary.Concept(uri: "x:a", labels: [Vocabulary.Label(.preferred, text)])
            let vocabulary = try Vocabulary(
                id: .make(), name: "x", title: "x", languages: [""], sourceDigest: SHA256Digest(of: "x"),
                concepts: [concept])
            _ = try await library.putVocabulary(vocabulary, by: ArchiveFixture.clerk)
        }
        _ = (
            try await library.vocabularies(), try await library.vocabulary("x"), try await library.synonyms(of: ["乙"])
        )
    }

    private static func savedSearches(_ library: Library) async throws {
        let (clerk, viewer) = (ArchiveFixture.clerk, ArchiveFixture.viewer)
        _ = try await library.save(SavedSearch(name: "案", words: "一"), today: nil, viewer: viewer, by: clerk)
        _ = try await library.savedSearches(viewer: viewer)
        let saved = try await library.savedSearch("案", viewer: viewer)
        try await library.remember(try await library.news(of: saved, today: nil, viewer: viewer), by: clerk)
        try await library.forget(savedSearch: "案", by: clerk)
    }

    private static func jobs(_ library: Library, _ id: SourceID) async throws {
        let (clerk, viewer) = (ArchiveFixture.clerk, ArchiveFixture.viewer)
        let new = NewJob(kind: "draft", payload: Data(), sources: [id], engine: "e")
        let receipts = try await library.enqueue([new], titled: "x", by: clerk)
        func claim() async throws -> LeasedJob {
            try #require(
                try await library.claim(1, kinds: ["draft"], engines: ["e"], lease: .seconds(60), by: clerk).first)
        }
        let first = try await claim()
        #expect(receipts.jobs.map(\.id) == [first.id])
        try await library.renew(first, step: "x", lease: .seconds(60), by: clerk)
        try await library.fail(first, error: JobStoreTests.late, by: clerk)
        try await library.release([try await claim()], by: clerk)
        _ = try await library.park(
            try await claim(), because: JobStoreTests.late, retryAfter: nil, pause: ParkPause(first: .zero), by: clerk)
        try await library.finish(try await claim(), by: clerk)
        try await library.unpark("e", by: clerk)
        _ = try await library.enqueue([new], titled: nil, by: clerk)
        _ = try await library.order(.priority(3), nil, viewer: viewer, by: clerk)
        _ = try await library.order(.pause, nil, viewer: viewer, by: clerk)
        _ = (
            try await library.jobs(viewer: viewer), try await library.jobBatches(viewer: viewer),
            try await library.jobOutlook(kinds: ["draft"], engines: ["e"]),
            try await library.releaseJobsOfLostWorkers(by: clerk)
        )
    }

    private static func upkeep(_ library: Library, _ id: SourceID) async throws {
        let clerk = ArchiveFixture.clerk
        let key = StepKey("draft", engine: SHA256Digest(of: "e"), inputs: [])
        try await library.storeStep(key, of: id, result: Data([1]), by: clerk)
        _ = (try await library.stepResult(key, of: id), try await library.textBytes(of: [id]))
        try await jobs(library, id)
        _ = try await library.reindex(by: clerk)
        _ = (
            try await library.indexState(), try await library.statistics(viewer: ArchiveFixture.all),
            try await library.maintain()
        )
        try await library.record(.view, "source:\(id)", by: clerk)
        _ = (
            try await library.auditEvents(of: "library", viewer: ArchiveFixture.all), try await library.auditHead(),
            try await library.verifyAudit()
        )
    }
}
