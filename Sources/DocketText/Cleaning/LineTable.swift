/// The lines of a text with what can be seen of each without looking at the others.
struct LineTable {
    let bytes: UnsafeBufferPointer<UInt8>
    /// All lines in order, blank ones included.
    var lines: [Line] = []
    /// Indices of the lines that hold words and are not marked as header or page number.
    var content: [Int] { lines.indices.filter { !lines[$0].isBlank && lines[$0].removal == nil } }

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        lines.reserveCapacity(bytes.count / 60)
        var start = 0
        var isPageStart = false
        while start < bytes.count {
            var line = Self.scan(bytes, from: start)
            line.startsPage = isPageStart
            lines.append(line)
            isPageStart = line.end < bytes.count && bytes[line.end] == 0x0C
            start = line.end + 1
        }
    }
}

/// One line: its place and what its characters tell.
struct Line {
    /// First byte, and the byte of its line break or page break.
    var start: Int
    var end: Int
    /// The same without blanks at either end.
    var first: Int
    var last: Int
    /// First and last character; 0 for a blank line.
    var firstCode: UInt32 = 0
    var lastCode: UInt32 = 0
    /// Width on the page: two columns for a wide character.
    var width = 0
    /// Words between blanks, how many of them are figures, tabs, ASCII commas.
    var words = 0
    var figures = 0
    var tabs = 0
    var commas = 0
    /// Single blanks between two ideographs.
    var gaps = 0
    /// Places where a Latin letter or figure follows an ideograph after a blank, and without one.
    var spacedSeams = 0
    var closeSeams = 0
    /// Holds a comma, semicolon or full stop of either width inside.
    var hasPause = false
    var hasDigit = false
    /// Holds 、 inside.
    var hasList = false
    /// Holds a row of four dots or more, as tables of contents do.
    var hasLeader = false
    /// More brackets open than close.
    var isOpen = false
    /// Stands after a page break.
    var startsPage = false
    /// Row of a table or record of a list, told by its neighbours.
    var isRow = false
    /// Header or page number to be left out.
    var removal: Removal.Reason?

    var isBlank: Bool { first >= last }
    /// Bytes of blanks before the first character.
    var indent: Int { first - start }
}

// MARK: - Scanning

extension LineTable {
    /// Reads the line that begins at `start`, once.
    private static func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Line {
        var line = Line(start: start, end: start, first: start, last: start)
        var state = Progress()
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if Self.isLetter(byte) {
                var end = index + 1
                while end < bytes.count, Self.isLetter(bytes[end]) { end += 1 }
                state.letters(bytes, index..<end, &line)
                index = end
            } else if Self.beginsIdeograph(byte) {
                var end = index + 3
                while end < bytes.count, Self.beginsIdeograph(bytes[end]) { end += 3 }
                state.ideographs(bytes, index..<end, &line)
                index = end
            } else if byte < 0x80 {
                if byte == 0x0A || byte == 0x0C
                    || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A))
                {
                    break
                }
                state.ascii(byte, index, &line)
                index += 1
            } else {
                let (code, width) = UTF8Bytes.decode(bytes, index)
                state.wide(code, index, index + width, &line)
                index += width
            }
        }
        state.endWord(&line)
        line.end = index
        line.isOpen = state.depth > 0
        if line.words == 0 { (line.first, line.last) = (start, start) }
        return line
    }

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

    /// First bytes of U+4000 to U+9FFF.
    @inline(__always)
    private static func beginsIdeograph(_ byte: UInt8) -> Bool { byte >= 0xE4 && byte <= 0xE9 }

    /// What the scan of a line remembers from one character to the next.
    private struct Progress {
        var depth = 0
        private var wordLength = 0
        private var isFigure = true
        private var dots = 0
        private var pauseBefore = false
        /// 1 after an ideograph, 2 after an ideograph and one blank.
        private var gap = 0

        /// A run of ASCII letters.
        mutating func letters(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ line: inout Line) {
            if gap == 1 { line.closeSeams += 1 } else if gap == 2 { line.spacedSeams += 1 }
            visible(UInt32(bytes[range.lowerBound]), range.lowerBound, range.upperBound, range.count, &line)
            line.lastCode = UInt32(bytes[range.upperBound - 1])
            (gap, isFigure, dots) = (0, false, 0)
        }

        /// A run of ideographs of three bytes each.
        mutating func ideographs(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ line: inout Line) {
            if gap == 2 { line.gaps += 1 }
            let first = UTF8Bytes.decode(bytes, range.lowerBound).code
            visible(first, range.lowerBound, range.upperBound, range.count / 3 * 2, &line)
            line.lastCode = range.count == 3 ? first : UTF8Bytes.decode(bytes, range.upperBound - 3).code
            (gap, isFigure, dots) = (1, false, 0)
        }

        mutating func ascii(_ byte: UInt8, _ index: Int, _ line: inout Line) {
            if byte <= 0x20 || byte == 0x7F {
                if byte == 0x09 { line.tabs += 1 }
                if wordLength > 0 { line.width += 1 }
                gap = gap == 1 && byte == 0x20 ? 2 : 0
                endWord(&line)
                return
            }
            visible(UInt32(byte), index, index + 1, 1, &line)
            if gap > 0, Self.isAlphanumeric(byte) {
                if gap == 1 { line.closeSeams += 1 } else { line.spacedSeams += 1 }
            }
            gap = 0
            switch byte {
            case 0x30...0x39: line.hasDigit = true
            case 0x2C:
                line.commas += 1
                pauseBefore = true
            case 0x2E:
                dots += 1
                if dots >= 4 { line.hasLeader = true }
                return
            case 0x3B: pauseBefore = true
            case 0x28, 0x5B: depth += 1
            case 0x29, 0x5D: depth -= 1
            case 0x25, 0x2B, 0x2D, 0x2F: break
            default: isFigure = false
            }
            dots = 0
        }

        private static func isAlphanumeric(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }

        mutating func wide(_ code: UInt32, _ index: Int, _ end: Int, _ line: inout Line) {
            if code == 0x3000 || code == 0xA0 {
                line.width += code == 0xA0 ? 1 : 2
                gap = gap == 1 ? 2 : 0
                endWord(&line)
                return
            }
            visible(code, index, end, code >= 0x1100 ? 2 : 1, &line)
            if UTF8Bytes.isHan(code) {
                if gap == 2 { line.gaps += 1 }
                (gap, isFigure, dots) = (1, false, 0)
                return
            }
            (gap, isFigure) = (0, false)
            switch code {
            case 0x3002, 0xFF01, 0xFF0C, 0xFF1B, 0xFF1F: pauseBefore = true
            case 0x3001: line.hasList = true
            case 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0xFF08, 0x201C: depth += 1
            case 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0xFF09, 0x201D: depth -= 1
            case 0x2026, 0x22EF:
                dots += 2
                if dots >= 4 { line.hasLeader = true }
                return
            case 0xFF10...0xFF19: line.hasDigit = true
            default: break
            }
            dots = 0
        }

        private mutating func visible(_ code: UInt32, _ index: Int, _ end: Int, _ width: Int, _ line: inout Line) {
            if line.firstCode == 0 { (line.first, line.firstCode) = (index, code) }
            if pauseBefore { line.hasPause = true }
            (line.last, line.lastCode) = (end, code)
            line.width += width
            wordLength += 1
        }

        mutating func endWord(_ line: inout Line) {
            if wordLength > 0 {
                line.words += 1
                if isFigure { line.figures += 1 }
            }
            (wordLength, isFigure) = (0, true)
        }
    }
}
