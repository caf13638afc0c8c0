import DocketCore
import GRDB

/// The ledger of tracked items, kept in the tables `itemAction` (what each source says) and `item` (what follows).
///
/// It is computed from stored minutes alone: minutes that come late, are corrected or withdrawn give the ledger that
/// they would have given in order. Of two minutes of one meeting the one added last speaks.
enum TrackingLedger {
    /// Brings the ledger up to date with what `source` says as part of `meetings`.
    static func refresh(_ source: StoredSource, meetings: [MeetingRow], _ writing: Writing) throws {
        for meeting in meetings where meeting.series != nil {
            try update(
                source.document.id, in: meeting, entries: try entries(of: source, in: meeting, writing.db), writing)
        }
    }

    /// Takes out what a source said, after it was withdrawn or unlinked.
    static func remove(_ source: SourceID, from meetings: [MeetingRow], _ writing: Writing) throws {
        for meeting in meetings where meeting.series != nil { try update(source, in: meeting, entries: [], writing) }
    }

    /// Computes all items that were split by agency anew, since a roster says which names mean one agency.
    static func rosterChanged(_ writing: Writing) throws {
        let rows = try writing.db.rows(
            "SELECT DISTINCT series, reference FROM itemAction WHERE scope <> '' /* fan-out: items split by agency */")
        let names = AgencyNames(try RosterTable.merged(writing.db))
        for row in rows {
            try compute([row["reference"]], of: SeriesID(rawValue: row["series"]), names, writing)
        }
    }

    // MARK: - Entries

    private static func entries(
        of source: StoredSource, in meeting: MeetingRow, _ db: Database
    ) throws -> [LedgerEntry] {
        let role: String? = try db.value(
            "SELECT role FROM meetingSource WHERE bucket = ? AND meeting = ? AND source = ? AND withdrawn = 0",
            [meeting.key.bucket, meeting.id.rawValue, source.document.id.rawValue])
        switch role.flatMap(Meeting.Role.init(rawValue:)) {
        case .minutes:
            return source.structure.minutes.map { LedgerEntry.entries(of: $0, in: source.document) } ?? []
        case .paper: return LedgerEntry.entries(ofPaper: source.document)
        case .agenda, .attendance, .transcript, nil: return []
        }
    }

    private static func update(
        _ source: SourceID, in meeting: MeetingRow, entries: [LedgerEntry], _ writing: Writing
    ) throws {
        guard let series = meeting.series else { return }
        let db = writing.db
        let bucket = meeting.key.bucket
        var affected = try references(of: meeting, db)
        try db.run(
            "DELETE FROM itemAction WHERE bucket = ? AND series = ? AND source = ? AND meeting = ?",
            [bucket, series.rawValue, source.rawValue, meeting.id.rawValue])
        let first: Int =
            try db.value(
                "SELECT coalesce(max(n) + 1, 0) FROM itemAction WHERE bucket = ? AND series = ? AND source = ?",
                [bucket, series.rawValue, source.rawValue]) ?? 0
        for (number, entry) in entries.enumerated() {
            affected.insert(entry.reference)
            try db.run(
                """
                INSERT INTO itemAction (bucket, series, source, n, meeting, reference, action, scope, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    bucket, series.rawValue, source.rawValue, first + number, meeting.id.rawValue, entry.reference,
                    entry.action?.rawValue ?? "evidence", entry.scope ?? "", try Coding.text(entry),
                ])
        }
        guard !affected.isEmpty else { return }
        try compute(affected.sorted(), of: series, AgencyNames(try RosterTable.merged(db)), writing)
    }

    /// Items that a meeting's sources speak of, and those that its number names.
    private static func references(of meeting: MeetingRow, _ db: Database) throws -> Set<String> {
        let named: StatementArguments = [
            "bucket": meeting.key.bucket, "series": meeting.series?.rawValue, "meeting": meeting.id.rawValue,
            "ordinal": meeting.ordinal,
        ]
        let rows = try db.rows(
            """
            SELECT reference FROM itemAction WHERE bucket = :bucket AND series = :series AND meeting = :meeting
            UNION SELECT reference FROM item WHERE bucket = :bucket AND series = :series AND meetingNumber = :ordinal
            """, named)
        return Set(rows.map { $0["reference"] })
    }

    // MARK: - Items

    private static func compute(
        _ references: [String], of series: SeriesID, _ names: AgencyNames, _ writing: Writing
    ) throws {
        var origins: [Int: TrackedItemBuilder.Origin] = [:]
        for reference in references {
            let number = TrackedItem.numbers(of: reference).meeting
            let origin = try origins[number] ?? origin(number, of: series, writing.db)
            origins[number] = origin
            let groups = try groups(of: reference, in: series, writing.db)
            let key = key(reference, of: series)
            let id = try writing.db.reserved(key, in: .item).map(TrackedItemID.init(rawValue:)) ?? .make()
            let before = try stored(reference, of: series, writing.db)
            let item = TrackedItemBuilder.build(
                id: id, series: series, reference: reference, groups: groups, origin: origin, names: names)
            if let item {
                _ = try writing.db.reserve(key, in: .item, for: id.rawValue)
                try store(item, writing.db)
            } else {
                try writing.db.run(
                    "DELETE FROM item WHERE bucket = ? AND series = ? AND reference = ?",
                    [RoutingKey(series).bucket, series.rawValue, reference])
            }
            if before?.item.standing != item?.item.standing || before?.item.opening != item?.item.opening {
                writing.touched.formUnion([before, item].compactMap { $0?.item.opening?.span.source })
            }
        }
    }

    /// What reserves the identity of an item.
    static func key(_ reference: String, of series: SeriesID) -> String {
        "\(series.rawValue.utf8.count):\(series):\(reference)"
    }

    private static func stored(_ reference: String, of series: SeriesID, _ db: Database) throws -> LedgerItem? {
        let body: String? = try db.value(
            "SELECT body FROM item WHERE bucket = ? AND series = ? AND reference = ?",
            [RoutingKey(series).bucket, series.rawValue, reference])
        return try body.map { try Coding.value(LedgerItem.self, from: $0, of: "item \(reference)") }
    }

    private static func store(_ ledgerItem: LedgerItem, _ db: Database) throws {
        let item = ledgerItem.item
        try db.run(
            """
            INSERT INTO item (bucket, series, reference, id, meetingNumber, itemNumber, state, openedBy, classification,
                scope, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (bucket, series, reference) DO UPDATE SET state = excluded.state, openedBy = excluded.openedBy,
                classification = excluded.classification, scope = excluded.scope, body = excluded.body
            """,
            [
                RoutingKey(item.series).bucket, item.series.rawValue, item.reference, item.id.rawValue,
                item.meetingNumber, item.itemNumber, item.state.rawValue, item.opening?.span.source.rawValue ?? "",
                item.classification.rank, item.scope,
                try Coding.text(ledgerItem),
            ])
    }

    /// Entries of one item by meeting, in the order of the series; of two minutes of a meeting the later speaks.
    private static func groups(
        of reference: String, in series: SeriesID, _ db: Database
    ) throws -> [TrackedItemBuilder.Group] {
        let bucket = RoutingKey(series).bucket
        let rows = try db.rows(
            """
            SELECT a.meeting, a.source, a.body, m.ordinal, m.date, s.role, (
                SELECT max(source) FROM meetingSource
                WHERE bucket = m.bucket AND meeting = m.id AND role = 'minutes' AND withdrawn = 0
            ) AS speaks
            FROM itemAction AS a
            JOIN meeting AS m ON m.bucket = a.bucket AND m.id = a.meeting
            JOIN meetingSource AS s ON s.bucket = a.bucket AND s.meeting = a.meeting AND s.source = a.source
            WHERE a.bucket = ? AND a.series = ? AND a.reference = ? ORDER BY a.source, a.n
            """, [bucket, series.rawValue, reference])
        var groups: [String: TrackedItemBuilder.Group] = [:]
        for row in rows where row["role"] != "minutes" || row["source"] == (row["speaks"] as String?) {
            let meeting: String = row["meeting"]
            let sitting = TrackedItemBuilder.Sitting(
                meeting: MeetingID(rawValue: meeting), ordinal: row["ordinal"], date: SourceRow.nonEmpty(row["date"]))
            groups[meeting, default: TrackedItemBuilder.Group(sitting: sitting, entries: [])].entries
                .append(try Coding.value(LedgerEntry.self, from: row["body"], of: "item \(reference)"))
        }
        return inOrder(Array(groups.values))
    }

    /// By ordinal where every meeting has one, else by date.
    private static func inOrder(_ groups: [TrackedItemBuilder.Group]) -> [TrackedItemBuilder.Group] {
        let numbered = groups.allSatisfy { $0.sitting.ordinal != nil }
        return groups.sorted { one, other in
            let (a, b) = (one.sitting, other.sitting)
            let left = numbered ? (a.ordinal ?? 0, a.date ?? "") : (0, a.date ?? "")
            let right = numbered ? (b.ordinal ?? 0, b.date ?? "") : (0, b.date ?? "")
            return left == right ? a.meeting < b.meeting : left < right
        }
    }

    /// Ordinals of the meetings whose minutes are in the library.
    static func ordinalsWithMinutes(of series: SeriesID, _ db: Database) throws -> Set<Int> {
        let rows = try db.rows(
            """
            SELECT m.ordinal FROM meeting AS m
            JOIN meetingSource AS s ON s.bucket = m.bucket AND s.meeting = m.id
            WHERE m.bucket = ? AND m.series = ? AND m.ordinal IS NOT NULL AND s.role = 'minutes' AND s.withdrawn = 0
            """, [RoutingKey(series).bucket, series.rawValue])
        return Set(rows.map { $0["ordinal"] })
    }

    /// What the minutes of meeting `number` say of the items that it opened.
    private static func origin(
        _ number: Int, of series: SeriesID, _ db: Database
    ) throws -> TrackedItemBuilder.Origin {
        let rows = try db.rows(
            """
            SELECT a.body FROM itemAction AS a
            JOIN meeting AS m ON m.bucket = a.bucket AND m.id = a.meeting
            WHERE a.bucket = ? AND a.series = ? AND m.ordinal = ? AND a.action = 'open' AND a.source = (
                SELECT max(source) FROM meetingSource
                WHERE bucket = m.bucket AND meeting = m.id AND role = 'minutes' AND withdrawn = 0)
            """, [RoutingKey(series).bucket, series.rawValue, number])
        let openings = try rows.map { try Coding.value(LedgerEntry.self, from: $0["body"], of: "series:\(series)") }
        guard !openings.isEmpty else { return .unknown }
        return .opensOthers(proposed: openings.contains(where: \.isNumberProposed))
    }
}
