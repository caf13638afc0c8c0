/// Writes spoken Chinese numbers, dates and times as the house does: 三萬七千一百一十三件 → 3萬7,113件,
/// 十一月四號 → 11月4日, 晚上十點半 → 晚上10時30分, 百分之二十 → 20%, 六十三之二 → 63-2.
///
/// Numerals of set phrases and descriptive words (一律, 這一案, 單一登入, 第一階段) stay; so does what is no number.
struct SpokenNumbers {
    private let text: [Character]
    private var index = 0
    private var output: [Character] = []

    /// `text` with its spoken numbers written in house style.
    static func written(_ text: String) -> String {
        guard text.contains(where: Numeral.isNumeral) else { return text }
        var writer = SpokenNumbers(text: Array(text))
        return writer.run()
    }

    private init(text: [Character]) { self.text = text }

    private mutating func run() -> String {
        while index < text.count {
            // A quotation keeps its figures as they are.
            if let length = quotation() {
                output += text[index..<(index + length)]
                index += length
                continue
            }
            guard Numeral.isNumeral(text[index]) || starts("百分之") else {
                output.append(text[index])
                index += 1
                continue
            }
            if let consumed = writePercent() ?? writeReference() ?? writeTimeOrDecimal() ?? writeDatePart()
                ?? writePrice() ?? writeCount()
            {
                index += consumed
            } else {
                let length = max(1, Numeral.run(text, index))
                output += text[index..<(index + length)]
                index += length
            }
        }
        return String(output)
    }

    /// Length of the quotation that starts here.
    private func quotation() -> Int? {
        guard let close: Character = ["「": "」", "『": "』", "《": "》"][text[index]],
            let end = text[index...].prefix(80).firstIndex(of: close)
        else { return nil }
        return end - index + 1
    }

    private func starts(_ words: String, at place: Int? = nil) -> Bool {
        let place = place ?? index
        let phrase = Array(words)
        return place >= 0 && place + phrase.count <= text.count
            && text[place..<(place + phrase.count)].elementsEqual(phrase)
    }

    private func character(_ place: Int) -> Character? { text.indices.contains(place) ? text[place] : nil }

    private var previous: Character? { output.last }

    // MARK: - Kinds of numbers; each gives the characters it consumed, or nil

    /// 百分之五十六點一 → 56.1%.
    private mutating func writePercent() -> Int? {
        guard starts("百分之") else { return nil }
        let start = index + 3
        let length = Numeral.run(text, start)
        guard length > 0, let value = Numeral.value(text[start..<(start + length)]) else { return nil }
        var written = HouseNumber.plain(value)
        var end = start + length
        if let decimals = decimals(after: end) {
            written += "." + decimals.digits
            end += decimals.length
        }
        output += Array(written + "%")
        return end - index
    }

    /// 點三七 after a whole number.
    ///
    /// 十點二分 is a time; 八十九點二分 is none.
    private func decimals(after place: Int, of value: Int = 0) -> (digits: String, length: Int)? {
        guard character(place) == "點" || character(place) == "点" else { return nil }
        let length = Numeral.run(text, place + 1)
        guard length > 0, value > 24 || character(place + 1 + length) != "分",
            let digits = Numeral.digits(text[(place + 1)..<(place + 1 + length)])
        else { return nil }
        return (digits, 1 + length)
    }

    /// 六十三之二 → 63-2: a tracking number.
    ///
    /// 三分之一 has its 分 before 之 and is none.
    private mutating func writeReference() -> Int? {
        let left = Numeral.run(text, index)
        guard left > 0, character(index + left) == "之", previous != "條", previous != "第" else { return nil }
        // 六十一之一兩案: the digits after 之 end where they stop being one numeral.
        let start = index + left + 1
        var right = Numeral.run(text, start)
        while right > 1, Numeral.value(text[start..<(start + right)]) == nil { right -= 1 }
        guard right > 0, let meeting = Numeral.value(text[index..<(index + left)]),
            let item = Numeral.value(text[start..<(start + right)]), meeting > 9
        else { return nil }
        output += Array("\(meeting)-\(item)")
        return left + 1 + right
    }

    /// 兩點五十六分 → 2時56分, 十點半 → 10時30分, 一點九二 → 1.92.
    private mutating func writeTimeOrDecimal() -> Int? {
        let length = Numeral.run(text, index)
        let mark = index + length
        guard length > 0, character(mark) == "點" || character(mark) == "点",
            let value = Numeral.value(text[index..<mark])
        else { return nil }
        if let decimals = decimals(after: mark, of: value),
            !isTime(value) || Numeral.run(text, mark + 1) == 1 && !hasDayPart
        {
            output += Array(HouseNumber.mixed(value) + "." + decimals.digits)
            return length + decimals.length
        }
        guard value <= 24 else { return nil }
        let minutes = Numeral.run(text, mark + 1)
        if minutes > 0, let minute = Numeral.value(text[(mark + 1)..<(mark + 1 + minutes)]), minute < 60 {
            let hasMark = character(mark + 1 + minutes) == "分"
            guard hasMark || hasDayPart else { return nil }
            output += Array("\(value)時\(minute)分")
            return length + 1 + minutes + (hasMark ? 1 : 0)
        }
        if character(mark + 1) == "半" {
            output += Array("\(value)時30分")
            return length + 2
        }
        // 三點意見 and 有三點 count points; a time has a part of day before it or a word of time after it.
        let follows = ["以前", "之前", "前", "開始", "到", "至", "整", "鐘", "以後", "之後", "多"].contains { starts($0, at: mark + 1) }
        guard hasDayPart || follows else { return nil }
        output += Array("\(value)時")
        return length + (starts("鐘", at: mark + 1) || starts("整", at: mark + 1) ? 2 : 1)
    }

    private func isTime(_ value: Int) -> Bool { value <= 24 && hasDayPart }

    /// True when a part of day or the start of a span of times stands just before.
    private var hasDayPart: Bool {
        let before = String(output.suffix(4))
        return ["上午", "下午", "晚上", "中午", "凌晨", "早上", "半夜", "時到", "時至", "分到", "分至"].contains { before.hasSuffix($0) }
    }

    /// 十一月四號 → 11月4日, 一一五年 → 115年, 十月底 → 10月底, 二十號以前 → 20日以前.
    private mutating func writeDatePart() -> Int? {
        let length = Numeral.run(text, index)
        guard length > 0, let next = character(index + length) else { return nil }
        let words = text[index..<(index + length)]
        if next == "號" || next == "号" || next == "日" {
            guard let value = Numeral.value(words), (1...31).contains(value), isDay(length) else { return nil }
            output += Array("\(value)日")
            return length + 1
        }
        if next == "月", let value = Numeral.value(words), (1...12).contains(value) {
            output += Array("\(value)月")
            return length + 1
        }
        if next == "年", previous != "這", let value = Numeral.value(words) ?? Numeral.digits(words).flatMap({ Int($0) }),
            value > 2
        {
            output += Array("\(value)年")
            return length + 1
        }
        return nil
    }

    /// A day follows a month or stands before a word of time; otherwise 號 numbers a line or a room.
    private func isDay(_ length: Int) -> Bool {
        if previous == "月" || previous == "至" || previous == "到" { return true }
        let after = index + length + 1
        let isAlone = output.isEmpty || previous == "、"
        let isPlace = ["出口", "電梯", "線", "樓", "房", "會議", "倉", "道", "公園", "館", "船", "機", "碼頭", "門", "窗口", "攤", "車", "櫃"]
            .contains { starts($0, at: after) }
        if isAlone, length > 1, !isPlace { return true }
        return ["以前", "之前", "以後", "之後", "前", "後", "到", "至", "那天", "當天", "星期", "禮拜", "，星期", "，禮拜"].contains {
            starts($0, at: after)
        }
    }

    /// 三十六塊錢 → 36元, 六塊五 → 6.5元; 三塊地 counts pieces.
    private mutating func writePrice() -> Int? {
        let length = Numeral.run(text, index)
        let mark = index + length
        guard length > 0, character(mark) == "塊", previous != "第", let value = Numeral.value(text[index..<mark]) else {
            return nil
        }
        let tenth = Numeral.run(text, mark + 1)
        let ends = character(mark + 1 + tenth).map(SpokenChinese.isMark) ?? true
        if tenth == 1, ends, let digits = Numeral.digits(text[(mark + 1)...(mark + 1)]) {
            output += Array("\(HouseNumber.mixed(value)).\(digits)元")
            return length + 2
        }
        let isMoney = starts("錢", at: mark + 1)
        guard isMoney || tenth == 0 && ends else { return nil }
        output += Array(HouseNumber.mixed(value) + "元")
        return length + (isMoney ? 2 : 1)
    }

    /// 十七案 → 17案, 第六十五次 → 第65次, 三億兩千萬 → 3億2,000萬, 四十幾戶 → 40餘戶.
    private mutating func writeCount() -> Int? {
        let length = Numeral.run(text, index)
        guard length > 0 else { return nil }
        let end = index + length
        let words = text[index..<end]
        let next = character(end)
        guard let value = Numeral.value(words), value > 0 || length > 1 else { return nil }
        // A figure right behind a figure would run into it: 61-1兩案.
        if let previous, previous.isDigit { return nil }
        // 好幾百頁 counts loosely; 週六 and 星期六 name a day.
        if let previous, previous == "幾" || "週期拜".contains(previous) && length == 1 { return nil }
        if previous == "第" {
            guard let next, "次屆季場".contains(next) || value >= 10 && hasUnit(end) && !"條款項目點".contains(next) else {
                return nil
            }
            output += Array("\(value)")
            return length
        }
        if let decimals = decimals(after: end) {
            output += Array(HouseNumber.mixed(value) + "." + decimals.digits)
            return length + decimals.length
        }
        if next == "幾" || next == "多" || next == "餘", value >= 10,
            hasUnit(end + 1) || character(end + 1).map({ "萬億".contains($0) }) ?? false
        {
            output += Array(HouseNumber.mixed(value) + "餘")
            return length + 1
        }
        if let next, next == "到" || next == "至", let other = rangeEnd(end + 1) {
            output += Array(HouseNumber.mixed(value) + "至" + HouseNumber.mixed(other.value))
            return length + 1 + other.length
        }
        let isLast = value >= 10 && length > 1 && (next.map(SpokenChinese.isMark) ?? true)
        guard value >= 10_000 || isLast || hasUnit(end), !isDescriptive(value, end) else { return nil }
        output += Array(HouseNumber.mixed(value))
        return length
    }

    private func rangeEnd(_ place: Int) -> (value: Int, length: Int)? {
        let length = Numeral.run(text, place)
        guard length > 0, let value = Numeral.value(text[place..<(place + length)]) else { return nil }
        guard hasUnit(place + length) || character(place + length) == "月" else { return nil }
        return (value, length)
    }

    private func hasUnit(_ place: Int) -> Bool {
        guard let first = character(place) else { return false }
        if Self.units.contains(first) { return true }
        return ["公尺", "公里", "公分", "公斤", "公噸", "公頃", "平方", "立方", "機關", "小時", "星期", "禮拜", "分鐘", "單位"].contains {
            starts($0, at: place)
        }
    }

    /// One of something said of kind, not of number: 這一案, 每一次, 一個 (but 一個月), 一起, 一點.
    private func isDescriptive(_ value: Int, _ end: Int) -> Bool {
        guard value <= 3 else { return false }
        if let previous, "這那每同某另哪任唯單統萬這".contains(previous) { return true }
        guard value == 1, let next = character(end) else { return false }
        if next == "個" { return !["月", "小時", "星期", "禮拜"].contains { starts($0, at: end + 1) } }
        return ["次性", "部分", "間", "份"].contains { starts($0, at: end) } && next != "份"
            || "起樣般直定點些下律併致旦邊面方時位".contains(next)
    }

    private static let units: Set<Character> = Set(
        "件筆卷案題通則張支期場團人名位次包輛戶箱座處棟格頁床架項個天年週秒歲樓層間條班線站元度倍成級組家所校路台臺部本冊份區里鄰隻艘梯枝根顆棵株坪噸席劑例種類套把臺股桶瓶章節"
    )
}

/// Chinese numerals of speech.
enum Numeral {
    /// True for a character that numerals are made of.
    static func isNumeral(_ character: Character) -> Bool { values[character] != nil || units[character] != nil }

    /// Number of numeral characters from `start`.
    static func run(_ text: [Character], _ start: Int) -> Int {
        var end = start
        while end < text.count, isNumeral(text[end]) { end += 1 }
        return end - start
    }

    /// Value of a numeral with units: 三萬七千一百一十三, 十二, 二百五.
    ///
    /// Of bare digits only when they are read as a
    /// number of three or more (一一五). Nil for 兩三, 三五 and what is no number.
    static func value(_ words: ArraySlice<Character>) -> Int? {
        guard words.contains(where: { units[$0] != nil }) else {
            if words.count == 1, let first = words.first { return values[first] }
            guard words.count >= 3 || words.first == "零" || words.last == "零" else { return nil }
            return digits(words).flatMap { Int($0) }
        }
        var total = 0
        var section = 0
        var digit: Int?
        var lastUnit = 1
        var sawZero = false
        for character in words {
            if let value = values[character] {
                if digit != nil && digit != 0 { return nil }
                digit = value
                if value == 0 { sawZero = true }
            } else if let unit = units[character] {
                if unit >= 10_000 {
                    section += digit ?? 0
                    guard section > 0, total <= Int.max / 100_000_000 / 10 else { return nil }
                    // 億 takes everything before it, 萬 only its own section.
                    if unit == 100_000_000 { total = (total + section) * unit } else { total += section * unit }
                    section = 0
                } else {
                    if digit == 0 { digit = nil }
                    section += (digit ?? 1) * unit
                }
                digit = nil
                lastUnit = unit
                sawZero = false
            }
        }
        // 二百五 and 三萬六: a digit after a unit stands for the next lower one, unless a zero was said.
        if let digit { section += digit * (lastUnit >= 100 && !sawZero && total + section > 0 ? lastUnit / 10 : 1) }
        return total + section
    }

    /// Digits read one by one: 三七 → "37".
    static func digits(_ words: ArraySlice<Character>) -> String? {
        var text = ""
        for character in words {
            guard let value = values[character] else { return nil }
            text += String(value)
        }
        return text.isEmpty ? nil : text
    }

    private static let values: [Character: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "兩": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    private static let units: [Character: Int] = [
        "十": 10, "百": 100, "千": 1000, "萬": 10_000, "万": 10_000, "億": 100_000_000, "亿": 100_000_000,
    ]
}

/// Numbers as the house writes them.
enum HouseNumber {
    /// 37113 → 3萬7,113; 30507 → 3萬507; 326400000 → 3億2,640萬.
    static func mixed(_ value: Int) -> String {
        let (billions, rest) = value.quotientAndRemainder(dividingBy: 100_000_000)
        let (tens, units) = rest.quotientAndRemainder(dividingBy: 10_000)
        var text = billions > 0 ? plain(billions) + "億" : ""
        if tens > 0 { text += plain(tens) + "萬" }
        if units > 0 || text.isEmpty { text += plain(units) }
        return text
    }

    /// 12345 → 12,345.
    static func plain(_ value: Int) -> String {
        var digits = Array(String(value))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return String(digits)
    }
}
