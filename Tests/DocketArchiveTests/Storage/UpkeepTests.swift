import DocketCore
import Foundation
import Synchronization
import Testing

@testable import DocketArchive

@Suite struct UpkeepTests {
    // MARK: - Check and statistics

    @Test func `a check finds missing, damaged and orphaned originals and half-stored rows`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let sources = ["一", "二", "三"].map { ArchiveFixture.source([$0]) }
            for source in sources { _ = try await library.add(source, by: ArchiveFixture.clerk) }
            #expect(try await library.check(fixity: true).isSound)
            let digests = sources.map(\.document.origin.sha256)
            func file(_ digest: SHA256Digest) -> URL {
                let hex = digest.hex
                return library.url.appending(
                    path: "originals/\(hex.prefix(2))/\(hex.dropFirst(2).prefix(2))/\(hex)")
            }
            try FileManager.default.removeItem(at: file(digests[0]))
            try FileManager.default.removeItem(at: file(digests[1]))
            try Data("別的".utf8).write(to: file(digests[1]))
            let orphan = try await library.blobs.put(.bytes(Data("孤兒".utf8))).digest
            try Data().write(to: library.url.appending(path: "originals/.incoming/stray"))
            try await library.tamper("DELETE FROM textVersion WHERE source = '\(sources[2].document.id)'")
            let report = try await library.check(fixity: true)
            #expect(report.missing == [digests[0]] && report.damaged == [digests[1]] && report.orphans == [orphan])
            #expect(report.strays == [".incoming/stray"])
            #expect(report.originals == 3 && report.hashed == 2)
            #expect(report.incompleteRows == ["source:\(sources[2].document.id) has no text version 1"])
            #expect(!report.isSound)
        }
    }

    @Test func `statistics count what is there`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            for kind in [SourceKind.letter, .letter, .report] {
                _ = try await library.add(
                    ArchiveFixture.source(["\(ULID().string)"], kind: kind), by: ArchiveFixture.clerk)
            }
            let minutes = FictionalMinutes(
                ordinal: 9, date: "2024-01-02", lines: [FictionalMinutes.open("9-1"), FictionalMinutes.open("9-2")])
            _ = try await library.add(minutes.source(), by: ArchiveFixture.clerk)
            let gone = try await library.add(ArchiveFixture.source(["撤"]), by: ArchiveFixture.clerk).id
            try await library.withdraw(gone, revision: 1, authority: "令", by: ArchiveFixture.clerk)
            let statistics = try await library.statistics(viewer: ArchiveFixture.all)
            #expect(statistics.sources == ["letter": 2, "report": 1, "minutes": 1])
            #expect(statistics.withdrawn == 1 && statistics.items == ["open": 2])
            #expect(statistics.meetings == 1 && statistics.series == 1)
            #expect(statistics.auditEvents == 8)
            #expect(statistics.schemaVersion == 1 && statistics.waitingMigrations.isEmpty)
            #expect(statistics.databaseBytes > 50_000 && statistics.sqliteVersion.hasPrefix("3."))
        }
    }

    // MARK: - Reindex

    @Test func `a reindex that was cut short says so and goes on where it stopped`() async throws {
        struct Cut: Error {}
        let calls = Mutex(0)
        let fails = Mutex(false)
        var options = TableIndex().options()
        let maker = options.indexMaker
        options.indexMaker = { source in
            let count = calls.withLock {
                $0 += 1; return $0
            }
            if fails.withLock({ $0 }), count > 5 { throw Cut() }
            return try maker(source)
        }
        try await ArchiveFixture.withLibrary(options: options) { library async throws in
            var titles: [String] = []
            for number in 0..<12 {
                titles.append("t\(number)")
                _ = try await library.add(
                    ArchiveFixture.source(["\(number)"], title: "t\(number)"), by: ArchiveFixture.clerk)
            }
            #expect(try await library.indexState() == .complete)
            calls.withLock { $0 = 0 }
            fails.withLock { $0 = true }
            await #expect(throws: Cut.self) { try await library.reindex(batch: 4, by: ArchiveFixture.clerk) }
            #expect(try await library.indexState() == .rebuilding(done: 4))
            #expect(try TableIndex.titles(library).count == 4)
            fails.withLock { $0 = false }
            calls.withLock { $0 = 0 }
            #expect(try await library.reindex(batch: 4, by: ArchiveFixture.clerk).sources == 12)
            #expect(calls.withLock { $0 } == 8)
            #expect(try TableIndex.titles(library) == titles.sorted())
            #expect(try await library.indexState() == .complete)
        }
    }

    @Test func `a reindex goes by the bytes of its texts and remakes what is derived on the way`() async throws {
        try await ArchiveFixture.withLibrary(options: TableIndex().options()) { library async throws in
            for number in 0..<5 {
                _ = try await library.add(
                    ArchiveFixture.source(["\(number)"], title: "t\(number)"), by: ArchiveFixture.clerk)
            }
            let steps = Mutex<[Int]>([])
            let finding = Finding(
                rule: "TXT-08", severity: .information, place: Finding.Place(),
                message: LocalizedText(zhHant: "一", en: "one"), remedy: LocalizedText(zhHant: "", en: ""))
            let outcome = try await library.reindex(
                pageBytes: 1, by: ArchiveFixture.clerk,
                remake: { stored in
                    let isNew = stored.document.title == "t3"
                    return (isNew ? DocumentStructure(findings: [finding]) : stored.structure, stored.segments)
                },
                progress: { done in steps.withLock { $0.append(done) } })
            #expect(steps.withLock { $0 } == [1, 2, 3, 4, 5])
            #expect(outcome == ReindexOutcome(sources: 5, documents: 5))
            for summary in try await library.list(viewer: ArchiveFixture.viewer).items {
                let stored = try await library.source(summary.id, viewer: ArchiveFixture.viewer)
                #expect(stored.structure.findings.isEmpty == (summary.title != "t3"))
            }
        }
    }

    @Test func `a structure remade on the way moves the ledger and what is indexed of sources already passed`()
        async throws
    {
        var options = TableIndex().options()
        options.indexMaker = { source in
            [
                IndexDocument(
                    id: source.document.id.rawValue, kind: .conclusion, source: source.document.id,
                    title: source.openedItems.map { "\($0.reference) \($0.standing.rawValue)" }.joined())
            ]
        }
        try await ArchiveFixture.withLibrary(options: options) { library async throws in
            let opened = FictionalMinutes(ordinal: 9, date: "2024-01-02", lines: [FictionalMinutes.open("9-1")])
            let released = FictionalMinutes(ordinal: 10, date: "2024-02-06", lines: [FictionalMinutes.release("9-1")])
            // Names whose rows come in this order.
            let names = (0..<20).map { SourceID(rawValue: "S\($0)") }.sorted {
                RoutingKey($0).bucket < RoutingKey($1).bucket
            }
            _ = try await library.add(opened.source(id: names[0]), by: ArchiveFixture.clerk)
            var later = released.source(id: names[19])
            let structure = later.structure
            later.structure.minutes?.trackingActions = []
            _ = try await library.add(later, by: ArchiveFixture.clerk)
            #expect(try TableIndex.titles(library) == ["", "9-1 open"])
            _ = try await library.reindex(
                batch: 1, by: ArchiveFixture.clerk,
                remake: { ($0.document.id == names[19] ? structure : $0.structure, $0.segments) })
            #expect(try TableIndex.titles(library) == ["", "9-1 released"])
        }
    }

    @Test func `counts, tombstones and events tell a viewer of what they may see alone`() async throws {
        try await ArchiveFixture.withLibrary(LibraryConfiguration(ceiling: .secret)) { library async throws in
            for level in [Classification.internal, .secret] {
                let id = try await library.add(
                    ArchiveFixture.source([level.rawValue], classification: level), by: ArchiveFixture.clerk
                ).id
                try await library.withdraw(id, revision: 1, authority: level.rawValue, by: ArchiveFixture.clerk)
                _ = try await library.add(
                    ArchiveFixture.source(["\(level) again"], classification: level), by: ArchiveFixture.clerk)
            }
            let (low, high) = (ArchiveFixture.viewer, ArchiveFixture.all)
            #expect(try await library.tombstones(viewer: low).map(\.authority) == ["internal"])
            let stones = try await library.tombstones(viewer: high)
            #expect(Set(stones.map(\.authority)) == ["internal", "secret"])
            let secret = try #require(stones.first { $0.authority == "secret" })
            #expect(try await library.tombstone(of: secret.id, viewer: low) == nil)
            #expect(try await library.tombstone(of: secret.id, viewer: high) == secret)
            #expect(try await library.statistics(viewer: low).sources == ["document": 1])
            #expect(try await library.statistics(viewer: low).withdrawn == 1)
            #expect(try await library.statistics(viewer: high).sources == ["document": 2])
            #expect(try await library.auditEvents(viewer: low).count == 4)
            #expect(try await library.auditEvents(viewer: high).count == 7)
            #expect(try await library.auditEvents(of: "source:\(secret.id)", viewer: low).isEmpty)
        }
    }

    // MARK: - Steps

    @Test func `a step's result is kept by what did it and all that it read`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let id = try await library.add(ArchiveFixture.source(), by: ArchiveFixture.clerk).id
            let (engine, input) = (SHA256Digest(of: "engine"), SHA256Digest(of: "input"))
            let key = StepKey("draft.minutes", engine: engine, inputs: [input])
            #expect(try await library.stepResult(key, of: id) == nil)
            try await library.storeStep(key, of: id, result: Data("結果".utf8), by: Actor("system"))
            try await library.storeStep(key, of: id, result: Data("另一".utf8), by: Actor("system"))
            #expect(try await library.stepResult(key, of: id) == Data("結果".utf8))
            for other in [
                StepKey("draft.summary", engine: engine, inputs: [input]),
                StepKey("draft.minutes", engine: input, inputs: [engine]),
                StepKey("draft.minutes", engine: engine, inputs: [input, input]),
            ] { #expect(try await library.stepResult(other, of: id) == nil) }
            #expect(
                try await library.auditEvents(viewer: ArchiveFixture.all).filter { $0.action == "step.store" }.count
                    == 1)
        }
    }

    // MARK: - Keys

    @Test func `a bucket is the first byte of the digest of the name`() {
        for name in ["", "01J", "主任秘書會報"] {
            #expect(RoutingKey(name).bucket == SHA256Digest(of: name).firstByte)
        }
        let buckets = Set((0..<5000).map { RoutingKey("source \($0)").bucket })
        #expect(buckets.count == 256)
    }
}
