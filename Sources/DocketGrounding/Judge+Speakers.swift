internal import DocketCore
internal import DocketText

// MARK: - Attribution

extension Judge {
    /// "唐鳳表示…", "Stubbs said …": what is said must stand in a turn of that speaker.
    mutating func checkAttribution() {
        var index = 0
        while index < tokens.count {
            let length = Speech.length(tokens, index)
            guard length > 0 else {
                index += 1
                continue
            }
            if let speaker = speaker(ofVerbAt: index, length) { check(speaker.name, says: speaker.content) }
            index += length
        }
    }

    /// The tokens of the speaker's name and of what follows, up to the end of the sentence or the next speaker.
    private func speaker(ofVerbAt index: Int, _ length: Int) -> (name: Range<Int>, content: Range<Int>)? {
        let isAccording = tokens[index].key == "according"
        var end = index + length
        while end < tokens.count, tokens[end].sentence == tokens[index].sentence, Speech.length(tokens, end) == 0 {
            end += 1
        }
        if isAccording {
            var last = index + length
            while last < tokens.count, last - index - length < 3, tokens[last].clause == tokens[index].clause {
                last += 1
            }
            let before = index..<index
            let clauseStart = tokens.firstIndex { $0.sentence == tokens[index].sentence } ?? index
            let content = last < end ? last..<end : clauseStart..<before.lowerBound
            return last > index + length ? (index + length..<last, content) : nil
        }
        var start = index
        while start > 0, index - start < 6, tokens[start - 1].clause == tokens[index].clause,
            tokens[start - 1].kind != .number
        {
            start -= 1
        }
        while start < index, Self.leads.contains(tokens[start].key) { start += 1 }
        guard start < index, names(start..<index), !goesOn(index + length) else { return nil }
        return end > index + length ? (start..<index, index + length..<end) : nil
    }

    /// True for a phrase that names somebody; 本局, 以後 and "they" name nobody.
    private func names(_ phrase: Range<Int>) -> Bool {
        if tokens[phrase.lowerBound].kind == .word {
            guard let first = claim.words(tokens[phrase.upperBound - 1].range).unicodeScalars.first else {
                return false
            }
            return ("A"..."Z").contains(first) && !Self.pronouns.contains(tokens[phrase.upperBound - 1].key)
        }
        if personPart(of: phrase) != phrase { return true }
        let name = tokens[phrase].map(\.key).joined()
        if phrase.count >= 2, evidence.analysed.speakers.contains(where: { $0.hasPrefix(name) }) { return true }
        let isPerson = claim.mentions.contains { $0.kind == .person && claim.tokens(in: $0.range) == phrase }
        return isPerson || MentionFinder.isFullName(claim.words(tokens: phrase))
    }

    /// True when a verb of speech goes on as another word: 報告事項, 說明會, 建議案.
    private func goesOn(_ index: Int) -> Bool { index < tokens.count && Self.continuations.contains(tokens[index].key) }

    private static let pronouns: Set<String> = ["they", "he", "she", "we", "it", "i", "you", "who"]
    private static let leads: Set<String> = Set("另 又 並 且 而 經".split(separator: " ").map { Folding.key(String($0)) })
    private static let continuations: Set<String> = Set(
        "事 會 書 案 單 表 人 者 資 內".split(separator: " ").map { Folding.key(String($0)) })

    private mutating func check(_ name: Range<Int>, says content: Range<Int>) {
        var turns: [Int: Int] = [:]
        for index in content {
            if let answer = aligned[index] { turns[source[answer].turn, default: 0] += 1 }
        }
        guard let turn = turns.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), turn.value >= 3 else { return }
        let label = evidence.analysed.speakers[turn.key]
        guard !label.isEmpty, !Self.isAnonymous(label) else { return }
        if isSame(name, label) || isInside(name, turn.key) { return }
        guard let first = source.firstIndex(where: { $0.turn == turn.key }) else { return }
        report(.attribution, claim: name, evidence: first..<min(source.count, first + 3))
    }

    /// True for a label that a program gave to a voice: "S3", "speaker 2", 發言者1.
    private static func isAnonymous(_ label: String) -> Bool {
        let letters = label.filter { !$0.isNumber && $0 != " " && $0 != "#" && $0 != "_" }
        return letters.utf8.count <= 1 || anonymousLabels.contains(letters)
    }

    private static let anonymousLabels = Set(["speaker", "spk", "發言者", "發言人", "講者", "與會者"].map(Folding.key))

    /// True when the turn itself names the speaker: "黃副市長指示" in somebody's report.
    private func isInside(_ name: Range<Int>, _ turn: Int) -> Bool {
        let keys = tokens[personPart(of: name)].map(\.key)
        guard keys.count >= 2 || tokens[name.lowerBound].kind == .word else { return true }
        guard source.count >= keys.count else { return false }
        return (0...source.count - keys.count).contains { start in
            source[start].turn == turn && keys.indices.allSatisfy { source[start + $0].key == keys[$0] }
        }
    }

    /// The person in a speaker phrase: 高組長 of 文書組高組長.
    private func personPart(of name: Range<Int>) -> Range<Int> {
        for mention in claim.mentions where mention.kind == .person {
            let range = claim.tokens(in: mention.range)
            if !range.isEmpty, name.contains(range.lowerBound), range.upperBound <= name.upperBound { return range }
        }
        return name
    }

    /// True when the label has every part of the name that can be one: surname and title, or last name.
    private func isSame(_ name: Range<Int>, _ label: String) -> Bool {
        let keys = tokens[personPart(of: name)].map(\.key)
        if tokens[name.lowerBound].kind == .word {
            let parts = Set(label.split(separator: " ").map(String.init))
            return keys.last.map(parts.contains) ?? false
        }
        let joined = keys.joined()
        return label.contains(joined) || joined.contains(label)
    }
}
