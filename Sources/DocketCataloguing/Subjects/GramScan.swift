import DocketText

/// Cuts units into the grams by which texts are compared: pairs of neighbouring ideographs, and the runs of three to five
/// characters of a word with its edges.
enum GramScan {
    /// Calls `body` with the key of every gram of `text`, in order; keys are the same in every process.
    @inline(__always)
    static func forEach(in text: TextUnits, _ body: (UInt32) -> Void) {
        let units = text.units
        text.folded.withUnsafeBufferPointer { folded in
            var word: [UInt32] = []
            for (index, unit) in units.enumerated() {
                if unit.isWord {
                    letters(of: unit, folded, into: &word)
                    pieces(of: word, body)
                    continue
                }
                let isAlone =
                    (index == 0 || units[index - 1].isWord || unit.gap != .none)
                    && (index + 1 == units.count || units[index + 1].isWord || units[index + 1].gap != .none)
                if isAlone { body(mix(unit.key, 0x5BD1)) }
                if index + 1 < units.count, !units[index + 1].isWord, units[index + 1].gap == .none {
                    body(mix(unit.key, units[index + 1].key))
                }
            }
        }
    }

    @inline(__always)
    private static func mix(_ first: UInt32, _ second: UInt32) -> UInt32 {
        var hash = (UInt64(first) << 32 | UInt64(second)) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
        hash = hash &* 0xBF58_476D_1CE4_E5B9
        return max(1, UInt32(truncatingIfNeeded: hash >> 32))
    }

    /// Characters of a word between two edges.
    @inline(__always)
    private static func letters(
        of unit: TextUnits.Unit, _ folded: UnsafeBufferPointer<UInt8>, into word: inout [UInt32]
    ) {
        word.removeAll(keepingCapacity: true)
        word.append(0x5F)
        var current: UInt32 = 0
        for index in unit.foldedRange {
            let byte = folded[index]
            if byte & 0xC0 == 0x80 {
                current = current << 8 | UInt32(byte)
            } else {
                if current > 0 { word.append(current) }
                current = UInt32(byte)
            }
        }
        word.append(current)
        word.append(0x5F)
    }

    @inline(__always)
    private static func pieces(of word: [UInt32], _ body: (UInt32) -> Void) {
        for start in word.indices {
            var hash: UInt32 = 0x2545_F491
            for length in 1...5 where start + length <= word.count {
                hash = mix(hash, word[start + length - 1])
                if length >= 3 { body(hash) }
            }
        }
    }
}
