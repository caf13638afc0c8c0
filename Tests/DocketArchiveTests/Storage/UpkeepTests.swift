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
            let statistics = try await library.statistics()
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
            #expect(try await library.reindex(batch: 4, by: ArchiveFixture.clerk) == 12)
            #expect(calls.withLock { $0 } == 8)
            #expect(try TableIndex.titles(library) == titles.sorted())
            #expect(try await library.indexState() == .complete)
        }
    }

    // MARK: - Steps and jobs

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
            #expect(try await library.auditEvents().filter { $0.action == "step.store" }.count == 1)
        }
    }

    @Test func `a job whose owner falls silent goes to another, and the late owner cannot finish it`() async throws {
        let time = TestClock()
        var options = Library.Options()
        options.clock = time.clock
        try await ArchiveFixture.withLibrary(options: options) { library async throws in
            let low = try await library.enqueue("draft", payload: Data("低".utf8), priority: 0, by: ArchiveFixture.clerk)
            let high = try await library.enqueue(
                "draft", payload: Data("高".utf8), priority: 5, by: ArchiveFixture.clerk)
            _ = try await library.enqueue("speech", payload: Data(), by: ArchiveFixture.clerk)
            let (one, two) = (Actor("worker:1"), Actor("worker:2"))
            let first = try await library.claim(1, kinds: ["draft"], lease: .seconds(60), by: one)
            #expect(first.map(\.id) == [high] && first[0].payload == Data("高".utf8) && first[0].epoch == 1)
            #expect(try await library.claim(5, kinds: ["draft"], lease: .seconds(60), by: two).map(\.id) == [low])
            time.advance(by: 30)
            try await library.renew(first[0], step: "segment", lease: .seconds(60), by: one)
            time.advance(by: 45)
            #expect(try await library.claim(5, kinds: ["draft"], lease: .seconds(60), by: two).map(\.id) == [low])
            time.advance(by: 30)
            let taken = try await library.claim(5, kinds: ["draft"], lease: .seconds(60), by: two)
            #expect(taken.map(\.id) == [high] && taken[0].epoch == 2 && taken[0].step == "segment")
            await #expect(throws: ArchiveError.refused(.leaseLost(job: "job:\(high)"))) {
                try await library.finish(first[0], by: one)
            }
            try await library.finish(taken[0], by: two)
            #expect(try await library.statistics().jobs == ["done": 1, "leased": 1, "waiting": 1])
        }
    }

    @Test func `a job that fails is tried again so many times and no more`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let id = try await library.enqueue("draft", payload: Data(), by: ArchiveFixture.clerk)
            for attempt in 1...3 {
                let job = try #require(
                    try await library.claim(1, kinds: ["draft"], lease: .seconds(60), by: Actor("worker:1")).first)
                #expect(job.id == id && job.attempts == attempt)
                try await library.fail(job, error: "逾時", attempts: 3, by: Actor("worker:1"))
            }
            #expect(try await library.claim(1, kinds: ["draft"], lease: .seconds(60), by: Actor("worker:1")).isEmpty)
            #expect(try await library.statistics().jobs == ["failed": 1])
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
