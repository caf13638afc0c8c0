public import DocketCore
import GRDB

extension Library {
    /// Stores proposed entries: a new one as it is, one for what is described already as the next revision of that entry, with all
    /// that a person decided kept (`CatalogueEntry.renewed(by:)`).
    ///
    /// Levels are at least those of the sources. All of it is one transaction.
    /// - Throws: `ArchiveError.notFound` without one of the sources, `.refused(.aboveCeiling)` where one is above the library's
    ///   ceiling; nothing is stored then.
    public func propose(_ entries: [CatalogueEntry], note: String = "", by actor: Actor) async throws -> ProposalOutcome
    {
        guard !entries.isEmpty else { return ProposalOutcome() }
        let (indexing, ceiling) = (indexer.index, configuration.ceiling)
        return try await store.writeAcross(
            entries.map { RoutingKey($0.id.rawValue) }, because: "a batch is proposed as a whole", by: actor
        ) { writing in
            var outcome = ProposalOutcome()
            for entry in entries {
                outcome.entries.append(try writing.propose(entry, note, ceiling, indexing, &outcome))
            }
            try writing.record(
                .proposeEntries, "entries",
                [
                    "added": String(outcome.added), "renewed": String(outcome.renewed),
                    "unchanged": String(outcome.unchanged),
                ])
            return outcome
        }
    }

    /// One entry as it is now.
    /// - Throws: `ArchiveError.notFound` when the viewer may not see it, or there is none.
    public func entry(_ id: EntryID, viewer: Viewer) async throws -> StoredEntry {
        try await store.read(RoutingKey(id.rawValue), as: viewer) { reading in
            guard let stored = try EntryRow.load(id, reading.db),
                reading.viewer.sees(stored.entry.classification, scope: stored.entry.scope)
            else { throw ArchiveError.notFound("entry:\(id)") }
            return stored
        }
    }

    /// The entry with this file number, an item by five parts and a folder by three; nil when there is none to be seen.
    public func entry(numbered number: FileNumber, viewer: Viewer) async throws -> StoredEntry? {
        try await store.read(nil, as: viewer) { reading in
            let named: StatementArguments = [
                "folder": number.folder.text, "number": number.text,
                "level": (number.volume == nil ? CatalogueEntry.Level.folder : .item).rawValue,
            ]
            return try reading.db.row(
                """
                SELECT \(EntryRow.columns) FROM entry
                WHERE folder = :folder AND level = :level AND (number = :number OR :level = 'folder')
                    AND \(Viewer.accessCondition)
                ORDER BY id LIMIT 1 /* fan-out: entries by number */
                """, named + reading.viewer.accessArguments
            ).map(EntryRow.stored)
        }
    }

    /// Entries that the viewer sees, by folder, level and number, at most `limit` (1...1000) a page.
    public func entries(
        _ filter: EntryFilter = EntryFilter(), page: PageToken? = nil, limit: Int = 100, viewer: Viewer
    ) async throws -> Page<StoredEntry> {
        let limit = min(max(1, limit), 1000)
        let last = page?.rawValue.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init) ?? []
        guard page == nil || last.count == 4 else { throw ArchiveError.badPageToken }
        return try await store.read(nil, as: viewer) { reading in
            let statuses = try filter.statuses.map { try Coding.text($0.map(\.rawValue).sorted()) }
            var named: StatementArguments = [
                "level": filter.level?.rawValue, "statuses": statuses, "folder": filter.folder?.folder.text,
                "since": filter.changedSince, "limit": limit + 1, "isFirst": page == nil ? 1 : 0,
            ]
            for (name, place) in zip(["f", "l", "n", "i"], 0...) {
                _ = named.append(contentsOf: [name: last.count == 4 ? last[place] : ""])
            }
            let rows = try reading.db.rows(
                """
                SELECT \(EntryRow.columns), folder, level, number FROM entry
                WHERE \(Viewer.accessCondition) AND (:level IS NULL OR level = :level)
                    AND (:statuses IS NULL OR status IN (SELECT value FROM json_each(:statuses)))
                    AND (:folder IS NULL OR folder = :folder) AND (:since IS NULL OR changedAt >= :since)
                    AND (:isFirst = 1 OR (folder, level, number, id) > (:f, :l, :n, :i))
                ORDER BY folder, level, number, id LIMIT :limit /* fan-out: list entries */
                """, named + reading.viewer.accessArguments)
            let shown = rows.prefix(limit)
            let next = rows.count > limit ? shown.last : nil
            return Page(
                items: try shown.map(EntryRow.stored),
                next: next.map { row in
                    let key: [String] = [row["folder"], row["level"], row["number"], row["id"]]
                    return PageToken(rawValue: key.joined(separator: "\u{1F}"))
                })
        }
    }

    /// Entries that describe a source, alone or with others.
    public func entries(describing source: SourceID, viewer: Viewer) async throws -> [StoredEntry] {
        try await store.read(nil, as: viewer) { reading in
            let named: StatementArguments = ["source": source.rawValue]
            return try reading.db.rows(
                """
                SELECT \(EntryRow.columns) FROM entry
                WHERE (bucket, id) IN (SELECT bucket, entry FROM entrySource WHERE source = :source)
                    AND \(Viewer.accessCondition) ORDER BY level DESC, id /* fan-out: entries of a source */
                """, named + reading.viewer.accessArguments
            ).map(EntryRow.stored)
        }
    }

    /// All steps in the life of an entry, oldest first.
    public func revisions(of id: EntryID, viewer: Viewer) async throws -> [EntryRevision] {
        try await store.read(RoutingKey(id.rawValue), as: viewer) { reading in
            guard let stored = try EntryRow.load(id, reading.db),
                reading.viewer.sees(stored.entry.classification, scope: stored.entry.scope)
            else { throw ArchiveError.notFound("entry:\(id)") }
            return try reading.db.rows(
                """
                SELECT revision, status, actor, ts, note FROM entryRevision WHERE bucket = ? AND entry = ? ORDER BY revision
                """, [RoutingKey(id.rawValue).bucket, id.rawValue]
            ).map { row in
                EntryRevision(
                    revision: row["revision"], status: try SourceRow.value(CatalogueEntry.Status.self, row["status"]),
                    actor: row["actor"], time: row["ts"], note: row["note"])
            }
        }
    }
}

extension Writing {
    /// Stores one proposal.
    fileprivate func propose(
        _ proposal: CatalogueEntry, _ note: String, _ ceiling: Classification, _ indexing: any RecordIndexing,
        _ outcome: inout ProposalOutcome
    ) throws -> StoredEntry {
        let level = try DerivedLevels.level(of: proposal, db)
        guard level.classification <= ceiling else {
            throw ArchiveError.refused(.aboveCeiling(level: level.classification, ceiling: ceiling))
        }
        var entry = proposal
        (entry.classification, entry.scope) = (level.classification, level.scope)
        if let anchor = entry.anchor {
            let id = EntryID(rawValue: try db.reserve(anchor, in: .entry, for: entry.id.rawValue))
            if id != entry.id || outcome.entries.contains(where: { $0.entry.id == id }),
                let old = try EntryRow.load(id, db)
            {
                return try renew(old, with: entry, note, indexing, &outcome)
            }
        }
        if let old = try EntryRow.load(entry.id, db) { return try renew(old, with: entry, note, indexing, &outcome) }
        let stored = StoredEntry(
            entry: entry, status: .suggested, revision: 1, submission: nil, createdAt: now, changedAt: now)
        try put(stored, note: note, indexing: indexing)
        outcome.added += 1
        return stored
    }

    private func renew(
        _ old: StoredEntry, with proposal: CatalogueEntry, _ note: String, _ indexing: any RecordIndexing,
        _ outcome: inout ProposalOutcome
    ) throws -> StoredEntry {
        var renewed = old
        renewed.entry = old.entry.renewed(by: proposal)
        // What went through review stays as it was reviewed.
        guard renewed.entry != old.entry, [.suggested, .edited].contains(old.status) else {
            outcome.unchanged += 1
            return old
        }
        (renewed.revision, renewed.changedAt) = (old.revision + 1, now)
        try put(renewed, note: note, indexing: indexing)
        outcome.renewed += 1
        return renewed
    }
}
