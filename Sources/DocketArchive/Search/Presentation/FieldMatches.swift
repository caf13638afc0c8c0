import DocketText

/// Where the things that a query asks for stand in one text: computed anew from the words as stored, for hits only.
struct FieldMatches {
    /// One place.
    struct Match: Equatable {
        /// The leaf of the plan.
        var leaf: Int
        /// Which of its alternatives.
        var alternative: Int
        /// UTF-8 bytes of the text.
        var range: Range<Int>
    }

    /// In the order of the text.
    let matches: [Match]

    private struct Place {
        var position: Int
        var range: Range<Int>
    }

    /// `filter`: the plan's own.
    init(_ plan: QueryPlan, _ filter: TermFilter, in text: String) {
        var places: [String: [Place]] = [:]
        let bytes = Array(text.utf8)
        bytes.withUnsafeBufferPointer { bytes in
            SearchTokenizer().forEachTerm(in: bytes) { term in
                guard filter.mayHold(term.bytes) else { return }
                places[String(decoding: term.bytes, as: UTF8.self), default: []]
                    .append(Place(position: term.position, range: term.range))
            }
        }
        var matches: [Match] = []
        for leaf in plan.ranked {
            for (number, alternative) in plan.leaves[leaf].alternatives.enumerated() {
                for range in Self.ranges(alternative, plan, places, bytes) {
                    matches.append(Match(leaf: leaf, alternative: number, range: range))
                }
            }
        }
        self.matches = matches.sorted {
            ($0.range.lowerBound, $0.alternative) < ($1.range.lowerBound, $1.alternative)
        }
    }

    private static func ranges(
        _ alternative: QueryPlan.Alternative, _ plan: QueryPlan, _ places: [String: [Place]], _ bytes: [UInt8]
    ) -> [Range<Int>] {
        switch alternative {
        case .near(let phrases, _): return phrases.flatMap { ranges(.phrase($0), plan, places, bytes) }
        case .term(let request): return self.places(plan.requests[request], places, bytes).map(\.range)
        case .phrase(let parts):
            guard let first = parts.first, let last = parts.last else { return [] }
            let others = parts.dropFirst().map { part in
                let places = self.places(plan.requests[part.request], places, bytes)
                return (part, Dictionary(places.map { ($0.position, $0.range) }, uniquingKeysWith: { $1 }))
            }
            return self.places(plan.requests[first.request], places, bytes).compactMap { place in
                var range = place.range
                for (part, byPosition) in others {
                    guard let found = byPosition[place.position + part.offset - first.offset] else { return nil }
                    if part == last { range = range.lowerBound..<max(range.upperBound, found.upperBound) }
                }
                return range
            }
        }
    }

    /// Places of a request's terms; of a prefix of ideographs, the first character alone.
    private static func places(_ request: TermRequest, _ places: [String: [Place]], _ bytes: [UInt8]) -> [Place] {
        switch request.terms {
        case .exact(let term): return places[term] ?? []
        case .range(let from, _) where from.utf8.first.map { $0 < 0x80 } ?? false:
            return places.filter { $0.key.utf8.starts(with: from.utf8) }.values.joined().sorted {
                $0.position < $1.position
            }
        case .range(let from, _):
            return places.filter { $0.key.utf8.starts(with: from.utf8) }.values.joined().map { place in
                var end = place.range.lowerBound + 1
                while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
                return Place(position: place.position, range: place.range.lowerBound..<end)
            }
        }
    }

    /// Ranges to show, in order and not overlapping; neighbours are joined.
    static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) })
        where !range.isEmpty {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}
