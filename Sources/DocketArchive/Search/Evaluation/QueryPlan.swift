import DocketCore
import DocketText

/// A query as postings to fetch and what to do with them: the same for every segment.
struct QueryPlan: Sendable {
    /// What documents match.
    indirect enum Node: Sendable, Equatable {
        case all
        case none
        case leaf(Int)
        case and([Node])
        case or([Node])
        case not(Node)
    }

    /// Documents that one thing asked for stands in; its forms are alternatives.
    struct Leaf: Sendable, Equatable {
        var alternatives: [Alternative]
        /// What it is asked for by, for `MatchReason`; nil for facts.
        var words: String?
        /// The first of the alternatives that are other names; all alternatives where there are none.
        var firstSynonym = Int.max
        /// What it counts for beside others of the same rarity, above 0.
        var share: Float = 1
    }

    /// One form of what is asked for.
    enum Alternative: Sendable, Equatable {
        /// Any of the terms of a request; their weights add up.
        case term(Int)
        /// Terms at fixed distances.
        case phrase([Part])
        /// Phrases that start at most so many positions apart, in any order.
        case near([[Part]], distance: Int)
    }

    /// A term of a phrase: its request, and its place counted from the phrase's start.
    struct Part: Sendable, Equatable {
        var request: Int
        var offset: Int
    }

    var requests: [TermRequest] = []
    var leaves: [Leaf] = []
    /// What the words and conditions ask for.
    var root = Node.all
    /// What the viewer may see; nil for everything.
    var access: Node?
    /// Leaves that rank, in the order of the query.
    var ranked: [Int] = []
    /// Requests of all terms of a facet's family.
    var facets: [(facet: Facet, request: Int)] = []

    /// True where any of several parts will do.
    private(set) var isQuestion = false

    /// True where something asked for has other names.
    var hasSynonyms: Bool { ranked.contains { leaves[$0].firstSynonym < leaves[$0].alternatives.count } }

    private var requestNumbers: [TermRequest.Terms: Int] = [:]

    private let frequencies: [String: Int]

    /// `frequencies`: how many documents hold each term of long questions.
    init(_ query: SearchQuery, viewer: Viewer, facets: Set<Facet>, frequencies: [String: Int] = [:]) {
        self.frequencies = frequencies
        root = compile(query, isRanked: true)
        access = compile(viewer)
        for facet in facets.sorted(by: { $0.rawValue < $1.rawValue }) {
            let (from, before) = IndexTerm.all(facet.family)
            self.facets.append((facet, request(.range(from, before: before))))
        }
    }

    // MARK: - Words

    private mutating func compile(_ query: SearchQuery, isRanked: Bool) -> Node {
        switch query {
        case .everything: return .all
        case .words(let words): return compile(words, isRanked: isRanked)
        case .question(let text): return question(text, isRanked: isRanked)
        case .filter(let filters): return compile(filters)
        case .and(let parts): return .and(parts.map { compile($0, isRanked: isRanked) })
        case .or(let parts):
            // Alternatives inside alternatives are alternatives: skipping knows only flat ones.
            return .or(
                parts.flatMap { part -> [Node] in
                    let node = compile(part, isRanked: isRanked)
                    if case .or(let inner) = node { return inner }
                    return [node]
                })
        case .not(let part): return .not(compile(part, isRanked: false))
        case .condition(let part): return compile(part, isRanked: false)
        }
    }

    private mutating func compile(_ words: SearchWords, isRanked: Bool) -> Node {
        if let distance = words.distance { return near(words, distance, isRanked: isRanked) }
        let form = WordForm(words.text, isOpen: words.isPrefix)
        guard let text = alternative(form.text) else { return .all }
        var leaf = Leaf(alternatives: [text], words: words.text)
        if !words.isQuoted {
            for term in form.otherTerms { leaf.alternatives.append(.term(request(.exact(term)))) }
        }
        leaf.firstSynonym = leaf.alternatives.count
        for synonym in words.synonyms {
            guard let other = alternative(WordForm(synonym).text), !leaf.alternatives.contains(other) else { continue }
            leaf.alternatives.append(other)
        }
        if let facts = words.facts {
            leaf.alternatives += terms(of: facts).joined().map { .term(request($0)) }
        }
        return add(leaf, isRanked: isRanked)
    }

    /// Words that stand near each other; one alone stands near itself.
    private mutating func near(_ words: SearchWords, _ distance: Int, isRanked: Bool) -> Node {
        let phrases = words.text.split(whereSeparator: \.isWhitespace).map { WordForm(String($0)).text }.filter {
            !$0.isEmpty
        }.map { form in
            form.map { Part(request: request(terms($0), positions: true), offset: $0.offset) }
        }
        guard !phrases.isEmpty else { return .all }
        return add(
            Leaf(alternatives: [.near(phrases, distance: distance)], words: words.text), isRanked: isRanked)
    }

    /// Parts of a question: any will do, and each ranks by itself.
    private mutating func question(_ text: String, isRanked: Bool) -> Node {
        let nodes = QuestionForm(text).telling(frequencies).map { part in
            let alternatives = part.terms.map { term in
                Alternative.term(request(part.isPrefix ? .range(term, before: IndexTerm.after(term)) : .exact(term)))
            }
            return add(Leaf(alternatives: alternatives, words: part.words, share: part.share), isRanked: isRanked)
        }
        isQuestion = true
        return nodes.isEmpty ? .none : .or(nodes)
    }

    /// The text itself: one term, or several at fixed distances; nil without any.
    private mutating func alternative(_ parts: [WordForm.Part]) -> Alternative? {
        guard let first = parts.first else { return nil }
        if parts.count == 1 { return .term(request(terms(first))) }
        return .phrase(parts.map { Part(request: request(terms($0), positions: true), offset: $0.offset) })
    }

    private func terms(_ part: WordForm.Part) -> TermRequest.Terms {
        part.isPrefix ? .range(part.term, before: IndexTerm.after(part.term)) : .exact(part.term)
    }

    private mutating func add(_ leaf: Leaf, isRanked: Bool) -> Node {
        let index = leaves.firstIndex(of: leaf) ?? leaves.count
        if index == leaves.count { leaves.append(leaf) }
        if isRanked, leaf.words != nil, !ranked.contains(index) { ranked.append(index) }
        return .leaf(index)
    }

    private mutating func request(_ terms: TermRequest.Terms, positions: Bool = false) -> Int {
        if let known = requestNumbers[terms] {
            if positions { requests[known].positions = true }
            return known
        }
        requests.append(TermRequest(terms: terms, positions: positions))
        requestNumbers[terms] = requests.count - 1
        return requests.count - 1
    }

    /// Adds words apart from the query, only to be counted; nil where there is nothing to look for.
    mutating func addWords(_ words: SearchWords) -> Int? {
        guard case .leaf(let index) = compile(words, isRanked: false) else { return nil }
        return index
    }

    /// Adds a fact's term apart from the query, only to be counted.
    mutating func addFact(_ term: String) -> Int? {
        guard case .leaf(let index) = any([.exact(term)]) else { return nil }
        return index
    }

    // MARK: - Facts

    private mutating func compile(_ filters: SearchFilters) -> Node {
        var parts: [Node] = []
        for group in terms(of: filters) where !group.isEmpty { parts.append(any(group)) }
        if filters.from != nil || filters.to != nil { parts.append(dates(filters)) }
        return parts.isEmpty ? .all : .and(parts)
    }

    /// Terms of the conditions but for those of time, a group for each.
    private func terms(of filters: SearchFilters) -> [[TermRequest.Terms]] {
        func exact<Value: RawRepresentable>(_ family: IndexTerm.Family, _ values: Set<Value>) -> [TermRequest.Terms]
        where Value.RawValue == String {
            values.map(\.rawValue).sorted().map { .exact(IndexTerm.exact(family, $0)) }
        }
        func names(_ family: IndexTerm.Family, _ values: Set<String>) -> [TermRequest.Terms] {
            values.sorted().map { name in
                let (from, before) = IndexTerm.spellings(family, of: name)
                return .range(from, before: before)
            }
        }
        return [
            exact(.kind, filters.kinds), exact(.sourceKind, filters.sourceKinds),
            exact(.classification, filters.classifications), names(.series, filters.series),
            names(.agency, filters.agencies), names(.status, filters.statuses), names(.scope, filters.scopes),
            filters.meetings.sorted().map { .exact(IndexTerm.exact(.meeting, String($0))) },
            names(.item, filters.items), names(.speaker, filters.speakers),
        ]
    }

    private mutating func dates(_ filters: SearchFilters) -> Node {
        let from = filters.from.map { IndexDate($0) }
        let to = filters.to.map { IndexDate($0) }
        // A date that is none allows no document: never a longer list than asked for.
        if from == .some(nil) || to == .some(nil) { return .none }
        let range = IndexDateRange(from: from ?? nil, to: to ?? nil)
        return any(range.ranges.map { .range($0.0, before: $0.1 + "\u{1}") })
    }

    private mutating func any(_ terms: [TermRequest.Terms]) -> Node {
        guard !terms.isEmpty else { return .none }
        return add(Leaf(alternatives: terms.map { .term(request($0)) }, words: nil), isRanked: false)
    }

    private mutating func compile(_ viewer: Viewer) -> Node? {
        var parts: [Node] = []
        let levels = Classification.allCases.filter { $0 <= viewer.clearance }
        if levels.count < Classification.allCases.count {
            parts.append(any(levels.map { .exact(IndexTerm.exact(.classification, $0.rawValue)) }))
        }
        if let scopes = viewer.scopes {
            parts.append(any(scopes.union([""]).sorted().map { .exact(IndexTerm.name(.scope, $0)) }))
        }
        return parts.isEmpty ? nil : .and(parts)
    }
}

extension QueryPlan {
    /// Text that is the same for parts of plans that ask for the same; "" for nil.
    func signature(_ node: Node?) -> String {
        switch node {
        case nil, .all: return ""
        case .some(.none): return "none"
        case .leaf(let index):
            return leaves[index].alternatives.map { alternative in
                switch alternative {
                case .term(let request): requests[request].terms.text
                case .phrase(let parts):
                    parts.map { requests[$0.request].terms.text + "@\($0.offset)" }.joined(separator: "+")
                case .near(let phrases, let distance):
                    phrases.map { parts in
                        parts.map { requests[$0.request].terms.text + "@\($0.offset)" }.joined(separator: "+")
                    }.joined(separator: "\u{4}") + "~\(distance)"
                }
            }.joined(separator: "|")
        case .and(let parts): return "(" + parts.map { signature($0) }.joined(separator: "&") + ")"
        case .or(let parts): return "(" + parts.map { signature($0) }.joined(separator: "/") + ")"
        case .not(let part): return "-" + signature(part)
        }
    }
}

extension Facet {
    var family: IndexTerm.Family {
        switch self {
        case .kind: .kind
        case .series: .series
        case .agency: .agency
        case .year: .year
        case .status: .status
        case .sourceKind: .sourceKind
        case .classification: .classification
        }
    }
}

/// Terms whose postings a search needs.
struct TermRequest: Sendable, Hashable {
    enum Terms: Sendable, Hashable {
        case exact(String)
        /// From the first, up to and without the second, by bytes.
        case range(String, before: String)

        /// The same for the same terms only: no term holds the signs between.
        var text: String {
            switch self {
            case .exact(let term): "=\u{3}" + term
            case .range(let first, let before): first + "\u{3}" + before
            }
        }
    }

    var terms: Terms
    /// True when their positions are needed too.
    var positions: Bool
}
