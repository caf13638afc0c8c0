internal import DocketCore
internal import DocketText

// MARK: - Opposites, negation, additions

extension Judge {
    /// Words of the lexicon: the evidence must not have another pole at the same place.
    mutating func checkOpposites() {
        for hit in lexicon.hits(in: tokens, window: 0..<tokens.count)
        where !isAnswered(hit.tokens) || isAway(hit.tokens) {
            let group = lexicon.groups[hit.group]
            if hit.isSoft || isCoverb(hit) || isColloquial(hit) { continue }
            let near = slots(for: hit.tokens).flatMap { slot in
                lexicon.hits(in: source, window: max(0, slot.lowerBound - 2)..<min(source.count, slot.upperBound + 2))
            }.filter { $0.group == hit.group }
            if near.contains(where: { $0.pole == hit.pole }) { continue }
            if let other = near.first(where: { !$0.isSoft }) {
                report(group.reason, claim: hit.tokens, evidence: other.tokens)
            } else {
                checkSentence(hit, group)
            }
        }
    }

    /// 已經將二十三個停用: behind a word of its own group 將 is a coverb and looks ahead to nothing.
    private func isCoverb(_ hit: Lexicon.Hit) -> Bool {
        guard hit.tokens.count == 1, tokens[hit.tokens.lowerBound].key == Self.coverb, hit.tokens.lowerBound > 0 else {
            return false
        }
        if slots(for: hit.tokens).contains(where: { slot in slot.contains { source[$0].key == Self.spokenCoverb } }) {
            return true
        }
        let window = max(0, hit.tokens.lowerBound - 3)..<hit.tokens.lowerBound
        return lexicon.hits(in: tokens, window: window).contains {
            $0.group == hit.group && $0.pole != hit.pole && $0.tokens.upperBound == hit.tokens.lowerBound
        }
    }

    /// True for a word of everyday speech in a statement that is the claim's own: 要 and 可以 bind nobody there.
    private func isColloquial(_ hit: Lexicon.Hit) -> Bool {
        lexicon.groups[hit.group].reason == .modality && !isLiteral(at: hit.tokens.lowerBound)
            && Self.colloquial.contains(tokens[hit.tokens].map(\.key).joined())
    }

    private static let colloquial = Set(
        "要 需要 可以 可 能 得 將 請 can could would".split(separator: " ").map {
            AnalysedText.keys(of: String($0)).joined()
        })
    private static let spokenCoverb = Folding.key("把")
    private static let coverb = AnalysedText.keys(of: "將")[0]

    /// A word with nothing of its group beside its place: modality and decisions hold for the whole sentence or line.
    private mutating func checkSentence(_ hit: Lexicon.Hit, _ group: Lexicon.Group) {
        let scope: Range<Int>?
        switch group.reason {
        case .modality: scope = homeTokens(of: hit.tokens.lowerBound)
        case .releaseContinue: scope = homeLine(of: hit.tokens.lowerBound)
        default: scope = nil
        }
        guard let scope else {
            if group.isMarker, hit.pole == 0, isTight(hit.tokens) { report(group.reason, claim: hit.tokens) }
            return
        }
        let place =
            nearest(before: hit.tokens.lowerBound)?.evidence ?? nearest(from: hit.tokens.upperBound)?.evidence
            ?? scope.lowerBound
        let all = lexicon.hits(in: source, window: scope).filter { $0.group == hit.group }
            .filter { !$0.isSoft || abs($0.tokens.lowerBound - place) <= 12 }
            .filter { isLiteral(at: hit.tokens.lowerBound) || governs($0.tokens, as: hit.tokens) }
        guard !all.contains(where: { $0.pole == hit.pole }) else { return }
        if let other = all.first(where: { !$0.isSoft || hit.pole > 0 && group.reason == .modality }) {
            report(group.reason, claim: hit.tokens, evidence: other.tokens)
        } else if group.isMarker, hit.pole == 0 {
            report(group.reason, claim: hit.tokens)
        }
    }

    /// True when a word of the evidence stands shortly before what answers the words behind a word of the claim: the two
    /// speak of the same deed.
    private func governs(_ other: Range<Int>, as own: Range<Int>) -> Bool {
        guard let next = nearest(from: own.upperBound, within: 4)?.evidence else { return false }
        return next >= other.upperBound && next - other.upperBound <= 4
            && source[next].clause == source[other.lowerBound].clause
    }

    /// True when a word is answered outside the line that its sentence rests on.
    private func isAway(_ range: Range<Int>) -> Bool {
        guard let answer = aligned[range.lowerBound], let line = homeLine(of: range.lowerBound) else { return false }
        return !line.contains(answer)
    }

    /// True when the tokens beside `range` are answered by tokens beside each other: `range` is an insertion.
    private func isTight(_ range: Range<Int>) -> Bool {
        guard let left = nearest(before: range.lowerBound, within: 2),
            let right = nearest(from: range.upperBound, within: 2)
        else {
            return false
        }
        return right.evidence > left.evidence && right.evidence - left.evidence <= 3
    }

    /// Negations of the claim that the evidence lacks, and of the evidence that the claim lacks.
    mutating func checkNegation() {
        for range in Negation.positions(in: tokens, window: 0..<tokens.count) where !isAnswered(range) {
            guard let next = nearest(from: range.upperBound, within: 3) else { continue }
            let window =
                isLiteral(at: range.lowerBound)
                ? beforeAnswer(next.evidence, of: range) : neighbourhood(of: next.evidence)
            guard Negation.positions(in: source, window: window).isEmpty else { continue }
            report(.negation, claim: range, evidence: next.evidence..<next.evidence + 1)
        }
        for index in tokens.indices {
            guard let left = aligned[index], let next = nearest(from: index + 1, within: 3), next.evidence > left + 1,
                next.evidence - left <= 6
            else { continue }
            guard isLiteral(at: index) else { continue }
            checkDropped(between: index, next.claim, gap: left + 1..<next.evidence)
        }
    }

    /// The evidence between what answers the tokens before and behind a word, or shortly before the latter.
    private func beforeAnswer(_ next: Int, of range: Range<Int>) -> Range<Int> {
        if let left = nearest(before: range.lowerBound, within: 2)?.evidence, left < next, next - left <= 5 {
            return left + 1..<next
        }
        var start = next
        while start > 0, next - start < 5, source[start - 1].sentence == source[next].sentence { start -= 1 }
        return start..<next
    }

    /// The evidence around a token, for a claim that says in its own words what stands there.
    private func neighbourhood(of index: Int) -> Range<Int> {
        max(0, index - 16)..<min(source.count, index + 12)
    }

    /// A negation of the evidence between two answers that stand beside each other in the claim.
    private mutating func checkDropped(between left: Int, _ right: Int, gap: Range<Int>) {
        guard let negation = Negation.positions(in: source, window: gap).last,
            gap.upperBound - negation.upperBound <= 1,
            negation.lowerBound - gap.lowerBound <= 2
        else { return }
        let window = max(0, left - 3)..<min(tokens.count, right + 1)
        guard Negation.positions(in: tokens, window: window).isEmpty else { return }
        // 低於 for 未達 says the same.
        let below = lexicon.hits(in: tokens, window: window).contains {
            $0.pole == 1 && lexicon.groups[$0.group].reason == .direction
        }
        guard !below else { return }
        report(.negation, claim: right..<right + 1, evidence: negation)
    }

    /// Clauses that say something of which the evidence has nothing, or end in words that it has nothing of.
    mutating func checkAdditions() {
        let named = knownNames()
        var index = 0
        while index < tokens.count {
            let range = clause(of: index)
            index = range.upperBound
            let known = range.map { position in
                aligned[position] != nil || named.contains(position) || isKnownPair(position)
                    || tokens[position].kind != .han && isKnown(tokens[position]) || isForm(position)
            }
            let share = Double(known.count { $0 }) / Double(range.count)
            let isPlain = tokens[range].allSatisfy { $0.kind == .han || $0.kind == .word }
            if isRestated(range, known) { continue }
            if range.count >= 4 ? share < 0.35 : range.count > 1 && share == 0 && isPlain {
                report(.addedPlain, claim: range)
            } else if let run = Self.unknownRun(known), range.count >= 4 {
                let words = range.lowerBound + run.lowerBound..<range.lowerBound + run.upperBound
                let limit = isLiteral(at: range.lowerBound, .close) ? Self.longestLiteralRun : Self.longestRun
                let states = tokens[words].count { !Particles.contains($0.key) } >= limit
                if states, tokens[words].allSatisfy({ $0.kind == .han }) { report(.addedPlain, claim: words) }
            }
        }
        // Figures and dates by themselves have checks of their own.
        let says = tokens.allSatisfy { $0.kind == .han || $0.kind == .word }
        guard says, !aligned.contains(where: { $0 != nil }), !tokens.indices.allSatisfy(isForm) else { return }
        report(.addedPlain, claim: 0..<tokens.count)
    }

    /// Tokens of agencies that the evidence has under this or another name.
    private func knownNames() -> Set<Int> {
        Set(
            claim.mentions.filter { $0.kind == .agency && isKnown(agency: $0.name ?? $0.words) }.flatMap {
                Array(claim.tokens(in: $0.range))
            })
    }

    /// 其中12月565件最多: figures that the evidence has, and next to no words of its own.
    private func isRestated(_ range: Range<Int>, _ known: [Bool]) -> Bool {
        let facts = range.filter { tokens[$0].kind != .han && tokens[$0].kind != .word }
        guard facts.count >= 2, facts.allSatisfy({ known[$0 - range.lowerBound] }) else { return false }
        return range.count { !known[$0 - range.lowerBound] && !Particles.contains(tokens[$0].key) } < 4
    }

    /// The longest run of unknown tokens, when it is too long for another way of saying what the evidence says.
    private static func unknownRun(_ known: [Bool]) -> Range<Int>? {
        var longest = 0..<0
        var start = 0
        for index in 0...known.count where index == known.count || known[index] {
            if index - start > longest.count { longest = start..<index }
            start = index + 1
        }
        return longest.isEmpty ? nil : longest
    }

    /// Characters in a row that the evidence may have nothing of.
    private static let longestRun = 6
    /// The same in a statement that otherwise repeats the evidence.
    private static let longestLiteralRun = 5

    /// True for a token of the words with which conclusions are phrased and which add nothing: 本項納入列管.
    private func isForm(_ index: Int) -> Bool {
        (0..<Self.longestForm).contains { offset in
            index >= offset && Self.formTable.length(tokens, index - offset).map { $0 > offset } ?? false
        }
    }

    private static let formTable = KeyTable(formWords)
    private static let longestForm = formWords.map(\.count).max() ?? 0

    private static let formWords: [[String]] =
        "本項 本案 該案 該項 此案 各案 納入 予以 辦理 列管 同意 決議 結論 請 依 等案 本局 本處 本會 本府 本署 本部 本院 本所 本室 本科 各機關 各單位 各主辦機關 主辦機關".split(
            separator: " "
        )
        .map { AnalysedText.keys(of: String($0)) }

    /// True when the number, date or Latin word stands anywhere in the evidence.
    private func isKnown(_ token: Token) -> Bool { evidence.has(token.key) }

    /// True when the token stands beside the same neighbour somewhere in the evidence.
    private func isKnownPair(_ index: Int) -> Bool {
        if index > 0, evidence.has(tokens[index - 1].key, tokens[index].key) { return true }
        return index + 1 < tokens.count && evidence.has(tokens[index].key, tokens[index + 1].key)
    }
}
