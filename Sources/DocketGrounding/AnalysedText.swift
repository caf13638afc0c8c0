internal import DocketText

/// One unit of comparison: a Han character, a Latin word, or a whole number, date part or tracking number.
struct Token: Sendable {
    /// What two tokens are equal by.
    let key: String
    /// Its bytes in the text that it came from.
    let range: Range<Int>
    /// What it is.
    let kind: Kind
    /// Number of the clause, sentence, line and turn that it stands in; each counts up through the text.
    var clause = 0
    var sentence = 0
    var line = 0
    var turn = 0

    /// What a token is.
    enum Kind: Sendable, Equatable {
        case han
        case word
        case number
        case datePart
        case tracking
    }
}

/// A text cut into tokens, with the facts that stand in it.
struct AnalysedText: Sendable {
    /// The text.
    let text: String
    /// Its tokens; punctuation and blanks are boundaries, not tokens.
    private(set) var tokens: [Token] = []
    /// Numbers in order.
    let quantities: [Quantity]
    /// Dates in order.
    let dates: [DateExpression]
    /// Named things in order.
    let mentions: [Mention]
    /// Labels of the turns, by turn number; turn 0 is what stands before the first label.
    private(set) var speakers: [String] = [""]
    private let bytes: [UInt8]

    /// Cuts and reads `text`.
    ///
    /// `ends` are the bytes at which its passages end, in order: a speaker's turn goes on over line breaks, not over
    /// passages.
    init(_ text: String, roster: RosterIndex, ends: [Int] = []) {
        self.text = text
        bytes = Array(text.utf8)
        let facts = TextFacts(text, roster: roster)
        quantities = facts.quantities
        dates = facts.dates
        mentions = facts.mentions
        var cutter = TokenCutter(text: text, quantities: quantities, dates: dates, mentions: mentions, ends: ends)
        (tokens, speakers) = cutter.cut()
    }

    /// The words of a byte range.
    func words(_ range: Range<Int>) -> String {
        let lower = max(0, min(range.lowerBound, bytes.count))
        return String(decoding: bytes[lower..<max(lower, min(range.upperBound, bytes.count))], as: UTF8.self)
    }

    /// The words that a range of tokens spans.
    func words(tokens range: Range<Int>) -> String {
        guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= tokens.count else { return "" }
        return words(tokens[range.lowerBound].range.lowerBound..<tokens[range.upperBound - 1].range.upperBound)
    }

    /// The tokens that overlap a byte range; empty at the place where they would stand when none does.
    func tokens(in range: Range<Int>) -> Range<Int> {
        let first = firstToken(endingAfter: range.lowerBound)
        var last = first
        while last < tokens.count, tokens[last].range.lowerBound < range.upperBound { last += 1 }
        return first..<last
    }

    private func firstToken(endingAfter offset: Int) -> Int {
        var (low, high) = (0, tokens.count)
        while low < high {
            let middle = (low + high) / 2
            if tokens[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Cuts a text into tokens: facts first, then characters and words.
struct TokenCutter {
    private let folded: FoldedText
    private let facts: [Fact]
    private var tokens: [Token] = []
    private var speakers = [""]
    private var clause = 0
    private var sentence = 0
    private var line = 0
    private var turn = 0
    private var lineStart = 0
    private var isLineLabelled = false
    private let ends: [Int]
    private var nextEnd = 0

    /// Bytes that become tokens as a whole.
    private struct Fact {
        let range: Range<Int>
        let keys: [String]
        let kind: Token.Kind
    }

    init(text: String, quantities: [Quantity], dates: [DateExpression], mentions: [Mention], ends: [Int] = []) {
        self.ends = ends
        folded = Folding.fold(text)
        var facts: [Fact] = []
        for quantity in quantities { facts.append(Self.fact(quantity)) }
        for date in dates {
            let keys = Self.keys(date)
            if !keys.isEmpty { facts.append(Fact(range: date.dateRange, keys: keys, kind: .datePart)) }
        }
        for mention in mentions where mention.kind == .trackingNumber {
            let number = mention.words.prefix { $0 != "(" && $0 != "（" && $0 != " " }.utf8.count
            let start = mention.range.lowerBound
            facts.append(
                Fact(range: start..<start + number, keys: ["T" + mention.parts.joined(separator: "-")], kind: .tracking)
            )
        }
        facts.sort { $0.range.lowerBound < $1.range.lowerBound }
        self.facts = facts
    }

    private static func fact(_ quantity: Quantity) -> Fact {
        if let upper = quantity.upper {
            let end = quantity.unitRange.map { max(quantity.numeralRange.upperBound, $0.lowerBound) }
            return Fact(
                range: quantity.numeralRange.lowerBound..<(end ?? quantity.range.upperBound),
                keys: [key(quantity.value), key(upper)], kind: .number)
        }
        let isWhole = quantity.kind == .percent || quantity.kind == .percentagePoint || quantity.kind == .fraction
        let end =
            isWhole
            ? max(quantity.numeralRange.upperBound, quantity.unitRange?.upperBound ?? 0)
            : quantity.numeralRange.upperBound
        let start =
            quantity.unitRange == nil && quantity.kind == .percent
            ? quantity.range.lowerBound : quantity.numeralRange.lowerBound
        return Fact(range: start..<end, keys: [key(quantity.value)], kind: .number)
    }

    /// The key of a number.
    static func key(_ value: ExactNumber) -> String { "#\(value)" }

    /// The keys of a date's written parts.
    static func keys(_ date: DateExpression) -> [String] {
        var keys = keys(date.written)
        if let time = date.time { keys.append("H" + time.iso) }
        if let end = date.writtenEnd {
            keys += Self.keys(end)
            if let time = date.endTime { keys.append("H" + time.iso) }
        }
        return keys
    }

    private static func keys(_ date: WrittenDate) -> [String] {
        var keys: [String] = []
        if let year = date.year { keys.append("Y\(year)") }
        if let half = date.half { keys.append("F\(half)") }
        if let quarter = date.quarter { keys.append("Q\(quarter)") }
        if let month = date.month { keys.append("M\(month)") }
        if let day = date.day { keys.append("D\(day)") }
        if let part = date.part { keys.append("P\(part.rawValue)") }
        return keys
    }

    /// All tokens in order and the labels of the turns.
    mutating func cut() -> ([Token], [String]) {
        let bytes = Array(folded.text.utf8)
        var (index, fact) = (0, 0)
        while index < bytes.count {
            let width = Self.width(bytes[index])
            let end = min(bytes.count, index + width)
            let original = folded.map.original(index..<end)
            while fact < facts.count, facts[fact].range.upperBound <= original.lowerBound { fact += 1 }
            if fact < facts.count, facts[fact].range.contains(original.lowerBound) {
                append(facts[fact])
                index = max(end, folded.map.mapped(facts[fact].range).upperBound)
                fact += 1
                continue
            }
            let byte = bytes[index]
            if Self.isLatin(bytes, index) {
                let last = Self.wordEnd(bytes, index)
                appendWord(String(decoding: bytes[index..<last], as: UTF8.self), folded.map.original(index..<last))
                index = last
            } else if byte < 0x80 || !Self.isHan(bytes, index) {
                boundary(bytes, index, end)
                index = end
            } else {
                append(String(decoding: bytes[index..<end], as: UTF8.self), original, .han)
                index = end
            }
        }
        return (tokens, speakers)
    }

    private mutating func append(_ fact: Fact) {
        for key in fact.keys { append(key, fact.range, fact.kind) }
    }

    private mutating func append(_ key: String, _ range: Range<Int>, _ kind: Token.Kind) {
        tokens.append(
            Token(key: key, range: range, kind: kind, clause: clause, sentence: sentence, line: line, turn: turn))
    }

    /// A Latin word without its ending: "can't" is "can" and "not", "producers" is "producer".
    private mutating func appendWord(_ word: String, _ range: Range<Int>) {
        var word = word
        var isNegated = false
        if word == "cannot" { (word, isNegated) = ("can", true) }
        if word.hasSuffix("n't") {
            word = word == "can't" ? "can" : word == "won't" ? "will" : String(word.dropLast(3))
            isNegated = true
        }
        if let apostrophe = word.firstIndex(of: "'") { word = String(word[..<apostrophe]) }
        if word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"), !word.hasSuffix("is"), word.utf8.count > 3
        {
            word = word.hasSuffix("ies") && word.utf8.count > 4 ? word.dropLast(3) + "y" : String(word.dropLast())
        }
        append(word, range, .word)
        if isNegated { append("not", range, .word) }
    }

    // MARK: - Boundaries

    /// What a punctuation mark ends: a clause, a sentence, or the label of a turn.
    private mutating func boundary(_ bytes: [UInt8], _ index: Int, _ end: Int) {
        let mark = String(decoding: bytes[index..<end], as: UTF8.self)
        switch mark {
        case "。", "!", "?", ";", "\n", "！", "？", "；":
            endSentence()
            if mark == "\n" { beginLine(at: folded.map.original(index..<end).lowerBound) }
        case ".":
            if end >= bytes.count || bytes[end] == 0x20 || bytes[end] == 0x0A, !isTitle { endSentence() }
        case ":", "：":
            label()
            clause += 1
        case ",", "，", "、", "(", ")", "（", "）", "—", "-": clause += 1
        default: break
        }
    }

    private mutating func endSentence() {
        sentence += 1
        clause += 1
    }

    private var isTitle: Bool {
        guard let last = tokens.last, last.kind == .word else { return false }
        return ["mr", "mrs", "ms", "dr", "hon", "prof", "no", "st"].contains(last.key) || last.key.utf8.count == 1
    }

    private mutating func beginLine(at byte: Int) {
        lineStart = tokens.count
        line += 1
        isLineLabelled = false
        while nextEnd < ends.count, ends[nextEnd] < byte { nextEnd += 1 }
        guard turn > 0 else { return }
        let goesOn = !ends.isEmpty && (nextEnd == ends.count || ends[nextEnd] != byte)
        turn += 1
        speakers.append(goesOn ? speakers[speakers.count - 1] : "")
    }

    /// Reads the label that begins a speaker's turn: "唐鳳：", "工務局藍主秘補充說明：", "Elizabeth May:".
    private mutating func label() {
        let first = max(lineStart, tokens.lastIndex { $0.sentence < sentence }.map { $0 + 1 } ?? 0)
        let words = tokens[first...]
        guard !words.isEmpty, words.count <= 16 else { return }
        let name = words.map(\.key).joined(separator: words.first?.kind == .word ? " " : "")
        let isSpeech = ["補充說明", "说明", "說明", "報告", "報告", "表示", "发言", "發言"].contains { name.hasSuffix(Folding.key($0)) }
        let isLineLabel = first == lineStart && !isLineLabelled && words.count <= 10
        guard isSpeech || isLineLabel else { return }
        isLineLabelled = true
        turn += 1
        speakers.append(name)
        for index in first..<tokens.count { tokens[index].turn = turn }
    }

    // MARK: - Bytes

    private static func width(_ byte: UInt8) -> Int { byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4 }

    private static func isLatin(_ bytes: [UInt8], _ index: Int) -> Bool {
        let byte = bytes[index]
        if (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) { return true }
        // Latin letters with diacritics fold to ASCII; what is left of two bytes is another alphabet, a word all the
        // same.
        return byte >= 0xC3 && byte < 0xE0
    }

    private static func wordEnd(_ bytes: [UInt8], _ index: Int) -> Int {
        var index = index
        while index < bytes.count {
            if isLatin(bytes, index) {
                index += width(bytes[index])
            } else if bytes[index] == 0x27 || bytes[index] == 0x5F, index + 1 < bytes.count, isLatin(bytes, index + 1) {
                index += 1
            } else {
                break
            }
        }
        return min(index, bytes.count)
    }

    private static func isHan(_ bytes: [UInt8], _ index: Int) -> Bool {
        guard index + 2 < bytes.count else { return false }
        let byte = bytes[index]
        if byte >= 0xF0 { return true }
        let code = UInt32(byte & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
        return (0x3040...0x30FF).contains(code) || (0x3400...0x9FFF).contains(code) || (0xAC00...0xD7AF).contains(code)
            || (0xF900...0xFAFF).contains(code)
    }
}
