public import DocketCore
public import Foundation
import GRDB

/// A library: a folder with `docket.sqlite` (records and index) and `originals/` (bytes as received, by SHA-256).
///
/// One value of this type is one open library, usable from any task. Its calls are grouped by topic:
///
/// - opening: `create(at:configuration:by:)`, `open(at:mode:configuration:)`;
/// - sources: `add(_:by:)`, `addRecords(_:of:batch:by:progress:)`, `addVersion(_:of:revision:reason:by:)`,
///   `source(_:version:viewer:)`, `original(of:viewer:)`, `list(_:page:limit:viewer:)`,
///   `set(_:on:revision:meeting:reason:by:)`, `withdraw(_:revision:authority:reason:drafts:by:)`;
/// - meetings, series and rosters: `link(_:to:role:by:)`, `meeting(_:viewer:)`, `meetings(of:viewer:)`,
///   `putSeries(_:by:)`, `putRoster(_:named:by:)`, `roster()`;
/// - vocabularies: `putVocabulary(_:by:progress:)`, `vocabularies()`, `vocabulary(_:version:)`, `synonyms(of:)`;
/// - drafts and review: `store(_:by:)`, `edit(_:to:revision:note:by:)`, `review`, `approve`, `reject`, `draft(_:viewer:)`;
/// - tracked items: `trackedItems(series:state:viewer:)`, `trackingFindings(series:viewer:)`;
/// - jobs: `enqueue(_:titled:by:)`, `jobs(_:page:limit:viewer:)`, `order(_:_:viewer:by:)`, `makeWorker(by:)`, `JobStore`;
/// - search: `search(_:)`, `save(_:replacing:today:viewer:by:)`, `savedSearches(viewer:)`, `news(of:today:limit:viewer:)`;
/// - upkeep: `verifyAudit(against:)`, `check(fixity:)`, `statistics(viewer:)`, `tombstones(limit:viewer:)`,
///   `reindex(by:)`, `indexState()`, `maintain()`.
///
/// Every call that changes something takes an `Actor` and appends to the audit trail in its own transaction; every call
/// that shows something takes a `Viewer` and shows nothing above its clearance or outside its scopes, not even that it
/// exists. Editable things carry a revision; a change names the revision it read and is refused with
/// `ArchiveError.conflict` when somebody else was faster. Nothing is ever deleted: `withdraw` leaves a tombstone.
///
/// Errors are `ArchiveError`, or `CancellationError` when the calling task is cancelled; after either nothing has changed.
public final class Library: Sendable {
    /// The folder.
    public let url: URL
    /// What the library allows.
    public let configuration: LibraryConfiguration
    /// How it was opened.
    public let mode: Mode
    /// Original bytes.
    public let blobs: any BlobStore

    let store: SQLiteRecordStore
    let searchIndex: PostingSearchIndex
    let knowledgeCache = KnowledgeCache()
    let indexer: Indexer
    let migrator: Migrator
    let folder: LibraryFolder

    /// What a library is opened for.
    public enum Mode: Sendable {
        /// Reading only: works on a folder that cannot be written.
        case read
        /// Reading and writing.
        case write
    }

    init(
        folder: LibraryFolder, configuration: LibraryConfiguration, mode: Mode, store: SQLiteRecordStore,
        options: Options
    ) {
        url = folder.url
        self.folder = folder
        self.configuration = configuration
        self.mode = mode
        self.store = store
        searchIndex = PostingSearchIndex(SQLitePostingSource(store.reader))
        blobs = options.blobs ?? FolderBlobStore(root: folder.originals)
        indexer = Indexer(index: options.index, maker: options.indexMaker)
        migrator = options.migrator
    }

    /// Parts that tests replace and the pipeline fills in.
    struct Options: Sendable {
        var indexMaker: IndexMaker = { _ in [] }
        var index: any RecordIndexing = PostingIndexing()
        var blobs: (any BlobStore)?
        var migrator = Migrator.released
        var clock = StoreClock.system
        /// Sees the text of every statement, arguments left out.
        var onStatement: (@Sendable (String) -> Void)?
        /// Limit of the database file in pages, to make a full disk.
        var maximumPages: Int?
    }

    /// Closes the connections; calls under way fail.
    ///
    /// What is in the write-ahead log moves into the database file first. A library that is dropped closes by itself.
    public func close() throws {
        // A log that another program still reads stays, and loses nothing.
        try? store.writer?.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
        try store.reader.close()
    }
}

// MARK: - Creating and opening

extension Library {
    /// Makes a library in `url`, a folder that is new or empty but for `docket.yaml` and `models`.
    ///
    /// `indexMaker` says what is indexed of a source.
    /// - Throws: `ArchiveError.exists` when the folder holds a library or anything else, `.readOnly`, `.diskFull`.
    public static func create(
        at url: URL, configuration: LibraryConfiguration = LibraryConfiguration(), by actor: Actor,
        indexMaker: @escaping IndexMaker = { _ in [] }
    ) async throws -> Library {
        try await create(at: url, configuration: configuration, by: actor, options: Options(indexMaker: indexMaker))
    }

    /// Opens the library in `url`.
    ///
    /// An older library is brought up to this program's tables; beside that `.read` changes nothing. `configuration` is what
    /// `docket.yaml` says: nil takes what was last stored, and a difference is stored and audited when the library is open
    /// for writing. `indexMaker` says what is indexed of a source.
    /// - Throws: `ArchiveError.notALibrary`, `.newerVersion`, `.readOnly` (for `.write`), `.locked`, `.corrupt`.
    public static func open(
        at url: URL, mode: Mode, configuration: LibraryConfiguration? = nil,
        indexMaker: @escaping IndexMaker = { _ in [] }
    ) async throws -> Library {
        try await open(at: url, mode: mode, configuration: configuration, options: Options(indexMaker: indexMaker))
    }

    static func create(
        at url: URL, configuration: LibraryConfiguration, by actor: Actor, options: Options
    ) async throws -> Library {
        let folder = LibraryFolder(url)
        try LibraryOpening.prepareFolder(folder)
        let opening = LibraryOpening(folder: folder, options: options, configuration: configuration)
        let store = try await opening.write(isNew: true)
        let library = Library(
            folder: folder, configuration: configuration, mode: .write, store: store, options: options)
        try await library.storeConfiguration(configuration, action: .create, by: actor)
        return library
    }

    static func open(
        at url: URL, mode: Mode, configuration: LibraryConfiguration?, options: Options
    ) async throws -> Library {
        let folder = LibraryFolder(url)
        guard folder.databaseExists else { throw ArchiveError.notALibrary(folder: folder.path) }
        if mode == .write, !folder.isWritable { throw ArchiveError.readOnly(folder: folder.path) }
        let opening = LibraryOpening(
            folder: folder, options: options, configuration: configuration ?? LibraryConfiguration())
        let store = try await mode == .write ? opening.write(isNew: false) : opening.read()
        let kept = try await storedConfiguration(store)
        let library = Library(
            folder: folder, configuration: configuration ?? kept ?? LibraryConfiguration(), mode: mode, store: store,
            options: options)
        if mode == .write, let configuration, configuration != kept {
            try await library.storeConfiguration(configuration, action: .configure, by: Actor("system"))
        }
        return library
    }

    private static let configurationKey = "configuration"

    private static func storedConfiguration(_ store: SQLiteRecordStore) async throws -> LibraryConfiguration? {
        try await store.read(nil, as: .everything) { reading in
            let text: String? = try reading.db.value(
                "SELECT value FROM setting WHERE key = ? /* reference: setting */", [configurationKey])
            return try text.map { try Coding.value(LibraryConfiguration.self, from: $0, of: configurationKey) }
        }
    }

    private func storeConfiguration(
        _ configuration: LibraryConfiguration, action: AuditAction, by actor: Actor
    ) async throws {
        try await store.write(RoutingKey("library"), by: actor) { writing in
            try writing.setSetting(Self.configurationKey, to: try Coding.text(configuration))
            try writing.record(action, "library", ["ceiling": configuration.ceiling.rawValue])
        }
    }
}

extension Writing {
    /// Stores one named value of the library.
    func setSetting(_ key: String, to value: String?) throws {
        guard let value else {
            return try db.run("DELETE FROM setting WHERE key = ? /* reference: setting */", [key])
        }
        try db.run(
            """
            INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value
            /* reference: setting */
            """, [key, value])
    }
}
