import DocketText
import Foundation

/// Ranks the best matches of a question anew by their words.
///
/// To the BM25 of pairs it adds that of single characters, which meet where a compound is shortened or turned round, and what
/// stands close together: the best window of the text. Single characters are worth what they tell among these documents.
struct QuestionRanking {
    /// Matches that are ranked anew.
    static let window = 50
    /// Positions of the text that count as close together.
    private static let closeness = 60
    private static let closenessShare: Float = 0.3
    private static let characterShare: Float = 1.5
    /// Bytes of one document that are looked at.
    private static let longestText = 32 << 10

    private let ranking = Ranking()
    /// By term, the worth of the part of the question it belongs to.
    private let parts: [String: (leaf: Int, worth: Float)]
    /// Characters and words of the question.
    private let characters: Set<String>
    private let filter: TermFilter

    init(plan: QueryPlan, worths: PlanEvaluation.Worths) {
        var parts: [String: (leaf: Int, worth: Float)] = [:]
        var characters: Set<String> = []
        for (leaf, worth) in worths.leaves {
            for case .term(let request) in plan.leaves[leaf].alternatives {
                guard case .exact(let term) = plan.requests[request].terms else { continue }
                parts[term] = (leaf, worth)
            }
            var words = plan.leaves[leaf].words ?? ""
            words.withUTF8 { bytes in
                SearchTokenizer().forEachTerm(in: bytes) { term in
                    if let unit = Self.unit(term) { characters.insert(unit) }
                }
            }
        }
        (self.parts, self.characters) = (parts, characters)
        filter = TermFilter(Array(parts.keys) + Array(characters))
    }

    /// The matches, best first; their scores become the new ones.
    func ordered(_ matches: [RankedDocument], _ documents: [DocumentKey: IndexDocument]) -> [RankedDocument] {
        let texts = matches.map { match in documents[match.key].map(look) ?? Look() }
        var frequencies: [String: Int] = [:]
        for text in texts {
            for unit in text.counts.keys { frequencies[unit, default: 0] += 1 }
        }
        let average = max(1, texts.reduce(0) { $0 + $1.length } / Float(max(1, texts.count)))
        let ranked = zip(matches, texts).map { match, text -> RankedDocument in
            var match = match
            // In the order of the alphabet, so that sums are the same each time.
            for (unit, count) in text.counts.sorted(by: { $0.key < $1.key }) {
                let worth = ranking.inverseFrequency(frequencies[unit] ?? 0, of: texts.count) * (ranking.k1 + 1)
                match.score +=
                    Self.characterShare * worth * ranking.saturation(count, length: text.length, average: average)
            }
            match.score += Self.closenessShare * text.closest / (ranking.k1 + 1)
            return match
        }
        return ranked.sorted { $0.precedes($1) }
    }

    // MARK: - Texts

    /// What is seen of one document.
    private struct Look {
        /// Weighted occurrences of the question's characters and words.
        var counts: [String: Float] = [:]
        var length: Float = 0
        /// Worth of the parts in the best window.
        var closest: Float = 0
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
                    if let unit = Self.unit(term), characters.contains(unit) { look.counts[unit, default: 0] += weight }
                    if let part = parts[String(decoding: term.bytes, as: UTF8.self)] {
                        places.append((term.position, part.leaf, part.worth))
                    }
                }
            }
            look.closest = max(look.closest, Self.closest(places))
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
