/// Units, hedges, ranges and English numbers.
extension QuantityReader {
    /// Reads the unit after the numeral; false when a numeral without one is no quantity (一 in 一般).
    func readUnit(into quantity: inout Quantity, _ numeral: Numeral) -> Bool {
        readVagueMark(into: &quantity)
        scale(&quantity)
        let end = quantity.range.upperBound
        let start = text.skippingBlanks(end, lines: numeral.style != .chinese)
        if readPercent(into: &quantity, at: start) { return true }
        if let (unit, unitEnd) = UnitTable.chinese.longest(in: text, at: start), !isOtherWord(at: start, unitEnd) {
            setUnit(&quantity, unit, start..<unitEnd)
            readTenth(into: &quantity, from: start)
            readCurrencyAfter(into: &quantity)
            return true
        }
        if let (unit, unitEnd) = englishUnit(at: start, after: end) {
            setUnit(&quantity, unit, start..<unitEnd)
            readCurrencyAfter(into: &quantity)
            return true
        }
        guard numeral.style == .chinese else { return !text.isWordAt(end) || !quantity.unit.isEmpty }
        // Without a unit, a Chinese numeral is a number only when it is long enough not to be part of a word.
        return numeral.digits == 0 && numeral.whole.map { $0 > 10 } ?? true || numeral.digits >= 3
    }

    private func setUnit(_ quantity: inout Quantity, _ unit: String, _ range: Range<Int>) {
        quantity.unit = unit
        quantity.unitRange = range
        quantity.range = quantity.range.lowerBound..<range.upperBound
        if quantity.kind == .plain { quantity.kind = .count }
        if unit == "成", quantity.value <= ExactNumber(10),
            let hundredths = quantity.value.multiplied(by: ExactNumber(10))
        {
            quantity.value = hundredths
            quantity.unit = "%"
            quantity.kind = .percent
            readHundredths(into: &quantity, after: range)
        }
    }

    /// 八成五 is 85 %, 八成七點五 87.5 %: what is below ten behind 成.
    private func readHundredths(into quantity: inout Quantity, after unit: Range<Int>) {
        guard let rest = NumeralScanner.numeral(in: text, at: unit.upperBound), rest.style == .chinese,
            let value = rest.value, value < ExactNumber(10), let sum = quantity.value.adding(value),
            UnitTable.chinese.longest(in: text, at: rest.range.upperBound) == nil
        else { return }
        quantity.value = sum
        quantity.unitRange = unit.lowerBound..<rest.range.upperBound
        quantity.range = quantity.range.lowerBound..<rest.range.upperBound
    }

    /// 六塊五 is 6.5: one digit behind 塊, and no number behind it.
    private func readTenth(into quantity: inout Quantity, from start: Int) {
        let end = quantity.range.upperBound
        guard text.end(of: "塊", at: start) == end, let digit = NumeralScanner.digit(text.scalar(at: end).value),
            digit > 0, let tenth = ExactNumber(digit, over: 10), let value = quantity.value.adding(tenth)
        else { return }
        let next = end + text.scalar(at: end).width
        guard NumeralScanner.numeral(in: text, at: end)?.range.upperBound == next,
            UnitTable.chinese.longest(in: text, at: next) == nil
        else { return }
        quantity.value = value
        quantity.range = quantity.range.lowerBound..<next
        quantity.numeralRange = quantity.range
    }

    private func isOtherWord(at start: Int, _ end: Int) -> Bool {
        NumberWords.notUnits.longest(in: text, at: start).map { $0.end > end } ?? false
    }

    /// 餘, 多, 幾 between numeral and unit.
    private func readVagueMark(into quantity: inout Quantity) {
        let position = text.skippingBlanks(quantity.range.upperBound)
        let (scalar, width) = text.scalar(at: position)
        guard NumeralScanner.isVagueMark(scalar) else { return }
        // "3 多元" does not occur, "10 幾" alone neither: a unit must follow the mark.
        let next = text.skippingBlanks(position + width)
        guard UnitTable.chinese.longest(in: text, at: next) != nil || scalar == 0x9918 else { return }
        quantity.isApproximate = true
        quantity.bound = .atLeast
        quantity.range = quantity.range.lowerBound..<position + width
    }

    /// "25 million", "25k".
    func scale(_ quantity: inout Quantity) {
        guard quantity.style == .arabic || quantity.style == .words else { return }
        let end = quantity.range.upperBound
        let blank = text.skippingBlanks(end)
        // "$77.5million" is written without a blank as well.
        if let word = EnglishNumeral.scales.first(where: { isWord($0.0, at: blank) }) {
            guard let value = quantity.value.multiplied(by: ExactNumber(word.1)) else { return }
            quantity.value = value
            quantity.range = quantity.range.lowerBound..<blank + word.0.utf8.count
            quantity.numeralRange = quantity.numeralRange.lowerBound..<quantity.range.upperBound
        } else if let suffix = NumberWords.scaleSuffixes.longest(in: text, at: end),
            !ByteText.isLatinWord(text.scalar(at: suffix.end).value),
            suffix.value == 1000 || quantity.range.lowerBound < quantity.numeralRange.lowerBound,
            let value = quantity.value.multiplied(by: ExactNumber(suffix.value))
        {
            quantity.value = value
            quantity.range = quantity.range.lowerBound..<suffix.end
            quantity.numeralRange = quantity.numeralRange.lowerBound..<suffix.end
        }
    }

    private func isWord(_ word: String, at index: Int) -> Bool {
        text.end(of: FoldedWord(word), at: index).map { !text.isWordAt($0) } ?? false
    }

    private func readPercent(into quantity: inout Quantity, at start: Int) -> Bool {
        for (word, kind) in Self.percentWords {
            guard let end = text.end(of: word, at: start) else { continue }
            if ByteText.isLatinLetter(text.scalar(at: end).value) { continue }
            quantity.kind = kind
            quantity.unit = kind == .count ? "‰" : "%"
            quantity.unitRange = start..<end
            quantity.range = quantity.range.lowerBound..<end
            return true
        }
        return false
    }

    private static let percentWords: [(FoldedWord, Quantity.Kind)] = [
        ("個百分點", .percentagePoint), ("百分點", .percentagePoint), ("percentage points", .percentagePoint),
        ("percentage point", .percentagePoint), ("%", .percent), ("per mille", .count), ("‰", .count),
        ("percent", .percent), ("per cent", .percent),
    ]

    private func readCurrencyAfter(into quantity: inout Quantity) {
        guard let range = quantity.unitRange else { return }
        if let currency = UnitTable.currencies.longest(in: text, at: range.lowerBound), currency.end >= range.upperBound
        {
            quantity.kind = .money(currency: currency.value)
        } else if UnitTable.isPlainMoney(quantity.unit) {
            quantity.kind = .money(currency: "")
        }
    }

    /// The English word after a number, in the singular: "25 buttons" → "button".
    func englishUnit(at start: Int, after numberEnd: Int) -> (unit: String, end: Int)? {
        var start = start
        let isHyphen = start == numberEnd && text.scalar(at: start).value == 0x2D
        if isHyphen { start += text.scalar(at: start).width }
        if let known = UnitTable.english.longest(in: text, at: start) { return (known.value, known.end) }
        guard start > numberEnd, ByteText.isLatinLetter(text.scalar(at: start).value) else { return nil }
        var end = start
        while ByteText.isLatinLetter(text.scalar(at: end).value), end - start < 40 { end += text.scalar(at: end).width }
        let word = text.words(start..<end).lowercased()
        guard !NumberWords.notEnglishUnits.contains(word), word.utf8.count > 1 else { return nil }
        return (Self.singular(word), end)
    }

    static func singular(_ word: String) -> String {
        if word.hasSuffix("ies"), word.utf8.count > 4 { return String(word.dropLast(3)) + "y" }
        if word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"), word.utf8.count > 3 {
            return String(word.dropLast())
        }
        return word
    }

    // MARK: - Around the number

    /// +4.05% is a difference of percentages; a minus directly before a number makes it negative.
    func readSign(into quantity: inout Quantity, before start: Int) {
        let (scalar, signStart) = text.scalar(before: start)
        guard scalar == 0x2B || scalar == 0x2D || scalar == 0xB1 else { return }
        let before = text.scalar(before: signStart).value
        guard !ByteText.isLatinWord(before), !ByteText.isHan(before), before != 0x25, before != 0x29 else { return }
        if scalar == 0x2D { quantity.value = quantity.value.negated }
        if quantity.kind == .percent { quantity.kind = .percentagePoint }
        quantity.range = signStart..<quantity.range.upperBound
    }

    /// "1 萬 5,000 件至 2 萬件", "5-10 人", "five to ten".
    func readRange(into quantity: inout Quantity) {
        guard quantity.upper == nil, quantity.kind != .fraction else { return }
        let position = text.skippingBlanks(quantity.range.upperBound)
        guard let connector = DateWords.connectors.longest(in: text, at: position) else { return }
        let start = text.skippingBlanks(connector.end)
        guard let numeral = NumeralScanner.numeral(in: text, at: start) ?? EnglishNumeral.read(in: text, at: start),
            let value = numeral.value, value > quantity.value
        else { return }
        var second = quantity
        second.range = numeral.range
        second.numeralRange = numeral.range
        (second.value, second.kind, second.unit, second.unitRange) = (value, .plain, "", nil)
        guard readUnit(into: &second, numeral), second.unit == quantity.unit || quantity.unit.isEmpty else { return }
        // "3-5" without any unit is a score, a room or a tracking number.
        guard !second.unit.isEmpty || connector.value == "至" || connector.value == "to" else { return }
        if quantity.unit.isEmpty, let multiplier = sharedMultiplier(numeral, quantity) {
            quantity.value = multiplier
        }
        (quantity.upper, quantity.unit, quantity.unitRange, quantity.kind) =
            (second.value, second.unit, second.unitRange, second.kind)
        quantity.range = quantity.range.lowerBound..<second.range.upperBound
    }

    /// "3至5萬元": the first number shares the multiplier of the second.
    private func sharedMultiplier(_ second: Numeral, _ first: Quantity) -> ExactNumber? {
        guard second.style == .mixed, first.style == .arabic, let value = second.whole, value % 10_000 == 0,
            first.value < ExactNumber(1000)
        else { return nil }
        let unit = value % 100_000_000 == 0 ? 100_000_000 : 10_000
        return first.value.multiplied(by: ExactNumber(unit))
    }

    func readHedgeAfter(into quantity: inout Quantity) {
        let position = text.skippingBlanks(quantity.range.upperBound)
        let (scalar, width) = text.scalar(at: position)
        if quantity.unitRange != nil, scalar == 0x9918 || scalar == 0x591A, position == quantity.range.upperBound,
            isDuration(quantity.unit)
        {
            // 三年多, 兩個月餘.
            quantity.isApproximate = true
            quantity.bound = .atLeast
            quantity.range = quantity.range.lowerBound..<position + width
            return
        }
        guard let (hedge, end) = NumberWords.after.longest(in: text, at: position) else { return }
        apply(hedge, to: &quantity)
        quantity.range = quantity.range.lowerBound..<end
    }

    private func isDuration(_ unit: String) -> Bool { ["年", "個月", "週", "天", "小時", "分鐘", "倍"].contains(unit) }

    func readHedgeBefore(into quantity: inout Quantity) {
        var end = quantity.range.lowerBound
        while end > 0, text.bytes[end - 1] == 0x20 { end -= 1 }
        // The longest hedge that ends here; the longest of all has 16 bytes.
        var start = end
        var best: (NumberWords.Hedge, Int)?
        while start > 0, end - start < 20 {
            start = text.scalar(before: start).start
            if let match = NumberWords.before.longest(in: text, at: start), match.end == end, !text.isWordBefore(start)
            {
                best = (match.value, start)
            }
        }
        guard let (hedge, first) = best else { return }
        apply(hedge, to: &quantity)
        quantity.range = first..<quantity.range.upperBound
    }

    private func apply(_ hedge: NumberWords.Hedge, to quantity: inout Quantity) {
        quantity.isApproximate = quantity.isApproximate || hedge.isApproximate
        quantity.bound = hedge.bound ?? quantity.bound
    }
}

// MARK: - English

extension QuantityReader {
    /// Reads an English number word or ordinal at `index`; gives where reading goes on.
    mutating func readLatin(at index: Int) -> Int {
        if let numeral = EnglishNumeral.read(in: text, at: index), let value = numeral.value {
            var quantity = Quantity(
                range: numeral.range, words: "", numeralRange: numeral.range, value: value, upper: nil,
                isApproximate: false, bound: nil, unit: "", unitRange: nil, kind: .plain, style: .words, digits: 0,
                isRemainderTooLarge: false)
            let hasUnit = readUnit(into: &quantity, numeral) && !quantity.unit.isEmpty
            // "one of them", "no one": the word one alone is a pronoun.
            if value != ExactNumber(1) || hasUnit { return finish(quantity, from: index) }
            return numeral.range.upperBound
        }
        if let (value, end) = NumberWords.englishOrdinals.longest(in: text, at: index) {
            let start = text.skippingBlanks(end)
            let unit = englishUnit(at: start, after: end)
            let range = index..<(unit?.end ?? end)
            append(
                Quantity(
                    range: range, words: text.words(range), numeralRange: index..<end, value: ExactNumber(value),
                    upper: nil,
                    isApproximate: false, bound: nil, unit: unit?.unit ?? "", unitRange: unit.map { start..<$0.end },
                    kind: .ordinal, style: .words, digits: 0, isRemainderTooLarge: false))
            return end
        }
        var end = index
        while text.isWordAt(end) { end += text.scalar(at: end).width }
        return end
    }
}
