import DocketCore
import Foundation
import GRDB

/// Writes changes of the index, always inside the transaction of the record they belong to.
struct IndexWriter: Sendable {
    /// The part that is written: one in a library on one machine.
    let part: Int

    init(part: Int = 0) { self.part = part }

    /// Applies `changes` in order; they are found as soon as the transaction commits.
    /// - Returns: the sequence number of the last change.
    /// - Throws: `ArchiveError.refused(.tooLarge)`, `DatabaseError`; the transaction must then be rolled back.
    @discardableResult
    func apply(_ changes: [IndexChange], _ db: Database) throws -> IndexSequence {
        var seq = try sequence(db)
        let terms = DocumentTerms()
        for change in changes {
            switch change {
            case .put(let document):
                seq += 1
                try put(document, terms, seq, db)
            case .remove(let id, let source):
                let name = IndexedFacts.name(id, in: source)
                guard let doc = try document(name, source, db) else { continue }
                seq += 1
                try remove((doc, DocumentName(source, name)), seq, db)
            case .removeSource(let source):
                for doc in try documents(of: source, db) {
                    seq += 1
                    try remove(doc, seq, db)
                }
            }
        }
        try db.run("UPDATE indexPart SET seq = ? WHERE part = ?", [seq, part])
        return IndexSequence(seq)
    }

    // MARK: - Parts of a change

    /// The last sequence number given out; the row is locked by the transaction from here on.
    func sequence(_ db: Database) throws -> Int {
        try db.run(
            """
            INSERT INTO indexPart (part, seq, nextSegment, format, owner, epoch, leaseUntil) VALUES (?, 0, 1, ?, '', 0, 0)
            ON CONFLICT (part) DO UPDATE SET seq = seq
            """, [part, IndexSchema.format])
        return try db.value("SELECT seq FROM indexPart WHERE part = ?", [part]) ?? 0
    }

    private func put(_ document: IndexDocument, _ terms: DocumentTerms, _ seq: Int, _ db: Database) throws {
        let row = try RecentRow.encode(document, terms: terms)
        let replaced = try supersede(document, DocumentName(document), seq, db)
        try db.run(
            "INSERT INTO recent (part, seq, replaced, terms) VALUES (?, ?, ?, ?)", [part, seq, replaced, row.data])
    }

    /// Stores what is shown of a document, named `key`, under number `seq`, and takes its forerunner away.
    ///
    /// `isNew`: the caller knows that there is none.
    /// - Returns: the forerunner's number where a segment holds it.
    func supersede(
        _ document: IndexDocument, _ key: DocumentName, _ seq: Int, isNew: Bool = false, _ db: Database
    ) throws -> Int? {
        var replaced: Int?
        if !isNew {
            let name = IndexedFacts.name(document.id, in: document.source)
            if let old = try self.document(name, document.source, db) { replaced = try forget(old, key, db) }
        }
        try db.run(
            "INSERT INTO indexed (key, facts) VALUES (?, ?)",
            [IndexSchema.documentKey(part: part, doc: seq), IndexedFacts.encoded(document).data])
        try db.run(
            "INSERT INTO indexKey (part, source, name, doc) VALUES (?, ?, ?, ?)", [part, key.source, key.name, seq])
        return replaced
    }

    private func remove(_ found: (doc: Int, key: DocumentName), _ seq: Int, _ db: Database) throws {
        guard let replaced = try forget(found.doc, found.key, db) else { return }
        try db.run("INSERT INTO recent (part, seq, replaced, terms) VALUES (?, ?, ?, NULL)", [part, seq, replaced])
    }

    /// Deletes what is kept of document `doc` outside segments.
    /// - Returns: the document of a segment that is dead now: `doc` itself, or the one that it had replaced.
    private func forget(_ doc: Int, _ key: DocumentName, _ db: Database) throws -> Int? {
        try db.run("DELETE FROM indexed WHERE key = ?", [IndexSchema.documentKey(part: part, doc: doc)])
        try db.run(
            "DELETE FROM indexKey WHERE part = ? AND source = ? AND name = ? AND doc = ?",
            [part, key.source, key.name, doc])
        guard let row = try db.row("SELECT replaced FROM recent WHERE part = ? AND seq = ?", [part, doc]) else {
            return doc
        }
        let replaced: Int? = row[0]
        try db.run("DELETE FROM recent WHERE part = ? AND seq = ?", [part, doc])
        return replaced
    }

    // MARK: - Names

    /// The largest number of a source that the index holds, nil without any: all larger ones are new.
    func lastSource(_ db: Database) throws -> Int64? {
        try db.value("SELECT source FROM indexKey WHERE part = ? ORDER BY source DESC LIMIT 1", [part])
    }

    private func document(_ name: String, _ source: SourceID, _ db: Database) throws -> Int? {
        let key = DocumentName(source, name)
        return try db.rows(
            "SELECT doc FROM indexKey WHERE part = ? AND source = ? AND name = ?", [part, key.source, key.name]
        ).map { $0[0] as Int }.first { try identity(of: $0, db) == (source, name) }
    }

    private func documents(of source: SourceID, _ db: Database) throws -> [(doc: Int, key: DocumentName)] {
        let key = DocumentName(source, "")
        return try db.rows("SELECT doc FROM indexKey WHERE part = ? AND source = ?", [part, key.source])
            .compactMap { row in
                let doc: Int = row[0]
                let (holder, name) = try identity(of: doc, db)
                return holder == source ? (doc, DocumentName(source, name)) : nil
            }
    }

    private func identity(of doc: Int, _ db: Database) throws -> (source: SourceID, name: String) {
        let facts: Data? = try db.value(
            "SELECT facts FROM indexed WHERE key = ?", [IndexSchema.documentKey(part: part, doc: doc)])
        return try (facts ?? Data()).withUnsafeBytes { try IndexedFacts.identity(of: $0) }
    }
}
