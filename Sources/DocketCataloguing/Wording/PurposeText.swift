internal import DocketCore

/// The purpose of a letter (主旨) cut down to its matter and what the letter does about it.
struct PurposeText: Sendable {
    /// What it is about and what is done, without set phrases: clauses in order.
    var clauses: [String] = []
    /// True when the letter answers another (復如說明, 復請查照).
    var isReply = false
    /// True when it explains (說明如後).
    var isExplanation = false
    /// True when it is written with 有關 … 一案: the first clause names a matter.
    var namesMatter = false

    init(_ text: String) {
        // A purpose is a sentence; of what is longer than a page only the beginning counts.
        var words = text.prefix(Self.limit).filter { !$0.isNewline }
        while let last = words.last, last == "。" || last.isWhitespace { words.removeLast() }
        var clauses = Self.split(words)
        while clauses.count > 1, let last = clauses.last, let role = ClosingPhrases.role(last) {
            note(role, &clauses)
        }
        // 檢送紀錄1份，請查照並轉知所屬: what is left behind the closing words stays.
        clauses = clauses.filter { clause in
            guard let role = ClosingPhrases.role(clause), clauses.count > 1 else { return true }
            if role == .reply { isReply = true }
            if role == .explanation { isExplanation = true }
            return false
        }
        if var first = clauses.first {
            for lead in ["有關", "關於", "茲有關"] where first.hasPrefix(lead) {
                first = String(first.dropFirst(lead.count))
                namesMatter = true
            }
            if first.hasSuffix("一案") || first.hasSuffix("乙案") || first.hasSuffix("案") { namesMatter = true }
            for tail in ["如說明", "詳如說明", "如附件"] { first = first.without(suffix: tail) ?? first }
            clauses[0] = first
        }
        if let last = clauses.indices.last {
            for tail in ["如說明", "詳如說明", "如附件"] { clauses[last] = clauses[last].without(suffix: tail) ?? clauses[last] }
        }
        self.clauses = clauses.map(Self.plain).filter { !$0.isEmpty }
    }

    private static let limit = 2_000

    private mutating func note(_ role: ClosingPhrases.Role, _ clauses: inout [String]) {
        switch role {
        case .reply: isReply = true
        case .explanation: isExplanation = true
        case .request, .pointer: break
        }
        clauses.removeLast()
    }

    /// The clauses with commas between.
    var text: String { clauses.joined(separator: "，") }

    /// Clauses at the commas of a sentence; those inside brackets and quotations stay together.
    static func split(_ text: String) -> [String] {
        var clauses: [String] = []
        var clause = ""
        var depth = 0
        for character in text {
            if "（(「『《〈".contains(character) { depth += 1 }
            if "）)」』》〉".contains(character) { depth = max(0, depth - 1) }
            if depth == 0, "，,；;。".contains(character), !isDigit(clause.last) || character != "," {
                clauses.append(clause.trimmingBlanks)
                clause = ""
            } else {
                clause.append(character)
            }
        }
        clauses.append(clause.trimmingBlanks)
        return clauses.filter { !$0.isEmpty }
    }

    private static func isDigit(_ character: Character?) -> Bool {
        character.map { $0.isNumber && $0.isASCII } ?? false
    }

    /// Without polite forms.
    static func plain(_ clause: String) -> String {
        ClosingPhrases.polite.reduce(clause) { $0.replacing($1.0, with: $1.1) }
    }
}

/// Puts names where a letter says 本局, 貴處, 臺端.
struct ReferenceResolver: Sendable {
    /// Sender, 全銜.
    var sender: String?
    /// The one recipient; nil for several.
    var recipient: String?
    /// Government of the sender.
    var government: String?
    /// Day of the letter, ISO 8601.
    var date: String?

    private static let organs = [
        "公司", "中心", "局", "處", "會", "館", "所", "院", "署", "部", "室", "校", "關", "廠", "科", "隊", "公所",
    ]

    /// `text` with names.
    ///
    /// With `afterSender`, the sender has been named in the same sentence: 本局 becomes 該局.
    func resolved(_ text: String, afterSender: Bool) -> String {
        var result = text
        for organ in Self.organs {
            if let sender {
                result = result.replacing("本" + organ, with: afterSender ? "該" + organ : sender)
            }
            if let recipient { result = result.replacing("貴" + organ, with: recipient) }
            if let recipient { result = result.replacing("鈞" + organ, with: recipient) }
        }
        if let government {
            result = result.replacing("本府", with: government).replacing("鈞府", with: government)
        }
        result = result.replacing("貴機關", with: recipient ?? "")
        result = withDays(result)
        for (word, plain) in [("臺端等", "民眾"), ("台端等", "民眾"), ("臺端", "民眾"), ("台端", "民眾")] {
            result = result.replacing(word, with: plain)
        }
        return result
    }

    /// 113年12月6日 for 本（6）日: what a letter says of its own month means nothing without its date.
    private func withDays(_ text: String) -> String {
        guard Self.namesDay(text), let parts = date?.split(separator: "-").compactMap({ Int($0) }), parts.count == 3
        else { return text }
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "本") {
            result += rest[..<open]
            let behind = rest[rest.index(after: open)...]
            if let mark = behind.first, "（(".contains(mark),
                let close = behind.firstIndex(where: { "）)".contains($0) }),
                let number = Int(behind[behind.index(after: behind.startIndex)..<close]),
                let unit = behind[close...].dropFirst().first,
                unit == "日" || unit == "月"
            {
                let year = "\(parts[0] - 1911)年"
                result += unit == "日" ? "\(year)\(parts[1])月\(number)日" : "\(year)\(number)月"
                rest = behind[close...].dropFirst(2)
            } else {
                result.append("本")
                rest = behind
            }
        }
        return result + rest
    }

    /// True for a text with 本（6）日.
    static func namesDay(_ text: String) -> Bool { text.contains("本（") || text.contains("本(") }

    /// True for a text with 貴處, 鈞府.
    static func namesReader(_ text: String) -> Bool { text.contains("貴") || text.contains("鈞") }

    /// True when a name is left that only the letter's own readers understand.
    static func isUnresolved(_ text: String) -> Bool {
        ["貴", "鈞"].contains { lead in organs.contains { text.contains(lead + $0) } }
    }
}
