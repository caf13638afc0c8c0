public import DocketCore
import Foundation

/// A checked draft as a page: the house form, each sentence marked with what it rests on, and the line that says a
/// machine helped.
public struct DraftExport: Sendable {
    let verified: VerifiedDraft
    let state: ReviewState
    let revision: Int
    let labels: Labels
    private let sources: [String: SourceDocument]

    /// A page of `verified` with labels in `language` ("zh-Hant" or "en"); `sources` are those that its claims cite,
    /// each in the text versions that they cite.
    public init(
        _ verified: VerifiedDraft, state: ReviewState, revision: Int, sources: [SourceDocument], language: String
    ) {
        self.verified = verified
        self.state = state
        self.revision = revision
        self.sources = Dictionary(
            sources.map { ("\($0.id)/\($0.version)", $0) }, uniquingKeysWith: { first, _ in first })
        labels = Labels(language: language)
    }

    /// The page in one format.
    public func text(as format: ExportFormat) -> String {
        switch format {
        case .md: markdown()
        case .html: html()
        case .txt: plainText()
        case .json: json()
        }
    }

    private func json() -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A draft is plain values: encoding it cannot fail, and an empty text would show it if it did.
        let page = Page(
            disclosure: disclosure, state: state, revision: revision, draft: verified.draft,
            verdicts: verified.verdicts, findings: verified.findings)
        return (try? encoder.encode(page)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
    }

    private struct Page: Encodable {
        let disclosure: String
        let state: ReviewState
        let revision: Int
        let draft: Draft
        let verdicts: [ClaimVerdict]
        let findings: [Finding]
    }

    /// The line that every format carries: a machine helped, whether a person has confirmed it (rule MIN-23), and what the
    /// machine was: engine, model, version of the prompts.
    public var disclosure: String {
        labels.disclosure(verified.draft.kind, state)
            + labels.engine(verified.draft.engine, promptVersion: verified.draft.derivation?.promptVersion)
    }

    // MARK: - Evidence

    /// One claim with its verdict and places, as every format lists it.
    struct Evidence {
        var claim: Claim
        var verdict: ClaimVerdict?
        var places: [Place]

        struct Place {
            var name: String
            var words: String
        }
    }

    /// Claims that state something, with what they rest on; set phrases of the form are left out.
    var evidence: [Evidence] {
        zip(verified.draft.claims, verified.verdicts).filter { Self.isNoted($0.0) }.map { claim, verdict in
            Evidence(claim: claim, verdict: verdict, places: claim.citations.map(place))
        }
    }

    /// True for a claim that gets a note.
    static func isNoted(_ claim: Claim) -> Bool { claim.derivation != .form }

    /// Longest quotation of a source in a note, in characters.
    private static let longestQuotation = 90

    private func place(_ citation: Citation) -> Evidence.Place {
        guard let source = sources["\(citation.span.source)/\(citation.span.version)"] else {
            return Evidence.Place(name: citation.span.source.rawValue, words: "")
        }
        let passages = source.passages(meeting: citation.span.range)
        var name = source.title.isEmpty ? source.kind.rawValue : source.title
        if let first = passages.first {
            let last = passages.last?.number ?? first.number
            let range = last > first.number ? "\(first.number)–\(last)" : "\(first.number)"
            name += " \(labels.passage) \(range)"
            if let speaker = first.speaker { name += " \(speaker)" }
            if let time = first.time { name += " \(Self.clock(time.start))" }
        }
        let words = source.text(in: citation.span.range).trimmingCharacters(in: .whitespacesAndNewlines)
        return Evidence.Place(
            name: name,
            words: words.count > Self.longestQuotation ? words.prefix(Self.longestQuotation) + "…" : words)
    }

    /// Milliseconds as h:mm:ss.
    static func clock(_ milliseconds: Int) -> String {
        let seconds = milliseconds / 1000
        return String(format: "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// Words of a reason that a verdict is not "supported".
    func reasons(_ verdict: ClaimVerdict?) -> String {
        guard let verdict, verdict.verdict != .supported else { return "" }
        return verdict.reasons.map { reason in
            let words =
                reason.evidenceWords.isEmpty ? reason.claimWords : "\(reason.claimWords) ≠ \(reason.evidenceWords)"
            return "\(reason.type.rawValue): \(words)"
        }.joined(separator: "; ")
    }

    /// What a block shows when it is empty.
    func emptyText(_ block: DraftBlock) -> String {
        guard block.claims.isEmpty, let reason = block.emptyReason else { return "" }
        return labels.isChinese ? "（\(reason.zhHant)）" : "(\(reason.en))"
    }

    /// Label of a block with the colon or space of the draft's language, where the form has one.
    func heading(of block: DraftBlock) -> String {
        guard let last = block.label.last else { return "" }
        let isChinese = verified.draft.language.hasPrefix("zh")
        if block.isNamed { return block.label + (isChinese ? "：" : ": ") }
        // 1. Apologies, (2) Agreed, Adjourned 9:38: English sets a space where Chinese sets none.
        return !isChinese && last.isASCII && last != " " ? block.label + " " : block.label
    }

    /// Name and version of the engine, with the time of the draft.
    var derivation: String {
        let engine = verified.draft.engine
        let line = "\(engine.name)/\(engine.version) · \(verified.draft.createdAt) · \(verified.draft.id) r\(revision)"
        return verified.draft.derivation.map { "\(line) · \(labels.derivation($0))" } ?? line
    }
}

extension DraftBlock {
    /// True when the label is a name (時間, 會議結論, a speaker) that a colon follows, and not a marker like （一） or 三、.
    public var isNamed: Bool {
        guard kind == .field || kind == .statement || kind == .conclusion, let last = label.last else { return false }
        return !"）)、.．：: ".contains(last)
    }
}

extension SourceDocument {
    /// Passages that a byte range meets, found by bisection.
    func passages(meeting range: Range<Int>) -> ArraySlice<Passage> {
        var low = 0
        var high = passages.count
        while low < high {
            let middle = (low + high) / 2
            if passages[middle].end <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < passages.count, passages[end].start < max(range.upperBound, range.lowerBound + 1) { end += 1 }
        return passages[low..<end]
    }
}
