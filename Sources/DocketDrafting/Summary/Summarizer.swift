/// Extractive summaries: of a whole talk, of a part of it, or in answer to a question.
///
/// A term weighs as many units as have it (a term of one unit next to nothing); units are chosen for the weight they
/// cover (`CoverageSelector`) and written in the order they were said.
public struct Summarizer: Sendable {
    private let splitter = UnitSplitter()

    /// A summarizer; it has no settings and always answers the same to the same talk.
    public init() {}

    /// One sentence of a summary with the place it comes from.
    public struct Sentence: Sendable, Equatable {
        /// Text as it stands in the summary, spaces between sentences left out.
        public var text: String
        /// Passage it comes from.
        public var passage: Int
        /// Bytes in the source's text that it was made from.
        public var range: Range<Int>
        /// True when the text stands in the source as it is.
        public var isVerbatim: Bool
        /// True when it is one clause further in the same sentence as the one before.
        public var continues: Bool
    }

    /// Summary of `talk` in at most `length` characters (Chinese) or words, in the order it was said.
    ///
    /// Where not even one sentence is so short, the length is doubled until one fits: a whole sentence says more than none.
    public func summary(of talk: Talk, length: Int) -> [Sentence] {
        guard length > 0 else { return [] }
        let units = splitter.units(of: talk)
        let (weights, boosts) = (Self.weights(units), Self.boosts(units, talk))
        for room in sequence(first: length, next: { $0 < 1 << 16 ? $0 * 2 : nil }) {
            let sentences = compose(units, talk, weights: weights, boost: boosts, length: room)
            if !sentences.isEmpty || units.isEmpty { return sentences }
        }
        return []
    }

    /// Answer to `question` in at most `length` characters or words: what is said near the question's words, by the
    /// speakers it names if it names some.
    public func answer(to question: String, in talk: Talk, length: Int) -> [Sentence] {
        let units = splitter.units(of: talk)
        let focus = QueryFocus(question, talk: talk, units: units)
        let local = Self.weights(units, scaled: focus.relevance)
        let boost = zip(Self.boosts(units, talk), focus.boosts).map { $0 * $1 }
        return compose(units, talk, weights: local, boost: boost, length: length)
    }

    /// The sentences as one text of at most `length` characters or words.
    public static func text(_ sentences: [Sentence], isChinese: Bool) -> String {
        sentences.map(\.text).joined(separator: isChinese ? "" : " ")
    }

    // MARK: - Weights

    /// Number of units that have each term, each unit counted as `scale` says (1 without one).
    static func weights(_ units: [Unit], scaled scale: [Double]? = nil) -> [UInt64: Double] {
        var sums: [UInt64: Double] = [:]
        var counts: [UInt64: Int] = [:]
        for (index, unit) in units.enumerated() {
            for term in unit.terms {
                sums[term, default: 0] += scale?[index] ?? 1
                counts[term, default: 0] += 1
            }
        }
        return Dictionary(uniqueKeysWithValues: sums.map { term, sum in (term, counts[term] == 1 ? sum * 0.1 : sum) })
    }

    /// Questions say less than answers; a paper says what it is about in its purpose and conclusions.
    private static func boosts(_ units: [Unit], _ talk: Talk) -> [Double] {
        units.map { unit in
            let mark = talk.utterances[unit.utterance].mark
            let isWeighty = mark == DocumentLines.weighty || mark == DocumentLines.purpose
            return (unit.isQuestion ? 0.6 : 1) * (isWeighty ? 2 : 1)
        }
    }

    // MARK: - Composition

    private func compose(
        _ units: [Unit], _ talk: Talk, weights: [UInt64: Double], boost: [Double], length: Int
    ) -> [Sentence] {
        guard length > 0 else { return [] }
        let selector = CoverageSelector(decay: 0.5, lengthPower: talk.isChinese ? 0.625 : 0.5, floor: 0.08)
        let reporter = ReportedSpeech(talk)
        var budgeted = units
        if !talk.isChinese {
            for index in units.indices { budgeted[index].size += reporter.overhead(of: units[index], in: talk) }
        }
        let chosen = selector.choose(budgeted, weights: weights, boost: boost, budget: length)
        let sentences =
            talk.isChinese
            ? chineseSentences(chosen.map { units[$0] }, talk)
            : reporter.sentences(chosen.map { units[$0] }, talk)
        return trimmed(sentences, talk, length: length)
    }

    /// Neighbouring clauses of one sentence are joined with their comma, others end with a full stop.
    private func chineseSentences(_ units: [Unit], _ talk: Talk) -> [Sentence] {
        var sentences: [Sentence] = []
        for (index, unit) in units.enumerated() {
            let isContinued =
                index + 1 < units.count && units[index + 1].utterance == unit.utterance
                && units[index + 1].position == unit.position + 1 && !Self.endsSentence(unit.text)
            let continues =
                index > 0 && units[index - 1].utterance == unit.utterance
                && units[index - 1].position + 1 == unit.position && !Self.endsSentence(units[index - 1].text)
            var text = unit.text
            if !Self.endsSentence(text) {
                while let last = text.last, SpokenChinese.isMark(last) { text.removeLast() }
                text += isContinued ? "，" : "。"
            }
            sentences.append(
                Sentence(
                    text: text, passage: talk.utterances[unit.utterance].passage, range: unit.range,
                    isVerbatim: unit.isVerbatim && text == unit.text, continues: continues))
        }
        return sentences
    }

    private static func endsSentence(_ text: String) -> Bool { text.last.map { "。！？!?".contains($0) } ?? false }

    /// Full stops may have made it longer than asked: the last sentences go until it fits.
    private func trimmed(_ sentences: [Sentence], _ talk: Talk, length: Int) -> [Sentence] {
        var kept = sentences
        var total = kept.reduce(0) { $0 + talk.length(of: $1.text) }
        while total > length, let last = kept.popLast() { total -= talk.length(of: last.text) }
        if let last = kept.indices.last, kept[last].text.hasSuffix("，") {
            kept[last].text = kept[last].text.dropLast() + "。"
        }
        return kept
    }
}
