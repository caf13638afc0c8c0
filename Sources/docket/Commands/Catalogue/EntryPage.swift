import DocketArchive
import DocketCore
import DocketPipeline
import DocketPublishing
import Foundation

/// An entry for people: each field with its state and the words it rests on, subject terms with their reasons, findings.
struct EntryPage {
    let stored: StoredEntry
    let findings: [Finding]
    private let texts: [SourceID: SourceDocument]

    init(_ stored: StoredEntry, sources: [SourceDocument], findings: [Finding]) {
        self.stored = stored
        self.findings = findings
        texts = Dictionary(sources.map { ($0.id, $0) }) { first, _ in first }
    }

    /// The lines of the page.
    var lines: [String] {
        let entry = stored.entry
        var lines = [
            Terminal.bold(
                "\(entry.level.shown)  \(entry.fileNumber?.text ?? "—")  \(stored.status.shown)  r\(stored.revision)")
                + "  " + Terminal.dim(entry.id.rawValue)
        ]
        let fields = entry.fields.sorted { $0.key < $1.key }
        for (field, described) in fields where !described.values.isEmpty { lines += self.lines(field, described) }
        lines += emptyLines(fields.filter { $0.value.values.isEmpty })
        if !entry.subjects.isEmpty {
            lines.append(Terminal.bold(CatalogueWords.subjects.shown))
            for (number, term) in entry.subjects.enumerated() { lines += self.lines(number + 1, term) }
        }
        if !entry.proposals.isEmpty {
            lines.append(CatalogueWords.proposals.shown + "　" + entry.proposals.map(\.text).joined(separator: "、"))
        }
        for note in entry.notes {
            lines.append("\(CatalogueWords.notes.shown)　\(note.type.isEmpty ? "" : note.type + "：")\(note.text)")
        }
        if !findings.isEmpty {
            lines.append(Terminal.bold(CatalogueWords.findings.shown))
            lines += findings.map { finding in
                let name = finding.place.field.map { $0.name.shown + "：" } ?? ""
                return "  \(finding.rule) \(finding.severity.shown)  \(name)\(finding.message.shown)"
            }
        }
        return lines
    }

    /// Empty fields by their reason, a line each: what is needed is named by the findings.
    private func emptyLines(_ fields: [(key: CatalogueField, value: DescribedField)]) -> [String] {
        var (order, names): ([String], [String: [String]]) = ([], [:])
        for (field, described) in fields {
            let reason = described.emptyReason?.shown ?? CatalogueWords.empty.shown
            if names[reason] == nil { order.append(reason) }
            names[reason, default: []].append(field.name.shown)
        }
        return order.map { Terminal.dim("  — \($0)：\((names[$0] ?? []).joined(separator: "、"))") }
    }

    private func lines(_ field: CatalogueField, _ described: DescribedField) -> [String] {
        let name = Terminal.fitted(field.name.shown, columns: 24)
        let padding = String(repeating: " ", count: max(1, 22 - Terminal.width(of: name)))
        let value = field == .summary ? stored.entry[field] ?? "" : CatalogueFieldText.shown(field, described.values)
        var lines = ["  \(name)\(padding)\(value)  " + Terminal.dim("[\(described.state.shown)]")]
        let words = described.evidence.joined().compactMap(words)
        if !words.isEmpty, words != described.values {
            let shown = words.prefix(4).map { "「\(Terminal.fitted($0, columns: 60))」" }.joined()
            lines.append(Terminal.dim("    \(CatalogueWords.evidence.shown)\(shown)\(words.count > 4 ? "…" : "")"))
        }
        return lines
    }

    private func lines(_ number: Int, _ term: SubjectTerm) -> [String] {
        let kind = term.kind.map { " (\($0.name.shown))" } ?? ""
        let score = String(format: "%.2f", term.score)
        var lines = ["  \(number) \(term.label)\(kind)  \(score)  " + Terminal.dim("[\(term.state.shown)]")]
        var reasons: [String] = []
        let words = term.reasons.matches.map(\.words)
        if !words.isEmpty {
            reasons.append("\(CatalogueWords.matched.shown)「\(Self.unique(words).joined(separator: "、"))」")
        }
        if term.reasons.path.count > 1 {
            reasons.append("\(CatalogueWords.path.shown) \(term.reasons.path.joined(separator: " > "))")
        }
        if !term.reasons.similar.isEmpty {
            let records = term.reasons.similar.map {
                "\(Terminal.fitted($0.title, columns: 30))(\(String(format: "%.2f", $0.likeness)))"
            }
            reasons.append("\(CatalogueWords.similar.shown) \(records.joined(separator: "、"))")
        }
        if !reasons.isEmpty { lines.append(Terminal.dim("    " + reasons.joined(separator: "；"))) }
        return lines
    }

    private static func unique(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { seen.insert($0).inserted }
    }

    /// The words of a citation, where the source is seen in that version.
    private func words(_ citation: Citation) -> String? {
        guard let document = texts[citation.span.source], document.version == citation.span.version else { return nil }
        return Terminal.flat(document.text(in: citation.span.range))
    }

    /// The texts of the sources.
    var sourceLines: [String] {
        texts.values.sorted { $0.id < $1.id }.flatMap { document in
            [Terminal.bold("\(CatalogueWords.sourceText.shown)　\(document.title)")]
                + document.text.split(separator: "\n", omittingEmptySubsequences: true).prefix(200).map { "  " + $0 }
        }
    }
}

/// Values of fields for people: words for codes, dates as they are.
enum CatalogueFieldText {
    static func shown(_ field: CatalogueField, _ values: [String]) -> String {
        let words = values.map { value in field.words(for: value).shown }
        return words.joined(separator: "；")
    }
}

/// An entry as `--json` prints it: as it is stored, with what the rules find.
struct ShownEntry: Encodable {
    let stored: StoredEntry
    let findings: [Finding]

    private enum Key: String, CodingKey { case findings }

    func encode(to encoder: any Encoder) throws {
        try stored.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(findings, forKey: .findings)
    }
}
