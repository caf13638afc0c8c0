import DocketCore
import Foundation

/// When a search must end.
struct SearchDeadline: Sendable {
    private let end: ContinuousClock.Instant?

    /// So far from now; nil never.
    init(_ limit: Duration?) { end = limit.map { ContinuousClock.now + $0 } }

    /// - Throws: `ArchiveError.unavailable` when it has passed, `CancellationError` when the task is cancelled.
    func check() throws {
        try Task.checkCancellation()
        if let end, ContinuousClock.now > end {
            throw ArchiveError.unavailable(
                file: LibraryFolder.databaseName,
                reason: LocalizedText(zhHant: "檢索超過時限", en: "the search took longer than it may"), retryable: true)
        }
    }
}

/// Name of a document in the index: its part and its number there.
struct DocumentKey: Sendable, Hashable, Comparable {
    var part: Int
    var doc: Int

    static func < (left: Self, right: Self) -> Bool { (left.part, left.doc) < (right.part, right.doc) }
}

/// Gives postings to the evaluation, from one part of the index or from several.
protocol PostingSource: Sendable {
    /// Postings of `requests` in one consistent state of each part.
    /// - Throws: `ArchiveError.corrupt`, `.unavailable`, `CancellationError`.
    func postings(_ requests: [TermRequest], deadline: SearchDeadline) async throws -> PostingBatch

    /// How many documents hold each of `terms`, counted where most documents are: enough to tell rare terms from common ones.
    /// - Throws: `ArchiveError.corrupt`, `.unavailable`, `CancellationError`.
    func frequencies(_ terms: [String], deadline: SearchDeadline) async throws -> [Int]

    /// What is shown of documents; one that was replaced since is absent.
    func documents(_ keys: [DocumentKey]) async throws -> [DocumentKey: IndexDocument]
}

/// The postings of a search, still encoded.
struct PostingBatch: Sendable {
    /// Postings by segment; recent documents of a part are a segment of their own.
    var segments: [SegmentPostings] = []
    /// Last change of each part that answered.
    var through: [Int: IndexSequence] = [:]
    /// Parts that did not answer.
    var missing: [Int] = []

    mutating func append(_ other: PostingBatch) {
        segments += other.segments
        through.merge(other.through) { $1 }
        missing += other.missing
    }
}

/// Postings of one segment in one buffer of bytes.
struct SegmentPostings: Sendable {
    /// One row of postings.
    struct Block: Sendable {
        var n: Int
        /// What the first gap counts from.
        var base: Int
        /// Place of the encoded documents in `bytes`.
        var docs: Range<Int>
        /// Place of the encoded positions; empty when they were not asked for.
        var positions: Range<Int>
        /// Place of the term; empty where one term was asked for.
        var term: Range<Int>
    }

    let part: Int
    /// Number of the segment's first document.
    let firstDoc: Int
    /// Width of its range of documents.
    let width: Int
    /// Encoded rows; `finish` adds the slack that decoders may read.
    private(set) var bytes: [UInt8] = []
    /// Rows by request; rows of one term stand together.
    private(set) var blocks: [[Block]]
    /// Documents that are passed over.
    var dead: Bitmap
    var columns = LoadedColumns()

    init(part: Int, firstDoc: Int, width: Int, requests: Int, dead: Bitmap) {
        self.part = part
        self.firstDoc = firstDoc
        self.width = width
        self.dead = dead
        blocks = Array(repeating: [], count: requests)
    }

    mutating func add(
        _ request: Int, n: Int, base: Int, docs: some Collection<UInt8>, positions: (some Collection<UInt8>)?,
        term: (some Collection<UInt8>)?
    ) {
        func place(_ part: (some Collection<UInt8>)?) -> Range<Int> {
            let start = bytes.count
            if let part { bytes.append(contentsOf: part) }
            return start..<bytes.count
        }
        blocks[request].append(
            Block(n: n, base: base, docs: place(docs), positions: place(positions), term: place(term)))
    }

    mutating func finish() { bytes.append(contentsOf: repeatElement(0, count: PostingDecoder.slack)) }
}

/// Facts of all documents of a segment, immutable and so kept between searches.
struct LoadedColumns: Sendable {
    var lengths: [UInt16] = []
    var dates: [Int32] = []
    var keys: [UInt64] = []

    /// Bytes in memory.
    var memory: Int { lengths.count * 2 + dates.count * 4 + keys.count * 8 }
}
