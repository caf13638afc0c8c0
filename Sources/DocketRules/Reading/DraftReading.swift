public import DocketCore
internal import DocketText

/// A draft as the rules read it, with the sources it cites.
public struct DraftReading: Sendable {
    /// The draft.
    public let draft: Draft
    /// Sources that its claims cite.
    public let sources: [SourceDocument]
    /// What else is known.
    public let context: RuleContext

    /// Reads `draft`.
    public init(_ draft: Draft, _ sources: [SourceDocument], _ context: RuleContext) {
        self.draft = draft
        self.sources = sources
        self.context = context
    }

    /// True when the draft is written in Chinese.
    var isChinese: Bool { draft.language.hasPrefix("zh") }

    /// Place of a claim: what it rests on, and its number.
    func place(_ claim: Claim, in block: DraftBlock) -> Finding.Place {
        Finding.Place(
            spans: claim.citations.prefix(SourceReading.spansPerFinding).map(\.span), claim: claim.number,
            path: block.path)
    }

    /// Calls `body` for each claim with its block.
    func forEachClaim(_ body: (Claim, DraftBlock) -> Void) {
        for block in draft.blocks {
            for claim in block.claims { body(claim, block) }
        }
    }
}
