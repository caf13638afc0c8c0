import DocketCore

extension DraftExport {
    /// Markdown that reads as the page and can be edited and brought back by `MarkdownEdit`.
    ///
    /// Each block is a paragraph that begins with the comment `<!--bN-->`; each claim ends with the note `[^cN]`, or with
    /// the comment `<!--cN-->` where it is a set phrase. Everything after `<!--evidence-->` is for reading only.
    func markdown() -> String {
        let draft = verified.draft
        var lines = [
            "<!--docket draft=\(draft.id) revision=\(revision)-->", "", "# \(Escaping.markdown(draft.title))", "",
            "> \(Escaping.markdown(disclosure))", "",
        ]
        for (number, block) in draft.blocks.enumerated() { lines += [paragraph(block, number), ""] }
        lines += ["<!--evidence-->", "", "---", "", "## \(labels.evidence)", ""]
        lines += evidence.map(note)
        lines += ["", "\(labels.coverage)：\(labels.coverage(draft.coverage))", ""]
        if !verified.findings.isEmpty {
            lines += ["## \(labels.findings)", ""]
            lines += verified.findings.map {
                "- \($0.rule) \(labels.severity($0.severity)): \(Escaping.markdown(labels.text($0.message)))"
                    + " → \(Escaping.markdown(labels.text($0.remedy)))"
            }
            lines.append("")
        }
        lines += ["\(Escaping.markdown(derivation))", ""]
        return lines.joined(separator: "\n")
    }

    private func paragraph(_ block: DraftBlock, _ number: Int) -> String {
        var text = "<!--b\(number)-->"
        switch block.kind {
        case .heading, .itemTitle: text = String(repeating: "#", count: min(6, block.level + 1)) + " " + text
        case .field, .statement, .conclusion, .paragraph, .closing: break
        }
        let label = heading(of: block)
        if !label.isEmpty { text += "**\(Escaping.markdown(label))**" }
        for claim in block.claims {
            text += Escaping.markdown(claim.text)
            text += Self.isNoted(claim) ? "[^c\(claim.number)]" : "<!--c\(claim.number)-->"
        }
        let empty = emptyText(block)
        return empty.isEmpty ? text : text + "*\(Escaping.markdown(empty))*<!--empty-->"
    }

    private func note(_ evidence: Evidence) -> String {
        var text = "[^c\(evidence.claim.number)]: \(evidence.verdict.map { labels.verdict($0.verdict) } ?? "")"
        let reasons = reasons(evidence.verdict)
        if !reasons.isEmpty { text += " (\(Escaping.markdown(reasons)))" }
        for place in evidence.places {
            text += " · \(Escaping.markdown(place.name))「\(Escaping.markdown(place.words))」"
        }
        return text
    }
}
