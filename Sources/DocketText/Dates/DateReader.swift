/// One pass over a text that collects its date expressions.
struct DateReader {
    let text: ByteText
    let context: DateParser.Context
    var found: [DateExpression] = []
    var aliases: WordTable<ClosedRange<CalendarDate>>

    init(text: ByteText, context: DateParser.Context) {
        self.text = text
        self.context = context
        aliases = WordTable(context.aliases.map { ($0.key, $0.value) })
    }

    /// A date being read: what is written so far and where reading goes on.
    struct Point {
        var written = WrittenDate()
        var calendar = DateExpression.Calendar.none
        var time: ClockTime?
        var endTime: ClockTime?
        var weekday: Int?
        var offset: RelativeOffset?
        var bound: DateExpression.Bound?
        var span: ClosedRange<CalendarDate>?
        var warnings: [DateExpression.Warning] = []
        var end: Int

        var isEmpty: Bool {
            written.isEmpty && time == nil && weekday == nil && offset == nil && span == nil && bound == nil
        }
    }

    /// All expressions in order.
    mutating func readAll() -> [DateExpression] {
        var index = 0
        while index < text.count {
            let (scalar, width) = text.scalar(at: index)
            if !DateWords.starts.contains(scalar), !aliases.firsts.contains(scalar) {
                index += max(1, width)
            } else if let expression = expression(at: index) {
                found.append(expression)
                index = define(expression) ?? expression.range.upperBound
            } else {
                index = next(after: index)
            }
        }
        return found
    }

    /// Where reading goes on when nothing begins at `index`: behind a whole numeral or Latin word.
    private func next(after index: Int) -> Int {
        let (scalar, width) = text.scalar(at: index)
        if let numeral = NumeralScanner.numeral(in: text, at: index) { return max(numeral.range.upperBound, index + 1) }
        guard ByteText.isLatinWord(scalar) else { return index + max(1, width) }
        var index = index
        while text.isWordAt(index) { index += text.scalar(at: index).width }
        return index
    }

    private mutating func expression(at index: Int) -> DateExpression? {
        let scalar = text.scalar(at: index).value
        if ByteText.isLatinLetter(scalar), text.isWordBefore(index) { return nil }
        if isPlainNumber(at: index) { return nil }
        var first = chinesePoint(at: index)
        if first == nil || first?.isEmpty == true { first = englishPoint(at: index) }
        guard var point = first, !point.isEmpty, point.end > index else { return nil }
        var second: Point?
        if point.bound == nil, point.endTime == nil, let (range, last) = rangeEnd(after: point) {
            second = range
            point.end = last
        }
        let dateRange = index..<point.end
        let start = applyBounds(to: &point, from: index)
        return resolve(point, second, range: start..<point.end, dateRange: dateRange)
    }

    /// True for a numeral behind which nothing stands that could make it a part of a date; most numbers end here.
    private func isPlainNumber(at index: Int) -> Bool {
        guard let numeral = NumeralScanner.numeral(in: text, at: index, decimals: false),
            NumericDate.read(in: text, at: index) == nil
        else { return false }
        let next = text.skippingBlanks(numeral.range.upperBound, lines: true)
        return !DateWords.afterNumbers.contains(text.scalar(at: next).value)
    }

    /// "（以下簡稱本期）" gives the period before it a name for the rest of the text; gives the byte after the definition.
    private mutating func define(_ expression: DateExpression) -> Int? {
        guard let start = expression.start, let end = expression.end,
            let opening = DateWords.definition.longest(in: text, at: text.skippingBlanks(expression.range.upperBound))
        else { return nil }
        var position = opening.end
        var name = ""
        while name.utf8.count < 60 {
            let (scalar, width) = text.scalar(at: position)
            if width == 0 || scalar == 0x29 { break }
            if scalar != 0x300C && scalar != 0x300D { name += text.words(position..<position + width) }
            position += width
        }
        let (low, high) = (start.firstDay, end.lastDay)
        if low <= high { aliases.insert(name, low...high) }
        return position
    }

    // MARK: - Points

    /// The Chinese or numeric date at `index`.
    func chinesePoint(at index: Int, inheriting parent: WrittenDate? = nil) -> Point? {
        if let (span, end) = aliases.longest(in: text, at: index) {
            var point = Point(end: end)
            point.span = span
            return point
        }
        let scalar = text.scalar(at: index).value
        let isDigit = NumeralScanner.isDigit(scalar)
        if isDigit, text.isWordBefore(index) || (index > 0 && text.bytes[index - 1] == 0x2E) { return nil }
        if isDigit, let numeric = NumericDate.read(in: text, at: index) ?? NumericDate.monthAndDay(in: text, at: index)
        {
            return numericPoint(numeric, from: index)
        }
        if let point = recurringPoint(at: index) ?? stretchPoint(at: index) { return point }
        var point = Point(end: index)
        readRelative(into: &point)
        let hasEra = readYear(into: &point, parent: parent)
        if !hasEra || point.written.year != nil {
            readWithinYear(into: &point, parent: parent)
        }
        readWeekday(into: &point)
        readTime(into: &point)
        return point.isEmpty ? nil : point
    }

    private func numericPoint(_ numeric: NumericDate.Match, from index: Int) -> Point? {
        if let (before, _) = Optional(text.scalar(before: index)), before == 0x2F || before == 0x2D { return nil }
        var point = Point(written: numeric.written, calendar: numeric.calendar, end: numeric.end)
        if text.scalar(at: point.end).value == 0x54 {
            var timed = point
            timed.end += 1
            readTime(into: &timed)
            if timed.time != nil { return timed }
        }
        readWeekday(into: &point)
        readTime(into: &point)
        return point
    }

    /// 今年, 下週, 明天: the part of the date that the anchor gives.
    private func readRelative(into point: inout Point) {
        guard let (offset, end) = DateWords.relatives.longest(in: text, at: point.end) else { return }
        point.offset = offset
        point.end = end
    }

    /// 每月, 每週三.
    private func recurringPoint(at index: Int) -> Point? {
        guard let (unit, end) = DateWords.recurring.longest(in: text, at: index) else { return nil }
        var point = Point(end: end)
        point.bound = .every
        point.offset = RelativeOffset(unit, 1)
        if unit == .week, let (day, last) = weekdayDigit(at: end) {
            point.weekday = day
            point.end = last
        } else if unit == .month,
            let (day, last) = numberBefore([DateWords.day, DateWords.spokenDay], at: end, upTo: 31)
        {
            point.written.day = day
            point.end = last
        }
        readTime(into: &point)
        return point
    }

    /// 近 2 週, 前1天, 3 天內, 兩週前, 10 個工作天內.
    private func stretchPoint(at index: Int) -> Point? {
        let prefix = DateWords.stretchPrefixes.longest(in: text, at: index)
        let start = text.skippingBlanks(prefix?.end ?? index)
        guard let numeral = NumeralScanner.numeral(in: text, at: start), let count = numeral.whole, count < 10_000,
            let (unit, afterUnit) = DateWords.durations.longest(
                in: text, at: text.skippingBlanks(numeral.range.upperBound))
        else { return nil }
        let suffix = bound(at: text.skippingBlanks(afterUnit))
        var point = Point(end: afterUnit)
        if let prefix {
            // "前 5 月" is no stretch, and "前 3 年級" is none either.
            guard !(unit == .year && text.scalar(at: afterUnit).value == DateWords.scalar("級")) else { return nil }
            point.offset = RelativeOffset(unit, prefix.value * count)
            point.bound = prefix.value < 0 && text.end(of: "前", at: index) == nil ? .last : nil
            if let suffix, suffix.value == .within { (point.bound, point.end) = (.within, suffix.end) }
            return point
        }
        guard let suffix, !(unit == .year && isYear(numeral, next: afterUnit)) else { return nil }
        switch suffix.value {
        case .before: point.offset = RelativeOffset(unit, -count)
        case .after, .within: point.offset = RelativeOffset(unit, count)
        default: return nil
        }
        point.bound = suffix.value == .within ? .within : suffix.value == .after ? .after : .before
        point.end = suffix.end
        return point
    }

    /// The bound suffix at `index`, when it is not the beginning of another word.
    func bound(at index: Int) -> (value: DateExpression.Bound, end: Int)? {
        guard let suffix = DateWords.suffixes.longest(in: text, at: index) else { return nil }
        if let other = DateWords.notSuffixes.longest(in: text, at: index), other.end > suffix.end { return nil }
        return suffix
    }

    /// A whole number from 1 to `limit` followed by one of `units`, and the byte after the unit.
    func numberBefore(_ units: [UInt32], at index: Int, upTo limit: Int) -> (value: Int, end: Int)? {
        guard let numeral = NumeralScanner.numeral(in: text, at: index, decimals: false), let value = numeral.whole,
            (1...limit).contains(value), numeral.digits <= 2, numeral.style != .mixed
        else { return nil }
        let position = text.skippingBlanks(numeral.range.upperBound, lines: true)
        let (scalar, width) = text.scalar(at: position)
        return units.contains(scalar) ? (value, position + width) : nil
    }
}
