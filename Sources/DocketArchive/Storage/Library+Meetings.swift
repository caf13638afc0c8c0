public import DocketCore
import GRDB

extension Library {
    /// One meeting with the sources that the viewer sees.
    ///
    /// A meeting's series, ordinal and date are known from each of its sources, so it is seen by whoever sees one of them.
    /// - Throws: `ArchiveError.notFound` when the viewer sees none of its sources, or there is no such meeting.
    public func meeting(_ id: MeetingID, viewer: Viewer) async throws -> Meeting {
        try await store.read(RoutingKey(id.rawValue), as: viewer) { reading in
            guard let row = try MeetingRow.load(id, reading.db),
                let meeting = try row.meeting(for: reading.viewer, reading.db)
            else { throw ArchiveError.notFound("meeting:\(id)") }
            return meeting
        }
    }

    /// Meetings of a series that the viewer sees, in order of ordinal and then date.
    public func meetings(of series: SeriesID, viewer: Viewer) async throws -> [Meeting] {
        try await store.read(RoutingKey(series), as: viewer) { reading in
            try MeetingRow.all(of: series, reading.db).compactMap { try $0.meeting(for: reading.viewer, reading.db) }
        }
    }

    /// Meetings that a source is linked to, oldest first.
    public func meetings(of source: SourceID, viewer: Viewer) async throws -> [Meeting] {
        try await store.read(RoutingKey(source), as: viewer) { reading in
            guard try reading.db.isVisible(source, to: reading.viewer) else {
                throw ArchiveError.notFound("source:\(source)")
            }
            return try MeetingRow.linked(to: source, reading.db)
                .compactMap { try $0.meeting(for: reading.viewer, reading.db) }
        }
    }

    /// Links a source to a meeting, papers above all, after it was added; an earlier role there is replaced.
    ///
    /// A nil `role` takes it from the source's kind.
    /// - Throws: `ArchiveError.notFound` without such a source or meeting.
    public func link(
        _ source: SourceID, to meeting: MeetingID, role: Meeting.Role? = nil, by actor: Actor
    ) async throws {
        let indexer = indexer
        try await store.writeAcross(
            [RoutingKey(source), RoutingKey(meeting.rawValue)],
            because: "minutes that are linked change the ledger of their series", by: actor
        ) { writing in
            guard let row = try MeetingRow.load(meeting, writing.db) else {
                throw ArchiveError.notFound("meeting:\(meeting)")
            }
            let stored = try writing.live(source)
            let role = role ?? Meeting.Role(stored.document.kind)
            try row.link(stored.document, role: role, writing)
            try TrackingLedger.refresh(stored, meetings: [row], writing)
            try indexer.updateTouched(writing)
            try writing.record(.link, "source:\(source)", ["meeting": meeting.rawValue, "role": role.rawValue])
        }
    }

    /// Links a source to the meeting that `reference` describes and makes it if it is not there; gives its name.
    ///
    /// - Throws: `ArchiveError.notFound` without such a source or series id, `.refused(.invalid)` when the reference has
    ///   neither ordinal nor date.
    public func link(_ source: SourceID, to reference: MeetingReference, by actor: Actor) async throws -> MeetingID {
        let stored = try await self.source(source, viewer: .everything)
        let indexer = indexer
        return try await retryingPlan {
            let plan = try await self.plan(for: stored.document, structure: stored.structure, reference: reference)
            return try await self.store.writeAcross(
                [RoutingKey(source)], because: "a meeting is made with its first source", by: actor
            ) { writing in
                let current = try writing.live(source)
                guard let row = try plan?.apply(to: current, writing) ?? reference.standalone(current, writing) else {
                    throw ArchiveError.refused(
                        .badValue(
                            object: "meeting",
                            reason: LocalizedText(zhHant: "次別與日期皆未提供", en: "neither ordinal nor date is given")))
                }
                try TrackingLedger.refresh(current, meetings: [row], writing)
                try indexer.updateTouched(writing)
                try writing.record(.link, "source:\(source)", ["meeting": row.id.rawValue])
                return row.id
            }
        }
    }

    /// Takes a link away that was made by mistake.
    ///
    /// - Throws: `ArchiveError.notFound` when there is no such link, `.refused(.missingReason)` without a reason.
    public func unlink(
        _ source: SourceID, from meeting: MeetingID, reason: String, by actor: Actor
    ) async throws {
        guard !reason.isEmpty else { throw ArchiveError.refused(.missingReason(field: "reason")) }
        let indexer = indexer
        try await store.writeAcross(
            [RoutingKey(source), RoutingKey(meeting.rawValue)],
            because: "minutes that are unlinked change the ledger of their series", by: actor
        ) { writing in
            guard let row = try MeetingRow.load(meeting, writing.db) else {
                throw ArchiveError.notFound("meeting:\(meeting)")
            }
            try row.unlink(source, writing)
            try indexer.updateTouched(writing)
            try writing.record(.unlink, "source:\(source)", ["meeting": meeting.rawValue, "reason": reason])
        }
    }
}

// MARK: - Rows

extension MeetingReference {
    /// A meeting without a series for this source; nil without a date.
    func standalone(_ source: StoredSource, _ writing: Writing) throws -> MeetingRow? {
        guard series == nil, let date = date ?? source.document.date else { return nil }
        let row = try MeetingRow.make(series: nil, ordinal: nil, date: date, writing)
        try row.link(source.document, role: role ?? Meeting.Role(source.document.kind), writing)
        return row
    }
}

extension MeetingRow {
    static func all(of series: SeriesID, _ db: Database) throws -> [MeetingRow] {
        try db.rows(
            "SELECT \(columns) FROM meeting WHERE bucket = ? AND series = ? ORDER BY ordinal, date, id",
            [RoutingKey(series).bucket, series.rawValue]
        ).map(MeetingRow.init)
    }

    /// Meetings with a link to `source`, withdrawn or not.
    static func linked(to source: SourceID, _ db: Database) throws -> [MeetingRow] {
        try db.rows(
            """
            SELECT \(columns) FROM meeting JOIN (
                SELECT bucket AS ofBucket, meeting AS ofMeeting FROM meetingSource WHERE source = ?
            ) ON bucket = ofBucket AND id = ofMeeting ORDER BY date, id /* fan-out: meetings of a source */
            """, [source.rawValue]
        ).map(MeetingRow.init)
    }

    /// The meeting as `viewer` sees it; nil when no source of it is seen.
    func meeting(for viewer: Viewer, _ db: Database) throws -> Meeting? {
        let named: StatementArguments = ["bucket": key.bucket, "meeting": id.rawValue]
        let links = try db.rows(
            """
            SELECT source, role FROM meetingSource
            WHERE bucket = :bucket AND meeting = :meeting AND withdrawn = 0 AND \(Viewer.accessCondition)
            ORDER BY role, source
            """, named + viewer.accessArguments
        ).map { row in
            Meeting.Link(
                source: SourceID(rawValue: row["source"]), role: try SourceRow.value(Meeting.Role.self, row["role"]))
        }
        guard !links.isEmpty else { return nil }
        return Meeting(
            id: id, series: series, ordinal: ordinal, date: SourceRow.nonEmpty(date), sources: links)
    }

    func unlink(_ source: SourceID, _ writing: Writing) throws {
        let before = writing.db.totalChangesCount
        try writing.db.run(
            "DELETE FROM meetingSource WHERE bucket = ? AND meeting = ? AND source = ?",
            [key.bucket, id.rawValue, source.rawValue])
        guard writing.db.totalChangesCount > before else {
            throw ArchiveError.notFound("source:\(source) in meeting:\(id)")
        }
        try TrackingLedger.remove(source, from: [self], writing)
    }
}

extension Writing {
    /// The source in its current version, to be changed in this transaction.
    func live(_ id: SourceID) throws -> StoredSource {
        if let source = try SourceRow.load(id, viewer: .everything, db) { return source }
        let tombstone = try db.row(
            "SELECT 1 FROM tombstone WHERE bucket = ? AND kind = 'source' AND id = ?",
            [RoutingKey(id).bucket, id.rawValue])
        throw tombstone == nil
            ? ArchiveError.notFound("source:\(id)") : ArchiveError.refused(.withdrawn(object: "source:\(id)"))
    }

    /// As `live`, when it is still at the revision that the caller read.
    func live(_ id: SourceID, revision: Int) throws -> StoredSource {
        let source = try live(id)
        guard source.revision == revision else {
            throw ArchiveError.conflict(
                .revision(object: "source:\(id)", expected: revision, found: source.revision))
        }
        return source
    }
}
