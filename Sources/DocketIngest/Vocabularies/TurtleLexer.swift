import DocketCore

/// The words of Turtle: names, strings, numbers, and what stands between them.
struct TurtleLexer {
    private let bytes: [UInt8]
    let fileName: String
    private(set) var offset = 0
    /// Line from 1.
    private(set) var line = 1
    private var lineStart = 0

    init(_ bytes: [UInt8], fileName: String) {
        self.bytes = bytes
        self.fileName = fileName
    }

    // MARK: - Places

    /// Where the reading stands.
    var place: IngestError.Place {
        let characters = bytes[lineStart..<offset].count { $0 & 0xC0 != 0x80 }
        return .init(line: line, column: characters + 1)
    }

    func fault(_ zhHant: String, _ en: String) -> IngestError {
        offset >= bytes.count
            ? .truncated(file: fileName, format: "Turtle", place: place)
            : .malformed(
                file: fileName, format: "Turtle", place: place, problem: LocalizedText(zhHant: zhHant, en: en))
    }

    // MARK: - Bytes

    /// The next byte, 0 at the end; the text holds no other 0.
    var peek: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    private func byte(_ ahead: Int) -> UInt8 { offset + ahead < bytes.count ? bytes[offset + ahead] : 0 }

    private mutating func advance() {
        if bytes[offset] == 0x0A {
            line += 1
            lineStart = offset + 1
        }
        offset += 1
    }

    /// True when only space is left; passes over it.
    mutating func isAtEnd() throws(IngestError) -> Bool {
        try skipSpace()
        return offset >= bytes.count
    }

    /// Passes over white space and comments.
    mutating func skipSpace() throws(IngestError) {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: advance()
            case UInt8(ascii: "#"): while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
            default: return
            }
        }
    }

    mutating func skip(_ character: Character) -> Bool {
        guard offset < bytes.count, character.asciiValue == bytes[offset] else { return false }
        offset += 1
        return true
    }

    mutating func expect(_ character: Character) throws(IngestError) {
        try skipSpace()
        guard skip(character) else { throw fault("此處應為「\(character)」", "\"\(character)\" is missing here") }
    }

    /// Passes over `@prefix` or `@base`.
    mutating func skip(directive: StaticString) -> Bool {
        let count = directive.utf8CodeUnitCount
        guard matches(directive, ignoringCase: false), Self.isSpace(byte(count)) || byte(count) == 0x3C else {
            return false
        }
        offset += count
        return true
    }

    /// Passes over `PREFIX` or `BASE` of SPARQL, in either case.
    mutating func skip(keyword: StaticString) -> Bool {
        let count = keyword.utf8CodeUnitCount
        guard matches(keyword, ignoringCase: true), Self.isSpace(byte(count)) else { return false }
        offset += count
        return true
    }

    /// Passes over `word` where it stands alone.
    mutating func skip(word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard matches(word, ignoringCase: false) else { return false }
        let next = byte(count)
        // A full stop ends a word only where no name goes on behind it.
        let isAlone = next == UInt8(ascii: ".") ? !Self.isName(byte(count + 1)) : !Self.isName(next)
        guard isAlone, next != UInt8(ascii: ":") else { return false }
        offset += count
        return true
    }

    private func matches(_ word: StaticString, ignoringCase: Bool) -> Bool {
        let count = word.utf8CodeUnitCount
        guard bytes.count - offset >= count else { return false }
        return word.withUTF8Buffer { wanted in
            for index in 0..<count {
                let found = bytes[offset + index]
                guard wanted[index] == (ignoringCase && (0x41...0x5A).contains(found) ? found | 0x20 : found) else {
                    return false
                }
            }
            return true
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// True inside names, but for the full stop; other scripts are not told apart.
    static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
            true
        default: false
        }
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    // MARK: - Names

    /// `<…>` without its brackets, escapes undone.
    mutating func iri() throws(IngestError) -> String {
        guard skip("<") else { throw fault("此處應為識別碼", "an IRI is missing here") }
        var part = Part(from: offset)
        while peek != UInt8(ascii: ">") {
            if peek == UInt8(ascii: "\\") {
                part.take(bytes, to: offset)
                offset += 1
                try appendCodePoint(to: &part.words)
                part.start = offset
                continue
            }
            guard offset < bytes.count, !IRI.isForbidden(peek) else {
                throw fault("識別碼含不允許的字元", "an IRI holds a character that it may not")
            }
            offset += 1
        }
        defer { offset += 1 }
        return part.text(bytes, to: offset)
    }

    /// The name before a colon, the colon passed over; may be empty.
    mutating func prefix() throws(IngestError) -> String {
        let start = offset
        while Self.isName(peek) || (peek == UInt8(ascii: ".") && Self.isName(byte(1))) { offset += 1 }
        let name = text(start..<offset)
        guard skip(":") else { throw fault("此處應為名稱或識別碼", "a name or IRI is missing here") }
        return name
    }

    /// `prefix:local`, escapes of the local part undone.
    mutating func prefixedName() throws(IngestError) -> (prefix: String, local: String) {
        let prefix = try prefix()
        var part = Part(from: offset)
        while true {
            let next = peek
            if next == UInt8(ascii: "\\") {
                guard "_~.-!$&'()*+,;=/?#@%".utf8.contains(byte(1)) else {
                    throw fault("名稱的跳脫字元有誤", "a name has an escape that does not exist")
                }
                part.take(bytes, to: offset)
                part.start = offset + 1
                offset += 2
                continue
            }
            let goesOn =
                Self.isName(next) || next == UInt8(ascii: ":") || next == UInt8(ascii: "%")
                || (next == UInt8(ascii: ".") && continuesAfterStops)
            guard goesOn else { break }
            offset += 1
        }
        return (prefix, part.text(bytes, to: offset))
    }

    /// True when a name goes on behind the full stops here, of which no name has more than eight in a row.
    private var continuesAfterStops: Bool {
        var ahead = 1
        while byte(ahead) == UInt8(ascii: "."), ahead < 8 { ahead += 1 }
        let next = byte(ahead)
        return Self.isName(next) || next == UInt8(ascii: ":") || next == UInt8(ascii: "%")
    }

    /// Passes over `_:name`; false when something else stands here.
    mutating func skipBlankNode() throws(IngestError) -> Bool {
        guard peek == UInt8(ascii: "_"), byte(1) == UInt8(ascii: ":") else { return false }
        offset += 2
        guard Self.isName(peek) else { throw fault("匿名節點沒有名稱", "a blank node lacks its name") }
        while Self.isName(peek) || (peek == UInt8(ascii: ".") && Self.isName(byte(1))) { offset += 1 }
        return true
    }

    /// The tag behind `@`.
    mutating func language() throws(IngestError) -> String {
        let start = offset
        while Self.isName(peek), peek < 0x80, peek != UInt8(ascii: "_") { offset += 1 }
        guard offset > start else { throw fault("語言標記空白", "a language tag is empty") }
        return text(start..<offset)
    }

    // MARK: - Literals

    /// A number as written; nil when something else stands here.
    mutating func number() throws(IngestError) -> String? {
        let start = offset
        var ahead = 0
        if [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte(ahead)) { ahead += 1 }
        let isNumber =
            Self.isDigit(byte(ahead)) || (byte(ahead) == UInt8(ascii: ".") && Self.isDigit(byte(ahead + 1)))
        guard isNumber else {
            guard ahead == 0 else { throw fault("數字不完整", "a number without digits") }
            return nil
        }
        offset += ahead
        while Self.isDigit(peek) { offset += 1 }
        if peek == UInt8(ascii: "."), Self.isDigit(byte(1)) {
            offset += 1
            while Self.isDigit(peek) { offset += 1 }
        }
        if peek | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(peek) { offset += 1 }
            guard Self.isDigit(peek) else { throw fault("數字的指數不完整", "a number without digits in its exponent") }
            while Self.isDigit(peek) { offset += 1 }
        }
        return text(start..<offset)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// A string in single or triple quotation marks of either kind, escapes undone.
    mutating func string() throws(IngestError) -> String {
        let quote = peek
        offset += 1
        let isLong = peek == quote && byte(1) == quote
        if isLong {
            offset += 2
        } else if peek == quote {
            offset += 1
            return ""
        }
        var part = Part(from: offset)
        while true {
            guard offset < bytes.count else { throw fault("", "") }
            let next = bytes[offset]
            if next == quote, !isLong || (byte(1) == quote && byte(2) == quote) { break }
            if next == UInt8(ascii: "\\") {
                part.take(bytes, to: offset)
                offset += 1
                try appendEscape(to: &part.words)
                part.start = offset
                continue
            }
            guard isLong || next != 0x0A else { throw fault("字串未結束", "a string does not end on its line") }
            advance()
        }
        defer { offset += isLong ? 3 : 1 }
        return part.text(bytes, to: offset)
    }

    /// What stands behind a backslash in a string.
    private mutating func appendEscape(to words: inout [UInt8]) throws(IngestError) {
        let meaning: UInt8
        switch peek {
        case UInt8(ascii: "t"): meaning = 0x09
        case UInt8(ascii: "b"): meaning = 0x08
        case UInt8(ascii: "n"): meaning = 0x0A
        case UInt8(ascii: "r"): meaning = 0x0D
        case UInt8(ascii: "f"): meaning = 0x0C
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): meaning = peek
        default: return try appendCodePoint(to: &words)
        }
        words.append(meaning)
        offset += 1
    }

    /// `uXXXX` or `UXXXXXXXX`.
    private mutating func appendCodePoint(to words: inout [UInt8]) throws(IngestError) {
        let count = peek == UInt8(ascii: "u") ? 4 : peek == UInt8(ascii: "U") ? 8 : 0
        let end = offset + 1 + count
        guard count > 0, end <= bytes.count, bytes[(offset + 1)..<end].allSatisfy({ Self.isHexadecimal($0) }),
            let code = UInt32(text((offset + 1)..<end), radix: 16), let scalar = Unicode.Scalar(code)
        else { throw fault("跳脫字元有誤", "an escape that does not exist") }
        words.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        offset = end
    }

    /// A word that may hold escapes: what stands between them is taken as it is.
    private struct Part {
        /// What escapes left, and what stood before them.
        var words: [UInt8] = []
        /// Where the piece behind the last escape starts.
        var start: Int

        init(from start: Int) { self.start = start }

        mutating func take(_ bytes: [UInt8], to end: Int) { words.append(contentsOf: bytes[start..<end]) }

        func text(_ bytes: [UInt8], to end: Int) -> String {
            words.isEmpty
                ? String(decoding: bytes[start..<end], as: UTF8.self)
                : String(decoding: words + bytes[start..<end], as: UTF8.self)
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
