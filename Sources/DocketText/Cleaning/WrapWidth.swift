/// The width that a text is wrapped to.
enum WrapWidth {
    /// Widest column that a line break is ascribed to; beyond it lines are paragraphs.
    private static let greatest = 240

    /// The width, when enough of the lines that could go on end just before it.
    static func width(of table: LineTable, content: [Int]) -> Int? {
        var counts = [Int](repeating: 0, count: greatest + 1)
        var total = 0
        for (place, index) in content.enumerated().dropLast() {
            let line = table.lines[index]
            guard !line.isRow, line.width >= 16, !Terminals.ends(line.lastCode) else { continue }
            total += 1
            let own = set(line)
            // What the next word leaves free belongs to the line.
            let slack = min(14, max(0, firstWord(of: table.lines[content[place + 1]], table.bytes) - 2))
            for width in own...own + slack where width <= greatest { counts[width] += 1 }
        }
        guard total >= 3 else { return nil }
        var best = (width: 0, count: 0)
        for width in 16...greatest where counts[width] > 0 {
            let count = counts[width - 1] + counts[width]
            if count > best.count { best = (width, count) }
        }
        return best.count * 2 >= total && best.count >= 3 ? best.width : nil
    }

    /// Columns of a line without the mark that may hang over its end.
    static func set(_ line: Line) -> Int {
        switch line.lastCode {
        case 0x3001, 0xFF0C, 0xFF1B, 0xFF1A, 0x300D, 0xFF09: line.width - 2
        default: line.width
        }
    }

    /// Columns that the first unbreakable piece of a line takes: a wide character with the marks that cling to it, or a Latin
    /// word and a space before it.
    static func firstWord(of line: Line, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var (index, width) = (line.first, 0)
        while index < line.last, width < 40 {
            let (code, size) = UTF8Bytes.decode(bytes, index)
            let isWide = code >= 0x2E80
            if code == 0x20 || (isWide && width > 0 && !clings(code, after: index, line, bytes)) { break }
            width += isWide ? 2 : 1
            index += size
        }
        return line.firstCode < 0x2E80 ? width + 1 : width
    }

    private static func clings(
        _ code: UInt32, after index: Int, _ line: Line, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let isClosing = LineJoiner.cannotBegin(code)
        return isClosing || LineJoiner.cannotEnd(UTF8Bytes.decode(before: index, bytes).code)
    }

    /// True when blank lines stand after most lines that go on, so that they say nothing about paragraphs.
    static func isBlankSeparated(_ table: LineTable, content: [Int], width: Int?) -> Bool {
        var (separated, total) = (0, 0)
        for (index, next) in zip(content, content.dropFirst()) {
            let line = table.lines[index]
            guard !line.isRow, !Terminals.ends(line.lastCode), line.width >= 16 else { continue }
            if let width, line.width + 16 < width { continue }
            total += 1
            if next - index > 1 { separated += 1 }
        }
        return separated * 2 > total
    }
}
