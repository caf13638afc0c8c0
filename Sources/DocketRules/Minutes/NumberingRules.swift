internal import DocketCore
internal import DocketText

/// MIN-13: a gap or a repetition in the numbering of minutes or an agenda.
struct MinutesNumbering: Rule {
    let card = RuleCard(
        "MIN-13", .warning,
        finds: LocalizedText(
            "會議紀錄或議程之編號有缺漏、重複或次序顛倒。", "Numbering of minutes or an agenda with a gap, a repetition or a step back."),
        remedy: LocalizedText("請核對編號，確認有無漏列項目。", "Check the numbers, and whether an item is missing."),
        silent: LocalizedText(
            "自「一」重新起算者；編號寫在段落中間者。", "Numbering that starts again from one; numbers in the middle of a paragraph."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard reading.source.kind == .minutes || reading.source.kind == .agenda else { return [] }
        return Numbering(reading).faults.map { card.finding(at: reading.place(clean: $0.range), $0.message) }
    }
}

/// REP-01: a gap or a repetition in the numbering of a report, a plan or another paper.
struct ReportNumbering: Rule {
    let card = RuleCard(
        "REP-01", .warning,
        finds: LocalizedText(
            "報告、計畫或函之編號有缺漏、重複或次序顛倒。", "Numbering of a report, plan or letter with a gap, a repetition or a step back."),
        remedy: LocalizedText("請核對編號，確認有無漏列段落。", "Check the numbers, and whether a section is missing."),
        silent: LocalizedText(
            "自「一」重新起算者；編號寫在段落中間或表格內者；目次。",
            "Numbering that starts again from one; numbers in the middle of a paragraph or in a table; tables of "
                + "contents."
        ))

    func findings(on reading: SourceReading) -> [Finding] {
        guard [.report, .document, .letter].contains(reading.source.kind) else { return [] }
        return Numbering(reading).faults.map { card.finding(at: reading.place(clean: $0.range), $0.message) }
    }
}

/// The numbering of a document's outline, sibling by sibling.
private struct Numbering {
    private let reading: SourceReading

    init(_ reading: SourceReading) { self.reading = reading }

    struct Fault {
        /// The marker and the first words behind it, in the cleaned text.
        let range: Range<Int>
        let message: LocalizedText
    }

    var faults: [Fault] {
        var faults: [Fault] = []
        var open = [reading.structure.outline]
        while let siblings = open.popLast() {
            faults += check(siblings)
            open += siblings.map(\.children).filter { !$0.isEmpty }
        }
        return faults.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private struct Seen {
        let number: Int
        let end: Int
    }

    /// Faults among the nodes below one node, level by level; a node ends the lists of deeper levels before it.
    private func check(_ siblings: [OutlineNode]) -> [Fault] {
        var last: [OutlineMarker.Level: Seen] = [:]
        var faults: [Fault] = []
        for node in siblings {
            guard let marker = OutlineMarker.parse(line: node.marker), marker.text.utf8.count == node.marker.utf8.count
            else {
                continue
            }
            last = last.filter { $0.key <= marker.level }
            let title = reading.clean.cleaned(node.title.range)
            let range = markerRange(node.marker, before: title.lowerBound)
            if let previous = last[marker.level], let message = message(node.marker, marker, previous, range.lowerBound)
            {
                faults.append(
                    Fault(range: range.lowerBound..<max(range.upperBound, title.lowerBound), message: message))
            }
            last[marker.level] = Seen(number: marker.number, end: title.lowerBound)
        }
        return faults
    }

    private func message(_ words: String, _ marker: OutlineMarker, _ previous: Seen, _ start: Int) -> LocalizedText? {
        let number = marker.number
        if number == 1 || number == previous.number + 1 { return nil }
        if number == previous.number { return LocalizedText("編號「\(words)」重複。", "The number \(words) stands twice.") }
        guard number > previous.number else {
            return LocalizedText("編號「\(words)」次序顛倒。", "The number \(words) comes after a greater one.")
        }
        let missing = (previous.number + 1..<number).prefix(5).filter { value in
            !isWritten(value, marker.level, in: previous.end..<max(previous.end, start))
        }
        guard !missing.isEmpty else { return nil }
        let names = missing.map { form($0, marker.level).first ?? "" }.joined(separator: "、")
        return LocalizedText("「\(words)」之前缺「\(names)」。", "There is no \(names) before \(words).")
    }

    /// True when a marker stands in the middle of the text between its neighbours, where the outline does not see it.
    private func isWritten(_ number: Int, _ level: OutlineMarker.Level, in range: Range<Int>) -> Bool {
        let bytes = reading.bytes[range.clamped(to: 0..<reading.bytes.count)]
        return !WordMatcher(form(number, level)).matches(in: bytes).isEmpty
    }

    /// Ways to write a marker.
    private func form(_ number: Int, _ level: OutlineMarker.Level) -> [String] {
        let chinese = ChineseNumeral.string(number)
        return switch level {
        case .l1: [ChineseNumeral.string(number, formal: true) + "、"]
        case .l2: [chinese + "、", chinese + "."]
        case .l3: ["（\(chinese)）", "(\(chinese))", "<\(chinese)>", "(\(chinese)）", "（\(chinese))"]
        case .l4: ["\(number)、", "\(number).", "\(number)．"]
        case .l5: ["（\(number)）", "(\(number))"]
        default: [String(number)]
        }
    }

    /// Bytes of a marker right before its title.
    private func markerRange(_ marker: String, before title: Int) -> Range<Int> {
        let from = max(0, title - marker.utf8.count - 24)
        let match = WordMatcher([marker]).matches(in: reading.bytes[from..<max(from, min(title, reading.bytes.count))])
            .last
        guard let match else { return title..<title }
        return from + match.range.lowerBound..<from + match.range.upperBound
    }
}
