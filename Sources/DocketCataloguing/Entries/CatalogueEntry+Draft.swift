public import DocketCore
internal import DocketText

extension CatalogueEntry {
    /// The subject (案由) or abstract (案情摘要) as a draft, so that a verifier holds it against its sources like any other text.
    ///
    /// A sentence of an abstract is one paragraph of up to two claims: who acted when, which rests on the head of a letter, and what was
    /// done, which rests on its body; both carry all places of the sentence. `sources` are the documents that the entry describes, the main one
    /// first; the ledger says of every passage of each whether a sentence rests on it. A field that a person wrote is a draft of a person.
    /// Nil for another kind, for an empty field, and for a subject that stands for withheld words (密不錄由).
    public func draft(
        _ kind: Draft.Kind, sources: [SourceDocument], roster: Roster = Roster(), createdAt: String
    ) -> Draft? {
        let field: CatalogueField
        switch kind {
        case .subject: field = .subject
        case .abstract: field = .summary
        default: return nil
        }
        guard let described = fields[field], !described.values.isEmpty, !sources.isEmpty else { return nil }
        guard described.values != [ItemDescriber.withheldSubject] else { return nil }
        let splitter = SentenceParts(roster: roster)
        var number = 0
        var blocks: [DraftBlock] = []
        for (index, sentence) in described.values.enumerated() {
            let citations = described.evidence.indices.contains(index) ? described.evidence[index] : []
            let isHuman = described.producer == .human || described.state == .edited
            let parts = splitter.parts(of: sentence)
            let claims = parts.enumerated().map { place, part in
                defer { number += 1 }
                let own = parts.count > 1 && place == 0 ? splitter.head(part, citations, sources) : citations
                return Claim(number: number, text: part, citations: own, derivation: isHuman ? .human : .condensed)
            }
            blocks.append(
                DraftBlock(
                    kind: kind == .subject ? .field : .paragraph, label: kind == .subject ? field.name.zhHant : "",
                    claims: claims))
        }
        let text = sources.first?.text ?? ""
        return Draft(
            kind: kind, title: self[.folderTitle] ?? self[.subject] ?? "",
            language: ChineseText.isChinese(text) ? "zh-Hant" : "en",
            sources: sources.map(\.id),
            classification: max(classification, sources.map(\.classification).max() ?? .internal), scope: scope,
            blocks: blocks, coverage: Self.coverage(described, sources), engine: engine ?? ItemDescriber.engine,
            createdAt: createdAt)
    }

    private static func coverage(_ field: DescribedField, _ sources: [SourceDocument]) -> [CoverageEntry] {
        var cited: [SourceID: [Range<Int>]] = [:]
        for citation in field.evidence.joined() { cited[citation.span.source, default: []].append(citation.span.range) }
        return sources.flatMap { source in
            let ranges = cited[source.id] ?? []
            return source.passages.map { passage in
                let isUsed = ranges.contains { $0.overlaps(passage.range) }
                return CoverageEntry(
                    source: source.id, passage: passage.number, use: isUsed ? .condensed : .setAside,
                    reason: isUsed ? nil : "belowLength")
            }
        }
    }
}

/// Cuts a sentence into who acted when and what was done.
///
/// The two come from different places of a letter, its head and its body, and each is true or false by itself.
struct SentenceParts: Sendable {
    private let finder: MentionFinder

    init(roster: Roster) {
        finder = MentionFinder(
            RosterIndex(
                agencies: roster.agencies.map {
                    .init(id: $0.id, name: $0.officialName, otherNames: $0.shortNames + $0.aliases)
                }))
    }

    /// One part or two; joined they are the sentence.
    func parts(of sentence: String) -> [String] {
        var end = 0
        let lead = sentence.hasPrefix("On ") ? 3 : 0
        if let date = DateParser().expressions(in: String(sentence.prefix(60))).first, date.dateRange.lowerBound == lead
        {
            end = date.dateRange.upperBound
        }
        var start = end
        while start < sentence.utf8.count, byte(sentence, start) == 0x20 { start += 1 }
        let rest = tail(sentence, start)
        if let agency = finder.mentions(in: String(rest.prefix(60))).first(where: { $0.kind == .agency }),
            agency.range.lowerBound == 0
        {
            end = start + agency.range.upperBound
        } else if rest.hasPrefix("民眾") {
            end = start + "民眾".utf8.count
        }
        // 函復 and 函知 are said of the whole letter, as its head is.
        for verb in ["函復民眾", "函復", "函知", "公告"] where end > 0 && tail(sentence, end).hasPrefix(verb) {
            end += verb.utf8.count
            break
        }
        guard end > 0, end < sentence.utf8.count else { return [sentence] }
        return [head(sentence, end), tail(sentence, end)]
    }

    /// The places that the head of a sentence rests on: those that hold its day or its agency; all when none does.
    func head(_ words: String, _ citations: [Citation], _ sources: [SourceDocument]) -> [Citation] {
        let day = DateParser().expressions(in: words).first?.written
        let agency = finder.mentions(in: words).first { $0.kind == .agency }.map { $0.name ?? $0.words }
        func cited(_ citation: Citation) -> String? {
            guard citation.span.range.count <= 400 else { return nil }
            return sources.first { $0.id == citation.span.source && $0.version == citation.span.version }?.text(
                in: citation.span.range)
        }
        func holdsAgency(_ citation: Citation) -> Bool {
            guard let agency, let text = cited(citation) else { return false }
            return finder.mentions(in: AgencyBook.plain(text)).contains {
                $0.kind == .agency && ($0.name ?? $0.words) == agency
            }
        }
        func holdsDay(_ citation: Citation) -> Bool {
            guard let day, let found = cited(citation).flatMap(ItemReading.day).flatMap(CalendarDate.init(iso:)) else {
                return false
            }
            return (day.year ?? found.year, day.month, day.day) == (found.year, found.month, found.day)
        }
        // The head of a letter says each in fewest words; its body may name both again.
        func shortest(_ holds: (Citation) -> Bool) -> Citation? {
            citations.filter(holds).min { $0.span.range.count < $1.span.range.count }
        }
        let own = [shortest(holdsDay), shortest(holdsAgency)].compactMap(\.self)
        return own.isEmpty ? citations : own
    }

    private func byte(_ text: String, _ offset: Int) -> UInt8 {
        let bytes = text.utf8
        return bytes[bytes.index(bytes.startIndex, offsetBy: offset)]
    }

    private func head(_ text: String, _ offset: Int) -> String {
        String(decoding: text.utf8.prefix(offset), as: UTF8.self)
    }
    private func tail(_ text: String, _ offset: Int) -> String {
        String(decoding: text.utf8.dropFirst(offset), as: UTF8.self)
    }
}
