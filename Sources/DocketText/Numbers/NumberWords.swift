/// Words around numbers that change what they say.
enum NumberWords {
    /// What a word before or after a number says about it.
    struct Hedge: Sendable {
        var isApproximate = false
        var bound: Quantity.Bound?
    }

    static let approximate = Hedge(isApproximate: true)

    /// Words directly before a number.
    static let before = WordTable<Hedge>([
        ("約", approximate), ("大約", approximate), ("約略", approximate), ("近", approximate), ("將近", approximate),
        ("接近", approximate), ("大概", approximate), ("about", approximate), ("around", approximate),
        ("roughly", approximate), ("approximately", approximate), ("nearly", approximate), ("almost", approximate),
        ("some", approximate), ("逾", Hedge(bound: .moreThan)), ("超過", Hedge(bound: .moreThan)),
        ("破", Hedge(bound: .moreThan)), ("大於", Hedge(bound: .moreThan)), ("高於", Hedge(bound: .moreThan)),
        (">", Hedge(bound: .moreThan)), ("more than", Hedge(bound: .moreThan)), ("over", Hedge(bound: .moreThan)),
        ("above", Hedge(bound: .moreThan)), ("至少", Hedge(bound: .atLeast)), ("不少於", Hedge(bound: .atLeast)),
        ("不低於", Hedge(bound: .atLeast)), ("≥", Hedge(bound: .atLeast)), ("at least", Hedge(bound: .atLeast)),
        ("至多", Hedge(bound: .atMost)), ("最多", Hedge(bound: .atMost)), ("不超過", Hedge(bound: .atMost)),
        ("不逾", Hedge(bound: .atMost)), ("上限", Hedge(bound: .atMost)), ("≤", Hedge(bound: .atMost)),
        ("at most", Hedge(bound: .atMost)), ("up to", Hedge(bound: .atMost)), ("no more than", Hedge(bound: .atMost)),
        ("maximum", Hedge(bound: .atMost)), ("未滿", Hedge(bound: .lessThan)), ("不到", Hedge(bound: .lessThan)),
        ("不足", Hedge(bound: .lessThan)), ("低於", Hedge(bound: .lessThan)), ("小於", Hedge(bound: .lessThan)),
        ("<", Hedge(bound: .lessThan)), ("less than", Hedge(bound: .lessThan)), ("under", Hedge(bound: .lessThan)),
        ("below", Hedge(bound: .lessThan)), ("fewer than", Hedge(bound: .lessThan)),
    ])

    /// Words directly after a number and its unit.
    static let after = WordTable<Hedge>([
        ("以上", Hedge(bound: .atLeast)), ("以下", Hedge(bound: .atMost)), ("以內", Hedge(bound: .atMost)),
        ("之內", Hedge(bound: .atMost)), ("左右", approximate), ("上下", approximate), ("許", approximate),
        ("or more", Hedge(bound: .atLeast)), ("or less", Hedge(bound: .atMost)),
    ])

    /// What a quantity may begin with.
    static let starts: ScalarSet = {
        var set = UnitTable.currencies.firsts
        set.formUnion(UnitTable.idioms.firsts)
        for value in Array(0x30...0x39) + Array(0x41...0x5A) + Array(0x61...0x7A) { set.insert(UInt32(value)) }
        for value in FoldedWord("第百零〇○一二三四五六七八九十兩廿卅壹貳參肆伍陸柒捌玖").scalars { set.insert(value) }
        return set
    }()

    /// Chinese words that begin like a unit and are something else.
    static let notUnits = WordTable(
        words: """
            部門 名單 名稱 位置 位於 項目 條例 條文 條件 章程 組織 組長 題目 題材 通知 通過 通報 則是 則為 期間 期程 期望 團體 支援 支付 支出 元件 成立 成為 成員 成果 成功 方式 \
            方案 方面 方向 場地 場所 張貼 班級 隊伍 校園 校長 里長 樓梯 層級 層面 所有 所屬 所以 所需 處理 處長 處室 家庭 家長 家戶 頁面 度假 倍數 分別 分為 分析 分配 分享 \
            歲末 等級 等候 等於 種子 點餐 點心 點選 號碼 號稱 回應 回復 回覆 回饋 次長 次數 國家 國際 國內 國外 市民 市長 市府 市政 市議 縣長 區域 區長 區公所 鄉長 站長 線上 字號 \
            字樣 門市 門診 面向 面積 面臨 對於 對面 對話 對象 套房 首長 首先 首度 集團 集中 席位 件數 卷宗 筆者 筆錄 人民 人口 人事 人行道 天然 日期 日前 日本 日後 日常 年輕 年長 \
            年齡 年級 臺北 臺灣 臺中 臺南 臺鐵 臺大 臺電 臺東 股東 版本 版面 階段性 輪流 片面 口頭 口罩 角色 角度 線索 堂而皇之 例如 例外 頭銜 尾聲 站在 床位 方能 方可 回到 \
            段落 會議 話題 話語 話說 格式 格外 村里 級距 級分 份量 點名 點收 分區 分期 分級 分署 分局 分會 分流 度過 包含 包括 集會 通通 通用 案由 座談 座位 章節 節目 節省 節能 單位
            """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))

    /// English words after a number that are no unit.
    static let notEnglishUnits: Set<String> = [
        "and", "or", "to", "of", "in", "on", "at", "for", "by", "with", "from", "is", "are", "was", "were", "be",
        "that", "which",
        "the", "a", "an", "as", "but", "so", "if", "then", "will", "would", "can", "could", "should", "has", "have",
        "had", "than",
        "not", "it", "we", "they", "he", "she", "you", "i", "this", "there", "because", "when", "while", "per", "out",
        "up",
        "more", "less", "different", "new", "other", "main", "possible", "extra", "or", "go", "until", "between",
        "about",
    ]

    /// English ordinals in words.
    static let englishOrdinals = WordTable<Int>(
        [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
            "twentieth",
        ].enumerated().map { ($0.element, $0.offset + 1) })

    /// Letters after a number that multiply it: 25k, 3M, 2bn.
    static let scaleSuffixes = WordTable<Int>([("k", 1000), ("m", 1_000_000), ("bn", 1_000_000_000)])
}
