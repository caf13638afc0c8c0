/// 主題項: one access point of an entry, with the reasons for it.
public struct SubjectTerm: Sendable, Equatable, Codable {
    /// The term as the entry writes it: the preferred label of its concept.
    public var label: String
    /// Type of the term; nil when neither vocabulary nor text says.
    public var kind: Vocabulary.Kind?
    /// The concept; nil for a term that came in with a file and stands in no vocabulary.
    public var concept: ConceptReference?
    /// How sure the suggestion is, 0...1; 1 for what a person added.
    public var score: Double
    /// Who gave it.
    public var producer: DescribedField.Producer
    /// Where review stands; a rejected term stays, so that it is not suggested again.
    public var state: DescribedField.State
    /// Why it was suggested.
    public var reasons: SubjectReasons

    /// A term.
    public init(
        _ label: String, kind: Vocabulary.Kind? = nil, concept: ConceptReference? = nil, score: Double = 1,
        producer: DescribedField.Producer = .model, state: DescribedField.State = .suggested,
        reasons: SubjectReasons = SubjectReasons()
    ) {
        self.label = label
        self.kind = kind
        self.concept = concept
        self.score = score
        self.producer = producer
        self.state = state
        self.reasons = reasons
    }
}

/// A concept of a vocabulary, named for good.
public struct ConceptReference: Sendable, Hashable, Codable {
    /// Name of the vocabulary, "administration".
    public var vocabulary: String
    /// URI of the concept.
    public var uri: String

    /// A reference.
    public init(vocabulary: String, uri: String) {
        self.vocabulary = vocabulary
        self.uri = uri
    }
}

/// Why a term was suggested.
public struct SubjectReasons: Sendable, Equatable, Codable {
    /// Words of the sources that name the concept, in place.
    public var matches: [Match]
    /// Preferred labels from the top of the hierarchy down to the concept, itself last; empty without hierarchy.
    public var path: [String]
    /// The most similar catalogued records that have the term, nearest first, at most three.
    public var similar: [SimilarRecord]

    /// Reasons of whatever is known.
    public init(matches: [Match] = [], path: [String] = [], similar: [SimilarRecord] = []) {
        self.matches = matches
        self.path = path
        self.similar = similar
    }

    /// Words that name a concept.
    public struct Match: Sendable, Equatable, Codable {
        /// The words as they stand.
        public var words: String
        /// The label that they match.
        public var label: String
        /// Where they stand.
        public var citation: Citation?

        /// A match.
        public init(words: String, label: String, citation: Citation? = nil) {
            self.words = words
            self.label = label
            self.citation = citation
        }
    }

    /// A catalogued record that resembles the source.
    public struct SimilarRecord: Sendable, Equatable, Codable {
        /// Identity: of an entry, or of a record in the file that was learned from.
        public var id: String
        /// Its title or the beginning of its text.
        public var title: String
        /// Likeness, 0...1.
        public var likeness: Double

        /// A record.
        public init(id: String, title: String, likeness: Double) {
            self.id = id
            self.title = title
            self.likeness = likeness
        }
    }
}

/// A phrase of the sources that no vocabulary has.
public struct ProposedTerm: Sendable, Equatable, Codable {
    /// The phrase as written.
    public var text: String
    /// How well it stands for the source, above 0; only the order counts.
    public var score: Double
    /// Where it stands.
    public var citations: [Citation]

    /// A proposal.
    public init(_ text: String, score: Double, citations: [Citation] = []) {
        self.text = text
        self.score = score
        self.citations = citations
    }
}
