internal import DocketCore
internal import DocketText

/// NUM-01: a stated total that is not the sum of its rows or columns.
struct TableSums: Rule {
    let card = RuleCard(
        "NUM-01", .error,
        finds: LocalizedText(
            "表列各項加總與合計列、合計欄或表前文字所載總數不符。",
            "Rows or columns of a table that do not add up to the total in it or in the sentence before it."),
        remedy: LocalizedText("請核對各項數字及合計。", "Check the figures and the total."),
        silent: LocalizedText(
            "百分比、平均數、單價與名次欄；有缺漏或非數字之欄；單位不一之欄；無法判定如何加總之表。",
            "Shares, means, unit prices and ranks; columns with missing or other words; columns of different units; "
                + "tables whose way of adding cannot be told."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard !reading.source.isSpeech, !reading.structure.tables.isEmpty else { return [] }
        let bytes = Array(reading.source.text.utf8)
        return reading.structure.tables.flatMap { table -> [Finding] in
            let figures = TableFigures(table)
            let columns = ColumnSums(figures).wrong
            let rows = RowSums(figures).wrong.filter { row in
                !columns.contains { $0.row == row.row && $0.column == row.column }
            }
            let cells = (columns + rows).map { sum in
                let range = figures.range(ofRow: sum.row, column: sum.column, in: bytes)
                return card.finding(at: reading.place(source: range), sum.message)
            }
            guard let caption = CaptionTotal(figures, reading) else { return cells }
            return cells + [card.finding(at: reading.place(clean: caption.range), caption.message)]
        }
    }
}

/// A total and what its addends really give.
private struct WrongSum {
    let row: Int
    let column: Int
    let stated: ExactNumber
    let actual: ExactNumber

    var message: LocalizedText {
        LocalizedText(
            "所載合計為 \(stated)，各項加總為 \(actual)。", "The stated total is \(stated); the parts add up to \(actual).")
    }
}

/// Adds figures of one unit; nil when a number does not fit or the units differ.
private func sum(_ figures: [Quantity], like total: Quantity) -> ExactNumber? {
    var sum = ExactNumber(0)
    for figure in figures {
        guard figure.unit.isEmpty || total.unit.isEmpty || figure.unit == total.unit,
            let next = sum.adding(figure.value)
        else { return nil }
        sum = next
    }
    return sum
}

/// Totals at the foot of columns.
private struct ColumnSums {
    let figures: TableFigures

    init(_ figures: TableFigures) { self.figures = figures }

    /// Totals that no way of adding explains.
    ///
    /// A table in which no total of three or more comes out is not understood.
    var wrong: [WrongSum] {
        var wrong: [WrongSum] = []
        var right = 0
        var blocks = Blocks(width: figures.width)
        for row in figures.firstRow..<max(figures.firstRow, figures.table.rows.count) {
            guard let label = (0..<figures.width).first(where: { figures.isTotalLabel(row, $0) }) else {
                blocks.add(row, of: figures)
                continue
            }
            for column in (label + 1)..<max(label + 1, figures.width) {
                guard let total = figures.figure(row, column), !figures.isNotAdditive(column), total.kind != .percent
                else { continue }
                switch check(total, row, column, blocks) {
                case .none: break
                case .some(let actual) where actual == total.value: right += 1
                case .some(let actual):
                    wrong.append(WrongSum(row: row, column: column, stated: total.value, actual: actual))
                }
            }
            blocks.close(row, of: figures)
        }
        let isUnderstood = right > 0 || wrong.count < (figures.table.isRecovered ? 2 : 3)
        return isUnderstood ? wrong : []
    }

    /// The sum that a total states if any reading of the table gives it, else the plain sum of its column; nil when the
    /// column cannot be added.
    private func check(_ total: Quantity, _ row: Int, _ column: Int, _ blocks: Blocks) -> ExactNumber? {
        let twins = (0..<figures.width).filter { $0 != column && figures.headers[$0] == figures.headers[column] }
        var readings: [[Quantity]] = []
        if let open = blocks.open(column) { readings.append(open) }
        if let all = blocks.all(column) { readings.append(all) }
        if !figures.headers[column].isEmpty, !twins.isEmpty, let all = blocks.all(column) {
            // Two groups of columns side by side with one total: what stands left of the total's own label counts too.
            let beside = twins.compactMap {
                figures.isTotalLabel(row, $0 - 1 < 0 ? 0 : $0 - 1) ? nil : figures.figure(row, $0)
            }
            let others = twins.compactMap { blocks.all($0) }
            if others.count == twins.count { readings.append(all + others.flatMap { $0 } + beside) }
        }
        readings.append(blocks.subtotals(column))
        if blocks.isEmpty(column) { readings.append(below(row, column)) }
        let sums = readings.filter { $0.count >= 2 }.map { sum($0, like: total) }
        guard let first = sums.first, sums.allSatisfy({ $0 != nil }) else { return nil }
        return sums.contains(total.value) ? total.value : first
    }

    /// Figures under a total that stands first.
    private func below(_ row: Int, _ column: Int) -> [Quantity] {
        var found: [Quantity] = []
        for next in (row + 1)..<max(row + 1, figures.table.rows.count) {
            if (0..<figures.width).contains(where: { figures.isTotalLabel(next, $0) }) { break }
            if let figure = figures.figure(next, column) {
                found.append(figure)
            } else if !figures.isBlank(next, column) {
                return []
            }
        }
        return found
    }
}

/// Addends gathered column by column as the rows go by.
private struct Blocks {
    private var columns: [Column]

    private struct Column {
        /// Figures since the last total.
        var open: [Quantity] = []
        /// Figures of all rows that are no totals.
        var all: [Quantity] = []
        /// Totals passed.
        var totals: [Quantity] = []
        /// False once a cell was neither a figure nor blank.
        var isOpenWhole = true
        var isWhole = true
    }

    init(width: Int) { columns = Array(repeating: Column(), count: width) }

    mutating func add(_ row: Int, of figures: TableFigures) {
        for column in columns.indices {
            if let figure = figures.figure(row, column) {
                columns[column].open.append(figure)
                columns[column].all.append(figure)
            } else if !figures.isBlank(row, column) {
                columns[column].isOpenWhole = false
                columns[column].isWhole = false
            }
        }
    }

    mutating func close(_ row: Int, of figures: TableFigures) {
        for column in columns.indices {
            // A row of two column groups may hold a last figure of the one beside the total of the other.
            if let figure = figures.figure(row, column) { columns[column].totals.append(figure) }
            columns[column].open = []
            columns[column].isOpenWhole = true
        }
    }

    func open(_ column: Int) -> [Quantity]? { columns[column].isOpenWhole ? columns[column].open : nil }
    func all(_ column: Int) -> [Quantity]? { columns[column].isWhole ? columns[column].all : nil }
    func subtotals(_ column: Int) -> [Quantity] { columns[column].totals }
    func isEmpty(_ column: Int) -> Bool { columns[column].all.isEmpty && columns[column].isWhole }
}

/// Totals at the end or the beginning of rows.
private struct RowSums {
    let figures: TableFigures

    init(_ figures: TableFigures) { self.figures = figures }

    /// Rows that do not come out where most others do: only they show that the columns are meant to be added.
    var wrong: [WrongSum] {
        (0..<figures.width).filter { TableFigures.isTotal(figures.headers[$0]) }.flatMap { column -> [WrongSum] in
            let left = addends(in: (0..<column).reversed())
            let right = addends(in: (column + 1)..<max(column + 1, figures.width))
            let readings = [left, right].filter { $0.count >= 2 }.map { check(column, $0) }
            let best = readings.max { $0.right < $1.right }
            guard let best, best.right >= 2, best.right > best.wrong.count else { return [] }
            return best.wrong
        }
    }

    /// Columns on one side of a total, up to the next total.
    private func addends(in columns: some Sequence<Int>) -> [Int] {
        columns.prefix { !TableFigures.isTotal(figures.headers[$0]) }.filter { !figures.isNotAdditive($0) }
    }

    private func check(_ column: Int, _ parts: [Int]) -> (right: Int, wrong: [WrongSum]) {
        var right = 0
        var wrong: [WrongSum] = []
        for row in figures.firstRow..<max(figures.firstRow, figures.table.rows.count) {
            guard let total = figures.figure(row, column), total.kind != .percent else { continue }
            let found = parts.compactMap { figures.figure(row, $0) }
            guard found.count >= 2, let actual = sum(found, like: total) else { continue }
            if actual == total.value {
                right += 1
            } else {
                wrong.append(WrongSum(row: row, column: column, stated: total.value, actual: actual))
            }
        }
        return (right, wrong)
    }
}
