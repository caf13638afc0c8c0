/// A date, time, period or deadline as a text writes it, with what it means.
public struct DateExpression: Sendable, Hashable {
    /// Its bytes.
    public var range: Range<Int>
    /// Its words, as written.
    public var words: String
    /// Its bytes without the words of its bound (自, 起, 截至, 前, "by").
    public var dateRange: Range<Int>
    /// What is written, before anything is filled in; the first end of a range.
    public var written: WrittenDate
    /// What is written of the second end of a range, its inherited parts filled in; nil when it is no range.
    public var writtenEnd: WrittenDate?
    /// First day, month or year meant; nil when it is open to the past or cannot be told.
    public var start: CalendarDate?
    /// Last day, month or year meant; nil for a single date, or when it is open or cannot be told.
    public var end: CalendarDate?
    /// Time of day.
    public var time: ClockTime?
    /// Time of day at the end.
    public var endTime: ClockTime?
    /// How exact it is.
    public var precision: Precision
    /// The calendar that it is written in.
    public var calendar: Calendar
    /// On which side it bounds.
    public var bound: Bound?
    /// Distance from the anchor, for an expression that means nothing without one.
    public var offset: RelativeOffset?
    /// ISO weekday that is written (1 Monday … 7 Sunday).
    public var weekday: Int?
    /// True when it lies wholly outside the period of the context.
    public var isOutsidePeriod: Bool
    /// What is wrong with it.
    public var warnings: [Warning]

    /// True when it means nothing without an anchor.
    public var isRelative: Bool { offset != nil }

    /// ISO 8601 of the beginning at its precision, with the zone when there is a time; nil when it cannot be told.
    public var iso: String? { Self.iso(start, time) ?? (start == nil && end == nil ? time?.iso : nil) }

    /// ISO 8601 of the end; nil when there is none.
    public var isoEnd: String? {
        if let end { return Self.iso(end, endTime) }
        guard let endTime else { return nil }
        return start.flatMap { Self.iso($0, endTime) } ?? endTime.iso
    }

    private static func iso(_ date: CalendarDate?, _ time: ClockTime?) -> String? {
        guard let date else { return nil }
        guard let time, date.day != nil else { return date.iso }
        return "\(date.iso)T\(time.iso)+08:00"
    }

    /// How exact a date is.
    public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
        case year, halfYear, quarter, month, week, day, minute
    }

    /// The calendar that a date is written in.
    public enum Calendar: String, Sendable, Hashable, Codable, CaseIterable {
        /// Years of the Republic.
        case roc
        /// Gregorian years.
        case gregorian
        /// No year is written.
        case none
    }

    /// On which side a date bounds.
    public enum Bound: String, Sendable, Hashable, Codable, CaseIterable {
        /// 於…前完成, "by".
        case by
        /// 截至, 迄, 至 … 止, "until".
        case until
        /// 自 … 起, "from".
        case from
        /// 內, "within".
        case within
        /// 前, 以前, "before"; the day itself is counted in.
        case before
        /// 後, 以後, "after".
        case after
        /// 每, "every".
        case every
        /// 近, "the last".
        case last
    }

    /// What may be wrong with a date.
    public enum Warning: Sendable, Hashable {
        /// The weekday is not that of the date (MIN-11); the true one, 1 Monday … 7 Sunday.
        case weekdayMismatch(actual: Int)
        /// A 12-hour word with an hour of 13 or more (MIN-12).
        case twelveHourWord
        /// There is no such day.
        case impossibleDate
        /// The end lies before the beginning.
        case reversedRange
    }
}

/// The parts of a date that are written, in Gregorian numbers.
public struct WrittenDate: Sendable, Hashable {
    /// Gregorian year.
    public var year: Int?
    /// Month.
    public var month: Int?
    /// Day.
    public var day: Int?
    /// Quarter 1...4.
    public var quarter: Int?
    /// Half of the year, 1 or 2.
    public var half: Int?
    /// Part of the month or year: 初, 中, 底, 上旬 ….
    public var part: Part?

    /// Nothing written.
    public init(year: Int? = nil, month: Int? = nil, day: Int? = nil) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Part of a month or year.
    public enum Part: String, Sendable, Hashable, Codable, CaseIterable {
        case beginning, firstThird, middle, lastThird, end
    }

    /// True when nothing is written.
    public var isEmpty: Bool {
        year == nil && month == nil && day == nil && quarter == nil && half == nil && part == nil
    }
}

/// A distance in time from an anchor: 前 1 天, 近 2 週, 今年底.
public struct RelativeOffset: Sendable, Hashable {
    /// Unit of the distance.
    public var unit: Unit
    /// How many units; negative before the anchor.
    public var count: Int

    /// A distance.
    public init(_ unit: Unit, _ count: Int) {
        self.unit = unit
        self.count = count
    }

    /// Unit of a distance.
    public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
        case day, workday, week, month, quarter, halfYear, year, meeting
    }
}
