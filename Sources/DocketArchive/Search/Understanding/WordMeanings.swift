import DocketText

/// Words of a query that vocabularies know, with the other labels of what they mean.
struct WordMeanings {
    /// Other labels by word, at most `mostLabels`.
    private(set) var known: [String: [String]] = [:]
    /// The words, in the order of the query: whole words, and the longest labels inside others.
    private(set) var inOrder: [String] = []

    private static let mostLabels = 8
    private static let mostAsked = 256
    /// Characters of a label inside a word.
    private static let lengths = 2...10

    /// Looks up `words`, the pieces of their `matter`, and what stands inside them; `literal` ones are left alone.
    init(_ words: [String], matter: [String], _ knowledge: SearchKnowledge, _ literal: Set<String>) async throws {
        var asked: [String] = []
        var seen: Set<String> = []
        func ask(_ word: String) {
            guard word.unicodeScalars.count <= 40, !literal.contains(Folding.key(word)) else { return }
            if seen.insert(word).inserted { asked.append(word) }
        }
        (words + matter).forEach(ask)
        let whole = asked
        for piece in matter { Self.parts(of: piece).forEach { ask($0) } }
        guard !asked.isEmpty else { return }
        let found = try await knowledge.synonyms(Array(asked.prefix(Self.mostAsked)))
        for (word, labels) in found {
            let key = Folding.key(word)
            let others = labels.filter { Folding.key($0) != key && QueryParser.isSearchable($0) }
            if !others.isEmpty { known[word] = Array(others.prefix(Self.mostLabels)) }
        }
        // A label inside another one that is known says less.
        for word in asked where known[word] != nil {
            guard !inOrder.contains(where: { $0.contains(word) }) else { continue }
            if whole.contains(word) || !whole.contains(where: { known[$0] != nil && $0.contains(word) }) {
                inOrder.append(word)
            }
        }
        known = known.filter { inOrder.contains($0.key) }
    }

    /// Parts of a run of ideographs, the longest first; of a run of words, none.
    private static func parts(of piece: String) -> [String] {
        let scalars = Array(piece.unicodeScalars)
        guard scalars.count > 2, scalars.allSatisfy({ $0.value >= 0x3400 }) else { return [] }
        return lengths.reversed().filter { $0 < scalars.count }.flatMap { length in
            (0...(scalars.count - length)).map { String(String.UnicodeScalarView(scalars[$0..<$0 + length])) }
        }
    }
}
