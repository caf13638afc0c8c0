internal import DocketCore
internal import DocketText

// MARK: - Words exchanged in place, and figures that belie their direction

extension Judge {
    /// Words at a place where the evidence has others, between the same words on both sides.
    ///
    /// Only words that the evidence has elsewhere (exchanged names) or not at all (invented ones) count, not particles.
    mutating func checkSubstitutions() {
        var index = 1
        while index < tokens.count - 1 {
            guard let home = homeSentence(of: index), !isAt(home, index), isAnchor(index - 1, home, step: -1) else {
                index += 1
                continue
            }
            var end = index
            while end < tokens.count, end - index < 7, !isAt(home, end), tokens[end].sentence == tokens[index].sentence
            { end += 1 }
            let run = index..<end
            if end < tokens.count, isAnchor(end, home, step: 1), let left = aligned[index - 1], let right = aligned[end]
            {
                judge(run, against: left + 1..<max(left + 1, right))
            }
            index = max(end, index + 1)
        }
    }

    private static let notNouns: Set<String> = [
        "also", "from", "with", "that", "were", "have", "been", "just", "more", "less", "over", "into", "each",
    ]

    private func isAt(_ home: Int, _ index: Int) -> Bool { aligned[index].map { source[$0].sentence == home } ?? false }

    /// True for a token answered at home whose neighbour away from the run is answered beside it.
    private func isAnchor(_ index: Int, _ home: Int, step: Int) -> Bool {
        guard tokens.indices.contains(index), isAt(home, index), let answer = aligned[index] else { return false }
        let next = index + step
        return tokens.indices.contains(next) && aligned[next] == answer + step
    }

    private mutating func judge(_ run: Range<Int>, against gap: Range<Int>) {
        guard (1...7).contains(gap.count), source[gap.lowerBound].sentence == source[gap.upperBound - 1].sentence else {
            return
        }
        let (words, others) = (tokens[run], source[gap])
        if words.contains(where: { $0.kind == .number || $0.kind == .datePart }) { return }
        let isLatin = words.allSatisfy { $0.kind == .word } && others.allSatisfy { $0.kind == .word }
        if isLatin {
            let isNoun = [tokens[run.lowerBound].key, source[gap.lowerBound].key].allSatisfy {
                $0.utf8.count >= 4 && !Self.notNouns.contains($0)
            }
            let isAfterNumber = tokens[run.lowerBound - 1].kind == .number && run.count == 1 && gap.count == 1 && isNoun
            if isAfterNumber { report(.unit, claim: run, evidence: gap) }
            return
        }
        guard words.allSatisfy({ $0.kind == .han }), others.allSatisfy({ $0.kind == .han }), run.count >= 2,
            gap.count >= 2
        else { return }
        let isElsewhere = (run.lowerBound + 1..<run.upperBound).allSatisfy {
            evidence.has(tokens[$0 - 1].key, tokens[$0].key)
        }
        guard isElsewhere, isTitled(run.upperBound) else { return }
        report(.person, claim: run, evidence: gap)
    }

    /// True when a title stands at a claim token, so that what comes before it is a name.
    func isTitled(_ index: Int) -> Bool {
        claim.mentions.contains { $0.kind == .person && claim.tokens(in: $0.range).contains(index) }
            || Titles.begins(tokens, index)
    }

    // MARK: - Figures

    /// "由 A 降至 B", "A，低於目標 B", "raised from A to B": the figures must run the way the word says.
    mutating func checkDirections() {
        for hit in lexicon.hits(in: tokens, window: 0..<tokens.count)
        where lexicon.groups[hit.group].reason == .direction && hit.pole <= 1 {
            guard let after = number(from: hit.tokens.upperBound, step: 1), let pair = pair(for: hit, after: after)
            else { continue }
            let (low, high) = hit.pole == 0 ? (pair.from, pair.to) : (pair.to, pair.from)
            guard low.value > high.value, low.kind == high.kind, !isQuoted(hit.tokens, to: after.token),
                low.unit == high.unit || low.unit.isEmpty || high.unit.isEmpty
            else { continue }
            report(.direction, claim: hit.tokens)
        }
    }

    /// True when the evidence itself has the word with the same figures around it, in the same order.
    private func isQuoted(_ word: Range<Int>, to after: Int) -> Bool {
        guard let before = number(from: word.lowerBound - 1, step: -1)?.token else { return false }
        var last = -1
        for index in [before] + Array(word) + [after] {
            guard let answer = aligned[index], answer > last else { return false }
            last = answer
        }
        return source[last].sentence == aligned[before].map { source[$0].sentence }
    }

    /// The two figures that a word of direction compares, in the order of the change.
    private func pair(for hit: Lexicon.Hit, after: (token: Int, quantity: Quantity)) -> (from: Quantity, to: Quantity)?
    {
        let origins = Self.origins
        if after.token > 0, origins.contains(tokens[after.token - 1].key) {
            if let second = number(from: after.token + 1, step: 1), second.token - after.token <= 5,
                (after.token + 1..<second.token).contains(where: { Self.goals.contains(tokens[$0].key) })
            {
                return (after.quantity, second.quantity)
            }
            // "1,500, up from 900".
            guard let before = number(from: hit.tokens.lowerBound - 1, step: -1) else { return nil }
            return (after.quantity, before.quantity)
        }
        guard let before = number(from: hit.tokens.lowerBound - 1, step: -1), after.token - hit.tokens.upperBound <= 5
        else { return nil }
        let isChange =
            before.token > 0 && origins.contains(tokens[before.token - 1].key)
            && hit.tokens.lowerBound - before.token <= 4
        if isChange { return (before.quantity, after.quantity) }
        // 87.85%，高於目標值 80%: the first figure is the one spoken of.
        let isComparison = Self.comparisons.contains(tokens[hit.tokens].map(\.key).joined())
        return isComparison && hit.tokens.lowerBound - before.token <= 4 ? (after.quantity, before.quantity) : nil
    }

    private func number(from index: Int, step: Int) -> (token: Int, quantity: Quantity)? {
        var position = index
        while tokens.indices.contains(position), abs(position - index) <= 10 {
            if tokens[position].sentence != tokens[max(0, min(index, tokens.count - 1))].sentence { return nil }
            if tokens[position].kind == .number {
                let range = tokens[position].range
                return claim.quantities.first { $0.range.overlaps(range) }.map { (position, $0) }
            }
            position += step
        }
        return nil
    }

    private static let origins: Set<String> = Set("由 從 自 from".split(separator: " ").map { Folding.key(String($0)) })
    private static let goals: Set<String> = Set("至 到 為 to".split(separator: " ").map { Folding.key(String($0)) })
    private static let comparisons: Set<String> = Set(
        "高於 超過 超越 超出 優於 大於 低於 不到 未達 不及 少於 小於 above below".split(separator: " ").map { Folding.key(String($0)) })
}

/// Titles by which a name before them is known.
enum Titles {
    private static let all: [[String]] = "市長 局長 處長 秘書長 主任 主秘 教授 大使 代表 部長 署長 委員 議員 經理 執行長 執行秘書 科長 組長 參議"
        .split(separator: " ").map { AnalysedText.keys(of: String($0)) }

    /// True when a title begins at a token.
    static func begins(_ tokens: [Token], _ index: Int) -> Bool { length(tokens, index) != nil }

    /// Number of tokens of the longest title that begins at a token; nil when none does.
    static func length(_ tokens: [Token], _ index: Int) -> Int? { table.length(tokens, index) }

    private static let table = KeyTable(all)

    /// True for the last character of an agency: 教育局局長 names nobody.
    static func endsAgency(_ token: Token) -> Bool { agencyEndings.contains(token.key) }

    /// True for 與會代表 and 程序委員會: a title that names nobody.
    static func isGeneric(_ tokens: [Token], _ name: Range<Int>, _ end: Int) -> Bool {
        if end < tokens.count, afterTitles.contains(tokens[end].key) { return true }
        return generic.contains(tokens[name].map(\.key).joined())
    }

    private static let afterTitles: Set<String> = Set(
        "會 室 處 團 群 制 級 職".split(separator: " ").map { Folding.key(String($0)) })
    private static let generic: Set<String> = Set(
        "出席 與會 各國 全體 各位 本院 提案 召集 立法 審查 專家 學者 相關 經營 擔任 邀請 歷任 前任 現任 新任 副總 民意 公民 學生 家長 教師 勞方 資方 廠商 業者 機關 單位 政府 市府 本府 由市 請市 各級 兩位 三位 多位 程序 財政 內政 交通 預算 法制 教育 經濟 國防 司法 外交"
            .split(separator: " ").map { AnalysedText.keys(of: String($0)).joined() })

    private static let agencyEndings: Set<String> = Set(
        "局 處 部 會 府 院 署 市 縣 區 副 本 各 及 與 由 請".split(separator: " ").map { Folding.key(String($0)) })
}
