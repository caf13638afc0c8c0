internal import DocketCore

/// Headlines for parts of a talk and titles for abstracts, from their own words.
public struct TitleMaker: Sendable {
    /// A title maker; it has no settings and always answers the same to the same talk.
    public init() {}

    /// Headline of `talk`: its two best phrases, or the best of its clauses when no phrase is said twice.
    public func title(of talk: Talk) -> String {
        let fields = talk.utterances.map { utterance in
            KeyphraseFinder.Field(talk.isChinese ? utterance.text : SpokenEnglish.tidy(utterance.text))
        }
        let phrases = KeyphraseFinder().phrases(in: fields, limit: talk.isChinese ? 2 : 3)
        guard let first = phrases.first else { return lead(of: talk) }
        guard talk.isChinese else { return phrases.joined(separator: ", ") }
        return phrases.count > 1 ? "\(first)與\(phrases[1])" : first
    }

    /// Title of a written paper: its purpose without the closing phrase, else its first heading; nil for talk and for
    /// papers that have neither.
    func titleOfPaper(_ talk: Talk) -> (text: String, range: Range<Int>)? {
        let purpose = talk.utterances.first { $0.mark == DocumentLines.purpose }
        let heading = talk.utterances.prefix(4).first { line in
            line.kind == .heading && line.text.count >= 4 && !line.text.hasPrefix("中華民國")
        }
        guard let line = purpose ?? heading else { return nil }
        let text = Self.withoutClosing(line.text)
        let title = trimmed(String(text.prefix { $0 != "。" }))
        guard title.count > 1, title.count <= 120 else { return nil }
        return (title, talk.sourceRange(line.start..<line.start + line.text.utf8.count))
    }

    /// A purpose without its closing phrase: …一案，請查照 → …一案.
    static func withoutClosing(_ text: String) -> String {
        var text = text
        for ending in ["，請查照", "，請鑒核", "，請核示", "，復請查照", "，請照辦", "，請審議", "，提請討論", "，請惠予", "，請核備"] {
            if let place = text.range(of: ending) { text = String(text[..<place.lowerBound]) }
        }
        return text
    }

    /// Title of a record without one: the clause of its abstract that covers most of its terms for its length.
    public func title(ofAbstract abstract: String) -> String {
        let talk = Talk([(speaker: nil, text: abstract)])
        let units = UnitSplitter(shortest: 10, longest: 30).units(of: talk)
        let weights = Summarizer.weights(units)
        let best = units.enumerated().max { left, right in
            score(left.element, left.offset, weights) < score(right.element, right.offset, weights)
        }
        return best.map { trimmed($0.element.text) } ?? abstract
    }

    private func score(_ unit: Unit, _ offset: Int, _ weights: [UInt64: Double]) -> Double {
        let sum = unit.terms.reduce(0.0) { $0 + (weights[$1] ?? 0) }
        return sum / Double(max(8, unit.size)) * (offset == 0 ? 1.3 : 1)
    }

    private func lead(of talk: Talk) -> String {
        let clause = talk.utterances.lazy.flatMap { Clauses.chinese($0.text) }.first { Terms.contentCount($0.text) > 1 }
        return clause.map { trimmed(SpokenChinese.withoutFillers($0.text)) } ?? ""
    }

    private func trimmed(_ text: String) -> String {
        var text = text
        while let last = text.last, SpokenChinese.isMark(last) { text.removeLast() }
        return text
    }
}
