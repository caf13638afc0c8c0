internal import DocketCore
internal import DocketText

// MARK: - Tracking numbers

extension Judge {
    /// Tracking numbers by their parts, each with what was decided on it.
    mutating func checkTracking() {
        let refs = claim.mentions.filter { $0.kind == .trackingNumber }
        guard !refs.isEmpty else { return }
        let known = evidence.analysed.mentions.filter { $0.kind == .trackingNumber }
        for ref in refs {
            let range = claim.tokens(in: ref.range)
            let same = known.filter { $0.parts == ref.parts }
            guard !same.isEmpty else {
                report(.tracking, claim: range.prefix(1))
                continue
            }
            checkDecision(ref, range, same)
            checkAgency(of: ref, same)
            checkPlace(of: range.prefix(1), kind: .tracking, type: .tracking)
        }
        checkScopes(refs, known)
    }

    /// 60-4（工務局部分）: the agency in the bracket behind a number.
    private mutating func checkAgency(of ref: Mention, _ same: [Mention]) {
        guard let agency = ref.agency.map(Folding.key) else { return }
        let known = same.compactMap { $0.agency.map(Folding.key) }
        guard known.count == same.count, !known.contains(where: { $0.hasSuffix(agency) || agency.hasSuffix($0) }),
            let other = same.first
        else { return }
        let range = claim.tokens(in: ref.range)
        report(
            .agency, claim: min(range.lowerBound + 1, range.upperBound - 1)..<range.upperBound,
            evidence: evidence.analysed.tokens(in: other.range))
    }

    /// 民政局部分解除列管: the part of an agency, with the decision on it.
    private mutating func checkScopes(_ refs: [Mention], _ known: [Mention]) {
        let parts = AnalysedText.keys(of: "部分")
        for agency in claim.mentions where agency.kind == .agency {
            let range = claim.tokens(in: agency.range)
            guard !range.isEmpty, range.upperBound + 1 < tokens.count,
                [tokens[range.upperBound].key, tokens[range.upperBound + 1].key] == parts,
                let ref = refs.last(where: { $0.range.lowerBound < agency.range.lowerBound }),
                let decision = decision(after: range.lowerBound, in: tokens)
            else { continue }
            let scoped = known.filter { other in
                other.parts == ref.parts
                    && other.agency.map { Folding.key(agency.words).hasSuffix(Folding.key($0)) } ?? false
            }
            let answers = scoped.compactMap {
                self.decision(after: evidence.analysed.tokens(in: $0.range).lowerBound, in: source, orBefore: true)
            }
            guard let first = answers.first, !answers.contains(where: { $0.pole == decision.pole }) else { continue }
            report(.releaseContinue, claim: decision.tokens, evidence: first.tokens)
        }
    }

    private mutating func checkDecision(_ ref: Mention, _ range: Range<Int>, _ same: [Mention]) {
        guard let decision = decision(after: range.lowerBound, in: tokens) else { return }
        let scope = scope(of: range)
        let scoped = same.filter { other in
            guard let agency = other.agency else { return true }
            return scope.map { $0.contains(Folding.key(agency)) } ?? true
        }
        let answers = scoped.compactMap { other -> Lexicon.Hit? in
            let tokens = evidence.analysed.tokens(in: other.range)
            return self.decision(after: tokens.lowerBound, in: source, orBefore: true)
        }
        guard let first = answers.first, !answers.contains(where: { $0.pole == decision.pole }) else { return }
        report(.releaseContinue, claim: decision.tokens, evidence: first.tokens)
    }

    /// What follows a tracking number up to the next one: 案民政局部分.
    private func scope(of range: Range<Int>) -> String? {
        var end = range.lowerBound + 1
        while end < tokens.count, tokens[end].kind == .han, tokens[end].clause == tokens[range.lowerBound].clause,
            end - range.lowerBound < 14
        { end += 1 }
        let words = tokens[range.lowerBound + 1..<end].map(\.key).joined()
        return words.contains(Folding.key("部分")) ? words : nil
    }

    /// The first decision of the tracking group after `index` in the same sentence; with `orBefore` else the last before
    /// it: 賡續的是….
    private func decision(after index: Int, in tokens: [Token], orBefore: Bool = false) -> Lexicon.Hit? {
        guard index < tokens.count else { return nil }
        var (start, end) = (index, index)
        while end < tokens.count, tokens[end].sentence == tokens[index].sentence { end += 1 }
        if let next = lexicon.hits(in: tokens, window: index..<end).first(where: { $0.group == 0 }) { return next }
        guard orBefore else { return nil }
        while start > 0, tokens[start - 1].sentence == tokens[index].sentence { start -= 1 }
        return lexicon.hits(in: tokens, window: start..<index).last { $0.group == 0 }
    }
}
