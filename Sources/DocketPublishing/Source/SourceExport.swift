public import DocketCore
import Foundation

/// A source with what was read out of it, as a page.
public struct SourceExport: Sendable {
    private let source: SourceDocument
    private let structure: DocumentStructure
    private let segments: [Segment]
    private let labels: Labels

    /// A page of `source` with labels in `language` ("zh-Hant" or "en").
    public init(_ source: SourceDocument, structure: DocumentStructure, segments: [Segment], language: String) {
        self.source = source
        self.structure = structure
        self.segments = segments
        labels = Labels(language: language)
    }

    /// The page in one format.
    public func text(as format: ExportFormat) -> String {
        switch format {
        case .md: markdown()
        case .html: html()
        case .txt: source.text.hasSuffix("\n") ? source.text : source.text + "\n"
        case .json: json()
        }
    }

    private func json() -> String {
        struct Whole: Encodable {
            let source: SourceDocument
            let structure: DocumentStructure
            let segments: [Segment]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let whole = Whole(source: source, structure: structure, segments: segments)
        // Plain values: encoding cannot fail, and an empty text would show it if it did.
        return (try? encoder.encode(whole)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
    }

    private var title: String { source.title.isEmpty ? source.id.rawValue : source.title }

    private var facts: [[String]] {
        [
            [labels.source, source.id.rawValue], [labels.kind, source.kind.rawValue],
            [labels.date, source.date ?? ""], [labels.classification, source.classification.rawValue],
            ["SHA-256", source.origin.sha256.hex],
        ].filter { !$0[1].isEmpty }
    }

    private var conclusions: [[String]] {
        (structure.minutes?.conclusions ?? []).map { [$0.path, $0.text.text] }
    }

    private var tracking: [[String]] {
        (structure.minutes?.trackingActions ?? []).map { action in
            let note = action.scope.map { "（\($0)部分）" } ?? action.proviso.map { "（\($0)）" } ?? ""
            return [action.reference + note, labels.action(action.action)]
        }
    }

    private var findings: [[String]] {
        (source.findings + structure.findings).map {
            ["\($0.rule) \(labels.severity($0.severity))", labels.text($0.message), labels.text($0.remedy)]
        }
    }

    /// Tables of what was read, with their headers; empty ones are left out.
    private var tables: [(caption: String, header: [String], rows: [[String]])] {
        [
            (labels.facts, [labels.field, labels.value], facts),
            (labels.conclusions, [labels.path, labels.value], conclusions),
            (labels.tracking, [labels.path, labels.action], tracking),
            (labels.findings, [labels.rule, labels.message, labels.remedy], findings),
        ].filter { !$0.rows.isEmpty }
    }

    /// Passages as paragraphs: speaker and words.
    private var paragraphs: [(heading: Int?, speaker: String?, text: String)] {
        source.passages.compactMap { passage in
            let text = source.text(in: passage.range).trimmingCharacters(in: .whitespacesAndNewlines)
            guard !text.isEmpty else { return nil }
            return (passage.kind == .heading ? passage.level ?? 1 : nil, passage.speaker, text)
        }
    }

    private func markdown() -> String {
        var lines = ["# \(Escaping.markdown(title))", ""]
        for table in tables {
            lines += ["**\(table.caption)**", "", "| \(table.header.joined(separator: " | ")) |"]
            lines.append("|" + String(repeating: " --- |", count: table.header.count))
            lines += table.rows.map { "| \($0.map(Escaping.markdown).joined(separator: " | ")) |" }
            lines.append("")
        }
        lines += ["## \(labels.text)", ""]
        for paragraph in paragraphs {
            let speaker = paragraph.speaker.map { "**\(Escaping.markdown($0))**：" } ?? ""
            let marks = paragraph.heading.map { String(repeating: "#", count: min(6, $0 + 2)) + " " } ?? ""
            lines += [marks + speaker + Escaping.markdown(paragraph.text), ""]
        }
        return lines.joined(separator: "\n")
    }

    private func html() -> String {
        var page = Page(title: title, language: source.language, skip: labels.skip)
        page.body += tables.map { Page.table($0.caption, $0.header, $0.rows.map { $0.map(Escaping.html) }) }
        page.body.append("<h2>\(Escaping.html(labels.text))</h2>")
        var level = 2
        for paragraph in paragraphs {
            let speaker = paragraph.speaker.map { "<strong>\(Escaping.html($0))</strong>：" } ?? ""
            let text = Escaping.html(paragraph.text).replacingOccurrences(of: "\n", with: "<br>")
            if let heading = paragraph.heading {
                level = min(max(3, heading + 2), level + 1, 6)
                page.body.append("<h\(level)>\(speaker)\(text)</h\(level)>")
            } else {
                page.body.append("<p>\(speaker)\(text)</p>")
            }
        }
        return page.html()
    }
}
