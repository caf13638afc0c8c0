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

/// Postings in plain memory, as `PostingList` has them.
struct PostingView {
    var count: Int
    var docs: UnsafePointer<UInt32>
    var weights: UnsafePointer<UInt32>
    /// Nil for terms without positions.
    var counts: UnsafePointer<UInt32>?
    var positions: UnsafePointer<UInt32>
}

extension PostingList {
    func withView<T>(_ body: (PostingView) throws -> T) rethrows -> T {
        try docs.withUnsafeBufferPointer { docs in
            try weights.withUnsafeBufferPointer { weights in
                try counts.withUnsafeBufferPointer { counts in
                    try positions.withUnsafeBufferPointer { positions in
                        // Never read: an empty list has nothing to read.
                        let none = UnsafePointer<UInt32>(bitPattern: 4).unsafelyUnwrapped
                        return try body(
                            PostingView(
                                count: docs.count, docs: docs.baseAddress ?? none, weights: weights.baseAddress ?? none,
                                counts: counts.isEmpty ? nil : counts.baseAddress,
                                positions: positions.baseAddress ?? none))
                    }
                }
            }
        }
    }
}

/// Writes postings as bytes.
///
/// Postings stand in groups of 128. One of 128 is packed: a byte each for the width of its weights and for the best impact
/// in it, the distance from the document before it to its last, less its number, then the documents as `EliasFano`, then the
/// weights less one as `PackedNumbers`. So a reader that does not want a group passes over it unread. Documents count from the
/// one before, the first from the base given. A smaller group, which is always the last of its row, is a `TailGroup`.
///
/// Positions stand apart, in groups of the same postings: of 128 as `FullPlaces` with their bytes before them, of fewer as
/// `TailGroup` has them.
enum PostingEncoder {
    static let groupSize = 128

    /// Appends postings `range` of `list`; gaps count from `base`, which is one below the lowest document possible.
    ///
    /// `best`: the largest share of a term's worth that some postings of the list earn, 0...1. A group that is not the last of
    /// its row has 128 postings.
    /// - Returns: the best of all, as far as it was needed.
    @discardableResult
    static func documents(
        _ list: PostingView, _ range: Range<Int>, base: Int, best share: (PostingView, Range<Int>) -> Float,
        into writer: inout ByteWriter
    ) -> Float {
        var (previous, best): (Int, Float) = (base, 0)
        for start in stride(from: range.lowerBound, to: range.upperBound, by: groupSize) {
            let group = start..<min(start + groupSize, range.upperBound)
            let own = group.count >= TailGroup.ranked ? share(list, group) : 0
            if group.count == groupSize {
                packed(list, group, base: previous, own, &writer)
            } else {
                writer.append(upTo: TailGroup.room(group.count, 0)) { room in
                    var writer = BitWriter(room)
                    TailGroup.writeDocuments(list, group, base: previous, impact: Impact.stored(own), into: &writer)
                    return writer.finish()
                }
            }
            previous = Int(list.docs[group.upperBound - 1])
            best = max(best, own)
        }
        return best
    }

    /// As the other, with the share of each posting.
    @discardableResult
    static func documents(
        _ list: PostingView, _ range: Range<Int>, base: Int, impact: (_ doc: UInt32, _ weight: UInt32) -> Float,
        into writer: inout ByteWriter
    ) -> Float {
        documents(
            list, range, base: base,
            best: { list, group in group.reduce(0) { max($0, impact(list.docs[$1], list.weights[$1])) } }, into: &writer
        )
    }

    private static func packed(
        _ list: PostingView, _ group: Range<Int>, base: Int, _ best: Float, _ writer: inout ByteWriter
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: groupSize) { room in
            guard let weights = room.baseAddress else { return }
            for (place, index) in group.enumerated() { weights[place] = list.weights[index] - 1 }
            let width = PackedNumbers.width(weights, group.count)
            writer.byte(width)
            writer.byte(Impact.stored(best))
            writer.varint(Int(list.docs[group.upperBound - 1]) - base - group.count)
            EliasFano.write(list.docs + group.lowerBound, base: base, into: &writer)
            PackedNumbers.write(weights, group.count, width: width, into: &writer)
        }
    }

    /// Appends the positions of postings `range`, the first of which has its places at `place`; gives the place after the last.
    static func positions(
        _ list: PostingView, _ range: Range<Int>, from place: Int, into writer: inout ByteWriter
    ) -> Int {
        guard let counts = list.counts else { return place }
        var place = place
        for start in stride(from: range.lowerBound, to: range.upperBound, by: groupSize) {
            let group = start..<min(start + groupSize, range.upperBound)
            let total = group.reduce(0) { $0 + Int(counts[$1]) }
            if group.count == groupSize {
                var bytes = ByteWriter()
                bytes.append(upTo: FullPlaces.room(total)) { room in
                    var writer = BitWriter(room)
                    FullPlaces.write(list, counts, group, &place, into: &writer)
                    return writer.finish()
                }
                writer.varint(bytes.bytes.count)
                writer.raw(bytes.bytes)
            } else {
                writer.append(upTo: TailGroup.room(group.count, total)) { room in
                    var writer = BitWriter(room)
                    TailGroup.writePlaces(list, counts, group, &place, into: &writer)
                    return writer.finish()
                }
            }
        }
        return place
    }
}

/// An impact in one byte, never less than it is.
enum Impact {
    static func stored(_ impact: Float) -> UInt8 { UInt8(max(0, min(255, (impact * 255 * 1.000_01).rounded(.up)))) }

    /// The most that a stored impact may stand for.
    @inline(__always)
    static func most(_ stored: UInt8) -> Float { Float(stored) / 255 }
}
