import DocketText

/// How dates of a list are written.
///
/// Nothing here guesses a year or a century: what is not of the form is not a date.
public enum DateForm: String, Sendable, CaseIterable {
    /// Year, month, day; years of up to three digits, and of four that begin with 0, are years of the Republic.
    case auto
    /// Year of the Republic, month, day, separated or run together (1000121, 11010 for a month).
    case roc
    /// Gregorian year of four digits, month, day.
    case gregorian
    /// Day, month, Gregorian year of four digits.
    case dayFirst = "gregorian-dmy"
    /// Month, day, Gregorian year of four digits.
    case monthFirst = "gregorian-mdy"

    /// ISO 8601 of the precision that `text` has; nil when it is no date of this form.
    ///
    /// Known are 100/11/07, 100.11.07, 1000121, 民國110年10月26日, 110年10月, 2021-10-26, 20211026, 2021-10, 2021, each with a time
    /// of day behind it.
    public func iso(_ text: String) -> String? {
        guard let written = WrittenDate(text) else { return nil }
        return date(written)?.iso
    }

    private func date(_ written: WrittenDate) -> CalendarDate? {
        let parts = written.parts
        switch (self, parts.count) {
        case (.dayFirst, 3): return gregorian(parts[2], parts[1], parts[0])
        case (.monthFirst, 3): return gregorian(parts[2], parts[0], parts[1])
        case (.dayFirst, _), (.monthFirst, _): return nil
        case (_, 3): return year(parts[0], written).flatMap { $0.with(parts[1], parts[2]) }
        case (_, 2):
            // 10/26 may be a month and a day: a year alone before a month must show itself.
            let isYear = parts[0].count == 4 || written.isChinese || parts[0].count == 3 || self == .roc
            return isYear ? year(parts[0], written).flatMap { $0.with(parts[1], nil) } : nil
        default: return run(parts[0], written)
        }
    }

    private func gregorian(_ year: String, _ month: String, _ day: String) -> CalendarDate? {
        year.count == 4 ? Int(year).map(Year.init)?.with(month, day) : nil
    }

    /// Digits without separators.
    private func run(_ digits: String, _ written: WrittenDate) -> CalendarDate? {
        func slice(_ range: Range<Int>) -> String { String(digits.dropFirst(range.lowerBound).prefix(range.count)) }
        let count = digits.count
        if written.isChinese { return year(digits, written)?.with(nil, nil) }
        switch (self, count) {
        case (.roc, 6), (.roc, 7), (.auto, 6), (.auto, 7):
            return Year(roc: slice(0..<(count - 4)))?.with(slice((count - 4)..<(count - 2)), slice((count - 2)..<count))
        case (.roc, 5): return Year(roc: slice(0..<3))?.with(slice(3..<5), nil)
        case (.roc, 1...3): return Year(roc: digits)?.with(nil, nil)
        case (.auto, 8), (.gregorian, 8): return Int(slice(0..<4)).map(Year.init)?.with(slice(4..<6), slice(6..<8))
        case (.auto, 4), (.gregorian, 4): return digits.first == "0" ? nil : year(digits, written)?.with(nil, nil)
        default: return nil
        }
    }

    private func year(_ digits: String, _ written: WrittenDate) -> Year? {
        if written.isRepublican { return Year(roc: digits) }
        switch self {
        case .roc: return digits.count <= 3 || digits.first == "0" ? Year(roc: digits) : nil
        case .gregorian: return digits.count == 4 ? Int(digits).map(Year.init) : nil
        default:
            guard digits.count == 4, digits.first != "0" else { return Year(roc: digits) }
            return Int(digits).map(Year.init)
        }
    }

    private struct Year {
        var value: Int

        init(_ value: Int) { self.value = value }

        init?(roc digits: String) {
            guard let number = Int(digits), (1...999).contains(number) else { return nil }
            value = number + CalendarDate.rocOffset
        }

        func with(_ month: String?, _ day: String?) -> CalendarDate? {
            if let month, month.count > 2 { return nil }
            if let day, day.count > 2 { return nil }
            switch (month.map { Int($0) }, day.map { Int($0) }) {
            case (nil, nil): return CalendarDate(value)
            case (let month??, nil): return CalendarDate(value, month)
            case (let month??, let day??): return CalendarDate(value, month, day)
            default: return nil
            }
        }
    }
}

/// The numbers of a date as somebody wrote it.
private struct WrittenDate {
    private(set) var parts: [String] = []
    /// True when 年 stands behind the year.
    private(set) var isChinese = false
    /// True when 民國 stands before it.
    private(set) var isRepublican = false

    /// Nil for a text that has anything but one to three numbers, separators and a time of day.
    init?(_ text: String) {
        var scalars = text.unicodeScalars.map {
            (0xFF01...0xFF5E).contains($0.value) ? Unicode.Scalar($0.value - 0xFEE0) ?? $0 : $0
        }[...]
        for prefix in ["中華民國", "民國", "R.O.C.", "ROC"] where scalars.starts(with: prefix.unicodeScalars) {
            scalars = scalars.dropFirst(prefix.unicodeScalars.count)
            isRepublican = true
        }
        scalars = scalars.drop { $0.properties.isWhitespace }
        if let blank = scalars.firstIndex(where: { $0 == " " || $0 == "T" }), scalars[blank...].contains(":") {
            scalars = scalars[..<blank]
        }
        var digits = ""
        for scalar in scalars {
            switch scalar {
            case "0"..."9":
                digits.unicodeScalars.append(scalar)
                guard digits.utf8.count <= 8 else { return nil }
            case "年", "月", "日", "/", "-", ".", "．", "－":
                guard !digits.isEmpty else { return nil }
                if scalar == "年", parts.isEmpty { isChinese = true }
                parts.append(digits)
                digits = ""
            case " ": continue
            default: return nil
            }
        }
        if !digits.isEmpty { parts.append(digits) }
        guard (1...3).contains(parts.count) else { return nil }
    }
}
