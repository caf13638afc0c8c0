internal import DocketCore

/// What a letter does, said in the third person: its sender, its verb, its matter, all in its own words.
struct LetterAct: Sendable {
    let sender: CitedText?
    let purpose: PurposeText
    let place: CitedText
    let resolver: ReferenceResolver
    let kind: String

    /// Verbs that a purpose may begin with, so that the sender's name makes it a sentence.
    private static let verbs = [
        "檢送", "函送", "檢陳", "檢附", "函轉", "轉知", "公告", "修正", "訂定", "訂頒", "廢止", "核定", "同意", "准予", "函請", "請", "為", "重申", "檢還",
        "送還", "通知",
        "函知", "函復", "補正", "陳報", "陳送", "彙送", "辦理", "召開", "邀請", "申請", "核准", "撤銷", "變更", "設置", "成立", "表揚", "調整", "函頒", "頒",
        "茲", "擬",
        "預告", "指定", "委託", "陳情", "建請", "提報", "報請", "簽請", "說明", "本", "撥付", "補助", "移送", "解除", "終止",
    ]

    init(_ item: ItemReading, _ purpose: CitedText) {
        let first = item.senders.first
        let name = first.map { item.book.fullName($0.text, on: item.date?.text) }
        sender = first.map { CitedText(name ?? $0.text, $0.citations) }
        self.purpose = PurposeText(purpose.text)
        let recipients = item.recipients
        let own = item.reading.structure.letter?.recipient.map(ItemReading.names) ?? []
        let only = own.count == 1 && recipients.first?.text == own.first ? recipients.first : nil
        var resolver = ReferenceResolver(sender: name)
        if let only, !Self.isPerson(only.text) {
            resolver.recipient = item.book.fullName(only.text, on: item.date?.text)
        }
        resolver.government = name.flatMap(item.book.government(of:))
        resolver.date = item.date?.text
        self.resolver = resolver
        // A name put for 貴處 rests on the line of the addressee, a day put for 本（6）日 on that of the date.
        var place = purpose
        if let only, resolver.recipient != nil, ReferenceResolver.namesReader(purpose.text) {
            place = place + only.with("")
        }
        if let date = item.date, ReferenceResolver.namesDay(purpose.text) { place = place + date.with("") }
        self.place = place
        kind = item.reading.structure.letter?.documentKind ?? (item.form == .notice ? "公告" : "函")
    }

    private static func isPerson(_ name: String) -> Bool {
        ["先生", "女士", "君", "小姐", "陳情", "民眾", "住戶", "代表"].contains { name.contains($0) }
    }

    /// The act as a sentence without a full stop, at most `limit` characters where dropping its last clauses allows it.
    ///
    /// With `names` false the sender is left out, with `keepsEnclosures` false what is only sent along.
    func sentence(limit: Int, names: Bool = true, keepsEnclosures: Bool = true) -> CitedText {
        let subject = names ? sender : nil
        let head = subject ?? CitedText("", [])
        var clauses = purpose.clauses
        func made() -> CitedText {
            CitedText(head.text + predicate(clauses, hasSubject: subject != nil), head.citations) + place.with("")
        }
        // What is sent along with a statement says nothing more of the case.
        while !keepsEnclosures, clauses.count > 1, let last = clauses.last,
            ["檢送", "檢附", "檢還"].contains(where: last.hasPrefix)
        { clauses.removeLast() }
        while clauses.count > 1, ChineseText.length(made().text) > limit { clauses.removeLast() }
        return made()
    }

    private func predicate(_ clauses: [String], hasSubject: Bool) -> String {
        var words = clauses.map { resolver.resolved($0, afterSender: hasSubject) }
        guard var first = words.first else { return "" }
        // 該局與…辦理聯展: the sender has just been named.
        for organ in ["該局", "該處", "該府", "該會", "該館", "該所", "該院", "該校", "該中心"] where hasSubject && first.hasPrefix(organ)
        {
            first = String(first.dropFirst(organ.count))
            words[0] = first
            if let next = first.first, "與為於業已將訂就經".contains(next) { return words.joined(separator: "，") }
        }
        words[0] = first
        let verb: String
        if purpose.isReply {
            verb = first.hasPrefix("函復") ? "" : "函復"
        } else if purpose.isExplanation {
            verb = first.hasPrefix("說明") ? "" : "說明"
        } else if purpose.namesMatter, words.count > 1, !startsWithVerb(first) {
            verb = "就"
        } else if startsWithVerb(first) || !hasSubject {
            verb = ""
        } else {
            verb = kind == "公告" ? "公告" : "函知"
        }
        return verb + words.joined(separator: "，")
    }

    private func startsWithVerb(_ words: String) -> Bool { Self.verbs.contains { words.hasPrefix($0) && $0 != "本" } }
}
