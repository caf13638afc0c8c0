import DocketCore
import Foundation

/// Reads DOCX (ECMA-376): paragraphs with their automatic numbers, headings, tables, footnotes.
///
/// Deleted and hidden text is not read; comments, headers and footers are passed over and reported.
struct WordReader: Reader {
    let identity = "docx/1"
    let formats = LocalizedText(zhHant: "Word 文件（DOCX）", en: "Word documents (DOCX)")

    func accepts(_ input: ReaderInput) -> Bool {
        input.sample.form == .zip && input.mentions("word/")
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) throws(IngestError) -> Reading? {
        try input.checkDocumentSize(limits)
        let zip = try ZipContainer(input.data, fileName: input.fileName, format: "DOCX", limits: limits)
        let package = WordPackage(zip, fileName: input.fileName, limits: limits)
        guard let main = try package.mainPart() else { return nil }
        var builder = WordBuilder(
            assembler: TextAssembler(fileName: input.fileName, limits: limits), limits: limits,
            styles: try package.styles(), numbering: try package.numbering(), fileName: input.fileName)
        builder.notes = try package.notes()
        guard let cursor = try package.cursor(main) else { return nil }
        while let event = try cursor.next() { try builder.take(event, cursor) }
        try builder.finish()
        guard !builder.assembler.isBlank else { throw .noText(file: input.fileName, format: "DOCX") }
        var extracted = builder.assembler.extracted(
            mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        extracted.title = builder.title
        extracted.notices += builder.notices + package.notices()
        return .source(extracted)
    }
}

extension ReaderInput {
    /// True when the first or last 64 KiB, where the names of a ZIP stand, hold `words`.
    func mentions(_ words: String) -> Bool {
        let needle = Data(words.utf8)
        return data.prefix(64 << 10).range(of: needle) != nil || data.suffix(64 << 10).range(of: needle) != nil
    }
}

/// The parts of a DOCX file that hold text.
struct WordPackage {
    private let zip: ZipContainer
    private let fileName: String
    private let limits: ReaderLimits

    init(_ zip: ZipContainer, fileName: String, limits: ReaderLimits) {
        self.zip = zip
        self.fileName = fileName
        self.limits = limits
    }

    /// Name of the main document part; nil when this is no DOCX.
    func mainPart() throws(IngestError) -> String? {
        if zip.names.contains("word/document.xml") { return "word/document.xml" }
        return zip.names.filter { $0.hasPrefix("word/document") && $0.hasSuffix(".xml") }.min()
    }

    /// A cursor over one part; nil when there is none of that name.
    func cursor(_ part: String) throws(IngestError) -> XMLCursor? {
        guard let data = try zip.entry(part) else { return nil }
        return try XMLCursor(data, fileName: fileName, format: "DOCX", entry: part, limits: limits)
    }

    func styles() throws(IngestError) -> WordStyles {
        guard let cursor = try cursor("word/styles.xml") else { return WordStyles() }
        return try WordStyles(cursor)
    }

    func numbering() throws(IngestError) -> WordNumbering {
        guard let cursor = try cursor("word/numbering.xml") else { return WordNumbering() }
        return try WordNumbering(cursor)
    }

    /// Text of footnotes and endnotes by "footnote 2", "endnote 1".
    func notes() throws(IngestError) -> [String: String] {
        var notes: [String: String] = [:]
        for kind in ["footnote", "endnote"] {
            guard let cursor = try cursor("word/\(kind)s.xml") else { continue }
            var identity: String?
            var flow = RunText()
            while let event = try cursor.next() {
                switch event {
                case .start(kind):
                    identity = cursor.attribute("type") == nil ? cursor.attribute("id") : nil
                    flow = RunText()
                case .end(kind):
                    let words = flow.words.trimmedString
                    if let identity, !words.isEmpty { notes["\(kind) \(identity)"] = words }
                case .end("p"): flow.append("\n")
                default: flow.take(event, cursor)
                }
            }
        }
        return notes
    }

    /// Parts with text that are not read.
    func notices() -> [ExtractedText.Notice] {
        let parts = [
            ("word/comments.xml", LocalizedText(zhHant: "註解", en: "comments")),
            ("word/header", LocalizedText(zhHant: "頁首", en: "page headers")),
            ("word/footer", LocalizedText(zhHant: "頁尾", en: "page footers")),
        ]
        return parts.compactMap { prefix, words in
            zip.names.contains { $0.hasPrefix(prefix) } ? .skipped(words) : nil
        }
    }
}

extension ExtractedText.Notice {
    static func skipped(_ part: LocalizedText) -> Self {
        Self(
            .skippedPart, .information,
            message: LocalizedText(zhHant: "未讀入\(part.zhHant)", en: "\(part.en) were not read"),
            remedy: LocalizedText(zhHant: "如有需要，請移入本文", en: "move them into the body if they matter"))
    }
}

/// Character data of runs: text, tabs, breaks and signs; deleted and hidden runs give nothing.
struct RunText {
    private(set) var words = ""
    private(set) var deletions = 0
    private var skipping = 0
    private var isHidden = false
    private var isInText = false
    private var runStart = 0

    /// Elements whose whole content is no text of the document.
    private static let skipped: Set<String> = [
        "del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rt", "annotation", "rPrChange",
        "pPrChange",
    ]

    mutating func append(_ text: String) { words += text }

    mutating func clear() { words = "" }

    /// True inside something that is passed over.
    var isSkipping: Bool { skipping > 0 }

    mutating func take(_ event: XMLCursor.Event, _ cursor: XMLCursor) {
        switch event {
        case .start(let name): start(name, cursor)
        case .end(let name): end(name)
        case .text(let text): if isInText, skipping == 0, !isHidden { words += text }
        }
    }

    private mutating func start(_ name: String, _ cursor: XMLCursor) {
        if Self.skipped.contains(name) {
            if name == "del" || name == "moveFrom" { deletions += 1 }
            skipping += 1
        }
        guard skipping == 0 else { return }
        switch name {
        case "r": isHidden = false
        case "vanish": isHidden = cursor.attribute("val").map { $0 != "0" && $0 != "false" } ?? true
        case "t": isInText = true
        case "tab" where !isInPropertiesOfTab(cursor): if !isHidden { words += " " }
        case "br", "cr": if !isHidden, cursor.attribute("type") != "page" { words += "\n" }
        case "noBreakHyphen": words += "-"
        case "sym": words += Self.sign(cursor.attribute("char"))
        case "footnoteReference", "endnoteReference":
            if let id = cursor.attribute("id") { words += "[\(id)]" }
        default: break
        }
    }

    /// A tab stop of the paragraph's layout has a position; a tab of the text has none.
    private func isInPropertiesOfTab(_ cursor: XMLCursor) -> Bool { cursor.attribute("pos") != nil }

    private mutating func end(_ name: String) {
        if Self.skipped.contains(name) { skipping = max(0, skipping - 1) }
        if name == "t" { isInText = false }
        if name == "r" { isHidden = false }
    }

    /// Signs of the symbol fonts that forms use; others have no meaning without their font.
    private static func sign(_ code: String?) -> String {
        switch code?.uppercased() {
        case "F06F", "F0A8", "F071", "F072": "□"
        case "F0FE", "F052", "F0FC": "☑"
        case "F0FD", "F0FB": "☒"
        case "F06E", "F0A7": "■"
        case "F0B7", "F09F": "•"
        case "F0E0", "F0E8": "→"
        default: "\u{FFFD}"
        }
    }
}
