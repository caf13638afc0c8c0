import DocketCore
import DocketText

/// Rebuilds tables that extraction flattened into words between blanks; what comes back is marked as recovered.
///
/// Three shapes are read: lines of a label and figures (項次 業務內容 績效 / 1 收文 3 萬 1,284 件), lines of columns kept
/// apart by wide blanks, and one line whose words repeat a header's pattern (機關名稱 件數 機關名稱 件數 都發局 215 …).
/// Works on the original lines, since unwrapping would run the rows together.
struct FlatTableFinder {
    private let text: ByteText
    private let tokenizer: FlatRowTokenizer
    /// Ranges of tables already found.
    private let known: [Range<Int>]
    private let takesColumns: Bool

    init(_ source: SourceDocument, known: [Range<Int>]) {
        text = ByteText(source.text)
        tokenizer = FlatRowTokenizer(text: text)
        self.known = known
        takesColumns = ![.minutes, .agenda, .attendance].contains(source.kind)
    }

    func tables() -> [Table] {
        var tables: [Table] = []
        var labelled = LabelledRows()
        var columns: [FlatRowTokenizer.Row] = []
        var caption: Range<Int>?
        var next = 0
        func flush() {
            // Of two readings of the same lines the one with more columns says more.
            let found = [labelled.table(), columnTable(columns)].compactMap { $0 }
            if let best = found.max(by: { $0.rows[0].count < $1.rows[0].count }) { tables.append(best) }
            labelled = LabelledRows()
            columns = []
        }
        for line in text.lines() {
            let range = text.trimmed(line)
            guard !range.isEmpty else { continue }
            while next < known.count, known[next].upperBound <= range.lowerBound { next += 1 }
            let isKnown = next < known.count && known[next].lowerBound < range.upperBound
            guard !isKnown, let row = tokenizer.row(range) else {
                flush()
                caption = range
                continue
            }
            if let single = FlatLine.rows(row.tokens) {
                flush()
                tables.append(make(single, headerRows: 1, range))
            } else if !labelled.take(row) {
                let header = columns
                flush()
                columns = header.count == 1 ? header : []
                _ = labelled.take(row)
            }
            if takesColumns, row.columns.count >= 3, columns.isEmpty || columns[0].columns.count == row.columns.count {
                columns.append(row)
            }
            if labelled.count + columns.count <= 2 { labelled.caption = caption.flatMap(words) ?? labelled.caption }
        }
        flush()
        return tables
    }

    private func words(_ range: Range<Int>) -> String? { TableFinder.caption(text.words(range)) }

    /// Lines whose columns are kept apart by wide blanks.
    private func columnTable(_ rows: [FlatRowTokenizer.Row]) -> Table? {
        guard rows.count >= 3, let first = rows.first, let last = rows.last else { return nil }
        let cells = rows.map { $0.columns.map { text.words($0) } }
        return make(cells, headerRows: TableFinder.headerRows(cells), first.range.lowerBound..<last.range.upperBound)
    }

    private func make(_ rows: [[String]], headerRows: Int, _ range: Range<Int>) -> Table {
        Table(caption: nil, headerRows: headerRows, rows: rows, range: range, isRecovered: true)
    }
}

/// Cuts a line without sentence marks into words and figures.
struct FlatRowTokenizer {
    let text: ByteText
    private static let tokenLimit = 4_000

    struct Token {
        var range: Range<Int>
        var words: String
        var isFigure: Bool
    }

    struct Row {
        var range: Range<Int>
        var tokens: [Token]
        /// Columns between wide blanks.
        var columns: [Range<Int>]
    }

    /// The row that a line may be; nil for prose, headings and lines of one word.
    func row(_ range: Range<Int>) -> Row? {
        var offset = range.lowerBound
        while let next = text.scalar(at: offset, before: range.upperBound) {
            if [0x3002, 0xFF0C, 0xFF1A, 0xFF1B, 0x3001, 0x09].contains(next.value) { return nil }
            offset = next.next
        }
        guard text.bytes[range.lowerBound] != 0x23, !ContentsList.hasLeader(text, range) else { return nil }
        let tokens = tokens(range)
        return tokens.isEmpty ? nil : Row(range: range, tokens: tokens, columns: columns(range))
    }

    private func columns(_ range: Range<Int>) -> [Range<Int>] {
        var columns: [Range<Int>] = []
        var start = range.lowerBound
        var offset = start
        var blanks = 0
        var end = start
        while let next = text.scalar(at: offset, before: range.upperBound) {
            if Blank.contains(next.value) {
                if blanks == 0 { end = offset }
                blanks += next.value == 0x3000 ? 2 : 1
            } else {
                if blanks >= 2 {
                    columns.append(start..<end)
                    start = offset
                }
                blanks = 0
            }
            offset = next.next
        }
        columns.append(start..<range.upperBound)
        return columns
    }

    private func tokens(_ range: Range<Int>) -> [Token] {
        let parts = joined(text.parts(range, where: Blank.contains))
        guard parts.count <= Self.tokenLimit else { return [] }
        var tokens: [Token] = []
        var index = 0
        while index < parts.count {
            var end = index
            var isFigure = CellFigure(parts[index].words) != nil
            for last in figureEnds(parts, from: index) {
                if isOneFigure(text.words(parts[index].range.lowerBound..<parts[last].range.upperBound)) {
                    end = last
                    isFigure = true
                    break
                }
            }
            let range = parts[index].range.lowerBound..<parts[end].range.upperBound
            let words = end > index ? text.words(range) : parts[index].words
            tokens.append(Token(range: range, words: words, isFigure: isFigure))
            index = end + 1
        }
        return tokens
    }

    /// Where a figure that begins at `index` may end, the furthest first: 3 萬 7,113 件 comes as four parts.
    private func figureEnds(_ parts: [(range: Range<Int>, words: String)], from index: Int) -> [Int] {
        func startsWithDigit(_ part: Int) -> Bool { (0x30...0x39).contains(text.bytes[parts[part].range.lowerBound]) }
        guard startsWithDigit(index) else { return [] }
        var last = index
        while last + 1 < parts.count, last < index + 4 {
            let isMultiplier = ["萬", "億", "兆"].contains(parts[last + 1].words)
            guard isMultiplier || startsWithDigit(last + 1) && ["萬", "億", "兆"].contains(parts[last].words) else {
                break
            }
            last += 1
        }
        let withUnit = last + 1 < parts.count && parts[last + 1].range.count <= 9 ? [last + 1] : []
        return withUnit + (last > index ? [last] : [])
    }

    /// Closes up words set with a blank after every character: 合 計, 機 關 名 稱.
    private func joined(_ parts: [Range<Int>]) -> [(range: Range<Int>, words: String)] {
        var result: [(range: Range<Int>, words: String)] = []
        var wasSingle = false
        for part in parts {
            let words = text.words(part)
            let isSingle = part.count == 3 && Title.isHan(words.unicodeScalars.first?.value ?? 0)
            let isUnit = result.last.map { CellFigure($0.words) != nil } ?? false
            if isSingle, wasSingle, !isUnit, let last = result.popLast() {
                result.append((last.range.lowerBound..<part.upperBound, last.words + words))
            } else {
                result.append((part, words))
            }
            wasSingle = isSingle && !isUnit
        }
        return result
    }

    private func isOneFigure(_ words: String) -> Bool {
        guard let figure = CellFigure(words), figure.quantities.count == 1, let only = figure.first else {
            return false
        }
        return only.range == 0..<words.utf8.count
    }
}

/// Rows of a label and a fixed number of figures, with a serial number in front or without.
private struct LabelledRows {
    private struct Row {
        var serial: String?
        var label: String
        var figures: [String]
    }

    private var header: [String] = []
    private var rows: [Row] = []
    private var range: Range<Int>?
    private var awaitsFigures = false
    var caption: String?

    var count: Int { rows.count }

    /// Takes a line that continues the table or begins one; false when it does not fit.
    mutating func take(_ line: FlatRowTokenizer.Row) -> Bool {
        let tokens = line.tokens
        let figures = Array(tokens.reversed().prefix(while: \.isFigure).reversed()).map(\.words)
        var words = tokens.dropLast(figures.count)
        let width = rows.first?.figures.count
        if words.isEmpty {
            guard awaitsFigures, figures.count == width ?? figures.count, let last = rows.indices.last else {
                return false
            }
            rows[last].figures = figures
            return extend(line)
        }
        var serial: String?
        if let first = words.first, first.isFigure, first.words.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            serial = first.words
            words = words.dropFirst()
        }
        guard !words.isEmpty, !words.contains(where: \.isFigure) else { return false }
        if figures.isEmpty { return takeWords(words.map(\.words), serial, line) }
        guard !awaitsFigures, width == nil || figures.count == width else { return false }
        rows.append(Row(serial: serial, label: words.map(\.words).joined(separator: " "), figures: figures))
        return extend(line)
    }

    /// A header, or a row whose figures stand on the next line.
    private mutating func takeWords(_ words: [String], _ serial: String?, _ line: FlatRowTokenizer.Row) -> Bool {
        if rows.isEmpty, serial == nil, words.count >= 2, words.count <= 12 {
            header = words
            range = line.range
            return true
        }
        guard serial != nil, !awaitsFigures, rows.first?.serial != nil else { return false }
        rows.append(Row(serial: serial, label: words.joined(separator: " "), figures: []))
        awaitsFigures = true
        range = (range?.lowerBound ?? line.range.lowerBound)..<line.range.upperBound
        return true
    }

    private mutating func extend(_ line: FlatRowTokenizer.Row) -> Bool {
        awaitsFigures = false
        range = (range?.lowerBound ?? line.range.lowerBound)..<line.range.upperBound
        return true
    }

    /// The table, if there are rows enough to be sure of it.
    func table() -> Table? {
        guard let range, let width = rows.first?.figures.count, width > 0 else { return nil }
        let hasSerial = rows.contains { $0.serial != nil }
        let columns = width + (hasSerial ? 2 : 1)
        let fits = header.count == columns
        guard rows.count >= 3 || rows.count == 2 && fits else { return nil }
        var cells = rows.map { row in
            (hasSerial ? [row.serial ?? ""] : []) + [row.label] + row.figures
                + Array(repeating: "", count: max(0, width - row.figures.count))
        }
        if !header.isEmpty {
            let padded = Array(repeating: "", count: max(0, columns - header.count)) + header.suffix(columns)
            cells.insert(Array(padded), at: 0)
        }
        return Table(
            caption: caption, headerRows: header.isEmpty ? 0 : 1, rows: cells, range: range, isRecovered: true)
    }
}

/// A whole table on one line.
private enum FlatLine {
    /// Rows of a line that is a header of k words and then rows of k words with figures always in the same columns.
    static func rows(_ tokens: [FlatRowTokenizer.Token]) -> [[String]]? {
        guard tokens.count >= 9, let first = tokens.firstIndex(where: \.isFigure), first >= 3 else { return nil }
        for width in 2..<first {
            let body = tokens[width...]
            guard body.count >= width * 2 else { return nil }
            let pattern = body.prefix(width).map(\.isFigure)
            guard pattern.contains(true), pattern.contains(false),
                body.enumerated().allSatisfy({ $0.element.isFigure == pattern[$0.offset % width] })
            else { continue }
            var rows = [tokens[..<width].map(\.words)]
            for start in stride(from: width, to: tokens.count, by: width) {
                let row = tokens[start..<min(tokens.count, start + width)].map(\.words)
                rows.append(row + Array(repeating: "", count: width - row.count))
            }
            return rows
        }
        return nil
    }
}
