public import DocketCore
import Foundation
import GRDB

extension Library {
    /// Most saved searches of a library.
    static let mostSavedSearches = 1000

    /// Saves a search; what it finds now is not news to viewers of this clearance and these scopes.
    ///
    /// Another search of the name is replaced only when `replacing` says so; all that it had told is forgotten with it.
    /// `today`, ISO 8601, is the day that "last year" counts from now. Gives the search as it is stored.
    /// - Throws: `ArchiveError.refused(.badValue)` for a name that is none, `.refused(.tooLarge)` for words over 8 KiB,
    ///   `.refused(.search)` when the name is taken or there are 1,000 searches, and as `search`: what cannot be run is not
    ///   saved.
    public func save(
        _ search: SavedSearch, replacing: Bool = false, today: String?, viewer: Viewer, by actor: Actor
    ) async throws -> SavedSearch {
        var search = search
        search.name = try SavedSearch.checked(name: search.name)
        let object = SavedSearch.object(search.name)
        guard search.words.utf8.count <= SavedSearch.longestWords else {
            throw ArchiveError.refused(
                .tooLarge(object: object, bytes: search.words.utf8.count, limit: SavedSearch.longestWords))
        }
        let body = try Coding.text(SavedSearchBody(search))
        guard body.utf8.count <= 8 * SavedSearch.longestWords else {
            throw ArchiveError.refused(
                .tooLarge(object: object, bytes: body.utf8.count, limit: 8 * SavedSearch.longestWords))
        }
        if !replacing, try await row(named: search.name) != nil {
            throw ArchiveError.refused(.search(name: search.name, .taken))
        }
        let (told, _) = try await untold(search, ToldHits(), today: today, limit: 0, snippetLength: 1, viewer: viewer)
        search.id = ULID().string
        let key = SavedSearchRow.key(search.name)
        return try await store.write(key, by: actor) { [search] writing in
            let known = try SavedSearchRow.load(search.name, writing.db)
            if known != nil, !replacing { throw ArchiveError.refused(.search(name: search.name, .taken)) }
            let count: Int = try writing.db.value("SELECT count(*) FROM savedSearch /* fan-out: saved searches */") ?? 0
            guard known != nil || count < Self.mostSavedSearches else {
                throw ArchiveError.refused(.search(name: search.name, .tooMany(limit: Self.mostSavedSearches)))
            }
            try SavedSearchRow.remove(key, writing.db)
            try writing.db.run(
                "INSERT INTO savedSearch (bucket, key, id, name, body, ts, actor) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [key.bucket, key.name, search.id, search.name, body, writing.now, writing.actor.description])
            try SavedSearchRow.put(ToldHits(told.census.matches.map(\.told)), of: search, viewer, writing)
            try writing.record(.saveSearch, object, known == nil ? [:] : ["replaces": known?.name ?? ""])
            var stored = search
            (stored.savedBy, stored.savedAt, stored.toldAt) = (
                writing.actor.description, writing.now, writing.now
            )
            return stored
        }
    }

    /// All saved searches, by name; `toldAt` is that of viewers like this one.
    /// - Throws: `ArchiveError.corrupt`.
    public func savedSearches(viewer: Viewer) async throws -> [SavedSearch] {
        try await store.read(nil, as: viewer) { reading in
            let rows = try reading.db.rows(
                """
                SELECT \(SavedSearchRow.columns), savedSearchTold.ts AS toldAt FROM savedSearch
                LEFT JOIN savedSearchTold ON savedSearchTold.bucket = savedSearch.bucket
                    AND savedSearchTold.key = savedSearch.key AND savedSearchTold.viewer = ?
                ORDER BY savedSearch.key LIMIT ? /* fan-out: saved searches */
                """, [try SavedSearchRow.viewer(reading.viewer), 2 * Self.mostSavedSearches])
            return try rows.map { try SavedSearchRow.search($0) }
        }
    }

    /// The saved search of this name.
    /// - Throws: `ArchiveError.refused(.search)` when there is none; `.refused(.invalid)` when a later version of Docket saved it.
    public func savedSearch(_ name: String, viewer: Viewer) async throws -> SavedSearch {
        guard var search = try await row(named: name) else { throw Self.noSearch(name) }
        search.toldAt = try await told(search, viewer)?.at
        return search
    }

    /// Forgets a saved search with all that it has told; gives its name as it was saved.
    /// - Throws: `ArchiveError.refused(.search)` when there is none.
    @discardableResult
    public func forget(savedSearch name: String, by actor: Actor) async throws -> String {
        let key = SavedSearchRow.key(name)
        return try await store.write(key, by: actor) { writing in
            let saved: String? = try writing.db.value(
                "SELECT name FROM savedSearch WHERE bucket = ? AND key = ?", [key.bucket, key.name])
            guard let saved else { throw Self.noSearch(name) }
            try SavedSearchRow.remove(key, writing.db)
            try writing.record(.forgetSearch, SavedSearch.object(saved))
            return saved
        }
    }

    // MARK: - News

    /// What a saved search finds that was not told to viewers of this clearance and these scopes.
    ///
    /// All matches are compared, by identity and words, before near-duplicates are folded; the latest 10,000 where there are
    /// more. Nothing is remembered yet: see `remember`. At most `limit` hits, 1...1000, are given.
    /// - Throws: as `search`.
    public func news(
        of search: SavedSearch, today: String?, limit: Int = 10, snippetLength: Int = 80, viewer: Viewer
    ) async throws -> SearchNews {
        let before = try await told(search, viewer)
        let (found, isRebuilding) = try await untold(
            search, before?.hits ?? ToldHits(), today: today, limit: min(max(1, limit), 1000),
            snippetLength: snippetLength, viewer: viewer)
        let shown = Set(found.shown.map(\.index) + found.folded)
        let told = found.census.matches.indices.filter { found.news[$0] == .known || shown.contains($0) }
        let isComplete = !isRebuilding && found.census.complete
        return SearchNews(
            items: found.shown.map { .init(hit: $0.hit, isChanged: found.news[$0.index] == .changed) },
            newCount: found.news.count { $0 == .new }, changedCount: found.news.count { $0 == .changed },
            shownCount: shown.count,
            total: isComplete ? found.census.total : .atLeast(found.census.total.count),
            isCapped: found.census.isCapped, complete: isComplete, since: before?.at, reading: found.census.reading,
            order: found.census.order, search: search, viewer: viewer,
            told: told.map { found.census.matches[$0].told })
    }

    /// Remembers that `news` was told: what it holds is told no more to viewers of its clearance and scopes.
    /// - Throws: `ArchiveError.refused(.search)` when the search was forgotten or replaced since; nothing is remembered then.
    public func remember(_ news: SearchNews, by actor: Actor) async throws {
        let (search, viewer) = (news.search, news.viewer)
        try await store.write(SavedSearchRow.key(search.name), by: actor) { writing in
            guard try SavedSearchRow.load(search.name, writing.db)?.id == search.id else {
                throw Self.noSearch(search.name)
            }
            // What another run told meanwhile stays told.
            var told = try SavedSearchRow.told(search, viewer, writing.db)?.hits ?? ToldHits()
            told.tell(news.told)
            try SavedSearchRow.put(told, of: search, viewer, writing)
            // No numbers: other viewers see the event.
            try writing.record(.rememberSearch, SavedSearch.object(search.name))
        }
    }

    // MARK: - Parts

    private typealias Untold = (
        census: PostingSearchIndex.Census, news: [ToldHits.News], shown: [(hit: SearchHit, index: Int)], folded: [Int]
    )

    private func untold(
        _ search: SavedSearch, _ told: ToldHits, today: String?, limit: Int, snippetLength: Int, viewer: Viewer
    ) async throws -> (Untold, isRebuilding: Bool) {
        var request = search.request(viewer: viewer, today: today)
        request.snippetLength = snippetLength
        // Kept as it was typed, a series is found by its id too, and by the name that it has now.
        var names: Set<String> = []
        for name in search.filters.series { names.insert(try await series(name)?.name ?? name) }
        request.filters.series = names
        return try await searching { [request] in try await $0.news(request, told: told, limit: limit) }
    }

    private func row(named name: String) async throws -> SavedSearch? {
        try await store.read(SavedSearchRow.key(name), as: .everything) { try SavedSearchRow.load(name, $0.db) }
    }

    private func told(_ search: SavedSearch, _ viewer: Viewer) async throws -> (hits: ToldHits, at: String)? {
        try await store.read(SavedSearchRow.key(search.name), as: viewer) { reading in
            try SavedSearchRow.told(search, reading.viewer, reading.db)
        }
    }

    private static func noSearch(_ name: String) -> ArchiveError {
        .refused(.search(name: name, .absent))
    }
}

/// How saved searches are read from their rows.
private enum SavedSearchRow {
    static let columns = """
        savedSearch.id, savedSearch.name, savedSearch.body, savedSearch.ts, savedSearch.actor
        """

    static func key(_ name: String) -> RoutingKey { RoutingKey(SavedSearch.key(name)) }

    /// Viewers who are told the same: of one clearance and the same scopes.
    static func viewer(_ viewer: Viewer) throws -> String {
        struct Key: Encodable {
            var clearance: Classification
            var scopes: [String]?
        }
        return try Coding.text(Key(clearance: viewer.clearance, scopes: viewer.scopes?.sorted()))
    }

    static func load(_ name: String, _ db: Database) throws -> SavedSearch? {
        let key = key(name)
        return try db.row(
            "SELECT \(columns), NULL AS toldAt FROM savedSearch WHERE bucket = ? AND key = ?", [key.bucket, key.name]
        ).map { try search($0) }
    }

    static func search(_ row: Row) throws -> SavedSearch {
        struct Form: Decodable { var form: Int }
        let name: String = row["name"]
        let object = SavedSearch.object(name)
        guard try Coding.value(Form.self, from: row["body"], of: object).form <= SavedSearchBody.form else {
            throw ArchiveError.refused(
                .invalid(
                    object: object,
                    reason: LocalizedText(zhHant: "由較新版本儲存", en: "saved by a later version of Docket")))
        }
        var search = try Coding.value(SavedSearchBody.self, from: row["body"], of: object).search(named: name)
        (search.id, search.savedAt, search.savedBy, search.toldAt) = (
            row["id"], row["ts"], row["actor"], row["toldAt"]
        )
        return search
    }

    static func told(
        _ search: SavedSearch, _ viewer: Viewer, _ db: Database
    ) throws -> (hits: ToldHits, at: String)? {
        let key = key(search.name)
        return try db.row(
            "SELECT ts, hits FROM savedSearchTold WHERE bucket = ? AND key = ? AND viewer = ? AND search = ?",
            [key.bucket, key.name, try Self.viewer(viewer), search.id]
        ).map { (try ToldHits(data: $0["hits"]), $0["ts"]) }
    }

    static func put(_ told: ToldHits, of search: SavedSearch, _ viewer: Viewer, _ writing: Writing) throws {
        let key = key(search.name)
        try writing.db.run(
            """
            INSERT INTO savedSearchTold (bucket, key, viewer, search, ts, actor, hits) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (bucket, key, viewer) DO UPDATE SET search = excluded.search, ts = excluded.ts,
                actor = excluded.actor, hits = excluded.hits
            """,
            [
                key.bucket, key.name, try Self.viewer(viewer), search.id, writing.now, writing.actor.description,
                told.data,
            ])
    }

    static func remove(_ key: RoutingKey, _ db: Database) throws {
        try db.run("DELETE FROM savedSearchTold WHERE bucket = ? AND key = ?", [key.bucket, key.name])
        try db.run("DELETE FROM savedSearch WHERE bucket = ? AND key = ?", [key.bucket, key.name])
    }
}
