/// Documents that no segment holds yet, as postings of the terms that a search asks for.
struct RecentPostings {
    private let requests: [TermRequest]
    private var docs: [Int] = []
    private var columns = SegmentColumns()
    /// By request, the postings of each of its terms.
    private var lists: [[[UInt8]: PostingList]]

    init(_ requests: [TermRequest]) {
        self.requests = requests
        lists = Array(repeating: [:], count: requests.count)
    }

    /// Adds the document of a row; documents rise.
    mutating func add(_ doc: Int, _ row: RecentRow) throws {
        docs.append(doc)
        let local = doc - docs[0]
        columns.put(local, length: row.length, date: row.date, key: row.key)
        for (number, request) in requests.enumerated() {
            switch request.terms {
            case .exact(let term):
                let index = try row.lowerBound(term.utf8)
                guard index < row.termCount else { continue }
                let entry = try row.entry(index)
                if entry.term.elementsEqual(term.utf8) { try add(entry, local, number) }
            case .range(let from, let before):
                var index = try row.lowerBound(from.utf8)
                while index < row.termCount {
                    let entry = try row.entry(index)
                    guard entry.term.lexicographicallyPrecedes(before.utf8) else { break }
                    try add(entry, local, number)
                    index += 1
                }
            }
        }
    }

    private mutating func add(_ entry: RecentRow.Entry, _ doc: Int, _ request: Int) throws {
        var positions: [UInt32] = []
        if requests[request].positions {
            try entry.forEachPosition { positions.append($0) }
            guard !positions.isEmpty else { throw ArchiveError.damagedIndex("a recent document has no places") }
        }
        let isRange = if case .range = requests[request].terms { true } else { false }
        let term = isRange ? Array(entry.term) : []
        lists[request][term, default: PostingList()].docs.append(UInt32(doc))
        lists[request][term]?.weights.append(UInt32(entry.weight))
        guard requests[request].positions else { return }
        lists[request][term]?.counts.append(UInt32(positions.count))
        lists[request][term]?.positions.append(contentsOf: positions)
    }

    /// The postings; nil without documents.
    func segment(part: Int) throws -> SegmentPostings? {
        guard let first = docs.first else { return nil }
        let width = columns.lengths.count
        var dead = Bitmap(ones: width)
        for doc in docs { dead.remove(doc - first) }
        var segment = SegmentPostings(part: part, firstDoc: first, width: width, requests: requests.count, dead: dead)
        let (lengths, ranking) = (columns.lengths, Ranking())
        let total = lengths.reduce(0) { $0 + Int($1) }
        let average = Ranking.Statistics(documents: docs.count, totalLength: total).averageLength
        for (number, terms) in lists.enumerated() {
            // In the order of the alphabet, so that sums are the same each time.
            for (term, list) in terms.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                let postings = try list.postings(term, places: requests[number].positions, limit: width) {
                    doc, weight in
                    ranking.saturation(Float(weight), length: Float(lengths[Int(doc)]), average: average)
                }
                segment.lists[number].append(postings)
            }
        }
        segment.columns = LoadedColumns(
            lengths: columns.lengths, dates: columns.dates, keys: columns.keys, averageLength: average)
        return segment
    }
}

extension PostingList {
    /// The list as a search reads it.
    func postings(
        _ term: [UInt8], places: Bool, limit: Int, impact: (UInt32, UInt32) -> Float
    ) throws -> TermPostings {
        guard places else { return TermPostings(term: term, docs: docs, weights: weights, impact: impact) }
        var (numbers, positions) = (ByteWriter(), ByteWriter())
        withView { view in
            PostingEncoder.documents(view, 0..<docs.count, base: -1, impact: impact, into: &numbers)
            _ = PostingEncoder.positions(view, 0..<docs.count, from: 0, into: &positions)
        }
        var builder = TermPostingsBuilder(term: term, limit: limit, hasPlaces: true)
        try numbers.bytes.withUnsafeBytes { numbers in
            try positions.bytes.withUnsafeBytes {
                try builder.add(n: docs.count, base: -1, docs: numbers, positions: $0)
            }
        }
        return builder.finish()
    }
}
