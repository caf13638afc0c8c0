public import DocketCore
public import Foundation
import GRDB

extension Library {
    /// Adds one source; the same bytes twice are one source.
    ///
    /// Its bytes are put first, then all its rows, its index entries and its place in the ledger of tracked items are
    /// written in one transaction.
    ///
    /// Minutes, agendas, attendance lists and transcripts are linked to their meeting, which is made when it is not there;
    /// a series that is named and unknown is made too.
    /// - Throws: `ArchiveError.refused(.aboveCeiling)` (SEC-01), `.refused(.invalid)` when the document does not keep its
    ///   promises or its digest is not that of the bytes, `.conflict(.identity)` when the id or external id is another
    ///   source's, `.readOnly`, `.diskFull`, `.locked`.
    public func add(_ new: NewSource, by actor: Actor) async throws -> AddOutcome {
        try await admit(new.document, by: actor)
        guard new.document.version == 1 else {
            throw ArchiveError.conflict(
                .version(object: "source:\(new.document.id)", given: new.document.version, current: 0))
        }
        let key = new.document.origin.reservedKey
        if let known = try await liveSource(ofOriginal: key) { return AddOutcome(id: known, duplicate: true) }
        let receipt = try await blobs.put(new.original)
        guard receipt.digest == new.document.origin.sha256 else {
            throw ArchiveError.refused(
                .invalid(object: new.document.origin.fileName, reason: .changedWhileRead))
        }
        return try await retryingPlan {
            let plan = try await self.plan(for: new.document, structure: new.structure, reference: new.meeting)
            let source = self.stored(new, series: plan?.series)
            let index = try new.index ?? self.indexer.maker(source)
            let outcome = try await self.insert(
                source, plan: plan, original: key, index: index, isGiven: new.index != nil, by: actor)
            await self.upkeep()
            return outcome
        }
    }

    private func stored(_ new: NewSource, series: MeetingSeries?) -> StoredSource {
        StoredSource(
            document: new.document, structure: new.structure, segments: new.segments, revision: 1,
            external: new.external, collection: new.collection, series: series?.id, seriesName: series?.name,
            addedAt: "", addedBy: "")
    }

    private func insert(
        _ source: StoredSource, plan: MeetingPlan?, original: String, index: [IndexDocument], isGiven: Bool,
        by actor: Actor
    ) async throws -> AddOutcome {
        let id = source.document.id
        let keys = [RoutingKey(id)] + (plan?.series.map { [RoutingKey($0.id)] } ?? [])
        let indexer = indexer
        return try await store.writeAcross(
            keys, because: "a source, its meeting and its tracked items are one fact", by: actor
        ) { writing in
            let holder = try writing.db.reserve(original, in: .original, for: id.rawValue)
            if holder != id.rawValue {
                let holderID = SourceID(rawValue: holder)
                guard try writing.isWithdrawn(holderID) else { return AddOutcome(id: holderID, duplicate: true) }
                try writing.db.rereserve(original, in: .original, for: id.rawValue)
            }
            try writing.claimIdentity(of: source)
            try SourceRow.insert(source, container: false, writing)
            let meeting = try plan.flatMap { try $0.apply(to: source, writing) }
            try TrackingLedger.refresh(source, meetings: meeting.map { [$0] } ?? [], writing)
            try indexer.update(id, with: index, isGiven: isGiven, writing)
            try writing.record(
                .addSource, "source:\(id)",
                [
                    "kind": source.document.kind.rawValue, "original": original,
                    "classification": source.document.classification.rawValue,
                ])
            return AddOutcome(id: id, duplicate: false, meeting: meeting?.id)
        }
    }

    /// Checks the promises of a document before anything is stored; a refusal for secrecy is audited.
    func admit(_ document: SourceDocument, by actor: Actor) async throws {
        guard mode == .write else { throw ArchiveError.readOnly(folder: folder.path) }
        let object = "source:\(document.id)"
        if document.classification > configuration.ceiling {
            try await record(
                .denied, object, detail: ["rule": "SEC-01", "classification": document.classification.rawValue],
                by: actor)
        }
        try configuration.validate(document, object: object)
    }

    private func liveSource(ofOriginal key: String) async throws -> SourceID? {
        try await store.read(RoutingKey(key), as: .everything) { reading in
            guard let id = try reading.db.reserved(key, in: .original).map(SourceID.init(rawValue:)) else { return nil }
            return try reading.db.isLive(id) ? id : nil
        }
    }
}

extension Origin {
    /// What makes an original unique: its digest, with the line for a record of a container.
    var reservedKey: String { line.map { "\(sha256.hex):\($0)" } ?? sha256.hex }
}

extension LibraryConfiguration {
    /// - Throws: `ArchiveError.refused` with the first promise that `document` breaks.
    func validate(_ document: SourceDocument, object: String) throws {
        func refuse(_ zhHant: String, _ en: String) -> ArchiveError {
            .refused(.invalid(object: object, reason: LocalizedText(zhHant: zhHant, en: en)))
        }
        guard document.classification <= ceiling else {
            throw ArchiveError.refused(.aboveCeiling(level: document.classification, ceiling: ceiling))
        }
        let bytes = document.text.utf8.count
        guard bytes <= maximumTextBytes else {
            throw ArchiveError.refused(.tooLarge(object: object, bytes: bytes, limit: maximumTextBytes))
        }
        guard (1...200).contains(document.id.rawValue.utf8.count) else {
            throw refuse("識別碼空白或過長", "its id is empty or too long")
        }
        guard !document.text.utf8.contains(0), !document.title.utf8.contains(0) else {
            throw refuse("文字含有 NUL 字元", "its text has a NUL character")
        }
        guard !document.scope.utf8.contains(UInt8(ascii: "\n")) else {
            throw refuse("範圍含有換行", "its scope has a line break")
        }
        guard document.isPartitioned else {
            throw refuse("段落未能完整劃分文字", "its passages do not partition its text")
        }
    }
}

// MARK: - Reading

extension Library {
    /// One source with its text, passages, structure and segments.
    ///
    /// `version` is a text version from 1; nil means the current one.
    /// - Throws: `ArchiveError.notFound` when the viewer may not see it, it was withdrawn, or there is none.
    public func source(_ id: SourceID, version: Int? = nil, viewer: Viewer) async throws -> StoredSource {
        try await store.read(RoutingKey(id), as: viewer) { reading in
            guard let source = try SourceRow.load(id, version: version, viewer: reading.viewer, reading.db) else {
                throw ArchiveError.notFound("source:\(id)")
            }
            return source
        }
    }

    /// Original bytes of a source (of the container, for a record of one), or a range of them.
    ///
    /// - Throws: `ArchiveError.notFound` as for `source`, `.corrupt` when the bytes are damaged.
    public func original(of id: SourceID, range: Range<Int>? = nil, viewer: Viewer) async throws -> Data {
        let digest = try await source(id, viewer: viewer).document.origin.sha256
        return try await blobs.get(digest, range: range)
    }

    /// The source whose record id in `collection` is `external`; nil when the viewer sees none.
    public func source(external: String, collection: String = "", viewer: Viewer) async throws -> SourceID? {
        let key = ReservedNamespace.externalKey(external, in: collection)
        return try await store.read(RoutingKey(key), as: viewer) { reading in
            guard let id = try reading.db.reserved(key, in: .external).map(SourceID.init(rawValue:)) else { return nil }
            return try reading.db.isVisible(id, to: reading.viewer) ? id : nil
        }
    }
}

// MARK: - Rows

extension Writing {
    /// Takes the source's name and its external id, or finds them taken.
    func claimIdentity(of source: StoredSource) throws {
        let id = source.document.id
        let taken = try db.row(
            "SELECT 1 FROM source WHERE bucket = ? AND id = ?", [RoutingKey(id).bucket, id.rawValue])
        guard taken == nil else { throw ArchiveError.conflict(.identity(object: "source:\(id)")) }
        guard let external = source.external else { return }
        let key = ReservedNamespace.externalKey(external, in: source.collection)
        let holder = SourceID(rawValue: try db.reserve(key, in: .external, for: id.rawValue))
        guard holder != id else { return }
        guard try isWithdrawn(holder) else { throw ArchiveError.conflict(.identity(object: "record:\(external)")) }
        try db.rereserve(key, in: .external, for: id.rawValue)
    }

    func isWithdrawn(_ id: SourceID) throws -> Bool { try !db.isLive(id) }
}

extension Database {
    func isLive(_ id: SourceID) throws -> Bool {
        try row(
            "SELECT 1 FROM source WHERE bucket = ? AND id = ? AND state = 'live'",
            [RoutingKey(id).bucket, id.rawValue]) != nil
    }

    /// Level and scope of a source, withdrawn or not; nil when there was never one of this name.
    func level(ofSource id: String) throws -> (Classification, String)? {
        try row(
            "SELECT classification, scope FROM source WHERE bucket = ? AND id = ?", [RoutingKey(id).bucket, id]
        ).map { (try SourceRow.classification($0["classification"]), $0["scope"]) }
    }

    func isVisible(_ id: SourceID, to viewer: Viewer) throws -> Bool {
        let named: StatementArguments = ["bucket": RoutingKey(id).bucket, "id": id.rawValue]
        return try row(
            """
            SELECT 1 FROM source WHERE bucket = :bucket AND id = :id AND state = 'live' AND \(Viewer.accessCondition)
            """, named + viewer.accessArguments) != nil
    }
}
