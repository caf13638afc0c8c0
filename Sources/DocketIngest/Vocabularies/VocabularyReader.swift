public import DocketCore

/// Reads vocabularies: SKOS in Turtle, N-Triples or RDF/XML, Annif's lists, CSV with a head, and thesaurus text.
///
/// The form is decided by content, never by the name of the file. Everything is bounded by `ReaderLimits`: bytes of the
/// text, bytes of what is kept, depth, length of labels and identifiers.
public enum VocabularyReader {
    /// A vocabulary with what was found on it.
    public struct Reading: Sendable {
        /// The vocabulary.
        public var vocabulary: Vocabulary
        /// Findings of the rules VOC-01 to VOC-07, by rule and then by concept.
        public var findings: [Finding]
        /// Form of the file: "Turtle", "RDF/XML", "TSV", "CSV", "thesaurus".
        public var format: String
    }

    /// Reads `input` as the vocabulary `name`.
    ///
    /// `progress` gets the number of bytes (of RDF/XML: lines) read so far, now and then.
    /// - Throws: `IngestError.malformed` with line and, in Turtle and thesaurus text, column, or when the file holds no
    ///   concept; `.truncated`, `.limitExceeded`, `.binary`, `.unsupported` for another form.
    public static func read(
        _ input: ReaderInput, named name: String, limits: ReaderLimits = ReaderLimits(),
        progress: (Int) -> Void = { _ in }
    ) throws(IngestError) -> Reading {
        try input.checkDocumentSize(limits)
        let empty = VocabularyDraft(fileName: input.fileName, name: name, limits: limits)
        let (draft, format) = try draft(of: input, empty, limits, progress)
        let (vocabulary, findings) = try VocabularyAssembly.vocabulary(of: draft, format: format, digest: input.sha256)
        return Reading(vocabulary: vocabulary, findings: findings, format: format)
    }

    private static func draft(
        of input: ReaderInput, _ empty: VocabularyDraft, _ limits: ReaderLimits, _ progress: (Int) -> Void
    ) throws(IngestError) -> (VocabularyDraft, String) {
        if VocabularyForm.isXML(input.data.prefix(1024)) {
            // libxml2 reads the encoding that the file declares.
            var parser = try RDFXMLParser(
                input.data, fileName: input.fileName, limits: limits, sink: SKOSCollector(empty))
            try parser.run(progress)
            return (parser.sink.draft, "RDF/XML")
        }
        let text = try DecodedText(input.data, fileName: input.fileName, limits: limits)
        switch VocabularyForm(text.bytes) {
        case .turtle:
            var parser = TurtleParser(
                text.bytes, fileName: input.fileName, limits: limits, sink: SKOSCollector(empty))
            try parser.run(progress)
            return (parser.sink.draft, "Turtle")
        case .list: return (try VocabularyTableReader.list(text.bytes, into: empty, progress: progress), "TSV")
        case .table(let delimiter):
            let draft = try VocabularyTableReader.table(
                text.bytes, delimiter: delimiter, into: empty, limits: limits, progress: progress)
            return (draft, "CSV")
        case .thesaurus: return (try ThesaurusTextReader.read(text.bytes, into: empty, progress: progress), "thesaurus")
        case nil:
            throw .unsupported(
                file: input.fileName, format: "text",
                remedy: LocalizedText(
                    zhHant: "詞彙表須為 SKOS（Turtle 或 RDF/XML）、TSV、有標題列（prefLabel）的 CSV，或 USE/UF/BT/NT/RT 索引典文字",
                    en:
                        "a vocabulary is SKOS (Turtle or RDF/XML), TSV, CSV with a head (prefLabel), or thesaurus text with"
                        + " USE/UF/BT/NT/RT"))
        }
    }
}

/// Form of a vocabulary's text, as its beginning shows it.
enum VocabularyForm: Equatable {
    case turtle, list, table(delimiter: UInt8), thesaurus

    /// True for a file that begins as XML does; a bracketed IRI begins with its scheme and a slash.
    static func isXML(_ head: some Sequence<UInt8>) -> Bool {
        var text = String(decoding: head.filter { $0 != 0 }, as: UTF8.self)[...]
        text = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" || $0 == "\u{FFFD}" }
        if text.hasPrefix("<?xml") || text.hasPrefix("<!--") || text.hasPrefix("<!DOCTYPE") { return true }
        guard text.hasPrefix("<"), let end = text.firstIndex(where: { $0 == ">" || $0.isWhitespace }) else {
            return false
        }
        let name = text[text.index(after: text.startIndex)..<end]
        return !name.isEmpty && !name.contains("/") && text.contains("xmlns")
    }

    init?(_ bytes: [UInt8]) {
        let lines = bytes.prefix(64 << 10).split(separator: 0x0A).prefix(500).map {
            String(decoding: $0, as: UTF8.self).trimmedString
        }.filter { !$0.isEmpty }
        guard let first = lines.first(where: { !$0.hasPrefix("#") }) else { return nil }
        let isDirected = lines.contains { line in
            ["@prefix ", "@prefix\t", "@base ", "@base\t", "prefix ", "base <"].contains {
                line.lowercased().hasPrefix($0)
            }
                && line.contains("<")
        }
        if isDirected {
            self = .turtle
        } else if Self.isListLine(first) {
            self = .list
        } else if first.hasPrefix("<") || first.hasPrefix("_:") || first.hasPrefix("[") {
            self = .turtle
        } else if let delimiter = Self.delimiter(of: bytes) {
            self = .table(delimiter: delimiter)
        } else if ThesaurusTextReader.isThesaurus(bytes) {
            self = .thesaurus
        } else {
            return nil
        }
    }

    /// An IRI, a tab, and words: without prefixes a statement goes on with another IRI, or with `a`.
    private static func isListLine(_ line: String) -> Bool {
        let cells = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
        guard cells.count >= 2 else { return false }
        let iri = cells[0].hasPrefix("<") ? cells[0].dropFirst().dropLast() : cells[0]
        let isPredicate = cells[1].hasPrefix("<") || cells[1] == "a" || cells[1].hasPrefix("a <")
        return IRI.hasScheme(iri) && !iri.contains(" ") && !isPredicate
    }

    private static func delimiter(of bytes: [UInt8]) -> UInt8? {
        let head = Array(bytes.prefix { $0 != 0x0A }.prefix(64 << 10))
        for delimiter in [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";")] {
            var text = DelimitedText(head, delimiter: delimiter)
            if let cells = text.next()?.fields, cells.count > 1, VocabularyTableReader.isHead(cells) {
                return delimiter
            }
        }
        return nil
    }
}
