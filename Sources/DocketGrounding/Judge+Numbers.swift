internal import DocketCore
internal import DocketText

// MARK: - Numbers and units

extension Judge {
    /// Numbers by value, with their units, at the place where the evidence has them.
    mutating func checkNumbers() {
        for quantity in claim.quantities where !Self.isIndefinite(quantity) {
            let range = claim.tokens(in: quantity.numeralRange)
            guard !range.isEmpty, !isEnumeration(quantity, range) else { continue }
            let answers = matches(quantity)
            if answers.isEmpty {
                reportMissing(quantity, range)
            } else if !isSpelled(quantity, range), !checkUnit(quantity, range, answers),
                answers.contains(where: { $0.value == quantity.value })
            {
                checkPlace(of: range, kind: .number, type: quantity.kind == .ordinal ? .ordinal : .numberSwap, reach: 7)
            }
        }
    }

    /// 第四是…, 三個方面, "two reasons" in a statement of the claim's own: it counts its points, not things of the source.
    private func isEnumeration(_ quantity: Quantity, _ range: Range<Int>) -> Bool {
        guard quantity.style == .chinese || quantity.style == .words, let whole = quantity.value.wholeValue,
            whole <= 10,
            !isLiteral(at: range.lowerBound)
        else { return false }
        if quantity.kind == .ordinal {
            let clause = clause(of: range.lowerBound)
            return range.lowerBound - clause.lowerBound <= 1
                && (quantity.unit.isEmpty || Self.points.contains(quantity.unit))
        }
        guard Self.points.contains(quantity.unit) || quantity.unit.isEmpty && range.upperBound < tokens.count else {
            return false
        }
        let next = range.upperBound < tokens.count ? tokens[range.upperBound].key : ""
        return Self.points.contains(quantity.unit) || Self.points.contains(next)
    }

    private static let points: Set<String> = Set(
        "個 點 種 方面 方向 階段 層面 類 面向 部分 point thing reason aspect way part issue question problem factor side"
            .split(separator: " ").flatMap { [String($0), Folding.key(String($0))] })

    /// 一 and "one" by themselves say no number.
    static func isIndefinite(_ quantity: Quantity) -> Bool {
        quantity.value == ExactNumber(1) && (quantity.style == .chinese || quantity.style == .words)
            && quantity.kind != .ordinal
    }

    /// The quantities of the evidence that say the same number.
    private func matches(_ quantity: Quantity) -> [Quantity] {
        let all = evidence.analysed.quantities
        var found = (evidence.quantitiesByKey[TokenCutter.key(quantity.value)] ?? []).map { all[$0] }
        if let upper = quantity.upper {
            let uppers = evidence.quantitiesByKey[TokenCutter.key(upper)] ?? []
            if uppers.isEmpty { found = [] }
        }
        if quantity.kind == .ordinal {
            let ordinals = found.filter { $0.kind == .ordinal }
            if !ordinals.isEmpty { found = ordinals }
        }
        if found.isEmpty { found = all.filter { Self.isRounding(quantity, of: $0) } }
        if found.isEmpty { found = spokenPrice(quantity) }
        return found
    }

    /// "twelve fifty" for 12.50: two spoken numbers side by side.
    private func spokenPrice(_ quantity: Quantity) -> [Quantity] {
        guard quantity.style == .arabic, let hundredths = quantity.value.multiplied(by: ExactNumber(100))?.wholeValue,
            quantity.value.wholeValue == nil
        else { return [] }
        let all = evidence.analysed.quantities
        return all.indices.dropLast().filter { index in
            all[index].style == .words && all[index].value == ExactNumber(hundredths / 100)
                && all[index + 1].value == ExactNumber(hundredths % 100)
                && all[index + 1].range.lowerBound - all[index].range.upperBound <= 1
        }.map { all[$0] }
    }

    /// True when one is the other rounded: 約3.7萬 of 37,113.
    private static func isRounding(_ rounded: Quantity, of exact: Quantity) -> Bool {
        guard rounded.isApproximate || exact.isApproximate, exact.kind != .ordinal else { return false }
        guard rounded.value != ExactNumber(0), exact.value != ExactNumber(0) else { return false }
        let (low, high) = (rounded.value.doubleValue, exact.value.doubleValue)
        var step = 1.0
        let whole = (rounded.isApproximate ? rounded : exact).value
        if let number = whole.wholeValue {
            var rest = number
            while rest != 0, rest % 10 == 0 {
                rest /= 10
                step *= 10
            }
        }
        let hasRest = (rounded.isApproximate ? rounded : exact).bound == .atLeast
        guard step >= 10 || hasRest else { return false }
        return hasRest ? abs(low - high) < step : abs(low - high) <= step / 2
    }

    private mutating func reportMissing(_ quantity: Quantity, _ range: Range<Int>) {
        let isDay = range.upperBound < tokens.count && Self.dayWords.contains(tokens[range.upperBound].key)
        if evidence.analysed.dates.contains(where: { Self.holds($0, quantity, isDay: isDay) })
            || isSpelled(quantity, range)
        {
            return
        }
        if coverage(clause(of: range.lowerBound)) < 0.35 { return report(.addedNumber, claim: range) }
        if quantity.kind == .ordinal { return report(.ordinal, claim: range) }
        let other = slots(for: range).compactMap { slot in slot.first { source[$0].kind == .number } }.first
        guard let other else { return report(.numberDigit, claim: range) }
        let isMagnitude = Self.digits(tokens[range.lowerBound].key) == Self.digits(source[other].key)
        report(isMagnitude ? .numberMagnitude : .numberDigit, claim: range, evidence: other..<other + 1)
    }

    private static let dayWords = Set(["日", "號"].flatMap(AnalysedText.keys(of:)))

    /// True when the number is a part of a date of the evidence: 2021 of 2021年, 20日 of 十一月二十號.
    private static func holds(_ date: DateExpression, _ quantity: Quantity, isDay: Bool) -> Bool {
        guard let whole = quantity.value.wholeValue else { return false }
        if isDay { return date.written.day == whole || date.writtenEnd?.day == whole }
        guard quantity.unit.isEmpty || quantity.kind == .plain, whole > 31 else { return false }
        return date.written.year == whole || date.writtenEnd?.year == whole
    }

    /// True for one character of number that the evidence writes in Chinese, before the same word, where it reads like a
    /// word of its own: 4處 of 四處, 1則 of 一則.
    private func isSpelled(_ quantity: Quantity, _ range: Range<Int>) -> Bool {
        guard quantity.style == .arabic, let whole = quantity.value.wholeValue, (1...10).contains(whole),
            range.upperBound < tokens.count, tokens[range.upperBound].kind == .han,
            tokens[range.upperBound].range.lowerBound == quantity.numeralRange.upperBound
        else { return false }
        let numerals = Array("一二三四五六七八九十")
        let spellings = whole == 2 ? ["二", "兩"] : [String(numerals[Int(whole) - 1])]
        let next = tokens[range.upperBound].key
        return spellings.contains { evidence.has(Folding.key($0), next) }
    }

    /// The digits of a number without zeros at its ends and its point.
    private static func digits(_ key: String) -> String {
        var digits = key.filter(\.isNumber)[...]
        while digits.last == "0" { digits = digits.dropLast() }
        while digits.first == "0" { digits = digits.dropFirst() }
        return String(digits)
    }

    /// True, with a difference recorded, when the evidence has the number in other units only.
    private mutating func checkUnit(_ quantity: Quantity, _ range: Range<Int>, _ answers: [Quantity]) -> Bool {
        guard !quantity.unit.isEmpty, Units.isKnown(quantity.unit),
            quantity.kind != .ordinal || isLiteral(at: range.lowerBound, .close)
        else { return false }
        let named = answers.filter { !$0.unit.isEmpty && Units.isKnown($0.unit) }
        guard !named.isEmpty, !named.contains(where: { Units.agree($0, quantity) }) else { return false }
        let other = named[0].unitRange.map { evidence.analysed.tokens(in: $0) }
        let unit = quantity.unitRange.map { claim.tokens(in: $0) } ?? range
        report(.unit, claim: range.lowerBound..<max(range.upperBound, unit.upperBound), evidence: other)
        return true
    }

    /// A fact that the evidence has, but not where the claim has it: its place there holds another of the same kind.
    mutating func checkPlace(of range: Range<Int>, kind: Token.Kind, type: ReasonType, reach: Int = 4) {
        guard isDisplaced(range), !isBound(range) else { return }
        for slot in slots(for: range, reach: reach)
        where !slot.contains(where: { source[$0].key == tokens[range.lowerBound].key }) {
            guard let other = slot.first(where: { source[$0].kind == kind }) else { continue }
            return report(type, claim: range, evidence: other..<other + 1)
        }
    }
}

/// Which units stand for each other.
enum Units {
    private static let classes: [String: Int] = {
        let groups = [
            "人 位 名 員 person people 個", "場 場次", "次 回", "元", "公噸 噸", "小時 hour", "分鐘 minute", "天 日 號 day", "週 week",
            "個月 month", "年 year 年度", "件 案", "頁 張", "分 點",
        ]
        var table: [String: Int] = [:]
        for (number, group) in groups.enumerated() {
            for unit in group.split(separator: " ") { table[String(unit)] = number }
        }
        return table
    }()

    private static let english: Set<String> = [
        "percent", "euro", "dollar", "pound", "cent", "minute", "hour", "second", "day", "week", "month", "year",
        "person", "child",
        "woman", "man", "kilometre", "metre", "centimetre", "millimetre", "%", "‰",
    ]

    /// True for a character with which things of one sort are counted.
    static func isMeasure(_ word: String) -> Bool { word.count == 1 && measures.contains(word) }

    private static let measures = "件則張份場次人名位筆案戶處輛團項卷坪元天週年月班座所棟台箱頁通家期組支隊間度公噸克升本冊封幅盒袋包桶株棵條款句段幕首部集回趟枚顆粒"

    /// True for measure words and English units; other English nouns after a number are not compared as units.
    static func isKnown(_ unit: String) -> Bool {
        english.contains(unit) || unit.unicodeScalars.contains { $0.value > 0x2E80 }
    }

    /// True when two units stand for each other.
    static func agree(_ left: String, _ right: String) -> Bool {
        left == right || classes[left].map { $0 == classes[right] } ?? false
    }

    /// True when both count the same.
    static func agree(_ left: Quantity, _ right: Quantity) -> Bool {
        if left.unit == right.unit {
            if case .money(let first) = left.kind, case .money(let second) = right.kind {
                return sameCurrency(first, second)
            }
            return true
        }
        if let first = classes[left.unit], first == classes[right.unit] { return true }
        if case .money(let first) = left.kind, case .money(let second) = right.kind {
            return sameCurrency(first, second)
        }
        return false
    }

    /// A bare 元 is the currency of the place; it is never a foreign one.
    private static func sameCurrency(_ first: String, _ second: String) -> Bool {
        let local: Set<String> = ["", "TWD", "CNY"]
        return first == second || (local.contains(first) && local.contains(second) && (first.isEmpty || second.isEmpty))
    }
}
