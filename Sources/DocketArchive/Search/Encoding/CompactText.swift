/// Texts in fewer bytes than UTF-8: two for an ideograph, a mark of Chinese punctuation or a full-width letter, one for ASCII.
///
/// A byte below 128 is itself. Two bytes with the high bit set in the first are 15 bits: a place in the blocks below, or, with
/// all bits set, a sign that the UTF-8 of another character follows.
enum CompactText {
    private static let blocks: [(first: UInt32, count: UInt32)] = [
        (0x4E00, 0x5200), (0x3000, 0x400), (0xFF00, 0xF0), (0x2000, 0x700),
    ]
    private static let escape: UInt32 = 0x7FFF

    /// Appends the text, its length in bytes before it.
    static func append(_ text: String, to writer: inout ByteWriter) {
        var bytes = ByteWriter()
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                bytes.byte(UInt8(scalar.value))
            } else if let place = place(scalar.value) {
                bytes.byte(UInt8(truncatingIfNeeded: place >> 8) | 0x80)
                bytes.byte(UInt8(truncatingIfNeeded: place))
            } else {
                bytes.byte(0xFF)
                bytes.byte(0xFF)
                bytes.raw(UTF8.encode(scalar).map(Array.init) ?? [])
            }
        }
        writer.varint(bytes.bytes.count)
        writer.raw(bytes.bytes)
    }

    private static func place(_ code: UInt32) -> UInt32? {
        var first: UInt32 = 0
        for block in blocks {
            if code >= block.first, code < block.first + block.count { return first + code - block.first }
            first += block.count
        }
        return nil
    }

    /// Reads a text and its length.
    /// - Throws: `ArchiveError.corrupt` for bytes that no text is written as.
    static func read(_ reader: inout ByteReader) throws -> String {
        var source = ByteReader(try reader.raw(try reader.count(upTo: reader.remaining)))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.remaining * 3 / 2)
        while source.remaining > 0 {
            let first = try source.byte()
            guard first >= 0x80 else {
                bytes.append(first)
                continue
            }
            let place = UInt32(first & 0x7F) << 8 | UInt32(try source.byte())
            if place == escape {
                let lead = try source.byte()
                bytes.append(lead)
                bytes.append(contentsOf: try source.raw(UTF8Width.of(lead) - 1))
            } else {
                // All blocks lie between U+0800 and U+FFFF, without surrogates: three bytes.
                let code = try code(at: place)
                bytes.append(UInt8(0xE0 | code >> 12))
                bytes.append(UInt8(0x80 | code >> 6 & 0x3F))
                bytes.append(UInt8(0x80 | code & 0x3F))
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ArchiveError.damagedIndex("text is not UTF-8")
        }
        return text
    }

    private static func code(at place: UInt32) throws -> UInt32 {
        var rest = place
        for block in blocks {
            if rest < block.count { return block.first + rest }
            rest -= block.count
        }
        throw ArchiveError.damagedIndex("unknown character of a text")
    }
}
