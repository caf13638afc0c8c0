import DocketArchive
import DocketCore
import DocketDrafting
import DocketPipeline
import DocketTestSupport
import DocketTransport
import Foundation
import LoopbackEndpoint
import Synchronization
import Testing

/// Batches over the chat engine, its client and a server on this machine.
@Suite struct EndpointWorkTests {
    private static let clerk = PipelineFixture.clerk
    private static let quick = WorkOptions(
        heartbeat: .milliseconds(100), poll: .milliseconds(50), patience: .seconds(60),
        pause: ParkPause(first: .milliseconds(100), longest: .milliseconds(400)))

    /// A server at a socket of the fixture's folder, so that another can take its place.
    ///
    /// It goes away by itself after so many answers.
    private static func server(
        _ fixture: PipelineFixture, slots: Int = 4, answers: Int = .max
    ) throws -> LoopbackEndpoint {
        let responder = ScriptedResponder()
        let itself = Itself()
        let server = try LoopbackEndpoint(
            .init(
                slots: slots, latency: .milliseconds(20), contextTokens: 16_384,
                socket: fixture.folder.appending(path: "s").path)
        ) { call in
            if itself.count() > answers { itself.stop() }
            return Reply(responder.answer(call.messages), pieceLength: 200)
        }
        itself.set(server)
        return server
    }

    /// A server that its own answers can stop.
    private final class Itself: Sendable {
        private let state = Mutex<(server: LoopbackEndpoint?, calls: Int)>((nil, 0))

        func set(_ server: LoopbackEndpoint) { state.withLock { $0.server = server } }

        func count() -> Int {
            state.withLock {
                $0.calls += 1
                return $0.calls
            }
        }

        func stop() { state.withLock { $0.server }?.stop() }
    }

    private static func workspace(_ fixture: PipelineFixture, slots: Int = 4) throws -> Workspace {
        var profile = EndpointProfile(name: "hall", baseURL: "http://localhost/v1", model: "tiny")
        profile.socket = fixture.folder.appending(path: "s").path
        profile.contextTokens = 16_384
        profile.slots = slots
        profile.clearance = .internal
        profile.limits.retries = 0
        profile.limits.loadingSeconds = 1
        let client = try EndpointClient(profile, http: HTTPClient())
        return fixture.workspace.drafting(with: ChatEngine(model: client, prompts: try PromptSet.embedded()))
    }

    private static func batch(_ fixture: PipelineFixture, _ workspace: Workspace, _ count: Int) async throws {
        var sources: [SourceID] = []
        for number in 0..<count {
            let text = "第\(number)案：請各機關於本月底前提報辦理情形。預算執行率為百分之\(number + 10)，由秘書處彙整。\n"
            sources.append(try await fixture.add(text, "\(number).txt", kind: .document).id)
        }
        let queued = try await workspace.enqueue(DraftOrder(.summary), of: sources, titled: "批", by: clerk)
        #expect(queued.refused.isEmpty && queued.jobs.count == count)
    }

    @Test func `a batch keeps the server's slots in use and asks nothing twice`() async throws {
        try await PipelineFixture.with { fixture in
            let server = try Self.server(fixture)
            defer { server.stop() }
            let workspace = try Self.workspace(fixture)
            #expect(workspace.engineName == "hall")
            try await Self.batch(fixture, workspace, 24)
            let summary = try await workspace.work(Self.quick, by: Self.clerk)
            #expect(summary.done == 24 && summary.failed == 0 && summary.tokens > 0)
            let record = server.record
            #expect(record.mostBusy == 4)
            let bodies = record.chats.map(\.call.body)
            #expect(Set(bodies).count == bodies.count && bodies.count >= 24)
            // Asked for directly, the same draft is remembered and the server is not asked.
            let paper = try await workspace.library.list(limit: 1, viewer: workspace.viewer).items[0].id
            _ = try await workspace.draft(paper, by: Self.clerk) { .summary(length: 250, passages: $0) }
            #expect(server.record.chats.count == bodies.count)
        }
    }

    @Test func `a server that goes away parks the batch, and it goes on when another stands in its place`() async throws
    {
        try await PipelineFixture.with { fixture in
            let first = try Self.server(fixture, answers: 8)
            defer { first.stop() }
            let workspace = try Self.workspace(fixture)
            try await Self.batch(fixture, workspace, 30)
            let seen = Mutex<[LocalizedText]>([])
            async let work = workspace.work(Self.quick, by: Self.clerk) { event in
                if case .parked(let reason, _) = event { seen.withLock { $0.append(reason) } }
            }
            while seen.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(5)) }
            while try await workspace.library.jobCounts(viewer: workspace.viewer)[.leased] != nil {
                try await Task.sleep(for: .milliseconds(20))
            }
            let counts = try await workspace.library.jobCounts(viewer: workspace.viewer)
            #expect(counts[.failed] == nil && (counts[.parked] ?? 0) >= 20)
            let second = try Self.server(fixture)
            defer { second.stop() }
            let summary = try await work
            #expect(summary.done == 30 && summary.failed == 0 && summary.parked == 0)
            #expect(seen.withLock { $0.first }?.en.contains("hall") == true)
            let drafts = try await workspace.library.drafts(limit: 1000, viewer: workspace.viewer).items
            #expect(drafts.count == 30 && Set(drafts.map(\.source)).count == 30)
        }
    }
}
