/// Writes numbers of any width, low bits first.
///
/// Memory is the caller's: eight bytes more than what is written must be there.
struct BitWriter {
    private let base: UnsafeMutableRawPointer
    private var offset = 0
    private var pending: UInt64 = 0
    private var pendingBits = 0

    init(_ base: UnsafeMutableRawPointer) { self.base = base }

    /// Writes the low `bits` (0...32) of `value`, whose others are 0.
    @inline(__always)
    mutating func put(_ value: UInt32, _ bits: Int) {
        pending |= UInt64(value) &<< UInt64(pendingBits)
        pendingBits += bits
        guard pendingBits >= 32 else { return }
        base.storeBytes(of: UInt32(truncatingIfNeeded: pending).littleEndian, toByteOffset: offset, as: UInt32.self)
        offset += 4
        pending >>= 32
        pendingBits -= 32
    }

    /// Fills up the last byte; gives the number of bytes.
    mutating func finish() -> Int {
        base.storeBytes(of: pending.littleEndian, toByteOffset: offset, as: UInt64.self)
        offset += (pendingBits + 7) >> 3
        (pending, pendingBits) = (0, 0)
        return offset
    }
}

/// Reads numbers of any width from bytes that are not trusted: what is read behind their end means nothing, and `isBeyond` says
/// so.
struct BitReader {
    private let base: UnsafeRawPointer
    /// Bytes that are there; eight more may be read.
    private let count: Int
    private(set) var bit = 0

    /// `count`: bytes behind `base`, which eight more follow.
    init(_ base: UnsafeRawPointer, count: Int) { (self.base, self.count) = (base, count) }

    /// True when more was read than there is.
    var isBeyond: Bool { bit > count * 8 }
    /// Bytes that were read, the last maybe in part.
    var bytes: Int { (bit + 7) >> 3 }

    /// Goes to a bit that is there.
    mutating func seek(_ bit: Int) { self.bit = bit }

    @inline(__always)
    private func word() -> UInt64 {
        let byte = bit >> 3
        guard byte <= count else { return 0 }
        return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: byte, as: UInt64.self)) &>> UInt64(bit & 7)
    }

    /// The next `bits` (0...32) as a number.
    @inline(__always)
    mutating func take(_ bits: Int) -> UInt32 {
        let value = word() & (1 &<< UInt64(bits) &- 1)
        bit += bits
        return UInt32(truncatingIfNeeded: value)
    }

    /// Number of ones before the next zero, which is passed over too; at most `most`, behind which no zero stands.
    @inline(__always)
    mutating func ones(most: Int) -> Int {
        let ones = min((~word()).trailingZeroBitCount, most)
        bit += ones < most ? ones + 1 : most
        return ones
    }
}

/// Numbers whose size is not known: five bits for their length in bits, then they themselves.
enum WideNumber {
    @inline(__always)
    static func bits(_ value: UInt32) -> Int { 5 + length(value) }

    /// 0...31, so that the value is below 2^31.
    @inline(__always)
    private static func length(_ value: UInt32) -> Int { min(31, 32 - value.leadingZeroBitCount) }

    @inline(__always)
    static func write(_ value: UInt32, into writer: inout BitWriter) {
        let length = length(value)
        writer.put(UInt32(length), 5)
        writer.put(value & 0x7FFF_FFFF, length)
    }

    @inline(__always)
    static func read(_ reader: inout BitReader) -> UInt32 { reader.take(Int(reader.take(5))) }
}

/// Small numbers in a few bits each, with all ones before a wide one that is not so small.
struct ShortNumbers {
    /// 1...15.
    let bits: Int
    private let escape: UInt32

    init(bits: Int) {
        self.bits = bits
        escape = 1 << UInt32(bits) - 1
    }

    @inline(__always)
    func write(_ value: UInt32, into writer: inout BitWriter) {
        writer.put(min(value, escape), bits)
        if value >= escape { WideNumber.write(value - escape, into: &writer) }
    }

    @inline(__always)
    func read(_ reader: inout BitReader) -> UInt32 {
        let value = reader.take(bits)
        return value < escape ? value : value &+ WideNumber.read(&reader)
    }
}
