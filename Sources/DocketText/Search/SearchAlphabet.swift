/// What the tokenizer needs to know of each character, in one look-up: folded bytes and class.
struct SearchAlphabet: Sendable {
    /// The table of the process; takes some milliseconds to make on first use.
    static let shared = SearchAlphabet()

    /// Class of a character after folding.
    enum Class: UInt32 {
        /// Blank, punctuation, symbol: ends runs and words.
        case separator
        /// Ideograph, kana, bopomofo, Hangul: searched by pairs.
        case ideograph
        /// Letter or digit of a script that writes words.
        case letter
        /// Mark that folds to nothing: passed over.
        case dropped
        /// Folds to several characters or lies above U+FFFF: taken the long way.
        case special
    }

    /// One entry for each code point below U+10000: folded UTF-8 in the low 24 bits, first byte lowest; number of bytes in
    /// bits 24–26; bit 28 set where a numeral may begin; class from bit 29.
    let entries: [UInt32]

    @inline(__always) static func bytes(_ entry: UInt32) -> UInt32 { entry & 0xFF_FFFF }
    @inline(__always) static func count(_ entry: UInt32) -> Int { Int(entry >> 24 & 7) }
    @inline(__always) static func mayBeginNumeral(_ entry: UInt32) -> Bool { entry & 1 << 28 != 0 }
    @inline(__always) static func kind(_ entry: UInt32) -> Class { Class(rawValue: entry >> 29) ?? .separator }

    private init() {
        let folding = FoldingTable.shared
        let classes = (0..<UInt32(0x10000)).map(Self.classify)
        let numerals = Set("0123456789〇零一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾佰仟廿卅".unicodeScalars.map(\.value))
        entries = (0..<UInt32(0x10000)).map { code in
            let folded = folding.basic[Int(code)]
            switch folded {
            case FoldingTable.dropped: return Class.dropped.rawValue << 29
            case FoldingTable.expanded: return Class.special.rawValue << 29
            default: break
            }
            let (packed, count) = Self.pack(UInt32(folded))
            let numeral: UInt32 = numerals.contains(UInt32(folded)) ? 1 << 28 : 0
            return packed | UInt32(count) << 24 | numeral | classes[Int(folded)].rawValue << 29
        }
    }

    /// UTF-8 of a code point with its first byte lowest, and the number of bytes.
    @inline(__always)
    static func pack(_ code: UInt32) -> (UInt32, Int) {
        if code < 0x80 { return (code, 1) }
        if code < 0x800 { return (0xC0 | code >> 6 | (0x80 | code & 0x3F) << 8, 2) }
        let tail = (0x80 | code >> 6 & 0x3F) << 8 | (0x80 | code & 0x3F) << 16
        if code < 0x10000 { return (0xE0 | code >> 12 | tail, 3) }
        return (0xF0 | code >> 18 | (0x80 | code >> 12 & 0x3F) << 8 | tail << 8, 4)
    }

    /// Class of one code point as it stands.
    static func classify(_ code: UInt32) -> Class {
        if UTF8Bytes.isHan(code) { return .ideograph }
        switch code {
        case 0x30...0x39, 0x61...0x7A: return .letter
        case ..<0x80: return .separator
        case 0x3040...0x30FF, 0x3105...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF, 0xAC00...0xD7A3, 0x1100...0x11FF:
            return code == 0x30FB || code == 0x30A0 ? .separator : .ideograph
        default:
            guard let scalar = Unicode.Scalar(code) else { return .separator }
            return scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal ? .letter : .separator
        }
    }
}
