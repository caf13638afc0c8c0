/// Turns postings into rows: blocks of some database pages for common terms, many terms to a row for rare ones.
///
/// Terms come in the order of their bytes, the postings of a term in one or more lists with rising documents.
struct SegmentWriter {
    /// A row of table `posting`; documents are counted from the first of the segment.
    struct Block {
        var term: [UInt8]
        var block: Int
        var n: Int
        var firstDoc: Int
        var lastDoc: Int
        var maxScore: Double
        var docs: [UInt8]
        var positions: [UInt8]
    }

    /// A row of table `rare`: `term` is the last of its terms.
    struct Page {
        var term: [UInt8]
        var terms: [UInt8]
    }

    /// A term with at most so many postings and bytes is rare.
    static let rarePostings = 4_096
    static let rareBytes = 12_000
    /// A row of a common term ends before it has more bytes.
    static let blockBytes = PageFit.bytes(overflowPages: 3) - 80
    /// A row of rare terms ends between these, where it fills its last page.
    static let pageBytes = 8_000...40_000

    /// Where rows go, in the order of their keys within each table.
    struct Sink {
        var block: (Block) throws -> Void
        var page: (Page) throws -> Void
    }

    private let sink: Sink
    /// Share of a document's best possible score for a weight of a term: `Ranking.saturation`.
    private let impact: (_ doc: UInt32, _ weight: UInt32) -> Float
    private var term: [UInt8] = []
    private var pending = PostingList()
    private var blocks = 0
    private var row = ByteWriter()
    private var places = ByteWriter()
    private var rowFirst = 0
    private var rowLast = 0
    private var rowCount = 0
    private var rowScore: Float = 0
    private var page = ByteWriter()
    private var pageTerm: [UInt8] = []
    /// Bytes handed to the sink.
    private(set) var bytes = 0

    init(impact: @escaping (UInt32, UInt32) -> Float, sink: Sink) {
        self.impact = impact
        self.sink = sink
    }

    mutating func begin(_ term: [UInt8]) throws {
        self.term = term
        blocks = 0
        pending.removeAll()
    }

    mutating func append(_ list: PostingList) throws {
        pending.docs += list.docs
        pending.weights += list.weights
        pending.counts += list.counts
        pending.positions += list.positions
        guard pending.docs.count > Self.rarePostings else { return }
        // Only whole groups: a short one ends the postings of a row.
        try encodeGroups(upTo: pending.docs.count / PostingEncoder.groupSize * PostingEncoder.groupSize)
    }

    mutating func end() throws {
        guard !pending.isEmpty || rowCount > 0 else { return }
        if blocks == 0, rowCount == 0, pending.docs.count <= Self.rarePostings, try writeRare() { return }
        try encodeGroups(upTo: pending.docs.count)
        try flushRow()
    }

    /// Writes what is held back.
    mutating func finish() throws { try flushPage() }

    // MARK: - Blocks

    private mutating func encodeGroups(upTo count: Int) throws {
        var place = 0
        for start in stride(from: 0, to: count, by: PostingEncoder.groupSize) {
            let group = start..<min(start + PostingEncoder.groupSize, count)
            var positions = ByteWriter()
            place = PostingEncoder.positions(pending, group, from: place, into: &positions)
            if row.bytes.count + places.bytes.count + positions.bytes.count + 4 * group.count > Self.blockBytes {
                try flushRow()
            }
            let first = Int(pending.docs[start])
            if rowCount == 0 { (rowFirst, rowLast) = (first, first - 1) }
            PostingEncoder.documents(pending, group, base: rowLast, into: &row)
            places.raw(positions.bytes)
            for index in group { rowScore = max(rowScore, impact(pending.docs[index], pending.weights[index])) }
            rowLast = Int(pending.docs[group.upperBound - 1])
            rowCount += group.count
        }
        pending.removeFirst(count)
    }

    private mutating func flushRow() throws {
        guard rowCount > 0 else { return }
        bytes += row.bytes.count + places.bytes.count + term.count
        try sink.block(
            Block(
                term: term, block: blocks, n: rowCount, firstDoc: rowFirst, lastDoc: rowLast,
                maxScore: Double(rowScore), docs: row.bytes, positions: places.bytes))
        blocks += 1
        (rowCount, rowScore) = (0, 0)
        row.removeAll()
        places.removeAll()
    }

    // MARK: - Rare terms

    /// Adds the term at hand to the page of rare ones; false when it takes too many bytes.
    private mutating func writeRare() throws -> Bool {
        var (docs, places) = (ByteWriter(), ByteWriter())
        PostingEncoder.documents(pending, 0..<pending.docs.count, base: -1, into: &docs)
        _ = PostingEncoder.positions(pending, 0..<pending.docs.count, from: 0, into: &places)
        let size = docs.bytes.count + places.bytes.count
        guard size <= Self.rareBytes else { return false }
        if isPageFull(size) { try flushPage() }
        var shared = 0
        while shared < pageTerm.count, shared < term.count, pageTerm[shared] == term[shared] { shared += 1 }
        page.varint(shared)
        page.varint(term.count - shared)
        page.raw(term[shared...])
        page.varint(pending.docs.count)
        page.varint(docs.bytes.count)
        page.varint(places.bytes.count)
        page.raw(docs.bytes)
        page.raw(places.bytes)
        pageTerm = term
        pending.removeAll()
        return true
    }

    /// True when the page should end before an entry of `size` bytes: its last database page is full, or it is large.
    private func isPageFull(_ size: Int) -> Bool {
        let count = page.bytes.count
        guard count >= Self.pageBytes.lowerBound else { return false }
        return PageFit.spare(count + pageTerm.count + 12) < 200 || count + size > Self.pageBytes.upperBound
    }

    private mutating func flushPage() throws {
        guard !page.bytes.isEmpty else { return }
        bytes += page.bytes.count + pageTerm.count
        try sink.page(Page(term: pageTerm, terms: page.bytes))
        page.removeAll()
        pageTerm = []
    }
}

/// How SQLite lays rows of a table without row numbers on pages of 4,096 bytes: 489 bytes or a little more on the
/// page of the key, the rest on overflow pages of 4,092.
///
/// Rows that fill their last overflow page waste nothing; no reader depends on it.
enum PageFit {
    private static let (local, overflow) = (489, 4_092)

    /// Bytes of a row that fills so many overflow pages.
    static func bytes(overflowPages: Int) -> Int { local + overflowPages * overflow }

    /// Bytes that a row of `count` leaves empty on its last overflow page.
    static func spare(_ count: Int) -> Int { (overflow - (count - local) % overflow) % overflow }
}

/// Reads the terms of a row of table `rare`, in order.
struct RarePage {
    private var reader: ByteReader
    /// The term read last.
    private(set) var term: [UInt8] = []
    /// Its number of postings.
    private(set) var n = 0
    /// Its documents, gaps counted from -1.
    private(set) var docs = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Its positions.
    private(set) var positions = UnsafeRawBufferPointer(start: nil, count: 0)

    init(_ bytes: UnsafeRawBufferPointer) { reader = ByteReader(bytes) }

    /// Reads the next term; false after the last.
    mutating func next() throws -> Bool {
        guard reader.remaining > 0 else { return false }
        let shared = try reader.count(upTo: term.count)
        let suffix = try reader.raw(try reader.count(upTo: reader.remaining))
        term.removeLast(term.count - shared)
        term.append(contentsOf: suffix)
        n = try reader.count(upTo: SegmentWriter.rarePostings)
        let (docCount, placeCount) = (
            try reader.count(upTo: reader.remaining), try reader.count(upTo: reader.remaining)
        )
        docs = try reader.raw(docCount)
        positions = try reader.raw(placeCount)
        return true
    }
}
