import Foundation
import LoopbackEndpoint
import Testing

@testable import DocketTransport

@Suite struct LoopbackEndpointTests {
    @Test func `requests beyond the slots wait in silence, in their order`() async throws {
        let server = try LoopbackEndpoint(.init(slots: 2, latency: .milliseconds(100))) { _ in Reply(goodTitle) }
        defer { server.stop() }
        let client = try client(server) { $0.slots = 8 }
        let began = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await client.answer(to: request()) } }
            try await group.waitForAll()
        }
        #expect(ContinuousClock.now - began >= .milliseconds(400))
        let record = server.record
        #expect(record.mostBusy == 2)
        #expect(record.chats.allSatisfy { $0.ended != nil && $0.disconnected == nil })
        // Half of four slots' time is what two slots' whole time is.
        let share = record.utilisation(of: 2)
        #expect((0.5...1).contains(share))
        #expect(abs(record.utilisation(of: 4) * 2 - share) < 0.001)
    }

    @Test func `one request at a time leaves the other slot idle`() async throws {
        let server = try LoopbackEndpoint(.init(slots: 2, latency: .milliseconds(50))) { _ in Reply(goodTitle) }
        defer { server.stop() }
        let client = try client(server)
        for _ in 0..<4 { _ = try await client.answer(to: request()) }
        #expect(server.record.utilisation(of: 2) <= 0.5)
    }

    @Test func `a server that is stopped hangs up`() async throws {
        let server = try LoopbackEndpoint { _ in Reply("", latency: .seconds(60)) }
        let client = try client(server) { $0.limits.retries = 0 }
        let task = Task { try await client.answer(to: request()) }
        _ = try await eventually { server.record.chats.count == 1 }
        server.stop()
        await #expect(throws: ChatFailure.self) { try await task.value }
    }
}
