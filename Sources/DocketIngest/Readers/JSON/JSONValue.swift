import DocketCore

/// A JSON value as read from hostile input.
enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    /// Members in order; of equal names the last counts.
    case object([String: JSONValue])

    subscript(key: String) -> JSONValue? { if case .object(let members) = self { members[key] } else { nil } }

    var string: String? { if case .string(let value) = self { value } else { nil } }
    var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    var object: [String: JSONValue]? { if case .object(let value) = self { value } else { nil } }

    /// A number, or a string that holds one: some servers write durations as strings.
    var number: Double? {
        switch self {
        case .number(let value): value.isFinite ? value : nil
        case .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }

    /// A label that may be written as a string or a number; null and other values are nil.
    var label: String? {
        switch self {
        case .string(let text): text
        case .number(let value): Int(exactly: value).map(String.init) ?? String(value)
        default: nil
        }
    }

    /// Strings of an array, or one string as an array of itself.
    var strings: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let values): values.compactMap(\.label)
        default: []
        }
    }
}

/// Why bytes are no JSON.
struct JSONError: Error, Equatable {
    enum Problem: Equatable { case unexpected, endOfInput, tooDeep, tooMany, badString, badNumber, trailing }
    let problem: Problem
    /// Offset of the first byte that is wrong.
    let byte: Int
}

/// Reads JSON (RFC 8259) from UTF-8 bytes with a limit on nesting.
///
/// Ill-formed UTF-8 and lone surrogates in strings become U+FFFD.
struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let depth: Int
    private var left: Int
    private var index = 0

    /// The value that `bytes` hold, nested at most `depth` levels and made of at most `values` values.
    static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, depth: Int, values: Int = .max
    ) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes: bytes, depth: depth, values: values)
        let value = try parser.value(0)
        parser.skipBlanks()
        guard parser.index == bytes.count else { throw JSONError(problem: .trailing, byte: parser.index) }
        return value
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, depth: Int, values: Int) {
        self.bytes = bytes
        self.depth = depth
        left = values
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
        case UInt8(ascii: "N"): return try word("NaN", .null)
        case UInt8(ascii: "I"): return try word("Infinity", .null)
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
        while index < bytes.count, [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(bytes[index]) || isDigit(bytes[index]) {
            index += 1
        }
        if index == start + 1, bytes[start] == UInt8(ascii: "-"), index < bytes.count, bytes[index] == UInt8(ascii: "I")
        {
            return try word("Infinity", .null)
        }
        guard index > start, index - start <= 400,
            let value = Double(String(decoding: bytes[start..<index], as: UTF8.self))
        else {
            index = start
            throw failure(
                index < bytes.count && (isDigit(bytes[index]) || bytes[index] == 0x2D) ? .badNumber : .unexpected)
        }
        return .number(value)
    }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

// MARK: Strings

extension JSONParser {
    private mutating func text() throws(JSONError) -> String {
        index += 1
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\") { index += 1 }
        guard index < bytes.count else { throw failure(.endOfInput) }
        if bytes[index] == UInt8(ascii: "\"") {
            defer { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        var units = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: units, as: UTF8.self) }
            if byte == UInt8(ascii: "\\") { try escape(into: &units) } else { units.append(byte) }
        }
        throw failure(.endOfInput)
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

extension JSONError {
    /// The error of a whole file or of one line of it.
    func ingestError(_ fileName: String, format: String, line: Int?, limits: ReaderLimits) -> IngestError {
        let place = IngestError.Place(line: line, byte: byte)
        switch problem {
        case .endOfInput: return .truncated(file: fileName, format: format, place: place)
        case .tooDeep:
            return .limitExceeded(file: fileName, limit: .jsonDepth, value: limits.jsonDepth, place: place)
        case .tooMany:
            return .limitExceeded(file: fileName, limit: .jsonValues, value: limits.jsonValues, place: place)
        case .unexpected:
            return .malformed(
                file: fileName, format: format, place: place,
                problem: .init(zhHant: "出現不該有的字元", en: "unexpected character"))
        case .badString:
            return .malformed(
                file: fileName, format: format, place: place,
                problem: .init(zhHant: "字串跳脫錯誤", en: "bad escape in a string"))
        case .badNumber:
            return .malformed(
                file: fileName, format: format, place: place, problem: .init(zhHant: "數字格式錯誤", en: "bad number"))
        case .trailing:
            return .malformed(
                file: fileName, format: format, place: place,
                problem: .init(zhHant: "結尾後還有內容", en: "more after the end of the value"))
        }
    }
}
