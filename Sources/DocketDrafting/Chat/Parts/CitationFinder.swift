/// Verifies and repairs what a sentence of an answer cites.
///
/// Identifiers that were not sent go, places whose words answer the sentence better come in their stead, and each place
/// is narrowed to the sentences that say it.
struct CitationFinder {
    /// A place that a sentence rests on.
    struct Place: Equatable {
        /// Index of the piece.
        var piece: Int
        /// Bytes within the piece's text.
        var ranges: [Range<Int>]
    }

    /// A piece with the terms of each of its sentences.
    private struct Indexed {
        var sentences: [(range: Range<Int>, terms: Set<UInt64>)]
        var terms: Set<UInt64>
    }

    private let pieces: [Indexed]
    private let indices: [String: [Int]]
    /// The pieces that have a term.
    private let places: [UInt64: [Int]]
    private let isChinese: Bool

    /// A finder over the pieces that one prompt showed.
    init(_ pieces: [(id: String, text: String)], isChinese: Bool) {
        self.isChinese = isChinese
        self.pieces = pieces.map { Self.indexed($0.text, isChinese: isChinese) }
        var indices: [String: [Int]] = [:]
        var places: [UInt64: [Int]] = [:]
        for (index, piece) in pieces.enumerated() {
            indices[piece.id, default: []].append(index)
            for term in self.pieces[index].terms { places[term, default: []].append(index) }
        }
        self.indices = indices
        self.places = places
    }

    /// A term of every piece tells nothing of the place; one that no piece has weighs as much as one of a single piece.
    private func weight(_ term: UInt64) -> Double { 1 / Double(max(1, places[term]?.count ?? 1)).squareRoot() }

    /// The places that `sentence` rests on, best first; none when nothing that was sent says it.
    func places(of sentence: String, citing ids: [String]) -> [Place] {
        let terms = Self.terms(sentence, isChinese: isChinese)
        var cited: [Int] = []
        for index in ids.flatMap(known) where !cited.contains(index) { cited.append(index) }
        cited = Array(cited.prefix(Self.mostPlaces))
        guard !terms.isEmpty else { return cited.map { Place(piece: $0, ranges: narrowed($0, terms)) } }
        let chosen = repaired(cited, terms)
        return chosen.sorted { share([$0], terms) > share([$1], terms) }
            .map { Place(piece: $0, ranges: narrowed($0, terms)) }
    }

    /// Most places of one sentence.
    private static let mostPlaces = 8
    /// Share of a sentence's terms below which its places are doubted.
    private static let doubtful = 0.45
    /// Share that a place must answer to be taken unasked.
    private static let convincing = 0.25

    /// "p12", or "12" where the letter was left out.
    private func known(_ id: String) -> [Int] {
        if let known = indices[id] { return known }
        guard id.first?.isDigit ?? false else { return [] }
        return indices["p" + id] ?? indices["n" + id] ?? []
    }

    private func repaired(_ cited: [Int], _ terms: Set<UInt64>) -> [Int] {
        var chosen = cited
        let before = share(cited, terms)
        guard before < Self.doubtful else {
            // What answers nothing of the sentence is no ground of it.
            let useful = chosen.filter { share([$0], terms) >= 0.05 }
            return useful.isEmpty ? chosen : useful
        }
        while chosen.count < cited.count + 3, share(chosen, terms) < 0.85 {
            let now = share(chosen, terms)
            let gains = pieces.indices.lazy.filter { !chosen.contains($0) }.map { index in
                (index: index, gain: share(chosen + [index], terms) - now)
            }
            guard let best = gains.max(by: { ($0.gain, $1.index) < ($1.gain, $0.index) }), best.gain > 0.12 else {
                break
            }
            if chosen.isEmpty, best.gain < Self.convincing { break }
            chosen.append(best.index)
        }
        guard chosen.count > cited.count else { return chosen }
        // Where better places were found, those that add nothing to them were wrong.
        for index in cited {
            let rest = chosen.filter { $0 != index }
            if !rest.isEmpty, share(chosen, terms) - share(rest, terms) < 0.08 { chosen = rest }
        }
        return chosen
    }

    /// The piece that adds most to the share that `chosen` answer, the first of equals.
    private func best(beside chosen: [Int], _ terms: Set<UInt64>) -> (index: Int, gain: Double)? {
        var gains: [Int: Double] = [:]
        var total = 0.0
        for term in terms.sorted() {
            let weight = weight(term)
            total += weight
            if chosen.contains(where: { pieces[$0].terms.contains(term) }) { continue }
            for index in places[term] ?? [] { gains[index, default: 0] += weight }
        }
        let best = gains.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return best.map { ($0.key, $0.value / max(total, 1e-9)) }
    }

    /// Share of the sentence's weight that the pieces answer together, 0...1.
    private func share(_ chosen: [Int], _ terms: Set<UInt64>) -> Double {
        var total = 0.0
        var answered = 0.0
        // Sums of the same numbers in another order differ in their last bits: the order is fixed.
        for term in terms.sorted() {
            let weight = weight(term)
            total += weight
            if chosen.contains(where: { pieces[$0].terms.contains(term) }) { answered += weight }
        }
        return total > 0 ? answered / total : 0
    }

    /// The sentences of a piece that answer the terms, as few as do; neighbours are one range.
    private func narrowed(_ index: Int, _ terms: Set<UInt64>) -> [Range<Int>] {
        let sentences = pieces[index].sentences
        guard sentences.count > 1 else { return sentences.map(\.range) }
        var open = terms.intersection(pieces[index].terms)
        var chosen: [Int] = []
        while chosen.count < 4, !open.isEmpty {
            let gains = sentences.indices.map { weight(sentences[$0].terms.intersection(open)) }
            guard let best = gains.indices.max(by: { (gains[$0], $1) < (gains[$1], $0) }), gains[best] > 0 else {
                break
            }
            if !chosen.isEmpty, gains[best] < 0.1 * weight(terms) { break }
            chosen.append(best)
            open.subtract(sentences[best].terms)
        }
        guard !chosen.isEmpty else {
            return [sentences[0].range.lowerBound..<sentences[sentences.count - 1].range.upperBound]
        }
        var ranges: [Range<Int>] = []
        var last = -2
        for sentence in chosen.sorted() {
            if sentence == last + 1, let open = ranges.popLast() {
                ranges.append(open.lowerBound..<sentences[sentence].range.upperBound)
            } else {
                ranges.append(sentences[sentence].range)
            }
            last = sentence
        }
        return ranges
    }

    private func weight(_ terms: Set<UInt64>) -> Double { terms.sorted().reduce(0) { $0 + weight($1) } }

    // MARK: - Terms

    private static func indexed(_ text: String, isChinese: Bool) -> Indexed {
        var sentences: [(range: Range<Int>, terms: Set<UInt64>)] = []
        var open: [Clause] = []
        for clause in isChinese ? Clauses.chinese(text) : Clauses.english(text) {
            open.append(clause)
            guard clause.endsSentence, let first = open.first else { continue }
            let words = open.map(\.text).joined()
            sentences.append((first.range.lowerBound..<clause.range.upperBound, terms(words, isChinese: isChinese)))
            open = []
        }
        if sentences.isEmpty { sentences = [(0..<text.utf8.count, terms(text, isChinese: isChinese))] }
        return Indexed(sentences: sentences, terms: sentences.reduce(into: []) { $0.formUnion($1.terms) })
    }

    /// Terms of words as minutes write them, so that what was spoken and what is written meet.
    static func terms(_ text: String, isChinese: Bool) -> Set<UInt64> {
        isChinese ? Set(Terms.chinese(SpokenNumbers.written(text))) : Set(Terms.english(text))
    }
}
