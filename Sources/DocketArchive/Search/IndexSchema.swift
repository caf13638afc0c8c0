import Foundation
import GRDB

/// The tables of the search index: derived data, dropped and made anew by a reindex.
enum IndexSchema {
    /// Makes the tables; called by the migration that first needs them.
    static func createTables(_ db: Database) throws {
        for statement in tables { try db.execute(sql: statement) }
    }

    /// Makes the tables of rows anew that an earlier form had otherwise.
    ///
    /// Where there is an index its number of the form stays, so that it is asked for a reindex before it is searched.
    static func replaceTables(_ db: Database) throws {
        for name in names where name != "indexPart" {
            try db.execute(sql: "DROP TABLE \(name) /* reference: schema */")
        }
        for statement in tables where !statement.contains("CREATE TABLE indexPart") { try db.execute(sql: statement) }
    }

    /// Empties the index, before everything is indexed anew.
    ///
    /// Numbers of changes and segments go on, so that nothing kept in a memory is taken for something new, and a
    /// merge under way elsewhere finds its lease gone.
    static func clear(_ db: Database) throws {
        for name in names where name != "indexPart" { try db.execute(sql: "DELETE FROM \(name)") }
        try db.execute(
            sql: """
                UPDATE indexPart SET owner = '', leaseUntil = 0, epoch = epoch + 1, format = \(format) WHERE part >= 0
                """)
    }

    /// Form of the rows: a library whose index has another one is indexed anew.
    static let format = 4

    /// The key of a document's row: part and sequence number of the change that put it, below 2^40, in one number.
    static func documentKey(part: Int, doc: Int) -> Int { part << 40 | doc }

    static let names = ["indexPart", "indexed", "indexKey", "segment", "posting", "rare", "length", "dead", "recent"]

    private static let tables = [
        // One row a part: the row that gives out sequence numbers, and the lease of the one who folds and merges.
        """
        CREATE TABLE indexPart (
            part INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, nextSegment INTEGER NOT NULL, format INTEGER NOT NULL,
            owner TEXT NOT NULL, epoch INTEGER NOT NULL, leaseUntil INTEGER NOT NULL
        ) STRICT
        """,
        // What hits show of a document, by `IndexSchema.documentKey`.
        """
        CREATE TABLE indexed (key INTEGER NOT NULL PRIMARY KEY, facts BLOB NOT NULL) STRICT
        """,
        // From identity to document by `DocumentName`; two identities may share a row's numbers.
        """
        CREATE TABLE indexKey (
            part INTEGER NOT NULL, source INTEGER NOT NULL, name INTEGER NOT NULL, doc INTEGER NOT NULL,
            PRIMARY KEY (part, source, name, doc)
        ) STRICT, WITHOUT ROWID
        """,
        // `upTo`: the last term that a merge has written.
        """
        CREATE TABLE segment (
            part INTEGER NOT NULL, id INTEGER NOT NULL, fromDoc INTEGER NOT NULL, toDoc INTEGER NOT NULL,
            docs INTEGER NOT NULL, dead INTEGER NOT NULL, bytes INTEGER NOT NULL, state TEXT NOT NULL,
            upTo TEXT NOT NULL, PRIMARY KEY (part, id)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE posting (
            part INTEGER NOT NULL, segment INTEGER NOT NULL, term TEXT NOT NULL, block INTEGER NOT NULL,
            n INTEGER NOT NULL, firstDoc INTEGER NOT NULL, lastDoc INTEGER NOT NULL, maxScore REAL NOT NULL,
            docs BLOB NOT NULL, positions BLOB NOT NULL, PRIMARY KEY (part, segment, term, block)
        ) STRICT
        """,
        // Terms with few postings, many to a row: `term` is the last of them. Rows of this size stand behind an index of
        // their own: on the pages of a table without row numbers they would leave eight keys to each, and most of looking a term
        // up would be finding its row.
        """
        CREATE TABLE rare (
            part INTEGER NOT NULL, segment INTEGER NOT NULL, term TEXT NOT NULL, terms BLOB NOT NULL,
            PRIMARY KEY (part, segment, term)
        ) STRICT
        """,
        // Length, date and order key of each document of a segment, in ranges of documents.
        """
        CREATE TABLE length (
            part INTEGER NOT NULL, segment INTEGER NOT NULL, column INTEGER NOT NULL, chunk INTEGER NOT NULL,
            numbers BLOB NOT NULL, PRIMARY KEY (part, segment, column, chunk)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE dead (
            part INTEGER NOT NULL, segment INTEGER NOT NULL, bitmap BLOB NOT NULL, PRIMARY KEY (part, segment)
        ) STRICT, WITHOUT ROWID
        """,
        // One row a change that no segment holds yet: a document put, one taken out of a segment, or both.
        """
        CREATE TABLE recent (
            part INTEGER NOT NULL, seq INTEGER NOT NULL, replaced INTEGER, terms BLOB,
            PRIMARY KEY (part, seq)
        ) STRICT, WITHOUT ROWID
        """,
    ]
}

extension [UInt8] {
    /// The bytes as SQLite takes them.
    var data: Data { Data(self) }
}
