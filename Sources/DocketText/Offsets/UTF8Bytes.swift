/// Reading and writing of single characters in UTF-8 bytes that are known to be valid.
enum UTF8Bytes {
    /// Number of bytes of the character that begins with `first`; 1 for a stray continuation byte.
    @inline(__always)
    static func width(_ first: UInt8) -> Int {
        if first < 0xC0 { return 1 }
        if first < 0xE0 { return 2 }
        return first < 0xF0 ? 3 : 4
    }

    /// The code point at `index` and its width; the text there must be whole.
    @inline(__always)
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (code: UInt32, width: Int) {
        let first = bytes[index]
        if first < 0x80 { return (UInt32(first), 1) }
        if first < 0xE0 { return (UInt32(first & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F), 2) }
        let second = UInt32(bytes[index + 1] & 0x3F)
        let third = UInt32(bytes[index + 2] & 0x3F)
        if first < 0xF0 { return (UInt32(first & 0x0F) << 12 | second << 6 | third, 3) }
        return (UInt32(first & 0x07) << 18 | second << 12 | third << 6 | UInt32(bytes[index + 3] & 0x3F), 4)
    }

    /// The character that ends before `index`: its code point and start; (0, 0) at the start of the text.
    @inline(__always)
    static func decode(before index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> (code: UInt32, start: Int) {
        guard index > 0 else { return (0, 0) }
        var start = index - 1
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return (decode(bytes, start).code, start)
    }

    /// Appends one code point.
    @inline(__always)
    static func append(_ code: UInt32, to output: inout [UInt8]) {
        if code < 0x80 {
            output.append(UInt8(truncatingIfNeeded: code))
        } else if code < 0x800 {
            output.append(0xC0 | UInt8(truncatingIfNeeded: code >> 6))
            output.append(0x80 | UInt8(truncatingIfNeeded: code & 0x3F))
        } else if code < 0x10000 {
            output.append(0xE0 | UInt8(truncatingIfNeeded: code >> 12))
            output.append(0x80 | UInt8(truncatingIfNeeded: code >> 6 & 0x3F))
            output.append(0x80 | UInt8(truncatingIfNeeded: code & 0x3F))
        } else {
            output.append(0xF0 | UInt8(truncatingIfNeeded: code >> 18))
            output.append(0x80 | UInt8(truncatingIfNeeded: code >> 12 & 0x3F))
            output.append(0x80 | UInt8(truncatingIfNeeded: code >> 6 & 0x3F))
            output.append(0x80 | UInt8(truncatingIfNeeded: code & 0x3F))
        }
    }

    /// True for an ideograph, in the private area too, where Big5 systems keep characters of their own (造字).
    @inline(__always)
    static func isHan(_ code: UInt32) -> Bool {
        if code < 0x3400 { return code == 0x3007 || code == 0x3005 || (0x2E80...0x2FDF).contains(code) }
        return code <= 0x4DBF || (0x4E00...0x9FFF).contains(code) || (0xE000...0xFAFF).contains(code)
            || (0x20000...0x3FFFF).contains(code)
    }

    /// Calls `body` with the bytes of `text`, without a copy where the string allows it.
    @inline(__always)
    static func with<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var text = text
        return text.withUTF8(body)
    }

    /// The text of a byte range on character boundaries.
    @inline(__always)
    static func string(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
}
