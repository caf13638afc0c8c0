/// A text freed from the marks of its conversion, with the way back to every byte of it.
///
/// Each paragraph, heading, list item and table row of `text` is one line; no blank lines stand between them.
public struct CleanText: Sendable, Equatable {
    /// The text as given.
    public let original: String
    /// The cleaned text.
    ///
    /// Its characters are those of the original in their order, except that a line break inside a Latin
    /// sentence has become a space.
    public let text: String
    /// From the original to the cleaned text.
    public let map: OffsetMap
    /// What went, in order of the original.
    public let removals: [Removal]

    /// The bytes of the original that a range of the cleaned text came from.
    public func original(_ cleaned: Range<Int>) -> Range<Int> { map.original(cleaned) }

    /// The bytes of the cleaned text that a range of the original became; empty where all of it went.
    public func cleaned(_ original: Range<Int>) -> Range<Int> { map.mapped(original) }
}

/// Bytes of the original that a cleaned text leaves out.
public struct Removal: Sendable, Hashable {
    /// Why bytes went.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// Line break, blank line or hyphen inside a sentence, or blank lines between paragraphs.
        case lineBreak
        /// Line repeated on every page with the number of the page.
        case runningHeader
        /// Line that holds the number of a page alone.
        case pageNumber
        /// Blanks between the characters of a spaced word, and at either end of a line.
        case spacing
        /// Bullet before the marker of an outline.
        case bulletArtefact
    }

    /// Byte range of the original.
    public let range: Range<Int>
    /// Why it went.
    public let reason: Reason
}
