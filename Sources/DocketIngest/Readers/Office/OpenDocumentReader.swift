import DocketCore
import Foundation

/// Reads ODT (ODF): paragraphs with their automatic numbers, headings, tables, notes.
///
/// Deleted text and annotations are not read.
struct OpenDocumentReader: Reader {
    let identity = "odt/1"
    let formats = LocalizedText(zhHant: "開放文件（ODT、FODT）", en: "OpenDocument text (ODT, FODT)")

    func accepts(_ input: ReaderInput) -> Bool {
        if input.sample.form == .zip { return input.mentions("application/vnd.oasis.opendocument.text") }
        return isFlat(input)
    }

    private func isFlat(_ input: ReaderInput) -> Bool {
        input.sample.isText && input.sample.firstCharacter == "<" && input.sample.text.contains("<office:document ")
            && input.sample.text.contains("opendocument.text")
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) throws(IngestError) -> Reading? {
        try input.checkDocumentSize(limits)
        let parts = try parts(input, limits)
        var lists = OpenDocumentLists()
        for part in parts {
            try lists.read(
                XMLCursor(part.data, fileName: input.fileName, format: "ODT", entry: part.name, limits: limits))
        }
        guard let content = parts.last else { return nil }
        let cursor = try XMLCursor(
            content.data, fileName: input.fileName, format: "ODT", entry: content.name, limits: limits)
        var builder = OpenDocumentBuilder(
            assembler: TextAssembler(fileName: input.fileName, limits: limits), limits: limits, lists: lists,
            fileName: input.fileName)
        while let event = try cursor.next() { try builder.take(event, cursor) }
        try builder.finish()
        guard !builder.assembler.isBlank else { throw .noText(file: input.fileName, format: "ODT") }
        var extracted = builder.assembler.extracted(mediaType: "application/vnd.oasis.opendocument.text")
        extracted.title = builder.title
        extracted.notices += builder.notices
        return .source(extracted)
    }

    /// The XML to read: styles first, content last.
    private func parts(_ input: ReaderInput, _ limits: ReaderLimits) throws(IngestError) -> [(
        name: String?, data: Data
    )] {
        guard input.sample.form == .zip else { return [(nil, input.data)] }
        let zip = try ZipContainer(input.data, fileName: input.fileName, format: "ODT", limits: limits)
        if let manifest = try zip.entry("META-INF/manifest.xml"),
            manifest.range(of: Data("encryption-data".utf8)) != nil
        {
            throw .encrypted(file: input.fileName, format: "ODT")
        }
        var parts: [(String?, Data)] = []
        if let styles = try zip.entry("styles.xml") { parts.append(("styles.xml", styles)) }
        guard let content = try zip.entry("content.xml") else {
            throw .malformed(
                file: input.fileName, format: "ODT", place: .init(entry: "content.xml"),
                problem: LocalizedText(zhHant: "缺少內文", en: "the content is missing"))
        }
        parts.append(("content.xml", content))
        return parts
    }
}

/// Turns the body of an ODT file into passages.
struct OpenDocumentBuilder {
    private(set) var assembler: TextAssembler
    let limits: ReaderLimits
    var lists: OpenDocumentLists
    let fileName: String
    private(set) var title: String?
    private(set) var notices: [ExtractedText.Notice] = []

    private var isInBody = false
    private var skipping = 0
    private var hasDeletions = false
    private var paragraphs: [Paragraph] = []
    private var open: [List] = []
    private var tables: [Table] = []
    private var tableCount = 0
    private var paragraphCount = 0
    private var noteCitation: String?
    private var pendingNotes: [String] = []
    private var noteDepth = 0

    /// Elements whose whole content is no text of the document: what was deleted, what others remarked.
    private static let skipped: Set<String> = [
        "tracked-changes", "annotation", "annotation-end", "ruby-text", "forms", "sequence-decls", "number",
        "variable-decls", "user-field-decls", "event-listeners", "desc",
    ]

    private struct Paragraph {
        var words = ""
        let heading: Int?
        let style: String?
        let ordinal: Int
        let start: Int?
        /// True while blanks of the file count as none, as at the start of a paragraph.
        var isAfterBlank = true
    }

    private struct List {
        let style: String
        let level: Int
        /// True until the first paragraph of the item has taken its number.
        var isPending = false
        var start: Int?
    }

    private struct Table {
        let ordinal: Int
        var row = 0
        var cells: [String] = []
        var repeated = 1
    }

    init(assembler: TextAssembler, limits: ReaderLimits, lists: OpenDocumentLists, fileName: String) {
        self.assembler = assembler
        self.limits = limits
        self.lists = lists
        self.fileName = fileName
    }

    mutating func take(_ event: XMLCursor.Event, _ cursor: XMLCursor) throws(IngestError) {
        switch event {
        case .start(let name):
            if name == "text" || name == "body" { isInBody = true }
            if Self.skipped.contains(name) {
                skipping += 1
                if name == "tracked-changes" { hasDeletions = true }
            }
            if isInBody, skipping == 0 { try start(name, cursor) }
        case .end(let name):
            if isInBody, skipping == 0 { try end(name) }
            if Self.skipped.contains(name) { skipping = max(0, skipping - 1) }
            if name == "body" { isInBody = false }
        case .text(let text):
            if isInBody, skipping == 0 { append(text) }
        }
    }

    // MARK: Elements

    private mutating func start(_ name: String, _ cursor: XMLCursor) throws(IngestError) {
        switch name {
        case "p", "h":
            paragraphCount += 1
            let heading = name == "h" ? cursor.level("outline-level") ?? 1 : nil
            paragraphs.append(
                Paragraph(
                    heading: heading, style: cursor.attribute("style-name"), ordinal: paragraphCount,
                    start: cursor.attribute("restart-numbering") == "true" ? cursor.number("start-value") : nil))
        case "list":
            let style = cursor.attribute("style-name") ?? open.last?.style ?? ""
            let continues = cursor.attribute("continue-numbering") == "true" || cursor.attribute("continue-list") != nil
            lists.begin(style, level: open.count + 1, continues: continues)
            open.append(List(style: style, level: open.count + 1))
        case "list-item":
            if let last = open.indices.last {
                open[last].isPending = true
                open[last].start = cursor.number("start-value")
            }
        case "s": appendRaw(String(repeating: " ", count: min(max(1, cursor.number("c") ?? 1), 256)))
        case "tab": appendRaw(" ")
        case "line-break": appendRaw("\n")
        case "note": noteCitation = nil
        case "note-citation": paragraphs.append(Paragraph(heading: nil, style: nil, ordinal: 0, start: nil))
        case "note-body": noteDepth += 1
        default: try startTable(name, cursor)
        }
    }

    private mutating func startTable(_ name: String, _ cursor: XMLCursor) throws(IngestError) {
        switch name {
        case "table":
            tableCount += 1
            tables.append(Table(ordinal: tableCount))
        case "table-row":
            withTable {
                $0.cells = []; $0.row += 1
            }
        case "table-cell", "covered-table-cell":
            let count = min(max(1, cursor.number("number-columns-repeated") ?? 1), 1024)
            guard let table = tables.last, table.cells.count < limits.tableCells else { throw tooManyCells() }
            withTable {
                $0.repeated = count; $0.cells.append("")
            }
        default: break
        }
    }

    private mutating func end(_ name: String) throws(IngestError) {
        switch name {
        case "p", "h": try endParagraph()
        case "list": if !open.isEmpty { open.removeLast() }
        case "list-item": if let last = open.indices.last { open[last].isPending = false }
        case "note-citation":
            noteCitation = paragraphs.popLast()?.words.trimmedString
            if let noteCitation, !noteCitation.isEmpty { appendRaw("[\(noteCitation)]") }
        case "note-body": noteDepth = max(0, noteDepth - 1)
        case "table-cell", "covered-table-cell":
            // A repeated cell repeats its words; empty ones only keep the columns.
            withTable { table in
                guard let words = table.cells.last else { return }
                table.cells.append(contentsOf: repeatElement(words, count: table.repeated - 1))
            }
        case "table-row": try endRow()
        case "table": if !tables.isEmpty { tables.removeLast() }
        default: break
        }
    }

    // MARK: Text

    /// White space of the file collapses (ODF 1.3 part 3, 6.1.2); real blanks are elements.
    private mutating func append(_ text: String) {
        guard let last = paragraphs.indices.last else { return }
        for scalar in text.unicodeScalars {
            let isBlank = scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
            if !isBlank {
                paragraphs[last].words.unicodeScalars.append(scalar)
            } else if !paragraphs[last].isAfterBlank {
                paragraphs[last].words += " "
            }
            paragraphs[last].isAfterBlank = isBlank
        }
    }

    private mutating func appendRaw(_ text: String) {
        guard let last = paragraphs.indices.last else { return }
        paragraphs[last].words += text
        paragraphs[last].isAfterBlank = false
    }

    private mutating func endParagraph() throws(IngestError) {
        guard let paragraph = paragraphs.popLast() else { return }
        let ink = paragraph.words.trimmedString
        if noteDepth > 0 {
            if !ink.isEmpty { pendingNotes.append((noteCitation.map { "[\($0)] " } ?? "") + ink) }
            return
        }
        let (marker, level) = marker(paragraph)
        guard !ink.isEmpty else { return }
        let full = marker + ink
        if !tables.isEmpty {
            withTable { table in
                guard let last = table.cells.indices.last else { return }
                table.cells[last] += (table.cells[last].isEmpty ? "" : " ") + full.replacing("\n", with: " ")
            }
            return
        }
        if title == nil, paragraph.heading == 1 || paragraph.style == "Title" { title = ink.replacing("\n", with: "") }
        let written = LeadingMarker(full)
        let isTitle = paragraph.heading != nil || paragraph.style == "Title" || paragraph.style == "Subtitle"
        let isShort = full.count <= 40 && !full.hasSuffix("。") && !full.hasSuffix("；")
        let isHeading = isTitle || isShort && [1, 2].contains(written?.level ?? level ?? 0)
        try assembler.append(
            full, kind: isHeading ? .heading : level != nil || written != nil ? .listItem : .paragraph,
            level: written?.level ?? paragraph.heading ?? level,
            locator: Locator(
                path: "/office:body/office:text/\(paragraph.heading == nil ? "p" : "h")[\(paragraph.ordinal)]"))
        if paragraphs.isEmpty { try addNotes() }
    }

    /// The number that a paragraph shows, and its list level from 1.
    private mutating func marker(_ paragraph: Paragraph) -> (String, Int?) {
        if let last = open.indices.last {
            let list = open[last]
            guard list.isPending else { return ("", list.level) }
            open[last].isPending = false
            return (lists.next(list.style, level: list.level, start: list.start), list.level)
        }
        if let heading = paragraph.heading { return (lists.nextHeading(heading, start: paragraph.start), nil) }
        guard let style = paragraph.style.flatMap({ lists.listStyle(of: $0) }) else { return ("", nil) }
        return (lists.next(style, level: 1, start: paragraph.start), 1)
    }

    private mutating func addNotes() throws(IngestError) {
        for note in pendingNotes { try assembler.append(note, mark: "footnote") }
        pendingNotes = []
    }

    // MARK: Tables

    private mutating func withTable(_ change: (inout Table) -> Void) {
        guard let last = tables.indices.last else { return }
        change(&tables[last])
    }

    private mutating func endRow() throws(IngestError) {
        guard var table = tables.last else { return }
        while table.cells.last?.isEmpty ?? false, table.cells.count > 64 { table.cells.removeLast() }
        guard table.cells.contains(where: { !$0.isEmpty }) else { return }
        guard table.cells.count <= limits.tableCells else { throw tooManyCells() }
        let words = table.cells.joined(separator: "\t")
        if tables.count > 1 {
            let outer = tables.count - 2
            if let last = tables[outer].cells.indices.last {
                tables[outer].cells[last] +=
                    (tables[outer].cells[last].isEmpty ? "" : " ") + words.replacing("\t", with: " ")
            }
            return
        }
        try assembler.append(words, kind: .tableRow, locator: Locator(table: table.ordinal, row: table.row))
    }

    private func tooManyCells() -> IngestError {
        .limitExceeded(file: fileName, limit: .tableCells, value: limits.tableCells, place: .init(entry: "content.xml"))
    }

    // MARK: End

    /// Adds what is left, and what there is to report.
    mutating func finish() throws(IngestError) {
        try addNotes()
        guard hasDeletions else { return }
        notices.append(
            ExtractedText.Notice(
                .skippedPart, .information,
                message: LocalizedText(zhHant: "追蹤修訂之刪除文字未讀入", en: "tracked deletions were not read"),
                remedy: LocalizedText(zhHant: "如為定稿，請先接受或拒絕修訂", en: "accept or reject the changes if the text is final")
            ))
    }
}
