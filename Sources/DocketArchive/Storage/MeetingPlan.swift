import DocketCore
import GRDB

/// The series and meeting that a source goes to, looked up before the transaction and checked again inside it.
struct MeetingPlan: Sendable {
    /// Nil for a meeting that stands alone.
    let series: MeetingSeries?
    let reference: MeetingReference

    /// What the source will be to the meeting.
    func role(of source: StoredSource) -> Meeting.Role { reference.role ?? Meeting.Role(source.document.kind) }

    /// The same plan with a role that a source already has, unless it names one.
    func keeping(_ role: Meeting.Role?) -> MeetingPlan {
        var reference = reference
        reference.role = reference.role ?? role
        return MeetingPlan(series: series, reference: reference)
    }

    /// The state of the library changed between plan and transaction; the caller plans again.
    struct Stale: Error {}

    /// Links `source`, making series and meeting when they are not there; nil when neither ordinal nor date is known.
    func apply(to source: StoredSource, _ writing: Writing) throws -> MeetingRow? {
        var reference = reference
        let role = reference.role ?? Meeting.Role(source.document.kind)
        reference.role = role
        guard let meeting = try meeting(of: reference, writing) else { return nil }
        try meeting.link(source.document, role: role, writing)
        return meeting
    }

    private func meeting(of reference: MeetingReference, _ writing: Writing) throws -> MeetingRow? {
        if let id = reference.meeting {
            guard let row = try MeetingRow.load(id, writing.db), row.series == series?.id else { throw Stale() }
            return try row.learning(reference, writing)
        }
        guard let series else { return nil }
        if let known = try SeriesTable.find(reference.series, writing.db) {
            guard known.id == series.id else { throw Stale() }
        } else {
            try SeriesTable.put(series, writing)
        }
        return try MeetingRow.findOrMake(in: series.id, reference, writing)
    }
}

extension Library {
    /// The plan for a document, nil when it names no series.
    func plan(
        for document: SourceDocument, structure: DocumentStructure, reference: MeetingReference?
    ) async throws -> MeetingPlan? {
        guard let reference = reference ?? MeetingReference(document, structure: structure) else { return nil }
        if let meeting = reference.meeting { return try await plan(for: meeting, reference) }
        guard let named = reference.series else { return nil }
        let known = try await store.read(nil, as: .everything) { try SeriesTable.find(named, $0.db) }
        if let known { return MeetingPlan(series: known, reference: reference) }
        switch named {
        case .id(let id): throw ArchiveError.notFound("series:\(id)")
        case .named(let name, let issuer):
            return MeetingPlan(
                series: MeetingSeries(id: .make(), name: name, hostAgency: issuer), reference: reference)
        case .any(let name):
            return MeetingPlan(series: MeetingSeries(id: .make(), name: name), reference: reference)
        }
    }

    private func plan(for meeting: MeetingID, _ reference: MeetingReference) async throws -> MeetingPlan {
        try await store.read(nil, as: .everything) { reading in
            guard let row = try MeetingRow.load(meeting, reading.db) else {
                throw ArchiveError.notFound("meeting:\(meeting)")
            }
            let series = try row.series.flatMap { try SeriesTable.find(.id($0), reading.db) }
            return MeetingPlan(series: series, reference: reference)
        }
    }

    /// Runs `body` again while its plan goes stale under it.
    func retryingPlan<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        for _ in 0..<4 {
            do { return try await body() } catch is MeetingPlan.Stale { continue }
        }
        throw ArchiveError.locked(
            file: folder.databasePath, waitedMilliseconds: configuration.busyTimeoutMilliseconds)
    }
}

/// A meeting's row.
struct MeetingRow: Sendable, Equatable {
    let id: MeetingID
    /// Routes the rows of the meeting: its series, or itself.
    let key: RoutingKey
    let series: SeriesID?
    var ordinal: Int?
    var date: String

    init(_ row: Row) {
        id = MeetingID(rawValue: row["id"])
        let name: String = row["series"]
        series = name.isEmpty ? nil : SeriesID(rawValue: name)
        key = RoutingKey(name.isEmpty ? id.rawValue : name)
        ordinal = row["ordinal"]
        date = row["date"]
    }

    static let columns = "id, series, ordinal, date"

    static func load(_ id: MeetingID, _ db: Database) throws -> MeetingRow? {
        guard let name = try db.reserved(id.rawValue, in: .meeting) else { return nil }
        return try db.row(
            "SELECT \(columns) FROM meeting WHERE bucket = ? AND id = ?", [RoutingKey(name).bucket, id.rawValue]
        ).map(MeetingRow.init)
    }

    /// The meeting of `reference` in `series`: by ordinal; else the one of that date whose ordinal does not contradict.
    static func find(in series: SeriesID, _ reference: MeetingReference, _ db: Database) throws -> MeetingRow? {
        let bucket = RoutingKey(series).bucket
        if let ordinal = reference.ordinal {
            let row = try db.row(
                "SELECT \(columns) FROM meeting WHERE bucket = ? AND series = ? AND ordinal = ?",
                [bucket, series.rawValue, ordinal])
            if let row { return MeetingRow(row) }
        }
        guard let date = reference.date, !date.isEmpty else { return nil }
        let rows = try db.rows(
            """
            SELECT \(columns) FROM meeting
            WHERE bucket = :bucket AND series = :series AND date = :date AND (:ordinal IS NULL OR ordinal IS NULL)
            """,
            ["bucket": bucket, "series": series.rawValue, "date": date, "ordinal": reference.ordinal])
        return rows.count == 1 ? rows.first.map(MeetingRow.init) : nil
    }

    static func findOrMake(
        in series: SeriesID, _ reference: MeetingReference, _ writing: Writing
    ) throws -> MeetingRow? {
        if let found = try find(in: series, reference, writing.db) {
            return try found.learning(reference, writing)
        }
        let date = reference.date ?? ""
        guard reference.ordinal != nil || !date.isEmpty else { return nil }
        return try make(series: series, ordinal: reference.ordinal, date: date, writing)
    }

    static func make(series: SeriesID?, ordinal: Int?, date: String, _ writing: Writing) throws -> MeetingRow {
        let id = MeetingID.make()
        let key = RoutingKey(series?.rawValue ?? id.rawValue)
        try writing.db.run(
            """
            INSERT INTO meeting (bucket, id, series, ordinal, date, revision, createdAt) VALUES (?, ?, ?, ?, ?, 1, ?)
            """, [key.bucket, id.rawValue, series?.rawValue ?? "", ordinal, date, writing.now])
        _ = try writing.db.reserve(id.rawValue, in: .meeting, for: key.name)
        guard let meeting = try load(id, writing.db) else { throw ArchiveError.notFound("meeting:\(id)") }
        return meeting
    }

    /// Fills in an ordinal or a date that was not known; minutes are the authority for the date.
    fileprivate func learning(_ reference: MeetingReference, _ writing: Writing) throws -> MeetingRow {
        var known = self
        known.ordinal = ordinal ?? reference.ordinal
        if let date = reference.date, !date.isEmpty, self.date.isEmpty || reference.role == .minutes {
            known.date = date
        }
        guard known != self else { return self }
        try writing.db.run(
            "UPDATE meeting SET ordinal = ?, date = ?, revision = revision + 1 WHERE bucket = ? AND id = ?",
            [known.ordinal, known.date, key.bucket, id.rawValue])
        return known
    }

    /// What `source` is to this meeting; nil when it is not linked.
    func role(of source: SourceID, _ db: Database) throws -> Meeting.Role? {
        let name: String? = try db.value(
            "SELECT role FROM meetingSource WHERE bucket = ? AND meeting = ? AND source = ? AND withdrawn = 0",
            [key.bucket, id.rawValue, source.rawValue])
        return name.flatMap(Meeting.Role.init(rawValue:))
    }

    func link(_ document: SourceDocument, role: Meeting.Role, _ writing: Writing) throws {
        try writing.db.run(
            """
            INSERT INTO meetingSource (bucket, meeting, source, role, classification, scope, withdrawn, ts, actor)
            VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)
            ON CONFLICT (bucket, meeting, source) DO UPDATE SET role = excluded.role,
                classification = excluded.classification, scope = excluded.scope, withdrawn = 0,
                ts = excluded.ts, actor = excluded.actor
            """,
            [
                key.bucket, id.rawValue, document.id.rawValue, role.rawValue, document.classification.rank,
                document.scope, writing.now, writing.actor.description,
            ])
    }
}
