/// Tells which sentences of a chair rule on something, and what they do.
enum RulingCues {
    /// What a sentence does.
    enum Kind: Equatable {
        /// Asks somebody to do something: 請研考會於….
        case directive
        /// Settles the item in a set form: 備查。, 照案通過。 The words are those of minutes.
        case settled(String)
        /// Rules without asking: 一律採用…, 不得…, 延長到….
        case rule
        /// Puts what was ruled just before under tracking.
        case tracked
        /// Says when the next meeting is.
        case nextMeeting
    }

    /// What `sentence` of the chair does; nil when it rules nothing.
    static func kind(_ sentence: SpokenSentence) -> Kind? {
        let text = sentence.text
        if sentence.isQuestion { return nil }
        let clauses = sentence.clauses.map { WrittenRegister.unmarked(SpokenChinese.withoutFillers($0)) }
        if let form = settledForm(clauses, text) {
            // 請各機關提早規劃，備查。: the form closes what was ruled and does not replace it.
            let asks = clauses.contains { isDirective($0) && !isCall($0) && Terms.contentCount($0) >= 6 }
            return asks ? .directive : .settled(form)
        }
        if isTracked(text) { return .tracked }
        if ["下次會報", "下次會議", "下一次會議", "下一次會報", "下次開會"].contains(where: text.contains), hasDate(text),
            !text.contains("報告")
        {
            return .nextMeeting
        }
        let asks = clauses.indices.contains { index in
            isDirective(clauses[index]) && !(isCall(clauses[index]) && index + 1 == clauses.count)
        }
        if asks { return .directive }
        return isRule(clauses, text) ? .rule : nil
    }

    // MARK: - Forms

    /// Outcomes said in a word or two.
    private static func settledForm(_ clauses: [String], _ text: String) -> String? {
        guard Terms.contentCount(text) <= 30 else { return nil }
        let endings: [(String, String)] = [
            ("備查", "備查。"), ("洽悉", "洽悉。"), ("紀錄確定", "紀錄確定。"), ("照案通過", "照案通過。"), ("修正通過", "修正通過。"), ("修正後通過", "修正後通過。"),
            ("原則同意", "原則同意。"), ("緩議", "緩議。"), ("撤案", "撤案。"), ("退回", "退回。"),
        ]
        for clause in clauses {
            let bare = clause.filter { !"的了啦喔吧".contains($0) }
            for (cue, form) in endings
            where bare.hasSuffix(cue) && bare.count <= cue.count + 8 && !bare.hasPrefix("不") && !bare.contains("請") {
                return form
            }
        }
        return nil
    }

    /// 這個要列管, 列管。, 這兩個一起列管: the conclusion just before goes under tracking.
    static func isTracked(_ text: String) -> Bool {
        guard text.contains("列管"), !text.contains("解除"), !text.contains("賡續"), !text.contains("繼續"), !text.contains("請")
        else { return false }
        return Terms.contentCount(text) <= 18 && !text.contains("不列管") && !text.contains("不用列管") && !text.contains("不另")
    }

    /// 請 with somebody who is asked and something to do; calls to speak and polite phrases are none.
    static func isDirective(_ clause: String) -> Bool {
        guard let place = clause.range(of: "請") ?? clause.range(of: "麻煩") else { return false }
        let asks =
            clause[place.lowerBound] == "麻"
            ? clause.range(of: "麻煩").map(\.upperBound) ?? place.upperBound : place.upperBound
        let rest = clause[asks...]
        if let before = clause[..<place.lowerBound].last, "申邀聘陳商懇報宴建擬提想".contains(before) { return false }
        if rest.isEmpty || notAsking.contains(where: rest.hasPrefix) { return false }
        guard rest.count >= 3, !["難說", "很難", "不能", "沒有辦法"].contains(where: clause[..<place.lowerBound].contains) else {
            return false
        }
        // 請財政局說明, 請各位報告: a call to speak.
        let call = ["說明", "報告", "說明一下", "報告一下", "補充", "補充一下", "發言", "講", "說", "說一下", "講一下"]
        if rest.count <= 12, call.contains(where: rest.hasSuffix), !clause.contains("前"), !clause.contains("下次"),
            !clause.contains("會議上")
        {
            return false
        }
        return true
    }

    /// 請研考會 with nothing to do: the floor is given.
    static func isCall(_ clause: String) -> Bool {
        guard let place = clause.range(of: "請") else { return false }
        let rest = clause[place.upperBound...]
        return rest.count <= 7 && (WrittenRegister.isName(rest) || rest.last.map { "長座秘員師".contains($0) } ?? false)
    }

    private static let notAsking = [
        "說", "講", "問", "坐", "看簡報", "看附件", "看議程", "看一下", "教", "假", "稍等", "等一下", "進", "用茶", "指教", "多指教", "回", "客", "大家看",
        "各位看",
    ]

    /// Binding words without 請: prohibitions, general rules, deadlines for somebody named, changes of figures.
    private static func isRule(_ clauses: [String], _ text: String) -> Bool {
        let body = text
        if body.contains("你") || body.contains("我問") || body.contains("我看") || body.contains("我記得") { return false }
        if isBinding(body) { return !isComment(clauses) }
        let concludes = ["這一案，", "這案，", "結論是", "結論就是", "的結論，", "所以結論"].contains(where: body.contains)
        if concludes, Terms.contentCount(body) >= 16, !body.contains("我") { return true }
        let isMoved = ["延長到", "延到", "改成", "改為", "調整為", "調整到", "訂在", "訂於", "定在", "提前到", "放寬到", "提高到", "降到"].contains(
            where: body.contains)
        if isMoved, Self.leadsRuling(text) { return true }
        return hasDeadline(body) && clauses.contains(where: { namesAgency($0) })
    }

    /// Words that bind without asking: 一律, 不得, 照辦.
    static func isBinding(_ text: String) -> Bool {
        let bound = ["捨不得", "巴不得", "恨不得", "怪不得", "不得不", "不得了", "不得已", "不得記載"].reduce(text) {
            $0.replacing($1, with: "")
        }
        return binding.contains(where: bound.contains)
    }

    private static let binding = [
        "一律", "不得", "毋須", "不用列", "不要算", "不列入", "不納入", "循程序", "另案提報", "不另列管", "不另外列管", "照辦", "修正為", "授權", "原則同意",
        "同意照", "照案", "併入", "依規定辦理", "不可以",
    ]

    /// 那…就…, 好，那…: how a chair begins to rule.
    private static func leadsRuling(_ text: String) -> Bool {
        ["好，", "那", "就", "可以，", "所以", "結論", "這樣，", "對，"].contains(where: text.hasPrefix)
    }

    private static func isComment(_ clauses: [String]) -> Bool {
        clauses.allSatisfy { clause in clause.contains("我") && !clause.contains("請") }
    }

    /// A time by which: 十一月十五號以前, 月底前, 三天內.
    static func hasDeadline(_ text: String) -> Bool {
        let words = Array(SpokenNumbers.written(text))
        for index in words.indices where index > 0 && (words[index] == "前" || words[index] == "內") {
            let isLong = words[index] == "前" && "以之".contains(words[index - 1]) && index > 1
            let before = words[index - (isLong ? 2 : 1)]
            guard "日月年底號時分天週點".contains(before) else { continue }
            let near = words[max(0, index - 8)..<index]
            if near.contains(where: \.isDigit) || near.contains("年") || near.contains("底") { return true }
        }
        return false
    }

    private static func hasDate(_ text: String) -> Bool {
        (text.contains("月") || text.contains("星期") || text.contains("禮拜") || text.contains("週"))
            && (text.contains(where: Numeral.isNumeral) || text.contains(where: \.isDigit))
    }

    /// True for words such as 教育局, 各機關, 各單位.
    static func namesAgency(_ text: String) -> Bool {
        let groups = ["各機關", "各局處", "各位主秘", "各單位", "主辦機關", "各科", "各區公所", "兩邊"]
        if groups.contains(where: text.contains) { return true }
        let characters = Array(text)
        for (index, character) in characters.enumerated() where "局處會署部科室".contains(character) && index >= 2 {
            let before = characters[(index - 2)..<index]
            if before.allSatisfy({ $0.unicodeScalars.first?.isHan == true && !"這那一開大機去都不就在".contains($0) }) {
                return true
            }
        }
        return false
    }
}
