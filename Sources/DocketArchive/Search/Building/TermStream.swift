import Foundation
import GRDB

/// The terms of one live segment in the order of their bytes, each with its postings, for a merge.
///
/// Two cursors run side by side, over common and over rare terms; a term stands in one of the tables only.
final class TermStream {
    let segment: IndexSegment
    private let blocks: RowCursor
    private let pages: RowCursor
    private var blockRow: Row?
    private var blockTerm: [UInt8]?
    private var rare: [(term: [UInt8], n: Int, docs: [UInt8], positions: [UInt8])] = []
    private var rareIndex = 0
    private let after: [UInt8]

    /// Terms behind `after`; nil begins with the first.
    init(_ segment: IndexSegment, part: Int, after: [UInt8]?, _ db: Database) throws {
        self.segment = segment
        self.after = after ?? []
        let start = SegmentStore.text(self.after)
        blocks = try Row.fetchCursor(
            db.makeStatement(
                sql: """
                    SELECT term, n, firstDoc, docs, positions FROM posting
                    WHERE part = ? AND segment = ? AND term > ? ORDER BY term, block
                    """), arguments: [part, segment.id, start])
        pages = try Row.fetchCursor(
            db.makeStatement(
                sql: "SELECT terms FROM rare WHERE part = ? AND segment = ? AND term > ? ORDER BY term"),
            arguments: [part, segment.id, start])
        try nextBlock()
        try nextRare()
    }

    /// The next term, nil at the end.
    var term: [UInt8]? {
        let rareTerm = rareIndex < rare.count ? rare[rareIndex].term : nil
        guard let blockTerm else { return rareTerm }
        guard let rareTerm else { return blockTerm }
        return rareTerm.lexicographicallyPrecedes(blockTerm) ? rareTerm : blockTerm
    }

    /// Hands the postings of the next term to `body`, a row at a time, and goes on to the term behind it.
    func take(
        _ body: (_ n: Int, _ base: Int, _ docs: UnsafeRawBufferPointer, _ positions: UnsafeRawBufferPointer) throws ->
            Void
    )
        throws
    {
        guard let term else { return }
        if term == blockTerm {
            while blockTerm == term, let row = blockRow {
                let base = (row[2] as Int) - segment.fromDoc - 1
                try row.withUnsafeData(atIndex: 3) { docs in
                    try row.withUnsafeData(atIndex: 4) { positions in
                        try Padded.with(docs) { docs in
                            try Padded.with(positions) { try body(row[1], base, docs, $0) }
                        }
                    }
                }
                try nextBlock()
            }
        } else {
            let entry = rare[rareIndex]
            try Padded.with(entry.docs) { docs in
                try Padded.with(entry.positions) { try body(entry.n, -1, docs, $0) }
            }
            rareIndex += 1
            if rareIndex == rare.count { try nextRare() }
        }
    }

    private func nextBlock() throws {
        blockRow = try blocks.next()
        blockTerm = blockRow.map { Array(($0[0] as String).utf8) }
    }

    private func nextRare() throws {
        rare = []
        rareIndex = 0
        while rare.isEmpty, let row = try pages.next() {
            try row.withUnsafeData(atIndex: 0) { data in
                try data?.withUnsafeBytes { bytes in
                    var page = RarePage(bytes)
                    while try page.next() {
                        guard after.isEmpty || after.lexicographicallyPrecedes(page.term) else { continue }
                        rare.append((page.term, page.n, Array(page.docs), Array(page.positions)))
                    }
                }
            }
        }
    }
}

/// Bytes with room behind them that decoders may read.
enum Padded {
    static func with<T>(_ bytes: (some Collection<UInt8>)?, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T
    {
        let count = bytes?.count ?? 0
        return try withUnsafeTemporaryAllocation(byteCount: count + PostingDecoder.slack, alignment: 8) { buffer in
            if let bytes { buffer.copyBytes(from: bytes) }
            return try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
