import DocketCore
import DocketText

/// Reads official letters: header fields, 主旨, 說明, 辦法, 正本 and 副本.
struct LetterReader {
    let work: WorkingText
    let lines: [TextLine]
    let zone: String

    private static let kinds = [
        "書函", "開會通知單", "公告", "函", "令", "簽", "呈", "咨", "箋函", "便簽", "移文單", "交辦單", "會勘通知單",
    ]

    /// A stretch of lines under one label.
    private struct Field {
        var name: String
        var label: Label
        /// The paragraphs with their markers.
        var parts: [(range: Range<Int>, marker: OutlineMarker?)]
    }

    /// The letter; fields that it does not have stay empty.
    func letter() -> LetterStructure {
        var letter = LetterStructure()
        let (head, fields) = read()
        fillTitle(head, &letter)
        let dates = DateFinder(zone: zone)
        for field in fields { fill(field, &letter, dates) }
        return letter
    }

    // MARK: Lines to fields

    private func read() -> (head: [Range<Int>], fields: [Field]) {
        var head: [Range<Int>] = []
        var fields: [Field] = []
        for line in lines {
            let body = work.text.trimmed(line.body)
            let start = line.marker == nil || line.body.isEmpty ? line.range.lowerBound : line.body.lowerBound
            if let hit = LabelTable.hit(
                in: work.text, at: line.marker == nil ? body.lowerBound : start, before: line.range.upperBound),
                isField(hit.label), hit.hasColon || hit.range.upperBound >= line.range.upperBound
            {
                append(hit, before: line.range.upperBound, to: &fields)
            } else if fields.isEmpty {
                head.append(line.range)
            } else {
                fields[fields.count - 1].parts.append((line.marker == nil ? line.range : body, line.marker))
            }
        }
        return (head, fields)
    }

    /// Appends a field, and those that follow on the same line (正本：…　副本：…).
    private func append(_ hit: LabelHit, before end: Int, to fields: inout [Field]) {
        var current = hit
        while true {
            let next = nextField(in: current.range.upperBound..<end)
            let value = work.text.trimmed(current.range.upperBound..<(next?.range.lowerBound ?? end))
            fields.append(Field(name: current.words, label: current.label, parts: value.isEmpty ? [] : [(value, nil)]))
            guard let next else { return }
            current = next
        }
    }

    private func nextField(in range: Range<Int>) -> LabelHit? {
        var offset = range.lowerBound
        while let next = work.text.scalar(at: offset, before: range.upperBound) {
            if Blank.contains(next.value) {
                let start = work.text.afterBlanks(next.next..<range.upperBound)
                if let hit = LabelTable.hit(in: work.text, at: start, before: range.upperBound), hit.hasColon,
                    hit.label == .letterField || hit.label == .classification || hit.label == .attachment
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

    private func isField(_ label: Label) -> Bool {
        switch label {
        case .letterField, .classification, .explanation, .proposal, .attachment, .subject, .time, .place, .chair,
            .attendees, .observers, .note:
            true
        default: false
        }
    }

    /// 青嵐市政府工務局　函: sender and kind in the first lines.
    private func fillTitle(_ head: [Range<Int>], _ letter: inout LetterStructure) {
        for line in head.prefix(8) {
            let words = work.text.words(line)
            let joined = words.split(whereSeparator: { $0 == " " || $0 == "\u{3000}" || $0 == "\t" || $0 == "#" })
                .joined()
            guard let kind = Self.kinds.first(where: { joined.hasSuffix($0) || joined.hasSuffix($0 + "（稿）") }) else {
                continue
            }
            letter.documentKind = kind
            let sender = String(joined.dropLast(joined.hasSuffix(kind) ? kind.count : kind.count + 3))
            letter.sender = sender.isEmpty ? senderAbove(head) : sender
            return
        }
    }

    private func senderAbove(_ head: [Range<Int>]) -> String? {
        head.lazy.map { work.text.words($0).split(whereSeparator: { $0 == " " || $0 == "\u{3000}" }).joined() }
            .first { $0.count > 2 && AgencyWord.endings.contains($0.unicodeScalars.last?.value ?? 0) }
    }

    // MARK: Fields to facts

    private func fill(_ field: Field, _ letter: inout LetterStructure, _ dates: DateFinder) {
        let whole = Self.span(field).map(work.words)
        switch field.name {
        case "受文者": letter.recipient = letter.recipient ?? whole?.text
        case "發文者", "發文機關": letter.sender = letter.sender ?? whole?.text
        case "發文日期": letter.date = letter.date ?? date(field, dates)
        case "發文字號": letter.documentNumber = letter.documentNumber ?? whole
        case "速別": letter.urgency = letter.urgency ?? whole?.text
        case "附件": letter.attachments = letter.attachments ?? whole?.text
        case "主旨": letter.purpose = letter.purpose ?? whole
        case "正本": letter.originals += names(field)
        case "副本": fillCopies(field, &letter)
        default: fillText(field, whole, &letter)
        }
    }

    private func fillText(_ field: Field, _ whole: Words?, _ letter: inout LetterStructure) {
        switch field.label {
        case .classification: letter.classification = letter.classification ?? whole?.text
        case .explanation: letter.explanation += paragraphs(field)
        case .proposal: letter.action += paragraphs(field)
        default:
            if field.name == "公告事項" { letter.action += paragraphs(field) }
            if field.name == "依據" { letter.explanation += paragraphs(field) }
        }
    }

    private static func span(_ field: Field) -> Range<Int>? {
        guard let first = field.parts.first, let last = field.parts.last else { return nil }
        return first.range.lowerBound..<last.range.upperBound
    }

    /// One entry a paragraph of the highest level; what is numbered below it belongs to it.
    private func paragraphs(_ field: Field) -> [Words] {
        var ranges: [Range<Int>] = []
        let top = field.parts.compactMap { $0.marker?.level.rawValue }.min()
        for part in field.parts {
            if ranges.isEmpty || part.marker.map({ $0.level.rawValue == top }) ?? (top == nil && endsSentence(ranges)) {
                ranges.append(part.range)
            } else {
                ranges[ranges.count - 1] = ranges[ranges.count - 1].lowerBound..<part.range.upperBound
            }
        }
        return ranges.map(work.words)
    }

    private func endsSentence(_ ranges: [Range<Int>]) -> Bool {
        guard let last = ranges.last, let scalar = work.text.scalar(endingAt: last.upperBound, after: last.lowerBound)
        else {
            return true
        }
        return Stop.sentence.contains(scalar.value) || Stop.colon.contains(scalar.value)
    }

    private func date(_ field: Field, _ dates: DateFinder) -> DatedWords? {
        guard let range = Self.span(field) else { return nil }
        let words = work.words(range)
        let found = dates.expressions(in: work.text.words(range)).first { $0.start?.day != nil }
        return DatedWords(words: words, iso: found.flatMap { dates.iso($0.start, nil) })
    }

    private func names(_ field: Field) -> [String] {
        field.parts.flatMap { part in
            work.text.parts(part.range) { $0 == 0x3001 || $0 == 0xFF1B || $0 == 0x3B || $0 == 0xFF0C || $0 == 0x2C }
        }.map { work.words($0).text }
    }

    /// Lines below 副本 that are no list of names are the signature: 局長 王小明.
    private func fillCopies(_ field: Field, _ letter: inout LetterStructure) {
        var copies = field
        while let last = copies.parts.last, SignatureLine.title(work.text, last.range) != nil {
            letter.signature = letter.signature ?? work.words(last.range).text
            copies.parts.removeLast()
        }
        letter.copies += names(copies).filter { $0 != "無" }
    }
}

/// The line under a letter: a title, blanks, a name (局長　王大同).
enum SignatureLine {
    /// The title of such a line; nil for any other.
    static func title(_ text: ByteText, _ line: Range<Int>) -> String? {
        let range = text.trimmed(line)
        guard (12...60).contains(range.count) else { return nil }
        let words = text.parts(range, where: Blank.contains).map(text.words)
        guard words.count >= 2, let first = words.first, Title.isTitle(first) else { return nil }
        return Title.isName(words.dropFirst().joined()) ? first : nil
    }
}
