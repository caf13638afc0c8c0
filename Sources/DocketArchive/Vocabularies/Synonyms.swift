public import DocketCore
import DocketText
import GRDB

/// What a word means in the vocabularies of a library, for widening a search.
public struct Synonyms: Sendable, Equatable {
    /// The word as it was asked.
    public var word: String
    /// Concepts of that label, by name of the vocabulary and then by URI: more than one where the word is ambiguous.
    public var meanings: [Meaning]

    /// One concept that the word is a label of.
    public struct Meaning: Sendable, Equatable {
        /// Name of the vocabulary.
        public var vocabulary: String
        /// The concept.
        public var uri: String
        /// What the word is to the concept: where it is ambiguous, the concept that prefers it is more likely meant.
        public var kind: Vocabulary.LabelKind
        /// The concept's other labels, preferred ones first, each folded form once.
        ///
        /// A concept that is no longer used gives the labels of what replaced it before its own. Hidden labels are left
        /// out: they are there to be looked for.
        public var same: [Vocabulary.Label]
        /// Labels of the concepts one step below, preferred ones first, without those of `same`.
        public var narrower: [Vocabulary.Label]
    }

    /// The words that mean the same in all meanings, best first, each folded form once.
    public var labels: [String] {
        var seen: Set<String> = [Folding.labelKey(word)]
        let likely = meanings.filter { $0.kind == .preferred } + meanings.filter { $0.kind != .preferred }
        return likely.flatMap(\.same).map(\.text).filter { seen.insert(Folding.labelKey($0)).inserted }
    }
}

/// Finds what words mean: one look at the table of labels a word, and only the concepts found are decoded.
enum SynonymLookup {
    /// Concepts that one word may mean, and concepts below one of them: more is no widening but another question.
    static let mostMeanings = 8
    static let mostNarrower = 64

    /// Of `words` those that are labels, in their order.
    static func synonyms(of words: [String], _ db: Database) throws -> [Synonyms] {
        var names: [Int: String] = [:]
        return try words.compactMap { word in
            let key = Folding.labelKey(word)
            guard !key.isEmpty else { return nil }
            let rows = try db.rows(
                """
                SELECT edition, n, kind FROM conceptLabel WHERE label = ? ORDER BY edition, n LIMIT \(mostMeanings)
                /* reference: vocabulary */
                """, [key])
            guard !rows.isEmpty else { return nil }
            if names.isEmpty { for stored in try VocabularyTable.all(db) { names[stored.edition] = stored.name } }
            let meanings = try rows.compactMap { row -> Synonyms.Meaning? in
                guard let name = names[row["edition"]],
                    let concept = try VocabularyTable.concept(row["n"], of: row["edition"], db)
                else { return nil }
                let kind = Vocabulary.LabelKind(rawValue: UInt8(clamping: row["kind"] as Int)) ?? .hidden
                return try meaning(of: key, kind, concept, name, row["edition"], db)
            }
            return Synonyms(
                word: word,
                meanings: meanings.sorted { ($0.vocabulary, $0.uri) < ($1.vocabulary, $1.uri) })
        }
    }

    private static func meaning(
        of key: String, _ kind: Vocabulary.LabelKind, _ concept: Vocabulary.Concept, _ name: String, _ edition: Int,
        _ db: Database
    ) throws -> Synonyms.Meaning {
        var seen: Set<String> = [key]
        var labels = concept.labels
        if case .deprecated(let replacedBy) = concept.status {
            // What is used now comes first.
            labels =
                try replacedBy.flatMap { try VocabularyTable.concept(Int($0), of: edition, db)?.labels ?? [] } + labels
        }
        let same = shown(labels, &seen)
        let below = try concept.narrower.prefix(mostNarrower).flatMap {
            try VocabularyTable.concept(Int($0), of: edition, db)?.labels ?? []
        }
        return Synonyms.Meaning(
            vocabulary: name, uri: concept.uri, kind: kind, same: same, narrower: shown(below, &seen))
    }

    /// Preferred labels, then alternative ones, each folded form once.
    private static func shown(_ labels: [Vocabulary.Label], _ seen: inout Set<String>) -> [Vocabulary.Label] {
        let inOrder = labels.filter { $0.kind == .preferred } + labels.filter { $0.kind == .alternative }
        return inOrder.filter { seen.insert(Folding.labelKey($0.text)).inserted }
    }
}
