public import DocketCore
public import Foundation

/// Writes a validation report of the catalogue as a table for a terminal, as CSV for a spreadsheet, as JSON for programs.
public struct CatalogueReportExport: Sendable {
    /// Language of headings and messages, "zh-Hant" or "en".
    public var language: String

    /// An export in `language`.
    public init(language: String = "zh-Hant") { self.language = language }

    /// A table with the counts below it; one line a finding, its remedy under it.
    public func table(_ report: CatalogueReport) -> String {
        let head = columns.prefix(4).map(text)
        let cells = report.rows.map { row in
            [severity(row.severity), row.rule, row.fileNumber, row.fieldName.map(text) ?? ""]
        }
        let widths = head.indices.map { column in ([head] + cells).map { Self.width($0[column]) }.max() ?? 0 }
        func line(_ cells: [String], _ last: String) -> String {
            let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: max(0, $1 - Self.width($0))) }
            return (padded + [last]).joined(separator: "  ")
        }
        let indent = String(repeating: " ", count: widths.reduce(0, +) + 2 * widths.count)
        var lines = report.rows.isEmpty ? [] : [line(head, text(columns[4]))]
        for (row, cells) in zip(report.rows, cells) {
            lines.append(line(cells, Self.plain(text(row.message))))
            lines.append(indent + "→ " + Self.plain(text(row.remedy)))
        }
        lines.append(text(summary(report)))
        return lines.joined(separator: "\n") + "\n"
    }

    /// CSV in UTF-8 with a byte-order mark, lines ending in CR LF, as spreadsheets expect; one row a finding.
    ///
    /// A cell that a spreadsheet would take for a formula has an apostrophe before it.
    public func csv(_ report: CatalogueReport) -> Data {
        let head = columns.map(text)
        let rows = report.rows.map { row in
            [
                severity(row.severity), row.rule, row.fileNumber, row.fieldName.map(text) ?? "", text(row.message),
                text(row.remedy),
                row.level.map(level) ?? "", row.entry?.rawValue ?? "",
            ]
        }
        let lines = ([head] + rows).map { $0.map(Self.cell).joined(separator: ",") + "\r\n" }
        return Data([0xEF, 0xBB, 0xBF] + lines.joined().utf8)
    }

    /// One JSON object {entries, faulty, errors, warnings, information, findings} with sorted keys; texts in both languages.
    /// - Throws: `EncodingError`, which no report causes.
    public func json(_ report: CatalogueReport) throws -> Data {
        struct Page: Encodable {
            var entries: Int
            var faulty: Int
            var errors: Int
            var warnings: Int
            var information: Int
            var findings: [CatalogueReport.Row]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(
            Page(
                entries: report.entries, faulty: report.faulty, errors: report.count(.error),
                warnings: report.count(.warning),
                information: report.count(.information), findings: report.rows))
    }

    // MARK: Words

    private let columns: [LocalizedText] = [
        LocalizedText(zhHant: "程度", en: "Severity"), LocalizedText(zhHant: "規則", en: "Rule"),
        LocalizedText(zhHant: "檔號", en: "File number"),
        LocalizedText(zhHant: "欄位", en: "Field"), LocalizedText(zhHant: "檢核結果", en: "Finding"),
        LocalizedText(zhHant: "處理方式", en: "Remedy"),
        LocalizedText(zhHant: "層級", en: "Level"), LocalizedText(zhHant: "目錄識別碼", en: "Entry"),
    ]

    private func text(_ words: LocalizedText) -> String { language.hasPrefix("zh") ? words.zhHant : words.en }

    private func severity(_ severity: Finding.Severity) -> String {
        switch severity {
        case .error: text(LocalizedText(zhHant: "錯誤", en: "error"))
        case .warning: text(LocalizedText(zhHant: "警告", en: "warning"))
        case .information: text(LocalizedText(zhHant: "提示", en: "note"))
        }
    }

    private func level(_ level: CatalogueEntry.Level) -> String {
        switch level {
        case .item: text(LocalizedText(zhHant: "案件", en: "item"))
        case .folder: text(LocalizedText(zhHant: "案卷", en: "folder"))
        }
    }

    private func summary(_ report: CatalogueReport) -> LocalizedText {
        let (errors, warnings, notes) = (report.count(.error), report.count(.warning), report.count(.information))
        return LocalizedText(
            zhHant: "檢核 \(report.entries) 筆，\(report.faulty) 筆有錯誤：錯誤 \(errors)、警告 \(warnings)、提示 \(notes)",
            en:
                "\(report.entries) entries checked, \(report.faulty) with errors: \(errors) errors, \(warnings) warnings, \(notes) notes"
        )
    }

    // MARK: Characters

    /// Columns of a terminal that a text takes: two for a wide character.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
                0xFFE0...0xFFE6,
                0x20000...0x3FFFD:
                width + 2
            case 0x0300...0x036F, 0x200B...0x200F: width
            default: width + 1
            }
        }
    }

    /// Without control characters, which would move the cursor of a terminal.
    private static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }

    private static func cell(_ text: String) -> String {
        var text = text
        if let first = text.unicodeScalars.first, ["=", "+", "-", "@", "\t", "\r"].contains(first) {
            text = "'" + text
        }
        guard text.contains(where: { ",\"\n\r".contains($0) || $0 == "\r\n" }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
