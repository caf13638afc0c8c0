import DocketCore

/// Differences between a claim and its evidence for people: both texts, the offending words marked in each.
enum ReasonView {
    /// The claim with the words of all reasons marked.
    static func claim(_ text: String, _ reasons: [VerdictReason]) -> String {
        reasons.filter { $0.type != .matched && $0.type != .noCitation }.reduce(text) { text, reason in
            // A whole claim marked says no more than its verdict.
            reason.claimWords == text ? text : marked(text, reason.claimWords)
        }
    }

    /// One line a reason: what differs, the words of the claim, and those of the evidence in what stands around them.
    static func lines(_ reasons: [VerdictReason], sources: [String]) -> [String] {
        reasons.map { reason in
            let words = reason.evidenceWords
            let around = words.isEmpty ? "" : context(of: words, in: sources)
            switch reason.type {
            case .matched: return Phrase.reasonMatched(words.isEmpty ? "—" : short(words))
            case .noCitation: return reason.type.shown
            default:
                let claim = "\(reason.type.shown): \(Terminal.match(short(reason.claimWords)))"
                return words.isEmpty ? "\(claim) — \(Phrase.reasonNothing())" : "\(claim) ≠ \(around)"
            }
        }
    }

    private static func context(of words: String, in sources: [String]) -> String {
        for text in sources {
            guard let range = text.firstRange(of: words) else { continue }
            let lower = text.index(range.lowerBound, offsetBy: -reach, limitedBy: text.startIndex) ?? text.startIndex
            let upper = text.index(range.upperBound, offsetBy: reach, limitedBy: text.endIndex) ?? text.endIndex
            let before = (lower == text.startIndex ? "" : "…") + text[lower..<range.lowerBound]
            let after = text[range.upperBound..<upper] + (upper == text.endIndex ? "" : "…")
            return oneLine(before) + Terminal.match(short(words)) + oneLine(String(after))
        }
        return Terminal.match(short(words))
    }

    private static let reach = 16

    private static func marked(_ text: String, _ words: String) -> String {
        guard !words.isEmpty, let range = text.firstRange(of: words) else { return text }
        return text.replacingCharacters(in: range, with: Terminal.match(words))
    }

    private static func short(_ words: String) -> String {
        words.count <= 80 ? oneLine(words) : oneLine(String(words.prefix(80))) + "…"
    }

    private static func oneLine(_ text: String) -> String { text.replacing("\n", with: " ") }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with words: String) -> String {
        String(self[..<range.lowerBound]) + words + String(self[range.upperBound...])
    }
}

extension ReasonType {
    /// Word for people.
    var shown: String { (Self.words[self] ?? LocalizedText(zhHant: rawValue, en: rawValue)).shown }

    private static let words: [ReasonType: LocalizedText] = [
        .numberDigit: text("數字", "number"), .numberMagnitude: text("數量級", "magnitude"),
        .numberSwap: text("數字錯置", "number of another thing"), .unit: text("單位", "unit"),
        .dateYear: text("年份", "year"), .dateMonth: text("月份", "month"), .dateDay: text("日期", "day"),
        .rocAD: text("曆法換算", "calendar"), .ordinal: text("序次", "ordinal"), .tracking: text("編號", "number of a file"),
        .person: text("人名", "person"), .attribution: text("發言者", "speaker"), .agency: text("機關", "agency"),
        .actorSwap: text("行為主體", "who does what"), .releaseContinue: text("決定", "decision"),
        .negation: text("否定", "negation"), .modality: text("語氣", "modality"), .direction: text("增減方向", "direction"),
        .quantifier: text("範圍", "quantifier"), .deadline: text("時限", "deadline"), .addressee: text("受文者", "addressee"),
        .addedNumber: text("無據之數字", "number without support"), .addedName: text("無據之名稱", "name without support"),
        .addedPlain: text("無據之內容", "content without support"), .wording: text("用語", "wording"),
        .matched: text("依據", "evidence"), .noCitation: text("未引用來源", "cites nothing"),
    ]

    private static func text(_ zhHant: String, _ en: String) -> LocalizedText { LocalizedText(zhHant: zhHant, en: en) }
}
