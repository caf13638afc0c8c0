public import DocketCore

/// Rules in order: a value, passed to whoever checks.
public struct RuleSet: Sendable {
    /// The rules.
    public let rules: [any Rule]

    /// A set of `rules`, run in this order.
    public init(_ rules: [any Rule]) { self.rules = rules }

    /// Findings that one rule may give on one document; a hostile text cannot make more.
    public static let findingsPerRule = 200

    /// What the rules find in a source and its structure, in order of place.
    public func findings(
        on source: SourceDocument, _ structure: DocumentStructure, _ context: RuleContext = RuleContext()
    ) -> [Finding] {
        let reading = SourceReading(source, structure, context)
        return Self.ordered(rules.map { $0.findings(on: reading) })
    }

    /// What the rules find in a draft, in the order of its claims; `sources` are those it cites.
    public func findings(
        on draft: Draft, sources: [SourceDocument], _ context: RuleContext = RuleContext()
    ) -> [Finding] {
        let reading = DraftReading(draft, sources, context)
        return Self.ordered(rules.map { $0.findings(on: reading) })
    }

    /// The set without the rules named.
    public func without(_ ids: Set<String>) -> RuleSet { RuleSet(rules.filter { !ids.contains($0.card.id) }) }

    /// Findings by claim, then by place, then by rule; those without a place first.
    private static func ordered(_ byRule: [[Finding]]) -> [Finding] {
        let all = byRule.flatMap { $0.prefix(findingsPerRule) }
        let keyed = all.enumerated().map { index, finding in
            (claim: finding.place.claim ?? -1, start: finding.place.spans.first?.start ?? -1, index: index)
        }
        return keyed.sorted { ($0.claim, $0.start, $0.index) < ($1.claim, $1.start, $1.index) }.map { all[$0.index] }
    }
}
