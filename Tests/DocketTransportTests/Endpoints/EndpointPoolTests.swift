import DocketCore
import Foundation
import LoopbackEndpoint
import Synchronization
import Testing

@testable import DocketTransport

/// A model that answers as a test says.
private final class ScriptedModel: ChatModel {
    let traits: ModelTraits
    let calls = Mutex(0)
    let script: Mutex<@Sendable (Int) async throws -> String>

    init(
        _ name: String, slots: Int = 2, clearance: Classification = .internal, context: Int = 4096,
        _ script: @escaping @Sendable (Int) async throws -> String
    ) {
        traits = ModelTraits(
            endpoint: name, model: "m-\(name)", contextTokens: context, slots: slots,
            settingsDigest: SHA256Digest(of: name), clearance: clearance)
        self.script = Mutex(script)
    }

    var count: Int { calls.withLock { $0 } }

    func answer(
        to request: ChatRequest, onProgress: @escaping @Sendable (ChatProgress) -> Void
    ) async throws -> ChatAnswer {
        let number = calls.withLock { calls in
            defer { calls += 1 }
            return calls
        }
        let script = script.withLock { $0 }
        return ChatAnswer(text: try await script(number), endpoint: traits.endpoint)
    }
}

@Suite struct EndpointPoolTests {
    private static func gone(_ name: String, retryAfter: Duration? = nil) -> ChatFailure {
        .unavailable(endpoint: name, reason: LocalizedText(zhHant: "無", en: "gone"), retryAfter: retryAfter)
    }

    private static let invalid = ChatFailure.invalid(endpoint: "a", reason: LocalizedText(zhHant: "錯", en: "wrong"))

    @Test func `work goes to all members, and to none more than its slots`() async throws {
        let servers = try (0..<2).map { _ in
            try LoopbackEndpoint(.init(slots: 50, latency: .milliseconds(40))) { _ in Reply(goodTitle) }
        }
        defer { for server in servers { server.stop() } }
        let pool = EndpointPool(
            try zip(servers, [2, 4]).map { server, slots in try client(server) { $0.slots = slots } })
        #expect(pool.traits.slots == 6)
        let answered = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<36 { group.addTask { try await pool.answer(to: request()).text } }
            return try await group.reduce(into: 0) { count, text in count += text == goodTitle ? 1 : 0 }
        }
        #expect(answered == 36)
        #expect(servers[0].record.mostBusy == 2 && servers[1].record.mostBusy == 4)
        #expect(servers[0].record.chats.count >= 8)
    }

    @Test func `a request that meets a failure is given to another, and the failed one rests`() async throws {
        let bad = ScriptedModel("bad") { _ in throw Self.gone("bad") }
        let good = ScriptedModel("good") { _ in "ok" }
        let pool = EndpointPool([bad, good], rest: .seconds(60))
        for _ in 0..<5 { #expect(try await pool.answer(to: request()).endpoint == "good") }
        #expect(bad.count == 1)
        #expect(pool.health.map(\.failures) == [1, 0])
        #expect(pool.health[0].restsFor.map { $0 > .seconds(50) } == true)
        #expect(pool.health[0].reason?.en.contains("gone") == true)
    }

    @Test func `a member comes back by itself, with one request first, and its rests grow`() async throws {
        let model = ScriptedModel("a", slots: 3) { number in
            if number < 2 { throw Self.gone("a") }
            try await Task.sleep(for: .milliseconds(60))
            return "ok"
        }
        let pool = EndpointPool([model], rest: .milliseconds(200))
        func waitOut() async throws { _ = try await eventually { pool.health[0].restsFor == nil } }
        await #expect(throws: Self.gone("a")) { try await pool.answer(to: request()) }
        let first = try #require(pool.health[0].restsFor)
        let resting = await #expect(throws: ChatFailure.self) { try await pool.answer(to: request()) }
        #expect(resting?.isTemporary == true && resting?.retryAfter.map { $0 <= .milliseconds(200) } == true)
        #expect(model.count == 1)
        try await waitOut()
        await #expect(throws: Self.gone("a")) { try await pool.answer(to: request()) }
        #expect(try #require(pool.health[0].restsFor) > first)
        try await waitOut()
        async let one = pool.answer(to: request())
        async let two = pool.answer(to: request())
        _ = try await eventually { pool.health[0].running > 0 }
        #expect(pool.health[0].running == 1)
        _ = try await (one, two)
        #expect(pool.health[0].failures == 0)
    }

    @Test func `a server that names the time of its return is not asked before`() async throws {
        let model = ScriptedModel("a") { _ in throw Self.gone("a", retryAfter: .seconds(90)) }
        let pool = EndpointPool([model], rest: .milliseconds(1))
        await #expect(throws: ChatFailure.self) { try await pool.answer(to: request()) }
        #expect(try #require(pool.health[0].restsFor) > .seconds(80))
    }

    @Test func `nothing goes to a member that is not cleared for it`() async throws {
        let low = ScriptedModel("low", clearance: .public) { _ in "low" }
        let high = ScriptedModel("high", clearance: .restricted) { _ in "high" }
        let pool = EndpointPool([low, high])
        for _ in 0..<6 {
            #expect(try await pool.answer(to: request(classification: .restricted)).endpoint == "high")
        }
        let error = await #expect(throws: ChatFailure.self) {
            try await pool.answer(to: request(classification: .secret))
        }
        #expect(error.map { FaultCase.End($0) } == .refused)
        #expect(low.count == 0 && high.count == 6)
        high.script.withLock { $0 = { _ in throw Self.gone("high") } }
        // Its only member failing, the request fails: it does not go to one of lower clearance.
        await #expect(throws: ChatFailure.self) { try await pool.answer(to: request(classification: .restricted)) }
        #expect(low.count == 0)
    }

    @Test func `a bad answer is tried elsewhere and sends nobody to rest`() async throws {
        let bad = ScriptedModel("a") { _ in throw Self.invalid }
        let other = ScriptedModel("b") { number in if number == 0 { "ok" } else { throw Self.gone("b") } }
        let pool = EndpointPool([bad, other])
        #expect(try await pool.answer(to: request()).endpoint == "b")
        #expect(pool.health[0].restsFor == nil)
        // One may still give it later: the failure is temporary.
        await #expect(throws: Self.gone("b")) { try await pool.answer(to: request()) }
        let alone = EndpointPool([bad])
        await #expect(throws: Self.invalid) { try await alone.answer(to: request()) }
    }

    @Test func `a cancelled request gives its place back`() async throws {
        let model = ScriptedModel("a", slots: 1) { number in
            if number == 0 { try await Task.sleep(for: .seconds(60)) }
            return "ok"
        }
        let pool = EndpointPool([model])
        let running = Task { try await pool.answer(to: request()) }
        _ = try await eventually { model.count == 1 }
        let waiting = Task { try await pool.answer(to: request()) }
        let last = Task { try await pool.answer(to: request()).text }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        #expect(try await last.value == "ok")
        #expect(pool.health[0].running == 0 && pool.health[0].failures == 0)
    }

    @Test func `the traits are those that hold for every member`() {
        let pool = EndpointPool([
            ScriptedModel("a", slots: 1, clearance: .public, context: 8192) { _ in "" },
            ScriptedModel("b", slots: 4, clearance: .restricted, context: 2048) { _ in "" },
        ])
        #expect(pool.traits.endpoint == "a+b" && pool.traits.model == "m-a+m-b")
        #expect(pool.traits.contextTokens == 2048 && pool.traits.slots == 5 && pool.traits.clearance == .restricted)
    }
}
