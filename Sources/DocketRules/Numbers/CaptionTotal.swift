internal import DocketCore
internal import DocketText

/// The total that the sentence before a table announces: 本期受理案件計732件，詳如下表：.
struct CaptionTotal {
    /// The figure of the sentence.
    let stated: Quantity
    /// What the table's only column of figures adds up to.
    let actual: ExactNumber
    /// Bytes of the figure in the cleaned text.
    let range: Range<Int>

    /// Nil when the sentence announces no single total, when the table gives it somehow, or when it cannot be added.
    init?(_ figures: TableFigures, _ reading: SourceReading) {
        guard let caption = figures.table.caption, caption.contains("表"),
            let stated = Self.announced(in: caption),
            let range = Self.place(of: stated, before: figures.table.start, in: reading)
        else { return nil }
        let columns = (0..<figures.width).filter { !figures.isNotAdditive($0) }.map { Self.column($0, figures) }
            .filter { !$0.figures.isEmpty }
        let totals = columns.flatMap(\.totals)
        let whole = columns.compactMap(\.sum).reduce(Optional(ExactNumber(0))) { $0?.adding($1) }
        guard let actual = whole, columns.allSatisfy({ $0.isWhole && $0.sum != nil && $0.header == columns[0].header }),
            totals.isEmpty, columns.reduce(0, { $0 + $1.figures.count }) >= 3, actual != stated.value,
            columns.flatMap(\.figures).allSatisfy({ $0.unit.isEmpty || $0.unit == stated.unit })
        else { return nil }
        self.stated = stated
        self.actual = actual
        self.range = range
    }

    /// What to tell.
    var message: LocalizedText {
        LocalizedText(
            "表前載明 \(stated.value)，表列各項加總為 \(actual)。",
            "The sentence before the table says \(stated.value); its rows add up to \(actual).")
    }

    private struct Column {
        let header: String
        let figures: [Quantity]
        let totals: [Quantity]
        /// False when a cell is neither a figure nor blank.
        let isWhole: Bool

        var sum: ExactNumber? { figures.reduce(Optional(ExactNumber(0))) { $0?.adding($1.value) } }
    }

    private static func column(_ column: Int, _ figures: TableFigures) -> Column {
        let rows = figures.firstRow..<max(figures.firstRow, figures.table.rows.count)
        let isTotal = rows.map { row in (0..<figures.width).contains { figures.isTotalLabel(row, $0) } }
        let values = zip(rows, isTotal).map { (figures.figure($0, column), $1) }
        return Column(
            header: figures.headers[column], figures: values.filter { !$0.1 }.compactMap(\.0),
            totals: values.filter(\.1).compactMap(\.0),
            isWhole: rows.allSatisfy { figures.figure($0, column) != nil || figures.isBlank($0, column) })
    }

    /// The one count of a caption that stands behind 計, 共 or 總.
    private static func announced(in caption: String) -> Quantity? {
        let bytes = Array(caption.utf8)
        let counts = NumberParser().quantities(in: caption).filter { quantity in
            guard quantity.kind == .count, !quantity.isApproximate, quantity.upper == nil else { return false }
            let before = bytes[max(0, quantity.range.lowerBound - 9)..<quantity.range.lowerBound].filter { $0 > 0x20 }
            return ["計", "共", "總"].contains { before.suffix(3).elementsEqual($0.utf8) }
        }
        return counts.count == 1 ? counts[0] : nil
    }

    /// The last place of the same figure in the 600 bytes before the table.
    private static func place(of quantity: Quantity, before start: Int, in reading: SourceReading) -> Range<Int>? {
        let end = reading.clean.cleaned(max(0, start - 1)..<start).upperBound
        return reading.quantities.last {
            $0.range.upperBound <= end && $0.range.lowerBound >= end - 600 && $0.value == quantity.value
                && $0.unit == quantity.unit
        }?.range
    }
}
