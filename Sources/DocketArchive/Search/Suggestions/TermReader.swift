import Foundation
import GRDB

/// Reads which terms a part of the index holds, whoever may see them: what is found must still be counted for the viewer.
///
/// It reads a limited number of rows and then finds nothing more. Valid inside the call that gives it.
final class TermReader {
    /// Stands for the count of a term that has rows of its own.
    static let common = SegmentWriter.rarePostings + 1

    /// Live segments, the one with the most documents first.
    let segments: [IndexSegment]
    /// Rows that may still be read.
    private(set) var looksLeft: Int
    private let part: Int
    private let db: Database

    /// - Throws: `ArchiveError.incomplete` when the index has another form.
    init(part: Int, looks: Int, db: Database) throws {
        (self.part, looksLeft, self.db) = (part, looks, db)
        let format: Int? = try db.value("SELECT format FROM indexPart WHERE part = ?", [part])
        guard format ?? IndexSchema.format == IndexSchema.format else {
            throw ArchiveError.incomplete(part: "search index of another version")
        }
        segments = try SegmentStore(part: part, db: db).segments()
            .sorted { ($1.live, $0.fromDoc) < ($0.live, $1.fromDoc) }
    }

    /// Documents of a segment that hold each of `terms`, dead ones too; absent where there is none.
    func counts(of terms: Set<String>, in segment: IndexSegment) throws -> [String: Int] {
        let sorted = terms.map { (term: $0, bytes: Array($0.utf8)) }
            .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        let statement = try db.cachedStatement(
            sql: "SELECT term, terms FROM rare WHERE part = ? AND segment = ? AND term >= ? ORDER BY term LIMIT 1")
        var counts: [String: Int] = [:]
        var place = 0
        while place < sorted.count, looksLeft > 0 {
            looksLeft -= 1
            let rows = try Row.fetchCursor(statement, arguments: [part, segment.id, sorted[place].term])
            guard let row = try rows.next() else { break }
            let last = Array((row[0] as String).utf8)
            var end = place + 1
            while end < sorted.count, !last.lexicographicallyPrecedes(sorted[end].bytes) { end += 1 }
            try row.withUnsafeData(atIndex: 1) { data in
                try (data ?? Data()).withUnsafeBytes { bytes in
                    try Self.find(sorted[place..<end], on: try RarePage(bytes), &counts)
                }
            }
            place = end
        }
        return counts
    }

    /// Adds the counts of those of some terms that stand on a page; both rise.
    private static func find(
        _ wanted: ArraySlice<(term: String, bytes: [UInt8])>, on page: RarePage, _ counts: inout [String: Int]
    ) throws {
        var page = page
        if wanted.count == 1, let only = wanted.first {
            guard try only.bytes.withUnsafeBufferPointer({ try page.find($0) }) else { return }
            counts[only.term] = page.n > 0 ? page.n : common
            return
        }
        var rest = wanted
        while let next = rest.first, try page.next() {
            if page.term.lexicographicallyPrecedes(next.bytes) { continue }
            while let next = rest.first, next.bytes.lexicographicallyPrecedes(page.term) { rest.removeFirst() }
            guard let next = rest.first, next.bytes == page.term else { continue }
            counts[next.term] = page.n > 0 ? page.n : common
            rest.removeFirst()
        }
    }

    /// Terms from the first, up to and without the second, with the documents of a segment that hold them: those of the
    /// first `rows` rows.
    func terms(
        from first: String, before end: String, in segment: IndexSegment, rows limit: Int
    ) throws -> [String: Int] {
        let (from, before) = (Array(first.utf8), Array(end.utf8))
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT terms FROM rare WHERE part = ? AND segment = ? AND term >= ? ORDER BY term"),
            arguments: [part, segment.id, first])
        var found: [String: Int] = [:]
        var (isDone, left) = (false, min(limit, looksLeft))
        while !isDone, left > 0, let row = try rows.next() {
            (left, looksLeft) = (left - 1, looksLeft - 1)
            try row.withUnsafeData(atIndex: 0) { data in
                try (data ?? Data()).withUnsafeBytes { bytes in
                    var page = try RarePage(bytes)
                    while !isDone, try page.next() {
                        if page.term.lexicographicallyPrecedes(from) { continue }
                        isDone = !page.term.lexicographicallyPrecedes(before)
                        guard !isDone else { return }
                        found[String(decoding: page.term, as: UTF8.self)] = page.n > 0 ? page.n : Self.common
                    }
                }
            }
        }
        return found
    }

    /// Terms of documents that no segment holds yet, with the number of such documents.
    func recent(_ isWanted: (UnsafeRawBufferPointer) -> Bool) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT terms FROM recent WHERE part = ? AND terms IS NOT NULL"),
            arguments: [part])
        while let row = try rows.next() {
            try row.withUnsafeData(atIndex: 0) { data in
                try data?.withUnsafeBytes { bytes in
                    let row = try RecentRow(bytes)
                    for index in 0..<row.termCount {
                        let term = try row.entry(index).term
                        if isWanted(term) { counts[String(decoding: term, as: UTF8.self), default: 0] += 1 }
                    }
                }
            }
        }
        return counts
    }
}

extension SQLitePostingSource {
    func readTerms<Result: Sendable>(
        looks: Int, deadline: SearchDeadline, _ body: @escaping @Sendable (TermReader) throws -> Result
    ) async throws -> [Result] {
        try deadline.check()
        return try await reader.read { [part] db in [try body(TermReader(part: part, looks: looks, db: db))] }
    }
}

extension PostingSources {
    func readTerms<Result: Sendable>(
        looks: Int, deadline: SearchDeadline, _ body: @escaping @Sendable (TermReader) throws -> Result
    ) async throws -> [Result] {
        var results: [Result] = []
        for (_, source) in sources.sorted(by: { $0.key < $1.key }) {
            do {
                results += try await source.readTerms(looks: looks, deadline: deadline, body)
            } catch ArchiveError.unavailable {
                // What the others know is proposed; the search itself says that a part is missing.
                try deadline.check()
            }
        }
        return results
    }
}
