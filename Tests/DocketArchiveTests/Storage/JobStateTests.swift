import DocketCore
import DocketTestSupport
import Foundation
import GRDB
import Testing

@testable import DocketArchive

/// What people order, what silent engines do to a queue, and what is left of workers that end.
@Suite struct JobStateTests {
    private static let (one, two) = (Actor("worker:1"), Actor("worker:2"))
    private static let silent = LocalizedText(zhHant: "連不上", en: "cannot be reached")
    private static let viewer = ArchiveFixture.viewer

    private static func enqueue(_ library: Library, _ count: Int, engine: String = "e") async throws -> [JobID] {
        let jobs = (0..<count).map { NewJob(kind: "draft", payload: Data([UInt8($0)]), engine: engine) }
        return try await library.enqueue(jobs, titled: nil, by: ArchiveFixture.clerk).jobs.map(\.id)
    }

    private static func claim(_ library: Library, _ count: Int = 1, by actor: Actor = one) async throws -> [LeasedJob] {
        try await library.claim(count, kinds: ["draft"], engines: ["e"], lease: .seconds(60), by: actor)
    }

    // MARK: - Orders

    @Test(arguments: JobState.allCases)
    func `an order applies to the states it is for and is refused elsewhere`(state: JobState) async throws {
        let orders: [(JobOrder, JobState)] = [
            (.pause, .paused), (.resume, .waiting), (.cancel, .cancelled), (.retry, .waiting), (.priority(4), state),
        ]
        for (order, result) in orders {
            try await ArchiveFixture.withLibrary { library async throws in
                let id = try await Self.enqueue(library, 1)[0]
                try await library.tamper("UPDATE job SET state = '\(state.rawValue)', failures = 2, attempts = 3")
                guard order.states.contains(state) else {
                    await #expect(throws: ArchiveError.self) {
                        try await library.order(order, [id.rawValue], viewer: Self.viewer, by: ArchiveFixture.clerk)
                    }
                    #expect(try await library.order(order, nil, viewer: Self.viewer, by: ArchiveFixture.clerk) == [])
                    return
                }
                let done = try await library.order(order, nil, viewer: Self.viewer, by: ArchiveFixture.clerk)
                let job = try await library.job(id, viewer: Self.viewer)
                #expect(done == [id] && job.state == result)
                #expect(job.failures == (order == .retry ? 0 : 2))
                #expect(job.priority == (order == .priority(4) ? 4 : 0))
            }
        }
    }

    @Test func `a worker whose job is paused holds it no more, also when it is resumed at once`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            _ = try await Self.enqueue(library, 1)
            let job = try await Self.claim(library)[0]
            _ = try await library.order(.pause, [job.id.rawValue], viewer: Self.viewer, by: ArchiveFixture.clerk)
            #expect(try await Self.claim(library).isEmpty)
            _ = try await library.order(.resume, [job.id.rawValue], viewer: Self.viewer, by: ArchiveFixture.clerk)
            let again = try await Self.claim(library, by: Self.two)
            #expect(again.map(\.id) == [job.id])
            let renewal = [JobRenewal(job, JobProgress())]
            #expect(try await library.renew(renewal, lease: .seconds(60), by: Self.one) == [job.id])
            await #expect(throws: ArchiveError.refused(.leaseLost(job: "job:\(job.id)"))) {
                try await library.finish(job, by: Self.one)
            }
            try await library.finish(again[0], by: Self.two)
        }
    }

    // MARK: - Engines that do not answer

    @Test func `an engine that does not answer parks all its jobs, one tries again, and its success frees all`()
        async throws
    {
        let time = TestClock()
        var options = Library.Options()
        options.clock = time.clock
        try await ArchiveFixture.withLibrary(options: options) { library async throws in
            let ids = try await Self.enqueue(library, 4)
            _ = try await Self.enqueue(library, 1, engine: "other")
            let running = try await Self.claim(library, 2)
            let pause = ParkPause(first: .seconds(10), longest: .seconds(25))
            func park(_ job: LeasedJob, asked: Duration? = nil) async throws -> Duration {
                try await library.park(job, because: Self.silent, retryAfter: asked, pause: pause, by: Self.one)
            }
            #expect(try await park(running[0]) == .seconds(10))
            // The second that runs into the same wall neither counts nor waits longer.
            time.advance(by: 4)
            #expect(try await park(running[1]) == .seconds(6))
            #expect(try await library.jobCounts(viewer: Self.viewer) == [.parked: 4, .waiting: 1])
            let job = try await library.job(ids[0], viewer: Self.viewer)
            #expect(job.error == Self.silent && job.attempts == 0 && job.nextTry != nil)
            let outlook = try await library.jobOutlook(kinds: ["draft"], engines: ["e"])
            #expect(outlook == JobOutlook(waiting: 0, leased: 0, parked: 4, nextTry: .seconds(6), reason: Self.silent))
            #expect(try await Self.claim(library, 9).isEmpty)
            // What is added meanwhile is parked too.
            let later = try await library.enqueue(
                [NewJob(kind: "draft", payload: Data("later".utf8), engine: "e")], titled: nil, by: ArchiveFixture.clerk
            )
            #expect(try await library.job(later.jobs[0].id, viewer: Self.viewer).state == .parked)
            for expected in [20, 25, 25] {
                time.advance(by: 30)
                let probes = try await Self.claim(library, 9)
                #expect(probes.map(\.id) == [ids[0]] && probes[0].isProbe)
                #expect(try await Self.claim(library, 9, by: Self.two).isEmpty)
                #expect(try await park(probes[0]) == .seconds(expected))
            }
            time.advance(by: 30)
            let probe = try await Self.claim(library, 9)
            try await library.finish(probe[0], by: Self.one)
            #expect(try await library.jobCounts(viewer: Self.viewer) == [.done: 1, .waiting: 5])
            #expect(try await Self.claim(library, 9).allSatisfy { !$0.isProbe && $0.engine == "e" })
            #expect(try await library.job(ids[1], viewer: Self.viewer).error == nil)
        }
    }

    @Test func `an engine is left alone as long as it asks, up to the longest pause`() {
        let pause = ParkPause(first: .seconds(5), longest: .seconds(60))
        #expect(
            [1, 2, 3, 4, 5, 90].map { pause.pause(after: $0, asked: nil) }
                == [5, 10, 20, 40, 60, 60].map { .seconds($0) })
        #expect(pause.pause(after: 1, asked: .seconds(30)) == .seconds(30))
        #expect(pause.pause(after: 1, asked: .seconds(3000)) == .seconds(60))
    }

    // MARK: - Workers

    @Test func `the jobs of a process that was killed wait again before their leases end`() async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            let url = folder.appending(path: "library")
            let library = try await Library.create(at: url, by: ArchiveFixture.clerk)
            let ids = try await Self.enqueue(library, 6)
            let alive = try await library.makeWorker(by: ArchiveFixture.clerk)
            let mine = try await Self.claim(library, 2, by: alive.actor)
            let stranger = try await Self.claim(library, 1, by: Actor("worker:stranger"))
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = url.path as String] in
                let library = try await Library.open(at: URL(filePath: path), mode: .write)
                let worker = try await library.makeWorker(by: .commandLine("x"))
                _ = try await library.claim(
                    2, kinds: ["draft"], engines: ["e"], lease: .seconds(3600), by: worker.actor)
                kill(getpid(), SIGKILL)
            }
            #expect(try await library.jobCounts(viewer: Self.viewer) == [.leased: 5, .waiting: 1])
            #expect(try await library.releaseJobsOfLostWorkers(by: alive.actor) == 2)
            #expect(try await library.releaseJobsOfLostWorkers(by: alive.actor) == 0)
            let waiting = try await library.jobs(JobFilter(states: [.waiting]), viewer: Self.viewer).items
            #expect(waiting.map(\.id) == [ids[5], ids[4], ids[3]] && waiting.allSatisfy { $0.attempts == 0 })
            #expect(mine.map(\.id) == [ids[0], ids[1]] && stranger.map(\.id) == [ids[2]])
            let files = try FileManager.default.contentsOfDirectory(atPath: url.appending(path: "workers").path)
            #expect(files.count == 1)
            withExtendedLifetime(alive) {}
        }
    }

    @Test func `files of workers that ended without a job are removed later, those of living ones stay`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let worker = try await library.makeWorker(by: ArchiveFixture.clerk)
            let folder = library.url.appending(path: "workers")
            func names() throws -> Set<String> {
                Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
            }
            let own = try names()
            let (old, young) = (ULID().string, ULID().string)
            for name in [old, young, "notes"] { try Data().write(to: folder.appending(path: name)) }
            for name in [old, "notes"] + own {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -3600)],
                    ofItemAtPath: folder.appending(path: name).path)
            }
            _ = try await library.releaseJobsOfLostWorkers(by: worker.actor)
            #expect(try names() == own.union([young, "notes"]))
        }
    }

    // MARK: - Earlier libraries

    @Test func `jobs of the first release are shown, claimed and finished`() async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            let dump = ReferenceData.packageRoot.appending(path: "Tests/Fixtures/DocketArchive/library-1.sql")
            let queue = try DatabaseQueue(path: folder.appending(path: "docket.sqlite").path)
            try await queue.writeWithoutTransaction { db in
                try db.execute(sql: String(contentsOf: dump, encoding: .utf8))
                for (id, state) in [("01A", "waiting"), ("01B", "failed")] {
                    try db.execute(
                        sql: """
                            INSERT INTO job (id, kind, state, priority, owner, epoch, leaseUntil, attempts, step, payload,
                                error, ts) VALUES (?, 'draft', ?, 0, '', 0, '', 0, '', x'01', '逾時', '2026-01-01')
                            """, arguments: [id, state])
                }
            }
            try queue.close()
            // Whoever only reads gets the new tables too.
            let reading = try await Library.open(at: folder, mode: .read)
            #expect(try await reading.jobCounts(viewer: Self.viewer) == [.failed: 1, .waiting: 1])
            try reading.close()
            let library = try await Library.open(at: folder, mode: .write)
            let jobs = try await library.jobs(viewer: Self.viewer).items
            #expect(jobs.map(\.state) == [.failed, .waiting])
            #expect(jobs.map(\.error) == Array(repeating: LocalizedText(zhHant: "逾時", en: "逾時"), count: 2))
            let claimed = try await Self.claim(library, 5)
            #expect(claimed.map(\.id.rawValue) == ["01A"])
            try await library.finish(claimed[0], by: Self.one)
            #expect(try await library.jobCounts(viewer: Self.viewer) == [.done: 1, .failed: 1])
            #expect(try await library.verifyAudit().firstBreak == nil)
            #expect(
                try await library.auditEvents(of: "migration:\(Migration.jobs.name)", viewer: Self.viewer).count == 1)
        }
    }
}
