import DocketTestSupport
import DocketText
import Testing

/// The period of the report that many examples are taken from.
private let firstHalf2025: ClosedRange<CalendarDate> = day("2025-01-01")...day("2025-06-30")

private func day(_ iso: String) -> CalendarDate {
    guard let date = CalendarDate(iso: iso) else { preconditionFailure("no date: \(iso)") }
    return date
}

@Suite struct DateParserTests {
    /// One example: the text, and what is expected of the first expression in it.
    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var iso: String?
        var end: String?
        var precision: DateExpression.Precision
        var calendar: DateExpression.Calendar
        var bound: DateExpression.Bound?
        var words: String?

        init(
            _ text: String, _ iso: String?, to end: String? = nil, _ precision: DateExpression.Precision,
            _ calendar: DateExpression.Calendar, bound: DateExpression.Bound? = nil, words: String? = nil
        ) {
            self.text = text
            self.iso = iso
            self.end = end
            self.precision = precision
            self.calendar = calendar
            self.bound = bound
            self.words = words
        }

        var testDescription: String { text }
    }

    static let fixed: [Row] = [
        Row("民國110年10月26日14時0分", "2021-10-26T14:00+08:00", .minute, .roc),
        Row("中華民國 111 年 3 月", "2022-03", .month, .roc),
        Row("110 年 9 月 22 日", "2021-09-22", .day, .roc),
        Row("110年9月22日", "2021-09-22", .day, .roc),
        Row("114 年 1 月 1 日至 6 月 30 日", "2025-01-01", to: "2025-06-30", .day, .roc),
        Row("110 年 7 月 9 至 16 日", "2021-07-09", to: "2021-07-16", .day, .roc),
        Row("114 年上半年", "2025-01-01", to: "2025-06-30", .halfYear, .roc),
        Row("110 年下半年", "2021-07-01", to: "2021-12-31", .halfYear, .roc),
        Row("110年第3季", "2021-07-01", to: "2021-09-30", .quarter, .roc),
        Row("截至 114 年 6 月底", nil, to: "2025-06-30", .month, .roc, bound: .until),
        Row("迄 110 年 12 月底", nil, to: "2021-12-31", .month, .roc, bound: .until),
        Row("95 年以前", nil, to: "2006-12-31", .year, .roc, bound: .before),
        Row("119 年前", nil, to: "2030-12-31", .year, .roc, bound: .before),
        Row("39 至 81 年", "1950", to: "1992", .year, .roc),
        Row("39-81 年", "1950", to: "1992", .year, .roc),
        Row("72 至 76 年", "1983", to: "1987", .year, .roc),
        Row("110 年 12 月 1 日至 111 年 1 月 28 日", "2021-12-01", to: "2022-01-28", .day, .roc),
        Row("115年度", "2026", .year, .roc),
        Row("依100/11/07函", "2011-11-07", .day, .roc, words: "100/11/07"),
        Row("二〇二一年十月二十六日", "2021-10-26", .day, .gregorian),
        Row("一百一十年十月二十六號", "2021-10-26", .day, .roc),
        Row("一一○年十月二十六日下午兩點半", "2021-10-26T14:30+08:00", .minute, .roc),
        Row("１１０年１０月２６日", "2021-10-26", .day, .roc),
        Row("西元2021年10月", "2021-10", .month, .gregorian),
        Row("自110年11月5日起", "2021-11-05", .day, .roc, bound: .from),
        Row("於111年6月30日前完成", nil, to: "2022-06-30", .day, .roc, bound: .before),
        Row("110年10月26日前往勘查", "2021-10-26", .day, .roc, words: "110年10月26日"),
        Row("2021-10-26", "2021-10-26", .day, .gregorian),
        Row("110.10.26", "2021-10-26", .day, .roc),
        Row("26 October 2021", "2021-10-26", .day, .gregorian),
        Row("October 26, 2021 at 2 pm", "2021-10-26T14:00+08:00", .minute, .gregorian),
        Row("by March 2022", nil, to: "2022-03-31", .month, .gregorian, bound: .by),
        Row("since 1998 they have", "1998-01-01", .year, .gregorian, bound: .from),
    ]

    @Test(arguments: fixed)
    func `a date that needs no anchor is read whole`(row: Row) throws {
        let all = DateParser().expressions(in: row.text)
        let found = try #require(all.first, "nothing found in \(row.text)")
        #expect(all.count == 1)
        #expect(found.iso == row.iso)
        #expect(found.isoEnd == row.end)
        #expect(found.precision == row.precision)
        #expect(found.calendar == row.calendar)
        #expect(found.bound == row.bound)
        if let words = row.words { #expect(found.words == words) }
        #expect(row.text.contains(found.words))
    }

    static let inPeriod: [Row] = [
        Row("3 月 18 至 21 日", "2025-03-18", to: "2025-03-21", .day, .none),
        Row("9月 29日至 10月 2日", "2025-09-29", to: "2025-10-02", .day, .none),
        Row("6 月 19 日至 25 日", "2025-06-19", to: "2025-06-25", .day, .none),
        Row("7 月 25 日", "2025-07-25", .day, .none),
        Row("2 月 2 日至 16 日", "2025-02-02", to: "2025-02-16", .day, .none),
        Row("9 月以後", "2025-09-01", .month, .none, bound: .after),
        Row("8 月後始", "2025-08-01", .month, .none, bound: .after),
    ]

    @Test(arguments: inPeriod)
    func `a date without a year takes that of the period`(row: Row) throws {
        let found = try #require(DateParser(.init(period: firstHalf2025)).expressions(in: row.text).first)
        #expect(found.iso == row.iso)
        #expect(found.isoEnd == row.end)
        #expect(found.precision == row.precision)
        #expect(found.calendar == row.calendar)
        #expect(found.bound == row.bound)
    }

    @Test func `a date after the period is kept and marked`() throws {
        let parser = DateParser(.init(period: firstHalf2025))
        let late = try #require(parser.expressions(in: "訂於 9 月 9 日辦理").first)
        #expect(late.iso == "2025-09-09")
        #expect(late.isOutsidePeriod)
        let within = try #require(parser.expressions(in: "已於 4 月 9 日辦理").first)
        #expect(!within.isOutsidePeriod)
    }

    static let relative: [(String, String?, String?, DateExpression.Bound?)] = [
        ("今年底前", nil, "2021-12-31", .before),
        ("請於會議前1天蒐集", "2021-10-25", nil, nil),
        ("近 2 週", "2021-10-12", "2021-10-26", .last),
        ("明年3月", "2022-03", nil, nil),
        ("下週三", "2021-11-03", nil, nil),
        ("本月 25 日", "2021-10-25", nil, nil),
        ("下個月底前", nil, "2021-11-30", .before),
        ("10 個工作天內", "2021-10-26", "2021-11-09", .within),
        ("去年", "2020", nil, nil),
        ("十一月二十號以前", nil, "2021-11-20", .before),
        ("within 3 weeks", "2021-10-26", "2021-11-16", .within),
        ("next Friday", "2021-11-05", nil, nil),
        ("10月5日下午兩點", "2021-10-05T14:00+08:00", nil, nil),
    ]

    @Test(arguments: relative)
    func `a relative date is resolved against the anchor`(
        text: String, iso: String?, end: String?, bound: DateExpression.Bound?
    ) throws {
        let found = try #require(DateParser(.init(anchor: day("2021-10-26"))).expressions(in: text).first)
        #expect(found.iso == iso)
        #expect(found.isoEnd == end)
        #expect(found.bound == bound)
    }

    @Test func `without an anchor a relative date keeps its distance`() throws {
        let found = try #require(DateParser().expressions(in: "於前1天完成").first)
        #expect(found.isRelative)
        #expect(found.offset == RelativeOffset(.day, -1))
        #expect(found.iso == nil)
    }

    @Test func `a term defined in brackets is an alias from there on`() throws {
        let text = "114 年 1 月 1 日至 6 月 30 日（以下簡稱本期）辦理情形如下：本期發布新聞稿"
        let found = DateParser().expressions(in: text)
        #expect(found.map(\.words) == ["114 年 1 月 1 日至 6 月 30 日", "本期"])
        #expect(found.last?.iso == "2025-01-01")
        #expect(found.last?.isoEnd == "2025-06-30")
        #expect(DateParser().expressions(in: "本期發布新聞稿").isEmpty)
    }

    @Test(arguments: ["2021 臺北燈節", "2025 雙北世界壯年運動會", "保存30年", "第3年級", "三年級學生", "3萬件", "他三點意見"])
    func `an event name or a stretch of years is no date`(text: String) {
        #expect(DateParser().expressions(in: text).isEmpty)
    }

    @Test func `recurrences are kept as such`() throws {
        let found = try #require(DateParser().expressions(in: "府會聯繫小組會每月統計列管").first)
        #expect(found.bound == .every)
        #expect(found.offset == RelativeOffset(.month, 1))
    }

    @Test func `an hour of thirteen or more after a 12-hour word is read and warned of`() throws {
        let found = try #require(DateParser().expressions(in: "散會 (下午15時35分)").first)
        #expect(found.time == ClockTime(15, 35))
        #expect(found.iso == "15:35")
        #expect(found.warnings == [.twelveHourWord])
        #expect(DateParser().expressions(in: "下午3時35分").first?.warnings == [])
    }

    @Test(arguments: ["110年10月26日（星期二）", "110年10月26日(二)", "110年10月26日星期二", "110年10月26日週二"])
    func `a weekday that matches is kept without a warning`(text: String) throws {
        let found = try #require(DateParser().expressions(in: text).first)
        #expect(found.weekday == 2)
        #expect(found.warnings.isEmpty)
        #expect(found.words == text)
    }

    @Test func `a weekday that does not match is warned of`() throws {
        let found = try #require(DateParser().expressions(in: "110年10月26日（星期六）").first)
        #expect(found.warnings == [.weekdayMismatch(actual: 2)])
    }

    @Test func `a day that does not exist is warned of`() throws {
        let found = try #require(DateParser().expressions(in: "110年2月30日").first)
        #expect(found.start == nil)
        #expect(found.warnings == [.impossibleDate])
    }

    @Test(arguments: [
        ("100/11/07", "2011-11-07"), ("1000121", "2011-01-21"), ("2011-11-07", "2011-11-07"),
        ("20111107", "2011-11-07"),
        (" 0991231 ", "2010-12-31"),
    ])
    func `metadata fields in either calendar are read`(field: String, iso: String) {
        #expect(DateParser.metadata(field)?.iso == iso)
    }

    @Test(arguments: ["", "1001321", "109628", "abc", "100/13/07", "100/11/07/12", "12345678901234567890"])
    func `a metadata field that is no date gives nothing`(field: String) {
        #expect(DateParser.metadata(field) == nil)
    }

    @Test func `a list of days shares its month`() {
        let found = DateParser(.init(anchor: day("2021-10-26"))).expressions(in: "訂於11月5日、8日及12日召開")
        #expect(found.map(\.iso) == ["2021-11-05", "2021-11-08", "2021-11-12"])
    }

    @Test func `times of a range share their day and half of the day`() throws {
        let found = try #require(DateParser().expressions(in: "110年10月26日下午2時至4時").first)
        #expect(found.iso == "2021-10-26T14:00+08:00")
        #expect(found.isoEnd == "2021-10-26T16:00+08:00")
    }

    @Test func `ranges are those of the original bytes`() throws {
        let text = "　前言：１１０年１０月２６日（二）。"
        let found = try #require(DateParser().expressions(in: text).first)
        #expect(String(decoding: Array(text.utf8)[found.range], as: UTF8.self) == "１１０年１０月２６日（二）")
    }
}
