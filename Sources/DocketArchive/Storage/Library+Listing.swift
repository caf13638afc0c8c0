public import DocketCore
import GRDB

/// One page of a list.
public struct Page<Element: Sendable>: Sendable {
    /// Elements in order.
    public var items: [Element]
    /// Where the next page starts; nil on the last one.
    public var next: PageToken?
}

/// Which sources a list shows; what is not named does not restrict.
public struct SourceFilter: Sendable, Equatable {
    /// Kinds; empty for all.
    public var kinds: Set<SourceKind>
    /// Series.
    public var series: SeriesID?
    /// Agency, as the source names it.
    public var agency: String?
    /// First day, ISO 8601; sources without a date are left out.
    public var from: String?
    /// Last day, ISO 8601, inclusive; sources without a date are left out.
    public var through: String?
    /// Words that the title contains, byte for byte.
    public var titleContains: String?
    /// Meeting that it is linked to, in any role.
    public var meeting: MeetingID?

    /// A filter.
    public init(
        kinds: Set<SourceKind> = [], series: SeriesID? = nil, agency: String? = nil, from: String? = nil,
        through: String? = nil, titleContains: String? = nil, meeting: MeetingID? = nil
    ) {
        self.kinds = kinds
        self.series = series
        self.agency = agency
        self.from = from
        self.through = through
        self.titleContains = titleContains
        self.meeting = meeting
    }

    /// SQL conditions with their arguments.
    fileprivate func conditions() throws -> (sql: [String], arguments: StatementArguments) {
        var sql: [String] = []
        var arguments: StatementArguments = [:]
        func add(_ condition: String, _ name: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            sql.append(condition)
            arguments += [name: value]
        }
        if kinds.count == 1, let kind = kinds.first {
            add("kind = :kind", "kind", kind.rawValue)
        } else if !kinds.isEmpty {
            add(
                "kind IN (SELECT value FROM json_each(:kinds))", "kinds",
                try Coding.text(kinds.map(\.rawValue).sorted()))
        }
        add("series <> '' AND series = :series", "series", series?.rawValue)
        add("agency = :agency", "agency", agency)
        add("date >= :from", "from", from)
        // A day bounds everything written with more precision that starts with it.
        add("date <> '' AND date < :through || '~'", "through", through)
        add("instr(title, :words) > 0", "words", titleContains)
        add(
            "id IN (SELECT source FROM meetingSource WHERE meeting = :meeting AND withdrawn = 0)", "meeting",
            meeting?.rawValue)
        return (sql, arguments)
    }
}

extension Library {
    /// Sources that the viewer sees, newest first by date and then by id, at most `limit` (1...1000) a page.
    ///
    /// - Throws: `ArchiveError.refused(.invalid)` for a token that this list did not write.
    public func list(
        _ filter: SourceFilter = SourceFilter(), page: PageToken? = nil, limit: Int = 50, viewer: Viewer
    ) async throws -> Page<SourceSummary> {
        let limit = min(max(1, limit), 1000)
        var (conditions, arguments) = try filter.conditions()
        if let page {
            let parts = page.rawValue.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else {
                throw ArchiveError.badPageToken
            }
            conditions.append("(date, id) < (:lastDate, :lastID)")
            arguments += ["lastDate": String(parts[0]), "lastID": String(parts[1])]
        }
        arguments += ["limit": limit + 1]
        let sql = """
            SELECT \(SourceRow.summaryColumns) FROM source
            WHERE \((["state = 'live'", Viewer.accessCondition] + conditions).joined(separator: " AND "))
            ORDER BY date DESC, id DESC LIMIT :limit /* fan-out: list sources */
            """
        return try await store.read(nil, as: viewer) { [arguments] reading in
            let rows = try reading.db.rows(sql, arguments + reading.viewer.accessArguments)
            let items = try rows.prefix(limit).map(SourceRow.summary)
            let next = rows.count > limit ? items.last.map { PageToken(rawValue: "\($0.date ?? "")/\($0.id)") } : nil
            return Page(items: items, next: next)
        }
    }
}
