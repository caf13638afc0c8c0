internal import DocketCore

/// A clause group or sentence that a summary may take up whole.
struct Unit: Sendable, Equatable {
    /// Position of its utterance in the talk.
    var utterance: Int
    /// Position among the units of its utterance.
    var position: Int
    /// Bytes in the source's text that it was made from.
    var range: Range<Int>
    /// Text without fillers and repairs, closing punctuation kept.
    var text: String
    /// True when `text` stands in the source as it is.
    var isVerbatim: Bool
    /// Distinct terms (`Terms`), in order of appearance.
    var terms: [UInt64]
    /// Length in characters or words.
    var size: Int
    /// True when it ends with a question mark.
    var isQuestion: Bool { text.hasSuffix("？") || text.hasSuffix("?") }
}

/// Cuts a talk into units.
struct UnitSplitter: Sendable {
    /// Shortest Chinese unit that a following clause does not join, in characters.
    var shortest = 18
    /// Length that joining clauses of speech does not exceed, in characters.
    var longest = 48
    /// The same of written text, whose sentences are best left whole.
    var longestWritten = 100

    /// Units of all utterances in order.
    func units(of talk: Talk) -> [Unit] {
        var units: [Unit] = []
        for (number, utterance) in talk.utterances.enumerated() where utterance.kind != .heading {
            let pieces =
                talk.isChinese
                ? chinesePieces(utterance.text, isSpoken: utterance.kind == .utterance)
                : englishPieces(utterance.text, isSpoken: utterance.kind == .utterance)
            for (position, piece) in pieces.enumerated() {
                let lower = utterance.start + piece.range.lowerBound
                let upper = utterance.start + piece.range.upperBound
                units.append(
                    Unit(
                        utterance: number, position: position,
                        range: talk.sourceRange(lower..<upper), text: piece.text,
                        isVerbatim: piece.isVerbatim,
                        terms: talk.isChinese ? Terms.chinese(piece.text) : Terms.english(piece.text),
                        size: talk.length(of: piece.text)))
            }
        }
        return units
    }

    /// A unit before it knows its utterance; `range` is within the utterance.
    private struct Piece {
        var range: Range<Int>
        var text: String
        var isVerbatim: Bool
    }

    /// Joins the clauses of each sentence into groups of `shortest` to `longest` characters.
    private func chinesePieces(_ text: String, isSpoken: Bool) -> [Piece] {
        var pieces: [Piece] = []
        let longest = isSpoken ? longest : max(longest, longestWritten)
        var open: Piece?
        var openCount = 0
        func close() {
            if let piece = open, Terms.contentCount(piece.text) >= 2 { pieces.append(piece) }
            open = nil
            openCount = 0
        }
        for clause in Clauses.chinese(text) {
            let original = clause.text
            let tidy = isSpoken ? SpokenChinese.withoutFillers(original) : original
            if Terms.contentCount(tidy) >= 2 {
                let count = tidy.count
                if openCount >= shortest, openCount + count > longest { close() }
                if let piece = open {
                    open = Piece(
                        range: piece.range.lowerBound..<clause.range.upperBound, text: piece.text + tidy,
                        isVerbatim: piece.isVerbatim && tidy == original)
                } else {
                    open = Piece(range: clause.range, text: tidy, isVerbatim: tidy == original)
                }
                openCount += count
            }
            if clause.endsSentence { close() }
        }
        close()
        return pieces
    }

    /// One piece a sentence, without fillers, repairs and discourse openers; fewer than five words are left out.
    private func englishPieces(_ text: String, isSpoken: Bool) -> [Piece] {
        Clauses.english(text).compactMap { sentence in
            let tidy = isSpoken ? SpokenEnglish.tidy(sentence.text) : sentence.text
            guard tidy.split(separator: " ").count >= 5 else { return nil }
            return Piece(range: sentence.range, text: tidy, isVerbatim: tidy == sentence.text)
        }
    }
}
