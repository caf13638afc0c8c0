public import DocketCore
public import Foundation

/// What an engine's own steps gave before, so that a draft that was interrupted goes on where it stood and no step is
/// done twice.
public protocol StepMemory: Sendable {
    /// What `step` gave before; nil when it was not done.
    func recall(_ step: DraftStep) async throws -> Data?

    /// Keeps what `step` gave; the first result stays.
    func keep(_ result: Data, of step: DraftStep) async throws
}

/// One step of an engine: a call to a model, or a whole draft.
public struct DraftStep: Sendable, Hashable {
    /// What it does, "minutes.item".
    public var name: String
    /// What does it.
    public var engine: EngineIdentity
    /// Digests of all that it reads, in a fixed order.
    public var inputs: [SHA256Digest]

    /// A step.
    public init(_ name: String, engine: EngineIdentity, inputs: [SHA256Digest]) {
        self.name = name
        self.engine = engine
        self.inputs = inputs
    }
}

/// Remembers nothing: every step is done.
public struct NoStepMemory: StepMemory {
    /// A memory without content.
    public init() {}

    /// Nil.
    public func recall(_ step: DraftStep) -> Data? { nil }

    /// Keeps nothing.
    public func keep(_ result: Data, of step: DraftStep) {}
}

/// How far a draft is.
public struct DraftProgress: Sendable, Equatable {
    /// What is being written: the title of an agenda item, a speaker, a part; for people.
    public var item: String
    /// Steps that are done, remembered ones included.
    public var done: Int
    /// Steps in all, as far as is known now.
    public var total: Int
    /// Tokens that the model has written so far.
    public var tokens: Int
    /// Tokens per second over the steps that run now; nil before the first.
    public var tokensPerSecond: Double?
    /// Time left at the pace so far; nil before the first step is done.
    public var timeLeft: Duration?

    /// Progress.
    public init(
        item: String, done: Int, total: Int, tokens: Int = 0, tokensPerSecond: Double? = nil, timeLeft: Duration? = nil
    ) {
        self.item = item
        self.done = done
        self.total = total
        self.tokens = tokens
        self.tokensPerSecond = tokensPerSecond
        self.timeLeft = timeLeft
    }
}
