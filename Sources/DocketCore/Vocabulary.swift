/// A controlled vocabulary: concepts with labels in several languages, ordered into a hierarchy.
///
/// Its promises hold from construction on: concepts are in the order of their URIs and each URI stands once; links are
/// positions in `concepts`; `broader` has no cycle and mirrors `narrower`; `related` is mutual. So a walk upwards ends,
/// and a concept is found by its URI without a table beside the vocabulary.
public struct Vocabulary: Sendable, Equatable {
    /// Identity, the same through all versions; a library keeps the one that it knows by `name`.
    public var id: VocabularyID
    /// Short name that people use on the command line, "administration".
    public var name: String
    /// Title as the file states it; the name where it states none.
    public let title: String
    /// Languages of labels, BCP 47, sorted; "" for labels whose language nobody stated.
    public let languages: [String]
    /// Version as the file states it.
    public let statedVersion: String?
    /// Licence as the file states it, an address or words.
    public let licence: String?
    /// SHA-256 of the file that it was read from.
    public let sourceDigest: SHA256Digest
    /// Concepts in order of the bytes of their URIs.
    public let concepts: [Concept]

    /// A vocabulary of checked parts.
    /// - Throws: `VocabularyError` with the first concept that breaks a promise.
    public init(
        id: VocabularyID, name: String, title: String, languages: [String], statedVersion: String? = nil,
        licence: String? = nil, sourceDigest: SHA256Digest, concepts: [Concept]
    ) throws(VocabularyError) {
        self.id = id
        self.name = name
        self.title = title
        self.languages = languages
        self.statedVersion = statedVersion
        self.licence = licence
        self.sourceDigest = sourceDigest
        self.concepts = concepts
        if let fault = VocabularyShape(concepts).fault() { throw fault }
    }

    /// Position of the concept `uri`, or nil; looked up by halving.
    public func position(of uri: String) -> Int? {
        var (low, high) = (0, concepts.count)
        while low < high {
            let middle = (low + high) / 2
            if concepts[middle].uri.utf8.lexicographicallyPrecedes(uri.utf8) { low = middle + 1 } else { high = middle }
        }
        return low < concepts.count && concepts[low].uri == uri ? low : nil
    }

    /// Number of labels of all kinds.
    public var labelCount: Int { concepts.reduce(0) { $0 + $1.labels.count } }
}

// MARK: - Concepts

extension Vocabulary {
    /// One concept: a meaning with its labels.
    public struct Concept: Sendable, Equatable {
        /// Identity, an absolute IRI.
        public var uri: String
        /// Code in a classification, "N.05.05".
        public var notation: String?
        /// Preferred ones first, then alternative and hidden ones; the order of the file within a kind.
        public var labels: [Label]
        /// Positions of the concepts one step above, ascending.
        public var broader: [Int32]
        /// Positions of the concepts one step below, ascending.
        public var narrower: [Int32]
        /// Positions of associated concepts, ascending.
        public var related: [Int32]
        /// Notes in the order of the file.
        public var notes: [Note]
        /// Whether it is still used.
        public var status: Status
        /// What kind of thing it names, where that is known.
        public var kind: Kind?

        /// A concept.
        public init(
            uri: String, notation: String? = nil, labels: [Label] = [], broader: [Int32] = [], narrower: [Int32] = [],
            related: [Int32] = [], notes: [Note] = [], status: Status = .current, kind: Kind? = nil
        ) {
            self.uri = uri
            self.notation = notation
            self.labels = labels
            self.broader = broader
            self.narrower = narrower
            self.related = related
            self.notes = notes
            self.status = status
            self.kind = kind
        }

        /// The label to show to a reader of `language`.
        ///
        /// Preferred before alternative; among the preferred the language itself, then another form of it ("zh" for
        /// "zh-Hant"), then one whose language nobody stated, then English, then any; nil without labels.
        public func label(in language: String) -> String? {
            let primary = language.prefix { $0 != "-" }
            let shown = labels.filter { $0.kind == .preferred }
            return
                (shown.first { $0.language == language }
                ?? shown.first { $0.language.prefix { $0 != "-" } == primary }
                ?? shown.first { $0.language.isEmpty } ?? shown.first { $0.language == "en" } ?? shown.first
                ?? labels.first)?.text
        }
    }

    /// A name of a concept in one language.
    public struct Label: Sendable, Hashable, Codable {
        /// What the label is for.
        public var kind: LabelKind
        /// BCP 47 tag as written, "zh-Hant"; "" where nobody stated one.
        public var language: String
        /// The label, white space at its ends removed.
        public var text: String

        /// A label.
        public init(_ kind: LabelKind, _ text: String, language: String = "") {
            self.kind = kind
            self.language = language
            self.text = text
        }
    }

    /// What a label is for (SKOS, section 5).
    public enum LabelKind: UInt8, Sendable, Codable, Comparable, CaseIterable {
        /// The one that a catalogue writes.
        case preferred
        /// Another that people use: synonym, abbreviation, former or colloquial name.
        case alternative
        /// One that is looked for and never shown: a common misspelling.
        case hidden

        /// Preferred before alternative before hidden.
        public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    /// A note on a concept.
    public struct Note: Sendable, Hashable {
        /// What the note is about.
        public var kind: NoteKind
        /// BCP 47 tag as written; "" where nobody stated one.
        public var language: String
        /// The note.
        public var text: String

        /// A note.
        public init(_ kind: NoteKind, _ text: String, language: String = "") {
            self.kind = kind
            self.language = language
            self.text = text
        }
    }

    /// What a note is about (SKOS, section 7).
    public enum NoteKind: UInt8, Sendable, CaseIterable {
        /// How far the concept reaches.
        case scope
        /// What the concept is.
        case definition
        /// How it is used.
        case example
        /// How it changed.
        case history
        /// For those who keep the vocabulary.
        case editorial
        /// Anything else.
        case general
    }

    /// Whether a concept is still used.
    public enum Status: Sendable, Equatable {
        /// In use.
        case current
        /// No longer given to new records; positions of what is used instead.
        case deprecated(replacedBy: [Int32])
    }

    /// What kind of thing a concept names: the types of subject terms of DOMAIN.md section 3.2.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// A person.
        case person
        /// An agency, company or society.
        case corporateBody
        /// A place.
        case place
        /// An event.
        case event
        /// A matter.
        case topic
        /// A time.
        case time
        /// A form of record: contract, map, recording.
        case form
    }
}

/// A vocabulary whose parts do not fit together.
public enum VocabularyError: ExplainedError, Equatable {
    /// The concept at this position is not after the one before it in order of URIs.
    case unordered(position: Int)
    /// A link of the concept at this position leads outside the vocabulary, to the concept itself, or only one way.
    case badLink(position: Int)
    /// The concept at this position is broader than itself.
    case cycle(position: Int)
    /// More concepts than a vocabulary holds.
    case tooMany(limit: Int)

    /// The line.
    public var explanation: LocalizedText {
        switch self {
        case .unordered(let position):
            LocalizedText(
                zhHant: "詞彙表第 \(position) 個概念的識別碼重複或次序有誤；請重新匯入詞彙表",
                en: "vocabulary: concept \(position) is out of order or stands twice; add the vocabulary again")
        case .badLink(let position):
            LocalizedText(
                zhHant: "詞彙表第 \(position) 個概念的關聯有誤；請重新匯入詞彙表",
                en: "vocabulary: a link of concept \(position) is wrong; add the vocabulary again")
        case .cycle(let position):
            LocalizedText(
                zhHant: "詞彙表第 \(position) 個概念的上位概念形成循環；請修正後重新匯入",
                en: "vocabulary: concept \(position) is broader than itself; mend the file and add it again")
        case .tooMany(let limit):
            LocalizedText(
                zhHant: "詞彙表的概念多於 \(limit) 個；請分成幾個詞彙表",
                en: "vocabulary: more than \(limit) concepts; split it")
        }
    }
}
