public import DocketCore
import GRDB

extension Library {
    /// Stores a new draft as revision 1, suggested.
    ///
    /// Drafting again makes another draft; it never replaces this one. Its level and scope become those of its sources together, and every citation is held against the words it cites.
    /// - Throws: `ArchiveError.conflict(.identity)` when the id is taken, `.notFound` without one of its sources,
    ///   `.refused(.invalid)` when a citation does not match its source.
    public func store(_ verified: VerifiedDraft, by actor: Actor) async throws {
        let main = try verified.draft.mainSource
        try await store.write(RoutingKey(main), by: actor) { try $0.store(verified, main: main) }
    }

    /// One draft with its text, at a revision or now.
    ///
    /// - Throws: `ArchiveError.notFound` when the viewer may not see it, it was withdrawn, or there is none; `.corrupt` when
    ///   an approved text is not the one that was locked.
    public func draft(_ id: DraftID, revision: Int? = nil, viewer: Viewer) async throws -> StoredDraft {
        try await store.read(RoutingKey(id.rawValue), as: viewer) { reading in
            guard let row = try DraftRow.load(id, reading.db), !row.isWithdrawn,
                reading.viewer.sees(row.summary.classification, scope: row.summary.scope)
            else { throw ArchiveError.notFound("draft:\(id)") }
            return try row.draft(revision: revision ?? row.summary.revision, reading.db)
        }
    }

    /// Drafts that the viewer sees, newest first, at most `limit` (1...1000) a page.
    ///
    /// `source` leaves those that rest on it, `state` those that stand there.
    public func drafts(
        of source: SourceID? = nil, state: ReviewState? = nil, page: PageToken? = nil, limit: Int = 50, viewer: Viewer
    ) async throws -> Page<DraftSummary> {
        let limit = min(max(1, limit), 1000)
        let last = page?.rawValue.split(separator: "/", maxSplits: 1).map(String.init) ?? []
        guard page == nil || last.count == 2 else {
            throw ArchiveError.badPageToken
        }
        return try await store.read(source.map { RoutingKey($0) }, as: viewer) { reading in
            let named: StatementArguments = [
                "source": source?.rawValue, "state": state?.rawValue, "lastTime": last.first, "lastID": last.last,
                "limit": limit + 1,
            ]
            let rows = try reading.db.rows(
                """
                SELECT \(DraftRow.columns) FROM draft
                WHERE withdrawn = 0 AND \(Viewer.accessCondition) AND (:state IS NULL OR state = :state)
                    AND (:source IS NULL OR (bucket, id) IN (SELECT bucket, draft FROM draftSource WHERE source = :source))
                    AND (:lastTime IS NULL OR (createdAt, id) < (:lastTime, :lastID))
                ORDER BY createdAt DESC, id DESC LIMIT :limit /* fan-out: list drafts */
                """, named + reading.viewer.accessArguments)
            let items = try rows.prefix(limit).map { try DraftRow($0).summary }
            let next = rows.count > limit ? items.last.map { PageToken(rawValue: "\($0.createdAt)/\($0.id)") } : nil
            return Page(items: items, next: next)
        }
    }

    /// All steps in the life of a draft, oldest first.
    public func revisions(of id: DraftID, viewer: Viewer) async throws -> [DraftRevision] {
        try await store.read(RoutingKey(id.rawValue), as: viewer) { reading in
            guard let row = try DraftRow.load(id, reading.db), !row.isWithdrawn,
                reading.viewer.sees(row.summary.classification, scope: row.summary.scope)
            else { throw ArchiveError.notFound("draft:\(id)") }
            return try row.revisions(reading.db)
        }
    }

    /// Drafts whose current text cites a byte range of a source's text version, by draft id.
    public func drafts(citing span: SourceSpan, viewer: Viewer) async throws -> [DraftID] {
        try await store.read(RoutingKey(span.source), as: viewer) { reading in
            let named: StatementArguments = [
                "source": span.source.rawValue, "version": span.version, "first": span.start, "end": span.end,
            ]
            return try reading.db.rows(
                """
                SELECT DISTINCT draft.id FROM citation
                JOIN draft ON draft.bucket = citation.bucket AND draft.id = citation.draft
                JOIN draftRevision AS current ON current.bucket = draft.bucket AND current.draft = draft.id
                    AND current.revision = draft.revision AND current.content = citation.revision
                WHERE citation.source = :source AND version = :version AND firstByte < :end AND endByte > :first
                    AND draft.withdrawn = 0 AND \(Viewer.accessCondition)
                ORDER BY draft.id /* fan-out: drafts citing a source */
                """, named + reading.viewer.accessArguments
            ).map { DraftID(rawValue: $0["id"]) }
        }
    }
}

extension Draft {
    /// The source that a draft is stored with.
    /// - Throws: `ArchiveError.refused(.invalid)` when it names none.
    var mainSource: SourceID {
        get throws {
            guard let main = sources.first else {
                throw ArchiveError.refused(
                    .invalid(object: "draft:\(id)", reason: LocalizedText(zhHant: "未指明來源", en: "it names no source")))
            }
            return main
        }
    }
}

extension Writing {
    /// Stores a draft as revision 1, suggested; `requester` is who asked for it, nil for the actor.
    func store(_ verified: VerifiedDraft, main: SourceID, requester: String? = nil) throws {
        let draft = verified.draft
        let engine = try draft.engine.fingerprint()
        guard try db.reserve(draft.id.rawValue, in: .draft, for: main.rawValue) == main.rawValue,
            try DraftRow.load(draft.id, db) == nil
        else { throw ArchiveError.conflict(.identity(object: "draft:\(draft.id)")) }
        // Reading a whole source would only find out whether it is there; what is not gives the reason.
        for source in draft.sources where try !db.isLive(source) { _ = try live(source) }
        try insert(verified, main: main, engine: engine, requester: requester)
        try record(
            .generate, "draft:\(draft.id)",
            ["kind": draft.kind.rawValue, "engine": engine.hex, "sources": String(draft.sources.count)])
    }
}
