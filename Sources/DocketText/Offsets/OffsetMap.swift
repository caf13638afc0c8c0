/// How the bytes of a text made from another one (cleaned, folded) belong to the bytes of the first.
///
/// All offsets are UTF-8 byte offsets. The map is a list of parts in order; a part of equal length on both sides maps byte
/// for byte, any other part maps as a whole. Bytes that were removed map to an empty range, and so do inserted bytes.
/// Look-ups take logarithmic time; a text is at most 4 GiB.
public struct OffsetMap: Sendable, Equatable {
    /// Where each part starts on both sides; the last entry is the end of both texts.
    private var starts: [Point]

    struct Point: Sendable, Equatable {
        var original: UInt32
        var mapped: UInt32
    }

    /// The map of a text onto itself.
    public init(identity count: Int) {
        var builder = Builder()
        builder.keep(count)
        self = builder.map()
    }

    private init(starts: [Point]) { self.starts = starts }

    /// Number of bytes of the original text.
    public var originalCount: Int { Int(starts.last?.original ?? 0) }

    /// Number of bytes of the text made from it.
    public var mappedCount: Int { Int(starts.last?.mapped ?? 0) }

    /// True when both texts have the same bytes at the same places, as far as the map can tell.
    public var isIdentity: Bool { starts.allSatisfy { $0.original == $0.mapped } }

    /// The bytes of the original that `range` of the made text came from.
    ///
    /// Removed bytes at either end are left out, those in the middle are included. A range that cuts through a part that maps
    /// as a whole takes all of it. The range is clamped to the made text.
    public func original(_ range: Range<Int>) -> Range<Int> {
        convert(range, from: Side.mapped, to: Side.original)
    }

    /// The bytes of the made text that `range` of the original became; empty where all of it was removed.
    public func mapped(_ range: Range<Int>) -> Range<Int> {
        convert(range, from: Side.original, to: Side.mapped)
    }

    /// The map of two steps: this one, then `next`, whose original is the text this one makes.
    public func then(_ next: OffsetMap) -> OffsetMap {
        precondition(
            mappedCount == next.originalCount, "the second map must start from the text that the first one makes")
        var cuts = starts.map { Int($0.mapped) } + next.starts.map { Int($0.original) }
        cuts.sort()
        var builder = Builder()
        var (from, original, mapped) = (0, 0, 0)
        for cut in cuts where cut > from && isCut(cut, in: Side.mapped) && next.isCut(cut, in: Side.original) {
            let before = self.original(from..<cut)
            let after = next.mapped(from..<cut)
            builder.part(original: before.lowerBound - original, mapped: 0)
            builder.part(original: 0, mapped: after.lowerBound - mapped)
            builder.part(original: before.count, mapped: after.count)
            (from, original, mapped) = (cut, before.upperBound, after.upperBound)
        }
        builder.part(original: originalCount - original, mapped: 0)
        builder.part(original: 0, mapped: next.mappedCount - mapped)
        return builder.map()
    }
}

// MARK: - Look-up

/// One of the two texts; a key path would cost a look into its metadata at every step.
private enum Side {
    case original, mapped
}

extension OffsetMap.Point {
    fileprivate func at(_ side: Side) -> UInt32 { side == .original ? original : mapped }
}

extension OffsetMap {
    private func convert(
        _ range: Range<Int>, from source: Side, to target: Side
    ) -> Range<Int> {
        guard let end = starts.last, starts.count > 1 else { return 0..<0 }
        let count = Int(end.at(source))
        let lower = min(max(0, range.lowerBound), count)
        let upper = min(max(lower, range.upperBound), count)
        if lower == upper {
            let place = edge(lower, isUpper: false, from: source, to: target)
            return place..<place
        }
        let start = edge(lower, isUpper: false, from: source, to: target)
        let stop = edge(upper, isUpper: true, from: source, to: target)
        return start..<max(start, stop)
    }

    /// The place of one end of a range: a lower end looks to the part after it, an upper end to the part before it.
    private func edge(
        _ offset: Int, isUpper: Bool, from source: Side, to target: Side
    ) -> Int {
        let index = part(at: offset, isUpper: isUpper, in: source)
        guard index + 1 < starts.count else { return Int(starts[index].at(target)) }
        let (start, next) = (starts[index], starts[index + 1])
        let length = Int(next.at(source) - start.at(source))
        let other = Int(next.at(target) - start.at(target))
        let base = Int(start.at(target))
        if length == other { return base + offset - Int(start.at(source)) }
        let isAtStart = offset == Int(start.at(source))
        let isAtEnd = offset == Int(next.at(source))
        if isUpper { return isAtStart ? base : base + other }
        return isAtEnd ? base + other : base
    }

    /// True when `offset` is not inside a part that maps as a whole.
    private func isCut(_ offset: Int, in source: Side) -> Bool {
        let index = part(at: offset, isUpper: false, in: source)
        guard index + 1 < starts.count, offset > Int(starts[index].at(source)) else { return true }
        let (start, next) = (starts[index], starts[index + 1])
        return next.original - start.original == next.mapped - start.mapped
    }

    /// Index of the part that holds the byte after `offset` (lower end) or before it (upper end), empty parts skipped.
    private func part(at offset: Int, isUpper: Bool, in source: Side) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            let start = Int(starts[middle].at(source))
            if isUpper ? start < offset : start <= offset { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}

// MARK: - Building

extension OffsetMap {
    /// Builds a map part by part, from the start of both texts to their ends.
    struct Builder {
        private var starts: [Point] = [Point(original: 0, mapped: 0)]
        private var original: UInt32 = 0
        private var mapped: UInt32 = 0
        private var isLastEqual = false

        /// `count` bytes that are the same on both sides, or `count` bytes that map one for one.
        mutating func keep(_ count: Int) {
            guard count > 0 else { return }
            if !isLastEqual { open() }
            isLastEqual = true
            original += UInt32(count)
            mapped += UInt32(count)
        }

        /// A part that maps as a whole, or byte for byte when the lengths are equal.
        mutating func part(original originalCount: Int, mapped mappedCount: Int) {
            guard originalCount != mappedCount else { return keep(originalCount) }
            open()
            isLastEqual = false
            original += UInt32(originalCount)
            mapped += UInt32(mappedCount)
        }

        /// Bytes that are not in the made text; removals side by side are one part.
        mutating func remove(_ count: Int) {
            guard count > 0 else { return }
            part(original: count, mapped: 0)
        }

        private mutating func open() {
            guard let last = starts.last, last.original != original || last.mapped != mapped else { return }
            starts.append(Point(original: original, mapped: mapped))
        }

        /// The finished map.
        consuming func map() -> OffsetMap {
            var starts = starts
            starts.append(Point(original: original, mapped: mapped))
            return OffsetMap(starts: starts)
        }
    }
}
