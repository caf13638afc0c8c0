public import DocketCore

/// Orders suggestions anew, as a language model may: it sees the candidates and answers with their identifiers alone.
///
/// Whatever it answers, no term can come of it that was not among the candidates: `SubjectIndexer.reranked` checks.
public protocol SubjectReranker: Sendable {
    /// URIs in the order that it finds right, best first; terms that it finds wrong are left out.
    func order(of terms: [SubjectTerm], for document: SubjectDocument) async throws -> [String]
}

/// Suggestions in an order that somebody else gave, with what was wrong with the answer.
public struct RerankedTerms: Sendable, Equatable {
    /// The terms that the answer names in its order, then those that it leaves out in theirs.
    public var terms: [SubjectTerm]
    /// How many of `terms` the answer names.
    public var named: Int
    /// Identifiers in the answer that were no candidates, in its order; they are dropped.
    public var unknown: [String]
    /// Identifiers that stand in the answer more than once; the first counts.
    public var repeated: [String]
}

extension SubjectIndexer {
    /// Terms for a document in the order of `reranker`, chosen among the first `pool` suggestions.
    /// - Throws: What `reranker` throws; the caller keeps the plain suggestions then.
    public func reranked(
        _ document: SubjectDocument, _ request: SubjectRequest = SubjectRequest(), pool: Int = 30,
        by reranker: some SubjectReranker
    ) async throws -> RerankedTerms {
        var wide = request
        (wide.limit, wide.isWhole) = (max(pool, request.limit), true)
        let terms = suggestions(for: document, wide)
        var result = Self.checked(try await reranker.order(of: terms, for: document), terms)
        result.terms = Array(result.terms.prefix(request.limit))
        result.named = min(result.named, result.terms.count)
        return result
    }

    /// An answer held against the candidates.
    public static func checked(_ answer: [String], _ terms: [SubjectTerm]) -> RerankedTerms {
        var places: [String: Int] = [:]
        for (place, term) in terms.enumerated() {
            if let uri = term.concept?.uri, places[uri] == nil { places[uri] = place }
        }
        var result = RerankedTerms(terms: [], named: 0, unknown: [], repeated: [])
        var taken = Set<Int>()
        // An answer longer than any sensible one is not read to its end.
        for uri in answer.prefix(10 * terms.count + 100) {
            guard let place = places[uri] else {
                result.unknown.append(uri)
                continue
            }
            if taken.insert(place).inserted { result.terms.append(terms[place]) } else { result.repeated.append(uri) }
        }
        result.named = result.terms.count
        for (place, term) in terms.enumerated() where !taken.contains(place) { result.terms.append(term) }
        return result
    }
}
