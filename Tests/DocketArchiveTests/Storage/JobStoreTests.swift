import DocketCore
import Foundation
import GRDB
import Testing

@testable import DocketArchive

/// The queue: who gets which job, and how it ends.
@Suite struct JobStoreTests {
    static let late = LocalizedText(zhHant: "逾時", en: "too late")
    static let (one, two) = (Actor("worker:1"), Actor("worker:2"))

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
            #expect(
                try await library.statistics(viewer: ArchiveFixture.all).jobs == ["done": 1, "leased": 1, "waiting": 1])
        }
    }

    @Test func `a job that fails is tried again so many times and no more`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let id = try await library.enqueue("draft", payload: Data(), by: ArchiveFixture.clerk)
            for attempt in 1...3 {
                let job = try #require(
                    try await library.claim(1, kinds: ["draft"], lease: .seconds(60), by: Actor("worker:1")).first)
                #expect(job.id == id && job.attempts == attempt)
                let state = try await library.fail(job, error: Self.late, attempts: 3, by: Actor("worker:1"))
                #expect(state == (attempt < 3 ? .waiting : .failed))
            }
            #expect(try await library.claim(1, kinds: ["draft"], lease: .seconds(60), by: Actor("worker:1")).isEmpty)
            #expect(try await library.statistics(viewer: ArchiveFixture.all).jobs == ["failed": 1])
        }
    }

    @Test func `jobs are claimed by priority and then in the order they were asked for`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let jobs = (0..<50).map { NewJob(kind: "draft", payload: Data("\($0)".utf8), priority: $0 == 31 ? 2 : 0) }
            let ids = try await library.enqueue(jobs, titled: "九月", by: ArchiveFixture.clerk).jobs.map(\.id)
            let expected = [ids[31]] + ids[..<31] + ids[32...]
            var claimed: [JobID] = []
            while case let next = try await library.claim(7, kinds: ["draft"], lease: .seconds(60), by: Self.one),
                !next.isEmpty
            { claimed += next.map(\.id) }
            #expect(claimed == expected)
        }
    }

    @Test func `the same work is queued once while it is open, and again after its end`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let id = try await library.add(ArchiveFixture.source(), by: ArchiveFixture.clerk).id
            let job = NewJob(kind: "draft", payload: Data("x".utf8), sources: [id], engine: "e")
            var other = job
            other.engine = "f"
            let first = try await library.enqueue([job, job, other], titled: "一", by: ArchiveFixture.clerk)
            #expect(first.jobs.map(\.isNew) == [true, false, true] && first.jobs[0].id == first.jobs[1].id)
            let again = try await library.enqueue([job], titled: "二", by: ArchiveFixture.clerk)
            #expect(again.batch == nil && again.jobs == [.init(id: first.jobs[0].id, isNew: false)])
            let leased = try await library.claim(
                1, kinds: ["draft"], engines: ["e"], lease: .seconds(60), by: Self.one)
            #expect(try await library.enqueue([job], titled: nil, by: ArchiveFixture.clerk).jobs[0].isNew == false)
            try await library.finish(leased[0], by: Self.one)
            #expect(try await library.enqueue([job], titled: nil, by: ArchiveFixture.clerk).jobs[0].isNew)
            let batches = try await library.jobBatches(viewer: ArchiveFixture.viewer)
            #expect(batches.map(\.title) == ["一"] && batches[0].counts == [.done: 1, .waiting: 1])
        }
    }

    @Test func `a batch with a source that is not there adds nothing`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let id = try await library.add(ArchiveFixture.source(), by: ArchiveFixture.clerk).id
            let jobs = [id, SourceID(rawValue: "none")].map { NewJob(kind: "draft", payload: Data(), sources: [$0]) }
            await #expect(throws: ArchiveError.notFound("source:none")) {
                try await library.enqueue(jobs, titled: "x", by: ArchiveFixture.clerk)
            }
            #expect(try await library.jobCounts(viewer: ArchiveFixture.all).isEmpty)
            #expect(try await library.jobBatches(viewer: ArchiveFixture.all).isEmpty)
        }
    }

    @Test func `a draft is stored with the end of its job or not at all`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let source = DraftReviewTests.source
            let id = try await library.add(source, by: ArchiveFixture.clerk).id
            let receipts = try await library.enqueue(
                [NewJob(kind: "draft", payload: Data(), sources: [id])], titled: nil, by: .commandLine("lin"))
            let old = try await library.claim(1, kinds: ["draft"], lease: .zero, by: Self.one)
            let new = try await library.claim(1, kinds: ["draft"], lease: .seconds(60), by: Self.two)
            #expect(old.map(\.id) == new.map(\.id))
            let (lost, kept) = (try DraftReviewTests.draft(of: source), try DraftReviewTests.draft(of: source))
            await #expect(throws: ArchiveError.refused(.leaseLost(job: "job:\(old[0].id)"))) {
                try await library.finish(old[0], storing: lost, progress: nil, by: Self.one)
            }
            #expect(try await library.drafts(viewer: ArchiveFixture.viewer).items.isEmpty)
            let progress = JobProgress(step: "二", stepsDone: 2, stepsTotal: 2, tokens: 9)
            try await library.finish(new[0], storing: kept, progress: progress, by: Self.two)
            let drafts = try await library.drafts(viewer: ArchiveFixture.viewer).items
            #expect(drafts.map(\.id) == [kept.draft.id] && drafts[0].createdBy == "cli:lin")
            let job = try await library.job(receipts.jobs[0].id, viewer: ArchiveFixture.viewer)
            #expect(job.state == .done && job.result == kept.draft.id && job.progress == progress)
            // A draft that cannot be stored leaves its job undone.
            _ = try await library.enqueue(
                [NewJob(kind: "draft", payload: Data([1]), sources: [id])], titled: nil, by: ArchiveFixture.clerk)
            let next = try await library.claim(1, kinds: ["draft"], lease: .seconds(60), by: Self.two)
            await #expect(throws: ArchiveError.self) {
                try await library.finish(next[0], storing: kept, progress: nil, by: Self.two)
            }
            #expect(try await library.job(next[0].id, viewer: ArchiveFixture.viewer).state == .leased)
        }
    }

    @Test func `a job is shown, counted, ordered and audited only to whoever sees all its sources`() async throws {
        try await ArchiveFixture.withLibrary(LibraryConfiguration(ceiling: .secret)) { library async throws in
            let (open, secret) = (
                try await library.add(ArchiveFixture.source(["甲"], title: "開"), by: ArchiveFixture.clerk).id,
                try await library.add(
                    ArchiveFixture.source(["乙"], title: "密", classification: .secret), by: ArchiveFixture.clerk
                ).id
            )
            let jobs = [[open], [secret], [open, secret]].map { NewJob(kind: "draft", payload: Data(), sources: $0) }
            let ids = try await library.enqueue(jobs, titled: "批", by: ArchiveFixture.clerk).jobs.map(\.id)
            let (low, high) = (ArchiveFixture.viewer, ArchiveFixture.all)
            #expect(try await library.jobs(viewer: low).items.map(\.id) == [ids[0]])
            #expect(try await library.jobs(viewer: high).items.map(\.id) == ids.reversed())
            #expect(try await library.jobs(viewer: high).items.map(\.title) == ["開", "密", "開"])
            #expect(try await library.jobCounts(viewer: low) == [.waiting: 1])
            #expect(try await library.jobBatches(viewer: low).map(\.counts) == [[.waiting: 1]])
            #expect(try await library.statistics(viewer: low).jobs == ["waiting": 1])
            #expect(try await library.statistics(viewer: high).jobs == ["waiting": 3])
            await #expect(throws: ArchiveError.notFound("job:\(ids[1])")) {
                try await library.job(ids[1], viewer: low)
            }
            await #expect(throws: ArchiveError.notFound("job:\(ids[2])")) {
                try await library.order(.cancel, [ids[2].rawValue], viewer: low, by: ArchiveFixture.clerk)
            }
            #expect(try await library.order(.cancel, nil, viewer: low, by: ArchiveFixture.clerk) == [ids[0]])
            #expect(try await library.auditEvents(of: "job:\(ids[1])", viewer: low).isEmpty)
            #expect(try await library.auditEvents(of: "job:\(ids[1])", viewer: high).map(\.action) == ["job.enqueue"])
        }
    }

    @Test func `a list goes on where its page ended and keeps to its filter`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let jobs = (0..<9).map { NewJob(kind: "draft", payload: Data([UInt8($0)])) }
            let receipts = try await library.enqueue(jobs, titled: "批", by: ArchiveFixture.clerk)
            let names = [try #require(receipts.batch).rawValue]
            let leased = try await library.claim(4, kinds: ["draft"], lease: .seconds(60), by: Self.one)
            for job in leased { try await library.finish(job, by: Self.one) }
            let filter = JobFilter(names: names, states: [.waiting, .done])
            var (found, page): ([JobID], PageToken?) = ([], nil)
            repeat {
                let next = try await library.jobs(filter, page: page, limit: 4, viewer: ArchiveFixture.viewer)
                (found, page) = (found + next.items.map(\.id), next.next)
            } while page != nil
            #expect(found == receipts.jobs.map(\.id).reversed())
            let done = try await library.jobs(
                JobFilter(names: names, states: [.done]), viewer: ArchiveFixture.viewer)
            #expect(Set(done.items.map(\.id)) == Set(leased.map(\.id)))
        }
    }
}
