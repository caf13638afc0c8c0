/// Whole numbers in Chinese numerals: 一百零三, 壹, 二〇二一.
public enum ChineseNumeral {
    /// The value of a text that is one whole Chinese numeral, everyday or formal, with multipliers or digit by digit;
    /// nil for anything else.
    public static func value(of text: some StringProtocol) -> Int? {
        let bytes = ByteText(String(text))
        guard let numeral = NumeralScanner.numeral(in: bytes, at: 0), numeral.style == .chinese,
            numeral.range.upperBound == bytes.count, !numeral.isVague
        else { return nil }
        // "三四" alone is the positional 34, not "three or four".
        if numeral.digits == 2, let low = numeral.whole, let high = numeral.upper?.wholeValue { return low * 10 + high }
        return numeral.upper == nil ? numeral.whole : nil
    }

    /// `number` in Chinese numerals: 一百零三, or 壹佰零參 when `formal`; negative numbers begin with 負.
    public static func string(_ number: Int, formal: Bool = false) -> String {
        guard number != 0 else { return "零" }
        let digits = Array(formal ? "零壹貳參肆伍陸柒捌玖" : "零一二三四五六七八九")
        let small = Array(formal ? "拾佰仟" : "十百千")
        let large = ["", "萬", "億", "兆", "京"]
        var groups: [Int] = []
        var rest = number.magnitude
        while rest > 0 {
            groups.append(Int(rest % 10_000))
            rest /= 10_000
        }
        var result = number < 0 ? "負" : ""
        var needsZero = false
        let signLength = result.count
        for (power, group) in groups.enumerated().reversed() {
            guard group > 0 else {
                needsZero = true
                continue
            }
            if result.count > signLength, needsZero || group < 1000 { result.append("零") }
            result += section(group, digits: digits, small: small) + large[power]
            needsZero = false
        }
        let ten = "\(digits[1])\(small[0])"
        if !formal, result.hasPrefix(ten) { result.removeFirst() }
        return result
    }

    /// One group of up to four digits, without leading zeros.
    private static func section(_ group: Int, digits: [Character], small: [Character]) -> String {
        var result = ""
        var needsZero = false
        for power in [3, 2, 1, 0] {
            let digit = group / [1, 10, 100, 1000][power] % 10
            guard digit > 0 else {
                needsZero = !result.isEmpty
                continue
            }
            if needsZero { result.append(digits[0]) }
            result.append(digits[digit])
            if power > 0 { result.append(small[power - 1]) }
            needsZero = false
        }
        return result
    }
}
