public import DocketCore

/// Number of the last change an answer knows of; grows by one with each document put or taken out.
public typealias IndexSequence = UInt64

/// What is looked for, by whom, and how much of it is wanted.
public struct SearchRequest: Sendable {
    /// How the words are read.
    public enum Mode: String, Sendable, Codable, CaseIterable {
        /// As a question when it looks like one, else as keywords.
        case automatic
        /// Every word must be there, a run of Chinese characters as it stands.
        case keywords
        /// Any part may be there; the more and the rarer, the better.
        case question
    }

    /// In which order hits come.
    public enum Order: String, Sendable, Codable, CaseIterable {
        /// Best match first.
        case relevance
        /// Latest date first; undated ones last.
        case date
    }

    /// The words, in the language of `QueryParser`; empty asks for everything that the filters allow.
    public var text: String
    /// Conditions beside the words; all must hold.
    public var filters: SearchFilters
    /// Who looks: nothing else is ranked, counted or shown.
    public var viewer: Viewer
    /// Order of hits; nil is relevance where there are words, else date.
    public var order: Order?
    /// Most hits given, 0...1000; 0 counts only.
    public var limit: Int
    /// Where the last answer ended, nil for the first page.
    public var page: PageToken?
    /// What is counted over all matches.
    public var facets: Set<Facet>
    /// How the words are read.
    public var mode: Mode
    /// Longest time the search may take; nil does not limit it.
    public var timeLimit: Duration?
    /// Longest snippet in characters.
    public var snippetLength: Int
    /// The day that "last year" counts from, ISO 8601; nil leaves such words words.
    public var today: String?
    /// Words of the query that are taken as they stand, however they might be understood.
    public var literal: Set<String> = []
    /// False shows matches that say the same one by one.
    public var folds = true

    /// A request of ten hits.
    public init(
        _ text: String, filters: SearchFilters = SearchFilters(), viewer: Viewer, order: Order? = nil, limit: Int = 10,
        page: PageToken? = nil, facets: Set<Facet> = [], mode: Mode = .automatic, timeLimit: Duration? = nil,
        snippetLength: Int = 80, today: String? = nil
    ) {
        self.today = today
        self.text = text
        self.filters = filters
        self.viewer = viewer
        self.order = order
        self.limit = limit
        self.page = page
        self.facets = facets
        self.mode = mode
        self.timeLimit = timeLimit
        self.snippetLength = snippetLength
    }
}

/// Conditions on facts; within one condition any value will do, an empty one does not restrict.
public struct SearchFilters: Sendable, Hashable {
    /// Kinds of results.
    public var kinds: Set<ResultKind>
    /// Names of series, compared folded.
    public var series: Set<String>
    /// Names of agencies, compared folded.
    public var agencies: Set<String>
    /// States, compared folded.
    public var statuses: Set<String>
    /// Kinds of sources.
    public var sourceKinds: Set<SourceKind>
    /// Levels.
    public var classifications: Set<Classification>
    /// Scopes.
    public var scopes: Set<String>
    /// Numbers of meetings, 213.
    public var meetings: Set<Int>
    /// Numbers of tracked items, "211-2": conclusions that opened one or acted on it.
    public var items: Set<String>
    /// Names of those who spoke, compared folded.
    public var speakers: Set<String>
    /// First day, month or year, ISO 8601; documents without a date are not found by a date.
    public var from: String?
    /// Last day, month or year, ISO 8601, included.
    public var to: String?

    /// Conditions; without arguments, none.
    public init(
        kinds: Set<ResultKind> = [], series: Set<String> = [], agencies: Set<String> = [], statuses: Set<String> = [],
        sourceKinds: Set<SourceKind> = [], classifications: Set<Classification> = [], scopes: Set<String> = [],
        meetings: Set<Int> = [], items: Set<String> = [], speakers: Set<String> = [], from: String? = nil,
        to: String? = nil
    ) {
        self.kinds = kinds
        self.series = series
        self.agencies = agencies
        self.statuses = statuses
        self.sourceKinds = sourceKinds
        self.classifications = classifications
        self.scopes = scopes
        self.meetings = meetings
        self.items = items
        self.speakers = speakers
        self.from = from
        self.to = to
    }
}

/// What matches are counted by.
public enum Facet: String, Sendable, Codable, CaseIterable {
    case kind, series, agency, year, status, sourceKind, classification
}

/// How many matches there are.
public enum Total: Sendable, Hashable {
    /// So many.
    case exact(Int)
    /// So many and maybe more.
    case atLeast(Int)

    /// The number.
    public var count: Int {
        switch self {
        case .exact(let count), .atLeast(let count): count
        }
    }
}

/// What a search found.
public struct SearchAnswer: Sendable {
    /// Hits in the order asked for.
    public var hits: [SearchHit]
    /// Number of all matches that the viewer may see.
    public var total: Total
    /// False when a part of the index did not answer: there may be more.
    public var complete: Bool
    /// Last change that the answer takes account of.
    public var indexedThrough: IndexSequence
    /// Token of the next page; nil after the last.
    public var next: PageToken?
    /// Counts over all matches, most first; a facet that was not asked for is absent.
    public var facets: [Facet: [FacetCount]]
    /// How the words were read: `keywords` or `question`.
    public var mode: SearchRequest.Mode
    /// The order that was used.
    public var order: SearchRequest.Order
    /// How the words were read.
    public var reading = QueryReading(query: .everything)
    /// Number of matches of a narrower reading, which come first; nil where the reading is the narrowest that was tried.
    public var narrowTotal: Int?
    /// Other spellings of words that find nothing or little, best first.
    public var corrections: [SpellingCorrection] = []
    /// Parts of the words that find something, where the whole finds nothing.
    public var related: [RelatedWords] = []

    /// An answer.
    public init(
        hits: [SearchHit] = [], total: Total = .exact(0), complete: Bool = true, indexedThrough: IndexSequence = 0,
        next: PageToken? = nil, facets: [Facet: [FacetCount]] = [:], mode: SearchRequest.Mode = .keywords,
        order: SearchRequest.Order = .relevance
    ) {
        self.hits = hits
        self.total = total
        self.complete = complete
        self.indexedThrough = indexedThrough
        self.next = next
        self.facets = facets
        self.mode = mode
        self.order = order
    }
}

/// One value of a facet.
public struct FacetCount: Sendable, Hashable {
    /// The value as stored: an enum's raw value, a name, a year "2021".
    public var value: String
    /// Matches that carry it.
    public var count: Int

    /// A value with its count.
    public init(_ value: String, _ count: Int) {
        self.value = value
        self.count = count
    }
}

/// One document found.
public struct SearchHit: Sendable {
    /// `IndexDocument.id`.
    public var id: String
    /// What it is.
    public var kind: ResultKind
    /// The source it stands in.
    public var source: SourceID
    /// Name in the system it came from.
    public var external: String?
    /// Its title.
    public var title: String
    /// Where the title matched: half-open UTF-8 byte ranges of `title`, in order, not overlapping.
    public var titleHighlights: [Range<Int>]
    /// The most telling part of its text, as stored.
    public var snippet: String
    /// Where the snippet matched: half-open UTF-8 byte ranges of `snippet`, in order, not overlapping.
    public var highlights: [Range<Int>]
    /// The words of the snippet in the stored source, where the text stands in one.
    public var span: SourceSpan?
    /// BM25F, larger is better, comparable within one query only; 0 where no words were asked for.
    public var score: Double
    /// ISO 8601 day, month or year.
    public var date: String?
    /// Name of the series.
    public var series: String?
    /// Names of the agencies.
    public var agencies: [String]
    /// State.
    public var status: String?
    /// What the source is.
    public var sourceKind: SourceKind
    /// Secrecy level.
    public var classification: Classification
    /// Facts to show, "meeting", "item", "label" ….
    public var facts: [String: String]
    /// What matched, in the order of the query.
    public var why: [MatchReason]
    /// Identities of matches that say the same and are not shown.
    public var alike: [String] = []
}

/// One reason for which a document was found.
public struct MatchReason: Sendable, Hashable, Codable {
    /// How the words of the query and those of the text are alike.
    public enum Form: String, Sendable, Codable, CaseIterable {
        /// The same but for case, width, script and variant characters.
        case words
        /// Another form of the same English word.
        case stem
        /// The same number, written differently.
        case number
        /// The same day, month or year, written differently.
        case date
        /// Another name of the same thing.
        case synonym
    }

    /// The words of the query.
    public var query: String
    /// The words of the text, the first of them.
    public var found: String
    /// How they are alike.
    public var form: Form
    /// Which text they stand in.
    public var field: IndexField.Role
    /// How often.
    public var count: Int

    /// A reason.
    public init(query: String, found: String, form: Form, field: IndexField.Role, count: Int) {
        self.query = query
        self.found = found
        self.form = form
        self.field = field
        self.count = count
    }
}

/// Finds documents: Docket's own postings, or a server of its kind.
public protocol SearchIndex: Sendable {
    /// Documents that match `request`, at most `limit`, with the number of all, exact up to 10,000.
    /// - Throws: `ArchiveError.malformedQuery` with the byte offset of the first bad token, `.corrupt` when stored postings
    ///   do not say what they should, `.unavailable` when the time limit passed, or `CancellationError`.
    func search(_ request: SearchRequest) async throws -> SearchAnswer
}
