/// A run of passages that belong together: an agenda item, a section, a topic.
///
/// The segments of a source partition its passages: every passage is in exactly one.
public struct Segment: Sendable, Equatable, Codable {
    /// Position, from 0.
    public var number: Int
    /// What it is.
    public var kind: Kind
    /// First passage number.
    public var firstPassage: Int
    /// Last passage number, inclusive.
    public var lastPassage: Int
    /// Heading of the source or the agenda, verbatim; nil when nothing gives one.
    public var title: String?
    /// Outline path of the agenda item or section, "貳.三".
    public var path: String?
    /// How sure the alignment is, 0...1; 1 where the source itself marks the boundary.
    public var confidence: Double

    /// A segment of whole passages.
    public init(
        number: Int, kind: Kind, passages: ClosedRange<Int>, title: String? = nil, path: String? = nil,
        confidence: Double = 1
    ) {
        self.number = number
        self.kind = kind
        firstPassage = passages.lowerBound
        lastPassage = passages.upperBound
        self.title = title
        self.path = path
        self.confidence = confidence
    }

    /// The passage numbers.
    public var passages: ClosedRange<Int> { firstPassage...max(firstPassage, lastPassage) }

    /// What a segment is.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case preamble, agendaItem, section, topic, epilogue
    }
}
