/// A text as a sequence of folded units: ideographs one by one, words of letters and digits whole.
///
/// What stands between two units is kept as the gap before the second. Matching of labels and phrases works on units: a
/// part of a word is never a unit, and a label matches Chinese text anywhere. Folding is that of `Folding`.
public struct TextUnits: Sendable {
    /// One unit.
    public struct Unit: Sendable, Equatable {
        /// Bytes of the text that it was made from.
        public var range: Range<Int> { Int(start)..<Int(end) }
        /// Bytes of its folded form in `folded`.
        public var foldedRange: Range<Int> { Int(first)..<Int(first) + Int(count) }
        /// Hash of the folded form, the same in every process; never 0.
        public var key: UInt32
        /// True for a word, false for an ideograph.
        public var isWord: Bool
        /// What stands before it.
        public var gap: Gap
        var start: Int32
        var end: Int32
        var first: Int32
        var count: Int32
    }

    /// What stands between two units.
    public enum Gap: UInt8, Sendable, Comparable {
        /// Nothing.
        case none
        /// Blanks, hyphens and middle dots: a label may run over them.
        case blank
        /// A punctuation mark or symbol.
        case mark
        /// A line break, or the beginning of the text.
        case line

        /// Order of width.
        public static func < (lhs: Gap, rhs: Gap) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    /// The units in order.
    public private(set) var units: [Unit] = []
    /// Folded forms of all units, one after the other, UTF-8.
    public private(set) var folded: [UInt8] = []

    /// Longest word in bytes; a longer one is cut into pieces of it.
    public static let longestWord = 64
    /// Bytes of a text that are read; what follows is left out.
    public static let limit = 1 << 22

    /// Units of `text`, of its first `limit` bytes.
    public init(_ text: String) {
        UTF8Bytes.with(text) { bytes in
            units.reserveCapacity(bytes.count / 3 + 1)
            folded.reserveCapacity(bytes.count)
            scan(bytes)
        }
    }

    /// The folded form of the unit at `position`.
    public func text(at position: Int) -> String {
        String(decoding: folded[units[position].foldedRange], as: UTF8.self)
    }

    /// Code point of an ideograph's or first character of a word's folded form.
    public func scalar(at position: Int) -> UInt32 {
        let unit = units[position]
        return folded.withUnsafeBufferPointer { UTF8Bytes.decode($0, Int(unit.first)).code }
    }

    private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        let alphabet = SearchAlphabet.shared
        var (index, gap, isOpen) = (0, Gap.line, false)
        var scratch: [UInt8] = []
        while index < bytes.count, index < Self.limit {
            let (code, width) = UTF8Bytes.decode(bytes, index)
            let entry = code < 0x10000 ? alphabet.entries[Int(code)] : SearchAlphabet.Class.special.rawValue << 29
            switch SearchAlphabet.kind(entry) {
            case .ideograph, .letter:
                let isLetter = SearchAlphabet.kind(entry) == .letter
                put(
                    SearchAlphabet.bytes(entry), SearchAlphabet.count(entry), isLetter, index..<index + width, gap,
                    &isOpen)
                gap = .none
            case .separator:
                isOpen = false
                gap = max(gap, Self.gap(code))
            case .dropped: break
            case .special:
                scratch.removeAll(keepingCapacity: true)
                _ = FoldingTable.shared.append(code, to: &scratch)
                for scalar in String(decoding: scratch, as: UTF8.self).unicodeScalars {
                    let kind = SearchAlphabet.classify(scalar.value)
                    guard kind == .ideograph || kind == .letter else {
                        (isOpen, gap) = (false, max(gap, Self.gap(scalar.value)))
                        continue
                    }
                    let (packed, count) = SearchAlphabet.pack(scalar.value)
                    put(packed, count, kind == .letter, index..<index + width, gap, &isOpen)
                    gap = .none
                }
            }
            index += width
        }
        for position in units.indices { units[position].key = key(units[position].foldedRange) }
    }

    /// Adds one folded character: to the word at hand, or as a unit of its own.
    private mutating func put(
        _ packed: UInt32, _ count: Int, _ isLetter: Bool, _ range: Range<Int>, _ gap: Gap, _ isOpen: inout Bool
    ) {
        let first = folded.count
        for byte in 0..<count { folded.append(UInt8(truncatingIfNeeded: packed >> UInt32(byte * 8))) }
        if isLetter, isOpen, let last = units.indices.last, Int(units[last].count) + count <= Self.longestWord {
            units[last].end = Int32(range.upperBound)
            units[last].count += Int32(count)
            return
        }
        units.append(
            Unit(
                key: 0, isWord: isLetter, gap: gap, start: Int32(range.lowerBound), end: Int32(range.upperBound),
                first: Int32(first), count: Int32(count)))
        isOpen = isLetter
    }

    /// FNV-1a of folded bytes in 32 bits, 1 for 0.
    private func key(_ range: Range<Int>) -> UInt32 {
        var hash: UInt32 = 0x811C_9DC5
        for index in range { hash = (hash ^ UInt32(folded[index])) &* 0x0100_0193 }
        return hash == 0 ? 1 : hash
    }

    private static func gap(_ code: UInt32) -> Gap {
        switch code {
        case 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: .line
        case 0x09, 0x20, 0x2D, 0xA0, 0xB7, 0x2010...0x2015, 0x3000, 0x30FB, 0x2022, 0x2027, 0x2000...0x200A: .blank
        default: .mark
        }
    }
}
