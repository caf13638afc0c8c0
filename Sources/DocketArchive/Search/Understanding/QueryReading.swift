/// How the words of a query were read, for `--explain` and for whoever wants to take a part back.
public struct QueryReading: Sendable, Equatable {
    /// The query that was answered.
    public var query: SearchQuery
    /// What of the words was understood as more than words, in their order.
    public var understood: [UnderstoodWords]
    /// How far the reading had to go to find something.
    public var breadth: Breadth
    /// True when the query asks for what was decided.
    public var wantsDecision: Bool

    /// How far a reading goes.
    public enum Breadth: String, Sendable, Codable, CaseIterable {
        /// As asked: operators, quotation marks and fields, or all words as they stand.
        case exact
        /// All words of the matter; those that frame it may be absent.
        case matter
        /// Any of the words; the more and the rarer, the better.
        case any
        /// Any of the words, without the conditions that were read from them, since nothing met those.
        case withoutConditions
    }

    /// A reading.
    public init(
        query: SearchQuery, understood: [UnderstoodWords] = [], breadth: Breadth = .exact, wantsDecision: Bool = false
    ) {
        self.query = query
        self.understood = understood
        self.breadth = breadth
        self.wantsDecision = wantsDecision
    }
}

/// Words of a query that were understood as a date, a meeting, an agency, ….
///
/// They are words again when a request names them in `SearchRequest.literal`.
public struct UnderstoodWords: Sendable, Hashable, Codable {
    /// What they were understood as.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case date, series, meeting, item, number, agency, person, decision, synonym, spelling
    }

    /// What they do.
    public enum Effect: String, Sendable, Codable, CaseIterable {
        /// What does not meet it is not found.
        case condition
        /// What meets it comes first.
        case preference
        /// They may stand in other words too.
        case alternatives
    }

    /// What they were understood as.
    public var kind: Kind
    /// The words, as typed.
    public var words: String
    /// What they stand for: "2024-07-01..2024-12-31", other names joined by "、".
    public var meaning: String
    /// What they do.
    public var effect: Effect

    /// Words with what they stand for.
    public init(_ kind: Kind, _ words: String, meaning: String, effect: Effect) {
        self.kind = kind
        self.words = words
        self.meaning = meaning
        self.effect = effect
    }
}
