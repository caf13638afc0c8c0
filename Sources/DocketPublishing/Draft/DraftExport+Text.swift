import DocketCore

extension DraftExport {
    /// Plain text in the house form: the page with numbers in brackets, then what each number rests on.
    func plainText() -> String {
        let draft = verified.draft
        var lines = [draft.title, disclosure, ""]
        for block in draft.blocks {
            let indent = String(repeating: labels.isChinese ? "　" : "  ", count: max(0, block.level - 1))
            let text = block.claims.map { claim in
                Self.isNoted(claim) ? "\(claim.text)[\(claim.number)]" : claim.text
            }.joined()
            lines.append(indent + heading(of: block) + text + emptyText(block))
        }
        lines += ["", "── \(labels.evidence)"]
        for evidence in evidence {
            let verdict = evidence.verdict.map { labels.verdict($0.verdict) } ?? ""
            let reasons = reasons(evidence.verdict)
            lines.append("[\(evidence.claim.number)] \(verdict)\(reasons.isEmpty ? "" : " (\(reasons))")")
            for place in evidence.places {
                lines.append("    \(place.name)：「\(place.words.replacing("\n", with: " "))」")
            }
        }
        lines += ["", "\(labels.coverage)：\(labels.coverage(draft.coverage))"]
        for finding in verified.findings {
            lines.append(
                "\(finding.rule) \(labels.severity(finding.severity))：\(labels.text(finding.message)) → \(labels.text(finding.remedy))"
            )
        }
        lines += [derivation, ""]
        return lines.joined(separator: "\n")
    }
}
