public import DocketCore

/// Words of the source that can stand in the place of a claim which it does not support: the sentence of the cited
/// passages that says most of what the claim says, in written register, then as it is.
public struct SourceWords: Sendable {
    private let source: SourceDocument
    private let talk: Talk
    private let passages: [Int: Int]
    private let reporter: ReportedSpeech?
    private let book: SpeakerBook?
    private let kind: Draft.Kind

    /// Words of the source of `request` for a draft of `kind`.
    public init(_ request: DraftRequest, for kind: Draft.Kind) {
        source = request.source
        self.kind = kind
        talk = Talk(source)
        if case .minutes(let facts) = request.task { book = SpeakerBook(talk, facts: facts) } else { book = nil }
        reporter = talk.isChinese ? nil : ReportedSpeech(talk)
        passages = Dictionary(
            talk.utterances.enumerated().map { ($1.passage, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Claims that may stand for `claim`, best first; none when it cites nothing of the source that says anything.
    ///
    /// Numbers are those of `claim`. For a title, and for a subject (`isPhrase`), the words come without closing marks;
    /// in an abstract no sentence with personal data stands; a conclusion is made of words that rule.
    public func candidates(for claim: Claim, isPhrase: Bool, isConclusion: Bool = false) -> [Claim] {
        let wanted = CitationFinder.terms(claim.text, isChinese: talk.isChinese)
        let sentences = cited(claim).filter { !$0.isQuestion && !InstructionSigns.isIn($0.text) }
        let scored = sentences.enumerated().map { index, sentence in
            let own = CitationFinder.terms(sentence.text, isChinese: talk.isChinese)
            let length = Double(max(own.count, 6)).squareRoot()
            return (sentence: sentence, score: Double(own.intersection(wanted).count) / length, order: index)
        }
        let best = scored.filter { Terms.contentCount($0.sentence.text) >= 6 }
            .filter { !isConclusion || isRuling($0.sentence) }
            .sorted { ($1.score, $0.order) < ($0.score, $1.order) }
        return best.prefix(Self.most).flatMap { candidates($0.sentence, claim, isPhrase: isPhrase) }
    }

    /// Sentences that are tried for one claim.
    private static let most = 3

    private func isRuling(_ sentence: SpokenSentence) -> Bool {
        guard talk.isChinese else {
            let lowered = " " + sentence.text.lowercased() + " "
            return (EnglishCues.decision + EnglishCues.action).contains(where: lowered.contains)
        }
        return RulingCues.kind(sentence) != nil
    }

    /// True when one of `others` says most of what `text` says.
    public func isRepeated(_ text: String, among others: [String]) -> Bool {
        let own = CitationFinder.terms(text, isChinese: talk.isChinese)
        guard own.count > 2 else { return others.contains { $0.contains(text) } }
        return others.contains { other in
            let shared = own.intersection(CitationFinder.terms(other, isChinese: talk.isChinese)).count
            return Double(shared) >= 0.65 * Double(own.count)
        }
    }

    private func cited(_ claim: Claim) -> [SpokenSentence] {
        var sentences: [SpokenSentence] = []
        for citation in claim.citations where citation.span.source == source.id {
            for passage in source.passages(meeting: citation.span.range) {
                guard let position = passages[passage] else { continue }
                let part = talk.selecting([position])
                for sentence in SpokenSentence.sentences(of: part)
                where !sentences.contains(where: { $0.range == sentence.range }) {
                    sentences.append(sentence)
                }
            }
        }
        return sentences
    }

    private func candidates(_ sentence: SpokenSentence, _ claim: Claim, isPhrase: Bool) -> [Claim] {
        let citation = source.citation(talk.sourceRange(sentence.range))
        let isSpoken =
            source.passages(meeting: citation.span.range).first.map { source.passages[$0].kind == .utterance } ?? false
        let written = isSpoken ? register(sentence) : sentence.text
        let lead = claim.text.hasPrefix(" ") ? " " : ""
        let texts = [(written, Claim.Derivation.condensed), (sentence.text, .verbatim)]
        return texts.compactMap { text, derivation in
            let words = isPhrase ? phrase(text) ?? "" : text
            guard Terms.contentCount(words) >= 2, kind != .abstract || !PersonalData.isIn(words) else { return nil }
            return Claim(number: claim.number, text: lead + words, citations: [citation], derivation: derivation)
        }
    }

    /// Lengths of the fields of records in the source's language.
    public var form: RecordForm { RecordForm(isChinese: talk.isChinese) }

    private func phrase(_ text: String) -> String? {
        kind == .subject ? form.subject(text) : form.title(text)
    }

    /// Length of `text` as lengths of drafts are counted: characters, or words.
    public func length(of text: String) -> Int { talk.length(of: text) }

    private func register(_ sentence: SpokenSentence) -> String {
        let passage = source.passages.indices.contains(sentence.passage) ? source.passages[sentence.passage] : nil
        guard let reporter else {
            let agency = book?.voice(passage?.speaker).agency
            return WrittenRegister(selfName: StatementCondenser.selfName(agency)).sentence(sentence.clauses)
        }
        let name = passage?.speaker.flatMap { ReportedSpeech.isName($0) ? $0 : nil }
        return reporter.sentence(SpokenEnglish.tidy(sentence.text), name: name, isSpoken: true)
    }
}
