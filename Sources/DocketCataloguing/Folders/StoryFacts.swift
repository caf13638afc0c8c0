internal import DocketCore
internal import DocketText

/// The statements of a document that an abstract may use, each cut by rule and weighed.
struct StoryFacts: Sendable {
    /// One statement.
    struct Fact: Sendable {
        var words: CitedText
        /// Its first clauses, for a paragraph that is nearly full; nil when the rest limits what they say.
        var short: CitedText?
        /// Larger is more worth telling.
        var weight: Int
        /// True for what was decided, done or achieved.
        var isOutcome: Bool
    }

    let facts: [Fact]

    init(_ item: ItemReading, resolver: ReferenceResolver) {
        var facts: [Fact] = []
        for paragraph in Self.paragraphs(item).prefix(Self.paragraphLimit) {
            for sentence in item.reading.sentences(of: paragraph.words).prefix(6) {
                if let fact = Self.fact(sentence, resolver, isDecision: paragraph.isDecision) { facts.append(fact) }
            }
        }
        self.facts = facts
    }

    private static let paragraphLimit = 40

    /// Paragraphs that state something, and whether they are decisions.
    private static func paragraphs(_ item: ItemReading) -> [(words: Words, isDecision: Bool)] {
        let structure = item.reading.structure
        switch item.form {
        case .minutes:
            let minutes = structure.minutes
            let findings = (minutes?.items ?? []).map { ($0.title, false) }.filter {
                $0.0.text.contains("。") || $0.0.text.count > 24
            }
            return (minutes?.conclusions ?? []).map { ($0.text, true) } + findings
        case .letter:
            guard let letter = structure.letter else { return [] }
            // What a memorandum proposes is no decision yet; what a notice lays down is.
            let isNotice = letter.documentKind == "公告" || letter.documentKind == "令"
            return letter.explanation.map { ($0, false) } + letter.action.map { ($0, isNotice) }
        case .record, .petition: return []
        default:
            return item.reading.lines.filter { $0.marker != nil }.map { line in
                (Words(line.text, at: item.reading.citation(cleaned: line.range).span.range), false)
            }
        }
    }

    // MARK: One sentence

    private static func fact(_ sentence: CitedText, _ resolver: ReferenceResolver, isDecision: Bool) -> Fact? {
        guard sentence.text.utf8.count <= 1_200 else { return nil }
        var words =
            OutlineMarker.parse(line: sentence.text).map { marker in
                String(decoding: sentence.text.utf8.dropFirst(marker.contentStart), as: UTF8.self)
            } ?? sentence.text
        words = SubjectWriter.trimmed(words)
        guard ChineseText.isChinese(words) else { return english(sentence.with(words)) }
        words = ChineseText.fullWidth(words)
        let clauses = PurposeText.split(words).filter { !isEmptyTalk($0) }
        guard let first = clauses.first, !isBasis(first) || clauses.count > 1 else { return nil }
        var kept = isBasis(first) ? Array(clauses.dropFirst()) : clauses
        guard !kept.isEmpty else { return nil }
        kept[0] = withoutLead(kept[0])
        let text = resolver.resolved(
            SubjectWriter.trimmed(withoutAsides(kept.joined(separator: "，"))), afterSender: true)
        let length = ChineseText.length(text)
        guard length >= 8, length <= 120, !isUnfit(text, isDecision: isDecision) else { return nil }
        let weight = weight(text) + (isDecision ? 4 : 0)
        return Fact(
            words: sentence.with(text), short: shortened(text).map(sentence.with), weight: weight,
            isOutcome: isDecision || outcomes.contains { text.contains($0) })
    }

    /// The first two clauses of three or more; nil when a clause behind them takes something back or the first ones only lead to it.
    private static func shortened(_ text: String) -> String? {
        let clauses = PurposeText.split(text)
        guard clauses.count > 2 else { return nil }
        let limits = ["惟", "但", "除", "僅", "不", "未", "始", "方", "爰", "故", "致", "俟", "須", "否則", "尚", "仍", "並不", "經"]
        guard !clauses.dropFirst(2).contains(where: { clause in limits.contains { clause.hasPrefix($0) } }) else {
            return nil
        }
        let leads = ["為", "因", "如", "若", "雖", "倘", "經", "由於", "考量"]
        guard !clauses.prefix(2).contains(where: { clause in leads.contains { clause.hasPrefix($0) } }) else {
            return nil
        }
        return clauses.prefix(2).joined(separator: "，")
    }

    private static func english(_ sentence: CitedText) -> Fact? {
        let words = sentence.text
        guard (30...260).contains(words.count), words.contains(" ") else { return nil }
        let lower = words.lowercased()
        guard !["please", "dear ", "thanks", "yours", "we look forward"].contains(where: lower.contains) else {
            return nil
        }
        var weight = words.contains(where: \.isNumber) ? 2 : 0
        if ["agreed", "signed", "approved", "decided", "returned", "completed", "closed"].contains(
            where: lower.contains)
        {
            weight += 4
        }
        return Fact(words: sentence, short: nil, weight: weight, isOutcome: weight >= 4)
    }

    /// 依…辦理, 復貴處…號函, 依據…: what a letter rests on, told by the order of the folder itself.
    private static func isBasis(_ clause: String) -> Bool {
        let heads = ["依", "復", "依據", "奉", "承", "根據", "參照", "案經", "續"]
        guard heads.contains(where: { clause.hasPrefix($0) }) else { return false }
        return ["辦理", "號函", "號書函", "函", "函辦理", "諒達", "暨", "）", "決議", "結論", "規定辦理"].contains { clause.hasSuffix($0) }
            || clause.hasPrefix("復")
    }

    /// Clauses that are safe to drop, as they state nothing of the case: apologies, pointers, set phrases.
    private static func isEmptyTalk(_ clause: String) -> Bool {
        if ClosingPhrases.role(clause) != nil { return true }
        let talk = [
            "歉意", "諒達", "併予敘明", "合先敘明", "附此敘明", "詳如附件", "如附件", "敬請見諒", "造成不便", "請見諒", "先予敘明", "謹此", "特予敘明", "敬表謝忱",
            "依契約付款", "依規定付款",
        ]
        return talk.contains { clause.contains($0) }
    }

    /// Words at the head of a statement that only lead to it.
    private static func withoutLead(_ clause: String) -> String {
        for lead in ["經查", "復查", "另查", "次查", "又查", "查", "另", "茲", "旨揭", "嗣", "爰"]
        where clause.hasPrefix(lead) && clause.count > lead.count + 4 {
            if lead == "查" && clause.hasPrefix("查核") || lead == "另" && clause.hasPrefix("另案") { continue }
            if lead == "旨揭" { return "該" + clause.dropFirst(2) }
            return String(clause.dropFirst(lead.count))
        }
        return clause
    }

    /// Without bracketed asides; numbers of the tracking ledger and conditions stay out of an abstract.
    static func withoutAsides(_ text: String) -> String {
        var result = ""
        var depth = 0
        for character in text {
            if character == "（" { depth += 1; continue }
            if character == "）" { depth = max(0, depth - 1); continue }
            if depth == 0 { result.append(character) }
        }
        return result
    }

    /// Statements that an abstract does not tell: requests, contacts, advice, conditions, what citizens may do.
    private static func isUnfit(_ text: String, isDecision: Bool) -> Bool {
        let unfit = [
            "電話", "聯絡", "洽", "承辦", "傳真", "信箱", "貴", "鈞", "如後", "如下", "下列", "詳見", "詳如", "：", "◯", "民眾如", "民眾可", "不得複製",
            "無。", "民眾",
        ]
        if unfit.contains(where: text.contains) { return true }
        if text.hasPrefix("如") || text.hasPrefix("倘") || text.hasPrefix("若") || text.hasPrefix("建議")
            || text.contains("奉核後") || text.contains("奉准後")
        {
            return true
        }
        return !isDecision && (text.hasPrefix("請") || text.contains("，請"))
    }

    private static let outcomes = [
        "完成", "竣工", "合格", "結算", "核定", "准予", "同意", "通過", "施行", "恢復", "降為", "減少", "縮短", "結案", "常態", "決標", "啟用", "確認",
        "修復", "補強", "節省",
        "加寬", "公告", "核准", "撤銷", "廢止",
    ]

    private static func weight(_ text: String) -> Int {
        var weight = 0
        if outcomes.contains(where: text.contains) { weight += 3 }
        if text.contains("元") { weight += 2 }
        if text.contains(where: \.isNumber) { weight += 1 }
        if text.contains("月") && text.contains("日") { weight += 1 }
        if text.contains("惟") || text.contains("因") || text.contains("致") { weight += 1 }
        if ChineseText.length(text) > 70 { weight -= 1 }
        return weight
    }
}
