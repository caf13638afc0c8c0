import DocketCore

/// Reads Akoma Ntoso, with and without namespace: debates as transcripts, reports of debates as papers.
///
/// A speech is one utterance, its paragraphs on lines of their own; narratives and scenes are passages without a speaker;
/// headings of debate sections are passages at the level of their nesting.
struct AkomaNtosoReader: Reader {
    let identity = "akoma-ntoso/1"
    let formats = LocalizedText(
        zhHant: "Akoma Ntoso XML（有無命名空間皆可）", en: "Akoma Ntoso XML, with and without namespace")

    func accepts(_ input: ReaderInput) -> Bool {
        guard input.sample.isText, input.sample.firstCharacter == "<" else { return false }
        return input.sample.text.contains("<akomaNtoso") || input.sample.text.contains(":akomaNtoso")
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) throws(IngestError) -> Reading? {
        try input.checkDocumentSize(limits)
        let cursor = try XMLCursor(input.data, fileName: input.fileName, format: "Akoma Ntoso", limits: limits)
        var builder = DebateBuilder(TextAssembler(fileName: input.fileName, limits: limits))
        while let event = try cursor.next() {
            switch event {
            case .start(let name): try builder.start(name) { cursor.attribute($0) }
            case .end(let name): try builder.end(name)
            case .text(let text): builder.text(text)
            }
        }
        guard builder.isAkomaNtoso else { return nil }
        guard !builder.assembler.isBlank else { throw .noText(file: input.fileName, format: "Akoma Ntoso") }
        return .source(builder.extracted())
    }
}

/// Turns the elements of a debate into passages.
private struct DebateBuilder {
    private(set) var assembler: TextAssembler
    private(set) var isAkomaNtoso = false
    private var isDebate = false
    private var hasSpeech = false
    private var title: String?
    private var date: String?
    private var language: String?
    private var references: [String: String] = [:]
    private var stack: [Element] = []
    private var sections = 0
    private var isInMeta = false
    private var flow = FlowText()
    private var speech: Speech?
    private var cells: [String]?
    private var marker: String?

    private struct Element {
        let name: String
        let path: String
        var children: [String: Int] = [:]
    }

    private struct Speech {
        var speaker: String?
        var from: String?
        var paragraphs: [String] = []
        let element: String
        let path: String
        /// "narrative" for what nobody says.
        var mark: String?
    }

    private static let speeches: Set<String> = ["speech", "question", "answer", "other"]
    private static let asides: Set<String> = ["narrative", "scene", "summary"]
    private static let blocks: Set<String> = [
        "p", "li", "blockquote", "docTitle", "docNumber", "docDate", "docProponent",
    ]
    private static let persons: Set<String> = ["TLCPerson", "TLCOrganization", "TLCRole"]

    init(_ assembler: TextAssembler) { self.assembler = assembler }

    func extracted() -> ExtractedText {
        var extracted = assembler.extracted(
            mediaType: "application/akn+xml", encoding: nil, kind: isDebate && hasSpeech ? .transcript : nil)
        extracted.title = title
        extracted.date = date ?? title.flatMap(ISODate.day)
        extracted.language = language
        return extracted
    }

    // MARK: Events

    mutating func start(_ name: String, _ attribute: (String) -> String?) throws(IngestError) {
        let path = openPath(name)
        stack.append(Element(name: name, path: path))
        switch name {
        case "akomaNtoso": isAkomaNtoso = true
        case "debate": isDebate = true
        case "meta": isInMeta = true
        case "debateSection": sections += 1
        case "br", "eol": flow.appendBreak()
        case "tr": cells = []
        case "FRBRdate": if date == nil { date = attribute("date").flatMap(ISODate.day) }
        case "FRBRlanguage": language = LanguageTag.known(attribute("language"))
        case _ where Self.persons.contains(name):
            if let id = attribute("eId") ?? attribute("id") { references[id] = attribute("showAs") ?? id }
        case _ where Self.asides.contains(name) && speech == nil:
            try closeParagraph(in: path)
            speech = Speech(element: name, path: path, mark: "narrative")
        case _ where Self.speeches.contains(name) && speech == nil:
            try closeParagraph(in: path)
            let by = attribute("by") ?? attribute("as")
            let id = by.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
            speech = Speech(speaker: id.map { references[$0] ?? $0 }, element: name, path: path)
        default: break
        }
        if name == "docDate", date == nil { date = attribute("date").flatMap(ISODate.day) }
        if Self.blocks.contains(name) { try closeParagraph(in: path) }
    }

    mutating func text(_ text: String) {
        if !isInMeta { flow.append(text) }
    }

    mutating func end(_ name: String) throws(IngestError) {
        let path = stack.popLast()?.path ?? ""
        switch name {
        case "meta": isInMeta = false
        case "heading", "subheading": try endHeading(path)
        case "num": marker = take()
        case "from":
            let label = take()
            speech?.from = label
        case "td", "th":
            let cell = take() ?? ""
            cells?.append(cell.replacing("\n", with: " "))
        case "tr": try endRow(path)
        case "debateSection":
            try closeParagraph(in: path)
            sections -= 1
        case _ where speech.map { $0.element == name && $0.path == path } ?? false: try endSpeech()
        case _ where Self.blocks.contains(name): try endBlock(path)
        case "debateBody", "mainBody", "preface", "conclusions": try closeParagraph(in: path)
        default: break
        }
        if name == "docTitle", title == nil { title = lastWords }
    }

    // MARK: Passages

    private mutating func openPath(_ name: String) -> String {
        guard let last = stack.indices.last else { return "/" + name }
        let number = stack[last].children[name, default: 0] + 1
        stack[last].children[name] = number
        return stack[last].path + "/" + name + (number > 1 ? "[\(number)]" : "")
    }

    private var lastWords: String? {
        assembler.passages.last.map { String(decoding: assembler.bytes[$0.range], as: UTF8.self).trimmedString }
    }

    private mutating func take() -> String? {
        defer { flow = FlowText() }
        let words = flow.words.trimmedString
        return words.isEmpty ? nil : words
    }

    private mutating func endHeading(_ path: String) throws(IngestError) {
        guard let words = take() else { return }
        let full = (marker.map { $0 + " " } ?? "") + words
        marker = nil
        try assembler.append(full, kind: .heading, level: max(1, sections), locator: Locator(path: path))
        if title == nil { title = words }
    }

    private mutating func endBlock(_ path: String) throws(IngestError) {
        guard cells == nil, let words = take() else { return }
        if speech != nil {
            speech?.paragraphs.append(words)
        } else {
            let full = (marker.map { $0 + " " } ?? "") + words
            marker = nil
            // What stands in a debate outside any speech is told, not said.
            try assembler.append(
                full, kind: isDebate ? .utterance : .paragraph, locator: Locator(path: path),
                mark: isDebate ? "narrative" : nil)
        }
    }

    private mutating func endSpeech() throws(IngestError) {
        if let words = take() { speech?.paragraphs.append(words) }
        guard let done = speech else { return }
        speech = nil
        marker = nil
        guard !done.paragraphs.isEmpty else { return }
        if done.mark == nil { hasSpeech = true }
        let label = done.from.map { Substring($0).trimmingSuffix(while: { "：: ".contains($0) }) }
        try assembler.append(
            done.paragraphs.joined(separator: "\n"), kind: isDebate || done.mark == nil ? .utterance : .paragraph,
            speaker: done.speaker ?? label.map(String.init),
            locator: Locator(path: done.path), mark: done.mark)
    }

    private mutating func endRow(_ path: String) throws(IngestError) {
        guard let row = cells else { return }
        cells = nil
        let words = row.joined(separator: "\t")
        if speech != nil {
            speech?.paragraphs.append(words)
        } else if !words.isEmpty {
            try assembler.append(words, kind: .tableRow, locator: Locator(path: path))
        }
    }

    /// Character data that stands outside any block is a paragraph of its own.
    private mutating func closeParagraph(in path: String) throws(IngestError) {
        if flow.isEmpty { return }
        try endBlock(path)
    }
}

extension Substring {
    /// Without the last characters that match.
    func trimmingSuffix(while matches: (Character) -> Bool) -> Substring {
        var view = self
        while let last = view.last, matches(last) { view = view.dropLast() }
        return view
    }
}
