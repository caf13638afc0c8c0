/// How a number is written.
public enum NumeralStyle: String, Sendable, Hashable, Codable, CaseIterable {
    /// Digits: 37,113.
    case arabic
    /// Digits with 千 萬 億: 3 萬 7,113.
    case mixed
    /// Chinese numerals: 三萬七千一百一十三.
    case chinese
    /// English words: twenty-five.
    case words
}

/// A numeral as it stands in a text, before any unit.
struct Numeral: Sendable, Equatable {
    /// Its bytes.
    var range: Range<Int>
    /// Its value; nil when it is too large to be a quantity (a serial number, noise).
    var value: ExactNumber?
    /// The upper value of 三四十 or 七八百.
    var upper: ExactNumber?
    /// How it is written.
    var style: NumeralStyle
    /// Digits of a purely Arabic whole number or of a positional Chinese one; 0 otherwise.
    var digits = 0
    /// True when thousands are separated.
    var isGrouped = false
    /// True when it has a decimal part.
    var hasDecimals = false
    /// True for 二十多萬, 3萬餘: the value is the least.
    var isVague = false
    /// True when what follows 萬 is 10,000 or more (NUM-03).
    var isRemainderTooLarge = false

    /// The value as a whole number.
    var whole: Int? { value?.wholeValue }
}

/// Reads numerals: Arabic, Chinese and mixed.
enum NumeralScanner {
    /// The numeral that begins at byte `index`, as long as it goes; nil when none does.
    ///
    /// Each byte is looked at a bounded number of times, so that a megabyte of digits costs a megabyte of steps.
    ///
    /// With `decimals` false, 點 is never a decimal point: "三點五分" is a time.
    static func numeral(in text: ByteText, at index: Int, decimals: Bool = true) -> Numeral? {
        let first = text.scalar(at: index).value
        if isDigit(first) {
            let arabic = arabicToken(in: text, at: index)
            guard arabic.value != nil, !arabic.isVersion else { return arabic.numeral(from: index) }
            var reader = NumeralReader(text: text, start: index, decimals: decimals)
            return reader.read()
        }
        guard digit(first) != nil || first == ten || first == twenty || first == thirty else { return nil }
        var reader = NumeralReader(text: text, start: index, decimals: decimals)
        return reader.read()
    }

    static let ten: UInt32 = 0x5341
    static let twenty: UInt32 = 0x5EFF
    static let thirty: UInt32 = 0x5345

    static func isDigit(_ value: UInt32) -> Bool { (0x30...0x39).contains(value) }

    /// Value of one Chinese digit, everyday or formal.
    static func digit(_ value: UInt32) -> Int? {
        switch value {
        case 0x96F6, 0x3007, 0x25CB: 0  // 零 〇 ○
        case 0x4E00, 0x58F9: 1  // 一 壹
        case 0x4E8C, 0x8CB3, 0x5169: 2  // 二 貳 兩
        case 0x4E09, 0x53C3: 3  // 三 參
        case 0x56DB, 0x8086: 4  // 四 肆
        case 0x4E94, 0x4F0D: 5  // 五 伍
        case 0x516D, 0x9678: 6  // 六 陸
        case 0x4E03, 0x67D2: 7  // 七 柒
        case 0x516B, 0x634C: 8  // 八 捌
        case 0x4E5D, 0x7396: 9  // 九 玖
        default: nil
        }
    }

    /// Power of ten of a multiplier, everyday or formal.
    static func multiplier(_ value: UInt32) -> Int? {
        switch value {
        case ten, 0x62FE: 10  // 十 拾
        case 0x767E, 0x4F70: 100  // 百 佰
        case 0x5343, 0x4EDF: 1000  // 千 仟
        case 0x842C: 10_000  // 萬
        case 0x5104: 100_000_000  // 億
        case 0x5146: 1_000_000_000_000  // 兆
        default: nil
        }
    }

    /// True for 餘 多 幾 after a numeral.
    static func isVagueMark(_ value: UInt32) -> Bool { value == 0x9918 || value == 0x591A || value == 0x5E7E }

    /// A run of Arabic digits with its grouping and decimals.
    struct ArabicToken {
        var end: Int
        var value: ExactNumber?
        var digits: Int
        var isGrouped = false
        var hasDecimals = false
        /// 1.2.3: several decimal points, so no number.
        var isVersion = false

        func numeral(from start: Int) -> Numeral {
            Numeral(
                range: start..<end, value: isVersion ? nil : value, style: .arabic, digits: digits,
                isGrouped: isGrouped, hasDecimals: hasDecimals)
        }
    }

    /// The Arabic digits at `index`, which must be one.
    static func arabicToken(in text: ByteText, at index: Int) -> ArabicToken {
        var position = index
        var value: Int? = 0
        var digits = 0
        func run(_ limit: Int) -> Int {
            var count = 0
            while count < limit {
                let (scalar, width) = text.scalar(at: position)
                guard isDigit(scalar) else { break }
                value = value.flatMap { shifted($0, adding: Int(scalar - 0x30)) }
                position += width
                count += 1
            }
            return count
        }
        digits = run(.max)
        var token = ArabicToken(end: position, value: nil, digits: digits)
        if digits <= 3 {
            while let next = groupStart(in: text, at: position) {
                position = next
                digits += run(3)
                token.isGrouped = true
            }
        }
        token.digits = digits
        token.value = value.map(ExactNumber.init)
        token.end = position
        readDecimals(into: &token, in: text)
        return token
    }

    /// First digit of a group of exactly three after a separator at `index`.
    private static func groupStart(in text: ByteText, at index: Int) -> Int? {
        let (separator, width) = text.scalar(at: index)
        guard separator == 0x2C else { return nil }
        var position = index + width
        for _ in 0..<3 {
            let (scalar, width) = text.scalar(at: position)
            guard isDigit(scalar) else { return nil }
            position += width
        }
        return isDigit(text.scalar(at: position).value) ? nil : index + width
    }

    private static func readDecimals(into token: inout ArabicToken, in text: ByteText) {
        var points = 0
        var scale = 1
        var whole = token.value?.wholeValue
        var position = token.end
        while true {
            let (point, width) = text.scalar(at: position)
            guard point == 0x2E, isDigit(text.scalar(at: position + width).value) else { break }
            points += 1
            position += width
            while true {
                let (scalar, width) = text.scalar(at: position)
                guard isDigit(scalar) else { break }
                if points == 1 {
                    whole = whole.flatMap { shifted($0, adding: Int(scalar - 0x30)) }
                    scale = scale.multipliedReportingOverflow(by: 10).overflow ? 0 : scale * 10
                }
                position += width
            }
        }
        guard points > 0 else { return }
        token.end = position
        token.hasDecimals = true
        token.isVersion = points > 1
        token.value = whole.flatMap { ExactNumber($0, over: scale) }
    }

    /// `value` × 10 + `digit`, nil when it does not fit.
    static func shifted(_ value: Int, adding digit: Int) -> Int? {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(digit)
        return overflow || carry ? nil : sum
    }
}
