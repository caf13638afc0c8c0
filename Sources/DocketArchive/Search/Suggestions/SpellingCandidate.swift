import DocketText

/// A change of a run or word that may make something of it that the library holds.
struct SpellingCandidate: Sendable, Hashable {
    /// Characters of the run that are replaced; empty where something is missing.
    var range: Range<Int>
    /// What stands there instead, as shown.
    var text: [Unicode.Scalar]
    var reason: SpellingCorrection.Reason
    /// How likely the slip is, 1...6.
    var strength: Int
    /// Documents with the rarest pair or the word, whoever may see them.
    var estimate: Int

    /// The order in which candidates are looked at.
    var promise: Double { Double(strength) + Double(64 - max(1, estimate).leadingZeroBitCount) / 2 }

    /// The run with the change.
    func applied(to run: [Unicode.Scalar]) -> [Unicode.Scalar] {
        Array(run[..<range.lowerBound]) + text + Array(run[range.upperBound...])
    }

    /// Most promising first; the order is the same each time.
    static func ordered(_ candidates: some Sequence<SpellingCandidate>) -> [SpellingCandidate] {
        candidates.sorted { left, right in
            if left.promise != right.promise { return left.promise > right.promise }
            if left.reason != right.reason { return left.reason.place < right.reason.place }
            if left.range.lowerBound != right.range.lowerBound {
                return left.range.lowerBound < right.range.lowerBound
            }
            if left.range.count != right.range.count { return left.range.count < right.range.count }
            return left.text.lexicographicallyPrecedes(right.text)
        }
    }
}

extension SpellingCorrection.Reason {
    /// Place among the reasons, the likeliest first.
    var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    init(_ kind: Confusions.Kind) {
        switch kind {
        case .sound: self = .homophone
        case .look: self = .lookalike
        case .variant: self = .variant
        }
    }

    /// True where the other spelling may replace one that is found, only much less often.
    var isConfusion: Bool { self == .homophone || self == .lookalike || self == .variant }
}

extension [Unicode.Scalar] {
    var string: String { String(String.UnicodeScalarView(self)) }
}
