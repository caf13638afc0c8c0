public import DocketCore

/// Turns bytes of one family of formats into text and passages.
///
/// A reader decides by content alone; a file's name is never looked at. It says cheaply what it accepts, and may still
/// decline once it has looked closely, which hands the input to the next reader of the registry.
public protocol Reader: Sendable {
    /// Name and version, "webvtt/1": stored with every source and part of its derivation.
    var identity: String { get }
    /// What it reads, for people.
    var formats: LocalizedText { get }

    /// True when the start of the input looks like this reader's format.
    func accepts(_ input: ReaderInput) -> Bool

    /// Reads the whole input; nil when a closer look shows that it is not this reader's after all.
    /// - Throws: `IngestError`, `CancellationError`.
    func read(_ input: ReaderInput, limits: ReaderLimits) async throws -> Reading?
}

/// What a reader gives back.
public enum Reading: Sendable {
    /// The input is one source.
    case source(ExtractedText)
    /// The input is a container; each of its records is a source.
    case records(RecordSequence)
}

/// The text of one source as its reader extracted it, before kind, title and language are settled.
public struct ExtractedText: Sendable, Equatable {
    /// Extracted text, valid UTF-8 without U+0000.
    public var text: String
    /// Passages that partition the text.
    public var passages: [Passage]
    /// Media type decided from the bytes.
    public var mediaType: String
    /// Character encoding of a text file; nil for containers.
    public var encoding: String?
    /// Kind that the format itself decides (a transcript, a record); nil when the text has to.
    public var kind: SourceKind?
    /// Title that the format itself gives.
    public var title: String?
    /// Language that the format itself gives, as a BCP 47 tag.
    public var language: String?
    /// Date that the format itself gives, "YYYY-MM-DD".
    public var date: String?
    /// Secrecy level that the source itself states.
    public var classification: Classification?
    /// Other facts by name.
    public var facts: [String: String]
    /// What the reader noticed.
    public var notices: [Notice]

    /// An extraction of `text`.
    public init(
        text: String, passages: [Passage], mediaType: String, encoding: String? = nil, kind: SourceKind? = nil,
        title: String? = nil, language: String? = nil, date: String? = nil, classification: Classification? = nil,
        facts: [String: String] = [:], notices: [Notice] = []
    ) {
        self.text = text
        self.passages = passages
        self.mediaType = mediaType
        self.encoding = encoding
        self.kind = kind
        self.title = title
        self.language = language
        self.date = date
        self.classification = classification
        self.facts = facts
        self.notices = notices
    }

    /// Something noticed while reading; becomes a `Finding` once the source has a name.
    public struct Notice: Sendable, Equatable {
        /// Rule number, "READ-02".
        public var rule: Rule
        /// How bad it is.
        public var severity: Finding.Severity
        /// Byte range of the text it is about, if any.
        public var range: Range<Int>?
        /// What is the case.
        public var message: LocalizedText
        /// What to do about it.
        public var remedy: LocalizedText

        /// A notice of `rule`.
        public init(
            _ rule: Rule, _ severity: Finding.Severity = .warning, at range: Range<Int>? = nil,
            message: LocalizedText, remedy: LocalizedText
        ) {
            self.rule = rule
            self.severity = severity
            self.range = range
            self.message = message
            self.remedy = remedy
        }
    }

    /// What readers notice; the raw values are rule numbers of findings.
    public enum Rule: String, Sendable, CaseIterable {
        /// Bytes that mean no character were replaced by U+FFFD.
        case replacedBytes = "READ-01"
        /// U+0000 was removed.
        case removedNull = "READ-02"
        /// The encoding was guessed and is not UTF-8.
        case guessedEncoding = "READ-03"
        /// A part was skipped: a picture, a script, deleted text, a cue without time.
        case skippedPart = "READ-04"
        /// Text was recognised in an image; the message gives the confidence.
        case recognised = "READ-05"
        /// Recognition, speech or optical, is doubtful here.
        case doubtful = "READ-06"
        /// Times or numbers of the format were missing or impossible and were mended.
        case mended = "READ-07"
    }
}

/// The records of a container file in order, read one at a time: the container is never in memory as a whole.
public struct RecordSequence: Sequence, Sendable {
    /// Media type of the container.
    public let mediaType: String
    /// Character encoding of the container.
    public let encoding: String
    private let make: @Sendable () -> Iterator

    /// A sequence whose iterations start with what `make` gives.
    public init(mediaType: String, encoding: String, make: @escaping @Sendable () -> Iterator) {
        self.mediaType = mediaType
        self.encoding = encoding
        self.make = make
    }

    /// Begins with the first record.
    public func makeIterator() -> Iterator { make() }

    /// One record: its line and what became of it.
    ///
    /// A bad record does not end the sequence.
    public struct Record: Sendable {
        /// Line that the record starts at, from 1.
        public let line: Int
        /// The text, or why there is none.
        public let result: Result<ExtractedText, IngestError>

        /// A record at `line`.
        public init(line: Int, result: Result<ExtractedText, IngestError>) {
            self.line = line
            self.result = result
        }
    }

    /// Gives records until the container ends.
    public struct Iterator: IteratorProtocol {
        private let advance: () -> Record?

        /// An iterator that asks `advance` for each record.
        public init(_ advance: @escaping () -> Record?) { self.advance = advance }

        /// The next record; nil at the end of the container.
        public mutating func next() -> Record? { advance() }
    }
}
