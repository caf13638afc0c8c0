/// What the rules found on catalogue entries, one row a finding: what a validation report shows and hands over.
public struct CatalogueReport: Sendable, Equatable, Codable {
    /// Number of entries that were checked.
    public var entries: Int
    /// Number of those with an error.
    public var faulty: Int
    /// Findings, worst first, then by file number and rule.
    public var rows: [Row]

    /// A report of rows that are in order.
    public init(entries: Int, faulty: Int, rows: [Row]) {
        self.entries = entries
        self.faulty = faulty
        self.rows = rows
    }

    /// One finding with the entry that it concerns.
    public struct Row: Sendable, Equatable, Codable {
        /// Entry; nil for a finding on the batch.
        public var entry: EntryID?
        /// 檔號 of the entry; "" when it has none or the batch is meant.
        public var fileNumber: String
        /// Level of the entry; nil for a finding on the batch.
        public var level: CatalogueEntry.Level?
        /// Field; nil for the entry as a whole.
        public var field: CatalogueField?
        /// Name of the field for people.
        public var fieldName: LocalizedText?
        /// Rule number.
        public var rule: String
        /// How bad it is.
        public var severity: Finding.Severity
        /// What is wrong.
        public var message: LocalizedText
        /// What to do.
        public var remedy: LocalizedText

        /// A row of a finding.
        public init(
            _ finding: Finding, fileNumber: String = "", level: CatalogueEntry.Level? = nil,
            fieldName: LocalizedText? = nil
        ) {
            entry = finding.place.entry
            self.fileNumber = fileNumber
            self.level = level
            field = finding.place.field
            self.fieldName = fieldName
            rule = finding.rule
            severity = finding.severity
            message = finding.message
            remedy = finding.remedy
        }
    }

    /// Number of findings of a severity.
    public func count(_ severity: Finding.Severity) -> Int { rows.count { $0.severity == severity } }

    /// True when nothing stands against handing the entries over.
    public var isClean: Bool { count(.error) == 0 }
}
