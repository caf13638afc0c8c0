internal import DocketCore
internal import DocketText

/// One step of a case: what one item did, when and by whom, with the facts that may be told of it.
struct StoryStep: Sendable {
    /// Day, ISO 8601, with its place; nil for an item without a date.
    let date: CitedText?
    /// Who acted, 全銜; nil where the act names nobody.
    let agent: CitedText?
    /// What was done, without date and agent.
    let act: CitedText
    /// Statements that may follow, best first in `weight`.
    let facts: [StoryFacts.Fact]
    /// How much the step is needed: 2 a decision or contract, 1 another act, 0 the mere sending of a paper.
    let rank: Int
    let isEnglish: Bool
    /// 函復民眾: the act of a reply without its matter, for a story that has told the matter; nil for any other.
    let reply: CitedText?

    init?(_ item: ItemReading, subject: CitedText?, book: AgencyBook) {
        guard !item.isClassified else { return nil }
        let purpose = item.purpose
        date = item.date
        let sender = item.senders.first.map { $0.with(book.fullName($0.text, on: item.date?.text)) }
        var resolver = ReferenceResolver(sender: sender?.text)
        resolver.government = sender.flatMap { book.government(of: $0.text) }
        reply = item.form == .letter ? Self.reply(item) : nil
        switch item.form {
        case .letter:
            guard let purpose else { return nil }
            let act = LetterAct(item, purpose)
            resolver = act.resolver
            agent = sender
            self.act = Self.predicate(act)
            rank = Self.rank(self.act.text)
        case .minutes:
            guard let title = item.title else { return nil }
            agent = sender
            act = title.with(Self.meeting(title.text, sender?.text))
            rank = 2
        case .contract:
            guard let subject else { return nil }
            let firm = item.reading.value("廠商", "得標廠商", "乙方", "承商")
            agent = sender
            act = Self.contract(subject, firm)
            rank = 2
        case .petition:
            guard let subject, !subject.text.contains("「"), ChineseText.isChinese(subject.text) else { return nil }
            agent = CitedText("民眾", [])
            act = subject.with(subject.text.without(suffix: "一案") ?? subject.text)
            rank = 1
        case .report, .notice, .other:
            guard let subject, !subject.text.isEmpty, ChineseText.isChinese(subject.text) else { return nil }
            agent = sender
            act = subject.with((item.form == .report ? "提出" : "") + Self.without(sender?.text, subject.text))
            rank = 1
        case .english:
            guard let purpose else { return nil }
            agent = sender
            act = purpose.with(SubjectWriter.trimmed(purpose.text))
            rank = 1
        case .record: return nil
        }
        isEnglish = item.form == .english
        facts = Self.facts(item, resolver)
    }

    private static func facts(_ item: ItemReading, _ resolver: ReferenceResolver) -> [StoryFacts.Fact] {
        var facts = StoryFacts(item, resolver: resolver).facts
        if item.form == .contract {
            for label in ["契約總價", "契約金額", "總價", "工期", "契約期間"] {
                guard let line = item.reading.lines.first(where: { $0.text.hasPrefix(label) }) else { continue }
                let words = SubjectWriter.trimmed(ChineseText.fullWidth(line.text)).replacing("：", with: "")
                facts.append(
                    .init(
                        words: item.reading.cited(line).with(StoryFacts.withoutAsides(words)), short: nil, weight: 4,
                        isOutcome: false))
            }
        }
        return facts
    }

    // MARK: Acts

    /// What a letter does, without its sender, at most 70 characters where clauses can be dropped.
    private static func predicate(_ act: LetterAct) -> CitedText {
        let whole = act.sentence(limit: 70 + (act.sender?.text.count ?? 0), keepsEnclosures: false)
        let name = act.sender?.text ?? ""
        let words = whole.text.without(prefix: name) ?? whole.text
        return CitedText(StoryFacts.withoutAsides(ChineseText.fullWidth(words)), act.place.citations)
    }

    private static func reply(_ item: ItemReading) -> CitedText? {
        guard let purpose = item.purpose, PurposeText(purpose.text).isReply else { return nil }
        if purpose.text.contains("臺端") || purpose.text.contains("台端") { return purpose.with("函復民眾") }
        let own = item.reading.structure.letter?.recipient.map(ItemReading.names) ?? []
        guard own.count == 1, let recipient = item.recipients.first, recipient.text == own.first else {
            return purpose.with("函復")
        }
        return purpose.with("函復" + item.book.fullName(recipient.text, on: item.date?.text)) + recipient.with("")
    }

    private static func rank(_ act: String) -> Int {
        if ["准予", "同意", "核定", "公告", "決定", "驗收", "完工", "廢止", "修正"].contains(where: act.contains) { return 2 }
        return act.hasPrefix("檢送") || act.hasPrefix("函送") || act.hasPrefix("轉知") ? 0 : 1
    }

    /// 召開市民法律諮詢據點研商會議, 辦理現場會勘: the verb that goes with the name of a gathering.
    private static func meeting(_ title: String, _ sender: String?) -> String {
        var words = without(sender, AgencyBook.plain(title))
        words = words.without(suffix: "紀錄") ?? words.without(suffix: "議事錄") ?? words
        words = StoryFacts.withoutAsides(ChineseText.fullWidth(words))
        return (words.hasSuffix("會議") || words.hasSuffix("會報") || words.hasSuffix("會") ? "召開" : "辦理") + words
    }

    private static func contract(_ subject: CitedText, _ firm: CitedText?) -> CitedText {
        let words = StoryFacts.withoutAsides(ChineseText.fullWidth(subject.text))
        guard let firm else { return subject.with("簽訂" + words) }
        return CitedText("與" + firm.text + "簽訂" + words, subject.citations + firm.citations)
    }

    private static func without(_ name: String?, _ words: String) -> String {
        name.flatMap { words.without(prefix: $0) } ?? words
    }
}
