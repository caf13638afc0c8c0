internal import DocketCore
internal import DocketText

// MARK: - What stands beside a fact

extension Judge {
    /// A fact beside words that the evidence has beside another fact of its kind only: 衛生局主政 for 教育局主政.
    ///
    /// The words must be two characters, one Latin word or a number, and stand in the sentence that the claim rests on.
    mutating func checkNeighbours() {
        for fact in facts() {
            guard let home = homeTokens(of: fact.range.lowerBound),
                fact.kind != .person || !isJoined(fact.range, tokens), !isBound(fact.range)
            else { continue }
            if let right = neighbour(after: fact.range.upperBound, of: fact),
                let other = rival(of: fact, beside: right, isRight: true, in: home)
            {
                report(fact.swapType, claim: fact.range, evidence: other)
            } else if let left = neighbour(before: fact.range.lowerBound, of: fact),
                let other = rival(of: fact, beside: left, isRight: false, in: home)
            {
                report(fact.swapType, claim: fact.range, evidence: other)
            }
        }
    }

    /// True for one of two names joined by 與 or 和, which may stand in either order.
    private func isJoined(_ range: Range<Int>, _ tokens: [Token]) -> Bool {
        [range.lowerBound - 1, range.upperBound].contains {
            tokens.indices.contains($0) && Self.conjunctions.contains(tokens[$0].key)
        }
    }

    private static let conjunctions: Set<String> = Set(
        "與 和 及 跟 and".split(separator: " ").map { Folding.key(String($0)) })

    /// A number or a name of the claim.
    private struct Fact {
        let range: Range<Int>
        let kind: Kind
        let key: String
        let unit: String

        enum Kind { case number, agency, person }

        var swapType: ReasonType { kind == .number ? .numberSwap : .actorSwap }
    }

    private func facts() -> [Fact] { Self.facts(of: claim, within: 0..<claim.text.utf8.count) }

    private static func facts(of text: AnalysedText, within bytes: Range<Int>) -> [Fact] {
        var facts: [Fact] = []
        for quantity in text.quantities
        where bytes.overlaps(quantity.range) && !isIndefinite(quantity) && quantity.kind != .ordinal
            && quantity.upper == nil
        {
            let range = text.tokens(in: quantity.numeralRange)
            if range.count == 1 {
                facts.append(
                    Fact(range: range, kind: .number, key: text.tokens[range.lowerBound].key, unit: quantity.unit))
            }
        }
        for mention in text.mentions where bytes.overlaps(mention.range) {
            let name = mention.kind == .agency ? mention.words : mention.name ?? mention.surname ?? ""
            guard mention.kind == .agency || mention.kind == .person, !name.isEmpty else { continue }
            let range = text.tokens(in: mention.range)
            facts.append(
                Fact(range: range, kind: mention.kind == .agency ? .agency : .person, key: Folding.key(name), unit: ""))
        }
        return facts.filter { !$0.range.isEmpty }
    }

    /// Tokens that do not separate a fact from what it belongs to.
    private static let particles: Set<String> = Set(
        "於 的 之 了 已 應 須 將 由 請 並 即 就 共 計 為 是 達 則 而 在 均 也 亦 分 別 ， 與 和 及".split(separator: " ").map {
            Folding.key(String($0))
        })

    /// English words that stand beside anything.
    private static let plainWords: Set<String> = [
        "the", "and", "for", "was", "were", "are", "has", "have", "had", "with", "from", "that", "thi", "which", "than",
        "but",
    ]

    /// The keys of what follows a fact, particles and dates skipped: two characters, a Latin word or a number.
    private func neighbour(after index: Int, of fact: Fact) -> [String]? {
        var position = index
        while position < tokens.count, isSkipped(tokens[position]) { position += 1 }
        guard position < tokens.count, tokens[position].sentence == tokens[index - 1].sentence, position - index <= 6
        else { return nil }
        if fact.kind == .number {
            // The unit belongs to the number; what tells two numbers apart comes after it, or before the number.
            guard tokens[position].kind == .han, position == index else { return nil }
        }
        return keys(from: position, isRight: true)
    }

    private func neighbour(before index: Int, of fact: Fact) -> [String]? {
        var position = index - 1
        while position >= 0, isSkipped(tokens[position]) { position -= 1 }
        guard position >= 0, tokens[position].clause == tokens[index].clause, index - position <= 4 else { return nil }
        return keys(from: position, isRight: false)
    }

    private func isSkipped(_ token: Token) -> Bool {
        token.kind == .datePart || Self.particles.contains(token.key)
    }

    private func keys(from position: Int, isRight: Bool) -> [String]? {
        let token = tokens[position]
        switch token.kind {
        case .number: return isRight ? [token.key] : nil
        case .word:
            let tells = token.key.utf8.count > 2 && !Self.plainWords.contains(token.key) || token.key == "to"
            return tells ? [token.key] : nil
        case .han:
            let second = isRight ? position + 1 : position - 1
            guard tokens.indices.contains(second), tokens[second].kind == .han, tokens[second].clause == token.clause
            else { return nil }
            return isRight ? [token.key, tokens[second].key] : [tokens[second].key, token.key]
        case .datePart, .tracking: return nil
        }
    }

    /// The other fact of the same kind that stands beside `words` in the evidence, when `fact` itself never does.
    private func rival(of fact: Fact, beside words: [String], isRight: Bool, in home: Range<Int>) -> Range<Int>? {
        let bytes = source[home.lowerBound].range.lowerBound..<source[home.upperBound - 1].range.upperBound
        let facts = Self.facts(of: evidence.analysed, within: bytes).filter { $0.kind == fact.kind }
        var found: Range<Int>?
        var index = home.lowerBound
        while index + words.count <= home.upperBound {
            defer { index += 1 }
            guard words.indices.allSatisfy({ source[index + $0].key == words[$0] }) else { continue }
            guard let other = facts.first(where: { isBeside($0.range, index..<index + words.count, isRight) }) else {
                return nil
            }
            if isSame(other, fact) { return nil }
            if fact.kind == .number, other.unit != fact.unit { return nil }
            found = other.range
        }
        return found
    }

    private func isBeside(_ fact: Range<Int>, _ words: Range<Int>, _ isRight: Bool) -> Bool {
        let gap =
            isRight
            ? fact.upperBound..<max(fact.upperBound, words.lowerBound)
            : words.upperBound..<max(words.upperBound, fact.lowerBound)
        guard isRight ? words.lowerBound >= fact.upperBound : fact.lowerBound >= words.upperBound else { return false }
        let inner = isRight ? words.lowerBound : words.upperBound - 1
        return gap.count <= 4 && gap.allSatisfy { isSkipped(source[$0]) }
            && source[inner].clause == source[isRight ? fact.upperBound - 1 : fact.lowerBound].clause
    }

    private func isSame(_ other: Fact, _ fact: Fact) -> Bool {
        if other.key == fact.key || other.key.hasSuffix(fact.key) || fact.key.hasSuffix(other.key) { return true }
        // What comes before a name may have been taken for a part of it: 如果找世界銀行.
        if fact.kind == .agency, other.key.count >= 4, other.key.suffix(4) == fact.key.suffix(4) { return true }
        return other.key.hasPrefix(Folding.key("本")) && (evidence.titles.contains(fact.key))
    }
}
