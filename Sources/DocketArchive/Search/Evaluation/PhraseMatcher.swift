/// Documents with a phrase, rising, and how much it weighs in each.
struct PhraseMatches: Sendable {
    var docs: [UInt32] = []
    var weights: [UInt16] = []
}

/// Finds the documents in which terms stand at fixed distances.
struct PhraseMatcher {
    private let postings: SegmentPostings
    /// The rarest part first: its places are the fewest to compare.
    private let parts: [QueryPlan.Part]
    /// Number of postings by part.
    private let counts: [Int]

    init(_ postings: SegmentPostings, _ parts: [QueryPlan.Part]) {
        self.postings = postings
        let counted = parts.map { part in (part, postings.blocks[part.request].reduce(0) { $0 + $1.n }) }
            .sorted { $0.1 < $1.1 }
        (self.parts, counts) = (counted.map(\.0), counted.map(\.1))
    }

    /// A part so many times as common as the rarest is not read to rule documents out: it would be read twice for little.
    private static let tooCommon = 8

    func matches() throws -> PhraseMatches {
        guard let first = parts.first else { return PhraseMatches() }
        var set = try documents(first)
        for (part, count) in zip(parts, counts).dropFirst() where count / Self.tooCommon <= counts[0] {
            if set.isEmpty { break }
            set.formIntersection(try documents(part))
        }
        guard !set.isEmpty else { return PhraseMatches() }
        var places = PhrasePlaces(set)
        for part in parts {
            try read(part, in: set, into: &places)
            places.endPart { set.remove($0) }
        }
        return places.matches
    }

    private func documents(_ part: QueryPlan.Part) throws -> Bitmap {
        var set = Bitmap(postings.width)
        try postings.forEach(part.request, withWeights: false) { set.insert($0.docs, $0.count) }
        return set
    }

    /// Hands over the starts of the phrase that `part` allows in the documents of `set`.
    private func read(_ part: QueryPlan.Part, in set: Bitmap, into places: inout PhrasePlaces) throws {
        for block in postings.blocks[part.request] {
            try postings.withPositions(block) { decoder, positions in
                while try decoder.next(withWeights: false) {
                    let docs = decoder.docs
                    let wanted = set.mask(docs, decoder.count)
                    try positions.next(decoder.count, wanted: wanted) { index, position in
                        // A start below zero cannot be.
                        let start = Int(position) - part.offset
                        if start >= 0 { places.put(docs[index], Int32(truncatingIfNeeded: start)) }
                    }
                    if wanted.isEmpty { continue }
                    decoder.readWeights()
                    wanted.forEach { places.weigh(docs[$0], Int(decoder.weights[$0])) }
                }
            }
        }
    }
}

/// Where a phrase may start in the documents of a set: the starts that its first part allows, and how many of the parts
/// behind it allow each of them too.
///
/// Parts come one after the other; the terms of a part in any order.
struct PhrasePlaces {
    /// Documents of the set, rising.
    private let docs: [UInt32]
    /// Index of each document of the segment in `docs`, -1 for those out of the set.
    private let slots: [Int32]
    /// Number of the part that comes.
    private var part: Int32 = 0
    /// Weight of the lightest part so far, and of the one that comes, by document.
    private var weights: [Int]
    private var partWeights: [Int]
    /// What the first part allows, as it came.
    private var pending: [(slot: Int32, start: Int32)] = []
    /// Where each document's starts begin in `starts`, and the end of the last; starts of a document rise.
    private var firsts: [Int] = []
    private var starts: [Int32] = []
    /// The last part that allows a start, if all before do.
    private var met: [Int32] = []
    private var seen = StartFilter(0)

    init(_ set: Bitmap) {
        var docs: [UInt32] = []
        var slots = [Int32](repeating: -1, count: set.count)
        set.forEach { doc in
            slots[doc] = Int32(docs.count)
            docs.append(UInt32(doc))
        }
        (self.docs, self.slots) = (docs, slots)
        weights = [Int](repeating: .max, count: docs.count)
        partWeights = [Int](repeating: 0, count: docs.count)
    }

    /// Takes a start that the part at hand allows.
    @inline(__always)
    mutating func put(_ doc: UInt32, _ start: Int32) {
        guard part > 0 else { return pending.append((slots[Int(doc)], start)) }
        if seen.mayHold(doc, start) { meet(slots[Int(doc)], start) }
    }

    private mutating func meet(_ slot: Int32, _ start: Int32) {
        var (low, high) = (firsts[Int(slot)], firsts[Int(slot) + 1])
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < start { low = middle + 1 } else { high = middle }
        }
        guard low < firsts[Int(slot) + 1], starts[low] == start, met[low] == part - 1 else { return }
        met[low] = part
    }

    /// Takes the weight of a term of the part at hand.
    @inline(__always)
    mutating func weigh(_ doc: UInt32, _ weight: Int) { partWeights[Int(slots[Int(doc)])] += weight }

    /// Ends a part; hands documents to `drop` in which the phrase cannot stand any more.
    mutating func endPart(_ drop: (Int) -> Void) {
        if part == 0 { order() }
        for slot in docs.indices {
            if !isAlive(slot) { drop(Int(docs[slot])) }
            // The weight of a phrase is that of its lightest part.
            weights[slot] = min(weights[slot], partWeights[slot])
            partWeights[slot] = 0
        }
        part += 1
    }

    /// Documents with a start that all parts so far allow.
    var matches: PhraseMatches {
        var found = PhraseMatches()
        for slot in docs.indices where (firsts[slot]..<firsts[slot + 1]).contains(where: { met[$0] == part - 1 }) {
            found.docs.append(docs[slot])
            found.weights.append(UInt16(clamping: weights[slot]))
        }
        return found
    }

    private func isAlive(_ slot: Int) -> Bool {
        (firsts[slot]..<firsts[slot + 1]).contains { met[$0] == part }
    }

    /// Orders what the first part allows: by document, then by place.
    private mutating func order() {
        firsts = [Int](repeating: 0, count: docs.count + 1)
        for place in pending { firsts[Int(place.slot) + 1] += 1 }
        for slot in docs.indices { firsts[slot + 1] += firsts[slot] }
        var next = firsts
        starts = [Int32](repeating: 0, count: pending.count)
        met = starts
        for place in pending {
            starts[next[Int(place.slot)]] = place.start
            next[Int(place.slot)] += 1
        }
        seen = StartFilter(pending.count)
        for place in pending { seen.insert(docs[Int(place.slot)], place.start) }
        pending = []
        for slot in docs.indices {
            let range = firsts[slot]..<firsts[slot + 1]
            let isSorted = range.dropFirst().allSatisfy { starts[$0 - 1] <= starts[$0] }
            if !isSorted { starts[range].sort() }
        }
    }
}

/// Tells most places that are not among those inserted, at the cost of one look into a small table: most of what a common
/// part allows is not what the rare one does.
struct StartFilter {
    private var words: [UInt64]
    private let shift: UInt64

    /// Room for `count` starts, a few bits each, at most half a megabyte.
    init(_ count: Int) {
        var bits: UInt64 = 6
        while bits < 22, 1 << bits < count * 16 { bits += 1 }
        shift = 64 - bits
        words = [UInt64](repeating: 0, count: 1 << (bits - 6))
    }

    mutating func insert(_ doc: UInt32, _ start: Int32) {
        let bit = bit(doc, start)
        words[Int(bit >> 6)] |= 1 << (bit & 63)
    }

    /// False for places that were not inserted; true for all that were, and a few others.
    @inline(__always)
    func mayHold(_ doc: UInt32, _ start: Int32) -> Bool {
        let bit = bit(doc, start)
        return words[Int(bit >> 6)] >> (bit & 63) & 1 != 0
    }

    @inline(__always)
    private func bit(_ doc: UInt32, _ start: Int32) -> UInt64 {
        ((UInt64(doc) << 32 | UInt64(UInt32(bitPattern: start))) &* 0x9E37_79B9_7F4A_7C15) >> shift
    }
}

extension SegmentPostings {
    /// Gives `body` decoders of a row's documents and positions.
    func withPositions(
        _ block: Block, _ body: (inout PostingDecoder, inout PositionDecoder) throws -> Void
    ) throws {
        try withDecoder(block) { decoder in
            try bytes.withUnsafeBytes { bytes in
                var positions = PositionDecoder(UnsafeRawBufferPointer(rebasing: bytes[block.positions]))
                try body(&decoder, &positions)
            }
        }
    }
}
