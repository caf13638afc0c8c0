/// One pass over a text that collects its sentences.
struct SentenceScan {
    let bytes: UnsafeBufferPointer<UInt8>
    let longestQuotation: Int
    private(set) var sentences: [Range<Int>] = []

    private var start = 0
    private var end = 0
    /// Places where a sentence of the present line may end.
    private var cuts: [Int] = []
    /// Brackets open at the present place: the closing character awaited, where it began, and how many cuts came before it.
    private var brackets: [(close: UInt32, at: Int, cuts: Int)] = []

    /// Where the bracket closed last began.
    private var lastOpening = 0

    init(bytes: UnsafeBufferPointer<UInt8>, longestQuotation: Int) {
        self.bytes = bytes
        self.longestQuotation = longestQuotation
        sentences.reserveCapacity(bytes.count / 60)
    }

    /// Collects the sentences of `range`.
    mutating func run(_ range: Range<Int>) {
        guard range.lowerBound < range.upperBound else { return }
        start = range.lowerBound
        end = range.upperBound
        var index = start
        while index < end {
            let byte = bytes[index]
            if byte < 0x80 {
                guard Self.isMark[Int(byte)] else {
                    index += 1
                    continue
                }
                index = ascii(byte, index)
            } else if byte == 0xE3 || byte == 0xEF || byte == 0xE2 {
                let (code, width) = UTF8Bytes.decode(bytes, index)
                index = wide(code, index, index + width)
            } else {
                index += UTF8Bytes.width(byte)
            }
        }
        endLine(at: end)
    }

    private mutating func ascii(_ byte: UInt8, _ index: Int) -> Int {
        switch byte {
        case 0x0A, 0x0D, 0x0C:
            endLine(at: index)
            start = index + 1
        case 0x2E:
            if isFullStop(index) { return cut(after: index + 1) }
        case 0x21, 0x3F:
            if endsWord(index + 1) { return cut(after: index + 1) }
        case 0x28: open(0x29, index)
        case 0x5B: open(0x5D, index)
        case 0x29, 0x5D: close(UInt32(byte), index)
        case 0x3A, 0x3B: cutBeforeMarker(index + 1)
        default: break
        }
        return index + 1
    }

    private mutating func wide(_ code: UInt32, _ index: Int, _ next: Int) -> Int {
        switch code {
        case 0x3002, 0xFF01, 0xFF1F, 0xFF61, 0xFF0E: return cut(after: next)
        case 0xFF1A, 0xFF1B: cutBeforeMarker(next)
        default:
            if let closing = Self.closing(of: code) {
                open(closing, index)
            } else if Self.isClosing(code) {
                close(code, index)
            }
        }
        return next
    }

    // MARK: - Lines and cuts

    private mutating func endLine(at lineEnd: Int) {
        var from = start
        for cut in cuts where cut > from && cut <= lineEnd {
            append(from..<cut)
            from = cut
        }
        append(from..<lineEnd)
        cuts.removeAll(keepingCapacity: true)
        brackets.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ range: Range<Int>) {
        var (lower, upper) = (range.lowerBound, range.upperBound)
        while lower < upper {
            if bytes[lower] <= 0x20 {
                lower += 1
            } else if isWideBlank(lower, upper) {
                lower += 3
            } else {
                break
            }
        }
        while lower < upper {
            if bytes[upper - 1] <= 0x20 {
                upper -= 1
            } else if upper - lower >= 3, isWideBlank(upper - 3, upper) {
                upper -= 3
            } else {
                break
            }
        }
        if lower < upper { sentences.append(lower..<upper) }
    }

    private func isWideBlank(_ index: Int, _ limit: Int) -> Bool {
        bytes[index] == 0xE3 && index + 2 < limit && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80
    }

    /// Ends the sentence after the marks and closing quotes at `index`; the place to go on from.
    private mutating func cut(after index: Int) -> Int {
        var index = index
        while index < end {
            let (code, width) = UTF8Bytes.decode(bytes, index)
            if Self.isTerminal(code) || code == 0x22 {
                index += width
            } else if Self.isClosing(code) {
                close(code, index)
                index += width
            } else {
                break
            }
        }
        if !continues(index) { cuts.append(index) }
        return index
    }

    /// True when the sentence goes on after a closed bracket or quotation: a comma follows, or a word that needs what was
    /// quoted, or the bracket stands inside a sentence.
    private func continues(_ index: Int) -> Bool {
        guard index < end else { return false }
        let last = UTF8Bytes.decode(before: index, bytes).code
        let next = UTF8Bytes.decode(bytes, index).code
        if next == 0xFF0C || next == 0x3001 || next == 0xFF1B || next == 0x2C { return true }
        guard Self.isClosing(last) else { return false }
        if last == 0xFF09 || last == 0x29, lastOpening > start {
            let before = UTF8Bytes.decode(before: lastOpening, bytes).code
            if before >= 0x2E80, !Self.isTerminal(before), next >= 0x2E80 { return true }
        }
        return Self.carriers.contains(next)
    }

    private mutating func cutBeforeMarker(_ index: Int) {
        guard index < end, let hit = MarkerScanner(bytes: bytes, end: end).marker(at: index), hit.bullet == nil else {
            return
        }
        // "12:30. …": inside a line a figure counts as a marker only with 、 behind it.
        if hit.level == .l4, bytes[hit.range.upperBound - 1] != 0x81 { return }
        cuts.append(index)
    }

    // MARK: - Brackets

    private mutating func open(_ closing: UInt32, _ index: Int) {
        guard brackets.count < 16 else { return }
        brackets.append((closing, index, cuts.count))
    }

    private mutating func close(_ code: UInt32, _ index: Int) {
        guard let last = brackets.last, last.close == code || last.close == Self.otherWidth(code) else { return }
        brackets.removeLast()
        lastOpening = last.at
        if index - last.at <= longestQuotation, cuts.count > last.cuts { cuts.removeLast(cuts.count - last.cuts) }
    }

    // MARK: - English

    /// True when the full stop at `index` ends a sentence.
    private func isFullStop(_ index: Int) -> Bool {
        guard index + 1 < end else { return true }
        if bytes[index + 1] >= 0xE2 { return UTF8Bytes.decode(before: index, bytes).code >= 0x2E80 }
        guard endsWord(index + 1) else { return false }
        var next = index + 1
        while next < end, bytes[next] == 0x20 { next += 1 }
        guard next < end, bytes[next] != 0x0A, bytes[next] != 0x0D else { return true }
        if bytes[next] >= 0x61, bytes[next] <= 0x7A { return false }
        var word = index
        while word > start, isWordByte(bytes[word - 1]) { word -= 1 }
        if word == index { return index == start || bytes[index - 1] != 0x2E }
        if isListNumber(word..<index) { return false }
        if index - word == 1, isLetter(bytes[word]), bytes[word] != 0x49 { return false }
        if word > start, bytes[word - 1] == 0x2E, index - word <= 2 { return false }
        let isBeforeFigure = bytes[next] >= 0x30 && bytes[next] <= 0x39
        return !Abbreviations.contains(bytes, word..<index, isBeforeFigure: isBeforeFigure)
    }

    private func isListNumber(_ word: Range<Int>) -> Bool {
        guard word.allSatisfy({ bytes[$0] >= 0x30 && bytes[$0] <= 0x39 }) else { return false }
        var index = word.lowerBound
        while index > start, bytes[index - 1] == 0x20 { index -= 1 }
        return index == start || cuts.last == index
    }

    /// True when a word cannot go on at `index`: blank, line break, quote, bracket or a wide character.
    private func endsWord(_ index: Int) -> Bool {
        guard index < end else { return true }
        switch bytes[index] {
        case 0...0x22, 0x27, 0x29, 0x3F, 0x5D: return true
        default: return bytes[index] >= 0xE2
        }
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x80 && byte < 0xE2)
    }

    private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
}

// MARK: - Characters

extension SentenceScan {
    private static let isMark: [Bool] = (0..<128).map { "\n\r\u{0C}.!?()[]:;".utf8.contains(UInt8($0)) }

    /// Words that go on after a closed quotation: 「…。」的, 等, 之 ….
    private static let carriers: Set<UInt32> = Set("的等之及與与和或是為为乙一而並并者案".unicodeScalars.map(\.value))

    @inline(__always)
    private static func isTerminal(_ code: UInt32) -> Bool {
        switch code {
        case 0x21, 0x2E, 0x3F, 0x3002, 0xFF01, 0xFF1F, 0xFF61, 0x2026: true
        default: false
        }
    }

    @inline(__always)
    private static func isClosing(_ code: UInt32) -> Bool {
        switch code {
        case 0x29, 0x5D, 0x2019, 0x201D, 0x300B, 0x300D, 0x300F, 0x3009, 0x3011, 0x3015, 0xFF09, 0xFF3D: true
        default: false
        }
    }

    private static func closing(of code: UInt32) -> UInt32? {
        switch code {
        case 0x201C: 0x201D
        case 0x300A, 0x300C, 0x300E, 0x3008, 0x3010, 0x3014: code + 1
        case 0xFF08: 0xFF09
        case 0xFF3B: 0xFF3D
        default: nil
        }
    }

    private static func otherWidth(_ code: UInt32) -> UInt32 {
        switch code {
        case 0x29: 0xFF09
        case 0xFF09: 0x29
        default: code
        }
    }
}

/// English words that a full stop follows without ending a sentence.
enum Abbreviations {
    private static let always: Set<String> = [
        "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "gen", "col", "lt", "capt", "sgt", "rev", "hon", "gov",
        "sen",
        "rep", "pres", "vs", "cf", "eg", "ie", "al", "approx", "dept", "messrs",
    ]
    private static let beforeFigures: Set<String> = [
        "no", "nos", "vol", "p", "pp", "fig", "figs", "sec", "art", "ch", "para", "paras", "ext", "tel", "jan", "feb",
        "mar",
        "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thurs",
        "fri",
        "sat", "sun", "max", "min",
    ]

    /// True when the word at `range` is one of them, in any case; some count before figures only.
    static func contains(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isBeforeFigure: Bool) -> Bool {
        guard range.count <= 6 else { return false }
        let word = String(decoding: range.map { bytes[$0] | 0x20 }, as: UTF8.self)
        return always.contains(word) || (isBeforeFigure && beforeFigures.contains(word))
    }
}
