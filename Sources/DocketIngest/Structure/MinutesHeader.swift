import DocketCore

/// The fields above the body of minutes, an agenda or an attendance list, read from the lines as they stand.
///
/// Works on the original text, since lists of names depend on lines that unwrapping would join.
struct MinutesHeader: Sendable {
    /// A field with the stretches of text that belong to it: the rest of its line and the lines below.
    struct Field: Sendable {
        var label: Label
        var name: String
        var parts: [Range<Int>]
    }

    /// Lines above the first field.
    private(set) var titleLines: [Range<Int>] = []
    private(set) var fields: [Field] = []
    /// Lines below the first field that belong to none.
    private(set) var looseLines: [Range<Int>] = []
    let text: ByteText

    /// Reads the original text up to `end`.
    init(_ text: ByteText, upTo end: Int) {
        self.text = text
        for line in text.lines() {
            guard line.lowerBound < end else { break }
            let range = text.trimmed(line.lowerBound..<min(line.upperBound, end))
            if !range.isEmpty { read(range) }
        }
    }

    /// The first field of a kind that has words in it.
    func first(_ label: Label) -> Field? { fields.first { $0.label == label && !$0.parts.isEmpty } }

    /// Words of a field, its parts joined by a blank, at the range they cover.
    func words(_ field: Field) -> Words? {
        guard let first = field.parts.first, let last = field.parts.last else { return nil }
        return Words(field.parts.map(text.words).joined(separator: " "), at: first.lowerBound..<last.upperBound)
    }

    /// The fields of times; without one, the lines of the title, which may hold the date.
    var timeWords: [Words] {
        let labelled = fields.filter { $0.label == .time }.compactMap(words)
        return labelled.isEmpty ? titleLines.prefix(4).map { Words(text.words($0), at: $0) } : labelled
    }

    // MARK: Reading

    private mutating func read(_ line: Range<Int>) {
        let start = Self.contentStart(text, line)
        guard let hit = LabelTable.hit(in: text, at: start, before: line.upperBound), hit.label.isHeader else {
            extend(line)
            return
        }
        var current = hit
        while true {
            let next = nextLabel(in: current.range.upperBound..<line.upperBound)
            let value = text.trimmed(current.range.upperBound..<(next?.range.lowerBound ?? line.upperBound))
            fields.append(Field(label: current.label, name: current.words, parts: value.isEmpty ? [] : [value]))
            guard let next else { return }
            current = next
        }
    }

    private mutating func extend(_ line: Range<Int>) {
        guard !fields.isEmpty else {
            if isFiling(line) { looseLines.append(line) } else { titleLines.append(line) }
            return
        }
        let last = fields.count - 1
        // A value of one line is not continued by what stands below it; lists and empty fields are.
        if fields[last].label.listsPeople || fields[last].parts.count < 2 && Self.mayContinue(fields[last], text) {
            fields[last].parts.append(line)
        } else if fields[last].label == .minuteTaker || fields[last].label == .chair {
            fields[last].parts.append(line)
        } else {
            looseLines.append(line)
        }
    }

    /// 檔號：113/0110/3/1/064　保存年限：30年: what the archive writes above the title.
    private func isFiling(_ line: Range<Int>) -> Bool {
        let words = text.words(line)
        return ["檔號", "保存年限", "案名"].contains { label in
            words.hasPrefix(label) && (words.dropFirst(label.count).first.map { "：: \u{3000}".contains($0) } ?? false)
        }
    }

    private static func mayContinue(_ field: Field, _ text: ByteText) -> Bool {
        field.parts.isEmpty || field.label == .chair || field.label == .minuteTaker || field.label == .meetingName
    }

    /// Another known field on the same line, after a blank and with a colon (主席：… 紀錄：…).
    private func nextLabel(in range: Range<Int>) -> LabelHit? {
        var offset = range.lowerBound
        while let next = text.scalar(at: offset, before: range.upperBound) {
            if Blank.contains(next.value) || next.value == 0xFF1B || next.value == 0x3B || next.value == 0x7C {
                let start = text.afterBlanks(next.next..<range.upperBound)
                if let hit = LabelTable.hit(in: text, at: start, before: range.upperBound), hit.label.isHeader,
                    hit.hasColon
                {
                    return hit
                }
                offset = max(start, next.next)
            } else {
                offset = next.next
            }
        }
        return nil
    }

    /// Behind a bullet, heading signs or a number in front of a label (一、時間：…).
    static func contentStart(_ text: ByteText, _ line: Range<Int>) -> Int {
        var start = line.lowerBound
        while start < line.upperBound, [0x23, 0x2D, 0x2A, 0x7C].contains(text.bytes[start]) {
            // Two asterisks belong to the label.
            if text.bytes[start] == 0x2A, start + 1 < line.upperBound, text.bytes[start + 1] == 0x2A { break }
            start = text.afterBlanks(start + 1..<line.upperBound)
        }
        if let marker = HeaderMarker.end(text, start..<line.upperBound),
            let hit = LabelTable.hit(in: text, at: marker, before: line.upperBound), hit.label.isHeader
        {
            return marker
        }
        return start
    }
}

/// Numbers in front of header fields, as in 一、時間：.
private enum HeaderMarker {
    static func end(_ text: ByteText, _ range: Range<Int>) -> Int? {
        var offset = range.lowerBound
        var count = 0
        while let next = text.scalar(at: offset, before: range.upperBound), count < 4 {
            if Numerals.digit(next.value) != nil || (0x30...0x39).contains(next.value) {
                count += 1
                offset = next.next
            } else if count > 0, [0x3001, 0x2E, 0xFF0E].contains(next.value) {
                return text.afterBlanks(next.next..<range.upperBound)
            } else {
                return nil
            }
        }
        return nil
    }
}
