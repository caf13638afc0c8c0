/// A plan whose matches can be ranked without looking at all of them: words of which any or all must be there, with
/// conditions that hold besides.
struct RankedShape {
    /// Leaves that rank, in the order of the query.
    var leaves: [Int]
    /// True where all of them must be there.
    var isAll: Bool
    /// What must hold besides.
    var conditions: [QueryPlan.Node]

    /// Nil for plans of other shapes.
    init?(_ plan: QueryPlan) {
        let ranked = Set(plan.ranked)
        var (conditions, words): ([QueryPlan.Node], [QueryPlan.Node]) = ([], [])
        func sort(_ node: QueryPlan.Node) {
            switch node {
            case .and(let parts): parts.forEach(sort)
            case .leaf(let index) where ranked.contains(index): words.append(node)
            case .or where Self.holds(node, ranked): words.append(node)
            default: conditions.append(node)
            }
        }
        sort(plan.root)
        guard let first = words.first else { return nil }
        if words.count == 1, case .or(let parts) = first {
            guard parts.allSatisfy({ if case .leaf(let index) = $0 { ranked.contains(index) } else { false } }) else {
                return nil
            }
            isAll = parts.count == 1
        } else {
            guard words.allSatisfy({ if case .leaf = $0 { true } else { false } }) else { return nil }
            isAll = true
        }
        leaves = plan.ranked
        self.conditions = conditions
    }

    /// True when a ranked leaf stands in a node other than behind a "not".
    private static func holds(_ node: QueryPlan.Node, _ ranked: Set<Int>) -> Bool {
        switch node {
        case .leaf(let index): ranked.contains(index)
        case .and(let parts), .or(let parts): parts.contains { holds($0, ranked) }
        case .all, .none, .not: false
        }
    }
}

/// Finds the first matches of one segment and counts matches up to a limit, passing over groups of postings whose best
/// impacts cannot win.
///
/// Turtle and Flood 1995 (MaxScore) over windows of documents with the group bounds of Ding and Suel 2011 (block-max): a
/// document is scored in the order of the query, as by full evaluation, once its bound does not rule it out, so hits and scores
/// are the same.
struct SkippingSearch {
    /// Documents looked at together, a multiple of 64.
    let window: Int
    /// Covers that bounds are summed up in another order than scores.
    private static let slack: Float = 1.000_01

    private let postings: SegmentPostings
    private let lists: [TermPostings]
    private let worths: [Float]
    private let ranking: Ranking
    private let average: Float
    /// What turns a stored impact into the most that a list can earn by it.
    private let factors: [Float]
    /// Lengths of the segment's documents, and the documents that may match, a bit each, none for all: plain memory, since the
    /// inner loops look at them for every posting.
    private let lengths: UnsafeBufferPointer<UInt16>
    private let words: UnsafeBufferPointer<UInt64>
    private let allowed: Bitmap?

    /// Gives `body` a search; `lists` and `worths` in the order of the query.
    static func with<T>(
        _ postings: SegmentPostings, lists: [TermPostings], worths: [Float], averageLength: Float, ranking: Ranking,
        allowed: Bitmap?, window: Int, _ body: (SkippingSearch) throws -> T
    ) rethrows -> T {
        try postings.columns.lengths.withUnsafeBufferPointer { lengths in
            try (allowed?.words ?? []).withUnsafeBufferPointer { words in
                try body(
                    SkippingSearch(
                        postings, lists, worths, averageLength, ranking, allowed, window, lengths, words))
            }
        }
    }

    private init(
        _ postings: SegmentPostings, _ lists: [TermPostings], _ worths: [Float], _ averageLength: Float,
        _ ranking: Ranking, _ allowed: Bitmap?, _ window: Int, _ lengths: UnsafeBufferPointer<UInt16>,
        _ words: UnsafeBufferPointer<UInt64>
    ) {
        (self.lengths, self.words) = (lengths, words)
        self.window = window
        self.postings = postings
        self.lists = lists
        self.worths = worths
        self.ranking = ranking
        average = averageLength
        self.allowed = allowed
        // Impacts were reckoned with another average length: longer texts count for less where the average is higher.
        let factor = max(1, averageLength / postings.columns.averageLength) * Self.slack
        factors = worths.map { $0 * factor / 255 }
    }

    @inline(__always)
    private func isAllowed(_ doc: Int) -> Bool {
        words.isEmpty || words[doc >> 6] >> UInt64(doc & 63) & 1 != 0
    }

    @inline(__always)
    private func share(_ weight: UInt32, _ length: UInt16) -> Float {
        ranking.saturation(Float(weight), length: Float(length), average: average)
    }

    @inline(__always)
    private func offer(_ doc: Int, _ score: Float, to top: inout TopHits) {
        guard top.mayKeep(score) else { return }
        top.offer(
            RankedDocument(
                score: score, date: postings.columns.dates[doc], orderKey: postings.columns.keys[doc],
                key: DocumentKey(part: postings.part, doc: postings.firstDoc + doc)))
    }

    // MARK: - Any

    /// Offers the documents that hold any of the lists' terms.
    func any(_ top: inout TopHits) throws {
        let present = lists.indices.filter { lists[$0].count > 0 }
        if present.count == 1 { return try one(present[0], &top) }
        guard !present.isEmpty else { return }
        // Walked for sums, and looked up for single documents.
        let (walked, sought) = (PostingCursors(lists), PostingCursors(lists))
        defer { withExtendedLifetime((walked, sought)) {} }
        var sums = [Float](repeating: 0, count: window)
        var touched = [UInt64](repeating: 0, count: window / 64)
        for start in stride(from: 0, to: postings.width, by: window) {
            try sums.withUnsafeMutableBufferPointer { sums in
                try touched.withUnsafeMutableBufferPointer { touched in
                    try look(start, present, walked.cursors, sought.cursors, sums, touched, &top)
                }
            }
        }
    }

    /// Looks at one window.
    private func look(
        _ start: Int, _ present: [Int], _ walked: UnsafeMutablePointer<PostingCursor>,
        _ sought: UnsafeMutablePointer<PostingCursor>, _ sums: UnsafeMutableBufferPointer<Float>,
        _ touched: UnsafeMutableBufferPointer<UInt64>, _ top: inout TopHits
    ) throws {
        let end = min(start + window, postings.width)
        var bounds: [(bound: Float, list: Int)] = []
        for index in present where walked[index].skip(to: start) && walked[index].baseOfGroup < end - 1 {
            bounds.append((factors[index] * Float(walked[index].impact(upTo: end - 1)), index))
        }
        bounds.sort { $0.bound < $1.bound }
        let least = top.threshold
        // Lists that together cannot lift a document among the first: their documents need another list's term too.
        var (optional, reach): (Int, Float) = (0, 0)
        while optional < bounds.count, reach + bounds[optional].bound < least {
            reach += bounds[optional].bound
            optional += 1
        }
        guard optional < bounds.count else { return }
        for (_, index) in bounds[optional...] { try add(index, start, end, &walked[index], sums, touched) }
        for word in 0..<touched.count {
            var bits = touched[word]
            guard bits != 0 else { continue }
            touched[word] = 0
            let first = word * 64
            while bits != 0 {
                let place = first + bits.trailingZeroBitCount
                bits &= bits &- 1
                let sum = sums[place]
                sums[place] = 0
                guard sum * Self.slack + reach >= top.threshold else { continue }
                let doc = start + place
                guard isAllowed(doc) else { continue }
                guard try mayWin(doc, sum * Self.slack, bounds[..<optional], reach, sought, top.threshold) else {
                    continue
                }
                offer(doc, try score(doc, sought), to: &top)
            }
        }
    }

    /// Adds what a list earns in the documents of a window.
    private func add(
        _ index: Int, _ start: Int, _ end: Int, _ cursor: inout PostingCursor,
        _ sums: UnsafeMutableBufferPointer<Float>, _ touched: UnsafeMutableBufferPointer<UInt64>
    ) throws {
        let (worth, ranking, average) = (worths[index], ranking, average)
        while !cursor.isAtEnd, cursor.baseOfGroup < end - 1 {
            try cursor.read()
            cursor.readWeights()
            var place = cursor.place
            while place < cursor.count, Int(cursor.docs[place]) < start { place += 1 }
            while place < cursor.count, Int(cursor.docs[place]) < end {
                let doc = Int(cursor.docs[place])
                let share = ranking.saturation(
                    Float(cursor.weights[place]), length: Float(lengths[doc]), average: average)
                sums[doc - start] += worth * share
                touched[(doc - start) >> 6] |= 1 << UInt64((doc - start) & 63)
                place += 1
            }
            cursor.place = place
            guard place == cursor.count else { return }
            cursor.nextGroup()
        }
    }

    /// False when what the optional lists earn in a document cannot lift it among the first.
    @inline(__always)
    private func mayWin(
        _ doc: Int, _ sum: Float, _ optional: ArraySlice<(bound: Float, list: Int)>, _ reach: Float,
        _ cursors: UnsafeMutablePointer<PostingCursor>, _ least: Float
    ) throws -> Bool {
        var (sum, reach) = (sum, reach)
        for (bound, list) in optional.reversed() {
            // What is summed up only grows smaller: rounding may leave a little too much, never too little.
            reach = max(0, reach - bound)
            if try cursors[list].seek(doc) {
                sum += worths[list] * share(cursors[list].weight(), lengths[doc]) * Self.slack
            }
            if sum + reach * Self.slack < least { return false }
        }
        return true
    }

    /// The score of a document, in the order of the query.
    @inline(__always)
    private func score(_ doc: Int, _ cursors: UnsafeMutablePointer<PostingCursor>) throws -> Float {
        let length = lengths[doc]
        var score: Float = 0
        for index in lists.indices where try cursors[index].seek(doc) {
            score += worths[index] * share(cursors[index].weight(), length)
        }
        return score
    }

    /// Offers the documents of one list.
    private func one(_ index: Int, _ top: inout TopHits) throws {
        let (worth, factor) = (worths[index], factors[index])
        let all = PostingCursors([lists[index]])
        defer { withExtendedLifetime(all) {} }
        let cursor = all.cursors
        while !cursor.pointee.isAtEnd {
            if factor * Float(cursor.pointee.impactOfGroup) >= top.threshold {
                try cursor.pointee.read()
                cursor.pointee.readWeights()
                for place in 0..<cursor.pointee.count {
                    let doc = Int(cursor.pointee.docs[place])
                    let score = 0 + worth * share(cursor.pointee.weights[place], lengths[doc])
                    if top.mayKeep(score), isAllowed(doc) { offer(doc, score, to: &top) }
                }
            }
            cursor.pointee.nextGroup()
        }
    }

    // MARK: - All

    /// Offers the documents that hold all lists' terms, and counts them until `count` is above `limit`.
    ///
    /// `isCovered`: the allowed documents hold all terms but the rarest, so that they need not be looked up to be counted.
    func all(_ top: inout TopHits, counting count: inout Int, limit: Int, isCovered: Bool) throws {
        let order = lists.indices.sorted { lists[$0].count < lists[$1].count }
        guard let lead = order.first, lists[lead].count > 0 else { return }
        if lists.count == 1, allowed == nil {
            count += lists[0].count
            return try one(0, &top)
        }
        let all = PostingCursors(lists)
        defer { withExtendedLifetime(all) {} }
        let (cursors, others) = (all.cursors, order.dropFirst())
        while !cursors[lead].isAtEnd {
            // Counting needs every document; afterwards only those that may be among the first.
            let isCounting = count <= limit
            let reach = bound(others, cursors, cursors[lead].baseOfGroup + 1, cursors[lead].lastOfGroup)
            if !isCounting, factors[lead] * Float(cursors[lead].impactOfGroup) + reach < top.threshold {
                cursors[lead].nextGroup()
                continue
            }
            try cursors[lead].read()
            for place in 0..<cursors[lead].count where isAllowed(Int(cursors[lead].docs[place])) {
                let doc = Int(cursors[lead].docs[place])
                cursors[lead].place = place
                if isCovered { count += 1 }
                if isCovered || !isCounting {
                    let own = worths[lead] * share(cursors[lead].weight(), lengths[doc])
                    if own * Self.slack + reach < top.threshold { continue }
                }
                guard try meet(others, cursors, doc) else { continue }
                if !isCovered { count += 1 }
                let length = lengths[doc]
                var score: Float = 0
                for index in lists.indices { score += worths[index] * share(cursors[index].weight(), length) }
                offer(doc, score, to: &top)
            }
            cursors[lead].nextGroup()
        }
    }

    /// True when all lists hold a document.
    @inline(__always)
    private func meet(
        _ lists: ArraySlice<Int>, _ cursors: UnsafeMutablePointer<PostingCursor>, _ doc: Int
    ) throws -> Bool {
        for list in lists where try !cursors[list].seek(doc) { return false }
        return true
    }

    /// The most that lists can earn together in one of the documents from `first` to `last`; none where one of them ends
    /// before.
    @inline(__always)
    private func bound(
        _ lists: ArraySlice<Int>, _ cursors: UnsafeMutablePointer<PostingCursor>, _ first: Int, _ last: Int
    ) -> Float {
        var bound: Float = 0
        for list in lists {
            guard cursors[list].skip(to: first) else { return -.infinity }
            bound += factors[list] * Float(cursors[list].impact(upTo: last))
        }
        return bound * Self.slack
    }

    // MARK: - Counting

    /// Documents that hold any of the lists' terms, counted until they are above `limit`.
    func countAny(limit: Int) throws -> Int {
        let size = 1 << 16
        let all = PostingCursors(lists)
        defer { withExtendedLifetime(all) {} }
        var count = 0
        for start in stride(from: 0, to: postings.width, by: size) where count <= limit {
            let end = min(start + size, postings.width)
            var set = Bitmap(end - start)
            for index in lists.indices { try insert(&all.cursors[index], from: start, to: end, into: &set) }
            if let allowed { set.formIntersection(allowed, from: start) }
            count += set.population
        }
        return count
    }

    private func insert(
        _ cursor: inout PostingCursor, from start: Int, to end: Int, into set: inout Bitmap
    ) throws {
        while !cursor.isAtEnd, cursor.baseOfGroup < end - 1 {
            try cursor.read()
            set.insert(cursor.docs, from: cursor.place, to: cursor.count, start: start, end: end)
            if cursor.lastOfGroup >= end { return }
            cursor.nextGroup()
        }
    }

    /// Documents of the allowed ones that hold any term, or all terms: looked up one by one, for few.
    func few(isAll: Bool, _ top: inout TopHits) throws -> Int {
        guard let allowed else { return 0 }
        let all = PostingCursors(lists)
        defer { withExtendedLifetime(all) {} }
        let cursors = all.cursors
        var count = 0
        try allowed.forEach { doc in
            var (score, met): (Float, Int) = (0, 0)
            for index in lists.indices {
                if try cursors[index].seek(doc) {
                    met += 1
                    score += worths[index] * share(cursors[index].weight(), lengths[doc])
                } else if isAll {
                    return
                }
            }
            guard met > 0 else { return }
            count += 1
            offer(doc, score, to: &top)
        }
        return count
    }
}
