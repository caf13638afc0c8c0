import Foundation
import GRDB

/// Reads the postings of a search from the tables of one part, in one transaction.
struct PostingFetch {
    let part: Int
    let requests: [TermRequest]
    let cache: IndexCache
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
        if let recent = try recent.segment(part: part) { batch.segments.append(recent) }
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
        let known = IndexCache.SetKey(segment: segment.id, dead: segment.dead, name: "dead")
        var dead = try cache.set(known) { try store.dead(segment) }
        for doc in replaced where (segment.fromDoc..<segment.endDoc).contains(doc) {
            dead.insert(doc - segment.fromDoc)
        }
        var postings = SegmentPostings(
            part: part, firstDoc: segment.fromDoc, width: segment.width, requests: requests.count, dead: dead)
        postings.memory = SegmentPostings.Memory(cache: cache, segment: segment.id)
        postings.columns = try cache.columns(segment.id) { try store.columns(segment) }
        for (number, request) in requests.enumerated() {
            let key = IndexCache.ListKey(segment: segment.id, terms: request.terms, positions: request.positions)
            postings.lists[number] = try cache.lists(key) {
                switch request.terms {
                case .exact(let term): return try exact(term, request.positions, segment).map { [$0] } ?? []
                case .range(let from, let before):
                    // Facets count by term, phrases look at places; all others want the terms together.
                    guard !request.positions, !IndexTerm.isFact(from) else {
                        return try range(from, before, request.positions, segment)
                    }
                    return try summed(from, before, segment, postings)
                }
            }
        }
        return postings
    }

    /// The postings of a range of terms as one list: weights of a document add up.
    private func summed(
        _ from: String, _ before: String, _ segment: IndexSegment, _ postings: SegmentPostings
    ) throws -> [TermPostings] {
        if let sums = try sums(from, before, segment) { return [sums] }
        var (weights, list) = (DocumentWeights(segment.width), PostingList())
        for common in try commonRange(from, before, false, segment) { try weights.add(common) }
        try rareRange(from, before, segment) { page in
            list.removeAll()
            try page.append(hasPositions: false, limit: segment.width, shift: 0, alive: nil, to: &list)
            weights.add(list.docs, list.weights)
        }
        weights.endAlternative()
        return weights.list.docs.isEmpty ? [] : [postings.plain(weights.list.docs, weights.list.weights)]
    }

    // MARK: - Terms

    private func exact(_ term: String, _ positions: Bool, _ segment: IndexSegment) throws -> TermPostings? {
        // A common term is named among the rare ones.
        let found: TermPostings?? = try rarePage(term, segment) { page in
            var term = term
            guard try term.withUTF8({ try page.find($0) }) else { return nil }
            guard page.n > 0 else { return .some(nil) }
            var builder = TermPostingsBuilder(limit: segment.width, hasPlaces: positions)
            try builder.add(page)
            return builder.finish()
        }
        guard let found else { return nil }
        return try found ?? common(term, positions, segment)
    }

    /// The postings of a term that has rows of its own.
    private func common(_ term: String, _ positions: Bool, _ segment: IndexSegment) throws -> TermPostings? {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: positions
                    ? """
                    SELECT n, firstDoc, docs, positions FROM posting
                    WHERE part = ? AND segment = ? AND term = ? ORDER BY block
                    """
                    : "SELECT n, firstDoc, docs FROM posting WHERE part = ? AND segment = ? AND term = ? ORDER BY block"
            ),
            arguments: [part, segment.id, term])
        var builder = TermPostingsBuilder(limit: segment.width, hasPlaces: positions)
        while let row = try rows.next() { try add(row, at: 0, positions, segment, &builder) }
        return builder.isEmpty ? nil : builder.finish()
    }

    /// Gives `body` the page on which a term stands if it is rare; nil where there is none.
    private func rarePage<T>(
        _ term: String, _ segment: IndexSegment, _ body: (inout RarePage) throws -> T?
    ) throws -> T? {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT terms FROM rare WHERE part = ? AND segment = ? AND term >= ? ORDER BY term LIMIT 1"),
            arguments: [part, segment.id, term])
        guard let row = try rows.next() else { return nil }
        return try row.withUnsafeData(atIndex: 0) { data in
            try (data ?? Data()).withUnsafeBytes { bytes in
                var page = try RarePage(bytes)
                return try body(&page)
            }
        }
    }

    /// Number of documents of a segment that hold a term, the dead ones too.
    func frequency(_ term: String, in segment: IndexSegment) throws -> Int {
        let rare: Int? = try rarePage(term, segment) { page in
            var term = term
            return try term.withUTF8 { try page.find($0) } ? page.n : nil
        }
        guard rare == 0 else { return rare ?? 0 }
        return try db.value(
            "SELECT sum(n) FROM posting WHERE part = ? AND segment = ? AND term = ?", [part, segment.id, term]) ?? 0
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

    /// What all terms that begin with one character come to, where that was added up.
    private func sums(_ from: String, _ before: String, _ segment: IndexSegment) throws -> TermPostings? {
        guard CharacterSums.character(from.utf8.map { $0 }) == from.utf8.count, before == IndexTerm.after(from) else {
            return nil
        }
        return try common(IndexTerm.sums + from, false, segment)
    }

    private func range(
        _ from: String, _ before: String, _ positions: Bool, _ segment: IndexSegment
    ) throws -> [TermPostings] {
        var found = try commonRange(from, before, positions, segment)
        try rareRange(from, before, segment) { page in
            var builder = TermPostingsBuilder(term: page.term, limit: segment.width, hasPlaces: positions)
            try builder.add(page)
            found.append(builder.finish())
        }
        return found
    }

    /// The common ones of a range of terms.
    private func commonRange(
        _ from: String, _ before: String, _ positions: Bool, _ segment: IndexSegment
    ) throws -> [TermPostings] {
        var found: [TermPostings] = []
        let columns = positions ? "term, n, firstDoc, docs, positions" : "term, n, firstDoc, docs"
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT \(columns) FROM posting WHERE part = ? AND segment = ? AND term >= ? AND term < ?
                    ORDER BY term, block
                    """), arguments: [part, segment.id, from, before])
        var (term, builder): (String?, TermPostingsBuilder?)
        while let row = try rows.next() {
            let next: String = row[0]
            if next != term {
                if let builder { found.append(builder.finish()) }
                builder = nil
            }
            var open =
                builder ?? TermPostingsBuilder(term: Array(next.utf8), limit: segment.width, hasPlaces: positions)
            (term, builder) = (next, nil)
            try add(row, at: 1, positions, segment, &open)
            builder = open
        }
        if let builder { found.append(builder.finish()) }
        return found
    }

    /// Calls `body` with each of the rare ones of a range of terms.
    private func rareRange(
        _ from: String, _ before: String, _ segment: IndexSegment, _ body: (RarePage) throws -> Void
    ) throws {
        let (first, end) = (Array(from.utf8), Array(before.utf8))
        let pages = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT terms FROM rare WHERE part = ? AND segment = ? AND term >= ? ORDER BY term"),
            arguments: [part, segment.id, from])
        var isDone = false
        while !isDone, let row = try pages.next() {
            try row.withUnsafeData(atIndex: 0) { data in
                try Padded.with(data) { bytes in
                    var page = try RarePage(bytes)
                    while try page.next() {
                        if page.term.lexicographicallyPrecedes(first) { continue }
                        isDone = !page.term.lexicographicallyPrecedes(end)
                        if isDone { return }
                        if page.n > 0 { try body(page) }
                    }
                }
            }
        }
    }

    /// Adds a row whose number of postings stands in column `index`.
    private func add(
        _ row: Row, at index: Int, _ positions: Bool, _ segment: IndexSegment, _ builder: inout TermPostingsBuilder
    ) throws {
        let (n, firstDoc): (Int, Int) = (row[index], row[index + 1])
        let base = firstDoc - segment.fromDoc - 1
        guard n >= 0, n <= segment.width, base >= -1, base < segment.width else {
            throw ArchiveError.damagedIndex("a row of postings is out of its segment")
        }
        try row.withUnsafeData(atIndex: index + 2) { docs in
            try row.withUnsafeData(atIndex: positions ? index + 3 : index + 2) { places in
                try (docs ?? Data()).withUnsafeBytes { docs in
                    try (places ?? Data()).withUnsafeBytes { places in
                        try builder.add(n: n, base: base, docs: docs, positions: places)
                    }
                }
            }
        }
    }
}
