/// Evaluates a plan over all segments of a batch: what matches, how many, and which come first.
struct PlanEvaluation {
    /// How much is looked at; none of it changes hits.
    struct Limits: Sendable {
        /// Matches are counted up to so many; that there are more is said then.
        var mostCounted = 10_000
        /// Allowed documents that are looked up one by one, when they are also few beside the postings.
        var few = 4_096
        /// Documents looked at together, a multiple of 64.
        var window = 4_096
        /// True to look at every match.
        var isFull = false
    }

    let plan: QueryPlan
    private let ranking: Ranking
    private let deadline: SearchDeadline
    private let limits: Limits
    private var segments: [SegmentEvaluation]
    private var knownWorths: Worths?
    /// Set where hits are found by passing over what cannot win.
    private let shape: RankedShape?
    /// By segment, what such a search reads and how many matches it counted.
    private var prepared: [Int: Prepared] = [:]
    private var counts: [Int: Int] = [:]

    private struct Prepared {
        var lists: [TermPostings]
        var allowed: Bitmap?
        var isFew = false
        /// True when all allowed documents hold all words but the rarest.
        var isCovered = false
    }

    /// Worth of each ranked leaf, and the average length, over all segments and parts.
    struct Worths {
        /// In the order of the query.
        var leaves: [(leaf: Int, worth: Float)] = []
        var averageLength: Float = 1
    }

    /// `order`: the one in which `top` will be asked for.
    init(
        _ plan: QueryPlan, _ batch: PostingBatch, _ ranking: Ranking, _ order: SearchRequest.Order,
        _ deadline: SearchDeadline, limits: Limits = Limits()
    ) throws {
        self.plan = plan
        self.ranking = ranking
        self.deadline = deadline
        self.limits = limits
        // Stored impacts are of the ranking as it is by itself.
        shape = limits.isFull || order != .relevance || ranking != Ranking() ? nil : RankedShape(plan)
        segments = try batch.segments.map { segment -> SegmentEvaluation in
            try deadline.check()
            return try SegmentEvaluation(plan, segment)
        }
        // The largest first: what it finds spares most of the others.
        segments.sort { ($1.postings.width, $0.postings.firstDoc) < ($0.postings.width, $1.postings.firstDoc) }
    }

    // MARK: - Totals

    /// Number of matches, at most `mostCounted`, and whether there are more.
    mutating func total() throws -> (count: Int, isCapped: Bool) {
        var sum = 0
        for index in segments.indices where sum <= limits.mostCounted {
            try deadline.check()
            sum += try counts[index] ?? count(index, limit: limits.mostCounted - sum)
        }
        return (min(sum, limits.mostCounted), sum > limits.mostCounted)
    }

    /// Matches of a segment, exact where they are not above `limit`.
    private mutating func count(_ index: Int, limit: Int) throws -> Int {
        guard let shape else { return try segments[index].matches().population }
        let prepared = try prepare(index, shape)
        var none = TopHits(limit: 0, after: nil)
        let count = try withSearch(index, prepared, worths: nil) { search in
            if prepared.isFew { return try search.few(isAll: shape.isAll, &none) }
            var count = 0
            guard shape.isAll else {
                let most = prepared.lists.reduce(0) { max($0, $1.count) }
                return prepared.allowed == nil && most > limit ? most : try search.countAny(limit: limit)
            }
            try search.all(&none, counting: &count, limit: limit, isCovered: prepared.isCovered)
            return count
        }
        counts[index] = count
        return count
    }

    // MARK: - First hits

    /// The first `limit` matches behind `after`.
    mutating func top(
        _ limit: Int, after: RankedDocument?, _ order: SearchRequest.Order
    ) throws -> [RankedDocument] {
        let worths = order == .relevance ? try worths() : nil
        var top = TopHits(limit: limit, after: after)
        var counted = 0
        for index in segments.indices {
            try deadline.check()
            if let shape, let worths {
                counted += try skip(index, shape, worths, counted, &top)
            } else {
                try look(index, worths, &top)
            }
        }
        return top.ordered
    }

    /// Offers the first matches of a segment, and counts matches where that comes with it.
    private mutating func skip(
        _ index: Int, _ shape: RankedShape, _ worths: Worths, _ counted: Int, _ top: inout TopHits
    ) throws -> Int {
        let prepared = try prepare(index, shape)
        // Where any of the words will do, matches are counted apart.
        let count: Int? = try withSearch(index, prepared, worths: worths) { search in
            if prepared.isFew { return try search.few(isAll: shape.isAll, &top) }
            guard shape.isAll else {
                try search.any(&top)
                return nil
            }
            var count = 0
            // What other segments had counts towards the limit.
            try search.all(
                &top, counting: &count, limit: limits.mostCounted - counted, isCovered: prepared.isCovered)
            return count
        }
        if let count { counts[index] = count }
        return count ?? 0
    }

    private mutating func prepare(_ index: Int, _ shape: RankedShape) throws -> Prepared {
        if let known = prepared[index] { return known }
        var made = Prepared(lists: [], allowed: nil)
        for leaf in shape.leaves { made.lists.append(try segments[index].list(leaf)) }
        var dense: [Bitmap] = []
        if shape.isAll, made.lists.count > 1 {
            let counts = made.lists.map(\.count)
            let least = counts.min() ?? 0
            // Looking a document up in a set is far cheaper than in postings.
            for (leaf, count) in zip(shape.leaves, counts) where count > least && least > count / 64 {
                if let set = try segments[index].denseSet(leaf) { dense.append(set) }
            }
        }
        if !segments[index].isWhole || !shape.conditions.isEmpty || !dense.isEmpty {
            var allowed = segments[index].visible
            if !shape.conditions.isEmpty { allowed.formIntersection(try segments[index].set(.and(shape.conditions))) }
            for set in dense { allowed.formIntersection(set) }
            made.isCovered = shape.isAll && dense.count == made.lists.count - 1
            let counts = made.lists.map(\.count)
            let least = (shape.isAll ? counts.min() : counts.reduce(0, +)) ?? 0
            let population = allowed.population
            made.isFew = population <= limits.few && population <= least
            made.allowed = allowed
        }
        prepared[index] = made
        return made
    }

    private func withSearch<T>(
        _ index: Int, _ prepared: Prepared, worths: Worths?, _ body: (SkippingSearch) throws -> T
    ) rethrows -> T {
        try SkippingSearch.with(
            segments[index].postings, lists: prepared.lists,
            worths: worths?.leaves.map(\.worth) ?? prepared.lists.map { _ in 0 },
            averageLength: worths?.averageLength ?? 1, ranking: ranking, allowed: prepared.allowed,
            window: limits.window, body)
    }

    /// Offers every match of a segment.
    private mutating func look(_ index: Int, _ worths: Worths?, _ top: inout TopHits) throws {
        let matches = try segments[index].matches()
        guard !matches.isEmpty else { return }
        var earned: [Float]?
        if let worths { earned = try scores(&segments[index], worths) }
        let postings = segments[index].postings
        postings.columns.dates.withUnsafeBufferPointer { dates in
            matches.forEach { doc in
                let score = earned?[doc] ?? 0
                guard top.mayKeep(score, dates[doc]) else { return }
                top.offer(
                    RankedDocument(
                        score: score, date: dates[doc], orderKey: postings.columns.keys[doc],
                        key: DocumentKey(part: postings.part, doc: postings.firstDoc + doc)))
            }
        }
    }

    // MARK: - Worth

    /// What the ranked leaves are worth among all documents that the viewer may see.
    mutating func worths() throws -> Worths {
        if let knownWorths { return knownWorths }
        var statistics = Ranking.Statistics()
        var frequencies = [Int](repeating: 0, count: plan.ranked.count)
        for index in segments.indices {
            statistics = statistics + (try segments[index].statistics())
            for (place, leaf) in plan.ranked.enumerated() {
                frequencies[place] += try segments[index].frequency(leaf)
            }
        }
        let leaves = zip(plan.ranked, frequencies).map { leaf, frequency in
            (
                leaf,
                plan.leaves[leaf].share * ranking.inverseFrequency(frequency, of: statistics.documents)
                    * (ranking.k1 + 1)
            )
        }
        let worths = Worths(leaves: leaves, averageLength: statistics.averageLength)
        knownWorths = worths
        return worths
    }

    private func scores(_ segment: inout SegmentEvaluation, _ worths: Worths) throws -> [Float] {
        var scores = [Float](repeating: 0, count: segment.postings.width)
        for (leaf, worth) in worths.leaves {
            try segment.score(leaf, worth: worth, average: worths.averageLength, ranking: ranking, into: &scores)
        }
        return scores
    }

    /// Matches by the values of each facet, most first.
    mutating func facets() throws -> [Facet: [FacetCount]] {
        var facets: [Facet: [FacetCount]] = [:]
        for (facet, request) in plan.facets {
            var counts: [String: [String: Int]] = [:]
            for index in segments.indices { try segments[index].count(request, into: &counts) }
            facets[facet] = counts.map { _, spellings in
                let shown = spellings.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
                return FacetCount(shown, spellings.values.reduce(0, +))
            }.sorted { ($1.count, $0.value) < ($0.count, $1.value) }
        }
        return facets
    }
}
