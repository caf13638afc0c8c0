internal import DocketCore
internal import DocketText

/// REP-02: a periodic report that does not say what period it reports on.
struct StatedPeriod: Rule {
    let card = RuleCard(
        "REP-02", .error,
        finds: LocalizedText("定期報告未載明報告期間。", "A periodic report without the period it reports on."),
        remedy: LocalizedText("請於前言或標題載明報告期間。", "State the period in the title or the preamble."),
        silent: LocalizedText(
            "專案、事件或調查報告；標題或內文已有起訖日期、年度、季別或截止日期者。",
            "Reports on one event, project or survey; titles or texts with dates, a year, a quarter or a closing date.")
    )

    /// Words of a title that make a report periodic.
    private static let periodic = [
        "工作報告", "施政報告", "業務報告", "執行報告", "月報", "季報", "年報", "半年報", "統計報告", "progress report", "annual report",
    ]

    func findings(on reading: SourceReading) -> [Finding] {
        guard reading.source.kind == .report, let report = reading.structure.report, report.period == nil else {
            return []
        }
        let title = report.title?.text ?? reading.source.title
        guard Self.periodic.contains(where: { title.lowercased().contains($0) }),
            !reading.dates.contains(where: Self.isPeriod)
        else { return [] }
        let message = LocalizedText("未載明報告期間。", "The report does not state its period.")
        return [card.finding(at: report.title.map { reading.place($0) } ?? Finding.Place(), message)]
    }

    /// A year, half-year, quarter, a range, or 截至….
    private static func isPeriod(_ date: DateExpression) -> Bool {
        guard date.written.year != nil else { return false }
        return date.end != nil || date.bound == .until || [.year, .halfYear, .quarter].contains(date.precision)
    }
}

/// REP-03: a figure that an earlier report gave otherwise.
struct ChangedFigures: Rule {
    let card = RuleCard(
        "REP-03", .warning,
        finds: LocalizedText(
            "同一期間、同一指標之數字與前次報告不同，且未說明。",
            "A figure that an earlier report gives otherwise for the same measure and period, without explanation."),
        remedy: LocalizedText("請核對數字；確有修正者，請敘明原因。", "Check the figure; if it was revised, say why."),
        silent: LocalizedText(
            "期間不同或未載期間者；約數；同句敘明修正、更正或重新統計者；無前次報告者。",
            "Other periods, or none stated; approximate figures; figures whose sentence says that they were "
                + "revised; the first report."))

    private static let explanations = [
        "修正", "更正", "重新統計", "重新計算", "調整後", "誤植", "追溯", "revised", "restated", "corrected",
    ]

    func findings(on reading: SourceReading) -> [Finding] {
        guard let report = reading.structure.report, !reading.context.earlierStatistics.isEmpty else { return [] }
        let earlier = Dictionary(grouping: reading.context.earlierStatistics.compactMap { Metric($0) }, by: \.name)
        return report.statistics.compactMap { statistic in
            guard let metric = Metric(statistic), let before = earlier[metric.name],
                let first = before.first, !before.contains(where: { $0.value == metric.value }),
                !Self.explanations.contains(where: { reading.sentence(around: statistic.words.range).contains($0) })
            else { return nil }
            let message = LocalizedText(
                "前次報告為「\(first.words)」，本次為「\(metric.words)」。",
                "An earlier report says \(first.words), this one \(metric.words).")
            return card.finding(at: reading.place(statistic.words), message)
        }
    }

    /// One figure under the name of what it measures: subject, unit and period.
    private struct Metric {
        let name: String
        let value: Double
        let words: String

        init?(_ statistic: Statistic) {
            guard !statistic.isApproximate, statistic.upper == nil, let period = statistic.period?.iso,
                statistic.subject.count >= 4
            else { return nil }
            let subject = Folding.key(statistic.subject).filter { !$0.isWhitespace }
            name = [subject, statistic.unit, period, statistic.period?.isoEnd ?? ""].joined(separator: "|")
            value = statistic.value
            words = statistic.words.text
        }
    }
}

/// REP-04: a target that the report states and does not reach.
struct MissedTargets: Rule {
    let card = RuleCard(
        "REP-04", .information,
        finds: LocalizedText("所載實績未達所載目標值。", "A result below the target stated with it."),
        remedy: LocalizedText("請敘明未達原因及改善作法。", "Say why it was missed and what will be done."),
        silent: LocalizedText(
            "未載目標值者；以上限為目標（小於、以下）而未超過者；約數。",
            "Figures without a target; ceilings (小於, 以下) that are kept; approximate figures."))

    func findings(on reading: SourceReading) -> [Finding] {
        (reading.structure.report?.statistics ?? []).compactMap { statistic in
            guard let target = statistic.target, !statistic.isApproximate, statistic.upper == nil,
                statistic.targetIsCeiling ? statistic.value > target : statistic.value < target
            else { return nil }
            let number =
                Self.number(target)
                + (statistic.unit == "%" || statistic.words.text.hasSuffix("%") ? "%" : statistic.unit)
            let message = LocalizedText(
                "實績為「\(statistic.words.text)」，目標為 \(number)，未達目標。",
                "The result is \(statistic.words.text) against a target of \(number).")
            return card.finding(at: reading.place(statistic.words), message)
        }
    }

    /// 40, 97.5.
    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}

/// REP-05: a short form that stands before the words that define it.
struct DefinedTerms: Rule {
    let card = RuleCard(
        "REP-05", .warning,
        finds: LocalizedText("「以下簡稱」之簡稱，於界定前即已使用。", "A short form used before 以下簡稱 defines it."),
        remedy: LocalizedText(
            "請將界定移至首次出現處，或首次出現時用全稱。", "Move the definition to the first use, or write the full name there."),
        silent: LocalizedText(
            "標題、目次與頁首；全稱中所含之簡稱；本府、本處等自稱。",
            "Headings, tables of contents and running heads; short forms inside the full name; 本府, 本處 and the like."))

    func findings(on reading: SourceReading) -> [Finding] {
        let terms = (reading.structure.report?.definedTerms ?? []).filter {
            $0.term.text.count >= 2 && !Self.isSelf($0.term.text)
        }
        guard !terms.isEmpty else { return [] }
        // The full names are found too, so that a short form inside one is covered by it.
        let matcher = WordMatcher(terms.map(\.term.text) + terms.map(\.meaning).filter { $0.count >= 2 })
        var seen = Set<Int>()
        return matcher.matches(in: reading.bytes).compactMap { match in
            guard match.word < terms.count, seen.insert(match.word).inserted else { return nil }
            let term = terms[match.word]
            let definition = reading.clean.cleaned(term.term.range)
            guard match.range.upperBound <= definition.lowerBound, !isHeading(match.range, reading) else { return nil }
            let message = LocalizedText(
                "「\(term.term.text)」於界定前即已使用。", "\(term.term.text) is used before it is defined.")
            return card.finding(at: reading.place(clean: match.range), message)
        }
    }

    /// 本府, 本處, 本期: what everybody understands from the cover.
    private static func isSelf(_ term: String) -> Bool { term.hasPrefix("本") && term.count <= 3 }

    /// True for a line that is a heading: marked so, or short and without a full stop.
    private func isHeading(_ range: Range<Int>, _ reading: SourceReading) -> Bool {
        let place = reading.clean.original(range)
        let passage = reading.source.passages.first { $0.range.contains(place.lowerBound) }
        if passage?.kind == .heading { return true }
        let line = reading.line(around: range)
        return line.count <= 60 && !line.contains { "。；：，".contains($0) }
    }
}

/// REP-06: paragraphs that stand twice.
struct RepeatedBlocks: Rule {
    let card = RuleCard(
        "REP-06", .information,
        finds: LocalizedText(
            "段落重複出現，可能為轉檔所致：逾四十字之單一段落，或連續數段。",
            "The same text twice, perhaps an artefact of conversion: one paragraph of more than forty characters, "
                + "or several in a row."),
        remedy: LocalizedText("請核對原件；重複匯入者請重新匯入。", "Compare with the original; read it in again if it was doubled."),
        silent: LocalizedText(
            "單獨重複之短段落，如「會議結論：備查。」；表格列；逐字稿；案卷目錄紀錄。",
            "Short paragraphs that repeat alone, such as 會議結論：備查。; rows of tables; transcripts; catalogue records."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard !reading.source.isSpeech, reading.source.kind != .record else { return [] }
        return Self.repetitions(in: reading.clean.text).map { block in
            let message = LocalizedText("本段與前文重複。", "This repeats an earlier passage.")
            return card.finding(at: reading.place(clean: [block.again, block.first]), message)
        }
    }

    /// A block and where it stood first.
    private struct Block {
        var again: Range<Int>
        var first: Range<Int>
        var lines: Int
        var characters: Int

        /// Long enough to be no formula of the house.
        var counts: Bool { characters > 40 || (lines >= 2 && characters >= 24) }
    }

    /// Runs of lines that follow each other as they did before.
    private static func repetitions(in text: String) -> [Block] {
        var seen: [String: (line: Int, range: Range<Int>)] = [:]
        var blocks: [Block] = []
        var last: (line: Int, first: Int) = (-2, -2)
        var start = 0
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let range = start..<start + line.utf8.count
            start = range.upperBound + 1
            let key = line.filter { !$0.isWhitespace }
            guard key.count >= 8, !isTableRow(line) else { continue }
            guard let earlier = seen[key] else {
                seen[key] = (number, range)
                continue
            }
            if number == last.line + 1, earlier.line == last.first + 1, let block = blocks.indices.last {
                blocks[block].again = blocks[block].again.lowerBound..<range.upperBound
                blocks[block].first = blocks[block].first.lowerBound..<earlier.range.upperBound
                blocks[block].lines += 1
                blocks[block].characters += key.count
            } else {
                blocks.append(Block(again: range, first: earlier.range, lines: 1, characters: key.count))
            }
            last = (number, earlier.line)
        }
        return blocks.filter(\.counts)
    }

    /// A line of a table: bars or tabs between cells.
    private static func isTableRow(_ line: Substring) -> Bool {
        line.contains("\t") || line.reduce(0) { $1 == "|" ? $0 + 1 : $0 } >= 2
    }
}

extension SourceReading {
    /// The sentence of the cleaned text around a range of the source, at most 600 bytes.
    func sentence(around range: Range<Int>) -> String {
        let place = clean.cleaned(range)
        let before = words(boundary(place.lowerBound - 300)..<place.lowerBound)
        let after = words(place.upperBound..<boundary(place.upperBound + 300))
        let head = before.split(omittingEmptySubsequences: false) { "。；\n".contains($0) }.last ?? ""
        return head + words(place) + after.prefix { !"。；\n".contains($0) }
    }

    /// The line of the cleaned text around a range of it, at most 600 bytes.
    func line(around range: Range<Int>) -> String {
        let before = words(boundary(range.lowerBound - 300)..<range.lowerBound)
        let after = words(range.upperBound..<boundary(range.upperBound + 300))
        return (before.split(separator: "\n", omittingEmptySubsequences: false).last ?? "") + words(range)
            + after.prefix { $0 != "\n" }
    }

    /// The nearest character boundary at or after an offset of the cleaned text, clamped to it.
    private func boundary(_ offset: Int) -> Int {
        var offset = min(max(0, offset), bytes.count)
        while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        return offset
    }
}
