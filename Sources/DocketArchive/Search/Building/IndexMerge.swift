import GRDB

/// Merges neighbouring segments into one, in many short transactions.
///
/// The new segment is `building` until its last transaction, which makes it live and drops the old ones; no search sees a
/// state between. A crash leaves a segment that nobody reads, and the next upkeep clears it.
struct IndexMerge {
    let part: Int
    let sources: [IndexSegment]
    private(set) var target: IndexSegment
    private let averageLength: Float
    private let ranking = Ranking()
    /// The last term written; nil before the first.
    private var lastTerm: [UInt8]?
    private var isWritten = false
    private var present: Bitmap

    /// Bytes of rows after which a transaction ends.
    static let batchBytes = 8 << 20

    /// Starts a merge of live segments that lie side by side.
    init(_ sources: [IndexSegment], part: Int, _ db: Database) throws {
        let store = SegmentStore(part: part, db: db)
        self.part = part
        self.sources = sources
        let (from, end) = (sources.first?.fromDoc ?? 0, sources.last?.endDoc ?? 0)
        target = IndexSegment(id: try store.nextIdentity(), fromDoc: from, endDoc: end, docs: 0)
        var present = Bitmap(end - from)
        var statistics = Ranking.Statistics()
        for segment in sources {
            var alive = try store.dead(segment)
            alive.invert()
            alive.forEach { present.insert($0 + segment.fromDoc - from) }
            for length in try store.numbers(.length, of: segment, 0..<segment.width, as: UInt16.self) {
                statistics.totalLength += Int(length)
            }
            statistics.documents += segment.docs
        }
        self.present = present
        target.docs = present.population
        averageLength = statistics.averageLength
        try store.insert(target, state: .building)
    }

    /// Runs the next transaction; true when the merge is complete.
    mutating func step(_ db: Database) throws -> Bool {
        let store = SegmentStore(part: part, db: db)
        if isWritten {
            try finish(store)
            return true
        }
        let lengths = try lengths(store)
        let (average, ranking) = (averageLength, ranking)
        var writer = SegmentWriter(
            impact: { ranking.saturation(Float($1), length: Float(lengths[Int($0)]), average: average) },
            sink: store.sink(target))
        let streams = try sources.map { try TermStream($0, part: part, after: lastTerm, db) }
        var list = PostingList()
        while writer.bytes < Self.batchBytes {
            guard let term = streams.compactMap(\.term).min(by: { $0.lexicographicallyPrecedes($1) }) else {
                isWritten = true
                break
            }
            try writer.begin(term)
            for stream in streams where stream.term == term {
                try stream.take { n, base, docs, positions in
                    try decode(term, stream.segment, n, base, docs, positions, into: &list)
                    if !list.isEmpty { try writer.append(list) }
                }
            }
            try writer.end()
            lastTerm = term
        }
        try writer.finish()
        target.bytes += writer.bytes
        return false
    }

    private func lengths(_ store: SegmentStore) throws -> [UInt16] {
        try columns(.length, 0..<target.width, store)
    }

    /// Postings of one row that are alive, with documents counted from the first of the target.
    private func decode(
        _ term: [UInt8], _ segment: IndexSegment, _ n: Int, _ base: Int, _ docs: UnsafeRawBufferPointer,
        _ positions: UnsafeRawBufferPointer, into list: inout PostingList
    ) throws {
        list.removeAll()
        let shift = segment.fromDoc - target.fromDoc
        let hasPositions = IndexTerm.hasPositions(term)
        try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * PostingEncoder.groupSize) { scratch in
            guard let room = scratch.baseAddress else { return }
            var decoder = PostingDecoder(docs, n: n, base: base, limit: segment.width, scratch: room)
            var places = PositionDecoder(positions)
            while try decoder.next() {
                var (alive, slot, last) = (GroupMask(), list.docs.count - 1, -1)
                for index in 0..<decoder.count where present.contains(Int(decoder.docs[index]) + shift) {
                    alive.insert(index)
                    list.docs.append(UInt32(Int(decoder.docs[index]) + shift))
                    list.weights.append(decoder.weights[index])
                    if hasPositions { list.counts.append(0) }
                }
                guard hasPositions else { continue }
                try places.next(decoder.count, wanted: alive) { index, position in
                    if index != last { (slot, last) = (slot + 1, index) }
                    list.counts[slot] += 1
                    list.positions.append(position)
                }
            }
        }
    }

    /// Makes the target live and drops its sources, with what died meanwhile.
    private func finish(_ store: SegmentStore) throws {
        var dead = Bitmap(ones: target.width)
        for segment in sources {
            var alive = try store.dead(segment)
            alive.invert()
            alive.forEach { dead.remove($0 + segment.fromDoc - target.fromDoc) }
            try store.update(segment, state: .dropped)
        }
        var live = target
        live.dead = target.docs - (target.width - dead.population)
        for start in stride(from: 0, to: target.width, by: SegmentColumns.chunk) {
            let range = start..<min(start + SegmentColumns.chunk, target.width)
            var chunk = SegmentColumns()
            chunk.lengths = try columns(.length, range, store)
            chunk.dates = try columns(.date, range, store)
            chunk.keys = try columns(.key, range, store)
            let rows = chunk.rows().map { ($0.column, start / SegmentColumns.chunk, $0.numbers) }
            try store.insert(rows, of: target.id)
        }
        if !dead.isEmpty { try store.setDead(dead, of: target) }
        try store.update(live, state: .live)
    }

    /// Numbers of documents `range` of the target, from the segments that hold them.
    private func columns<Number: FixedWidthInteger>(
        _ column: SegmentColumns.Column, _ range: Range<Int>, _ store: SegmentStore
    ) throws -> [Number] {
        var numbers = [Number](repeating: 0, count: range.count)
        for segment in sources {
            let start = segment.fromDoc - target.fromDoc
            let part = range.clamped(to: start..<start + segment.width)
            guard !part.isEmpty else { continue }
            let mine = part.lowerBound - start..<part.upperBound - start
            let values = try store.numbers(column, of: segment, mine, as: Number.self)
            numbers.replaceSubrange(
                part.lowerBound - range.lowerBound..<part.upperBound - range.lowerBound, with: values)
        }
        return numbers
    }
}
