public import DocketCore

/// One rule of the house: what it looks for in a source, in a draft, or in both.
///
/// A rule that has nothing to say about one of the two leaves that method out. Rules hold no state, and each reads its
/// document once: running time is linear in the length of the text.
public protocol Rule: Sendable {
    /// Its number, severity and explanation.
    var card: RuleCard { get }

    /// What it finds in a source.
    func findings(on reading: SourceReading) -> [Finding]

    /// What it finds in a draft.
    func findings(on reading: DraftReading) -> [Finding]
}

extension Rule {
    /// Nothing: the rule does not concern sources.
    public func findings(on reading: SourceReading) -> [Finding] { [] }

    /// Nothing: the rule does not concern drafts.
    public func findings(on reading: DraftReading) -> [Finding] { [] }
}

/// Number, severity and explanation of a rule: what `RuleSet.documentation()` prints.
public struct RuleCard: Sendable, Hashable {
    /// Number, "MIN-07".
    public let id: String
    /// Severity of its findings.
    public let severity: Finding.Severity
    /// What it finds.
    public let finds: LocalizedText
    /// What to do about it; the remedy of every finding that names none of its own.
    public let remedy: LocalizedText
    /// What it leaves alone on purpose.
    public let silent: LocalizedText

    /// A card.
    public init(
        _ id: String, _ severity: Finding.Severity, finds: LocalizedText, remedy: LocalizedText, silent: LocalizedText
    ) {
        self.id = id
        self.severity = severity
        self.finds = finds
        self.remedy = remedy
        self.silent = silent
    }

    /// A finding of this rule.
    public func finding(
        at place: Finding.Place, _ message: LocalizedText, remedy: LocalizedText? = nil
    ) -> Finding {
        Finding(rule: id, severity: severity, place: place, message: message, remedy: remedy ?? self.remedy)
    }
}

extension LocalizedText {
    /// Both texts, the Chinese one first.
    init(_ zhHant: String, _ en: String) { self.init(zhHant: zhHant, en: en) }
}
