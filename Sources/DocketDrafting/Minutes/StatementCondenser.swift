internal import DocketCore

/// What each speaker said on an item, condensed: the clauses that cover most of what was said there, in written
/// register.
struct StatementCondenser {
    /// A statement with the places it rests on.
    struct Found: Sendable, Equatable {
        /// Name before the statement.
        var speaker: String
        /// 報告 for who presents the item, 補充說明 for the others.
        var verb: String
        /// Sentences in written register with the bytes and the passage each rests on.
        var sentences: [Part]

        /// One sentence of the statement.
        struct Part: Sendable, Equatable {
            var text: String
            var ranges: [Range<Int>]
            var passages: [Int]
            var derivation = Claim.Derivation.condensed
        }
    }

    let book: SpeakerBook
    /// Longest statement in characters.
    var longest = 110
    /// Most speakers an item gets a statement of.
    var mostSpeakers = 8

    /// Statements of everybody but chair and minute taker, in the order of their first words.
    ///
    /// What `ruled` passages say stands in the conclusions and is not said twice.
    func statements(in talk: Talk, presenting sponsor: String?, ruled: Set<Int> = []) -> [Found] {
        let sentences = SpokenSentence.sentences(of: talk)
        var units: [Unit] = []
        var owners: [SpokenSentence] = []
        for sentence in sentences {
            let voice = book.voice(talk.utterances[sentence.utterance].speaker)
            guard !voice.isChair || voice.isUnknown, !voice.isMinuteTaker, !ruled.contains(sentence.passage),
                isWorthy(sentence)
            else { continue }
            let register = WrittenRegister(selfName: Self.selfName(voice.agency))
            let text = register.sentence(clauses(sentence))
            guard Terms.contentCount(text) >= 8, boost(text) > 1 else { continue }
            units.append(
                Unit(
                    utterance: sentence.utterance, position: units.count, range: sentence.range, text: text,
                    isVerbatim: text == sentence.text, terms: Terms.chinese(text), size: text.count))
            owners.append(sentence)
        }
        return condense(units, owners, talk, sponsor: sponsor)
    }

    private func condense(_ units: [Unit], _ owners: [SpokenSentence], _ talk: Talk, sponsor: String?) -> [Found] {
        let weights = Summarizer.weights(units)
        var order: [String] = []
        var bySpeaker: [String: [Int]] = [:]
        for (index, unit) in units.enumerated() {
            let label = talk.utterances[unit.utterance].speaker ?? ""
            if bySpeaker[label] == nil { order.append(label) }
            bySpeaker[label, default: []].append(index)
        }
        var found: [(found: Found, weight: Double)] = []
        for label in order {
            let own = (bySpeaker[label] ?? []).map { units[$0] }
            let boosts = own.map { boost($0.text) }
            let chosen = CoverageSelector(decay: 0.4, lengthPower: 0.5)
                .choose(own, weights: weights, boost: boosts, budget: max(longest, own.map(\.size).min() ?? 0))
            guard !chosen.isEmpty else { continue }
            let voice = book.voice(label)
            let parts = chosen.map { index in
                Found.Part(
                    text: own[index].text, ranges: [own[index].range],
                    passages: [talk.utterances[own[index].utterance].passage])
            }
            let weight = chosen.reduce(0.0) { sum, index in sum + boosts[index] * Double(min(own[index].size, 60)) }
            let presents = sponsor != nil && voice.agency == sponsor
            found.append(
                (
                    Found(
                        speaker: voice.display, verb: presents ? "報告" : voice.isUnknown ? "摘要" : "補充說明",
                        sentences: parts), weight
                ))
        }
        let least = found.map(\.weight).sorted(by: >).prefix(mostSpeakers).last ?? 0
        return found.filter { $0.weight >= least && $0.weight >= 14 }.prefix(mostSpeakers).map(\.found)
    }

    /// Figures, dates and agencies make a sentence worth recording; so do reasons and proposals.
    private func boost(_ text: String) -> Double {
        var boost = 1.0
        if text.contains(where: \.isDigit) { boost += 0.6 }
        if ["建議", "因為", "原因", "完成", "預計", "預定", "尚", "須", "應", "不得", "無法", "建請", "配合"].contains(where: text.contains) {
            boost += 0.4
        }
        if RulingCues.namesAgency(text) { boost += 0.2 }
        // An answer lacks its question.
        if ["沒有，", "有，", "對，", "是，", "可以，", "不會，"].contains(where: text.hasPrefix) { boost -= 0.7 }
        return boost
    }

    /// Questions, thanks, jokes and small talk are no statements.
    private func isWorthy(_ sentence: SpokenSentence) -> Bool {
        let text = sentence.text
        if sentence.isQuestion || text.contains("（笑）") || text.contains("（嘆氣）") || text.hasSuffix("…") { return false }
        if ["講錯", "唸過", "我就不唸", "請看"].contains(where: text.contains) { return false }
        let small = ["不好意思", "抱歉", "謝謝", "沒有意見", "會後再", "我就不唸", "我就不講", "不點名", "沒問題", "了解", "收到"]
        if small.contains(where: text.contains), Terms.contentCount(text) < 24 { return false }
        return Terms.contentCount(text) >= 8 && !givesTheFloor(sentence)
    }

    /// 序號六十也是請教育部: names the next matter and who is to speak on it.
    private func givesTheFloor(_ sentence: SpokenSentence) -> Bool {
        let clauses = sentence.clauses.map { WrittenRegister.unmarked(SpokenChinese.withoutFillers($0)) }
        guard let last = clauses.last(where: { !WrittenRegister.isSalutation($0) }) else { return false }
        return RulingCues.isCall(last) && Terms.contentCount(sentence.text) < 40
    }

    private func clauses(_ sentence: SpokenSentence) -> [String] {
        sentence.clauses.filter { clause in
            let bare = WrittenRegister.unmarked(clause)
            return !bare.hasSuffix("我就不唸了") && !bare.hasSuffix("對不對") && !bare.hasPrefix("請看")
                && !bare.contains("跟大家報告")
        }
    }

    /// 教育局 → 本局, 研考會 → 本會.
    static func selfName(_ agency: String?) -> String? {
        guard let last = agency?.last, "局處會署部院所室科".contains(last) else { return nil }
        return "本" + String(last)
    }
}
