/// Evaluates a plan over the postings of one segment, in full: what matches, as a bitmap, and what each match earns.
///
/// `SkippingSearch` gives the same first hits without looking at all of it; facets, order by date and queries of other shapes
/// than words side by side or alternatives need what is here.
struct SegmentEvaluation {
    let plan: QueryPlan
    let postings: SegmentPostings
    /// Documents that the viewer may see.
    let visible: Bitmap
    /// Documents of the segment that were there and are not any more, or never were.
    private let deadCount: Int
    private var leafLists: [Int: TermPostings] = [:]
    private var knownMatches: Bitmap?

    init(_ plan: QueryPlan, _ postings: SegmentPostings) throws {
        self.plan = plan
        self.postings = postings
        deadCount = postings.dead.population
        var evaluation = Sets(plan: plan, postings: postings)
        visible = try postings.memory.set("visible \(plan.signature(plan.access))", dead: deadCount) {
            var visible = postings.dead
            visible.invert()
            if let access = plan.access { visible.formIntersection(try evaluation.set(access)) }
            return visible
        }
    }

    /// True when the viewer may see every document there is, so that counts of postings are counts of documents.
    var isWhole: Bool { deadCount == 0 && plan.access == nil }

    /// Documents that may be seen, and their length.
    func statistics() throws -> Ranking.Statistics {
        let numbers = try postings.memory.numbers("length \(plan.signature(plan.access))", dead: deadCount) {
            var total = 0
            let lengths = postings.columns.lengths
            lengths.withUnsafeBufferPointer { lengths in visible.forEach { total += Int(lengths[$0]) } }
            return [visible.population, total]
        }
        return Ranking.Statistics(documents: numbers[0], totalLength: numbers[1])
    }

    /// Documents that may be seen and hold what a leaf asks for.
    mutating func frequency(_ leaf: Int) throws -> Int {
        let list = try list(leaf)
        if isWhole { return list.count }
        // Rare ones are counted faster than they are looked up.
        guard list.count > 2_000 else { return try count(list) }
        let name = "count \(plan.signature(plan.access)) of \(plan.signature(.leaf(leaf)))"
        return try postings.memory.numbers(name, dead: deadCount) { [try count(list)] }[0]
    }

    private func count(_ list: TermPostings) throws -> Int {
        var count = 0
        try list.forEachGroup { count += visible.count($0, $1) }
        return count
    }

    // MARK: - Matching

    /// Documents that match and may be seen.
    mutating func matches() throws -> Bitmap {
        if let knownMatches { return knownMatches }
        var matches = visible
        matches.formIntersection(try set(plan.root))
        knownMatches = matches
        return matches
    }

    /// Documents that meet a node, visible or not.
    mutating func set(_ node: QueryPlan.Node) throws -> Bitmap {
        var sets = Sets(plan: plan, postings: postings, lists: leafLists)
        defer { leafLists = sets.lists }
        return try sets.set(node)
    }

    /// The documents of a leaf that many hold, visible or not, as a set that is kept; nil for others.
    mutating func denseSet(_ leaf: Int) throws -> Bitmap? {
        let list = try list(leaf)
        return try Sets(plan: plan, postings: postings).denseSet(leaf, list)
    }

    /// The postings of a leaf, of all its forms together.
    mutating func list(_ leaf: Int) throws -> TermPostings {
        var sets = Sets(plan: plan, postings: postings, lists: leafLists)
        defer { leafLists = sets.lists }
        return try sets.list(leaf)
    }

    // MARK: - Ranking

    /// Adds what each document earns by a leaf of `worth` to `scores`, documents that do not match too.
    mutating func score(
        _ leaf: Int, worth: Float, average: Float, ranking: Ranking, into scores: inout [Float]
    ) throws {
        let list = try list(leaf)
        try scores.withUnsafeMutableBufferPointer { scores in
            try postings.columns.lengths.withUnsafeBufferPointer { lengths in
                try list.forEachCursor { cursor in
                    cursor.readWeights()
                    for index in 0..<cursor.count {
                        let doc = Int(cursor.docs[index])
                        scores[doc] +=
                            worth
                            * ranking.saturation(
                                Float(cursor.weights[index]), length: Float(lengths[doc]), average: average)
                    }
                }
            }
        }
    }

    // MARK: - Facets

    /// Adds the matches that carry each term of `request` to `counts`.
    mutating func count(_ request: Int, into counts: inout [String: [String: Int]]) throws {
        let matches = try matches()
        guard !matches.isEmpty else { return }
        for list in postings.lists[request] {
            var found = 0
            try list.forEachGroup { found += matches.count($0, $1) }
            guard found > 0 else { continue }
            let (key, shown) = IndexTerm.value(String(decoding: list.term, as: UTF8.self))
            counts[key, default: [:]][shown, default: 0] += found
        }
    }
}

/// Makes sets of documents and lists of postings for the parts of a plan in one segment.
private struct Sets {
    let plan: QueryPlan
    let postings: SegmentPostings
    var lists: [Int: TermPostings] = [:]

    mutating func set(_ node: QueryPlan.Node) throws -> Bitmap {
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
        guard plan.leaves[index].words == nil else {
            let list = try list(index)
            return try denseSet(index, list) ?? union([list])
        }
        // Conditions come again and again.
        return try postings.memory.set(plan.signature(.leaf(index)), dead: -1) {
            var lists: [TermPostings] = []
            for case .term(let request) in plan.leaves[index].alternatives { lists += postings.lists[request] }
            return try union(lists)
        }
    }

    /// The documents of a leaf that many hold, as a set that is kept; nil for others.
    func denseSet(_ leaf: Int, _ list: TermPostings) throws -> Bitmap? {
        guard list.count > postings.width / Self.dense else { return nil }
        return try postings.memory.set(plan.signature(.leaf(leaf)), dead: -1) { try union([list]) }
    }

    /// The documents of a term that many hold, as a set that is kept; nil for others.
    private func denseSet(request: Int) throws -> Bitmap? {
        guard let list = postings.lists[request].first, list.count > postings.width / Self.dense,
            case .exact(let term) = plan.requests[request].terms
        else { return nil }
        return try postings.memory.set("=\u{3}" + term, dead: -1) { try union([list]) }
    }

    /// One document in so many, above which a set is worth its memory.
    private static let dense = 32

    private func union(_ lists: [TermPostings]) throws -> Bitmap {
        var result = Bitmap(postings.width)
        for list in lists { try list.forEachGroup { result.insert($0, $1) } }
        return result
    }

    /// The postings of a leaf: those of its term, or of the alternatives the best weight, of the terms of a range the sum.
    mutating func list(_ leaf: Int) throws -> TermPostings {
        if let known = lists[leaf] { return known }
        let alternatives = plan.leaves[leaf].alternatives
        let made: TermPostings
        if alternatives.count == 1, case .term(let request) = alternatives[0], postings.lists[request].count == 1 {
            made = postings.lists[request][0]
        } else if alternatives.count == 1, case .phrase(let parts) = alternatives[0] {
            let found = try phrase(parts)
            made = postings.plain(found.docs, found.weights)
        } else if alternatives.count == 1, case .near(let phrases, let distance) = alternatives[0] {
            let found = try near(phrases, distance)
            made = postings.plain(found.docs, found.weights)
        } else {
            made = try merged(alternatives)
        }
        lists[leaf] = made
        return made
    }

    private func phrase(_ parts: [QueryPlan.Part]) throws -> PhraseMatches { try matcher(parts).matches() }

    private func near(_ phrases: [[QueryPlan.Part]], _ distance: Int) throws -> PhraseMatches {
        NearMatcher.matches(try phrases.map { try matcher($0).places() }, distance: distance)
    }

    private func matcher(_ parts: [QueryPlan.Part]) throws -> PhraseMatcher {
        let plan = plan
        return try PhraseMatcher(
            postings, parts,
            isRange: { if case .range = plan.requests[$0].terms { true } else { false } }, set: denseSet(request:))
    }

    private func merged(_ alternatives: [QueryPlan.Alternative]) throws -> TermPostings {
        let present = alternatives.filter { alternative in
            switch alternative {
            case .term(let request): !postings.lists[request].isEmpty
            case .phrase(let parts): parts.allSatisfy { !postings.lists[$0.request].isEmpty }
            case .near(let phrases, _): phrases.joined().allSatisfy { !postings.lists[$0.request].isEmpty }
            }
        }
        if present.count == 1, case .term(let request) = present[0], postings.lists[request].count == 1 {
            return postings.lists[request][0]
        }
        var weights = DocumentWeights(postings.width)
        for alternative in present {
            switch alternative {
            case .term(let request): for list in postings.lists[request] { try weights.add(list) }
            case .phrase(let parts):
                let found = try phrase(parts)
                weights.add(found.docs, found.weights)
            case .near(let phrases, let distance):
                let found = try near(phrases, distance)
                weights.add(found.docs, found.weights)
            }
            weights.endAlternative()
        }
        let (docs, amounts) = weights.list
        return postings.plain(docs, amounts)
    }
}

extension SegmentPostings {
    /// A list of postings of the segment that no row holds.
    func plain(_ docs: [UInt32], _ weights: [UInt32]) -> TermPostings {
        let (ranking, columns) = (Ranking(), columns)
        return columns.lengths.withUnsafeBufferPointer { lengths in
            TermPostings(docs: docs, weights: weights.map { min($0, 65_535) }) { doc, weight in
                ranking.saturation(Float(weight), length: Float(lengths[Int(doc)]), average: columns.averageLength)
            }
        }
    }
}

/// Adds up weights of documents, of several forms of what is asked for the best.
///
/// A form of one list is kept as it is; of several lists, pairs while they are few and a number for each document else.
struct DocumentWeights {
    private static let mostPairs = 8_192
    private let width: Int
    /// Lists of the form at hand, while it has one.
    private var single: (docs: [UInt32], weights: [UInt32])?
    private var sums: [UInt32] = []
    private var pairs: [UInt64] = []
    /// The best of the forms that ended: documents, rising, and their weights.
    private(set) var list: (docs: [UInt32], weights: [UInt32]) = ([], [])

    init(_ width: Int) { self.width = width }

    mutating func add(_ list: TermPostings) throws {
        var (docs, weights): ([UInt32], [UInt32]) = ([], [])
        docs.reserveCapacity(list.count)
        weights.reserveCapacity(list.count)
        try list.forEachCursor { cursor in
            cursor.readWeights()
            docs.append(contentsOf: UnsafeBufferPointer(start: cursor.docs, count: cursor.count))
            weights.append(contentsOf: UnsafeBufferPointer(start: cursor.weights, count: cursor.count))
        }
        add(docs, weights)
    }

    /// Adds postings with rising documents.
    mutating func add(_ docs: [UInt32], _ weights: [UInt32]) {
        guard !docs.isEmpty else { return }
        if single == nil, sums.isEmpty, pairs.isEmpty {
            single = (docs, weights)
            return
        }
        if let first = single {
            single = nil
            spread(first.docs, first.weights)
        }
        spread(docs, weights)
    }

    private mutating func spread(_ docs: [UInt32], _ weights: [UInt32]) {
        if sums.isEmpty, pairs.count + docs.count <= Self.mostPairs {
            for index in docs.indices { pairs.append(UInt64(docs[index]) << 32 | UInt64(weights[index])) }
            return
        }
        if sums.isEmpty { sums = [UInt32](repeating: 0, count: width) }
        sums.withUnsafeMutableBufferPointer { sums in
            for pair in pairs { sums[Int(pair >> 32)] &+= UInt32(truncatingIfNeeded: pair) }
            for index in docs.indices { sums[Int(docs[index])] &+= weights[index] }
        }
        pairs.removeAll()
    }

    /// Ends a form.
    mutating func endAlternative() {
        var form: (docs: [UInt32], weights: [UInt32]) = single ?? ([], [])
        pairs.sort()
        for pair in pairs {
            let (doc, weight) = (UInt32(pair >> 32), UInt32(truncatingIfNeeded: pair))
            if form.docs.last == doc {
                form.weights[form.weights.count - 1] &+= weight
            } else {
                form.docs.append(doc)
                form.weights.append(weight)
            }
        }
        sums.withUnsafeBufferPointer { sums in
            for doc in sums.indices where sums[doc] > 0 {
                form.docs.append(UInt32(doc))
                form.weights.append(sums[doc])
            }
        }
        list = list.docs.isEmpty ? form : Self.larger(list, form)
        (single, pairs, sums) = (nil, [], [])
    }

    /// Of two lists the larger weight of each document.
    private static func larger(
        _ left: (docs: [UInt32], weights: [UInt32]), _ right: (docs: [UInt32], weights: [UInt32])
    ) -> (docs: [UInt32], weights: [UInt32]) {
        var merged: (docs: [UInt32], weights: [UInt32]) = ([], [])
        merged.docs.reserveCapacity(left.docs.count + right.docs.count)
        merged.weights.reserveCapacity(left.docs.count + right.docs.count)
        var (first, second) = (0, 0)
        while first < left.docs.count || second < right.docs.count {
            let a = first < left.docs.count ? left.docs[first] : .max
            let b = second < right.docs.count ? right.docs[second] : .max
            merged.docs.append(min(a, b))
            merged.weights.append(
                max(a <= b ? left.weights[first] : 0, b <= a ? right.weights[second] : 0))
            if a <= b { first += 1 }
            if b <= a { second += 1 }
        }
        return merged
    }
}

extension SegmentPostings.Memory? {
    /// A set that is kept under `name` for as many dead documents; -1 where it does not depend on them.
    func set(_ name: String, dead: Int, make: () throws -> Bitmap) throws -> Bitmap {
        guard let self else { return try make() }
        return try self.cache.set(IndexCache.SetKey(segment: self.segment, dead: dead, name: name), make: make)
    }

    /// Numbers that are kept under `name` for as many dead documents.
    func numbers(_ name: String, dead: Int, make: () throws -> [Int]) throws -> [Int] {
        guard let self else { return try make() }
        return try self.cache.numbers(IndexCache.SetKey(segment: self.segment, dead: dead, name: name), make: make)
    }
}
