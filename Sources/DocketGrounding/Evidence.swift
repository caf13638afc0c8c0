public import DocketCore
internal import DocketText

/// A passage that a claim is held against.
public struct Evidence: Sendable, Equatable {
    /// Its name for the caller.
    public var id: String
    /// Title of the document it comes from: says whose 本處 or 本府 is meant, and in which year.
    public var title: String
    /// Its text.
    public var text: String
    /// Where the text stands in its source; reasons point into it.
    ///
    /// Nil when the caller needs no spans.
    public var span: SourceSpan?
    /// Who spoke it, as the source labels them; empty when unknown or said in the text ("唐鳳：").
    public var speaker: String

    /// A passage.
    public init(id: String, title: String = "", text: String, span: SourceSpan? = nil, speaker: String = "") {
        self.id = id
        self.title = title
        self.text = text
        self.span = span
        self.speaker = speaker
    }
}

/// All passages of a claim as one analysed text, with the way back to each.
struct EvidenceText: Sendable {
    /// The passages joined by line breaks, each behind the label of its speaker where it has one.
    let analysed: AnalysedText
    /// The text folded for comparison of names.
    let folded: String
    /// The same without blanks, for names that a page spreads out: 青 嵐 市 政 府.
    let dense: String
    /// Titles of the documents, folded.
    let titles: String
    /// Years that the passages and their titles name.
    let years: Set<Int>
    /// Indices of quantities by the key of their value.
    let quantitiesByKey: [String: [Int]]
    /// True when somebody says no more in a clause than 好 or 照這樣.
    let hasAssent: Bool
    /// Names of the agencies, folded and without their city, each once.
    let agencies: [[Character]]
    /// Numbers of the keys of its tokens, the same for equal keys.
    let ids: [Int32]
    private let idsByKey: [String: Int32]
    /// Pairs of neighbouring tokens, by the numbers of their keys.
    private let pairs: Set<Int64>
    private let parts: [Part]

    private struct Part: Sendable {
        let start: Int
        let end: Int
        let span: SourceSpan?
    }

    init(_ evidence: [Evidence], roster: RosterIndex) {
        var text = ""
        var parts: [Part] = []
        var length = 0
        for passage in evidence {
            let label = passage.speaker.isEmpty ? "" : passage.speaker + "："
            text += label
            length += label.utf8.count
            parts.append(Part(start: length, end: length + passage.text.utf8.count, span: passage.span))
            text += passage.text + "\n"
            length += passage.text.utf8.count + 1
        }
        self.parts = parts
        let analysed = AnalysedText(text, roster: roster, ends: parts.map(\.end))
        self.analysed = analysed
        folded = Folding.key(text)
        dense = folded.filter { !$0.isWhitespace }
        var seen: Set<String> = []
        let titles = evidence.map(\.title).filter { seen.insert($0).inserted }.joined(separator: "\n")
        self.titles = Folding.key(titles)
        let dates = analysed.dates + DateParser().expressions(in: titles)
        years = Set(dates.flatMap { [$0.written.year, $0.writtenEnd?.year].compactMap(\.self) })
        hasAssent = Self.hasAssent(analysed)
        let names = analysed.mentions.filter { $0.kind == .agency }.map {
            Folding.key(Judge.withoutCity($0.name ?? $0.words))
        }
        agencies = Set(names).sorted().map { Array($0) }
        var byKey: [String: [Int]] = [:]
        for (index, quantity) in analysed.quantities.enumerated() {
            byKey[TokenCutter.key(quantity.value), default: []].append(index)
            if let upper = quantity.upper { byKey[TokenCutter.key(upper), default: []].append(index) }
        }
        quantitiesByKey = byKey
        var idsByKey: [String: Int32] = [:]
        let ids = analysed.tokens.map { token in
            if let id = idsByKey[token.key] { return id }
            let id = Int32(idsByKey.count)
            idsByKey[token.key] = id
            return id
        }
        var pairs: Set<Int64> = []
        for (first, second) in zip(ids, ids.dropFirst()) { pairs.insert(Self.pair(first, second)) }
        (self.ids, self.idsByKey, self.pairs) = (ids, idsByKey, pairs)
    }

    private static func pair(_ first: Int32, _ second: Int32) -> Int64 { Int64(first) << 32 | Int64(second) }

    /// The number of a key; -1 when no token has it.
    func id(_ key: String) -> Int32 { idsByKey[key] ?? -1 }

    /// True when a token has the key.
    func has(_ key: String) -> Bool { idsByKey[key] != nil }

    /// True when the two tokens stand beside each other somewhere.
    func has(_ first: String, _ second: String) -> Bool {
        let (left, right) = (id(first), id(second))
        return left >= 0 && right >= 0 && pairs.contains(Self.pair(left, right))
    }

    /// Where a range of the joined text stands in its source.
    func span(_ range: Range<Int>) -> SourceSpan? {
        guard let part = parts.last(where: { $0.start <= range.lowerBound }), let span = part.span else { return nil }
        let lower = span.start + range.lowerBound - part.start
        let upper = span.start + min(range.upperBound, part.end) - part.start
        return SourceSpan(span.source, version: span.version, lower..<max(lower, upper))
    }
}
