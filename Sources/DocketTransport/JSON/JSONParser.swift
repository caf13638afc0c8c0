/// Reads JSON (RFC 8259) from bytes that nobody vouches for: depth and the number of values are bounded.
struct JSONParser {
    /// Levels of nesting.
    static let depth = 64
    /// Values of one text.
    static let values = 200_000

    struct Malformed: Error, Equatable {
        /// Byte at which it cannot go on.
        var offset: Int
    }

    private let bytes: [UInt8]
    private var index: Int
    private var count = 0

    private init(_ bytes: [UInt8], from start: Int) { (self.bytes, index) = (bytes, start) }

    /// The one value of a text.
    static func value(of bytes: [UInt8]) throws(Malformed) -> JSONValue {
        var parser = JSONParser(bytes, from: 0)
        let value = try parser.value(depth: 0)
        parser.skipBlanks()
        guard parser.index == bytes.count else { throw parser.malformed }
        return value
    }

    /// The value that begins at `start`, and where it ends; what follows is not looked at.
    static func prefix(of bytes: [UInt8], from start: Int) throws(Malformed) -> (value: JSONValue, end: Int) {
        var parser = JSONParser(bytes, from: start)
        let value = try parser.value(depth: 0)
        return (value, parser.index)
    }

    private var malformed: Malformed { Malformed(offset: index) }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipBlanks() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func value(depth: Int) throws(Malformed) -> JSONValue {
        skipBlanks()
        count += 1
        guard depth < Self.depth, count <= Self.values, let byte else { throw malformed }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Malformed) -> JSONValue {
        let end = index + word.utf8.count
        guard end <= bytes.count, bytes[index..<end].elementsEqual(word.utf8) else { throw malformed }
        index = end
        return value
    }

    private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard byte == UInt8(ascii: wanted) else { return false }
        index += 1
        return true
    }

    private mutating func object(depth: Int) throws(Malformed) -> JSONValue {
        index += 1
        var members: [String: JSONValue] = [:]
        if take("}") { return .object(members) }
        while true {
            skipBlanks()
            guard byte == UInt8(ascii: "\"") else { throw malformed }
            let key = try string()
            guard take(":") else { throw malformed }
            members[key] = try value(depth: depth + 1)
            if take("}") { return .object(members) }
            guard take(",") else { throw malformed }
        }
    }

    private mutating func array(depth: Int) throws(Malformed) -> JSONValue {
        index += 1
        var elements: [JSONValue] = []
        if take("]") { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            if take("]") { return .array(elements) }
            guard take(",") else { throw malformed }
        }
    }

    private mutating func number() throws(Malformed) -> JSONValue {
        let start = index
        func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } ?? false }
        func digits(_ parser: inout JSONParser) -> Int {
            let first = parser.index
            while isDigit(parser.byte) { parser.index += 1 }
            return parser.index - first
        }
        if byte == UInt8(ascii: "-") { index += 1 }
        let leadsWithZero = byte == UInt8(ascii: "0")
        let whole = digits(&self)
        guard whole > 0, !leadsWithZero || whole == 1 else { throw malformed }
        if byte == UInt8(ascii: ".") {
            index += 1
            guard digits(&self) > 0 else { throw malformed }
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            index += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { index += 1 }
            guard digits(&self) > 0 else { throw malformed }
        }
        guard let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)), value.isFinite else {
            throw malformed
        }
        return .number(value)
    }

    private mutating func string() throws(Malformed) -> String {
        index += 1
        var text: [UInt8] = []
        while let byte {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                // Bytes that are no UTF-8 become U+FFFD.
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                index += 1
                try escape(into: &text)
            case ..<0x20: throw malformed
            default:
                text.append(byte)
                index += 1
            }
        }
        throw malformed
    }

    private mutating func escape(into text: inout [UInt8]) throws(Malformed) {
        guard let byte else { throw malformed }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"):
            var code = UInt32(try unit())
            if (0xD800..<0xDC00).contains(code), index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
                bytes[index + 1] == UInt8(ascii: "u")
            {
                let back = index
                index += 2
                let low = UInt32(try unit())
                if (0xDC00..<0xE000).contains(low) {
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                } else {
                    index = back
                }
            }
            text += Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
        default: throw malformed
        }
    }

    private mutating func unit() throws(Malformed) -> UInt16 {
        guard index + 4 <= bytes.count,
            bytes[index..<index + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt16(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw malformed }
        index += 4
        return value
    }
}
