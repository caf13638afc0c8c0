/// Times of day and the second ends of ranges.
extension DateReader {
    /// Reads 14時0分, 下午兩點半, 15:35 after a date or alone.
    func readTime(into point: inout Point, isCertain: Bool = false) {
        let hadDate = isCertain || !point.isEmpty
        let position = text.skippingBlanks(point.end)
        let part = DateWords.dayParts.longest(in: text, at: position)
        let start = text.skippingBlanks(part?.end ?? position)
        guard let (time, end) = clock(at: start, isCertain: part != nil || hadDate) else { return }
        point.end = end
        point.time = time
        guard let part else { return }
        if time.hour >= 13, time.hour < 24 {
            point.warnings.append(.twelveHourWord)
        } else if part.value, time.hour < 12, !(time.hour == 11 && text.end(of: "中午", at: position) != nil) {
            point.time = ClockTime(time.hour + 12, time.minute)
        }
    }

    /// The clock time at `index`; a bare "三點" counts only where it is `isCertain` that a time stands there.
    private func clock(at index: Int, isCertain: Bool) -> (time: ClockTime, end: Int)? {
        guard let numeral = NumeralScanner.numeral(in: text, at: index, decimals: false), let hour = numeral.whole,
            (0...24).contains(hour), numeral.digits <= 2, !text.isWordBefore(index)
        else { return nil }
        let position = text.skippingBlanks(numeral.range.upperBound)
        let (scalar, width) = text.scalar(at: position)
        let after = position + width
        if scalar == 0x3A, numeral.style == .arabic { return digitalClock(hour: hour, at: after) }
        let isSpoken = scalar == DateWords.scalar("點")
        guard scalar == DateWords.scalar("時") || isSpoken else { return nil }
        if let end = text.end(of: "半", at: after), text.end(of: "半數", at: after) == nil {
            return ClockTime(hour, 30).map { ($0, end) }
        }
        let minuteStart = text.skippingBlanks(after)
        if let minute = NumeralScanner.numeral(in: text, at: minuteStart, decimals: false), let value = minute.whole,
            (0...59).contains(value), minute.digits <= 2, minute.style != .mixed
        {
            let unit = text.skippingBlanks(minute.range.upperBound)
            if let end = text.end(of: "分", at: unit) { return ClockTime(hour, value).map { ($0, end) } }
            if let end = text.end(of: "刻", at: unit) { return ClockTime(hour, value * 15).map { ($0, end) } }
            if isCertain, isSpoken, value >= 5 {
                return ClockTime(hour, value).map { ($0, minute.range.upperBound) }
            }
        }
        for word: FoldedWord in ["鐘", "整", "正"] {
            if let end = text.end(of: word, at: after) { return ClockTime(hour, 0).map { ($0, end) } }
        }
        return isCertain ? ClockTime(hour, 0).map { ($0, after) } : nil
    }

    private func digitalClock(hour: Int, at index: Int) -> (time: ClockTime, end: Int)? {
        let (first, width) = text.scalar(at: index)
        let (second, secondWidth) = text.scalar(at: index + width)
        var end = index + width + secondWidth
        guard NumeralScanner.isDigit(first), NumeralScanner.isDigit(second), !text.isWordAt(end),
            let time = ClockTime(hour, Int(first - 0x30) * 10 + Int(second - 0x30))
        else { return nil }
        // Seconds are read and dropped.
        if text.scalar(at: end).value == 0x3A, text.isWordAt(end + 1), text.isWordAt(end + 2) { end += 3 }
        return (time, end)
    }

    /// The second end of a range that begins with `point`, and the byte after it.
    func rangeEnd(after point: Point) -> (point: Point, end: Int)? {
        guard let start = connector(at: point.end) else { return nil }
        let parent = point.written.isEmpty ? nil : point.written
        var second: Point?
        if point.time != nil, let timeOnly = timePoint(at: start, after: point) { second = timeOnly }
        if second == nil {
            second = yearOnlyEnd(at: start, after: point) ?? chinesePoint(at: start, inheriting: parent)
        }
        if second == nil || second?.isEmpty == true { second = englishPoint(at: start) }
        guard var end = second, !end.isEmpty, end.bound != .every else { return nil }
        guard end.offset == nil || point.offset != nil || end.written.month != nil else { return nil }
        if end.written.isEmpty && end.time == nil && end.span == nil { return nil }
        if end.calendar == .none { end.calendar = point.calendar }
        if end.written.year == nil, end.offset == nil { end.written.year = point.written.year }
        if end.written.month == nil, end.written.day != nil { end.written.month = point.written.month }
        return (end, end.end)
    }

    /// "至 81 年" after a year without unit.
    private func yearOnlyEnd(at index: Int, after point: Point) -> Point? {
        guard point.written.month == nil, point.written.year != nil,
            let numeral = NumeralScanner.numeral(in: text, at: index, decimals: false), let value = numeral.whole
        else { return nil }
        let unit = text.skippingBlanks(numeral.range.upperBound)
        let (scalar, width) = text.scalar(at: unit)
        guard scalar == DateWords.year else { return nil }
        var end = Point(end: unit + width)
        end.calendar = point.calendar
        end.written.year = point.calendar == .roc && value < 1000 ? value + CalendarDate.rocOffset : value
        var within = end
        readWithinYear(into: &within, parent: nil)
        return within
    }

    private func timePoint(at index: Int, after first: Point) -> Point? {
        var second = Point(end: index)
        readTime(into: &second, isCertain: true)
        guard let time = second.time, let start = first.time else { return nil }
        if time < start, start.hour >= 12, time.hour < 12 { second.time = ClockTime(time.hour + 12, time.minute) }
        second.written = first.written
        second.calendar = first.calendar
        return second
    }
}
