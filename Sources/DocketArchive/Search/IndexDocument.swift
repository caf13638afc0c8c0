public import DocketCore

/// One thing that a search can find: a conclusion, an agenda item, a passage, a catalogue entry, a question.
///
/// It is made from stored values whenever they change and never edited: the index is derived data.
public struct IndexDocument: Sendable, Equatable {
    /// Identity in the library: "SOURCE#12" for passage 12, the source's own id for a record.
    ///
    /// Unique over the library.
    public var id: String
    /// What it is.
    public var kind: ResultKind
    /// The source it stands in; everything of a source can be taken out of the index by its name.
    public var source: SourceID
    /// Place among the documents of its source, from 0: hits of equal rank are shown in this order.
    public var ordinal: Int
    /// Name in the system it came from, given back in hits.
    public var external: String?
    /// What a hit is headed by; searched with the weight of `IndexField.Role.title` unless `isTitleSearched` is false.
    public var title: String
    /// False where the title is only shown: the passages of a document need not all be found by its title.
    public var isTitleSearched: Bool
    /// The texts that are searched, in the order in which snippets prefer them.
    public var fields: [IndexField]
    /// ISO 8601 day, month or year: "2021-10-26", "2021-10", "2021"; nil when not known.
    public var date: String?
    /// Name of the series, "主任秘書會報": a filter, a facet and shown.
    public var series: String?
    /// Names of the agencies concerned: filters and facets.
    public var agencies: [String]
    /// State of what it is about, "列管": a filter, a facet and shown.
    public var status: String?
    /// Other states it is found by: what it was before, what it is part of.
    public var moreStatuses: [String] = []
    /// What the source is.
    public var sourceKind: SourceKind
    /// Secrecy level, never below that of the source.
    public var classification: Classification
    /// Agency or case whose material it is; empty for all readers of the level.
    public var scope: String
    /// Facts to show and not to search: "meeting", "item", "label" and others, by name.
    public var facts: [String: String]
    /// What the library stores of the source itself, in the same transaction: what is equal to it is not kept twice.
    ///
    /// Nil for a source that the library does not hold: the index then keeps all that it shows.
    public var card: SourceCard?

    /// A document without texts; its title is searched.
    public init(
        id: String, kind: ResultKind, source: SourceID, ordinal: Int = 0, external: String? = nil, title: String,
        isTitleSearched: Bool = true, fields: [IndexField] = [], date: String? = nil, series: String? = nil,
        agencies: [String] = [], status: String? = nil, sourceKind: SourceKind = .document,
        classification: Classification = .public, scope: String = "", facts: [String: String] = [:]
    ) {
        self.id = id
        self.kind = kind
        self.source = source
        self.ordinal = ordinal
        self.external = external
        self.title = title
        self.isTitleSearched = isTitleSearched
        self.fields = fields
        self.date = date
        self.series = series
        self.agencies = agencies
        self.status = status
        self.sourceKind = sourceKind
        self.classification = classification
        self.scope = scope
        self.facts = facts
    }

    /// Identity of passage `number` of a source.
    public static func passageID(_ source: SourceID, _ number: Int) -> String { "\(source)#\(number)" }
}

/// What the library's row of a source says, as far as entries of the index repeat it.
public struct SourceCard: Sendable, Equatable {
    /// Title of the source.
    public var title: String
    /// Its name in the system it came from.
    public var external: String?
    /// ISO 8601 date, nil for none.
    public var date: String?
    /// Its facts by name: "agency", "code", "subjects" and others.
    public var facts: [String: String]

    /// The card of a source with these values.
    public init(title: String, external: String? = nil, date: String? = nil, facts: [String: String] = [:]) {
        self.title = title
        self.external = external
        self.date = date
        self.facts = facts
    }
}

/// One searched text of a document.
public struct IndexField: Sendable, Equatable {
    /// What the text is, and so how much a word of it weighs.
    public enum Role: UInt8, Sendable, Codable, CaseIterable {
        /// The title of the document.
        case title
        /// The words of a conclusion, resolution or decision.
        case conclusion
        /// Everything else.
        case body
    }

    /// What the text is.
    public var role: Role
    /// The text as it is stored, unfolded.
    ///
    /// Broken lines should be joined before: a search sees what stands here.
    public var text: String
    /// Where the same text stands in the stored source, so that snippets are made without keeping it twice; nil keeps a copy.
    public var span: SourceSpan?

    /// A text of a role.
    public init(_ role: Role, _ text: String, span: SourceSpan? = nil) {
        self.role = role
        self.text = text
        self.span = span
    }
}

/// One change of what can be found, made in the transaction of the record it belongs to.
public enum IndexChange: Sendable, Equatable {
    /// Adds a document, or replaces the one of the same id and source.
    case put(IndexDocument)
    /// Takes one document out; nothing happens when there is none.
    case remove(String, source: SourceID)
    /// Takes all documents of a source out.
    case removeSource(SourceID)
}
