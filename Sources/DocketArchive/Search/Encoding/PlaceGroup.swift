/// The positions of one group of postings.
enum PlaceGroup {
    /// Reads a group and hands over its places, those of a posting rising, one posting after the other.
    ///
    /// The counts of `room` have the number of places of each posting by then: together as many as there are places. Weights,
    /// and the counts of a last group, are known from its documents. Eight bytes more than those of the reader must be there.
    static func read(
        _ reader: inout ByteReader, _ count: Int, _ room: PostingDecoder.Room,
        _ body: (UnsafeBufferPointer<UInt32>) throws -> Void
    ) throws {
        guard let bytes = reader.bytes.baseAddress else { throw ArchiveError.damagedIndex("a row is cut short") }
        guard count == PostingEncoder.groupSize else {
            var bits = BitReader(bytes + reader.offset, count: reader.remaining)
            // Every place takes a bit at least.
            let most = reader.remaining * 8 + count
            try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: most) { places in
                var found = 0
                try TailGroup.readPlaces(&bits, count, weights: room.weights, counts: room.counts) { _, _, place in
                    guard found < most else { return }
                    places[found] = place
                    found += 1
                }
                try body(UnsafeBufferPointer(rebasing: places[..<found]))
            }
            _ = try reader.raw(bits.bytes)
            return
        }
        let size = try reader.count(upTo: reader.remaining)
        let source = bytes + reader.offset
        _ = try reader.raw(size)
        try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: size * 8 + PostingEncoder.groupSize) { places in
            guard let start = places.baseAddress else { return }
            let found = try FullPlaces.read(
                source, bytes: size, weights: room.weights, counts: room.counts, into: start)
            try body(UnsafeBufferPointer(start: start, count: found))
        }
    }

    /// Passes over a group of 128.
    static func skip(_ reader: inout ByteReader) throws {
        _ = try reader.raw(try reader.count(upTo: reader.remaining))
    }
}

/// The places of 128 postings, bit by bit: four bits for the width of most, one that says whether all numbers of places are
/// told, then the postings.
///
/// A posting of weight 1 has one place and does not say so; for others a bit says whether there are more, and how many. The first
/// place of one of weight 2, mostly a word of a title, takes two bits less; further places are gaps less one.
enum FullPlaces {
    /// Bytes that `total` places take at most.
    static func room(_ total: Int) -> Int { 8 + PostingEncoder.groupSize * 6 + total * 8 }

    static func write(
        _ list: PostingView, _ counts: UnsafePointer<UInt32>, _ range: Range<Int>, _ place: inout Int,
        into writer: inout BitWriter
    ) {
        let bits = TailGroup.width(list, counts, range, place)
        let isTold = range.contains { list.weights[$0] == 1 && counts[$0] != 1 }
        writer.put(UInt32(bits), 4)
        writer.put(isTold ? 1 : 0, 1)
        let (body, title) = (ShortNumbers(bits: bits), ShortNumbers(bits: max(1, bits - 2)))
        for index in range {
            let count = Int(counts[index])
            if isTold || list.weights[index] > 1 {
                writer.put(count == 1 ? 0 : 1, 1)
                if count != 1 { WideNumber.write(counts[index], into: &writer) }
            }
            guard count > 0 else { continue }
            (count == 1 && list.weights[index] == 2 ? title : body).write(list.positions[place], into: &writer)
            for next in place + 1..<max(place + 1, place + count) {
                body.write(list.positions[next] - list.positions[next - 1] - 1, into: &writer)
            }
            place += count
        }
    }

    /// Reads what `write` wrote; `counts` gets the number of places of each posting, `places`, with room for one for each bit and
    /// each posting, the places.
    /// - Returns: their number.
    /// - Throws: `ArchiveError.corrupt` where more is asked for than there is.
    static func read(
        _ source: UnsafeRawPointer, bytes: Int, weights: UnsafePointer<UInt32>, counts: UnsafeMutablePointer<UInt32>,
        into places: UnsafeMutablePointer<UInt32>
    ) throws -> Int {
        var reader = BitReader(source, count: bytes)
        let bits = max(1, Int(reader.take(4)))
        let isTold = reader.take(1) != 0
        let (others, title) = (ShortNumbers(bits: bits), ShortNumbers(bits: max(1, bits - 2)))
        let (end, slow) = (bytes * 8, isTold)
        let (wide, narrow) = (UInt64(1) &<< UInt64(bits) &- 1, UInt64(1) &<< UInt64(title.bits) &- 1)
        var (bit, found) = (reader.bit, 0)
        for index in 0..<PostingEncoder.groupSize {
            guard bit <= end else { throw ArchiveError.damagedIndex("a row is cut short") }
            let word =
                UInt64(littleEndian: source.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
                &>> UInt64(bit & 7)
            let weight = weights[index]
            // One place in few bits, which nearly all have: without a question where the weight is 1.
            let asks: UInt64 = weight > 1 ? 1 : 0
            let isTitle = weight == 2
            let mask = isTitle ? narrow : wide
            let value = word &>> asks & mask
            if !slow, word & asks == 0, value != mask {
                counts[index] = 1
                places[found] = UInt32(truncatingIfNeeded: value)
                found &+= 1
                bit &+= Int(asks) &+ (isTitle ? title.bits : bits)
                continue
            }
            reader.seek(bit)
            var number = 1
            if isTold || weight > 1, reader.take(1) != 0 { number = Int(WideNumber.read(&reader)) }
            counts[index] = UInt32(number)
            var place: UInt32 = 0
            for step in 0..<number {
                let next = (step == 0 && number == 1 && isTitle ? title : others).read(&reader)
                place = step == 0 ? next : place &+ next &+ 1
                guard !reader.isBeyond else { throw ArchiveError.damagedIndex("a row is cut short") }
                places[found] = place
                found += 1
            }
            bit = reader.bit
        }
        guard bit <= end else { throw ArchiveError.damagedIndex("a row is cut short") }
        return found
    }
}
