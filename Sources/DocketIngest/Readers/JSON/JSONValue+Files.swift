internal import DocketCore
internal import DocketText

// What files of other programs need beyond JSON itself.

extension JSONValue {
    /// A number, or a string that holds one: some servers write durations as strings.
    var figure: Double? {
        switch self {
        case .number(let value): value
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
