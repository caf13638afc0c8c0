public import DocketCore
internal import DocketText

/// What the rules of the catalogue need to know beside the entries.
public struct CatalogueContext: Sendable {
    /// Today, ISO 8601; rules that ask for the time are silent without it.
    public var today: String?
    /// What the entries are checked for.
    public var purpose: Purpose
    /// Identities of the concepts that may be used; nil when no scheme has been given, which silences CAT-12.
    public var concepts: Set<String>?
    /// Highest classification of the library (SEC-01).
    public var ceiling: Classification
    /// First day of each agency under its official name, folded; agencies without one are not in it (CAT-19).
    let agencyStarts: [String: String]
    /// Retention periods beside the legal ones that the authority has approved, in the form of `CatalogueField.retention` (CAT-06).
    public var approvedRetentions: Set<String>
    /// Lengths and characters of the parts of a file number (CAT-02).
    public var fileNumberLimits: FileNumberLimits
    /// Where each entry stands; an entry that is not named counts as suggested (CAT-20, SEC-07).
    public var status: [EntryID: CatalogueEntry.Status]
    /// Day on which each entry was proposed, ISO 8601 (SEC-07).
    public var proposedOn: [EntryID: String]
    /// Days after which a proposal that nobody took up has to go (SEC-07).
    public var draftDays: Int
    /// Classification of the sources that entries describe (SEC-04).
    public var sourceClassifications: [SourceID: Classification]
    /// Fewest and most entries of one submission (CAT-23).
    public var submissionSize: ClosedRange<Int>

    /// A context of whatever is known, with the defaults of the regulations.
    ///
    /// `schemes` are the vocabularies whose concepts may be used; `roster` gives the days on which agencies began.
    public init(
        today: String? = nil, purpose: Purpose = .work, schemes: [Vocabulary]? = nil,
        ceiling: Classification = .internal,
        roster: Roster = Roster(), approvedRetentions: Set<String> = [],
        fileNumberLimits: FileNumberLimits = FileNumberLimits(), status: [EntryID: CatalogueEntry.Status] = [:],
        proposedOn: [EntryID: String] = [:], draftDays: Int = 90,
        sourceClassifications: [SourceID: Classification] = [:],
        submissionSize: ClosedRange<Int> = 1...3_000
    ) {
        self.today = today
        self.purpose = purpose
        concepts = schemes.map { Set($0.flatMap { scheme in scheme.concepts.map(\.uri) }) }
        self.ceiling = ceiling
        agencyStarts = Self.starts(roster)
        self.approvedRetentions = approvedRetentions
        self.fileNumberLimits = fileNumberLimits
        self.status = status
        self.proposedOn = proposedOn
        self.draftDays = draftDays
        self.sourceClassifications = sourceClassifications
        self.submissionSize = submissionSize
    }

    /// The earliest day of each name of which every entry gives one.
    private static func starts(_ roster: Roster) -> [String: String] {
        var starts: [String: String] = [:]
        var open: Set<String> = []
        for agency in roster.agencies {
            let name = Folding.key(agency.officialName)
            if let from = agency.from, !from.isEmpty {
                starts[name] = min(starts[name] ?? from, from)
            } else {
                open.insert(name)
            }
        }
        return starts.filter { !open.contains($0.key) }
    }

    /// What entries are checked for.
    public enum Purpose: String, Sendable, Codable, CaseIterable {
        /// Work in the library.
        case work
        /// An export: personal data are errors (CAT-15).
        case export
    }
}

/// Lengths of the parts of a file number: those of one certified product, not of the law, so a site may set others.
public struct FileNumberLimits: Sendable, Equatable {
    /// Most digits of the year.
    public var year: Int
    /// Most characters of the class.
    public var classNumber: Int
    /// Most characters of the case.
    public var caseNumber: Int
    /// Most characters of the volume.
    public var volume: Int
    /// Most characters of the item.
    public var item: Int

    /// Limits; the defaults are those of DOMAIN.md section 4.2.
    public init(year: Int = 4, classNumber: Int = 20, caseNumber: Int = 12, volume: Int = 4, item: Int = 4) {
        self.year = year
        self.classNumber = classNumber
        self.caseNumber = caseNumber
        self.volume = volume
        self.item = item
    }
}

/// Entries that go out together.
public struct CatalogueSubmission: Sendable {
    /// The entries, in their order.
    public var entries: [CatalogueEntry]
    /// Character encoding of the file, "UTF-8".
    public var encoding: String
    /// True when it goes to the public catalogue, from which classified records stay away (CAT-10).
    public var isPublic: Bool

    /// A submission.
    public init(entries: [CatalogueEntry], encoding: String = "UTF-8", isPublic: Bool = true) {
        self.entries = entries
        self.encoding = encoding
        self.isPublic = isPublic
    }
}
