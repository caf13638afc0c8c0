/// A word of letters whose spelling is looked at: words of the index that differ in one letter, or two where it is long.
///
/// Words with digits keep them; words with fewer than four letters have no other spelling, and numbers never have.
struct WordSpelling: Sendable {
    /// The word, folded.
    let word: String
    private let bytes: [UInt8]
    private let digits: [UInt8]
    /// Letters that may differ.
    private let limit: Int

    /// Longest word that is looked at, in letters.
    static let longest = 32
    /// Rows that are read for the words that begin like this one.
    private static let rows = 16

    init?(_ part: SpelledText.Part) {
        word = part.folded.string
        bytes = Array(word.utf8)
        digits = bytes.filter(Self.isDigit)
        let letters = bytes.count - digits.count
        guard letters >= 4, digits.count < letters, bytes.count <= Self.longest else { return nil }
        limit = letters < 8 ? 1 : 2
    }

    /// Words that may have been meant, the most promising first.
    func candidates(in view: TermView) throws -> [SpellingCandidate] {
        var counts = try view.counts(of: Set(beginnings))
        // Two slips may begin at the second letter.
        let heads = [[bytes[0], bytes[1]], [bytes[1], bytes[0]]] + (limit > 1 ? [[bytes[0]]] : [])
        for prefix in heads {
            counts.merge(try view.terms(with: String(decoding: prefix, as: UTF8.self), rows: Self.rows)) { max($0, $1) }
        }
        counts.merge(view.recent) { max($0, $1) }
        return SpellingCandidate.ordered(
            counts.compactMap { term, count in
                let other = Array(term.utf8)
                guard let distance = other.withUnsafeBytes(distance(to:)), distance > 0 else { return nil }
                return SpellingCandidate(
                    range: 0..<bytes.count, text: Array(term.unicodeScalars), reason: reason(distance, other),
                    strength: distance == 1 ? 5 : 2, estimate: count)
            })
    }

    /// The word with a change in its first two letters: words that do not begin as it does.
    private var beginnings: [String] {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        var words: [[UInt8]] = [Array(bytes.dropFirst()), [bytes[0]] + bytes.dropFirst(2)]
        for letter in letters {
            words.append([letter] + bytes)
            words.append([bytes[0], letter] + bytes.dropFirst())
            words.append([letter] + bytes.dropFirst())
            words.append([bytes[0], letter] + bytes.dropFirst(2))
        }
        return words.map { String(decoding: $0, as: UTF8.self) }
    }

    private func reason(_ distance: Int, _ other: [UInt8]) -> SpellingCorrection.Reason {
        guard distance == 1 else { return .typing }
        if other.count > bytes.count { return .missing }
        if other.count < bytes.count { return .extra }
        return zip(bytes, other).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) } == 2 ? .swapped : .typing
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Letters changed, missing, too many or swapped with their neighbour between the word and `other`; nil where they are
    /// more than may differ, or another word has other digits or characters than letters.
    func distance(to other: UnsafeRawBufferPointer) -> Int? {
        guard abs(other.count - bytes.count) <= limit, let first = other.first, (0x30...0x7A).contains(first) else {
            return nil
        }
        guard other.allSatisfy({ Self.isDigit($0) || (0x61...0x7A).contains($0) }) else { return nil }
        if !digits.isEmpty || other.contains(where: Self.isDigit) {
            guard other.filter(Self.isDigit) == digits else { return nil }
        }
        // Three rows of the table of distances of beginnings (optimal string alignment).
        var before: [Int] = []
        var last = Array(0...other.count)
        for row in 1...bytes.count {
            var next = [row] + [Int](repeating: 0, count: other.count)
            for column in stride(from: 1, through: other.count, by: 1) {
                let isSame = bytes[row - 1] == other[column - 1]
                next[column] = min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, bytes[row - 1] == other[column - 2], bytes[row - 2] == other[column - 1] {
                    next[column] = min(next[column], before[column - 2] + 1)
                }
            }
            guard let least = next.min(), least <= limit else { return nil }
            (before, last) = (last, next)
        }
        return last[other.count] <= limit ? last[other.count] : nil
    }
}
