internal import DocketCore
internal import DocketTransport

/// A stretch of the source that a prompt shows under an identifier: a passage, or a sentence of one that is too long.
struct SourcePiece: Sendable, Equatable {
    /// Identifier in prompts, "p12": the number of the passage.
    var id: String
    /// Passage of the source.
    var passage: Int
    /// Label of who spoke.
    var speaker: String?
    /// Name of who spoke, as minutes name them.
    var name: String?
    /// The words.
    var text: String
    /// First byte of `text` in the talk.
    var start: Int

    /// Pieces of `talk` that say anything, one a passage or paragraph.
    static func pieces(of talk: Talk, naming name: (String?) -> String?) -> [SourcePiece] {
        talk.utterances.compactMap { utterance in
            guard Terms.contentCount(utterance.text) > 0 else { return nil }
            return SourcePiece(
                id: "p\(utterance.passage)", passage: utterance.passage, speaker: utterance.speaker,
                name: name(utterance.speaker), text: utterance.text, start: utterance.start)
        }
    }

    /// Its line in a prompt.
    func line(isChinese: Bool) -> String { PromptData.entry(id, speaker: name, text, isChinese: isChinese) }

    /// The piece in two: at the sentence nearest to its middle, else at a clause, else at a character; nil for a piece
    /// that is too short to be cut.
    func halves(isChinese: Bool) -> (SourcePiece, SourcePiece)? {
        let count = text.utf8.count
        guard count >= 2 * Self.shortest else { return nil }
        let clauses = isChinese ? Clauses.chinese(text) : Clauses.english(text)
        let ends = clauses.dropLast().map { ($0.range.upperBound, $0.endsSentence) }
        func nearest(_ ends: [Int]) -> Int? {
            ends.filter { $0 > count / 8 && $0 < count - count / 8 }.min { abs($0 - count / 2) < abs($1 - count / 2) }
        }
        let cut = nearest(ends.filter(\.1).map(\.0)) ?? nearest(ends.map(\.0)) ?? middle
        let index = text.utf8.index(text.startIndex, offsetBy: cut)
        var (left, right) = (self, self)
        left.text = String(text[..<index])
        right.text = String(text[index...])
        right.start = start + cut
        return (left, right)
    }

    /// Bytes below which nothing is cut.
    private static let shortest = 60

    /// A boundary of characters in the middle.
    private var middle: Int {
        let bytes = Array(text.utf8)
        var cut = bytes.count / 2
        while cut > 0, bytes[cut] & 0xC0 == 0x80 { cut -= 1 }
        return cut
    }
}

/// Packs pieces into parts that a prompt has room for; nothing is left out.
struct PartPacker {
    let estimate: TokenEstimate
    let isChinese: Bool

    /// Parts of at most `budget` tokens each, in order; a piece beyond it is cut at sentences.
    func parts(_ pieces: [SourcePiece], budget: Int) -> [[SourcePiece]] {
        var parts: [[SourcePiece]] = []
        var open: [SourcePiece] = []
        var size = 0
        for piece in pieces.flatMap({ fitting($0, budget) }) {
            let tokens = tokens(of: piece)
            if size + tokens > budget, !open.isEmpty {
                parts.append(open)
                (open, size) = ([], 0)
            }
            open.append(piece)
            size += tokens
        }
        if !open.isEmpty { parts.append(open) }
        return parts
    }

    /// The two halves of a part that turned out too large; nil when it cannot be cut further.
    func halves(_ part: [SourcePiece]) -> ([SourcePiece], [SourcePiece])? {
        if part.count > 1 {
            let half = part.reduce(0) { $0 + tokens(of: $1) } / 2
            var size = 0
            var cut = 0
            while cut < part.count - 1, cut == 0 || size + tokens(of: part[cut]) <= half {
                size += tokens(of: part[cut])
                cut += 1
            }
            return (Array(part[..<cut]), Array(part[cut...]))
        }
        return part.first?.halves(isChinese: isChinese).map { ([$0.0], [$0.1]) }
    }

    private func fitting(_ piece: SourcePiece, _ budget: Int) -> [SourcePiece] {
        guard tokens(of: piece) > budget, let (left, right) = piece.halves(isChinese: isChinese) else { return [piece] }
        return fitting(left, budget) + fitting(right, budget)
    }

    /// Tokens of a piece's line with its break.
    func tokens(of piece: SourcePiece) -> Int { estimate.tokens(in: piece.line(isChinese: isChinese)) + 1 }
}
