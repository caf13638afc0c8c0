internal import DocketText

/// Aligns a whole claim with its evidence, statement by statement.
struct ClaimAlignment {
    private let texts: AlignedTexts
    private var claim: [Token] { texts.claim }
    private var source: [Token] { texts.source }
    private var aligned: [Int?]

    /// Tokens of the evidence that one alignment looks at, at most; longer evidence is narrowed to its nearest parts.
    private static let windowLimit = 4000

    init(_ texts: AlignedTexts) {
        self.texts = texts
        aligned = Array(repeating: nil, count: texts.claim.count)
    }

    /// By claim token: the evidence token that answers it.
    func run() -> [Int?] {
        var copy = self
        for segment in segments() { copy.align(segment) }
        return copy.aligned
    }

    /// Sentences of the claim, cut further where a second statement begins ("，此外", "；另").
    func segments() -> [Range<Int>] {
        var segments: [Range<Int>] = []
        var start = 0
        for index in claim.indices.dropFirst() {
            let isNew = claim[index].sentence != claim[index - 1].sentence
            let isJoined = claim[index].clause != claim[index - 1].clause && joins(index)
            if isNew || isJoined || index - start >= Self.segmentLimit {
                segments.append(start..<index)
                start = index
            }
        }
        if start < claim.count { segments.append(start..<claim.count) }
        return segments
    }

    /// Tokens of one statement, at most; a longer one is cut.
    private static let segmentLimit = 400

    private func joins(_ index: Int) -> Bool {
        let next = index + 1 < claim.count ? claim[index].key + claim[index + 1].key : claim[index].key
        return Self.joints.contains(next) || claim[index].key == Self.joint
    }

    private static let joints: Set<String> = [Folding.key("此外"), Folding.key("另外")]
    private static let joint = Folding.key("另")

    private mutating func align(_ segment: Range<Int>) {
        guard !source.isEmpty else { return }
        let best =
            source.count <= Self.windowLimit
            ? Alignment.align(segment, of: texts, window: 0..<source.count) : alignNearest(segment)
        for (offset, index) in best.evidence.enumerated() { aligned[segment.lowerBound + offset] = index }
        realignRuns(in: segment)
    }

    /// The best alignment over the three windows of `windowLimit` tokens that share most with the segment.
    private func alignNearest(_ segment: Range<Int>) -> Alignment {
        let ids = Set(texts.claimIDs[segment])
        let step = Self.windowLimit / 4
        var scores: [(start: Int, score: Int)] = []
        for start in stride(from: 0, to: source.count, by: step) {
            var seen: Set<Int32> = []
            for id in texts.sourceIDs[start..<min(source.count, start + 2 * step)] where ids.contains(id) {
                seen.insert(id)
            }
            scores.append((start, seen.count))
        }
        let nearest = scores.sorted { ($1.score, $0.start) < ($0.score, $1.start) }.prefix(3)
        let candidates = nearest.map { entry in
            let start = max(0, entry.start - step)
            return Alignment.align(segment, of: texts, window: start..<min(source.count, start + Self.windowLimit))
        }
        return candidates.max { $0.score < $1.score } ?? Alignment(evidence: segment.map { _ in nil }, score: 0)
    }

    /// Words that a claim moved: a run without an answer is looked for again, near what its statement rests on.
    private mutating func realignRuns(in segment: Range<Int>) {
        let answers = segment.compactMap { aligned[$0] }
        guard let low = answers.min(), let high = answers.max() else { return }
        let window = max(0, low - 150)..<min(source.count, high + 150)
        for run in unalignedRuns(in: segment) where run.count >= 2 {
            let again = Alignment.align(run, of: texts, window: window)
            for (offset, index) in again.evidence.enumerated() {
                guard let index, isRun(again.evidence, offset) else { continue }
                aligned[run.lowerBound + offset] = index
            }
        }
    }

    /// True when the match at `offset` has a matched neighbour directly beside it.
    private func isRun(_ matches: [Int?], _ offset: Int) -> Bool {
        guard let index = matches[offset] else { return false }
        let before = offset > 0 && matches[offset - 1] == index - 1
        let after = offset + 1 < matches.count && matches[offset + 1] == index + 1
        return before || after
    }

    /// Runs of claim tokens without an answer.
    private func unalignedRuns(in range: Range<Int>) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for index in range {
            if aligned[index] == nil {
                if start == nil { start = index }
            } else if let first = start {
                runs.append(first..<index)
                start = nil
            }
        }
        if let start { runs.append(start..<range.upperBound) }
        return runs
    }
}
