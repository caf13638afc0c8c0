internal import DocketCore
internal import DocketText

// MARK: - Figures that speak for themselves

extension Judge {
    /// Claims that their own figures, or those of the evidence, belie: a least number that is not the least, a figure
    /// that is said to lie below a smaller one, "year one" for "year five".
    mutating func checkFigures() {
        checkLeast()
        checkDifferences()
        checkNumberedNouns()
    }

    /// 都發局215件最少, where the same line of the evidence has fewer elsewhere and says nothing of the least.
    private mutating func checkLeast() {
        for index in tokens.indices.dropLast() where Self.least.contains(tokens[index].key + tokens[index + 1].key) {
            let range = index..<index + 2
            guard !isAnswered(range), let figure = quantity(before: index),
                !evidence.has(tokens[index].key, tokens[index + 1].key)
            else { continue }
            let places = evidence.quantitiesByKey[TokenCutter.key(figure.value)] ?? []
            let all = evidence.analysed.quantities
            let isLeast = places.allSatisfy { place in
                let line = line(of: all[place])
                return !all.contains {
                    line == self.line(of: $0) && $0.value < figure.value && $0.value > ExactNumber(0)
                        && $0.kind != .ordinal
                }
            }
            if !places.isEmpty, !isLeast { report(.direction, claim: range) }
        }
    }

    private static let least = Set(["最少", "最低", "最小"].map { AnalysedText.keys(of: $0).joined() })

    private func line(of quantity: Quantity) -> Int? {
        evidence.analysed.tokens(in: quantity.numeralRange).first.map { source[$0].line }
    }

    private func quantity(before index: Int) -> Quantity? {
        guard let place = (max(0, index - 3)..<index).last(where: { tokens[$0].kind == .number }) else { return nil }
        return claim.quantities.first { $0.range.overlaps(tokens[place].range) }
    }

    /// "92%，較目標88%低了4%": what lies above cannot be below by a difference.
    private mutating func checkDifferences() {
        for hit in lexicon.hits(in: tokens, window: 0..<tokens.count)
        where lexicon.groups[hit.group].reason == .direction && hit.pole <= 1 {
            let start = tokens[..<hit.tokens.lowerBound].lastIndex { $0.key == Self.than } ?? -1
            guard start > 0, hit.tokens.lowerBound - start <= 14,
                tokens[start].sentence == tokens[hit.tokens.lowerBound].sentence,
                let base = quantity(in: start..<hit.tokens.lowerBound), let value = quantity(before: start),
                let difference = quantity(in: hit.tokens.upperBound..<min(tokens.count, hit.tokens.upperBound + 4)),
                value.kind == base.kind, value.value != base.value
            else { continue }
            let gap = (value.value.doubleValue - base.value.doubleValue).magnitude
            guard (gap - difference.value.doubleValue).magnitude <= 0.011 * max(1, gap) else { continue }
            let isAbove = value.value > base.value
            if isAbove != (hit.pole == 0) { report(.direction, claim: hit.tokens) }
        }
    }

    private static let than = Folding.key("較")

    private func quantity(in range: Range<Int>) -> Quantity? {
        guard let place = range.first(where: { tokens[$0].kind == .number }) else { return nil }
        return claim.quantities.first { $0.range.overlaps(tokens[place].range) }
    }

    /// "year one" where the evidence has a "year five" and no "year one".
    private mutating func checkNumberedNouns() {
        for index in tokens.indices.dropLast()
        where Self.numbered.contains(tokens[index].key)
            && (tokens[index + 1].kind == .number || tokens[index + 1].key == "one")
            && !evidence.has(tokens[index].key, tokens[index + 1].key)
        {
            let other = source.indices.dropLast().first {
                source[$0].key == tokens[index].key && source[$0 + 1].kind == .number
            }
            guard let other else { continue }
            report(.ordinal, claim: index..<index + 2, evidence: other..<other + 2)
        }
    }

    private static let numbered: Set<String> = [
        "year", "week", "day", "phase", "stage", "step", "item", "option", "floor", "page", "chapter", "part", "round",
        "room",
    ]
}
