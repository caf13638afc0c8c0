import DocketCore

/// Lists for spreadsheets: UTF-8 with a byte order mark, CR LF, a head of names in the language of the export.
///
/// "；" stands between the values of a cell and a backslash before what would be read as something else: a "；" or backslash of
/// a value, and the first character of a cell that a spreadsheet would run as a formula. The first column holds identities.
struct CSVWriter: CatalogueWriter {
    private let context: CatalogueExport.Context
    private let columns: [CatalogueField]

    init(level: CatalogueEntry.Level, _ context: CatalogueExport.Context) {
        self.context = context
        columns =
            CatalogueField.allCases.filter { $0.level == nil || $0.level == level }
            + CatalogueField.allCases.filter { $0.level != nil && $0.level != level }
    }

    func opening() -> String {
        let words = [
            LocalizedText(zhHant: "層級", en: "Level"), LocalizedText(zhHant: "檔號", en: "File number"),
        ]
        let ends = [LocalizedText(zhHant: "主題項", en: "Subject terms"), LocalizedText(zhHant: "附註項", en: "Notes")]
        let names = words.map(context.text) + columns.map { context.text($0.name) } + ends.map(context.text)
        return "\u{FEFF}" + Self.row(["docket:id"] + names)
    }

    func closing() -> String { "" }

    func text(of entry: CatalogueEntry) -> String {
        let described = Dictionary(uniqueKeysWithValues: entry.described.map { ($0.field, $0.values) })
        var cells = [entry.id.rawValue, entry.level.rawValue, entry.fileNumber?.text ?? ""].map { Self.cell([$0]) }
        for column in columns {
            guard let values = described[column] else {
                cells.append("")
                continue
            }
            if column == .summary {
                cells.append(Self.cell([entry[.summary] ?? ""]))
            } else {
                cells.append(Self.cell(values.map { context.text(column.words(for: $0)) }))
            }
        }
        cells.append(
            Self.cell(
                entry.subjects.map { subject in
                    guard subject.kind != nil || subject.concept != nil || subject.label.contains("|") else {
                        return subject.label
                    }
                    let kind = subject.kind.map { context.text($0.name) } ?? ""
                    return [kind, subject.concept?.vocabulary ?? "", subject.concept?.uri ?? "", subject.label]
                        .joined(separator: "|")
                }))
        cells.append(
            Self.cell(
                entry.notes.map { note in
                    // The first bar parts type and text.
                    let type = note.type.replacing("|", with: "｜")
                    return type.isEmpty && !note.text.contains("|") ? note.text : type + "|" + note.text
                }))
        return Self.row(cells)
    }

    /// Values as one cell.
    static func cell(_ values: [String]) -> String {
        var cell = ""
        for (index, value) in values.enumerated() {
            if index > 0 { cell += "；" }
            for scalar in value.unicodeScalars {
                if scalar == "；" || scalar == "\\" { cell += "\\" }
                cell.unicodeScalars.append(scalar)
            }
        }
        // A spreadsheet runs a cell that begins so.
        if let first = cell.unicodeScalars.first, "=+-@\t\r＝＋－＠".unicodeScalars.contains(first) { cell = "\\" + cell }
        return cell
    }

    /// Cells as a row, in quotes where needed.
    static func row(_ cells: [String]) -> String {
        var row = ""
        for (index, cell) in cells.enumerated() {
            if index > 0 { row += "," }
            row += quoted(cell)
        }
        return row + "\r\n"
    }

    private static func quoted(_ cell: String) -> String {
        var cell = cell
        var isPlain = true
        cell.withUTF8 { bytes in
            isPlain = !bytes.contains {
                $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D || $0 == 0x3B || $0 == 0x09
            }
        }
        let hasBlankEnd = (cell.first?.isWhitespace ?? false) || (cell.last?.isWhitespace ?? false)
        guard !isPlain || hasBlankEnd else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
