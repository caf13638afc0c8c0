import Foundation
import GRDB

/// The terms of one live segment in the order of their bytes, each with its postings, for a merge.
///
/// Two cursors run side by side, over common and over rare terms; a term stands in one of the tables only. Sums of characters
/// are left out: a merge makes them anew.
final class TermStream {
    let segment: IndexSegment
    /// Place among the segments that are merged.
    let place: Int
    private let blocks: RowCursor
    private let pages: RowCursor
    private var blockRow: Row?
    private var blockTerm: [UInt8] = []
    /// The bytes of the page of rare terms at hand, with slack behind.
    private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 8)
    private var page = RarePage(UnsafeRawBufferPointer(start: nil, count: 0))
    private var hasRare = true
    private let after: [UInt8]
    private var isRareNext = false
    /// True behind the last term.
    private(set) var isAtEnd = false

    /// Terms behind `after`; nil begins with the first.
    init(_ segment: IndexSegment, place: Int, part: Int, after: [UInt8]?, _ db: Database) throws {
        self.segment = segment
        self.place = place
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
        choose()
    }

    deinit { room.deallocate() }

    /// The next term; empty at the end.
    var term: [UInt8] { isAtEnd ? [] : isRareNext ? page.term : blockTerm }

    /// The first eight bytes of `term`.
    private(set) var key: UInt64 = 0
    /// True when the key is all of the term.
    private var isShort = false

    /// True when this stream's next term comes before that of `other`, or is the same and its segment comes first.
    func precedes(_ other: TermStream) -> Bool {
        if key != other.key { return key < other.key }
        if isShort, other.isShort { return place < other.place }
        switch Self.compare(term, other.term) {
        case 0: return place < other.place
        case let order: return order < 0
        }
    }

    static func key(_ term: [UInt8]) -> UInt64 {
        var key: UInt64 = 0
        for index in 0..<min(8, term.count) { key |= UInt64(term[index]) << UInt64(56 - index * 8) }
        return key
    }

    /// Below zero when `left` comes first, above when `right` does.
    @inline(__always)
    static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        let order = left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                guard let a = left.baseAddress, let b = right.baseAddress else { return Int32(0) }
                return memcmp(a, b, min(left.count, right.count))
            }
        }
        return order == 0 ? left.count - right.count : Int(order)
    }

    /// Hands the postings of the next term to `body`, a row at a time, and goes on to the term behind it.
    func take(
        _ body: (_ n: Int, _ base: Int, _ docs: UnsafeRawBufferPointer, _ positions: UnsafeRawBufferPointer) throws ->
            Void
    )
        throws
    {
        guard !isAtEnd else { return }
        if isRareNext {
            // Documents and positions stand one behind the other; the first reader says where the second begins.
            try body(page.n, -1, page.postings, UnsafeRawBufferPointer(start: nil, count: 0))
            try nextRare()
        } else {
            let term = blockTerm
            while let row = blockRow, blockTerm == term {
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
        }
        choose()
    }

    private func choose() {
        if hasRare {
            isRareNext = blockRow == nil || Self.compare(page.term, blockTerm) < 0
        } else {
            isRareNext = false
            isAtEnd = blockRow == nil
        }
        let term = term
        (key, isShort) = (Self.key(term), term.count <= 8)
    }

    private func nextBlock() throws {
        let sums = Array(IndexTerm.sums.utf8)
        repeat {
            blockRow = try blocks.next()
            guard let row = blockRow else { return }
            let term: String = row[0]
            blockTerm.replaceSubrange(0..., with: term.utf8)
        } while blockTerm.starts(with: sums)
    }

    private func nextRare() throws {
        while true {
            if try page.next() {
                guard page.n > 0 else { continue }
                if after.isEmpty || Self.compare(after, page.term) < 0 { return }
                continue
            }
            guard let row = try pages.next() else {
                hasRare = false
                return
            }
            try row.withUnsafeData(atIndex: 0) { data in
                let count = data?.count ?? 0
                if room.count < count + PostingDecoder.slack {
                    room.deallocate()
                    room = .allocate(byteCount: count + PostingDecoder.slack, alignment: 8)
                }
                data?.withUnsafeBytes { room.copyMemory(from: $0) }
                page = RarePage(UnsafeRawBufferPointer(rebasing: room[..<count]))
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
