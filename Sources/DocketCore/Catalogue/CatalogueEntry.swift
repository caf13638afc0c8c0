/// A description of an item (案件) or a folder (案卷), every part with what it rests on.
public struct CatalogueEntry: Sendable, Equatable, Codable {
    /// Name of the entry, the same through all its revisions.
    public var id: EntryID
    /// Item or folder.
    public var level: Level
    /// 檔號; nil until it is known.
    public var fileNumber: FileNumber?
    /// What is known of each field, and why others are empty; a field that nobody asked for is absent.
    public var fields: [CatalogueField: DescribedField]
    /// 主題項, best first.
    public var subjects: [SubjectTerm]
    /// Phrases that no vocabulary has and that may deserve a term; never exported.
    public var proposals: [ProposedTerm]
    /// 附註項.
    public var notes: [CatalogueNote]
    /// Sources that it describes: those of an item, or of all items of a folder.
    public var sources: [SourceID]
    /// Highest classification of its sources.
    public var classification: Classification
    /// Who may see it beside the level, as of its sources.
    public var scope: String
    /// Engine that proposed it; nil for an entry that came from outside.
    public var engine: EngineIdentity?

    /// An entry of whatever is known.
    public init(
        id: EntryID = .make(), level: Level, fileNumber: FileNumber? = nil,
        fields: [CatalogueField: DescribedField] = [:], subjects: [SubjectTerm] = [], proposals: [ProposedTerm] = [],
        notes: [CatalogueNote] = [], sources: [SourceID] = [], classification: Classification = .internal,
        scope: String = "", engine: EngineIdentity? = nil
    ) {
        self.id = id
        self.level = level
        self.fileNumber = fileNumber
        self.fields = fields
        self.subjects = subjects
        self.proposals = proposals
        self.notes = notes
        self.sources = sources
        self.classification = classification
        self.scope = scope
        self.engine = engine
    }

    /// Level of description.
    public enum Level: String, Sendable, Codable, CaseIterable {
        /// 案件.
        case item
        /// 案卷.
        case folder
    }

    /// Where the whole entry stands (DOMAIN.md section 3, `CatalogueRec`).
    public enum Status: String, Sendable, Codable, CaseIterable {
        case suggested, edited, verified, exported, submitted, accepted, rejected
    }

    /// The text of a field, its values joined; nil when it is empty.
    ///
    /// Sentences of an abstract follow each other closely in Chinese and with a blank between them where they end in a letter's full stop.
    public subscript(field: CatalogueField) -> String? {
        guard let values = fields[field]?.values, let first = values.first else { return nil }
        guard field == .summary else { return values.joined(separator: "；") }
        return values.dropFirst().reduce(first) { text, sentence in
            text + (text.unicodeScalars.last?.isASCII ?? false ? " " : "") + sentence
        }
    }

    /// The values of a field, none when it is empty.
    public func values(_ field: CatalogueField) -> [String] { fields[field]?.values ?? [] }
}

extension CatalogueEntry {
    private enum Key: String, CodingKey {
        case id, level, fileNumber, fields, subjects, proposals, notes, sources, classification, scope, engine
    }

    /// Reads what `encode` wrote; fields stand under their names, and lists that are absent are empty.
    /// - Throws: `DecodingError` for a field that this version does not know.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func list<Element: Decodable>(_ key: Key) throws -> [Element] {
            try container.decodeIfPresent([Element].self, forKey: key) ?? []
        }
        let named = try container.decodeIfPresent([String: DescribedField].self, forKey: .fields) ?? [:]
        var fields: [CatalogueField: DescribedField] = [:]
        for (name, value) in named {
            guard let field = CatalogueField(rawValue: name) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .fields, in: container, debugDescription: "unknown field \(name)")
            }
            fields[field] = value
        }
        self.init(
            id: try container.decode(EntryID.self, forKey: .id),
            level: try container.decode(Level.self, forKey: .level),
            fileNumber: try container.decodeIfPresent(FileNumber.self, forKey: .fileNumber), fields: fields,
            subjects: try list(.subjects), proposals: try list(.proposals), notes: try list(.notes),
            sources: try list(.sources),
            classification: try container.decode(Classification.self, forKey: .classification),
            scope: try container.decodeIfPresent(String.self, forKey: .scope) ?? "",
            engine: try container.decodeIfPresent(EngineIdentity.self, forKey: .engine))
    }

    /// Writes an object whose fields stand under their names.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(level, forKey: .level)
        try container.encodeIfPresent(fileNumber, forKey: .fileNumber)
        try container.encode(
            Dictionary(uniqueKeysWithValues: fields.map { ($0.key.rawValue, $0.value) }), forKey: .fields)
        try container.encode(subjects, forKey: .subjects)
        try container.encode(proposals, forKey: .proposals)
        try container.encode(notes, forKey: .notes)
        try container.encode(sources, forKey: .sources)
        try container.encode(classification, forKey: .classification)
        try container.encode(scope, forKey: .scope)
        try container.encodeIfPresent(engine, forKey: .engine)
    }
}

/// What an entry says in one field: the values, who gave them, and what they rest on.
public struct DescribedField: Sendable, Equatable, Codable {
    /// Values in the form that `CatalogueField` states; none when the field is empty.
    public var values: [String]
    /// Who gave them.
    public var producer: Producer
    /// Words that each value rests on, in the order of the values; fewer or empty lists where a person needs none.
    public var evidence: [[Citation]]
    /// Where review stands.
    public var state: State
    /// Why the field is empty; nil when it is filled.
    public var emptyReason: LocalizedText?

    /// A field with `values`.
    public init(
        _ values: [String], by producer: Producer, evidence: [[Citation]] = [], state: State = .suggested,
        emptyReason: LocalizedText? = nil
    ) {
        self.values = values
        self.producer = producer
        self.evidence = evidence
        self.state = state
        self.emptyReason = emptyReason
    }

    /// A field that nothing in the sources fills.
    public static func empty(_ reason: LocalizedText) -> DescribedField {
        DescribedField([], by: .rule, emptyReason: reason)
    }

    /// Who gave a value.
    public enum Producer: String, Sendable, Codable, CaseIterable {
        /// A person, by hand.
        case human
        /// Read from the source by rule.
        case rule
        /// Written or chosen by an engine that learns or writes.
        case model
        /// Came in with a file of catalogue entries.
        case imported
    }

    /// Where review of a value stands.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// Proposed; a later proposal may replace it.
        case suggested
        /// A person has said yes; it stays.
        case accepted
        /// A person has written it; it stays.
        case edited
        /// A person has said no; it is not proposed again.
        case rejected

        /// True when a person has decided, so that no engine changes it any more.
        public var isDecided: Bool { self != .suggested }
    }
}

/// 附註項: a note with its type.
public struct CatalogueNote: Sendable, Hashable, Codable {
    /// Type as the site names it; "" for none.
    public var type: String
    /// The note.
    public var text: String

    /// A note.
    public init(type: String = "", _ text: String) {
        self.type = type
        self.text = text
    }
}
