import DocketCore

/// Clock-like times of transcripts: "00:01:02.500", "1:02", "00:01:02,500".
enum SpokenTime {
    /// Milliseconds of a time; nil for anything else.
    ///
    /// Hours are optional, a fraction may have one to nine digits.
    static func milliseconds(_ text: some StringProtocol) -> Int? {
        let fields = Substring(text).split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(fields.count) else { return nil }
        var total = 0
        for field in fields.dropLast() {
            guard let value = digits(field), value <= 9999 else { return nil }
            total = total * 60 + value
        }
        let parts = fields[fields.count - 1].split(separator: ".", omittingEmptySubsequences: false)
            .flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        guard let first = parts.first, parts.count <= 2, let seconds = digits(first), seconds < 60 else { return nil }
        total = (total * 60 + seconds) * 1000
        guard parts.count == 2 else { return total }
        guard (1...9).contains(parts[1].utf8.count), digits(parts[1]) != nil else { return nil }
        let padded = parts[1].prefix(3) + String(repeating: "0", count: max(0, 3 - parts[1].count))
        return total + (Int(padded) ?? 0)
    }

    private static func digits(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    /// A time at the start of `line`, bare or in brackets, and what follows it.
    static func leading(_ line: Substring) -> (milliseconds: Int, rest: Substring)? {
        let isBracketed = line.first == "[" || line.first == "(" || line.first == "【"
        let body = isBracketed ? line.dropFirst() : line
        let clock = body.prefix { $0.isASCII && ($0.isNumber || ":.,".contains($0)) }
        guard clock.contains(":"), let time = milliseconds(clock) else { return nil }
        var rest = body[clock.endIndex...]
        if isBracketed {
            guard let close = rest.first, "])】".contains(close) else { return nil }
            rest = rest.dropFirst()
        } else if let next = rest.first, !next.isWhitespace {
            return nil
        }
        return (time, rest.trimmed)
    }

    /// A time at the end of `line`, and the name before it: "王小明  0:03".
    static func trailing(_ line: Substring) -> (name: Substring, milliseconds: Int)? {
        guard let blank = line.lastIndex(where: \.isWhitespace) else { return nil }
        let name = line[..<blank].trimmed
        guard let time = milliseconds(line[line.index(after: blank)...].trimmed), !name.isEmpty, name.count <= 40,
            !name.contains("："), !name.contains(":")
        else { return nil }
        return (name, time)
    }
}
