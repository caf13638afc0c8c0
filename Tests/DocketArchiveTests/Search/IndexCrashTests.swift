import DocketCore
import DocketTestSupport
import Foundation
import GRDB
import Testing

@testable import DocketArchive

/// Changes, folds and merges in processes that are killed; each state that is left equals a look through all documents.
@Suite struct IndexCrashTests {
    private static let policy = IndexMaintenance.Policy(
        foldAt: 8, mergeFactor: 2, largeMergeFactor: 2, largest: 10_000, deadShare: 0.2, leaseSeconds: 0)

    /// Change `number` of a run; follows from the numbers alone.
    static func change(_ number: Int, seed: UInt64) -> IndexChange {
        var generator = SearchGenerator(seed: seed &* 1_000 &+ UInt64(number))
        let document = generator.document(Int.random(in: 0..<90, using: &generator.generator), revision: number)
        return Int.random(in: 0..<5, using: &generator.generator) == 0
            ? .remove(document.id, source: document.source) : .put(document)
    }

    /// Goes on with the run of `seed` until the process is killed.
    static func run(_ path: String, seed: UInt64) throws {
        let writer = try DatabasePool(path: path)
        while true {
            try writer.write { db in
                let done: Int = try db.value("SELECT done FROM progress") ?? 0
                try IndexWriter().apply([change(done, seed: seed)], db)
                try db.run("UPDATE progress SET done = done + 1")
            }
            try IndexMaintenance(policy: policy).run(writer)
        }
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `a process killed at any moment leaves an index that is right`(seed: UInt64) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-crash-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appending(path: "index.sqlite")
        var fixture = try SearchFixture(at: url)
        try await fixture.writer.write {
            try $0.execute(sql: "CREATE TABLE progress (done INTEGER); INSERT INTO progress VALUES (0)")
        }
        var (done, kills, generator) = (0, 0, SearchGenerator(seed: seed))
        // A busy machine may kill a process before it has begun.
        while kills < 3 || (done <= 3 && kills < 20) {
            kills += 1
            let delay = UInt32.random(in: 50_000...700_000, using: &generator.generator)
            let path = url.path
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, seed = seed as UInt64, delay = delay as UInt32] in
                Thread.detachNewThread {
                    usleep(delay)
                    kill(getpid(), SIGKILL)
                }
                try IndexCrashTests.run(path, seed: seed)
            }
            let made = try await fixture.writer.read { try Int.fetchOne($0, sql: "SELECT done FROM progress") ?? 0 }
            for number in done..<made { fixture.oracle.apply(Self.change(number, seed: seed)) }
            done = made
            for _ in 0..<15 {
                let difference = try await fixture.difference(generator.query())
                #expect(difference == nil, "seed \(seed), \(done) changes")
            }
        }
        #expect(done > 3)
        try fixture.upkeep(Self.policy, isForced: true)
        let left = try await fixture.writer.read { db in
            try (SegmentStore(part: 0, db: db).segments(.building) + SegmentStore(part: 0, db: db).segments(.dropped))
                .count
        }
        #expect(left == 0, "upkeep clears what a killed merge left")
        let difference = try await fixture.difference("會議")
        #expect(difference == nil)
    }

    @Test func `a merge is gone on with a step at a time, and what dies meanwhile stays dead`() async throws {
        var (fixture, generator) = (try SearchFixture(), SearchGenerator(seed: 9))
        for round in 0..<4 {
            try fixture.apply((0..<150).map { .put(generator.document(round * 150 + $0)) })
            try fixture.fold()
        }
        var policy = IndexMaintenance.Policy(foldAt: 1_000, mergeFactor: 4, leaseSeconds: 0)
        policy.stepBytes = 1
        func states() async throws -> [String] {
            try await fixture.writer.read { db in
                try String.fetchAll(db, sql: "SELECT state FROM segment ORDER BY id")
            }
        }
        var (calls, seen) = (0, Set<String>())
        while try await states().contains("live"), try await states() != ["live"] {
            try fixture.upkeep(policy, within: .zero)
            seen.formUnion(try await states())
            calls += 1
            if calls % 3 == 0 {
                let document = generator.document(calls)
                try fixture.apply([.remove(document.id, source: document.source)])
            }
            let difference = try await fixture.difference(generator.query())
            #expect(difference == nil, "after \(calls) calls")
            try #require(calls < 10_000)
        }
        #expect(calls > 3 && seen.isSuperset(of: ["building", "written", "dropped", "live"]))
        for _ in 0..<30 {
            let difference = try await fixture.difference(generator.query())
            #expect(difference == nil)
        }
    }

    @Test func `a merge that lost its lease stops`() async throws {
        var (fixture, generator) = (try SearchFixture(), SearchGenerator(seed: 4))
        for _ in 0..<4 {
            try fixture.apply((0..<20).map { .put(generator.document($0)) })
            try fixture.fold()
        }
        try await fixture.writer.write { db in
            try db.execute(
                sql: "UPDATE indexPart SET owner = 'another', epoch = 7, leaseUntil = unixepoch('now') + 3600")
        }
        try fixture.upkeep(Self.policy)
        let segments = try await fixture.writer.read { try SegmentStore(part: 0, db: $0).segments().count }
        #expect(segments == 4, "who has no lease merges nothing")
    }
}
