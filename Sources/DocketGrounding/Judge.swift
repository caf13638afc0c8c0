internal import DocketCore
internal import DocketText

/// One claim held against its evidence: the alignment of the two and the differences found so far.
struct Judge: Sendable {
    let claim: AnalysedText
    let evidence: EvidenceText
    let lexicon: Lexicon
    /// By claim token: the evidence token that answers it.
    let aligned: [Int?]
    /// By claim token: the sentence of the evidence that answers most of what stands around it.
    private var homes: [Int?] = []
    /// By claim token: the number of the statement that it stands in.
    private var segments: [Int] = []
    private var statements: [Range<Int>] = []
    /// By statement: the share of its words that stand in a row in the evidence as they do in the claim.
    private var literalShares: [Double] = []
    /// What each fact of the claim belongs to in the evidence.
    let answers: [(fact: Binding.Fact, answer: Binding.Answer)]
    /// Differences in the order of the checks.
    private(set) var reasons: [VerdictReason] = []
    /// Claim tokens of differences, to report each place once.
    private var places: [Range<Int>] = []

    init(claim: AnalysedText, evidence: EvidenceText, lexicon: Lexicon) {
        self.claim = claim
        self.evidence = evidence
        self.lexicon = lexicon
        let ids = claim.tokens.map { evidence.id($0.key) }
        let alignment = ClaimAlignment(
            AlignedTexts(
                claim: claim.tokens, claimIDs: ids, source: evidence.analysed.tokens, sourceIDs: evidence.ids))
        aligned = alignment.run()
        answers = Binding(claim: claim, claimIDs: ids, evidence: evidence).answers()
        statements = alignment.segments()
        for (number, segment) in statements.enumerated() {
            segments += Array(repeating: number, count: segment.count)
            literalShares.append(literalShare(of: segment))
        }
        homes = claim.tokens.indices.map { home(around: $0) }
    }

    var tokens: [Token] { claim.tokens }
    var source: [Token] { evidence.analysed.tokens }

    /// True where the claim repeats the evidence nearly word for word, so that a word of its own is no other way of
    /// saying the same.
    func isLiteral(at index: Int, _ limit: Limit = .usual) -> Bool {
        guard segments.indices.contains(index) else { return false }
        return literalShares[segments[index]] >= (tokens[index].kind == .word ? limit.words : limit.characters)
    }

    /// Shares from which a statement counts as literal: English words are parted by articles, Chinese ones by nothing.
    struct Limit {
        let words: Double
        let characters: Double

        static let usual = Limit(words: 0.55, characters: 0.7)
        static let close = Limit(words: 0.6, characters: 0.8)
    }

    private func literalShare(of segment: Range<Int>) -> Double {
        var (all, literal) = (0, 0)
        for index in segment where tokens[index].kind == .han || tokens[index].kind == .word {
            all += 1
            let isRow = [-1, 1].contains { step in
                let other = index + step
                guard segment.contains(other), let answer = aligned[index] else { return false }
                return aligned[other] == answer + step
            }
            if isRow { literal += 1 }
        }
        return all == 0 ? 1 : Double(literal) / Double(all)
    }

    // MARK: - Places

    /// The evidence sentence that answers most tokens around `index`, in the same sentence of the claim: what stands
    /// in the
    /// same clause or near by says more about the place than what stands further away.
    private func home(around index: Int) -> Int? {
        // Few sentences are in question, so that a list is faster than a table.
        var counts: [(sentence: Int, score: Int)] = []
        let statement = statements[segments[index]]
        let window = max(statement.lowerBound, index - 40)..<min(statement.upperBound, index + 41)
        for other in window {
            guard let answer = aligned[other] else { continue }
            let distance = abs(other - index)
            let near = distance <= 4 ? 4 : distance <= 12 ? 2 : 1
            let score = tokens[other].clause == tokens[index].clause ? 2 * near : near
            let sentence = source[answer].sentence
            if let place = counts.firstIndex(where: { $0.sentence == sentence }) {
                counts[place].score += score
            } else {
                counts.append((sentence, score))
            }
        }
        return counts.max { ($0.score, $1.sentence) < ($1.score, $0.sentence) }?.sentence
    }

    /// The evidence sentence that the claim tokens around `index` rest on.
    func homeSentence(of index: Int) -> Int? { homes.indices.contains(index) ? homes[index] : nil }

    /// All evidence tokens of the sentence that the claim tokens around `index` rest on.
    func homeTokens(of index: Int) -> Range<Int>? {
        guard let home = homeSentence(of: index) else { return nil }
        var (low, high) = (0, source.count)
        while low < high {
            let middle = (low + high) / 2
            if source[middle].sentence < home { low = middle + 1 } else { high = middle }
        }
        let start = low
        while high < source.count, source[high].sentence == home { high += 1 }
        return start < high ? start..<high : nil
    }

    /// All evidence tokens of the line that the sentence of a claim token rests on.
    func homeLine(of index: Int) -> Range<Int>? {
        var counts: [Int: Int] = [:]
        guard segments.indices.contains(index) else { return nil }
        for other in statements[segments[index]] {
            if let answer = aligned[other] { counts[source[answer].line, default: 0] += 1 }
        }
        guard let line = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key,
            let first = source.firstIndex(where: { $0.line == line })
        else { return nil }
        var end = first
        while end < source.count, source[end].line == line { end += 1 }
        return first..<end
    }

    /// True when `range` is answered in another sentence than what stands around it, or not at all.
    func isDisplaced(_ range: Range<Int>) -> Bool {
        guard let home = homeSentence(of: range.lowerBound) else { return true }
        return !range.contains { index in aligned[index].map { source[$0].sentence == home } ?? false }
    }

    /// Where in the evidence the answer to a range of claim tokens would stand: between the answers of its
    /// neighbours, or beside each of them when they are far apart.
    ///
    /// Slots do not cross the sentences of the neighbours.
    func slots(for range: Range<Int>, reach: Int = 6) -> [Range<Int>] {
        let home = homeSentence(of: range.lowerBound)
        let left = nearest(before: range.lowerBound, in: home)
        let right = nearest(from: range.upperBound, in: home)
        if let left, let right, right.evidence > left.evidence,
            right.evidence - left.evidence <= 2 * reach + range.count
        {
            return [left.evidence + 1..<right.evidence]
        }
        var slots: [Range<Int>] = []
        if let left {
            var end = left.evidence + 1
            while end < source.count, end - left.evidence <= reach + range.count,
                source[end].sentence == source[left.evidence].sentence
            {
                end += 1
            }
            slots.append(left.evidence + 1..<end)
        }
        if let right {
            var start = right.evidence
            while start > 0, right.evidence - start < reach + range.count,
                source[start - 1].sentence == source[right.evidence].sentence
            { start -= 1 }
            slots.append(start..<right.evidence)
        }
        return slots
    }

    /// The nearest answered claim token before `index`, not more than eight tokens away and in the same sentence,
    /// answered in
    /// the sentence `home` of the evidence if one is given.
    func nearest(before index: Int, within distance: Int = 8, in home: Int? = nil) -> (claim: Int, evidence: Int)? {
        guard index > 0, index <= tokens.count else { return nil }
        let sentence = tokens[min(index, tokens.count - 1)].sentence
        var position = index - 1
        while position >= 0, index - position <= distance, tokens[position].sentence == sentence {
            if let evidence = aligned[position], home == nil || source[evidence].sentence == home {
                return (position, evidence)
            }
            position -= 1
        }
        return nil
    }

    /// The nearest answered claim token from `index` on, with the same limits.
    func nearest(from index: Int, within distance: Int = 8, in home: Int? = nil) -> (claim: Int, evidence: Int)? {
        guard index < tokens.count else { return nil }
        let sentence = tokens[max(0, index - 1)].sentence
        var position = index
        while position < tokens.count, position - index < distance, tokens[position].sentence == sentence {
            if let evidence = aligned[position], home == nil || source[evidence].sentence == home {
                return (position, evidence)
            }
            position += 1
        }
        return nil
    }

    /// True when every token of `range` is answered by evidence tokens one after the other.
    func isAnswered(_ range: Range<Int>) -> Bool {
        guard let first = range.first.flatMap({ aligned[$0] }) else { return false }
        return range.allSatisfy { aligned[$0] == first + ($0 - range.lowerBound) }
    }

    /// Share of the tokens of `range` that are answered.
    func coverage(_ range: Range<Int>) -> Double {
        guard !range.isEmpty else { return 1 }
        return Double(range.count { aligned[$0] != nil }) / Double(range.count)
    }

    /// The clause that a claim token stands in.
    func clause(of index: Int) -> Range<Int> {
        guard index < tokens.count else { return index..<index }
        var (low, high) = (index, index + 1)
        while low > 0, tokens[low - 1].clause == tokens[index].clause { low -= 1 }
        while high < tokens.count, tokens[high].clause == tokens[index].clause { high += 1 }
        return low..<high
    }

    // MARK: - Differences

    /// Differences that are recorded, at most: more make nothing clearer.
    private static let mostReasons = 100

    /// Records a difference unless its place has one already.
    mutating func report(_ type: ReasonType, claim range: Range<Int>, evidence other: Range<Int>? = nil) {
        guard reasons.count < Self.mostReasons, !places.contains(where: { $0.overlaps(range) || $0 == range }) else {
            return
        }
        places.append(range)
        let words = other.map { evidence.analysed.words(tokens: $0) } ?? ""
        let span = other.flatMap { range -> SourceSpan? in
            guard !range.isEmpty, range.upperBound <= source.count else { return nil }
            return evidence.span(
                source[range.lowerBound].range.lowerBound..<source[range.upperBound - 1].range.upperBound)
        }
        reasons.append(
            VerdictReason(type: type, claimWords: claim.words(tokens: range), evidenceWords: words, span: span))
    }
}
