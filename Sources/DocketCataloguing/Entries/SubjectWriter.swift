internal import DocketCore

/// Writes 案由: who did what to what, at most 100 characters, cut from the purpose or title and never reworded.
struct SubjectWriter: Sendable {
    /// Longest 案由, in characters.
    static let limit = 100

    let item: ItemReading
    private let masker = PersonalDataMasker()

    init(_ item: ItemReading) { self.item = item }

    /// The subject with the places it rests on; nil when the document has neither purpose nor title.
    func subject() -> CitedText? {
        let text: CitedText?
        switch item.form {
        case .record: text = record()
        case .petition: text = petition()
        case .english: text = item.purpose.map { $0.with(Self.trimmed($0.text)) }
        case .contract: text = contract()
        default: text = item.purpose.map(letter) ?? titled()
        }
        guard let text else { return nil }
        return text.with(Self.bounded(masker.masked(ChineseText.fullWidth(text.text))))
    }

    // MARK: Letters

    /// 青嵐市政府工務局函復市政大樓南側花台防水層老化致地下1樓檔案庫房滲水一案.
    private func letter(_ purpose: CitedText) -> CitedText {
        let act = LetterAct(item, purpose)
        let whole = act.sentence(limit: Self.limit)
        return ChineseText.length(whole.text) <= Self.limit ? whole : act.sentence(limit: Self.limit, names: false)
    }

    // MARK: Other papers

    private func titled() -> CitedText? {
        guard let title = item.title else { return nil }
        let dense = AgencyBook.plain(title.text)
        let words = Self.trimmed(ChineseText.isChinese(dense) ? dense : title.text)
        let generic = ["決標公告", "招標公告", "停水通知", "公告", "通知", "契約摘要"]
        if generic.contains(where: { words.hasSuffix($0) && words.count <= $0.count + 12 }),
            let matter = item.reading.value("標案名稱", "事由", "標的", "停水原因")
        {
            let body = Self.firstClause(matter.text)
            guard !words.contains(body) else { return title.with(words) }
            let isOwn = item.senders.first.map { words.hasPrefix(AgencyBook.plain($0.text)) } ?? false
            return isOwn ? title.with(words) + matter.with(body) : matter.with(body) + title.with(words)
        }
        return title.with(words)
    }

    /// The thing of a contract with its kind: 市政大樓電梯汰換工程契約.
    private func contract() -> CitedText? {
        guard let title = item.title else { return nil }
        var words = Self.trimmed(AgencyBook.plain(title.text))
        if let open = words.firstIndex(where: { "（(".contains($0) }), open > words.startIndex {
            words = String(words[..<open])
        }
        words = words.without(suffix: "摘要") ?? words
        guard words == "契約" || words == "合約" || words == "契約書", let thing = item.reading.value("標的", "案名", "採購標的")
        else {
            return title.with(words)
        }
        return thing.with(Self.firstClause(thing.text)) + title.with(words)
    }

    /// The subject that a list gives; imported rows keep it as it is.
    private func record() -> CitedText? {
        let passages = item.document.passages
        let matter = passages.first { $0.mark == "abstract" }
        let place = matter ?? passages.first { $0.mark == "title" }
        return place.map { passage in
            CitedText(item.document.text(in: passage.range).trimmingBlanks, [item.reading.citation(passage.range)])
        }
    }

    /// What a citizen complains of, in the citizen's own words: the first clause that states a fact.
    private func petition() -> CitedText? {
        let openings = [
            "市長", "您好", "陳情人", "電話", "住址", "地址", "身分證", "你好", "案號", "我們是", "我是", "我今年", "Dear", "敬啟", "謝謝", "收件",
            "Case no", "主旨", "My wife", "Kind regards",
        ]
        for line in item.reading.rawLines where !line.text.contains("案號") && !line.text.contains("Case no") {
            let isLatin = isLatin(line.text)
            let marks: Set<Character> = isLatin ? [".", "?", "!"] : ["，", ",", "。", "；", ";", "　", " ", "？"]
            let parts = line.text.split { marks.contains($0) }.map { String($0).trimmingBlanks }
            let facts = parts.filter { part in !openings.contains { part.contains($0) } }.drop { $0.count < 8 }
            let words = facts.joined(separator: isLatin ? ". " : "，")
            guard ChineseText.length(words) >= 12 else { continue }
            let sentence = isLatin ? facts.first ?? words : words
            let text = Self.bounded(sentence, isLatin ? Self.limit - 15 : 60)
            return item.reading.raw(line).with(isLatin ? "Petition: “\(text)”" : "陳情「\(text)」")
        }
        return nil
    }

    private func isLatin(_ text: String) -> Bool { !ChineseText.isChinese(text) }

    // MARK: Length

    /// Without a full stop at the end and blanks around.
    static func trimmed(_ text: String) -> String {
        var words = text.trimmingBlanks
        while let last = words.last, "。.；;，,".contains(last) { words.removeLast() }
        return words
    }

    private static func firstClause(_ text: String) -> String {
        let clause = PurposeText.split(trimmed(text)).first ?? text
        return trimmed(clause)
    }

    /// At most `limit` characters, cut behind a clause where one ends, else at the limit.
    static func bounded(_ text: String, _ limit: Int = limit) -> String {
        guard ChineseText.length(text) > limit else { return text }
        return shortened(text, limit)
    }

    private static func shortened(_ text: String, _ limit: Int) -> String {
        guard ChineseText.isChinese(text) else {
            var result = ""
            for word in text.split(separator: " ") {
                guard ChineseText.length(result) + word.count <= limit - 1 else { break }
                result += (result.isEmpty ? "" : " ") + word
            }
            // A clause that was begun is left out where another stands before it.
            let comma = result.lastIndex(of: ",")
            return comma.map { result.distance(from: result.startIndex, to: $0) > 30 } ?? false
                ? String(result[..<(comma ?? result.endIndex)]) : result
        }
        let clauses = PurposeText.split(text)
        var result = ""
        for clause in clauses {
            let longer = result.isEmpty ? clause : result + "，" + clause
            guard ChineseText.length(longer) <= limit else { break }
            result = longer
        }
        return result.isEmpty ? String(text.prefix(limit)) : result
    }
}
