public import DocketCore
import GRDB

extension Library {
    /// Corrects fields of a source and gives its new revision; equal values change nothing.
    ///
    /// Index, meeting, ledger and the level of everything derived from the source follow in the same transaction.
    /// `meeting` is the meeting it belongs to, with its role there; nil follows what the source says of itself. A source
    /// with a role of its own (minutes, agenda, transcript …) belongs to one meeting, a paper to any number.
    /// `revision` is the one that the caller read; a `reason` is needed to lower a classification.
    /// - Throws: `ArchiveError.conflict(.revision)`, `.refused(.missingReason)`, `.refused(.aboveCeiling)`, `.notFound`,
    ///   `.refused(.withdrawn)`.
    public func set(
        _ changes: [SourceChange], on id: SourceID, revision: Int, meeting: MeetingReference? = nil,
        reason: String = "", by actor: Actor
    ) async throws -> Int {
        try await retryingPlan {
            let before = try await self.editable(id, revision: revision)
            var after = before
            let made = changes.compactMap { $0.apply(to: &after.document) }
            guard !made.isEmpty || meeting != nil else { return revision }
            try self.checkLevels(before.document, after.document, reason: reason)
            let move = try await self.move(after, made, to: meeting)
            if let move { (after.series, after.seriesName) = (move.plan?.series?.id, move.plan?.series?.name) }
            after.revision = revision + 1
            return try await self.commit(after, over: before, made, move: move, reason: reason, by: actor)
        }
    }

    private func commit(
        _ after: StoredSource, over before: StoredSource, _ made: [FieldChange], move: MeetingMove?, reason: String,
        by actor: Actor
    ) async throws -> Int {
        let id = after.document.id
        let indexer = indexer
        let index = try indexer.maker(after)
        let keys = [RoutingKey(id)] + [before.series, after.series].compactMap { $0.map { RoutingKey($0) } }
        return try await store.writeAcross(
            keys, because: "a source's level, meeting and tracked items follow its fields", by: actor
        ) { writing in
            _ = try writing.live(id, revision: before.revision)
            try SourceRow.update(after, writing.db)
            let made = try made + writing.moveLinks(of: after, over: before, move)
            try writing.append(
                SourceRevision(
                    revision: after.revision, time: writing.now, actor: writing.actor.description, reason: reason,
                    changes: made), to: id)
            try DerivedLevels.propagate(from: id, writing.db)
            try DerivedLevels.propagateToEntries(from: id, indexing: indexer.index, writing)
            try indexer.update(id, with: index, writing)
            var detail = ["fields": made.map(\.field).joined(separator: ","), "revision": String(after.revision)]
            detail["reason"] = reason.isEmpty ? nil : reason
            if let level = made.first(where: { $0.field == "classification" }) {
                detail["classification"] = "\(level.from) to \(level.to)"
            }
            try writing.record(.setFields, "source:\(id)", detail)
            return after.revision
        }
    }

    /// Where a correction moves a source to; nil when it stays in the meetings that it is linked to.
    private func move(
        _ after: StoredSource, _ made: [FieldChange], to meeting: MeetingReference?
    ) async throws -> MeetingMove? {
        let fields = Set(made.map(\.field))
        guard meeting != nil || !fields.isDisjoint(with: ["series", "ordinal", "date", "kind"]) else { return nil }
        let plan = try await plan(for: after.document, structure: after.structure, reference: meeting)
        // A source that names no meeting itself stays where a person put it.
        guard plan != nil || fields.contains("series") || meeting != nil else { return nil }
        return MeetingMove(plan: plan, isNamed: meeting != nil)
    }

    private func checkLevels(_ before: SourceDocument, _ after: SourceDocument, reason: String) throws {
        if after.classification < before.classification, reason.isEmpty {
            throw ArchiveError.refused(.missingReason(field: "reason"))
        }
        guard after.classification <= configuration.ceiling || after.classification == before.classification else {
            throw ArchiveError.refused(.aboveCeiling(level: after.classification, ceiling: configuration.ceiling))
        }
    }

    /// The source at the revision that the caller read; changes are made on it and committed when it still is.
    func editable(_ id: SourceID, revision: Int) async throws -> StoredSource {
        guard mode == .write else { throw ArchiveError.readOnly(folder: folder.path) }
        return try await store.read(RoutingKey(id), as: .everything) { reading in
            try Writing(db: reading.db, actor: Actor("system"), now: "").live(id, revision: revision)
        }
    }

    /// Corrections of a source, oldest first; none for one that was never corrected.
    public func revisions(of id: SourceID, viewer: Viewer) async throws -> [SourceRevision] {
        try await store.read(RoutingKey(id), as: viewer) { reading in
            guard try reading.db.isVisible(id, to: reading.viewer) else { throw ArchiveError.notFound("source:\(id)") }
            return try reading.db.rows(
                """
                SELECT revision, ts, actor, reason, changes FROM sourceRevision
                WHERE bucket = ? AND source = ? ORDER BY revision
                """, [RoutingKey(id).bucket, id.rawValue]
            ).map { row in
                SourceRevision(
                    revision: row["revision"], time: row["ts"], actor: row["actor"], reason: row["reason"],
                    changes: try Coding.value([FieldChange].self, from: row["changes"], of: "source:\(id)"))
            }
        }
    }
}

// MARK: - New text versions

/// A new extraction or a corrected transcript of a source.
public struct NewVersion: Sendable {
    /// The document with its id and version; text, passages, origin and findings are taken from it, while title, kind,
    /// date, level and facts stay as they are, except where the library has none.
    public var document: SourceDocument
    /// Structure of the new text.
    public var structure: DocumentStructure
    /// Segments of the new text.
    public var segments: [Segment]
    /// New original bytes; nil when the bytes are those of an earlier version, read again.
    public var original: Original?

    /// A version.
    public init(
        document: SourceDocument, structure: DocumentStructure = DocumentStructure(), segments: [Segment] = [],
        original: Original? = nil
    ) {
        self.document = document
        self.structure = structure
        self.segments = segments
        self.original = original
    }
}

extension Library {
    /// Adds a text version, which becomes the current one, and gives the source's new revision.
    ///
    /// - Throws: `ArchiveError.conflict(.version)` when the document's version is not the next one, and as `set` and `add`.
    public func addVersion(
        _ new: NewVersion, revision: Int, reason: String, by actor: Actor
    ) async throws -> Int {
        let id = new.document.id
        guard !reason.isEmpty else { throw ArchiveError.refused(.missingReason(field: "reason")) }
        let before = try await editable(id, revision: revision)
        guard new.document.version == before.document.version + 1 else {
            throw ArchiveError.conflict(
                .version(object: "source:\(id)", given: new.document.version, current: before.document.version))
        }
        var after = before
        after.document = new.document.keepingFields(of: before.document)
        after.structure = new.structure
        after.segments = new.segments
        after.revision = revision + 1
        try configuration.validate(after.document, object: "source:\(id)")
        if let original = new.original {
            guard try await blobs.put(original).digest == new.document.origin.sha256 else {
                throw ArchiveError.refused(
                    .invalid(object: new.document.origin.fileName, reason: .changedWhileRead))
            }
        }
        return try await commitVersion(after, over: before, hasBytes: new.original != nil, reason: reason, by: actor)
    }

    private func commitVersion(
        _ after: StoredSource, over before: StoredSource, hasBytes: Bool, reason: String, by actor: Actor
    ) async throws -> Int {
        let id = after.document.id
        let indexer = indexer
        let index = try indexer.maker(after)
        return try await store.writeAcross(
            [RoutingKey(id)] + (after.series.map { [RoutingKey($0)] } ?? []),
            because: "new minutes change the ledger of their series", by: actor
        ) { writing in
            _ = try writing.live(id, revision: before.revision)
            let key = after.document.origin.reservedKey
            if hasBytes, try writing.db.reserve(key, in: .original, for: id.rawValue) != id.rawValue {
                throw ArchiveError.conflict(.identity(object: "original \(key)"))
            }
            try writing.appendVersion(of: after, over: before, reason: reason)
            try indexer.update(id, with: index, writing)
            try writing.record(
                .addVersion, "source:\(id)",
                ["version": String(after.document.version), "original": key, "reason": reason])
            return after.revision
        }
    }

    /// Replaces structure and segments of a source's current version after the rules that make them have changed.
    ///
    /// They are derived: text, passages and revisions stay, the ledger and the index follow.
    /// - Throws: `ArchiveError.conflict(.revision)`, `.notFound`, `.refused(.withdrawn)`.
    public func remake(
        _ id: SourceID, structure: DocumentStructure, segments: [Segment], revision: Int, by actor: Actor
    ) async throws {
        var after = try await editable(id, revision: revision)
        after.structure = structure
        after.segments = segments
        let indexer = indexer
        let index = try indexer.maker(after)
        try await store.writeAcross(
            [RoutingKey(id)], because: "the structure of minutes changes the ledger of their series", by: actor
        ) { [after] writing in
            _ = try writing.live(id, revision: revision)
            try SourceRow.putStructure(
                structure, segments: segments, of: id, version: after.document.version, writing.db)
            try TrackingLedger.refresh(after, meetings: MeetingRow.linked(to: id, writing.db), writing)
            try indexer.update(id, with: index, writing)
            try writing.record(.reindex, "source:\(id)", ["version": String(after.document.version)])
        }
    }
}

/// Where a corrected source goes.
struct MeetingMove: Sendable {
    /// Nil when its meeting is not known any more.
    let plan: MeetingPlan?
    /// True when a person named the meeting; else it follows from what the source says of itself.
    let isNamed: Bool
}

extension SourceDocument {
    /// This text with the fields that people may have corrected.
    func keepingFields(of known: SourceDocument) -> SourceDocument {
        var document = self
        if !known.title.isEmpty { document.title = known.title }
        document.kind = known.kind
        if !known.language.isEmpty { document.language = known.language }
        document.classification = known.classification
        document.scope = known.scope
        document.date = known.date ?? date
        document.facts = facts.merging(known.facts) { $1 }
        return document
    }
}

// MARK: - Rows

extension Writing {
    func append(_ revision: SourceRevision, to id: SourceID) throws {
        try db.run(
            "INSERT INTO sourceRevision (bucket, source, revision, ts, actor, reason, changes) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                RoutingKey(id).bucket, id.rawValue, revision.revision, revision.time, revision.actor, revision.reason,
                try Coding.text(revision.changes),
            ])
    }

    /// Stores a text version that follows `before`, with its revision and what it does to the ledger.
    func appendVersion(of after: StoredSource, over before: StoredSource, reason: String) throws {
        let id = after.document.id
        try SourceRow.insertVersion(
            after.document, structure: after.structure, segments: after.segments, container: false, reason: reason, self
        )
        try SourceRow.update(after, db)
        let change = FieldChange(
            field: "version", from: String(before.document.version), to: String(after.document.version))
        try append(
            SourceRevision(
                revision: after.revision, time: now, actor: actor.description, reason: reason, changes: [change]),
            to: id)
        try TrackingLedger.refresh(after, meetings: MeetingRow.linked(to: id, db), self)
    }

    /// Brings a source's links up to date with its corrected fields: its level on all, and its place in its own meeting.
    ///
    /// Gives the change of its meeting where a person named it.
    func moveLinks(
        of after: StoredSource, over before: StoredSource, _ move: MeetingMove?
    ) throws -> [FieldChange] {
        let id = after.document.id
        let linked = try links(of: id)
        if let move {
            let keptRole = after.document.kind == before.document.kind ? linked.first?.role : nil
            let plan = move.plan?.keeping(keptRole)
            for (row, role) in linked where role != .paper && plan?.role(of: after) != .paper {
                guard move.isNamed || row.series == before.series && row.series != nil else { continue }
                try row.unlink(id, self)
            }
            let row = try plan?.apply(to: after, self)
            guard row != nil || !move.isNamed else {
                throw ArchiveError.refused(
                    .invalid(
                        object: "meeting",
                        reason: LocalizedText(zhHant: "未載次別或日期", en: "neither ordinal nor date is given")))
            }
        }
        try updateLevels(of: after)
        guard move?.isNamed == true else { return [] }
        func words(_ links: [(row: MeetingRow, role: Meeting.Role)]) -> String {
            links.map { "\($0.row.id) \($0.role.rawValue)" }.joined(separator: ", ")
        }
        return [FieldChange(field: "meeting", from: words(linked), to: words(try links(of: id)))]
    }

    private func links(of id: SourceID) throws -> [(row: MeetingRow, role: Meeting.Role)] {
        try MeetingRow.linked(to: id, db).compactMap { row in try row.role(of: id, db).map { (row, $0) } }
    }

    private func updateLevels(of after: StoredSource) throws {
        let id = after.document.id
        for row in try MeetingRow.linked(to: id, db) {
            try db.run(
                "UPDATE meetingSource SET classification = ?, scope = ? WHERE bucket = ? AND meeting = ? AND source = ?",
                [
                    after.document.classification.rank, after.document.scope, row.key.bucket, row.id.rawValue,
                    id.rawValue,
                ])
        }
        try TrackingLedger.refresh(after, meetings: MeetingRow.linked(to: id, db), self)
    }
}

extension SourceRow {
    /// Writes all corrected fields of a source's row.
    static func update(_ source: StoredSource, _ db: Database) throws {
        let document = source.document
        try db.run(
            """
            UPDATE source SET revision = ?, classification = ?, scope = ?, kind = ?, title = ?, language = ?, date = ?,
                version = ?, agency = ?, series = ?, ordinal = ?, facts = ?
            WHERE bucket = ? AND id = ?
            """,
            [
                source.revision, document.classification.rank, document.scope, document.kind.rawValue, document.title,
                document.language, document.date ?? "", document.version, document.facts["agency"] ?? "",
                source.series?.rawValue ?? "", ordinal(of: document),
                try document.facts.isEmpty ? nil : Coding.text(document.facts), RoutingKey(document.id).bucket,
                document.id.rawValue,
            ])
    }
}
