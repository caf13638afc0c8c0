import DocketCore
import DocketDrafting
import DocketTestSupport
import DocketTransport
import Foundation
import Synchronization

/// Engines, sources and memories for the tests of the chat engine.
enum ChatFixture {
    static let prompts: PromptSet = {
        let folder = ReferenceData.packageRoot.appending(path: "Models/prompts")
        var files: [String: Data] = [:]
        for path in FileManager.default.enumerator(atPath: folder.path)?.compactMap({ $0 as? String }) ?? [] {
            files[path] = FileManager.default.contents(atPath: folder.appending(path: path).path)
        }
        do { return try PromptSet(files: files) } catch { fatalError("Models/prompts: \(error)") }
    }()

    static func engine(_ model: any ChatModel, settings: ChatEngine.Settings = .init()) -> ChatEngine {
        ChatEngine(model: model, prompts: prompts, settings: settings, now: { .zero })
    }

    static func engine(_ lie: ScriptedResponder.Lie? = nil) -> ChatEngine {
        engine(ScriptedChatModel(ScriptedResponder(lie: lie)))
    }

    /// A transcript of speaker and text pairs.
    static func transcript(
        _ turns: [(String, String)], language: String = "zh-Hant", classification: Classification = .internal
    ) -> SourceDocument {
        var text = ""
        var passages: [Passage] = []
        for (number, turn) in turns.enumerated() {
            if number > 0 { text += "\n" }
            let start = number == 0 ? 0 : text.utf8.count
            text += turn.1
            passages.append(Passage(number: number, kind: .utterance, range: start..<text.utf8.count, speaker: turn.0))
        }
        // A break belongs to the passage before it.
        for number in passages.indices.dropLast() { passages[number].end = passages[number + 1].start }
        return SourceDocument(
            id: SourceID(rawValue: "transcript"), kind: .transcript, title: "虛構會議", language: language, text: text,
            passages: passages, classification: classification,
            origin: Origin(
                fileName: "t.txt", sha256: SHA256Digest(of: text), byteCount: text.utf8.count, mediaType: "text/plain",
                reader: "test/1"))
    }

    static func request(
        _ task: DraftRequest.Task, _ source: SourceDocument, segments: [Segment] = [],
        steps: any StepMemory = NoStepMemory()
    ) -> DraftRequest {
        DraftRequest(
            task, source: source, segments: segments, id: DraftID(rawValue: "draft"), createdAt: "2026-01-01T00:00:00Z",
            steps: steps)
    }

    static func minutes(_ meeting: CorpusMeeting, steps: any StepMemory = NoStepMemory()) -> DraftRequest {
        request(.minutes(meeting.facts), meeting.transcript, segments: meeting.segments, steps: steps)
    }

    /// A draft without what differs between two runs that did the same work.
    static func comparable(_ draft: Draft) -> Draft {
        var draft = draft
        draft.derivation = nil
        return draft
    }
}

/// Steps in memory.
final class KeptSteps: StepMemory {
    private let results = Mutex<[DraftStep: Data]>([:])

    var count: Int { results.withLock(\.count) }
    func recall(_ step: DraftStep) async throws -> Data? { results.withLock { $0[step] } }
    func keep(_ result: Data, of step: DraftStep) async throws {
        results.withLock { if $0[step] == nil { $0[step] = result } }
    }
}
