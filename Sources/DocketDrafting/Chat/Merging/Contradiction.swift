internal import DocketCore

/// Two sentences from the source that cannot both be as they stand.
struct Contradiction: Sendable, Equatable {
    var left: DraftNote
    var right: DraftNote
    /// True when a model reported it, false when it was found by rule.
    var answered: Bool

    init(_ left: DraftNote, _ right: DraftNote, answered: Bool) {
        (self.left, self.right) = (left, right)
        self.answered = answered
    }

    /// The pairs of `notes` from different parts that speak of the same and differ in a figure, or in whether it is so.
    static func found(in notes: [DraftNote], isChinese: Bool) -> [Contradiction] {
        let read = notes.prefix(mostNotes).map { Reading($0, isChinese: isChinese) }
        var found: [Contradiction] = []
        for right in read.indices.dropFirst() {
            for left in read[..<right].indices where read[left].note.part != read[right].note.part {
                guard found.count < most, read[left].contradicts(read[right]) else { continue }
                found.append(Contradiction(read[left].note, read[right].note, answered: false))
            }
        }
        return found
    }

    /// Sentences that are compared, and pairs that are reported.
    private static let mostNotes = 800
    private static let most = 40

    /// What a finding says of the pair, once a pair.
    static func findings(_ all: [Contradiction], in source: SourceDocument, talk: Talk, path: String?) -> [Finding] {
        var seen: [Contradiction] = []
        return all.compactMap { pair in
            guard !seen.contains(where: { $0.isSame(as: pair) }) else { return nil }
            seen.append(pair)
            let places = [pair.left, pair.right].flatMap { $0.places.prefix(2) }
            let spans = places.map { source.span(talk.sourceRange($0.range)) }
            func words(_ note: DraftNote) -> String { note.text.count > 80 ? note.text.prefix(80) + "…" : note.text }
            return Finding(
                rule: "GEN-07", severity: .warning, place: Finding.Place(spans: spans, path: path),
                message: LocalizedText(
                    zhHant: "來源前後說法不一：「\(words(pair.left))」與「\(words(pair.right))」",
                    en: "parts of the source contradict each other: \"\(words(pair.left))\" and "
                        + "\"\(words(pair.right))\""),
                remedy: LocalizedText(
                    zhHant: "請核對兩處原文，確認以何者為準", en: "compare the two places and decide which one holds"))
        }
    }

    private func isSame(as other: Contradiction) -> Bool {
        left.text == other.left.text && right.text == other.right.text
            || left.text == other.right.text && right.text == other.left.text
    }

    /// A sentence as it is compared.
    private struct Reading {
        var note: DraftNote
        var terms: Set<UInt64>
        var figures: Set<String>
        /// Figures that say which of several is meant: 第3, #3.
        var ordinals: Set<String>
        var isDenied: Bool
        var becomes: String?

        init(_ note: DraftNote, isChinese: Bool) {
            self.note = note
            terms = CitationFinder.terms(note.text, isChinese: isChinese)
            let written = isChinese ? SpokenNumbers.written(note.text) : note.text
            (figures, ordinals) = Self.figures(written)
            let lowered = note.text.lowercased()
            isDenied =
                isChinese
                ? ["不得", "毋須", "無須", "不同意", "不予", "未能", "不納入", "尚未"].contains(where: note.text.contains)
                : [" not ", "n't ", " never ", " no longer "].contains(where: lowered.contains)
            becomes = ["解除列管", "賡續列管"].first(where: note.text.contains)
        }

        func contradicts(_ other: Reading) -> Bool {
            let shared = terms.intersection(other.terms).count
            let least = min(terms.count, other.terms.count)
            guard shared >= 5, Double(shared) >= 0.7 * Double(least), ordinals == other.ordinals else { return false }
            if let becomes, let theirs = other.becomes, becomes != theirs { return true }
            if isDenied != other.isDenied { return true }
            let (own, theirs) = (figures.subtracting(other.figures), other.figures.subtracting(figures))
            return !own.isEmpty && !theirs.isEmpty
        }

        /// Runs of digits, those behind 第 or # apart.
        static func figures(_ text: String) -> (figures: Set<String>, ordinals: Set<String>) {
            var figures = Set<String>()
            var ordinals = Set<String>()
            var open = ""
            var isOrdinal = false
            var last: Character = " "
            for character in text.replacing(",", with: "") + " " {
                if character.isDigit || character == "." && !open.isEmpty {
                    if open.isEmpty { isOrdinal = last == "第" || last == "#" || last.isASCII && last.isLetter }
                    open.append(character)
                } else if !open.isEmpty {
                    while open.last == "." { open.removeLast() }
                    if isOrdinal { ordinals.insert(open) } else { figures.insert(open) }
                    open = ""
                }
                last = character
            }
            return (figures, ordinals)
        }
    }
}
