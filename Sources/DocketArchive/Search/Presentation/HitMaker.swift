import DocketCore

/// Makes a hit to show from a document: snippet, places to mark, and why it was found.
struct HitMaker {
    private let plan: QueryPlan
    private let filter: TermFilter
    private let snippetLength: Int

    /// `snippetLength`: longest snippet in characters.
    init(plan: QueryPlan, snippetLength: Int) {
        self.plan = plan
        self.snippetLength = snippetLength
        filter = plan.filter
    }

    func hit(_ document: IndexDocument, score: Float) -> SearchHit {
        let title = document.isTitleSearched ? FieldMatches(plan, filter, in: document.title).matches : []
        let fields = document.fields.map { (field: $0, matches: FieldMatches(plan, filter, in: $0.text).matches) }
        let (shown, snippet) = best(fields)
        let text = shown.map { fields[$0].field.text } ?? ""
        let marks = shown.map { fields[$0].matches.map(\.range) } ?? []
        let range = snippet?.range ?? 0..<0
        var span: SourceSpan?
        if let shown, let field = fields[shown].field.span {
            span = SourceSpan(
                field.source, version: field.version,
                field.start + range.lowerBound..<field.start + range.upperBound)
        }
        return SearchHit(
            id: document.id, kind: document.kind, source: document.source, external: document.external,
            title: document.title, titleHighlights: FieldMatches.merged(title.map(\.range)),
            snippet: Self.words(range, of: text),
            highlights: FieldMatches.merged(
                marks.map { $0.clamped(to: range) }.map {
                    $0.lowerBound - range.lowerBound..<$0.upperBound - range.lowerBound
                }),
            span: span, score: Double(score), date: document.date, series: document.series,
            agencies: document.agencies, status: document.status, sourceKind: document.sourceKind,
            classification: document.classification, facts: document.facts,
            why: reasons([(IndexField(.title, document.title), title)] + fields))
    }

    /// The field whose best part holds the most of what was asked for; of equals the first.
    private func best(_ fields: [(field: IndexField, matches: [FieldMatches.Match])]) -> (Int?, Snippet?) {
        var best: (Int?, Snippet?) = (nil, nil)
        for (index, part) in fields.enumerated() where !part.field.text.isEmpty {
            let snippet = Snippet(part.matches, in: part.field.text, length: snippetLength)
            if let held = best.1, held.value >= snippet.value { continue }
            best = (index, snippet)
        }
        return best
    }

    private func reasons(_ fields: [(field: IndexField, matches: [FieldMatches.Match])]) -> [MatchReason] {
        let reasons = joined(allReasons(fields), in: fields.map(\.field.text))
        // The parts of a word that stands there whole are no more reasons.
        return reasons.filter { reason in
            !reasons.contains { $0.query.utf8.count > reason.query.utf8.count && $0.query.contains(reason.query) }
        }
    }

    /// Pairs of a question side by side as the word that they are, where the text has it too.
    private func joined(_ reasons: [MatchReason], in texts: [String]) -> [MatchReason] {
        guard plan.isQuestion else { return reasons }
        var joined: [MatchReason] = []
        for reason in reasons {
            guard let last = joined.last, last.form == .words, reason.form == .words, last.field == reason.field,
                last.query.unicodeScalars.last == reason.query.unicodeScalars.first,
                reason.query.unicodeScalars.count == 2, reason.query.utf8.count == 6,
                last.found.unicodeScalars.last == reason.found.unicodeScalars.first
            else {
                joined.append(reason)
                continue
            }
            let found = last.found + String(reason.found.unicodeScalars.dropFirst())
            guard texts.contains(where: { $0.contains(found) }) else {
                joined.append(reason)
                continue
            }
            joined[joined.count - 1].query += String(reason.query.unicodeScalars.dropFirst())
            joined[joined.count - 1].found = found
            joined[joined.count - 1].count = min(last.count, reason.count)
        }
        return joined
    }

    private func allReasons(_ fields: [(field: IndexField, matches: [FieldMatches.Match])]) -> [MatchReason] {
        plan.ranked.compactMap { leaf in
            var reason: MatchReason?
            for (field, matches) in fields {
                for match in matches where match.leaf == leaf {
                    if reason == nil {
                        reason = MatchReason(
                            query: plan.leaves[leaf].words ?? "", found: Self.words(match.range, of: field.text),
                            form: form(match), field: field.role, count: 0)
                    }
                    reason?.count += 1
                }
            }
            return reason
        }
    }

    private func form(_ match: FieldMatches.Match) -> MatchReason.Form {
        if match.alternative >= plan.leaves[match.leaf].firstSynonym { return .synonym }
        guard case .term(let request) = plan.leaves[match.leaf].alternatives[match.alternative],
            case .exact(let term) = plan.requests[request].terms
        else { return .words }
        switch term.utf8.first {
        case UInt8(ascii: "#"): return .number
        case UInt8(ascii: "@"): return .date
        default: return match.alternative == 0 ? .words : .stem
        }
    }

    private static func words(_ range: Range<Int>, of text: String) -> String {
        let bytes = text.utf8
        let start = bytes.index(bytes.startIndex, offsetBy: min(range.lowerBound, bytes.count))
        let end = bytes.index(start, offsetBy: min(range.count, bytes.distance(from: start, to: bytes.endIndex)))
        return String(Substring(bytes[start..<end]))
    }
}
