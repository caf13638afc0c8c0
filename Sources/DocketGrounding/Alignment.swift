/// Which token of the evidence answers each token of a claim.
struct Alignment: Sendable {
    /// By claim token: the index of the evidence token, or nil when none answers.
    var evidence: [Int?]
    /// Score of the alignment; higher is closer.
    ///
    /// Comparable for one claim only.
    var score: Double

    /// Aligns `claim` with `evidence`, in order, by dynamic programming.
    ///
    /// Runs of equal tokens count most; leaving out evidence costs little (a claim condenses), more across sentences
    /// and most
    /// across turns. Costs claim × evidence steps and bytes, so the caller bounds both.
    static func align(_ claim: Range<Int>, of texts: AlignedTexts, window: Range<Int>) -> Alignment {
        var aligner = Aligner(
            claim: Array(texts.claim[claim]), claimIDs: Array(texts.claimIDs[claim]), evidence: texts.source,
            evidenceIDs: texts.sourceIDs, window: window)
        return aligner.run()
    }
}

/// A claim and its evidence with the numbers of their keys.
struct AlignedTexts: Sendable {
    let claim: [Token]
    let claimIDs: [Int32]
    let source: [Token]
    let sourceIDs: [Int32]
}

/// The two tables of the alignment: best score so far, and best score of one that ends in a match.
private struct Aligner {
    let claim: [Token]
    let claimIDs: [Int32]
    let evidence: [Token]
    let evidenceIDs: [Int32]
    let window: Range<Int>

    private enum Step {
        static let match: UInt8 = 1
        static let skipClaim: UInt8 = 2
        static let skipEvidence: UInt8 = 3
        /// Set on a match that continues one.
        static let continues: UInt8 = 4
    }

    mutating func run() -> Alignment {
        let (rows, columns) = (claim.count, window.count)
        guard rows > 0, columns > 0 else { return Alignment(evidence: Array(repeating: nil, count: rows), score: 0) }
        var best = [Float](repeating: 0, count: columns + 1)
        var matched = [Float](repeating: -1000, count: columns + 1)
        // Two traces: how the best was reached, and how the match at this cell was.
        var trace = [UInt8](repeating: 0, count: (rows + 1) * (columns + 1))
        let skips = window.map(skipCost)
        for row in 1...rows {
            var diagonalBest = best[0]
            var diagonalMatched = matched[0]
            matched[0] = -1000
            let weight = Self.weight(claim[row - 1])
            let key = claimIDs[row - 1]
            for column in 1...columns {
                let (upBest, upMatched) = (best[column], matched[column])
                var cell = upBest
                var step = Step.skipClaim
                var match: Float = -1000
                if evidenceIDs[window.lowerBound + column - 1] == key {
                    let continued = diagonalMatched + weight + Self.runBonus(weight)
                    let fresh = diagonalBest + weight
                    match = max(continued, fresh)
                    if match > cell {
                        cell = match
                        step = Step.match
                    }
                    if continued >= fresh { trace[row * (columns + 1) + column] |= Step.continues }
                }
                let left = best[column - 1] - skips[column - 1]
                if left > cell {
                    cell = left
                    step = Step.skipEvidence
                }
                best[column] = cell
                matched[column] = match
                trace[row * (columns + 1) + column] |= step
                (diagonalBest, diagonalMatched) = (upBest, upMatched)
            }
        }
        return traceBack(best, trace, columns)
    }

    private func traceBack(_ best: [Float], _ trace: [UInt8], _ columns: Int) -> Alignment {
        var result = [Int?](repeating: nil, count: claim.count)
        var column = 0
        for index in 1...columns where best[index] > best[column] { column = index }
        var row = claim.count
        var mustMatch = false
        while row > 0, column > 0 {
            let cell = trace[row * (columns + 1) + column]
            let step = mustMatch ? Step.match : cell & 3
            switch step {
            case Step.match:
                result[row - 1] = window.lowerBound + column - 1
                mustMatch = cell & Step.continues != 0
                row -= 1
                column -= 1
            case Step.skipEvidence: column -= 1
            default: row -= 1
            }
        }
        return Alignment(evidence: result, score: Double(best.max() ?? 0))
    }

    private func skipCost(_ index: Int) -> Float {
        guard index > 0, index < evidence.count else { return 0 }
        let (token, before) = (evidence[index], evidence[index - 1])
        if token.turn != before.turn { return 0.4 }
        return token.sentence != before.sentence ? 0.2 : token.clause != before.clause ? 0.05 : 0.03
    }

    private static func weight(_ token: Token) -> Float {
        switch token.kind {
        case .han: 0.5
        case .word: stopWords.contains(token.key) ? 0.3 : 1.2
        case .number, .tracking: 2
        case .datePart: 1
        }
    }

    private static func runBonus(_ weight: Float) -> Float { weight < 1 ? 0.6 : 0.5 }

    private static let stopWords: Set<String> = [
        "the", "a", "an", "of", "to", "in", "is", "are", "was", "were", "and", "or", "for", "on", "at", "by", "it",
        "that", "thi",
        "be", "been", "ha", "have", "had", "with", "from", "as", "we", "they", "i", "you", "there", "so",
    ]
}
