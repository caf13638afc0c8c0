import DocketCore
import GRDB

/// The row of a draft.
struct DraftRow: Sendable {
    let summary: DraftSummary
    let isWithdrawn: Bool
    let lockedHash: String?
    /// Routes the draft's rows: its main source.
    var key: RoutingKey { RoutingKey(summary.source) }

    static let columns = """
        id, kind, title, language, source, state, revision, classification, scope, createdAt, createdBy, withdrawn, \
        lockedHash
        """

    init(_ row: Row) throws {
        summary = DraftSummary(
            id: DraftID(rawValue: row["id"]), kind: try SourceRow.value(Draft.Kind.self, row["kind"]),
            title: row["title"], language: row["language"], source: SourceID(rawValue: row["source"]),
            state: try SourceRow.value(ReviewState.self, row["state"]), revision: row["revision"],
            classification: try SourceRow.classification(row["classification"]), scope: row["scope"],
            createdAt: row["createdAt"], createdBy: row["createdBy"])
        isWithdrawn = row["withdrawn"] != 0
        lockedHash = row["lockedHash"]
    }

    static func load(_ id: DraftID, _ db: Database) throws -> DraftRow? {
        guard let main = try db.reserved(id.rawValue, in: .draft) else { return nil }
        return try db.row(
            "SELECT \(columns) FROM draft WHERE bucket = ? AND id = ?", [RoutingKey(main).bucket, id.rawValue]
        ).map(DraftRow.init)
    }

    /// The row to be changed, when it is still at the revision that the caller read.
    static func current(_ id: DraftID, revision: Int, _ db: Database) throws -> DraftRow {
        guard let row = try load(id, db) else { throw ArchiveError.notFound("draft:\(id)") }
        guard !row.isWithdrawn else { throw ArchiveError.refused(.withdrawn(object: "draft:\(id)")) }
        guard row.summary.revision == revision else {
            throw ArchiveError.conflict(
                .revision(object: "draft:\(id)", expected: revision, found: row.summary.revision))
        }
        return row
    }

    func revisions(_ db: Database) throws -> [DraftRevision] {
        try db.rows(
            """
            SELECT revision, state, actor, ts, note, content, textHash FROM draftRevision
            WHERE bucket = ? AND draft = ? ORDER BY revision
            """, [key.bucket, summary.id.rawValue]
        ).map { row in
            DraftRevision(
                revision: row["revision"], state: try SourceRow.value(ReviewState.self, row["state"]),
                actor: row["actor"], time: row["ts"], note: row["note"], textRevision: row["content"],
                textHash: try hash(row["textHash"]))
        }
    }

    /// The draft at `revision`, with the levels it has now.
    func draft(revision: Int, _ db: Database) throws -> StoredDraft {
        let row = try db.row(
            """
            SELECT step.state, step.content, step.textHash, body.body FROM draftRevision AS step
            JOIN draftRevision AS body
                ON body.bucket = step.bucket AND body.draft = step.draft AND body.revision = step.content
            WHERE step.bucket = ? AND step.draft = ? AND step.revision = ?
            """, [key.bucket, summary.id.rawValue, revision])
        guard let row, let body: String = row["body"] else {
            throw ArchiveError.notFound("draft:\(summary.id) revision \(revision)")
        }
        let object = "draft:\(summary.id)"
        let written = try Coding.value(VerifiedDraft.self, from: body, of: object)
        let textHash = try hash(row["textHash"])
        guard SHA256Digest(of: written.draft.pageText) == textHash,
            revision != summary.revision || lockedHash == nil || lockedHash == textHash.hex
        else {
            throw ArchiveError.corrupt(file: LibraryFolder.databaseName, detail: "text of \(object) is not its hash")
        }
        var draft = written.draft
        draft.classification = summary.classification
        draft.scope = summary.scope
        return StoredDraft(
            verified: try VerifiedDraft(draft, verdicts: written.verdicts, findings: written.findings),
            state: try SourceRow.value(ReviewState.self, row["state"]), revision: revision,
            textRevision: row["content"], textHash: textHash, createdAt: summary.createdAt,
            createdBy: summary.createdBy)
    }

    func withdraw(authority: String, reason: String, _ writing: Writing) throws {
        let id = summary.id.rawValue
        try writing.db.run(
            "UPDATE draft SET withdrawn = 1, revision = revision + 1 WHERE bucket = ? AND id = ?", [key.bucket, id])
        try writing.bury("draft", id, key: key, authority: authority, reason: reason)
        try writing.record(.withdraw, "draft:\(id)", ["authority": authority])
    }

    private func hash(_ hex: String) throws -> SHA256Digest {
        guard let digest = SHA256Digest(hex: hex) else {
            throw ArchiveError.corrupt(file: LibraryFolder.databaseName, detail: "hash of draft:\(summary.id)")
        }
        return digest
    }
}

// MARK: - Writing

extension Writing {
    /// Inserts a new draft as revision 1.
    func insert(
        _ verified: VerifiedDraft, main: SourceID, engine: SHA256Digest, requester: String? = nil
    ) throws {
        let draft = verified.draft
        let bucket = RoutingKey(main).bucket
        try Citations.verify(draft, db)
        var seen: Set<SourceID> = []
        for (number, source) in draft.sources.enumerated() where seen.insert(source).inserted {
            try db.run(
                "INSERT INTO draftSource (bucket, draft, source, n) VALUES (?, ?, ?, ?)",
                [bucket, draft.id.rawValue, source.rawValue, number])
        }
        let level = try DerivedLevels.level(
            of: draft.sources, own: draft.classification, scope: draft.scope, db)
        try db.run(
            """
            INSERT INTO draft (bucket, id, source, revision, state, kind, title, language, classification, scope,
                ownClassification, ownScope, engine, createdAt, createdBy, lockedHash, withdrawn)
            VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 0)
            """,
            [
                bucket, draft.id.rawValue, main.rawValue, ReviewState.suggested.rawValue, draft.kind.rawValue,
                draft.title, draft.language, level.classification.rank, level.scope, draft.classification.rank,
                draft.scope, engine.hex, now, requester ?? actor.description,
            ])
        try insertRevision(
            1, of: verified, bucket: bucket, state: .suggested, note: "", content: 1,
            hash: SHA256Digest(of: draft.pageText))
    }

    /// Makes the next revision of a draft; gives the hash of its text.
    func advance(
        _ row: DraftRow, from old: StoredDraft, to state: ReviewState, text: VerifiedDraft?, note: String
    ) throws -> SHA256Digest {
        let id = row.summary.id
        let next = row.summary.revision + 1
        let hash = text.map { SHA256Digest(of: $0.draft.pageText) } ?? old.textHash
        if let text { try Citations.verify(text.draft, db) }
        try insertRevision(
            next, of: text, draft: id, bucket: row.key.bucket, state: state, note: note,
            content: text == nil ? old.textRevision : next, hash: hash)
        try db.run(
            "UPDATE draft SET revision = ?, state = ?, title = ?, lockedHash = ? WHERE bucket = ? AND id = ?",
            [
                next, state.rawValue, text?.draft.title ?? row.summary.title, state == .approved ? hash.hex : nil,
                row.key.bucket, id.rawValue,
            ])
        return hash
    }

    private func insertRevision(
        _ revision: Int, of text: VerifiedDraft?, draft: DraftID? = nil, bucket: UInt8, state: ReviewState,
        note: String,
        content: Int, hash: SHA256Digest
    ) throws {
        guard let id = draft ?? text?.draft.id else { return }
        try db.run(
            """
            INSERT INTO draftRevision (bucket, draft, revision, state, actor, ts, note, content, textHash, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                bucket, id.rawValue, revision, state.rawValue, actor.description, now, note, content, hash.hex,
                try text.map { try Coding.text($0) },
            ])
        guard let text else { return }
        for claim in text.draft.claims {
            for (number, citation) in claim.citations.enumerated() {
                try Citations.insert(citation, of: claim.number, number, draft: id, revision, bucket: bucket, db)
            }
        }
    }

    /// Withdraws the drafts that rest on a source, as far as `which` says.
    func withdrawDrafts(of source: SourceID, _ which: DraftWithdrawal, authority: String, reason: String) throws {
        guard which != .none else { return }
        let rows = try db.rows(
            """
            SELECT \(DraftRow.columns) FROM draft
            WHERE withdrawn = 0 AND (bucket, id) IN (SELECT bucket, draft FROM draftSource WHERE source = ?)
            ORDER BY id /* fan-out: drafts of a source */
            """, [source.rawValue])
        for row in try rows.map(DraftRow.init) where which == .all || row.summary.state != .approved {
            try row.withdraw(authority: authority, reason: reason, self)
        }
    }
}
