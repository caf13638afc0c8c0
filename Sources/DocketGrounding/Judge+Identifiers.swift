internal import DocketCore
internal import DocketText

// MARK: - Document and file numbers, times of day

extension Judge {
    /// Document and file numbers by their digits.
    mutating func checkIdentifiers() {
        for mention in claim.mentions where mention.kind == .documentNumber || mention.kind == .fileNumber {
            let range = claim.tokens(in: mention.range)
            let known = evidence.analysed.mentions.filter { $0.kind == mention.kind }
            guard !range.isEmpty, !known.contains(where: { Self.isSame(mention, $0) }) else { continue }
            guard let serial = mention.parts.last, !evidence.folded.contains(serial) || mention.kind == .fileNumber
            else {
                continue
            }
            let other = known.first.map { evidence.analysed.tokens(in: $0.range) }
            report(.tracking, claim: range, evidence: other)
        }
    }

    private static func isSame(_ left: Mention, _ right: Mention) -> Bool {
        guard left.kind == .documentNumber else { return left.parts == right.parts }
        guard left.parts.last == right.parts.last, let first = left.parts.first, let second = right.parts.first else {
            return false
        }
        return first.hasSuffix(second) || second.hasSuffix(first)
    }

    /// Times of day: 下午3時 is 15:00 and not 上午3時.
    mutating func checkTimes() {
        let known = evidence.analysed.dates.flatMap { [$0.time, $0.endTime].compactMap(\.self) }
        guard !known.isEmpty else { return }
        for date in claim.dates {
            for time in [date.time, date.endTime].compactMap(\.self) where !known.contains(time) {
                // Three o'clock without a part of the day may be either.
                let isHalf = known.contains { abs($0.hour - time.hour) == 12 && $0.minute == time.minute }
                let isOpen = evidence.analysed.dates.contains { other in
                    other.time.map { abs($0.hour - time.hour) == 12 } ?? false && !Self.namesDayPart(other.words)
                }
                if isHalf, isOpen || !Self.namesDayPart(date.words) { continue }
                let near = evidence.analysed.dates.first { $0.time != nil }
                report(
                    .deadline, claim: claim.tokens(in: date.range),
                    evidence: near.map { evidence.analysed.tokens(in: $0.range) })
            }
            if let wrong = wrongDayPart(date) {
                report(.deadline, claim: claim.tokens(in: date.range), evidence: wrong)
            }
        }
    }

    /// 上午15時35分 of 下午15時35分: the same clock time in another part of the day.
    private func wrongDayPart(_ date: DateExpression) -> Range<Int>? {
        guard let time = date.time, let part = Self.half(date.words) else { return nil }
        let same = evidence.analysed.dates.filter { $0.time == time }
        let halves = same.compactMap { Self.half($0.words) }
        guard !halves.isEmpty, !halves.contains(part), let other = same.first(where: { Self.half($0.words) != nil })
        else {
            return nil
        }
        return evidence.analysed.tokens(in: other.range)
    }

    private static func namesDayPart(_ words: String) -> Bool { half(words) != nil || words.contains(":") }

    /// 0 for a word of the morning, 1 for one of the later day.
    private static func half(_ words: String) -> Int? {
        if mornings.contains(where: words.contains) { return 0 }
        return evenings.contains(where: words.contains) ? 1 : nil
    }

    private static let mornings = ["上午", "早上", "清晨", "凌晨"]
    private static let evenings = ["下午", "晚上", "傍晚", "晚間", "夜間", "午後"]

    // MARK: - Order

    /// 市長專訪媒體 where the evidence has 媒體專訪市長: the same two around the same deed, the other way round.
    mutating func checkOrder() {
        guard tokens.count >= 6 else { return }
        for start in 0...tokens.count - 6 {
            let words = start..<start + 6
            guard tokens[words].allSatisfy({ $0.kind == .han && $0.clause == tokens[start].clause }) else { continue }
            let keys = tokens[words].map(\.key)
            let turned = Array(keys[4...5] + keys[2...3] + keys[0...1])
            guard keys != turned, evidence.has(keys[2], keys[3]), evidence.has(turned[0], turned[1]),
                evidence.has(turned[4], turned[5]), !keys[2...3].contains(where: Particles.contains),
                let place = run(of: turned, in: source), run(of: keys, in: source) == nil,
                isBeside(words, place, step: -1) || isBeside(words, place, step: 1)
            else { continue }
            report(.actorSwap, claim: words, evidence: place)
        }
    }

    /// True when what stands before (-1) or behind (1) both runs is the same.
    private func isBeside(_ words: Range<Int>, _ place: Range<Int>, step: Int) -> Bool {
        let own = step < 0 ? words.lowerBound - 1 : words.upperBound
        let other = step < 0 ? place.lowerBound - 1 : place.upperBound
        return tokens.indices.contains(own) && source.indices.contains(other) && tokens[own].key == source[other].key
    }

    private func run(of keys: [String], in tokens: [Token]) -> Range<Int>? {
        guard tokens.count >= keys.count else { return nil }
        return (0...tokens.count - keys.count).first { start in
            keys.indices.allSatisfy { tokens[start + $0].key == keys[$0] }
        }.map { $0..<$0 + keys.count }
    }
}
