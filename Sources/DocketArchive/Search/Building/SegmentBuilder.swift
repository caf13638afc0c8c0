/// Gathers the terms of documents in order and turns them into the rows of a segment.
///
/// Twelve bytes a term occurrence and the distinct terms are held; `isFull` says when to write.
struct SegmentBuilder {
    /// Occurrences after which a segment is written: about 150 MB at the peak.
    static let mostOccurrences = 6_000_000
    static let mostDocuments = 1 << 20

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

    /// Writes all terms in the order of their bytes, then the columns.
    func write(to writer: inout SegmentWriter) throws {
        let (order, starts) = grouped()
        var list = PostingList()
        for number in terms.sorted() {
            let term = terms.term(number)
            let hasPositions = IndexTerm.hasPositions(term)
            list.removeAll()
            for place in order[starts[number]..<starts[number + 1]] {
                Self.append(place, hasPositions: hasPositions, to: &list)
            }
            try writer.begin(Array(term))
            try writer.append(list)
            try writer.end()
        }
        try writer.finish()
    }

    private static func append(_ place: UInt64, hasPositions: Bool, to list: inout PostingList) {
        let (doc, weight) = (UInt32(place >> 40), UInt32(place & 0xFFFF))
        if list.docs.last == doc {
            let last = list.docs.count - 1
            list.weights[last] = min(list.weights[last] + weight, 65_535)
            if hasPositions { list.counts[last] += 1 }
        } else {
            list.docs.append(doc)
            list.weights.append(max(1, weight))
            if hasPositions { list.counts.append(1) }
        }
        if hasPositions { list.positions.append(UInt32(place >> 16 & 0xFF_FFFF)) }
    }

    /// Occurrences by term, in order within a term: a counting sort.
    private func grouped() -> (places: [UInt64], starts: [Int]) {
        var starts = [Int](repeating: 0, count: terms.count + 1)
        for number in numbers { starts[Int(number) + 1] += 1 }
        for index in 0..<terms.count { starts[index + 1] += starts[index] }
        var next = starts
        let order = [UInt64](unsafeUninitializedCapacity: places.count) { buffer, count in
            for (number, place) in zip(numbers, places) {
                buffer[next[Int(number)]] = place
                next[Int(number)] += 1
            }
            count = places.count
        }
        return (order, starts)
    }
}
