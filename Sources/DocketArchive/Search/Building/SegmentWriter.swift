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
    static let blockBytes = PageFit.bytes(overflowPages: 2) - 80
    /// A row of rare terms ends between these, where it fills its last page.
    static let pageBytes = 3_600...40_000

    /// Where rows go, in the order of their keys within each table.
    struct Sink {
        var block: (Block) throws -> Void
        var page: (Page) throws -> Void
    }

    private let sink: Sink
    private let impacts: ImpactMeter
    private var term: [UInt8] = []
    private var blocks = 0
    private var row = ByteWriter()
    private var places = ByteWriter()
    private var entry = ByteWriter()
    private var rowFirst = 0
    private var rowLast = 0
    private var rowCount = 0
    private var rowScore: Float = 0
    private var page = ByteWriter()
    private var pageTerm: [UInt8] = []
    private var sums: CharacterSums
    /// Bytes of a term's only posting.
    private let singleWidth: Int
    /// Bytes handed to the sink.
    private(set) var bytes = 0

    /// `width`: documents of the segment; a writer gets all terms that begin with the same character.
    init(width: Int, impacts: ImpactMeter, sink: Sink) {
        sums = CharacterSums(width: width)
        singleWidth = RarePage.singleWidth(limit: width)
        self.impacts = impacts
        self.sink = sink
    }

    /// Writes a term with all its postings.
    mutating func write(_ term: [UInt8], _ list: PostingView) throws {
        try begin(term)
        sums.add(list)
        if list.count <= Self.rarePostings, try writeRare(list) { return }
        try encodeGroups(list, upTo: list.count)
        try flushRow()
        try mark()
    }

    /// Begins a term that comes in several lists.
    mutating func begin(_ term: [UInt8]) throws {
        if let sum = sums.begin(term) { try write(sum) }
        self.term.replaceSubrange(0..., with: term)
        blocks = 0
    }

    /// Goes on with a term whose list grows; what is written is taken out of it.
    mutating func append(_ list: inout PostingList) throws {
        guard list.docs.count > Self.rarePostings else { return }
        // Only whole groups: a short one ends the postings of a row.
        let count = list.docs.count / PostingEncoder.groupSize * PostingEncoder.groupSize
        try list.withView { view in
            sums.add(view, upTo: count)
            try encodeGroups(view, upTo: count)
        }
        list.removeFirst(count)
    }

    /// Ends a term with what is left of its list.
    mutating func end(_ list: PostingList) throws {
        try list.withView { view in
            sums.add(view)
            if blocks == 0, rowCount == 0, view.count <= Self.rarePostings, try writeRare(view) { return }
            try encodeGroups(view, upTo: view.count)
        }
        try flushRow()
        if blocks > 0 { try mark() }
    }

    /// Writes what is held back, and the sums of the last term's character.
    mutating func finish() throws {
        if let sum = sums.begin([]) { try write(sum) }
        try flushPage()
    }

    /// Writes the sums of a character as rows of their own term.
    private mutating func write(_ sum: CharacterSums.Sum) throws {
        let held = term
        (term, blocks) = (sum.term, 0)
        try sum.list.withView { try encodeGroups($0, upTo: $0.count) }
        try flushRow()
        (term, blocks) = (held, 0)
    }

    // MARK: - Blocks

    private mutating func encodeGroups(_ list: PostingView, upTo count: Int) throws {
        var place = 0
        for start in stride(from: 0, to: count, by: PostingEncoder.groupSize) {
            let group = start..<min(start + PostingEncoder.groupSize, count)
            entry.removeAll()
            place = PostingEncoder.positions(list, group, from: place, into: &entry)
            if row.bytes.count + places.bytes.count + entry.bytes.count + 4 * group.count > Self.blockBytes {
                try flushRow()
            }
            let first = Int(list.docs[start])
            if rowCount == 0 { (rowFirst, rowLast) = (first, first - 1) }
            let best = PostingEncoder.documents(list, group, base: rowLast, best: impacts.best, into: &row)
            places.raw(entry.bytes)
            rowScore = max(rowScore, best)
            rowLast = Int(list.docs[group.upperBound - 1])
            rowCount += group.count
        }
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
    private mutating func writeRare(_ list: PostingView) throws -> Bool {
        guard list.count > 0 else { return true }
        if let short = RarePage.short(list, width: singleWidth) {
            try beginEntry(singleWidth)
            RarePage.append(term, after: pageTerm, short: short, width: singleWidth, to: &page)
        } else {
            entry.removeAll()
            PostingEncoder.documents(list, 0..<list.count, base: -1, best: impacts.best, into: &entry)
            _ = PostingEncoder.positions(list, 0..<list.count, from: 0, into: &entry)
            guard entry.bytes.count <= Self.rareBytes else { return false }
            try beginEntry(entry.bytes.count)
            RarePage.append(term, after: pageTerm, n: list.count, entry.bytes, to: &page)
        }
        pageTerm.replaceSubrange(0..., with: term)
        return true
    }

    /// Says among the rare terms that the term at hand is a common one: a search looks there first.
    private mutating func mark() throws {
        try beginEntry(0)
        RarePage.append(term, after: pageTerm, n: 0, [], to: &page)
        pageTerm.replaceSubrange(0..., with: term)
    }

    /// Makes room on the page for an entry with postings of `size` bytes.
    private mutating func beginEntry(_ size: Int) throws {
        if isPageFull(size) { try flushPage() }
        if page.bytes.isEmpty { RarePage.begin(&page, width: singleWidth) }
    }

    /// True when the page should end before an entry of `size` bytes: its last database page is full, or nearly and the entry
    /// would begin another, or it is large.
    private func isPageFull(_ size: Int) -> Bool {
        let count = page.bytes.count
        guard count >= Self.pageBytes.lowerBound else { return false }
        let spare = PageFit.spare(count + pageTerm.count + 12)
        return spare < 100 || spare < min(size + 16, 250) || count + size > Self.pageBytes.upperBound
    }

    private mutating func flushPage() throws {
        guard !page.bytes.isEmpty else { return }
        bytes += page.bytes.count + pageTerm.count
        try sink.page(Page(term: pageTerm, terms: page.bytes))
        page.removeAll()
        pageTerm.removeAll(keepingCapacity: true)
    }
}

/// What postings earn of a term's worth at most: `Ranking.saturation` in documents of known lengths.
struct ImpactMeter {
    let ranking: Ranking
    let lengths: [UInt16]
    let average: Float

    /// The best share of postings `range`, each of a document that has a length.
    func best(_ list: PostingView, _ range: Range<Int>) -> Float {
        lengths.withUnsafeBufferPointer { lengths in
            // Of equal weights the shortest document is the best, and nearly all weigh 1 or 2.
            var (best, shortest): (Float, (UInt16, UInt16)) = (0, (.max, .max))
            var (hasSingle, hasDouble) = (false, false)
            for index in range {
                let (length, weight) = (lengths[Int(list.docs[index])], list.weights[index])
                switch weight {
                case 1: (shortest.0, hasSingle) = (min(shortest.0, length), true)
                case 2: (shortest.1, hasDouble) = (min(shortest.1, length), true)
                default: best = max(best, share(weight, length))
                }
            }
            if hasSingle { best = max(best, share(1, shortest.0)) }
            if hasDouble { best = max(best, share(2, shortest.1)) }
            return best
        }
    }

    private func share(_ weight: UInt32, _ length: UInt16) -> Float {
        ranking.saturation(Float(weight), length: Float(length), average: average)
    }
}

/// How SQLite lays rows of a table on pages of 4,096 bytes (its file format, section 1.6): up to 4,061 bytes on a page of the
/// table; of a longer row what full overflow pages of 4,092 leave, where that is no more.
///
/// Rows that fill their page of the table leave no room that the next row cannot use; no reader depends on it.
enum PageFit {
    private static let (most, overflow) = (4_061, 4_092)

    /// Bytes of a row that fills the table's page and so many overflow pages.
    static func bytes(overflowPages: Int) -> Int { most + overflowPages * overflow }

    /// Bytes that may be added to a row of `count` until it fills its page of the table and the overflow pages it has.
    static func spare(_ count: Int) -> Int {
        let over = count % overflow
        return (over <= most ? most : overflow + most) - over
    }
}
