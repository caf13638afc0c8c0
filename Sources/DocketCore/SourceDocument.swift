/// What was received, read into text and passages: the authority that every later statement cites.
///
/// `text` is the extracted text before any unwrapping or folding. The passages partition it: the first starts at 0, each
/// starts where the one before ended, and the last ends at the end of the text (line breaks belong to the passage before
/// them). A transcript's text is its utterances' texts joined by a newline; speakers and times stand in the passages.
public struct SourceDocument: Sendable, Equatable, Codable {
    /// Name of the source; the same through all text versions.
    public var id: SourceID
    /// Kind, as decided by content or by the person who added it.
    public var kind: SourceKind
    /// Title for lists; empty when nothing in the source gives one.
    public var title: String
    /// BCP 47 tag of the main language, "zh-Hant", "zh-Hans" or "en".
    public var language: String
    /// Text version, from 1; a new extraction or a corrected transcript is a new version.
    public var version: Int
    /// Extracted text, valid UTF-8 without U+0000.
    public var text: String
    /// Passages in order, numbered from 0.
    public var passages: [Passage]
    /// Secrecy level; a derived thing takes the highest of its sources.
    public var classification: Classification
    /// Who may see it beside the level: an agency or case name, "" for the whole library.
    public var scope: String
    /// Date of the thing itself (meeting, letter), ISO 8601 "YYYY-MM-DD", if the source gives one.
    public var date: String?
    /// Where the bytes came from and how they were read.
    public var origin: Origin
    /// Other facts of the source by name: "agency", "series", "ordinal", "code" …; sorted on output.
    public var facts: [String: String]
    /// What the reader noticed: recognition confidence, replaced bytes, skipped parts.
    public var findings: [Finding]

    /// A document of `text` whose passages are given; see the type for their invariant.
    public init(
        id: SourceID = .make(), kind: SourceKind, title: String, language: String, version: Int = 1, text: String,
        passages: [Passage], classification: Classification = .internal, scope: String = "", date: String? = nil,
        origin: Origin, facts: [String: String] = [:], findings: [Finding] = []
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.language = language
        self.version = version
        self.text = text
        self.passages = passages
        self.classification = classification
        self.scope = scope
        self.date = date
        self.origin = origin
        self.facts = facts
        self.findings = findings
    }

    /// True when the passages partition the text on character boundaries and are numbered in order.
    public var isPartitioned: Bool {
        var end = 0
        let bytes = Array(text.utf8)
        for (number, passage) in passages.enumerated() {
            guard passage.number == number, passage.start == end, passage.end >= end, passage.end <= bytes.count else {
                return false
            }
            if passage.end < bytes.count, bytes[passage.end] & 0xC0 == 0x80 { return false }
            end = passage.end
        }
        return end == bytes.count
    }
}

/// What a source is, as decided by its content.
public enum SourceKind: String, Sendable, Codable, CaseIterable {
    case document, minutes, agenda, attendance, report, letter, transcript, audio, record
}

/// Secrecy level (DOMAIN.md section 9.1), from open to top secret; its order is its rank.
public enum Classification: String, Sendable, Codable, CaseIterable, Comparable {
    case `public`, `internal`, restricted, confidential, secret, topSecret

    /// 0 for public … 5 for top secret.
    public var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }

    /// Lower is more open.
    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }
}

/// Where a source's bytes came from and how they were read.
public struct Origin: Sendable, Equatable, Codable {
    /// File name as given, without its folder; data, never a path to open.
    public var fileName: String
    /// SHA-256 of the original bytes.
    public var sha256: SHA256Digest
    /// Number of original bytes.
    public var byteCount: Int
    /// Media type decided from the bytes, "text/plain", "application/pdf" ….
    public var mediaType: String
    /// Character encoding of a text file as detected, "UTF-8", "CP950" …; nil for containers.
    public var encoding: String?
    /// Reader that extracted the text, with its version: "plain-text/1".
    public var reader: String
    /// Line of this record in its container file (from 1); nil when the file is the source.
    public var line: Int?

    /// All facts of the origin.
    public init(
        fileName: String, sha256: SHA256Digest, byteCount: Int, mediaType: String, encoding: String? = nil,
        reader: String, line: Int? = nil
    ) {
        self.fileName = fileName
        self.sha256 = sha256
        self.byteCount = byteCount
        self.mediaType = mediaType
        self.encoding = encoding
        self.reader = reader
        self.line = line
    }
}

/// The smallest citable unit: one part of the partition of a source's text.
public struct Passage: Sendable, Equatable, Codable {
    /// Position in the source, from 0; `SOURCE#number` names it for good.
    public var number: Int
    /// What it is on the page.
    public var kind: PassageKind
    /// First byte in `SourceDocument.text`.
    public var start: Int
    /// Byte after its last, trailing line breaks included.
    public var end: Int
    /// Heading or list level from 1 (壹、=1, 一、=2, （一）=3, 1、=4, （1）=5), if known.
    public var level: Int?
    /// Who spoke, as the source labels them.
    public var speaker: String?
    /// When it was said, in milliseconds from the start of the recording.
    public var time: TimeRange?
    /// Place in the original: page and box, table cell, path in the XML, byte in an encoded original.
    public var locator: Locator?
    /// Agenda-item text, narrative or other mark that the source itself gives ("item", "narrative" …).
    public var mark: String?

    /// A passage of `range`.
    public init(
        number: Int, kind: PassageKind, range: Range<Int>, level: Int? = nil, speaker: String? = nil,
        time: TimeRange? = nil, locator: Locator? = nil, mark: String? = nil
    ) {
        self.number = number
        self.kind = kind
        start = range.lowerBound
        end = range.upperBound
        self.level = level
        self.speaker = speaker
        self.time = time
        self.locator = locator
        self.mark = mark
    }

    /// The byte range, trailing line breaks included.
    public var range: Range<Int> { start..<end }
}

/// What a passage is on the page.
public enum PassageKind: String, Sendable, Codable, CaseIterable {
    case paragraph, heading, listItem, tableRow, utterance
}

/// Half-open range of time from the start of a recording, in milliseconds.
public struct TimeRange: Hashable, Sendable, Codable {
    /// First millisecond.
    public var start: Int
    /// Millisecond after the last; not before `start`.
    public var end: Int

    /// A range; an end before the start is moved to it.
    public init(start: Int, end: Int) {
        self.start = start
        self.end = max(start, end)
    }
}

/// Place of a passage in its original.
public struct Locator: Hashable, Sendable, Codable {
    /// Page from 1.
    public var page: Int?
    /// Box on the page in points from its top left corner: x, y, width, height.
    public var box: [Double]?
    /// Table from 1 in the document, row and cells from 1.
    public var table: Int?
    /// Row from 1 in the table.
    public var row: Int?
    /// Element path in the XML, "/akomaNtoso/debate/debateBody/debateSection[2]/speech[5]".
    public var path: String?
    /// First byte in an original of another encoding.
    public var byte: Int?
    /// Recognition confidence of the words, 0...1.
    public var confidence: Double?

    /// A locator of whatever is known.
    public init(
        page: Int? = nil, box: [Double]? = nil, table: Int? = nil, row: Int? = nil, path: String? = nil,
        byte: Int? = nil, confidence: Double? = nil
    ) {
        self.page = page
        self.box = box
        self.table = table
        self.row = row
        self.path = path
        self.byte = byte
        self.confidence = confidence
    }
}
