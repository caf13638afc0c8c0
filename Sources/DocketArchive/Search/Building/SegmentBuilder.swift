/// Gathers the terms of documents in order and turns them into the rows of a segment.
///
/// Twelve bytes a term occurrence and the distinct terms are held, and while they are written eight for some of them; `isFull`
/// says when to write.
struct SegmentBuilder {
    /// Occurrences after which a segment is written: about 80 MB at the peak.
    static let mostOccurrences = 4_000_000
    static let mostDocuments = 1 << 20
    /// Occurrences from which on room is made for all that a segment may have.
    private static let manyOccurrences = 1 << 18
    /// Occurrences that are put in the order of their terms at a time.
    private static let sortedOccurrences = 1 << 21

    let firstDoc: Int
    private(set) var columns = SegmentColumns()
    private(set) var present: [UInt32] = []
    private var terms = TermTable()
    private var numbers: [UInt32] = []
    /// Document, position and weight of each occurrence: 24, 24 and 16 bits.
    private var places: [UInt64] = []
    /// Keys, positions and weights of the document at hand, and the bytes of its long terms.
    private var asked: [UInt64] = []
    private var askedPlaces: [UInt64] = []
    private var longBytes: [UInt8] = []
    private var longStarts: [UInt32] = []

    init(firstDoc: Int) { self.firstDoc = firstDoc }

    var isEmpty: Bool { present.isEmpty }
    var isFull: Bool { numbers.count >= Self.mostOccurrences || present.count >= Self.mostDocuments }
    /// The document after the last.
    var endDoc: Int { firstDoc + columns.lengths.count }

    /// Adds an occurrence in the document that `end` will end; positions rise within a document.
    @inline(__always)
    mutating func add(_ term: UnsafeBufferPointer<UInt8>, position: Int?, weight: Int) {
        let key = TermTable.key(term)
        if TermTable.isLong(key) {
            longStarts.append(UInt32(longBytes.count))
            longBytes.append(contentsOf: term)
        }
        asked.append(key)
        askedPlaces.append(UInt64(position ?? 0) << 16 | UInt64(min(weight, 65_535)))
    }

    /// Ends document `doc`, with what was added since the one before; documents rise.
    mutating func end(_ doc: Int, length: Int, date: Int32, key: UInt64) {
        columns.put(doc - firstDoc, length: length, date: date, key: key)
        present.append(UInt32(doc - firstDoc))
        if numbers.capacity < numbers.count + asked.count, numbers.count >= Self.manyOccurrences {
            // Growing by halves would hold everything twice for a moment.
            numbers.reserveCapacity(max(Self.mostOccurrences + Self.manyOccurrences, numbers.count + asked.count))
            places.reserveCapacity(max(Self.mostOccurrences + Self.manyOccurrences, numbers.count + asked.count))
        }
        let top = UInt64(doc - firstDoc) << 40
        for place in askedPlaces { places.append(top | place) }
        longStarts.append(UInt32(longBytes.count))
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(1, asked.count)) { room in
            guard let found = room.baseAddress else { return }
            var long = 0
            asked.withUnsafeBufferPointer { asked in
                longBytes.withUnsafeBufferPointer { bytes in
                    terms.numbers(asked, into: found) { _ in
                        // Long ones are asked for in order.
                        defer { long += 1 }
                        return UnsafeBufferPointer(rebasing: bytes[Int(longStarts[long])..<Int(longStarts[long + 1])])
                    }
                }
            }
            numbers.append(contentsOf: UnsafeBufferPointer(start: found, count: asked.count))
        }
        asked.removeAll(keepingCapacity: true)
        askedPlaces.removeAll(keepingCapacity: true)
        longBytes.removeAll(keepingCapacity: true)
        longStarts.removeAll(keepingCapacity: true)
    }

    /// Documents between the first and the last that are not there.
    func absent() -> Bitmap {
        var bitmap = Bitmap(ones: columns.lengths.count)
        present.forEach { bitmap.remove(Int($0)) }
        return bitmap
    }

    /// Writes all terms in the order of their bytes; what was gathered is given up.
    mutating func write(to writer: inout SegmentWriter) throws {
        terms.endAdding()
        let order = terms.sorted()
        var starts = starts(order)
        let room = UnsafeMutablePointer<UInt32>.allocate(capacity: 4 * max(1, starts.most))
        defer { room.deallocate() }
        var (term, first): ([UInt8], Int) = ([], 0)
        while first < order.count {
            // A part at a time: all of it would take as much again as what was gathered.
            var end = first + 1
            while end < order.count, starts.ends[end] - starts.begin(first) <= Self.sortedOccurrences { end += 1 }
            let start = starts.begin(first)
            let grouped = grouped(start..<starts.ends[end - 1], &starts.next)
            // Their occurrences are passed over from here on.
            for rank in first..<end { starts.next[Int(order[rank])] = .max }
            try grouped.withUnsafeBufferPointer { grouped in
                for rank in first..<end {
                    terms.bytes(order[rank], into: &term)
                    let places = UnsafeBufferPointer(
                        rebasing: grouped[starts.begin(rank) - start..<starts.ends[rank] - start])
                    try writer.write(
                        term, Self.view(places, hasPositions: IndexTerm.hasPositions(term), room, starts.most))
                }
            }
            first = end
        }
        (numbers, places) = ([], [])
        try writer.finish()
    }

    /// The postings that occurrences of one term make, in `room` for four times `most` numbers.
    private static func view(
        _ places: UnsafeBufferPointer<UInt64>, hasPositions: Bool, _ room: UnsafeMutablePointer<UInt32>, _ most: Int
    ) -> PostingView {
        let (docs, weights, counts, positions) = (room, room + most, room + 2 * most, room + 3 * most)
        var count = 0
        for (index, place) in places.enumerated() {
            let (doc, weight) = (UInt32(truncatingIfNeeded: place >> 40), UInt32(truncatingIfNeeded: place & 0xFFFF))
            if count > 0, docs[count - 1] == doc {
                weights[count - 1] = min(weights[count - 1] + weight, 65_535)
                counts[count - 1] += 1
            } else {
                docs[count] = doc
                weights[count] = max(1, weight)
                counts[count] = 1
                count += 1
            }
            positions[index] = UInt32(truncatingIfNeeded: place >> 16 & 0xFF_FFFF)
        }
        return PostingView(
            count: count, docs: docs, weights: weights, counts: hasPositions ? UnsafePointer(counts) : nil,
            positions: positions)
    }

    /// Where the occurrences of each term stand among those of all, in the order of the terms.
    private struct Starts {
        /// By rank, the end of a term's occurrences.
        var ends: [Int] = []
        /// By number, where the next of a term goes.
        var next: [UInt32]
        /// Most occurrences of a term.
        var most = 0

        func begin(_ rank: Int) -> Int { rank > 0 ? ends[rank - 1] : 0 }
    }

    private func starts(_ order: [UInt32]) -> Starts {
        var starts = Starts(next: [UInt32](repeating: 0, count: terms.count))
        for number in numbers { starts.next[Int(number)] += 1 }
        starts.ends.reserveCapacity(order.count)
        var sum = 0
        for number in order {
            let count = Int(starts.next[Int(number)])
            starts.next[Int(number)] = UInt32(sum)
            sum += count
            starts.ends.append(sum)
            starts.most = max(starts.most, count)
        }
        return starts
    }

    /// Occurrences of the terms that stand in `range` among all, in order within a term: a counting sort.
    private func grouped(_ range: Range<Int>, _ next: inout [UInt32]) -> [UInt64] {
        let (first, count) = (UInt32(range.lowerBound), UInt32(range.count))
        return [UInt64](unsafeUninitializedCapacity: range.count) { buffer, written in
            next.withUnsafeMutableBufferPointer { next in
                places.withUnsafeBufferPointer { places in
                    numbers.withUnsafeBufferPointer { numbers in
                        for index in places.indices {
                            let number = Int(numbers[index])
                            let place = next[number] &- first
                            guard place < count else { continue }
                            buffer[Int(place)] = places[index]
                            next[number] += 1
                        }
                    }
                }
            }
            written = range.count
        }
    }
}
