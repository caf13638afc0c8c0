import DocketCore
import DocketText

/// Minutes, agendas and attendance lists: header, body, notes, closing.
struct MinutesParser {
    let work: WorkingText
    let lines: [TextLine]
    let tables: [Table]
    let directory: PersonDirectory
    let series: [MeetingSeries]
    let zone: String

    /// Everything that the source says of its meeting.
    func minutes(anchor: CalendarDate?) -> MinutesStructure {
        let original = ByteText(work.source.text)
        let bodyStart = BodyFinder(work: work, directory: directory).start(lines)
        let headerEnd = bodyStart < lines.count ? work.original(lines[bodyStart].range).lowerBound : original.count
        let header = MinutesHeader(original, upTo: headerEnd)
        var dates = DateFinder(anchor: anchor, zone: zone)
        var times = MeetingTimes(dates)
        for words in header.timeWords { times.readField(words) }
        dates.anchor = times.day ?? anchor
        times = MeetingTimes(dates)
        for words in header.timeWords { times.readField(words) }

        var known = directory
        var head = HeaderReader(header: header, text: original, directory: directory, series: series)
        head.read(tables: tables, isList: work.source.kind == .attendance, remembering: &known)
        let body = Array(lines[min(bodyStart, lines.count)...])
        var (minutes, closing) = readBody(body, dates: dates, directory: known)
        head.fill(&minutes)
        minutes.start = times.start
        minutes.end = times.end
        if let closing {
            times.readClosing(work.text.words(closing)) { local in
                work.original(closing.lowerBound + local.lowerBound..<closing.lowerBound + local.upperBound)
            }
            minutes.end = times.end
        }
        finish(&minutes, dates: dates)
        return minutes
    }

    // MARK: Body

    /// What the body holds, and the working range of its closing line.
    private func readBody(
        _ body: [TextLine], dates: DateFinder, directory: PersonDirectory
    ) -> (minutes: MinutesStructure, closing: Range<Int>?) {
        let phrases = PersonPhraseReader(directory: directory)
        let cutter = PieceCutter(text: work.text, speakers: SpeakerReader(phrases: phrases))
        let pieces = cutter.pieces(of: body)
        let reader = ConclusionReader(
            work: work, dates: dates,
            addressees: AddresseeReader(text: work.text, directory: directory, phrases: phrases))
        var builder = MinutesBuilder(
            work: work, reader: reader, directory: directory, levels: SectionLevels(pieces, in: work.text))
        if let label = bareLabel(pieces) { builder.beginConclusions(label) }
        builder.build(pieces)
        var minutes = builder.minutes
        minutes.closing = builder.closing.map(work.words)
        let tracking = TrackingReader(work: work)
        for (conclusion, range) in zip(minutes.conclusions, builder.conclusionRanges) {
            let found = tracking.actions(in: range, path: conclusion.path, counts: minutes.declaredCounts.count)
            minutes.trackingActions += found.actions
            minutes.declaredCounts += found.counts
        }
        let notes = NoteReader(work: work, dates: dates)
        minutes.corrections = builder.notes.compactMap(notes.correction)
        minutes.corrections += zip(minutes.conclusions, builder.conclusionRanges).compactMap { conclusion, range in
            earlierCorrection(conclusion, range, notes)
        }
        return (minutes, builder.closing)
    }

    /// 會議結論 in the title of a paper that is nothing but a numbered list of conclusions; nil for other papers.
    private func bareLabel(_ pieces: [Piece]) -> String? {
        guard work.source.kind == .minutes, let first = pieces.first, first.marker != nil,
            !pieces.contains(where: {
                $0.label?.label == .outcome || $0.speaker != nil || $0.marker?.level.rawValue == 1
            })
        else { return nil }
        let head = work.text.words(0..<first.start).trimmingBlanks
        let labels = ["會議結論", "結論", "會議決議", "決議", "裁示事項", "裁示", "Conclusions", "Decisions"]
        return labels.first { head.hasSuffix($0) || head.hasSuffix($0 + "：") }
    }

    /// 第63次會議紀錄…第二項「甲」修正為「乙」 in a conclusion corrects the minutes it names.
    private func earlierCorrection(_ conclusion: Conclusion, _ range: Range<Int>, _ notes: NoteReader) -> Correction? {
        guard conclusion.text.text.contains("紀錄"), var correction = notes.correction(in: range) else { return nil }
        correction.ofMeeting = correction.byMeeting
        correction.byMeeting = nil
        correction.on = nil
        return correction.ofMeeting == nil ? nil : correction
    }

    // MARK: What needs the whole

    private func finish(_ minutes: inout MinutesStructure, dates: DateFinder) {
        readPrevious(&minutes, dates: dates)
        openTracking(&minutes)
        locateCorrections(&minutes)
        addActionTables(to: &minutes, dates: dates)
    }

    /// Ordinal and date of the previous meeting: from the title of the item that reads its minutes, else from its outcome.
    private func readPrevious(_ minutes: inout MinutesStructure, dates: DateFinder) {
        guard let item = minutes.items.first(where: { $0.kind == .readPrevious }) else { return }
        let outcome = minutes.conclusions.first { $0.itemPath == item.path }?.text
        let sources = [item.title, outcome].compactMap { $0 } + item.details.map(\.text)
        for words in sources {
            if minutes.previousOrdinal == nil {
                minutes.previousOrdinal =
                    MinutesTitle.ordinal(in: words.text)?.number
                    ?? MinutesTitle.englishOrdinal(in: words.text)
            }
            if minutes.previousDate == nil,
                let date = dates.expressions(in: words.text).first(where: { $0.start?.day != nil })
            {
                minutes.previousDate = dates.dated(date) { _ in words.range }
            }
        }
        // Only a meeting before this one is the previous one.
        if let ordinal = minutes.ordinal, let previous = minutes.previousOrdinal, previous >= ordinal,
            sources.contains(where: { $0.text.contains("修正") })
        {
            minutes.previousOrdinal = nil
        }
    }

    /// Conclusions that put themselves under tracking get the meeting's next numbers, as proposals.
    private func openTracking(_ minutes: inout MinutesStructure) {
        guard let ordinal = minutes.ordinal else { return }
        var number = 0
        for conclusion in minutes.conclusions {
            guard let words = conclusion.opensTracking else { continue }
            number += 1
            minutes.trackingActions.append(
                TrackingAction(
                    reference: "\(ordinal)-\(number)", words: words, action: .open, conclusionPath: conclusion.path,
                    isNumberProposed: true))
        }
    }

    /// Looks each correction of these minutes up in the conclusion or item it names.
    private func locateCorrections(_ minutes: inout MinutesStructure) {
        guard !minutes.corrections.isEmpty else { return }
        let conclusions = Dictionary(grouping: minutes.conclusions, by: \.path)
        let items = Dictionary(minutes.items.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        for index in minutes.corrections.indices {
            let correction = minutes.corrections[index]
            guard correction.ofMeeting == nil || correction.ofMeeting == minutes.ordinal,
                let target = correction.target
            else { continue }
            var bodies = (conclusions[target] ?? []).map(\.text.text)
            if bodies.isEmpty, let item = items[target] { bodies = body(of: item).map { [$0] } ?? [] }
            minutes.corrections[index].targetFound = !bodies.isEmpty
            minutes.corrections[index].bodyStillHasFrom = bodies.contains { $0.contains(correction.from) }
        }
    }

    private func body(of item: AgendaItem) -> String? {
        let passages = work.source.passages
        guard passages.indices.contains(item.firstPassage), passages.indices.contains(item.lastPassage) else {
            return nil
        }
        return work.text.words(work.working(passages[item.firstPassage].start..<passages[item.lastPassage].end))
    }

    /// Tables with columns for the task, its owner and its date are lists of conclusions.
    private func addActionTables(to minutes: inout MinutesStructure, dates: DateFinder) {
        let reader = ActionTableReader(work: work, dates: dates, directory: directory)
        for table in tables {
            let known = minutes.conclusions.count
            minutes.conclusions += reader.conclusions(of: table, after: known)
        }
    }
}

/// Where the header ends and the body begins.
struct BodyFinder {
    let work: WorkingText
    let directory: PersonDirectory

    /// Index of the first line of the body.
    func start(_ lines: [TextLine]) -> Int {
        let speakers = SpeakerReader(phrases: PersonPhraseReader(directory: directory))
        var field: Label?
        for (index, line) in lines.enumerated() {
            if let hit = headerLabel(line) {
                field = hit
                continue
            }
            if line.isTable { continue }
            if field?.listsPeople == true, line.marker.map({ $0.level.rawValue >= 3 }) ?? false, isPerson(line) {
                continue
            }
            if work.source.kind != .attendance, isBody(line, first: index == 0, speakers) { return index }
        }
        return lines.count
    }

    private func headerLabel(_ line: TextLine) -> Label? {
        for start in [line.body.lowerBound, line.range.lowerBound] {
            if let hit = LabelTable.hit(in: work.text, at: start, before: line.range.upperBound), hit.label.isHeader {
                return hit.label
            }
        }
        return nil
    }

    private func isPerson(_ line: TextLine) -> Bool {
        PersonPhraseReader(directory: directory).parts(of: work.text.words(work.text.trimmed(line.body)), inList: true)
            != nil
    }

    private func isBody(_ line: TextLine, first: Bool, _ speakers: SpeakerReader) -> Bool {
        if let marker = line.marker { return !first || marker.level.rawValue <= 2 }
        if line.heading != nil { return !first && line.heading != 1 }
        if let hit = LabelTable.hit(in: work.text, at: line.body.lowerBound, before: line.body.upperBound) {
            return !hit.label.isHeader
        }
        if ClosingLine.matches(work.text, line.range) { return true }
        if line.range.count < 90, SectionTitle.isBare(work.text.words(line.range)) { return true }
        return speakers.hit(in: work.text, line.body).map { !$0.verb.isEmpty } ?? false
    }
}
