import DocketCore

extension DraftExport {
    /// A page that stands alone: each sentence links to what it rests on, and back.
    func html() -> String {
        let draft = verified.draft
        var page = Page(title: draft.title, language: draft.language, skip: labels.skip)
        page.body.append("<p class=\"disclosure\">\(Escaping.html(disclosure))</p>")
        page.body += blocks(draft.blocks)
        page.body.append("<h2>\(Escaping.html(labels.evidence))</h2>")
        page.body.append(
            Page.table(labels.evidence, [labels.number, labels.verdict, labels.place, labels.words], rows()))
        page.body.append("<p>\(Escaping.html(labels.coverage))：\(Escaping.html(labels.coverage(draft.coverage)))</p>")
        if !verified.findings.isEmpty {
            page.body.append("<h2>\(Escaping.html(labels.findings))</h2>")
            page.body.append(
                Page.table(
                    labels.findings, [labels.rule, labels.message, labels.remedy],
                    verified.findings.map {
                        [
                            Escaping.html("\($0.rule) \(labels.severity($0.severity))"),
                            Escaping.html(labels.text($0.message)), Escaping.html(labels.text($0.remedy)),
                        ]
                    }))
        }
        page.body.append("<p>\(Escaping.html(derivation))</p>")
        return page.html()
    }

    /// The blocks; a run of fields is one table, headings go down one level at a time.
    private func blocks(_ blocks: [DraftBlock]) -> [String] {
        var lines: [String] = []
        var fields: [[String]] = []
        var level = 1
        for block in blocks {
            if block.kind == .field {
                fields.append([Escaping.html(block.label), claims(block)])
                continue
            }
            if !fields.isEmpty {
                lines.append(Page.table(labels.facts, [labels.field, labels.value], fields))
                fields = []
            }
            switch block.kind {
            case .heading, .itemTitle:
                level = min(max(2, block.level + 1), level + 1, 6)
                lines.append("<h\(level)>\(Escaping.html(heading(of: block)))\(claims(block))</h\(level)>")
            default:
                let label = heading(of: block)
                let head = label.isEmpty ? "" : "<strong>\(Escaping.html(label))</strong>"
                lines.append("<p class=\"l\(min(4, max(1, block.level)))\">\(head)\(claims(block))</p>")
            }
        }
        if !fields.isEmpty { lines.append(Page.table(labels.facts, [labels.field, labels.value], fields)) }
        return lines
    }

    private func claims(_ block: DraftBlock) -> String {
        let verdicts = Dictionary(verified.verdicts.map { ($0.claim, $0) }, uniquingKeysWith: { first, _ in first })
        let text = block.claims.map { claim -> String in
            guard Self.isNoted(claim) else { return Escaping.html(claim.text) }
            let verdict = verdicts[claim.number]?.verdict ?? .unsupported
            let mark = labels.verdict(verdict)
            return """
                <span class="\(verdict.rawValue)" id="c\(claim.number)">\(Escaping.html(claim.text))</span>\
                <a class="ref" href="#e\(claim.number)" aria-label="\(Escaping.html("\(labels.evidence) \(claim.number)：\(mark)"))">\
                [\(claim.number) \(mark.prefix(1))]</a>
                """
        }.joined()
        let empty = emptyText(block)
        return empty.isEmpty ? text : text + "<span class=\"empty\">\(Escaping.html(empty))</span>"
    }

    private func rows() -> [[String]] {
        evidence.map { evidence in
            let number = evidence.claim.number
            let reasons = reasons(evidence.verdict)
            let verdict =
                (evidence.verdict.map { labels.verdict($0.verdict) } ?? "") + (reasons.isEmpty ? "" : " — \(reasons)")
            return [
                "<a id=\"e\(number)\" href=\"#c\(number)\">\(number)</a>", Escaping.html(verdict),
                evidence.places.map { Escaping.html($0.name) }.joined(separator: "<br>"),
                evidence.places.map { "<q>\(Escaping.html($0.words))</q>" }.joined(separator: "<br>"),
            ]
        }
    }
}
