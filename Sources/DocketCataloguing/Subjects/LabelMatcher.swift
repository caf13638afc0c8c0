import DocketCore
import DocketText

/// Finds all labels of a vocabulary in a text: a trie over folded units, one for labels as they are and one for their stems.
///
/// A Chinese label is found wherever its characters stand; a label of words is found as whole words, and inexactly where the
/// beginnings of the words agree (the endings of inflected languages). Work is linear in the text times the longest label.
struct LabelMatcher: Sendable {
    /// A label of a concept.
    struct Entry: Sendable {
        /// The concept that is suggested for the label.
        var concept: Int32
        /// The concept that has the label: the same, or a deprecated one that the other replaced.
        var owner: Int32
        /// Position in the labels of the owner.
        var label: Int16
        /// True for a label without the qualifier in brackets that the vocabulary gives it.
        var isShortened: Bool
    }

    /// A place where labels stand.
    struct Match: Sendable {
        /// Units from first to last, half open.
        var units: Range<Int32>
        /// Positions in `entries`.
        var entries: Range<Int32>
        /// The label as it is, or a form of it.
        var isExact: Bool
        /// A longer label covers the place.
        var isCovered = false
    }

    private var unitNumbers = KeyTable()
    private var transitions = KeyTable(capacity: 1 << 16)
    private var nodeEntries: [Range<Int32>] = []
    /// Entries in order of their nodes.
    private(set) var entries: [Entry] = []

    /// Matches that a text has at most; what follows is left out.
    static let limit = 50_000
    private static let longestLabel = 24
    private static let stemRoot: Int32 = 1
    private static let breakKey: UInt64 = 1 << 40
    private static let stemTag: UInt64 = 1 << 41

    /// A matcher of the labels of all concepts that `concept` gives a target: itself, or what is used instead.
    init(_ vocabulary: Vocabulary, target: [Int32]) {
        var found: [(node: Int32, entry: Entry)] = []
        for (position, concept) in vocabulary.concepts.enumerated() where target[position] >= 0 {
            for (number, label) in concept.labels.enumerated() where number <= Int(Int16.max) {
                let entry = Entry(
                    concept: target[position], owner: Int32(position), label: Int16(number), isShortened: false)
                insert(label.text, entry, &found)
                if let bare = Self.withoutQualifier(label.text) {
                    var shortened = entry
                    shortened.isShortened = true
                    insert(bare, shortened, &found)
                }
            }
        }
        found.sort {
            ($0.node, $0.entry.concept, $0.entry.owner, $0.entry.label)
                < ($1.node, $1.entry.concept, $1.entry.owner, $1.entry.label)
        }
        nodeEntries = Array(repeating: 0..<0, count: transitions.count + 2)
        entries.reserveCapacity(found.count)
        for (node, entry) in found {
            let old = nodeEntries[Int(node)]
            // A concept whose labels fold to the same is found once a place.
            if !old.isEmpty, let last = entries.last, last.concept == entry.concept { continue }
            let end = Int32(entries.count)
            nodeEntries[Int(node)] = (old.isEmpty ? end : old.lowerBound)..<end + 1
            entries.append(entry)
        }
    }

    /// "bridges" for "bridges (structures)"; nil without a qualifier.
    private static func withoutQualifier(_ label: String) -> String? {
        guard let last = label.last, last == ")" || last == "）",
            let open = label.lastIndex(where: { $0 == "(" || $0 == "（" }), open > label.startIndex
        else { return nil }
        let bare = label[..<open].drop { $0 == " " }
        return bare.isEmpty ? nil : String(bare)
    }

    private mutating func insert(_ label: String, _ entry: Entry, _ found: inout [(node: Int32, entry: Entry)]) {
        let units = TextUnits(label)
        guard !units.units.isEmpty, units.units.count <= Self.longestLabel else { return }
        var (node, stem, hasStem): (Int32, Int32, Bool) = (0, Self.stemRoot, false)
        for (index, unit) in units.units.enumerated() {
            if index > 0, unit.gap >= .mark {
                node = step(node, unitNumbers.number(Self.breakKey))
                stem = step(stem, unitNumbers.number(Self.breakKey))
            }
            node = step(node, unitNumbers.number(UInt64(unit.key)))
            if let key = Self.stemKey(unit, units) {
                hasStem = true
                stem = step(stem, unitNumbers.number(key))
            } else {
                stem = step(stem, unitNumbers.number(UInt64(unit.key)))
            }
        }
        found.append((node, entry))
        if hasStem, !entry.isShortened { found.append((stem, entry)) }
    }

    private mutating func step(_ node: Int32, _ unit: Int32) -> Int32 {
        transitions.number(UInt64(UInt32(node)) << 32 | UInt64(UInt32(unit))) + 2
    }

    /// Key of the beginning of a label's word of letters: without its last two characters, but four at least; nil for others.
    private static func stemKey(_ unit: TextUnits.Unit, _ units: TextUnits) -> UInt64? {
        let range = unit.foldedRange
        guard unit.isWord, range.count > 4, !hasDigit(range, units) else { return nil }
        var key: UInt64?
        beginnings(range, units) { length, hash in
            if length == max(4, range.count - 2) { key = stemTag | UInt64(hash) }
        }
        return key
    }

    /// Number of the longest beginning of a text's word that some label begins with; at most four characters are left over.
    private func stemNumber(_ unit: TextUnits.Unit, _ units: TextUnits) -> Int32? {
        let range = unit.foldedRange
        guard unit.isWord, range.count >= 4, !Self.hasDigit(range, units) else { return nil }
        var number: Int32?
        let least = max(4, range.count - 4)
        Self.beginnings(range, units) { length, hash in
            guard length >= least else { return }
            let found = unitNumbers.find(Self.stemTag | UInt64(hash))
            if found >= 0 { number = found }
        }
        return number
    }

    private static func hasDigit(_ range: Range<Int>, _ units: TextUnits) -> Bool {
        units.folded[range].contains { (0x30...0x39).contains($0) }
    }

    /// Calls `body` with the length in bytes and the hash of every beginning of a word.
    @inline(__always)
    private static func beginnings(_ range: Range<Int>, _ units: TextUnits, _ body: (Int, UInt32) -> Void) {
        units.folded.withUnsafeBufferPointer { folded in
            var hash: UInt32 = 0x811C_9DC5
            for index in range {
                hash = (hash ^ UInt32(folded[index])) &* 0x0100_0193
                body(index - range.lowerBound + 1, hash)
            }
        }
    }

    /// All places of labels, by start and then by end; exact ones before others at the same place.
    func matches(in text: TextUnits) -> [Match] {
        let units = text.units
        var numbers = [Int32](repeating: -1, count: units.count)
        var stems = numbers
        for (index, unit) in units.enumerated() {
            numbers[index] = unitNumbers.find(UInt64(unit.key))
            stems[index] = stemNumber(unit, text) ?? numbers[index]
        }
        let breakNumber = unitNumbers.find(Self.breakKey)
        var result: [Match] = []
        for start in units.indices {
            let first = result.count
            walk(from: start, root: 0, numbers, units, breakNumber, &result)
            let exact = result.count
            walk(from: start, root: Self.stemRoot, stems, units, breakNumber, &result)
            if exact > first, result.count > exact { dropRepeated(first, exact, &result) }
            if result.count >= Self.limit { break }
        }
        Self.cover(&result)
        return result
    }

    @inline(__always)
    private func walk(
        from start: Int, root: Int32, _ numbers: [Int32], _ units: [TextUnits.Unit], _ breakNumber: Int32,
        _ result: inout [Match]
    ) {
        var node = root
        var index = start
        while index < units.count {
            if index > start, units[index].gap >= .mark {
                guard breakNumber >= 0, units[index].gap == .mark else { return }
                guard let next = next(node, breakNumber) else { return }
                node = next
            }
            guard numbers[index] >= 0, let next = next(node, numbers[index]) else { return }
            node = next
            index += 1
            let range = nodeEntries[Int(node)]
            if !range.isEmpty {
                result.append(Match(units: Int32(start)..<Int32(index), entries: range, isExact: root == 0))
            }
        }
    }

    @inline(__always)
    private func next(_ node: Int32, _ unit: Int32) -> Int32? {
        let found = transitions.find(UInt64(UInt32(node)) << 32 | UInt64(UInt32(unit)))
        return found < 0 ? nil : found + 2
    }

    /// Leaves out inexact matches where an exact one has the same place.
    private func dropRepeated(_ first: Int, _ exact: Int, _ result: inout [Match]) {
        let ends = Set(result[first..<exact].map(\.units.upperBound))
        let kept = result[exact...].filter { !ends.contains($0.units.upperBound) }
        result.removeSubrange(exact...)
        result += kept
    }

    /// Marks the matches that lie in a longer one; they are in order of their starts.
    private static func cover(_ matches: inout [Match]) {
        var (reach, index): (Int32, Int) = (-1, 0)
        while index < matches.count {
            var (end, longest) = (index, matches[index].units.upperBound)
            while end < matches.count, matches[end].units.lowerBound == matches[index].units.lowerBound {
                longest = max(longest, matches[end].units.upperBound)
                end += 1
            }
            for position in index..<end {
                let upper = matches[position].units.upperBound
                matches[position].isCovered = reach >= upper || longest > upper
            }
            reach = max(reach, longest)
            index = end
        }
    }
}
