internal import DocketCore
internal import DocketTransport
internal import Foundation
internal import Synchronization

/// One draft in the making: asks the model step by step, remembers what each step gave, and counts.
final class DraftRun: Sendable {
    let model: any ChatModel
    let identity: EngineIdentity
    let memory: any StepMemory
    /// Highest classification of what the prompts are made from.
    let classification: Classification
    private let slots: SlotQueue
    private let counts = Mutex(Counts())
    private let now: @Sendable () -> Duration
    private let started: Duration
    /// Told that there is new progress; must not wait.
    private let onChange: @Sendable () -> Void

    /// One call to the model.
    struct Step: Sendable {
        /// "minutes.item".
        var name: String
        /// What people see: the title of an item, a speaker.
        var item: String
        /// Place on the page; lower is asked first.
        var order: Int
        var messages: [ChatMessage]
        var schema: AnswerSchema?
        var answerTokens: Int
        var script: ChatRequest.RequiredScript?
    }

    fileprivate struct Counts {
        var derivation = DraftDerivation()
        var endpoints: Set<String> = []
        var done = 0
        var total = 0
        var asked = 0
        var tokens = 0
        var item = ""
        var running: [Int: ChatProgress] = [:]
        var nextRun = 0
    }

    init(
        model: any ChatModel, identity: EngineIdentity, memory: any StepMemory, classification: Classification,
        now: @escaping @Sendable () -> Duration, onChange: @escaping @Sendable () -> Void
    ) {
        self.model = model
        self.identity = identity
        self.memory = memory
        self.classification = classification
        self.now = now
        self.onChange = onChange
        slots = SlotQueue(model.traits.slots)
        started = now()
    }

    /// Says that so many steps more are to come, or fewer.
    func expect(_ steps: Int) { counts.withLock { $0.total += steps } }

    /// The answer to `step`: what it gave before, else what the model gives now.
    /// - Throws: `ChatFailure`, `CancellationError`, what the memory throws.
    func answer<Answer: Decodable & Sendable>(_ step: Step, as type: Answer.Type) async throws -> Answer {
        let key = try key(of: step)
        if let data = try await memory.recall(key), let kept = Result(data), let answer = kept.decoded(type) {
            counts.withLock { counts in
                counts.derivation.remembered += 1
                counts.done += 1
                counts.item = step.item
                counts.endpoints.insert(kept.endpoint)
            }
            onChange()
            return answer
        }
        return try await slots.run(order: step.order) { try await self.ask(step, key, as: type) }
    }

    private func ask<Answer: Decodable & Sendable>(
        _ step: Step, _ key: DraftStep, as type: Answer.Type
    ) async throws -> Answer {
        let run = counts.withLock { counts in
            counts.nextRun += 1
            counts.item = step.item
            return counts.nextRun
        }
        onChange()
        defer { counts.withLock { _ = $0.running.removeValue(forKey: run) } }
        let request = ChatRequest(
            purpose: step.name, messages: step.messages, answerTokens: step.answerTokens, schema: step.schema,
            script: step.script, classification: classification)
        let reply = try await model.answer(to: request) { progress in self.note(progress, of: run) }
        let result = Result(reply)
        guard let answer = result.decoded(type) else {
            throw ChatFailure.invalid(
                endpoint: reply.endpoint,
                reason: LocalizedText(zhHant: "回覆不合所要求的欄位", en: "the answer does not have the fields asked for"))
        }
        try await memory.keep(try result.data(), of: key)
        counts.withLock { $0.take(reply) }
        onChange()
        return answer
    }

    private func note(_ progress: ChatProgress, of run: Int) {
        let isNew = counts.withLock { counts in
            let last = counts.running[run]?.pieces ?? 0
            guard progress.pieces >= last + Self.everyPieces || last == 0 else { return false }
            counts.running[run] = progress
            return true
        }
        if isNew { onChange() }
    }

    /// Pieces of an answer between two reports of progress.
    private static let everyPieces = 16

    private func key(of step: Step) throws -> DraftStep {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let form = "\(step.answerTokens) \(step.script?.rawValue ?? "-") \(step.schema?.name ?? "-")"
        return DraftStep(
            step.name, engine: identity,
            inputs: [SHA256Digest(of: try encoder.encode(step.messages)), SHA256Digest(of: form)])
    }

    // MARK: - What is known

    /// How far the draft is.
    var progress: DraftProgress {
        let elapsed = now() - started
        return counts.withLock { counts in
            let written = counts.running.values.reduce(0) { $0 + $1.pieces }
            let speed = counts.running.values.reduce(0.0) { sum, progress in
                let seconds = progress.elapsed / .seconds(1)
                return seconds > 0 ? sum + Double(progress.pieces) / seconds : sum
            }
            let left = max(0, counts.total - counts.done)
            return DraftProgress(
                item: counts.item, done: counts.done, total: max(counts.total, counts.done),
                tokens: counts.tokens + written, tokensPerSecond: speed > 0 ? speed : nil,
                timeLeft: counts.asked > 0 ? elapsed * left / counts.asked : nil)
        }
    }

    /// What the run took so far.
    var derivation: DraftDerivation {
        let elapsed = now() - started
        return counts.withLock { counts in
            var derivation = counts.derivation
            derivation.endpoint =
                counts.endpoints.isEmpty ? model.traits.endpoint : counts.endpoints.sorted().joined(separator: "+")
            derivation.milliseconds = Int(elapsed / .milliseconds(1))
            return derivation
        }
    }
}

extension DraftRun.Counts {
    /// Counts a step that the model did.
    fileprivate mutating func take(_ reply: ChatAnswer) {
        done += 1
        asked += 1
        tokens += reply.answerTokens ?? 0
        derivation.requests += reply.requests
        derivation.promptTokens += reply.promptTokens ?? 0
        derivation.answerTokens += reply.answerTokens ?? 0
        endpoints.insert(reply.endpoint)
    }
}

/// What a step gave, as it is remembered.
private struct Result: Codable {
    var text: String
    var endpoint: String

    init(_ reply: ChatAnswer) {
        text = reply.text
        endpoint = reply.endpoint
    }

    /// Reads what was remembered; nil when it is not of this form: the step is then done again.
    init?(_ data: Data) {
        guard let value = try? JSONDecoder().decode(Result.self, from: data) else { return nil }
        self = value
    }

    func data() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    /// The answer's value; nil when its text is not of its form.
    func decoded<Answer: Decodable>(_ type: Answer.Type) -> Answer? {
        guard text.utf8.count <= AnswerLimits.bytes else { return nil }
        // The decoder's own message would hold words of the answer.
        return try? JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
