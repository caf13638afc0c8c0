/// A stretch between two punctuation marks.
struct Clause: Sendable, Equatable {
    /// Bytes in the text it was cut from, spaces at both ends left out.
    var range: Range<Int>
    /// The words with the mark that closes them.
    var text: String
    /// True when the mark ends a sentence.
    var endsSentence: Bool
}

/// Cuts texts at punctuation, on UTF-8 bytes.
enum Clauses {
    /// Clauses of Chinese text: at 。！？；, at commas, colons and … that do not stand between digits, and at line breaks.
    static func chinese(_ text: String) -> [Clause] {
        let bytes = Array(text.utf8)
        var clauses: [Clause] = []
        var start = 0
        var index = 0
        var depth = 0
        func close(_ end: Int, sentence: Bool) {
            append(bytes, start..<end, sentence: sentence, to: &clauses)
            start = end
        }
        while index < bytes.count {
            let mark = Mark(bytes, at: index)
            index += mark.length
            switch mark.kind {
            case .open: depth += 1
            case .close: depth = max(0, depth - 1)
            case .sentence where depth == 0 || mark.isLineBreak:
                depth = 0
                while index < bytes.count, Mark(bytes, at: index).closesSentence {
                    index += Mark(bytes, at: index).length
                }
                close(index, sentence: true)
            case .clause where depth == 0 && !isBetweenDigits(bytes, index - mark.length, mark.length):
                close(index, sentence: false)
            default: break
            }
            // An unclosed bracket must not swallow the text.
            if depth > 0, index - start > 600 { depth = 0 }
        }
        close(bytes.count, sentence: true)
        return clauses
    }

    /// Sentences of English text, cut at line breaks and at the marks that end one before a space or the end.
    static func english(_ text: String) -> [Clause] {
        let bytes = Array(text.utf8)
        var clauses: [Clause] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            let ends: Bool
            switch byte {
            case 0x0A: ends = true
            case UInt8(ascii: "?"), UInt8(ascii: "!"): ends = true
            case UInt8(ascii: "."): ends = isEnglishFullStop(bytes, index - 1)
            default: ends = false
            }
            guard ends else { continue }
            while index < bytes.count, isTrailing(bytes[index]) { index += 1 }
            append(bytes, start..<index, sentence: true, to: &clauses)
            start = index
        }
        append(bytes, start..<bytes.count, sentence: true, to: &clauses)
        return clauses
    }

    private static func append(_ bytes: [UInt8], _ range: Range<Int>, sentence: Bool, to clauses: inout [Clause]) {
        var (lower, upper) = (range.lowerBound, range.upperBound)
        while lower < upper, isSpace(bytes[lower]) { lower += 1 }
        while upper > lower, isSpace(bytes[upper - 1]) { upper -= 1 }
        guard lower < upper else {
            if sentence, let last = clauses.indices.last { clauses[last].endsSentence = true }
            return
        }
        clauses.append(
            Clause(
                range: lower..<upper, text: String(decoding: bytes[lower..<upper], as: UTF8.self),
                endsSentence: sentence))
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func isTrailing(_ byte: UInt8) -> Bool {
        [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "?"), UInt8(ascii: "!")].contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isBetweenDigits(_ bytes: [UInt8], _ index: Int, _ length: Int) -> Bool {
        length == 1 && index > 0 && index + 1 < bytes.count && isDigit(bytes[index - 1]) && isDigit(bytes[index + 1])
    }

    /// False for decimals, single initials and the usual abbreviations before a full stop.
    private static func isEnglishFullStop(_ bytes: [UInt8], _ index: Int) -> Bool {
        if index + 1 < bytes.count, !isSpace(bytes[index + 1]), !isTrailing(bytes[index + 1]) { return false }
        var start = index
        while start > 0, !isSpace(bytes[start - 1]) { start -= 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
        if word.utf8.count == 1, word != "i" { return false }
        return !abbreviations.contains(word)
    }

    private static let abbreviations: Set<String> = [
        "mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "etc", "e.g", "i.e", "inc", "ltd", "jr", "sr", "dept", "fig",
        "vol", "approx",
    ]
}

/// A punctuation mark of Chinese or Latin text at a byte.
private struct Mark {
    enum Kind { case none, clause, sentence, open, close }
    var kind: Kind
    var length: Int
    var isLineBreak = false

    /// Marks that still belong to a sentence that has just ended.
    var closesSentence: Bool { !isLineBreak && (kind == .sentence || kind == .close) }

    init(_ bytes: [UInt8], at index: Int) {
        let byte = bytes[index]
        if byte < 0x80 {
            length = 1
            switch byte {
            case 0x0A:
                kind = .sentence
                isLineBreak = true
            case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"): kind = .sentence
            case UInt8(ascii: ","), UInt8(ascii: ":"): kind = .clause
            case UInt8(ascii: "("): kind = .open
            case UInt8(ascii: ")"): kind = .close
            default: kind = .none
            }
            return
        }
        length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        length = min(length, bytes.count - index)
        kind = .none
        guard length == 3 else { return }
        switch UInt32(byte) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) {
        case 0xE38082, 0xEFBC81, 0xEFBC9F, 0xEFBC9B: kind = .sentence  // 。 ！ ？ ；
        case 0xEFBC8C, 0xEFBC9A, 0xE280A6: kind = .clause  // ， ： …
        case 0xE3808C, 0xE3808E, 0xEFBC88, 0xE3808A: kind = .open  // 「 『 （ 《
        case 0xE3808D, 0xE3808F, 0xEFBC89, 0xE3808B: kind = .close  // 」 』 ） 》
        default: break
        }
    }
}
