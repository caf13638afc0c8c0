/// One pass over a text that gives its search terms.
struct TermScan {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let alphabet = SearchAlphabet.shared
    private let values: NumericTerms
    /// Room for the term at hand, freed by `finish`.
    private let scratch: UnsafeMutableBufferPointer<UInt8>

    private enum State { case outside, run, word }
    private var state = State.outside
    private var position = 0
    /// The character before, in a run: folded bytes, their number, place.
    private var last: UInt32 = 0
    private var lastCount = 0
    private var lastStart = 0
    private var lastEnd = 0
    /// The word at hand, in `scratch`.
    private var wordCount = 0
    private var wordStart = 0
    private var wordEnd = 0
    private var isPlainWord = true
    /// Where the numeral or date found last ends.
    private var valueEnd = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        values = NumericTerms(bytes)
        scratch = .allocate(capacity: SearchTokenizer.longestWord + 16)
    }

    /// Frees what the scan holds; it must not be used afterwards.
    func finish() { scratch.deallocate() }

    mutating func run(_ body: (SearchTerm) -> Void) {
        alphabet.entries.withUnsafeBufferPointer { entries in
            var index = 0
            while index < bytes.count {
                if Self.isASCIILetter(bytes[index]) {
                    index = letters(from: index, body)
                    continue
                }
                let (code, width) = UTF8Bytes.decode(bytes, index)
                if code < 0x10000 {
                    step(entries[Int(code)], code, index, index + width, body)
                } else {
                    special(code, index, index + width, body)
                }
                index += width
            }
        }
        separate(body)
    }

    @inline(__always)
    private mutating func step(_ entry: UInt32, _ code: UInt32, _ start: Int, _ end: Int, _ body: (SearchTerm) -> Void)
    {
        switch SearchAlphabet.kind(entry) {
        case .ideograph:
            ideograph(SearchAlphabet.bytes(entry), SearchAlphabet.count(entry), start, end, body)
        case .letter:
            letter(SearchAlphabet.bytes(entry), SearchAlphabet.count(entry), start, end, body)
        case .separator: separate(body)
        case .dropped: return
        case .special: special(code, start, end, body)
        }
        if SearchAlphabet.mayBeginNumeral(entry), start >= valueEnd { value(at: start, body) }
    }

    /// A character of several folded characters, or one above U+FFFF.
    private mutating func special(_ code: UInt32, _ start: Int, _ end: Int, _ body: (SearchTerm) -> Void) {
        var folded: [UInt8] = []
        _ = FoldingTable.shared.append(code, to: &folded)
        for scalar in String(decoding: folded, as: UTF8.self).unicodeScalars {
            let (packed, count) = SearchAlphabet.pack(scalar.value)
            switch SearchAlphabet.classify(scalar.value) {
            case .ideograph: ideograph(packed, count, start, end, body)
            case .letter: letter(packed, count, start, end, body)
            default: separate(body)
            }
        }
    }

    // MARK: - Runs

    @inline(__always)
    private mutating func ideograph(
        _ packed: UInt32, _ count: Int, _ start: Int, _ end: Int, _ body: (SearchTerm) -> Void
    ) {
        if state == .run {
            emitPair(packed, count, end, body)
            position += 1
        } else {
            if state == .word { endWord(body) }
            state = .run
        }
        (last, lastCount, lastStart, lastEnd) = (packed, count, start, end)
    }

    @inline(__always)
    private mutating func emitPair(_ packed: UInt32, _ count: Int, _ end: Int, _ body: (SearchTerm) -> Void) {
        let pair = UInt64(last) | UInt64(packed) << UInt64(lastCount * 8)
        UnsafeMutableRawPointer(scratch.baseAddress.unsafelyUnwrapped).storeBytes(
            of: pair.littleEndian, as: UInt64.self)
        emit(.bigram, lastCount + count, lastStart..<end, body)
    }

    @inline(__always)
    private func emit(_ kind: SearchToken.Kind, _ count: Int, _ range: Range<Int>, _ body: (SearchTerm) -> Void) {
        let term = UnsafeBufferPointer(start: scratch.baseAddress, count: count)
        body(SearchTerm(bytes: term, range: range, position: position, kind: kind))
    }

    @inline(__always)
    private mutating func separate(_ body: (SearchTerm) -> Void) {
        switch state {
        case .outside: return
        case .run: endRun(body)
        case .word: endWord(body)
        }
        state = .outside
    }

    private mutating func endRun(_ body: (SearchTerm) -> Void) {
        UnsafeMutableRawPointer(scratch.baseAddress.unsafelyUnwrapped)
            .storeBytes(of: last.littleEndian, as: UInt32.self)
        emit(.runEnd, lastCount, lastStart..<lastEnd, body)
        position += 2
    }

    // MARK: - Words

    @inline(__always)
    private mutating func letter(_ packed: UInt32, _ count: Int, _ start: Int, _ end: Int, _ body: (SearchTerm) -> Void)
    {
        if state == .run { endRun(body) }
        if state == .word, wordCount + count > SearchTokenizer.longestWord { endWord(body); state = .outside }
        if state != .word {
            (state, wordCount, wordStart, isPlainWord) = (.word, 0, start, true)
        }
        if count == 1 {
            scratch[wordCount] = UInt8(truncatingIfNeeded: packed)
            if packed < 0x61 { isPlainWord = false }
        } else {
            for byte in 0..<count { scratch[wordCount + byte] = UInt8(truncatingIfNeeded: packed >> UInt32(byte * 8)) }
            isPlainWord = false
        }
        wordCount += count
        wordEnd = end
    }

    @inline(__always)
    private static func isASCIILetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

    /// Takes a run of ASCII letters, the most common case, in one go; the place after it.
    private mutating func letters(from start: Int, _ body: (SearchTerm) -> Void) -> Int {
        letter(UInt32(bytes[start] | 0x20), 1, start, start + 1, body)
        var index = start + 1
        var count = wordCount
        while index < bytes.count, count < SearchTokenizer.longestWord, Self.isASCIILetter(bytes[index]) {
            scratch[count] = bytes[index] | 0x20
            (index, count) = (index + 1, count + 1)
        }
        (wordCount, wordEnd) = (count, index)
        return index
    }

    private mutating func endWord(_ body: (SearchTerm) -> Void) {
        emit(.word, wordCount, wordStart..<wordEnd, body)
        if isPlainWord, wordCount > 2 { emitStem(body) }
        position += 2
    }

    private mutating func emitStem(_ body: (SearchTerm) -> Void) {
        var stemmer = EnglishStemmer(UnsafeMutableBufferPointer(rebasing: scratch[0..<wordCount]))
        guard stemmer.run() else { return }
        let count = stemmer.count
        for index in (0..<count).reversed() { scratch[index + 1] = scratch[index] }
        scratch[0] = UInt8(ascii: "~")
        emit(.stem, count + 1, wordStart..<wordEnd, body)
    }

    // MARK: - Values

    /// Gives the value of the numeral or date that begins at `start`, if one does.
    private mutating func value(at start: Int, _ body: (SearchTerm) -> Void) {
        // A digit inside a word (B1, ES2009a) is no numeral.
        if state == .word, wordStart != start { return }
        guard let match = values.match(at: start) else { return }
        valueEnd = match.range.upperBound
        for (kind, term) in match.terms {
            var term = term
            term.withUTF8 { bytes in
                body(SearchTerm(bytes: bytes, range: match.range, position: position, kind: kind))
            }
        }
    }
}
