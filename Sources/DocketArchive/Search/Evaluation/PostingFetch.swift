import Foundation
import GRDB

/// Reads the postings of a search from the tables of one part, in one transaction.
struct PostingFetch {
    let part: Int
    let requests: [TermRequest]
    let cache: ColumnCache
    let deadline: SearchDeadline
    let db: Database

    func batch() throws -> PostingBatch {
        var batch = PostingBatch()
        let row = try db.row("SELECT seq, format FROM indexPart WHERE part = ?", [part])
        guard let row else {
            batch.through[part] = 0
            return batch
        }
        guard (row[1] as Int) == IndexSchema.format else {
            throw ArchiveError.incomplete(part: "search index of another version")
        }
        batch.through[part] = IndexSequence(max(0, row[0] as Int))
        let (recent, replaced) = try recent()
        let store = SegmentStore(part: part, db: db)
        for segment in try store.segments() {
            try deadline.check()
            batch.segments.append(try postings(segment, replaced: replaced, store))
        }
        if let recent = recent.segment(part: part) { batch.segments.append(recent) }
        return batch
    }

    /// Documents that no segment holds, and documents of segments that died since they were folded.
    private func recent() throws -> (RecentPostings, [Int]) {
        var (recent, replaced) = (RecentPostings(requests), [Int]())
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT seq, replaced, terms FROM recent WHERE part = ? ORDER BY seq"),
            arguments: [part])
        while let row = try rows.next() {
            if let doc: Int = row[1] { replaced.append(doc) }
            try row.withUnsafeData(atIndex: 2) { data in
                try data?.withUnsafeBytes { try recent.add(row[0], RecentRow($0)) }
            }
        }
        return (recent, replaced)
    }

    private func postings(_ segment: IndexSegment, replaced: [Int], _ store: SegmentStore) throws -> SegmentPostings {
        var dead = try store.dead(segment)
        for doc in replaced where (segment.fromDoc..<segment.endDoc).contains(doc) {
            dead.insert(doc - segment.fromDoc)
        }
        var postings = SegmentPostings(
            part: part, firstDoc: segment.fromDoc, width: segment.width, requests: requests.count, dead: dead)
        for (number, request) in requests.enumerated() {
            switch request.terms {
            case .exact(let term): try exact(term, number, segment, &postings)
            case .range(let from, let before): try range(from, before, number, segment, &postings)
            }
        }
        postings.columns = try cache.columns(segment.id) {
            LoadedColumns(
                lengths: try store.numbers(.length, of: segment, 0..<segment.width, as: UInt16.self),
                dates: try store.numbers(.date, of: segment, 0..<segment.width, as: Int32.self),
                keys: try store.numbers(.key, of: segment, 0..<segment.width, as: UInt64.self))
        }
        postings.finish()
        return postings
    }

    // MARK: - Terms

    private func exact(
        _ term: String, _ number: Int, _ segment: IndexSegment, _ postings: inout SegmentPostings
    ) throws {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: requests[number].positions
                    ? """
                    SELECT n, firstDoc, docs, positions FROM posting
                    WHERE part = ? AND segment = ? AND term = ? ORDER BY block
                    """
                    : "SELECT n, firstDoc, docs FROM posting WHERE part = ? AND segment = ? AND term = ? ORDER BY block"
            ),
            arguments: [part, segment.id, term])
        var isCommon = false
        while let row = try rows.next() {
            isCommon = true
            try add(row, at: 0, number, segment, isRange: false, &postings)
        }
        guard !isCommon, let page = try rarePage(term, segment) else { return }
        let wanted = Array(term.utf8)
        _ = try rare(page, number, &postings) { term in
            if term == wanted { return .take }
            return wanted.lexicographicallyPrecedes(term) ? .stop : .skip
        }
    }

    /// The page on which a term stands if it is rare.
    private func rarePage(_ term: String, _ segment: IndexSegment) throws -> Row? {
        try db.row(
            "SELECT terms FROM rare WHERE part = ? AND segment = ? AND term >= ? ORDER BY term LIMIT 1",
            [part, segment.id, term])
    }

    /// Number of documents of a segment that hold a term, the dead ones too.
    func frequency(_ term: String, in segment: IndexSegment) throws -> Int {
        let common: Int? = try db.value(
            "SELECT sum(n) FROM posting WHERE part = ? AND segment = ? AND term = ?", [part, segment.id, term])
        if let common { return common }
        guard let page = try rarePage(term, segment) else { return 0 }
        let wanted = Array(term.utf8)
        return try page.withUnsafeData(atIndex: 0) { data in
            try (data ?? Data()).withUnsafeBytes { bytes in
                var page = RarePage(bytes)
                while try page.next() {
                    if page.term == wanted { return page.n }
                }
                return 0
            }
        }
    }

    /// Number of documents that hold each term among some that no segment holds yet.
    func recentFrequencies(_ terms: [String]) throws -> [Int] {
        var counts = [Int](repeating: 0, count: terms.count)
        let rows = try db.rows("SELECT terms FROM recent WHERE part = ? AND terms IS NOT NULL LIMIT 200", [part])
        for row in rows {
            try row.withUnsafeData(atIndex: 0) { data in
                try (data ?? Data()).withUnsafeBytes { bytes in
                    let row = try RecentRow(bytes)
                    for (index, term) in terms.enumerated() {
                        let place = try row.lowerBound(term.utf8)
                        guard place < row.termCount else { continue }
                        if try row.entry(place).term.elementsEqual(term.utf8) { counts[index] += 1 }
                    }
                }
            }
        }
        return counts
    }

    private func range(
        _ from: String, _ before: String, _ number: Int, _ segment: IndexSegment, _ postings: inout SegmentPostings
    ) throws {
        let columns = requests[number].positions ? "term, n, firstDoc, docs, positions" : "term, n, firstDoc, docs"
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT \(columns) FROM posting WHERE part = ? AND segment = ? AND term >= ? AND term < ?
                    ORDER BY term, block
                    """), arguments: [part, segment.id, from, before])
        while let row = try rows.next() { try add(row, at: 1, number, segment, isRange: true, &postings) }
        let (first, end) = (Array(from.utf8), Array(before.utf8))
        let pages = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT terms FROM rare WHERE part = ? AND segment = ? AND term >= ? ORDER BY term"),
            arguments: [part, segment.id, from])
        while let page = try pages.next() {
            let isDone = try rare(page, number, &postings) { term in
                if term.lexicographicallyPrecedes(first) { return .skip }
                return term.lexicographicallyPrecedes(end) ? .take : .stop
            }
            if isDone { return }
        }
    }

    /// Adds a row whose number of postings stands in column `index`.
    private func add(
        _ row: Row, at index: Int, _ number: Int, _ segment: IndexSegment, isRange: Bool,
        _ postings: inout SegmentPostings
    ) throws {
        let (n, firstDoc): (Int, Int) = (row[index], row[index + 1])
        let base = firstDoc - segment.fromDoc - 1
        guard n >= 0, n <= segment.width, base >= -1, base < segment.width else {
            throw ArchiveError.damagedIndex("a row of postings is out of its segment")
        }
        let term = isRange ? (row[0] as Data) : nil
        try row.withUnsafeData(atIndex: index + 2) { docs in
            try row.withUnsafeData(atIndex: requests[number].positions ? index + 3 : index + 2) { positions in
                postings.add(
                    number, n: n, base: base, docs: docs ?? Data(),
                    positions: requests[number].positions ? positions : nil, term: term)
            }
        }
    }

    private enum Choice { case skip, take, stop }

    /// Adds the wanted terms of a page; true when the last one wanted was in it.
    private func rare(
        _ row: Row, _ number: Int, _ postings: inout SegmentPostings, _ choose: ([UInt8]) -> Choice
    ) throws -> Bool {
        try row.withUnsafeData(atIndex: 0) { data in
            try (data ?? Data()).withUnsafeBytes { bytes in
                let isRange = if case .range = requests[number].terms { true } else { false }
                var page = RarePage(bytes)
                while try page.next() {
                    switch choose(page.term) {
                    case .skip: continue
                    case .stop: return true
                    case .take:
                        postings.add(
                            number, n: page.n, base: -1, docs: page.docs,
                            positions: requests[number].positions ? page.positions : nil,
                            term: isRange ? page.term : nil)
                    }
                }
                return false
            }
        }
    }
}
