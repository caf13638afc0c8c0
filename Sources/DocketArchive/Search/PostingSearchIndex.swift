import DocketCore

/// Docket's own search: postings from a source, evaluated here.
struct PostingSearchIndex: SearchIndex {
    let source: any PostingSource
    var ranking = Ranking()
    /// What is known of names when queries are read.
    var knowledge = SearchKnowledge.none

    init(_ source: any PostingSource, ranking: Ranking = Ranking(), knowledge: SearchKnowledge = .none) {
        self.source = source
        self.ranking = ranking
        self.knowledge = knowledge
    }

    /// Times that a search begins anew when documents change between finding and showing them.
    static let attempts = 8

    func search(_ request: SearchRequest) async throws -> SearchAnswer {
        let deadline = SearchDeadline(request.timeLimit)
        let reading = try await QueryParser().read(request, knowledge: knowledge)
        var first = request
        first.page = nil
        var narrow: SearchAnswer?
        for attempt in reading.attempts.dropLast() {
            var answer = try await search(attempt, of: reading, first, deadline)
            let wanted = attempt.isWhole ? 1 : min(max(request.limit, 1), Self.enough)
            if answer.total.count >= wanted || !answer.complete {
                if request.page != nil { answer = try await search(attempt, of: reading, request, deadline) }
                return answer.behind(narrow, of: request)
            }
            if narrow == nil, answer.total.count > 0 { narrow = answer }
        }
        let widest = reading.attempts.last ?? .everything
        return try await search(widest, of: reading, request, deadline).behind(narrow, of: request)
    }

    /// Matches from which on a query is not read more widely.
    private static let enough = 10

    private func search(
        _ attempt: PlainQueryReader.Attempt, of reading: QueryParser.Reading, _ request: SearchRequest,
        _ deadline: SearchDeadline
    ) async throws -> SearchAnswer {
        let query = attempt.query.and(.filter(request.filters))
        let order = request.order ?? (query.hasWords ? .relevance : .date)
        let known = try await frequencies(query, deadline)
        let plan = QueryPlan(query, viewer: request.viewer, facets: request.facets, frequencies: known)
        for _ in 0..<Self.attempts {
            try deadline.check()
            let batch = try await source.postings(plan.requests, deadline: deadline)
            guard let found = try await find(plan, batch, request, reading.wantsDecision, order, deadline) else {
                continue
            }
            let maker = HitMaker(plan: plan, snippetLength: request.snippetLength)
            var answer = SearchAnswer(
                hits: found.hits.compactMap { hit in
                    found.shown[hit.key].map { document in
                        var shown = maker.hit(document, score: hit.score)
                        shown.alike = (found.folded[hit.key] ?? []).compactMap { found.shown[$0]?.id }
                        return shown
                    }
                },
                total: batch.missing.isEmpty && !found.isCapped ? .exact(found.total) : .atLeast(found.total),
                complete: batch.missing.isEmpty, indexedThrough: batch.through.values.min() ?? 0,
                next: found.next?.token, facets: found.facets,
                mode: query.questions.isEmpty ? .keywords : .question, order: order)
            answer.reading = QueryReading(
                query: query, understood: reading.understood, breadth: attempt.breadth,
                wantsDecision: reading.wantsDecision)
            return answer
        }
        throw ArchiveError.unavailable(
            file: LibraryFolder.databaseName,
            reason: LocalizedText(zhHant: "文件變動過快，來不及顯示", en: "documents change faster than they are shown"),
            retryable: true)
    }

    /// How common the parts of long questions are; empty where the query has none.
    func frequencies(_ query: SearchQuery, _ deadline: SearchDeadline) async throws -> [String: Int] {
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
        /// The last match looked at, when there are more behind it.
        var next: RankedDocument?
        /// Matches that say the same as one of the hits.
        var folded: [DocumentKey: [DocumentKey]] = [:]
        var facets: [Facet: [FacetCount]] = [:]
    }

    /// Evaluates a plan and reads what is shown; nil when a document was replaced between both.
    private func find(
        _ plan: QueryPlan, _ batch: PostingBatch, _ request: SearchRequest, _ wantsDecision: Bool,
        _ order: SearchRequest.Order, _ deadline: SearchDeadline
    ) async throws -> Found? {
        var evaluation = try PlanEvaluation(plan, batch, ranking, order, deadline)
        var found = Found()
        found.facets = try evaluation.facets()
        let limit = min(max(0, request.limit), 1000)
        if limit > 0 {
            let page = try request.page.map { try RankedDocument($0) }
            guard try await collect(limit, after: page, plan, &evaluation, request, wantsDecision, order, &found) else {
                return nil
            }
        }
        (found.total, found.isCapped) = try evaluation.total()
        return found
    }

    /// Gathers `limit` matches that do not say the same; false when a document was replaced meanwhile.
    private func collect(
        _ limit: Int, after page: RankedDocument?, _ plan: QueryPlan, _ evaluation: inout PlanEvaluation,
        _ request: SearchRequest, _ wantsDecision: Bool, _ order: SearchRequest.Order, _ found: inout Found
    ) async throws -> Bool {
        var waiting: [RankedDocument] = []
        // Where the search goes on when nothing waits any more; nil when there is nothing more.
        var last: RankedDocument? = page
        var isOver = false
        let isSecond = plan.ranked.count > 1 || plan.hasSynonyms || (wantsDecision && !plan.ranked.isEmpty)
        if order == .relevance, isSecond {
            let window = plan.isQuestion ? SecondRanking.window.question : max(limit, SecondRanking.window.words)
            let first = try evaluation.top(window, after: nil, order)
            guard try await load(first, &found) else { return false }
            let ranking = SecondRanking(plan: plan, worths: try evaluation.worths(), wantsDecision: wantsDecision)
            waiting = ranking.ordered(first, found.shown)
            if let page {
                // A page that ends among those ranked anew goes on there, any other one behind them.
                if let place = waiting.firstIndex(where: { $0.key == page.key }) {
                    waiting.removeFirst(place + 1)
                    last = first.last
                } else {
                    waiting = []
                }
            } else {
                last = first.last
            }
            isOver = first.count < window
        }
        var duplicates = NearDuplicates()
        var consumed: RankedDocument?
        while found.hits.count < limit {
            if waiting.isEmpty {
                guard !isOver else { break }
                let wanted = limit - found.hits.count + 1
                waiting = try evaluation.top(wanted, after: last, order)
                isOver = waiting.count < wanted
                last = waiting.last
                guard try await load(waiting, &found) else { return false }
                if waiting.isEmpty { break }
            }
            let next = waiting.removeFirst()
            consumed = next
            guard let document = found.shown[next.key] else { return false }
            if !request.folds || !duplicates.fold(next.key, document) { found.hits.append(next) }
        }
        found.folded = duplicates.folded
        found.next = waiting.isEmpty && isOver ? nil : consumed
        return true
    }

    /// Reads what is shown of matches; false when one was replaced since.
    private func load(_ matches: [RankedDocument], _ found: inout Found) async throws -> Bool {
        let missing = matches.map(\.key).filter { found.shown[$0] == nil }
        guard !missing.isEmpty else { return true }
        found.shown.merge(try await source.documents(missing)) { $1 }
        return missing.allSatisfy { found.shown[$0] != nil }
    }
}

extension SearchAnswer {
    /// This answer to a wider reading, with the few hits of a narrow one first.
    fileprivate func behind(_ narrow: SearchAnswer?, of request: SearchRequest) -> SearchAnswer {
        guard let narrow else { return self }
        var answer = self
        let known = Set(narrow.hits.flatMap { [$0.id] + $0.alike })
        answer.hits.removeAll { known.contains($0.id) }
        if request.page == nil { answer.hits = Array((narrow.hits + answer.hits).prefix(max(0, request.limit))) }
        answer.narrowTotal = narrow.total.count
        return answer
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
