import DocketTestSupport
import DocketText
import Foundation
import Testing

@Suite struct NumberParserTests {
    static let counts: [(String, String, String, NumeralStyle)] = [
        ("3 萬 7,113 件", "37113", "件", .mixed),
        ("106 萬 9,628 件", "1069628", "件", .mixed),
        ("3 萬 507 包", "30507", "包", .mixed),
        ("12 萬 3,859 人次", "123859", "人次", .mixed),
        ("三萬七千一百一十三件", "37113", "件", .chinese),
        ("一百二十萬人", "1200000", "人", .chinese),
        ("兩千五百個", "2500", "個", .chinese),
        ("兩千五件", "2500", "件", .chinese),
        ("一萬零五件", "10005", "件", .chinese),
        ("參萬陸仟元", "36000", "元", .chinese),
        ("十二位", "12", "位", .chinese),
        ("3.7萬件", "37000", "件", .mixed),
        ("２４８則", "248", "則", .arabic),
        ("4,248,234件", "4248234", "件", .arabic),
        ("3點5公里", "3", "點", .arabic),
        ("三點五公里", "3.5", "公里", .chinese),
        ("2 億 3,000 萬元", "230000000", "元", .mixed),
        ("25 buttons", "25", "button", .arabic),
        ("twenty-five buttons", "25", "button", .words),
        ("one hundred and thirty minutes", "130", "minute", .words),
        ("3 million people", "3000000", "person", .arabic),
    ]

    @Test(arguments: counts)
    func `a number is read by value with its unit`(text: String, value: String, unit: String, style: NumeralStyle)
        throws
    {
        let found = try #require(NumberParser().quantities(in: text).first)
        #expect(found.value.description == value)
        #expect(found.unit == unit)
        #expect(found.style == style)
        #expect(text.contains(found.words))
    }

    @Test func `two measures in one cell stay two`() {
        let found = NumberParser().quantities(in: "3,438 案（7 萬 6,715 卷）")
        #expect(found.map(\.value.description) == ["3438", "76715"])
        #expect(found.map(\.unit) == ["案", "卷"])
        let pair = NumberParser().quantities(in: "41 團、310 人")
        #expect(pair.map(\.unit) == ["團", "人"])
        #expect(pair.map(\.value.description) == ["41", "310"])
    }

    @Test(arguments: [
        ("1 萬 5,000 件至 2 萬件", "15000", "20000", "件"), ("5-10 人", "5", "10", "人"), ("三到五天", "3", "5", "天"),
        ("3至5萬元", "30000", "50000", "元"), ("七八百人", "700", "800", "人"), ("兩三個", "2", "3", "個"),
        ("five to ten days", "5", "10", "day"),
    ])
    func `a range has both ends`(text: String, low: String, high: String, unit: String) throws {
        let found = NumberParser().quantities(in: text)
        #expect(found.count == 1)
        #expect(found.first?.value.description == low)
        #expect(found.first?.upper?.description == high)
        #expect(found.first?.unit == unit)
    }

    @Test(arguments: [
        ("1,551 萬餘元", "15510000"), ("848 萬餘張", "8480000"), ("2 萬 8,200 餘公尺", "28200"), ("二十多萬人", "200000"),
    ])
    func `a number with a rest is approximate and at least`(text: String, value: String) throws {
        let found = try #require(NumberParser().quantities(in: text).first)
        #expect(found.value.description == value)
        #expect(found.isApproximate)
        #expect(found.bound == .atLeast)
    }

    @Test(
        arguments: [
            ("99.93%", "99.93", Quantity.Kind.percent, nil), ("+4.05%", "4.05", .percentagePoint, nil),
            ("4.05個百分點", "4.05", .percentagePoint, nil), ("95%以上", "95", .percent, .atLeast),
            ("百分之九十九點九三", "99.93", .percent, nil), ("３５％", "35", .percent, nil), ("三成", "30", .percent, nil),
            ("≤120", "120", .plain, .atMost), ("fifty percent", "50", .percent, nil),
            ("at least 12 percent", "12", .percent, .atLeast),
        ] as [(String, String, Quantity.Kind, Quantity.Bound?)])
    func `shares and bounds are told apart`(
        text: String, value: String, kind: Quantity.Kind, bound: Quantity.Bound?
    ) throws {
        let found = try #require(NumberParser().quantities(in: text).first)
        #expect(found.value.description == value)
        #expect(found.kind == kind)
        #expect(found.bound == bound)
        #expect(found.words == text)
    }

    @Test(arguments: [
        ("新臺幣1萬4,286元", "14286", "TWD"), ("NT$1,200", "1200", "TWD"), ("1,551萬元", "15510000", ""),
        ("美金3億元", "300000000", "USD"), ("€25", "25", "EUR"), ("25 euros", "25", "EUR"),
        ("$3.5 million", "3500000", "USD"),
        ("twelve and a half euros", "12.5", "EUR"),
    ])
    func `money keeps its currency`(text: String, value: String, currency: String) throws {
        let found = NumberParser().quantities(in: text)
        #expect(found.count == 1)
        #expect(found.first?.value.description == value)
        #expect(found.first?.kind == .money(currency: currency))
    }

    @Test(arguments: [
        ("第213次", 213, "次"), ("第 22 條", 22, "條"), ("第二十二條", 22, "條"), ("the third item", 3, "item"),
        ("52nd meeting", 52, "meeting"),
    ])
    func `ordinals are no counts`(text: String, value: Int, unit: String) throws {
        let found = try #require(NumberParser().quantities(in: text).first)
        #expect(found.kind == .ordinal)
        #expect(found.value == ExactNumber(value))
        #expect(found.unit == unit)
    }

    @Test func `a bare number of a table row is the number it is`() {
        let found = NumberParser().quantities(in: "1099 1,140")
        #expect(found.map(\.value.description) == ["1099", "1140"])
    }

    @Test(arguments: [
        "一般而言", "三民路", "一、報告事項", "（一）宣讀紀錄", "110年10月26日", "下午3時35分", "COVID-19", "列管編號205-2", "萬華區", "十分重要",
        "統一辦理", "一部分", "府研二字第85040025號",
    ])
    func `words, markers, dates and file numbers are no quantities`(text: String) {
        #expect(NumberParser().quantities(in: text).isEmpty)
    }

    @Test(
        arguments: [
            ("約500人", true, nil), ("逾3,000人", false, .moreThan), ("不超過10件", false, .atMost),
            ("未滿18歲", false, .lessThan), ("500人左右", true, nil),
        ] as [(String, Bool, Quantity.Bound?)])
    func `words around a number are part of what it says`(text: String, approximate: Bool, bound: Quantity.Bound?)
        throws
    {
        let found = try #require(NumberParser().quantities(in: text).first)
        #expect(found.isApproximate == approximate)
        #expect(found.bound == bound)
        #expect(found.words == text)
    }

    @Test func `a remainder of ten thousand or more is marked`() throws {
        #expect(try #require(NumberParser().quantities(in: "3 萬 17,113 件").first).isRemainderTooLarge)
        #expect(!(try #require(NumberParser().quantities(in: "3 萬 7,113 件").first).isRemainderTooLarge))
    }

    @Test func `fractions are exact`() throws {
        let found = try #require(NumberParser().quantities(in: "三分之二以上出席").first)
        #expect(found.value == ExactNumber(2, over: 3))
        #expect(found.kind == .fraction)
    }

    @Test(arguments: ["一", "1", "1,111", "一萬", "1 萬 ", "三四", "至1", "1-", "第1", "局", "「", "字第1", "自110年1月1日"])
    func `four times the text takes about four times as long`(pattern: String) {
        // Time of this thread alone: what else the machine does must not decide.
        func used() -> Duration {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
        func time(_ bytes: Int) -> Duration {
            let text = String(repeating: pattern, count: bytes / pattern.utf8.count)
            let start = used()
            _ = NumberParser().quantities(in: text)
            _ = DateParser().expressions(in: text)
            _ = MentionFinder().mentions(in: text)
            return used() - start
        }
        _ = time(500)
        let small = min(time(3000), time(3000))
        let large = time(12_000)
        // A quadratic step would take sixteen times as long.
        #expect(large < small * 10 + .milliseconds(50), "\(pattern): \(small) and \(large)")
    }
}

@Suite struct ChineseNumeralTests {
    @Test(arguments: [
        ("一百零三", 103), ("壹", 1), ("十", 10), ("二十一", 21), ("二〇二一", 2021), ("一百一十", 110), ("廿五", 25),
        ("三萬七千一百一十三", 37113),
        ("參拾貳", 32), ("一億兩千萬", 120_000_000), ("三四", 34),
    ])
    func `numerals have their value`(text: String, value: Int) {
        #expect(ChineseNumeral.value(of: text) == value)
    }

    @Test(arguments: ["", "一般", "3", "百", "十二多", "甲"])
    func `other words have none`(text: String) {
        #expect(ChineseNumeral.value(of: text) == nil)
    }

    @Test(arguments: 0..<300)
    func `what is written is read back`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let number = Int.random(in: 0...Int(pow10(Int.random(in: 1...15, using: &generator))), using: &generator)
        #expect(ChineseNumeral.value(of: ChineseNumeral.string(number)) == number)
        #expect(ChineseNumeral.value(of: ChineseNumeral.string(number, formal: true)) == number)
    }

    @Test(arguments: [(103, "一百零三"), (10, "十"), (110, "一百一十"), (10005, "一萬零五"), (20_000_300, "二千萬零三百"), (0, "零")])
    func `numbers are written the usual way`(number: Int, text: String) {
        #expect(ChineseNumeral.string(number) == text)
    }

    private func pow10(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { value, _ in value * 10 } }
}
