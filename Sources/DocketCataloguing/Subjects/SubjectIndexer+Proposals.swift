public import DocketCore
import DocketText

extension SubjectIndexer {
    /// Phrases of the document that no label of the vocabulary has, best first: terms that it may lack.
    ///
    /// They are never terms themselves and stand in a list of their own.
    public func proposals(
        for document: SubjectDocument, by model: KeyphraseModel, limit: Int = 5
    ) -> [ProposedTerm] {
        let found = model.phrases(in: document, limit: 4 * max(1, limit) + 20)
        return found.lazy.filter { !hasLabel($0.text) }.prefix(max(0, limit)).map { phrase in
            ProposedTerm(
                phrase.text, score: phrase.score, citations: phrase.ranges.prefix(5).compactMap(document.citation))
        }
    }

    /// True when some label is the whole of `words`, in folded form.
    private func hasLabel(_ words: String) -> Bool {
        let units = TextUnits(words)
        return matcher.matches(in: units).contains { $0.units == 0..<Int32(units.units.count) }
    }
}
