/// What an engine wrote: blocks in the order of the page, each sentence or field a claim with the places it rests on.
public struct Draft: Sendable, Equatable, Codable {
    /// Name of the draft.
    public var id: DraftID
    /// What it is.
    public var kind: Kind
    /// Title line.
    public var title: String
    /// Language of its text.
    public var language: String
    /// Sources it was made from, the main one first.
    public var sources: [SourceID]
    /// Highest classification of its sources.
    public var classification: Classification
    /// Scope of its sources.
    public var scope: String
    /// Blocks in page order.
    public var blocks: [DraftBlock]
    /// Coverage of the main source, one entry a passage.
    public var coverage: [CoverageEntry]
    /// Engine that wrote it.
    public var engine: EngineIdentity
    /// When, ISO 8601 in UTC.
    public var createdAt: String
    /// What it was made from and what that took; nil in drafts of earlier versions.
    public var derivation: DraftDerivation?
    /// What the engine itself has to report: parts that contradict each other, claims that it left out.
    public var remarks: [Finding]?

    /// A draft as an engine hands it over.
    public init(
        id: DraftID = .make(), kind: Kind, title: String, language: String, sources: [SourceID],
        classification: Classification, scope: String = "", blocks: [DraftBlock], coverage: [CoverageEntry],
        engine: EngineIdentity, createdAt: String, derivation: DraftDerivation? = nil, remarks: [Finding]? = nil
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.language = language
        self.sources = sources
        self.classification = classification
        self.scope = scope
        self.blocks = blocks
        self.coverage = coverage
        self.engine = engine
        self.createdAt = createdAt
        self.derivation = derivation
        self.remarks = remarks
    }

    /// What a draft is.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case minutes, summary, speakerDigest, title
        /// 案由 of a document.
        case subject
        /// 案情摘要 of a file.
        case abstract
    }

    /// All claims in page order.
    public var claims: [Claim] { blocks.flatMap(\.claims) }
}

/// One block of a draft's page.
public struct DraftBlock: Sendable, Equatable, Codable {
    /// What it is on the page.
    public var kind: Kind
    /// Level of a heading from 1; outline level of a list item.
    public var level: Int
    /// Marker or label before the text: "（一）", "時間", "會議結論".
    public var label: String
    /// Outline path of the agenda item it belongs to.
    public var path: String?
    /// Its claims; the block's text is theirs joined.
    public var claims: [Claim]
    /// Why a field that the form asks for is empty; nil when it is filled.
    public var emptyReason: LocalizedText?

    /// A block of claims.
    public init(
        kind: Kind, level: Int = 0, label: String = "", path: String? = nil, claims: [Claim] = [],
        emptyReason: LocalizedText? = nil
    ) {
        self.kind = kind
        self.level = level
        self.label = label
        self.path = path
        self.claims = claims
        self.emptyReason = emptyReason
    }

    /// What a block is on the page.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case field, heading, itemTitle, statement, conclusion, paragraph, closing
    }

    /// The claims' texts joined.
    public var text: String { claims.map(\.text).joined() }
}

/// One checkable statement of a draft with what it rests on.
public struct Claim: Sendable, Equatable, Codable {
    /// Number in the draft, from 0; equal through an export and its return.
    public var number: Int
    /// Text as it stands on the page.
    public var text: String
    /// Places it rests on, best first; empty for a person's addition that cites nothing.
    public var citations: [Citation]
    /// How it came from the source.
    public var derivation: Derivation

    /// A claim resting on `citations`.
    public init(number: Int, text: String, citations: [Citation], derivation: Derivation) {
        self.number = number
        self.text = text
        self.citations = citations
        self.derivation = derivation
    }

    /// How a claim came from its source.
    public enum Derivation: String, Sendable, Codable, CaseIterable {
        /// Word for word.
        case verbatim
        /// Shortened or turned into written register by rule.
        case condensed
        /// Composed by an engine.
        case composed
        /// Form of the house, true of any draft: labels and set phrases.
        case form
        /// Written by a person.
        case human
    }
}

/// What became of one passage of a draft's source.
public struct CoverageEntry: Sendable, Equatable, Codable {
    /// Source of the passage.
    public var source: SourceID
    /// Passage number.
    public var passage: Int
    /// What became of it.
    public var use: Use
    /// Reason when it was set aside: "filler", "procedure", "repetition", "belowLength", "offTopic" ….
    public var reason: String?

    /// One line of the ledger.
    public init(source: SourceID, passage: Int, use: Use, reason: String? = nil) {
        self.source = source
        self.passage = passage
        self.use = use
        self.reason = reason
    }

    /// What became of a passage.
    public enum Use: String, Sendable, Codable, CaseIterable {
        case used, condensed, setAside
    }
}

/// Whether a claim follows from what it cites.
public enum Verdict: String, Sendable, Codable, CaseIterable {
    case supported, contradicted, unsupported
}

/// Why a claim got its verdict.
public struct VerdictReason: Sendable, Equatable, Codable {
    /// What kind of difference it is.
    public var type: ReasonType
    /// Words of the claim.
    public var claimWords: String
    /// Words of the source they were held against; empty when nothing answers them.
    public var evidenceWords: String
    /// Where those words are.
    public var span: SourceSpan?

    /// A reason.
    public init(type: ReasonType, claimWords: String, evidenceWords: String, span: SourceSpan? = nil) {
        self.type = type
        self.claimWords = claimWords
        self.evidenceWords = evidenceWords
        self.span = span
    }
}

/// The closed list of reasons (docs/cli.md).
public enum ReasonType: String, Sendable, Codable, CaseIterable {
    case numberDigit = "number-digit"
    case numberMagnitude = "number-magnitude"
    case numberSwap = "number-swap"
    case unit
    case dateYear = "date-year"
    case dateMonth = "date-month"
    case dateDay = "date-day"
    case rocAD = "roc-ad"
    case ordinal
    case tracking
    case person
    case attribution
    case agency
    case actorSwap = "actor-swap"
    case releaseContinue = "release-continue"
    case negation
    case modality
    case direction
    case quantifier
    case deadline
    case addressee
    case addedNumber = "added-number"
    case addedName = "added-name"
    case addedPlain = "added-plain"
    /// Other words stand where the evidence has these.
    case wording
    /// The words of the claim are in the evidence: the reason of a supported verdict.
    case matched
    /// The claim cites nothing.
    case noCitation = "no-citation"
}

/// A claim's verdict with its reasons.
public struct ClaimVerdict: Sendable, Equatable, Codable {
    /// Number of the claim.
    public var claim: Int
    /// The verdict.
    public var verdict: Verdict
    /// Why, the weightiest first.
    public var reasons: [VerdictReason]

    /// A verdict on claim number `claim`.
    public init(claim: Int, verdict: Verdict, reasons: [VerdictReason]) {
        self.claim = claim
        self.verdict = verdict
        self.reasons = reasons
    }
}

/// A draft in which every claim carries a verdict.
///
/// The archive stores nothing else.
public struct VerifiedDraft: Sendable, Equatable, Codable {
    /// The draft.
    public let draft: Draft
    /// One verdict a claim, in the order of `draft.claims`.
    public let verdicts: [ClaimVerdict]
    /// Findings of the rules on the draft.
    public let findings: [Finding]

    /// Joins a draft with its verdicts.
    /// - Throws: `VerificationError.missingVerdict` when the verdicts are not one a claim in the claims' order.
    public init(_ draft: Draft, verdicts: [ClaimVerdict], findings: [Finding]) throws(VerificationError) {
        let claims = draft.claims
        for (index, claim) in claims.enumerated()
        where index >= verdicts.count || verdicts[index].claim != claim.number {
            throw .missingVerdict(claim: claim.number)
        }
        guard verdicts.count == claims.count else { throw .missingVerdict(claim: claims.count) }
        self.draft = draft
        self.verdicts = verdicts
        self.findings = findings
    }
}

/// A draft could not be joined with its verdicts.
public enum VerificationError: Error, Equatable, CustomStringConvertible {
    /// No verdict for a claim of this number.
    case missingVerdict(claim: Int)

    /// One line for a person.
    public var description: String {
        switch self {
        case .missingVerdict(let claim): "claim \(claim) has no verdict; check the draft again"
        }
    }
}

/// Where a draft stands in review (DESIGN.md promise 5).
public enum ReviewState: String, Sendable, Codable, CaseIterable {
    case suggested, edited, reviewed, approved, rejected
}
