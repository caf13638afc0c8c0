import DocketCore
import DocketText

/// Turns the dates that DocketText finds into the words and ISO values that structures carry.
struct DateFinder: Sendable {
    /// Day that dates without a year are resolved against.
    var anchor: CalendarDate?
    /// Period of a report.
    var period: ClosedRange<CalendarDate>?
    /// Names of periods defined in the text: 本期.
    var aliases: [String: ClosedRange<CalendarDate>] = [:]
    /// Zone of the times, "+08:00"; empty leaves times local.
    var zone = "+08:00"

    /// The expressions of `words`.
    func expressions(in words: String) -> [DateExpression] {
        DateParser(.init(anchor: anchor, period: period, aliases: aliases)).expressions(in: words)
    }

    /// An ISO 8601 value with seconds and zone when a time is known.
    func iso(_ date: CalendarDate?, _ time: ClockTime?) -> String? {
        guard let date else { return nil }
        guard let time, date.day != nil else { return date.iso }
        return "\(date.iso)T\(time.iso):00\(zone)"
    }

    /// `expression` as words at its place; `place` turns its range into one of the source's text.
    func dated(_ expression: DateExpression, _ place: (Range<Int>) -> Range<Int>) -> DatedWords {
        DatedWords(
            words: Words(expression.words, at: place(expression.range)),
            iso: iso(expression.start, expression.time) ?? iso(expression.end, expression.endTime),
            isoEnd: expression.start == nil
                ? nil : iso(expression.end ?? (expression.endTime == nil ? nil : expression.start), expression.endTime),
            bound: expression.bound?.rawValue)
    }
}

/// Start and end of a meeting out of its time field and its closing line.
struct MeetingTimes {
    private(set) var day: CalendarDate?
    private(set) var start: DatedWords?
    private(set) var end: DatedWords?
    private let dates: DateFinder
    private var startTime: ClockTime?

    init(_ dates: DateFinder) { self.dates = dates }

    /// Reads a time field; several fields (日期, then 時間) add up.
    ///
    /// Offsets of `words` are those of the source.
    mutating func readField(_ words: Words) {
        let found = dates.expressions(in: words.text)
        guard !found.isEmpty else { return }
        if day == nil { day = found.lazy.compactMap(\.start).first { $0.day != nil } }
        let whole = { (_: Range<Int>) in words.range }
        let dayNow = day ?? found.first?.start
        if startTime == nil { startTime = found.lazy.compactMap(\.time).first }
        if let dayNow, start == nil || startTime != nil {
            start = DatedWords(words: Words(words.text, at: whole(0..<0)), iso: dates.iso(dayNow, startTime))
        }
        // Several sittings on one day: the last end closes the meeting.
        let last = found.last { $0.time != nil || $0.endTime != nil }
        if let last, let dayNow, last.endTime != nil || found.count > 1 {
            let endDay = found.lazy.compactMap(\.end).last { $0.day != nil } ?? dayNow
            if let time = ends(found), startTime.map({ time != $0 }) ?? true {
                end = DatedWords(words: Words(last.words, at: words.range), iso: dates.iso(endDay, time))
            }
        }
    }

    /// End of the last sitting that has one; of sittings in several zones, the first.
    private func ends(_ found: [DateExpression]) -> ClockTime? {
        let ends = found.compactMap { $0.endTime }
        guard let first = ends.first, let last = ends.last else { return nil }
        return dates.zone.isEmpty ? first : last
    }

    /// Reads a closing line: its time is the end, on the day of the meeting unless it names another.
    mutating func readClosing(_ words: String, at place: (Range<Int>) -> Range<Int>) {
        let found = dates.expressions(in: words)
        guard let expression = found.first(where: { $0.time != nil }) else { return }
        let named = expression.start.flatMap { $0.day != nil && !expression.written.isEmpty ? $0 : nil }
        guard let iso = dates.iso(named ?? day, expression.endTime ?? expression.time) else { return }
        end = DatedWords(words: Words(expression.words, at: place(expression.range)), iso: iso)
    }
}

extension String {
    /// "video", "hybrid" or "onsite" by the words of a place; nil when they do not say.
    var meetingMode: String? {
        let word = lowercased()
        let video = ["視訊", "線上", "遠距", "webex", "teams", "zoom", "google meet", "video", "online", "remote"]
            .contains(where: word.contains)
        let room = [
            "會議室", "簡報室", "樓", "禮堂", "議場", "中心", "辦公室", "廳", "室", "room", "hall", "building", "floor",
            "office", "實體", "street", "road",
        ].contains(where: word.contains)
        return video ? (room ? "hybrid" : "video") : room ? "onsite" : nil
    }
}
