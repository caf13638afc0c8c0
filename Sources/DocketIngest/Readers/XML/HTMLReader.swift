import CLibXML2
import DocketCore
import Foundation

/// Reads HTML: headings, lists with their numbers, tables and paragraphs; scripts, styles and forms' choices are not read.
struct HTMLReader: Reader {
    let identity = "html/1"
    let formats = LocalizedText(zhHant: "HTML 網頁", en: "HTML pages")

    func accepts(_ input: ReaderInput) -> Bool {
        guard input.sample.isText, input.sample.firstCharacter == "<" else { return false }
        let head = input.sample.text.prefix(4096).lowercased()
        return ["<!doctype html", "<html", "<body", "<head", "<div", "<p>", "<table", "<h1"].contains(
            where: head.contains)
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) throws(IngestError) -> Reading? {
        try input.checkDocumentSize(limits)
        let decoded = try DecodedText(input.data, fileName: input.fileName, limits: limits)
        try checkDepth(decoded.bytes, input, limits)
        guard let size = Int32(exactly: decoded.bytes.count) else {
            throw .limitExceeded(file: input.fileName, limit: .textBytes, value: Int(Int32.max), place: .init())
        }
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue
        let document = decoded.bytes.withUnsafeBytes { bytes in
            htmlReadMemory(
                bytes.bindMemory(to: CChar.self).baseAddress, size, nil, "UTF-8", Int32(options)
            )
        }
        guard let document else { throw .noText(file: input.fileName, format: "HTML") }
        defer { xmlFreeDoc(document) }
        var builder = HTMLBuilder(TextAssembler(fileName: input.fileName, limits: limits))
        try builder.walk(xmlDocGetRootElement(document), limits: limits, fileName: input.fileName)
        guard !builder.assembler.isBlank else { throw .noText(file: input.fileName, format: "HTML") }
        var extracted = builder.assembler.extracted(mediaType: "text/html", encoding: decoded.encoding.rawValue)
        extracted.title = builder.heading ?? builder.title
        extracted.language = LanguageTag.known(builder.language)
        extracted.notices += decoded.notices
        return .source(extracted)
    }

    /// Refuses pages nested so deeply that parsing them costs the square of their length.
    ///
    /// Tags that need no end (`<p>`, `<li>`, `<br>` …) are not counted: the parser closes them.
    private func checkDepth(_ bytes: [UInt8], _ input: ReaderInput, _ limits: ReaderLimits) throws(IngestError) {
        var (depth, index) = (0, 0)
        while index + 1 < bytes.count {
            defer { index += 1 }
            guard bytes[index] == UInt8(ascii: "<") else { continue }
            let isEnd = bytes[index + 1] == UInt8(ascii: "/")
            let name = bytes[(index + (isEnd ? 2 : 1))...].prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
            guard !name.isEmpty, name.count <= 12 else { continue }
            guard !Self.unclosed.contains(String(decoding: name, as: UTF8.self).lowercased()) else { continue }
            depth = max(0, depth + (isEnd ? -1 : 1))
            guard depth <= limits.xmlDepth * 4 else {
                throw .limitExceeded(
                    file: input.fileName, limit: .xmlDepth, value: limits.xmlDepth, place: .init(byte: index))
            }
        }
    }

    private static let unclosed: Set<String> = [
        "p", "li", "br", "hr", "img", "input", "meta", "link", "td", "th", "tr", "dt", "dd", "option", "col", "area",
        "base", "param", "tbody", "thead", "wbr", "source", "embed",
    ]
}

/// Walks the tree of a page with a stack of its own.
struct HTMLBuilder {
    private(set) var assembler: TextAssembler
    private(set) var title: String?
    private(set) var heading: String?
    private(set) var language: String?

    private var flow = FlowText()
    private var kinds: [(kind: PassageKind, level: Int?, marker: String)] = []
    private var lists: [(system: CountingSystem?, next: Int)] = []
    private var tables: [(ordinal: Int, row: Int)] = []
    private var tableCount = 0
    private var cells: [String]?
    private var cellSpan = 1
    private var terms = 0
    private var marker = ""
    private var preformatted = 0

    private static let skipped: Set<String> = [
        "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "head", "math", "canvas",
    ]
    private static let blocks: Set<String> = [
        "p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "blockquote", "pre", "ul", "ol",
        "dl", "dt", "dd", "li", "table", "caption", "address", "figure", "figcaption", "form", "fieldset", "legend",
        "hr",
        "center", "body", "details", "summary", "h1", "h2", "h3", "h4", "h5", "h6", "thead", "tbody", "tfoot",
    ]

    init(_ assembler: TextAssembler) { self.assembler = assembler }

    mutating func walk(_ root: xmlNodePtr?, limits: ReaderLimits, fileName: String) throws(IngestError) {
        var node = root
        var depth = 0
        while let current = node {
            var next = current.pointee.children
            if current.pointee.type == XML_ELEMENT_NODE {
                let name = String(cString: current.pointee.name).lowercased()
                if name == "title", title == nil { title = Self.text(current) }
                if try start(name, current) { next = nil }
            } else if current.pointee.type == XML_TEXT_NODE || current.pointee.type == XML_CDATA_SECTION_NODE {
                if let content = current.pointee.content { take(String(cString: content)) }
                next = nil
            } else {
                next = nil
            }
            if let next {
                depth += 1
                guard depth <= limits.xmlDepth else {
                    throw .limitExceeded(
                        file: fileName, limit: .xmlDepth, value: limits.xmlDepth,
                        place: .init(line: Int(xmlGetLineNo(current))))
                }
                node = next
                continue
            }
            node = try leave(current, &depth)
        }
        try flush()
    }

    /// Ends elements upward until one has a next sibling; nil at the end of the page.
    private mutating func leave(_ start: xmlNodePtr, _ depth: inout Int) throws(IngestError) -> xmlNodePtr? {
        var node: xmlNodePtr? = start
        while let current = node {
            if current.pointee.type == XML_ELEMENT_NODE {
                try end(String(cString: current.pointee.name).lowercased())
            }
            if let sibling = current.pointee.next { return sibling }
            node = current.pointee.parent
            depth -= 1
            if node?.pointee.type != XML_ELEMENT_NODE { return nil }
        }
        return nil
    }

    private static func text(_ node: xmlNodePtr) -> String? {
        guard let child = node.pointee.children, let content = child.pointee.content else { return nil }
        var flow = FlowText()
        flow.append(String(cString: content))
        return flow.isEmpty ? nil : flow.words
    }

    private static func attribute(_ node: xmlNodePtr, _ name: String) -> String? {
        guard let value = xmlGetProp(node, name) else { return nil }
        defer { docket_xml_free(value) }
        return String(cString: value)
    }

    // MARK: Elements

    /// Begins an element; true when its content is not read.
    private mutating func start(_ name: String, _ node: xmlNodePtr) throws(IngestError) -> Bool {
        if name == "html" { language = Self.attribute(node, "lang") }
        if name == "head" { title = Self.title(in: node) }
        if Self.skipped.contains(name) { return true }
        if Self.blocks.contains(name) { try flush() }
        switch name {
        case "h1", "h2", "h3", "h4", "h5", "h6": kinds.append((.heading, name.last?.wholeNumberValue, ""))
        case "ol":
            let type = Self.listType(node)
            lists.append((CountingSystem(html: type), StatedNumber.count(Self.attribute(node, "start")) ?? 1))
        case "ul", "menu", "dir": lists.append((nil, 1))
        case "li": startItem(node)
        case "br": flow.appendBreak()
        case "pre": preformatted += 1
        case "table":
            tableCount += 1
            tables.append((tableCount, 0))
        case "tr":
            if cells == nil { try flush() }
            if tables.count <= 1 { cells = [] }
            if let last = tables.indices.last { tables[last].row += 1 }
        case "dt":
            try startTerm()
        case "dd": if terms > 0 { cells?.append("") }
        case "img":
            if let words = Self.attribute(node, "alt"), !words.isEmpty { flow.append(words) }
        default: break
        }
        if name == "td" || name == "th", tables.count <= 1 { try startCell(node) }
        return false
    }

    private static func title(in head: xmlNodePtr) -> String? {
        var child = head.pointee.children
        while let node = child {
            if node.pointee.type == XML_ELEMENT_NODE, String(cString: node.pointee.name).lowercased() == "title" {
                return text(node)
            }
            child = node.pointee.next
        }
        return nil
    }

    private static func listType(_ node: xmlNodePtr) -> String {
        let style = attribute(node, "style") ?? ""
        if let range = style.firstRange(of: "list-style-type:") {
            return style[range.upperBound...].trimmed.prefix { $0 != ";" && $0 != " " }.lowercased()
        }
        return attribute(node, "type") ?? "1"
    }

    private mutating func startItem(_ node: xmlNodePtr) {
        guard let last = lists.indices.last, let system = lists[last].system else {
            kinds.append((.listItem, lists.count > 1 ? lists.count : nil, ""))
            return
        }
        let number = StatedNumber.count(Self.attribute(node, "value")) ?? lists[last].next
        lists[last].next = number + 1
        marker = system == .none ? "" : system.words(number) + (system.isChinese ? "、" : ". ")
        kinds.append((.listItem, lists.count > 1 ? lists.count : nil, marker))
    }

    private mutating func end(_ name: String) throws(IngestError) {
        if Self.blocks.contains(name) { try flush() }
        switch name {
        case "h1", "h2", "h3", "h4", "h5", "h6", "li": if !kinds.isEmpty { kinds.removeLast() }
        case "ol", "ul", "menu", "dir": if !lists.isEmpty { lists.removeLast() }
        case "dl" where terms > 0:
            terms = 0
            try endRow()
        case "pre": preformatted = max(0, preformatted - 1)
        case "tr": if tables.count <= 1 { try endRow() }
        case "table": if !tables.isEmpty { tables.removeLast() }
        case "td", "th":
            guard tables.count <= 1 else { return flow.append(" ") }
            try flush()
            // A cell over several columns keeps the columns after it in their place.
            cells?.append(contentsOf: repeatElement("", count: cellSpan - 1))
        default: break
        }
    }

    // MARK: Text

    private mutating func take(_ raw: String) {
        // The parser is of HTML 4 and leaves this entity when its semicolon is missing before a Han character.
        let text = raw.contains("&nbsp") ? raw.replacing("&nbsp", with: " ") : raw
        guard preformatted > 0, cells == nil else {
            flow.append(text)
            return
        }
        let lines = text.lineSubstrings
        for (index, line) in lines.enumerated() {
            if index > 0 { flow.appendBreak() }
            flow.append(String(line))
        }
    }

    /// A list of terms is a table of two columns: each term begins a row.
    private mutating func startTerm() throws(IngestError) {
        guard tables.isEmpty else { return }
        if terms > 0 { try endRow() } else { tableCount += 1 }
        terms += 1
        cells = [""]
    }

    private mutating func startCell(_ node: xmlNodePtr) throws(IngestError) {
        try flush()
        cells?.append("")
        cellSpan = min(max(1, StatedNumber.count(Self.attribute(node, "colspan")) ?? 1), 64)
    }

    /// Puts what has been read into the open cell, or makes a passage of it.
    private mutating func flush() throws(IngestError) {
        let words = flow.words.trimmedString
        flow = FlowText()
        if let last = cells?.indices.last {
            if !words.isEmpty {
                let before = cells?[last] ?? ""
                cells?[last] = before + (before.isEmpty ? "" : " ") + words.replacing("\n", with: " ")
            }
            return
        }
        guard !words.isEmpty else { return }
        let kind = kinds.last ?? (.paragraph, nil, "")
        let full = marker + words
        marker = ""
        let written = LeadingMarker(full)
        if kind.kind == .heading, heading == nil, kind.level == 1 { heading = words.replacing("\n", with: " ") }
        try assembler.append(
            full, kind: kind.kind == .paragraph && written != nil ? .listItem : kind.kind,
            level: kind.kind == .heading ? kind.level : written?.level ?? kind.level)
    }

    private mutating func endRow() throws(IngestError) {
        try flush()
        guard let row = cells else { return }
        cells = nil
        guard row.contains(where: { !$0.isEmpty }) else { return }
        if row.count == 1 {
            // A row of one cell is layout: its words are a paragraph.
            try assembler.append(row[0])
        } else {
            let place = tables.last.map { ($0.ordinal, $0.row) } ?? (tableCount, max(1, terms))
            try assembler.append(
                row.joined(separator: "\t"), kind: .tableRow, locator: Locator(table: place.0, row: place.1))
        }
    }
}
