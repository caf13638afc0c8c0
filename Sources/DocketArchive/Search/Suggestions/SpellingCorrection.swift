/// Another spelling of a part of a query that finds something where what was typed does not.
public struct SpellingCorrection: Sendable, Hashable, Codable {
    /// What sets what was typed apart from what the library holds.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// A character of the same or nearly the same sound.
        case homophone
        /// A character of like shape.
        case lookalike
        /// A character written for another one, which searches do not take for the same.
        case variant
        /// A slip of the finger: a letter or character that has nothing in common with the right one.
        case typing
        /// A character is missing.
        case missing
        /// There is one character too many.
        case extra
        /// Two neighbours stand the wrong way round.
        case swapped
    }

    /// The word as typed.
    public var word: String
    /// The whole word with the other spelling in it.
    public var replacement: String
    /// The part of `word` that finds nothing, with as many characters around it as the library has with the other spelling.
    public var typed: String
    /// What the library has for `typed`.
    public var found: String
    /// Documents that the viewer may see and that hold `found`; at least 1.
    public var documents: Int
    /// What is different.
    public var reason: Reason

    /// A correction.
    public init(
        word: String, replacement: String, typed: String, found: String, documents: Int, reason: Reason
    ) {
        self.word = word
        self.replacement = replacement
        self.typed = typed
        self.found = found
        self.documents = documents
        self.reason = reason
    }
}
