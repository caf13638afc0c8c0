internal import DocketCore

/// Summaries, digests, answers, titles, subjects and abstracts of one source, written by a model.
struct TextWriting: Sendable {
    let writer: ChatWriter
    let request: DraftRequest

    init(_ writer: ChatWriter, _ request: DraftRequest) {
        self.writer = writer
        self.request = request
    }

    /// A block before its claims have numbers.
    private struct Block: Sendable {
        var kind: DraftBlock.Kind
        var level = 0
        var label = ""
        var notes: [DraftNote]
        var derivation = Claim.Derivation.composed
        var emptyReason: LocalizedText?
        var contradictions: [Contradiction] = []
    }

    /// The draft, block by block.
    func draft(
        _ board: ProgressBoard, _ onFragment: @Sendable (DraftFragment) async throws -> Void
    ) async throws -> Draft {
        let talk = try talk()
        let work = work(on: talk)
        var page = DraftPage()
        var remarks: [Finding] = []
        let run = writer.run
        try await board.gather(work) {
            try await onFragment(.progress(run.progress))
        } onValue: { _, block in
            let written = add(block, to: &page, talk)
            remarks += Contradiction.findings(block.contradictions, in: request.source, talk: talk, path: nil)
            remarks += InstructionSigns.findings(block.notes, in: request.source, talk: talk)
            try await onFragment(.block(written))
        }
        return finished(page, talk, remarks)
    }

    private func talk() throws -> Talk {
        var passages: ClosedRange<Int>?
        switch request.task {
        case .summary(let length, let chosen):
            guard length > 0 else { throw DraftingError.lengthTooShort(length) }
            passages = chosen
        case .speakerDigest(let length), .answer(_, let length):
            guard length > 0 else { throw DraftingError.lengthTooShort(length) }
        case .title(let chosen): passages = chosen
        case .minutes, .subject, .abstract: break
        }
        if let passages, passages.lowerBound < 0 || passages.upperBound >= request.source.passages.count {
            throw DraftingError.noSuchPassages(passages, source: request.source.id)
        }
        return Talk(request.source, passages: passages)
    }

    private func work(on talk: Talk) -> [@Sendable () async throws -> Block] {
        let form = RecordForm(isChinese: writer.isChinese)
        switch request.task {
        case .minutes: return []
        case .summary(let length, _):
            return [{ try await text(talk, .summary, "summary", length: length) }]
        case .abstract:
            return [{ try await abstract(talk, form) }]
        case .answer(let question, let length):
            return [{ try await answer(talk, question, length: length) }]
        case .speakerDigest(let length): return speakers(talk, length: length)
        case .subject:
            return [
                {
                    let phrase = try await phrase(talk, .subject, "subject", length: form.subjectLength, order: 0)
                    return subject(phrase, talk, form)
                }
            ]
        case .title: return titles(talk, form)
        }
    }

    // MARK: - Text

    private func pieces(_ talk: Talk) -> [SourcePiece] { SourcePiece.pieces(of: talk) { $0 } }

    private func text(
        _ talk: Talk, _ name: PromptSet.Name, _ step: String, length: Int, item: String = "", order: Int = 0,
        values: [String: String] = [:], facts: [ChatWriter.Fact] = []
    ) async throws -> Block {
        let pieces = pieces(talk)
        guard !pieces.isEmpty else { return Block(kind: .paragraph, notes: [], emptyReason: Self.nothing) }
        var question = ChatWriter.Question(
            name: name, step: step, item: item.isEmpty ? request.source.title : item, order: order)
        question.facts = facts + titleFact
        question.values = values
        question.values["length"] = "\(length)"
        let parts = try await writer.ask(question, about: pieces, as: ClaimsAnswer.self)
        let notes = parts.enumerated().flatMap { writer.notes($1.answer.claims, of: $1.pieces, part: $0) }
        var block = Block(kind: .paragraph, notes: notes)
        if parts.count > 1 {
            block.contradictions = Contradiction.found(in: notes, isChinese: writer.isChinese)
            var joining = ChatWriter.Question(
                name: .merge, step: "merge", item: question.item, order: order + parts.count)
            joining.values["length"] = "\(length)"
            let spoken = notes.filter { !$0.isInstruction }
            let merged = try await NoteMerger(writer: writer, question: joining).merged(spoken)
            block.contradictions += merged.contradictions
            block.notes = merged.notes + notes.filter(\.isInstruction)
        }
        block.notes = within(length, block.notes)
        if block.notes.isEmpty { block.emptyReason = Self.nothing }
        return block
    }

    private static let nothing = LocalizedText(
        zhHant: "來源沒有可寫入的內容", en: "the source has nothing to write here")

    private var titleFact: [ChatWriter.Fact] {
        [
            ChatWriter.Fact(
                label: LocalizedText(zhHant: "標題", en: "title"), text: String(request.source.title.prefix(120)))
        ]
    }

    /// The first sentences that fit into `length`; the first one always does.
    private func within(_ length: Int, _ notes: [DraftNote]) -> [DraftNote] {
        var total = 0
        var isFull = false
        return notes.filter { note in
            guard !note.isInstruction else { return true }
            let own = Talk.length(of: note.text, isChinese: writer.isChinese)
            guard !isFull, total == 0 || total + own <= length else {
                isFull = true
                return false
            }
            total += own
            return true
        }
    }

    private func abstract(_ talk: Talk, _ form: RecordForm) async throws -> Block {
        var block = try await text(talk, .abstract, "abstract", length: form.abstractLength.upperBound)
        block.kind = .field
        block.label = form.abstractLabel
        block.notes = block.notes.filter { !PersonalData.isIn($0.text) }
        if block.notes.isEmpty { block.emptyReason = Self.nothing }
        return block
    }

    private func answer(_ talk: Talk, _ question: String, length: Int) async throws -> Block {
        let asked = String(PromptData.neutral(question).prefix(500))
        var block = try await text(talk, .answer, "answer", length: length, item: asked, values: ["question": asked])
        if block.notes.isEmpty {
            block.emptyReason = LocalizedText(zhHant: "來源中找不到這個問題的答案", en: "the source has no answer to the question")
        }
        return block
    }

    /// One block a speaker; who said next to nothing is digested by rule.
    private func speakers(_ talk: Talk, length: Int) -> [@Sendable () async throws -> Block] {
        var order: [String] = []
        var positions: [String: [Int]] = [:]
        for (number, utterance) in talk.utterances.enumerated() {
            guard let speaker = utterance.speaker else { continue }
            if positions[speaker] == nil { order.append(speaker) }
            positions[speaker, default: []].append(number)
        }
        guard !order.isEmpty else {
            let reason = LocalizedText(zhHant: "來源未載明發言者", en: "the source names no speakers")
            let label = writer.isChinese ? "發言" : "Speakers"
            return [{ Block(kind: .statement, label: label, notes: [], emptyReason: reason) }]
        }
        return order.enumerated().map { number, speaker in
            let own = talk.selecting(positions[speaker] ?? [])
            return {
                let said = own.utterances.reduce(0) { $0 + Terms.contentCount($1.text) }
                var block =
                    said < Self.leastSaid
                    ? Block(kind: .statement, notes: extracted(own, length: length), derivation: .condensed)
                    : try await text(
                        own, .speakerDigest, "digest.speaker", length: length, item: speaker, order: number * 10_000,
                        facts: [.init(label: LocalizedText(zhHant: "發言者", en: "speaker"), text: speaker)])
                block.kind = .statement
                block.label = speaker
                return block
            }
        }
    }

    /// Characters or words below which there is nothing to digest.
    private static let leastSaid = 20

    private func extracted(_ talk: Talk, length: Int) -> [DraftNote] {
        Summarizer().summary(of: talk, length: length).map { sentence in
            DraftNote(text: sentence.text, places: [.init(passage: sentence.passage, range: sentence.range)], part: 0)
        }
    }

    // MARK: - Phrases

    /// One phrase for `talk`, from the phrases of its parts; nil when the model has none.
    private func phrase(
        _ talk: Talk, _ name: PromptSet.Name, _ step: String, length: Int, order: Int
    ) async throws -> DraftNote? {
        try await PhraseWriter(writer: writer).phrase(
            name, step, of: pieces(talk), length: length, item: request.source.title, order: order, facts: titleFact)
    }

    private func subject(_ phrase: DraftNote?, _ talk: Talk, _ form: RecordForm) -> Block {
        if var phrase, !phrase.isInstruction, let text = form.subject(phrase.text) {
            phrase.text = text
            return Block(kind: .field, label: form.subjectLabel, notes: [phrase])
        }
        let paper = TitleMaker().titleOfPaper(talk)
        let text = form.subject(paper?.text ?? TitleMaker().title(of: talk)) ?? request.source.title
        let places = paper.map { [DraftNote.Place(passage: 0, range: $0.range)] } ?? Self.opening(of: talk)
        return Block(
            kind: .field, label: form.subjectLabel, notes: [DraftNote(text: text, places: places, part: 0)],
            derivation: .condensed)
    }

    /// A title for the whole, or one a segment of a whole transcript.
    private func titles(_ talk: Talk, _ form: RecordForm) -> [@Sendable () async throws -> Block] {
        var parts = [talk]
        if case .title(passages: nil) = request.task, request.segments.count > 1 {
            let talks = request.segments.map { segment in
                talk.selecting(
                    talk.utterances.indices.filter { segment.passages.contains(talk.utterances[$0].passage) })
            }
            parts = talks.filter { !$0.utterances.isEmpty }
        }
        let isOne = parts.count < 2
        return parts.enumerated().map { number, part in
            {
                let answered = try await phrase(part, .title, "title", length: form.titleLength, order: number * 10_000)
                let label = isOne ? "" : "\(number + 1)."
                if var phrase = answered, !phrase.isInstruction, let text = form.title(phrase.text) {
                    phrase.text = text
                    return Block(kind: .heading, level: 1, label: label, notes: [phrase])
                }
                let note = DraftNote(text: TitleMaker().title(of: part), places: Self.opening(of: part), part: 0)
                return Block(kind: .heading, level: 1, label: label, notes: [note], derivation: .condensed)
            }
        }
    }

    /// The first place of a talk that says something.
    private static func opening(of talk: Talk) -> [DraftNote.Place] {
        let first = talk.utterances.first { Terms.contentCount($0.text) > 1 }
        return first.map { [.init(passage: $0.passage, range: $0.start..<$0.start + $0.text.utf8.count)] } ?? []
    }

    // MARK: - Page

    private func add(_ block: Block, to page: inout DraftPage, _ talk: Talk) -> DraftBlock {
        let spoken = block.notes.filter { !$0.isInstruction }
        for note in block.notes where note.isInstruction {
            for place in note.places { page.setAside(place.passage, .instruction) }
        }
        let isText = block.kind != .heading
        let claims = spoken.enumerated().map { index, note in
            for place in note.places {
                for passage in request.source.passages(meeting: talk.sourceRange(place.range)) {
                    page.use(passage, .condensed)
                }
            }
            let text = isText && index > 0 && !writer.isChinese ? " " + note.text : note.text
            return page.claim(text, request.source, note.places.map { talk.sourceRange($0.range) }, block.derivation)
        }
        let written = DraftBlock(
            kind: block.kind, level: block.level, label: block.label, claims: claims,
            emptyReason: claims.isEmpty ? block.emptyReason ?? Self.nothing : nil)
        page.add(written)
        return written
    }

    private func finished(_ page: DraftPage, _ talk: Talk, _ remarks: [Finding]) -> Draft {
        var page = page
        let reasons = SetAsideReasons(isChinese: writer.isChinese)
        for utterance in talk.utterances {
            page.setAside(utterance.passage, reasons.reason(utterance.text, kind: utterance.kind, fallback: .noClaim))
        }
        for passage in request.source.passages where passage.kind != .utterance {
            page.setAside(
                passage.number, passage.kind == .tableRow ? .table : passage.kind == .heading ? .heading : .form)
        }
        return Draft(
            id: request.id, kind: kind, title: title(page), language: request.source.language,
            sources: [request.source.id], classification: request.source.classification, scope: request.source.scope,
            blocks: page.blocks, coverage: page.coverage(of: request.source, otherwise: .offTopic),
            engine: writer.run.identity, createdAt: request.createdAt, remarks: remarks.isEmpty ? nil : remarks)
    }

    private var kind: Draft.Kind {
        switch request.task {
        case .minutes: .minutes
        case .summary, .answer: .summary
        case .speakerDigest: .speakerDigest
        case .title: .title
        case .subject: .subject
        case .abstract: .abstract
        }
    }

    private func title(_ page: DraftPage) -> String {
        switch request.task {
        case .answer(let question, _): question
        case .subject: page.blocks.first?.text ?? request.source.title
        case .title where page.blocks.count == 1: page.blocks.first?.text ?? ""
        default: request.source.title
        }
    }
}
