/// Finds rows of tables and records of lists, which must not be joined.
enum TableRows {
    /// This many lines of one shape in a row are a table.
    private static let leastRows = 3

    /// Marks rows in `table`: lines with tabs or bars, leaders of a table of contents, objects of JSON Lines, and runs of
    /// lines that split into equally many words or comma-separated fields.
    static func mark(in table: inout LineTable) {
        var run: [Int] = []
        var shape = Shape.none
        for index in table.lines.indices where !table.lines[index].isBlank && table.lines[index].removal == nil {
            let line = table.lines[index]
            if isRowByItself(line, table.bytes) { table.lines[index].isRow = true }
            let next = Shape(line)
            if next != shape || next == .none {
                close(&run, &table)
                shape = next
            }
            if next != .none { run.append(index) }
        }
        close(&run, &table)
    }

    private static func close(_ run: inout [Int], _ table: inout LineTable) {
        if run.count >= leastRows {
            for index in run { table.lines[index].isRow = true }
        }
        run.removeAll(keepingCapacity: true)
    }

    private static func isRowByItself(_ line: Line, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if line.tabs > 0 || line.hasLeader { return !(line.hasLeader && line.tabs == 0 && !line.hasDigit) }
        switch (line.firstCode, line.lastCode) {
        case (0x7C, _), (0x7B, 0x7D), (0x2502, _), (0x251C...0x254B, _): return true
        default: return false
        }
    }

    /// What the rows of one table share.
    private enum Shape: Equatable {
        case none
        case words(Int)
        case fields(Int)

        init(_ line: Line) {
            if line.commas >= 2, line.words <= line.commas {
                self = .fields(line.commas)
            } else if line.words >= 2, line.words <= 40, line.width <= 120, !line.hasPause, line.figures > 0,
                !Terminals.ends(line.lastCode), line.figures * 4 >= line.words
            {
                self = .words(line.words)
            } else {
                self = .none
            }
        }
    }
}
