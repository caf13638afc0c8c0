import DocketCore
import DocketText

/// Reads work reports and plans: cover, period, defined terms, figures.
struct ReportReader {
    let work: WorkingText
    let lines: [TextLine]
    let tables: [Table]
    let anchor: String?
    let directory: PersonDirectory

    func report() -> ReportStructure {
        let body = bodyLines()
        var report = ReportStructure()
        fillCover(&report)
        report.definedTerms = DefinedTermReader(work: work).terms(in: body.map(\.range))
        var dates = DateFinder(anchor: anchor.flatMap(CalendarDate.init(iso:)))
        report.period = period(in: body, terms: report.definedTerms, dates: dates)
        if let span = Self.span(report.period) {
            dates.period = span
            dates.aliases = ["本期": span]
            for term in report.definedTerms where term.term.text.hasPrefix("本") { dates.aliases[term.term.text] = span }
        }
        let reader = StatisticReader(work: work, dates: dates, period: report.period)
        report.statistics = reader.statistics(of: body.map(\.body), tables: tables)
        return report
    }

    /// Lines that are neither contents nor tables.
    private func bodyLines() -> [TextLine] {
        var contents = ContentsList()
        return lines.filter { line in
            if line.isTable { return false }
            return !contents.takes(line, in: work.text)
        }
    }

    // MARK: Cover

    private static let titleWords: [Needle] = [
        "工作報告", "施政報告", "業務報告", "施政計畫", "年度計畫", "工作計畫", "施政重點", "成果報告", "執行報告", "檢討報告", "報告", "計畫",
        "Report", "report", "Plan", "plan",
    ]

    private func fillCover(_ report: inout ReportStructure) {
        var contents = ContentsList()
        let dates = DateFinder()
        for line in lines.prefix(16) {
            if line.marker != nil || contents.takes(line, in: work.text) { break }
            let range = line.body
            let words = work.text.words(range)
            if report.session == nil, words.contains("屆"), words.contains("次"), words.contains("會") {
                report.session = work.words(range)
            } else if report.reporter == nil,
                let hit = LabelTable.hit(in: work.text, at: range.lowerBound, before: range.upperBound),
                hit.label == .sponsor
            {
                report.reporter = reporter(work.text.trimmed(hit.range.upperBound..<range.upperBound))
            } else if report.title == nil, range.count < 240,
                Self.titleWords.contains(where: { work.text.first($0, in: range) != nil })
            {
                report.title = work.words(range)
                report.issuer = issuer(words)
            } else if report.date == nil, range.count < 80, let date = dates.expressions(in: words).first,
                date.start != nil, date.range.count * 2 > words.utf8.count
            {
                report.date = dates.dated(date) { local in
                    work.original(local.lowerBound + range.lowerBound..<local.upperBound + range.lowerBound)
                }
            }
        }
    }

    private func reporter(_ range: Range<Int>) -> PersonMention? {
        let phrases = PersonPhraseReader(directory: directory)
        guard let parts = phrases.parts(of: work.text.words(range), inList: true) else { return nil }
        return directory.resolve(parts, words: work.words(range))
    }

    /// The agency that a title begins with: 臺北市政府秘書處 工作報告, 秘書處115年度施政計畫.
    private func issuer(_ title: String) -> String? {
        let head = title.prefix { !$0.isNumber && !$0.isWhitespace && $0 != "\u{3000}" }
        let scalars = Array(head.unicodeScalars)
        var best: String?
        for end in directory.agencyEnds(scalars + ["　"]) where end > 1 && end <= scalars.count {
            let words = String(scalars: scalars[..<end])
            let isStrong = AgencyWord.strongEndings.contains(scalars[end - 1].value) || words.hasSuffix("會")
            if directory.isListed(words) || isStrong { best = words }
        }
        return best
    }

    // MARK: Period

    /// The range of dates that 以下簡稱本期 defines, else the first range of dates, else a half-year or year in the title.
    private func period(in body: [TextLine], terms: [DefinedTerm], dates: DateFinder) -> DatedWords? {
        for line in body {
            let words = work.text.words(line.range)
            guard words.contains("以下簡稱本") || words.contains("以下簡稱「本") || words.contains("reporting period") else {
                continue
            }
            if let found = range(in: words, at: line.range.lowerBound, dates) { return found }
        }
        for line in body.prefix(60) {
            let words = work.text.words(line.range)
            if words.contains("期間") || words.contains("至"),
                let found = range(in: words, at: line.range.lowerBound, dates)
            {
                return found
            }
        }
        return coverPeriod(dates)
    }

    private func range(in words: String, at base: Int, _ dates: DateFinder) -> DatedWords? {
        let found = dates.expressions(in: words).first { expression in
            guard let start = expression.start, let end = expression.end else { return false }
            return start < end && (start.day != nil || start.month != nil) && expression.time == nil
        }
        return found.map { expression in
            dates.dated(expression) { work.original($0.lowerBound + base..<$0.upperBound + base) }
        }
    }

    /// 110 年下半年, 115年度 in the first lines or headings.
    private func coverPeriod(_ dates: DateFinder) -> DatedWords? {
        for line in lines.prefix(40) where !line.isTable {
            let words = work.text.words(line.range)
            guard words.contains("半年") || words.contains("年度") || words.contains("季") else { continue }
            let found = dates.expressions(in: words).first {
                [.halfYear, .quarter, .year].contains($0.precision) && $0.start != nil
            }
            guard let expression = found, let start = expression.start else { continue }
            let last = (expression.end ?? start).lastDay
            return DatedWords(
                words: Words(
                    expression.words,
                    at: work.original(
                        expression.range.lowerBound + line.range.lowerBound..<expression.range.upperBound
                            + line.range.lowerBound)),
                iso: start.firstDay.iso, isoEnd: last.iso)
        }
        return nil
    }

    private static func span(_ period: DatedWords?) -> ClosedRange<CalendarDate>? {
        guard let period, let start = period.iso.flatMap(CalendarDate.init(iso:))?.firstDay,
            let end = (period.isoEnd ?? period.iso).flatMap(CalendarDate.init(iso:))?.lastDay, start <= end
        else { return nil }
        return start...end
    }
}

/// Finds terms that a document defines for itself: …（以下簡稱本期）.
struct DefinedTermReader {
    let work: WorkingText

    private static let openings: [Needle] = ["以下簡稱", "以下稱", "下稱", "簡稱", "hereinafter ", "hereafter ", "the \""]

    func terms(in ranges: [Range<Int>]) -> [DefinedTerm] { ranges.flatMap(terms(in:)) }

    private func terms(in range: Range<Int>) -> [DefinedTerm] {
        let text = work.text
        var terms: [DefinedTerm] = []
        var offset = range.lowerBound
        while let next = text.scalar(at: offset, before: range.upperBound) {
            defer { offset = max(offset, next.next) }
            guard Bracket.opening.contains(next.value),
                let opening = Self.openings.first(where: { text.has($0, at: next.next, before: range.upperBound) })
            else { continue }
            let start = next.next + opening.bytes.count
            var end = start
            while let inner = text.scalar(at: end, before: min(range.upperBound, start + 150)),
                !Bracket.closing.contains(inner.value)
            {
                end = inner.next
            }
            let term = unquoted(text.trimmed(start..<end))
            guard !term.isEmpty, term.count < 90 else { continue }
            terms.append(DefinedTerm(term: work.words(term), meaning: meaning(before: offset, from: range.lowerBound)))
            offset = end
        }
        return terms
    }

    private func unquoted(_ range: Range<Int>) -> Range<Int> {
        var range = range
        let quotes: Set<UInt32> = [0x300C, 0x300D, 0x22, 0x201C, 0x201D, 0xFF1A, 0x3A]
        while let first = work.text.scalar(at: range.lowerBound, before: range.upperBound), quotes.contains(first.value)
        {
            range = first.next..<range.upperBound
        }
        while let last = work.text.scalar(endingAt: range.upperBound, after: range.lowerBound),
            quotes.contains(last.value)
        {
            range = range.lowerBound..<last.start
        }
        return range
    }

    /// The words of the clause before the bracket.
    private func meaning(before end: Int, from start: Int) -> String {
        var offset = end
        while let previous = work.text.scalar(endingAt: offset, after: max(start, end - 240)),
            !Stop.sentence.contains(previous.value), previous.value != 0xFF0C, previous.value != 0x2C
        {
            offset = previous.start
        }
        return work.words(offset..<end).text
    }
}
