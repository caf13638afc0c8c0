import GRDB

/// Merges neighbouring segments into one, in many short transactions.
///
/// The new segment is `building` until its last transaction, which makes it live and drops the old ones; no search sees a
/// state between. A crash leaves a segment that nobody reads, and the next upkeep clears it.
struct IndexMerge {
    let part: Int
    let sources: [IndexSegment]
    private(set) var target: IndexSegment
    private var averageLength: Float
    private let ranking = Ranking()
    /// The last term written; nil before the first.
    private var lastTerm: [UInt8]?
    private var isWritten = false
    /// By source, the documents that go on, counted from its first; nil for all that it has postings of.
    private var alive: [Bitmap?] = []

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
        for segment in sources {
            var living = try store.dead(segment)
            living.invert()
            living.forEach { present.insert($0 + segment.fromDoc - from) }
            alive.append(segment.dead == 0 ? nil : living)
        }
        target.docs = present.population
        averageLength = 1
        averageLength = SegmentStore.averageLength(try lengths(store), of: target.docs)
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
            width: target.width,
            impact: { ranking.saturation(Float($1), length: Float(lengths[Int($0)]), average: average) },
            sink: store.sink(target))
        var streams = try sources.enumerated().map {
            try TermStream($0.element, place: $0.offset, part: part, after: lastTerm, db)
        }
        streams.removeAll { $0.isAtEnd }
        lastTerm = try write(&streams, &writer)
        isWritten = streams.isEmpty
        try writer.finish()
        target.bytes += writer.bytes
        return false
    }

    /// Writes the terms of `streams` until there are enough for a transaction; gives the last.
    private func write(_ streams: inout [TermStream], _ writer: inout SegmentWriter) throws -> [UInt8] {
        var keys = streams.map(\.key)
        var (list, term): (PostingList, [UInt8]) = (PostingList(), [])
        while !streams.isEmpty {
            let first = Self.first(streams, keys)
            let key = keys[first]
            // The terms of a character are written together: their sums are.
            if writer.bytes >= Self.batchBytes, !Self.isSameCharacter(streams[first].term, term) { break }
            term = streams[first].term
            try writer.begin(term)
            list.removeAll()
            var isEnded = false
            for index in first..<streams.count where keys[index] == key {
                guard index == first || TermStream.compare(streams[index].term, term) == 0 else { continue }
                try append(streams[index], term, to: &list, &writer)
                keys[index] = streams[index].key
                isEnded = isEnded || streams[index].isAtEnd
            }
            try writer.end(list)
            if isEnded {
                streams.removeAll { $0.isAtEnd }
                keys = streams.map(\.key)
            }
        }
        return term
    }

    /// The stream whose term comes first, and of equal terms the segment.
    private static func first(_ streams: [TermStream], _ keys: [UInt64]) -> Int {
        var first = 0
        for index in keys.indices.dropFirst() where keys[index] <= keys[first] {
            if keys[index] < keys[first] || streams[index].precedes(streams[first]) { first = index }
        }
        return first
    }

    /// Adds the postings of a stream's term to `list`, and writes them as they become many.
    private func append(
        _ stream: TermStream, _ term: [UInt8], to list: inout PostingList, _ writer: inout SegmentWriter
    ) throws {
        let hasPositions = IndexTerm.hasPositions(term)
        try stream.take { n, base, docs, positions in
            try PostingDecoder.append(
                n: n, base: base, docs: docs, positions: positions, hasPositions: hasPositions,
                limit: stream.segment.width, shift: stream.segment.fromDoc - target.fromDoc, alive: alive[stream.place],
                to: &list)
            try writer.append(&list)
        }
    }

    private static func isSameCharacter(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard let count = CharacterSums.character(left) else { return false }
        return left.prefix(count) == right.prefix(count)
    }

    private func lengths(_ store: SegmentStore) throws -> [UInt16] {
        try columns(.length, 0..<target.width, store)
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
