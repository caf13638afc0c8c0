/// Walks over the postings of a term in the order of documents, reading only the groups that are asked for.
///
/// Plain memory without ownership, so that the inner loops count no references: `PostingCursors` frees it and keeps the
/// postings alive.
struct PostingCursor {
    private let groups: UnsafeBufferPointer<PostingGroup>
    private let bytes: UnsafeRawPointer
    /// Number of postings in the list.
    let total: Int
    /// The group at hand; `groups.count` behind the last.
    private(set) var group = 0
    /// The group whose documents were read last, -1 for none.
    private var readGroup = -1
    private var weightsGroup = -1
    /// Where the weights of the group read last begin.
    private var weightBytes: UnsafeRawPointer
    /// Documents and weights of the group read last; behind them is room for as many numbers.
    let docs: UnsafeMutablePointer<UInt32>
    let weights: UnsafeMutablePointer<UInt32>
    /// Postings in the group at hand, when it was read.
    private(set) var count = 0
    /// The posting at hand in the group.
    var place = 0

    init(_ list: TermPostings, room: UnsafeMutablePointer<UInt32>) {
        (groups, bytes, total) = (list.groups, list.bytes, list.count)
        weightBytes = bytes
        (docs, weights) = (room, room + PostingEncoder.groupSize)
    }

    @inline(__always) var isAtEnd: Bool { group >= groups.count }
    @inline(__always) var lastOfGroup: Int { Int(groups[group].last) }
    @inline(__always) var baseOfGroup: Int { Int(groups[group].base) }
    @inline(__always) var impactOfGroup: UInt8 { groups[group].impact }

    /// Goes on to the next group without reading it.
    @inline(__always)
    mutating func nextGroup() {
        group += 1
        place = 0
    }

    /// Goes to the first group that ends at `doc` or behind it, without reading it; false behind the last.
    @inline(__always)
    mutating func skip(to doc: Int) -> Bool {
        if group < groups.count, Int(groups[group].last) >= doc { return true }
        return gallop(to: doc)
    }

    private mutating func gallop(to doc: Int) -> Bool {
        var (low, step) = (group, 1)
        while low + step < groups.count, Int(groups[low + step].last) < doc {
            low += step
            step *= 2
        }
        var high = min(low + step, groups.count)
        // The group at `low` ends before `doc`, the one at `high` does not or is behind the last.
        while low + 1 < high {
            let middle = (low + high) / 2
            if Int(groups[middle].last) < doc { low = middle } else { high = middle }
        }
        (group, place) = (high, 0)
        return group < groups.count
    }

    /// The best impact of groups that overlap the documents from the group at hand up to `end`.
    @inline(__always)
    func impact(upTo end: Int) -> UInt8 {
        var (best, index): (UInt8, Int) = (0, group)
        while index < groups.count, Int(groups[index].base) < end {
            best = max(best, groups[index].impact)
            if Int(groups[index].last) >= end { break }
            index += 1
        }
        return best
    }

    /// Goes to the first posting at `doc` or behind it; true when it is `doc`.
    @inline(__always)
    mutating func seek(_ doc: Int) throws -> Bool {
        guard skip(to: doc), Int(groups[group].base) < doc else { return false }
        try read()
        // The last of the group is not before `doc`, so the search ends inside.
        let wanted = UInt32(truncatingIfNeeded: doc)
        // It mostly is among the next few.
        var steps = 8
        while docs[place] < wanted {
            place += 1
            steps -= 1
            guard steps == 0, docs[place] < wanted else { continue }
            var (low, high) = (place, count - 1)
            while low + 1 < high {
                let middle = (low + high) >> 1
                if docs[middle] < wanted { low = middle } else { high = middle }
            }
            place = high
        }
        return docs[place] == wanted
    }

    /// Documents of the group at hand.
    @inline(__always)
    mutating func read() throws {
        if readGroup != group { try decode() }
    }

    private mutating func decode() throws {
        let held = groups[group]
        readGroup = group
        count = Int(held.count)
        switch held.form {
        case PostingGroup.plain:
            let source = bytes.assumingMemoryBound(to: UInt32.self)
            docs.update(from: source + Int(held.offset), count: count)
            weights.update(from: source + total + Int(held.offset), count: count)
            weightsGroup = group
        case PostingGroup.tail: try tail(held)
        default:
            weightBytes = try EliasFano.read(
                bytes + Int(held.offset), base: Int(held.base), last: Int(held.last), into: docs)
        }
    }

    private mutating func tail(_ held: PostingGroup) throws {
        // The table was made of these very numbers: they end inside the bytes and below the segment's end.
        var reader = BitReader(bytes + Int(held.offset), count: .max >> 4)
        _ = try TailGroup.readDocuments(
            &reader, count, base: Int(held.base), limit: Int(held.last) + 1, docs: docs, weights: weights,
            counts: weights + PostingEncoder.groupSize)
        weightsGroup = group
    }

    /// Weights of the group at hand, whose documents were read.
    @inline(__always)
    mutating func readWeights() {
        guard weightsGroup != group else { return }
        weightsGroup = group
        let held = groups[group]
        _ = PackedNumbers.read(weightBytes, count, width: held.weightBits, into: weights)
        for index in 0..<count { weights[index] &+= 1 }
    }

    /// The weight of the posting at hand, whose group was read.
    @inline(__always)
    mutating func weight() -> UInt32 {
        if weightsGroup == group { return weights[place] }
        let width = groups[group].weightBits
        if PackedNumbers.isPatched(width) {
            readWeights()
            return weights[place]
        }
        return BitPacking.value(weightBytes, at: place, bits: Int(width)) &+ 1
    }
}

/// Cursors over some lists, with the room that they need.
final class PostingCursors {
    let lists: [TermPostings]
    /// One for each list.
    let cursors: UnsafeMutablePointer<PostingCursor>
    private let room: UnsafeMutablePointer<UInt32>

    init(_ lists: [TermPostings]) {
        self.lists = lists
        let size = 3 * PostingEncoder.groupSize
        room = .allocate(capacity: max(1, lists.count) * size)
        cursors = .allocate(capacity: max(1, lists.count))
        for (index, list) in lists.enumerated() {
            (cursors + index).initialize(to: PostingCursor(list, room: room + index * size))
        }
    }

    deinit {
        cursors.deallocate()
        room.deallocate()
    }
}

extension TermPostings {
    /// Calls `body` with each group of postings, its documents and number.
    @inline(__always)
    func forEachGroup(
        _ body: (_ docs: UnsafeMutablePointer<UInt32>, _ count: Int) throws -> Void
    ) throws {
        try forEachCursor { try body($0.docs, $0.count) }
    }

    /// Calls `body` with a cursor at each group, whose documents were read.
    @inline(__always)
    func forEachCursor(_ body: (inout PostingCursor) throws -> Void) throws {
        guard count > 0 else { return }
        try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 3 * PostingEncoder.groupSize) { room in
            guard let start = room.baseAddress else { return }
            var cursor = PostingCursor(self, room: start)
            while !cursor.isAtEnd {
                try cursor.read()
                try body(&cursor)
                cursor.nextGroup()
            }
        }
    }
}

/// Reads positions of postings, a few of each group.
struct PlaceReader {
    private let list: TermPostings
    private var group = -1
    /// Where the positions of each posting of the group begin, and the end of the last.
    private var starts = [UInt32](repeating: 0, count: PostingEncoder.groupSize + 1)
    /// Positions of the group.
    private var values: [UInt32] = []

    init(_ list: TermPostings) { self.list = list }

    /// Calls `body` with the positions of posting `place` of `group`, rising.
    @inline(__always)
    mutating func forEach(_ group: Int, _ place: Int, _ body: (UInt32) -> Void) throws {
        if self.group != group { try read(group) }
        for index in Int(starts[place])..<Int(starts[place + 1]) { body(values[index]) }
    }

    private mutating func read(_ group: Int) throws {
        guard let offsets = list.placeOffsets else { throw ArchiveError.damagedIndex("a term has no places") }
        let (held, count) = (list.groups[group], Int(list.groups[group].count))
        // Another group's, should this one be damaged.
        self.group = -1
        var (found, firsts) = (values, starts)
        (values, starts) = ([], [])
        found.removeAll(keepingCapacity: true)
        try TailRoom.with { room in
            if held.form == PostingGroup.tail {
                var bits = BitReader(list.bytes + Int(held.offset), count: .max >> 4)
                _ = try TailGroup.readDocuments(
                    &bits, count, base: Int(held.base), limit: Int(held.last) + 1, docs: room.docs,
                    weights: room.weights, counts: room.counts)
            } else {
                let most = Int(held.last) - Int(held.base) - count
                PostingDecoder.weights(
                    list.bytes + Int(held.offset) + EliasFano.byteCount(most: most), width: held.weightBits,
                    into: room.weights)
            }
            var reader = ByteReader(UnsafeRawBufferPointer(rebasing: list.places[Int(offsets[group])...]))
            try PlaceGroup.read(&reader, count, room) { found.append(contentsOf: $0) }
            var sum: UInt32 = 0
            for index in 0..<count {
                firsts[index] = sum
                sum += room.counts[index]
            }
            firsts[count] = sum
        }
        (values, starts, self.group) = (found, firsts, group)
        guard Int(starts[count]) == values.count else { throw ArchiveError.damagedIndex("places do not add up") }
    }
}
