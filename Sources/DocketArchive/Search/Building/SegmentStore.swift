import Foundation
import GRDB

/// A segment of a part: an immutable set of postings over documents `fromDoc` up to and without `endDoc`.
struct IndexSegment: Sendable, Equatable {
    /// Whether a search reads it.
    enum State: String {
        /// Being written by a merge: no search reads it, and the next upkeep goes on with it.
        case building
        /// Written by a merge with all its terms, and not searched yet.
        case written
        /// Searched.
        case live
        /// Merged into another one: its rows are being deleted.
        case dropped
    }

    var id: Int
    var fromDoc: Int
    var endDoc: Int
    /// Documents that its postings name.
    var docs: Int
    /// Those of them that were replaced or taken out since.
    var dead: Int
    var bytes: Int
    /// The last term that a merge has written of it, "" before the first.
    var upTo = ""

    /// Width of its range of documents.
    var width: Int { endDoc - fromDoc }
    var live: Int { docs - dead }

    static let columns = "id, fromDoc, toDoc, docs, dead, bytes, upTo"

    init(id: Int, fromDoc: Int, endDoc: Int, docs: Int, dead: Int = 0, bytes: Int = 0) {
        (self.id, self.fromDoc, self.endDoc, self.docs, self.dead, self.bytes) = (
            id, fromDoc, endDoc, docs, dead, bytes
        )
    }

    init(_ row: Row) throws {
        let last: Int = row[2]
        self.init(id: row[0], fromDoc: row[1], endDoc: last + 1, docs: row[3], dead: row[4], bytes: row[5])
        upTo = row[6]
        guard fromDoc >= 0, endDoc > fromDoc, width < 1 << 32 else {
            throw ArchiveError.damagedIndex("the range of a segment is impossible")
        }
    }
}

/// Reads and writes the rows of segments of one part, inside the caller's transaction.
struct SegmentStore {
    let part: Int
    let db: Database

    /// Segments in a state, in the order of their documents.
    func segments(_ state: IndexSegment.State = .live) throws -> [IndexSegment] {
        try db.rows(
            "SELECT \(IndexSegment.columns) FROM segment WHERE part = ? AND state = ? ORDER BY fromDoc",
            [part, state.rawValue]
        ).map(IndexSegment.init)
    }

    /// The next segment identity; identities are never used twice.
    func nextIdentity() throws -> Int {
        let id: Int = try db.value("SELECT nextSegment FROM indexPart WHERE part = ?", [part]) ?? 1
        try db.run("UPDATE indexPart SET nextSegment = ? WHERE part = ?", [id + 1, part])
        return id
    }

    func insert(_ segment: IndexSegment, state: IndexSegment.State) throws {
        try db.run(
            """
            INSERT INTO segment (part, id, fromDoc, toDoc, docs, dead, bytes, state, upTo)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')
            """,
            [
                part, segment.id, segment.fromDoc, segment.endDoc - 1, segment.docs, segment.dead, segment.bytes,
                state.rawValue,
            ])
    }

    func update(_ segment: IndexSegment, state: IndexSegment.State) throws {
        try db.run(
            "UPDATE segment SET docs = ?, dead = ?, bytes = ?, state = ?, upTo = ? WHERE part = ? AND id = ?",
            [segment.docs, segment.dead, segment.bytes, state.rawValue, segment.upTo, part, segment.id])
    }

    // MARK: - Postings

    /// A sink that writes the rows of `segment`.
    func sink(_ segment: IndexSegment) -> SegmentWriter.Sink {
        SegmentWriter.Sink(
            block: { block in
                try db.run(
                    """
                    INSERT INTO posting (part, segment, term, block, n, firstDoc, lastDoc, maxScore, docs, positions)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        part, segment.id, Self.text(block.term), block.block, block.n, segment.fromDoc + block.firstDoc,
                        segment.fromDoc + block.lastDoc, block.maxScore, block.docs.data, block.positions.data,
                    ])
            },
            page: { page in
                try db.run(
                    "INSERT INTO rare (part, segment, term, terms) VALUES (?, ?, ?, ?)",
                    [part, segment.id, Self.text(page.term), page.terms.data])
            })
    }

    static func text(_ term: [UInt8]) -> String { String(decoding: term, as: UTF8.self) }

    // MARK: - Columns and dead documents

    func insert(_ rows: [(column: SegmentColumns.Column, chunk: Int, numbers: [UInt8])], of segment: Int) throws {
        for row in rows {
            try db.run(
                "INSERT INTO length (part, segment, column, chunk, numbers) VALUES (?, ?, ?, ?, ?)",
                [part, segment, row.column.rawValue, row.chunk, row.numbers.data])
        }
    }

    /// Numbers of documents `range` of a segment, counted from its first; zero where a row is short.
    func numbers<Number: FixedWidthInteger>(
        _ column: SegmentColumns.Column, of segment: IndexSegment, _ range: Range<Int>, as type: Number.Type
    ) throws -> [Number] {
        var numbers = [Number](repeating: 0, count: range.count)
        guard !range.isEmpty else { return numbers }
        let chunks = range.lowerBound / SegmentColumns.chunk...(range.upperBound - 1) / SegmentColumns.chunk
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT chunk, numbers FROM length
                    WHERE part = ? AND segment = ? AND column = ? AND chunk BETWEEN ? AND ?
                    """),
            arguments: [part, segment.id, column.rawValue, chunks.lowerBound, chunks.upperBound])
        while let row = try rows.next() {
            let first = (row[0] as Int) * SegmentColumns.chunk
            try row.withUnsafeData(atIndex: 1) { data in
                try data?.withUnsafeBytes { bytes in
                    let count = bytes.count / MemoryLayout<Number>.size
                    let expected = min(SegmentColumns.chunk, segment.width - first)
                    guard count == expected else { throw ArchiveError.damagedIndex("a row of lengths is cut short") }
                    let part = max(first, range.lowerBound)..<min(first + count, range.upperBound)
                    let width = MemoryLayout<Number>.size
                    let source = bytes[(part.lowerBound - first) * width..<(part.upperBound - first) * width]
                    numbers.withUnsafeMutableBytes { target in
                        let start = (part.lowerBound - range.lowerBound) * width
                        UnsafeMutableRawBufferPointer(rebasing: target[start..<start + source.count])
                            .copyMemory(from: UnsafeRawBufferPointer(rebasing: source))
                    }
                }
            }
        }
        if Int(1).littleEndian != 1 {
            for index in numbers.indices { numbers[index] = Number(littleEndian: numbers[index]) }
        }
        return numbers
    }

    /// All columns of a segment.
    func columns(_ segment: IndexSegment) throws -> LoadedColumns {
        let lengths = try numbers(.length, of: segment, 0..<segment.width, as: UInt16.self)
        return LoadedColumns(
            lengths: lengths, dates: try numbers(.date, of: segment, 0..<segment.width, as: Int32.self),
            keys: try numbers(.key, of: segment, 0..<segment.width, as: UInt64.self),
            averageLength: Self.averageLength(lengths, of: segment.docs))
    }

    /// The average length that impacts in a segment are reckoned with: the same whenever it is asked for.
    static func averageLength(_ lengths: [UInt16], of documents: Int) -> Float {
        Ranking.Statistics(documents: documents, totalLength: lengths.reduce(0) { $0 + Int($1) }).averageLength
    }

    /// Documents of a segment that a search must pass over: replaced, taken out, or never there.
    func dead(_ segment: IndexSegment) throws -> Bitmap {
        let data: Data? = try db.value("SELECT bitmap FROM dead WHERE part = ? AND segment = ?", [part, segment.id])
        guard let data else { return Bitmap(segment.width) }
        return data.withUnsafeBytes { Bitmap(bytes: $0, count: segment.width) }
    }

    func setDead(_ bitmap: Bitmap, of segment: IndexSegment) throws {
        try db.run(
            """
            INSERT INTO dead (part, segment, bitmap) VALUES (?, ?, ?)
            ON CONFLICT (part, segment) DO UPDATE SET bitmap = excluded.bitmap
            """, [part, segment.id, bitmap.bytes.data])
    }

    /// Marks documents as dead in the live segments that hold them.
    func kill(_ docs: [Int]) throws {
        guard !docs.isEmpty else { return }
        let docs = docs.sorted()
        for segment in try segments() {
            let mine = docs.filter { (segment.fromDoc..<segment.endDoc).contains($0) }
            guard !mine.isEmpty else { continue }
            var bitmap = try dead(segment)
            var changed = segment
            for doc in mine where !bitmap.contains(doc - segment.fromDoc) {
                bitmap.insert(doc - segment.fromDoc)
                changed.dead += 1
            }
            try setDead(bitmap, of: segment)
            try update(changed, state: .live)
        }
    }
}
