/// Grows a row of the index byte by byte.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    /// Makes room for `count` bytes.
    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// Seven bits a byte, low ones first.
    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func varint(_ value: Int) { varint(UInt64(max(0, value))) }
    mutating func varint(_ value: UInt32) { varint(UInt64(value)) }

    /// Little-endian.
    mutating func fixed<Number: FixedWidthInteger>(_ value: Number) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func raw(_ source: some Sequence<UInt8>) { bytes.append(contentsOf: source) }

    /// Length, then UTF-8.
    mutating func string(_ text: String) {
        varint(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    /// Appends what `body` writes into room for `count` bytes and eight more; it gives the number of bytes.
    @inline(__always)
    mutating func append(upTo count: Int, _ body: (UnsafeMutableRawPointer) -> Int) {
        withUnsafeTemporaryAllocation(byteCount: count + 8, alignment: 8) { room in
            guard let start = room.baseAddress else { return }
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: min(body(start), count)))
        }
    }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Writes `value` over the four bytes at `offset`, which were written before.
    mutating func patch(_ value: UInt32, at offset: Int) {
        for shift in 0..<4 { bytes[offset + shift] = UInt8(truncatingIfNeeded: value >> UInt32(shift * 8)) }
    }
}

/// Reads a row of the index and trusts none of it: every step checks that the bytes are there.
struct ByteReader {
    let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var remaining: Int { bytes.count - offset }

    mutating func byte() throws -> UInt8 {
        guard offset < bytes.count else { throw ArchiveError.damagedIndex("a row is cut short") }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func varint() throws -> UInt64 {
        var (value, shift): (UInt64, UInt64) = (0, 0)
        while true {
            let next = try byte()
            guard shift < 63 || next < 2 else { throw ArchiveError.damagedIndex("a number is too long") }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    /// A number that may not be above `limit`: of bytes, elements, documents.
    mutating func count(upTo limit: Int) throws -> Int {
        let value = try varint()
        guard value <= UInt64(max(0, limit)) else { throw ArchiveError.damagedIndex("a number is too large") }
        return Int(value)
    }

    mutating func fixed<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        let part = try raw(MemoryLayout<Number>.size)
        return Number(littleEndian: part.loadUnaligned(as: Number.self))
    }

    mutating func raw(_ count: Int) throws -> UnsafeRawBufferPointer {
        guard count >= 0, count <= remaining else { throw ArchiveError.damagedIndex("a row is cut short") }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    /// A length and so many bytes; invalid UTF-8 is damage.
    mutating func string() throws -> String {
        let part = try raw(try count(upTo: remaining))
        guard let text = String(validating: part, as: UTF8.self) else {
            throw ArchiveError.damagedIndex("text is not UTF-8")
        }
        return text
    }
}

extension ArchiveError {
    /// Stored postings do not say what they should; the index is derived, so a reindex makes it whole.
    static func damagedIndex(_ detail: String) -> ArchiveError {
        .corrupt(file: LibraryFolder.databaseName, detail: "search index: \(detail)")
    }
}
