/// Documents with a phrase, rising, and how much it weighs in each.
struct PhraseMatches: Sendable {
    var docs: [UInt32] = []
    var weights: [UInt32] = []
}

/// Finds the documents in which terms stand at fixed distances.
///
/// Lists are walked together from the rarest on, so that only what stands in all of them is read of the common ones; places
/// are compared in those documents alone. A phrase that ends in a single character is found without it first.
struct PhraseMatcher {
    private let postings: SegmentPostings
    /// Parts of one term each, the rarest first.
    private let exact: [QueryPlan.Part]
    /// Parts that any of several terms meets.
    private let ranges: [QueryPlan.Part]
    /// Documents of the parts that many hold.
    private let sets: [Bitmap]

    /// `isRange`: whether a request stands for a range of terms; `set`: its documents, where many hold it.
    init(
        _ postings: SegmentPostings, _ parts: [QueryPlan.Part], isRange: (Int) -> Bool, set: (Int) throws -> Bitmap?
    ) throws {
        self.postings = postings
        exact = parts.filter { !isRange($0.request) }.map { ($0, postings.count($0.request)) }
            .sorted { $0.1 < $1.1 }.map(\.0)
        ranges = parts.filter { isRange($0.request) }
        let isComplete = exact.allSatisfy { !postings.lists[$0.request].isEmpty }
        sets = isComplete ? try exact.dropFirst().compactMap { try set($0.request) } : []
    }

    func matches() throws -> PhraseMatches {
        let places = try places()
        return PhraseMatches(docs: places.docs, weights: places.weights)
    }

    /// Where the phrase starts in each document that holds it.
    func places() throws -> PhrasePlaces {
        var places = PhrasePlaces()
        if exact.isEmpty {
            guard let first = ranges.first else { return places }
            try begin(first, &places)
        } else {
            guard try walk(&places) else { return places }
        }
        for range in exact.isEmpty ? ranges.dropFirst() : ranges[...] where !places.docs.isEmpty {
            try meet(range, &places)
        }
        return places
    }

    /// Walks over all lists of single terms; false when one of them is empty.
    private func walk(_ places: inout PhrasePlaces) throws -> Bool {
        let lists = exact.compactMap { postings.lists[$0.request].first }
        guard lists.count == exact.count else { return false }
        let all = PostingCursors(lists)
        defer { withExtendedLifetime(all) {} }
        let (cursors, count) = (all.cursors, lists.count)
        let readers = UnsafeMutableBufferPointer<PlaceReader>.allocate(capacity: count)
        for (index, list) in lists.enumerated() { readers.initializeElement(at: index, to: PlaceReader(list)) }
        defer {
            readers.deinitialize()
            readers.deallocate()
        }
        var (starts, next): ([Int32], [Int32]) = ([], [])
        var slot = -1
        candidates: while !cursors[0].isAtEnd {
            // The documents of the rarest part, one after the other.
            try cursors[0].read()
            slot += 1
            guard slot < cursors[0].count else {
                cursors[0].nextGroup()
                slot = -1
                continue
            }
            let doc = Int(cursors[0].docs[slot])
            for set in sets where !set.contains(doc) { continue candidates }
            for index in 1..<count where try !cursors[index].seek(doc) {
                if cursors[index].isAtEnd { return true }
                continue candidates
            }
            cursors[0].place = slot
            let weight = try meet(cursors, readers, &starts, &next)
            if !starts.isEmpty { places.append(doc, starts, weight) }
        }
        return true
    }

    /// Finds the places at which the phrase starts in the document that all cursors stand at; gives the lightest weight.
    private func meet(
        _ cursors: UnsafeMutablePointer<PostingCursor>, _ readers: UnsafeMutableBufferPointer<PlaceReader>,
        _ starts: inout [Int32], _ next: inout [Int32]
    ) throws -> UInt32 {
        starts.removeAll(keepingCapacity: true)
        var weight = UInt32.max
        for index in readers.indices {
            let offset = Int32(exact[index].offset)
            weight = min(weight, cursors[index].weight())
            next.removeAll(keepingCapacity: true)
            var held = 0
            try readers[index].forEach(cursors[index].group, cursors[index].place) { position in
                let start = Int32(truncatingIfNeeded: Int(position) - Int(offset))
                guard start >= 0 else { return }
                if index == 0 { return next.append(start) }
                while held < starts.count, starts[held] < start { held += 1 }
                if held < starts.count, starts[held] == start { next.append(start) }
            }
            swap(&starts, &next)
            if starts.isEmpty { break }
        }
        return weight
    }

    /// Takes all documents of a part of several terms; for phrases without any other.
    private func begin(_ part: QueryPlan.Part, _ places: inout PhrasePlaces) throws {
        var found: [UInt32: (starts: [Int32], weight: UInt32)] = [:]
        for list in postings.lists[part.request] {
            var reader = PlaceReader(list)
            try list.forEachCursor { cursor in
                cursor.readWeights()
                for place in 0..<cursor.count {
                    var held = found[cursor.docs[place]] ?? ([], 0)
                    held.weight += cursor.weights[place]
                    try reader.forEach(cursor.group, place) { position in
                        let start = Int32(truncatingIfNeeded: Int(position) - part.offset)
                        if start >= 0 { held.starts.append(start) }
                    }
                    found[cursor.docs[place]] = held
                }
            }
        }
        for (doc, held) in found.sorted(by: { $0.key < $1.key }) where !held.starts.isEmpty {
            places.append(Int(doc), held.starts.sorted(), held.weight)
        }
    }

    /// Keeps the documents in which one of several terms stands where a start wants it.
    private func meet(_ part: QueryPlan.Part, _ places: inout PhrasePlaces) throws {
        var weights = [UInt32](repeating: 0, count: places.docs.count)
        for list in postings.lists[part.request] {
            let all = PostingCursors([list])
            defer { withExtendedLifetime(all) {} }
            var reader = PlaceReader(list)
            let cursor = all.cursors
            var slot = places.slot(of: 0)
            while slot < places.docs.count {
                let doc = Int(places.docs[slot])
                if try cursor.pointee.seek(doc) {
                    weights[slot] &+= cursor.pointee.weight()
                    try reader.forEach(cursor.pointee.group, cursor.pointee.place) { position in
                        places.meet(slot, Int32(truncatingIfNeeded: Int(position) - part.offset))
                    }
                    slot += 1
                } else {
                    guard !cursor.pointee.isAtEnd else { break }
                    // The next document that the list may hold.
                    try cursor.pointee.read()
                    slot = places.slot(of: Int(cursor.pointee.docs[cursor.pointee.place]), from: slot + 1)
                }
            }
        }
        places.endPart(weights)
    }
}

/// Where a phrase may start in each document that is left.
struct PhrasePlaces {
    private(set) var docs: [UInt32] = []
    /// Weight of the lightest part so far.
    private(set) var weights: [UInt32] = []
    /// Where the starts of each document begin in `starts`, and the end of the last.
    private var firsts: [Int] = [0]
    private var starts: [Int32] = []
    private var isMet: [Bool] = []

    /// Adds a document behind the others; its starts rise.
    mutating func append(_ doc: Int, _ starts: [Int32], _ weight: UInt32) {
        docs.append(UInt32(doc))
        weights.append(weight)
        self.starts += starts
        firsts.append(self.starts.count)
    }

    /// Starts in the document of a slot, rising.
    func starts(_ slot: Int) -> ArraySlice<Int32> { starts[firsts[slot]..<firsts[slot + 1]] }

    /// The first document at `doc` or behind it.
    func slot(of doc: Int, from first: Int = 0) -> Int {
        var (low, step) = (first, 1)
        while low + step < docs.count, Int(docs[low + step]) < doc {
            low += step
            step *= 2
        }
        var high = min(low + step, docs.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(docs[middle]) < doc { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Takes a start that the part at hand allows.
    mutating func meet(_ slot: Int, _ start: Int32) {
        if isMet.isEmpty { isMet = [Bool](repeating: false, count: starts.count) }
        for index in firsts[slot]..<firsts[slot + 1] where starts[index] == start { isMet[index] = true }
    }

    /// Ends a part of these weights: what it does not allow is left out.
    mutating func endPart(_ partWeights: [UInt32]) {
        var rest = PhrasePlaces()
        for slot in docs.indices where !isMet.isEmpty {
            let left = (firsts[slot]..<firsts[slot + 1]).filter { isMet[$0] }.map { starts[$0] }
            if !left.isEmpty { rest.append(Int(docs[slot]), left, min(weights[slot], partWeights[slot])) }
        }
        self = rest
    }
}
