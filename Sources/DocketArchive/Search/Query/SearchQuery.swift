import DocketCore

/// What a query asks for: words and conditions, joined by and, or and not.
public indirect enum SearchQuery: Sendable, Equatable {
    /// All documents.
    case everything
    /// A word, or the words between quotation marks, which must stand as they are.
    case words(SearchWords)
    /// A question: any of its parts may be there.
    case question(String)
    /// Conditions on facts.
    case filter(SearchFilters)
    /// All of them.
    case and([SearchQuery])
    /// Any of them.
    case or([SearchQuery])
    /// Documents that do not match.
    case not(SearchQuery)
    /// Documents that match, none of them better than another.
    case condition(SearchQuery)
}

/// One word or phrase of a query.
public struct SearchWords: Sendable, Equatable {
    /// As typed, without quotation marks.
    public var text: String
    /// True between quotation marks: no other forms of words, numbers and dates.
    public var isQuoted: Bool
    /// Other words that count as these: names of the same agency, labels of the same subject.
    public var synonyms: [String]
    /// Documents of which one of these facts is known count as if they held the words; nil for none.
    public var facts: SearchFilters?
    /// True where the last word may go on: "metada*".
    public var isPrefix = false
    /// Most positions between the first and the last of the words, which may then stand in any order; nil for a phrase.
    public var distance: Int?

    /// A word or phrase.
    public init(_ text: String, isQuoted: Bool = false, synonyms: [String] = [], facts: SearchFilters? = nil) {
        self.text = text
        self.isQuoted = isQuoted
        self.synonyms = synonyms
        self.facts = facts
    }
}

extension SearchQuery {
    /// This query and another; nothing is lost by nesting.
    func and(_ other: SearchQuery) -> SearchQuery {
        switch (self, other) {
        case (.everything, _): other
        case (_, .everything): self
        case (.and(let left), .and(let right)): .and(left + right)
        case (.and(let left), _): .and(left + [other])
        case (_, .and(let right)): .and([self] + right)
        default: .and([self, other])
        }
    }

    /// True when words or a question are asked for, so that some matches are better than others.
    var hasWords: Bool {
        switch self {
        case .everything, .filter, .not, .condition: false
        case .words, .question: true
        case .and(let parts), .or(let parts): parts.contains { $0.hasWords }
        }
    }

    /// Texts of the questions in it.
    var questions: [String] {
        switch self {
        case .everything, .filter, .words: []
        case .question(let text): [text]
        case .not(let part), .condition(let part): part.questions
        case .and(let parts), .or(let parts): parts.flatMap(\.questions)
        }
    }
}
