/// The words that dates are written with.
enum DateWords {
    static let year = scalar("年")
    static let month = scalar("月")
    static let day = scalar("日")
    static let spokenDay = scalar("號")
    static let ordinal = scalar("第")

    static let eras = WordTable<DateExpression.Calendar>([
        ("中華民國", .roc), ("民國", .roc), ("西元", .gregorian), ("公元", .gregorian),
    ])

    static let connectors = WordTable(words: ["至", "到", "迄", "~", "-", "起至", "to", "until", "through"])

    static let halves = WordTable<Int>([("上半年", 1), ("下半年", 2)])

    static let parts = WordTable<WrittenDate.Part>([
        ("底", .end), ("終", .end), ("初", .beginning), ("中", .middle), ("中旬", .middle), ("上旬", .firstThird),
        ("下旬", .lastThird), ("年底", .end), ("年終", .end), ("年初", .beginning), ("年中", .middle), ("月底", .end),
        ("月初", .beginning), ("月中", .middle),
    ])

    /// Words that begin like a part of a month and go on as something else.
    static let notParts = WordTable(words: ["中央", "中心", "中小", "中程", "中華", "中山", "中正", "底下", "初步", "初審", "初評"])

    /// Suffixes that make a bound.
    static let suffixes = WordTable<DateExpression.Bound>([
        ("前", .before), ("以前", .before), ("之前", .before), ("止", .until), ("為止", .until), ("起", .from), ("開始", .from),
        ("後", .after), ("以後", .after), ("之後", .after), ("後始", .after), ("以來", .from), ("內", .within),
        ("以內", .within), ("之內", .within), ("期間內", .within),
    ])

    /// Words that begin like such a suffix and go on as something else.
    static let notSuffixes = WordTable(
        words: """
            前往 前述 前揭 前開 前瞻 前後 前來 前進 前置 前項 前例 前端 前次 前置 後續 後方 後面 後勤 後代 後端 內部 內容 內政 內外 內湖 內閣 起訖 起草 起造 起降 \
            起伏 起源 起飛 起見 起跑 起點 止於 止損 開始前
            """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))

    /// Words before a date that make a bound, found by reading backwards.
    static let prefixes: [(word: FoldedWord, bound: DateExpression.Bound, notAfter: [UInt32])] = [
        ("截至", .until, []), ("迄至", .until, []), ("直至", .until, []), ("截止", .until, []), ("迄", .until, []),
        ("自從", .from, []), ("自", .from, scalars("各獨親來")), ("從", .from, scalars("自服順")),
        ("最遲", .by, []), ("最晚", .by, []), ("至", .until, scalars("甚乃及以")),
    ]

    /// Words that name a time by its distance from the anchor, in units of years, months, weeks or days.
    static let relatives = WordTable<RelativeOffset>([
        ("今年度", .init(.year, 0)), ("今年", .init(.year, 0)), ("本年度", .init(.year, 0)), ("本年", .init(.year, 0)),
        ("去年度", .init(.year, -1)), ("去年", .init(.year, -1)), ("上年度", .init(.year, -1)), ("前年", .init(.year, -2)),
        ("明年度", .init(.year, 1)), ("明年", .init(.year, 1)), ("次年度", .init(.year, 1)), ("後年", .init(.year, 2)),
        ("本月", .init(.month, 0)), ("這個月", .init(.month, 0)), ("本月份", .init(.month, 0)),
        ("上月", .init(.month, -1)), ("上個月", .init(.month, -1)), ("下月", .init(.month, 1)),
        ("下個月", .init(.month, 1)), ("次月", .init(.month, 1)), ("本季", .init(.quarter, 0)),
        ("上一季", .init(.quarter, -1)), ("上季", .init(.quarter, -1)), ("下一季", .init(.quarter, 1)),
        ("下季", .init(.quarter, 1)), ("本週", .init(.week, 0)), ("這週", .init(.week, 0)), ("這星期", .init(.week, 0)),
        ("這禮拜", .init(.week, 0)), ("這個禮拜", .init(.week, 0)), ("這個星期", .init(.week, 0)),
        ("上週", .init(.week, -1)), ("上星期", .init(.week, -1)), ("上禮拜", .init(.week, -1)),
        ("上個禮拜", .init(.week, -1)), ("上個星期", .init(.week, -1)), ("下週", .init(.week, 1)),
        ("下星期", .init(.week, 1)), ("下禮拜", .init(.week, 1)), ("下個禮拜", .init(.week, 1)),
        ("下個星期", .init(.week, 1)), ("今天", .init(.day, 0)), ("今日", .init(.day, 0)), ("本日", .init(.day, 0)),
        ("昨天", .init(.day, -1)), ("昨日", .init(.day, -1)), ("前天", .init(.day, -2)), ("明天", .init(.day, 1)),
        ("明日", .init(.day, 1)), ("後天", .init(.day, 2)), ("翌日", .init(.day, 1)),
    ])

    /// Units of a stretch of time.
    static let durations = WordTable<RelativeOffset.Unit>([
        ("天", .day), ("日", .day), ("個工作天", .workday), ("工作天", .workday), ("個工作日", .workday), ("工作日", .workday),
        ("週", .week), ("個星期", .week), ("星期", .week), ("個禮拜", .week), ("禮拜", .week), ("個月", .month),
        ("季", .quarter), ("年", .year), ("個年度", .year), ("次會議", .meeting), ("會期", .meeting),
    ])

    /// Words before a stretch of time, with its side of the anchor.
    static let stretchPrefixes = WordTable<Int>([
        ("最近", -1), ("近", -1), ("過去", -1), ("前", -1), ("未來", 1), ("往後", 1), ("後", 1),
    ])

    static let recurring = WordTable<RelativeOffset.Unit>([
        ("每年", .year), ("每季", .quarter), ("每月", .month), ("每個月", .month), ("每週", .week), ("每星期", .week),
        ("每個星期", .week), ("每個禮拜", .week), ("每禮拜", .week), ("每日", .day), ("每天", .day), ("每半年", .halfYear),
    ])

    static let weekdayWords = WordTable(words: ["星期", "週", "禮拜"])

    /// Words for a part of the day; true for the half after noon.
    static let dayParts = WordTable<Bool>([
        ("上午", false), ("早上", false), ("清晨", false), ("凌晨", false), ("中午", true), ("下午", true), ("晚上", true),
        ("傍晚", true), ("晚間", true), ("夜間", true), ("午後", true),
    ])

    static let definition = WordTable(words: ["(以下簡稱", "(下稱", "(簡稱", "(以下稱"])

    /// What a date expression may begin with.
    static let starts: ScalarSet = {
        var set = eras.firsts
        for other in [
            relatives.firsts, halves.firsts, stretchPrefixes.firsts, recurring.firsts, weekdayWords.firsts,
            dayParts.firsts,
        ] { set.formUnion(other) }
        set.insert(ordinal)
        for value in Array(0x30...0x39) + Array(0x41...0x5A) + Array(0x61...0x7A) { set.insert(UInt32(value)) }
        for value in FoldedWord("零〇○一二三四五六七八九十兩廿卅壹貳參肆伍陸柒捌玖").scalars { set.insert(value) }
        return set
    }()

    /// What may stand behind the first number of a date.
    static let afterNumbers: ScalarSet = {
        var set = durations.firsts
        set.formUnion(connectors.firsts)
        for value in FoldedWord("年月日號時點季刻分:/-.,").scalars { set.insert(value) }
        for value in Array(0x41...0x5A) + Array(0x61...0x7A) { set.insert(UInt32(value)) }
        return set
    }()

    static func scalar(_ character: Unicode.Scalar) -> UInt32 { ByteText.folded(character.value) }

    private static func scalars(_ text: String) -> [UInt32] { FoldedWord(text).scalars }
}
