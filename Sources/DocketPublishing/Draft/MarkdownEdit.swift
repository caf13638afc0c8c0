public import DocketCore
import Foundation

/// Brings a Markdown export back after a person has edited it.
///
/// A claim whose words changed becomes a human one and keeps its places in the source; text without a note becomes a new
/// human claim that cites nothing; a claim whose note is gone is taken out. A note that stands twice is two claims with the
/// same places: the one whose words are unchanged keeps the number. Paragraphs stand in the order of the file.
public enum MarkdownEdit {
    /// The revision that the file is an export of: what its writer read.
    /// - Throws: `PublishingError.notAnExport` when its head does not say.
    public static func revision(of markdown: String) throws(PublishingError) -> Int {
        guard let head = markdown.range(of: "<!--docket draft="),
            let end = markdown.range(of: "-->", range: head.upperBound..<markdown.endIndex)
        else { throw .notAnExport }
        let words = markdown[head.upperBound..<end.lowerBound].split(separator: " ")
        let number = words.first { $0.hasPrefix("revision=") }?.dropFirst("revision=".count)
        guard let revision = number.flatMap({ Int($0) }) else { throw .notAnExport }
        return revision
    }

    /// The draft as the edited `markdown` has it.
    /// - Throws: `PublishingError.otherDraft`, `.notAnExport`.
    public static func apply(_ markdown: String, to draft: Draft) throws(PublishingError) -> Draft {
        let text = markdown.replacingOccurrences(of: "\r\n", with: "\n")
        guard let head = text.range(of: "<!--docket draft="),
            let rest = text.range(of: "-->", range: head.upperBound..<text.endIndex)
        else { throw .notAnExport }
        let id = text[head.upperBound..<rest.lowerBound].split(separator: " ").first.map(String.init) ?? ""
        guard id == draft.id.rawValue else { throw .otherDraft(named: id, expected: draft.id) }
        guard let end = text.range(of: "<!--evidence-->") else { throw .notAnExport }
        var reader = EditedPage(draft)
        for paragraph in paragraphs(text[rest.upperBound..<end.lowerBound]) { reader.read(paragraph) }
        return reader.finished
    }

    /// Paragraphs between blank lines; the lines of one are joined.
    private static func paragraphs(_ text: Substring) -> [String] {
        var result: [String] = []
        var lines: [Substring] = []
        let all: [Substring] = text.split(separator: "\n", omittingEmptySubsequences: false) + [""]
        for line in all {
            if line.allSatisfy(\.isWhitespace) {
                if !lines.isEmpty { result.append(lines.joined(separator: " ")) }
                lines = []
            } else {
                lines.append(line)
            }
        }
        return result
    }
}

/// An edited file could not be brought back.
public enum PublishingError: ExplainedError, Equatable {
    /// The file has no mark of a Markdown export.
    case notAnExport
    /// The file is an export of another draft.
    case otherDraft(named: String, expected: DraftID)

    /// The line.
    public var explanation: LocalizedText {
        switch self {
        case .notAnExport:
            LocalizedText(
                zhHant: "這不是 docket export 的 Markdown 檔，或其註記已被刪除。請重新匯出後再修改。",
                en:
                    "This is not a Markdown file of docket export, or its marks are gone. Export again and edit that file."
            )
        case .otherDraft(let named, let expected):
            LocalizedText(
                zhHant: "這個檔案是草稿 \(named) 的匯出，不是 \(expected)。請核對草稿編號。",
                en: "This file is an export of draft \(named), not of \(expected). Check the draft's id.")
        }
    }
}

/// Builds the edited draft from its paragraphs.
private struct EditedPage {
    private var draft: Draft
    private let known: [Int: Claim]
    private let oldBlocks: [DraftBlock]
    private var next: Int

    init(_ draft: Draft) {
        self.draft = draft
        oldBlocks = draft.blocks
        known = Dictionary(draft.claims.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        next = (draft.claims.map(\.number).max() ?? -1) + 1
        self.draft.blocks = []
    }

    mutating func read(_ paragraph: String) {
        var text = paragraph[...]
        if text.hasPrefix(">") { return }
        let isHeading = text.hasPrefix("#")
        if isHeading { text = text.drop { $0 == "#" }.drop { $0 == " " } }
        guard let mark = text.range(of: "<!--b"),
            let close = text.range(of: "-->", range: mark.upperBound..<text.endIndex),
            mark.lowerBound == text.startIndex, let number = Int(text[mark.upperBound..<close.lowerBound]),
            oldBlocks.indices.contains(number)
        else {
            if isHeading, draft.blocks.isEmpty {
                draft.title = Escaping.unescapedMarkdown(text).trimmingCharacters(in: .whitespaces)
            } else {
                append(text, to: DraftBlock(kind: isHeading ? .heading : .paragraph, level: isHeading ? 1 : 0))
            }
            return
        }
        append(text[close.upperBound...], to: oldBlocks[number])
    }

    private mutating func append(_ text: Substring, to old: DraftBlock) {
        var block = old
        block.claims = []
        var rest = text
        if let label = takeLabel(&rest), !label.isEmpty, label != old.label, label.trimmedColon != old.label {
            block.label = label.trimmedColon
        }
        if let mark = rest.range(of: Self.emptyMark) {
            let words = Self.written(rest[..<mark.lowerBound], old.emptyReason) + String(rest[mark.upperBound...])
            guard words.contains(where: { !$0.isWhitespace }) else {
                block.claims = old.claims
                draft.blocks.append(block)
                return
            }
            rest = words[...]
        }
        while let (words, number, after) = nextAnchor(rest) {
            add(words, number, to: &block)
            rest = after
        }
        let tail = Escaping.unescapedMarkdown(rest)
        if !tail.allSatisfy(\.isWhitespace) { add(tail, nil, to: &block) }
        if !block.claims.isEmpty { block.emptyReason = nil }
        if block.claims.isEmpty, block.emptyReason == nil { return }
        draft.blocks.append(block)
    }

    private static let emptyMark = "<!--empty-->"

    /// What a person wrote before the mark of an empty field: its text without the reason that stood there.
    private static func written(_ text: Substring, _ reason: LocalizedText?) -> String {
        var words = String(text)
        for shown in [reason.map { "（\($0.zhHant)）" }, reason.map { "(\($0.en))" }].compactMap({ $0 }) {
            words = words.replacing("*\(Escaping.markdown(shown))*", with: "")
        }
        let trimmed = words.drop(while: \.isWhitespace)
        guard trimmed.count > 2, trimmed.hasPrefix("*"), trimmed.hasSuffix("*") else { return words }
        // Written in the place of the reason, whose slant is not theirs.
        return String(trimmed.dropFirst().dropLast())
    }

    /// The draft, each claim with a number of its own.
    var finished: Draft {
        var result = draft
        var next = next
        let unchanged = Set(draft.claims.filter { known[$0.number]?.text == $0.text }.map(\.number))
        var taken: Set<Int> = []
        for block in result.blocks.indices {
            for index in result.blocks[block].claims.indices {
                let claim = result.blocks[block].claims[index]
                let keeps = !unchanged.contains(claim.number) || known[claim.number]?.text == claim.text
                guard !keeps || !taken.insert(claim.number).inserted else { continue }
                result.blocks[block].claims[index].number = next
                next += 1
            }
        }
        return result
    }

    private func takeLabel(_ text: inout Substring) -> String? {
        guard text.hasPrefix("**") else { return nil }
        let inner = text.dropFirst(2)
        guard let close = inner.unescapedRange(of: "**") else { return nil }
        text = inner[close.upperBound...]
        return Escaping.unescapedMarkdown(inner[..<close.lowerBound])
    }

    /// Words up to the next note or claim comment, its number, and what follows.
    private func nextAnchor(_ text: Substring) -> (String, Int, Substring)? {
        let forms = [("[^c", "]"), ("<!--c", "-->")]
        let found = forms.compactMap { open, close -> (Range<Substring.Index>, Range<Substring.Index>)? in
            guard let start = text.unescapedRange(of: open),
                let end = text.range(of: close, range: start.upperBound..<text.endIndex)
            else { return nil }
            return (start, end)
        }.min { $0.0.lowerBound < $1.0.lowerBound }
        guard let (start, end) = found, let number = Int(text[start.upperBound..<end.lowerBound]) else { return nil }
        return (Escaping.unescapedMarkdown(text[..<start.lowerBound]), number, text[end.upperBound...])
    }

    private mutating func add(_ words: String, _ number: Int?, to block: inout DraftBlock) {
        guard let number, let claim = known[number] else {
            block.claims.append(Claim(number: next, text: words, citations: [], derivation: .human))
            next += 1
            return
        }
        var edited = claim
        if words != claim.text {
            if words.allSatisfy(\.isWhitespace) { return }
            edited.text = words
            edited.derivation = .human
        }
        block.claims.append(edited)
    }
}

extension Substring {
    /// The first place of `mark` that no backslash takes its meaning from.
    fileprivate func unescapedRange(of mark: String) -> Range<Index>? {
        var start = startIndex
        while let found = range(of: mark, range: start..<endIndex) {
            let slashes = self[..<found.lowerBound].reversed().prefix { $0 == "\\" }.count
            if slashes.isMultiple(of: 2) { return found }
            start = index(after: found.lowerBound)
        }
        return nil
    }
}

extension String {
    /// Without a colon of either width, and blanks, at its end.
    fileprivate var trimmedColon: String {
        var text = self[...]
        while let last = text.last, last == "：" || last == ":" || last == " " { text = text.dropLast() }
        return String(text)
    }
}
