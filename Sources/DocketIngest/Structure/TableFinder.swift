import DocketCore
import DocketText

/// Finds tables that still are tables: rows the reader marked, tab-separated lines, Markdown pipes.
///
/// Works on the original text, since tabs are what shows a table. A table cut by a page break is joined again: the next
/// part either repeats the header or starts with an empty cell.
struct TableFinder {
    /// Tables with more rows than this are cut there; a bound on hostile input.
    private static let rowLimit = 20_000
    private static let cellLimit = 256

    private struct Row {
        var range: Range<Int>
        var cells: [String]
        var group: Int?
        var gapBefore: Bool
        var caption: String?
    }

    /// All tables of `source` in order.
    func tables(in source: SourceDocument) -> [Table] {
        guard source.kind != .transcript, source.kind != .audio else { return [] }
        var result: [Table] = []
        var run: [Row] = []
        for row in rows(of: source) {
            if let last = run.last, !belongs(row, after: last, run: run) {
                append(run, to: &result)
                run = []
            }
            var row = row
            if !run.isEmpty, row.gapBefore, row.cells == run[0].cells {
                row.cells = []
            }
            run.append(row)
            if run.count >= Self.rowLimit {
                append(run, to: &result)
                run = []
            }
        }
        append(run, to: &result)
        return result
    }

    private func belongs(_ row: Row, after last: Row, run: [Row]) -> Bool {
        if let group = row.group { return group == last.group }
        guard last.group == nil, row.caption == nil else { return false }
        if !row.gapBefore { return true }
        return row.cells.first == "" || row.cells == run[0].cells
    }

    private func append(_ run: [Row], to tables: inout [Table]) {
        let rows = run.map(\.cells).filter { cells in cells.contains { !$0.isEmpty } }
        let width = min(rows.map(\.count).max() ?? 0, Self.cellLimit)
        guard rows.count >= 2 || run.first?.group != nil && !rows.isEmpty, width >= 2,
            rows.contains(where: { row in row.filter { !$0.isEmpty }.count >= 2 })
        else { return }
        let padded = rows.map { row in Array(row.prefix(width)) + Array(repeating: "", count: max(0, width - row.count))
        }
        tables.append(
            Table(
                caption: run[0].caption, headerRows: Self.headerRows(padded), rows: padded,
                range: run[0].range.lowerBound..<run[run.count - 1].range.upperBound, isRecovered: false))
    }

    /// Leading rows without any figure; one when no row has one.
    static func headerRows(_ rows: [[String]]) -> Int {
        guard rows.count > 1 else { return 0 }
        let limit = min(3, rows.count - 1)
        for (number, row) in rows.prefix(limit + 1).enumerated()
        where row.contains(where: { CellFigure($0) != nil }) {
            return number
        }
        return 1
    }

    // MARK: Rows

    private func rows(of source: SourceDocument) -> [Row] {
        let text = ByteText(source.text)
        let marked = source.passages.filter { $0.kind == .tableRow }
        // Plain text has no rows of its own: its tabs tell more than the passages made of them.
        let isPlain = source.origin.mediaType == "text/plain" && marked.allSatisfy { $0.locator?.table == nil }
        return marked.isEmpty || isPlain ? lineRows(text) : passageRows(marked, source, text)
    }

    private func passageRows(_ passages: [Passage], _ source: SourceDocument, _ text: ByteText) -> [Row] {
        var rows: [Row] = []
        var previous = -2
        var group = 0
        for passage in passages {
            if let table = passage.locator?.table {
                group = table
            } else if passage.number != previous + 1 {
                group += 1
            }
            previous = passage.number
            guard passage.start <= passage.end, passage.end <= text.count else { continue }
            let range = text.trimmed(passage.range)
            guard !range.isEmpty, !Self.isRule(text, range) else { continue }
            rows.append(
                Row(
                    range: passage.range, cells: cells(of: passage.range, in: text), group: group, gapBefore: false,
                    caption: caption(before: passage, source, text)))
        }
        return rows
    }

    private func caption(before passage: Passage, _ source: SourceDocument, _ text: ByteText) -> String? {
        guard passage.number > 0 else { return nil }
        let before = source.passages[passage.number - 1]
        guard before.kind != .tableRow else { return nil }
        return Self.caption(text.words(text.trimmed(before.range)))
    }

    private func lineRows(_ text: ByteText) -> [Row] {
        var rows: [Row] = []
        var gap = false
        var between: String?
        for line in text.lines() {
            let trimmed = text.trimmed(line)
            if trimmed.isEmpty {
                gap = true
                continue
            }
            guard isRow(text, line, trimmed) else {
                between = text.words(trimmed)
                gap = true
                continue
            }
            if Self.isRule(text, trimmed) { continue }
            rows.append(
                Row(
                    range: line, cells: cells(of: line, in: text), group: nil, gapBefore: gap,
                    caption: between.map { Self.caption($0) ?? "" }))
            gap = false
            between = nil
        }
        return rows
    }

    private func isRow(_ text: ByteText, _ line: Range<Int>, _ trimmed: Range<Int>) -> Bool {
        if text.bytes[trimmed.lowerBound] == 0x7C {
            return text.bytes[trimmed].reduce(0) { $0 + ($1 == 0x7C ? 1 : 0) } >= 2
        }
        if ContentsList.hasLeader(text, trimmed) { return false }
        return text.bytes[line.lowerBound..<trimmed.upperBound].contains(0x09)
            || text.first(" | ", in: trimmed) != nil
    }

    /// A Markdown rule between header and body: only bars, dashes, colons and blanks.
    private static func isRule(_ text: ByteText, _ range: Range<Int>) -> Bool {
        text.bytes[range].contains(0x2D)
            && text.bytes[range].allSatisfy { $0 == 0x7C || $0 == 0x2D || $0 == 0x3A || $0 == 0x20 || $0 == 0x09 }
    }

    private func cells(of line: Range<Int>, in text: ByteText) -> [String] {
        let trimmed = text.trimmed(line)
        let isPiped =
            !trimmed.isEmpty
            && (text.bytes[trimmed.lowerBound] == 0x7C || !text.bytes[line].contains(0x09))
        var range = line
        let separator: UInt8 = isPiped ? 0x7C : 0x09
        if isPiped {
            range = trimmed.lowerBound + (text.bytes[trimmed.lowerBound] == 0x7C ? 1 : 0)..<trimmed.upperBound
            if range.upperBound > range.lowerBound, text.bytes[range.upperBound - 1] == 0x7C {
                range = range.lowerBound..<range.upperBound - 1
            }
        }
        return text.bytes[range].split(separator: separator, omittingEmptySubsequences: false).map { part in
            Self.plain(text.words(text.trimmed(part.startIndex..<part.endIndex)))
        }
    }

    /// Without the tags that some converters leave in cells; an angle-bracketed Chinese numeral (<一>) is text.
    static func plain(_ cell: String) -> String {
        guard cell.utf8.contains(0x3C) else { return cell }
        var result = ""
        var rest = Substring(cell)
        while let open = rest.firstIndex(of: "<") {
            result += rest[..<open]
            let after = rest.index(after: open)
            guard let close = rest[after...].firstIndex(of: ">") else {
                rest = rest[open...]
                break
            }
            let tag = rest[after..<close]
            let isTag = tag.utf8.first.map { $0 == 0x2F || (0x41...0x7A).contains($0) } ?? false
            if !isTag { result += rest[open...close] } else if !result.hasSuffix(" ") { result += " " }
            rest = rest[rest.index(after: close)...]
        }
        result += rest
        return result.split(separator: " ").joined(separator: " ")
    }

    /// The line before a table when it announces one.
    static func caption(_ line: String) -> String? {
        let sentence = line.trimmingBlanks.split(separator: "。").last.map(String.init) ?? ""
        let trimmed = sentence.trimmingBlanks
        guard trimmed.utf8.count <= 600, trimmed.contains("表") || trimmed.hasSuffix("：") || trimmed.hasSuffix(":")
        else { return nil }
        return trimmed
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmingBlanks: String {
        let text = ByteText(self)
        return text.words(text.trimmed(0..<text.count))
    }
}
