public import DocketCore

/// A file of many records (JSONL, CSV), kept once; each record in it is a source of its own.
public struct RecordContainer: Sendable {
    /// The file: name, digest, size, media type, encoding and reader; its `line` is nil.
    public var origin: Origin
    /// Its bytes.
    public var original: Original
    /// Collection that the records' ids are unique in: another file of the same collection brings corrections of the same
    /// records, a file of another collection may use the same ids for other things.
    public var collection: String

    /// A container.
    public init(origin: Origin, original: Original, collection: String) {
        self.origin = origin
        self.original = original
        self.collection = collection
    }
}

/// One record of a container.
public struct NewRecord: Sendable {
    /// Line of the record in the container, from 1; ascending from record to record.
    public var line: Int
    /// The record's own id, unique in the collection; nil when it has none.
    public var external: String?
    /// The record as a document; its origin is set by the library.
    public var document: SourceDocument
    /// What was read out of it.
    public var structure: DocumentStructure
    /// What a search can find of it; nil asks the library's `IndexMaker`.
    public var index: [IndexDocument]?

    /// A record.
    public init(
        line: Int, external: String?, document: SourceDocument, structure: DocumentStructure = DocumentStructure(),
        index: [IndexDocument]? = nil
    ) {
        self.line = line
        self.external = external
        self.document = document
        self.structure = structure
        self.index = index
    }
}

/// What became of the records of a container.
public struct RecordsOutcome: Sendable, Equatable {
    /// SHA-256 of the container.
    public var container: SHA256Digest
    /// New sources.
    public var added = 0
    /// Records of the collection whose text was another: they got a new text version.
    public var revised = 0
    /// Records that were there with the same text and title.
    public var unchanged = 0
    /// Lines that were stored before, by a run that ended early or by an earlier one.
    public var skipped = 0
    /// Number of records that were not stored.
    public var rejected = 0
    /// The first of them, at most 1,000, with their lines.
    public var rejections: [Rejection] = []

    /// A record that was not stored.
    public struct Rejection: Sendable, Equatable {
        /// Its line.
        public var line: Int
        /// Why.
        public var error: ArchiveError
    }

    /// True when nothing was stored, since all of it was there.
    public var isDuplicate: Bool { added == 0 && revised == 0 && rejected == 0 && unchanged + skipped > 0 }

    mutating func reject(_ line: Int, _ error: ArchiveError) {
        rejected += 1
        if rejections.count < 1000 { rejections.append(Rejection(line: line, error: error)) }
    }
}
