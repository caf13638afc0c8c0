public import DocketCore
public import DocketTransport

/// What an engine is asked to write, with all it may read.
public struct DraftRequest: Sendable {
    /// What to write.
    public var task: Task
    /// The main source: the transcript of minutes, the document or meeting of a summary.
    public var source: SourceDocument
    /// Segments of the source: agenda items, sections or topics; empty when it was not segmented.
    public var segments: [Segment]
    /// Name that the draft gets.
    public var id: DraftID
    /// Time that the draft says it was made, ISO 8601 in UTC; given, so that a draft can be made again exactly.
    public var createdAt: String
    /// What the engine's steps gave before.
    public var steps: any StepMemory

    /// A request for `task` on `source`.
    public init(
        _ task: Task, source: SourceDocument, segments: [Segment] = [], id: DraftID = .make(), createdAt: String,
        steps: any StepMemory = NoStepMemory()
    ) {
        self.task = task
        self.source = source
        self.segments = segments
        self.id = id
        self.createdAt = createdAt
        self.steps = steps
    }

    /// What to write.
    public enum Task: Sendable {
        /// Minutes of the meeting that the source is the transcript of.
        case minutes(MinutesFacts)
        /// A summary of at most `length` characters (Chinese) or words, of the whole source or of some passages.
        case summary(length: Int, passages: ClosedRange<Int>? = nil)
        /// What each speaker said, at most `length` characters or words a speaker.
        case speakerDigest(length: Int)
        /// A headline for the whole source or for some passages.
        case title(passages: ClosedRange<Int>? = nil)
        /// An answer of at most `length` characters or words from the source's own sentences.
        case answer(question: String, length: Int)
        /// The subject of a document (案由): who does what about what, in one phrase; see `RecordForm`.
        case subject
        /// The abstract of a file (案情摘要): why it arose, what was done, what came of it; see `RecordForm`.
        case abstract
    }
}

/// What minutes are written from beside the transcript; whatever is absent leaves its fields empty with a reason.
public struct MinutesFacts: Sendable {
    /// Agenda as read.
    public var agenda: ReadSource?
    /// Attendance list as read.
    public var attendance: ReadSource?
    /// Series that gives name, host and outcome label.
    public var series: MeetingSeries?
    /// Agencies and persons.
    public var roster: Roster
    /// Ordinal of the meeting, if known otherwise than from the agenda.
    public var ordinal: Int?

    /// Facts of whatever is known.
    public init(
        agenda: ReadSource? = nil, attendance: ReadSource? = nil, series: MeetingSeries? = nil,
        roster: Roster = Roster(),
        ordinal: Int? = nil
    ) {
        self.agenda = agenda
        self.attendance = attendance
        self.series = series
        self.roster = roster
        self.ordinal = ordinal
    }

    /// A source with its structure.
    public struct ReadSource: Sendable {
        /// The source.
        public var document: SourceDocument
        /// Its structure by the grammar of minutes.
        public var structure: MinutesStructure

        /// A source that was read as minutes, agenda or attendance list.
        public init(_ document: SourceDocument, _ structure: MinutesStructure) {
            self.document = document
            self.structure = structure
        }
    }
}

/// A piece of a draft in the making.
public enum DraftFragment: Sendable, Equatable {
    /// A block of the page is finished.
    case block(DraftBlock)
    /// How far the draft is.
    case progress(DraftProgress)
}

/// Writes drafts.
///
/// One folder and one line of registration an engine.
public protocol DraftingEngine: Sendable {
    /// What makes the draft; stored with it and part of the key of the step.
    var identity: EngineIdentity { get }

    /// The model that reads what it is given; nil for an embedded engine, from which nothing goes out.
    var model: ModelTraits? { get }

    /// Writes a draft, handing over blocks as they are finished and waiting for `onFragment` before going on.
    /// - Throws: `DraftingError`, `CancellationError`, or what `onFragment` threw.
    func draft(
        _ request: DraftRequest, onFragment: @Sendable (DraftFragment) async throws -> Void
    ) async throws -> Draft

    /// Other words for claims of `draft` that the check found wanting, each with the places they rest on.
    ///
    /// Asked once a draft. An engine that has no better words gives none, which is what it does unless it says otherwise.
    /// - Throws: `CancellationError`; what an engine cannot mend it leaves out.
    func repaired(_ doubts: [ClaimDoubt], of draft: Draft, for request: DraftRequest) async throws -> ClaimRepairs
}

extension DraftingEngine {
    /// No repairs.
    public func repaired(
        _ doubts: [ClaimDoubt], of draft: Draft, for request: DraftRequest
    ) async throws -> ClaimRepairs { ClaimRepairs() }
}

/// A claim that the check found wanting.
public struct ClaimDoubt: Sendable, Equatable {
    /// Number of the claim.
    public var claim: Int
    /// Position of its block in the draft.
    public var block: Int
    /// What is wrong with it.
    public var reasons: [VerdictReason]

    /// A doubt.
    public init(claim: Int, block: Int, reasons: [VerdictReason]) {
        self.claim = claim
        self.block = block
        self.reasons = reasons
    }
}

/// Other words for claims, by their numbers, and what it took to get them.
public struct ClaimRepairs: Sendable, Equatable {
    /// New claims under the numbers of those they stand for; their own numbers mean nothing yet.
    public var claims: [Int: Claim]
    /// Requests, tokens and time of the repairs alone.
    public var derivation: DraftDerivation

    /// Repairs; none by default.
    public init(claims: [Int: Claim] = [:], derivation: DraftDerivation = DraftDerivation()) {
        self.claims = claims
        self.derivation = derivation
    }
}

/// A draft could not be written.
public enum DraftingError: ExplainedError, Equatable {
    /// The source has no text to draft from.
    case emptySource(SourceID)
    /// A length below 1 was asked for.
    case lengthTooShort(Int)
    /// Passages outside the source were asked for.
    case noSuchPassages(ClosedRange<Int>, source: SourceID)
    /// A model's context has no room for anything beside prompt and answer.
    case contextTooSmall(tokens: Int, needed: Int)

    /// One line for a person, in both languages.
    public var explanation: LocalizedText {
        switch self {
        case .emptySource(let source):
            LocalizedText(
                zhHant: "來源 \(source) 沒有文字，無從擬稿；請先確認檔案內容",
                en: "source \(source) has no text to draft from; check the file")
        case .lengthTooShort(let length):
            LocalizedText(
                zhHant: "長度 \(length) 太短；請指定 1 以上的數字", en: "length \(length) is too short; give a number of 1 or more")
        case .noSuchPassages(let range, let source):
            LocalizedText(
                zhHant: "來源 \(source) 沒有段落 \(range.lowerBound) 至 \(range.upperBound)；請用 docket show 查看段落編號",
                en:
                    "source \(source) has no passages \(range.lowerBound) to \(range.upperBound); see docket show"
            )
        case .contextTooSmall(let tokens, let needed):
            LocalizedText(
                zhHant: "模型的上下文 \(tokens) 個 token 不敷擬稿之用；請在設定檔把 contextTokens 設為 \(needed) 以上",
                en: "a context of \(tokens) tokens has no room for drafting; set contextTokens to \(needed) or more")
        }
    }
}
