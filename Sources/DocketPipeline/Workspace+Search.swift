public import DocketArchive
import DocketCore

extension Workspace {
    /// An answer with the time that it took.
    public struct TimedAnswer: Sendable {
        /// The answer.
        public var answer: SearchAnswer
        /// Wall time in milliseconds.
        public var milliseconds: Double
    }

    /// Searches the library; a series is named by its id or its name.
    /// - Throws: `PipelineError.unknownSeries` for a series that neither the library nor a record of it names;
    ///   `ArchiveError.malformedQuery` with the byte offset of the first bad token, and as `SearchIndex.search`.
    public func search(_ request: SearchRequest) async throws -> TimedAnswer {
        let clock = ContinuousClock()
        let start = clock.now
        var request = request
        request.filters.series = try await seriesNames(request.filters.series)
        let answer = try await library.search(request)
        return TimedAnswer(answer: answer, milliseconds: (clock.now - start) / .milliseconds(1))
    }

    /// Hits of one answer whose follow-up is looked for: those that people read.
    private static let followed = 3

    /// What became of the first conclusions and items among `hits`, by identity of the hit; absent where nothing did.
    public func followUps(of hits: [SearchHit]) async throws -> [String: FollowUp] {
        var found: [String: FollowUp] = [:]
        for hit in hits.filter({ $0.kind == .conclusion || $0.kind == .agendaItem }).prefix(Self.followed) {
            let followUp = try await library.followUp(of: hit, viewer: viewer)
            if !followUp.items.isEmpty || followUp.newer != nil { found[hit.id] = followUp }
        }
        return found
    }

    /// Names of the series that are named by their ids or names.
    func seriesNames(_ named: Set<String>) async throws -> Set<String> {
        var names: Set<String> = []
        for name in named {
            if let series = try await library.series(name) {
                names.insert(series.name)
                continue
            }
            // Records name series of archives, which are none of meetings.
            let filters = SearchFilters(series: [name])
            let count = try await library.search(SearchRequest("", filters: filters, viewer: viewer, limit: 0)).total
            guard count.count > 0 else { throw PipelineError.unknownSeries(name: name) }
            names.insert(name)
        }
        return names
    }
}
