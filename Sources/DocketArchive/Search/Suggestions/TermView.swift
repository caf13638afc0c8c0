/// Terms of some segments of a part, and of the documents that none holds, as one.
struct TermView {
    let reader: TermReader
    let segments: [IndexSegment]
    /// Counts of terms in documents that no segment holds.
    let recent: [String: Int]

    /// Documents that hold each of `terms`; absent where there is none, or too much was read.
    func counts(of terms: Set<String>) throws -> [String: Int] {
        var counts = recent.isEmpty ? [:] : recent.filter { terms.contains($0.key) }
        for segment in segments {
            counts.merge(try reader.counts(of: terms, in: segment)) { $0 + $1 }
        }
        return counts
    }

    /// Terms that begin with `prefix`, with the documents that hold them: those of the first `rows` rows of each segment.
    func terms(with prefix: String, rows: Int) throws -> [String: Int] {
        var counts = recent.filter { $0.key.utf8.starts(with: prefix.utf8) }
        for segment in segments {
            let found = try reader.terms(from: prefix, before: IndexTerm.after(prefix), in: segment, rows: rows)
            counts.merge(found) { $0 + $1 }
        }
        return counts
    }
}
