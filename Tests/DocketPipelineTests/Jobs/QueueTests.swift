import DocketArchive
import DocketCore
import DocketDrafting
import DocketPipeline
import Foundation
import Testing

/// Batches as they are asked for: which sources are taken, which are refused and why.
@Suite struct QueueTests {
    private static let clerk = PipelineFixture.clerk

    @Test func `a batch takes what can be drafted and says of the rest why not`() async throws {
        try await PipelineFixture.with(LibraryConfiguration(ceiling: .secret)) { fixture in
            let workspace = fixture.workspace
            let paper = try await fixture.add("決議：照案通過。\n", "a.txt", kind: .document).id
            let missing = SourceID(rawValue: "none")
            let batch = try await workspace.enqueue(
                DraftOrder(.minutes), of: [paper, missing], titled: "x", by: Self.clerk)
            #expect(batch.batch == nil && batch.jobs.isEmpty)
            #expect(batch.refused.map(\.source) == [paper, missing])
            #expect(
                batch.refused[0].error as? PipelineError
                    == .wrongKind(id: paper.rawValue, kind: .document, needed: .transcript))
            #expect(batch.refused[1].error as? ArchiveError == .notFound("source:none"))
            let second = try await workspace.enqueue(
                DraftOrder(.summary, segment: 99), of: [paper], titled: "x", by: Self.clerk)
            #expect(second.refused.first?.error is PipelineError)
            let third = try await workspace.enqueue(
                DraftOrder(.summary), of: [missing, paper, paper], titled: "x", by: Self.clerk)
            #expect(third.jobs.map(\.receipt.isNew) == [true, false] && third.refused.map(\.source) == [missing])
            #expect(try await workspace.library.jobCounts(viewer: workspace.viewer) == [.waiting: 1])
        }
    }

    @Test func `all sources without a draft of the kind are meant, oldest first, unless asked again`() async throws {
        try await PipelineFixture.with { fixture in
            let workspace = fixture.workspace
            var papers: [SourceID] = []
            for (number, kind) in [SourceKind.letter, .document, .attendance, .letter].enumerated() {
                papers.append(
                    try await fixture.add(
                        "第\(number)號：請照辦。\n", "\(number).txt", kind: kind, date: "2026-01-0\(9 - number)"
                    ).id)
            }
            let order = DraftOrder(.summary)
            func found(_ filter: SourceFilter = SourceFilter(), again: Bool = false) async throws -> [SourceID] {
                try await workspace.sources(for: order, matching: filter, again: again)
            }
            #expect(try await found() == [papers[3], papers[1], papers[0]])
            #expect(try await found(SourceFilter(kinds: [.letter])) == [papers[3], papers[0]])
            #expect(try await found(SourceFilter(through: "2026-01-07")) == [papers[3]])
            let draft = try await workspace.draft(papers[3], by: Self.clerk) { .summary(length: 50, passages: $0) }
            _ = try await workspace.draft(papers[1], by: Self.clerk) { .title(passages: $0) }
            #expect(try await found() == [papers[1], papers[0]])
            #expect(try await found(again: true) == [papers[3], papers[1], papers[0]])
            _ = try await workspace.library.reject(draft.id, revision: 1, reason: "x", by: Self.clerk)
            #expect(try await found() == [papers[3], papers[1], papers[0]])
        }
    }

    @Test func `equal orders are equal bytes and come back as they were`() async throws {
        try await PipelineFixture.with { fixture in
            let id = try await fixture.add("決議：照案通過。\n", kind: .document).id
            let order = DraftOrder(.summary, length: 120, segment: 0, series: "會報", ordinal: 3)
            _ = try await fixture.workspace.enqueue(order, of: [id], titled: "x", by: Self.clerk)
            let job = try await fixture.workspace.library.jobs(viewer: fixture.workspace.viewer).items[0]
            #expect(DraftOrder(payload: job.payload) == order && job.engine == "extractive")
            #expect(DraftOrder(payload: Data(#"{"kind":"poem"}"#.utf8)) == nil)
        }
    }

    @Test func `a job of a later version fails with a word about it and nothing else`() async throws {
        try await PipelineFixture.with { fixture in
            let workspace = fixture.workspace
            let id = try await fixture.add("決議：照案通過。\n", kind: .document).id
            let jobs = [
                NewJob(kind: "draft", payload: Data("{}".utf8), sources: [id], engine: "extractive"),
                NewJob(kind: "draft", payload: Data(#"{"kind":"summary"}"#.utf8), engine: "extractive"),
            ]
            _ = try await workspace.library.enqueue(jobs, titled: nil, by: Self.clerk)
            let summary = try await workspace.work(WorkOptions(poll: .milliseconds(20)), by: Self.clerk)
            #expect(summary.failed == 2 && summary.done == 0)
            let stored = try await workspace.library.jobs(viewer: workspace.viewer).items
            #expect(stored.allSatisfy { $0.state == .failed && $0.failures == 1 })
            #expect(stored[1].error?.en.contains("later version") == true)
        }
    }
}
