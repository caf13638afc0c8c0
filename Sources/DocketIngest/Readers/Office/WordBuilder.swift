import DocketCore

/// Turns the body of a DOCX file into passages.
///
/// Paragraphs nest: a text box stands inside a paragraph and a table inside a cell. What is open is kept on a stack, so
/// no nesting uses the call stack.
struct WordBuilder {
    private(set) var assembler: TextAssembler
    let limits: ReaderLimits
    let styles: WordStyles
    var numbering: WordNumbering
    let fileName: String
    var notes: [String: String] = [:]
    private(set) var title: String?
    private(set) var notices: [ExtractedText.Notice] = []

    private var run = RunText()
    private var open: [Paragraph] = []
    private var tables: [Table] = []
    private var tableCount = 0
    private var cited: [String] = []
    private var paragraphCount = 0
    /// Words of a paragraph whose end was deleted: they belong to the next.
    private var carried = ""

    /// A paragraph whose end has not come.
    private struct Paragraph {
        var style: String?
        var number: Int?
        var level: Int?
        var outline: Int?
        var isMarkDeleted = false
        var isInProperties = false
        /// Words of the enclosing paragraph, which go on after a text box.
        var outer: String
        let ordinal: Int
    }

    /// A table whose end has not come.
    private struct Table {
        let ordinal: Int
        var row = 0
        var cells: [String] = []
        var span = 1
        var isContinued = false
        var isRowDeleted = false
    }

    init(
        assembler: TextAssembler, limits: ReaderLimits, styles: WordStyles, numbering: WordNumbering, fileName: String
    ) {
        self.assembler = assembler
        self.limits = limits
        self.styles = styles
        self.numbering = numbering
        self.fileName = fileName
    }

    mutating func take(_ event: XMLCursor.Event, _ cursor: XMLCursor) throws(IngestError) {
        run.take(event, cursor)
        guard !run.isSkipping || event == .start("del") else { return }
        switch event {
        case .start(let name): try start(name, cursor)
        case .end(let name): try end(name)
        case .text: break
        }
    }

    // MARK: Elements

    private mutating func start(_ name: String, _ cursor: XMLCursor) throws(IngestError) {
        switch name {
        case "p":
            paragraphCount += 1
            let carried = open.isEmpty ? carriedWords() : ""
            open.append(Paragraph(outer: open.isEmpty ? "" : run.words, ordinal: paragraphCount))
            run.clear()
            run.append(carried)
        case "tbl":
            tableCount += 1
            tables.append(Table(ordinal: tableCount))
        case "tr":
            withTable {
                $0.cells = []; $0.row += 1; $0.isRowDeleted = false
            }
        case "tc":
            guard let table = tables.last, table.cells.count < limits.tableCells else { throw tooManyCells() }
            withTable {
                $0.cells.append(""); $0.span = 1; $0.isContinued = false
            }
        case "del" where open.isEmpty: withTable { $0.isRowDeleted = true }
        case "gridSpan": withTable { $0.span = min(max(1, cursor.number("val") ?? 1), 64) }
        case "vMerge": withTable { $0.isContinued = cursor.attribute("val") != "restart" }
        case "footnoteReference", "endnoteReference":
            if let id = cursor.attribute("id") { cited.append("\(name.prefix { $0 != "R" }) \(id)") }
        default: startProperty(name, cursor)
        }
    }

    private mutating func startProperty(_ name: String, _ cursor: XMLCursor) {
        guard let last = open.indices.last else { return }
        switch name {
        case "pPr": open[last].isInProperties = true
        case "pStyle": open[last].style = cursor.attribute("val")
        case "numId" where open[last].isInProperties: open[last].number = cursor.identifier("val")
        case "ilvl" where open[last].isInProperties: open[last].level = cursor.number("val")
        case "outlineLvl": open[last].outline = cursor.number("val").flatMap { $0 < 9 ? $0 + 1 : nil }
        // A mark of deletion in the properties means that the paragraph's own end is deleted.
        case "del" where open[last].isInProperties: open[last].isMarkDeleted = true
        default: break
        }
    }

    private mutating func end(_ name: String) throws(IngestError) {
        switch name {
        case "pPr": if let last = open.indices.last { open[last].isInProperties = false }
        case "p": try endParagraph()
        case "tc": endCell()
        case "tr": try endRow()
        case "tbl": endTable()
        default: break
        }
    }

    // MARK: Paragraphs

    private mutating func carriedWords() -> String {
        defer { carried = "" }
        return carried
    }

    private mutating func endParagraph() throws(IngestError) {
        guard let paragraph = open.popLast() else { return }
        let words = run.words
        run.clear()
        run.append(paragraph.outer)
        if paragraph.isMarkDeleted, open.isEmpty, tables.isEmpty {
            carried = words
            return
        }
        let traits = paragraph.style.map { styles.traits(of: $0) } ?? WordStyles.Traits()
        let (marker, depth) = marker(paragraph, traits)
        let ink = words.trimmedString
        guard !ink.isEmpty else { return }
        let full = marker + ink
        if !tables.isEmpty {
            withTable { table in
                guard let last = table.cells.indices.last else { return }
                table.cells[last] += (table.cells[last].isEmpty ? "" : " ") + full.replacing("\n", with: " ")
            }
            return
        }
        try add(full, ink, paragraph, traits, depth)
    }

    private mutating func add(
        _ full: String, _ ink: String, _ paragraph: Paragraph, _ traits: WordStyles.Traits, _ depth: Int?
    ) throws(IngestError) {
        let outline = paragraph.outline ?? traits.outline
        let isTitle = traits.name == "title" || paragraph.style == "Title"
        if title == nil, isTitle || outline == 1 { title = ink.replacing("\n", with: "") }
        let written = LeadingMarker(full)
        let isShort = full.count <= 40 && !full.hasSuffix("。") && !full.hasSuffix("；")
        let isHeading =
            isTitle || outline != nil || isShort && [1, 2].contains(written?.level ?? depth.map { $0 + 1 } ?? 0)
        let kind: PassageKind = isHeading ? .heading : depth != nil || written != nil ? .listItem : .paragraph
        try assembler.append(
            full, kind: kind, level: written?.level ?? outline ?? depth.map { $0 + 1 },
            locator: Locator(path: "/document/body/p[\(paragraph.ordinal)]"))
    }

    /// The automatic number of a paragraph and its list level from 0; empty without one.
    private mutating func marker(_ paragraph: Paragraph, _ traits: WordStyles.Traits) -> (String, Int?) {
        guard let number = paragraph.number ?? traits.numbering, number != 0 else { return ("", nil) }
        let linked =
            paragraph.number == nil ? paragraph.style.flatMap { numbering.level(of: $0, in: number, styles) } : nil
        let level = min(max(0, paragraph.level ?? linked ?? traits.level ?? 0), 8)
        return (numbering.next(number, level: level, styles), level)
    }

    // MARK: Tables

    private mutating func withTable(_ change: (inout Table) -> Void) {
        guard let last = tables.indices.last else { return }
        change(&tables[last])
    }

    private mutating func endCell() {
        withTable { table in
            guard let last = table.cells.indices.last else { return }
            if table.isContinued { table.cells[last] = "" }
            table.cells.append(contentsOf: repeatElement("", count: table.span - 1))
        }
    }

    private mutating func endRow() throws(IngestError) {
        guard let table = tables.last, !table.isRowDeleted, table.cells.contains(where: { !$0.isEmpty }) else { return }
        guard table.cells.count <= limits.tableCells else { throw tooManyCells() }
        let words = table.cells.joined(separator: "\t")
        if tables.count > 1 {
            // A table inside a cell is text of that cell.
            let outer = tables.count - 2
            if let last = tables[outer].cells.indices.last {
                tables[outer].cells[last] +=
                    (tables[outer].cells[last].isEmpty ? "" : " ") + words.replacing("\t", with: " ")
            }
            return
        }
        try assembler.append(
            words, kind: .tableRow, locator: Locator(table: table.ordinal, row: table.row))
    }

    private mutating func endTable() {
        if !tables.isEmpty { tables.removeLast() }
    }

    private func tooManyCells() -> IngestError {
        .limitExceeded(
            file: fileName, limit: .tableCells, value: limits.tableCells, place: .init(entry: "word/document.xml"))
    }

    // MARK: End

    /// Adds the notes that the text refers to, and what there is to report.
    mutating func finish() throws(IngestError) {
        let rest = carriedWords().trimmedString
        if !rest.isEmpty { try assembler.append(rest) }
        for name in cited {
            guard let words = notes.removeValue(forKey: name), let id = name.split(separator: " ").last else {
                continue
            }
            try assembler.append("[\(id)] \(words)", locator: Locator(path: "/\(name)"), mark: "footnote")
        }
        if run.deletions > 0 {
            notices.append(
                ExtractedText.Notice(
                    .skippedPart, .information,
                    message: LocalizedText(
                        zhHant: "有 \(run.deletions) 處追蹤修訂之刪除文字未讀入",
                        en: "\(run.deletions) tracked deletions were not read"),
                    remedy: LocalizedText(
                        zhHant: "如為定稿，請先接受或拒絕修訂", en: "accept or reject the changes if the text is final")))
        }
    }
}
