import DocketArchive
import DocketCore
import DocketPublishing

/// A source on a terminal: what it is, then what was read out of it.
struct SourcePage {
    private let stored: StoredSource
    private let known: SourceFacts

    init(_ stored: StoredSource, _ known: SourceFacts) {
        self.stored = stored
        self.known = known
    }

    func print() {
        let source = stored.document
        Terminal.print(Terminal.bold(source.title))
        let facts = [
            (Phrase.columnID(), source.id.rawValue), (Phrase.columnKind(), source.kind.rawValue),
            (Phrase.columnDate(), source.date ?? ""), (Phrase.labelClassification(), source.classification.rawValue),
            (Phrase.labelLanguage(), source.language), (Phrase.labelReader(), source.origin.reader),
            (Phrase.labelEncoding(), source.origin.encoding ?? ""),
            (Phrase.labelBytes(), "\(source.origin.byteCount)"), (Phrase.labelPassages(), "\(source.passages.count)"),
            (Phrase.columnRevision(), "\(stored.revision)"),
        ]
        Terminal.print(facts.filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }.joined(separator: "  "))
        if let minutes = stored.structure.minutes { print(minutes) }
        print(stored.structure.outline)
        print(known.laterCorrections)
        print(known.segments)
        if !known.findings.isEmpty {
            head(Phrase.labelFindings(), known.findings.count)
            FindingTable.print(known.findings)
        }
    }

    private func head(_ label: String, _ count: Int) {
        Terminal.print()
        Terminal.print(Terminal.bold("\(label) (\(count))"))
    }

    private func print(_ corrections: [MinutesCorrection]) {
        guard !corrections.isEmpty else { return }
        head(Phrase.labelLaterCorrections(), corrections.count)
        for later in corrections {
            let meeting = later.byMeeting.map { "#\($0)  " } ?? ""
            let correction = later.correction
            Terminal.print(
                "  \(meeting)\(correction.target ?? "")  「\(correction.from)」→「\(correction.to)」  \(later.source)")
        }
    }

    private func print(_ minutes: MinutesStructure) {
        if !minutes.conclusions.isEmpty {
            head(Phrase.labelConclusions(), minutes.conclusions.count)
            for conclusion in minutes.conclusions {
                Terminal.print("  \(conclusion.path)  \(conclusion.text.text)")
            }
        }
        if !minutes.trackingActions.isEmpty {
            head(Phrase.labelTracking(), minutes.trackingActions.count)
            for action in minutes.trackingActions {
                let scope = action.scope.map { "（\($0)部分）" } ?? action.proviso.map { "（\($0)）" } ?? ""
                Terminal.print("  \(action.reference)\(scope)  \(action.action.shown)")
            }
        }
        if !minutes.corrections.isEmpty {
            head(Phrase.labelCorrections(), minutes.corrections.count)
            for correction in minutes.corrections {
                Terminal.print("  \(correction.target ?? "")  「\(correction.from)」→「\(correction.to)」")
            }
        }
    }

    private func print(_ outline: [OutlineNode]) {
        guard !outline.isEmpty else { return }
        head(Phrase.labelOutline(), outline.count)
        // Three levels are an overview; all of them are in the JSON.
        func lines(_ nodes: [OutlineNode], depth: Int) {
            for node in nodes.prefix(60) {
                let title = Terminal.fitted(node.title.text, columns: 90 - 2 * depth)
                Terminal.print(String(repeating: "  ", count: depth + 1) + node.marker + title)
                if depth < 2 { lines(node.children, depth: depth + 1) }
            }
        }
        lines(outline, depth: 0)
    }

    private func print(_ segments: [Segment]) {
        guard !segments.isEmpty else { return }
        head(Phrase.labelSegments(), segments.count)
        for segment in segments.prefix(60) {
            let place = "\(segment.firstPassage)–\(segment.lastPassage)"
            Terminal.print(
                "  \(segment.number)  \(place)  \(segment.path ?? "") \(segment.title ?? segment.kind.rawValue)")
        }
    }
}

/// A draft on a terminal: every block, each claim with its verdict and the passages it rests on.
struct DraftPageView {
    private let stored: StoredDraft

    init(_ stored: StoredDraft) { self.stored = stored }

    func print() {
        let draft = stored.verified.draft
        let verdicts = Dictionary(
            stored.verified.verdicts.map { ($0.claim, $0) }, uniquingKeysWith: { first, _ in first })
        Terminal.print(Terminal.bold(draft.title))
        for block in draft.blocks { print(block, verdicts) }
        Terminal.print()
        Terminal.print(summary)
        if !stored.verified.findings.isEmpty { FindingTable.print(stored.verified.findings) }
    }

    /// The counts of verdicts and of the coverage ledger.
    var summary: String {
        let counts = Dictionary(grouping: stored.verified.verdicts, by: \.verdict).mapValues(\.count)
        let uses = Dictionary(grouping: stored.verified.draft.coverage, by: \.use).mapValues(\.count)
        let claims = Phrase.draftStored(
            stored.id.rawValue, "\(stored.verified.verdicts.count)", "\(counts[.supported] ?? 0)",
            "\(counts[.contradicted] ?? 0)", "\(counts[.unsupported] ?? 0)")
        let coverage = Phrase.draftCoverage(
            "\(uses[.used] ?? 0)", "\(uses[.condensed] ?? 0)", "\(uses[.setAside] ?? 0)")
        return "\(claims)\n\(coverage)"
    }

    private func print(_ block: DraftBlock, _ verdicts: [Int: ClaimVerdict]) {
        let indent = String(repeating: "  ", count: max(0, block.level - 1))
        if let reason = block.emptyReason, block.claims.isEmpty {
            Terminal.print("\(indent)\(block.label)：\(Terminal.dim("（\(reason.shown)）"))")
            return
        }
        var label = block.label
        if block.isNamed { label += stored.verified.draft.language.hasPrefix("zh") ? "：" : ": " }
        if block.kind == .heading || block.kind == .itemTitle { Terminal.print() }
        for (index, claim) in block.claims.enumerated() {
            let head = index == 0 ? label : ""
            let text = block.kind == .heading || block.kind == .itemTitle ? Terminal.bold(claim.text) : claim.text
            let reasons = verdicts[claim.number].map { $0.verdict == .supported ? [] : $0.reasons } ?? []
            Terminal.print("\(indent)\(head)\(reasons.isEmpty ? text : ReasonView.claim(text, reasons))")
            if claim.derivation != .form {
                Terminal.print(Terminal.dim("\(indent)    \(note(claim, verdicts[claim.number]))"))
            }
        }
    }

    private func note(_ claim: Claim, _ verdict: ClaimVerdict?) -> String {
        let mark = verdict?.verdict.shown ?? ""
        let main = stored.verified.draft.sources.first
        let places = claim.citations.prefix(4).map { citation in
            let name = citation.span.source == main ? "" : "…\(citation.span.source.rawValue.suffix(4)) "
            return "[\(name)\(citation.span.start)–\(citation.span.end)]"
        }
        let differing = verdict?.verdict == .supported ? [] : verdict?.reasons ?? []
        let reasons = ReasonView.lines(differing, sources: [])
        return (["c\(claim.number)", mark] + places + reasons).joined(separator: " ")
    }
}
