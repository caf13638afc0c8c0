internal import DocketCore
internal import DocketText

/// MIN-11: a weekday that is not that of its date.
struct Weekdays: Rule {
    let card = RuleCard(
        "MIN-11", .warning,
        finds: LocalizedText("所載星期與日期不符。", "A weekday that is not that of the date."),
        remedy: LocalizedText("請核對日期與星期。", "Check the date and the weekday."),
        silent: LocalizedText(
            "未載年份，而與當年或次年相符者；逐字稿。",
            "Dates without a year that fit this year or the next; transcripts."))

    func findings(on reading: SourceReading) -> [Finding] {
        reading.dates.compactMap { date in
            Self.message(date).map { card.finding(at: reading.place(clean: date.range), $0) }
        }
    }

    func findings(on reading: DraftReading) -> [Finding] {
        var findings: [Finding] = []
        reading.forEachClaim { claim, block in
            for date in DateParser().expressions(in: claim.text) {
                if let message = Self.message(date) {
                    findings.append(card.finding(at: reading.place(claim, in: block), message))
                }
            }
        }
        return findings
    }

    private static func message(_ date: DateExpression) -> LocalizedText? {
        for case .weekdayMismatch(let actual) in date.warnings {
            guard date.written.year != nil || !fitsNextYear(date), (1...7).contains(actual) else { return nil }
            return LocalizedText(
                "「\(date.words)」應為星期\(names[actual - 1].zhHant)。", "\(date.words) is a \(names[actual - 1].en).")
        }
        return nil
    }

    private static func fitsNextYear(_ date: DateExpression) -> Bool {
        guard let start = date.start, let weekday = date.weekday else { return false }
        return CalendarDate(start.year + 1, start.month, start.day)?.weekday == weekday
    }

    private static let names = [
        LocalizedText("一", "Monday"), LocalizedText("二", "Tuesday"), LocalizedText("三", "Wednesday"),
        LocalizedText("四", "Thursday"), LocalizedText("五", "Friday"), LocalizedText("六", "Saturday"),
        LocalizedText("日", "Sunday"),
    ]
}

/// MIN-12: 下午15時, an hour of 24 behind a word for half of the day.
struct TwelveHourWords: Rule {
    let card = RuleCard(
        "MIN-12", .warning,
        finds: LocalizedText(
            "「上午」、「下午」等用語後之時數為 13 時以上，如「下午15時」。", "上午, 下午 and the like before an hour of 13 or more, as in 下午15時."),
        remedy: LocalizedText("請刪除「下午」，或改為十二小時制。", "Leave out 下午, or write the hour of twelve."),
        silent: LocalizedText("逐字稿。", "Transcripts."))

    func findings(on reading: SourceReading) -> [Finding] {
        reading.dates.filter { $0.warnings.contains(.twelveHourWord) }.map { date in
            card.finding(at: reading.place(clean: date.range), Self.message(date))
        }
    }

    func findings(on reading: DraftReading) -> [Finding] {
        var findings: [Finding] = []
        reading.forEachClaim { claim, block in
            for date in DateParser().expressions(in: claim.text) where date.warnings.contains(.twelveHourWord) {
                findings.append(card.finding(at: reading.place(claim, in: block), Self.message(date)))
            }
        }
        return findings
    }

    private static func message(_ date: DateExpression) -> LocalizedText {
        LocalizedText(
            "「\(date.words)」混用十二小時制用語與二十四小時制時數。",
            "\(date.words) has a word of the twelve-hour clock with an hour of the other.")
    }
}
