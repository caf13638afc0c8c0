public import DocketCore
import GRDB

extension Library {
    /// Stores a person's text as the next revision, edited, and gives its number; the old text stays readable.
    ///
    /// `verified` is the whole draft after the edit, checked again, with id, kind and sources as before; `revision` is the
    /// one that the person read.
    /// - Throws: `ArchiveError.refused(.machineEdit)` for an actor that is not a person, `.refused(.locked)` when it is
    ///   approved, `.conflict(.revision)`, `.refused(.invalid)` when a citation does not match its source, `.notFound`.
    public func edit(
        _ id: DraftID, to verified: VerifiedDraft, revision: Int, note: String = "", by actor: Actor
    ) async throws -> Int {
        try await step(id, to: .edited, action: .edit, revision: revision, note: note, by: actor) { row, _ in
            let old = row.draft.verified.draft
            guard verified.draft.id == id, verified.draft.sources == old.sources, verified.draft.kind == old.kind else {
                throw ArchiveError.refused(
                    .invalid(
                        object: "draft:\(id)",
                        reason: LocalizedText(
                            zhHant: "修改不得變更草稿的識別碼、種類與來源", en: "an edit keeps the draft's id, kind and sources")))
            }
            return verified
        }
    }

    /// Marks a draft as reviewed and gives its new revision.
    ///
    /// - Throws: as `edit`, `.refused(.state)` when it cannot be reviewed any more.
    public func review(_ id: DraftID, revision: Int, note: String = "", by actor: Actor) async throws -> Int {
        try await step(id, to: .reviewed, action: .review, revision: revision, note: note, by: actor) { _, _ in nil }
    }

    /// Approves a draft and locks its text with its hash; gives its new revision.
    ///
    /// `- reason`: why what blocks is right all the same; kept as the note of the revision, and the audit event says that
    /// one was given.
    /// - Throws: `ArchiveError.refused(.blocked)` when the library's `ReviewPolicy` treats a verdict or a finding as
    ///   blocking and no reason is given or the policy takes none, and as `review`.
    public func approve(
        _ id: DraftID, revision: Int, note: String = "", despite reason: String? = nil, by actor: Actor
    ) async throws -> Int {
        let policy = configuration.review
        let isAnswered = policy.isAnswered(by: reason)
        let (note, details) = isAnswered ? (reason ?? note, ["despite": "findings"]) : (note, [:])
        return try await step(
            id, to: .approved, action: .approve, revision: revision, note: note, details: details, by: actor
        ) { row, _ in
            if isAnswered { return nil }
            let claims = policy.blockingClaims(of: row.draft.verified).count
            let findings = policy.blockingFindings(of: row.draft.verified).count
            guard claims == 0, findings == 0 else {
                throw ArchiveError.refused(.blocked(object: "draft:\(id)", claims: claims, findings: findings))
            }
            return nil
        }
    }

    /// Rejects a draft for good and gives its new revision; a new draft may be made.
    ///
    /// - Throws: `ArchiveError.refused(.missingReason)` without a reason, and as `review`.
    public func reject(_ id: DraftID, revision: Int, reason: String, by actor: Actor) async throws -> Int {
        guard !reason.isEmpty else { throw ArchiveError.refused(.missingReason(field: "reason")) }
        return try await step(id, to: .rejected, action: .reject, revision: revision, note: reason, by: actor) { _, _ in
            nil
        }
    }

    /// Withdraws a draft, approved or not; see `withdraw(_:revision:authority:reason:drafts:by:)`.
    public func withdraw(
        _ id: DraftID, revision: Int, authority: String, reason: String = "", by actor: Actor
    ) async throws {
        guard !authority.isEmpty else { throw ArchiveError.refused(.missingReason(field: "authority")) }
        try await store.write(RoutingKey(id.rawValue), by: actor) { writing in
            let row = try DraftRow.current(id, revision: revision, writing.db)
            try row.withdraw(authority: authority, reason: reason, writing)
        }
    }

    /// The row of a draft and its text, as a step finds them.
    struct ReviewedRow {
        let row: DraftRow
        let draft: StoredDraft
    }

    /// One step of review; `change` checks it and gives the new text, or nil to keep the old one.
    private func step(
        _ id: DraftID, to state: ReviewState, action: AuditAction, revision: Int, note: String,
        details: [String: String] = [:], by actor: Actor,
        change: @escaping @Sendable (ReviewedRow, Writing) throws -> VerifiedDraft?
    ) async throws -> Int {
        guard actor.isPerson else { throw ArchiveError.refused(.machineEdit(object: "draft:\(id)")) }
        return try await store.write(RoutingKey(id.rawValue), by: actor) { writing in
            let row = try DraftRow.current(id, revision: revision, writing.db)
            guard row.summary.state != .approved else { throw ArchiveError.refused(.locked(object: "draft:\(id)")) }
            guard row.summary.state.successors.contains(state) else {
                throw ArchiveError.refused(
                    .state(object: "draft:\(id)", from: row.summary.state.rawValue, to: state.rawValue))
            }
            let draft = try row.draft(revision: revision, writing.db)
            let text = try change(ReviewedRow(row: row, draft: draft), writing)
            let hash = try writing.advance(row, from: draft, to: state, text: text, note: note)
            try writing.record(
                action, "draft:\(id)",
                ["revision": String(revision + 1), "state": state.rawValue, "text": hash.hex].merging(details) { $1 })
            return revision + 1
        }
    }
}
