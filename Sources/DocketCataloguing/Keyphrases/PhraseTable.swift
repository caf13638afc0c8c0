import DocketText
import Foundation

/// The phrases of a text that could stand for it, with their signs.
///
/// A candidate is a run of one to eight units with no mark between them. Signs are dense numbers about where and how often it
/// stands, and hashed features of its characters and of those beside it.
struct PhraseTable {
    /// A candidate.
    struct Phrase {
        /// First place: units of the text.
        var units: Range<Int32>
        /// Starts of all its places.
        var starts: [Int32]
        /// Greatest number of places of a candidate that is one unit longer.
        var extended = 0
    }

    /// Longest phrase in units.
    static let longest = 8
    /// Candidates of a text at most; a longer text is read to where they are reached.
    static let limit = 200_000
    /// Number of dense signs.
    static let denseCount = 28
    /// Number of buckets of hashed signs.
    static let buckets = 1 << 15

    let text: TextUnits
    private(set) var phrases: [Phrase] = []
    private let titleUnits: Int
    /// What each unit counts as in hashed signs: an ideograph as itself, words and numbers as one of two kinds.
    private let symbols: [UInt32]

    private static let edge: UInt32 = 3

    /// Candidates of `text`, whose title ends before the byte `titleEnd`.
    init(_ text: TextUnits, titleEnd: Int) {
        self.text = text
        titleUnits = text.units.firstIndex { $0.range.lowerBound >= titleEnd } ?? text.units.count
        symbols = text.units.map { unit in
            guard unit.isWord else { return unit.key }
            return (0x30...0x39).contains(text.folded[unit.foldedRange.lowerBound]) ? 2 : 1
        }
        gather()
    }

    private mutating func gather() {
        var numbers = KeyTable(capacity: text.units.count * 8)
        for start in text.units.indices {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            var inner: Int32 = -1
            for length in 1...Self.longest where start + length <= text.units.count {
                let last = start + length - 1
                if length > 1, !joins(last) { break }
                hash = (hash ^ UInt64(text.units[last].key)) &* 0x0000_0100_0000_01B3
                hash ^= hash >> 29
                if length == 1, !isLongWord(start) { continue }
                guard phrases.count < Self.limit else { return }
                let number = numbers.number(hash)
                if Int(number) == phrases.count {
                    phrases.append(Phrase(units: Int32(start)..<Int32(start + length), starts: []))
                }
                phrases[Int(number)].starts.append(Int32(start))
                if inner >= 0 {
                    phrases[Int(inner)].extended = max(
                        phrases[Int(inner)].extended, phrases[Int(number)].starts.count)
                }
                inner = number
            }
        }
        extendLeft(&numbers)
    }

    /// The same for candidates that a longer one ends with.
    private mutating func extendLeft(_ numbers: inout KeyTable) {
        for phrase in phrases where phrase.units.count > 1 {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for index in phrase.units.dropFirst() {
                hash = (hash ^ UInt64(text.units[Int(index)].key)) &* 0x0000_0100_0000_01B3
                hash ^= hash >> 29
            }
            let inner = Int(numbers.find(hash))
            if inner >= 0 { phrases[inner].extended = max(phrases[inner].extended, phrase.starts.count) }
        }
    }

    /// True when the unit at `index` goes on with the one before: side by side, or two words with a blank or hyphen.
    private func joins(_ index: Int) -> Bool {
        let gap = text.units[index].gap
        return gap == .none || (gap == .blank && text.units[index].isWord && text.units[index - 1].isWord)
    }

    private func isLongWord(_ index: Int) -> Bool {
        text.units[index].isWord && text.units[index].foldedRange.count > 1
    }

    // MARK: - Signs

    /// Calls `dense` with number and value of each dense sign of a phrase, and `hashed` with bucket and value of the others.
    @inline(__always)
    func signs(of phrase: Phrase, dense: (Int, Float) -> Void, hashed: (Int, Float) -> Void) {
        let count = Float(phrase.starts.count)
        let length = min(Self.longest, phrase.units.count)
        let inTitle = phrase.starts.contains { Int($0) < titleUnits }
        let afterTitle = phrase.starts.first { Int($0) >= titleUnits }
        let often = log(count)
        let total = Float(max(1, text.units.count))
        let first = Float(phrase.starts.first ?? 0)
        dense(0, 1)
        dense(length, 1)
        dense(8 + length, often)
        dense(17, inTitle ? 1 : 0)
        dense(18, inTitle && afterTitle != nil ? 1 : 0)
        dense(19, often)
        dense(20, phrase.starts.count == 1 ? 1 : 0)
        dense(21, inTitle ? often : 0)
        dense(22, log((count - Float(min(phrase.extended, phrase.starts.count)) + 0.5) / (count + 0.5)))
        dense(23, phrase.extended >= phrase.starts.count ? 1 : 0)
        dense(24, log(1 + first) / 5)
        dense(
            25, Float(afterTitle.map { Int($0) - titleUnits } ?? text.units.count) / max(1, total - Float(titleUnits)))
        dense(26, Float((phrase.starts.last ?? 0) - (phrase.starts.first ?? 0)) / total)
        dense(27, phrase.units.contains { symbols[Int($0)] < 3 } ? 1 : 0)
        edges(of: phrase, hashed)
        characters(of: phrase, hashed)
    }

    /// What stands beside the phrase, over all its places.
    @inline(__always)
    private func edges(of phrase: Phrase, _ hashed: (Int, Float) -> Void) {
        let share = 1 / Float(phrase.starts.count)
        for start in phrase.starts {
            let (lower, upper) = (Int(start), Int(start) + phrase.units.count)
            let before = before(lower)
            let after = after(upper)
            hashed(Self.bucket(1, before, 0), share)
            hashed(Self.bucket(2, after, 0), share)
            hashed(Self.bucket(3, before, before == Self.edge ? Self.edge : self.before(lower - 1)), share)
            hashed(Self.bucket(4, after, after == Self.edge ? Self.edge : self.after(upper + 1)), share)
            hashed(Self.bucket(5, before, symbols[lower]), share)
            hashed(Self.bucket(6, symbols[upper - 1], after), share)
        }
    }

    private func before(_ index: Int) -> UInt32 {
        index > 0 && text.units[index].gap == .none ? symbols[index - 1] : Self.edge
    }

    private func after(_ index: Int) -> UInt32 {
        index < text.units.count && text.units[index].gap == .none ? symbols[index] : Self.edge
    }

    @inline(__always)
    private func characters(of phrase: Phrase, _ hashed: (Int, Float) -> Void) {
        let (lower, upper) = (Int(phrase.units.lowerBound), Int(phrase.units.upperBound))
        hashed(Self.bucket(7, symbols[lower], 0), 1)
        hashed(Self.bucket(8, symbols[upper - 1], 0), 1)
        let share = 1 / Float(phrase.units.count)
        for index in lower..<upper { hashed(Self.bucket(9, symbols[index], 0), share) }
        guard phrase.units.count > 1 else { return }
        hashed(Self.bucket(10, symbols[lower], symbols[lower + 1]), 1)
        hashed(Self.bucket(11, symbols[upper - 2], symbols[upper - 1]), 1)
        let inner = 1 / Float(phrase.units.count - 1)
        for index in lower..<upper - 1 { hashed(Self.bucket(12, symbols[index], symbols[index + 1]), inner) }
    }

    @inline(__always)
    private static func bucket(_ kind: UInt32, _ first: UInt32, _ second: UInt32) -> Int {
        var hash = (UInt64(first) << 32 | UInt64(second)) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ (hash >> 31) ^ UInt64(kind) &* 0xD6E8_FEB8_6659_FD93) &* 0xBF58_476D_1CE4_E5B9
        return Int(hash >> 40) & (buckets - 1)
    }

    // MARK: - Words

    /// Bytes of the first place of a phrase.
    func range(of phrase: Phrase) -> Range<Int> { range(from: Int(phrase.units.lowerBound), phrase.units.count) }

    /// Bytes of `count` units from `start`.
    func range(from start: Int, _ count: Int) -> Range<Int> {
        text.units[start].range.lowerBound..<text.units[start + count - 1].range.upperBound
    }
}
