/// Numbers of equal width in bits, low bits first: the body of a block of postings.
enum BitPacking {
    /// Bytes that `count` numbers of `bits` bits take.
    @inline(__always)
    static func byteCount(_ count: Int, bits: Int) -> Int { (count * bits + 7) >> 3 }

    /// Writes `count` numbers, of which each has its low `bits` (0...32) taken.
    static func pack(_ values: UnsafePointer<UInt32>, _ count: Int, bits: Int, into writer: inout ByteWriter) {
        guard bits > 0 else { return }
        let mask: UInt32 = bits == 32 ? .max : 1 << UInt32(bits) &- 1
        writer.append(upTo: byteCount(count, bits: bits)) { room in
            var writer = BitWriter(room)
            for index in 0..<count { writer.put(values[index] & mask, bits) }
            return writer.finish()
        }
    }

    /// Reads `count` numbers of `bits` (0...32) bits.
    ///
    /// The caller has checked that `byteCount` bytes are there and that eight more may be read behind them.
    @inline(__always)
    static func unpack(
        _ source: UnsafeRawPointer, count: Int, bits: Int, into target: UnsafeMutablePointer<UInt32>
    ) {
        guard bits > 0 else { return target.update(repeating: 0, count: count) }
        let mask = UInt64(1) &<< UInt64(bits) &- 1
        var bit = 0
        for index in 0..<count {
            let word = source.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)
            target[index] = UInt32(truncatingIfNeeded: UInt64(littleEndian: word) &>> UInt64(bit & 7) & mask)
            bit += bits
        }
    }

    /// One number of a packed row; as `unpack`.
    @inline(__always)
    static func value(_ source: UnsafeRawPointer, at index: Int, bits: Int) -> UInt32 {
        guard bits > 0 else { return 0 }
        let bit = index * bits
        let word = source.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)
        return UInt32(
            truncatingIfNeeded: UInt64(littleEndian: word) >> UInt64(bit & 7) & (UInt64(1) << UInt64(bits) &- 1))
    }
}
