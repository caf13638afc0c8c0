/// How an engine made a draft: what it read and what it took.
///
/// The engine itself is `Draft.engine`, the date `Draft.createdAt`.
public struct DraftDerivation: Sendable, Equatable, Codable {
    /// What was read, with the digest of its text in that version.
    public var inputs: [Input]
    /// Profile of the endpoint that was asked; nil for an embedded engine.
    public var endpoint: String?
    /// Version of the prompts; nil for an engine without.
    public var promptVersion: String?
    /// Requests that were sent, repairs and retries included.
    public var requests: Int
    /// Steps whose results were remembered from an earlier run.
    public var remembered: Int
    /// Tokens of the prompts, as the server counted them.
    public var promptTokens: Int
    /// Tokens of the answers, as the server counted them.
    public var answerTokens: Int
    /// Milliseconds from the first step to the last.
    public var milliseconds: Int
    /// Claims that the engine was asked to mend and that are supported since.
    public var repairedClaims: Int
    /// Claims for which a sentence of the extractive engine stands.
    public var extractiveClaims: Int
    /// Claims that were left out because nothing supports them.
    public var droppedClaims: Int

    /// A derivation; counts begin at 0.
    public init(
        inputs: [Input] = [], endpoint: String? = nil, promptVersion: String? = nil, requests: Int = 0,
        remembered: Int = 0, promptTokens: Int = 0, answerTokens: Int = 0, milliseconds: Int = 0,
        repairedClaims: Int = 0, extractiveClaims: Int = 0,
        droppedClaims: Int = 0
    ) {
        self.inputs = inputs
        self.endpoint = endpoint
        self.promptVersion = promptVersion
        self.requests = requests
        self.remembered = remembered
        self.promptTokens = promptTokens
        self.answerTokens = answerTokens
        self.milliseconds = milliseconds
        self.repairedClaims = repairedClaims
        self.extractiveClaims = extractiveClaims
        self.droppedClaims = droppedClaims
    }

    /// A source as it was read.
    public struct Input: Sendable, Equatable, Codable {
        /// The source.
        public var source: SourceID
        /// Its text version.
        public var version: Int
        /// Digest of the text.
        public var sha256: SHA256Digest

        /// A source in one version.
        public init(source: SourceID, version: Int, sha256: SHA256Digest) {
            self.source = source
            self.version = version
            self.sha256 = sha256
        }
    }
}
