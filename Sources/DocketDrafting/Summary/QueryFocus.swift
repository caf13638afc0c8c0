/// How much each unit has to do with a question.
struct QueryFocus {
    /// 0...1 a unit: how near it is to the question's words, in utterances.
    let relevance: [Double]
    /// Factor of each unit's gain: relevance, the question's own words in it, the speaker asked about.
    let boosts: [Double]

    /// Utterances over which the words of the question reach.
    private static let reach = 6.0
    /// How much more a named speaker's units count.
    private static let speakerFactor = 6.0

    init(_ question: String, talk: Talk, units: [Unit]) {
        let named = Self.speakers(namedIn: question, of: talk)
        var plain = question
        for speaker in named { plain = plain.replacing(speaker, with: " ") }
        let asked = Set(
            talk.isChinese
                ? Terms.chinese(Self.withoutAsking(plain)) : Terms.english(Self.withoutAsking(plain)))
        let inverse = Self.inverseFrequencies(of: asked, units: units)
        let own = units.map { unit in unit.terms.reduce(0.0) { $0 + (inverse[$1] ?? 0) } }
        var raw = [Double](repeating: 0, count: talk.utterances.count)
        for (index, unit) in units.enumerated() { raw[unit.utterance] += own[index] }
        let smooth = Self.smoothed(raw)
        let top = smooth.max() ?? 0
        relevance = units.map { unit in
            guard top > 0 else { return 1 }
            let value = smooth[unit.utterance] / top
            return value * value
        }
        var boosts: [Double] = []
        for (index, unit) in units.enumerated() {
            var boost = relevance[index] * (own[index] > 0 ? 1.3 : 1)
            if let speaker = talk.utterances[unit.utterance].speaker, named.contains(speaker) {
                boost *= Self.speakerFactor
            }
            boosts.append(boost)
        }
        self.boosts = boosts
    }

    /// Speakers whose label, or the last word of it, stands in the question as whole words.
    private static func speakers(namedIn question: String, of talk: Talk) -> Set<String> {
        let words = " " + EnglishWords(question).joined(separator: " ") + " "
        var named = Set<String>()
        for label in Set(talk.utterances.compactMap(\.speaker)) where !label.isEmpty {
            if talk.isChinese {
                if question.contains(label) { named.insert(label) }
            } else {
                let parts = EnglishWords(label).map { $0 }
                guard !parts.isEmpty else { continue }
                let isWhole = words.contains(" " + parts.joined(separator: " ") + " ")
                let isInitial =
                    parts.count > 1 && parts.last?.count == 1 && words.contains(" \(parts[parts.count - 1]) ")
                    && parts.last != "a"
                if isWhole || isInitial { named.insert(label) }
            }
        }
        return named
    }

    /// The question without the words by which anything is asked for.
    private static func withoutAsking(_ question: String) -> String {
        var text = question.lowercased()
        for word in askingWords { text = text.replacing(word, with: " ") }
        return text
    }

    private static let askingWords = [
        "summarize", "summarise", "summary", "discussions", "discussion", "discussed", "discuss", "meeting", "opinions",
        "opinion", "mentioned", "mention", "explained", "explain", "reason", "described", "describe", "the team",
        "the group",
        "attitude", "whole", "views", "view", "為什麼", "什麼", "如何", "怎麼", "請問", "哪些", "說明", "摘要", "討論", "会议", "會議",
    ]

    /// log(units / units that have it) of each term asked for.
    private static func inverseFrequencies(of asked: Set<UInt64>, units: [Unit]) -> [UInt64: Double] {
        var counts: [UInt64: Int] = [:]
        for unit in units { for term in unit.terms where asked.contains(term) { counts[term, default: 0] += 1 } }
        return counts.mapValues { count in DeterministicMath.log((Double(units.count) + 1) / (Double(count) + 0.5)) }
    }

    /// Each value spread over its neighbours with weight e^(-distance / reach): two passes, linear in time.
    private static func smoothed(_ raw: [Double]) -> [Double] {
        let keep = 1 - 1 / reach + 0.5 / (reach * reach)
        var left = raw
        var right = raw
        for index in raw.indices.dropFirst() { left[index] += left[index - 1] * keep }
        for index in raw.indices.reversed().dropFirst() { right[index] += right[index + 1] * keep }
        return raw.indices.map { left[$0] + right[$0] - raw[$0] }
    }
}

/// Elementary functions from additions and divisions alone, equal to the last bit on every machine.
enum DeterministicMath {
    /// Natural logarithm of a positive number; 0 for others.
    static func log(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return 0 }
        let exponent = Double(value.exponent)
        let mantissa = value.significand
        // atanh series: log m = 2 (z + z^3/3 + z^5/5 …), z = (m - 1) / (m + 1), |z| <= 1/3 for m in 1..<2.
        let z = (mantissa - 1) / (mantissa + 1)
        var power = z
        var sum = 0.0
        for term in stride(from: 1.0, through: 31, by: 2) {
            sum += power / term
            power *= z * z
        }
        return exponent * 0.693147180559945309 + 2 * sum
    }
}
