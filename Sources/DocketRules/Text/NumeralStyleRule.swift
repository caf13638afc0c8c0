internal import DocketCore
internal import DocketText

/// TXT-07: Chinese numerals where the house writes Arabic ones, and the other way round.
struct NumeralUsage: Rule {
    let card = RuleCard(
        "TXT-07", .warning,
        finds: LocalizedText(
            "產製之文字中，統計數據、日期、時間或序數用中文數字，或固定用語用阿拉伯數字（星期2）。",
            "In generated text, Chinese numerals for statistics, dates, times or ordinals, or Arabic ones in set "
                + "words (星期2)."
        ),
        remedy: LocalizedText(
            "統計數據、日期、時間、序數與單位用阿拉伯數字；描述性用語與專有名詞用中文數字。",
            "Write statistics, dates, times, ordinals and measures in Arabic numerals; set words and names in "
                + "Chinese ones."
        ),
        silent: LocalizedText(
            "引號內文字；逐字引用之文字；十以下、整十整百及概數；法規條次；來源文件。",
            "Quotations; words taken verbatim; numbers up to ten, round tens, hundreds and vague ones; articles of "
                + "laws; sources."))

    func findings(on reading: DraftReading) -> [Finding] {
        guard reading.isChinese else { return [] }
        var findings: [Finding] = []
        reading.forEachClaim { claim, block in
            guard claim.derivation != .verbatim else { return }
            for words in Self.misused(in: claim.text) {
                let message = LocalizedText("「\(words)」之數字用法與規定不合。", "The numerals of \(words) are not in house style.")
                findings.append(card.finding(at: reading.place(claim, in: block), message))
            }
        }
        return findings
    }

    /// Words with the wrong numerals, in order.
    static func misused(in text: String) -> [String] {
        let quoted = Quoted(text)
        let dates = DateParser().expressions(in: text)
        var found: [(Int, String)] = dates.filter { isChineseDate($0) }.map { ($0.range.lowerBound, $0.words) }
        for quantity in NumberParser().quantities(in: text) where isChineseFigure(quantity) {
            if !dates.contains(where: { $0.range.overlaps(quantity.range) }) {
                found.append((quantity.range.lowerBound, quantity.words))
            }
        }
        found += weekdays.matches(in: text).map { ($0.range.lowerBound, weekdayWords[$0.word]) }
        return found.filter { !quoted.contains($0.0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// A figure of two numerals or more that is exact and not round; articles of laws keep theirs.
    private static func isChineseFigure(_ quantity: Quantity) -> Bool {
        guard quantity.style == .chinese, !quantity.isApproximate, quantity.upper == nil else { return false }
        switch quantity.kind {
        case .percent, .percentagePoint: return true
        case .count, .money:
            guard !quantity.unit.isEmpty || quantity.kind != .count else { return false }
        case .ordinal:
            guard !["條", "款", "項", "點", "目", "編", "章", "節", "屆", "類"].contains(quantity.unit) else { return false }
        default: return false
        }
        return quantity.value > ExactNumber(10) && !isRound(quantity.value)
    }

    /// 20, 300, 1,000, 50,000.
    private static func isRound(_ value: ExactNumber) -> Bool {
        guard var whole = value.wholeValue, whole > 0 else { return false }
        while whole % 10 == 0 { whole /= 10 }
        return whole < 10
    }

    /// A month, day or clock time in Chinese numerals.
    private static func isChineseDate(_ date: DateExpression) -> Bool {
        guard date.written.month != nil || date.written.day != nil || date.time != nil else { return false }
        var previous: Character?
        for character in date.words {
            if let numeral = previous, "一二三四五六七八九十".contains(numeral), "年月日時點分號".contains(character) { return true }
            if !character.isWhitespace { previous = character }
        }
        return false
    }

    private static let weekdayWords = ["星期", "禮拜"].flatMap { word in (1...7).map { "\(word)\($0)" } }
    private static let weekdays = WordMatcher(weekdayWords)
}

/// Ranges of a text in 「」, 『』 and “”.
private struct Quoted {
    private var ranges: [Range<Int>] = []

    init(_ text: String) {
        var starts: [Int] = []
        var offset = 0
        for scalar in text.unicodeScalars {
            if "「『“".unicodeScalars.contains(scalar) { starts.append(offset) }
            if "」』”".unicodeScalars.contains(scalar), let start = starts.popLast(), starts.isEmpty {
                ranges.append(start..<offset)
            }
            offset += UTF8.width(scalar)
        }
    }

    func contains(_ offset: Int) -> Bool { ranges.contains { $0.contains(offset) } }
}
