/// Finds the numbers of a text with their units, currencies, hedges and bounds (DOMAIN.md section 4.7).
///
/// Numbers that belong to dates, times, tracking, document and file numbers are left out: `DateParser` and
/// `MentionFinder`
/// report those. Outline markers ("一、", "(1)", "3.") at the start of a line are no quantities either.
public struct NumberParser: Sendable {
    /// A parser; it has no options.
    public init() {}

    /// All quantities of `text` in order; they do not overlap.
    public func quantities(in text: String) -> [Quantity] {
        let bytes = ByteText(text)
        let dates = DateParser().expressions(in: bytes)
        return quantities(in: bytes, dates: dates, identifiers: IdentifierScanner.identifiers(in: bytes).map(\.range))
    }

    /// The same when dates and identifiers are known already; both in order.
    func quantities(in text: ByteText, dates: [DateExpression], identifiers: [Range<Int>]) -> [Quantity] {
        // A stretch of time ("近 2 週", "3 年內") is a relative date and a quantity too.
        let masks = (dates.filter { !$0.isStretch }.map(\.range) + identifiers).sorted { $0.lowerBound < $1.lowerBound }
        var reader = QuantityReader(text: text, masks: masks)
        return reader.readAll()
    }
}

extension DateExpression {
    /// True for a number of days, weeks … from the anchor.
    var isStretch: Bool {
        guard let offset, written.isEmpty else { return false }
        return abs(offset.count) > 1 || (bound == .within || bound == .last)
    }
}

/// One pass over a text that collects its quantities.
struct QuantityReader {
    let text: ByteText
    let masks: [Range<Int>]
    private var nextMask = 0
    private var found: [Quantity] = []

    init(text: ByteText, masks: [Range<Int>]) {
        self.text = text
        self.masks = masks
    }

    mutating func readAll() -> [Quantity] {
        var index = 0
        while index < text.count {
            while nextMask < masks.count, masks[nextMask].upperBound <= index { nextMask += 1 }
            if nextMask < masks.count, masks[nextMask].contains(index) {
                index = masks[nextMask].upperBound
            } else {
                let (scalar, width) = text.scalar(at: index)
                let end = NumberWords.starts.contains(scalar) ? read(at: index) : nil
                index = end.map { max($0, index + 1) } ?? index + max(1, width)
            }
        }
        return found
    }

    /// Reads what begins at `index`; gives where reading goes on, nil to go on with the next character.
    private mutating func read(at index: Int) -> Int? {
        let (scalar, width) = text.scalar(at: index)
        if scalar == DateWords.ordinal { return readOrdinal(at: index, numberAt: index + width) }
        if let end = text.end(of: "百分之", at: index) { return readPercentWords(from: index, at: end) }
        if let currency = UnitTable.currencies.longest(in: text, at: index), !text.isWordBefore(index),
            let end = readMoney(currency.value, from: index, at: text.skippingBlanks(currency.end))
        {
            return end
        }
        if ByteText.isLatinLetter(scalar) { return readLatin(at: index) }
        let read = NumeralScanner.numeral(in: text, at: index)
        if let idiom = UnitTable.idioms.longest(in: text, at: index), !isCounted(index),
            idiom.end >= read?.range.upperBound ?? 0
        {
            return idiom.end
        }
        guard let numeral = read else { return nil }
        let end = numeral.range.upperBound
        guard let value = numeral.value, !isMarker(numeral), !isPartOfName(index) else { return end }
        if let fraction = readFraction(numeral, from: index) { return fraction }
        if let ordinal = readEnglishOrdinal(numeral, value: value) { return ordinal }
        var quantity = quantity(numeral, value: value)
        if !readUnit(into: &quantity, numeral) {
            // 三到五天: the first number has no unit of its own.
            quantity = self.quantity(numeral, value: value)
            readRange(into: &quantity)
            guard quantity.upper != nil, quantity.range != numeral.range else { return end }
        }
        return finish(quantity, from: index)
    }

    private func quantity(_ numeral: Numeral, value: ExactNumber) -> Quantity {
        Quantity(
            range: numeral.range, words: "", numeralRange: numeral.range, value: value, upper: numeral.upper,
            isApproximate: numeral.isVague || numeral.upper != nil, bound: numeral.isVague ? .atLeast : nil, unit: "",
            unitRange: nil, kind: .plain, style: numeral.style, digits: numeral.digits,
            isRemainderTooLarge: numeral.isRemainderTooLarge)
    }

    /// Hedges around it, a second value, and into the list; gives the byte after it.
    mutating func finish(_ finished: Quantity, from start: Int) -> Int {
        var quantity = finished
        readSign(into: &quantity, before: start)
        readRange(into: &quantity)
        readHedgeAfter(into: &quantity)
        readHedgeBefore(into: &quantity)
        quantity.words = text.words(quantity.range)
        found.append(quantity)
        return quantity.range.upperBound
    }

    mutating func append(_ quantity: Quantity) { found.append(quantity) }

    // MARK: - What is no quantity

    /// "一、" "(1)" "3." at the start of a line.
    private func isMarker(_ numeral: Numeral) -> Bool {
        var start = numeral.range.lowerBound
        let (before, beforeStart) = text.scalar(before: start)
        let (after, _) = text.scalar(at: numeral.range.upperBound)
        if before == 0x28, after == 0x29 {
            guard let value = numeral.whole, value < 100, !numeral.hasDecimals else { return false }
            start = beforeStart
            return numeral.style == .chinese || text.isLineStart(start)
        }
        guard after == 0x3001 || after == 0x2E, text.isLineStart(start), let value = numeral.whole else { return false }
        return value < 200
    }

    /// True behind a word after which things are counted: 有四處, 那四處, 其中四處.
    private func isCounted(_ index: Int) -> Bool {
        Self.counters.contains(text.scalar(before: index).value)
    }

    private static let counters = Set(FoldedWord("有那這共計中剩餘加達的").scalars)

    /// "COVID-19", "A4", "3.14.15": digits of a name.
    private func isPartOfName(_ index: Int) -> Bool {
        if text.isWordBefore(index) { return true }
        let (before, start) = text.scalar(before: index)
        return before == 0x2D && start > 0 && ByteText.isLatinLetter(text.scalar(before: start).value)
    }

    // MARK: - Forms

    private mutating func readOrdinal(at index: Int, numberAt start: Int) -> Int? {
        let position = text.skippingBlanks(start)
        guard let numeral = NumeralScanner.numeral(in: text, at: position), let value = numeral.value else {
            return nil
        }
        var quantity = quantity(numeral, value: value)
        // Digits one after the other are one number here: "第三四條" does not occur.
        if let high = numeral.upper?.wholeValue, let low = value.wholeValue, numeral.digits == 2 {
            quantity.value = ExactNumber(low * 10 + high)
        }
        quantity.upper = nil
        quantity.isApproximate = false
        quantity.kind = .ordinal
        quantity.range = index..<numeral.range.upperBound
        let unitStart = text.skippingBlanks(numeral.range.upperBound, lines: true)
        if let (unit, end) = UnitTable.chinese.longest(in: text, at: unitStart) {
            (quantity.unit, quantity.unitRange) = (unit, unitStart..<end)
            quantity.range = index..<end
        }
        quantity.words = text.words(quantity.range)
        found.append(quantity)
        return quantity.range.upperBound
    }

    /// 1st, 52nd.
    private mutating func readEnglishOrdinal(_ numeral: Numeral, value: ExactNumber) -> Int? {
        let start = numeral.range.upperBound
        for suffix: FoldedWord in ["st", "nd", "rd", "th"] {
            guard let end = text.end(of: suffix, at: start), !text.isWordAt(end) else { continue }
            var quantity = quantity(numeral, value: value)
            quantity.kind = .ordinal
            quantity.range = numeral.range.lowerBound..<end
            let unitStart = text.skippingBlanks(end)
            if let unit = englishUnit(at: unitStart, after: end) {
                (quantity.unit, quantity.unitRange) = (unit.unit, unitStart..<unit.end)
            }
            quantity.words = text.words(quantity.range)
            found.append(quantity)
            return end
        }
        return nil
    }

    private mutating func readPercentWords(from index: Int, at start: Int) -> Int? {
        guard let numeral = NumeralScanner.numeral(in: text, at: text.skippingBlanks(start)) ?? hundred(at: start),
            let value = numeral.value
        else { return nil }
        var quantity = quantity(numeral, value: value)
        quantity.kind = .percent
        quantity.unit = "%"
        quantity.range = index..<numeral.range.upperBound
        return finish(quantity, from: index)
    }

    /// 百 alone, in 百分之百.
    private func hundred(at index: Int) -> Numeral? {
        text.end(of: "百", at: index).map { Numeral(range: index..<$0, value: ExactNumber(100), style: .chinese) }
    }

    /// 三分之二, 2/3.
    private mutating func readFraction(_ numeral: Numeral, from index: Int) -> Int? {
        let end = numeral.range.upperBound
        let isSlash = text.scalar(at: end).value == 0x2F
        guard let start = text.end(of: "分之", at: end) ?? (isSlash ? end + text.scalar(at: end).width : nil),
            let second = NumeralScanner.numeral(in: text, at: start), let first = numeral.whole,
            let other = second.whole
        else { return nil }
        let (above, below) = isSlash ? (first, other) : (other, first)
        guard above < below, below <= 1000, let value = ExactNumber(above, over: below) else { return nil }
        guard !isSlash || text.scalar(at: second.range.upperBound).value != 0x2F else { return nil }
        var quantity = quantity(numeral, value: value)
        quantity.kind = .fraction
        quantity.upper = nil
        quantity.isApproximate = false
        quantity.range = index..<second.range.upperBound
        quantity.numeralRange = quantity.range
        return finish(quantity, from: index)
    }

    private mutating func readMoney(_ currency: String, from index: Int, at start: Int) -> Int? {
        guard let numeral = NumeralScanner.numeral(in: text, at: start), let value = numeral.value else { return nil }
        var quantity = quantity(numeral, value: value)
        quantity.range = index..<numeral.range.upperBound
        scale(&quantity)
        _ = readUnit(into: &quantity, numeral)
        quantity.kind = .money(currency: currency)
        if quantity.unit.isEmpty || quantity.unitRange == nil { quantity.unit = "元" }
        return finish(quantity, from: index)
    }
}
