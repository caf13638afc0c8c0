/// A way to write the number of a list item, by the names that DOCX, ODT and HTML give it.
enum CountingSystem: Equatable, Sendable {
    case decimal, decimalZero, fullWidth, circled, parenthesised, fullStopped
    case upperRoman, lowerRoman, upperLetter, lowerLetter
    /// 一 … 十 十一 … 一百二十三
    case chinese
    /// 一 二 … 一〇 一一
    case chineseDigits
    /// 壹 … 壹拾 壹拾壹
    case formal
    /// 壹 … in simplified characters
    case formalSimplified
    /// 甲 乙 丙
    case stems
    /// 子 丑 寅
    case branches
    /// No number is shown.
    case none

    /// The words of `number`; numbers that a system cannot write are written in decimals.
    func words(_ number: Int) -> String {
        switch self {
        case .none: return ""
        case .decimal: return String(number)
        case .decimalZero: return number < 10 && number >= 0 ? "0\(number)" : String(number)
        case .fullWidth: return Self.fullWidth(number)
        case .circled: return Self.one(of: Self.circledDigits, number)
        case .parenthesised: return Self.scalar(0x2474, number, count: 20)
        case .fullStopped: return Self.scalar(0x2488, number, count: 20)
        case .upperRoman: return Self.roman(number)
        case .lowerRoman: return Self.roman(number).lowercased()
        case .upperLetter: return Self.letters(number)
        case .lowerLetter: return Self.letters(number).lowercased()
        case .chinese: return Self.chinese(number, digits: "零一二三四五六七八九", units: ["", "十", "百", "千"], bareTen: true)
        case .formal: return Self.chinese(number, digits: "零壹貳參肆伍陸柒捌玖", units: ["", "拾", "佰", "仟"], bareTen: false)
        case .formalSimplified:
            return Self.chinese(number, digits: "零壹贰叁肆伍陆柒捌玖", units: ["", "拾", "佰", "仟"], bareTen: false)
        case .chineseDigits:
            let digits = Array("〇一二三四五六七八九")
            return String(String(number).map { $0.wholeNumberValue.map { digits[$0] } ?? $0 })
        case .stems: return Self.one(of: Array("甲乙丙丁戊己庚辛壬癸"), number)
        case .branches: return Self.one(of: Array("子丑寅卯辰巳午未申酉戌亥"), number)
        }
    }

    // MARK: Names

    /// By the value of `w:numFmt`; unknown names count in decimals.
    init(docx name: String) {
        self =
            switch name {
            case "none", "bullet": .none
            case "decimalZero": .decimalZero
            case "decimalFullWidth", "decimalFullWidth2": .fullWidth
            case "decimalEnclosedCircle", "decimalEnclosedCircleChinese": .circled
            case "decimalEnclosedParen": .parenthesised
            case "decimalEnclosedFullstop": .fullStopped
            case "upperRoman": .upperRoman
            case "lowerRoman": .lowerRoman
            case "upperLetter": .upperLetter
            case "lowerLetter": .lowerLetter
            case "taiwaneseCounting", "taiwaneseCountingThousand", "chineseCounting", "chineseCountingThousand",
                "japaneseCounting", "koreanCounting":
                .chinese
            case "taiwaneseDigital", "ideographDigital", "japaneseDigitalTenThousand": .chineseDigits
            case "ideographLegalTraditional", "japaneseLegal": .formal
            case "chineseLegalSimplified": .formalSimplified
            case "ideographTraditional": .stems
            case "ideographZodiac": .branches
            default: .decimal
            }
    }

    /// By `style:num-format` of ODT, which shows the first numbers: "1", "i", "一, 二, 三, ...".
    init(odt format: String) {
        self =
            switch format.first {
            case nil: .none
            case "１": .fullWidth
            case "①": .circled
            case "I": .upperRoman
            case "i": .lowerRoman
            case "A": .upperLetter
            case "a": .lowerLetter
            case "一": format.hasPrefix("一, 十") ? .chineseDigits : .chinese
            case "壹": format.contains("贰") ? .formalSimplified : .formal
            case "甲": .stems
            case "子": .branches
            default: .decimal
            }
    }

    /// By the `type` of an HTML list or a name of CSS `list-style-type`.
    init(html name: String) {
        self =
            switch name {
            case "a", "lower-alpha", "lower-latin": .lowerLetter
            case "A", "upper-alpha", "upper-latin": .upperLetter
            case "i", "lower-roman": .lowerRoman
            case "I", "upper-roman": .upperRoman
            case "cjk-ideographic", "trad-chinese-informal", "simp-chinese-informal": .chinese
            case "cjk-decimal": .chineseDigits
            case "trad-chinese-formal": .formal
            case "simp-chinese-formal": .formalSimplified
            case "cjk-heavenly-stem": .stems
            case "cjk-earthly-branch": .branches
            case "none": .none
            default: .decimal
            }
    }

    /// True where "、" is the usual stop after the number.
    var isChinese: Bool {
        [.chinese, .chineseDigits, .formal, .formalSimplified, .stems, .branches].contains(self)
    }

    // MARK: Numerals

    private static let circledDigits: [Character] = (1...50).compactMap { number in
        let value = number <= 20 ? 0x245F + number : number <= 35 ? 0x323C + number : 0x328D + number
        return Unicode.Scalar(UInt32(value)).map { Character($0) }
    }

    private static func one(of signs: [Character], _ number: Int) -> String {
        (1...signs.count).contains(number) ? String(signs[number - 1]) : String(number)
    }

    private static func scalar(_ first: UInt32, _ number: Int, count: Int) -> String {
        guard (1...count).contains(number), let scalar = Unicode.Scalar(first + UInt32(number - 1)) else {
            return String(number)
        }
        return String(Character(scalar))
    }

    private static func fullWidth(_ number: Int) -> String {
        let digits = Array("０１２３４５６７８９")
        return String(String(number).map { $0.wholeNumberValue.map { digits[$0] } ?? $0 })
    }

    private static func letters(_ number: Int) -> String {
        guard (1...780).contains(number) else { return String(number) }
        let letter = Character(Unicode.Scalar(UInt8(0x41 + (number - 1) % 26)))
        return String(repeating: letter, count: (number - 1) / 26 + 1)
    }

    private static func roman(_ number: Int) -> String {
        guard (1...3999).contains(number) else { return String(number) }
        let signs = [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
            (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        ]
        var (rest, words) = (number, "")
        for (value, sign) in signs {
            while rest >= value {
                words += sign
                rest -= value
            }
        }
        return words
    }

    /// Numbers to 9999, with 零 for the gaps; 10 to 19 without a one before 十 if `bareTen`.
    private static func chinese(_ number: Int, digits: String, units: [String], bareTen: Bool) -> String {
        let digits = Array(digits)
        guard (0...9999).contains(number) else { return String(number) }
        guard number > 0 else { return String(digits[0]) }
        let places = String(number).compactMap(\.wholeNumberValue)
        var words = ""
        var hasGap = false
        for (index, digit) in places.enumerated() {
            let unit = units[places.count - 1 - index]
            if digit == 0 {
                hasGap = true
                continue
            }
            if hasGap { words.append(digits[0]) }
            hasGap = false
            if !(bareTen && places.count == 2 && index == 0 && digit == 1) { words.append(digits[digit]) }
            words += unit
        }
        return words
    }
}
