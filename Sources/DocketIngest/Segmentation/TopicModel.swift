import DocketCore
import Foundation

/// How strongly wording, speakers and phrases speak for a new topic at each place of a talk.
///
/// A logistic model over the signs of `BoundarySigns`: the score of a place is the log-odds that a topic begins there, before
/// the length of the talk is weighed in by `TopicCuts`.
struct TopicModel: Sendable {
    /// Scores by place; the first place, where no topic can begin anew, has the lowest score.
    func scores(of turns: [SpokenTurn]) -> [Double] {
        guard turns.count > 1 else { return turns.map { _ in -100 } }
        let signs = BoundarySigns(turns)
        let length = turns.reduce(0) { $0 + TurnLength.of($1.text) }
        let prior = log(TopicCuts.usualNumber(length: length) / Double(turns.count))
        var scores = [Double](repeating: Self.intercept + prior, count: turns.count)
        for (column, weight) in zip(signs.columns, Self.weights) {
            for place in scores.indices { scores[place] += weight.1 * column.values[place] }
        }
        scores[0] = -100
        return scores
    }

    /// Weight of no sign at all.
    private static let intercept = -3.53

    /// Weights of the signs, in the order of `BoundarySigns.columns`.
    ///
    /// Fitted by penalized logistic regression on development meetings of five kinds: panels in Chinese, visitors' hours,
    /// joined excerpts, project meetings and committees in English.
    static let weights: [(String, Double)] = [
        ("wording 80", 0.55), ("wording 200", 0.27), ("valley 200", 0.03), ("wording 500", 0.74),
        ("wording 500 high", -0.52), ("wording 500 clean", 0.44), ("wording 1200", -0.30), ("valley 1200", 0.19),
        ("speakers 8", 0.76), ("speakers 24", 0.31), ("speakers 24 high", 0.94), ("speakers 70", 0.27),
        ("speakers 70 high", 0.14), ("crossing", 1.92), ("clean", 0.36), ("change", 0.21), ("arrival", 0.99),
        ("departure", -0.18), ("exchange", 1.39), ("novelty", -0.32), ("goes on", 0.12), ("goes on before", -0.95),
        ("goes on soon", 0.36), ("opens", 0.60), ("closes before", 0.54), ("closes lately", 0.48), ("chair", 0.45),
        ("chair goes on", 0.50), ("chair opens", 0.13), ("long", 0.14), ("long soon", 0.18), ("pause", 0.43),
        ("edge", -0.40),
    ]
}

/// Where the topics of a talk begin, given the scores of all places.
enum TopicCuts {
    /// A topic is at least this share of the talk, and at least this many characters.
    private static let leastShare = 0.03
    private static let leastLength = 120.0
    /// What a boundary must bring beyond its log-odds.
    private static let cost = -1.75

    /// Number of further topics that a talk of `length` characters is likeliest to have: five, whatever its length, unless it
    /// is short.
    static func usualNumber(length: Double) -> Double { max(0.1, 5 * min(1, length / 6000)) }

    /// The best boundaries in order, with their scores.
    ///
    /// For each of a row of thresholds the best boundaries above it that keep their distance are found; among these sets the
    /// one wins whose scores and number (Poisson) are likeliest together. Linear time for each threshold.
    static func best(scores: [Double], lengths: [Double]) -> [(place: Int, score: Double)] {
        var ends = [0.0]
        for length in lengths { ends.append((ends.last ?? 0) + length) }
        let usual = log(usualNumber(length: ends.last ?? 0))
        var best: (value: Double, places: [Int]) = (-.infinity, [])
        for step in 0...30 {
            let places = spaced(scores, ends: ends, threshold: -6 + 0.25 * Double(step))
            let number = Double(places.count)
            let evidence = places.reduce(0) { $0 + scores[$1] - cost }
            let value = evidence + number * usual - lgamma(number + 1)
            if value > best.value { best = (value, places) }
        }
        return best.places.map { ($0, scores[$0]) }
    }

    /// Boundaries far enough apart whose scores above `threshold` add up to most.
    private static func spaced(_ scores: [Double], ends: [Double], threshold: Double) -> [Int] {
        let count = scores.count
        let distance = max(leastLength, leastShare * (ends.last ?? 0))
        var value = [Double](repeating: -.infinity, count: count + 1)
        var before = [Int](repeating: -1, count: count + 1)
        value[0] = 0
        var (free, best, bestPlace) = (0, -Double.infinity, -1)
        for place in 1..<max(2, count + 1) where place <= count {
            while free < place, free == 0 && place == count || ends[place] - ends[free] >= distance - 1e-9 {
                if value[free] > best { (best, bestPlace) = (value[free], free) }
                free += 1
            }
            value[place] = best + (place < count ? scores[place] - threshold : 0)
            before[place] = bestPlace
        }
        var (places, place) = ([Int](), before[count])
        while place > 0 {
            places.append(place)
            place = before[place]
        }
        return places.reversed()
    }

    /// How sure a boundary of this score is, 0...1.
    static func confidence(_ score: Double) -> Double {
        score == .infinity ? 1 : 1 / (1 + exp(-(score - cost)))
    }
}

/// Length of what is said, in characters of Chinese; a Latin letter counts a third of one.
enum TurnLength {
    static func of(_ text: String) -> Double {
        var sum = 0.0
        for byte in text.utf8 where byte & 0xC0 != 0x80 { sum += byte < 0x80 ? 1.0 / 3 : 1 }
        return max(1, sum)
    }
}
