public import DocketCore

/// A model that answers chat requests: one endpoint, a pool of them, or a script in a test.
public protocol ChatModel: Sendable {
    /// What is known of the model before it is asked.
    var traits: ModelTraits { get }

    /// A whole answer to `request`: finished, free of thoughts, and valid by the request's schema.
    ///
    /// Waits for a free slot. Cancelling the task frees the server's slot.
    /// - Throws: `ChatFailure` when no whole answer could be had, `CancellationError`.
    func answer(
        to request: ChatRequest, onProgress: @escaping @Sendable (ChatProgress) -> Void
    ) async throws -> ChatAnswer
}

extension ChatModel {
    /// A whole answer, without progress.
    public func answer(to request: ChatRequest) async throws -> ChatAnswer {
        try await answer(to: request) { _ in }
    }
}

/// What is known of a model before it is asked.
public struct ModelTraits: Sendable, Equatable {
    /// Name of the endpoint's profile, for people; of a pool the names joined by "+".
    public var endpoint: String
    /// Model as the profile names it, part of the engine's identity; never what a server calls it (it may be a path).
    public var model: String
    /// Tokens that prompt and answer may take together.
    public var contextTokens: Int
    /// Requests that are worth sending at once.
    public var slots: Int
    /// Digest of all settings that change answers: sampling, seed, structured output, token weights.
    public var settingsDigest: SHA256Digest
    /// How tokens are reckoned before a server counts them.
    public var tokens: TokenEstimate
    /// Highest classification that may be sent.
    public var clearance: Classification

    /// Traits of a model.
    public init(
        endpoint: String, model: String, contextTokens: Int, slots: Int, settingsDigest: SHA256Digest,
        tokens: TokenEstimate = TokenEstimate(), clearance: Classification = .public
    ) {
        self.endpoint = endpoint
        self.model = model
        self.contextTokens = contextTokens
        self.slots = slots
        self.settingsDigest = settingsDigest
        self.tokens = tokens
        self.clearance = clearance
    }
}

/// Tokens of a text, reckoned from its bytes.
///
/// Packing must give the same parts on every run, so the weights are settings, not what a server happened to count.
/// The defaults are on the safe side for the vocabularies of common models; a server that counts bytes needs 3 and 1.
public struct TokenEstimate: Sendable, Hashable, Codable {
    /// Tokens of one character outside ASCII.
    public var perWideCharacter: Double
    /// Tokens of one ASCII byte.
    public var perASCIIByte: Double
    /// Tokens that a message costs beside its text.
    public var perMessage: Int

    /// Weights.
    public init(perWideCharacter: Double = 1.3, perASCIIByte: Double = 0.35, perMessage: Int = 8) {
        self.perWideCharacter = perWideCharacter
        self.perASCIIByte = perASCIIByte
        self.perMessage = perMessage
    }

    /// Tokens of `text`, rounded up.
    public func tokens(in text: some StringProtocol) -> Int {
        var ascii = 0
        var wide = 0
        for byte in text.utf8 {
            if byte < 0x80 { ascii += 1 } else if byte & 0xC0 != 0x80 { wide += 1 }
        }
        return Int((Double(wide) * perWideCharacter + Double(ascii) * perASCIIByte).rounded(.up))
    }

    /// Tokens of a prompt of `messages`.
    public func tokens(in messages: [ChatMessage]) -> Int {
        messages.reduce(perMessage) { $0 + perMessage + tokens(in: $1.text) }
    }
}

/// What a model is asked.
public struct ChatRequest: Sendable, Equatable {
    /// What it is for, "minutes.item": the name that progress and errors show; never text of a source.
    public var purpose: String
    /// The prompt.
    public var messages: [ChatMessage]
    /// Most tokens that the answer may take.
    public var answerTokens: Int
    /// Form that the answer must have; nil for plain text.
    public var schema: AnswerSchema?
    /// Script that Chinese in the answer must be in; nil when it does not matter.
    public var script: RequiredScript?
    /// Highest classification of what the prompt was made from; an endpoint of lower clearance is never asked.
    public var classification: Classification

    /// A request.
    public init(
        purpose: String, messages: [ChatMessage], answerTokens: Int, schema: AnswerSchema? = nil,
        script: RequiredScript? = nil, classification: Classification
    ) {
        self.purpose = purpose
        self.messages = messages
        self.answerTokens = answerTokens
        self.schema = schema
        self.script = script
        self.classification = classification
    }

    /// Script that an answer must be in.
    public enum RequiredScript: String, Sendable, Codable {
        case traditional
    }
}

/// One message of a prompt.
public struct ChatMessage: Sendable, Equatable, Codable {
    /// Who speaks.
    public var role: Role
    /// What is said.
    public var text: String

    /// A message.
    public init(_ role: Role, _ text: String) {
        self.role = role
        self.text = text
    }

    /// Who speaks in a prompt.
    public enum Role: String, Sendable, Codable {
        case system, user, assistant
    }
}

/// Form of an answer: a JSON schema in the subset that `SchemaValidator` knows.
public struct AnswerSchema: Sendable, Hashable {
    /// Name, letters, digits and hyphens.
    public var name: String
    /// The schema as JSON text.
    public var json: String

    /// A schema.
    public init(name: String, json: String) {
        self.name = name
        self.json = json
    }
}

/// A whole answer.
public struct ChatAnswer: Sendable, Equatable {
    /// The text; with a schema, one JSON value that is valid by it.
    public var text: String
    /// Profile of the endpoint that answered.
    public var endpoint: String
    /// Tokens of the prompt as the server counted them.
    public var promptTokens: Int?
    /// Tokens of the answer as the server counted them, thoughts included.
    public var answerTokens: Int?
    /// Requests that it took, repairs and retries included.
    public var requests: Int
    /// Time from the first request to the end of the answer.
    public var duration: Duration

    /// An answer.
    public init(
        text: String, endpoint: String, promptTokens: Int? = nil, answerTokens: Int? = nil, requests: Int = 1,
        duration: Duration = .zero
    ) {
        self.text = text
        self.endpoint = endpoint
        self.promptTokens = promptTokens
        self.answerTokens = answerTokens
        self.requests = requests
        self.duration = duration
    }
}

/// How far an answer is.
public struct ChatProgress: Sendable, Equatable {
    /// Pieces of the answer that have come, about one a token.
    public var pieces: Int
    /// Time since the request was sent.
    public var elapsed: Duration

    /// Progress.
    public init(pieces: Int, elapsed: Duration) {
        self.pieces = pieces
        self.elapsed = elapsed
    }
}
