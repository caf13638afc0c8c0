public import DocketCore
public import DocketText

/// Half a year, in which agencies submit their catalogues (DOMAIN.md section 0, fact 4).
public struct HalfYear: Sendable, Hashable, Comparable {
    /// Gregorian year.
    public let year: Int
    /// True for January to June.
    public let isFirst: Bool

    /// The half of a year.
    public init(year: Int, isFirst: Bool) {
        self.year = year
        self.isFirst = isFirst
    }

    /// The half year that `date` is in; a whole year counts as its first half.
    public init(containing date: CalendarDate) { self.init(year: date.year, isFirst: (date.month ?? 1) <= 6) }

    /// Reads "2021H2", "110下" or "110年下半年", years of up to three digits as years of the Republic; nil for anything else.
    public init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let rest = text.dropFirst(digits.count)
        guard (2...4).contains(digits.count), let number = Int(digits), number > 0 else { return nil }
        switch rest {
        case "H1", "h1", "上", "年上", "年上半年", "上半年": isFirst = true
        case "H2", "h2", "下", "年下", "年下半年", "下半年": isFirst = false
        default: return nil
        }
        year = digits.count == 4 ? number : number + CalendarDate.rocOffset
    }

    /// "2021H2".
    public var label: String { "\(year)\(isFirst ? "H1" : "H2")" }

    /// Its name for people.
    public var name: LocalizedText {
        LocalizedText(
            zhHant: "\(year - CalendarDate.rocOffset)年\(isFirst ? "上" : "下")半年",
            en: "\(isFirst ? "first" : "second") half of \(year)")
    }

    /// First months of its six.
    public var months: [CalendarDate] {
        ((isFirst ? 1 : 7)...(isFirst ? 6 : 12)).compactMap { CalendarDate(year, $0) }
    }

    /// First day, ISO 8601.
    public var from: String { year.padded(4) + (isFirst ? "-01-01" : "-07-01") }

    /// Last day, ISO 8601.
    public var to: String { year.padded(4) + (isFirst ? "-06-30" : "-12-31") }

    /// The half year after it.
    public var next: HalfYear { HalfYear(year: isFirst ? year : year + 1, isFirst: !isFirst) }

    /// The half year before it.
    public var previous: HalfYear { HalfYear(year: isFirst ? year - 1 : year, isFirst: !isFirst) }

    /// Earlier is less.
    public static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.year != rhs.year ? lhs.year < rhs.year : lhs.isFirst && !rhs.isFirst
    }
}
