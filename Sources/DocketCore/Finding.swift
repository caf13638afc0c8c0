/// What a rule found: one type for every rule of DOMAIN.md section 12 and every check of Docket's own.
public struct Finding: Sendable, Equatable, Codable {
    /// Rule number, "MIN-07".
    public var rule: String
    /// How bad it is.
    public var severity: Severity
    /// Where it is.
    public var place: Place
    /// What is wrong, for people: never text of the document beyond the offending words.
    public var message: LocalizedText
    /// What to do about it.
    public var remedy: LocalizedText

    /// A finding of `rule` at `place`.
    public init(
        rule: String, severity: Severity, place: Place, message: LocalizedText, remedy: LocalizedText
    ) {
        self.rule = rule
        self.severity = severity
        self.place = place
        self.message = message
        self.remedy = remedy
    }

    /// Error, warning or information, as DOMAIN.md marks its rules (E, W, I).
    public enum Severity: String, Sendable, Codable, CaseIterable {
        case error, warning, information
    }

    /// Where a finding is: the spans of a source, a part of a draft, a field of a catalogue entry, or several of them.
    public struct Place: Sendable, Equatable, Codable {
        /// Spans in sources, in order.
        public var spans: [SourceSpan]
        /// Claim of a draft.
        public var claim: Int?
        /// Path in an outline, "貳.三".
        public var path: String?
        /// Catalogue entry; nil for a finding on a source, a draft or a whole batch.
        public var entry: EntryID?
        /// Field of that entry; nil for the entry as a whole.
        public var field: CatalogueField?

        /// A place of whatever is known.
        public init(
            spans: [SourceSpan] = [], claim: Int? = nil, path: String? = nil, entry: EntryID? = nil,
            field: CatalogueField? = nil
        ) {
            self.spans = spans
            self.claim = claim
            self.path = path
            self.entry = entry
            self.field = field
        }
    }
}

/// A text for people in both languages of Docket.
public struct LocalizedText: Sendable, Hashable, Codable {
    /// Traditional Chinese.
    public var zhHant: String
    /// English.
    public var en: String

    /// Both texts.
    public init(zhHant: String, en: String) {
        self.zhHant = zhHant
        self.en = en
    }
}

/// An error that a person can act on: one line that names the thing, the place and the remedy, in both languages.
///
/// Every public error enum of Docket conforms; the line never holds text of a document, a prompt or a key.
public protocol ExplainedError: Error, CustomStringConvertible {
    /// The line.
    var explanation: LocalizedText { get }
}

extension ExplainedError {
    /// The English line.
    public var description: String { explanation.en }
}
