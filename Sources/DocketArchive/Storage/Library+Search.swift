import DocketCore
import GRDB

extension Library: SearchIndex {
    /// Documents that match `request`, as its viewer may see them.
    ///
    /// While the index is being made anew the answer says `complete: false` and its total is a lower bound.
    /// - Throws: as `SearchIndex.search`, and `ArchiveError.incomplete` when the index has a form that this program does
    ///   not read.
    public func search(_ request: SearchRequest) async throws -> SearchAnswer {
        var (answer, isRebuilding) = try await searching { try await CorrectingSearch(index: $0).search(request) }
        guard isRebuilding else { return answer }
        answer.complete = false
        answer.total = .atLeast(answer.total.count)
        return answer
    }

    /// Runs `body` with the index and what is known of names; says whether the index was being made anew before.
    /// - Throws: `ArchiveError.incomplete` when the index has a form that this program does not read, and what `body` throws.
    func searching<T: Sendable>(
        _ body: (PostingSearchIndex) async throws -> T
    ) async throws -> (T, isRebuilding: Bool) {
        let state = try await indexState()
        guard state != .outdated else { throw ArchiveError.incomplete(part: folder.databasePath) }
        let index = PostingSearchIndex(
            searchIndex.source, ranking: searchIndex.ranking, knowledge: try await knowledge())
        return (try await explaining { try await body(index) }, state != .complete)
    }

    /// What the library knows of names.
    private func knowledge() async throws -> SearchKnowledge {
        try await knowledgeCache.knowledge(try await knowledgeVersion()) {
            let store = store
            return SearchKnowledge(roster: try await roster(), series: try await allSeries()) { words in
                let known = try await store.read(nil, as: .everything) {
                    try SynonymLookup.synonyms(of: words, $0.db)
                }
                return Dictionary(known.map { ($0.word, $0.labels) }, uniquingKeysWith: { first, _ in first })
            }
        }
    }

    private func explaining<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw ArchiveError(error, file: folder.databasePath, waitMilliseconds: store.waitMilliseconds)
        }
    }

    /// Folds and merges the index when enough has gathered, for a fifth of a second or little more.
    ///
    /// What is left then is done behind later changes, or by `maintain()`; a nil `limit` does all of it.
    func upkeep(within limit: Duration? = .milliseconds(200)) async {
        guard let writer = store.writer else { return }
        let maintenance = IndexMaintenance()
        // What is not done now is done after the next change: an index that is not folded is slower and as right.
        try? await LibraryOpening.offPool(file: folder.databasePath, waiting: store.waitMilliseconds) {
            guard try writer.read({ try maintenance.isDue($0) }) else { return }
            try maintenance.run(writer, within: limit)
        }
    }
}
