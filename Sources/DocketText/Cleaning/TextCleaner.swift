/// Frees converted text from the marks of its conversion: broken lines, running headers, page numbers, spaced characters.
///
/// What belongs to a sentence is joined, what is a line of its own (marker, heading, label, table row, record, entry of a
/// table of contents) stays one. Nothing is rewritten or reordered; `CleanText` leads back to every byte. Linear time.
public struct TextCleaner: Sendable {
    /// What to do; everything by default.
    public struct Options: Sendable, Equatable {
        /// Join lines that conversion broke, and take out blank lines.
        public var unwrapsLines: Bool
        /// Take out lines that repeat on every page with a changing number, and page numbers.
        public var removesRunningHeaders: Bool
        /// Close up words set with a blank after every character: 機 關 名 稱.
        public var closesSpacedWords: Bool
        /// Take out bullets that conversion put before outline markers.
        public var removesBulletArtefacts: Bool

        /// All steps, or those asked for.
        public init(
            unwrapsLines: Bool = true, removesRunningHeaders: Bool = true, closesSpacedWords: Bool = true,
            removesBulletArtefacts: Bool = true
        ) {
            self.unwrapsLines = unwrapsLines
            self.removesRunningHeaders = removesRunningHeaders
            self.closesSpacedWords = closesSpacedWords
            self.removesBulletArtefacts = removesBulletArtefacts
        }
    }

    private let options: Options

    /// A cleaner that does what `options` say.
    public init(_ options: Options = Options()) { self.options = options }

    /// Cleans `text`.
    public func clean(_ text: String) -> CleanText {
        UTF8Bytes.with(text) { bytes in
            var lines = LineTable(bytes)
            if options.removesRunningHeaders { RunningHeaders.mark(in: &lines) }
            TableRows.mark(in: &lines)
            let joins = options.unwrapsLines ? LineJoiner(lines).joins() : nil
            var writer = CleanTextWriter(lines: lines, options: options)
            let written = writer.write(joins: joins)
            return CleanText(original: text, text: written.text, map: written.map, removals: written.removals)
        }
    }
}
