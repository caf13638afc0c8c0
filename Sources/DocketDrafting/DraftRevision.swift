public import DocketCore

/// Changes claims of a draft and keeps its form.
///
/// An emptied conclusion says why, numbering closes up, claims are numbered anew in page order, and the ledger follows
/// what is still cited.
public struct DraftRevision: Sendable {
    private let draft: Draft
    private let source: SourceDocument
    private var changes: [Int: Claim?] = [:]

    /// A revision of `draft`, whose main source is `source`.
    public init(_ draft: Draft, source: SourceDocument) {
        self.draft = draft
        self.source = source
    }

    /// Puts `claim` in the place of claim `number`.
    public mutating func replace(_ number: Int, with claim: Claim) { changes[number] = .some(claim) }

    /// Leaves claim `number` out.
    public mutating func drop(_ number: Int) { changes[number] = .some(nil) }

    /// The changed draft with the numbers that its claims had before, by their new ones; a new claim has that of the
    /// claim it stands for.
    public func revised() -> (draft: Draft, formerNumbers: [Int]) {
        var blocks: [DraftBlock] = []
        for block in draft.blocks {
            var changed = block
            changed.claims = block.claims.compactMap { claim in
                guard let change = changes[claim.number] else { return claim }
                return change.map {
                    Claim(number: claim.number, text: $0.text, citations: $0.citations, derivation: $0.derivation)
                }
            }
            if let first = changed.claims.first, first.text.hasPrefix(" ") {
                changed.claims[0].text = String(first.text.drop { $0 == " " })
            }
            if changed.claims.isEmpty, !block.claims.isEmpty {
                guard let emptied = emptied(block) else { continue }
                changed = emptied
            }
            blocks.append(changed)
        }
        blocks = renumbered(blocks)
        var former: [Int] = []
        for block in blocks.indices {
            for index in blocks[block].claims.indices {
                former.append(blocks[block].claims[index].number)
                blocks[block].claims[index].number = former.count - 1
            }
        }
        var revised = draft
        revised.blocks = blocks
        if draft.kind == .subject || draft.kind == .title, draft.title == draft.blocks.first?.text {
            let text = blocks.first?.text ?? ""
            revised.title = text.isEmpty ? source.title : text
        }
        revised.coverage = coverage(of: revised)
        return (revised, former)
    }

    // MARK: - Form

    /// A block of which no claim is left: gone where it is one of several, else empty with its reason.
    private func emptied(_ block: DraftBlock) -> DraftBlock? {
        switch block.kind {
        case .statement where draft.kind == .minutes: return nil
        case .conclusion where block.level > 0: return nil
        default:
            var empty = block
            empty.claims = []
            empty.emptyReason = Self.unsupported
            return empty
        }
    }

    private static let unsupported = LocalizedText(
        zhHant: "擬稿內容在來源中查無根據，已略去", en: "what was drafted here has no support in the source and was left out")

    /// Numbered conclusions close up; a single one stands behind its label, and a label without any says why.
    private func renumbered(_ blocks: [DraftBlock]) -> [DraftBlock] {
        let form = MinutesForm(isChinese: draft.language.hasPrefix("zh"), series: nil)
        let before = Self.runs(draft.blocks)
        var output: [DraftBlock] = []
        var index = 0
        while index < blocks.count {
            let head = blocks[index]
            guard let run = Self.run(at: index, in: blocks) else {
                output.append(head)
                index += 1
                continue
            }
            var members = Array(blocks[run.members])
            let isShorter = members.count < before[run.key, default: members.count]
            let hasHead = run.members.lowerBound > index
            if hasHead, isShorter, members.count < 2 {
                var single = head
                single.claims = members.first?.claims ?? []
                single.emptyReason = members.isEmpty ? Self.unsupported : nil
                output.append(single)
            } else {
                if hasHead { output.append(head) }
                if isShorter {
                    for place in members.indices {
                        members[place].label = form.marker(conclusion: place + 1, isGeneral: run.isGeneral)
                    }
                }
                output += members
            }
            index = run.members.upperBound
        }
        return output
    }

    /// A label with the numbered conclusions below it.
    private struct Run {
        var key: String
        var members: Range<Int>
        var isGeneral: Bool
    }

    /// The run of conclusions that begins at `index`: an empty label and what is numbered below it, or numbers alone.
    private static func run(at index: Int, in blocks: [DraftBlock]) -> Run? {
        let first = blocks[index]
        guard first.kind == .conclusion, first.emptyReason == nil else { return nil }
        let isHead = first.level == 0 && first.claims.isEmpty
        guard isHead || first.level > 0 else { return nil }
        let start = isHead ? index + 1 : index
        var end = start
        while end < blocks.count, blocks[end].kind == .conclusion, blocks[end].level > 0, blocks[end].path == first.path
        {
            end += 1
        }
        let key = "\(first.path ?? "")\u{1}\(isHead ? first.label : "")"
        return Run(key: key, members: start..<end, isGeneral: !isHead)
    }

    /// Lengths of the runs by path and label.
    private static func runs(_ blocks: [DraftBlock]) -> [String: Int] {
        var runs: [String: Int] = [:]
        var index = 0
        while index < blocks.count {
            if let run = run(at: index, in: blocks) {
                runs[run.key] = run.members.count
                index = max(index + 1, run.members.upperBound)
            } else {
                index += 1
            }
        }
        return runs
    }

    // MARK: - Ledger

    /// What is cited now is in the draft; what was cited by a dropped claim alone is set aside.
    private func coverage(of revised: Draft) -> [CoverageEntry] {
        var cited = Set<Int>()
        for citation in revised.claims.flatMap(\.citations) where citation.span.source == source.id {
            cited.formUnion(source.passages(meeting: citation.span.range))
        }
        return draft.coverage.map { entry in
            guard entry.source == source.id else { return entry }
            if cited.contains(entry.passage) {
                return entry.use == .setAside
                    ? CoverageEntry(source: entry.source, passage: entry.passage, use: .condensed) : entry
            }
            guard entry.use != .setAside, wasCited.contains(entry.passage) else { return entry }
            return CoverageEntry(
                source: entry.source, passage: entry.passage, use: .setAside, reason: SetAside.claimDropped.rawValue)
        }
    }

    private var wasCited: Set<Int> {
        draft.claims.reduce(into: []) { all, claim in
            for citation in claim.citations where citation.span.source == source.id {
                all.formUnion(source.passages(meeting: citation.span.range))
            }
        }
    }
}
