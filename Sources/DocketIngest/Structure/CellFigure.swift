import DocketText

/// A table cell that is nothing but a figure: 3 萬 7,113 件, 92.05%, +4.05%, 1099, -.
struct CellFigure: Sendable {
    /// The measures of the cell in order; a cell may hold two (3,438 案（7 萬 6,715 卷）).
    let quantities: [Quantity]

    var first: Quantity? { quantities.first }

    /// The figure of `cell`; nil when other words stand in it, or when it is part of a date (7 月, 110 年).
    init?(_ cell: String) {
        guard cell.utf8.count <= 120, cell.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
        let found = NumberParser().quantities(in: cell)
        guard !found.isEmpty else { return nil }
        let text = ByteText(cell)
        var covered = 0
        for quantity in found {
            if Self.calendarUnits.contains(quantity.unit) { return nil }
            guard Self.isFiller(text, covered..<max(covered, quantity.range.lowerBound)) else { return nil }
            covered = quantity.range.upperBound
        }
        guard Self.isFiller(text, min(covered, text.count)..<text.count) else { return nil }
        quantities = found
    }

    private static let calendarUnits: Set<String> = ["年", "月", "日", "year", "month", "day", "年度", "季"]

    private static func isFiller(_ text: ByteText, _ range: Range<Int>) -> Bool {
        var offset = range.lowerBound
        while let next = text.scalar(at: offset, before: range.upperBound) {
            let isMark =
                Blank.contains(next.value) || Bracket.opening.contains(next.value)
                || Bracket.closing.contains(next.value) || [0x2B, 0x2D, 0x3001, 0x2C, 0x2F].contains(next.value)
            guard isMark else { return false }
            offset = next.next
        }
        return true
    }
}

extension String {
    /// A string of scalars.
    init(scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}
