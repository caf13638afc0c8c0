import DocketCore

/// Docket's own search: postings from a source, evaluated here.
struct PostingSearchIndex: SearchIndex {
    let source: any PostingSource
    var ranking = Ranking()

    init(_ source: any PostingSource, ranking: Ranking = Ranking()) {
        self.source = source
        self.ranking = ranking
    }

    /// Times that a search begins anew when documents change between finding and showing them.
    private static let attempts = 8

    func search(_ request: SearchRequest) async throws -> SearchAnswer {
        let deadline = SearchDeadline(request.timeLimit)
        var (query, mode) = try QueryParser().parse(request.text, mode: request.mode)
        query = query.and(.filter(request.filters))
        let order = request.order ?? (query.hasWords ? .relevance : .date)
        let known = try await frequencies(query, deadline)
        let plan = QueryPlan(query, viewer: request.viewer, facets: request.facets, frequencies: known)
        for _ in 0..<Self.attempts {
            try deadline.check()
            let batch = try await source.postings(plan.requests, deadline: deadline)
            guard let found = try await find(plan, batch, request, mode, order, deadline) else { continue }
            let maker = HitMaker(plan: plan, snippetLength: request.snippetLength)
            return SearchAnswer(
                hits: found.hits.compactMap { hit in found.shown[hit.key].map { maker.hit($0, score: hit.score) } },
                total: batch.missing.isEmpty && !found.isCapped ? .exact(found.total) : .atLeast(found.total),
                complete: batch.missing.isEmpty, indexedThrough: batch.through.values.min() ?? 0,
                next: found.hasMore ? found.hits.last?.token : nil, facets: found.facets, mode: mode, order: order)
        }
        throw ArchiveError.unavailable(
            file: LibraryFolder.databaseName,
            reason: LocalizedText(zhHant: "文件變動過快，來不及顯示", en: "documents change faster than they are shown"),
            retryable: true)
    }

    /// How common the parts of long questions are; empty where the query has none.
    private func frequencies(_ query: SearchQuery, _ deadline: SearchDeadline) async throws -> [String: Int] {
        let terms = Set(query.questions.map(QuestionForm.init).filter(\.isLong).flatMap(\.exactTerms)).sorted()
        guard !terms.isEmpty else { return [:] }
        let counts = try await source.frequencies(terms, deadline: deadline)
        return Dictionary(zip(terms, counts)) { first, _ in first }
    }

    /// What a search found.
    private struct Found {
        var hits: [RankedDocument] = []
        var shown: [DocumentKey: IndexDocument] = [:]
        var total = 0
        /// True when there are more matches than `total`.
        var isCapped = false
        var hasMore = false
        var facets: [Facet: [FacetCount]] = [:]
    }

    /// Evaluates a plan and reads what is shown; nil when a document was replaced between both.
    private func find(
        _ plan: QueryPlan, _ batch: PostingBatch, _ request: SearchRequest, _ mode: SearchRequest.Mode,
        _ order: SearchRequest.Order, _ deadline: SearchDeadline
    ) async throws -> Found? {
        var evaluation = try PlanEvaluation(plan, batch, ranking, order, deadline)
        var found = Found()
        found.facets = try evaluation.facets()
        let limit = min(max(0, request.limit), 1000)
        let page = try request.page.map { try RankedDocument($0) }
        if limit > 0, mode == .question, order == .relevance {
            let ranking = QuestionRanking(plan: plan, worths: try evaluation.worths())
            let first = try evaluation.top(QuestionRanking.window, after: nil, order)
            found.shown = try await source.documents(first.map(\.key))
            guard first.allSatisfy({ found.shown[$0.key] != nil }) else { return nil }
            var ranked = ranking.ordered(first, found.shown)
            // A page that ends among those ranked anew goes on there, any other one behind them.
            let place =
                page.map { page in ranked.firstIndex { $0.key == page.key }.map { $0 + 1 } ?? ranked.count } ?? 0
            ranked.removeFirst(place)
            let last = place < first.count || page == nil ? first.last : page
            if ranked.count <= limit, first.count == QuestionRanking.window {
                ranked += try evaluation.top(limit + 1, after: last, order)
            }
            found.hits = ranked
        } else if limit > 0 {
            found.hits = try evaluation.top(limit + 1, after: page, order)
        }
        (found.total, found.isCapped) = try evaluation.total()
        found.hasMore = found.hits.count > limit
        found.hits = Array(found.hits.prefix(limit))
        let missing = found.hits.map(\.key).filter { found.shown[$0] == nil }
        found.shown.merge(try await source.documents(missing)) { $1 }
        return found.hits.allSatisfy { found.shown[$0.key] != nil } ? found : nil
    }
}

/// Parts of an index in several stores, searched as one.
struct PostingSources: PostingSource {
    /// Sources by the parts they hold.
    let sources: [Int: any PostingSource]

    func postings(_ requests: [TermRequest], deadline: SearchDeadline) async throws -> PostingBatch {
        var batch = PostingBatch()
        for (part, source) in sources.sorted(by: { $0.key < $1.key }) {
            do {
                batch.append(try await source.postings(requests, deadline: deadline))
            } catch ArchiveError.unavailable {
                // The answer says so: never a shorter list in silence.
                try deadline.check()
                batch.missing.append(part)
            }
        }
        return batch
    }

    func frequencies(_ terms: [String], deadline: SearchDeadline) async throws -> [Int] {
        var sums = [Int](repeating: 0, count: terms.count)
        for (_, source) in sources.sorted(by: { $0.key < $1.key }) {
            do {
                sums = zip(sums, try await source.frequencies(terms, deadline: deadline)).map { $0 + $1 }
            } catch ArchiveError.unavailable {
                // What the others say is enough to tell rare from common; the answer itself will lack this part and say so.
                try deadline.check()
            }
        }
        return sums
    }

    func documents(_ keys: [DocumentKey]) async throws -> [DocumentKey: IndexDocument] {
        var found: [DocumentKey: IndexDocument] = [:]
        for (part, keys) in Dictionary(grouping: keys, by: \.part) {
            guard let source = sources[part] else { continue }
            found.merge(try await source.documents(keys)) { $1 }
        }
        return found
    }
}
