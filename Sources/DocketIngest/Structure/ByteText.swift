/// A string with its UTF-8 bytes at hand, for scanners that step by byte offset.
///
/// All offsets are UTF-8 byte offsets into `string`; every range that is returned lies on character boundaries when the
/// range given does.
struct ByteText: Sendable {
    let string: String
    let bytes: [UInt8]

    init(_ string: String) {
        self.string = string
        bytes = Array(string.utf8)
    }

    var count: Int { bytes.count }

    /// The words of `range`.
    func words(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The scalar that starts at `offset` and the offset after it; nil at or beyond `end`.
    func scalar(at offset: Int, before end: Int) -> (value: UInt32, next: Int)? {
        guard offset < end else { return nil }
        let lead = bytes[offset]
        if lead < 0x80 { return (UInt32(lead), offset + 1) }
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard offset + length <= end else { return (0xFFFD, end) }
        var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
        for step in 1..<length { value = value << 6 | UInt32(bytes[offset + step] & 0x3F) }
        return (value, offset + length)
    }

    /// The scalar that ends at `offset` and the offset it starts at; nil at or before `start`.
    func scalar(endingAt offset: Int, after start: Int) -> (value: UInt32, start: Int)? {
        guard offset > start else { return nil }
        var first = offset - 1
        while first > start, bytes[first] & 0xC0 == 0x80 { first -= 1 }
        guard let found = scalar(at: first, before: offset) else { return nil }
        return (found.value, first)
    }

    /// True when `needle` stands at `offset` and ends by `end`.
    func has(_ needle: Needle, at offset: Int, before end: Int) -> Bool {
        let length = needle.bytes.count
        guard offset >= 0, offset + length <= end else { return false }
        for step in 0..<length where bytes[offset + step] != needle.bytes[step] { return false }
        return true
    }

    /// True when `range` ends with `needle`.
    func ends(_ range: Range<Int>, with needle: Needle) -> Bool {
        has(needle, at: range.upperBound - needle.bytes.count, before: range.upperBound)
            && range.count >= needle.bytes.count
    }

    /// Start of the first `needle` in `range`.
    func first(_ needle: Needle, in range: Range<Int>) -> Int? {
        guard let head = needle.bytes.first, range.count >= needle.bytes.count else { return nil }
        var offset = range.lowerBound
        let last = range.upperBound - needle.bytes.count
        while offset <= last {
            if bytes[offset] == head, has(needle, at: offset, before: range.upperBound) { return offset }
            offset += 1
        }
        return nil
    }

    /// `range` without blanks and line breaks at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while let next = scalar(at: start, before: end), Blank.contains(next.value) { start = next.next }
        while let previous = scalar(endingAt: end, after: start), Blank.contains(previous.value) {
            end = previous.start
        }
        return start..<end
    }

    /// Offset of the first non-blank in `range`, or its end.
    func afterBlanks(_ range: Range<Int>) -> Int {
        var start = range.lowerBound
        while let next = scalar(at: start, before: range.upperBound), Blank.contains(next.value) { start = next.next }
        return start
    }

    /// Ranges of the lines without their line breaks; LF, CR and CR LF end a line.
    func lines() -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        var offset = 0
        while offset < bytes.count {
            if bytes[offset] == 0x0A || bytes[offset] == 0x0D {
                lines.append(start..<offset)
                if bytes[offset] == 0x0D, offset + 1 < bytes.count, bytes[offset + 1] == 0x0A { offset += 1 }
                start = offset + 1
            }
            offset += 1
        }
        if start < bytes.count { lines.append(start..<bytes.count) }
        return lines
    }

    /// Parts of `range` between the scalars for which `isSeparator` holds, trimmed, empty ones left out; a separator
    /// inside round brackets does not count.
    func parts(_ range: Range<Int>, where isSeparator: (UInt32) -> Bool) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        var offset = range.lowerBound
        var depth = 0
        while let next = scalar(at: offset, before: range.upperBound) {
            if Bracket.opening.contains(next.value) { depth += 1 }
            if Bracket.closing.contains(next.value) { depth = max(0, depth - 1) }
            if depth == 0, isSeparator(next.value) {
                let part = trimmed(start..<offset)
                if !part.isEmpty { parts.append(part) }
                start = next.next
            }
            offset = next.next
        }
        let part = trimmed(start..<range.upperBound)
        if !part.isEmpty { parts.append(part) }
        return parts
    }
}

/// A literal as bytes, made once.
struct Needle: Sendable, ExpressibleByStringLiteral {
    let bytes: [UInt8]

    init(stringLiteral value: String) { bytes = Array(value.utf8) }

    init(_ value: String) { bytes = Array(value.utf8) }
}

/// Blanks between words and around lines.
enum Blank {
    static func contains(_ value: UInt32) -> Bool {
        switch value {
        case 0x20, 0x09, 0x0A, 0x0D, 0x0B, 0x0C, 0xA0, 0x3000, 0x2002...0x200B, 0xFEFF: true
        default: false
        }
    }
}

/// Round brackets of both widths.
enum Bracket {
    static let opening: Set<UInt32> = [0x28, 0xFF08]
    static let closing: Set<UInt32> = [0x29, 0xFF09]
}

/// Ends of sentences and of things that introduce a list.
enum Stop {
    static let sentence: Set<UInt32> = [0x3002, 0xFF01, 0xFF1F, 0xFF1B, 0x21, 0x3F, 0x3B]
    static let colon: Set<UInt32> = [0xFF1A, 0x3A]
}
