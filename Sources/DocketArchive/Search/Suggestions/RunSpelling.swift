import DocketText

/// A run of Chinese characters whose spelling is looked at: which of them may be wrong, and what may stand there instead.
///
/// A wrong character makes pairs with its neighbours that nobody wrote. Other characters are tried where both pairs, or on
/// either side two pairs on end, are in the index.
struct RunSpelling: Sendable {
    /// As typed, and folded.
    let characters: [Unicode.Scalar]
    let folded: [Unicode.Scalar]
    /// Documents that hold each pair of neighbours.
    let pairs: [Int]
    /// True where the run as it stands is found, so that only what is much more common may replace it.
    let isFound: Bool

    /// Runs up to this length are taken for one term: any of their characters may be wrong.
    static let longestTerm = 6
    private static let mostPositions = 8
    private static let mostGaps = 3
    /// Neighbours of a character that are tried in a gap, and rows that are read to know them.
    private static let mostFillings = 40
    private static let fillingRows = 24

    init(_ part: SpelledText.Part, pairs: [Int], isFound: Bool) {
        let length = min(part.characters.count, SpelledText.longest)
        characters = Array(part.characters.prefix(length))
        folded = Array(part.folded.prefix(length))
        self.pairs = pairs
        self.isFound = isFound
    }

    private var count: Int { folded.count }

    /// Two characters as a term.
    static func pair(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> String { [left, right].string }

    /// Terms of all pairs of neighbours.
    static func pairs(_ folded: [Unicode.Scalar]) -> [String] { zip(folded, folded.dropFirst()).map { pair($0, $1) } }

    /// Documents with the more common pair that a character stands in: none where nothing says that it is right.
    func support(_ index: Int) -> Int {
        max(index > 0 ? pairs[index - 1] : 0, index < pairs.count ? pairs[index] : 0)
    }

    /// True for words of a question, which need not be in any document.
    private func isAsking(_ index: Int) -> Bool {
        (max(0, index - 1)..<min(pairs.count, index + 1)).contains { start in
            Interrogatives.stopPairs.contains(Self.pair(folded[start], folded[start + 1]))
                || Self.asking.contains(Self.pair(folded[start], folded[start + 1]))
        }
    }

    /// More pairs of questions.
    private static let asking = Set(
        ["時候", "麼時", "候會", "可以", "可不", "是不", "不是", "有沒", "沒有", "怎樣", "幾時", "會不", "有無", "能否", "請教", "想問", "為甚"]
            .map(Folding.key))

    /// Characters that may be wrong, the likeliest first.
    var suspects: [Int] {
        let supports = (0..<count).map(support)
        let all = (0..<count).filter { index in
            (count <= Self.longestTerm || supports[index] < 100) && !isAsking(index)
        }
        // A wrong character spoils both pairs it stands in; those beside it are known by their other one.
        func doubt(_ index: Int) -> Int {
            let spoiled = (max(0, index - 1)..<min(pairs.count, index + 1)).count { pairs[$0] == 0 }
            let isBesideKnown =
                (index > 0 && supports[index - 1] > 0) || (index + 1 < count && supports[index + 1] > 0)
            return (isBesideKnown ? 4 : 0) + spoiled
        }
        let ranked = all.map { (index: $0, support: supports[$0], doubt: doubt($0)) }
            .sorted { ($0.support, $1.doubt, $0.index) < ($1.support, $0.doubt, $1.index) }
        return ranked.prefix(Self.mostPositions).map(\.index)
    }

    /// What is tried, one after the other, until something is found.
    enum Step: CaseIterable {
        /// Neighbours swapped, one too many, and another character in the likeliest place.
        case likely
        /// Other characters in other places.
        case possible
        /// Characters that are missing or have nothing in common with what was typed.
        case gaps
    }

    /// Changes of a step that make something of the run, the most promising first.
    func candidates(_ step: Step, in view: TermView) throws -> [SpellingCandidate] {
        let suspects = suspects
        var found: [SpellingCandidate] = []
        switch step {
        case .likely:
            if !isFound { found += try rearranged(suspects, view) }
            for index in suspects.prefix(1) { found += try replaced(index, view) }
        case .possible: for index in suspects.dropFirst() { found += try replaced(index, view) }
        case .gaps: if !isFound { found += try filled(suspects, view) }
        }
        return SpellingCandidate.ordered(Set(found))
    }

    // MARK: - Neighbours swapped, one too many

    private func rearranged(_ suspects: [Int], _ view: TermView) throws -> [SpellingCandidate] {
        var tried: [(candidate: SpellingCandidate, terms: [String])] = []
        let doubtful = Set(suspects)
        for index in 0..<count {
            if index + 1 < count, doubtful.contains(index), doubtful.contains(index + 1),
                folded[index] != folded[index + 1]
            {
                let (left, right) = (index > 0 ? [folded[index - 1]] : [], index + 2 < count ? [folded[index + 2]] : [])
                tried.append(
                    (
                        SpellingCandidate(
                            range: index..<index + 2, text: [characters[index + 1], characters[index]],
                            reason: .swapped, strength: 5, estimate: 0),
                        Self.pairs(left + [folded[index + 1], folded[index]] + right)
                    ))
            }
            if index > 0, index + 1 < count, count > 2, doubtful.contains(index) {
                tried.append(
                    (
                        SpellingCandidate(range: index..<index + 1, text: [], reason: .extra, strength: 3, estimate: 0),
                        [Self.pair(folded[index - 1], folded[index + 1])]
                    ))
            }
        }
        let counts = try view.counts(of: Set(tried.flatMap(\.terms)))
        return tried.compactMap { tried in
            // Of a swap inside a sentence only one side need be known.
            let known = tried.terms.map { counts[$0] ?? 0 }
            let isWhole = !known.contains(0)
            guard isWhole || (known.count == 3 && known[1] > 0 && known[0] + known[2] > 0) else { return nil }
            var candidate = tried.candidate
            candidate.estimate = known.filter { $0 > 0 }.min() ?? 0
            if !isWhole { candidate.strength -= 1 }
            return candidate
        }
    }

    // MARK: - One wrong character

    private func replaced(_ index: Int, _ view: TermView) throws -> [SpellingCandidate] {
        let options = Confusions.shared.confused(with: characters[index]).filter { count > 2 || $0.strength > 2 }
        let before = index > 0 ? folded[index - 1] : nil
        let after = index + 1 < count ? folded[index + 1] : nil
        let left = try before.map { before in
            try view.counts(of: Set(options.map { Self.pair(before, $0.folded) }))
        }
        let hasBefore = { option in before.map { left?[Self.pair($0, option)] ?? 0 } ?? 0 }
        // Where a word may begin here, what stands before need not go with it.
        let mayBegin = index == 0 || (index + 2 < count && pairs[index + 1] > 0)
        let mayEnd = index + 1 == count || (index > 1 && pairs[index - 2] > 0)
        // Each of these is a row of its own.
        let checked = options.filter { (mayBegin && $0.strength > 1) || hasBefore($0.folded) > 0 }
        let right = try after.map { after in
            try view.counts(of: Set(checked.map { Self.pair($0.folded, after) }))
        }
        let hasAfter = { option in after.map { right?[Self.pair(option, $0)] ?? 0 } ?? 0 }
        return options.compactMap { option in
            let (first, second) = (hasBefore(option.folded), hasAfter(option.folded))
            let isWhole = (before == nil || first > 0) && (after == nil || second > 0)
            guard isWhole || (first > 0 && mayEnd) || (second > 0 && mayBegin) else { return nil }
            return SpellingCandidate(
                range: index..<index + 1, text: [option.character], reason: .init(option.kind),
                strength: isWhole ? option.strength : max(1, option.strength - 1),
                estimate: [first, second].filter { $0 > 0 }.min() ?? 0)
        }
    }

    // MARK: - Gaps

    /// Characters that are missing, or that have nothing in common with what was typed.
    private func filled(_ suspects: [Int], _ view: TermView) throws -> [SpellingCandidate] {
        let doubtful = Set(suspects.filter { support($0) == 0 })
        var gaps: [(left: Int, right: Int)] = []
        for index in 0..<count - 1 where pairs[index] == 0 {
            if doubtful.contains(index) || doubtful.contains(index + 1) { gaps.append((index, index + 1)) }
        }
        for index in doubtful.sorted() where index > 0 && index + 1 < count { gaps.append((index - 1, index + 1)) }
        if gaps.count > Self.mostGaps, count > Self.longestTerm { gaps.removeLast(gaps.count - Self.mostGaps) }
        var found: [SpellingCandidate] = []
        var followers: [Unicode.Scalar: [String: Int]] = [:]
        for (left, right) in gaps {
            let first = folded[left]
            let held = try followers[first] ?? view.terms(with: String(first), rows: Self.fillingRows)
            followers[first] = held
            let likely = held.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.mostFillings)
            var options: [(character: Unicode.Scalar, count: Int)] = []
            for (term, count) in likely {
                let scalars = Array(term.unicodeScalars)
                guard scalars.count == 2, right - left == 1 || scalars[1] != folded[left + 1] else { continue }
                options.append((scalars[1], count))
            }
            let counts = try view.counts(of: Set(options.map { Self.pair($0.character, folded[right]) }))
            for option in options {
                guard let second = counts[Self.pair(option.character, folded[right])] else { continue }
                found.append(
                    SpellingCandidate(
                        range: left + 1..<right, text: [option.character],
                        reason: right - left == 1 ? .missing : .typing,
                        strength: right - left == 1 ? 3 : 1, estimate: min(option.count, second)))
            }
        }
        return found
    }
}
