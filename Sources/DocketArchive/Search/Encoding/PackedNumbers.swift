/// Numbers of one width with the few that are wider behind them (patched frame of reference, Zukowski and others 2006).
///
/// A byte says the width, with a high bit where wider ones follow: their low bits stand with the others, and behind come their
/// number in a byte and, for each, its place in a byte and its high bits as a varint.
enum PackedNumbers {
    private static let hasWider: UInt8 = 0x40

    /// The width byte for `count` numbers, 1...128, that takes the fewest bits.
    static func width(_ values: UnsafePointer<UInt32>, _ count: Int) -> UInt8 {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 33) { lengths in
            lengths.update(repeating: 0)
            var all: UInt32 = 0
            for index in 0..<count {
                all |= values[index]
                lengths[32 - values[index].leadingZeroBitCount] += 1
            }
            return width(lengths, count, widest: 32 - all.leadingZeroBitCount)
        }
    }

    /// `lengths`: how many numbers have each length in bits, 0...32.
    private static func width(_ lengths: UnsafeMutableBufferPointer<Int32>, _ count: Int, widest: Int) -> UInt8 {
        var (best, bestBits) = (widest, count * widest)
        var (width, wider, cost) = (widest, 0, 8)
        while width > 0 {
            // Those that need just `width` bits become too wide; all that are already take a bit more behind.
            wider += Int(lengths[width])
            width -= 1
            guard wider * 4 <= count else { break }
            cost = 8
            for length in width + 1...widest { cost += Int(lengths[length]) * (8 + (length - width + 6) / 7 * 8) }
            if count * width + cost < bestBits { (best, bestBits) = (width, count * width + cost) }
        }
        return UInt8(best) | (best < widest ? hasWider : 0)
    }

    /// Writes what stands behind the width byte.
    static func write(
        _ values: UnsafePointer<UInt32>, _ count: Int, width byte: UInt8, into writer: inout ByteWriter
    ) {
        let bits = Int(byte & 0x3F)
        let mask: UInt32 = bits == 32 ? .max : 1 << UInt32(bits) &- 1
        BitPacking.pack(values, count, bits: bits, into: &writer)
        guard byte & hasWider != 0 else { return }
        writer.byte(UInt8((0..<count).count { values[$0] > mask }))
        for index in 0..<count where values[index] > mask {
            writer.byte(UInt8(index))
            writer.varint(values[index] >> UInt32(bits))
        }
    }

    /// Passes over `count` numbers; everything is checked that `read` relies on.
    static func skim(_ reader: inout ByteReader, _ count: Int, width byte: UInt8, most: Int) throws {
        let bits = Int(byte & 0x3F)
        guard bits <= most, byte & 0x80 == 0 else {
            throw ArchiveError.damagedIndex("a width of numbers is impossible")
        }
        _ = try reader.raw(BitPacking.byteCount(count, bits: bits))
        guard byte & hasWider != 0 else { return }
        for _ in 0..<Int(try reader.byte()) {
            guard Int(try reader.byte()) < count else {
                throw ArchiveError.damagedIndex("a number is out of its group")
            }
            guard try reader.varint() < 1 << UInt64(max(0, most - bits)) else {
                throw ArchiveError.damagedIndex("a number is too wide")
            }
        }
    }

    /// True where single numbers cannot be read without the others.
    @inline(__always) static func isPatched(_ byte: UInt8) -> Bool { byte & hasWider != 0 }

    /// Reads numbers that `skim` has passed over, and maybe eight bytes more; gives the place behind them.
    @inline(__always)
    static func read(
        _ source: UnsafeRawPointer, _ count: Int, width byte: UInt8, into target: UnsafeMutablePointer<UInt32>
    ) -> UnsafeRawPointer {
        let bits = Int(byte & 0x3F)
        BitPacking.unpack(source, count: count, bits: bits, into: target)
        let end = source + BitPacking.byteCount(count, bits: bits)
        return byte & hasWider == 0 ? end : patch(end, UInt32(bits), target)
    }

    private static func patch(
        _ source: UnsafeRawPointer, _ bits: UInt32, _ target: UnsafeMutablePointer<UInt32>
    ) -> UnsafeRawPointer {
        var place = source + 1
        for _ in 0..<source.load(as: UInt8.self) {
            let index = Int(place.load(as: UInt8.self))
            place += 1
            var (high, shift): (UInt32, UInt32) = (0, 0)
            while true {
                let byte = place.load(as: UInt8.self)
                place += 1
                high |= UInt32(byte & 0x7F) << shift
                if byte < 0x80 { break }
                shift += 7
            }
            target[index] |= high << bits
        }
        return place
    }
}
