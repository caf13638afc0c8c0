/// Years, months, days, quarters and weekdays.
extension DateReader {
    /// Reads an era and a year; true when an era word stands there.
    func readYear(into point: inout Point, parent: WrittenDate?) -> Bool {
        guard point.offset == nil else { return false }
        let era = DateWords.eras.longest(in: text, at: point.end)
        let start = text.skippingBlanks(era?.end ?? point.end, lines: true)
        guard let numeral = NumeralScanner.numeral(in: text, at: start, decimals: false),
            let value = yearNumber(numeral)
        else { return era != nil }
        let unit = text.skippingBlanks(numeral.range.upperBound, lines: true)
        let (scalar, width) = text.scalar(at: unit)
        guard scalar == DateWords.year else {
            readYearRange(from: value, era: era?.value, connectorAt: unit, into: &point)
            return era != nil
        }
        let after = unit + width
        guard era != nil || parent?.year != nil || isYear(numeral, next: after) else { return false }
        setYear(value, era: era?.value, numeral: numeral, in: &point)
        point.end = after
        if let end = text.end(of: "度", at: after) { point.end = end }
        return era != nil
    }

    private func yearNumber(_ numeral: Numeral) -> Int? {
        guard !numeral.isGrouped, !numeral.hasDecimals, numeral.style != .mixed, !numeral.isVague else { return nil }
        // "三四年" reads as digits only where an era stands before it; positional years have three digits or four.
        return numeral.upper == nil ? numeral.whole : nil
    }

    private func setYear(_ value: Int, era: DateExpression.Calendar?, numeral: Numeral, in point: inout Point) {
        let isROC = era == .roc || (era == nil && value < 1000)
        point.calendar = isROC ? .roc : .gregorian
        point.written.year = isROC ? value + CalendarDate.rocOffset : value
    }

    /// "39 至 81 年", "39-81 年": the first year has no unit of its own; it is kept, and the range reader takes the rest.
    private func readYearRange(
        from value: Int, era: DateExpression.Calendar?, connectorAt index: Int, into point: inout Point
    ) {
        guard let connector = DateWords.connectors.longest(in: text, at: index) else { return }
        let next = text.skippingBlanks(connector.end)
        guard let second = NumeralScanner.numeral(in: text, at: next), let last = yearNumber(second), last > value,
            text.scalar(at: text.skippingBlanks(second.range.upperBound)).value == DateWords.year,
            era != nil || (last >= 70 && last < 200 && value >= 20) || (value >= 1800 && last < 2200)
        else { return }
        let isROC = era == .roc || (era == nil && value < 1000)
        point.calendar = isROC ? .roc : .gregorian
        point.written.year = isROC ? value + CalendarDate.rocOffset : value
        point.end = index
    }

    /// True when a number before 年 is a year and not a stretch of years; `next` is the byte after 年.
    func isYear(_ numeral: Numeral, next: Int) -> Bool {
        guard let value = yearNumber(numeral) else { return false }
        if text.scalar(at: next).value == DateWords.scalar("級") || text.scalar(at: next).value == DateWords.scalar("代")
        {
            return false
        }
        if (1000...2999).contains(value) { return numeral.digits == 4 || numeral.style == .chinese }
        guard (1...200).contains(value), !isOrdinal(numeral.range.lowerBound) else { return false }
        if numeral.style == .arabic, numeral.digits > 3 { return false }
        if value >= 70 || numeral.digits == 3 { return true }
        guard value >= 20 else {
            // "3年6月5日" is a date, "3年6月" may be a term of three years and six months.
            let month = text.skippingBlanks(next, lines: true)
            guard let (_, end) = numberBefore([DateWords.month], at: month, upTo: 12) else { return false }
            return numberBefore([DateWords.day], at: text.skippingBlanks(end, lines: true), upTo: 31) != nil
        }
        let position = text.skippingBlanks(next, lines: true)
        return numberBefore([DateWords.month], at: position, upTo: 12) != nil
            || DateWords.halves.longest(in: text, at: position) != nil
            || text.end(of: "度", at: next) != nil || text.end(of: "以前", at: position) != nil
            || text.end(of: "底", at: next) != nil || text.end(of: "第", at: next) != nil
    }

    func isOrdinal(_ index: Int) -> Bool {
        var (value, start) = text.scalar(before: index)
        if value == 0x20 { (value, start) = text.scalar(before: start) }
        return value == DateWords.ordinal
    }

    /// Reads half, quarter, month, day and part of the month.
    func readWithinYear(into point: inout Point, parent: WrittenDate?) {
        let hasYear = point.written.year != nil || point.offset?.unit == .year
        let position = text.skippingBlanks(point.end, lines: hasYear)
        if let (half, end) = DateWords.halves.longest(in: text, at: position) {
            (point.written.half, point.end) = (half, end)
            return
        }
        if let (quarter, end) = quarter(at: position, hasYear: hasYear) {
            (point.written.quarter, point.end) = (quarter, end)
            return
        }
        if point.offset?.unit == .month {
            if readPart(into: &point) { return }
            readDay(into: &point, at: position, parent: parent)
            return
        }
        if let (month, end) = numberBefore([DateWords.month], at: position, upTo: 12) {
            guard text.scalar(at: end).value != DateWords.scalar("台") else { return }
            (point.written.month, point.end) = (month, text.end(of: "份", at: end) ?? end)
            if !readPart(into: &point) {
                readDay(into: &point, at: text.skippingBlanks(point.end, lines: true), parent: parent)
            }
            return
        }
        if readMonthRange(into: &point, at: position) { return }
        if hasYear || point.offset?.unit == .year { _ = readPart(into: &point) }
        if !hasYear, let inherited = parent ?? listParent(before: position) {
            readDay(into: &point, at: position, parent: inherited)
        } else if !hasYear, let (day, end) = numberBefore([DateWords.spokenDay], at: position, upTo: 31),
            let bound = bound(at: end), bound.value != .within
        {
            // 二十號以後: the month is that of the talk.
            (point.written.day, point.end) = (day, end)
        }
    }

    private func quarter(at index: Int, hasYear: Bool) -> (value: Int, end: Int)? {
        if let end = text.end(of: "Q", at: index), hasYear,
            let (value, width) = Optional(text.scalar(at: end)), (0x31...0x34).contains(value)
        {
            return (Int(value - 0x30), end + width)
        }
        let start = text.end(of: "第", at: index)
        guard start != nil || hasYear else { return nil }
        return numberBefore([DateWords.scalar("季")], at: text.skippingBlanks(start ?? index), upTo: 4)
    }

    /// "7 至 9 月": the first month has no unit of its own.
    private func readMonthRange(into point: inout Point, at index: Int) -> Bool {
        guard let first = bareNumber(at: index, upTo: 12), let connector = connector(at: first.end),
            let (last, _) = numberBefore([DateWords.month], at: connector, upTo: 12), last > first.value
        else { return false }
        (point.written.month, point.end) = (first.value, first.end)
        return true
    }

    func readDay(into point: inout Point, at index: Int, parent: WrittenDate?) {
        if let (day, end) = numberBefore([DateWords.day, DateWords.spokenDay], at: index, upTo: 31) {
            (point.written.day, point.end) = (day, end)
        } else if let first = bareNumber(at: index, upTo: 31), let connector = connector(at: first.end),
            let (last, _) = numberBefore([DateWords.day, DateWords.spokenDay], at: connector, upTo: 31),
            last > first.value
        {
            (point.written.day, point.end) = (first.value, first.end)
        } else {
            return
        }
        guard point.written.month == nil, let parent, point.offset == nil else { return }
        point.written.month = parent.month
        point.written.year = point.written.year ?? parent.year
    }

    private func bareNumber(at index: Int, upTo limit: Int) -> (value: Int, end: Int)? {
        guard let numeral = NumeralScanner.numeral(in: text, at: index, decimals: false), let value = numeral.whole,
            (1...limit).contains(value), numeral.digits <= 2
        else { return nil }
        return (value, numeral.range.upperBound)
    }

    /// Byte after the range connector at `index`, blanks around it skipped.
    func connector(at index: Int) -> Int? {
        DateWords.connectors.longest(in: text, at: text.skippingBlanks(index, lines: true))
            .map { text.skippingBlanks($0.end, lines: true) }
    }

    private func readPart(into point: inout Point) -> Bool {
        let position = text.skippingBlanks(point.end)
        guard let (part, end) = DateWords.parts.longest(in: text, at: position),
            DateWords.notParts.longest(in: text, at: position) == nil
        else { return false }
        (point.written.part, point.end) = (part, end)
        return true
    }

    /// The date that a bare day continues: "3月18日及21日".
    private func listParent(before index: Int) -> WrittenDate? {
        guard let last = found.last, let month = last.written.month, last.written.day != nil else { return nil }
        var position = last.range.upperBound
        guard position < index, index - position <= 9 else { return nil }
        while position < index {
            let (scalar, width) = text.scalar(at: position)
            let isJoint = scalar == 0x20 || scalar == 0x3001 || scalar == 0x2C || Self.joints.contains(scalar)
            guard isJoint else { return nil }
            position += width
        }
        var parent = WrittenDate(
            year: last.writtenEnd?.year ?? last.written.year, month: last.writtenEnd?.month ?? month)
        parent.day = nil
        return parent
    }

    private static let joints: Set<UInt32> = Set(FoldedWord("及和與或跟").scalars)

    // MARK: - Weekdays

    /// Reads 星期二, (二), （週二）.
    func readWeekday(into point: inout Point) {
        let position = text.skippingBlanks(point.end)
        let (scalar, width) = text.scalar(at: position)
        if scalar == 0x28, point.written.day != nil {
            let inside = position + width
            guard let (day, end) = weekday(at: inside) ?? weekdayDigit(at: inside) else { return }
            let (closing, closingWidth) = text.scalar(at: end)
            guard closing == 0x29 else { return }
            (point.weekday, point.end) = (day, end + closingWidth)
        } else if point.offset?.unit == .week, let (day, end) = weekdayDigit(at: position) {
            (point.weekday, point.end) = (day, end)
        } else if point.isEmpty || point.written.day != nil, let (day, end) = weekday(at: position) {
            (point.weekday, point.end) = (day, end)
        }
    }

    private func weekday(at index: Int) -> (value: Int, end: Int)? {
        DateWords.weekdayWords.longest(in: text, at: index).flatMap { weekdayDigit(at: $0.end) }
    }

    func weekdayDigit(at index: Int) -> (value: Int, end: Int)? {
        let (scalar, width) = text.scalar(at: index)
        if scalar == DateWords.day || scalar == DateWords.scalar("天") { return (7, index + width) }
        guard let value = NumeralScanner.digit(scalar), (1...6).contains(value), scalar != DateWords.scalar("兩") else {
            return nil
        }
        let after = text.scalar(at: index + width).value
        let isLonger = NumeralScanner.digit(after) != nil || NumeralScanner.multiplier(after) != nil
        return isLonger ? nil : (value, index + width)
    }
}
