import DocketArchive
import DocketCore
import DocketDrafting
import DocketPipeline
import Foundation
import Synchronization
import Testing

/// Batches done by workers in this process: what is done once, what is parked, what is left when a worker stops.
@Suite struct WorkTests {
    private static let clerk = PipelineFixture.clerk
    private static let quick = WorkOptions(
        concurrency: 4, heartbeat: .milliseconds(50), poll: .milliseconds(20), patience: .seconds(20),
        pause: ParkPause(first: .milliseconds(50), longest: .milliseconds(200)))

    /// A library of `count` papers with a batch over them.
    private static func with(
        _ count: Int, _ engine: ScriptedEngine,
        _ body: (Workspace, [SourceID], [JobID]) async throws -> Void
    ) async throws {
        try await PipelineFixture.with { fixture in
            var sources: [SourceID] = []
            for number in 0..<count {
                let text = "第\(number)案：請各機關於本月底前提報辦理情形。預算執行率為百分之\(number + 10)。\n"
                sources.append(try await fixture.add(text, "\(number).txt", kind: .document).id)
            }
            let workspace = fixture.workspace.drafting(with: engine)
            let batch = try await workspace.enqueue(
                DraftOrder(.summary), of: sources, titled: "批", by: Self.clerk)
            #expect(batch.jobs.map(\.source) == sources && batch.refused.isEmpty)
            try await body(workspace, sources, batch.jobs.map(\.receipt.id))
        }
    }

    /// Each job done, with a draft of its own source that no other job has.
    private static func expectDoneOnce(_ workspace: Workspace, _ sources: [SourceID]) async throws {
        let jobs = try await workspace.library.jobs(limit: 1000, viewer: workspace.viewer).items
        #expect(jobs.count == sources.count && jobs.allSatisfy { $0.state == .done })
        let drafts = try await workspace.library.drafts(limit: 1000, viewer: workspace.viewer).items
        #expect(drafts.count == sources.count && Set(drafts.map(\.id)) == Set(jobs.compactMap(\.result)))
        #expect(Set(drafts.map(\.source)) == Set(sources))
        #expect(try await workspace.library.verifyAudit().firstBreak == nil)
    }

    @Test func `two workers share a batch, and each step of each job is done once`() async throws {
        let engine = ScriptedEngine()
        try await Self.with(20, engine) { workspace, sources, _ in
            async let one = workspace.work(Self.quick, by: Self.clerk)
            async let two = workspace.work(Self.quick, by: Self.clerk)
            let summaries = try await [one, two]
            #expect(summaries.map(\.done).reduce(0, +) == 20 && summaries.allSatisfy { $0.done > 0 })
            #expect(summaries.allSatisfy { $0.failed + $0.lost + $0.released + $0.parked == 0 })
            let record = engine.record
            #expect(record.done.count == 60 && record.done.values.allSatisfy { $0 == 1 })
            #expect(record.begun == record.done && record.most > 4 && record.most <= 8)
            try await Self.expectDoneOnce(workspace, sources)
            let job = try await workspace.library.jobs(limit: 1, viewer: workspace.viewer).items[0]
            #expect(job.progress == JobProgress(step: "第2段", stepsDone: 3, stepsTotal: 3, tokens: 30))
        }
    }

    @Test func `an engine that does not answer parks its jobs with the reason, and they go on by themselves`()
        async throws
    {
        let isDown = Mutex(true)
        let engine = ScriptedEngine { _, number, _ in
            number == 1 && isDown.withLock({ $0 }) ? .unreachable : nil
        }
        try await Self.with(12, engine) { workspace, sources, jobs in
            let events = Mutex<[String]>([])
            async let work = workspace.work(Self.quick, by: Self.clerk) { event in
                switch event {
                case .parked(let reason, _): events.withLock { $0.append(reason.en) }
                case .resumed: events.withLock { $0.append("resumed") }
                default: break
                }
            }
            var seen: StoredJob?
            while seen?.error == nil || seen?.state != .parked {
                try await Task.sleep(for: .milliseconds(5))
                seen = try await workspace.library.job(jobs[11], viewer: workspace.viewer)
            }
            #expect(seen?.error?.zhHant == "連不上" && seen?.nextTry != nil)
            try await Task.sleep(for: .milliseconds(300))
            isDown.withLock { $0 = false }
            let summary = try await work
            #expect(summary.done == 12 && summary.failed == 0 && summary.parked == 0)
            #expect(events.withLock { $0.first == "cannot be reached" && $0.last == "resumed" })
            // Step 0 of a job that was parked at step 1 is not done again.
            #expect(engine.record.done.values.allSatisfy { $0 == 1 })
            try await Self.expectDoneOnce(workspace, sources)
        }
    }

    @Test func `a worker without patience leaves parked jobs for the next, and says why`() async throws {
        let engine = ScriptedEngine { _, _, _ in .unreachable }
        try await Self.with(6, engine) { workspace, _, _ in
            var options = Self.quick
            options.patience = .zero
            let summary = try await workspace.work(options, by: Self.clerk)
            #expect(summary.done == 0 && summary.parked == 6 && summary.failed == 0)
            #expect(summary.parkedReason == ScriptedEngine.Fault.unreachable.explanation)
            #expect(try await workspace.library.jobCounts(viewer: workspace.viewer) == [.parked: 6])
        }
    }

    @Test func `a job that cannot be done fails at once with its reason, and the others go on`() async throws {
        let bad = Mutex<SourceID?>(nil)
        let engine = ScriptedEngine { source, number, _ in
            number == 2 && source == bad.withLock({ $0 }) ? .hopeless : nil
        }
        try await Self.with(5, engine) { workspace, sources, jobs in
            bad.withLock { $0 = sources[2] }
            let summary = try await workspace.work(Self.quick, by: Self.clerk)
            #expect(summary.done == 4 && summary.failed == 1)
            #expect(summary.firstFailure as? ScriptedEngine.Fault == .hopeless)
            let job = try await workspace.library.job(jobs[2], viewer: workspace.viewer)
            #expect(job.state == .failed && job.error == ScriptedEngine.Fault.hopeless.explanation)
            // Tried again by a person, it begins where it failed.
            bad.withLock { $0 = nil }
            _ = try await workspace.library.order(
                .retry, [job.id.rawValue], viewer: workspace.viewer, by: Self.clerk)
            #expect(try await workspace.work(Self.quick, by: Self.clerk).done == 1)
            #expect(engine.record.done.values.allSatisfy { $0 == 1 })
            try await Self.expectDoneOnce(workspace, sources)
        }
    }

    @Test(arguments: [1, 2])
    func `a worker that is stopped gives its jobs back, and no step that was done is done again`(
        requests: Int
    ) async throws {
        let engine = ScriptedEngine(steps: 4, latency: .milliseconds(60))
        try await Self.with(10, engine) { workspace, sources, _ in
            let stop = StopSignal()
            async let work = workspace.work(Self.quick, until: stop, by: Self.clerk)
            while engine.record.done.count < 6 { try await Task.sleep(for: .milliseconds(2)) }
            for _ in 0..<requests { stop.stop() }
            let summary = try await work
            #expect(summary.released > 0 && summary.done + summary.released <= 10)
            let counts = try await workspace.library.jobCounts(viewer: workspace.viewer)
            #expect(counts[.leased] == nil && counts[.waiting] == 10 - summary.done)
            // Asked once, it lets the steps that run come to their end.
            let cut = engine.record.begun.values.reduce(0, +) - engine.record.done.values.reduce(0, +)
            #expect(requests > 1 || cut == 0)
            let waiting = try await workspace.library.jobs(viewer: workspace.viewer).items
            #expect(waiting.filter { $0.state == .waiting }.allSatisfy { $0.attempts == 0 })
            #expect(try await workspace.work(Self.quick, by: Self.clerk).done == 10 - summary.done)
            #expect(engine.record.done.values.allSatisfy { $0 == 1 })
            try await Self.expectDoneOnce(workspace, sources)
        }
    }

    @Test func `a job that is called off while it runs leaves no draft`() async throws {
        let engine = ScriptedEngine(steps: 1, latency: .seconds(3))
        try await Self.with(2, engine) { workspace, _, jobs in
            async let work = workspace.work(Self.quick, by: Self.clerk)
            while engine.record.running < 2 { try await Task.sleep(for: .milliseconds(2)) }
            _ = try await workspace.library.order(
                .cancel, [jobs[0].rawValue], viewer: workspace.viewer, by: Self.clerk)
            let summary = try await work
            #expect(summary.done == 1 && summary.lost == 1)
            let drafts = try await workspace.library.drafts(viewer: workspace.viewer).items
            #expect(drafts.count == 1)
            #expect(try await workspace.library.jobCounts(viewer: workspace.viewer) == [.done: 1, .cancelled: 1])
        }
    }

    @Test func `a worker that watches does what is added later, until it is stopped`() async throws {
        let engine = ScriptedEngine()
        try await Self.with(1, engine) { workspace, sources, _ in
            var options = Self.quick
            options.isWatching = true
            let stop = StopSignal()
            async let work = workspace.work(options, until: stop, by: Self.clerk)
            func wait(for count: Int) async throws {
                while try await workspace.library.jobCounts(viewer: workspace.viewer)[.done] != count {
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
            try await wait(for: 1)
            _ = try await workspace.enqueue(DraftOrder(.title), of: sources, titled: "題", by: Self.clerk)
            try await wait(for: 2)
            stop.stop()
            #expect(try await work.done == 2)
        }
    }

    @Test func `a worker whose task is cancelled gives its jobs back`() async throws {
        let engine = ScriptedEngine(latency: .seconds(20))
        try await Self.with(3, engine) { workspace, _, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await workspace.work(Self.quick, by: Self.clerk) }
                while engine.record.running < 3 { try await Task.sleep(for: .milliseconds(2)) }
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.waitForAll() }
            }
            #expect(try await workspace.library.jobCounts(viewer: workspace.viewer) == [.waiting: 3])
        }
    }

    @Test func `jobs under way hold no more text together than they may`() async throws {
        let engine = ScriptedEngine(steps: 1, latency: .milliseconds(10))
        try await Self.with(8, engine) { workspace, sources, _ in
            var options = Self.quick
            options.concurrency = 8
            options.textBytes = try await workspace.library.textBytes(of: sources) / 8 * 2 + 8
            #expect(try await workspace.work(options, by: Self.clerk).done == 8)
            #expect(engine.record.mostDrafting == 2)
        }
    }

    @Test func `a draft asked for directly remembers its steps too`() async throws {
        let engine = ScriptedEngine { _, number, before in number == 2 && before == 0 ? .unreachable : nil }
        try await PipelineFixture.with { fixture in
            let id = try await fixture.add("決議：照案通過。\n", kind: .document).id
            let workspace = fixture.workspace.drafting(with: engine)
            func draft() async throws -> StoredDraft {
                try await workspace.draft(id, by: Self.clerk) { .summary(length: 100, passages: $0) }
            }
            await #expect(throws: ScriptedEngine.Fault.unreachable) { try await draft() }
            _ = try await draft()
            #expect(engine.record.begun == ["\(id) 0": 1, "\(id) 1": 1, "\(id) 2": 2])
        }
    }
}
