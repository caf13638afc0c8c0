import DocketCore
import DocketIngest

@testable import DocketRules

extension SourceDocument {
    /// A source of `text`, one passage a line.
    static func of(
        _ text: String, kind: SourceKind = .minutes, language: String = "zh-Hant", date: String? = nil,
        classification: Classification = .internal, speakers: [String?] = []
    ) -> SourceDocument {
        var passages: [Passage] = []
        var start = 0
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let end = start + line.utf8.count + (number == lines.count - 1 ? 0 : 1)
            passages.append(
                Passage(
                    number: number, kind: kind == .transcript ? .utterance : .paragraph, range: start..<end,
                    speaker: number < speakers.count ? speakers[number] : nil))
            start = end
        }
        return SourceDocument(
            id: SourceID(rawValue: "source"), kind: kind, title: "", language: language, text: text, passages: passages,
            classification: classification, date: date,
            origin: Origin(
                fileName: "a.txt", sha256: SHA256Digest(of: text), byteCount: text.utf8.count, mediaType: "text/plain",
                reader: "test"))
    }

    /// Words of this source with their place; the `occurrence`-th of them.
    func words(_ words: String, occurrence: Int = 0) -> Words {
        var from = text.startIndex
        for _ in 0..<occurrence {
            if let range = text.range(of: words, from: from) { from = range.upperBound }
        }
        guard let range = text.range(of: words, from: from) else { return Words(words, at: 0..<0) }
        let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
        return Words(words, at: start..<start + words.utf8.count)
    }
}

extension String {
    func range(of words: String, from start: Index) -> Range<Index>? {
        var index = start
        while index < endIndex {
            if self[index...].hasPrefix(words) { return index..<self.index(index, offsetBy: words.count) }
            index = self.index(after: index)
        }
        return nil
    }
}

/// A finding as a test reads it: the rule and the words it stands at.
struct Found: Equatable, CustomStringConvertible {
    let rule: String
    let words: [String]

    init(_ rule: String, _ words: String...) {
        self.rule = rule
        self.words = words
    }

    init(_ finding: Finding, in source: SourceDocument) {
        rule = finding.rule
        words = finding.place.spans.map { source.text(in: $0.range) }
    }

    var description: String { "\(rule) \(words)" }
}

/// What one rule finds, with the words at its places.
func check(
    _ rule: any Rule, _ source: SourceDocument, _ structure: DocumentStructure = DocumentStructure(),
    _ context: RuleContext = RuleContext()
) -> [Found] {
    RuleSet([rule]).findings(on: source, structure, context).map { Found($0, in: source) }
}

/// Claims that one rule finds wrong in a draft.
func check(
    _ rule: any Rule, _ draft: Draft, sources: [SourceDocument] = [], _ context: RuleContext = RuleContext()
) -> [Int?] {
    RuleSet([rule]).findings(on: draft, sources: sources, context).map(\.place.claim)
}

extension Draft {
    /// A draft of minutes with one paragraph block a text.
    static func of(
        _ texts: String..., kind: Kind = .minutes, language: String = "zh-Hant",
        classification: Classification = .internal, block: DraftBlock.Kind = .paragraph
    ) -> Draft {
        let blocks = texts.enumerated().map { number, text in
            DraftBlock(
                kind: block, claims: [Claim(number: number, text: text, citations: [], derivation: .condensed)])
        }
        return Draft(
            kind: kind, title: "", language: language, sources: [], classification: classification, blocks: blocks,
            coverage: [], engine: EngineIdentity(name: "test", version: "1"), createdAt: "2024-10-29T00:00:00Z")
    }
}

/// What one rule finds in minutes or another paper read from text, as a library reads it.
func read(
    _ rule: any Rule, _ text: String, kind: SourceKind = .minutes, language: String = "zh-Hant",
    _ context: RuleContext = RuleContext()
) -> [Found] {
    let source = SourceDocument.of(text, kind: kind, language: language)
    let parser = StructureParser(roster: context.roster, series: context.series)
    return check(rule, source, parser.structure(of: source), context)
}
