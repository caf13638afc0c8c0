import DocketCore
import DocketText

/// Finds figures with what they count, in sentences and in tables.
struct StatisticReader {
    let work: WorkingText
    let dates: DateFinder
    let period: DatedWords?
    private static let limit = 20_000

    func statistics(of ranges: [Range<Int>], tables: [Table]) -> [Statistic] {
        var found: [Statistic] = []
        for range in ranges where found.count < Self.limit { found += sentences(in: range).flatMap(statistics(in:)) }
        let cells = TableStatistics(text: ByteText(work.source.text), period: period)
        for table in tables where found.count < Self.limit { found += cells.statistics(of: table) }
        return found.sorted { $0.words.start < $1.words.start }
    }

    private func sentences(in range: Range<Int>) -> [Range<Int>] {
        work.text.parts(range) { $0 == 0x3002 || $0 == 0xFF01 || $0 == 0xFF1F || $0 == 0xFF1B }
    }

    // MARK: One sentence

    private struct Figure {
        var quantity: Quantity
        var range: Range<Int>
    }

    private func statistics(in sentence: Range<Int>) -> [Statistic] {
        // A sentence longer than this is no sentence; a bound on hostile input.
        guard sentence.count <= 6_000 else { return [] }
        let words = work.text.words(sentence)
        guard words.utf8.contains(where: { (0x30...0x39).contains($0) }) || words.contains("目標") else { return [] }
        let expressions = dates.expressions(in: words)
        let figures = NumberParser().quantities(in: words).filter { Self.counts($0) }.filter { quantity in
            !expressions.contains { $0.range.overlaps(quantity.range) }
        }.map { quantity in
            Figure(
                quantity: quantity,
                range: quantity.range.lowerBound + sentence.lowerBound..<quantity.range.upperBound + sentence.lowerBound
            )
        }
        guard !figures.isEmpty else { return [] }
        let when = period(expressions, words, base: sentence.lowerBound)
        let targets = self.targets(figures, in: sentence)
        return figures.enumerated().compactMap { index, figure in
            let isReached = targets.reached[index] != nil
            if targets.figures.contains(index) || !isReached && isComparison(figure.range, in: sentence) { return nil }
            var statistic = statistic(
                figure, in: sentence, after: index > 0 ? figures[index - 1].range.upperBound : nil)
            statistic.period = when
            if let target = targets.reached[index] {
                statistic.target = figures[target.target].quantity.value.doubleValue
                statistic.targetIsCeiling = target.isCeiling
            }
            return statistic
        }
    }

    /// Units that measure; times, dates and ordinals do not.
    static func counts(_ quantity: Quantity) -> Bool {
        // Reports count in Arabic figures; Chinese numerals in them are mostly words (三國, 二度).
        if quantity.style == .chinese { return false }
        switch quantity.kind {
        case .ordinal, .plain, .fraction: return false
        case .percent, .percentagePoint, .money: return true
        case .count: return !quantity.unit.isEmpty && !notMeasures.contains(quantity.unit)
        }
    }

    private static let notMeasures: Set<String> = [
        "年", "月", "日", "時", "分", "秒", "天", "週", "星期", "小時", "分鐘", "季", "年度", "屆", "樓", "號", "day", "month", "year",
        "hour", "minute", "week", "個月", "歲",
    ]

    private func statistic(_ figure: Figure, in sentence: Range<Int>, after previous: Int?) -> Statistic {
        let quantity = figure.quantity
        return Statistic(
            subject: subject(before: figure.range.lowerBound, in: sentence, after: previous),
            words: Words(quantity.words, at: work.original(figure.range)), value: quantity.value.doubleValue,
            upper: quantity.upper?.doubleValue, isApproximate: quantity.isApproximate, unit: unit(quantity),
            comparison: comparison(around: figure.range, in: sentence))
    }

    private func unit(_ quantity: Quantity) -> String {
        switch quantity.kind {
        case .percent: "%"
        case .percentagePoint: "個百分點"
        default: quantity.unit
        }
    }

    // MARK: Subject

    private static let counters: [String] = [
        "總共計", "共計有", "共計", "合計", "總計", "累計", "計有", "計", "共有", "共", "達", "為", "約", "已達", "有", "近", "逾", "超過",
    ]

    /// The words before a figure in its clause, without the words of counting; of an empty clause those of the one before.
    private func subject(before figure: Int, in sentence: Range<Int>, after previous: Int?) -> String {
        var clauses = work.text.parts(sentence.lowerBound..<figure) {
            $0 == 0xFF0C || $0 == 0x2C || $0 == 0xFF1A || $0 == 0x3A
        }
        var picked = ""
        while picked.unicodeScalars.count < 2, let clause = clauses.popLast() {
            var start = clause.lowerBound
            // 41 團、310 人: the words between two figures of one clause, else those before the first.
            if let previous, previous > start, previous < clause.upperBound {
                let between = strip(work.words(previous..<clause.upperBound).text)
                if between.unicodeScalars.count >= 2 { start = previous }
            }
            picked = strip(work.words(start..<clause.upperBound).text)
        }
        return String(picked.suffix(60))
    }

    private func strip(_ words: String) -> String {
        var words = words.trimmingBlanks
        var changed = true
        while changed {
            changed = false
            for counter in Self.counters where words.hasSuffix(counter) {
                words = String(words.dropLast(counter.count)).trimmingBlanks
                changed = true
            }
            while let first = words.first, "、，（）() ".contains(first) { words.removeFirst() }
        }
        return words
    }

    // MARK: Period and comparison

    private func period(_ expressions: [DateExpression], _ words: String, base: Int) -> DatedWords? {
        let usable = expressions.first { $0.start != nil || $0.end != nil }
        guard let usable else { return words.contains("本期") || words.contains("本年") ? period : nil }
        return dates.dated(usable) { work.original($0.lowerBound + base..<$0.upperBound + base) }
    }

    private static let directions: [Needle] = ["減少", "增加", "成長", "下降", "提升", "提高", "降低", "上升", "進步", "衰退", "減", "增"]

    /// 較去年同期增加 216 件: the clause with 較 or 比 and a direction that holds the figure or follows it.
    private func comparison(around figure: Range<Int>, in sentence: Range<Int>) -> String? {
        let clauses = work.text.parts(sentence) { $0 == 0xFF0C || $0 == 0x2C }
        guard let own = clauses.firstIndex(where: { $0.upperBound >= figure.upperBound }) else { return nil }
        for clause in clauses[own..<min(clauses.count, own + 2)] {
            guard let mark = work.text.first("較", in: clause) ?? work.text.first("比去年", in: clause) else { continue }
            let rest = mark..<clause.upperBound
            if Self.directions.contains(where: { work.text.first($0, in: rest) != nil }) {
                return work.words(rest).text
            }
        }
        return nil
    }

    /// True for the figure compared with and the difference (較9月底之61.37%增加6.83個百分點): both are in `comparison`.
    private func isComparison(_ figure: Range<Int>, in sentence: Range<Int>) -> Bool {
        var start = figure.lowerBound
        while let previous = work.text.scalar(endingAt: start, after: sentence.lowerBound),
            previous.value != 0xFF0C, previous.value != 0x2C
        {
            start = previous.start
        }
        let head = start..<figure.lowerBound
        return work.text.first("較", in: head) != nil || work.text.first("比去年", in: head) != nil
    }

    // MARK: Targets

    /// Which figures of a sentence are targets, and by index of a figure that was reached the one that was wanted.
    private struct Targets {
        var figures: Set<Int> = []
        var reached: [Int: (target: Int, isCeiling: Bool)] = [:]
    }

    private func targets(_ figures: [Figure], in sentence: Range<Int>) -> Targets {
        var result = Targets()
        var offset = sentence.lowerBound
        while let at = work.text.first("目標", in: offset..<sentence.upperBound) {
            offset = at + 6
            // 目標達成度 100% is no target.
            if work.text.has("達成", at: offset, before: sentence.upperBound) { continue }
            guard let target = figures.firstIndex(where: { $0.range.lowerBound >= offset }),
                figures[target].range.lowerBound - offset <= 36,
                work.text.first("，", in: offset..<figures[target].range.lowerBound) == nil
            else { continue }
            let between = offset..<figures[target].range.lowerBound
            let ceilings: [Needle] = ["小於", "低於", "不超過", "以下", "至多", "≤", "<"]
            let after =
                figures[target].range.upperBound..<min(sentence.upperBound, figures[target].range.upperBound + 9)
            let isCeiling = ceilings.contains {
                work.text.first($0, in: between) != nil || work.text.first($0, in: after) != nil
            }
            result.figures.insert(target)
            if let reached = reached(figures, target, in: sentence) { result.reached[reached] = (target, isCeiling) }
        }
        return result
    }

    /// The figure of the same unit behind the target, else the nearest before it.
    private func reached(_ figures: [Figure], _ target: Int, in sentence: Range<Int>) -> Int? {
        func isSame(_ index: Int) -> Bool {
            guard index != target, unit(figures[index].quantity) == unit(figures[target].quantity) else { return false }
            let before =
                max(sentence.lowerBound, figures[index].range.lowerBound - 18)..<figures[index].range.lowerBound
            return ["達成度", "達成率"].allSatisfy { (needle: Needle) in work.text.first(needle, in: before) == nil }
        }
        let behind = figures.indices.first { $0 > target && isSame($0) }
        return behind ?? figures.indices.last { $0 < target && isSame($0) }
    }
}

/// Figures of table cells, each with the words of its row and column.
struct TableStatistics {
    let text: ByteText
    let period: DatedWords?

    func statistics(of table: Table) -> [Statistic] {
        guard table.headerRows > 0, table.headerRows < table.rows.count else { return [] }
        let headers = (0..<(table.rows.first?.count ?? 0)).map { column in
            var words: [String] = []
            for row in table.rows[..<table.headerRows] where !row[column].isEmpty && !words.contains(row[column]) {
                words.append(row[column])
            }
            return words.joined(separator: " ")
        }
        let target = headers.firstIndex {
            $0.contains("目標") && !$0.contains("達成") || $0.lowercased().contains("target")
        }
        let reached = headers.firstIndex { header in
            ["比率", "實際", "達成值", "執行率", "達成率", "actual", "result"].contains { header.lowercased().contains($0) }
        }
        var found: [Statistic] = []
        var cursor = table.start
        for row in table.rows.dropFirst(table.headerRows) {
            var label = ""
            for (column, cell) in row.enumerated() where !cell.isEmpty {
                guard let figure = CellFigure(cell), !(column == 0 && Self.isSerial(headers[column])) else {
                    if CellFigure(cell) == nil { label = cell }
                    continue
                }
                if column == target, reached != nil { continue }
                found += statistics(
                    figure, cell, label: label, header: headers[column], cursor: &cursor, end: table.end,
                    target: column == reached ? target.flatMap { CellFigure(row[$0])?.first } : nil)
            }
        }
        return found
    }

    private static func isSerial(_ header: String) -> Bool {
        ["項次", "序號", "編號", "no", "no.", "#", ""].contains(header.lowercased())
    }

    private func statistics(
        _ figure: CellFigure, _ cell: String, label: String, header: String, cursor: inout Int, end: Int,
        target: Quantity?
    ) -> [Statistic] {
        let start = text.first(Needle(cell), in: cursor..<max(cursor, end))
        if let start { cursor = start }
        return figure.quantities.map { quantity in
            let range = start.map { $0 + quantity.range.lowerBound..<$0 + quantity.range.upperBound } ?? cursor..<cursor
            let subject = [label, header].filter { !$0.isEmpty }.joined(separator: " ")
            let isCeiling = target?.bound == .atMost || target?.bound == .lessThan
            return Statistic(
                subject: subject, words: Words(quantity.words, at: range), value: quantity.value.doubleValue,
                upper: quantity.upper?.doubleValue, isApproximate: quantity.isApproximate, unit: unit(quantity, header),
                period: period, target: target?.value.doubleValue, targetIsCeiling: isCeiling)
        }
    }

    /// The unit of the cell, else the one in brackets in the header: 總計 (件).
    private func unit(_ quantity: Quantity, _ header: String) -> String {
        if case .percent = quantity.kind { return "%" }
        if case .percentagePoint = quantity.kind { return "個百分點" }
        if !quantity.unit.isEmpty { return quantity.unit }
        guard let open = header.lastIndex(where: { $0 == "(" || $0 == "（" }) else { return "" }
        return header[header.index(after: open)...].filter { $0 != ")" && $0 != "）" }
    }
}
