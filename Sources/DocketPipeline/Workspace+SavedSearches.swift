public import DocketArchive
public import DocketCore

extension Workspace {
    /// Saves a search of the person who looks; a series that it names must be there.
    ///
    /// `today`, ISO 8601, is the day that "last year" counts from now. Gives the search as it is stored.
    /// - Throws: `PipelineError.unknownSeries`, and as `Library.save`.
    public func save(
        _ search: SavedSearch, replacing: Bool, today: String, by actor: Actor
    ) async throws -> SavedSearch {
        _ = try await seriesNames(search.filters.series)
        return try await library.save(search, replacing: replacing, today: today, viewer: viewer, by: actor)
    }

    /// What a saved search has to tell, and its hits as an answer with the time that it took; see `Library.news`.
    /// - Throws: as `Library.news`.
    public func news(
        of search: SavedSearch, today: String, limit: Int, snippetLength: Int
    ) async throws -> (news: SearchNews, timed: TimedAnswer) {
        let clock = ContinuousClock()
        let start = clock.now
        let news = try await library.news(
            of: search, today: today, limit: limit, snippetLength: snippetLength, viewer: viewer)
        var answer = SearchAnswer(
            hits: news.items.map(\.hit), total: news.total, complete: news.complete, order: news.order)
        answer.reading = news.reading
        return (news, TimedAnswer(answer: answer, milliseconds: (clock.now - start) / .milliseconds(1)))
    }
}
