/// Carries out the corrections that a speaker makes in passing: 自十月二十八號，啊不對，是十一月四號 → 自十一月四號.
///
/// A correction is a clause of its own (不對, 不是, 我講錯了 …); what it takes back is the last date or figure before
/// it, the words that its replacement begins like, or the clause before it.
enum SelfRepair {
    /// The clauses, without marks at their ends, with what was taken back replaced.
    static func resolved(_ clauses: [String]) -> [String] {
        var kept: [String] = []
        var index = 0
        while index < clauses.count {
            let clause = clauses[index]
            guard let last = kept.last, index + 1 < clauses.count, let named = takenBack(by: clause) else {
                kept.append(clause)
                index += 1
                continue
            }
            let replacement = withoutCopula(clauses[index + 1])
            guard let repaired = replace(named, in: last, by: replacement) else {
                kept.append(clause)
                index += 1
                continue
            }
            kept[kept.count - 1] = repaired.text
            index += 2
            // 啊不對，是十一月四號，十一月四號星期一開始: the right words are often said once more.
            if index < clauses.count, clauses[index].hasPrefix(repaired.said) {
                kept[kept.count - 1] = repaired.before + clauses[index]
                index += 1
            }
        }
        return kept
    }

    /// The words a correcting clause names (不是報稅 → 報稅), empty when it names none; nil when it corrects nothing.
    private static func takenBack(by clause: String) -> String? {
        var words = Substring(clause)
        while let first = words.first, "啊呃嗯欸喔哦，".contains(first) { words = words.dropFirst() }
        let bare = String(words)
        if markers.contains(bare) { return "" }
        if bare.hasPrefix("不是"), bare.count <= 8, bare.count > 2, clause != bare || bare.count <= 6 {
            return String(bare.dropFirst(2))
        }
        return nil
    }

    private static let markers: Set<String> = [
        "不對", "不是", "不對不對", "不是不是", "我講錯了", "講錯了", "我說錯了", "說錯了", "更正", "更正一下", "应该说", "應該說", "不对", "我讲错了",
    ]

    private static func withoutCopula(_ clause: String) -> String {
        for start in ["應該是", "而是", "是"] where clause.hasPrefix(start) && clause.count > start.count {
            return String(clause.dropFirst(start.count))
        }
        return clause
    }

    private struct Repair {
        /// The repaired clause.
        var text: String
        /// What stays of it before the replacement.
        var before: String
        /// The replacement.
        var said: String
    }

    private static func replace(_ named: String, in clause: String, by replacement: String) -> Repair? {
        let old = Array(clause)
        let new = Array(replacement)
        guard let first = new.first else { return nil }
        func repair(_ kept: Int) -> Repair {
            let before = String(old[..<kept])
            return Repair(text: before + replacement, before: before, said: replacement)
        }
        if !named.isEmpty {
            guard let place = clause.range(of: named, options: .last) else { return nil }
            let before = String(clause[..<place.lowerBound])
            return Repair(text: before + replacement, before: before, said: replacement)
        }
        // A date or figure takes back the last date or figure.
        if isFigure(first) {
            var start = old.count
            while start > 0, isFigure(old[start - 1]) { start -= 1 }
            if start < old.count { return repair(start) }
        }
        // Words that begin alike: 望潮捷運……不是，望潮輕軌站.
        if new.count >= 2, old.count >= 2 {
            for start in stride(from: old.count - 2, through: 0, by: -1)
            where old[start] == new[0] && old[start + 1] == new[1] {
                return repair(start)
            }
        }
        return old.count <= new.count + 4 ? Repair(text: replacement, before: "", said: replacement) : nil
    }

    private static func isFigure(_ character: Character) -> Bool {
        Numeral.isNumeral(character) || character.isDigit || "月號日年點時分半底第次下上週星期禮拜個處件案人".contains(character)
    }
}
