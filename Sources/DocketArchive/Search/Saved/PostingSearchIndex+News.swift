import DocketCore

extension PostingSearchIndex {
    /// All matches of a query, up to `ToldHits.most`, in one state of the index.
    struct Census: Sendable {
        /// Latest first.
        var matches: [(document: RankedDocument, told: ToldHit)]
        var total: Total
        var complete: Bool
        var order: SearchRequest.Order
        var reading: QueryReading
        var batch: PostingBatch
        var plan: QueryPlan
        /// True when there are more matches than these.
        var isCapped: Bool
    }

    /// Documents whose words are in memory at a time.
    private static let page = 200
    /// Hits below which a search is read more widely; always the same here, so that two runs are of the same reading.
    private static let usualLimit = 10

    /// What `request` finds that `told` does not hold, at most `limit` of it; of more than `most` matches the latest are
    /// looked at.
    func news(
        _ request: SearchRequest, told: ToldHits, limit: Int, most: Int = ToldHits.most
    ) async throws -> (census: Census, news: [ToldHits.News], shown: [(hit: SearchHit, index: Int)], folded: [Int]) {
        let deadline = SearchDeadline(request.timeLimit)
        for _ in 0..<Self.attempts {
            try deadline.check()
            guard let census = try await census(request, most, deadline) else { continue }
            let news = told.compare(census.matches.map(\.told))
            guard limit > 0 else { return (census, news, [], []) }
            guard let shown = try await show(census, news, request, limit, deadline) else { continue }
            return (census, news, shown.hits, shown.folded)
        }
        throw ArchiveError.unavailable(
            file: LibraryFolder.databaseName,
            reason: LocalizedText(zhHant: "文件變動過快，來不及比對", en: "documents change faster than they are compared"),
            retryable: true)
    }

    /// Nil when a document was replaced meanwhile.
    private func census(
        _ request: SearchRequest, _ most: Int, _ deadline: SearchDeadline
    ) async throws -> Census? {
        // The reading that is answered is the one that the search itself comes to.
        var first = request
        (first.limit, first.page, first.facets) = (Self.usualLimit, nil, [])
        let answer = try await search(first)
        let query = answer.reading.query
        let plan = QueryPlan(
            query, viewer: request.viewer, facets: [], frequencies: try await frequencies(query, deadline))
        let batch = try await source.postings(plan.requests, deadline: deadline)
        var evaluation = try PlanEvaluation(plan, batch, ranking, .date, deadline)
        let found = try evaluation.top(most + 1, after: nil, .date)
        let (count, isCapped) = try evaluation.total()
        let isExact = batch.missing.isEmpty && !isCapped
        var census = Census(
            matches: [], total: isExact ? .exact(count) : .atLeast(count), complete: batch.missing.isEmpty,
            order: answer.order, reading: answer.reading, batch: batch, plan: plan,
            isCapped: found.count > most)
        let compared = Array(found.prefix(most))
        census.matches.reserveCapacity(compared.count)
        for start in stride(from: 0, to: compared.count, by: Self.page) {
            try deadline.check()
            let page = compared[start..<min(start + Self.page, compared.count)]
            let documents = try await source.documents(page.map(\.key))
            for match in page {
                guard let document = documents[match.key] else { return nil }
                census.matches.append((match, ToldHit(document)))
            }
        }
        return census
    }

    /// The news as hits, and the places of those that are folded into them; nil when a document was replaced meanwhile.
    private func show(
        _ census: Census, _ news: [ToldHits.News], _ request: SearchRequest, _ limit: Int, _ deadline: SearchDeadline
    ) async throws -> (hits: [(hit: SearchHit, index: Int)], folded: [Int])? {
        var places: [DocumentKey: Int] = [:]
        for index in news.indices where news[index] != .known { places[census.matches[index].document.key] = index }
        guard !places.isEmpty else { return ([], []) }
        guard let ordered = try await order(census, places, request, deadline) else { return nil }
        let maker = HitMaker(plan: census.plan, snippetLength: request.snippetLength)
        var duplicates = NearDuplicates()
        var hits: [(key: DocumentKey, hit: SearchHit, index: Int)] = []
        var names: [DocumentKey: String] = [:]
        var rest = ordered[...]
        while hits.count < limit, !rest.isEmpty {
            try deadline.check()
            let page = rest.prefix(min(Self.page, limit))
            rest = rest.dropFirst(page.count)
            let documents = try await source.documents(page.map(\.key))
            for match in page where hits.count < limit {
                guard let document = documents[match.key], let index = places[match.key] else { return nil }
                if request.folds, duplicates.fold(match.key, document) {
                    names[match.key] = document.id
                } else {
                    hits.append((match.key, maker.hit(document, score: match.score), index))
                }
            }
        }
        var folded: [Int] = []
        let shown = hits.map { key, hit, index in
            var hit = hit
            let alike = duplicates.folded[key] ?? []
            hit.alike = alike.compactMap { names[$0] }
            folded += alike.compactMap { places[$0] }
            return (hit: hit, index: index)
        }
        return (shown, folded)
    }

    /// The matches of `places` in the order of the search.
    private func order(
        _ census: Census, _ places: [DocumentKey: Int], _ request: SearchRequest, _ deadline: SearchDeadline
    ) async throws -> [RankedDocument]? {
        let byDate = census.matches.map(\.document).filter { places[$0.key] != nil }
        guard census.order == .relevance, byDate.count > 1 else { return byDate }
        var evaluation = try PlanEvaluation(census.plan, census.batch, ranking, .relevance, deadline)
        var best = try evaluation.top(ToldHits.most, after: nil, .relevance).filter { places[$0.key] != nil }
        let found = Set(best.map(\.key))
        best += byDate.filter { !found.contains($0.key) }
        guard census.plan.ranked.count > 1 else { return best }
        let window = census.plan.isQuestion ? SecondRanking.window.question : SecondRanking.window.words
        let first = Array(best.prefix(window))
        let documents = try await source.documents(first.map(\.key))
        guard documents.count == first.count else { return nil }
        let ranking = SecondRanking(
            plan: census.plan, worths: try evaluation.worths(), wantsDecision: census.reading.wantsDecision)
        return ranking.ordered(first, documents) + best.dropFirst(window)
    }
}
