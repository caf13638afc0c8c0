import DocketText

/// Cuts a query into words, phrases, operators, brackets and fields; offsets are UTF-8 bytes of the query.
struct QueryLexer {
    struct Token: Equatable {
        enum Kind: Equatable {
            case word(String)
            case phrase(String)
            /// Words that stand near each other, `"A B"~10`.
            case near(String, distance: Int)
            /// A word that may go on, `metada*`.
            case prefix(String)
            case field(String, value: String, valueOffset: Int)
            case and, or, not, open, close
        }
        var kind: Kind
        var offset: Int
    }

    /// Longest query in bytes, and most tokens in it.
    static let longest = 16_384
    static let mostTokens = 512

    private let scalars: [Unicode.Scalar]
    private let offsets: [Int]
    private var index = 0

    init(_ text: String) throws {
        guard text.utf8.count <= Self.longest else {
            throw ArchiveError.badQuery(at: Self.longest, "超過 \(Self.longest) 位元組", "longer than \(Self.longest) bytes")
        }
        scalars = Array(text.unicodeScalars)
        var offset = 0
        offsets = text.unicodeScalars.map { scalar in
            defer { offset += UTF8.width(scalar) }
            return offset
        }
    }

    mutating func tokens() throws -> [Token] {
        var tokens: [Token] = []
        while index < scalars.count {
            guard tokens.count < Self.mostTokens else {
                throw ArchiveError.badQuery(
                    at: offsets[index], "超過 \(Self.mostTokens) 個詞", "more than \(Self.mostTokens) words")
            }
            if Self.isBlank(scalars[index]) {
                index += 1
            } else {
                tokens.append(try next())
            }
        }
        return tokens
    }

    private mutating func next() throws -> Token {
        let (scalar, offset) = (scalars[index], offsets[index])
        switch scalar {
        case "(", "（":
            index += 1
            return Token(kind: .open, offset: offset)
        case ")", "）":
            index += 1
            return Token(kind: .close, offset: offset)
        case "-" where index + 1 < scalars.count && !Self.isBlank(scalars[index + 1]) && !isDigit(index + 1):
            index += 1
            return Token(kind: .not, offset: offset)
        default: break
        }
        if let closing = Self.closing[scalar] {
            let text = try quoted(until: closing)
            guard index < scalars.count, scalars[index] == "~" || scalars[index] == "～" else {
                return Token(kind: .phrase(text), offset: offset)
            }
            return Token(kind: .near(text, distance: try distance()), offset: offset)
        }
        return try word(offset)
    }

    /// A quoted text whose opening mark is at `index`.
    private mutating func quoted(until closing: Set<Unicode.Scalar>) throws -> String {
        let start = index
        index += 1
        while index < scalars.count, !closing.contains(scalars[index]) { index += 1 }
        guard index < scalars.count else {
            throw ArchiveError.badQuery(at: offsets[start], "引號不成對", "quotation mark without its pair")
        }
        defer { index += 1 }
        return text(start + 1..<index)
    }

    /// Farthest that words may stand apart.
    static let farthest = 1_000

    /// The number behind "~", which is at `index`.
    private mutating func distance() throws -> Int {
        let start = index
        index += 1
        var number = 0
        while index < scalars.count, isDigit(index), number <= Self.farthest {
            number = number * 10 + Int(scalars[index].value - 0x30)
            index += 1
        }
        guard (1...Self.farthest).contains(number), index == scalars.count || ends(index) else {
            throw ArchiveError.badQuery(
                at: offsets[start], "~ 後面要有 1 到 \(Self.farthest) 的數字", "~ needs a number from 1 to \(Self.farthest)")
        }
        return number
    }

    /// A word up to a blank, bracket or quotation mark; a field where a known name and a colon begin it.
    private mutating func word(_ offset: Int) throws -> Token {
        let start = index
        while index < scalars.count, !ends(index) {
            if scalars[index] == ":" || scalars[index] == "：", QueryField(name: text(start..<index)) != nil {
                return try field(text(start..<index), offset)
            }
            index += 1
        }
        let word = text(start..<index)
        switch word {
        case "AND": return Token(kind: .and, offset: offset)
        case "OR": return Token(kind: .or, offset: offset)
        case "NOT": return Token(kind: .not, offset: offset)
        default: break
        }
        guard let last = word.unicodeScalars.last, last == "*" || last == "＊", word.unicodeScalars.count > 1 else {
            return Token(kind: .word(word), offset: offset)
        }
        let stem = String(word.unicodeScalars.dropLast())
        // One ideograph begins words enough; one letter begins too many.
        guard Folding.key(stem).utf8.count >= 2 else {
            throw ArchiveError.badQuery(at: offset, "* 前面至少要有兩個字", "* needs two characters before it")
        }
        return Token(kind: .prefix(stem), offset: offset)
    }

    private mutating func field(_ name: String, _ offset: Int) throws -> Token {
        index += 1
        guard index < scalars.count, !Self.isBlank(scalars[index]) else {
            throw ArchiveError.badQuery(at: offset, "\(name): 沒有值", "\(name): has no value")
        }
        let valueOffset = offsets[index]
        if let closing = Self.closing[scalars[index]] {
            return Token(
                kind: .field(name, value: try quoted(until: closing), valueOffset: valueOffset), offset: offset)
        }
        let start = index
        while index < scalars.count, !ends(index) { index += 1 }
        guard index > start else {
            throw ArchiveError.badQuery(at: valueOffset, "\(name): 沒有值", "\(name): has no value")
        }
        return Token(kind: .field(name, value: text(start..<index), valueOffset: valueOffset), offset: offset)
    }

    private func ends(_ index: Int) -> Bool {
        let scalar = scalars[index]
        return Self.isBlank(scalar) || "()（）".unicodeScalars.contains(scalar) || Self.closing[scalar] != nil
    }

    private func isDigit(_ index: Int) -> Bool { (0x30...0x39).contains(scalars[index].value) }

    private func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }

    private static let closing: [Unicode.Scalar: Set<Unicode.Scalar>] = [
        "\"": ["\""], "“": ["”", "“"], "”": ["”", "“"], "＂": ["＂"], "「": ["」"], "『": ["』"], "《": ["》"],
    ]

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
}
