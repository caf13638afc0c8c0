/// Writes the cleaned text, its offset map and the list of what went.
struct CleanTextWriter {
    private let table: LineTable
    private let bytes: UnsafeBufferPointer<UInt8>
    private let options: TextCleaner.Options
    private var output: [UInt8] = []
    private var map = OffsetMap.Builder()
    private var removals: [Removal] = []

    init(lines: LineTable, options: TextCleaner.Options) {
        table = lines
        bytes = lines.bytes
        self.options = options
        output.reserveCapacity(bytes.count)
    }

    /// Writes the lines of content with `joins` between them; without joins every line break stays as it is.
    mutating func write(joins: [LineJoiner.Join]?) -> (text: String, map: OffsetMap, removals: [Removal]) {
        var written = 0
        for (place, index) in table.content.enumerated() {
            let join = joins?[place] ?? .apart
            skip(written..<index, keepsBlankLines: joins == nil)
            write(table.lines[index], join: join)
            written = index + 1
        }
        skip(written..<table.lines.count, keepsBlankLines: joins == nil)
        return (String(decoding: output, as: UTF8.self), map.map(), removals)
    }

    /// Passes over lines that hold nothing to keep.
    private mutating func skip(_ range: Range<Int>, keepsBlankLines: Bool) {
        for line in table.lines[range] {
            let whole = line.start..<min(line.end + 1, bytes.count)
            if keepsBlankLines, line.removal == nil {
                keep(whole)
            } else {
                remove(whole, line.removal ?? .lineBreak)
            }
        }
    }

    /// Writes one line and what follows it.
    private mutating func write(_ line: Line, join: LineJoiner.Join) {
        var content = contentRange(line)
        remove(line.start..<content.lowerBound, .spacing)
        if options.removesBulletArtefacts, MarkerScanner.bullets.contains(line.firstCode),
            let bullet = MarkerScanner(bytes: bytes, end: line.last).marker(at: line.first)?.bullet
        {
            keep(content.lowerBound..<bullet.lowerBound)
            remove(bullet, .bulletArtefact)
            content = bullet.upperBound..<content.upperBound
        }
        if join == .hyphen { content = content.lowerBound..<content.upperBound - 1 }
        if options.closesSpacedWords, line.gaps >= 2, !line.isRow {
            writeClosingSpacedWords(content)
        } else {
            keep(content)
        }
        if join == .hyphen { remove(content.upperBound..<content.upperBound + 1, .lineBreak) }
        remove(content.upperBound + (join == .hyphen ? 1 : 0)..<line.end, .spacing)
        guard line.end < bytes.count else { return }
        switch join {
        case .apart: put(0x0A)
        case .space: put(0x20)
        case .close, .hyphen: remove(line.end..<line.end + 1, .lineBreak)
        }
    }

    /// What is kept of a line: all but the blanks at its ends, which are empty cells in a row with tabs.
    private func contentRange(_ line: Line) -> Range<Int> {
        guard line.tabs > 0 || !options.unwrapsLines else { return line.first..<line.last }
        let isReturn = line.end > line.start && bytes[line.end - 1] == 0x0D
        return line.start..<line.end - (isReturn ? 1 : 0)
    }

    // MARK: - Spaced words

    /// Writes a range without the single blanks between three or more ideographs that stand alone.
    private mutating func writeClosingSpacedWords(_ range: Range<Int>) {
        var run: [(start: Int, end: Int)] = []
        var kept = range.lowerBound
        var index = range.lowerBound
        while index <= range.upperBound {
            let (start, end, isSingle) = word(at: index, limit: range.upperBound)
            let continues = run.last.map { isOneBlank($0.end..<start) } ?? true
            if !isSingle || !continues {
                close(run, &kept)
                run.removeAll(keepingCapacity: true)
            }
            if isSingle { run.append((start, end)) }
            guard end < range.upperBound else { break }
            index = end
        }
        close(run, &kept)
        keep(kept..<range.upperBound)
    }

    private mutating func close(_ run: [(start: Int, end: Int)], _ kept: inout Int) {
        guard run.count >= 3 else { return }
        for (word, next) in zip(run, run.dropFirst()) {
            keep(kept..<word.end)
            remove(word.end..<next.start, .spacing)
            kept = next.start
        }
    }

    /// The word at or after `index`, and whether it is one ideograph.
    private func word(at index: Int, limit: Int) -> (start: Int, end: Int, isSingle: Bool) {
        var start = index
        while start < limit, let blank = blankWidth(start) { start += blank }
        guard start < limit else { return (limit, limit, false) }
        let (code, width) = UTF8Bytes.decode(bytes, start)
        var end = start + width
        let isSingle = UTF8Bytes.isHan(code) && (end >= limit || blankWidth(end) != nil)
        while end < limit, blankWidth(end) == nil { end += UTF8Bytes.width(bytes[end]) }
        return (start, end, isSingle)
    }

    private func blankWidth(_ index: Int) -> Int? {
        if bytes[index] <= 0x20 { return 1 }
        return bytes[index] == 0xE3 && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80 ? 3 : nil
    }

    private func isOneBlank(_ range: Range<Int>) -> Bool {
        range.lowerBound < range.upperBound && blankWidth(range.lowerBound) == range.count
    }

    // MARK: - Output

    private mutating func keep(_ range: Range<Int>) {
        guard range.lowerBound < range.upperBound else { return }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
        map.keep(range.count)
    }

    /// Writes `byte` in the place of a line break.
    private mutating func put(_ byte: UInt8) {
        output.append(byte)
        map.keep(1)
    }

    private mutating func remove(_ range: Range<Int>, _ reason: Removal.Reason) {
        guard range.lowerBound < range.upperBound else { return }
        map.remove(range.count)
        if let last = removals.last, last.reason == reason, last.range.upperBound == range.lowerBound {
            removals[removals.count - 1] = Removal(range: last.range.lowerBound..<range.upperBound, reason: reason)
        } else {
            removals.append(Removal(range: range, reason: reason))
        }
    }
}
