/// Decides for each line of a text whether the next one goes on with it.
///
/// Two kinds of text are told apart. In text wrapped to a width, a line goes on when the next word would not have fitted. In
/// text whose lines are paragraphs cut at page ends, a line goes on when it breaks off inside a sentence; for a short line
/// without marks, which may be a heading, the words across the break must stand side by side elsewhere in the text.
struct LineJoiner {
    /// How a line and the next one meet.
    enum Join: UInt8 {
        /// A line break stays between them.
        case apart
        /// Nothing stands between them.
        case close
        /// One space stands between them.
        case space
        /// The hyphen at the end of the first goes.
        case hyphen
    }

    private let table: LineTable
    private let bytes: UnsafeBufferPointer<UInt8>
    private let content: [Int]
    /// Width that the text is wrapped to, in columns; nil when its lines are paragraphs.
    private let wrapWidth: Int?
    /// True when blank lines stand between the lines of one paragraph.
    private let isBlankSeparated: Bool
    /// True when the text sets blanks between ideographs and Latin letters or figures.
    private let spacesSeams: Bool
    /// Whether the items beside each marked line are headings or sentences.
    private let siblings: MarkerSiblings

    init(_ table: LineTable) {
        self.table = table
        bytes = table.bytes
        content = table.content
        wrapWidth = WrapWidth.width(of: table, content: content)
        isBlankSeparated = WrapWidth.isBlankSeparated(table, content: content, width: wrapWidth)
        spacesSeams =
            content.reduce(0) { $0 + table.lines[$1].spacedSeams }
            > content.reduce(0) { $0 + table.lines[$1].closeSeams }
        siblings = MarkerSiblings(table, content: content)
    }

    /// The join after each line of content, in the order of `LineTable.content`; the last is `apart`.
    func joins() -> [Join] {
        var joins = [Join](repeating: .apart, count: content.count)
        var questions = Evidence()
        for place in content.indices.dropLast() {
            switch decide(place) {
            case .apart: break
            case .join: joins[place] = seam(place, &questions)
            case .ask: questions.askWords(across: place, table, content[place], content[place + 1])
            }
        }
        guard !questions.isEmpty else { return joins }
        let answers = questions.answers(in: table, content: content)
        for place in answers.joined { joins[place] = .close }
        for place in answers.unhyphened { joins[place] = .hyphen }
        return joins
    }

    private enum Decision { case apart, join, ask }

    private func decide(_ place: Int) -> Decision {
        let (line, next) = (table.lines[content[place]], table.lines[content[place + 1]])
        guard !line.isRow, !next.isRow, !beginsByItself(next), !isMarkdownHeading(line) else { return .apart }
        if LineLabels.isClosed(bytes, line.first..<line.last) { return .apart }
        if Self.cannotBegin(next.firstCode) { return .join }
        if line.lastCode == 0xFF1A || line.lastCode == 0x3A { return .apart }
        if Terminals.ends(line.lastCode) { return isFull(place) && !isParagraphGap(place) ? .join : .apart }
        if Self.cannotEnd(line.lastCode) || isHyphened(line, next) { return .join }
        if wrapWidth != nil {
            if isParagraphGap(place) { return .apart }
            if isFull(place) { return .join }
            if crossesPage(place) { return bySense(place, line, next) }
            return line.isOpen && line.width * 3 > (wrapWidth ?? 0) * 2 ? .join : .apart
        }
        return bySense(place, line, next)
    }

    /// The decision where width tells nothing.
    private func bySense(_ place: Int, _ line: Line, _ next: Line) -> Decision {
        if line.isOpen || Self.carriesOn(next.firstCode) { return .join }
        if Self.isSmallLatin(next.firstCode), line.lastCode < 0x250 { return .join }
        // The lines of an item stand under its words, not under its marker.
        if line.hasPause, next.indent > line.indent { return .join }
        let areWords = UTF8Bytes.isHan(line.lastCode) && UTF8Bytes.isHan(next.firstCode)
        switch siblings.style(place) {
        case .sentence: return .join
        case .heading: return areWords ? .ask : .apart
        case .unknown: break
        }
        if line.hasPause || line.width >= 60 || goesOnAfterList(place, line) { return .join }
        return areWords ? .ask : .apart
    }

    /// True when the enumeration of a line that is neither item nor record goes on.
    private func goesOnAfterList(_ place: Int, _ line: Line) -> Bool {
        line.hasList && !siblings.isMarked(place) && !LineLabels.begins(bytes, line.first..<line.last)
    }

    // MARK: - What surrounds the break

    /// True when the first word of the next line would not have fitted on this one.
    private func isFull(_ place: Int) -> Bool {
        guard let wrapWidth else { return false }
        let (line, next) = (table.lines[content[place]], table.lines[content[place + 1]])
        return line.width + WrapWidth.firstWord(of: next, bytes) > wrapWidth
    }

    /// True when blank lines between the two mean a new paragraph.
    private func isParagraphGap(_ place: Int) -> Bool {
        !isBlankSeparated && content[place + 1] - content[place] > 1 && !crossesPage(place)
    }

    /// True when a page ends between the two.
    private func crossesPage(_ place: Int) -> Bool {
        (content[place] + 1...content[place + 1]).contains { index in
            table.lines[index].startsPage || table.lines[index].removal != nil
        }
    }

    /// True for a line that is never the rest of another: marker, label of a record, Markdown heading or list.
    private func beginsByItself(_ line: Line) -> Bool {
        if MarkerScanner(bytes: bytes, end: line.last).marker(at: line.first) != nil { return true }
        if isMarkdownHeading(line) || line.firstCode == 0x3E { return true }
        let isBullet = MarkerScanner.bullets.contains(line.firstCode)
        let second = line.first + UTF8Bytes.width(bytes[line.first])
        if isBullet, second < line.last, bytes[second] == 0x20 { return true }
        return LineLabels.begins(bytes, line.first..<line.last)
    }

    private func isMarkdownHeading(_ line: Line) -> Bool {
        guard line.firstCode == 0x23 else { return false }
        var index = line.first
        while index < line.last, bytes[index] == 0x23 { index += 1 }
        return index < line.last && bytes[index] == 0x20
    }

    /// True when a Latin word is broken at a hyphen.
    private func isHyphened(_ line: Line, _ next: Line) -> Bool {
        line.lastCode == 0x2D && line.last - line.first > 1 && (0x61...0x7A).contains(bytes[line.last - 2] | 0x20)
            && Self.isSmallLatin(next.firstCode)
    }

    /// What stands at the seam of two lines that belong together.
    private func seam(_ place: Int, _ questions: inout Evidence) -> Join {
        let (line, next) = (table.lines[content[place]], table.lines[content[place + 1]])
        if isHyphened(line, next) {
            questions.askHyphen(at: place, table, content[place], content[place + 1])
            return .close
        }
        if Self.cannotBegin(next.firstCode) || Self.cannotEnd(line.lastCode) && line.lastCode != 0x2C { return .close }
        let areWide = (line.lastCode >= 0x2E80, next.firstCode >= 0x2E80)
        if areWide == (false, false) { return .space }
        let isMixed = areWide.0 ? UTF8Bytes.isHan(line.lastCode) : UTF8Bytes.isHan(next.firstCode)
        return areWide != (true, true) && isMixed && spacesSeams ? .space : .close
    }

    // MARK: - Characters

    /// Closing marks and marks that follow a word: no line begins with them.
    static func cannotBegin(_ code: UInt32) -> Bool {
        switch code {
        case 0x21, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5D, 0x25, 0x3001, 0x3002, 0x3009, 0x300B, 0x300D, 0x300F,
            0x3011,
            0x3015, 0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F, 0x201D:
            true
        default: false
        }
    }

    /// Opening marks and commas: no line ends with them unless the sentence goes on.
    static func cannotEnd(_ code: UInt32) -> Bool {
        switch code {
        case 0x28, 0x2C, 0x5B, 0x3001, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0xFF08, 0xFF0C, 0x201C: true
        default: false
        }
    }

    /// Words that link what follows to what stands before: 的 之 及 與 和 或 等 者 至.
    private static func carriesOn(_ code: UInt32) -> Bool {
        switch code {
        case 0x7684, 0x4E4B, 0x53CA, 0x8207, 0x4E0E, 0x548C, 0x6216, 0x7B49, 0x8005, 0x81F3: true
        default: false
        }
    }

    private static func isSmallLatin(_ code: UInt32) -> Bool {
        (0x61...0x7A).contains(code) || (0xDF...0xFF).contains(code)
    }
}
