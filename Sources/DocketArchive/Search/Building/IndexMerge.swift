import GRDB

/// Merges neighbouring segments into one, in many short transactions.
///
/// The new segment is `building` until its last transaction, which makes it live and drops the old ones; no search sees a
/// state between. Each transaction says how far it came, so that a merge may be left at any time, by a crash too, and gone on
/// with by another process.
struct IndexMerge {
    let part: Int
    let sources: [IndexSegment]
    private(set) var target: IndexSegment
    private var averageLength: Float
    private let ranking = Ranking()
    private var isWritten = false
    /// By source, the documents that go on, counted from its first; nil for all that it has postings of.
    private var alive: [Bitmap?] = []

    /// Bytes of rows after which a transaction ends.
    var stepBytes = 8 << 20

    /// Starts a merge of live segments that lie side by side.
    init(_ sources: [IndexSegment], part: Int, _ db: Database) throws {
        let store = SegmentStore(part: part, db: db)
        let (from, end) = (sources.first?.fromDoc ?? 0, sources.last?.endDoc ?? 0)
        let target = IndexSegment(id: try store.nextIdentity(), fromDoc: from, endDoc: end, docs: 0)
        try self.init(sources, into: target, store)
        self.target.docs = sources.reduce(0) { $0 + $1.live }
        averageLength = SegmentStore.averageLength(try lengths(store), of: self.target.docs)
        try store.insert(self.target, state: .building)
    }

    /// Goes on with the merge that left `target` in a state; nil where its sources are not what they were.
    init?(resuming target: IndexSegment, _ state: IndexSegment.State, part: Int, _ db: Database) throws {
        let store = SegmentStore(part: part, db: db)
        let sources = try store.segments().filter { $0.fromDoc >= target.fromDoc && $0.endDoc <= target.endDoc }
        guard sources.count > 0, sources.first?.fromDoc == target.fromDoc, sources.last?.endDoc == target.endDoc else {
            return nil
        }
        try self.init(sources, into: target, store)
        isWritten = state == .written
        averageLength = SegmentStore.averageLength(try lengths(store), of: target.docs)
    }

    private init(_ sources: [IndexSegment], into target: IndexSegment, _ store: SegmentStore) throws {
        (part, self.sources, self.target, averageLength) = (store.part, sources, target, 1)
        for segment in sources {
            guard segment.dead > 0 else {
                alive.append(nil)
                continue
            }
            var living = try store.dead(segment)
            living.invert()
            alive.append(living)
        }
    }

    /// Runs the next transaction; true when the merge is complete.
    mutating func step(_ db: Database) throws -> Bool {
        let store = SegmentStore(part: part, db: db)
        if isWritten {
            try finish(store)
            return true
        }
        var writer = SegmentWriter(
            width: target.width,
            impacts: ImpactMeter(ranking: ranking, lengths: try lengths(store), average: averageLength),
            sink: store.sink(target))
        let after = target.upTo.isEmpty ? nil : Array(target.upTo.utf8)
        var streams = try TermStreams(sources, part: part, after: after, db)
        defer { streams.end() }
        isWritten = try write(&streams, &writer)
        try writer.finish()
        target.bytes += writer.bytes
        try store.update(target, state: isWritten ? .written : .building)
        return false
    }

    /// Writes the terms of `streams` until there are enough for a transaction; true when none is left.
    private mutating func write(_ streams: inout TermStreams, _ writer: inout SegmentWriter) throws -> Bool {
        var (list, last): (PostingList, [UInt8]) = (PostingList(), [])
        defer { if !last.isEmpty { target.upTo = SegmentStore.text(last) } }
        while !streams.holders.isEmpty {
            // The terms of a character are written together: their sums are.
            if writer.bytes >= stepBytes, !Self.isSameCharacter(streams.term, last) { return false }
            last.removeAll(keepingCapacity: true)
            last.append(contentsOf: streams.term)
            try writer.begin(last)
            list.removeAll()
            let hasPositions = IndexTerm.hasPositions(last)
            for place in streams.holders {
                let segment = sources[place]
                try streams.streams[place].take(
                    hasPositions: hasPositions, shift: segment.fromDoc - target.fromDoc, alive: alive[place], to: &list
                ) { try writer.append(&$0) }
            }
            try writer.end(list)
            streams.next()
        }
        return true
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
        live.upTo = ""
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
