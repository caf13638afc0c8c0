import DocketCore

/// Entries of the rows of a list.
struct DelimitedEntries: CatalogueRowSource {
    private let file: String
    private let options: CatalogueImportOptions
    private let mapping: CatalogueMapping
    /// What each column is, by position; nil for one that nothing explains.
    private let columns: [CatalogueMapping.Column?]
    private var rows: DelimitedRows
    /// What the head says: columns that nothing explains, once.
    private var pending: [CatalogueRow] = []

    /// Entries of `rows`, whose head has been read.
    init(
        _ rows: DelimitedRows, head: [String], headLine: Int, mapping: CatalogueMapping, file: String,
        options: CatalogueImportOptions
    ) {
        self.rows = rows
        self.file = file
        self.options = options
        self.mapping = mapping
        columns = head.map { mapping.columns[$0] }
        var findings: [Finding] = []
        for (name, column) in zip(head, columns) where column == nil && !name.isEmpty {
            findings.append(ImportFinding.unmapped(name).finding(file: file, line: headLine))
        }
        for name in mapping.columns.keys.sorted()
        where !head.contains(name) && !(mapping.columns[name].map(Self.isIgnored) ?? true) {
            findings.append(
                ImportFinding.unusable(
                    LocalizedText(zhHant: "沒有「\(name)」這一欄", en: "there is no column \"\(name)\""),
                    remedy: LocalizedText(zhHant: "請更正欄位對照檔", en: "correct the mapping file")
                ).finding(file: file, line: headLine))
        }
        if !findings.isEmpty {
            pending = [
                CatalogueRow(line: headLine, entry: nil, findings: Array(findings.prefix(options.limits.findings)))
            ]
        }
    }

    private static func isIgnored(_ column: CatalogueMapping.Column) -> Bool { column.target == .ignore }

    var position: Int { rows.position }

    mutating func next() throws(IngestError) -> CatalogueRow? {
        if let first = pending.popLast() { return first }
        guard let row = try rows.next() else { return nil }
        if let fault = row.fault {
            let finding = ImportFinding.unusable(fault.what, remedy: fault.remedy).finding(file: file, line: row.line)
            return CatalogueRow(line: row.line, entry: nil, findings: [finding])
        }
        return entry(row)
    }

    private func entry(_ row: DelimitedRows.Row) -> CatalogueRow {
        var draft = EntryDraft(file: file, line: row.line, options: options)
        draft.isOwn = mapping.isEscaped
        draft.level = mapping.level
        var parts: [CatalogueMapping.Target.NumberPart: String] = [:]
        for (index, cell) in row.cells.enumerated() where !cell.isEmpty {
            guard index < columns.count else {
                draft.report(
                    .unusable(
                        LocalizedText(zhHant: "儲存格多於標題列", en: "it has more cells than the head"),
                        remedy: LocalizedText(zhHant: "請檢查引號與分隔字元", en: "check its quotes and delimiters")))
                return CatalogueRow(line: row.line, entry: nil, findings: draft.row().findings)
            }
            guard let column = columns[index] else { continue }
            fill(&draft, &parts, column, cell)
        }
        draft.setNumber(parts: parts)
        draft.reader.dates = .auto
        for (field, value) in mapping.constants.sorted(by: { $0.key < $1.key }) where draft.values(field).isEmpty {
            draft.add(value, to: field)
        }
        if row.isReplaced { draft.report(.replaced) }
        guard !draft.isBlank else { return CatalogueRow(line: row.line, entry: nil, findings: []) }
        return draft.row()
    }

    private func fill(
        _ draft: inout EntryDraft, _ parts: inout [CatalogueMapping.Target.NumberPart: String],
        _ column: CatalogueMapping.Column, _ cell: String
    ) {
        draft.reader.dates = column.dates ?? mapping.dates
        switch column.target {
        case .field(let field):
            // The summary is one text; sentences are not told apart by a semicolon.
            for value in field == .summary ? [unescaped(cell)] : values(cell, isList: field.isList) {
                draft.add(value, to: field)
            }
        case .fileNumber: draft.setNumber(unescaped(cell))
        case .part(let part): parts[part] = unescaped(cell)
        case .subjects(let kind): for value in values(cell, isList: true) { subject(value, kind, &draft) }
        case .note(let type): for value in values(cell, isList: false) { note(value, type, &draft) }
        case .identity: draft.id = unescaped(cell)
        case .level: draft.level = CatalogueEntry.Level(words: cell) ?? draft.level
        case .ignore: return
        }
    }

    // MARK: Values of a cell

    private func values(_ cell: String, isList: Bool) -> [String] {
        if mapping.isEscaped { return CellEscape.values(cell) }
        guard isList else { return [cell] }
        return cell.split { mapping.separators.contains($0) || $0 == "\n" }.map { String($0).tidied }.filter {
            !$0.isEmpty
        }
    }

    private func unescaped(_ cell: String) -> String {
        mapping.isEscaped ? CellEscape.values(cell).joined(separator: "；") : cell
    }

    /// Docket writes "kind|vocabulary|uri|label"; in other lists the value is the label.
    private func subject(_ value: String, _ kind: Vocabulary.Kind?, _ draft: inout EntryDraft) {
        guard mapping.isEscaped else { return draft.addSubject(value, kind: kind) }
        let parts = value.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4 else { return draft.addSubject(value, kind: kind) }
        draft.addSubject(
            parts[3], kind: Vocabulary.Kind(words: parts[0]), vocabulary: parts[1],
            uri: parts[2].isEmpty ? nil : parts[2])
    }

    private func note(_ value: String, _ type: String, _ draft: inout EntryDraft) {
        guard mapping.isEscaped else {
            draft.notes.append(CatalogueNote(type: type, value.withoutControls))
            return
        }
        let parts = value.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        draft.notes.append(parts.count == 2 ? CatalogueNote(type: parts[0], parts[1]) : CatalogueNote(value))
    }
}

/// The way several values stand in one cell of the lists that Docket writes.
///
/// "；" stands between values; a backslash takes the meaning of the character behind it. So a cell that would begin with what a
/// spreadsheet runs as a formula begins with a backslash.
enum CellEscape {
    static func values(_ cell: String) -> [String] {
        var values = [""]
        var isEscaped = false
        for scalar in cell.unicodeScalars {
            if isEscaped {
                values[values.count - 1].unicodeScalars.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "；" {
                values.append("")
            } else {
                values[values.count - 1].unicodeScalars.append(scalar)
            }
        }
        return values
    }
}

extension DelimitedRows.Fault {
    var what: LocalizedText {
        switch self {
        case .openQuote: LocalizedText(zhHant: "引號沒有結束", en: "a quote is never closed")
        case .tooLong: LocalizedText(zhHant: "這一列太長", en: "the row is too long")
        case .tooManyCells: LocalizedText(zhHant: "這一列儲存格太多", en: "the row has too many cells")
        }
    }

    var remedy: LocalizedText {
        switch self {
        case .openQuote: LocalizedText(zhHant: "請補上引號；其後各列已照常讀入", en: "close it; the rows after it were read")
        case .tooLong, .tooManyCells:
            LocalizedText(zhHant: "請檢查分隔字元；其後各列已照常讀入", en: "check the delimiter; the rows after it were read")
        }
    }
}

/// Records of a file, one at a time.
protocol CatalogueRowSource {
    /// Bytes of the file that have been read; of a folder, texts.
    var position: Int { get }
    /// The next record; nil at the end.
    /// - Throws: `IngestError` when the file as a whole cannot be read on.
    mutating func next() throws(IngestError) -> CatalogueRow?
}

extension CatalogueRowSource {
    /// The next record, with how far the file has been read.
    mutating func nextInPlace() throws(IngestError) -> CatalogueRow? {
        guard var row = try next() else { return nil }
        row.position = position
        return row
    }
}
