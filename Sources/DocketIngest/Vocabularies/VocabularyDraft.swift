import DocketCore

/// A vocabulary as its file gives it, statement by statement: nothing is checked yet, links may lead anywhere.
///
/// Every text and link is charged against one budget, so that no file takes more memory than the limits allow.
struct VocabularyDraft {
    /// One subject of statements: mostly a concept, else what a link leads to.
    struct Subject {
        var uri: String
        var labels: [Vocabulary.Label] = []
        var links: [Link] = []
        var notes: [Vocabulary.Note] = []
        var notation: String?
        var kind: Vocabulary.Kind?
        var isConcept = false
        var isScheme = false
        var isCollection = false
        var isDeprecated = false
        /// Title, version and licence, of schemes only.
        var title: [Vocabulary.Label] = []
        var statedVersion: String?
        var licence: String?
    }

    struct Link: Hashable {
        var kind: LinkKind
        var target: Int32
    }

    enum LinkKind: UInt8 {
        case broader, narrower, related, replacement
    }

    /// Bytes of one label; what is longer is no label.
    static let longestLabel = 2_000
    /// Bytes of one IRI.
    static let longestIRI = 2_048

    let fileName: String
    let name: String
    let limits: ReaderLimits
    private(set) var subjects: [Subject] = []
    private var positions: [String: Int32] = [:]
    private var spent = 0
    /// Line of the statement that is being read, for errors.
    var line: Int?

    init(fileName: String, name: String, limits: ReaderLimits) {
        self.fileName = fileName
        self.name = name
        self.limits = limits
    }

    /// The full identity for one written without a scheme: such names are of this vocabulary alone.
    ///
    /// Characters that no IRI holds are written as percent signs and digits.
    func identity(_ written: String) -> String {
        IRI.hasScheme(written) ? IRI.escaped(written) : "urn:docket:" + IRI.escaped(name) + ":" + IRI.escaped(written)
    }

    /// Position of the subject of this IRI, which is made when it is new.
    mutating func position(of uri: String) throws(IngestError) -> Int32 {
        if let known = positions[uri] { return known }
        guard uri.utf8.count <= Self.longestIRI else { throw malformed(.longIRI) }
        try spend(320 + uri.utf8.count)
        let position = Int32(subjects.count)
        subjects.append(Subject(uri: uri))
        positions[uri] = position
        return position
    }

    /// Position of the subject of this IRI, if there is one.
    func known(_ uri: String) -> Int32? { positions[uri] }

    mutating func addLabel(
        _ kind: Vocabulary.LabelKind, _ text: String, language: String, to position: Int32
    ) throws(IngestError) {
        guard let label = try label(kind, text, language) else { return }
        subjects[Int(position)].labels.append(label)
    }

    mutating func addTitle(_ text: String, language: String, to position: Int32) throws(IngestError) {
        guard let label = try label(.preferred, text, language) else { return }
        subjects[Int(position)].title.append(label)
    }

    private mutating func label(
        _ kind: Vocabulary.LabelKind, _ text: String, _ language: String
    ) throws(IngestError) -> Vocabulary.Label? {
        let words = text.tidied
        guard !words.isEmpty else { return nil }
        guard words.utf8.count <= Self.longestLabel else { throw malformed(.longLabel) }
        try spend(72 + words.utf8.count)
        return Vocabulary.Label(kind, words, language: String(language.prefix(35)))
    }

    mutating func addNote(
        _ kind: Vocabulary.NoteKind, _ text: String, language: String, to position: Int32
    ) throws(IngestError) {
        let words = text.withoutControls
        guard !words.isEmpty else { return }
        try spend(72 + words.utf8.count)
        subjects[Int(position)].notes.append(Vocabulary.Note(kind, words, language: String(language.prefix(35))))
    }

    mutating func addLink(_ kind: LinkKind, from: Int32, to uri: String) throws(IngestError) {
        let target = try position(of: uri)
        try spend(16)
        subjects[Int(from)].links.append(Link(kind: kind, target: target))
    }

    mutating func change(_ position: Int32, _ body: (inout Subject) -> Void) { body(&subjects[Int(position)]) }

    /// Charges what is kept; what readers keep beside the draft too.
    mutating func spend(_ bytes: Int) throws(IngestError) {
        spent += bytes
        guard spent <= limits.vocabularyBytes else {
            throw .limitExceeded(
                file: fileName, limit: .vocabularyBytes, value: limits.vocabularyBytes, place: .init(line: line))
        }
    }

    // MARK: - Errors

    enum Fault {
        case longIRI, longLabel

        var words: LocalizedText {
            switch self {
            case .longIRI:
                LocalizedText(
                    zhHant: "識別碼長於 \(longestIRI) 位元組", en: "an identifier is longer than \(longestIRI) bytes")
            case .longLabel:
                LocalizedText(zhHant: "標目長於 \(longestLabel) 位元組", en: "a label is longer than \(longestLabel) bytes")
            }
        }
    }

    private func malformed(_ fault: Fault) -> IngestError {
        .malformed(file: fileName, format: "SKOS", place: .init(line: line), problem: fault.words)
    }
}

extension String {
    /// Runs of white space as one blank, none at the ends, without control characters.
    var tidied: String {
        var words = ""
        var isPending = false
        for scalar in unicodeScalars {
            if scalar.properties.isWhitespace {
                isPending = !words.isEmpty
            } else if scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) {
                if isPending { words += " " }
                isPending = false
                words.unicodeScalars.append(scalar)
            }
        }
        return words
    }

    /// Without control characters other than line breaks and tabs, and without white space at the ends.
    var withoutControls: String {
        var words = String.UnicodeScalarView()
        for scalar in unicodeScalars
        where scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) || scalar == "\n" || scalar == "\t" {
            words.append(scalar)
        }
        return String(words).trimmedString
    }
}
