/// Evaluates a plan over all segments of a batch: what matches, how many, and which come first.
struct PlanEvaluation {
    let plan: QueryPlan
    private let ranking: Ranking
    private let deadline: SearchDeadline
    private var segments: [SegmentEvaluation]
    private var knownWorths: Worths?

    /// Worth of each ranked leaf, and the average length, over all segments and parts.
    struct Worths {
        /// In the order of the query.
        var leaves: [(leaf: Int, worth: Float)] = []
        var averageLength: Float = 1
    }

    /// `order`: the one in which `top` will be asked for.
    init(
        _ plan: QueryPlan, _ batch: PostingBatch, _ ranking: Ranking, _ order: SearchRequest.Order,
        _ deadline: SearchDeadline
    ) throws {
        self.plan = plan
        self.ranking = ranking
        self.deadline = deadline
        segments = try batch.segments.map { segment -> SegmentEvaluation in
            try deadline.check()
            return try SegmentEvaluation(plan, segment, isRanked: order == .relevance)
        }
    }

    /// Number of matches.
    var total: Int { segments.reduce(0) { $0 + $1.matches.population } }

    /// The first `limit` matches behind `after`.
    mutating func top(
        _ limit: Int, after: RankedDocument?, _ order: SearchRequest.Order
    ) throws -> [RankedDocument] {
        let worths = order == .relevance ? try worths() : nil
        var top = TopHits(limit: limit, after: after)
        for index in segments.indices where !segments[index].matches.isEmpty {
            try deadline.check()
            var earned: [Float]?
            if let worths { earned = try scores(&segments[index], worths) }
            let postings = segments[index].postings
            segments[index].matches.forEach { doc in
                let score = earned?[doc] ?? 0
                guard top.mayKeep(score) else { return }
                top.offer(
                    RankedDocument(
                        score: score, date: postings.columns.dates[doc],
                        orderKey: postings.columns.keys[doc],
                        key: DocumentKey(part: postings.part, doc: postings.firstDoc + doc)))
            }
        }
        return top.ordered
    }

    /// What the ranked leaves are worth among all documents that the viewer may see.
    mutating func worths() throws -> Worths {
        if let knownWorths { return knownWorths }
        var statistics = Ranking.Statistics()
        var frequencies = [Int](repeating: 0, count: plan.ranked.count)
        for index in segments.indices {
            statistics = statistics + segments[index].statistics
            for (place, leaf) in plan.ranked.enumerated() {
                frequencies[place] += try segments[index].frequency(leaf)
            }
        }
        let leaves = zip(plan.ranked, frequencies).map { leaf, frequency in
            (leaf, ranking.inverseFrequency(frequency, of: statistics.documents) * (ranking.k1 + 1))
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
    func facets() throws -> [Facet: [FacetCount]] {
        var facets: [Facet: [FacetCount]] = [:]
        for (facet, request) in plan.facets {
            var counts: [String: [String: Int]] = [:]
            for segment in segments { try segment.count(request, into: &counts) }
            facets[facet] = counts.map { _, spellings in
                let shown = spellings.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
                return FacetCount(shown, spellings.values.reduce(0, +))
            }.sorted { ($1.count, $0.value) < ($0.count, $1.value) }
        }
        return facets
    }
}
