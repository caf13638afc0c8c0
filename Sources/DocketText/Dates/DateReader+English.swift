/// Dates as English writes and says them.
extension DateReader {
    /// The English date, weekday, relative date or time at `index`.
    func englishPoint(at index: Int) -> Point? {
        guard !text.isWordBefore(index), text.isWordAt(index) else { return nil }
        var point = Point(end: index)
        if let (offset, end) = EnglishDates.relatives.longest(in: text, at: index) {
            (point.offset, point.end) = (offset, end)
            readEnglishTime(into: &point)
            return point
        }
        if let point = englishDirected(at: index) ?? englishStretch(at: index) { return point }
        if let (day, end) = EnglishDates.weekdays.longest(in: text, at: index), isCapital(index) {
            (point.weekday, point.end) = (day, end)
            let next = text.skippingBlanks(text.end(of: ",", at: end) ?? end)
            if readEnglishDate(into: &point, at: next) { readEnglishTime(into: &point) }
            return point
        }
        if readEnglishDate(into: &point, at: index) || readEnglishYear(into: &point, at: index) {
            readEnglishTime(into: &point)
            return point
        }
        point.end = index
        readEnglishTime(into: &point)
        return point.isEmpty ? nil : point
    }

    private func isCapital(_ index: Int) -> Bool { (0x41...0x5A).contains(text.scalar(at: index).value) }

    /// "26 October 2021", "October 26, 2021", "the 3rd of May", "May 2021".
    private func readEnglishDate(into point: inout Point, at index: Int) -> Bool {
        if let (day, afterDay) = dayNumber(at: index) {
            let of = text.skippingBlanks(afterDay)
            let monthStart = text.skippingBlanks(text.end(of: "of ", at: of) ?? of)
            if let (month, end) = EnglishDates.months.longest(in: text, at: monthStart), isCapital(monthStart) {
                (point.written.day, point.written.month, point.end) = (day, month, monthEnd(end))
                readYearAfterMonth(into: &point)
                return true
            }
        }
        guard isCapital(index), let (month, end) = EnglishDates.months.longest(in: text, at: index) else {
            return false
        }
        let start = text.skippingBlanks(monthEnd(end))
        if let (day, afterDay) = dayNumber(at: start) {
            (point.written.day, point.written.month, point.end) = (day, month, afterDay)
            readYearAfterMonth(into: &point)
            return true
        }
        point.written.month = month
        point.end = monthEnd(end)
        readYearAfterMonth(into: &point)
        // "May" and "March" are also a verb each: alone they need a preposition.
        return point.written.year != nil || hasPreposition(before: index) || ![3, 5].contains(month)
            || {
                point.written.month = nil; point.end = index; return false
            }()
    }

    private func monthEnd(_ index: Int) -> Int { text.end(of: ".", at: index) ?? index }

    private func dayNumber(at index: Int) -> (Int, Int)? {
        guard let numeral = NumeralScanner.numeral(in: text, at: index), numeral.style == .arabic, numeral.digits <= 2,
            let day = numeral.whole, (1...31).contains(day)
        else { return nil }
        var end = numeral.range.upperBound
        for suffix: FoldedWord in ["st", "nd", "rd", "th"] {
            if let after = text.end(of: suffix, at: end) { end = after }
        }
        return text.isWordAt(end) ? nil : (day, end)
    }

    private func readYearAfterMonth(into point: inout Point) {
        let comma = text.end(of: ",", at: point.end) ?? point.end
        let start = text.skippingBlanks(comma)
        guard let (year, end) = yearDigits(at: start) else { return }
        (point.written.year, point.calendar, point.end) = (year, .gregorian, end)
    }

    private func yearDigits(at index: Int) -> (Int, Int)? {
        guard let numeral = NumeralScanner.numeral(in: text, at: index), numeral.style == .arabic, numeral.digits == 4,
            !numeral.isGrouped, let year = numeral.whole, (1800...2199).contains(year),
            !text.isWordAt(numeral.range.upperBound)
        else { return nil }
        return (year, numeral.range.upperBound)
    }

    /// A year alone is one only after a preposition: "in 2021", "since 1990".
    private func readEnglishYear(into point: inout Point, at index: Int) -> Bool {
        if let (year, end) = fiscalYear(at: index) {
            (point.written.year, point.calendar, point.end) = (year, .gregorian, end)
            return true
        }
        guard hasPreposition(before: index), let (year, end) = yearDigits(at: index) else { return false }
        let next = text.skippingBlanks(end)
        // "of 2021 people" counts people; a year ends its phrase.
        guard
            !ByteText.isLatinLetter(text.scalar(at: next).value)
                || EnglishDates.afterYear.longest(in: text, at: next) != nil
        else { return false }
        (point.written.year, point.calendar, point.end) = (year, .gregorian, end)
        return true
    }

    /// "2018-19": a year that is named by its two calendar years; it is known by the first.
    private func fiscalYear(at index: Int) -> (Int, Int)? {
        guard let (year, end) = yearDigits(at: index), case let (dash, width) = text.scalar(at: end), dash == 0x2D,
            let numeral = NumeralScanner.numeral(in: text, at: end + width), numeral.digits == 2,
            numeral.whole == (year + 1) % 100, !text.isWordAt(numeral.range.upperBound)
        else { return nil }
        return (year, numeral.range.upperBound)
    }

    private func hasPreposition(before index: Int) -> Bool {
        let end = blanksBefore(index)
        guard end < index else { return false }
        return EnglishDates.prepositions[text.words(wordStart(before: end)..<end)] != nil
    }

    /// Start of the Latin word that ends at `index`; looks at most 20 bytes back.
    private func wordStart(before index: Int) -> Int {
        var start = index
        while start > 0, index - start < 20, ByteText.isLatinLetter(UInt32(text.bytes[start - 1])) { start -= 1 }
        return start
    }

    /// "next week", "last Friday", "this year", "the end of June".
    private func englishDirected(at index: Int) -> Point? {
        if let (part, end) = EnglishDates.parts.longest(in: text, at: index) {
            let start = text.skippingBlanks(end)
            var point = Point(end: start)
            if readEnglishDate(into: &point, at: start) || readEnglishYear(into: &point, at: start) {
                point.written.part = part
                return point
            }
            if let article = text.end(of: "the ", at: start) ?? text.end(of: "this ", at: start),
                let (unit, last) = EnglishDates.units.longest(in: text, at: article)
            {
                point.written.part = part
                (point.offset, point.end) = (RelativeOffset(unit, 0), last)
                return point
            }
        }
        guard let (direction, end) = EnglishDates.directions.longest(in: text, at: index) else { return nil }
        let start = text.skippingBlanks(end)
        var point = Point(end: start)
        if let (unit, last) = EnglishDates.units.longest(in: text, at: start) {
            (point.offset, point.end) = (RelativeOffset(unit, direction), last)
        } else if let (day, last) = EnglishDates.weekdays.longest(in: text, at: start) {
            (point.offset, point.weekday, point.end) = (RelativeOffset(.week, direction), day, last)
        } else {
            return nil
        }
        readEnglishTime(into: &point)
        return point
    }

    /// "within 3 weeks", "in two days", "5 days ago", "the last two weeks".
    private func englishStretch(at index: Int) -> Point? {
        let lead = EnglishDates.stretches.longest(in: text, at: index)
        let start = text.skippingBlanks(lead?.end ?? index)
        guard let (count, afterCount) = englishCount(at: start),
            let (unit, end) = EnglishDates.units.longest(in: text, at: text.skippingBlanks(afterCount))
        else { return nil }
        var point = Point(end: end)
        if let lead {
            point.offset = RelativeOffset(unit, lead.value == .last ? -count : count)
            point.bound = lead.value
            return point
        }
        let next = text.skippingBlanks(end)
        guard let ago = text.end(of: "ago", at: next), !text.isWordAt(ago) else { return nil }
        (point.offset, point.end) = (RelativeOffset(unit, -count), ago)
        return point
    }

    private func englishCount(at index: Int) -> (Int, Int)? {
        if let words = EnglishNumeral.read(in: text, at: index), let count = words.whole, count < 10_000 {
            return (count, words.range.upperBound)
        }
        guard let numeral = NumeralScanner.numeral(in: text, at: index), let count = numeral.whole, count < 10_000
        else {
            return nil
        }
        return (count, numeral.range.upperBound)
    }

    /// "at 10:30", "2 pm", "2 o'clock".
    private func readEnglishTime(into point: inout Point) {
        var start = text.skippingBlanks(text.end(of: ",", at: text.skippingBlanks(point.end)) ?? point.end)
        start = text.skippingBlanks(text.end(of: "at ", at: start) ?? start)
        guard let numeral = NumeralScanner.numeral(in: text, at: start), numeral.style == .arabic, numeral.digits <= 2,
            let hour = numeral.whole, (0...24).contains(hour)
        else { return }
        var clockPoint = Point(end: start)
        readTime(into: &clockPoint)
        let afterHour = clockPoint.time == nil ? numeral.range.upperBound : clockPoint.end
        let half = EnglishDates.halfDays.longest(in: text, at: text.skippingBlanks(afterHour))
        guard let time = clockPoint.time ?? (half != nil ? ClockTime(hour, 0) : nil) else { return }
        point.time = half?.value == true && time.hour < 12 ? ClockTime(time.hour + 12, time.minute) : time
        point.end = half?.end ?? afterHour
    }

    /// The bound that an English preposition before `index` makes, and where it begins.
    func englishPrefixBound(before index: Int) -> (DateExpression.Bound, Int)? {
        let start = wordStart(before: index)
        guard start < index, start >= (found.last?.range.upperBound ?? 0),
            let bound = EnglishDates.bounds[text.words(start..<index)]
        else { return nil }
        return (bound, start)
    }
}

/// The words of English dates.
enum EnglishDates {
    static let months = WordTable<Int>(
        [
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ].enumerated().flatMap { index, names in names.split(separator: " ").map { (String($0), index + 1) } })

    static let weekdays = WordTable<Int>(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].enumerated()
            .map { ($0.element, $0.offset + 1) })

    static let units = WordTable<RelativeOffset.Unit>([
        ("day", .day), ("days", .day), ("working days", .workday), ("business days", .workday), ("week", .week),
        ("weeks", .week), ("month", .month), ("months", .month), ("quarter", .quarter), ("quarters", .quarter),
        ("year", .year), ("years", .year), ("meeting", .meeting), ("meetings", .meeting),
    ])

    static let relatives = WordTable<RelativeOffset>([
        ("today", .init(.day, 0)), ("tomorrow", .init(.day, 1)), ("yesterday", .init(.day, -1)),
    ])

    static let directions = WordTable<Int>([("this", 0), ("next", 1), ("last", -1), ("previous", -1), ("coming", 1)])

    static let parts = WordTable<WrittenDate.Part>([
        ("the end of", .end), ("end of", .end), ("the beginning of", .beginning), ("the start of", .beginning),
        ("early", .beginning), ("mid", .middle), ("late", .end),
    ])

    static let stretches = WordTable<DateExpression.Bound>([
        ("within", .within), ("within the next", .within), ("in the next", .within), ("the next", .within),
        ("the last", .last), ("the past", .last), ("over the last", .last), ("over the past", .last),
    ])

    static let prepositions = WordTable(words: [
        "in", "since", "by", "until", "till", "from", "to", "during", "of", "before", "after", "end", "early", "late",
        "mid",
        "year", "through", "between", "and", "last", "next", "this", "for",
    ])

    static let afterYear = WordTable(words: [
        "and", "to", "until", "the", "we", "it", "they", "was", "were", "is", "are", "will", "that", "which", "when",
        "as", "by",
        "for", "in", "at", "on", "but", "or", "with", "there", "had", "has", "have", "because", "after", "before", "a",
        "an",
    ])

    static let bounds = WordTable<DateExpression.Bound>([
        ("by", .by), ("until", .until), ("till", .until), ("from", .from), ("since", .from), ("before", .before),
        ("after", .after), ("within", .within), ("every", .every), ("each", .every),
    ])

    static let halfDays = WordTable<Bool>([
        ("am", false), ("a.m.", false), ("pm", true), ("p.m.", true), ("o'clock", false),
    ])
}
