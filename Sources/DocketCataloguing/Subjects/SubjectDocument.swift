public import DocketCore

/// What subject terms are looked for in: a title and texts, from plain strings or from sources that can be cited.
public struct SubjectDocument: Sendable {
    /// All of it in one text.
    public let text: String
    /// Byte behind the title.
    let titleEnd: Int
    /// Where parts of sources begin in `text`, and what range of the source each is.
    private let pieces: [(start: Int, source: SourceDocument, range: Range<Int>)]

    /// A document of a title and a text; without a title the first line, or what looks like one, is taken for it.
    public init(title: String = "", text: String) {
        self.text = title.isEmpty ? text : title + "\n" + text
        titleEnd = title.isEmpty ? Self.titleEnd(of: text) : title.utf8.count
        pieces = []
    }

    /// A document of sources: one for an item, all items of a folder; matches are cited in them.
    ///
    /// `title` stands before them and is cited nowhere: 案名 or 案由; where it is empty, the first line of the first source.
    public init(title: String = "", sources: [SourceDocument]) {
        self.init(title: title, parts: sources.map { ($0, 0..<$0.text.utf8.count) })
    }

    /// A document of what tells the subjects of sources, without the labelled lines around it; otherwise the same.
    public init(title: String, content sources: [DescribedSource]) {
        self.init(
            title: title,
            parts: sources.flatMap { source in SubjectContent.ranges(of: source).map { (source.document, $0) } })
    }

    private init(title: String, parts: [(source: SourceDocument, range: Range<Int>)]) {
        var text = title.isEmpty ? "" : title + "\n"
        var pieces: [(start: Int, source: SourceDocument, range: Range<Int>)] = []
        for (source, range) in parts {
            if !pieces.isEmpty { text += "\n" }
            pieces.append((text.utf8.count, source, range))
            text += source.text(in: range)
        }
        self.text = text
        self.pieces = pieces
        titleEnd = title.isEmpty ? Self.titleEnd(of: text) : title.utf8.count
    }

    /// The citation of a byte range of `text`; nil where it is in no source.
    func citation(_ range: Range<Int>) -> Citation? {
        guard let piece = pieces.last(where: { $0.start <= range.lowerBound }),
            range.upperBound <= piece.start + piece.range.count
        else { return nil }
        let shift = piece.range.lowerBound - piece.start
        return piece.source.citation(range.lowerBound + shift..<range.upperBound + shift)
    }

    /// End of the first line where it is short; else of the first piece before a blank between Chinese characters, or of the
    /// first sentence; else sixty bytes.
    private static func titleEnd(of text: String) -> Int {
        let head = Array(text.utf8.prefix(301))
        if let end = head.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }), end > 0 { return end }
        if head.count <= 300 {
            return blank(in: head) ?? head.count
        }
        return blank(in: head) ?? 60
    }

    private static func blank(in head: [UInt8]) -> Int? {
        head.indices.dropFirst().first {
            (head[$0] == 0x20 && $0 + 1 < head.count && head[$0 - 1] >= 0x80 && head[$0 + 1] >= 0xE4)
                || ($0 + 2 < head.count && head[$0] == 0xE3 && head[$0 + 1] == 0x80 && head[$0 + 2] == 0x82)
        }
    }
}

/// What a call asks for.
public struct SubjectRequest: Sendable {
    /// Most terms, from 1.
    public var limit: Int
    /// URIs of concepts that are not to be suggested: rejected before, or already given.
    public var excluded: Set<String>
    /// URIs of concepts below which alone terms are sought, themselves included; empty for the whole vocabulary.
    public var schemes: [String]
    /// Types that are sought; nil for all.
    public var kinds: Set<Vocabulary.Kind>?
    /// True for a list of full length; else it ends where further terms would more likely be wrong than of use.
    public var isWhole: Bool

    /// A request.
    public init(
        limit: Int = 10, excluded: Set<String> = [], schemes: [String] = [], kinds: Set<Vocabulary.Kind>? = nil,
        isWhole: Bool = false
    ) {
        self.limit = max(1, limit)
        self.excluded = excluded
        self.schemes = schemes
        self.kinds = kinds
        self.isWhole = isWhole
    }
}

/// A record whose subject terms a person has given, as learning takes it.
public struct CataloguedRecord: Sendable {
    /// Identity; a record learned later under the same one takes its place.
    public var id: String
    /// Title for showing it as a reason.
    public var title: String
    /// Its words.
    public var document: SubjectDocument
    /// URIs of the concepts given to it.
    public var given: [String]
    /// URIs of the concepts that a person rejected for it.
    public var rejected: [String]
    /// True when review is done: a concept that it names and does not have is then not wanted.
    public var isComplete: Bool

    /// A record.
    public init(
        id: String, title: String, document: SubjectDocument, given: [String], rejected: [String] = [],
        isComplete: Bool = true
    ) {
        self.id = id
        self.title = title
        self.document = document
        self.given = given
        self.rejected = rejected
        self.isComplete = isComplete
    }
}
