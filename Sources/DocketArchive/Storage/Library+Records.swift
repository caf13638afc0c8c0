public import DocketCore
import GRDB

extension Library {
    /// Adds the records of a container, `batch` of them in each transaction, taken from `records` as they are needed.
    ///
    /// A run that was cut short goes on after its last stored line. A record that cannot be stored is reported with its
    /// line and the others go on.
    /// `batch` is 1...20,000; `progress` is called after each transaction with what was done so far.
    /// - Throws: as `add` for the container as a whole, and whatever `records` throws; transactions done stay done.
    public func addRecords<Records: AsyncSequence>(
        _ records: Records, of container: RecordContainer, batch: Int = 5000, by actor: Actor,
        progress: (@Sendable (RecordsOutcome) -> Void)? = nil
    ) async throws -> RecordsOutcome where Records.Element == NewRecord {
        guard mode == .write else { throw ArchiveError.readOnly(folder: folder.path) }
        let digest = container.origin.sha256
        // A container is large and may be loaded again after a stop: its bytes are not copied twice.
        if try await blobs.head(digest) != container.origin.byteCount {
            guard try await blobs.put(container.original).digest == digest else {
                throw ArchiveError.refused(
                    .invalid(object: container.origin.fileName, reason: .changedWhileRead))
            }
        }
        var outcome = RecordsOutcome(container: digest)
        let done = try await begin(container, by: actor)
        var pending: [NewRecord] = []
        for try await record in records {
            guard record.line > done else {
                outcome.skipped += 1
                continue
            }
            pending.append(record)
            if pending.count >= min(max(1, batch), 20_000) {
                outcome = try await store(pending, of: container, outcome, by: actor)
                await upkeep()
                pending.removeAll(keepingCapacity: true)
                progress?(outcome)
            }
        }
        // A stream of a cancelled task ends as if it were whole.
        try Task.checkCancellation()
        outcome = try await store(pending, of: container, outcome, isLast: true, by: actor)
        progress?(outcome)
        await upkeep()
        return outcome
    }

    /// Last line of a container that is stored, 0 for none; and whether it was stored to its end.
    public func storedLines(
        ofContainer digest: SHA256Digest, collection: String
    ) async throws -> (last: Int, complete: Bool) {
        try await store.read(RoutingKey(digest.hex), as: .everything) { reading in
            let row = try reading.db.row(
                "SELECT lastLine, complete FROM container WHERE bucket = ? AND sha256 = ? AND collection = ?",
                [RoutingKey(digest.hex).bucket, digest.hex, collection])
            return (row?["lastLine"] ?? 0, row?["complete"] == 1)
        }
    }

    /// Makes the container's row, or finds the last line stored of it.
    private func begin(_ container: RecordContainer, by actor: Actor) async throws -> Int {
        let hex = container.origin.sha256.hex
        return try await store.write(RoutingKey(hex), by: actor) { writing in
            let bucket = RoutingKey(hex).bucket
            let last: Int? = try writing.db.value(
                "SELECT lastLine FROM container WHERE bucket = ? AND sha256 = ? AND collection = ?",
                [bucket, hex, container.collection])
            if let last { return last }
            var origin = container.origin
            origin.line = nil
            try writing.db.run(
                """
                INSERT INTO container (bucket, sha256, collection, origin, lastLine, complete, ts)
                VALUES (?, ?, ?, ?, 0, 0, ?)
                """, [bucket, hex, container.collection, try Coding.text(origin), writing.now])
            try writing.record(
                .addRecords, "container:\(hex)", ["collection": container.collection, "file": origin.fileName])
            return 0
        }
    }

    private func store(
        _ records: [NewRecord], of container: RecordContainer, _ before: RecordsOutcome, isLast: Bool = false,
        by actor: Actor
    ) async throws -> RecordsOutcome {
        guard isLast || !records.isEmpty else { return before }
        var checked = before
        var ready: [PreparedRecord] = []
        ready.reserveCapacity(records.count)
        for record in records {
            do {
                ready.append(try prepare(record, of: container))
            } catch let error as ArchiveError {
                checked.reject(record.line, error)
            }
        }
        let (batch, last, outcome) = (ready, records.last?.line ?? 0, checked)
        let indexer = indexer
        return try await store.writeAcross(
            batch.map { RoutingKey($0.source.document.id) }, because: "a thousand records a transaction", by: actor
        ) { writing in
            var outcome = outcome
            var ids: [SourceID] = []
            var added: [IndexDocument] = []
            for record in batch {
                do {
                    // A record that is refused half-way leaves nothing; the others of its transaction stay.
                    try writing.db.inSavepoint {
                        let before = outcome.added
                        let id = try writing.put(record, container: container, indexer, &outcome)
                        if let id { ids.append(id) }
                        if outcome.added > before { added += record.index }
                        return .commit
                    }
                } catch let error as ArchiveError {
                    outcome.reject(record.line, error)
                }
            }
            try indexer.index.load(added, writing.db)
            try writing.finish(container, through: last, isLast: isLast, storing: ids, outcome)
            return outcome
        }
    }

    private func prepare(_ record: NewRecord, of container: RecordContainer) throws -> PreparedRecord {
        var document = record.document
        document.origin = container.origin
        document.origin.line = record.line
        try configuration.validate(document, object: "line \(record.line)")
        guard document.version == 1 else {
            throw ArchiveError.conflict(.version(object: "line \(record.line)", given: document.version, current: 0))
        }
        let source = StoredSource(
            document: document, structure: record.structure, segments: [], revision: 1, external: record.external,
            collection: container.collection, addedAt: "", addedBy: "")
        return PreparedRecord(line: record.line, source: source, index: try record.index ?? indexer.maker(source))
    }
}

/// A record whose promises are checked and whose index entries are made.
struct PreparedRecord: Sendable {
    let line: Int
    let source: StoredSource
    let index: [IndexDocument]
}

extension Writing {
    /// Stores one record; gives the id of the source that was added or revised, nil when nothing changed.
    func put(
        _ record: PreparedRecord, container: RecordContainer, _ indexer: Indexer, _ outcome: inout RecordsOutcome
    ) throws -> SourceID? {
        let id = record.source.document.id
        if let external = record.source.external {
            let key = ReservedNamespace.externalKey(external, in: container.collection)
            let holder = SourceID(rawValue: try db.reserve(key, in: .external, for: id.rawValue))
            if holder != id {
                if try db.isLive(holder) {
                    return try revise(holder, by: record, container: container, indexer, &outcome)
                }
                try db.rereserve(key, in: .external, for: id.rawValue)
            }
        }
        let taken = try db.row(
            "SELECT 1 FROM source WHERE bucket = ? AND id = ?", [RoutingKey(id).bucket, id.rawValue])
        guard taken == nil else { throw ArchiveError.conflict(.identity(object: "source:\(id)")) }
        try SourceRow.insert(record.source, container: true, self)
        outcome.added += 1
        return id
    }

    /// A record that the collection has: unchanged, a new text version, or a second record of that id in one file.
    private func revise(
        _ id: SourceID, by record: PreparedRecord, container: RecordContainer, _ indexer: Indexer,
        _ outcome: inout RecordsOutcome
    ) throws -> SourceID? {
        let before = try live(id)
        let new = record.source.document
        guard before.document.text != new.text || before.document.title != new.title else {
            outcome.unchanged += 1
            return nil
        }
        guard before.document.origin.sha256 != container.origin.sha256 else {
            throw ArchiveError.conflict(
                .identity(object: "record:\(record.source.external ?? "") (line \(record.line))"))
        }
        var after = before
        after.document = new.revising(before.document)
        after.structure = record.source.structure
        after.segments = []
        after.revision = before.revision + 1
        try appendVersion(of: after, over: before, reason: container.origin.fileName)
        try indexer.update(id, with: indexer.maker(after), isGiven: true, self)
        outcome.revised += 1
        return id
    }

    /// Notes the last line that is stored, with one audit event for the transaction.
    func finish(
        _ container: RecordContainer, through line: Int, isLast: Bool, storing ids: [SourceID],
        _ outcome: RecordsOutcome
    ) throws {
        let hex = container.origin.sha256.hex
        try db.run(
            """
            UPDATE container SET lastLine = max(lastLine, ?), complete = max(complete, ?)
            WHERE bucket = ? AND sha256 = ? AND collection = ?
            """, [line, isLast ? 1 : 0, RoutingKey(hex).bucket, hex, container.collection])
        var hasher = SHA256Digest.Hasher()
        for id in ids { hasher.update(Array("\(id)\n".utf8)) }
        try record(
            .addRecords, "container:\(hex)",
            [
                "throughLine": String(line), "stored": String(ids.count), "ids": hasher.finalize().hex,
                "complete": String(isLast), "rejected": String(outcome.rejected),
            ])
    }
}

extension SourceDocument {
    /// This record as the next text version of `known`: what the file says replaces what an earlier file said; level and
    /// scope stay as people set them.
    func revising(_ known: SourceDocument) -> SourceDocument {
        var document = self
        document.id = known.id
        document.version = known.version + 1
        document.classification = known.classification
        document.scope = known.scope
        return document
    }
}
