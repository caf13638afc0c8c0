import DocketCore
import Foundation
import LoopbackEndpoint
import Synchronization
import Testing

@testable import DocketTransport

/// What every endpoint must do on the wire, whatever its answers are worth: nothing here looks at their quality.
///
/// It runs against the loopback server in each of its dialects, and against `DOCKET_CONTRACT_URL` where that is set
/// (`DOCKET_CONTRACT_MODEL`: the model, "tiny" unless told; `DOCKET_CONTRACT_CONTEXT`: tokens, 1024 unless told).
enum Peer: Sendable, CaseIterable, CustomTestStringConvertible {
    case loopback(Dialect)
    case named(String)

    static let environment = ProcessInfo.processInfo.environment
    static let url = environment["DOCKET_CONTRACT_URL"]

    static var allCases: [Peer] { Dialect.allCases.map(Peer.loopback) }

    var testDescription: String {
        switch self {
        case .loopback(let dialect): "loopback, \(dialect.rawValue)"
        case .named(let url): url
        }
    }

    /// Runs a test on a client of the peer.
    func run(
        slots: Int = 1, _ change: (inout EndpointProfile) -> Void = { _ in },
        _ test: (EndpointClient) async throws -> Void
    ) async throws {
        switch self {
        case .named(let url):
            var profile = EndpointProfile(
                name: "peer", baseURL: url, model: Self.environment["DOCKET_CONTRACT_MODEL"] ?? "tiny")
            profile.contextTokens = Self.environment["DOCKET_CONTRACT_CONTEXT"].flatMap { Int($0) } ?? 1024
            profile.tokens = TokenEstimate(perWideCharacter: 3, perASCIIByte: 1)
            profile.slots = slots
            change(&profile)
            try await test(EndpointClient(profile, http: HTTPClient()))
        case .loopback(let dialect):
            let server = try LoopbackEndpoint(
                .init(dialect: dialect, slots: 2, contextTokens: 1024, tokens: { $0.utf8.count })
            ) { call in
                guard call.schema == nil, call.format == nil else { return Reply(#"{"ok":true,"n":3}"#) }
                return Reply(
                    "The team agreed to ship on Friday.", reasoning: "Let me think",
                    pieceDelay: (call.maxTokens ?? 0) > 400 ? .milliseconds(500) : .zero)
            }
            defer { server.stop() }
            var profile = EndpointProfile(name: "peer", baseURL: server.baseURL, model: "tiny")
            (profile.contextTokens, profile.slots) = (1024, slots)
            profile.tokens = TokenEstimate(perWideCharacter: 3, perASCIIByte: 1)
            change(&profile)
            try await test(EndpointClient(profile, http: HTTPClient()))
        }
    }
}

/// The contract itself; each suite below runs it on its peers.
private enum Contract {
    static func ask(_ text: String = "Summarise: ship on Friday.", tokens: Int = 128) -> ChatRequest {
        ChatRequest(
            purpose: "contract", messages: [ChatMessage(.user, text)], answerTokens: tokens, classification: .public)
    }

    static func answersWhole(_ peer: Peer) async throws {
        try await peer.run { client in
            let pieces = Mutex(0)
            let answer = try await client.answer(to: ask()) { progress in pieces.withLock { $0 = progress.pieces } }
            #expect(!answer.text.isEmpty && !answer.text.contains("<think>"))
            #expect(pieces.withLock { $0 } > 0)
        }
    }

    static func repeats(_ peer: Peer) async throws {
        try await peer.run { client in
            let first = try await client.answer(to: ask()).text
            #expect(try await client.answer(to: ask()).text == first)
        }
    }

    static func structured(_ peer: Peer) async throws {
        let schema = AnswerSchema(
            name: "s",
            json: #"{"type":"object","required":["ok","n"],"additionalProperties":false,"#
                + #""properties":{"ok":{"type":"boolean"},"n":{"type":"integer","minimum":0,"maximum":9}}}"#)
        try await peer.run { client in
            var request = ask()
            request.schema = schema
            let answer = try await client.answer(to: request)
            #expect(try SchemaValidator(schema).violations(in: answer.text) == [])
        }
    }

    static func overflow(_ peer: Peer) async throws {
        // The client believes in a larger context than the server has.
        try await peer.run {
            $0.contextTokens *= 8
        } _: { client in
            // One prompt that fits shows how the server counts: without it, only a cut to a fraction would be noticed.
            _ = try await client.answer(to: ask(String(repeating: "words of a short meeting ", count: 6)))
            let text = String(repeating: "words of a long meeting ", count: client.profile.contextTokens / 40)
            let error = await #expect(throws: ChatFailure.self) { try await client.answer(to: ask(text)) }
            switch error {
            case .contextExceeded, .promptCut: break
            default: Issue.record("\(String(describing: error))")
            }
        }
    }

    static func cutByLength(_ peer: Peer) async throws {
        // A server that ends at the limit says so, and the answer is not kept.
        try await peer.run { client in
            do {
                let answer = try await client.answer(to: ask(tokens: 2))
                // A loopback answer does not know the limit.
                #expect(answer.text.split(separator: " ").count <= 8)
            } catch let failure as ChatFailure {
                #expect(FaultCase.End(failure) == .incomplete)
            }
        }
    }

    static func cancels(_ peer: Peer) async throws {
        try await peer.run(slots: 2) { client in
            let began = Mutex(false)
            let task = Task {
                try await client.answer(to: ask(tokens: 512)) { _ in began.withLock { $0 = true } }
            }
            _ = try await eventually(within: .seconds(10)) { began.withLock { $0 } }
            task.cancel()
            let cancelled = ContinuousClock.now
            // A quick server may have answered in the meantime.
            _ = await task.result
            // Beside the other tests the task may have to wait for its turn; there the server's own record is looked at.
            let limit = if case .named = peer { Duration.seconds(1) } else { Duration.seconds(20) }
            #expect(ContinuousClock.now - cancelled < limit)
            #expect(!(try await client.answer(to: ask()).text.isEmpty))
        }
    }
}

@Suite(.timeLimit(.minutes(15))) struct LoopbackContractTests {
    @Test(arguments: Peer.allCases) func `an answer is whole and free of thoughts`(peer: Peer) async throws {
        try await Contract.answersWhole(peer)
    }

    @Test(arguments: Peer.allCases) func `the same request gives the same answer`(peer: Peer) async throws {
        try await Contract.repeats(peer)
    }

    @Test(arguments: Peer.allCases) func `structured output is valid, in whatever way it is had`(peer: Peer)
        async throws
    {
        try await Contract.structured(peer)
    }

    @Test(arguments: Peer.allCases) func `a prompt over the context is never answered`(peer: Peer) async throws {
        try await Contract.overflow(peer)
    }

    @Test(arguments: Peer.allCases) func `an answer that reaches its limit is not kept`(peer: Peer) async throws {
        try await Contract.cutByLength(peer)
    }

    @Test(arguments: Peer.allCases) func `cancelling is quick, and the endpoint answers afterwards`(peer: Peer)
        async throws
    {
        try await Contract.cancels(peer)
    }
}

@Suite(.enabled(if: Peer.url != nil, "needs DOCKET_CONTRACT_URL"), .serialized, .timeLimit(.minutes(10)))
struct NamedContractTests {
    private let peer = Peer.named(Peer.url ?? "")

    @Test func `an answer is whole and free of thoughts`() async throws { try await Contract.answersWhole(peer) }

    @Test func `the same request gives the same answer`() async throws { try await Contract.repeats(peer) }

    @Test func `structured output is valid, in whatever way it is had`() async throws {
        try await Contract.structured(peer)
    }

    @Test func `a prompt over the context is never answered`() async throws { try await Contract.overflow(peer) }

    @Test func `an answer that reaches its limit is not kept`() async throws { try await Contract.cutByLength(peer) }

    @Test func `cancelling is quick, and the endpoint answers afterwards`() async throws {
        try await Contract.cancels(peer)
    }
}
