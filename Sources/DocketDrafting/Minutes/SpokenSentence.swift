/// One sentence of an utterance with its clauses.
struct SpokenSentence: Sendable, Equatable {
    /// Position of its utterance in the talk.
    var utterance: Int
    /// Passage of the source.
    var passage: Int
    /// Bytes in the source's text.
    var range: Range<Int>
    /// Clauses as said, marks included.
    var clauses: [String]

    /// The words as said.
    var text: String { clauses.joined() }

    /// True when it asks.
    var isQuestion: Bool {
        guard let last = clauses.last else { return false }
        return last.hasSuffix("？") || last.hasSuffix("?") || last.hasSuffix("嗎。") || last.hasSuffix("呢。")
    }

    /// Sentences of `talk` in order.
    static func sentences(of talk: Talk) -> [SpokenSentence] {
        talk.utterances.enumerated().flatMap { number, utterance in
            sentences(of: utterance, number: number, isChinese: talk.isChinese)
        }
    }

    private static func sentences(of utterance: Talk.Utterance, number: Int, isChinese: Bool) -> [SpokenSentence] {
        var sentences: [SpokenSentence] = []
        var open: [Clause] = []
        for clause in isChinese ? Clauses.chinese(utterance.text) : Clauses.english(utterance.text) {
            open.append(clause)
            guard clause.endsSentence, let first = open.first else { continue }
            sentences.append(
                SpokenSentence(
                    utterance: number, passage: utterance.passage,
                    range: utterance.start + first.range.lowerBound..<utterance.start + clause.range.upperBound,
                    clauses: open.map(\.text)))
            open = []
        }
        return sentences
    }
}
