internal import DocketCore
internal import DocketText

/// NUM-02: a percentage that is not the quotient of the figures it is written with.
struct Percentages: Rule {
    let card = RuleCard(
        "NUM-02", .warning,
        finds: LocalizedText(
            "百分比與同處所載之分子、分母不符。", "A percentage that is not the quotient of the figures written with it."),
        remedy: LocalizedText("請重新計算百分比，或核對分子與分母。", "Compute the percentage again, or check the two figures."),
        silent: LocalizedText(
            "分母未載於同一句或同一列者；百分點；約數；依所載小數位數四捨五入後相符者（容許誤差 0.01）。",
            "Percentages whose base is not in the same sentence or row; percentage points; approximate figures; "
                + "what agrees when rounded to the decimals written (±0.01)."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard !reading.source.isSpeech else { return [] }
        let inTables = reading.structure.tables.map { $0.start..<max($0.start, $0.end) }
        let prose = SentenceQuotients(reading).wrong.filter { wrong in
            let place = reading.clean.original(wrong.range)
            return !inTables.contains { $0.overlaps(place) }
        }
        let bytes = reading.structure.tables.isEmpty ? [] : Array(reading.source.text.utf8)
        return prose.map { card.finding(at: reading.place(clean: $0.range), $0.message) }
            + reading.structure.tables.flatMap { tableFindings($0, bytes, reading) }
    }

    private func tableFindings(_ table: Table, _ bytes: [UInt8], _ reading: SourceReading) -> [Finding] {
        let figures = TableFigures(table)
        return ColumnQuotients(figures).wrong.map { cell in
            let place = reading.place(source: figures.range(ofRow: cell.row, column: cell.column, in: bytes))
            return card.finding(at: place, cell.quotient.message)
        }
    }
}

/// A percentage held against the two figures it is the quotient of.
struct Quotient {
    let share: Quantity
    let part: Quantity
    let whole: Quantity

    /// The percentage that the figures give.
    var actual: Double { part.value.doubleValue / whole.value.doubleValue * 100 }

    /// True when the written percentage is the quotient, rounded to its decimals or cut to them, within 0.01.
    var isRight: Bool {
        guard whole.value.doubleValue != 0 else { return true }
        return abs(actual - share.value.doubleValue) <= max(0.01, Self.unit(of: share.words)) + 1e-9
    }

    /// 1 in the last place written: 0.1 for 56.1%.
    private static func unit(of words: String) -> Double {
        let digits = words.drop { $0 != "." && $0 != "．" }.dropFirst().prefix { $0.isNumber }.count
        return (0..<digits).reduce(1.0) { unit, _ in unit / 10 }
    }

    var message: LocalizedText {
        let value = (actual * 100).rounded() / 100
        return LocalizedText(
            "\(share.words) 與 \(part.value)／\(whole.value) 不符，計算結果為 \(value)%。",
            "\(share.words) is not \(part.value) of \(whole.value), which is \(value)%.")
    }
}

/// Percentages of sentences with a fraction beside them: 0.54%(208/3萬8,406), and 計41項，已完成23項（56.1%）.
private struct SentenceQuotients {
    let reading: SourceReading

    init(_ reading: SourceReading) { self.reading = reading }

    struct Wrong {
        let range: Range<Int>
        let message: LocalizedText
    }

    var wrong: [Wrong] {
        let all = reading.quantities
        return all.indices.compactMap { index in
            let share = all[index]
            guard share.kind == .percent, share.upper == nil, !share.isApproximate, share.bound == nil,
                let quotient = fraction(beside: index) ?? partOfWhole(before: index), !quotient.isRight
            else { return nil }
            return Wrong(range: share.range, message: quotient.message)
        }
    }

    /// a/b in brackets right behind the percentage, or right before it.
    private func fraction(beside index: Int) -> Quotient? {
        let all = reading.quantities
        for first in [index + 1, index - 2] where first >= 0 && first + 1 < all.count {
            let (part, whole) = (all[first], all[first + 1])
            guard reading.words(part.range.upperBound..<max(part.range.upperBound, whole.range.lowerBound)).isSlash
            else {
                continue
            }
            let gap =
                first > index
                ? all[index].range.upperBound..<part.range.lowerBound
                : whole.range.upperBound..<all[index].range.lowerBound
            guard gap.lowerBound <= gap.upperBound, reading.words(gap).isBracketOrEquals else { continue }
            // 52/1 121 is one number torn in two, not fifty-two of one.
            guard part.value <= whole.value || all[index].value > ExactNumber(100) else { continue }
            return Quotient(share: all[index], part: part, whole: whole)
        }
        return nil
    }

    /// 「計41項…23項（56.1%）」: the percentage in brackets behind its part, the whole earlier in the sentence with the same
    /// unit and a word that makes it a total.
    private func partOfWhole(before index: Int) -> Quotient? {
        let all = reading.quantities
        guard index > 0 else { return nil }
        let part = all[index - 1]
        let gap = part.range.upperBound..<max(part.range.upperBound, all[index].range.lowerBound)
        guard part.kind == .count, !part.unit.isEmpty, !part.isApproximate, ["（", "("].contains(reading.words(gap))
        else {
            return nil
        }
        var wholes: [Quantity] = []
        for whole in all[..<(index - 1)].reversed().prefix(12) {
            let between = whole.range.upperBound..<max(whole.range.upperBound, part.range.lowerBound)
            guard between.count < 400, !reading.words(between).contains(where: { "。；\n".contains($0) }) else { break }
            guard whole.unit == part.unit, whole.kind == .count, !whole.isApproximate else { continue }
            wholes.append(whole)
        }
        guard wholes.count == 1, let whole = wholes.first, whole.value >= part.value, isTotal(whole) else { return nil }
        return Quotient(share: all[index], part: part, whole: whole)
    }

    /// 計, 共, 總, 應 before a figure.
    private func isTotal(_ quantity: Quantity) -> Bool {
        let start = quantity.range.lowerBound
        let before = reading.words(max(0, start - 6)..<start)
        return before.contains { "計共總應".contains($0) }
    }
}

extension String {
    /// A slash with nothing but blanks beside it.
    fileprivate var isSlash: Bool {
        let bare = filter { !$0.isWhitespace }
        return bare == "/" || bare == "／"
    }

    /// An opening bracket, an equals sign, or both with blanks.
    fileprivate var isBracketOrEquals: Bool {
        let bare = filter { !$0.isWhitespace }
        return ["(", "（", "=", "＝", ")=", "）＝", "）=", "(=", "（="].contains(bare)
    }
}

/// Percentages of a table's column that are the quotient of two other columns in most rows.
private struct ColumnQuotients {
    let figures: TableFigures

    init(_ figures: TableFigures) { self.figures = figures }

    var wrong: [(row: Int, column: Int, quotient: Quotient)] {
        guard figures.width <= 24 else { return [] }
        return (0..<figures.width).flatMap { column -> [(row: Int, column: Int, quotient: Quotient)] in
            let shares = rows.filter { isShare($0, column) }
            guard shares.count >= 3 else { return [] }
            return wrongRows(shares, column)
        }
    }

    private var rows: Range<Int> { figures.firstRow..<max(figures.firstRow, figures.table.rows.count) }

    private func isShare(_ row: Int, _ column: Int) -> Bool {
        guard let figure = figures.figure(row, column) else { return false }
        return figure.kind == .percent || figures.headers[column].contains { "%％".contains($0) }
    }

    /// The rows that fail under the pair of columns that explains most; none when no pair explains more than it fails.
    private func wrongRows(_ shares: [Int], _ column: Int) -> [(row: Int, column: Int, quotient: Quotient)] {
        var best: (right: Int, wrong: [(row: Int, column: Int, quotient: Quotient)]) = (0, [])
        for part in 0..<figures.width where part != column {
            for whole in 0..<figures.width where whole != column && whole != part {
                let quotients = shares.compactMap { quotient($0, column, part, whole) }
                let wrong = quotients.filter { !$0.quotient.isRight }
                let right = quotients.count - wrong.count
                if right > best.right { best = (right, wrong) }
            }
        }
        return best.right >= 3 && best.right > best.wrong.count ? best.wrong : []
    }

    private func quotient(
        _ row: Int, _ column: Int, _ part: Int, _ whole: Int
    ) -> (row: Int, column: Int, quotient: Quotient)? {
        guard let share = figures.figure(row, column), let part = figures.figure(row, part),
            let whole = figures.figure(row, whole), whole.value.numerator > 0, part.kind != .percent,
            whole.kind != .percent
        else { return nil }
        return (row, column, Quotient(share: share, part: part, whole: whole))
    }
}
