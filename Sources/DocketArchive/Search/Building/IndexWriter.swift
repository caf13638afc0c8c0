import DocketCore
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
                try remove(doc, name, source, seq, db)
            case .removeSource(let source):
                for (name, doc) in try documents(of: source, db) {
                    seq += 1
                    try remove(doc, name, source, seq, db)
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
        let replaced = try supersede(document, seq, db)
        try db.run(
            "INSERT INTO recent (part, seq, replaced, terms) VALUES (?, ?, ?, ?)", [part, seq, replaced, row.data])
    }

    /// Stores what is shown of a document under number `seq`, and takes its forerunner away.
    /// - Returns: the forerunner's number where a segment holds it.
    func supersede(_ document: IndexDocument, _ seq: Int, _ db: Database) throws -> Int? {
        let name = IndexedFacts.name(document.id, in: document.source)
        var replaced: Int?
        if let old = try self.document(name, document.source, db) {
            replaced = try forget(old, db)
        }
        try db.run(
            "INSERT INTO indexed (part, doc, facts) VALUES (?, ?, ?)",
            [part, seq, IndexedFacts(document).encoded().data])
        try db.run(
            """
            INSERT INTO indexKey (part, source, name, doc) VALUES (?, ?, ?, ?)
            ON CONFLICT (part, source, name) DO UPDATE SET doc = excluded.doc
            """, [part, document.source.rawValue, name, seq])
        return replaced
    }

    private func remove(_ doc: Int, _ name: String, _ source: SourceID, _ seq: Int, _ db: Database) throws {
        let replaced = try forget(doc, db)
        try db.run("DELETE FROM indexKey WHERE part = ? AND source = ? AND name = ?", [part, source.rawValue, name])
        guard let replaced else { return }
        try db.run("INSERT INTO recent (part, seq, replaced, terms) VALUES (?, ?, ?, NULL)", [part, seq, replaced])
    }

    /// Deletes what is kept of document `doc` outside segments.
    /// - Returns: the document of a segment that is dead now: `doc` itself, or the one that it had replaced.
    private func forget(_ doc: Int, _ db: Database) throws -> Int? {
        try db.run("DELETE FROM indexed WHERE part = ? AND doc = ?", [part, doc])
        guard let row = try db.row("SELECT replaced FROM recent WHERE part = ? AND seq = ?", [part, doc]) else {
            return doc
        }
        let replaced: Int? = row[0]
        try db.run("DELETE FROM recent WHERE part = ? AND seq = ?", [part, doc])
        return replaced
    }

    private func document(_ name: String, _ source: SourceID, _ db: Database) throws -> Int? {
        try db.value(
            "SELECT doc FROM indexKey WHERE part = ? AND source = ? AND name = ?", [part, source.rawValue, name])
    }

    private func documents(of source: SourceID, _ db: Database) throws -> [(String, Int)] {
        try db.rows("SELECT name, doc FROM indexKey WHERE part = ? AND source = ?", [part, source.rawValue])
            .map { ($0[0], $0[1]) }
    }
}
