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

    /// Lets `body` read the terms of each part, in one consistent state of it.
    /// - Parameters:
    ///   - looks: rows that may be read in each part.
    ///   - deadline: when it must end.
    ///   - body: called once for each part.
    /// - Returns: what `body` made of each part that answers, in the order of parts.
    /// - Throws: `ArchiveError.corrupt`, `.unavailable`, `CancellationError`, or what `body` throws.
    func readTerms<Result: Sendable>(
        looks: Int, deadline: SearchDeadline, _ body: @escaping @Sendable (TermReader) throws -> Result
    ) async throws -> [Result]
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

/// Postings of one segment.
struct SegmentPostings: Sendable {
    /// What is kept of the segment between searches; nil for documents that no segment holds.
    struct Memory: Sendable {
        var cache: IndexCache
        var segment: Int
    }

    let part: Int
    /// Number of the segment's first document.
    let firstDoc: Int
    /// Width of its range of documents.
    let width: Int
    /// Lists by request: one for a term, one for each term of a range, none where no document holds it.
    var lists: [[TermPostings]]
    /// Documents that are passed over.
    var dead: Bitmap
    var columns = LoadedColumns()
    var memory: Memory?

    init(part: Int, firstDoc: Int, width: Int, requests: Int, dead: Bitmap) {
        self.part = part
        self.firstDoc = firstDoc
        self.width = width
        self.dead = dead
        lists = Array(repeating: [], count: requests)
    }

    /// Number of postings of a request.
    func count(_ request: Int) -> Int { lists[request].reduce(0) { $0 + $1.count } }
}

/// Facts of all documents of a segment, immutable and so kept between searches.
struct LoadedColumns: Sendable {
    var lengths: [UInt16] = []
    var dates: [Int32] = []
    var keys: [UInt64] = []
    /// The average length that the impacts of the segment's postings were reckoned with.
    var averageLength: Float = 1

    /// Bytes in memory.
    var memory: Int { lengths.count * 2 + dates.count * 4 + keys.count * 8 }
}
