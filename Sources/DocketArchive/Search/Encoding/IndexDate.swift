/// A day, a month or a year as the index knows it: terms to filter by and a number to order by.
struct IndexDate: Sendable, Equatable {
    let year: Int
    let month: Int?
    let day: Int?

    /// Reads "2021", "2021-10" or "2021-10-26"; nil for anything else, and for days that no month has.
    init?(_ text: String) {
        var (parts, digits): ([Int], Int) = ([0], 0)
        for byte in text.utf8 {
            if byte == UInt8(ascii: "-"), digits > 0 {
                parts.append(0)
                digits = 0
            } else {
                guard (0x30...0x39).contains(byte), digits < 4 else { return nil }
                parts[parts.count - 1] = parts[parts.count - 1] * 10 + Int(byte - 0x30)
                digits += 1
            }
        }
        guard digits > 0, (1...3).contains(parts.count), (1...9999).contains(parts[0]) else { return nil }
        let year = parts[0]
        var month: Int?
        var day: Int?
        if parts.count > 1 {
            guard (1...12).contains(parts[1]) else { return nil }
            month = parts[1]
        }
        if parts.count > 2, let month {
            guard (1...Self.days(in: month, of: year)).contains(parts[2]) else { return nil }
            day = parts[2]
        }
        self.init(year: year, month: month, day: day)
    }

    init(year: Int, month: Int? = nil, day: Int? = nil) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads what a person types: ISO, 2021/10/26, 110.10.26, 民國110年10月; years below 1000 are of the Republic.
    init?(typed text: String) {
        let digits = text.unicodeScalars.map { scalar -> Character in
            (0x30...0x39).contains(scalar.value) ? Character(scalar) : "-"
        }
        let parts = String(digits).split(separator: "-")
        guard (1...3).contains(parts.count), var year = Int(parts[0]) else { return nil }
        if year < 1000 { year += 1911 }
        self.init(
            ([String(year)] + parts.dropFirst().map { $0.count == 1 ? "0\($0)" : String($0) }).joined(separator: "-"))
    }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// ISO 8601.
    var iso: String {
        let year = Self.padded(self.year, 4)
        guard let month else { return year }
        guard let day else { return "\(year)-\(Self.padded(month, 2))" }
        return "\(year)-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    /// Rises with time: 20211026, 20211000 for a month, 20210000 for a year.
    var number: Int32 { Int32(year * 10_000 + (month ?? 0) * 100 + (day ?? 0)) }

    /// The terms of a document of this date.
    var terms: [String] {
        var terms = [IndexTerm.exact(.year, Self.padded(year, 4))]
        if let month {
            terms.append(IndexTerm.exact(.month, "\(Self.padded(year, 4))-\(Self.padded(month, 2))"))
            if day != nil { terms.append(IndexTerm.exact(.day, iso)) }
        }
        return terms
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

/// A span of time as at most five ranges of terms: documents whose whole day, month or year lies inside.
struct IndexDateRange {
    /// Term ranges, the upper term included.
    private(set) var ranges: [(String, String)] = []

    /// From the start of `from` to the end of `to`; nil is open.
    init(from: IndexDate?, to: IndexDate?) {
        let start = from ?? IndexDate(year: 1)
        let end = to ?? IndexDate(year: 9999)
        let first = (start.year, start.month ?? 1, start.day ?? 1)
        let endMonth = end.month ?? 12
        let last = (end.year, endMonth, end.day ?? IndexDate.days(in: endMonth, of: end.year))
        guard first <= last else { return }
        cover(first, last)
    }

    private typealias Day = (Int, Int, Int)

    private mutating func cover(_ first: Day, _ last: Day) {
        let startsMonth = first.2 == 1
        let endsMonth = last.2 == IndexDate.days(in: last.1, of: last.0)
        if (first.0, first.1) == (last.0, last.1) {
            return startsMonth && endsMonth ? months(first, last) : days(first, last.2)
        }
        var (from, to) = (first, last)
        if !startsMonth {
            days(first, IndexDate.days(in: first.1, of: first.0))
            from = first.1 == 12 ? (first.0 + 1, 1, 1) : (first.0, first.1 + 1, 1)
        }
        if !endsMonth {
            days((last.0, last.1, 1), last.2)
            to = last.1 == 1 ? (last.0 - 1, 12, 31) : (last.0, last.1 - 1, 31)
        }
        if (from.0, from.1) <= (to.0, to.1) { months(from, to) }
    }

    private mutating func months(_ first: Day, _ last: Day) {
        if first.0 == last.0 { return first.1 == 1 && last.1 == 12 ? years(first.0, first.0) : add(first, last) }
        var (from, to) = (first.0, last.0)
        if first.1 > 1 {
            add(first, (first.0, 12, 31))
            from += 1
        }
        if last.1 < 12 {
            add((last.0, 1, 1), last)
            to -= 1
        }
        if from <= to { years(from, to) }
    }

    private mutating func days(_ first: Day, _ lastDay: Int) {
        ranges.append(
            (
                IndexTerm.exact(.day, IndexDate(year: first.0, month: first.1, day: first.2).iso),
                IndexTerm.exact(.day, IndexDate(year: first.0, month: first.1, day: lastDay).iso)
            ))
    }

    private mutating func add(_ first: Day, _ last: Day) {
        ranges.append(
            (
                IndexTerm.exact(.month, IndexDate(year: first.0, month: first.1).iso),
                IndexTerm.exact(.month, IndexDate(year: last.0, month: last.1).iso)
            ))
    }

    private mutating func years(_ first: Int, _ last: Int) {
        ranges.append(
            (IndexTerm.exact(.year, IndexDate(year: first).iso), IndexTerm.exact(.year, IndexDate(year: last).iso)))
    }
}
