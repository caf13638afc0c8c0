public import DocketCore
internal import DocketText

/// Decides by rule whether a claim follows from the passages it cites.
///
/// Claim and evidence are cut into tokens in which a number is its value and a date its parts in the Gregorian
/// calendar, then
/// aligned. What differs at a place is judged by kind: numbers, units, dates, names, tracking numbers, negation,
/// modality,
/// direction, quantifiers, deadlines, decisions, speakers. The cost is the product of the two lengths, with the
/// evidence
/// bounded by narrowing; no model is needed.
public struct Grounder: Sendable {
    private let roster: RosterIndex
    private let lexicon: Lexicon

    /// A grounder that knows the names of `roster` and the opposites of `lexicon`.
    public init(roster: Roster = Roster(), lexicon: Lexicon = .standard) {
        self.roster = RosterIndex(roster)
        self.lexicon = lexicon
    }

    /// Longest claim that is judged, in bytes: what is longer is no single statement and is unsupported as a whole.
    public static let claimLimit = 16_384

    /// Whether `claim` follows from `evidence`, and why.
    ///
    /// A supported claim has one reason `matched` with the words it rests on; any other has one reason a difference,
    /// in the
    /// order of the claim. Without evidence the verdict is `unsupported` for `noCitation`.
    public func verdict(claim: String, evidence: [Evidence]) -> (verdict: Verdict, reasons: [VerdictReason]) {
        guard evidence.contains(where: { !$0.text.isEmpty }) else {
            return (.unsupported, [VerdictReason(type: .noCitation, claimWords: claim, evidenceWords: "")])
        }
        guard claim.utf8.count <= Self.claimLimit else {
            return (
                .unsupported,
                [VerdictReason(type: .addedPlain, claimWords: String(claim.prefix(200)), evidenceWords: "")]
            )
        }
        let analysed = AnalysedText(claim, roster: roster)
        var judge = Judge(claim: analysed, evidence: EvidenceText(evidence, roster: roster), lexicon: lexicon)
        judge.checkTracking()
        judge.checkIdentifiers()
        judge.checkDates()
        judge.checkTimes()
        judge.checkNumbers()
        judge.checkNames()
        judge.checkNeighbours()
        judge.checkBinding()
        judge.checkAttribution()
        judge.checkOrder()
        judge.checkSubstitutions()
        judge.checkDirections()
        judge.checkFigures()
        judge.checkNegation()
        judge.checkOpposites()
        judge.checkOutcomes()
        judge.checkReplacements()
        judge.checkAdditions()
        return judge.verdict()
    }
}

extension Judge {
    /// Reasons that add to the evidence instead of contradicting it.
    private static let additions: Set<ReasonType> = [.addedNumber, .addedName, .addedPlain, .noCitation]

    /// The verdict on what the checks found.
    func verdict() -> (verdict: Verdict, reasons: [VerdictReason]) {
        guard reasons.isEmpty else {
            let isContradicted = reasons.contains { !Self.additions.contains($0.type) }
            return (isContradicted ? .contradicted : .unsupported, reasons)
        }
        let answers = aligned.compactMap(\.self)
        var matched = VerdictReason(type: .matched, claimWords: claim.text, evidenceWords: "")
        if let low = answers.min(), let high = answers.max() {
            let range = source[low].range.lowerBound..<source[high].range.upperBound
            matched.evidenceWords = evidence.analysed.words(range)
            matched.span = evidence.span(range)
        }
        return (.supported, [matched])
    }
}

extension RosterIndex {
    /// An index of a library's roster.
    init(_ roster: Roster) {
        self.init(
            agencies: roster.agencies.map {
                .init(id: $0.id, name: $0.officialName, otherNames: $0.shortNames + $0.aliases)
            },
            persons: roster.persons.map {
                .init(
                    id: $0.id, name: $0.name, surname: $0.surname, titles: [$0.title] + $0.titleAliases,
                    agency: $0.agency)
            })
    }
}
