public import DocketCore
public import DocketText

/// Writes catalogue entries in a profile, as a stream: memory does not grow with their number.
///
/// The same entries give the same bytes. Classified entries are left out and named in the result unless they are asked for; values and
/// terms that a person has rejected are never written, but for `jsonl`, which carries review states.
public struct CatalogueExport: Sendable {
    /// Form of the file.
    public let profile: CatalogueProfile
    /// What the file says of itself.
    public let context: Context
    /// True to write classified entries too: for the closed zone only.
    public let includesClassified: Bool

    /// An export.
    public init(_ profile: CatalogueProfile, context: Context, includesClassified: Bool = false) {
        self.profile = profile
        self.context = context
        self.includesClassified = includesClassified
    }

    /// What a file says of itself.
    public struct Context: Sendable {
        /// Title of the whole.
        public var title: String
        /// Agency that hands it over, 全銜.
        public var agency: String
        /// 機關代碼 of the agency; nil where it is not known.
        public var agencyCode: String?
        /// Day of the export.
        public var date: CalendarDate
        /// Language of headings and of words for codes, "zh-Hant" or "en".
        public var language: String

        /// A context.
        public init(
            title: String, agency: String, agencyCode: String? = nil, date: CalendarDate, language: String = "zh-Hant"
        ) {
            self.title = title
            self.agency = agency
            self.agencyCode = agencyCode
            self.date = date
            self.language = language
        }

        /// A text in the language of the file.
        func text(_ both: LocalizedText) -> String { language.hasPrefix("zh") ? both.zhHant : both.en }
    }

    /// What became of the entries.
    public struct Result: Sendable, Equatable {
        /// Number of entries written.
        public var written = 0
        /// Entries left out because they are classified: names only.
        public var classified: [EntryID] = []
        /// Number of entries of a level that the profile has no place for.
        public var otherLevel = 0

        /// Nothing yet.
        public init() {}
    }

    /// Writes `entries` in order, handing over UTF-8 text piece by piece.
    ///
    /// EAD3 puts the items that follow their folder into it; `CatalogueEntry.inFilingOrder` brings them there.
    /// - Throws: `CatalogueExportError.forbiddenCharacter`; what `output` throws.
    public func write(
        _ entries: some Sequence<CatalogueEntry>, to output: (String) throws -> Void
    ) throws -> Result {
        var stream = CatalogueExportStream(self)
        try output(stream.opening())
        for entry in entries {
            if let text = try stream.add(entry) { try output(text) }
        }
        try output(stream.closing())
        return stream.result
    }
}

/// An export in progress, for entries that come one at a time.
public struct CatalogueExportStream {
    private let export: CatalogueExport
    private var writer: any CatalogueWriter
    /// What became of the entries so far.
    public private(set) var result = CatalogueExport.Result()

    /// Begins an export.
    public init(_ export: CatalogueExport) {
        self.export = export
        writer = export.profile.writer(export.context)
    }

    /// What stands before the first entry.
    public mutating func opening() -> String { writer.opening() }

    /// The text of one entry; nil when it is left out.
    /// - Throws: `CatalogueExportError.forbiddenCharacter`.
    public mutating func add(_ entry: CatalogueEntry) throws(CatalogueExportError) -> String? {
        if entry.isClassified, !export.includesClassified {
            result.classified.append(entry.id)
            return nil
        }
        guard export.profile.levels.contains(entry.level) else {
            result.otherLevel += 1
            return nil
        }
        var entry = export.profile == .jsonl ? entry : entry.withoutRejected
        entry.proposals = []
        try entry.checkCharacters()
        result.written += 1
        return try writer.text(of: entry)
    }

    /// What stands behind the last entry.
    public mutating func closing() -> String { writer.closing() }
}

extension CatalogueEntry {
    /// Entries with each folder before its items, by file number; those without one at the end in their own order.
    public static func inFilingOrder(_ entries: [CatalogueEntry]) -> [CatalogueEntry] {
        entries.enumerated().sorted { left, right in
            switch (left.element.fileNumber, right.element.fileNumber) {
            case (let first?, let second?) where first != second: return first < second
            case (nil, .some): return false
            case (.some, nil): return true
            default: break
            }
            let ranks = (left.element.level == .folder ? 0 : 1, right.element.level == .folder ? 0 : 1)
            return ranks.0 != ranks.1 ? ranks.0 < ranks.1 : left.offset < right.offset
        }.map(\.element)
    }

    /// The entry without what a person has said no to.
    var withoutRejected: CatalogueEntry {
        var entry = self
        entry.fields = fields.filter { $0.value.state != .rejected }
        entry.subjects = subjects.filter { $0.state != .rejected }
        return entry
    }

    /// Values of the fields that have any, in order of the fields; 密等 states the level that the sources have at least.
    var described: [(field: CatalogueField, values: [String])] {
        var pairs = fields.filter { !$0.value.values.isEmpty }.map { ($0.key, $0.value.values) }
        if isClassified {
            pairs.removeAll { $0.0 == .classification }
            pairs.append((.classification, [highestClassification.rawValue]))
        }
        return pairs.sorted { $0.0 < $1.0 }
    }

    /// - Throws: `CatalogueExportError.forbiddenCharacter` for the first character that XML 1.0 does not allow.
    func checkCharacters() throws(CatalogueExportError) {
        try check(id.rawValue, "id")
        for part in fileNumber?.parts ?? [] { try check(part, "fileNumber") }
        for (field, value) in fields {
            for text in value.values { try check(text, field.rawValue) }
            try check(value.emptyReason?.zhHant ?? "", field.rawValue)
            try check(value.emptyReason?.en ?? "", field.rawValue)
        }
        for subject in subjects {
            try check(subject.label, "subjects")
            try check(subject.concept?.uri ?? "", "subjects")
            try check(subject.concept?.vocabulary ?? "", "subjects")
        }
        for note in notes {
            try check(note.type, "notes")
            try check(note.text, "notes")
        }
    }

    private func check(_ text: String, _ field: String) throws(CatalogueExportError) {
        // Bytes first: the characters in question are rare, and most text is long.
        var suspicious = false
        var text = text
        text.withUTF8 { bytes in
            suspicious = bytes.contains {
                $0 < 0x20 && $0 != 0x0A && $0 != 0x09 && $0 != 0x0D || $0 == 0x7F || $0 == 0xEF || $0 == 0xC2
            }
        }
        guard suspicious else { return }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0xFFFD, 0x10000...0x10FFFF: continue
            default: throw .forbiddenCharacter(entry: id, field: field, scalar: scalar.value)
            }
        }
    }
}
