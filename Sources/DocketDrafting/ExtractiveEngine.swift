public import DocketCore
public import DocketTransport

/// The embedded engine: it writes with the source's own words, needs no network, model or service, and always writes
/// the
/// same from the same request.
///
/// Summaries choose clauses by what they cover (`Summarizer`); minutes follow the agenda and the chair's rulings
/// (`MinutesDrafter`). Every claim cites the bytes it was made from.
public struct ExtractiveEngine: DraftingEngine {
    /// An engine; it has no settings.
    public init() {}

    /// Nil: nothing goes out.
    public var model: ModelTraits? { nil }

    /// Name and version of the rules; a change of what is written raises the version.
    public var identity: EngineIdentity { EngineIdentity(name: "extractive", version: "1") }

    /// Writes the draft that `request` asks for; see the protocol.
    public func draft(
        _ request: DraftRequest, onFragment: @Sendable (DraftFragment) async throws -> Void
    ) async throws -> Draft {
        guard request.source.passages.contains(where: { $0.end > $0.start }) else {
            throw DraftingError.emptySource(request.source.id)
        }
        try Task.checkCancellation()
        let draft = try write(request)
        for block in draft.blocks {
            try Task.checkCancellation()
            try await onFragment(.block(block))
        }
        return draft
    }

    private func write(_ request: DraftRequest) throws -> Draft {
        switch request.task {
        case .minutes(let facts):
            return MinutesDrafter(request, facts: facts).draft(engine: identity)
        case .summary(let length, let passages):
            let talk = try talk(request, passages, length: length)
            return summary(request, talk, Summarizer().summary(of: talk, length: length))
        case .answer(let question, let length):
            let talk = try talk(request, nil, length: length)
            return summary(request, talk, Summarizer().answer(to: question, in: talk, length: length), title: question)
        case .speakerDigest(let length):
            return digest(request, try talk(request, nil, length: length), length: length)
        case .title(let passages):
            return title(request, try talk(request, passages, length: 1))
        case .subject: return subject(request, Talk(request.source))
        case .abstract: return abstract(request, Talk(request.source))
        }
    }

    private func talk(_ request: DraftRequest, _ passages: ClosedRange<Int>?, length: Int) throws -> Talk {
        guard length > 0 else { throw DraftingError.lengthTooShort(length) }
        if let passages, passages.lowerBound < 0 || passages.upperBound >= request.source.passages.count {
            throw DraftingError.noSuchPassages(passages, source: request.source.id)
        }
        return Talk(request.source, passages: passages)
    }

    // MARK: - Kinds

    private func summary(
        _ request: DraftRequest, _ talk: Talk, _ sentences: [Summarizer.Sentence], title: String? = nil
    ) -> Draft {
        var page = DraftPage()
        let claims = add(sentences, to: &page, request.source, isChinese: talk.isChinese)
        page.add(DraftBlock(kind: .paragraph, claims: claims))
        return finish(request, page, kind: .summary, talk: talk, title: title ?? request.source.title)
    }

    private func digest(_ request: DraftRequest, _ talk: Talk, length: Int) -> Draft {
        var page = DraftPage()
        var order: [String] = []
        var positions: [String: [Int]] = [:]
        for (number, utterance) in talk.utterances.enumerated() {
            guard let speaker = utterance.speaker else { continue }
            if positions[speaker] == nil { order.append(speaker) }
            positions[speaker, default: []].append(number)
        }
        for speaker in order {
            let own = talk.selecting(positions[speaker] ?? [])
            let sentences = Summarizer().summary(of: own, length: length)
            guard !sentences.isEmpty else { continue }
            let claims = add(sentences, to: &page, request.source, isChinese: talk.isChinese)
            page.add(DraftBlock(kind: .statement, label: speaker, claims: claims))
        }
        if order.isEmpty {
            let reason = LocalizedText(zhHant: "來源未載明發言者", en: "the source names no speakers")
            page.add(
                DraftBlock(kind: .statement, label: talk.isChinese ? "發言" : "Speakers", emptyReason: reason))
        }
        return finish(request, page, kind: .speakerDigest, talk: talk, title: request.source.title)
    }

    private func title(_ request: DraftRequest, _ talk: Talk) -> Draft {
        var page = DraftPage()
        if let title = TitleMaker().titleOfPaper(talk) {
            for passage in request.source.passages(meeting: title.range) { page.use(passage, .condensed) }
            let claim = page.claim(title.text, request.source, [title.range], .condensed)
            page.add(DraftBlock(kind: .heading, level: 1, claims: [claim]))
            return finish(request, page, kind: .title, talk: talk, title: title.text)
        }
        let parts = segmentTalks(request, talk)
        for (number, part) in parts.enumerated() {
            let label = parts.count > 1 ? "\(number + 1)." : ""
            let claim = title(of: part, request.source, &page)
            page.add(DraftBlock(kind: .heading, level: 1, label: label, claims: [claim]))
        }
        let titles = page.blocks.flatMap(\.claims).map(\.text)
        let title = parts.count > 1 ? request.source.title : titles.first ?? ""
        return finish(request, page, kind: .title, talk: talk, title: title)
    }

    /// 案由: the purpose of a paper, else its title, within its length; a classified paper's is not recorded.
    private func subject(_ request: DraftRequest, _ talk: Talk) -> Draft {
        let form = RecordForm(isChinese: talk.isChinese)
        var page = DraftPage()
        var claim: Claim
        if RecordForm.isSecret(request.source.classification) {
            claim = page.claim(form.secretSubject, nil, [], .form)
        } else if let paper = TitleMaker().titleOfPaper(talk), let text = form.subject(paper.text) {
            for passage in request.source.passages(meeting: paper.range) { page.use(passage, .condensed) }
            claim = page.claim(text, request.source, [paper.range], .condensed)
        } else {
            claim = title(of: talk, request.source, &page)
            claim.text = form.subject(claim.text) ?? claim.text
        }
        page.add(DraftBlock(kind: .field, label: form.subjectLabel, claims: [claim]))
        return finish(request, page, kind: .subject, talk: talk, title: claim.text)
    }

    /// 案情摘要: what a file is about, without personal data; a classified file's words are not copied.
    private func abstract(_ request: DraftRequest, _ talk: Talk) -> Draft {
        let form = RecordForm(isChinese: talk.isChinese)
        var page = DraftPage()
        if RecordForm.isSecret(request.source.classification) {
            page.add(DraftBlock(kind: .field, label: form.abstractLabel, emptyReason: RecordForm.secretAbstract))
        } else {
            let sentences = Summarizer().summary(of: talk, length: form.abstractLength.upperBound)
                .filter { !PersonalData.isIn($0.text) }
            let claims = add(sentences, to: &page, request.source, isChinese: talk.isChinese)
            let reason = LocalizedText(
                zhHant: "來源沒有可摘錄之文句", en: "the source has no sentence that may stand in an abstract")
            page.add(
                DraftBlock(
                    kind: .field, label: form.abstractLabel, claims: claims, emptyReason: claims.isEmpty ? reason : nil)
            )
        }
        return finish(request, page, kind: .abstract, talk: talk, title: request.source.title)
    }

    /// The parts that get a title each: the segments of a whole transcript, else the talk as it was asked for.
    private func segmentTalks(_ request: DraftRequest, _ talk: Talk) -> [Talk] {
        guard case .title(passages: nil) = request.task, request.segments.count > 1 else { return [talk] }
        let parts = request.segments.map { segment in
            talk.selecting(talk.utterances.indices.filter { segment.passages.contains(talk.utterances[$0].passage) })
        }
        return parts.filter { !$0.utterances.isEmpty }
    }

    /// A title resting on the first place of each of its phrases.
    private func title(of talk: Talk, _ source: SourceDocument, _ page: inout DraftPage) -> Claim {
        if let opening = TopicOpening.announcement(in: talk) {
            page.use(opening.passage, .condensed)
            return page.claim(opening.text, source, [opening.range], .condensed)
        }
        let text = TitleMaker().title(of: talk)
        let words = text.split { $0 == "與" || $0 == "," }.map { $0.trimmingSpaces }
        let ranges = words.compactMap { word in
            talk.utterances.lazy.compactMap { utterance -> Range<Int>? in
                guard let place = utterance.text.range(of: word) else { return nil }
                let lower = utterance.text.utf8.distance(from: utterance.text.startIndex, to: place.lowerBound)
                return talk.sourceRange(utterance.start + lower..<utterance.start + lower + word.utf8.count)
            }.first
        }
        for range in ranges {
            for passage in source.passages(meeting: range) { page.use(passage, .condensed) }
        }
        return page.claim(text, source, ranges, .condensed)
    }

    private func add(
        _ sentences: [Summarizer.Sentence], to page: inout DraftPage, _ source: SourceDocument, isChinese: Bool
    ) -> [Claim] {
        sentences.enumerated().map { index, sentence in
            // A sentence that line breaks cut may lie in several passages.
            for passage in source.passages(meeting: sentence.range) {
                page.use(passage, sentence.isVerbatim ? .used : .condensed)
            }
            let text = !isChinese && index > 0 ? " " + sentence.text : sentence.text
            return page.claim(text, source, [sentence.range], sentence.isVerbatim ? .verbatim : .condensed)
        }
    }

    private func finish(
        _ request: DraftRequest, _ page: DraftPage, kind: Draft.Kind, talk: Talk, title: String
    ) -> Draft {
        var page = page
        let reasons = SetAsideReasons(isChinese: talk.isChinese)
        for utterance in talk.utterances {
            page.setAside(
                utterance.passage, reasons.reason(utterance.text, kind: utterance.kind, fallback: .belowLength))
        }
        for passage in request.source.passages where passage.kind != .utterance {
            page.setAside(
                passage.number, passage.kind == .tableRow ? .table : passage.kind == .heading ? .heading : .form)
        }
        return Draft(
            id: request.id, kind: kind, title: title, language: request.source.language, sources: [request.source.id],
            classification: request.source.classification, scope: request.source.scope, blocks: page.blocks,
            coverage: page.coverage(of: request.source, otherwise: .offTopic), engine: identity,
            createdAt: request.createdAt)
    }
}

extension SourceDocument {
    /// Numbers of the passages that share bytes with `range`.
    func passages(meeting range: Range<Int>) -> [Int] {
        var low = 0
        var high = passages.count
        while low < high {
            let middle = (low + high) / 2
            if passages[middle].end <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return passages[low...].prefix { $0.start < range.upperBound }.map(\.number)
    }
}

extension Substring {
    /// The words without spaces at their ends.
    var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
