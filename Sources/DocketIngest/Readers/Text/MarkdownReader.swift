import DocketCore

/// Reads Markdown (CommonMark with tables): headings, lists, tables and paragraphs, without their marks.
///
/// Transcripts in the form of a heading with each speaker's name ("### 唐鳳：") keep the speaker.
struct MarkdownReader: Reader {
    let identity = "markdown/1"
    let formats = LocalizedText(zhHant: "Markdown", en: "Markdown")

    func accepts(_ input: ReaderInput) -> Bool {
        guard input.sample.isText, input.sample.firstCharacter != "{" else { return false }
        let lines = input.sample.lines
        let headings = lines.filter { MarkdownLine.heading($0) != nil }.count
        let rules = lines.filter { MarkdownLine.isTableRule($0) }.count
        let bold = lines.reduce(0) { $0 + $1.split(separator: "**", omittingEmptySubsequences: false).count - 1 }
        let isFrontMatter = lines.first == "---" && lines.dropFirst().prefix(40).contains("---")
        return headings > 0 || rules > 0 || bold >= 4 || isFrontMatter
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) throws(IngestError) -> Reading? {
        try input.checkDocumentSize(limits)
        let decoded = try DecodedText(input.data, fileName: input.fileName, limits: limits)
        var parser = MarkdownParser(decoded.string)
        parser.parse()
        var assembler = TextAssembler(fileName: input.fileName, limits: limits)
        let spoken = parser.blocks.filter(\.isSpeaker).count
        let isTranscript = spoken >= 2 && spoken * 2 >= parser.blocks.filter { $0.kind == .heading }.count
        let blocks = isTranscript ? MarkdownParser.turns(parser.blocks) : parser.blocks
        for block in blocks {
            let byte = decoded.original(block.offset) ?? block.offset
            let locator = Locator(table: block.table, row: block.row, byte: byte)
            try assembler.append(
                block.words, kind: block.kind, level: block.level, speaker: block.speaker, locator: locator,
                mark: block.mark)
        }
        guard !assembler.isBlank else { throw .noText(file: input.fileName, format: "Markdown") }
        var extracted = assembler.extracted(
            mediaType: "text/markdown", encoding: decoded.encoding.rawValue, kind: isTranscript ? .transcript : nil)
        extracted.notices += decoded.notices
        extracted.title = parser.frontMatter["title"] ?? blocks.first { $0.kind == .heading && $0.level == 1 }?.words
        extracted.date = (parser.frontMatter["date"] ?? extracted.title).flatMap(ISODate.day)
        return .source(extracted)
    }
}

/// One block of Markdown.
struct MarkdownBlock {
    var words: String
    var kind: PassageKind
    var level: Int?
    var speaker: String?
    var table: Int?
    var row: Int?
    var mark: String?
    var offset: Int

    /// True for "### 唐鳳：".
    var isSpeaker: Bool { kind == .heading && (words.hasSuffix("：") || words.hasSuffix(":")) && words.count <= 41 }
}

/// Cuts Markdown into blocks, line by line.
struct MarkdownParser {
    private let text: String
    private(set) var blocks: [MarkdownBlock] = []
    private(set) var frontMatter: [String: String] = [:]
    private var tables = 0
    private var rows = 0
    private var fence: Character?
    private var isOpen = false

    init(_ text: String) { self.text = text }

    mutating func parse() {
        let lines = text.lineSubstrings
        var offset = 0
        var index = frontMatterEnd(lines)
        offset = lines[..<index].reduce(0) { $0 + $1.utf8.count + 1 }
        while index < lines.count {
            let next = index + 1 < lines.count ? lines[index + 1] : nil
            let taken = take(lines[index], next: next, at: offset)
            for line in lines[index..<index + taken] { offset += line.utf8.count + 1 }
            index += taken
        }
    }

    /// Index of the first line after "---" … "---" at the very start, whose "name: value" lines are facts.
    private mutating func frontMatterEnd(_ lines: [Substring]) -> Int {
        guard lines.first == "---", let end = lines.dropFirst().prefix(100).firstIndex(of: "---") else { return 0 }
        for line in lines[1..<end] {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmed.trimmingPrefix { $0 == "\"" }
            frontMatter[line[..<colon].trimmed.lowercased()] = String(value.trimmingSuffix { $0 == "\"" })
        }
        return end + 1
    }

    /// Takes one line, or two of a heading with a line under it; gives the number taken.
    private mutating func take(_ line: Substring, next: Substring?, at offset: Int) -> Int {
        let ink = line.trimmed
        if let open = MarkdownLine.fence(ink), fence == nil || fence == open {
            fence = fence == nil ? open : nil
            isOpen = false
            return 1
        }
        if fence != nil {
            add(String(line), .paragraph, nil, at: offset, goesOn: isOpen)
            isOpen = true
            return 1
        }
        if ink.isEmpty || MarkdownLine.isBreak(ink) {
            isOpen = false
            rows = 0
            return 1
        }
        if let (level, words) = MarkdownLine.heading(line) {
            add(words, .heading, level, at: offset)
            return 1
        }
        if !isOpen, let next, let level = MarkdownLine.underline(next), LeadingMarker(ink) == nil {
            add(MarkdownLine.plain(ink), .heading, level, at: offset)
            return 2
        }
        takeBlock(line, ink, next, at: offset)
        return 1
    }

    private mutating func takeBlock(_ line: Substring, _ ink: Substring, _ next: Substring?, at offset: Int) {
        if MarkdownLine.isTableRule(line), rows > 0 { return }
        if ink.contains("|"), rows > 0 || next.map(MarkdownLine.isTableRule) ?? false {
            if rows == 0 { tables += 1 }
            rows += 1
            add(MarkdownLine.cells(ink).joined(separator: "\t"), .tableRow, nil, at: offset, table: tables, row: rows)
            return
        }
        rows = 0
        if ink.first == ">" {
            let words = MarkdownLine.plain(ink.drop { $0 == ">" || $0 == " " })
            if !words.isEmpty { add(words, .paragraph, nil, at: offset, mark: "quotation") }
            return
        }
        if let (words, level) = MarkdownLine.item(line) {
            add(words, .listItem, level, at: offset)
            isOpen = true
        } else {
            add(MarkdownLine.plain(ink), .paragraph, nil, at: offset, goesOn: isOpen && LeadingMarker(ink) == nil)
            isOpen = true
        }
    }

    private mutating func add(
        _ words: String, _ kind: PassageKind, _ level: Int?, at offset: Int, goesOn: Bool = false, table: Int? = nil,
        row: Int? = nil, mark: String? = nil
    ) {
        if goesOn, let last = blocks.indices.last {
            blocks[last].words = blocks[last].words + "\n" + words
        } else {
            let marker = kind == .paragraph ? LeadingMarker(words) : nil
            blocks.append(
                MarkdownBlock(
                    words: words, kind: marker == nil ? kind : .listItem, level: level ?? marker?.level, table: table,
                    row: row, mark: mark, offset: offset))
            isOpen = false
        }
    }

    /// Blocks of a transcript whose headings name the speakers: what follows a name is said by it; a quotation is what
    /// happened.
    static func turns(_ blocks: [MarkdownBlock]) -> [MarkdownBlock] {
        var turns: [MarkdownBlock] = []
        var speaker: String?
        for var block in blocks {
            if block.isSpeaker {
                speaker = String(block.words.dropLast())
            } else if block.kind == .heading {
                speaker = nil
                turns.append(block)
            } else {
                let isAside = block.mark == "quotation"
                block.speaker = isAside ? nil : speaker
                block.mark = isAside ? "narrative" : nil
                block.kind = .utterance
                block.level = nil
                turns.append(block)
            }
        }
        return turns
    }
}
