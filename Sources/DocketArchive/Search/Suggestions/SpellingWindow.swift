/// A stretch of a run around a change, with the change and as typed.
struct SpellingWindow {
    var found: String
    var typed: String
    /// True for the whole run.
    var isWhole: Bool
    /// Characters before and after what is changed.
    var before = 0
    var after = 0

    /// True where all of `other` is in it.
    func holds(_ other: SpellingWindow) -> Bool { before >= other.before && after >= other.after }

    /// Puts other characters in the place of as many that were changed.
    mutating func replace(_ text: [Unicode.Scalar]) {
        var characters = Array(found.unicodeScalars)
        characters.replaceSubrange(before..<min(before + text.count, characters.count), with: text)
        found = characters.string
    }

    /// Longest run that is looked for as a whole.
    private static let longest = 12
    /// Characters to either side that are looked at, where pairs say that they go together.
    private static let reach = 6

    /// Windows of a candidate, the shortest first, so that the last one found is the longest.
    static func windows(of candidate: SpellingCandidate, in run: RunSpelling) -> [SpellingWindow] {
        let (range, count) = (candidate.range, run.characters.count)
        let length = count - range.count + candidate.text.count
        // Something that is missing or too many is seen by what stands on either side.
        let isBetween = range.isEmpty || candidate.text.isEmpty
        let least = min(length, isBetween ? 4 : 3)
        let (left, right) = (range.lowerBound, count - range.upperBound)
        var (chainLeft, chainRight) = (min(left, 1), min(right, 1))
        while chainLeft < min(left, reach), run.pairs[left - chainLeft - 1] > 0 { chainLeft += 1 }
        while chainRight < min(right, reach), run.pairs[range.upperBound + chainRight - 1] > 0 { chainRight += 1 }
        var sides: [(Int, Int)] = [
            (2, 0), (1, 1), (0, 2), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (chainLeft, 0), (0, chainRight),
            (chainLeft, 1), (1, chainRight), (chainLeft, chainRight),
        ].map { (min(left, $0.0), min(right, $0.1)) }
        if length <= longest { sides.append((left, right)) }
        var seen: Set<Int> = []
        var windows: [SpellingWindow] = []
        for (before, after) in sides.sorted(by: { ($0.0 + $0.1, $1.0) < ($1.0 + $1.1, $0.0) }) {
            guard before + after + candidate.text.count >= least, seen.insert(before << 8 | after).inserted,
                !isBetween || (before > 0 && after > 0)
            else { continue }
            let head = Array(run.characters[left - before..<left])
            let tail = Array(run.characters[range.upperBound..<range.upperBound + after])
            let typed = head + Array(run.characters[range]) + tail
            windows.append(
                SpellingWindow(
                    found: (head + candidate.text + tail).string, typed: typed.string,
                    isWhole: before == left && after == right, before: before, after: after))
        }
        return windows
    }
}
