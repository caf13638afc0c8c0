public import DocketCore
import Foundation
import GRDB

extension CatalogueEntry.Status {
    /// Where an entry may go from here (DOMAIN.md section 3).
    public var successors: Set<CatalogueEntry.Status> {
        switch self {
        case .suggested, .edited: [.edited, .verified, .rejected]
        case .verified: [.edited, .exported, .submitted, .rejected]
        case .exported: [.edited, .exported, .submitted, .rejected]
        case .submitted: [.edited, .accepted, .rejected]
        case .accepted: [.edited]
        case .rejected: [.edited]
        }
    }
}

extension Library {
    /// Does what a person decided on an entry, all of it or nothing, and gives it as it is now; it stands as edited.
    ///
    /// `revision`: the one that the person read; nil takes the newest.
    /// - Throws: `ArchiveError.refused(.machineEdit)` for an actor that is not a person, `.conflict(.revision)`, `.notFound`,
    ///   `EntryDecisionError`.
    public func decide(
        _ decisions: [EntryDecision], on id: EntryID, revision: Int? = nil, note: String = "", by actor: Actor
    ) async throws -> StoredEntry {
        guard actor.isPerson else { throw ArchiveError.refused(.machineEdit(object: "entry:\(id)")) }
        let indexing = indexer.index
        return try await store.write(RoutingKey(id.rawValue), by: actor) { writing in
            var stored = try EntryRow.current(id, revision: revision, writing.db)
            for decision in decisions { try stored.entry.apply(decision) }
            let level = try DerivedLevels.level(of: stored.entry, writing.db)
            (stored.entry.classification, stored.entry.scope) = (level.classification, level.scope)
            (stored.revision, stored.status, stored.changedAt) = (stored.revision + 1, .edited, writing.now)
            try writing.put(stored, note: note, indexing: indexing)
            try writing.record(
                .decideEntry, "entry:\(id)",
                ["revision": String(stored.revision), "decisions": String(decisions.count)])
            return stored
        }
    }

    /// Moves entries on: verified by a records manager, exported, submitted with a batch, accepted or rejected by the archives.
    ///
    /// All of them or none. `submission` names the batch that they go out with.
    /// - Throws: `ArchiveError.refused(.state)` with the first that has no such step, `.refused(.machineEdit)` where a machine would
    ///   verify, `.refused(.missingReason)` for a rejection without a note, `.notFound`.
    public func advance(
        _ ids: [EntryID], to status: CatalogueEntry.Status, submission: String? = nil, note: String = "",
        by actor: Actor
    ) async throws -> [StoredEntry] {
        guard !ids.isEmpty else { return [] }
        guard actor.isPerson else { throw ArchiveError.refused(.machineEdit(object: "entry:\(ids[0])")) }
        guard status != .rejected || !note.isEmpty else { throw ArchiveError.refused(.missingReason(field: "reason")) }
        let indexing = indexer.index
        return try await store.writeAcross(
            ids.map { RoutingKey($0.rawValue) }, because: "a batch moves on as a whole", by: actor
        ) { writing in
            let moved = try ids.map { id in
                var stored = try EntryRow.current(id, revision: nil, writing.db)
                guard stored.status.successors.contains(status) else {
                    throw ArchiveError.refused(
                        .state(object: "entry:\(id)", from: stored.status.rawValue, to: status.rawValue))
                }
                (stored.revision, stored.status, stored.changedAt) = (stored.revision + 1, status, writing.now)
                if let submission { stored.submission = submission }
                if status == .verified { stored.entry.sign(by: actor, at: writing.now) }
                try writing.put(stored, note: note, indexing: indexing)
                return stored
            }
            var detail = ["status": status.rawValue, "count": String(ids.count)]
            detail["submission"] = submission
            detail["first"] = ids[0].rawValue
            try writing.record(.advanceEntries, "entries", detail)
            return moved
        }
    }

    // MARK: - What was learned

    /// What the engine of subjects was trained to for a vocabulary, and up to which change of entries; nil before training.
    public func subjectModel(for vocabulary: String) async throws -> (bytes: [UInt8], through: String)? {
        try await store.read(RoutingKey(vocabulary), as: .everything) { reading in
            try reading.db.row(
                "SELECT through, bytes FROM subjectModel WHERE bucket = ? AND vocabulary = ?",
                [RoutingKey(vocabulary).bucket, vocabulary]
            ).map { row in
                let data: Data = row["bytes"]
                return ([UInt8](data), row["through"])
            }
        }
    }

    /// Keeps what the engine of subjects was trained to; `through` is the time of the last change that it knows.
    public func putSubjectModel(_ bytes: [UInt8], for vocabulary: String, through: String, by actor: Actor) async throws
    {
        try await store.write(RoutingKey(vocabulary), by: actor) { writing in
            try writing.db.run(
                """
                INSERT INTO subjectModel (bucket, vocabulary, ts, through, bytes) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (bucket, vocabulary) DO UPDATE SET ts = excluded.ts, through = excluded.through,
                    bytes = excluded.bytes
                """, [RoutingKey(vocabulary).bucket, vocabulary, writing.now, through, bytes.data])
            try writing.record(.trainSubjects, "vocabulary:\(vocabulary)", ["bytes": String(bytes.count)])
        }
    }
}

extension CatalogueEntry {
    /// Says who catalogued it and when, unless a person has said so already.
    fileprivate mutating func sign(by actor: Actor, at now: String) {
        let name = actor.description.drop { $0 != ":" }.dropFirst()
        for (field, value) in [(CatalogueField.cataloguedBy, String(name)), (.cataloguedOn, String(now.prefix(10)))]
        where values(field).isEmpty {
            fields[field] = DescribedField([value], by: .rule, state: .accepted)
        }
    }
}
