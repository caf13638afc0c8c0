internal import DocketCore

/// Findings of the rules on generated text (DOMAIN.md section 12, GEN and TXT).
enum DraftFindings {
    /// One finding a rule that the differences of a claim break.
    static func findings(for verdict: ClaimVerdict, _ claim: Claim, in block: DraftBlock) -> [Finding] {
        guard verdict.verdict != .supported else { return [] }
        var seen: Set<String> = []
        return verdict.reasons.flatMap { reason in
            rules(for: reason.type, in: block).filter { seen.insert($0.rawValue).inserted }.map { rule in
                Finding(
                    rule: rule.rawValue, severity: .error,
                    place: Finding.Place(
                        spans: reason.span.map { [$0] } ?? claim.citations.map(\.span), claim: claim.number,
                        path: block.path),
                    message: rule.message(reason), remedy: rule.remedy)
            }
        }
    }

    /// The rules that a kind of difference breaks.
    private static func rules(for type: ReasonType, in block: DraftBlock) -> [Rule] {
        switch type {
        case .noCitation: [.uncited]
        case .numberDigit, .numberMagnitude, .numberSwap, .unit, .ordinal, .tracking, .addedNumber: [.number, .outside]
        case .dateYear, .dateMonth, .dateDay, .rocAD, .deadline: [.date, .outside]
        case .person, .addedName, .attribution: [.name, .outside]
        case .agency, .addressee, .actorSwap:
            block.kind == .conclusion || type == .addressee ? [.name, .addressee] : [.name, .outside]
        case .negation, .modality, .direction, .quantifier, .releaseContinue, .wording: [.sense]
        case .addedPlain: [.outside]
        case .matched: []
        }
    }

    /// A rule with its texts.
    enum Rule: String {
        case uncited = "GEN-01"
        case outside = "GEN-02"
        case sense = "GEN-04"
        case addressee = "GEN-05"
        case bracket = "TXT-01"
        case number = "TXT-04"
        case date = "TXT-05"
        case name = "TXT-06"

        func message(_ reason: VerdictReason) -> LocalizedText {
            let (claim, source) = (reason.claimWords, reason.evidenceWords)
            let zh = source.isEmpty ? "「\(claim)」" : "「\(claim)」，來源為「\(source)」"
            let en = source.isEmpty ? "\"\(claim)\"" : "\"\(claim)\", source: \"\(source)\""
            return switch self {
            case .uncited: LocalizedText(zhHant: "此句未引用任何來源", en: "this sentence cites no source")
            case .outside: LocalizedText(zhHant: "引用之處沒有：\(zh)", en: "not in what is cited: \(en)")
            case .sense: LocalizedText(zhHant: "語意與來源不同：\(zh)", en: "differs in sense from the source: \(en)")
            case .addressee: LocalizedText(zhHant: "受文對象與來源不同：\(zh)", en: "addressee differs from the source: \(en)")
            case .bracket: LocalizedText(zhHant: "括號或引號未成對：\(zh)", en: "unpaired bracket or quotation mark: \(en)")
            case .number: LocalizedText(zhHant: "數字不在引用之處：\(zh)", en: "number not in what is cited: \(en)")
            case .date: LocalizedText(zhHant: "日期不在引用之處：\(zh)", en: "date not in what is cited: \(en)")
            case .name: LocalizedText(zhHant: "名稱不在引用之處：\(zh)", en: "name not in what is cited: \(en)")
            }
        }

        var remedy: LocalizedText {
            switch self {
            case .uncited:
                LocalizedText(zhHant: "補上來源，或刪去此句", en: "cite a source or delete the sentence")
            case .bracket:
                LocalizedText(zhHant: "補上缺少的一半", en: "add the missing half")
            default:
                LocalizedText(zhHant: "依來源更正，或改引用正確之處", en: "correct it from the source, or cite the right place")
            }
        }
    }

    // MARK: - TXT-01

    private static let pairs: [Character: Character] = [
        "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】", "“": "”", "[": "]",
    ]

    /// Brackets and quotation marks of a block's text that have no other half; "1)" and "（一)" are accepted.
    static func brackets(in block: DraftBlock) -> [Finding] {
        let closers = Set(pairs.values)
        var open: [(mark: Character, claim: Int)] = []
        var unpaired: [(mark: Character, claim: Int)] = []
        for claim in block.claims {
            var previous: Character = " "
            for mark in claim.text {
                if let closer = pairs[mark] {
                    open.append((closer, claim.number))
                } else if closers.contains(mark) {
                    if let last = open.last, last.mark == mark || isRoundPair(last.mark, mark) {
                        open.removeLast()
                    } else if !(mark == ")" && (previous.isNumber || previous.isLetter))
                        || open.contains(where: { $0.mark == mark })
                    {
                        unpaired.append((mark, claim.number))
                    }
                }
                previous = mark
            }
        }
        return (unpaired + open).map { entry in
            let reason = VerdictReason(type: .matched, claimWords: String(entry.mark), evidenceWords: "")
            return Finding(
                rule: Rule.bracket.rawValue, severity: .error,
                place: Finding.Place(claim: entry.claim, path: block.path),
                message: Rule.bracket.message(reason), remedy: Rule.bracket.remedy)
        }
    }

    /// True for round brackets of two widths: they pair in real documents (TXT-08).
    private static func isRoundPair(_ left: Character, _ right: Character) -> Bool {
        (left == ")" || left == "）") && (right == ")" || right == "）")
    }
}
