/// What is said of tracked items: numbers as they are spoken, what becomes of each, and the list that sums it up.
struct TrackingSpeech {
    let book: SpeakerBook

    /// A number with its scope and proviso, as minutes write it: 60-4（工務局部分）.
    struct Reference: Sendable, Equatable {
        var number: String
        var note: String?

        var written: String { note.map { "\(number)（\($0)）" } ?? number }
    }

    /// What becomes of a reference.
    enum Action: Equatable {
        case release, proceed

        var words: String { self == .release ? "同意解除列管" : "賡續列管" }
    }

    /// Conclusions on tracked items, and the sentences (by first byte) that they use up.
    func conclusions(_ sentences: [SpokenSentence], _ talk: Talk) -> (
        found: [ConclusionFinder.Found], consumed: Set<Int>
    ) {
        // Most items speak of no number at all.
        guard sentences.contains(where: { Self.action($0.text) != nil }) else { return ([], []) }
        if let summed = summedUp(sentences, talk) { return summed }
        // Who rules number by number is told by the voice alone.
        return book.chairLabel == nil ? ([], []) : oneByOne(sentences, talk)
    }

    // MARK: - A list that sums up, accepted by the chair

    /// 六十四之…、…，四案解除列管。…，六案賡續列管: the last such list that the chair says or accepts.
    private func summedUp(
        _ sentences: [SpokenSentence], _ talk: Talk
    ) -> (found: [ConclusionFinder.Found], consumed: Set<Int>)? {
        for utterance in Set(sentences.map(\.utterance)).sorted(by: >) {
            let own = sentences.filter { $0.utterance == utterance }
            let groups = groups(own)
            guard groups.reduce(0, { $0 + $1.references.count }) >= 3 else { continue }
            let isChair = book.voice(talk.utterances[utterance].speaker).isChair
            let accepted = sentences.first { sentence in
                sentence.utterance > utterance && sentence.utterance <= utterance + 6
                    && book.voice(talk.utterances[sentence.utterance].speaker).isChair && isAcceptance(sentence.text)
            }
            // A list that nobody answers stands when the chair passes on to the next item.
            let isLast = sentences.last?.utterance == utterance
            guard isChair || accepted != nil || isLast else { continue }
            let places = own.map(\.range) + (accepted.map { [$0.range] } ?? [])
            let passages = own.map(\.passage) + (accepted.map { [$0.passage] } ?? [])
            let found = groups.map { group in
                ConclusionFinder.Found(text: written(group), ranges: places, passages: passages)
            }
            return (found, consumed(sentences))
        }
        return nil
    }

    private func isAcceptance(_ text: String) -> Bool {
        ["照這樣", "照辦", "這樣對了", "這樣就好", "沒錯", "就這樣", "同意", "照丁", "照案", "可以", "沒問題", "照研考會"].contains(where: text.contains)
            || text == "好。" || text.hasPrefix("好，照")
    }

    private struct Group {
        var action: Action
        var references: [Reference]
        /// The number of cases that was said, which a rule checks against the list.
        var declared: Int?
    }

    /// N of N案 in words of house style.
    private static func declaredCount(_ words: String) -> Int? {
        guard let mark = words.range(of: "案") else { return nil }
        return Int(String(words[..<mark.lowerBound].reversed().prefix { $0.isDigit }.reversed()))
    }

    /// Lists of references, each ended by what becomes of it, or led by it: 解除的是二十九之一、三十之二.
    private func groups(_ sentences: [SpokenSentence]) -> [Group] {
        var groups: [Group] = []
        var open: [Reference] = []
        var leads = false
        for clause in sentences.flatMap(\.clauses) {
            for part in clause.split(whereSeparator: { "、，；。,;".contains($0) }) {
                let words = SpokenNumbers.written(SpokenChinese.withoutFillers(String(part)))
                let action = Self.action(words)
                let named = Self.reference(in: words)
                if let action, words.contains("的是") || words.contains("的有") || named == nil && open.isEmpty {
                    leads = true
                    groups.append(
                        Group(action: action, references: named.map { [$0] } ?? [], declared: Self.declaredCount(words))
                    )
                    continue
                }
                if leads, action == nil, named == nil, let count = Self.declaredCount(words) {
                    groups[groups.count - 1].declared = count
                }
                if let reference = named {
                    if leads, action == nil {
                        groups[groups.count - 1].references.append(reference)
                    } else {
                        open.append(reference)
                    }
                }
                guard let action, !open.isEmpty else { continue }
                leads = false
                groups.append(Group(action: action, references: open, declared: Self.declaredCount(words)))
                open = []
            }
        }
        return groups.filter { !$0.references.isEmpty }
    }

    private func written(_ group: Group) -> String {
        let list = group.references.map(\.written).joined(separator: "、")
        let number = group.declared ?? group.references.count
        let count = group.references.count > 1 ? "等\(number)案" : ""
        return "列管編號\(list)\(count)\(group.action.words)。"
    }

    // MARK: - Number by number

    /// Each number with the chair's word on it; numbers that the chair let pass are left out.
    private func oneByOne(
        _ sentences: [SpokenSentence], _ talk: Talk
    ) -> (found: [ConclusionFinder.Found], consumed: Set<Int>) {
        var current: (reference: Reference, sentence: SpokenSentence)?
        var groups: [Action: (references: [Reference], ranges: [Range<Int>], passages: [Int])] = [:]
        for sentence in sentences {
            let isChair = book.voice(talk.utterances[sentence.utterance].speaker).isChair
            for part in sentence.text.split(whereSeparator: { "，；。,;".contains($0) }) {
                let words = SpokenNumbers.written(SpokenChinese.withoutFillers(String(part)))
                if let reference = Self.reference(in: words) { current = (reference, sentence) }
                guard isChair, !sentence.isQuestion, let action = Self.action(words), let named = current else {
                    continue
                }
                var reference = named.reference
                if let scope = Self.scope(words) { reference.note = scope }
                groups[action, default: ([], [], [])].references.removeAll { $0 == reference }
                groups[action, default: ([], [], [])].references.append(reference)
                for place in named.sentence == sentence ? [sentence] : [named.sentence, sentence] {
                    groups[action]?.ranges.append(place.range)
                    groups[action]?.passages.append(place.passage)
                }
            }
        }
        let found = [Action.release, .proceed].compactMap { action -> ConclusionFinder.Found? in
            guard let group = groups[action] else { return nil }
            let text = written(Group(action: action, references: group.references))
            return ConclusionFinder.Found(text: text, ranges: group.ranges, passages: group.passages)
        }
        return (found, found.isEmpty ? [] : consumed(sentences))
    }

    /// Sentences that speak of nothing but what becomes of numbers.
    private func consumed(_ sentences: [SpokenSentence]) -> Set<Int> {
        Set(
            sentences.filter { sentence in
                let words = SpokenNumbers.written(sentence.text)
                return Self.action(words) != nil && !RulingCues.hasDeadline(sentence.text)
                    || isAcceptance(sentence.text) && Terms.contentCount(sentence.text) < 8
                    || words.contains("括號") || words.contains("註明")
            }.map(\.range.lowerBound))
    }

    // MARK: - Words

    /// The first number in words of house style, with what follows it in the same breath.
    static func reference(in words: String) -> Reference? {
        let characters = Array(words)
        for dash in characters.indices where characters[dash] == "-" {
            var start = dash
            while start > 0, characters[start - 1].isDigit { start -= 1 }
            var end = dash + 1
            while end < characters.count, characters[end].isDigit { end += 1 }
            guard start < dash, end > dash + 1, dash - start <= 4, end - dash <= 4 else { continue }
            let rest = String(characters[end...])
            return Reference(number: String(characters[start..<end]), note: scope(rest) ?? proviso(rest))
        }
        return nil
    }

    /// 工務局部分, 社會局的部分 → 工務局部分.
    private static func scope(_ words: String) -> String? {
        guard let end = words.range(of: "部分") else { return nil }
        var name = words[..<end.lowerBound]
        if name.hasSuffix("的") { name = name.dropLast() }
        let agency = String(name.reversed().prefix { $0.unicodeScalars.first?.isHan == true }.reversed())
        let bare = WrittenRegister.withoutLead(agency)
        guard bare.count >= 2, bare.count <= 10 else { return nil }
        return bare + "部分"
    }

    /// 括號春節期間疏運計畫另案提報 → 春節期間疏運計畫另案提報.
    private static func proviso(_ words: String) -> String? {
        guard let mark = words.range(of: "括號") ?? words.range(of: "括弧") else { return nil }
        var note = words[mark.upperBound...]
        for start in ["註明", "起來"] where note.hasPrefix(start) { note = note.dropFirst(start.count) }
        for end in ["括號", "括弧", "，"] { if let place = note.range(of: end) { note = note[..<place.lowerBound] } }
        return note.count >= 3 ? String(note) : nil
    }

    static func action(_ words: String) -> Action? {
        if words.contains("建議") || words.contains("希望") || words.contains("是否") { return nil }
        if words.contains("解除"), !words.contains("不解除"), !words.contains("解除管制"), !words.contains("不能解除") {
            return .release
        }
        if words.contains("賡續") || words.contains("繼續列管") || words.contains("廣續列管") || words.contains("繼續追蹤") {
            return .proceed
        }
        return nil
    }
}
