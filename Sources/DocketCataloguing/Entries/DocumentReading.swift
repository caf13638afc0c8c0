internal import DocketCore
internal import DocketText

/// A document as describers read it: its cleaned lines, its labelled fields, each with the way back to the source.
struct DocumentReading: Sendable {
    let document: SourceDocument
    let structure: DocumentStructure
    /// Cleaned lines in order, blanks at their ends left out.
    let lines: [Line]
    /// Lines as the source has them, for labels and titles; `range` is that of the source.
    let rawLines: [Line]
    private let clean: CleanText
    private let bytes: [UInt8]

    /// Most lines that are looked at: a description rests on the head of a document and its paragraphs, not on an appendix.
    static let lineLimit = 4_000
    /// Bytes of a document that are looked at.
    static let byteLimit = 400_000

    /// Lines in which labels and titles are looked for, and bytes of each.
    private static let labelLimit = 1_000
    private static let labelBytes = 900

    private static func shortened(_ line: Line) -> Line {
        guard line.range.count > labelBytes else { return line }
        let words = String(line.text.prefix(labelBytes / 3))
        return Line(
            text: words, range: line.range.lowerBound..<line.range.lowerBound + words.utf8.count, marker: line.marker)
    }

    /// One cleaned line.
    struct Line: Sendable {
        /// Its words behind marker and bullet.
        var text: String
        /// Byte range of `text` in the cleaned text.
        var range: Range<Int>
        /// Outline marker before them.
        var marker: OutlineMarker?
    }

    init(_ document: SourceDocument, _ structure: DocumentStructure) {
        self.document = document
        self.structure = structure
        let type = document.origin.mediaType
        let isWhole = ["html", "markdown", "opendocument", "officedocument", "csv", "xml", "jsonl"]
            .contains { type.contains($0) }
        let head = String(decoding: document.text.utf8.prefix(Self.byteLimit), as: UTF8.self)
        clean = TextCleaner(.init(unwrapsLines: !isWhole, removesRunningHeaders: !isWhole)).clean(head)
        bytes = Array(clean.text.utf8)
        lines = Self.lines(bytes)
        rawLines = Self.lines(Array(head.utf8)).prefix(Self.labelLimit).map(Self.shortened)
    }

    private static func lines(_ bytes: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var start = 0
        while start < bytes.count, lines.count < lineLimit {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            var text = String(decoding: bytes[start..<end], as: UTF8.self)
            var lower = start
            if let marker = OutlineMarker.parse(line: text), marker.contentStart < text.utf8.count {
                lower += marker.contentStart
                text = String(decoding: bytes[lower..<end], as: UTF8.self)
                append(text, lower, marker, to: &lines)
            } else {
                append(text, lower, nil, to: &lines)
            }
            start = end + 1
        }
        return lines
    }

    private static func append(_ text: String, _ start: Int, _ marker: OutlineMarker?, to lines: inout [Line]) {
        let blanks: Set<Character> = [" ", "\u{3000}", "\t", "\r", "#", "*"]
        let head = text.prefix { blanks.contains($0) }.utf8.count
        let ink = String(text.drop { blanks.contains($0) })
        let tail = ink.reversed().prefix { [" ", "\u{3000}", "\t", "\r"].contains($0) }.count
        let words = String(ink.dropLast(tail))
        guard !words.isEmpty else { return }
        lines.append(Line(text: words, range: start + head..<start + head + words.utf8.count, marker: marker))
    }

    // MARK: Places

    /// Cites a byte range of the cleaned text.
    func citation(cleaned range: Range<Int>) -> Citation { document.citation(clean.original(range)) }

    /// Cites a byte range of the source.
    func citation(_ range: Range<Int>) -> Citation { document.citation(range) }

    /// Words of the structure with their place.
    func cited(_ words: Words) -> CitedText { CitedText(Self.flat(words.text), [citation(words.range)]) }

    /// A line with its place.
    func cited(_ line: Line) -> CitedText { CitedText(line.text, [citation(cleaned: line.range)]) }

    /// The first place where `words` stands in the document, with that place.
    func cited(finding words: String) -> CitedText? {
        let wanted = Array(words.utf8)
        guard !wanted.isEmpty else { return nil }
        for line in lines {
            if let offset = Self.offset(of: wanted, in: Array(line.text.utf8)) {
                let start = line.range.lowerBound + offset
                return CitedText(words, [citation(cleaned: start..<start + wanted.count)])
            }
        }
        // A word that conversion spread out (青 嵐 市) stands in no line; its line does.
        let dense = words.filter { !$0.isWhitespace }
        return lines.prefix(40).first { $0.text.filter { !$0.isWhitespace && $0 != "　" }.contains(dense) }
            .map { CitedText(words, [citation(cleaned: $0.range)]) }
    }

    /// The sentences of a byte range of the source, each with its own place.
    func sentences(of words: Words) -> [CitedText] {
        let range = clean.cleaned(words.range)
        guard range.upperBound <= bytes.count, !range.isEmpty else { return [cited(words)] }
        let text = String(decoding: bytes[range], as: UTF8.self)
        return SentenceSplitter().sentences(in: text).map { part in
            let place = range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound
            return CitedText(
                Self.flat(String(decoding: bytes[place], as: UTF8.self)), [citation(cleaned: place)])
        }
    }

    /// The sentences of a line.
    func sentences(of line: Line) -> [CitedText] {
        SentenceSplitter().sentences(in: line.text).map { part in
            let place = line.range.lowerBound + part.lowerBound..<line.range.lowerBound + part.upperBound
            return CitedText(String(decoding: bytes[place], as: UTF8.self), [citation(cleaned: place)])
        }
    }

    /// Without line breaks: Han characters close up, words keep a blank.
    static func flat(_ text: String) -> String {
        guard text.contains(where: \.isNewline) else { return text }
        let parts = text.split(whereSeparator: \.isNewline).map(String.init)
        return parts.dropFirst().reduce(parts.first ?? "") { whole, part in
            let isLatin =
                (whole.unicodeScalars.last?.value ?? 0x4E00) < 0x2E80
                && (part.unicodeScalars.first?.value ?? 0x4E00) < 0x2E80
            return whole + (isLatin ? " " : "") + part
        }
    }

    private static func offset(of needle: [UInt8], in hay: [UInt8]) -> Int? {
        guard hay.count >= needle.count else { return nil }
        for start in 0...hay.count - needle.count where hay[start] == needle[0] {
            if hay[start..<start + needle.count].elementsEqual(needle) { return start }
        }
        return nil
    }

    // MARK: Labels

    /// The value behind the first of `labels` that a line begins with, or that stands behind blanks in a line.
    ///
    /// 檔號：110/0301/2/1/004　保存年限：10年 has two. On a page of HTML a label alone in its line has its value in the next.
    func value(_ labels: String...) -> CitedText? { value(labels) }

    func value(_ labels: [String]) -> CitedText? {
        for (index, line) in rawLines.enumerated() {
            for label in labels {
                if let found = value(label, in: line) { return found }
                if index + 1 < rawLines.count, line.text == label, LabelWords.isTable(document) {
                    return raw(rawLines[index + 1])
                }
            }
        }
        return nil
    }

    /// A line of the source with its place.
    func raw(_ line: Line) -> CitedText { CitedText(line.text, [citation(line.range)]) }

    private func value(_ label: String, in line: Line) -> CitedText? {
        var search = line.text.startIndex
        while let hit = line.text.range(after: label, from: search) {
            search = hit.upperBound
            let isFirst =
                hit.lowerBound == line.text.startIndex
                || " \u{3000}\t*（(".contains(line.text[line.text.index(before: hit.lowerBound)])
            guard isFirst, let start = LabelWords.start(behind: line.text[hit.upperBound...], label: label) else {
                continue
            }
            let rest = line.text[start...]
            let words = rest[..<LabelWords.end(of: rest)]
            guard !words.isEmpty else { return nil }
            let offset = line.range.lowerBound + line.text.utf8.distance(from: line.text.startIndex, to: start)
            return CitedText(String(words), [citation(offset..<offset + words.utf8.count)])
        }
        return nil
    }
}

/// Words at which the value of a field in a line ends.
enum LabelWords {
    /// Labels that may follow on the same line.
    private static let followers = [
        "檔號", "保存年限", "案名", "卷次", "密等", "保管單位", "收件日期", "來源", "日期", "方式", "發文字號", "發文日期", "公告單位", "副本", "正本",
        "施工單位", "通報日期", "案號", "附件", "速別", "歸檔日期", "收文字號", "收文日期", "本別", "頁數",
        "廠商", "契約編號", "Received", "By", "Retention", "File no.", "Date", "Our ref", "Your ref",
    ]

    /// Where the value begins behind a label; nil when no colon follows.
    ///
    /// Bold letters of Markdown and the border of a cell stand for the colon, and a case number follows its label without any mark.
    static func start(behind rest: Substring, label: String) -> String.Index? {
        // A cell of a table is closed by a tabulator, bold letters of Markdown by their stars.
        let isBold = rest.hasPrefix("**") || rest.hasPrefix("\t")
        var words = rest.drop { $0 == "*" || $0 == " " || $0 == "\u{3000}" || $0 == "\t" }
        if let colon = words.first, "：:".contains(colon) {
            words = words.dropFirst()
        } else {
            guard isBold || label == "案號" else { return nil }
        }
        words = words.drop { $0.isWhitespace || $0 == "*" }
        return words.isEmpty ? nil : words.startIndex
    }

    /// Where the value ends: before blanks and a label that follows, else at the end.
    static func end(of rest: Substring) -> String.Index {
        var index = rest.startIndex
        while index < rest.endIndex {
            if rest[index].isWhitespace {
                let next = rest[index...].drop { $0.isWhitespace || $0 == "*" }
                if followers.contains(where: { label in
                    next.hasPrefix(label)
                        && (next.dropFirst(label.count).first { $0 != "*" && $0 != " " }).map {
                            "：:".contains($0) || $0.isNumber
                        }
                            ?? false
                }) {
                    return index
                }
            }
            index = rest.index(after: index)
        }
        return rest.endIndex
    }

    /// True for pages whose fields stand as label and value on lines of their own (definition lists of HTML).
    static func isTable(_ document: SourceDocument) -> Bool { document.origin.mediaType.contains("html") }
}

extension String {
    /// Range of the first `words` at or behind `start`.
    func range(after words: String, from start: String.Index) -> Range<String.Index>? {
        guard !words.isEmpty, let first = words.first else { return nil }
        var index = start
        while let hit = self[index...].firstIndex(of: first) {
            if self[hit...].hasPrefix(words) {
                return hit..<self.index(hit, offsetBy: words.count)
            }
            index = self.index(after: hit)
        }
        return nil
    }
}
