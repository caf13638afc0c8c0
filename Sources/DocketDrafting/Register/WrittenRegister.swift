internal import DocketText

/// Turns what was said into what minutes write, sentence by sentence and by rule alone.
///
/// Fillers, repeats, self-repairs and salutations go; spoken numbers and dates take the house style; spoken turns take
/// their written ones (我們就請… → 請…, 不可以 → 不得, 在十月底以前 → 於10月底前). Negations, modal words, figures and
/// addressees are never dropped.
struct WrittenRegister: Sendable {
    /// Whose mouth speaks: 本局 for a bureau's 我們; nil leaves 我們.
    var selfName: String?

    /// A sentence in written register, closed with a full stop; empty when nothing is left of it.
    func sentence(_ clauses: [String]) -> String {
        let spoken = Self.withMarkers(clauses).map { Self.withoutAsides(Self.unmarked($0)) }.filter {
            !$0.isEmpty && !$0.allSatisfy { "嗯呃啊欸喔哦哎唉".contains($0) }
        }
        let parts = SelfRepair.resolved(spoken).compactMap(part)
        guard !parts.isEmpty else { return "" }
        let text = Self.polished(Self.joined(parts))
        return text.isEmpty ? "" : text + "。"
    }

    /// …管理局……是主管機關: a clause that breaks off and a copula behind it are a correction without its word.
    private static func withMarkers(_ clauses: [String]) -> [String] {
        var marked: [String] = []
        for clause in clauses {
            if let last = marked.last, last.hasSuffix("…"), clause.hasPrefix("是"), !clause.hasPrefix("是不是") {
                marked.append("不是")
            }
            marked.append(clause)
        }
        return marked
    }

    /// A clause in written register and the word that ties it to the clause before it.
    private struct Part {
        var text: String
        /// "及" after 還有 and 以及, "並" after 然後, else empty.
        var link = ""
    }

    private func part(_ clause: String) -> Part? {
        let plain = SpokenChinese.withoutWords(clause)
        let link = ["還有", "以及"].contains { plain.hasPrefix($0) } ? "及" : plain.hasPrefix("然後") ? "並" : ""
        let bare = Self.withoutLead(SpokenChinese.withoutFillers(plain))
        guard !bare.isEmpty, !Self.isSalutation(bare), !Self.isHesitation(bare) else { return nil }
        let text = turned(SpokenNumbers.written(bare))
        return text.isEmpty ? nil : Part(text: text, link: link)
    }

    // MARK: - What goes

    /// The clause without the marks around it.
    static func unmarked(_ clause: String) -> String {
        var text = Substring(clause)
        while let last = text.last, SpokenChinese.isMark(last) || last == " " { text = text.dropLast() }
        while let first = text.first, SpokenChinese.isMark(first) || first == " " { text = text.dropFirst() }
        return String(text)
    }

    /// Remarks of the transcriber in brackets: （笑）, （嘆氣）.
    private static func withoutAsides(_ clause: String) -> String {
        var text = clause
        while let open = text.firstIndex(of: "（"), let close = text[open...].firstIndex(of: "）"),
            text.distance(from: open, to: close) <= 6
        {
            text.removeSubrange(open...close)
        }
        return text
    }

    /// Leads that only announce: 那這一案的結論, 所以結論, 第一點, 我這邊總結一下.
    static func withoutLead(_ clause: String) -> String {
        var text = Substring(clause)
        var changed = true
        while changed {
            changed = false
            for lead in leads where text.hasPrefix(lead) {
                let rest = text.dropFirst(lead.count)
                // 第一點 must not eat 第一點五; 還有 keeps what it counts (還有五處).
                if let next = rest.first, lead.hasPrefix("第") || lead == "還有", Numeral.isNumeral(next) { continue }
                if let next = rest.first, lead.hasSuffix("那"), SpokenChinese.isDemonstrated(next) { continue }
                text = rest
                while let first = text.first, "，、 ".contains(first) { text = text.dropFirst() }
                changed = true
            }
        }
        return String(text)
    }

    private static let leads: [String] = [
        "那這一案的結論", "這一案的結論", "那這個案子", "這個案子", "那這一案", "這一案", "那這案", "這案子", "本案結論", "結論就是", "結論是", "所以結論", "結論",
        "那就這樣", "那這樣", "這樣", "所以這一案", "所以這個案子", "我這邊總結一下", "我總結一下", "總結一下", "我這邊再加一點", "再加一點", "最後一點", "最後",
        "第一個", "第二個", "第三個", "第四個", "第五個", "第一點", "第二點", "第三點", "第四點", "第五點", "第一件", "第二件事情是", "第二件", "然後", "那麼",
        "那以後", "那就", "另外", "再來", "接下來", "還有", "好", "所以", "就是說", "就是", "我們就", "那我們就", "那我們", "這個", "那個", "那", "對",
        "不管怎麼樣", "我想", "我覺得", "我認為", "我建議", "是",
    ].sorted { $0.count > $1.count }

    /// Greetings and addresses: 秘書長好, 各位主秘, 報告秘書長, 謝謝主席.
    static func isSalutation(_ clause: String) -> Bool {
        let text = clause
        guard text.count <= 14 else { return false }
        let greets = ["好", "大家好", "午安", "早安", "各位午安", "謝謝", "大家午安"].contains { text.hasSuffix($0) }
        let addresses = ["各位", "秘書長", "主席", "處長", "局長", "市長", "主委", "委員", "主任", "大家", "副座", "長官"].contains {
            text.contains($0)
        }
        if greets && addresses { return true }
        if text.hasPrefix("謝謝") || text.hasPrefix("報告") && text.count <= 7 && addresses { return true }
        let titles = ["秘書長", "副秘書長", "主席", "處長", "副處長", "局長", "市長", "各位主秘", "各位", "各位委員", "主任", "各位同仁", "各位長官"]
        if titles.contains(text) || isSurnamedTitle(text) { return true }
        return isReportLead(text)
    }

    /// 吳主秘, 歐陽參議: a surname and a title by themselves only address somebody.
    private static func isSurnamedTitle(_ text: String) -> Bool {
        guard (3...6).contains(text.count) else { return false }
        return MentionFinder().mentions(in: text).contains { mention in
            mention.kind == .person && mention.words == text && mention.surname != nil
        }
    }

    /// 研考會報告, 交通局這邊補充, 我補充一下: they announce a statement.
    ///
    /// 提出檢討報告 says something and is none.
    private static func isReportLead(_ text: String) -> Bool {
        guard text.count <= 14, !text.contains("請") else { return false }
        for verb in reportVerbs where text.hasSuffix(verb) {
            var subject = text.dropLast(verb.count)
            for word in ["這邊", "這裡", "先", "接著", "來", "要", "再", "也", "想", "跟大家", "跟各位"] where subject.hasSuffix(word) {
                subject = subject.dropLast(word.count)
            }
            if subject.isEmpty || subject.hasSuffix("我") || isName(subject) { return true }
        }
        return false
    }

    private static let reportVerbs = [
        "補充說明一下", "補充說明", "補充一下", "補充一句", "說明一下", "報告一下", "提醒一下", "報告", "補充", "說明", "有一個意見", "有個意見", "有意見", "講一下",
        "有一個小小的意見", "有一個建議", "有一個問題",
    ].sorted { $0.count > $1.count }

    private static func isHesitation(_ text: String) -> Bool {
        if isListNumber(text) { return true }
        return [
            "嗯", "呃", "好", "對", "是", "就是", "那個", "這個", "然後", "那", "好好", "沒關係", "對對", "是是", "可以", "喔", "不好意思", "了解",
            "而且", "有", "就", "那就", "喔那個", "還有", "另外", "決議", "結論", "裁示", "這案", "本案", "一個號碼", "一個號碼就好", "通過",
        ].contains(text)
    }

    /// 第一, 第二點: a number that a list is counted with.
    private static func isListNumber(_ text: String) -> Bool {
        guard text.hasPrefix("第"), text.count <= 4 else { return false }
        let rest = text.dropFirst().drop { Numeral.isNumeral($0) || $0.isDigit }
        return rest.isEmpty || rest == "點" || rest == "個" || rest == "項"
    }

    // MARK: - What turns

    /// Spoken turns replaced by written ones.
    private func turned(_ clause: String) -> String {
        var text = clause
        if let selfName {
            text = Self.withSelf(text, selfName)
        }
        text = Self.withoutBefore(Self.withRequest(text))
        text = SpokenTurns.written(text)
        text = Self.withSpan(Self.withLocative(text))
        return Self.withApproximation(Self.withConjunction(Self.withDemonstrative(text)))
    }

    /// 大概 and 差不多 before a figure are 約; elsewhere they stay, and so does 左右 behind one.
    private static func withApproximation(_ text: String) -> String {
        var text = text
        for word in ["大概", "差不多"] {
            var start = text.startIndex
            while let place = text[start...].firstRange(of: word) {
                let isFigure = text[place.upperBound...].first?.isDigit ?? false
                let before = text.distance(from: text.startIndex, to: place.lowerBound)
                if isFigure { text.replaceSubrange(place, with: "約") }
                start = text.index(text.startIndex, offsetBy: before + 1)
            }
        }
        return text
    }

    /// 這個 before a word is 該; at the end of a clause it stays.
    private static func withDemonstrative(_ text: String) -> String {
        var output = ""
        var rest = Substring(text)
        while let place = rest.range(of: "這個") {
            output += rest[..<place.lowerBound]
            rest = rest[place.upperBound...]
            output += rest.first.map { !SpokenChinese.isMark($0) } ?? false ? "該" : "這個"
        }
        return output + rest
    }

    /// 我們 of somebody whose agency is known: 本局; before an agency's own name nothing.
    private static func withSelf(_ text: String, _ selfName: String) -> String {
        var output = ""
        var rest = Substring(text)
        while let place = rest.range(of: "我們") {
            output += rest[..<place.lowerBound]
            rest = rest[place.upperBound...]
            for word in ["這邊", "這裡", "自己"] where rest.hasPrefix(word) { rest = rest.dropFirst(word.count) }
            if !isName(rest.prefix(3)), !isName(rest.prefix(4)), !isName(Substring(output)) { output += selfName }
        }
        return output + rest
    }

    /// 麻煩 before somebody who is asked is 請; 很麻煩 and 最麻煩的 stay.
    private static func withRequest(_ text: String) -> String {
        guard let place = text.range(of: "麻煩") else { return text }
        var before = text[..<place.lowerBound]
        for word in ["那我們就", "我們就", "那就", "就", "再", "也", "要"] where before.hasSuffix(word) {
            before = before.dropLast(word.count)
            break
        }
        let after = text[place.upperBound...]
        guard before.isEmpty, let next = after.first, !"的了，。很".contains(next) else { return text }
        return "請" + (after.hasPrefix("請") ? after.dropFirst() : after)
    }

    /// 以前, 之前, 以後 and 之後 after a time are 前 and 後; at the head of a clause they stay.
    private static func withoutBefore(_ text: String) -> String {
        var output = ""
        var rest = Substring(text)
        while let place = ["以前", "之前", "以後", "之後"].compactMap({ rest.range(of: $0) }).min(by: {
            $0.lowerBound < $1.lowerBound
        }) {
            output += rest[..<place.lowerBound]
            let word = rest[place]
            let isTimed = output.last.map { "日月年底時分週天次議成期".contains($0) } ?? false
            output += isTimed ? String(word.suffix(1)) : String(word)
            rest = rest[place.upperBound...]
        }
        return output + rest
    }

    /// 在 before a date, a deadline or a recurrence is 於, 從 before a figure 自: 在10月底前 → 於10月底前.
    private static func withLocative(_ text: String) -> String {
        let characters = Array(text)
        var output: [Character] = []
        for (index, character) in characters.enumerated() {
            if character == "從", index + 1 < characters.count, characters[index + 1].isDigit {
                output.append("自")
                continue
            }
            if character == "在", index + 1 < characters.count {
                let rest = String(characters[(index + 1)...].prefix(4))
                if rest.first?.isDigit == true
                    || ["年底", "每次", "下次", "每週", "每月", "每日", "會前", "會後", "本月", "下月", "質詢"].contains(
                        where: rest.hasPrefix)
                {
                    output.append("於")
                    continue
                }
            }
            output.append(character)
        }
        return String(output)
    }

    /// 到 between two dates or times is 至.
    private static func withSpan(_ text: String) -> String {
        let characters = Array(text)
        var output = characters
        for index in characters.indices where characters[index] == "到" && index > 0 && index + 1 < characters.count {
            let next = characters[index + 1]
            if "日月時分年底".contains(characters[index - 1]), next.isDigit || "下上凌晚次".contains(next) { output[index] = "至" }
        }
        return String(output)
    }

    /// 跟 between two names is 與; 把 before what is handled is 將.
    private static func withConjunction(_ text: String) -> String {
        let characters = Array(text)
        var output: [Character] = []
        for (index, character) in characters.enumerated() {
            if character == "把", index + 1 < characters.count, !"關握手持脈風".contains(characters[index + 1]),
                index == 0 || !"一第幾兩火".contains(characters[index - 1])
            {
                output.append("將")
            } else if character == "跟", index > 0, index + 1 < characters.count,
                !"著進催上不隨蹤我你他".contains(characters[index + 1])
            {
                output.append("與")
            } else {
                output.append(character)
            }
        }
        return String(output)
    }

    // MARK: - How clauses meet

    /// An addressee alone joins what it is asked to do (請主計處，針對…); 還有… joins the clause before it with 及,
    /// 然後… with 並.
    private static func joined(_ parts: [Part]) -> String {
        var text = ""
        var last = ""
        for part in parts where part.text != last {
            if text.isEmpty {
                text = part.text
            } else if last.hasPrefix("請"), last.count <= 12, !last.contains("前"), isName(last.dropFirst()) {
                text += part.text
            } else if isDeadline(last), !part.text.hasPrefix("請") {
                text += part.text
            } else if part.link == "及", !part.text.contains("請") {
                text += "及" + part.text
            } else if part.link == "並", !part.text.hasPrefix("請"), !part.text.hasPrefix("並"), startsWithVerb(part.text)
            {
                text += "，並" + part.text
            } else {
                text += "，" + part.text
            }
            last = part.text
        }
        return text
    }

    /// A bare time by which, alone or behind its addressee: 於11月20日前, 請文化局於10月底前.
    private static func isDeadline(_ part: String) -> Bool {
        guard part.hasSuffix("前"), part.count <= 18 else { return false }
        return part.hasPrefix("於") || part.hasPrefix("請") && part.contains("於")
    }

    /// True when the clause goes on with what the same people do: 並副知, 並送主計處.
    private static func startsWithVerb(_ text: String) -> Bool {
        let verbs = [
            "要", "須", "應", "送", "提", "報", "副知", "函", "通知", "公告", "完成", "辦理", "彙整", "納入", "回報", "轉知", "於", "由", "將", "把",
            "依", "檢討",
        ]
        return verbs.contains { text.hasPrefix($0) }
    }

    /// True for a bare agency or group after 請.
    static func isName(_ words: Substring) -> Bool {
        let endings = [
            "局", "處", "會", "署", "部", "院", "所", "中心", "科", "室", "公司", "隊", "機關", "單位", "主秘", "聯絡員", "科長", "組長",
        ]
        return endings.contains { words.hasSuffix($0) } && !words.hasSuffix("協處") && !words.hasSuffix("機會")
    }

    /// The finished sentence without doubled marks and left-over particles.
    private static func polished(_ text: String) -> String {
        var text = text
        if text.hasSuffix("這個") || text.contains("這個，") { text = text.replacing("的這個，", with: "部分，") }
        for (wrong, right) in [
            ("，，", "，"), ("，。", "。"), ("前，前", "前"), ("於於", "於"), ("了，", "，"), ("請並", "並請"), ("，約，", "，約"), ("啦、", "、"),
            ("啦，", "，"),
            ("，大概，", "，約"),
            ("下次，第", "下次第"), ("年底，12月", "12月"), ("，及", "及"),
        ] {
            while text.contains(wrong) { text = text.replacing(wrong, with: right) }
        }
        // What a lead left behind: 這案，請… without its lead.
        while let first = text.first, "，、；".contains(first) { text.removeFirst() }
        while let last = text.last, "，、；了".contains(last), text.count > 1 {
            if last == "了", text.hasSuffix("為了") || text.hasSuffix("除了") { break }
            text.removeLast()
        }
        return text
    }
}
