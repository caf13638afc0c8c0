import DocketCore
import GRDB

@testable import DocketArchive

/// An index of titles in one table: what the archive must keep equal to its live sources, seen without a search.
struct TableIndex: RecordIndexing {
    /// Options of a library whose sources are indexed by title.
    func options() -> Library.Options {
        var options = Library.Options()
        options.index = self
        options.indexMaker = { source in
            [
                IndexDocument(
                    id: source.document.id.rawValue, kind: .passage, source: source.document.id,
                    title: source.document.title)
            ]
        }
        return options
    }

    func replace(_ source: SourceID, with documents: [IndexDocument], _ db: Database) throws {
        try make(db)
        try db.execute(sql: "DELETE FROM titles WHERE source = ?", arguments: [source.rawValue])
        for document in documents {
            try db.execute(sql: "INSERT INTO titles VALUES (?, ?)", arguments: [source.rawValue, document.title])
        }
    }

    func load(_ documents: [IndexDocument], _ db: Database) throws {
        for (source, of) in Dictionary(grouping: documents, by: \.source) { try replace(source, with: of, db) }
    }

    func clear(_ db: Database) throws {
        try make(db)
        try db.execute(sql: "DELETE FROM titles")
    }

    private func make(_ db: Database) throws {
        try db.execute(sql: "CREATE TABLE IF NOT EXISTS titles (source TEXT, title TEXT)")
    }

    /// All indexed titles, ascending.
    static func titles(_ library: Library) throws -> [String] {
        try library.rows("SELECT title FROM titles ORDER BY title").map { $0["title"] }
    }
}
