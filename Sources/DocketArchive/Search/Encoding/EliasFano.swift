/// The documents of a group of 128, as Elias and Fano wrote rising numbers (Vigna 2013, "Quasi-succinct indices", section 3).
///
/// Each document is counted from the first that it could be, so that the numbers rise and may be equal, and the largest is
/// known from the group's header. Of each number some low bits stand as they are; how much the rest grows stands behind
/// them in zeros before a one: half a bit more than gaps must take, and read without a branch.
enum EliasFano {
    static let count = PostingEncoder.groupSize

    /// Low bits of each number, where the largest is `most`.
    @inline(__always)
    static func lowBits(most: Int) -> Int {
        most >= count ? Int.bitWidth - 1 - (most / count).leadingZeroBitCount : 0
    }

    @inline(__always)
    private static func highBytes(most: Int, low: Int) -> Int { (count + most >> low + 7) >> 3 }

    /// Bytes of a group.
    @inline(__always)
    static func byteCount(most: Int) -> Int {
        let low = lowBits(most: most)
        return count * low / 8 + highBytes(most: most, low: low)
    }

    /// Appends the group of documents that begins at `docs`; `base` is one below the first possible.
    static func write(_ docs: UnsafePointer<UInt32>, base: Int, into writer: inout ByteWriter) {
        let most = Int(docs[count - 1]) - base - count
        let low = lowBits(most: most)
        let bytes = byteCount(most: most)
        writer.append(upTo: bytes) { room in
            var bits = BitWriter(room)
            let mask: UInt32 = 1 << UInt32(low) - 1
            for index in 0..<count { bits.put(UInt32(Int(docs[index]) - base - 1 - index) & mask, low) }
            let start = bits.finish()
            let high = room + start
            UnsafeMutableRawBufferPointer(start: high, count: bytes - start).initializeMemory(
                as: UInt8.self, repeating: 0)
            for index in 0..<count {
                let place = (Int(docs[index]) - base - 1 - index) >> low + index
                let byte = high.load(fromByteOffset: place >> 3, as: UInt8.self)
                high.storeBytes(of: byte | 1 << UInt8(place & 7), toByteOffset: place >> 3, as: UInt8.self)
            }
            return bytes
        }
    }

    /// Reads a group of `byteCount(most:)` bytes, which eight more follow, the last of whose documents is `last`; gives the
    /// place behind it.
    /// - Throws: `ArchiveError.corrupt` where documents do not rise to the last.
    @inline(__always)
    static func read(
        _ source: UnsafeRawPointer, base: Int, last: Int, into docs: UnsafeMutablePointer<UInt32>
    ) throws -> UnsafeRawPointer {
        let most = last - base - count
        let low = lowBits(most: most)
        BitPacking.unpack(source, count: count, bits: low, into: docs)
        let high = source + count * low / 8
        let bytes = highBytes(most: most, low: low)
        let shift = UInt32(truncatingIfNeeded: low)
        // The first document possible for each number, which the next add to.
        var first = UInt32(truncatingIfNeeded: base + 1)
        var (index, offset) = (0, 0)
        while index < count, offset < bytes {
            var word = UInt64(littleEndian: high.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            // What stands behind the group is another's.
            if bytes - offset < 8 { word &= 1 &<< UInt64((bytes - offset) * 8) &- 1 }
            let found = min(word.nonzeroBitCount, count - index)
            let start = UInt32(truncatingIfNeeded: offset * 8 - index)
            for step in 0..<found {
                let ones = UInt32(truncatingIfNeeded: word.trailingZeroBitCount)
                word &= word &- 1
                let rest = (start &+ ones &- UInt32(truncatingIfNeeded: step)) &<< shift
                docs[index &+ step] = first &+ (rest | docs[index &+ step])
                first &+= 1
            }
            index += found
            offset += 8
        }
        // Documents rise to the last, so that none is behind it.
        var falls: UInt32 = Int(docs[0]) > base ? 0 : 1
        for index in 1..<count { falls |= docs[index] > docs[index &- 1] ? 0 : 1 }
        guard index == count, falls == 0, Int(docs[count - 1]) == last else {
            throw ArchiveError.damagedIndex("documents of a group do not add up")
        }
        return high + bytes
    }
}
