/// Postings of one term as they are gathered: documents in order, how much the term weighs in each, and where it stands.
struct PostingList {
    /// Documents, strictly rising, counted from the first document of the segment.
    var docs: [UInt32] = []
    /// Weighted number of occurrences in each document, 1...65,535.
    var weights: [UInt32] = []
    /// Number of positions of each document; empty for terms without positions.
    var counts: [UInt32] = []
    /// Positions of all documents one after the other, rising within a document.
    var positions: [UInt32] = []

    var isEmpty: Bool { docs.isEmpty }

    mutating func removeAll() {
        docs.removeAll(keepingCapacity: true)
        weights.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        positions.removeAll(keepingCapacity: true)
    }

    /// Takes the first `count` postings away.
    mutating func removeFirst(_ count: Int) {
        let places = counts.isEmpty ? 0 : counts.prefix(count).reduce(0) { $0 + Int($1) }
        docs.removeFirst(count)
        weights.removeFirst(count)
        if !counts.isEmpty { counts.removeFirst(count) }
        positions.removeFirst(places)
    }
}

/// Writes postings as bytes.
///
/// Postings stand in groups of 128. A group of 16 or more is packed: a byte each for the width of its document gaps and
/// weights, then the gaps less one, then the weights less one. A smaller group, which is always the last, has a number a
/// posting: the gap less one, shifted, with a low bit that says that the weight less two follows. Gaps count from the
/// document before, the first from the base given. Positions stand apart, in groups of the same postings: packed, widths of
/// counts and places, total, counts less one, then for each document the first place and the gaps less one; in a small
/// group a number a place, shifted, with a low bit that says that another follows.
enum PostingEncoder {
    static let groupSize = 128
    static let smallestPacked = 16

    /// Appends postings `range` of `list`; gaps count from `base`, which is one below the lowest document possible.
    static func documents(_ list: PostingList, _ range: Range<Int>, base: Int, into writer: inout ByteWriter) {
        var previous = base
        for start in stride(from: range.lowerBound, to: range.upperBound, by: groupSize) {
            let group = start..<min(start + groupSize, range.upperBound)
            let gaps = group.map { index in
                defer { previous = Int(list.docs[index]) }
                return UInt32(Int(list.docs[index]) - previous - 1)
            }
            if group.count >= smallestPacked {
                let weights = group.map { list.weights[$0] - 1 }
                let (gapBits, weightBits) = (BitPacking.width(of: gaps), BitPacking.width(of: weights))
                writer.byte(UInt8(gapBits))
                writer.byte(UInt8(weightBits))
                BitPacking.pack(gaps, bits: gapBits, into: &writer)
                BitPacking.pack(weights, bits: weightBits, into: &writer)
            } else {
                for (gap, index) in zip(gaps, group) {
                    let weight = list.weights[index]
                    writer.varint(UInt64(gap) << 1 | (weight > 1 ? 1 : 0))
                    if weight > 1 { writer.varint(weight - 2) }
                }
            }
        }
    }

    /// Appends the positions of postings `range`, the first of which has its places at `place`; gives the place after the last.
    static func positions(
        _ list: PostingList, _ range: Range<Int>, from place: Int, into writer: inout ByteWriter
    ) -> Int {
        guard !list.counts.isEmpty else { return place }
        var place = place
        for start in stride(from: range.lowerBound, to: range.upperBound, by: groupSize) {
            let group = start..<min(start + groupSize, range.upperBound)
            if group.count >= smallestPacked {
                packed(list, group, &place, into: &writer)
            } else {
                small(list, group, &place, into: &writer)
            }
        }
        return place
    }

    private static func packed(
        _ list: PostingList, _ group: Range<Int>, _ place: inout Int, into writer: inout ByteWriter
    ) {
        var gaps: [UInt32] = []
        for index in group {
            var previous: UInt32?
            for position in list.positions[place..<place + Int(list.counts[index])] {
                gaps.append(previous.map { position - $0 - 1 } ?? position)
                previous = position
            }
            place += Int(list.counts[index])
        }
        let counts = group.map { list.counts[$0] - 1 }
        let (countBits, placeBits) = (BitPacking.width(of: counts), BitPacking.width(of: gaps))
        writer.byte(UInt8(countBits))
        writer.byte(UInt8(placeBits))
        writer.varint(gaps.count)
        BitPacking.pack(counts, bits: countBits, into: &writer)
        BitPacking.pack(gaps, bits: placeBits, into: &writer)
    }

    private static func small(
        _ list: PostingList, _ group: Range<Int>, _ place: inout Int, into writer: inout ByteWriter
    ) {
        for index in group {
            let count = Int(list.counts[index])
            var previous: UInt32?
            for (offset, position) in list.positions[place..<place + count].enumerated() {
                let gap = previous.map { position - $0 - 1 } ?? position
                writer.varint(UInt64(gap) << 1 | (offset + 1 < count ? 1 : 0))
                previous = position
            }
            place += count
        }
    }
}
