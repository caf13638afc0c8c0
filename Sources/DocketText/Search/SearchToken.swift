/// A term of a text with its place, as the index stores it and a query asks for it.
public struct SearchToken: Sendable, Hashable {
    /// What a term was made from.
    public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        /// Two characters side by side in a run of Chinese, Japanese or Korean characters.
        case bigram
        /// The last character of such a run alone, so that a search for one character finds it too.
        case runEnd
        /// A word of letters and digits.
        case word
        /// The stem of an English word, where it differs from the word; the term begins with "~".
        case stem
        /// The value of a numeral of either kind; the term begins with "#": 3 萬 7,113 is "#37113".
        case number
        /// A date of either calendar; the term begins with "@": "@2021-10-26", "@2021-10", "@2021", "@--10-26".
        case date
    }

    /// The folded term (`Folding`), with the prefix of its kind.
    public let term: String
    /// Byte range of what it was made from, in the text given.
    public let range: Range<Int>
    /// Place in the sequence of terms, from 0.
    ///
    /// Characters of a run count one each, between runs and words stands a gap of one;
    /// a stem, number or date has the place of the word or character it begins with.
    public let position: Int
    /// What it was made from.
    public let kind: Kind
}
