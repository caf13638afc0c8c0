import DocketCore
import DocketDrafting
import DocketTestSupport
import DocketTransport
import Foundation
import LoopbackEndpoint
import Synchronization
import Testing

@testable import DocketPipeline

/// What every engine must do, whoever writes: the embedded one, and the one over a model behind each dialect of the loopback
/// server, or behind `DOCKET_CONTRACT_URL` where that is set.
///
/// Nothing here looks at the quality of what is written.
@Suite(.timeLimit(.minutes(20))) struct EngineContractTests {
    /// An engine under the contract.
    enum Writer: Sendable, CaseIterable, CustomTestStringConvertible {
        case extractive
        case loopback(Dialect)
        case named(String)

        static var allCases: [Writer] {
            let url = ProcessInfo.processInfo.environment["DOCKET_CONTRACT_URL"]
            return [.extractive] + Dialect.allCases.map(Writer.loopback) + [url.map(Writer.named)].compactMap(\.self)
        }

        var testDescription: String {
            switch self {
            case .extractive: "extractive"
            case .loopback(let dialect): "chat-completion, \(dialect.rawValue)"
            case .named(let url): "chat-completion, \(url)"
            }
        }

        /// Runs `body` with the engine.
        func run(_ body: (any DraftingEngine) async throws -> Void) async throws {
            switch self {
            case .extractive:
                try await body(ExtractiveEngine())
            case .named(let url):
                var profile = EndpointProfile(name: "peer", baseURL: url, model: "tiny", clearance: .internal)
                profile.tokens = TokenEstimate(perWideCharacter: 3, perASCIIByte: 1)
                profile.contextTokens =
                    ProcessInfo.processInfo.environment["DOCKET_ENGINE_CONTEXT"].flatMap { Int($0) } ?? 4096
                try await body(try Self.engine(profile))
            case .loopback(let dialect):
                let responder = ScriptedResponder()
                let server = try LoopbackEndpoint(.init(dialect: dialect, slots: 2, contextTokens: 8192)) { call in
                    Reply(responder.answer(call.messages), pieceLength: 30)
                }
                defer { server.stop() }
                try await body(
                    try Self.engine(
                        EndpointProfile(
                            name: "loopback", baseURL: server.baseURL, model: "tiny", contextTokens: 8192, slots: 2,
                            clearance: .internal)))
            }
        }

        private static func engine(_ profile: EndpointProfile) throws -> ChatEngine {
            ChatEngine(
                model: try EndpointClient(profile, http: HTTPClient()), prompts: try PromptSet.embedded())
        }
    }

    /// Minutes, and every kind of text, of one meeting of the corpus.
    private static func requests() async throws -> [DraftRequest] {
        let fixture = try await RepairFixture(corpus: "chief-secretaries/062")
        let tasks: [DraftRequest.Task] = [
            .summary(length: 120), .speakerDigest(length: 60), .title(), .subject, .abstract,
            .answer(question: "何時完成？", length: 60),
        ]
        return [fixture.request]
            + tasks.map {
                DraftRequest(
                    $0, source: fixture.request.source, segments: fixture.request.segments,
                    createdAt: "2026-11-21T00:00:00Z")
            }
    }

    @Test(arguments: Writer.allCases)
    func `citations stand in the source, the ledger is whole, and what was handed over is the draft`(
        writer: Writer
    ) async throws {
        let requests = try await Self.requests()
        try await writer.run { engine in
            for request in requests {
                let blocks = Mutex<[DraftBlock]>([])
                let draft: Draft
                do {
                    draft = try await engine.draft(request) { fragment in
                        if case .block(let block) = fragment { blocks.withLock { $0.append(block) } }
                    }
                } catch is ChatFailure where writer.isStranger {
                    // A hand-set model may fail to answer in the form asked for; nothing is drafted then.
                    continue
                }
                #expect(draft.id == request.id && draft.createdAt == request.createdAt)
                #expect(try draft.engine.fingerprint() == engine.identity.fingerprint())
                #expect(blocks.withLock { $0 } == draft.blocks)
                #expect(draft.claims.map(\.number) == Array(draft.claims.indices))
                #expect(draft.coverage.map(\.passage) == request.source.passages.map(\.number))
                #expect(draft.classification >= request.source.classification)
                for citation in draft.claims.flatMap(\.citations) where citation.span.source == request.source.id {
                    let words = request.source.text(in: citation.span.range)
                    #expect(!words.isEmpty && SHA256Digest(of: words) == citation.words)
                }
            }
        }
    }

    @Test(arguments: Writer.allCases)
    func `a source without text is refused, and a cancelled draft is none`(writer: Writer) async throws {
        let request = try await Self.requests()[0]
        var empty = request.source
        (empty.text, empty.passages) = ("", [])
        let bare = DraftRequest(.summary(length: 50), source: empty, createdAt: request.createdAt)
        try await writer.run { engine in
            await #expect(throws: DraftingError.emptySource(empty.id)) {
                _ = try await engine.draft(bare) { _ in }
            }
            let cancelled = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await engine.draft(request) { _ in }
            }
            await #expect(throws: CancellationError.self) { _ = try await cancelled.value }
        }
    }
}

extension EngineContractTests.Writer {
    /// True for a model that is not of the project's own.
    fileprivate var isStranger: Bool {
        if case .named = self { true } else { false }
    }
}
