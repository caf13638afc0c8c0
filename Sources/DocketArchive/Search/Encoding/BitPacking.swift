/// Numbers of equal width in bits, low bits first: the body of a block of postings.
enum BitPacking {
    /// Bytes that `count` numbers of `bits` bits take.
    @inline(__always)
    static func byteCount(_ count: Int, bits: Int) -> Int { (count * bits + 7) >> 3 }

    /// Bits that the largest of `values` needs, 0 when all are 0.
    static func width(of values: some Sequence<UInt32>) -> Int {
        32 - values.reduce(0, |).leadingZeroBitCount
    }

    static func pack(_ values: some Sequence<UInt32>, bits: Int, into writer: inout ByteWriter) {
        guard bits > 0 else { return }
        var (pending, count): (UInt64, Int) = (0, 0)
        for value in values {
            pending |= UInt64(value) << UInt64(count)
            count += bits
            while count >= 8 {
                writer.byte(UInt8(truncatingIfNeeded: pending))
                pending >>= 8
                count -= 8
            }
        }
        if count > 0 { writer.byte(UInt8(truncatingIfNeeded: pending)) }
    }

    /// Reads `count` numbers of `bits` (0...32) bits.
    ///
    /// The caller has checked that `byteCount` bytes are there and that eight more may be read behind them.
    @inline(__always)
    static func unpack(
        _ source: UnsafeRawPointer, count: Int, bits: Int, into target: UnsafeMutablePointer<UInt32>
    ) {
        guard bits > 0 else { return target.update(repeating: 0, count: count) }
        let mask = UInt64(1) << UInt64(bits) &- 1
        var bit = 0
        for index in 0..<count {
            let word = source.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)
            target[index] = UInt32(truncatingIfNeeded: UInt64(littleEndian: word) >> UInt64(bit & 7) & mask)
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
