/// What the rules of wording ask of Chinese text.
enum ChineseText {
    /// Number of characters that count towards the length of a description: everything but white space.
    static func length(_ text: String) -> Int { text.count { !$0.isWhitespace } }

    /// True for a text that is mostly Han characters, so that Chinese punctuation and rules apply.
    static func isChinese(_ text: String) -> Bool {
        var (han, latin) = (0, 0)
        for scalar in text.unicodeScalars {
            if isHan(scalar) { han += 1 } else if isLatin(scalar) { latin += 1 }
        }
        return han * 3 >= latin && han > 0
    }

    static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: true
        default: false
        }
    }

    /// Punctuation beside Han characters in its full width; blanks between Han characters go.
    ///
    /// Marks inside figures, dates and Latin words (1,326; 9:30; 3.5; (AED)) stay as they are, but for brackets, which are wide
    /// in a Chinese sentence whatever they hold.
    static func fullWidth(_ text: String) -> String {
        guard isChinese(text) else { return text }
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let before = index > 0 ? scalars[index - 1] : nil
            let after = index + 1 < scalars.count ? scalars[index + 1] : nil
            if let wide = brackets[scalar] {
                result.append(wide)
            } else if let wide = stops[scalar] {
                let isInside = isFigure(before) && isFigure(after)
                result.append(isInside ? scalar : wide)
            } else if scalar == " " || scalar == "\u{3000}" || scalar == "\t" || scalar == "\n" {
                if isWord(before), isWord(after) { result.append(" ") }
            } else if isWideDigit(scalar), let narrow = Unicode.Scalar(scalar.value - 0xFEE0) {
                result.append(narrow)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Half-width punctuation that stands beside Han characters, with its offset in bytes: what `fullWidth` would change.
    static func halfWidthMarks(in text: String) -> [(offset: Int, mark: Character)] {
        guard isChinese(text) else { return [] }
        let scalars = Array(text.unicodeScalars)
        var found: [(Int, Character)] = []
        var offset = 0
        for (index, scalar) in scalars.enumerated() {
            let before = index > 0 ? scalars[index - 1] : nil
            let after = index + 1 < scalars.count ? scalars[index + 1] : nil
            let isMark = brackets[scalar] != nil || stops[scalar] != nil && !(isFigure(before) && isFigure(after))
            if isMark { found.append((offset, Character(scalar))) }
            offset += String(scalar).utf8.count
        }
        return found
    }

    private static let brackets: [Unicode.Scalar: Unicode.Scalar] = ["(": "（", ")": "）"]
    private static let stops: [Unicode.Scalar: Unicode.Scalar] = [
        ",": "，", ";": "；", ":": "：", "!": "！", "?": "？",
    ]

    private static func isFigure(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return scalar.value < 0x80 && scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value)
            || scalar == " " || scalar == "/"
    }

    /// Letters and digits between which a blank keeps words apart.
    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return scalar.value < 0x2E80 && (scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value))
            || [".", ",", ";", ":", "'", "\""].contains(scalar)
    }

    private static func isWideDigit(_ scalar: Unicode.Scalar) -> Bool { (0xFF10...0xFF19).contains(scalar.value) }
}
