public import DocketCore
public import DocketTransport
import Foundation
import Synchronization

/// A chat model that answers from a function, with the context, slots and failures that a test wants.
public final class ScriptedChatModel: ChatModel {
    /// A prompt as the function gets it.
    public typealias Messages = [(role: String, text: String)]

    /// What is said of the model.
    public let traits: ModelTraits
    private let respond: @Sendable (Messages) throws -> String
    private let isExact: Bool
    private let state = Mutex(State())

    private struct State {
        var requests: [ChatRequest] = []
        var running = 0
        var mostRunning = 0
    }

    /// A model of `context` tokens that refuses longer prompts like a server, with `slots` answers at once.
    ///
    /// With `serverContext` the server's context is smaller than what it is said to be.
    public init(
        context: Int = 8192, serverContext: Int? = nil, slots: Int = 2, clearance: Classification = .topSecret,
        respond: @escaping @Sendable (Messages) throws -> String
    ) {
        traits = ModelTraits(
            endpoint: "scripted", model: "script-1", contextTokens: context, slots: slots,
            settingsDigest: SHA256Digest(of: "scripted"), clearance: clearance)
        isExact = serverContext != nil
        limit = serverContext ?? context
        self.respond = respond
    }

    /// A model that answers like `responder`.
    public convenience init(
        _ responder: ScriptedResponder, context: Int = 8192, serverContext: Int? = nil, slots: Int = 2,
        clearance: Classification = .topSecret
    ) {
        self.init(context: context, serverContext: serverContext, slots: slots, clearance: clearance) {
            responder.answer($0)
        }
    }

    private let limit: Int

    /// What was asked so far, in order of arrival.
    public var requests: [ChatRequest] { state.withLock(\.requests) }

    /// Most answers that were in the making at once.
    public var mostRunning: Int { state.withLock(\.mostRunning) }

    /// What the function answers, after the checks of a server.
    public func answer(
        to request: ChatRequest, onProgress: @escaping @Sendable (ChatProgress) -> Void
    ) async throws -> ChatAnswer {
        try Task.checkCancellation()
        state.withLock { state in
            state.requests.append(request)
            state.running += 1
            state.mostRunning = max(state.mostRunning, state.running)
        }
        defer { state.withLock { $0.running -= 1 } }
        let prompt = traits.tokens.tokens(in: request.messages)
        guard prompt + request.answerTokens <= limit else {
            throw ChatFailure.contextExceeded(endpoint: traits.endpoint, limit: isExact ? limit : nil)
        }
        onProgress(ChatProgress(pieces: 1, elapsed: .milliseconds(1)))
        await Task.yield()
        let text = try respond(request.messages.map { ($0.role.rawValue, $0.text) })
        return ChatAnswer(
            text: text, endpoint: traits.endpoint, promptTokens: prompt, answerTokens: traits.tokens.tokens(in: text),
            duration: .milliseconds(2))
    }
}
