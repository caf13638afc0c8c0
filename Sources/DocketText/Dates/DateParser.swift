/// Finds dates, times, periods and deadlines in a text and resolves them (DOMAIN.md section 4.6).
///
/// Chinese and English, years of the Republic and Gregorian ones, in one pass over the bytes.
public struct DateParser: Sendable {
    /// What dates without a year, and relative ones, are resolved against.
    public var context: Context

    /// A parser that resolves against `context`.
    public init(_ context: Context = Context()) {
        self.context = context
    }

    /// All expressions of `text` in order; they do not overlap.
    public func expressions(in text: String) -> [DateExpression] {
        expressions(in: ByteText(text))
    }

    func expressions(in text: ByteText) -> [DateExpression] {
        var reader = DateReader(text: text, context: context)
        return reader.readAll()
    }

    /// The day that a metadata field holds: `100/11/07`, `1000121`, `2011-11-07`, `20111107`, `100.11.07`.
    ///
    /// Years of up to three digits are years of the Republic. Nil for anything else, and for a day that does not exist.
    public static func metadata(_ field: String) -> CalendarDate? {
        let text = ByteText(field)
        let start = text.skippingBlanks(0)
        if let date = NumericDate.read(in: text, at: start), text.skippingBlanks(date.end) == text.count {
            return date.written.year.flatMap { CalendarDate($0, date.written.month, date.written.day) }
        }
        let token = NumeralScanner.numeral(in: text, at: start)
        guard let token, token.style == .arabic, text.skippingBlanks(token.range.upperBound) == text.count,
            let value = token.whole
        else { return nil }
        let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100)
        return switch token.digits {
        case 6, 7: CalendarDate(year + CalendarDate.rocOffset, month, day)
        case 8: CalendarDate(year, month, day)
        default: nil
        }
    }

    /// What dates are resolved against.
    public struct Context: Sendable {
        /// The day of the meeting or letter: gives the year of "10月26日" and the zero of "前1天".
        public var anchor: CalendarDate?
        /// The period that a report speaks of; gives the year of dates in it before the anchor does.
        public var period: ClosedRange<CalendarDate>?
        /// Names of periods ("本期") and what they stand for.
        public var aliases: [String: ClosedRange<CalendarDate>]

        /// A context of whatever is known.
        public init(
            anchor: CalendarDate? = nil, period: ClosedRange<CalendarDate>? = nil,
            aliases: [String: ClosedRange<CalendarDate>] = [:]
        ) {
            self.anchor = anchor
            self.period = period
            self.aliases = aliases
        }
    }
}

/// Dates of digits and separators: 11/26, 100/11/07, 2021-10-26, 110.10.26, 10/26/2021.
enum NumericDate {
    struct Match {
        var written: WrittenDate
        var calendar: DateExpression.Calendar
        var end: Int
    }

    /// The date that begins at `index`; nil when the digits there are none, or belong to a longer number.
    static func read(in text: ByteText, at index: Int) -> Match? {
        guard let (first, firstDigits, afterFirst) = field(in: text, at: index, limit: 4) else { return nil }
        let (separator, width) = text.scalar(at: afterFirst)
        guard separator == 0x2F || separator == 0x2D || separator == 0x2E,
            let (second, secondDigits, afterSecond) = field(in: text, at: afterFirst + width, limit: 2),
            text.scalar(at: afterSecond).value == separator,
            let (third, thirdDigits, end) = field(
                in: text, at: afterSecond + text.scalar(at: afterSecond).width, limit: 4),
            !continues(text, at: end, separator: separator)
        else { return nil }
        var written = WrittenDate(month: second, day: third)
        var calendar = DateExpression.Calendar.gregorian
        if firstDigits == 4 {
            written.year = first
        } else if thirdDigits == 4, firstDigits <= 2 {
            written.year = third
            (written.month, written.day) = first > 12 ? (second, first) : (first, second)
        } else if thirdDigits <= 2, firstDigits >= 2, first > 0, secondDigits <= 2, first >= 20 {
            written.year = first + CalendarDate.rocOffset
            calendar = .roc
        } else {
            return nil
        }
        guard let year = written.year, CalendarDate(year, written.month, written.day) != nil else { return nil }
        return Match(written: written, calendar: calendar, end: end)
    }

    /// "11/26", "09/05": a month and a day when they cannot be a fraction in lowest terms that people write (1/2, 3/4).
    static func monthAndDay(in text: ByteText, at index: Int) -> Match? {
        guard let (month, digits, afterMonth) = field(in: text, at: index, limit: 2),
            case let (separator, width) = text.scalar(at: afterMonth), separator == 0x2F,
            let (day, dayDigits, end) = field(in: text, at: afterMonth + width, limit: 2),
            (1...12).contains(month), (1...31).contains(day), day > 12 || digits == 2 && dayDigits == 2,
            !continues(text, at: end, separator: separator), !text.isWordAt(end), text.scalar(at: end).value != 0x25
        else { return nil }
        guard CalendarDate(2000, month, day) != nil else { return nil }
        return Match(written: WrittenDate(month: month, day: day), calendar: .none, end: end)
    }

    private static func field(in text: ByteText, at index: Int, limit: Int) -> (value: Int, digits: Int, end: Int)? {
        var (value, digits, position) = (0, 0, index)
        while digits <= limit {
            let (scalar, width) = text.scalar(at: position)
            guard NumeralScanner.isDigit(scalar) else { break }
            value = value * 10 + Int(scalar - 0x30)
            digits += 1
            position += width
        }
        return (1...limit).contains(digits) ? (value, digits, position) : nil
    }

    /// True when another separator and digit follow: a file number, a version, not a date.
    private static func continues(_ text: ByteText, at index: Int, separator: UInt32) -> Bool {
        let (scalar, width) = text.scalar(at: index)
        if NumeralScanner.isDigit(scalar) { return true }
        return scalar == separator && NumeralScanner.isDigit(text.scalar(at: index + width).value)
    }
}
