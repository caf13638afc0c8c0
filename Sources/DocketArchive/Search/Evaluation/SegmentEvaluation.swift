/// Evaluates a plan over the postings of one segment.
///
/// Sets of documents are bitmaps; postings are decoded a group at a time, once to match and once to rank, so that memory is
/// bounded by the compressed postings and a few numbers a document.
struct SegmentEvaluation {
    let plan: QueryPlan
    let postings: SegmentPostings
    /// Documents that the viewer may see.
    private(set) var visible: Bitmap
    /// Documents that match and may be seen.
    private(set) var matches: Bitmap
    private var sets: [Int: Bitmap] = [:]
    /// Weights that were read with the sets of leaves, for ranking.
    private var weightsByLeaf: [Int: [UInt16]] = [:]
    private let isRanked: Bool
    /// Leaves whose weights are kept: two bytes a document each.
    private static let mostWeights = 8
    private var phrases: [PhraseKey: PhraseMatches] = [:]

    private struct PhraseKey: Hashable {
        var leaf: Int
        var alternative: Int
    }

    /// `isRanked`: whether matches will be ranked.
    init(_ plan: QueryPlan, _ postings: SegmentPostings, isRanked: Bool = false) throws {
        self.plan = plan
        self.isRanked = isRanked
        self.postings = postings
        visible = postings.dead
        visible.invert()
        matches = visible
        if let access = plan.access { visible.formIntersection(try set(access)) }
        matches = visible
        matches.formIntersection(try set(plan.root))
    }

    /// Documents that may be seen, and their length.
    var statistics: Ranking.Statistics {
        var total = 0
        let lengths = postings.columns.lengths
        visible.forEach { total += Int(lengths[$0]) }
        return Ranking.Statistics(documents: visible.population, totalLength: total)
    }

    /// Documents that may be seen and hold what a leaf asks for.
    mutating func frequency(_ leaf: Int) throws -> Int {
        var set = try leafSet(leaf)
        set.formIntersection(visible)
        return set.population
    }

    // MARK: - Matching

    private mutating func set(_ node: QueryPlan.Node) throws -> Bitmap {
        switch node {
        case .all: return Bitmap(ones: postings.width)
        case .none: return Bitmap(postings.width)
        case .leaf(let index): return try leafSet(index)
        case .and(let parts):
            var result = Bitmap(ones: postings.width)
            for part in parts {
                result.formIntersection(try set(part))
                if result.isEmpty { break }
            }
            return result
        case .or(let parts):
            var result = Bitmap(postings.width)
            for part in parts { result.formUnion(try set(part)) }
            return result
        case .not(let part):
            var result = try set(part)
            result.invert()
            return result
        }
    }

    private mutating func leafSet(_ index: Int) throws -> Bitmap {
        if let known = sets[index] { return known }
        if let set = try weighedSet(index) { return set }
        var result = Bitmap(postings.width)
        for (number, alternative) in plan.leaves[index].alternatives.enumerated() {
            switch alternative {
            case .term(let request):
                try postings.forEach(request, withWeights: false) { result.insert($0.docs, $0.count) }
            case .phrase(let parts):
                let found = try PhraseMatcher(postings, parts).matches()
                for doc in found.docs { result.insert(Int(doc)) }
                phrases[PhraseKey(leaf: index, alternative: number)] = found
            }
        }
        sets[index] = result
        return result
    }

    /// The set of a leaf of many terms that will rank, from its weights: its postings are read once for both.
    private mutating func weighedSet(_ index: Int) throws -> Bitmap? {
        guard isRanked, weightsByLeaf.count < Self.mostWeights, plan.ranked.contains(index),
            case .term(let request)? = plan.leaves[index].alternatives.first, !isSingleTerm(request),
            plan.leaves[index].alternatives.count == 1
        else { return nil }
        let weights = try weights(index)
        let set = Bitmap(nonzero: weights)
        weightsByLeaf[index] = weights
        sets[index] = set
        return set
    }

    // MARK: - Ranking

    /// Adds what each matching document earns by a leaf of `worth` to `scores`.
    mutating func score(
        _ leaf: Int, worth: Float, average: Float, ranking: Ranking, into scores: inout [Float]
    ) throws {
        _ = try leafSet(leaf)
        let alternatives = plan.leaves[leaf].alternatives
        let lengths = postings.columns.lengths
        if alternatives.count == 1, case .term(let request) = alternatives[0], isSingleTerm(request) {
            // Documents that do not match are scored too: asking which do takes longer.
            try scores.withUnsafeMutableBufferPointer { scores in
                try lengths.withUnsafeBufferPointer { lengths in
                    try postings.forEach(request) { group in
                        for index in 0..<group.count {
                            let doc = Int(group.docs[index])
                            scores[doc] +=
                                worth
                                * ranking.saturation(
                                    Float(group.weights[index]), length: Float(lengths[doc]), average: average)
                        }
                    }
                }
            }
            return
        }
        let weights = try weightsByLeaf[leaf] ?? weights(leaf)
        var set = try leafSet(leaf)
        set.formIntersection(matches)
        set.forEach { doc in
            scores[doc] +=
                worth
                * ranking.saturation(
                    Float(weights[doc]), length: Float(lengths[doc]), average: average)
        }
    }

    private func isSingleTerm(_ request: Int) -> Bool {
        if case .exact = plan.requests[request].terms { true } else { false }
    }

    /// The weight of a leaf in each document: of the alternatives the best, of the terms of a range the sum.
    private func weights(_ leaf: Int) throws -> [UInt16] {
        var weights = [UInt16](repeating: 0, count: postings.width)
        for (number, alternative) in plan.leaves[leaf].alternatives.enumerated() {
            switch alternative {
            case .term(let request):
                let isSum = !isSingleTerm(request)
                try weights.withUnsafeMutableBufferPointer { weights in
                    try postings.forEach(request) { group in
                        for index in 0..<group.count {
                            let doc = Int(group.docs[index])
                            let (held, weight) = (UInt32(weights[doc]), group.weights[index])
                            weights[doc] = UInt16(
                                truncatingIfNeeded: min(isSum ? held + weight : max(held, weight), 65_535))
                        }
                    }
                }
            case .phrase:
                guard let found = phrases[PhraseKey(leaf: leaf, alternative: number)] else { continue }
                for (doc, weight) in zip(found.docs, found.weights) {
                    weights[Int(doc)] = max(weights[Int(doc)], weight)
                }
            }
        }
        return weights
    }

    // MARK: - Facets

    /// Adds the matches that carry each term of `request` to `counts`.
    func count(_ request: Int, into counts: inout [String: [String: Int]]) throws {
        guard !matches.isEmpty else { return }
        var byTerm: [Range<Int>: Int] = [:]
        var last: Range<Int>?
        for block in postings.blocks[request] {
            var found = 0
            try postings.forEach(block, withWeights: false) { found += matches.count($0.docs, $0.count) }
            // Rows of one term stand together, each with the term's bytes.
            let term =
                last.flatMap { postings.bytes[$0].elementsEqual(postings.bytes[block.term]) ? $0 : nil } ?? block.term
            last = term
            byTerm[term, default: 0] += found
        }
        for (term, count) in byTerm where count > 0 {
            let (key, shown) = IndexTerm.value(String(decoding: postings.bytes[term], as: UTF8.self))
            counts[key, default: [:]][shown, default: 0] += count
        }
    }
}

// MARK: - Decoding

extension SegmentPostings {
    /// Calls `body` with every group of postings of a request.
    @inline(__always)
    func forEach(_ request: Int, withWeights: Bool = true, _ body: (PostingDecoder) throws -> Void) throws {
        for block in blocks[request] { try forEach(block, withWeights: withWeights, body) }
    }

    /// Calls `body` with every group of postings of a row.
    @inline(__always)
    func forEach(_ block: Block, withWeights: Bool = true, _ body: (PostingDecoder) throws -> Void) throws {
        try withDecoder(block) { decoder in
            while try decoder.next(withWeights: withWeights) { try body(decoder) }
        }
    }

    /// Gives `body` a decoder of a row.
    func withDecoder(_ block: Block, _ body: (inout PostingDecoder) throws -> Void) throws {
        try bytes.withUnsafeBytes { bytes in
            try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * PostingEncoder.groupSize) { scratch in
                guard let room = scratch.baseAddress else { return }
                var decoder = PostingDecoder(
                    UnsafeRawBufferPointer(rebasing: bytes[block.docs]), n: block.n, base: block.base, limit: width,
                    scratch: room)
                try body(&decoder)
            }
        }
    }
}
