import DocketCore

/// Counts the documents that a viewer may see and that hold words as they stand: read once, counted when asked for.
struct VisibleCounts {
    /// A thing to count.
    enum Wanted: Hashable {
        /// A text, word by word and character by character.
        case text(String)
        /// A word with its other forms.
        case word(String)
        /// A fact, by its term.
        case fact(String)
    }

    let source: any PostingSource
    private var segments: [SegmentEvaluation] = []
    private var leaves: [Wanted: Int] = [:]
    private var known: [Wanted: Int] = [:]

    /// Reads what is needed to count each of `wanted`.
    init(
        _ wanted: Set<Wanted>, in source: any PostingSource, viewer: Viewer, deadline: SearchDeadline
    ) async throws {
        self.source = source
        var plan = QueryPlan(.everything, viewer: viewer, facets: [])
        for thing in wanted { if let leaf = plan.leaf(thing) { leaves[thing] = leaf } }
        guard !leaves.isEmpty else { return }
        let batch = try await source.postings(plan.requests, deadline: deadline)
        segments = try batch.segments.map { try SegmentEvaluation(plan, $0) }
    }

    /// Documents that hold `thing`; 0 for what was not asked for.
    mutating func count(_ thing: Wanted) throws -> Int {
        if let count = known[thing] { return count }
        guard let leaf = leaves[thing] else { return 0 }
        var count = 0
        for index in segments.indices { count += try segments[index].frequency(leaf) }
        known[thing] = count
        return count
    }

    /// A document that holds `thing`.
    mutating func example(of thing: Wanted) throws -> DocumentKey? {
        guard let leaf = leaves[thing] else { return nil }
        for index in segments.indices {
            let cursors = PostingCursors([try segments[index].list(leaf)])
            defer { withExtendedLifetime(cursors) {} }
            let cursor = cursors.cursors
            while !cursor.pointee.isAtEnd {
                try cursor.pointee.read()
                for place in 0..<cursor.pointee.count {
                    let doc = Int(cursor.pointee.docs[place])
                    guard segments[index].visible.contains(doc) else { continue }
                    let postings = segments[index].postings
                    return DocumentKey(part: postings.part, doc: postings.firstDoc + doc)
                }
                cursor.pointee.nextGroup()
            }
        }
        return nil
    }
}

extension QueryPlan {
    /// Adds what a count needs; nil where there is nothing to look for.
    fileprivate mutating func leaf(_ wanted: VisibleCounts.Wanted) -> Int? {
        switch wanted {
        case .text(let text): addWords(SearchWords(text, isQuoted: true))
        case .word(let text): addWords(SearchWords(text))
        case .fact(let term): addFact(term)
        }
    }
}
