public import DocketCore
import GRDB

/// A catalogue entry as the library has it.
public struct StoredEntry: Sendable, Equatable, Encodable {
    /// The entry, with the levels it has now.
    public var entry: CatalogueEntry
    /// Where it stands.
    public var status: CatalogueEntry.Status
    /// Revision, from 1; a change names the one it read.
    public var revision: Int
    /// Name of the submission it went out with last; nil for none.
    public var submission: String?
    /// When it was made, ISO 8601 in UTC.
    public var createdAt: String
    /// When it was changed last.
    public var changedAt: String

    /// An entry at a revision.
    public init(
        entry: CatalogueEntry, status: CatalogueEntry.Status = .suggested, revision: Int = 1, submission: String? = nil,
        createdAt: String = "", changedAt: String = ""
    ) {
        self.entry = entry
        self.status = status
        self.revision = revision
        self.submission = submission
        self.createdAt = createdAt
        self.changedAt = changedAt
    }
}

/// One step in the life of an entry.
public struct EntryRevision: Sendable, Equatable, Encodable {
    /// Revision, from 1.
    public var revision: Int
    /// Where the entry stood from then on.
    public var status: CatalogueEntry.Status
    /// Who made it.
    public var actor: String
    /// When, ISO 8601 in UTC.
    public var time: String
    /// What was done.
    public var note: String
}

/// What became of proposed entries.
public struct ProposalOutcome: Sendable, Equatable {
    /// The entries, in the order of the proposals, as they are stored now.
    public var entries: [StoredEntry] = []
    /// How many were new.
    public var added = 0
    /// How many changed an entry that was there.
    public var renewed = 0
    /// How many changed nothing.
    public var unchanged = 0
}

/// Which entries are listed; nil asks for all.
public struct EntryFilter: Sendable, Equatable {
    /// Items or folders.
    public var level: CatalogueEntry.Level?
    /// Where they stand.
    public var statuses: Set<CatalogueEntry.Status>?
    /// 案號 of the folder they belong to, or are.
    public var folder: FileNumber?
    /// Changed at this time or later, ISO 8601 in UTC.
    public var changedSince: String?

    /// Entries of these.
    public init(
        level: CatalogueEntry.Level? = nil, statuses: Set<CatalogueEntry.Status>? = nil, folder: FileNumber? = nil,
        changedSince: String? = nil
    ) {
        self.level = level
        self.statuses = statuses
        self.folder = folder
        self.changedSince = changedSince
    }
}

extension CatalogueEntry {
    /// What an entry describes, the same for every proposal for it: its one source, or its file number; nil for neither.
    ///
    /// A folder is known by its number alone: what is in it changes.
    var anchor: String? {
        switch level {
        case .item:
            sources.first.map { "item:source:\($0)" } ?? fileNumber.map { "item:number:\($0.text)" }
        case .folder: fileNumber.map { "folder:number:\($0.folder.text)" }
        }
    }
}

/// Rows of table `entry`.
enum EntryRow {
    static let columns =
        "id, revision, status, classification, scope, submission, createdAt, changedAt, body"

    static func stored(_ row: Row) throws -> StoredEntry {
        let id: String = row["id"]
        var entry = try Coding.value(CatalogueEntry.self, from: row["body"], of: "entry:\(id)")
        entry.classification = try SourceRow.classification(row["classification"])
        entry.scope = row["scope"]
        return StoredEntry(
            entry: entry, status: try SourceRow.value(CatalogueEntry.Status.self, row["status"]),
            revision: row["revision"], submission: SourceRow.nonEmpty(row["submission"]), createdAt: row["createdAt"],
            changedAt: row["changedAt"])
    }

    static func load(_ id: EntryID, _ db: Database) throws -> StoredEntry? {
        try db.row(
            "SELECT \(columns) FROM entry WHERE bucket = ? AND id = ?", [RoutingKey(id.rawValue).bucket, id.rawValue]
        ).map(stored)
    }

    /// The entry to be changed, when it is still at the revision that the caller read.
    static func current(_ id: EntryID, revision: Int?, _ db: Database) throws -> StoredEntry {
        guard let stored = try load(id, db) else { throw ArchiveError.notFound("entry:\(id)") }
        guard revision == nil || stored.revision == revision else {
            throw ArchiveError.conflict(
                .revision(object: "entry:\(id)", expected: revision ?? 0, found: stored.revision))
        }
        return stored
    }
}

extension Writing {
    /// Writes an entry as its next revision, with its sources and what can be found of it.
    func put(_ stored: StoredEntry, note: String, indexing: any RecordIndexing) throws {
        let entry = stored.entry
        let bucket = RoutingKey(entry.id.rawValue).bucket
        let body = try Coding.text(entry)
        try db.run(
            """
            INSERT INTO entry (bucket, id, revision, level, status, anchor, number, folder, title, classification, scope,
                submission, createdAt, changedAt, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (bucket, id) DO UPDATE SET revision = excluded.revision, status = excluded.status,
                anchor = excluded.anchor, number = excluded.number, folder = excluded.folder, title = excluded.title,
                classification = excluded.classification, scope = excluded.scope, submission = excluded.submission,
                changedAt = excluded.changedAt, body = excluded.body
            """,
            [
                bucket, entry.id.rawValue, stored.revision, entry.level.rawValue, stored.status.rawValue,
                entry.anchor ?? "", entry.fileNumber?.text ?? "", entry.fileNumber?.folder.text ?? "", entry.title,
                entry.classification.rank, entry.scope, stored.submission ?? "", stored.createdAt, stored.changedAt,
                body,
            ])
        try db.run(
            """
            INSERT INTO entryRevision (bucket, entry, revision, status, actor, ts, note, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [bucket, entry.id.rawValue, stored.revision, stored.status.rawValue, actor.description, now, note, body])
        try db.run("DELETE FROM entrySource WHERE bucket = ? AND entry = ?", [bucket, entry.id.rawValue])
        for source in Set(entry.sources) {
            try db.run(
                "INSERT INTO entrySource (bucket, entry, source) VALUES (?, ?, ?)",
                [bucket, entry.id.rawValue, source.rawValue])
        }
        let documents = stored.status == .rejected ? [] : [IndexDocument(describing: stored)]
        try indexing.replace(SourceID(rawValue: entry.id.rawValue), with: documents, db)
    }
}
