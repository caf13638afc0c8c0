/// Bounds around a date, and what it means against the anchor and the period.
extension DateReader {
    /// Reads the suffix and looks back for the prefix that make a bound; gives the first byte of the expression.
    func applyBounds(to point: inout Point, from index: Int) -> Int {
        guard point.bound == nil else { return index }
        var start = index
        if let (bound, first) = prefixBound(before: index) {
            point.bound = bound
            start = first
        }
        let position = text.skippingBlanks(point.end)
        if let (bound, end) = self.bound(at: position) {
            // "自 8 月起", "至 6 月底止", "於 6 月底前": prefix and suffix say one thing; "至…前" is a deadline.
            if !(point.bound == .from && bound == .within) { point.bound = point.bound == .by ? .by : bound }
            point.end = end
        }
        return start
    }

    private func prefixBound(before index: Int) -> (DateExpression.Bound, Int)? {
        let position = blanksBefore(index)
        for prefix in DateWords.prefixes {
            var start = position
            for _ in prefix.word.scalars { start = text.scalar(before: start).start }
            guard start >= (found.last?.range.upperBound ?? 0), start < position,
                text.end(of: prefix.word, at: start) == position,
                !prefix.notAfter.contains(text.scalar(before: start).value)
            else { continue }
            return (prefix.bound, start)
        }
        return englishPrefixBound(before: position)
    }

    func blanksBefore(_ index: Int) -> Int {
        var index = index
        while index > 0, text.bytes[index - 1] == 0x20 { index -= 1 }
        return index
    }

    /// The expression of one point, or of a range of two.
    func resolve(_ point: Point, _ second: Point?, range: Range<Int>, dateRange: Range<Int>) -> DateExpression {
        var expression = DateExpression(
            range: range, words: text.words(range), dateRange: dateRange, written: point.written,
            writtenEnd: second?.written, start: nil, end: nil, time: point.time, endTime: second?.time ?? point.endTime,
            precision: .day,
            calendar: point.calendar, bound: point.bound, offset: point.offset, weekday: point.weekday,
            isOutsidePeriod: false, warnings: point.warnings + (second?.warnings ?? []))
        expression.precision = precision(of: point)
        let first = span(of: point)
        if let second {
            expression.start = first?.low
            expression.end = span(of: second).map(\.high)
            if second.time != nil, second.written == point.written { expression.end = nil }
            if precision(of: second) > expression.precision, second.time == nil {
                expression.precision = precision(of: second)
            }
        } else {
            bound(&expression, by: first, of: point)
        }
        judge(&expression, point, first)
        return expression
    }

    private func precision(of point: Point) -> DateExpression.Precision {
        let written = point.written
        if point.time != nil { return .minute }
        if written.day != nil || point.weekday != nil { return .day }
        if written.month != nil { return .month }
        if written.quarter != nil { return .quarter }
        if written.half != nil { return .halfYear }
        if written.part != nil { return .month }
        switch point.offset?.unit {
        case .day, .workday, .meeting: return .day
        case .week: return .week
        case .month: return .month
        case .quarter: return .quarter
        case .halfYear: return .halfYear
        case .year: return .year
        case nil: return point.span != nil ? .halfYear : .year
        }
    }

    /// Sets start and end of a single date according to its bound.
    private func bound(
        _ expression: inout DateExpression, by span: (low: CalendarDate, high: CalendarDate)?, of point: Point
    ) {
        guard let span else { return }
        let isPeriod = span.low != span.high
        switch point.bound {
        case .by, .until, .before: expression.end = span.high.lastDay
        case .from, .after: expression.start = span.low.firstDay
        case .within where point.offset != nil && point.written.isEmpty, .last:
            (expression.start, expression.end) = (span.low, span.high)
        case .every: break
        case .within, nil:
            expression.start = span.low
            if isPeriod { expression.end = span.high }
        }
    }

    private func judge(
        _ expression: inout DateExpression, _ point: Point, _ first: (low: CalendarDate, high: CalendarDate)?
    ) {
        if first == nil, let month = point.written.month, let day = point.written.day,
            CalendarDate(point.written.year ?? 2000, month, day) == nil
        {
            expression.warnings.append(.impossibleDate)
        }
        if let written = point.weekday, point.written.day != nil, let actual = first?.low.weekday, actual != written {
            expression.warnings.append(.weekdayMismatch(actual: actual))
        }
        if let start = expression.start, let end = expression.end, end.lastDay < start.firstDay {
            expression.warnings.append(.reversedRange)
        }
        guard let period = context.period else { return }
        let (low, high) = (period.lowerBound.firstDay, period.upperBound.lastDay)
        let isLate = (expression.start?.firstDay).map { $0 > high } ?? false
        let isEarly = (expression.end ?? expression.start)?.lastDay.isBefore(low) ?? false
        expression.isOutsidePeriod = isLate || isEarly
    }

    // MARK: - Meaning

    /// First and last date of what a point names; equal for a single day, month or year.
    private func span(of point: Point) -> (low: CalendarDate, high: CalendarDate)? {
        if let span = point.span { return (span.lowerBound, span.upperBound) }
        if let offset = point.offset { return relativeSpan(offset, point) }
        return span(of: point.written, year: point.written.year ?? inferredYear(point.written, bound: point.bound))
    }

    private func span(of written: WrittenDate, year: Int?) -> (low: CalendarDate, high: CalendarDate)? {
        guard let year else { return nil }
        func months(_ first: Int, _ last: Int) -> (low: CalendarDate, high: CalendarDate)? {
            guard let low = CalendarDate(year, first, 1), let high = CalendarDate(year, last)?.lastDay else {
                return nil
            }
            return (low, high)
        }
        if let half = written.half { return months(half == 1 ? 1 : 7, half == 1 ? 6 : 12) }
        if let quarter = written.quarter { return months(quarter * 3 - 2, quarter * 3) }
        var month = written.month
        if month == nil, let part = written.part { month = part == .end ? 12 : part == .beginning ? 1 : nil }
        guard written.day == nil || month != nil else { return nil }
        return CalendarDate(year, month, written.day).map { ($0, $0) }
    }

    /// The year of a date that names none: that of the period which holds it, else of the period's beginning, else of
    /// the
    /// anchor; a deadline more than half a year before the anchor's month is meant for the year after.
    private func inferredYear(_ written: WrittenDate, bound: DateExpression.Bound?) -> Int? {
        guard !written.isEmpty else { return nil }
        if let period = context.period {
            let (low, high) = (period.lowerBound.firstDay, period.upperBound.lastDay)
            for year in low.year...min(high.year, low.year + 200) {
                if let span = span(of: written, year: year), span.high.lastDay >= low, span.low.firstDay <= high {
                    return year
                }
            }
            return low.year
        }
        guard let anchor = context.anchor else { return nil }
        let isDeadline = bound == .before || bound == .by
        if isDeadline, let month = written.month, let now = anchor.month, month < now - 6 { return anchor.year + 1 }
        return anchor.year
    }

    private func relativeSpan(_ offset: RelativeOffset, _ point: Point) -> (low: CalendarDate, high: CalendarDate)? {
        guard let anchor = context.anchor, point.bound != .every else { return nil }
        if offset.unit == .year, point.bound != .last, point.bound != .within || !point.written.isEmpty {
            let (year, overflow) = anchor.year.addingReportingOverflow(offset.count)
            return overflow ? nil : span(of: point.written, year: year)
        }
        if offset.unit == .month,
            let month = CalendarDate(anchor.year, anchor.month ?? 1)?.adding(months: offset.count),
            point.bound != .last, point.bound != .within
        {
            var written = point.written
            written.month = month.month
            return span(of: written, year: month.year)
        }
        guard let shifted = shift(anchor, by: offset) else { return nil }
        if point.bound == .last || point.bound == .within {
            return shifted < anchor ? (shifted, anchor) : (anchor, shifted)
        }
        switch offset.unit {
        case .week: return weekSpan(shifted, weekday: point.weekday)
        case .quarter:
            let quarter = ((shifted.month ?? 1) - 1) / 3 + 1
            var written = WrittenDate()
            written.quarter = quarter
            return span(of: written, year: shifted.year)
        default: return (shifted, shifted)
        }
    }

    private func weekSpan(_ day: CalendarDate, weekday: Int?) -> (low: CalendarDate, high: CalendarDate)? {
        guard let today = day.weekday, let monday = day.adding(days: 1 - today) else { return nil }
        if let weekday { return monday.adding(days: weekday - 1).map { ($0, $0) } }
        return monday.adding(days: 6).map { (monday, $0) }
    }

    private func shift(_ anchor: CalendarDate, by offset: RelativeOffset) -> CalendarDate? {
        guard abs(offset.count) <= 10_000 else { return nil }
        return switch offset.unit {
        case .day: anchor.adding(days: offset.count)
        case .workday: anchor.adding(workdays: offset.count)
        case .week: anchor.adding(days: offset.count * 7)
        case .month: anchor.adding(months: offset.count)
        case .quarter: anchor.adding(months: offset.count * 3)
        case .halfYear: anchor.adding(months: offset.count * 6)
        case .year: anchor.adding(months: offset.count * 12)
        case .meeting: nil
        }
    }
}

extension CalendarDate {
    func isBefore(_ other: Self) -> Bool { self < other }

    /// The day after `count` days of Monday to Friday; public holidays are not known here.
    func adding(workdays count: Int) -> Self? {
        var day = self
        var rest = abs(count)
        while rest > 0 {
            guard let next = day.adding(days: count < 0 ? -1 : 1) else { return nil }
            day = next
            if let weekday = day.weekday, weekday <= 5 { rest -= 1 }
        }
        return day.day == nil ? nil : day
    }
}

extension DateExpression.Precision: Comparable {
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// Coarser is less.
    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }
}
