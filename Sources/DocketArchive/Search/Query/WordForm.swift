import DocketText

/// A word or phrase of a query as terms.
struct WordForm {
    /// A term and its place in the phrase.
    struct Part: Equatable {
        var term: String
        var offset: Int
        /// True for a single character at the end: every pair that begins with it will do.
        var isPrefix: Bool
    }

    /// Terms that the text itself consists of, as few as suffice.
    let text: [Part]
    /// Other forms: the stem of an English word, the value of a number, the day of a date.
    let otherTerms: [String]

    /// `isOpen`: the last word may go on.
    init(_ text: String, isOpen: Bool = false) {
        var base: [SearchToken] = []
        let tokenizer = SearchTokenizer()
        tokenizer.index(text) { token in
            switch token.kind {
            case .bigram, .runEnd, .word: base.append(token)
            case .stem, .number, .date: break
            }
        }
        // The last character of the last run is in the pair before it, or stands for all pairs that it begins.
        if let last = base.last, last.kind == .runEnd, base.count > 1, base[base.count - 2].kind == .bigram,
            base[base.count - 2].position == last.position - 1
        {
            base.removeLast()
        }
        var parts = Self.cover(base)
        if isOpen, base.last?.kind == .word, !parts.isEmpty { parts[parts.count - 1].isPrefix = true }
        self.text = parts
        otherTerms = isOpen ? [] : Self.others(tokenizer.query(text), base: base)
    }

    /// Leaves out pairs whose characters the neighbours hold: places say that nothing stands between.
    private static func cover(_ base: [SearchToken]) -> [Part] {
        guard let first = base.first else { return [] }
        var parts: [Part] = []
        var covered = -1
        for (index, token) in base.enumerated() {
            if token.kind == .bigram, index + 1 < base.count {
                let next = base[index + 1]
                let isHeld = covered >= token.position && next.position == token.position + 1
                if isHeld { continue }
            }
            if token.kind == .bigram { covered = token.position + 1 }
            var part = Part(
                term: token.term, offset: token.position - first.position,
                isPrefix: token.kind == .runEnd && index + 1 == base.count)
            // Behind a word the character begins a run, and that has a term of its own.
            if part.isPrefix, index > 0, base[index - 1].kind == .word {
                part = Part(term: IndexTerm.runStart(token.term), offset: part.offset, isPrefix: false)
            }
            parts.append(part)
        }
        return parts
    }

    private static func others(_ tokens: [SearchToken], base: [SearchToken]) -> [String] {
        guard let first = base.first, let last = base.last else { return [] }
        let whole = first.range.lowerBound..<last.range.upperBound
        let values = tokens.filter { token in
            (token.kind == .date || token.kind == .number) && token.range.lowerBound <= whole.lowerBound
                && token.range.upperBound >= whole.upperBound
        }
        if let date = values.first(where: { $0.kind == .date }) { return [date.term] }
        if let number = values.first { return [number.term] }
        guard base.count == 1, first.kind == .word else { return [] }
        return tokens.filter { $0.kind == .stem || ($0.kind == .word && $0.term != first.term) }.map(\.term)
    }
}

/// A question as parts that rank: pairs of characters, words with their stems, numbers and dates.
struct QuestionForm {
    struct Part {
        /// Alternatives.
        var terms: [String]
        var isPrefix = false
        /// As typed.
        var words: String
        /// What it counts for: less for words that frame what is asked about.
        var share: Float = 1
    }

    let parts: [Part]

    init(_ text: String) {
        let tokens = SearchTokenizer().query(text)
        let all = Self.parts(tokens, of: text)
        let telling = all.filter { part in
            !part.terms.contains { Interrogatives.stopPairs.contains($0) || Interrogatives.stopWords.contains($0) }
        }
        parts = telling.isEmpty ? all : telling
    }

    /// Parts above which a question is long.
    static let mostParts = 32

    var isLong: Bool { parts.count > Self.mostParts }

    var exactTerms: [String] { parts.flatMap { $0.isPrefix ? [] : $0.terms } }

    /// The parts that tell the most, in the order of the question.
    ///
    /// All of a short question; of a long one the rarest that `frequencies` has documents for, and as many that it has none
    /// for: those are in few documents or in none.
    func telling(_ frequencies: [String: Int]) -> [Part] {
        guard isLong else { return parts }
        let counts = parts.map { part in
            part.isPrefix ? .max : part.terms.reduce(0) { $0 + (frequencies[$1] ?? 0) }
        }
        let known = parts.indices.filter { counts[$0] > 0 }.sorted { (counts[$0], $0) < (counts[$1], $1) }
        let unknown = parts.indices.filter { counts[$0] == 0 }
        return (known.prefix(Self.mostParts) + unknown.prefix(Self.mostParts)).sorted().map { parts[$0] }
    }

    private static func parts(_ tokens: [SearchToken], of text: String) -> [Part] {
        var parts: [Part] = []
        var places: [Int: Int] = [:]
        let framing = framingBytes(of: text)
        for token in tokens {
            let share = framing[token.range].contains(true) ? FramingWords.share : 1
            let words = String(decoding: Array(text.utf8)[token.range], as: UTF8.self)
            switch token.kind {
            case .number, .date: parts.append(Part(terms: [token.term], words: words))
            case .bigram: parts.append(Part(terms: [token.term], words: words, share: share))
            case .runEnd: parts.append(Part(terms: [token.term], isPrefix: true, words: words, share: share))
            case .word, .stem:
                if let place = places[token.position] {
                    parts[place].terms.append(token.term)
                } else {
                    places[token.position] = parts.count
                    parts.append(Part(terms: [token.term], words: words))
                }
            }
        }
        // A pair that comes twice counts for what it counts where it says the most.
        var seen: [String: Int] = [:]
        var unique: [Part] = []
        for part in parts {
            if let first = seen[part.terms[0]] {
                unique[first].share = max(unique[first].share, part.share)
            } else {
                seen[part.terms[0]] = unique.count
                unique.append(part)
            }
        }
        return unique
    }

    /// By byte of `text`, true where it frames what is asked about.
    private static func framingBytes(of text: String) -> [Bool] {
        zip(text.unicodeScalars, FramingWords.marks(of: text)).flatMap { scalar, isFraming in
            [Bool](repeating: isFraming, count: UTF8.width(scalar))
        }
    }
}
