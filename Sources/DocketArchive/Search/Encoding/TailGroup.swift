/// The last group of a row, of fewer than 128 postings, bit by bit: nearly all terms have no other.
///
/// Documents: five bits for the parameter of a Rice code (Rice and Plaunt 1971), eight for the best impact where there are
/// sixteen postings or more, then a posting after the other: the gap less one, its high part in ones and a zero, twelve ones
/// before a wide one; and what it weighs: 0 for one place of weight 1, 10 for one of weight 2, 11 and both numbers for others.
///
/// Places: four bits for the width of most, then for each posting its first place, of two bits less where it weighs 2, as a
/// title's words do, and the gaps to the others less one.
enum TailGroup {
    /// Postings from which on the best impact is stored.
    static let ranked = 16
    private static let mostOnes = 12
    private static let (single, double, other): (UInt8, UInt8, UInt8) = (0, 1, 2)

    /// What is known of a group.
    struct Header {
        var last: Int
        var impact: UInt8
        /// Bytes it takes.
        var bytes: Int
    }

    /// Bytes that documents and places of `count` postings with `total` places take at most.
    static func room(_ count: Int, _ total: Int) -> Int { 32 + count * 28 + total * 8 }

    // MARK: - Documents

    static func writeDocuments(
        _ list: PostingView, _ range: Range<Int>, base: Int, impact: UInt8, into writer: inout BitWriter
    ) {
        let parameter = parameter(list, range, base: base)
        writer.put(UInt32(parameter), 5)
        if range.count >= ranked { writer.put(UInt32(impact), 8) }
        var previous = base
        let low: UInt32 = 1 << UInt32(parameter) - 1
        for index in range {
            let doc = Int(list.docs[index])
            let gap = UInt32(doc - previous - 1)
            previous = doc
            let high = Int(gap >> UInt32(parameter))
            if high < mostOnes {
                writer.put(1 << UInt32(high) - 1, high + 1)
                writer.put(gap & low, parameter)
            } else {
                writer.put(1 << UInt32(mostOnes) - 1, mostOnes)
                WideNumber.write(gap, into: &writer)
            }
            let (weight, count) = (list.weights[index], list.counts.map { $0[index] } ?? 1)
            if count == 1, weight <= 2 {
                writer.put(weight - 1, Int(weight))
            } else {
                writer.put(3, 2)
                WideNumber.write(weight - 1, into: &writer)
                WideNumber.write(count - 1, into: &writer)
            }
        }
    }

    /// The parameter that takes about the fewest bits.
    private static func parameter(_ list: PostingView, _ range: Range<Int>, base: Int) -> Int {
        let span = Int(list.docs[range.upperBound - 1]) - base
        let mean = max(1, span / range.count)
        // The best for gaps that know nothing of one another is 0.69 of the mean.
        var parameter = max(0, Int.bitWidth - 1 - (mean * 7 / 10).leadingZeroBitCount)
        guard range.count > 1 else { return parameter }
        var cost = cost(list, range, base, parameter)
        while parameter > 0 {
            let less = self.cost(list, range, base, parameter - 1)
            if less >= cost { break }
            (parameter, cost) = (parameter - 1, less)
        }
        return parameter
    }

    private static func cost(_ list: PostingView, _ range: Range<Int>, _ base: Int, _ parameter: Int) -> Int {
        var (previous, cost) = (base, 0)
        for index in range {
            let gap = UInt32(Int(list.docs[index]) - previous - 1)
            previous = Int(list.docs[index])
            let high = Int(gap >> UInt32(parameter))
            cost += high < mostOnes ? high + 1 + parameter : mostOnes + WideNumber.bits(gap)
        }
        return cost
    }

    /// Reads `count` postings; `counts` gets the number of places of each.
    /// - Throws: `ArchiveError.corrupt` where a document is not below `limit`, or more is asked for than there is.
    @inline(__always)
    static func readDocuments(
        _ reader: inout BitReader, _ count: Int, base: Int, limit: Int, docs: UnsafeMutablePointer<UInt32>,
        weights: UnsafeMutablePointer<UInt32>, counts: UnsafeMutablePointer<UInt32>
    ) throws -> Header {
        let parameter = Int(reader.take(5))
        let impact = count >= ranked ? UInt8(truncatingIfNeeded: reader.take(8)) : 255
        var previous = base
        for index in 0..<count {
            let high = reader.ones(most: mostOnes)
            let gap =
                high < mostOnes
                ? Int(high) << parameter | Int(reader.take(parameter)) : Int(WideNumber.read(&reader))
            previous += gap + 1
            // Overflow is out of the question: 127 gaps below 2^36.
            docs[index] = UInt32(truncatingIfNeeded: previous)
            if reader.take(1) == 0 {
                (weights[index], counts[index]) = (1, 1)
            } else if reader.take(1) == 0 {
                (weights[index], counts[index]) = (2, 1)
            } else {
                weights[index] = min(WideNumber.read(&reader), 65_534) + 1
                counts[index] = WideNumber.read(&reader) &+ 1
            }
        }
        guard previous < limit else {
            throw ArchiveError.damagedIndex("a posting names a document out of its segment")
        }
        guard !reader.isBeyond else { throw ArchiveError.damagedIndex("a row is cut short") }
        return Header(last: previous, impact: impact, bytes: reader.bytes)
    }

    // MARK: - Places

    /// Writes the places of postings `range`, the first of which are at `place` of the list.
    static func writePlaces(
        _ list: PostingView, _ counts: UnsafePointer<UInt32>, _ range: Range<Int>, _ place: inout Int,
        into writer: inout BitWriter
    ) {
        let bits = width(list, counts, range, place)
        writer.put(UInt32(bits), 4)
        let (body, title) = (ShortNumbers(bits: bits), ShortNumbers(bits: max(1, bits - 2)))
        for index in range {
            let count = Int(counts[index])
            let first = count == 1 && list.weights[index] == 2 ? title : body
            first.write(list.positions[place], into: &writer)
            for next in place + 1..<max(place + 1, place + count) {
                body.write(list.positions[next] - list.positions[next - 1] - 1, into: &writer)
            }
            place += count
        }
    }

    /// The width, 1...15, with which places take the fewest bits.
    static func width(
        _ list: PostingView, _ counts: UnsafePointer<UInt32>, _ range: Range<Int>, _ place: Int
    ) -> Int {
        // Where there are few, the width that most short texts want.
        guard range.count >= 8 else { return 8 }
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 33) { lengths in
            lengths.update(repeating: 0)
            var next = place
            for index in range {
                let isTitle = counts[index] == 1 && list.weights[index] == 2
                let value = list.positions[next] &+ 1
                lengths[min(32, 32 - value.leadingZeroBitCount + (isTitle ? 2 : 0))] += 1
                next += Int(counts[index])
            }
            var (best, bestCost) = (15, Int.max)
            var wide = 0
            for length in 17...32 { wide += Int(lengths[length]) * (5 + length) }
            for bits in stride(from: 15, through: 1, by: -1) {
                wide += Int(lengths[bits + 1]) * (6 + bits)
                let cost = range.count * bits + wide
                if cost < bestCost { (best, bestCost) = (bits, cost) }
            }
            return best
        }
    }

    /// Reads the places of `count` postings, of which `weights` and `counts` are known.
    ///
    /// `body` gets each place, rising, with its posting and its number there.
    /// - Throws: `ArchiveError.corrupt` where more is asked for than there is.
    @inline(__always)
    static func readPlaces(
        _ reader: inout BitReader, _ count: Int, weights: UnsafePointer<UInt32>, counts: UnsafePointer<UInt32>,
        _ body: (_ index: Int, _ number: Int, _ place: UInt32) -> Void
    ) throws {
        let bits = Int(reader.take(4))
        let (others, title) = (ShortNumbers(bits: max(1, bits)), ShortNumbers(bits: max(1, bits - 2)))
        for index in 0..<count {
            let number = Int(counts[index])
            var place = (number == 1 && weights[index] == 2 ? title : others).read(&reader)
            body(index, 0, place)
            for next in 1..<max(1, number) {
                place = place &+ others.read(&reader) &+ 1
                guard !reader.isBeyond else { throw ArchiveError.damagedIndex("a row is cut short") }
                body(index, next, place)
            }
        }
        guard !reader.isBeyond else { throw ArchiveError.damagedIndex("a row is cut short") }
    }
}
