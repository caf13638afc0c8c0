import Foundation
import GRDB

/// The terms of one live segment in the order of their bytes, each with its postings, for a merge.
///
/// Two cursors run side by side, over common and over rare terms; a term stands in one of the tables only. Sums of characters
/// are left out: a merge makes them anew.
///
/// A value that stands in one place and is not copied: `end` frees what it holds.
struct TermStream {
    let segment: IndexSegment
    /// Place among the segments that are merged.
    let place: Int
    private let blocks: RowCursor
    private let pages: RowCursor
    private var blockRow: Row?
    private var blockTerm: [UInt8] = []
    /// The bytes of the page of rare terms at hand, with slack behind.
    private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 8)
    private var page: RarePage
    private var hasRare = true
    private let after: [UInt8]
    private var isRareNext = false
    /// True behind the last term.
    private(set) var isAtEnd = false
    /// The first eight bytes of `term`, and its number of bytes.
    private(set) var key: UInt64 = 0
    private(set) var count = 0

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
        page = try RarePage(UnsafeRawBufferPointer(start: nil, count: 0))
        do {
            try nextBlock()
            try nextRare()
        } catch {
            room.deallocate()
            throw error
        }
        choose()
    }

    func end() { room.deallocate() }

    /// The next term; empty at the end.
    var term: [UInt8] { isAtEnd ? [] : isRareNext ? page.term : blockTerm }

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

    /// Appends the postings of the next term to `list`, documents shifted by `shift` and without those that `alive` does not
    /// hold, and goes on to the term behind it; `isLong` is called as the list grows.
    mutating func take(
        hasPositions: Bool, shift: Int, alive: Bitmap?, to list: inout PostingList,
        isLong: (inout PostingList) throws -> Void
    ) throws {
        guard !isAtEnd else { return }
        if isRareNext {
            try page.append(hasPositions: hasPositions, limit: segment.width, shift: shift, alive: alive, to: &list)
            try isLong(&list)
            try nextRare()
        } else {
            let term = blockTerm
            while let row = blockRow, blockTerm == term {
                let base = (row[2] as Int) - segment.fromDoc - 1
                let n: Int = row[1]
                guard n >= 0, n <= segment.width, base >= -1, base < segment.width else {
                    throw ArchiveError.damagedIndex("a row of postings is out of its segment")
                }
                try row.withUnsafeData(atIndex: 3) { docs in
                    try row.withUnsafeData(atIndex: 4) { positions in
                        try Padded.with(docs) { docs in
                            try Padded.with(positions) {
                                try PostingDecoder.append(
                                    n: n, base: base, docs: docs, positions: $0, hasPositions: hasPositions,
                                    limit: segment.width, shift: shift, alive: alive, to: &list)
                            }
                        }
                    }
                }
                try isLong(&list)
                try nextBlock()
            }
        }
        choose()
    }

    private mutating func choose() {
        if hasRare {
            isRareNext = blockRow == nil || Self.compare(page.term, blockTerm) < 0
        } else {
            isRareNext = false
            isAtEnd = blockRow == nil
        }
        if isAtEnd {
            (key, count) = (.max, .max)
        } else if isRareNext {
            (key, count) = (Self.key(page.term), page.term.count)
        } else {
            (key, count) = (Self.key(blockTerm), blockTerm.count)
        }
    }

    private mutating func nextBlock() throws {
        let sums = Array(IndexTerm.sums.utf8)
        repeat {
            blockRow = try blocks.next()
            guard let row = blockRow else { return }
            let term: String = row[0]
            blockTerm.replaceSubrange(0..., with: term.utf8)
        } while blockTerm.starts(with: sums)
    }

    private mutating func nextRare() throws {
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
                page = try RarePage(UnsafeRawBufferPointer(rebasing: room[..<count]))
            }
        }
    }
}

/// The streams of a merge, in the order of their segments, which go on together.
///
/// A value that is not copied; `end` frees what it holds.
struct TermStreams {
    /// One for each segment.
    let streams: UnsafeMutableBufferPointer<TermStream>
    /// Streams whose next term is `term`.
    private(set) var holders: [Int] = []
    /// The next term; empty at the end.
    private(set) var term: [UInt8] = []
    /// Key and length of each stream's next term, so that finding the first touches no stream.
    private var heads: [(key: UInt64, count: Int)] = []

    init(_ segments: [IndexSegment], part: Int, after: [UInt8]?, _ db: Database) throws {
        streams = .allocate(capacity: segments.count)
        for (place, segment) in segments.enumerated() {
            do {
                let stream = try TermStream(segment, place: place, part: part, after: after, db)
                streams.initializeElement(at: place, to: stream)
                heads.append((stream.key, stream.count))
            } catch {
                end()
                throw error
            }
        }
        find()
    }

    func end() {
        for place in heads.indices {
            streams[place].end()
            streams.deinitializeElement(at: place)
        }
        streams.deallocate()
    }

    /// Goes on to the next term, when the streams that held the last have.
    mutating func next() {
        for place in holders { heads[place] = (streams[place].key, streams[place].count) }
        find()
    }

    private mutating func find() {
        holders.removeAll(keepingCapacity: true)
        for place in heads.indices where heads[place].count < .max {
            guard let first = holders.first else {
                holders.append(place)
                continue
            }
            switch compare(place, first) {
            case 0: holders.append(place)
            case ..<0:
                holders.removeAll(keepingCapacity: true)
                holders.append(place)
            default: break
            }
        }
        term.removeAll(keepingCapacity: true)
        if let first = holders.first { term.append(contentsOf: streams[first].term) }
    }

    /// Below zero when the next term of the first of two streams comes before that of the second.
    @inline(__always)
    private func compare(_ left: Int, _ right: Int) -> Int {
        let (a, b) = (heads[left], heads[right])
        if a.key != b.key { return a.key < b.key ? -1 : 1 }
        // Of terms of up to eight bytes the key is all but their length.
        if a.count <= 8 || b.count <= 8 { return a.count - b.count }
        return TermStream.compare(streams[left].term, streams[right].term)
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
