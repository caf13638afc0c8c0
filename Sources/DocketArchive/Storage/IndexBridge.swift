import DocketCore
import GRDB

/// What the archive asks of the search index inside a record's own transaction.
///
/// Everything that knows the index's types stands in this file.
protocol RecordIndexing: Sendable {
    /// Replaces all that is indexed of `source` by `documents`; none takes the source out of the index.
    func replace(_ source: SourceID, with documents: [IndexDocument], _ db: Database) throws
    /// Adds many documents of sources that have none in the index; faster than `replace` and found as soon.
    func load(_ documents: [IndexDocument], _ db: Database) throws
    /// Empties the index, before it is built anew.
    func clear(_ db: Database) throws
}

/// The index of postings in the library's own tables.
struct PostingIndexing: RecordIndexing {
    func replace(_ source: SourceID, with documents: [IndexDocument], _ db: Database) throws {
        try IndexWriter().apply([.removeSource(source)] + documents.map(IndexChange.put), db)
    }

    func load(_ documents: [IndexDocument], _ db: Database) throws {
        guard !documents.isEmpty else { return }
        var loader = try IndexLoader(IndexWriter(), db)
        for document in documents { try loader.put(document, db) }
        _ = try loader.finish(db)
    }

    func clear(_ db: Database) throws {
        // Zeroing every freed page would write the whole index again; its words stand in the library's tables.
        let was: Int = try db.value("PRAGMA secure_delete") ?? 0
        try db.execute(sql: "PRAGMA secure_delete = FAST")
        try IndexSchema.clear(db)
        try db.execute(sql: "PRAGMA secure_delete = \(was)")
    }
}

/// Makes what is indexed of one source; the pipeline hands one in when it opens a library.
///
/// It is called outside transactions, and again whenever a correction changes what the source says of itself.
public typealias IndexMaker = @Sendable (StoredSource) throws -> [IndexDocument]

/// Keeps the index equal to the live sources, in the transactions that change them.
struct Indexer: Sendable {
    let index: any RecordIndexing
    let maker: IndexMaker

    /// Indexes a source, and those whose tracked items its change has moved.
    ///
    /// `documents` were made before the transaction; nil makes them now, and so does a change of the source's own items,
    /// unless the caller insists on them with `isGiven`.
    func update(_ id: SourceID, with documents: [IndexDocument]?, isGiven: Bool = false, _ writing: Writing) throws {
        if let documents, isGiven || !writing.touched.contains(id) {
            try index.replace(id, with: documents, writing.db)
            writing.touched.remove(id)
        } else {
            writing.touched.insert(id)
        }
        try updateTouched(writing)
    }

    /// Indexes the sources whose tracked items changed their state.
    func updateTouched(_ writing: Writing) throws {
        for id in writing.touched.sorted() {
            guard let source = try SourceRow.load(id, viewer: .everything, writing.db) else { continue }
            try index.replace(id, with: maker(source), writing.db)
        }
        writing.touched = []
    }
}

/// Indexes nothing.
struct NoIndex: RecordIndexing {
    func replace(_ source: SourceID, with documents: [IndexDocument], _ db: Database) throws {}
    func load(_ documents: [IndexDocument], _ db: Database) throws {}
    func clear(_ db: Database) throws {}
}
