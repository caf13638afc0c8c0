import DocketCore

/// Cuts a plain text into passages without changing a byte of it.
struct LineBlocks {
    /// Passages that partition the text; none when it is blank.
    private(set) var passages: [Passage] = []

    /// A text is taken as wrapped at a fixed width only if its lines are at least this wide (25 Han characters).
    private static let narrowestWrap = 50

    init(_ text: String) {
        let lines = Self.lines(of: text)
        let widths = lines.map(\.width).filter { $0 > 0 }.sorted()
        guard !widths.isEmpty else { return }
        let wrap = max(Self.narrowestWrap, widths[(widths.count - 1) * 9 / 10] * 8 / 10)
        var start = 0
        var kind = PassageKind.paragraph
        var level: Int?
        var previous: Line?
        var hasInk = false
        for (index, line) in lines.enumerated() {
            let isTable = line.tabs > 0 && Self.hasTabs(lines, near: index)
            if hasInk, line.width > 0, Self.breaks(before: line, isTable: isTable, after: previous, wrap: wrap) {
                add(start..<line.start, kind, level)
                start = line.start
                hasInk = false
            }
            if !hasInk, line.width > 0 {
                (kind, level) = isTable ? (.tableRow, nil) : Self.kind(of: line)
                hasInk = true
            }
            previous = line
        }
        if hasInk { add(start..<text.utf8.count, kind, level) }
        if let last = passages.indices.last { passages[last].end = text.utf8.count }
    }

    private mutating func add(_ range: Range<Int>, _ kind: PassageKind, _ level: Int?) {
        passages.append(Passage(number: passages.count, kind: kind, range: range, level: level))
    }

    // MARK: Lines

    private struct Line {
        let start: Int
        /// Columns, a Han character counting two; 0 for a blank line.
        let width: Int
        let tabs: Int
        let endsSentence: Bool
        let hasLabel: Bool
        let marker: LeadingMarker?
    }

    private static func lines(of text: String) -> [Line] {
        var lines: [Line] = []
        var offset = 0
        for line in text.lineSubstrings {
            lines.append(Self.line(line, at: offset))
            offset += line.utf8.count + 1
        }
        return lines
    }

    private static func line(_ line: Substring, at start: Int) -> Line {
        var (width, tabs, column) = (0, 0, 0)
        var last: Unicode.Scalar?
        var label = false
        for scalar in line.unicodeScalars {
            column += scalar.value >= 0x2E80 ? 2 : 1
            if scalar == "\t" { tabs += 1 }
            guard !scalar.isBlank else { continue }
            if scalar == "：" || scalar == ":", column <= 26, width > 0, last.map(isLabelCharacter) ?? false {
                label = true
            }
            width = column
            last = scalar
        }
        let ends = last.map { "。！？；：」）』.!?;:)".unicodeScalars.contains($0) } ?? true
        return Line(
            start: start, width: width, tabs: tabs, endsSentence: ends, hasLabel: label,
            marker: width > 0 ? LeadingMarker(line) : nil)
    }

    private static func isLabelCharacter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.isIdeographic || "）)".unicodeScalars.contains(scalar)
    }

    private static func hasTabs(_ lines: [Line], near index: Int) -> Bool {
        index > 0 && lines[index - 1].tabs == lines[index].tabs
            || index + 1 < lines.count && lines[index + 1].tabs == lines[index].tabs
    }

    private static func breaks(before line: Line, isTable: Bool, after previous: Line?, wrap: Int) -> Bool {
        guard let previous else { return false }
        if previous.width == 0 || isTable || previous.tabs > 0 || line.marker != nil || line.hasLabel { return true }
        return previous.endsSentence || previous.width < wrap
    }

    private static func kind(of line: Line) -> (PassageKind, Int?) {
        guard let marker = line.marker else { return (.paragraph, nil) }
        let isShort = line.width <= 80
        if let level = marker.level, level <= 2, isShort { return (.heading, level) }
        return (.listItem, marker.level)
    }
}
