/// Finds the lines that printing put on every page: running headers with the page's number, and page numbers alone.
enum RunningHeaders {
    /// A header repeats at least this often.
    private static let leastRepetitions = 3
    /// A header is at most this wide, in columns.
    private static let greatestWidth = 100

    /// Marks such lines in `table`.
    static func mark(in table: inout LineTable) {
        markHeaders(in: &table)
        markNumbers(in: &table)
    }

    // MARK: - Headers

    /// Lines equal but for one number at an end: "12 臺北市政府秘書處工作報告".
    private static func markHeaders(in table: inout LineTable) {
        var groups: [UInt64: [Candidate]] = [:]
        for (index, line) in table.lines.enumerated()
        where !line.isBlank && line.hasDigit && line.width <= greatestWidth {
            if let candidate = Candidate(line, index, table.bytes) {
                groups[candidate.key, default: []].append(candidate)
            }
        }
        let title = openingKeys(of: table)
        for group in groups.values where group.count < leastRepetitions && title.contains(group[0].key) {
            // A number with the title of the whole text, where a sentence breaks off: short texts have few pages.
            for candidate in group where candidate.line > 0 && breaksOff(before: candidate.line, table) {
                table.lines[candidate.line].removal = .runningHeader
            }
        }
        for group in groups.values where group.count >= leastRepetitions {
            let rises = zip(group, group.dropFirst()).count { $0.number < $1.number }
            guard rises * 5 >= (group.count - 1) * 4,
                group.contains(where: { isOnPageEdge($0.line, table) }) || title.contains(group[0].key)
            else {
                continue
            }
            for candidate in group { table.lines[candidate.line].removal = .runningHeader }
        }
    }

    /// A line that may be a header: the hash of its words without the number, and the number.
    private struct Candidate {
        let key: UInt64
        let number: Int
        let line: Int

        init?(_ line: Line, _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
            let range = line.first..<line.last
            let words = RunningHeaders.words(bytes, range)
            guard let number = words.number, words.letters >= 8 else { return nil }
            // 1、 and 一、 begin items of the text, not pages.
            guard MarkerScanner(bytes: bytes, end: range.upperBound).marker(at: range.lowerBound) == nil else {
                return nil
            }
            if line.lastCode == 0xFF1A || line.lastCode == 0x3A || line.hasPause { return nil }
            (key, self.number, self.line) = (words.key, number, index)
        }
    }

    /// Hash of the letters of a line without a number at either end, that number, and the letters' width.
    private static func words(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) -> (key: UInt64, number: Int?, letters: Int) {
        var (lower, upper) = (range.lowerBound, range.upperBound)
        var number = leadingNumber(bytes, lower..<upper)
        if let found = number {
            lower = found.end
        } else {
            number = trailingNumber(bytes, lower..<upper)
            if let found = number { upper = found.end }
        }
        var (key, letters): (UInt64, Int) = (0xCBF2_9CE4_8422_2325, 0)
        for index in lower..<max(lower, upper) where bytes[index] > 0x20 {
            key = (key ^ UInt64(bytes[index])) &* 0x100_0000_01B3
            letters += bytes[index] >= 0xE0 ? 2 : bytes[index] < 0x80 ? 1 : 0
        }
        return (key, number?.value, letters)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func leadingNumber(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) -> (value: Int, end: Int)? {
        var (index, value) = (range.lowerBound, 0)
        while index < range.upperBound, isDigit(bytes[index]), index - range.lowerBound < 4 {
            value = value * 10 + Int(bytes[index] - 0x30)
            index += 1
        }
        guard index > range.lowerBound, index < range.upperBound, !isDigit(bytes[index]) else { return nil }
        return (value, index)
    }

    private static func trailingNumber(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) -> (value: Int, end: Int)? {
        var (index, value, factor) = (range.upperBound, 0, 1)
        while index > range.lowerBound, isDigit(bytes[index - 1]), factor < 10_000 {
            index -= 1
            value += Int(bytes[index] - 0x30) * factor
            factor *= 10
        }
        guard index < range.upperBound, index > range.lowerBound, !isDigit(bytes[index - 1]) else { return nil }
        return (value, index)
    }

    /// Hashes of the first lines of a text, where its title stands that headers repeat.
    private static func openingKeys(of table: LineTable) -> Set<UInt64> {
        var keys: Set<UInt64> = []
        for line in table.lines.lazy.filter({ !$0.isBlank }).prefix(12) {
            var key: UInt64 = 0xCBF2_9CE4_8422_2325
            for index in line.first..<line.last where table.bytes[index] > 0x20 {
                key = (key ^ UInt64(table.bytes[index])) &* 0x100_0000_01B3
            }
            keys.insert(key)
        }
        return keys
    }

    /// True when the line stands at a page break, or after a line that breaks off inside a sentence.
    private static func isOnPageEdge(_ index: Int, _ table: LineTable) -> Bool {
        if table.lines[index].startsPage { return true }
        if index + 1 < table.lines.count, table.lines[index + 1].startsPage { return true }
        return breaksOff(before: index, table)
    }

    /// True when the last words before the line break off inside a sentence.
    private static func breaksOff(before index: Int, _ table: LineTable) -> Bool {
        var before = index - 1
        while before >= 0, table.lines[before].isBlank { before -= 1 }
        guard before >= 0, index - before <= 6 else { return false }
        let line = table.lines[before]
        return line.width >= 16 && (line.isOpen || line.hasPause) && !Terminals.ends(line.lastCode)
    }

    // MARK: - Page numbers

    /// Lines with a number alone that count up by one through the text, and 第 3 頁, - 3 -, Page 3 of 10.
    private static func markNumbers(in table: inout LineTable) {
        var plain: [(line: Int, number: Int)] = []
        for (index, line) in table.lines.enumerated() where !line.isBlank && line.removal == nil && line.width <= 20 {
            guard line.hasDigit, let page = PageLabel(table.bytes, line.first..<line.last) else { continue }
            if page.isExplicit {
                table.lines[index].removal = .pageNumber
            } else {
                plain.append((index, page.number))
            }
        }
        for run in countingRuns(plain, table) where run.count >= leastRepetitions {
            for index in run { table.lines[index].removal = .pageNumber }
        }
    }

    /// Runs of numbers that rise by one from line to line of the list, with text between them.
    private static func countingRuns(_ numbers: [(line: Int, number: Int)], _ table: LineTable) -> [[Int]] {
        var open: [Int: [Int]] = [:]
        var runs: [[Int]] = []
        for (line, number) in numbers {
            var run = open.removeValue(forKey: number - 1) ?? []
            if let last = run.last, line - last < 4, !table.lines[line].startsPage {
                runs.append(run)
                run = []
            }
            if let replaced = open[number] { runs.append(replaced) }
            run.append(line)
            open[number] = run
        }
        return runs + open.values
    }

    /// A line that is a page number.
    private struct PageLabel {
        let number: Int
        /// Says that it is one: 第 3 頁, - 3 -, Page 3, 3 / 10.
        let isExplicit: Bool

        init?(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
            var (digits, marks, value): (Int, Set<UInt32>, Int) = (0, [], 0)
            var (isInside, isPastFirst) = (false, false)
            var index = range.lowerBound
            while index < range.upperBound {
                let (code, width) = UTF8Bytes.decode(bytes, index)
                index += width
                if (0x30...0x39).contains(code) {
                    if isPastFirst { continue }
                    (value, digits, isInside) = (value * 10 + Int(code - 0x30), digits + 1, true)
                    if digits > 4 { return nil }
                } else {
                    if isInside { isPastFirst = true }
                    if code > 0x20, code != 0x3000 { marks.insert(code | (code < 0x80 ? 0x20 : 0)) }
                }
            }
            guard digits > 0 else { return nil }
            number = value
            isExplicit = !marks.isEmpty
            if marks.isEmpty, !isPastFirst { return }
            guard Self.labels.contains(where: { marks == $0 }) else { return nil }
        }

        private static let labels: [Set<UInt32>] = [
            "第頁", "第页", "第頁共", "第頁，共", "第頁,共", "第頁/共", "-", "–", "—", "page", "pageof", "p.",
        ].map { Set($0.unicodeScalars.map { $0.value | ($0.value < 0x80 ? 0x20 : 0) }) }
    }
}

/// Characters that end a sentence.
enum Terminals {
    /// 。！？ and their narrow forms.
    static func ends(_ code: UInt32) -> Bool {
        switch code {
        case 0x21, 0x2E, 0x3F, 0x3002, 0xFF01, 0xFF1F, 0xFF61: true
        default: false
        }
    }
}
