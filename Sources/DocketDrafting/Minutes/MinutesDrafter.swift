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
        let title = drafter.writeHeader()
        for entry in plan() { drafter.write(entry) }
        return drafter.finished(title: title, engine: engine)
    }

    /// Title and header fields; gives the title.
    mutating func writeHeader() -> String { header.write(to: &page) }

    /// Closing line, reasons and ledger around what was written.
    func finished(title: String, engine: EngineIdentity) -> Draft {
        var drafter = self
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

    private var header: MinutesHeader { MinutesHeader(request: request, facts: facts, talk: talk, book: book) }

    var form: MinutesForm { MinutesForm(isChinese: talk.isChinese, series: facts.series) }

    // MARK: - Plan

    /// What the body is made of, in page order.
    func plan() -> [MinutesEntry] {
        guard let agenda = facts.agenda, !agenda.structure.sections.isEmpty || !agenda.structure.items.isEmpty else {
            return topics()
        }
        let structure = agenda.structure
        var written = Set<String>()
        var entries: [MinutesEntry] = []
        for section in structure.sections where section.title.text != form.adjournment {
            let items = structure.items.filter { $0.path.hasPrefix(section.path + ".") }
            let own = structure.items.first { $0.path == section.path }
            entries.append(.section(section))
            written.insert(section.path)
            let hasMotions = request.segments.contains { $0.path?.hasPrefix(section.path + ".") ?? false }
            if items.isEmpty, !hasMotions {
                entries.append(
                    .item(item(section.path, own?.kind ?? section.kind, title: section.title.text, sponsor: nil)))
            }
            for item in items {
                written.insert(item.path)
                entries += listed(item)
            }
            entries += unlisted(under: section, known: Set(items.map(\.path)), written: &written)
        }
        for item in structure.items where !written.contains(item.path) { entries += listed(item) }
        return entries
    }

    private func listed(_ item: AgendaItem) -> [MinutesEntry] {
        [.title(item), .item(self.item(item.path, item.kind, title: item.title.text, sponsor: item.sponsor))]
    }

    /// Motions that the transcript has and the agenda has not: segments under a section with a path of their own.
    private func unlisted(
        under section: MeetingSection, known: Set<String>, written: inout Set<String>
    ) -> [MinutesEntry] {
        request.segments.flatMap { segment -> [MinutesEntry] in
            guard let path = segment.path, path.hasPrefix(section.path + "."), !known.contains(path),
                written.insert(path).inserted
            else { return [] }
            let matter = item(path, section.kind, title: segment.title ?? "", sponsor: nil)
            return [.topic(MinutesTopic(segment: segment, label: form.marker(item: path), path: path)), .item(matter)]
        }
    }

    /// Without an agenda each segment is a topic of its own.
    private func topics() -> [MinutesEntry] {
        let segments =
            request.segments.isEmpty
            ? [Segment(number: 0, kind: .topic, passages: 0...max(0, request.source.passages.count - 1))]
            : request.segments
        let spoken = segments.filter { $0.kind != .preamble && $0.kind != .epilogue }
        return spoken.enumerated().flatMap { index, segment -> [MinutesEntry] in
            let path = segment.path ?? String(index + 1)
            let matter = MinutesMatter(
                path: path, kind: .other, title: segment.title ?? "", sponsor: nil, part: talk(of: [segment]))
            return [
                .topic(MinutesTopic(segment: segment, label: form.marker(topic: index + 1), path: path)), .item(matter),
            ]
        }
    }

    private func item(_ path: String, _ kind: AgendaItem.Kind, title: String, sponsor: String?) -> MinutesMatter {
        let segments = request.segments.filter { $0.path == path }
        return MinutesMatter(
            path: path, kind: kind, title: title, sponsor: sponsor, part: segments.isEmpty ? nil : talk(of: segments))
    }

    /// What was said in some segments.
    func talk(of segments: [Segment]) -> Talk {
        let passages = Set(segments.flatMap(\.passages))
        return talk.selecting(talk.utterances.indices.filter { passages.contains(talk.utterances[$0].passage) })
    }

    // MARK: - Body

    /// Writes one entry; `text` is what an engine wrote of an item or as the title of a topic, else the rules write it.
    mutating func write(_ entry: MinutesEntry, text: MinutesItemText? = nil) {
        switch entry {
        case .section(let section): if let agenda = facts.agenda { writeSection(section, agenda.document) }
        case .title(let item): if let agenda = facts.agenda { writeTitle(item, agenda.document) }
        case .topic(let topic): writeTopicTitle(topic, written: text?.title)
        case .item(let matter): writeItem(matter, text)
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

    private mutating func writeTopicTitle(_ topic: MinutesTopic, written: MinutesItemText.Title?) {
        let title = written ?? self.title(of: topic)
        guard let title else { return }
        for passage in title.passages { page.use(passage, .condensed) }
        let claim = page.claim(title.text, request.source, title.ranges, title.derivation)
        page.add(DraftBlock(kind: .itemTitle, level: 3, label: topic.label, path: topic.path, claims: [claim]))
    }

    /// The title of a topic by rule.
    func title(of topic: MinutesTopic) -> MinutesItemText.Title? {
        let part = talk(of: [topic.segment])
        let opening = topic.segment.title == nil ? TopicOpening(book: book).find(in: part) : nil
        let first = part.utterances.first.map { (range: $0.start..<$0.start + $0.text.utf8.count, passage: $0.passage) }
        guard let place = opening.map({ (range: $0.range, passage: $0.passage) }) ?? first else { return nil }
        return MinutesItemText.Title(
            text: topic.segment.title ?? opening?.text ?? TitleMaker().title(of: part), ranges: [place.range],
            passages: [place.passage], derivation: .condensed)
    }

    // MARK: - One item

    /// What the rules find to have been ruled on a matter.
    func rulings(on matter: MinutesMatter, in part: Talk) -> [ConclusionFinder.Found] {
        talk.isChinese
            ? ConclusionFinder(book: book, isPrevious: matter.kind == .readPrevious).conclusions(in: part)
            : EnglishOutcomes(book: book).conclusions(in: part)
    }

    private mutating func writeItem(_ matter: MinutesMatter, _ text: MinutesItemText?) {
        guard let part = matter.part else {
            page.add(
                DraftBlock(
                    kind: .conclusion, label: form.outcomeLabel(matter.kind), path: matter.path,
                    emptyReason: MinutesForm.notSpokenOf))
            return
        }
        let outcome = text?.conclusions ?? rulings(on: matter, in: part)
        let ruled = Set(outcome.flatMap(\.passages))
        if matter.hasStatements {
            write(text?.statements ?? statements(on: matter, in: part, ruled: ruled), path: matter.path)
        }
        for passage in ruled { page.use(passage, .condensed) }
        write(outcome, path: matter.path, kind: matter.kind, part: part)
        let reasons = SetAsideReasons(isChinese: talk.isChinese)
        for utterance in part.utterances {
            let fallback: SetAside = text?.sent.contains(utterance.passage) ?? false ? .noClaim : .belowLength
            page.setAside(
                utterance.passage, reasons.reason(utterance.text, kind: utterance.kind, fallback: fallback))
        }
    }

    /// What the rules take of what was said on a matter.
    func statements(on matter: MinutesMatter, in part: Talk, ruled: Set<Int>) -> [StatementCondenser.Found] {
        talk.isChinese
            ? StatementCondenser(book: book).statements(in: part, presenting: matter.sponsor, ruled: ruled)
            : EnglishStatements(book: book).statements(in: part)
    }

    private mutating func write(_ statements: [StatementCondenser.Found], path: String) {
        for statement in statements {
            let claims = statement.sentences.map { sentence in
                for passage in sentence.passages { page.use(passage, .condensed) }
                return page.claim(sentence.text, request.source, sentence.ranges, sentence.derivation)
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
            let claim = page.claim(conclusion.text, request.source, conclusion.ranges, conclusion.derivation)
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
