/// A day, month or year of the Gregorian calendar.
public struct CalendarDate: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Gregorian year.
    public let year: Int
    /// Month 1...12; nil for a whole year.
    public let month: Int?
    /// Day of the month; nil for a whole month or year.
    public let day: Int?

    /// A year, month or day; nil when there is no such day, or a day without its month.
    public init?(_ year: Int, _ month: Int? = nil, _ day: Int? = nil) {
        guard (1...9999).contains(year) else { return nil }
        if let month {
            guard (1...12).contains(month) else { return nil }
            if let day, !(1...Self.days(inMonth: month, of: year)).contains(day) { return nil }
        } else if day != nil {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads "2021", "2021-10" or "2021-10-26"; nil for anything else.
    public init?(iso: String) {
        let parts = iso.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].utf8.count == 4 else { return nil }
        var numbers: [Int] = []
        for (index, part) in parts.enumerated() {
            guard index == 0 || part.utf8.count == 2, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(part)
            else { return nil }
            numbers.append(number)
        }
        self.init(numbers[0], numbers.count > 1 ? numbers[1] : nil, numbers.count > 2 ? numbers[2] : nil)
    }

    /// ISO 8601 at the date's own precision.
    public var iso: String {
        var result = Self.padded(year, 4)
        if let month { result += "-" + Self.padded(month, 2) }
        if let day { result += "-" + Self.padded(day, 2) }
        return result
    }

    /// The ISO form.
    public var description: String { iso }

    /// ISO weekday of a day, 1 Monday … 7 Sunday; nil for a month or year.
    public var weekday: Int? {
        dayNumber.map { ($0 + 3) % 7 + 1 }
    }

    /// First day of the year or month; the date itself when it is a day.
    public var firstDay: Self { Self(uncheckedYear: year, month: month ?? 1, day: day ?? 1) }

    /// Last day of the year or month; the date itself when it is a day.
    public var lastDay: Self {
        let month = self.month ?? 12
        return Self(uncheckedYear: year, month: month, day: day ?? Self.days(inMonth: month, of: year))
    }

    /// The year of the Republic: 2021 is 110; below 1 before 1912.
    public var rocYear: Int { year - Self.rocOffset }

    /// What is added to a year of the Republic to get the Gregorian one.
    public static let rocOffset = 1911

    /// Orders by first day, a longer period before a shorter one that begins with it.
    public static func < (lhs: Self, rhs: Self) -> Bool {
        (lhs.year, lhs.month ?? 0, lhs.day ?? 0) < (rhs.year, rhs.month ?? 0, rhs.day ?? 0)
    }

    /// Number of days in a month.
    public static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The day `count` days later; nil for a month or year, or outside years 1...9999.
    public func adding(days count: Int) -> Self? {
        dayNumber.flatMap { number in
            let (sum, overflow) = number.addingReportingOverflow(count)
            return overflow ? nil : Self(dayNumber: sum)
        }
    }

    /// The month `count` months later, keeping the day where that month has it and its last day otherwise.
    public func adding(months count: Int) -> Self? {
        guard abs(count) < 120_000 else { return nil }
        let index = year * 12 + (month ?? 1) - 1 + count
        guard index >= 12 else { return nil }
        let (newYear, newMonth) = (index / 12, index % 12 + 1)
        guard month != nil else { return Self(newYear) }
        return Self(newYear, newMonth, day.map { min($0, Self.days(inMonth: newMonth, of: newYear)) })
    }

    // MARK: - Days

    /// Days since 1970-01-01, by the algorithm of shifted years that begin in March.
    private var dayNumber: Int? {
        guard let month, let day else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private init?(dayNumber: Int) {
        guard (-719_162...2_932_896).contains(dayNumber) else { return nil }
        let shifted = dayNumber + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        self.init(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private init(uncheckedYear: Int, month: Int, day: Int) {
        year = uncheckedYear
        self.month = month
        self.day = day
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

/// A time of day to the minute.
public struct ClockTime: Sendable, Hashable, Comparable, Codable {
    /// Hour, 0...24; 24 only as 24:00.
    public let hour: Int
    /// Minute, 0...59.
    public let minute: Int

    /// A time; nil when there is none such.
    public init?(_ hour: Int, _ minute: Int) {
        guard (0...23).contains(hour) && (0...59).contains(minute) || (hour == 24 && minute == 0) else { return nil }
        self.hour = hour
        self.minute = minute
    }

    /// "14:05".
    public var iso: String { CalendarDate.padded(hour, 2) + ":" + CalendarDate.padded(minute, 2) }

    /// Earlier is less.
    public static func < (lhs: Self, rhs: Self) -> Bool { (lhs.hour, lhs.minute) < (rhs.hour, rhs.minute) }
}
