import DocketCore
import GRDB

/// Ranks the documents of a corpus for questions, with the index and the ranking that a library uses; no library is needed.
public enum RetrievalPrediction {
    /// Identities of the best documents for each query, in the order of the queries.
    /// - Parameters:
    ///   - documents: identity, title (may be empty) and text of each document; identities are unique.
    ///   - queries: identity and words of each query; all are read as plain questions.
    ///   - limit: most documents a query, 1...1000.
    /// - Returns: identity of the query and those of its documents, best first; documents that share nothing with the query
    ///   are left out.
    /// - Throws: `ArchiveError`, or `CancellationError`.
    public static func ranked(
        documents: [(id: String, title: String, text: String)], queries: [(id: String, text: String)], limit: Int = 100
    ) async throws -> [(query: String, documents: [String])] {
        // An empty name is a temporary file, in memory as long as it is small.
        let queue = try DatabaseQueue(path: "")
        try await queue.write { db in
            try IndexSchema.createTables(db)
            var loader = try IndexLoader(IndexWriter(), db)
            for (number, document) in documents.enumerated() {
                // The same title on every part of a document tells nothing of the part.
                try loader.put(
                    IndexDocument(
                        id: document.id, kind: .entry, source: SourceID(rawValue: document.id), ordinal: number,
                        title: document.title, isTitleSearched: !document.title.isEmpty,
                        fields: [IndexField(.body, document.text)]), db)
            }
            _ = try loader.finish(db)
        }
        let index = PostingSearchIndex(SQLitePostingSource(queue))
        let viewer = Viewer(clearance: .topSecret)
        var answers: [(query: String, documents: [String])] = []
        for query in queries {
            let answer = try await index.search(
                SearchRequest(query.text, viewer: viewer, order: .relevance, limit: limit, mode: .question))
            answers.append((query.id, answer.hits.map(\.id)))
        }
        return answers
    }
}
