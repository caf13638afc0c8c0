/// Finds agencies, persons with titles, tracking, document and file numbers, statutes and quoted titles.
///
/// Names of the roster are found exactly, longest first, with 臺 and 台 alike; others by their form.
public struct MentionFinder: Sendable {
    /// Names that are known.
    public let roster: RosterIndex

    /// A finder that knows `roster`.
    public init(_ roster: RosterIndex = .generic) {
        self.roster = roster
    }

    /// All mentions of `text` by their start; a quoted title or a person may hold an agency, others do not overlap.
    public func mentions(in text: String) -> [Mention] {
        mentions(in: ByteText(text))
    }

    /// True when `words` could be a person's full name: two to four Han characters that begin with a surname.
    public static func isFullName(_ words: String) -> Bool {
        let scalars = FoldedWord(words).scalars
        guard (2...4).contains(scalars.count), scalars.allSatisfy(ByteText.isHan), let first = scalars.first else {
            return false
        }
        return MentionWords.surnames.contains(first) && !MentionWords.commonWords.contains(first)
    }

    func mentions(in text: ByteText) -> [Mention] {
        mentions(
            in: text, dates: DateParser().expressions(in: text), identifiers: IdentifierScanner.identifiers(in: text))
    }

    /// The same when dates and identifiers are known already; both in order.
    func mentions(in text: ByteText, dates: [DateExpression], identifiers: [Mention]) -> [Mention] {
        let taken = (identifiers.map(\.range) + dates.map(\.dateRange)).sorted { $0.lowerBound < $1.lowerBound }
        var reader = NameReader(text: text, roster: roster, taken: taken)
        let names = reader.readAll()
        let quotes = QuoteReader.mentions(in: text)
        return (identifiers + names + quotes).sorted {
            ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
        }
    }
}

/// Quoted titles and statutes.
enum QuoteReader {
    private static let closing: [UInt32: UInt32] = [
        0x300C: 0x300D, 0x300A: 0x300B, 0x3008: 0x3009, 0x300E: 0x300F, 0x201C: 0x201D,
    ]
    /// Longest title, in bytes.
    private static let limit = 240

    static func mentions(in text: ByteText) -> [Mention] {
        var found: [Mention] = []
        var index = 0
        var open: (start: Int, content: Int, close: UInt32)?
        while index < text.count {
            let (scalar, width) = text.scalar(at: index)
            if let current = open, scalar == current.close {
                append(text, current.start..<index + width, content: current.content..<index, to: &found)
                open = nil
            } else if let close = closing[scalar] {
                open = (index, index + width, close)
            } else if let current = open, index - current.start > limit {
                open = nil
            } else if scalar == article, open == nil,
                let statute = statute(in: text, articleAt: index, after: found.last)
            {
                if found.last?.range.lowerBound == statute.range.lowerBound { found.removeLast() }
                found.append(statute)
                index = statute.range.upperBound
                continue
            }
            index += max(1, width)
        }
        return found
    }

    private static let article = FoldedWord("第").scalars[0]

    private static func append(_ text: ByteText, _ range: Range<Int>, content: Range<Int>, to found: inout [Mention]) {
        guard !content.isEmpty else { return }
        let name = text.words(content)
        let isStatute = ["法", "條例", "辦法", "規則", "準則", "細則", "要點", "規程", "自治條例"].contains { name.hasSuffix($0) }
        found.append(
            Mention(kind: isStatute ? .statute : .quotedTitle, range: range, words: text.words(range), name: name))
    }

    /// 政府採購法第22條第1項第9款: the article at `index` and the name before it.
    private static func statute(in text: ByteText, articleAt index: Int, after last: Mention?) -> Mention? {
        guard let (parts, end) = articles(in: text, at: index) else { return nil }
        let earliest = last?.range.upperBound ?? 0
        if let last, last.kind == .statute, last.range.upperBound == index, last.parts.isEmpty {
            var joined = last
            joined.range = last.range.lowerBound..<end
            joined.words = text.words(joined.range)
            joined.parts = parts
            return joined
        }
        var start = index
        for _ in 0..<20 {
            let (scalar, before) = text.scalar(before: start)
            guard before >= earliest, ByteText.isHan(scalar), !MentionWords.agencyStops.contains(scalar) else { break }
            start = before
        }
        let (lead, leadWidth) = text.scalar(at: start)
        if MentionWords.agencyLeads.contains(lead),
            !MentionWords.afterLeads.contains(text.scalar(at: start + leadWidth).value)
        {
            start += leadWidth
        }
        let name = text.words(start..<index)
        guard ["法", "條例", "辦法", "規則", "準則", "細則", "要點", "規程"].contains(where: name.hasSuffix), name.count >= 2 else {
            return nil
        }
        return Mention(kind: .statute, range: start..<end, words: text.words(start..<end), name: name, parts: parts)
    }

    /// "第22條之1第1項第9款": article, paragraph and subparagraph.
    private static func articles(in text: ByteText, at index: Int) -> ([String], Int)? {
        var parts: [String] = []
        var end = index
        for unit: FoldedWord in ["條", "項", "款", "目"] {
            guard let start = text.end(of: "第", at: end),
                let numeral = NumeralScanner.numeral(in: text, at: text.skippingBlanks(start)),
                let value = numeral.whole,
                let after = text.end(of: unit, at: text.skippingBlanks(numeral.range.upperBound))
            else { break }
            var part = String(value)
            end = after
            if let branch = text.end(of: "之", at: after), let number = NumeralScanner.numeral(in: text, at: branch),
                let value = number.whole
            {
                part += "-\(value)"
                end = number.range.upperBound
            }
            parts.append(part)
        }
        return parts.isEmpty ? nil : (parts, end)
    }
}
