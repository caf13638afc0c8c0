import DocketCore
import DocketText
import Foundation

/// Ranks the best matches of a query of several words anew, by what their texts say together.
///
/// To the BM25 of the words it adds that of single characters, which meet where a compound is shortened or turned round; what
/// stands close together; words that stand in the title or the heading; what the neighbours in the same source and the
/// source as a whole earn. What was decided comes before what was said about it.
struct SecondRanking {
    /// What each share counts; scores are of BM25 with k1 + 1 left in.
    struct Shares: Sendable {
        /// Single characters and words, by what they tell among these matches.
        var characters: Float = 2
        /// The best window of the text.
        var closeness: Float = 0.3
        /// The words with the title and the heading counted in.
        var context: Float = 0.6
        /// The better of the two neighbours in the source.
        var neighbour: Float = 0.15
        /// The best match of the source.
        var source: Float = 0.1
        /// Conclusions beside all other kinds.
        var conclusion: Float = 1.2
        /// Conclusions where the query asks for what was decided.
        var wantedConclusion: Float = 1.6
    }

    /// Matches that are ranked anew: of a question, and of words that must all be there.
    static let window = (question: 32, words: 16)
    /// Positions of the text that count as close together.
    private static let closeness = 60
    /// Bytes of one document that are looked at.
    private static let longestText = 32 << 10

    private let shares: Shares
    private let ranking = Ranking()
    /// By term, the worth of the part of the query it belongs to.
    private let parts: [String: (leaf: Int, worth: Float)]
    /// By leaf, what it is worth.
    private let worths: [Int: Float]
    /// Characters and words of the query, and what they count for.
    private let characters: [String: Float]
    private let filter: TermFilter
    private let wantsDecision: Bool

    init(plan: QueryPlan, worths: PlanEvaluation.Worths, wantsDecision: Bool, shares: Shares = Shares()) {
        self.shares = shares
        self.wantsDecision = wantsDecision
        var parts: [String: (leaf: Int, worth: Float)] = [:]
        var characters: [String: Float] = [:]
        for (leaf, worth) in worths.leaves {
            for case .term(let request) in plan.leaves[leaf].alternatives {
                guard case .exact(let term) = plan.requests[request].terms, !IndexTerm.isFact(term) else { continue }
                parts[term] = (leaf, worth)
            }
            var words = plan.leaves[leaf].words ?? ""
            let share = plan.leaves[leaf].share
            words.withUTF8 { bytes in
                SearchTokenizer().forEachTerm(in: bytes) { term in
                    guard let unit = Self.unit(term) else { return }
                    characters[unit] = max(characters[unit] ?? 0, share)
                }
            }
        }
        (self.parts, self.characters) = (parts, characters)
        self.worths = Dictionary(worths.leaves.map { ($0.leaf, $0.worth) }, uniquingKeysWith: { first, _ in first })
        filter = TermFilter(Array(parts.keys) + Array(characters.keys))
    }

    /// The matches, best first; their scores become the new ones.
    func ordered(_ matches: [RankedDocument], _ documents: [DocumentKey: IndexDocument]) -> [RankedDocument] {
        let texts = matches.map { match in documents[match.key].map(look) ?? Look() }
        var frequencies: [String: Int] = [:]
        for text in texts {
            for unit in text.counts.keys { frequencies[unit, default: 0] += 1 }
        }
        let average = max(1, texts.reduce(0) { $0 + $1.length } / Float(max(1, texts.count)))
        var ranked = zip(matches, texts).map { match, text -> RankedDocument in
            var match = match
            // In the order of the alphabet, so that sums are the same each time.
            for (unit, count) in text.counts.sorted(by: { $0.key < $1.key }) {
                let worth = ranking.inverseFrequency(frequencies[unit] ?? 0, of: texts.count) * (ranking.k1 + 1)
                match.score +=
                    shares.characters * (characters[unit] ?? 0) * worth
                    * ranking.saturation(count, length: text.length, average: average)
            }
            match.score += shares.closeness * text.closest / (ranking.k1 + 1)
            for (leaf, count) in text.withTitle.sorted(by: { $0.key < $1.key }) {
                match.score +=
                    shares.context * (worths[leaf] ?? 0)
                    * ranking.saturation(count, length: text.length + text.titleLength, average: average)
            }
            return match
        }
        addSurroundings(&ranked, documents)
        for index in ranked.indices where documents[ranked[index].key]?.kind == .conclusion {
            ranked[index].score *= wantsDecision ? shares.wantedConclusion : shares.conclusion
        }
        return ranked.sorted { $0.precedes($1) }
    }

    /// Adds what neighbours and the source earn among these matches.
    private func addSurroundings(_ ranked: inout [RankedDocument], _ documents: [DocumentKey: IndexDocument]) {
        struct Place: Hashable {
            var source: SourceID
            var ordinal: Int
        }
        var best: [SourceID: Float] = [:]
        var places: [Place: Float] = [:]
        for match in ranked {
            guard let document = documents[match.key] else { continue }
            best[document.source] = max(best[document.source] ?? 0, match.score)
            if document.kind == .passage {
                places[Place(source: document.source, ordinal: document.ordinal)] = match.score
            }
        }
        for index in ranked.indices {
            guard let document = documents[ranked[index].key] else { continue }
            var more = shares.source * (best[document.source] ?? 0)
            if document.kind == .passage {
                let before = places[Place(source: document.source, ordinal: document.ordinal - 1)] ?? 0
                let after = places[Place(source: document.source, ordinal: document.ordinal + 1)] ?? 0
                more += shares.neighbour * max(before, after)
            }
            ranked[index].score += more
        }
    }

    // MARK: - Texts

    /// What is seen of one document.
    private struct Look {
        /// Weighted occurrences of the question's characters and words.
        var counts: [String: Float] = [:]
        var length: Float = 0
        /// Worth of the parts in the best window.
        var closest: Float = 0
        /// By leaf, weighted occurrences in the text, the title and the heading.
        var withTitle: [Int: Float] = [:]
        var titleLength: Float = 0
    }

    private func look(_ document: IndexDocument) -> Look {
        var look = Look()
        var left = Self.longestText
        for field in document.searchedFields where left > 0 {
            let weight = Float(DocumentTerms.weight(of: field.role))
            var places: [(position: Int, leaf: Int, worth: Float)] = []
            var text = field.text
            text.withUTF8 { bytes in
                var end = min(bytes.count, left)
                while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
                left -= end
                SearchTokenizer().forEachTerm(in: UnsafeBufferPointer(rebasing: bytes[..<end])) { term in
                    if Self.isUnit(term.kind) { look.length += weight }
                    guard filter.mayHold(term.bytes) else { return }
                    if let unit = Self.unit(term), characters[unit] != nil { look.counts[unit, default: 0] += weight }
                    if let part = parts[String(decoding: term.bytes, as: UTF8.self)] {
                        places.append((term.position, part.leaf, part.worth))
                        look.withTitle[part.leaf, default: 0] += weight
                    }
                }
            }
            look.closest = max(look.closest, Self.closest(places))
        }
        // What is not searched is still what it stands under.
        let heading = document.isTitleSearched ? [] : [document.title]
        for var text in heading + [document.series, document.facts["item"]].compactMap({ $0 }) {
            text.withUTF8 { bytes in
                SearchTokenizer().forEachTerm(in: bytes) { term in
                    if Self.isUnit(term.kind) { look.titleLength += 1 }
                    guard filter.mayHold(term.bytes), let part = parts[String(decoding: term.bytes, as: UTF8.self)]
                    else { return }
                    look.withTitle[part.leaf, default: 0] += 1
                }
            }
        }
        return look
    }

    private static func isUnit(_ kind: SearchToken.Kind) -> Bool {
        switch kind {
        case .bigram, .runEnd, .word: true
        case .stem, .number, .date: false
        }
    }

    /// The character that a term begins with, or the word; nil for stems and values.
    private static func unit(_ term: SearchTerm) -> String? {
        switch term.kind {
        case .bigram, .runEnd:
            let width = term.bytes.first.map { $0 < 0x80 ? 1 : $0 < 0xE0 ? 2 : $0 < 0xF0 ? 3 : 4 } ?? 0
            return String(decoding: term.bytes.prefix(width), as: UTF8.self)
        case .word: return String(decoding: term.bytes, as: UTF8.self)
        case .stem, .number, .date: return nil
        }
    }

    /// Worth of the different parts in the window that holds the most of it.
    private static func closest(_ places: [(position: Int, leaf: Int, worth: Float)]) -> Float {
        var (best, worth, first): (Float, Float, Int) = (0, 0, 0)
        var counts: [Int: Int] = [:]
        for place in places {
            if counts[place.leaf, default: 0] == 0 { worth += place.worth }
            counts[place.leaf, default: 0] += 1
            while place.position - places[first].position >= closeness {
                counts[places[first].leaf, default: 0] -= 1
                if counts[places[first].leaf] == 0 { worth -= places[first].worth }
                first += 1
            }
            best = max(best, worth)
        }
        return best
    }
}
