public import DocketCore
public import DocketTransport
import Foundation

/// Writes drafts with a model that answers chat requests.
///
/// The form of minutes (header, attendance, numbering, labels, tracked items) stays with the rules; the model writes
/// statements, conclusions and titles. Each sentence names the passages it rests on, which are verified and repaired
/// here; whether it follows from them is checked afterwards, by others. A source of any length is packed into parts,
/// asked about in parallel, and joined; the ledger names every passage.
public struct ChatEngine: DraftingEngine {
    /// What changes how the engine writes beside the model.
    public struct Settings: Sendable, Equatable, Codable {
        /// Most tokens of data in one prompt, however large the context: a short part is read better than a long one.
        public var partTokens: Int
        /// Most tokens of one answer.
        public var mostAnswerTokens: Int

        /// Settings.
        public init(partTokens: Int = 6000, mostAnswerTokens: Int = 3000) {
            self.partTokens = max(200, partTokens)
            self.mostAnswerTokens = max(128, mostAnswerTokens)
        }
    }

    let chat: any ChatModel
    let prompts: PromptSet
    let settings: Settings
    private let now: @Sendable () -> Duration

    /// An engine that asks `model` with `prompts`; `now` tells the time since any fixed point.
    public init(
        model: any ChatModel, prompts: PromptSet, settings: Settings = Settings(),
        now: @escaping @Sendable () -> Duration = ChatEngine.uptime
    ) {
        chat = model
        self.prompts = prompts
        self.settings = settings
        self.now = now
    }

    /// Time since the start of the machine.
    public static let uptime: @Sendable () -> Duration = {
        .nanoseconds(Int64(clamping: DispatchTime.now().uptimeNanoseconds))
    }

    /// The model that reads what it is given.
    public var model: ModelTraits? { chat.traits }

    /// Name, version, model and the digests of prompts, schemas and settings.
    ///
    /// The number of slots changes nothing that is written and is not part of it.
    public var identity: EngineIdentity {
        let traits = chat.traits
        let settings = [
            traits.settingsDigest.hex, "\(traits.contextTokens)", "\(traits.tokens)", "\(settings.partTokens)",
            "\(settings.mostAnswerTokens)",
        ]
        return EngineIdentity(
            name: "chat-completion", version: "1", model: traits.model, promptDigest: prompts.promptDigest,
            schemaDigest: prompts.schemaDigest, settingsDigest: SHA256Digest(of: settings.joined(separator: "\n")))
    }

    /// Writes the draft that `request` asks for; see the protocol.
    /// - Throws: also `ChatFailure` when the model cannot be asked or gives no whole answer.
    public func draft(
        _ request: DraftRequest, onFragment: @Sendable (DraftFragment) async throws -> Void
    ) async throws -> Draft {
        guard request.source.passages.contains(where: { $0.end > $0.start }) else {
            throw DraftingError.emptySource(request.source.id)
        }
        try Task.checkCancellation()
        let board = ProgressBoard()
        let writer = try writer(for: request, board: board)
        var draft: Draft
        switch request.task {
        case .minutes(let facts):
            draft = try await MinutesWriting(writer, request, facts).draft(board, onFragment)
        case .subject where RecordForm.isSecret(request.source.classification),
            .abstract where RecordForm.isSecret(request.source.classification):
            // Nothing of a classified paper goes into a catalogue: there is nothing to ask.
            return try await ExtractiveEngine().draft(request, onFragment: onFragment)
        default:
            draft = try await TextWriting(writer, request).draft(board, onFragment)
        }
        draft.engine = identity
        draft.derivation = derivation(of: writer.run, request)
        return draft
    }

    /// A writer for one request.
    /// - Throws: `ChatFailure.refused` when the model may not be sent what is in it.
    func writer(for request: DraftRequest, board: ProgressBoard) throws -> ChatWriter {
        let classification = Self.documents(of: request).map(\.classification).max() ?? request.source.classification
        guard classification <= chat.traits.clearance else {
            throw ChatFailure.refused(
                endpoint: chat.traits.endpoint,
                reason: LocalizedText(
                    zhHant: "來源密等為 \(classification.rawValue)，端點僅許可至 \(chat.traits.clearance.rawValue)",
                    en: "the source is \(classification.rawValue), the endpoint is cleared for "
                        + chat.traits.clearance.rawValue))
        }
        let run = DraftRun(
            model: chat, identity: identity, memory: request.steps, classification: classification, now: now,
            onChange: board.changed)
        return ChatWriter(
            run: run, prompts: prompts, settings: settings, isChinese: request.source.language.hasPrefix("zh"),
            isSimplified: request.source.language.hasPrefix("zh-Hans") || request.source.language == "zh-CN")
    }

    /// What was read and what it took.
    func derivation(of run: DraftRun, _ request: DraftRequest) -> DraftDerivation {
        var derivation = run.derivation
        derivation.promptVersion = prompts.version
        derivation.inputs = Self.documents(of: request).map { document in
            DraftDerivation.Input(
                source: document.id, version: document.version, sha256: SHA256Digest(of: document.text))
        }
        return derivation
    }

    /// The source and the papers beside it.
    static func documents(of request: DraftRequest) -> [SourceDocument] {
        guard case .minutes(let facts) = request.task else { return [request.source] }
        return [request.source] + [facts.agenda?.document, facts.attendance?.document].compactMap(\.self)
    }
}
