internal import DocketCore

/// Conclusions of one agenda item, found in what the chair said and turned into written register.
struct ConclusionFinder {
    /// A conclusion with the places it rests on.
    struct Found: Sendable, Equatable {
        /// Text in written register, closed with a full stop.
        var text: String
        /// Bytes in the source's text, in order.
        var ranges: [Range<Int>]
        /// Passages of `ranges`.
        var passages: [Int]
        /// True for a task that somebody took on, which English minutes list apart.
        var isTask = false
        /// How the text came from the source.
        var derivation = Claim.Derivation.condensed
    }

    let book: SpeakerBook
    /// True for the item that confirms the minutes of the meeting before.
    var isPrevious = false

    /// Conclusions of `talk` in the order they were said; a ruling that a later one repeats is left to the later one.
    func conclusions(in talk: Talk) -> [Found] {
        let sentences = SpokenSentence.sentences(of: talk)
        let tracking = TrackingSpeech(book: book).conclusions(sentences, talk)
        var found: [Found] = []
        var isListing = false
        for sentence in sentences {
            guard book.voice(talk.utterances[sentence.utterance].speaker).isChair,
                !tracking.consumed.contains(sentence.range.lowerBound)
            else { continue }
            let isProposal = ["建議", "希望", "想請", "我們想", "可不可以", "要不要", "請教"].contains(where: sentence.text.contains)
            if isProposal, book.voice(talk.utterances[sentence.utterance].speaker).isUnknown { continue }
            let kind = kind(sentence)
            if isListing, isListed(sentence), kind != .nextMeeting {
                take(sentence, .rule, into: &found)
            } else if let kind {
                take(sentence, kind, into: &found)
            } else if isAmendment(sentence, after: found.last) {
                append(sentence, to: &found)
            } else if isCopyNote(sentence), let last = found.last, sentence.passage - (last.passages.last ?? 0) <= 4 {
                append(sentence, to: &found)
            }
            // 好，那我來做決議。第一，…: what is numbered from here on is ruled.
            if ["決議", "結論", "總結", "裁示", "幾點"].contains(where: sentence.text.contains) { isListing = true }
        }
        return tracking.found + withoutRepeats(withoutSupersededForms(found))
    }

    private func kind(_ sentence: SpokenSentence) -> RulingCues.Kind? {
        let isChanged = ["改", "修正", "更正"].contains(where: sentence.text.contains)
        if isPrevious, !isChanged, sentence.clauses.contains(where: { WrittenRegister.unmarked($0).hasSuffix("確定") }),
            Terms.contentCount(sentence.text) < 24, !sentence.isQuestion
        {
            return .settled("紀錄確定。")
        }
        return RulingCues.kind(sentence)
    }

    /// True for a sentence that begins 第一，, 第二個， … and says something.
    private func isListed(_ sentence: SpokenSentence) -> Bool {
        guard let first = sentence.clauses.first, !sentence.isQuestion, !sentence.text.contains("你") else {
            return false
        }
        let words = Array(WrittenRegister.unmarked(SpokenChinese.withoutFillers(first)))
        return words.count <= 4 && words.first == "第" && words.count > 1 && Numeral.isNumeral(words[1])
            && Terms.contentCount(sentence.text) >= 8
    }

    private func take(_ sentence: SpokenSentence, _ kind: RulingCues.Kind, into found: inout [Found]) {
        switch kind {
        case .tracked:
            guard let last = found.indices.last else { return }
            found[last].text = Self.tracked(found[last].text)
            found[last].ranges.append(sentence.range)
            found[last].passages.append(sentence.passage)
        case .settled(let form):
            found.append(Found(text: form, ranges: [sentence.range], passages: [sentence.passage]))
        case .nextMeeting:
            guard let text = Self.nextMeeting(sentence) else { return }
            found.append(Found(text: text, ranges: [sentence.range], passages: [sentence.passage]))
        case .directive, .rule:
            let text = WrittenRegister().sentence(Self.clauses(sentence, isDirective: kind == .directive))
            guard Terms.contentCount(text) >= 5 else { return }
            let closed = text.hasSuffix("，列管。") ? Self.tracked(text) : text
            if text.count <= 12, kind == .rule, let last = found.last, last.passages.last == sentence.passage {
                append(sentence, to: &found)
                return
            }
            found.append(Found(text: closed, ranges: [sentence.range], passages: [sentence.passage]))
        }
    }

    /// What follows 修正通過 in the same breath says how it was amended.
    private func isAmendment(_ sentence: SpokenSentence, after last: Found?) -> Bool {
        guard let last, last.text.hasPrefix("修正"), last.passages.last == sentence.passage, !sentence.isQuestion else {
            return false
        }
        return Terms.contentCount(sentence.text) >= 5 && !RulingCues.isTracked(sentence.text)
    }

    /// 副本給秘書處: who else is told, said after the conclusion.
    private func isCopyNote(_ sentence: SpokenSentence) -> Bool {
        !sentence.isQuestion && ["副本", "副知"].contains(where: sentence.text.contains)
            && Terms.contentCount(sentence.text) <= 24
    }

    /// Adds what a sentence says to the conclusion before it.
    private func append(_ sentence: SpokenSentence, to found: inout [Found]) {
        guard let last = found.indices.last else { return }
        let text = WrittenRegister().sentence(Self.clauses(sentence, isDirective: false))
        guard !text.isEmpty, !found[last].text.contains(text.dropLast()) else { return }
        let isTracked = found[last].text.hasSuffix("，本項納入列管。")
        let body = isTracked ? found[last].text.replacing("，本項納入列管。", with: "") : String(found[last].text.dropLast())
        let isForm = body.count <= 6
        found[last].text = body + (isForm ? "。" : "；") + (isTracked ? text.dropLast() + "，本項納入列管。" : text)
        found[last].ranges.append(sentence.range)
        found[last].passages.append(sentence.passage)
    }

    /// The conclusion with 本項納入列管 at its end.
    private static func tracked(_ text: String) -> String {
        guard !text.contains("納入列管") else { return text }
        if text.hasSuffix("，列管。") { return text.dropLast(4) + "，本項納入列管。" }
        return (text.hasSuffix("。") ? String(text.dropLast()) : text) + "，本項納入列管。"
    }

    /// The clauses that rule: talk about oneself, threats and repetitions of what the sentence already says go.
    private static func clauses(_ sentence: SpokenSentence, isDirective: Bool) -> [String] {
        var kept: [String] = []
        for clause in sentence.clauses {
            let bare = WrittenRegister.unmarked(SpokenChinese.withoutFillers(clause))
            let isAside =
                (bare.contains("我") && !bare.contains("我們")) || bare.contains("你")
                || commentary.contains { bare.hasPrefix($0) }
                || bare.hasSuffix("這樣寫") || bare.hasSuffix("好不好") || bare.hasSuffix("嗎")
            if isAside, !RulingCues.isDirective(bare) { continue }
            if bare.count >= 2, bare.count <= 8, kept.contains(where: { $0.contains(bare) }) { continue }
            kept.append(clause)
        }
        return core(of: kept)
    }

    /// Of a breath as long as a speech only what rules, with the clauses around it that say on what and by when.
    private static func core(of clauses: [String]) -> [String] {
        guard clauses.reduce(0, { $0 + $1.count }) > longest else { return clauses }
        let rules = clauses.indices.filter { index in
            let bare = WrittenRegister.unmarked(SpokenChinese.withoutFillers(clauses[index]))
            return RulingCues.isDirective(bare) || RulingCues.isBinding(bare) || RulingCues.hasDeadline(bare)
                || ["表決", "採", "調整為", "訂為", "改為", "改成"].contains(where: bare.contains)
        }
        guard !rules.isEmpty else { return clauses }
        let near = Set(rules.flatMap { [$0 - 1, $0, $0 + 1] })
        return clauses.indices.filter(near.contains).map { clauses[$0] }
    }

    /// Characters of a conclusion beyond which it is cut to its core.
    private static let longest = 120

    private static let commentary = [
        "不然", "不管", "各位都知道", "大家都知道", "去年有", "上次有", "這個我要", "以後就講清楚", "講清楚", "舊的就算了", "不要再", "不要又", "各位自己", "大家自己",
        "反正", "老實說", "安全第一", "有進步", "很好", "這個好", "沒關係", "辛苦", "好好", "沒錯", "跟今天一樣", "一樣在這裡",
    ]

    /// The date of the next meeting as minutes give it: 下次會報訂於10月29日（星期二）下午2時召開.
    private static func nextMeeting(_ sentence: SpokenSentence) -> String? {
        var day = ""
        var weekday = ""
        var time = ""
        var subject = "下次會議"
        for clause in sentence.clauses {
            let words = WrittenRegister.unmarked(SpokenNumbers.written(SpokenChinese.withoutFillers(clause))).replacing(
                "禮拜", with: "星期"
            )
            .replacing("週", with: "星期")
            for name in ["下次會報", "下次會議"] where words.contains(name) { subject = name }
            let parts = MeetingTime(words)
            if day.isEmpty { day = parts.day }
            if weekday.isEmpty { weekday = parts.weekday }
            if time.isEmpty { time = parts.time }
        }
        guard !day.isEmpty else { return nil }
        return "\(subject)訂於\(day)\(weekday.isEmpty ? "" : "（\(weekday)）")\(time)召開。"
    }

    // MARK: - Order and repetition

    /// 備查 among directives is the item's only outcome when nothing else was ruled; said twice it counts once.
    private func withoutSupersededForms(_ found: [Found]) -> [Found] {
        var kept: [Found] = []
        for conclusion in found {
            if conclusion.text.count <= 8, let same = kept.firstIndex(where: { $0.text == conclusion.text }) {
                kept[same].ranges += conclusion.ranges
                kept[same].passages += conclusion.passages
            } else {
                kept.append(conclusion)
            }
        }
        return kept
    }

    /// Of two conclusions that share most of their terms the later stands, or the earlier when the later only repeats a
    /// part of it; either cites both.
    private func withoutRepeats(_ found: [Found]) -> [Found] {
        var kept: [(conclusion: Found, terms: Set<UInt64>)] = []
        for conclusion in found {
            let terms = Set(Terms.chinese(conclusion.text))
            // A chair repeats within the same matter: only the last conclusions are looked at.
            guard let place = kept.suffix(Self.memory).lastIndex(where: { Self.repeats($0.terms, terms) }) else {
                kept.append((conclusion, terms))
                continue
            }
            let old = kept[place].conclusion
            let isPart = conclusion.text.count * 5 < old.text.count * 3
            var merged = isPart ? old : conclusion
            if old.text.contains("納入列管") || conclusion.text.contains("納入列管") { merged.text = Self.tracked(merged.text) }
            merged.ranges = old.ranges + conclusion.ranges
            merged.passages = old.passages + conclusion.passages
            if isPart {
                kept[place].conclusion = merged
            } else {
                kept.remove(at: place)
                kept.append((merged, terms))
            }
        }
        return kept.map(\.conclusion)
    }

    /// How many conclusions back a repetition is looked for.
    private static let memory = 20

    private static func repeats(_ former: Set<UInt64>, _ latter: Set<UInt64>) -> Bool {
        let least = min(former.count, latter.count)
        return least >= 3 && Double(former.intersection(latter).count) > 0.65 * Double(least)
    }
}

/// Day, weekday and time in words of house style.
private struct MeetingTime {
    var day = ""
    var weekday = ""
    var time = ""

    init(_ words: String) {
        let characters = Array(words)
        var index = 0
        func digits(_ start: Int) -> Int {
            var end = start
            while end < characters.count, characters[end].isDigit { end += 1 }
            return end - start
        }
        while index < characters.count {
            let length = digits(index)
            let mark = index + length
            if length > 0, mark < characters.count, characters[mark] == "月" {
                let days = digits(mark + 1)
                if days > 0, mark + 1 + days < characters.count, characters[mark + 1 + days] == "日" {
                    day = String(characters[index...(mark + 1 + days)])
                    index = mark + 2 + days
                    continue
                }
            }
            if length > 0, mark < characters.count, characters[mark] == "時" {
                var end = mark + 1
                let minutes = digits(end)
                if minutes > 0, end + minutes < characters.count, characters[end + minutes] == "分" {
                    end += minutes + 1
                }
                var start = index
                if start >= 2, ["上午", "下午", "中午", "晚上"].contains(String(characters[(start - 2)..<start])) {
                    start -= 2
                }
                time = String(characters[start..<end])
                index = end
                continue
            }
            if characters[index] == "星", index + 2 < characters.count, characters[index + 1] == "期" {
                weekday = String(characters[index...(index + 2)])
            }
            index += max(1, length)
        }
    }
}
