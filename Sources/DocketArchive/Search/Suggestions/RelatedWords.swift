import DocketCore
import DocketText

/// A part of a query that finds something by itself.
public struct RelatedWords: Sendable, Hashable, Codable {
    /// The part, as typed.
    public var text: String
    /// Documents that the viewer may see and that hold it; at least 1.
    public var documents: Int

    /// A part that finds something.
    public init(text: String, documents: Int) { (self.text, self.documents) = (text, documents) }
}

extension SpellingSuggester {
    /// The longest parts of a query that do find something, for when the whole finds nothing.
    ///
    /// Longest first, of equal length those in fewer documents, at most `limit`; no part is in another one.
    /// - Throws: as `corrections`.
    func related(to words: [String], limit: Int = 5, deadline: SearchDeadline) async throws -> [RelatedWords] {
        var seen: Set<String> = []
        var room = SpelledText.longest
        var found: [RelatedWords] = []
        for word in words.prefix(limits.words) where seen.insert(word).inserted {
            for part in SpelledText(word).parts where room > 0 {
                room -= part.isRun ? part.characters.count : 4
                if part.isRun {
                    found += try await parts(of: Array(part.characters.prefix(SpelledText.longest)), deadline)
                } else {
                    let text = part.characters.string
                    var counts = try await VisibleCounts([.word(text)], in: source, viewer: viewer, deadline: deadline)
                    let documents = try counts.count(.word(text))
                    if documents > 0, !Interrogatives.stopWords.contains(Folding.key(text)) {
                        found.append(RelatedWords(text: text, documents: documents))
                    }
                }
            }
        }
        let sorted = found.sorted { left, right in
            let (one, two) = (left.text.unicodeScalars.count, right.text.unicodeScalars.count)
            if one != two { return one > two }
            if left.documents != right.documents { return left.documents < right.documents }
            return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
        }
        var kept: [RelatedWords] = []
        for words in sorted where kept.count < limit && !kept.contains(where: { $0.text.contains(words.text) }) {
            kept.append(words)
        }
        return kept
    }

    /// Stretches of a run, none in another one, that stand in documents.
    private func parts(of run: [Unicode.Scalar], _ deadline: SearchDeadline) async throws -> [RelatedWords] {
        var wanted: Set<VisibleCounts.Wanted> = []
        func text(_ start: Int, _ end: Int) -> String { Array(run[start..<end]).string }
        let longest = 8
        for start in run.indices {
            for end in start + 1..<min(run.count, start + longest) { wanted.insert(.text(text(start, end + 1))) }
        }
        var counts = try await VisibleCounts(wanted, in: source, viewer: viewer, deadline: deadline)
        var (found, end) = ([RelatedWords](), 0)
        for start in run.indices {
            var (reach, documents) = (max(end, start + 1), 0)
            // Where the stretch before ended, this one may go on.
            while reach < min(run.count, start + longest) {
                let count = try counts.count(.text(text(start, reach + 1)))
                if count == 0 { break }
                (reach, documents) = (reach + 1, count)
            }
            guard documents > 0, reach > end else { continue }
            end = reach
            let isAsking = reach - start == 2 && Interrogatives.stopPairs.contains(Folding.key(text(start, reach)))
            if !isAsking { found.append(RelatedWords(text: text(start, reach), documents: documents)) }
        }
        return found
    }
}
