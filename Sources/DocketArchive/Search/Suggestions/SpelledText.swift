import DocketText

/// A word of a query as the parts whose spelling can be looked at: runs of Chinese characters, and words of letters.
struct SpelledText {
    /// A part.
    struct Part {
        /// Place in the word's characters.
        var range: Range<Int>
        var isRun: Bool
        /// As typed, and folded: of equal length.
        var characters: [Unicode.Scalar]
        var folded: [Unicode.Scalar]
    }

    let word: String
    let characters: [Unicode.Scalar]
    let parts: [Part]

    /// Most characters of a word that are looked at.
    static let longest = 48

    init(_ word: String) {
        self.word = word
        // Long before the end of a long text nothing would be looked at any more.
        let characters = Array(word.unicodeScalars.prefix(Self.longest * 4))
        self.characters = characters
        let numbers = Self.identifiers(String(String.UnicodeScalarView(characters)))
        var parts: [Part] = []
        var (index, offset) = (0, 0)
        while index < characters.count {
            let start = index
            let startOffset = offset
            guard let kind = Self.kind(characters[index]) else {
                (index, offset) = (index + 1, offset + UTF8.width(characters[index]))
                continue
            }
            var folded: [Unicode.Scalar] = []
            while index < characters.count, let next = Self.kind(characters[index]), next.isRun == kind.isRun {
                folded.append(next.folded)
                (index, offset) = (index + 1, offset + UTF8.width(characters[index]))
            }
            let range = startOffset..<offset
            if index - start > 1, !numbers.contains(where: { $0.overlaps(range) }) {
                parts.append(
                    Part(
                        range: start..<index, isRun: kind.isRun, characters: Array(characters[start..<index]),
                        folded: folded))
            }
        }
        self.parts = parts
    }

    /// The word with other characters in a range.
    func replacing(_ range: Range<Int>, with text: [Unicode.Scalar]) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: characters[..<range.lowerBound])
        result.append(contentsOf: text)
        result.append(contentsOf: word.unicodeScalars.dropFirst(range.upperBound))
        return String(result)
    }

    /// What a character folds to and whether it stands in runs; nil for what no spelling is looked at of.
    private static func kind(_ scalar: Unicode.Scalar) -> (folded: Unicode.Scalar, isRun: Bool)? {
        let folded = Folding.key(String(scalar)).unicodeScalars
        guard folded.count == 1, let single = folded.first else { return nil }
        switch single.value {
        case 0x30...0x39, 0x61...0x7A: return (single, false)
        case 0x3400...0x9FFF where single.properties.isIdeographic: return (single, true)
        default: return nil
        }
    }

    /// Where numbers of files, documents and tracked items stand, in bytes.
    private static func identifiers(_ text: String) -> [Range<Int>] {
        guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return [] }
        return MentionFinder().mentions(in: text)
            .filter { [.trackingNumber, .documentNumber, .fileNumber].contains($0.kind) }.map(\.range)
    }
}
