import DocketCore
import DocketText

/// The cleaned text that structure is read from, with the way back to the original.
///
/// Text of files without paragraphs of their own (plain text, PDF, recognised pages) is unwrapped; text whose reader
/// knew the paragraphs (DOCX, ODT, HTML, Markdown) is taken as it is.
struct WorkingText: Sendable {
    let source: SourceDocument
    /// The text that scanners see; its offsets are "working" offsets.
    let text: ByteText
    private let clean: CleanText
    /// Passage starts, for the passage of an offset.
    private let starts: [Int]

    init(_ source: SourceDocument) {
        self.source = source
        let isWhole = Self.hasParagraphs(source)
        clean = TextCleaner(.init(unwrapsLines: !isWhole, removesRunningHeaders: !isWhole)).clean(source.text)
        text = ByteText(clean.text)
        starts = source.passages.map(\.start)
    }

    private static func hasParagraphs(_ source: SourceDocument) -> Bool {
        let type = source.origin.mediaType
        return type.contains("html") || type.contains("markdown") || type.contains("opendocument")
            || type.contains("officedocument") || type.contains("csv") || type.contains("xml")
    }

    /// The range of the original text that a working range stands for.
    func original(_ range: Range<Int>) -> Range<Int> { clean.original(range) }

    /// The working range of a range of the original text; empty where cleaning removed it.
    func working(_ range: Range<Int>) -> Range<Int> { clean.cleaned(range) }

    /// The words of a working range at their place in the original.
    func words(_ range: Range<Int>) -> Words {
        let trimmed = text.trimmed(range)
        let words = text.words(trimmed).split(whereSeparator: \.isNewline).map(String.init).joined(separator: "\n")
        return Words(words, at: original(trimmed))
    }

    /// The passages that a working range touches.
    func passages(_ range: Range<Int>) -> ClosedRange<Int> {
        let place = original(range)
        let first = passage(at: place.lowerBound)
        return first...max(first, passage(at: max(place.lowerBound, place.upperBound - 1)))
    }

    /// Number of the passage that holds an offset of the original.
    func passage(at offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}

/// One line of the working text: a paragraph, or what a converter made one.
struct TextLine: Sendable {
    /// Without blanks and line breaks at its ends.
    var range: Range<Int>
    /// Level of a Markdown or reader's heading, from 1.
    var heading: Int?
    /// True when the line is part of a table.
    var isTable: Bool
    /// Blanks before the line.
    var indent: Int
    /// Marker at its start, after a bullet that conversion put there.
    var marker: OutlineMarker?
    /// First byte after marker, heading signs and bullet.
    var content: Int

    var body: Range<Int> { min(content, range.upperBound)..<range.upperBound }
}

extension WorkingText {
    /// The lines with what pass one sees at their start; empty lines left out.
    ///
    /// `tables` are ranges of the original text in order.
    func structureLines(tables: [Range<Int>]) -> [TextLine] {
        var lines: [TextLine] = []
        var table = 0
        for line in brokenLines(tables) {
            let range = text.trimmed(line)
            guard !range.isEmpty else { continue }
            let place = original(range)
            while table < tables.count, tables[table].upperBound <= place.lowerBound { table += 1 }
            let isTable = table < tables.count && tables[table].lowerBound < place.upperBound
            lines.append(scan(range, indent: range.lowerBound - line.lowerBound, isTable: isTable, at: place))
        }
        return lines
    }

    /// Lines of the working text, cut again where cleaning joined a line that starts with a label or a marker, and where
    /// tables begin and end.
    private func brokenLines(_ tables: [Range<Int>]) -> [Range<Int>] {
        let lines = text.lines()
        let breaks = lineStarts(tables)
        var result: [Range<Int>] = []
        var next = 0
        for line in lines {
            var start = line.lowerBound
            while next < breaks.count, breaks[next].offset <= start { next += 1 }
            while next < breaks.count, breaks[next].offset < line.upperBound {
                let (offset, isEdge) = breaks[next]
                let following =
                    next + 1 < breaks.count ? min(breaks[next + 1].offset, line.upperBound) : line.upperBound
                if isEdge || startsBlock(at: offset, before: line.upperBound)
                    || SignatureLine.title(text, offset..<following) != nil
                {
                    result.append(start..<offset)
                    start = offset
                }
                next += 1
            }
            result.append(start..<line.upperBound)
        }
        return result
    }

    /// Working offsets at which a line of the original starts, and whether it is a row of a table or follows one.
    private func lineStarts(_ tables: [Range<Int>]) -> [(offset: Int, isEdge: Bool)] {
        let bytes = source.text.utf8
        var starts: [(offset: Int, isEdge: Bool)] = []
        var offset = 0
        var atStart = true
        var table = 0
        var wasRow = false
        for byte in bytes {
            if byte == 0x0A || byte == 0x0D {
                atStart = true
            } else if atStart, byte != 0x20, byte != 0x09 {
                while table < tables.count, tables[table].upperBound <= offset { table += 1 }
                let isRow = table < tables.count && tables[table].contains(offset)
                let place = working(offset..<offset).lowerBound
                if place != starts.last?.offset { starts.append((place, isRow || wasRow)) }
                wasRow = isRow
                atStart = false
            }
            offset += 1
        }
        return starts
    }

    private func startsBlock(at offset: Int, before end: Int) -> Bool {
        let start = text.afterBlanks(offset..<end)
        if let hit = LabelTable.hit(in: text, at: start, before: end) { return hit.hasColon || hit.label == .closing }
        if OutlineMarker.parse(text.string, lineAt: start..<end) != nil { return true }
        return ClosingLine.matches(text, start..<end)
    }

    private func scan(_ range: Range<Int>, indent: Int, isTable: Bool, at place: Range<Int>) -> TextLine {
        var start = range.lowerBound
        var heading: Int?
        var signs = 0
        while start < range.upperBound, text.bytes[start] == 0x23, signs < 7 {
            start += 1
            signs += 1
        }
        if (1...6).contains(signs), start < range.upperBound, text.bytes[start] == 0x20 {
            heading = signs
            start = text.afterBlanks(start..<range.upperBound)
        } else {
            start = range.lowerBound
        }
        if heading == nil, !source.passages.isEmpty {
            let passage = source.passages[passage(at: place.lowerBound)]
            if passage.kind == .heading, passage.start + 4 >= place.lowerBound - indent { heading = passage.level ?? 1 }
        }
        let marker = isTable ? nil : OutlineMarker.parse(text.string, lineAt: start..<range.upperBound)
        return TextLine(
            range: range, heading: heading, isTable: isTable, indent: indent, marker: marker,
            content: marker?.contentStart ?? skipBullet(start, range.upperBound))
    }

    /// A bare list bullet is no part of the words.
    private func skipBullet(_ start: Int, _ end: Int) -> Int {
        guard let first = text.scalar(at: start, before: end), let second = text.scalar(at: first.next, before: end),
            Blank.contains(second.value)
        else { return start }
        switch first.value {
        case 0x2D, 0x2A, 0x2022, 0xB7, 0x25CF, 0x25CB, 0x25A0, 0x25A1, 0x25C6, 0x30FB:
            return text.afterBlanks(second.next..<end)
        default:
            return start
        }
    }
}
