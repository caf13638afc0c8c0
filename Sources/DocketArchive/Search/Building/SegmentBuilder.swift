/// Gathers the terms of documents in order and turns them into the rows of a segment.
///
/// Twelve bytes a term occurrence and the distinct terms are held; `isFull` says when to write.
struct SegmentBuilder {
    /// Occurrences after which a segment is written: about 100 MB at the peak.
    static let mostOccurrences = 4_000_000
    static let mostDocuments = 1 << 20
    /// Occurrences from which on room is made for all that a segment may have.
    private static let manyOccurrences = 1 << 18

    let firstDoc: Int
    private(set) var columns = SegmentColumns()
    private(set) var present: [UInt32] = []
    private var terms = TermTable()
    private var numbers: [UInt32] = []
    /// Document, position and weight of each occurrence: 24, 24 and 16 bits.
    private var places: [UInt64] = []

    init(firstDoc: Int) { self.firstDoc = firstDoc }

    var isEmpty: Bool { present.isEmpty }
    var isFull: Bool { numbers.count >= Self.mostOccurrences || present.count >= Self.mostDocuments }
    /// The document after the last.
    var endDoc: Int { firstDoc + columns.lengths.count }

    /// Adds an occurrence in document `doc`; positions rise within a document.
    mutating func add(_ term: UnsafeBufferPointer<UInt8>, doc: Int, position: Int?, weight: Int) {
        if numbers.count == Self.manyOccurrences {
            // Growing by halves would hold everything twice for a moment.
            numbers.reserveCapacity(Self.mostOccurrences + Self.manyOccurrences)
            places.reserveCapacity(Self.mostOccurrences + Self.manyOccurrences)
        }
        numbers.append(UInt32(terms.number(term)))
        let place = UInt64(doc - firstDoc) << 40 | UInt64(position ?? 0) << 16 | UInt64(min(weight, 65_535))
        places.append(place)
    }

    /// Ends document `doc`; documents rise.
    mutating func end(_ doc: Int, length: Int, date: Int32, key: UInt64) {
        columns.put(doc - firstDoc, length: length, date: date, key: key)
        present.append(UInt32(doc - firstDoc))
    }

    /// Documents between the first and the last that are not there.
    func absent() -> Bitmap {
        var bitmap = Bitmap(ones: columns.lengths.count)
        present.forEach { bitmap.remove(Int($0)) }
        return bitmap
    }

    /// Writes all terms in the order of their bytes.
    ///
    /// What was gathered is given up on the way, so that not all of it is held twice.
    mutating func write(to writer: inout SegmentWriter) throws {
        terms.endAdding()
        let (order, starts) = grouped()
        (numbers, places) = ([], [])
        let most = (0..<terms.count).reduce(0) { max($0, starts[$1 + 1] - starts[$1]) }
        let room = UnsafeMutablePointer<UInt32>.allocate(capacity: 4 * max(1, most))
        defer { room.deallocate() }
        try order.withUnsafeBufferPointer { order in
            try terms.forEachSorted { number, term in
                let places = UnsafeBufferPointer(rebasing: order[starts[number]..<starts[number + 1]])
                let view = Self.view(places, hasPositions: IndexTerm.hasPositions(term), room, most)
                try writer.write(term, view)
            }
        }
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

    /// Occurrences by term, in order within a term: a counting sort.
    private func grouped() -> (places: [UInt64], starts: [Int]) {
        var starts = [Int](repeating: 0, count: terms.count + 1)
        for number in numbers { starts[Int(number) + 1] += 1 }
        for index in 0..<terms.count { starts[index + 1] += starts[index] }
        var next = starts
        let order = [UInt64](unsafeUninitializedCapacity: places.count) { buffer, count in
            next.withUnsafeMutableBufferPointer { next in
                for index in places.indices {
                    let number = Int(numbers[index])
                    buffer[next[number]] = places[index]
                    next[number] += 1
                }
            }
            count = places.count
        }
        return (order, starts)
    }
}
