internal import DocketCore
internal import DocketText

/// A table as its figures: which cells are numbers, which rows and columns are totals, where each cell stands.
struct TableFigures {
    let table: Table
    /// Figures by row and column; nil for a cell that is no plain number.
    let figures: [[Quantity?]]
    /// Header texts by column, the header rows joined without blanks.
    let headers: [String]

    init(_ table: Table) {
        self.table = table
        figures = table.rows.map { row in row.map { Self.figure($0) } }
        let headerRows = table.rows.prefix(max(table.headerRows, Self.leadingRowsWithoutFigures(figures)))
        let width = table.rows.map(\.count).max() ?? 0
        headers = (0..<width).map { column in
            headerRows.compactMap { column < $0.count ? Self.squeezed($0[column]) : nil }.joined()
        }
        firstRow = headerRows.count
    }

    /// First row that is no header.
    let firstRow: Int

    /// Columns of the widest row.
    var width: Int { headers.count }

    /// The figure of a cell.
    func figure(_ row: Int, _ column: Int) -> Quantity? {
        column < figures[row].count ? figures[row][column] : nil
    }

    /// The text of a cell without blanks.
    func text(_ row: Int, _ column: Int) -> String {
        column < table.rows[row].count ? Self.squeezed(table.rows[row][column]) : ""
    }

    /// True for a cell that stands for nothing: empty or a dash.
    func isBlank(_ row: Int, _ column: Int) -> Bool {
        ["", "-", "－", "—", "–", "─", "無", "0"].contains(text(row, column))
    }

    /// True when a cell names a sum: 合計, 總計 ….
    func isTotalLabel(_ row: Int, _ column: Int) -> Bool { Self.isTotal(text(row, column)) }

    /// True for words that name a sum, with or without a unit in brackets behind them.
    static func isTotal(_ words: String) -> Bool {
        let bare = words.prefix { $0 != "（" && $0 != "(" && $0 != "：" && $0 != ":" }.lowercased()
        return ["合計", "總計", "小計", "共計", "總和", "總數", "計", "總計數", "合計數", "total", "subtotal", "sum", "grandtotal"]
            .contains(bare)
    }

    /// True for a column that nobody adds up: shares, means, ranks, numbers of rows.
    func isNotAdditive(_ column: Int) -> Bool {
        let words = headers[column].lowercased()
        return ["率", "比", "平均", "名次", "排名", "項次", "序號", "編號", "年度", "單價", "%", "％", "average", "rate", "rank", "no."]
            .contains { words.contains($0) }
    }

    /// The number that a cell consists of; a unit may stand behind it.
    private static func figure(_ cell: String) -> Quantity? {
        guard cell.utf8.count <= 64, cell.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
        let found = NumberParser().quantities(in: cell)
        guard found.count == 1, let only = found.first, only.upper == nil, !only.isApproximate, only.bound == nil else {
            return nil
        }
        if case .ordinal = only.kind { return nil }
        let rest =
            String(decoding: Array(cell.utf8)[..<only.range.lowerBound], as: UTF8.self)
            + String(decoding: Array(cell.utf8)[only.range.upperBound...], as: UTF8.self)
        return rest.allSatisfy { $0.isWhitespace || $0 == "+" } ? only : nil
    }

    private static func leadingRowsWithoutFigures(_ figures: [[Quantity?]]) -> Int {
        figures.prefix { row in row.allSatisfy { $0 == nil } }.count
    }

    private static func squeezed(_ text: String) -> String { text.filter { !$0.isWhitespace } }
}

extension TableFigures {
    /// Bytes of a cell in the source, found by walking the cells in order; the table's range when it cannot be found.
    ///
    /// A cell is looked for within `reach` bytes of the one before, so that the walk is linear.
    func range(ofRow row: Int, column: Int, in source: [UInt8]) -> Range<Int> {
        var cursor = table.start
        let end = min(table.end, source.count)
        for (number, cells) in table.rows.enumerated() {
            for (position, cell) in cells.enumerated() where !cell.isEmpty {
                let isWanted = number == row && position == column
                guard let range = Self.find(cell, in: source, from: cursor, to: end) else {
                    if isWanted { return table.start..<max(table.start, end) }
                    continue
                }
                if isWanted { return range }
                cursor = range.upperBound
            }
        }
        return table.start..<max(table.start, end)
    }

    private static let reach = 2_000

    /// Finds a cell's characters, blanks between them allowed.
    private static func find(_ cell: String, in source: [UInt8], from: Int, to end: Int) -> Range<Int>? {
        let wanted = cell.utf8.filter { $0 > 0x20 }
        guard let first = wanted.first else { return nil }
        var start = from
        while start < min(end, from + reach) {
            if source[start] == first, let upper = match(wanted, in: source, at: start, to: end) {
                return start..<upper
            }
            start += 1
        }
        return nil
    }

    private static func match(_ wanted: [UInt8], in source: [UInt8], at start: Int, to end: Int) -> Int? {
        var index = start
        for byte in wanted {
            while index < end, source[index] <= 0x20 { index += 1 }
            guard index < end, source[index] == byte else { return nil }
            index += 1
        }
        return index
    }
}
