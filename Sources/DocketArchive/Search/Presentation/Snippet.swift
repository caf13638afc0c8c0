/// The most telling part of a text.
struct Snippet: Equatable {
    /// UTF-8 bytes of the text, on character boundaries.
    let range: Range<Int>
    /// Number of different things asked for that stand in it.
    let value: Int

    /// The window of at most `length` characters that holds the most of what was asked for; of equals the first.
    init(_ matches: [FieldMatches.Match], in text: String, length: Int) {
        var offsets: [Int] = []
        var offset = 0
        for scalar in text.unicodeScalars {
            offsets.append(offset)
            offset += UTF8.width(scalar)
        }
        offsets.append(offset)
        let window = Self.best(matches, offsets, length: max(1, length))
        let start = Self.clauseStart(window.start, first: window.first, in: text, offsets)
        let end = min(offsets.count - 1, start + max(1, length))
        range = offsets[start]..<offsets[end]
        value = window.value
    }

    /// Where the best window starts, the scalar of its first match, and its value.
    private static func best(
        _ matches: [FieldMatches.Match], _ offsets: [Int], length: Int
    ) -> (start: Int, first: Int, value: Int) {
        let places = matches.map { index(of: $0.range.lowerBound, in: offsets) }
        let ends = matches.map { index(of: $0.range.upperBound, in: offsets) }
        var (best, bestValue) = (0, 0)
        var counts: [Int: Int] = [:]
        var last = 0
        for first in matches.indices {
            while last < matches.count, ends[last] <= places[first] + length {
                counts[matches[last].leaf, default: 0] += 1
                last += 1
            }
            if counts.count > bestValue { (best, bestValue) = (first, counts.count) }
            guard last > first else {
                last = first + 1
                continue
            }
            counts[matches[first].leaf, default: 0] -= 1
            if counts[matches[first].leaf] == 0 { counts[matches[first].leaf] = nil }
        }
        guard !matches.isEmpty else { return (0, 0, 0) }
        // Some words before the first match, less where the window is full.
        let spare = max(0, length - (places[best] == 0 ? 0 : length * 3 / 4))
        return (max(0, places[best] - spare), places[best], max(1, bestValue))
    }

    /// The scalar at or after byte `offset`.
    private static func index(of offset: Int, in offsets: [Int]) -> Int {
        var (low, high) = (0, offsets.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Moves a start forward to the sentence of the first match, when that begins in between.
    private static func clauseStart(_ start: Int, first: Int, in text: String, _ offsets: [Int]) -> Int {
        guard start > 0, first > start else { return start }
        let bytes = Array(
            text.utf8[..<text.utf8.index(text.startIndex, offsetBy: offsets[first])].dropFirst(offsets[start]))
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        guard let cut = scalars.lastIndex(where: { "。；！？\n.;!?".unicodeScalars.contains($0) }) else { return start }
        return start + cut + 1
    }
}
