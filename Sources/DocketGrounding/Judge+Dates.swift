internal import DocketCore
internal import DocketText

// MARK: - Dates and deadlines

extension Judge {
    /// Dates by what they mean, in either calendar, with the side on which they bound.
    mutating func checkDates() {
        checkDistances()
        for date in claim.dates where !date.written.isEmpty {
            let range = claim.tokens(in: date.dateRange)
            guard !range.isEmpty else { continue }
            let all = evidence.analysed.dates
            let same = all.filter { agrees(date.written, with: $0) }
            let sameEnd = date.writtenEnd.map { end in all.filter { agrees(end, with: $0) } }
            if same.isEmpty {
                reportMissing(date, date.written, range)
            } else if let end = date.writtenEnd, sameEnd?.isEmpty == true {
                reportMissing(date, end, range)
            } else {
                checkBound(of: date, same, range)
                checkPlace(of: range, kind: .datePart, type: type(of: date))
            }
        }
    }

    private func type(of date: DateExpression) -> ReasonType {
        date.written.day != nil ? .dateDay : date.written.month != nil ? .dateMonth : .dateYear
    }

    /// True when nothing that `written` says differs from `other`, and what `other` leaves out is known otherwise.
    private func agrees(_ written: WrittenDate, with other: DateExpression) -> Bool {
        agrees(written, with: other.written) || other.writtenEnd.map { agrees(written, with: $0) } ?? false
            || isWithin(written, other)
    }

    private func agrees(_ written: WrittenDate, with other: WrittenDate) -> Bool {
        if let year = written.year {
            if let otherYear = other.year {
                guard year == otherYear else { return false }
            } else if !evidence.years.isEmpty, !evidence.years.contains(year) {
                return false
            }
        }
        func same(_ left: Int?, _ right: Int?) -> Bool { left == nil || left == right }
        let isBareDay = other.month == nil && other.day != nil
        guard isBareDay || same(written.month, other.month), same(written.day, other.day),
            same(written.quarter, other.quarter),
            same(written.half, other.half)
        else { return false }
        return written.month != nil || written.year != nil || written.day == other.day
    }

    /// A month or year that a range of the evidence spans.
    private func isWithin(_ written: WrittenDate, _ other: DateExpression) -> Bool {
        guard let end = other.writtenEnd, written.month == nil, let year = written.year, let first = other.written.year,
            let last = end.year
        else { return false }
        return year == first || year == last
    }

    private mutating func reportMissing(_ date: DateExpression, _ written: WrittenDate, _ range: Range<Int>) {
        let all = evidence.analysed.dates
        if written.day == nil, written.month == nil, written.quarter == nil, written.half == nil,
            let year = written.year
        {
            let isNumber = evidence.quantitiesByKey["#\(year)"] != nil
            if isNumber || evidence.years.contains(year) || yearIsNumber(year, date.calendar) { return }
        }
        // 19日 of 十九號, which may number anything.
        if let day = written.day, written.month == nil, written.year == nil,
            (evidence.quantitiesByKey["#\(day)"] ?? []).contains(where: {
                ["號", "日"].contains(evidence.analysed.quantities[$0].unit)
            })
        {
            return
        }
        var type: ReasonType = coverage(clause(of: range.lowerBound)) < 0.4 ? .addedNumber : self.type(of: date)
        var other: Range<Int>?
        if let near = all.first(where: { differsInYear(written, $0.written) }) {
            type = isConversion(date, near) ? .rocAD : .dateYear
            other = evidence.analysed.tokens(in: near.dateRange)
        } else if let near = all.first(where: {
            $0.written.month != nil && $0.written.day == written.day && written.day != nil
        }) {
            type = .dateMonth
            other = evidence.analysed.tokens(in: near.dateRange)
        } else if let near = all.first(where: { $0.written.month == written.month && written.month != nil }) {
            type = .dateDay
            other = evidence.analysed.tokens(in: near.dateRange)
        } else if written.month == nil, let near = all.first(where: { $0.written.year != nil }) {
            type = isConversion(date, near) ? .rocAD : .dateYear
            other = evidence.analysed.tokens(in: near.dateRange)
        }
        report(type, claim: range, evidence: other)
    }

    /// True when a year stands in the evidence as a bare number in either calendar ("2021 臺北燈節").
    private func yearIsNumber(_ year: Int, _ calendar: DateExpression.Calendar) -> Bool {
        evidence.quantitiesByKey["#\(year - CalendarDate.rocOffset)"] != nil && calendar == .roc
    }

    private func differsInYear(_ written: WrittenDate, _ other: WrittenDate) -> Bool {
        written.month != nil && written.month == other.month && (written.day == nil || written.day == other.day)
            && written.year != nil && other.year != nil && written.year != other.year
    }

    private func isConversion(_ date: DateExpression, _ other: DateExpression) -> Bool {
        guard let year = date.written.year, let right = other.written.year else { return false }
        return date.calendar != other.calendar || abs(year - right) > 1000
    }

    /// Distances from the meeting: 前 1 天, 下週, "last week".
    private mutating func checkDistances() {
        checkNamedYears()
        let known = evidence.analysed.dates.compactMap(\.offset)
        for date in claim.dates {
            guard let offset = date.offset, date.bound != .every, date.written.isEmpty, !known.contains(offset),
                offset.count != 0,
                let other = evidence.analysed.dates.first(where: { $0.offset.map { Self.rivals($0, offset) } ?? false })
            else { continue }
            report(.deadline, claim: claim.tokens(in: date.range), evidence: evidence.analysed.tokens(in: other.range))
        }
    }

    /// 明年4月 where the evidence has 去年4月.
    private mutating func checkNamedYears() {
        for date in claim.dates {
            guard let offset = date.offset, offset.unit == .year, !date.written.isEmpty else { continue }
            let same = evidence.analysed.dates.filter {
                $0.written.month == date.written.month && $0.written.day == date.written.day
                    && $0.written.part == date.written.part && $0.offset?.unit == .year
            }
            guard let other = same.first, !same.contains(where: { $0.offset == offset }) else { continue }
            report(.dateYear, claim: claim.tokens(in: date.range), evidence: evidence.analysed.tokens(in: other.range))
        }
    }

    /// Two distances of the same number in other units, or of the same unit on the other side.
    private static func rivals(_ left: RelativeOffset, _ right: RelativeOffset) -> Bool {
        left.count == right.count && left.unit != right.unit || left.unit == right.unit && left.count == -right.count
    }

    // MARK: - Bounds

    /// The side of a deadline and the part of a month.
    private mutating func checkBound(of date: DateExpression, _ all: [DateExpression], _ range: Range<Int>) {
        let home = homeTokens(of: range.lowerBound)
        let near = all.filter { other in
            let tokens = evidence.analysed.tokens(in: other.dateRange)
            return home.map { !tokens.isEmpty && $0.contains(tokens.lowerBound) } ?? false
        }
        let same = near.isEmpty ? all : near
        let full = claim.tokens(in: date.range)
        if let part = date.written.part, !same.contains(where: { $0.written.part == part }),
            let other = same.first(where: { $0.written.part != nil })
        {
            return report(.deadline, claim: full, evidence: evidence.analysed.tokens(in: other.range))
        }
        guard let side = Self.side(date.bound), let other = same.first(where: { Self.side($0.bound) != nil }) else {
            return
        }
        let agrees = same.contains { Self.side($0.bound) == side }
        if !agrees { report(.deadline, claim: full, evidence: evidence.analysed.tokens(in: other.range)) }
    }

    /// -1 for what lies before a date, 1 for what lies after it.
    private static func side(_ bound: DateExpression.Bound?) -> Int? {
        switch bound {
        case .before, .by, .until, .within: -1
        case .after, .from: 1
        case .every, .last, nil: nil
        }
    }
}
