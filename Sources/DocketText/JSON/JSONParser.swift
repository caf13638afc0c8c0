/// Why bytes are no JSON.
public struct JSONError: Error, Equatable {
    /// What is wrong.
    public enum Problem: Sendable, Equatable {
        case unexpected, endOfInput, tooDeep, tooMany, badString, badNumber, trailing
    }
    /// What is wrong.
    public let problem: Problem
    /// Offset of the first byte that is wrong.
    public let byte: Int
}

/// Reads JSON (RFC 8259) from bytes that nobody vouches for: nesting and the number of values are bounded.
///
/// Ill-formed UTF-8 and lone surrogates in strings become U+FFFD.
public struct JSONParser {
    /// What is read beside RFC 8259.
    public enum Grammar: Sendable {
        /// Nothing.
        case strict
        /// What other programs write: NaN and Infinity, as null, and control characters in strings.
        case lenient
    }

    /// Containers around a value that are read unless more or fewer are asked for.
    public static let usualDepth = 63
    /// Values of one text that are read unless more or fewer are asked for.
    public static let usualValues = 200_000

    private let bytes: UnsafeBufferPointer<UInt8>
    private let depth: Int
    private let grammar: Grammar
    private var left: Int
    private var index: Int

    /// The value that `bytes` hold, nested at most `depth` levels and made of at most `values` values.
    /// - Throws: `JSONError` with the place.
    public static func value(
        of bytes: UnsafeBufferPointer<UInt8>, grammar: Grammar = .strict, depth: Int = usualDepth,
        values: Int = usualValues
    ) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes, from: 0, grammar, depth: depth, values: values)
        let value = try parser.value(0)
        parser.skipBlanks()
        guard parser.index == bytes.count else { throw JSONError(problem: .trailing, byte: parser.index) }
        return value
    }

    /// The one value of a text.
    /// - Throws: `JSONError` with the place.
    public static func value(of bytes: [UInt8]) throws(JSONError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in try value(of: bytes) }
    }

    /// The value that begins at `start`, and where it ends; what follows is not looked at.
    /// - Throws: `JSONError` with the place.
    public static func prefix(of bytes: [UInt8], from start: Int) throws(JSONError) -> (value: JSONValue, end: Int) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            var parser = JSONParser(bytes, from: start, .strict, depth: usualDepth, values: usualValues)
            let value = try parser.value(0)
            return (value, parser.index)
        }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ grammar: Grammar, depth: Int, values: Int) {
        (self.bytes, self.grammar, self.depth) = (bytes, grammar, depth)
        (left, index) = (values, start)
    }

    private mutating func skipBlanks() {
        while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
    }

    private func failure(_ problem: JSONError.Problem) -> JSONError {
        JSONError(problem: index >= bytes.count ? .endOfInput : problem, byte: min(index, bytes.count))
    }

    private mutating func value(_ level: Int) throws(JSONError) -> JSONValue {
        skipBlanks()
        guard index < bytes.count else { throw failure(.endOfInput) }
        guard level <= depth else { throw JSONError(problem: .tooDeep, byte: index) }
        guard left > 0 else { throw JSONError(problem: .tooMany, byte: index) }
        left -= 1
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object(level)
        case UInt8(ascii: "["): return try array(level)
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        // Python writes these for numbers that JSON does not have.
        case UInt8(ascii: "N") where grammar == .lenient: return try word("NaN", .null)
        case UInt8(ascii: "I") where grammar == .lenient: return try word("Infinity", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            guard index < bytes.count, bytes[index] == word.utf8Start[offset] else { throw failure(.unexpected) }
            index += 1
        }
        return value
    }

    private mutating func object(_ level: Int) throws(JSONError) -> JSONValue {
        index += 1
        var members: [String: JSONValue] = [:]
        skipBlanks()
        if take("}") { return .object(members) }
        while true {
            skipBlanks()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw failure(.unexpected) }
            let name = try text()
            skipBlanks()
            guard take(":") else { throw failure(.unexpected) }
            members[name] = try value(level + 1)
            skipBlanks()
            if take("}") { return .object(members) }
            guard take(",") else { throw failure(.unexpected) }
        }
    }

    private mutating func array(_ level: Int) throws(JSONError) -> JSONValue {
        index += 1
        var values: [JSONValue] = []
        skipBlanks()
        if take("]") { return .array(values) }
        while true {
            values.append(try value(level + 1))
            skipBlanks()
            if take("]") { return .array(values) }
            guard take(",") else { throw failure(.unexpected) }
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = index
        let isNegative = take("-")
        if isNegative, grammar == .lenient, index < bytes.count, bytes[index] == UInt8(ascii: "I") {
            return try word("Infinity", .null)
        }
        let leadsWithZero = index < bytes.count && bytes[index] == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0 || isNegative else { throw failure(.unexpected) }
        var isWellFormed = whole > 0 && (!leadsWithZero || whole == 1)
        if take(".") { isWellFormed = digits() > 0 && isWellFormed }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            isWellFormed = digits() > 0 && isWellFormed
        }
        guard isWellFormed, index - start <= 400,
            let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)), value.isFinite
        else {
            // A number that the text ends in is cut, not wrong.
            if index < bytes.count { index = start }
            throw failure(.badNumber)
        }
        return .number(value)
    }

    /// Passes digits and counts them.
    private mutating func digits() -> Int {
        let first = index
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
        return index - first
    }
}

// MARK: Strings

extension JSONParser {
    private mutating func text() throws(JSONError) -> String {
        index += 1
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\") {
            try check(bytes[index])
            index += 1
        }
        guard index < bytes.count else { throw failure(.endOfInput) }
        if bytes[index] == UInt8(ascii: "\"") {
            defer { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        var units = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            try check(byte)
            index += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: units, as: UTF8.self) }
            if byte == UInt8(ascii: "\\") { try escape(into: &units) } else { units.append(byte) }
        }
        throw failure(.endOfInput)
    }

    private func check(_ byte: UInt8) throws(JSONError) {
        if byte < 0x20, grammar == .strict { throw failure(.badString) }
    }

    private mutating func escape(into units: inout [UInt8]) throws(JSONError) {
        guard index < bytes.count else { throw failure(.endOfInput) }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(byte)
        case UInt8(ascii: "b"): units.append(0x08)
        case UInt8(ascii: "f"): units.append(0x0C)
        case UInt8(ascii: "n"): units.append(0x0A)
        case UInt8(ascii: "r"): units.append(0x0D)
        case UInt8(ascii: "t"): units.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try scalar()
            units.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default:
            index -= 1
            throw failure(.badString)
        }
    }

    private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
        let first = try hexadecimal()
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        let saved = index
        if take("\\"), take("u") {
            let second = try hexadecimal()
            if UTF16.isTrailSurrogate(second) {
                let value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF))
                return Unicode.Scalar(value) ?? "\u{FFFD}"
            }
        }
        index = saved
        return "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt16 {
        guard index + 4 <= bytes.count else {
            index = bytes.count
            throw failure(.endOfInput)
        }
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else { throw failure(.badString) }
            value = value << 4 | UInt16(digit)
            index += 1
        }
        return value
    }
}
