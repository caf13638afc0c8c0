import DocketCore
import DocketTestSupport
import DocketTransport
import Foundation
import Synchronization
import Testing

@testable import DocketDrafting

/// Steps that are remembered, slots that are kept full, progress, cancellation, failures.
@Suite struct ChatRunTests {
    private static let path = "chief-secretaries/063"

    private struct Killed: Error {}

    @Test(arguments: [0, 1, 4, 9])
    func `a draft that was killed goes on where it stood, and only the rest is asked`(steps: Int) async throws {
        let meeting = try await CorpusMeeting.Cache.shared.meeting(Self.path).meeting
        let whole = ScriptedChatModel(ScriptedResponder(), context: 4096)
        let expected = try await ChatFixture.engine(whole).draft(ChatFixture.minutes(meeting)) { _ in }
        let total = whole.requests.count
        #expect(total >= 10)
        let memory = KeptSteps()
        let left = Mutex(steps)
        let dying = ScriptedChatModel(context: 4096) { messages in
            let goes = left.withLock { left in
                left -= 1
                return left >= 0
            }
            guard goes else { throw Killed() }
            return ScriptedResponder().answer(messages)
        }
        await #expect(throws: Killed.self) {
            _ = try await ChatFixture.engine(dying).draft(ChatFixture.minutes(meeting, steps: memory)) { _ in }
        }
        #expect(memory.count == steps)
        let second = ScriptedChatModel(ScriptedResponder(), context: 4096)
        let draft = try await ChatFixture.engine(second).draft(ChatFixture.minutes(meeting, steps: memory)) { _ in }
        #expect(second.requests.count == total - steps)
        #expect(draft.derivation?.remembered == steps)
        #expect(ChatFixture.comparable(draft) == ChatFixture.comparable(expected))
        let third = ScriptedChatModel(ScriptedResponder(), context: 4096)
        _ = try await ChatFixture.engine(third).draft(ChatFixture.minutes(meeting, steps: memory)) { _ in }
        #expect(third.requests.isEmpty)
    }

    @Test(arguments: [1, 2, 5])
    func `slots are full, and their number changes nothing of the draft`(slots: Int) async throws {
        let meeting = try await CorpusMeeting.Cache.shared.meeting(Self.path).meeting
        let model = ScriptedChatModel(ScriptedResponder(), context: 4096, slots: slots)
        let draft = try await ChatFixture.engine(model).draft(ChatFixture.minutes(meeting)) { _ in }
        let one = try await ChatFixture.engine(ScriptedChatModel(ScriptedResponder(), context: 4096, slots: 1))
            .draft(ChatFixture.minutes(meeting)) { _ in }
        #expect(model.mostRunning <= slots)
        #expect(ChatFixture.comparable(draft) == ChatFixture.comparable(one))
        #expect(
            ChatFixture.engine(model).identity
                == ChatFixture.engine(ScriptedChatModel(ScriptedResponder(), context: 4096, slots: 9)).identity)
    }

    @Test func `all slots work at once, across items`() async throws {
        let meeting = try await CorpusMeeting.Cache.shared.meeting(Self.path).meeting
        // Each answer waits until as many are in the making as there are slots.
        let gate = Gate(3)
        let model = GatedModel(inner: ScriptedChatModel(ScriptedResponder(), context: 8192, slots: 3), gate: gate)
        _ = try await ChatFixture.engine(model).draft(ChatFixture.minutes(meeting)) { _ in }
        #expect(await gate.most == 3)
    }

    @Test func `blocks come in page order, and progress counts to its end`() async throws {
        let meeting = try await CorpusMeeting.Cache.shared.meeting(Self.path).meeting
        let seen = Mutex<(blocks: [DraftBlock], progress: [DraftProgress])>(([], []))
        let draft = try await ChatFixture.engine().draft(ChatFixture.minutes(meeting)) { fragment in
            seen.withLock { seen in
                switch fragment {
                case .block(let block): seen.blocks.append(block)
                case .progress(let progress): seen.progress.append(progress)
                }
            }
        }
        let (blocks, progress) = seen.withLock { $0 }
        #expect(blocks == draft.blocks)
        #expect(zip(progress, progress.dropFirst()).allSatisfy { $0.done <= $1.done && $0.tokens <= $1.tokens })
        let last = try #require(progress.last)
        #expect(last.done == last.total && last.total > 5)
        #expect(progress.contains { !$0.item.isEmpty && $0.timeLeft != nil })
    }

    @Test func `the derivation says what was read, what answered and what it took`() async throws {
        let meeting = try await CorpusMeeting.Cache.shared.meeting(Self.path).meeting
        let model = ScriptedChatModel(ScriptedResponder())
        let draft = try await ChatFixture.engine(model).draft(ChatFixture.minutes(meeting)) { _ in }
        let derivation = try #require(draft.derivation)
        #expect(derivation.endpoint == "scripted" && derivation.promptVersion == ChatFixture.prompts.version)
        #expect(
            derivation.requests == model.requests.count && derivation.promptTokens > 1000
                && derivation.answerTokens > 100)
        #expect(derivation.inputs.first?.sha256 == SHA256Digest(of: meeting.transcript.text))
        #expect(derivation.inputs.map(\.source) == draft.sources)
        #expect(draft.engine.name == "chat-completion" && draft.engine.model == "script-1")
        #expect(draft.engine.promptDigest == ChatFixture.prompts.promptDigest)
        #expect(draft.engine.schemaDigest == ChatFixture.prompts.schemaDigest)
    }

    @Test func `cancelling ends a draft that waits for its model`() async throws {
        let meeting = try await CorpusMeeting.Cache.shared.meeting(Self.path).meeting
        let model = StuckModel()
        let task = Task {
            try await ChatFixture.engine(model).draft(ChatFixture.minutes(meeting)) { _ in }
        }
        while model.asked.withLock({ $0 }) < 2 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
    }

    @Test func `a failure of the model is a failure of the draft, and no other item is asked for long`() async throws {
        let meeting = try await CorpusMeeting.Cache.shared.meeting(Self.path).meeting
        let down = ChatFailure.unavailable(
            endpoint: "scripted", reason: LocalizedText(zhHant: "無", en: "none"), retryAfter: .seconds(3))
        let model = ScriptedChatModel(slots: 2) { _ in throw down }
        await #expect(throws: down) {
            _ = try await ChatFixture.engine(model).draft(ChatFixture.minutes(meeting)) { _ in }
        }
        #expect(model.requests.count <= 4)
    }

    @Test func `a source above the model's clearance is not sent`() async throws {
        let source = ChatFixture.transcript([("主席", "本案列為機密，請各機關注意。")], classification: .restricted)
        let model = ScriptedChatModel(ScriptedResponder(), clearance: .internal)
        await #expect(throws: ChatFailure.self) {
            _ = try await ChatFixture.engine(model).draft(ChatFixture.request(.summary(length: 50), source)) { _ in }
        }
        #expect(model.requests.isEmpty)
    }

    @Test(arguments: [
        "", "null", "[]", "{}", "not JSON", #"{"claims":"x"}"#, #"{"claims":[{"text":7}]}"#,
        #"{"claims":[{"text":"甲"#,
    ])
    func `an answer without the fields asked for fails the step and is not remembered`(answer: String) async throws {
        let source = ChatFixture.transcript([("主席", "請資訊局於十一月四日前提報平臺測試結果。")])
        let memory = KeptSteps()
        await #expect(throws: ChatFailure.self) {
            _ = try await ChatFixture.engine(ScriptedChatModel { _ in answer })
                .draft(ChatFixture.request(.summary(length: 100), source, steps: memory)) { _ in }
        }
        #expect(memory.count == 0)
    }

    @Test func `a flood of sentences is bounded`() async throws {
        let source = ChatFixture.transcript([("主席", "請資訊局於十一月四日前提報平臺測試結果。")])
        let flood = (0..<20_000).map { #"{"text":"第\#($0)句請資訊局提報平臺測試。","passages":["p0"]}"# }.joined(separator: ",")
        let long = String(repeating: "長", count: 5000)
        for answer in [#"{"claims":[\#(flood)]}"#, #"{"claims":[{"text":"\#(long)","passages":["p0"]}]}"#] {
            let memory = KeptSteps()
            let request = ChatFixture.request(.summary(length: 100_000), source, steps: memory)
            do {
                let draft = try await ChatFixture.engine(ScriptedChatModel { _ in answer }).draft(request) { _ in }
                #expect(draft.claims.count <= AnswerLimits.claims)
                #expect(draft.claims.allSatisfy { $0.text.count <= AnswerText.longest + 1 })
            } catch is ChatFailure {
                #expect(answer.utf8.count > AnswerLimits.bytes)
            }
        }
    }
}

/// Lets nobody through until so many have come, or nobody else can come.
private actor Gate {
    private let wanted: Int
    private var inside = 0
    private(set) var most = 0

    init(_ wanted: Int) { self.wanted = wanted }

    func pass() async {
        inside += 1
        most = max(most, inside)
        var turns = 0
        while most < wanted, turns < 2000 {
            await Task.yield()
            turns += 1
        }
        inside -= 1
    }
}

private struct GatedModel: ChatModel {
    let inner: ScriptedChatModel
    let gate: Gate
    var traits: ModelTraits { inner.traits }

    func answer(
        to request: ChatRequest, onProgress: @escaping @Sendable (ChatProgress) -> Void
    ) async throws -> ChatAnswer {
        await gate.pass()
        return try await inner.answer(to: request, onProgress: onProgress)
    }
}

private final class StuckModel: ChatModel {
    let asked = Mutex(0)
    let traits = ScriptedChatModel(ScriptedResponder()).traits

    func answer(
        to request: ChatRequest, onProgress: @escaping @Sendable (ChatProgress) -> Void
    ) async throws -> ChatAnswer {
        asked.withLock { $0 += 1 }
        try await Task.sleep(for: .seconds(600))
        return ChatAnswer(text: "{}", endpoint: "stuck")
    }
}
