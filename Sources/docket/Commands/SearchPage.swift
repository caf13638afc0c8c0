import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// A hit as `search --json` gives it.
struct ShownHit: Encodable {
    let rank: Int
    let id: String
    let kind: ResultKind
    let source: SourceID
    let external: String?
    let title: String
    let snippet: String
    let highlights: [[Int]]
    let score: Double
    let date: String?
    let series: String?
    let meeting: String?
    let agencies: [String]
    let status: String?
    let span: SourceSpan?
    let why: [MatchReason]
    /// Identities of matches that say the same.
    let alike: [String]
    let tracked: [Tracked]?
    let newer: SearchHit.Reference?

    /// A tracked item with what happened to it.
    struct Tracked: Encodable {
        let reference: String
        let state: TrackedItem.State
        let history: [Step]
    }

    /// What one meeting did.
    struct Step: Encodable {
        let meeting: Int?
        let date: String?
        let action: TrackingAction.Action
        let scope: String?
    }

    init(_ hit: SearchHit, rank: Int, followUp: FollowUp? = nil) {
        alike = hit.alike
        tracked = followUp.map { followUp in
            followUp.items.map { item in
                Tracked(
                    reference: item.reference, state: item.state,
                    history: item.parts.flatMap { part in
                        part.history.map {
                            Step(meeting: $0.ordinal, date: $0.date, action: $0.action, scope: part.scope)
                        }
                    })
            }
        }
        newer = followUp?.newer
        self.rank = rank
        id = hit.id
        kind = hit.kind
        source = hit.source
        external = hit.external
        title = hit.title
        snippet = hit.snippet
        highlights = hit.highlights.map { [$0.lowerBound, $0.upperBound] }
        score = hit.score
        date = hit.date
        series = hit.series
        meeting = hit.facts["meeting"]
        agencies = hit.agencies
        status = hit.status
        span = hit.span
        why = hit.why
    }
}

/// The last line of `search --json`.
struct SearchTotal: Encodable {
    let total: Int
    let capped: Bool
    let complete: Bool
    let order: String
    let milliseconds: Double
    let next: PageToken?
    /// The query that was answered, and how its words were read.
    let query: String
    let breadth: QueryReading.Breadth
    let understood: [UnderstoodWords]
    /// Hits of the narrower reading that come first.
    let narrow: Int?
    let corrections: [SpellingCorrection]
    let related: [RelatedWords]

    init(_ timed: Workspace.TimedAnswer) {
        total = timed.answer.total.count
        if case .atLeast = timed.answer.total { capped = true } else { capped = false }
        complete = timed.answer.complete
        order = timed.answer.order.rawValue
        milliseconds = timed.milliseconds
        next = timed.answer.next
        query = timed.answer.reading.query.text
        breadth = timed.answer.reading.breadth
        understood = timed.answer.reading.understood
        narrow = timed.answer.narrowTotal
        corrections = timed.answer.corrections
        related = timed.answer.related
    }
}

/// An answer on a terminal.
struct SearchPage {
    private let timed: Workspace.TimedAnswer
    private let followUps: [String: FollowUp]
    private let explains: Bool

    init(_ timed: Workspace.TimedAnswer, followUps: [String: FollowUp] = [:], explains: Bool = false) {
        self.timed = timed
        self.followUps = followUps
        self.explains = explains
    }

    func print() {
        let answer = timed.answer
        printReading(answer)
        for (index, hit) in answer.hits.enumerated() { print(hit, rank: index + 1) }
        if answer.hits.isEmpty { Terminal.print(Phrase.searchNone()) }
        let isCapped = SearchTotal(timed).capped || !answer.complete
        Terminal.print(
            Phrase.searchTotal(
                "\(answer.total.count)", isCapped ? Phrase.searchCapped() : "",
                String(format: "%.1f", timed.milliseconds)))
        let facets = Facet.allCases.compactMap { facet in
            answer.facets[facet].map { counts in
                counts.prefix(4).map { "\($0.value) \($0.count)" }.joined(separator: ", ")
            }
        }.filter { !$0.isEmpty }
        if !answer.hits.isEmpty, !facets.isEmpty {
            Terminal.print(Terminal.dim("\(Phrase.searchFacets()) \(facets.joined(separator: " · "))"))
        }
        if let next = answer.next { Terminal.print(Phrase.listMore(next.rawValue)) }
    }

    private func print(_ hit: SearchHit, rank: Int) {
        let facts = [
            hit.kind.rawValue, hit.series.map { $0 + (hit.facts["meeting"].map { "#" + $0 } ?? "") }, hit.date,
            hit.status,
        ]
        Terminal.print("\(rank). \(Terminal.bold(marked(hit.title, hit.titleHighlights)))")
        Terminal.print("   " + facts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · "))
        if !hit.snippet.isEmpty {
            Terminal.print("   " + marked(hit.snippet.replacing("\n", with: " "), hit.highlights))
        }
        if let followUp = followUps[hit.id] { print(followUp) }
        let why = hit.why.map { "\($0.query) → \($0.found) ×\($0.count)" }
        let alike = hit.alike.isEmpty ? "" : "   " + Phrase.searchAlike("\(hit.alike.count)")
        Terminal.print(Terminal.dim("   \(hit.id)   \(Phrase.labelWhy()) \(why.joined(separator: ", "))\(alike)"))
    }

    private func print(_ followUp: FollowUp) {
        // Of a conclusion on many items those that were asked for, or the first.
        let asked = Set(timed.answer.reading.understood.filter { $0.kind == .item }.map(\.meaning))
        let named = followUp.items.filter { asked.contains($0.reference) }
        for item in named.isEmpty ? Array(followUp.items.prefix(2)) : named {
            Terminal.print("   " + Phrase.searchTracked(item.reference) + TrackedRows.history(item))
        }
        if let newer = followUp.newer {
            let place = [newer.meeting.map { "#" + $0 }, newer.date, newer.status].compactMap { $0 }
            Terminal.print(
                "   \(Phrase.searchNewer()) \(place.joined(separator: " · ")) "
                    + newer.snippet.replacing("\n", with: " ") + Terminal.dim("  \(newer.id)"))
        }
    }

    // MARK: - How the query was read

    private func printReading(_ answer: SearchAnswer) {
        let reading = answer.reading
        if explains { Terminal.print(Phrase.searchParsed(reading.query.text)) }
        let understood = reading.understood.map { words in
            let isSame = words.words == words.meaning || words.kind == .decision
            return "\(words.kind.shown)「\(words.words)」" + (isSame ? "" : " = \(words.meaning)")
                + (explains ? " (\(words.effect.shown))" : "")
        }
        let applied = Set(reading.understood.filter { $0.kind == .spelling }.map(\.meaning))
        let others = answer.corrections.filter { !applied.contains($0.found) }.map {
            "\($0.replacement) (\($0.documents))"
        }
        defer {
            if !others.isEmpty { Terminal.print(Phrase.searchDidYouMean(others.joined(separator: "、"))) }
            if !answer.related.isEmpty {
                let parts = answer.related.map { "\($0.text) (\($0.documents))" }
                Terminal.print(Phrase.searchRelated(parts.joined(separator: "、")))
            }
        }
        if !understood.isEmpty {
            Terminal.print(Terminal.dim("\(Phrase.searchUnderstood()) \(understood.joined(separator: " · "))"))
        }
        guard !answer.hits.isEmpty else { return }
        if let narrow = answer.narrowTotal { return Terminal.print(Terminal.dim(Phrase.searchNarrow("\(narrow)"))) }
        switch reading.breadth {
        case .exact: break
        case .matter: if explains { Terminal.print(Terminal.dim(Phrase.searchMatter())) }
        case .any: if answer.mode == .keywords || explains { Terminal.print(Terminal.dim(Phrase.searchAny())) }
        case .withoutConditions:
            let hasConditions = reading.understood.contains { $0.effect == .condition }
            if hasConditions { Terminal.print(Terminal.dim(Phrase.searchWithoutConditions())) }
        }
    }

    /// The text with its matches marked.
    private func marked(_ text: String, _ ranges: [Range<Int>]) -> String {
        let bytes = Array(text.utf8)
        var result = ""
        var end = 0
        for range in ranges where range.lowerBound >= end && range.upperBound <= bytes.count {
            result += String(decoding: bytes[end..<range.lowerBound], as: UTF8.self)
            result += Terminal.match(String(decoding: bytes[range], as: UTF8.self))
            end = range.upperBound
        }
        return result + String(decoding: bytes[end...], as: UTF8.self)
    }
}

extension UnderstoodWords.Kind {
    /// For people.
    var shown: String {
        switch self {
        case .date: Phrase.searchKindDate()
        case .series: Phrase.searchKindSeries()
        case .meeting: Phrase.searchKindMeeting()
        case .item: Phrase.searchKindItem()
        case .number: Phrase.searchKindNumber()
        case .agency: Phrase.searchKindAgency()
        case .person: Phrase.searchKindPerson()
        case .decision: Phrase.searchKindDecision()
        case .synonym: Phrase.searchKindSynonym()
        case .spelling: Phrase.searchKindSpelling()
        }
    }
}

extension UnderstoodWords.Effect {
    /// For people.
    var shown: String {
        switch self {
        case .condition: Phrase.searchCondition()
        case .preference: Phrase.searchPreference()
        case .alternatives: Phrase.searchAlternatives()
        }
    }
}
