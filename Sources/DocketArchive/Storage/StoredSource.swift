public import DocketCore

/// A source as the library holds it: the document in one text version, what was read out of it, and its corrections.
public struct StoredSource: Sendable, Equatable {
    /// The document; corrected fields (title, kind, date, classification, scope, facts) are already in it.
    public var document: SourceDocument
    /// Structure of this text version.
    public var structure: DocumentStructure
    /// Segments of this text version; derived, and remade by the pipeline when its rules change.
    public var segments: [Segment]
    /// Revision of the row, from 1: named by every later change.
    public var revision: Int
    /// Name of the record in the system that it came from.
    public var external: String?
    /// Collection that `external` is unique in.
    public var collection: String
    /// Series of meetings it belongs to.
    public var series: SeriesID?
    /// Name of that series.
    public var seriesName: String?
    /// Tracked items that these minutes opened, with their state now: for the status of their conclusions.
    public var openedItems: [OpenedItem]
    /// When it was added, ISO 8601 in UTC.
    public var addedAt: String
    /// Who added it.
    public var addedBy: String

    /// A tracked item as the minutes that opened it show it.
    public struct OpenedItem: Sendable, Equatable {
        /// Number, "205-2".
        public var reference: String
        /// Path of the conclusion that opened it.
        public var path: String
        /// Where it stands now.
        public var standing: TrackedItem.Standing
    }

    /// A stored source of all its parts.
    public init(
        document: SourceDocument, structure: DocumentStructure, segments: [Segment], revision: Int,
        external: String? = nil, collection: String = "", series: SeriesID? = nil, seriesName: String? = nil,
        openedItems: [OpenedItem] = [], addedAt: String, addedBy: String
    ) {
        self.document = document
        self.structure = structure
        self.segments = segments
        self.revision = revision
        self.external = external
        self.collection = collection
        self.series = series
        self.seriesName = seriesName
        self.openedItems = openedItems
        self.addedAt = addedAt
        self.addedBy = addedBy
    }
}

/// One line of a list of sources.
public struct SourceSummary: Sendable, Equatable, Codable {
    /// Name of the source.
    public var id: SourceID
    /// Kind.
    public var kind: SourceKind
    /// Title, may be empty.
    public var title: String
    /// Language tag.
    public var language: String
    /// Date of the thing, ISO 8601, if known.
    public var date: String?
    /// Secrecy level.
    public var classification: Classification
    /// Scope, "" for the whole library.
    public var scope: String
    /// Current text version.
    public var version: Int
    /// Revision of the row.
    public var revision: Int
    /// Agency, if known.
    public var agency: String?
    /// Series, if it belongs to one.
    public var series: SeriesID?
    /// Ordinal of its meeting in the series.
    public var ordinal: Int?
    /// Name of the record in the system that it came from.
    public var external: String?
    /// When it was added, ISO 8601 in UTC.
    public var addedAt: String
    /// Who added it.
    public var addedBy: String
}

/// A source on its way into the library.
public struct NewSource: Sendable {
    /// The document, text version 1; its `origin` describes `original`.
    public var document: SourceDocument
    /// What was read out of it.
    public var structure: DocumentStructure
    /// Its segments.
    public var segments: [Segment]
    /// The bytes as received.
    public var original: Original
    /// What a search can find of it; nil asks the library's `IndexMaker`.
    public var index: [IndexDocument]?
    /// The meeting it belongs to; nil takes what the structure of minutes, agendas and attendance lists says.
    public var meeting: MeetingReference?
    /// Name of the record in the system that it came from.
    public var external: String?
    /// Collection that `external` is unique in.
    public var collection: String

    /// A source of `original`, read as `document`.
    public init(
        document: SourceDocument, structure: DocumentStructure = DocumentStructure(), segments: [Segment] = [],
        original: Original, index: [IndexDocument]? = nil, meeting: MeetingReference? = nil, external: String? = nil,
        collection: String = ""
    ) {
        self.document = document
        self.structure = structure
        self.segments = segments
        self.original = original
        self.index = index
        self.meeting = meeting
        self.external = external
        self.collection = collection
    }
}

/// What became of a source that was added.
public struct AddOutcome: Sendable, Equatable {
    /// Name of the source in the library: the one that was there before, if it is a duplicate.
    public var id: SourceID
    /// True when the same bytes were in the library; nothing was changed then.
    public var duplicate: Bool
    /// The meeting it was linked to.
    public var meeting: MeetingID?

    /// An outcome.
    public init(id: SourceID, duplicate: Bool, meeting: MeetingID? = nil) {
        self.id = id
        self.duplicate = duplicate
        self.meeting = meeting
    }
}
