/// Documents with a phrase, rising, and how much it weighs in each.
struct PhraseMatches: Sendable {
    var docs: [UInt32] = []
    var weights: [UInt16] = []
}

/// Finds the documents in which terms stand at fixed distances.
struct PhraseMatcher {
    private let postings: SegmentPostings
    private let parts: [QueryPlan.Part]

    init(_ postings: SegmentPostings, _ parts: [QueryPlan.Part]) {
        self.postings = postings
        // The rarest part first: its places are the fewest to compare.
        self.parts = parts.sorted { left, right in
            func count(_ part: QueryPlan.Part) -> Int { postings.blocks[part.request].reduce(0) { $0 + $1.n } }
            return count(left) < count(right)
        }
    }

    func matches() throws -> PhraseMatches {
        guard let first = parts.first else { return PhraseMatches() }
        var set = try documents(first)
        for part in parts.dropFirst() where !set.isEmpty { set.formIntersection(try documents(part)) }
        guard !set.isEmpty else { return PhraseMatches() }
        // Where the phrase may start, by document; a start below zero cannot be.
        let empty = PhrasePlaces(set)
        var places = try self.places(of: first, in: set, empty)
        for part in parts.dropFirst() {
            let other = try self.places(of: part, in: set, empty)
            places.keep { doc in other.starts(doc) }
        }
        var found = PhraseMatches()
        for (slot, doc) in places.docs.enumerated() where places.counts[slot] > 0 {
            found.docs.append(doc)
            found.weights.append(UInt16(clamping: places.weights[slot]))
        }
        return found
    }

    private func documents(_ part: QueryPlan.Part) throws -> Bitmap {
        var set = Bitmap(postings.width)
        try postings.forEach(part.request) { set.insert($0.docs, $0.count) }
        return set
    }

    /// Starts of the phrase that `part` allows in the documents of `set`.
    private func places(
        of part: QueryPlan.Part, in set: Bitmap, _ empty: PhrasePlaces
    ) throws -> PhrasePlaces {
        var places = empty
        let blocks = postings.blocks[part.request]
        for block in blocks {
            try postings.withPositions(block) { decoder, positions in
                while try decoder.next() {
                    let docs = decoder.docs
                    try positions.next(decoder.count, isWanted: { set.contains(Int(docs[$0])) }) { index, position in
                        places.add(docs[index], Int(position) - part.offset)
                    }
                    for index in 0..<decoder.count where set.contains(Int(docs[index])) {
                        places.weigh(docs[index], Int(decoder.weights[index]))
                    }
                }
            }
        }
        places.close(isSorted: blocks.count < 2 || !isRange(part))
        return places
    }

    private func isRange(_ part: QueryPlan.Part) -> Bool { postings.blocks[part.request].contains { !$0.term.isEmpty } }
}

/// Places in documents: a list of starts for each document of a set.
struct PhrasePlaces {
    /// Documents of the set, rising.
    let docs: [UInt32]
    private(set) var counts: [Int]
    private(set) var weights: [Int]
    /// Index of each document of the segment in `docs`, -1 for those out of the set.
    private let slots: [Int32]
    private var pending: [(slot: Int32, start: Int32)] = []
    private var firsts: [Int] = []
    private var places: [Int32] = []

    init(_ set: Bitmap) {
        var docs: [UInt32] = []
        var slots = [Int32](repeating: -1, count: set.count)
        set.forEach { doc in
            slots[doc] = Int32(docs.count)
            docs.append(UInt32(doc))
        }
        (self.docs, self.slots) = (docs, slots)
        counts = [Int](repeating: 0, count: docs.count)
        weights = [Int](repeating: 0, count: docs.count)
    }

    mutating func add(_ doc: UInt32, _ start: Int) {
        let slot = slots[Int(doc)]
        guard start >= 0, slot >= 0 else { return }
        pending.append((slot, Int32(truncatingIfNeeded: start)))
        counts[Int(slot)] += 1
    }

    mutating func weigh(_ doc: UInt32, _ weight: Int) {
        let slot = Int(slots[Int(doc)])
        if slot >= 0 { weights[slot] += weight }
    }

    /// Orders what was added, by document and place.
    mutating func close(isSorted: Bool) {
        if !isSorted { pending.sort { ($0.slot, $0.start) < ($1.slot, $1.start) } }
        firsts = counts.indices.map { _ in 0 }
        var next = 0
        for slot in counts.indices {
            firsts[slot] = next
            next += counts[slot]
        }
        places = pending.map(\.start)
        pending = []
    }

    /// Starts in the document of `slot`, rising.
    func starts(_ slot: Int) -> (ArraySlice<Int32>, weight: Int) {
        (places[firsts[slot]..<firsts[slot] + counts[slot]], weights[slot])
    }

    /// Keeps the starts that `other` has too; the weight of a phrase is that of its lightest part.
    mutating func keep(_ other: (Int) -> (ArraySlice<Int32>, weight: Int)) {
        for slot in docs.indices where counts[slot] > 0 {
            let (starts, weight) = other(slot)
            var (kept, index) = (0, starts.startIndex)
            let first = firsts[slot]
            for place in first..<first + counts[slot] {
                while index < starts.endIndex, starts[index] < places[place] { index += 1 }
                guard index < starts.endIndex, starts[index] == places[place] else { continue }
                places[first + kept] = places[place]
                kept += 1
            }
            counts[slot] = kept
            weights[slot] = min(weights[slot], weight)
        }
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
