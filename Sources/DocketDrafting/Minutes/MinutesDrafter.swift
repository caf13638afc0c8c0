internal import DocketCore

/// Minutes in the house form, from a transcript, its agenda and what else is known.
///
/// The agenda gives the outline, verbatim. Under each item stand what was said, condensed a speaker, and what the chair
/// ruled, in written register. What no source gives stays empty with its reason.
struct MinutesDrafter {
    let request: DraftRequest
    let facts: MinutesFacts
    let talk: Talk
    let book: SpeakerBook
    var page = DraftPage()

    init(_ request: DraftRequest, facts: MinutesFacts) {
        self.request = request
        self.facts = facts
        talk = Talk(request.source)
        book = SpeakerBook(talk, facts: facts)
    }

    /// The finished draft.
    func draft(engine: EngineIdentity) -> Draft {
        var drafter = self
        let header = MinutesHeader(request: request, facts: facts, talk: talk, book: book)
        let title = header.write(to: &drafter.page)
        drafter.writeBody()
        header.writeClosing(to: &drafter.page)
        drafter.noteReasons()
        let papers = [facts.agenda?.document, facts.attendance?.document].compactMap { $0 }
        let sources = [request.source] + papers
        return Draft(
            id: request.id, kind: .minutes, title: title, language: talk.isChinese ? "zh-Hant" : "en",
            sources: sources.map(\.id),
            classification: sources.map(\.classification).max() ?? request.source.classification,
            scope: request.source.scope, blocks: drafter.page.blocks,
            coverage: drafter.page.coverage(of: request.source, otherwise: .offTopic), engine: engine,
            createdAt: request.createdAt)
    }

    private var form: MinutesForm { MinutesForm(isChinese: talk.isChinese, series: facts.series) }

    // MARK: - Body

    private mutating func writeBody() {
        guard let agenda = facts.agenda, !agenda.structure.sections.isEmpty || !agenda.structure.items.isEmpty else {
            writeTopics()
            return
        }
        let structure = agenda.structure
        var written = Set<String>()
        for section in structure.sections where section.title.text != form.adjournment {
            let items = structure.items.filter { $0.path.hasPrefix(section.path + ".") }
            let own = structure.items.first { $0.path == section.path }
            writeSection(section, agenda.document)
            written.insert(section.path)
            let hasMotions = request.segments.contains { $0.path?.hasPrefix(section.path + ".") ?? false }
            if items.isEmpty, !hasMotions {
                writeItem(path: section.path, kind: own?.kind ?? section.kind, title: section.title.text, sponsor: nil)
            }
            for item in items {
                written.insert(item.path)
                writeTitle(item, agenda.document)
                writeItem(path: item.path, kind: item.kind, title: item.title.text, sponsor: item.sponsor)
            }
            writeUnlisted(under: section, known: Set(items.map(\.path)), written: &written)
        }
        for item in structure.items where !written.contains(item.path) {
            writeTitle(item, agenda.document)
            writeItem(path: item.path, kind: item.kind, title: item.title.text, sponsor: item.sponsor)
        }
    }

    private mutating func writeSection(_ section: MeetingSection, _ agenda: SourceDocument) {
        let title = form.title(section: section.title.text)
        let claim = page.claim(
            title, agenda, [section.title.range], title == section.title.text ? .verbatim : .condensed)
        page.add(
            DraftBlock(
                kind: .heading, level: 2, label: form.marker(section: section.path), path: section.path, claims: [claim]
            ))
    }

    private mutating func writeTitle(_ item: AgendaItem, _ agenda: SourceDocument) {
        let range = Self.titleRange(item, agenda)
        let title = form.title(item: item.title.text) + (item.sponsor.map { form.sponsor($0) } ?? "")
        let claim = page.claim(title, agenda, [range], .verbatim)
        page.add(
            DraftBlock(
                kind: .itemTitle, level: 3, label: form.marker(item: item.path), path: item.path, claims: [claim]))
        for detail in item.details where detail.label != "案由" || detail.text.text != item.title.text {
            let claim = page.claim(detail.text.text, agenda, [detail.text.range], .verbatim)
            page.add(DraftBlock(kind: .paragraph, label: detail.label, path: item.path, claims: [claim]))
        }
    }

    /// The title with the sponsor behind it: from the title's first byte to the end of its passage.
    private static func titleRange(_ item: AgendaItem, _ agenda: SourceDocument) -> Range<Int> {
        guard item.sponsor != nil, let passage = agenda.passages.first(where: { $0.range.contains(item.title.start) })
        else {
            return item.title.range
        }
        return item.title.start..<max(item.title.end, passage.end)
    }

    /// Motions that the transcript has and the agenda has not: segments under a section with a path of their own.
    private mutating func writeUnlisted(under section: MeetingSection, known: Set<String>, written: inout Set<String>) {
        for segment in request.segments {
            guard let path = segment.path, path.hasPrefix(section.path + "."), !known.contains(path),
                written.insert(path).inserted
            else { continue }
            writeTopicTitle(segment, label: form.marker(item: path), path: path)
            writeItem(path: path, kind: section.kind, title: segment.title ?? "", sponsor: nil)
        }
    }

    /// Without an agenda each segment is a topic of its own.
    private mutating func writeTopics() {
        let segments =
            request.segments.isEmpty
            ? [Segment(number: 0, kind: .topic, passages: 0...max(0, request.source.passages.count - 1))]
            : request.segments
        var number = 0
        for segment in segments where segment.kind != .preamble && segment.kind != .epilogue {
            number += 1
            let path = segment.path ?? String(number)
            writeTopicTitle(segment, label: form.marker(topic: number), path: path)
            writeItem(talk(of: [segment]), path: path, kind: .other, sponsor: nil)
        }
    }

    private mutating func writeTopicTitle(_ segment: Segment, label: String, path: String) {
        let part = talk(of: [segment])
        let opening = segment.title == nil ? TopicOpening(book: book).find(in: part) : nil
        let first = part.utterances.first.map { (range: $0.start..<$0.start + $0.text.utf8.count, passage: $0.passage) }
        let title = segment.title ?? opening?.text ?? TitleMaker().title(of: part)
        if let place = opening.map({ (range: $0.range, passage: $0.passage) }) ?? first {
            page.use(place.passage, .condensed)
            let claim = page.claim(title, request.source, [place.range], .condensed)
            page.add(DraftBlock(kind: .itemTitle, level: 3, label: label, path: path, claims: [claim]))
        }
    }

    // MARK: - One item

    private func talk(of segments: [Segment]) -> Talk {
        let passages = Set(segments.flatMap(\.passages))
        return talk.selecting(talk.utterances.indices.filter { passages.contains(talk.utterances[$0].passage) })
    }

    private mutating func writeItem(path: String, kind: AgendaItem.Kind, title: String, sponsor: String?) {
        let segments = request.segments.filter { $0.path == path }
        guard !segments.isEmpty else {
            page.add(
                DraftBlock(
                    kind: .conclusion, label: form.outcomeLabel(kind), path: path, emptyReason: MinutesForm.notSpokenOf)
            )
            return
        }
        writeItem(talk(of: segments), path: path, kind: kind, sponsor: sponsor)
    }

    private mutating func writeItem(_ part: Talk, path: String, kind: AgendaItem.Kind, sponsor: String?) {
        let outcome =
            talk.isChinese
            ? ConclusionFinder(book: book, isPrevious: kind == .readPrevious).conclusions(in: part)
            : EnglishOutcomes(book: book).conclusions(in: part)
        let ruled = Set(outcome.flatMap(\.passages))
        if kind != .general, kind != .readPrevious {
            writeStatements(part, path: path, sponsor: sponsor, ruled: ruled)
        }
        for passage in ruled { page.use(passage, .condensed) }
        write(outcome, path: path, kind: kind, part: part)
        let reasons = SetAsideReasons(isChinese: talk.isChinese)
        for utterance in part.utterances {
            page.setAside(
                utterance.passage, reasons.reason(utterance.text, kind: utterance.kind, fallback: .belowLength))
        }
    }

    private mutating func writeStatements(_ part: Talk, path: String, sponsor: String?, ruled: Set<Int>) {
        let statements =
            talk.isChinese
            ? StatementCondenser(book: book).statements(in: part, presenting: sponsor, ruled: ruled)
            : EnglishStatements(book: book).statements(in: part)
        for statement in statements {
            let claims = statement.sentences.map { sentence in
                for passage in sentence.passages { page.use(passage, .condensed) }
                return page.claim(sentence.text, request.source, sentence.ranges, .condensed)
            }
            page.add(
                DraftBlock(kind: .statement, label: statement.speaker + statement.verb, path: path, claims: claims))
        }
    }

    private mutating func write(_ outcome: [ConclusionFinder.Found], path: String, kind: AgendaItem.Kind, part: Talk) {
        let label = form.outcomeLabel(kind)
        guard !outcome.isEmpty else {
            let reason = kind == .adHoc ? MinutesForm.noMotion : MinutesForm.noRuling
            page.add(DraftBlock(kind: .conclusion, label: label, path: path, emptyReason: reason))
            return
        }
        let numbered = outcome.count > 1 || kind == .general
        let tasks = outcome.filter(\.isTask)
        if !tasks.isEmpty {
            write(outcome.filter { !$0.isTask }, label: label, path: path, numbered: outcome.count - tasks.count > 1)
            write(tasks, label: form.taskLabel, path: path, numbered: tasks.count > 1)
            return
        }
        write(outcome, label: label, path: path, numbered: numbered, isGeneral: kind == .general)
    }

    /// Conclusions under their label: one behind it, several numbered below it; general ones are numbered without it.
    private mutating func write(
        _ outcome: [ConclusionFinder.Found], label: String, path: String, numbered: Bool, isGeneral: Bool = false
    ) {
        if numbered, !isGeneral { page.add(DraftBlock(kind: .conclusion, label: label, path: path)) }
        for (index, conclusion) in outcome.enumerated() {
            let claim = page.claim(conclusion.text, request.source, conclusion.ranges, .condensed)
            let marker = numbered ? form.marker(conclusion: index + 1, isGeneral: isGeneral) : label
            page.add(DraftBlock(kind: .conclusion, level: numbered ? 1 : 0, label: marker, path: path, claims: [claim]))
        }
    }

    /// Why the passages outside every item are not in the draft.
    private mutating func noteReasons() {
        let reasons = SetAsideReasons(isChinese: talk.isChinese)
        for utterance in talk.utterances {
            page.setAside(utterance.passage, reasons.reason(utterance.text, kind: utterance.kind, fallback: .procedure))
        }
    }
}
