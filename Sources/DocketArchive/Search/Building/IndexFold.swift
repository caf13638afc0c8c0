import Foundation
import GRDB

/// Moves recent documents into a segment: one transaction, so that a search finds each document once at any time.
struct IndexFold {
    let part: Int
    var ranking = Ranking()

    /// Folds at most `limit` of the oldest recent changes.
    /// - Returns: the number of changes folded; 0 when there were none.
    func run(limit: Int, _ db: Database) throws -> Int {
        let store = SegmentStore(part: part, db: db)
        let segments = try store.segments()
        var builder: SegmentBuilder?
        var (killed, folded, last): ([Int], Int, Int) = ([], 0, 0)
        let rows = try Row.fetchCursor(
            db.makeStatement(sql: "SELECT seq, replaced, terms FROM recent WHERE part = ? ORDER BY seq LIMIT ?"),
            arguments: [part, limit])
        while let row = try rows.next() {
            let seq: Int = row[0]
            let isDocument = !row.hasNull(atIndex: 2)
            if isDocument, let started = builder {
                // The documents of two segments never lie between one another.
                if started.isFull || segments.contains(where: { (started.firstDoc..<seq).contains($0.fromDoc) }) {
                    break
                }
            }
            if let replaced: Int = row[1] { killed.append(replaced) }
            if isDocument {
                var open = builder ?? SegmentBuilder(firstDoc: seq)
                builder = nil
                try row.withUnsafeData(atIndex: 2) { data in
                    try data?.withUnsafeBytes { try Self.add(RecentRow($0), seq, to: &open) }
                }
                builder = open
            }
            (folded, last) = (folded + 1, seq)
        }
        guard folded > 0 else { return 0 }
        if var builder { try write(&builder, store) }
        try store.kill(killed)
        try db.run("DELETE FROM recent WHERE part = ? AND seq <= ?", [part, last])
        return folded
    }

    /// Writes a full builder as a live segment.
    func write(_ builder: inout SegmentBuilder, _ store: SegmentStore) throws {
        guard !builder.isEmpty else { return }
        var segment = IndexSegment(
            id: try store.nextIdentity(), fromDoc: builder.firstDoc, endDoc: builder.endDoc, docs: builder.present.count
        )
        let lengths = builder.columns.lengths
        let average = SegmentStore.averageLength(lengths, of: builder.present.count)
        var writer = SegmentWriter(
            width: lengths.count, impacts: ImpactMeter(ranking: ranking, lengths: lengths, average: average),
            sink: store.sink(segment))
        try builder.write(to: &writer)
        segment.bytes = writer.bytes
        try store.insert(segment, state: .live)
        try store.insert(builder.columns.rows(), of: segment.id)
        let absent = builder.absent()
        if !absent.isEmpty { try store.setDead(absent, of: segment) }
    }

    private static func add(_ row: RecentRow, _ doc: Int, to builder: inout SegmentBuilder) throws {
        for index in 0..<row.termCount {
            let entry = try row.entry(index)
            let term = entry.term.assumingMemoryBound(to: UInt8.self)
            guard entry.hasPositions else {
                builder.add(term, position: nil, weight: entry.weight)
                continue
            }
            var rest = entry.weight
            var positions: [UInt32] = []
            try entry.forEachPosition { positions.append($0) }
            for (place, position) in positions.enumerated() {
                // The row keeps one weight for all positions of a term; the last one gets what the others leave.
                let weight = place + 1 == positions.count ? max(1, rest) : 1
                rest -= weight
                builder.add(term, position: Int(position), weight: weight)
            }
        }
        builder.end(doc, length: row.length, date: row.date, key: row.key)
    }
}

/// Adds many documents in the transaction of their records and writes them as segments at once, past table `recent`.
///
/// One transaction may hold any number of documents; `finish` must be called before it commits.
struct IndexLoader {
    private let writer: IndexWriter
    private let terms = DocumentTerms()
    private var seq: Int
    private var killed: [Int] = []
    private var builder: SegmentBuilder?
    private let fold: IndexFold
    /// The largest number of a source that was there before, and what came since.
    private let lastSource: Int64
    private var added: Set<DocumentName> = []

    /// Starts a load: what is recent is folded first, so that documents stay in order.
    init(_ writer: IndexWriter, _ db: Database) throws {
        self.writer = writer
        fold = IndexFold(part: writer.part)
        seq = try writer.sequence(db)
        lastSource = try writer.lastSource(db) ?? .min
        while try fold.run(limit: 20_000, db) > 0 {}
    }

    /// Adds or replaces a document.
    mutating func put(_ document: IndexDocument, _ db: Database) throws {
        seq += 1
        let name = DocumentName(document)
        let isNew = added.insert(name).inserted && name.source > lastSource
        // One that this very load has put dies when its postings are written.
        if let old = try writer.supersede(document, name, seq, isNew: isNew, db) { killed.append(old) }
        var open = builder ?? SegmentBuilder(firstDoc: seq)
        builder = nil
        let length = try terms.forEach(document) { open.add($0, position: $1, weight: $2) }
        open.end(
            seq, length: length, date: document.date.flatMap({ IndexDate($0) })?.number ?? 0, key: document.orderKey)
        builder = open
        if open.isFull { try flush(db) }
    }

    /// Writes what is held back and the sequence number.
    mutating func finish(_ db: Database) throws -> IndexSequence {
        try flush(db)
        try db.run("UPDATE indexPart SET seq = ? WHERE part = ?", [seq, writer.part])
        return IndexSequence(seq)
    }

    private mutating func flush(_ db: Database) throws {
        let store = SegmentStore(part: writer.part, db: db)
        if var full = builder.take() { try fold.write(&full, store) }
        try store.kill(killed)
        killed = []
    }
}
