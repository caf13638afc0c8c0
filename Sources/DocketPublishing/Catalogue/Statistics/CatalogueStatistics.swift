public import DocketCore
public import DocketText

/// What the statistics need to know of one entry.
public struct CatalogueFact: Sendable, Equatable {
    /// Agency that keeps it, as the report names it.
    public var agency: String
    /// Day on which it was catalogued.
    public var cataloguedOn: CalendarDate?
    /// Day on which it was submitted.
    public var submittedOn: CalendarDate?
    /// Day on which its retention ends and destruction is to be reviewed; nil when that never comes or is not known.
    public var dueOn: CalendarDate?

    /// A fact of whatever is known.
    public init(
        agency: String, cataloguedOn: CalendarDate? = nil, submittedOn: CalendarDate? = nil, dueOn: CalendarDate? = nil
    ) {
        self.agency = agency
        self.cataloguedOn = cataloguedOn
        self.submittedOn = submittedOn
        self.dueOn = dueOn
    }

    /// What `entry` says, which `agency` keeps.
    public init(_ entry: CatalogueEntry, agency: String, submittedOn: CalendarDate? = nil) {
        self.init(
            agency: agency, cataloguedOn: entry[.cataloguedOn].flatMap(CalendarDate.init(iso:)),
            submittedOn: submittedOn, dueOn: Self.due(entry))
    }

    /// The latest date of the records plus the retention period.
    ///
    /// The clock of a folder runs from its latest item (DOMAIN.md section 3.2), a month or year from its last day. Permanent records,
    /// those that go to the national archives, and those that are destroyed or transferred already are never due.
    public static func due(_ entry: CatalogueEntry) -> CalendarDate? {
        let isKept = ["nationalArchives", "permanentAtAgency"].contains(entry[.disposition])
        let isGone = entry[.destroyedOn] != nil || entry[.transferredOn] != nil
        guard !isKept, !isGone, let years = entry.values(.retention).first.flatMap({ Int($0) }), years > 0 else {
            return nil
        }
        let closing = entry.level == .folder ? entry[.dateTo] : entry[.creationDate]
        return closing.flatMap(CalendarDate.init(iso:))?.lastDay.adding(months: 12 * years)
    }
}

/// What a secretariat reports twice a year: entries catalogued, submitted and due for destruction review, by agency and month.
public struct CatalogueStatistics: Sendable, Equatable {
    /// The half year.
    public let period: HalfYear
    /// Agencies in order of their names, each with six months.
    public let rows: [Row]

    /// One agency.
    public struct Row: Sendable, Equatable {
        /// Its name.
        public var agency: String
        /// Counts of the six months.
        public var months: [Counts]
        /// Entries whose review was due before the period and that are still there.
        public var overdue: Int

        /// The sum of its months.
        public var total: Counts { months.reduce(Counts(), +) }
    }

    /// Numbers of entries.
    public struct Counts: Sendable, Equatable {
        /// Catalogued.
        public var catalogued = 0
        /// Submitted.
        public var submitted = 0
        /// Whose retention ends.
        public var due = 0

        /// None.
        public init() {}

        /// All three added.
        public static func + (lhs: Self, rhs: Self) -> Self {
            var sum = lhs
            sum.catalogued += rhs.catalogued
            sum.submitted += rhs.submitted
            sum.due += rhs.due
            return sum
        }

        /// By what is counted.
        public subscript(measure: Measure) -> Int {
            switch measure {
            case .catalogued: catalogued
            case .submitted: submitted
            case .due: due
            }
        }
    }

    /// What is counted.
    public enum Measure: String, Sendable, CaseIterable {
        case catalogued, submitted, due

        /// Its name for people.
        public var name: LocalizedText {
            switch self {
            case .catalogued: LocalizedText(zhHant: "編目", en: "Catalogued")
            case .submitted: LocalizedText(zhHant: "彙送", en: "Submitted")
            case .due: LocalizedText(zhHant: "屆期應檢討", en: "Due for review")
            }
        }
    }

    /// The statistics of `facts` in `period`; a date that is only a year is in no month and does not count.
    public init(_ facts: some Sequence<CatalogueFact>, period: HalfYear) {
        self.period = period
        var rows: [String: Row] = [:]
        let first = period.isFirst ? 1 : 7
        func place(_ date: CalendarDate?) -> Int? {
            guard let date, let month = date.month, date.year == period.year else { return nil }
            return (0..<6).contains(month - first) ? month - first : nil
        }
        for fact in facts {
            var row =
                rows[fact.agency]
                ?? Row(agency: fact.agency, months: Array(repeating: Counts(), count: 6), overdue: 0)
            if let month = place(fact.cataloguedOn) { row.months[month].catalogued += 1 }
            if let month = place(fact.submittedOn) { row.months[month].submitted += 1 }
            if let month = place(fact.dueOn) { row.months[month].due += 1 }
            if let due = fact.dueOn, due.lastDay.iso < period.from { row.overdue += 1 }
            rows[fact.agency] = row
        }
        self.rows = rows.values.sorted { $0.agency.utf8.lexicographicallyPrecedes($1.agency.utf8) }
    }

    /// Counts of the six months over all agencies.
    public var months: [Counts] {
        (0..<6).map { month in rows.reduce(Counts()) { $0 + $1.months[month] } }
    }

    /// The sum of all.
    public var total: Counts { months.reduce(Counts(), +) }

    /// Entries of all agencies whose review was due before the period.
    public var overdue: Int { rows.reduce(0) { $0 + $1.overdue } }
}
