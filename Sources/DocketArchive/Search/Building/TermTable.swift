/// Numbers terms in the order in which they are first met: a hash table over one buffer of bytes.
struct TermTable {
    private var bytes: [UInt8] = []
    /// Where each term starts in `bytes`, and the end of the last.
    private var starts: [UInt32] = [0]
    private var hashes: [UInt32] = []
    /// Number of a term plus one, 0 for an empty slot; a power of two of slots, at most half of them full.
    private var slots = [UInt32](repeating: 0, count: 1 << 12)

    var count: Int { hashes.count }

    /// Bytes that the table holds in memory, about.
    var memory: Int { bytes.count + starts.count * 4 + hashes.count * 4 + slots.count * 4 }

    /// The number of `term`, a new one when it was not met before.
    mutating func number(_ term: UnsafeBufferPointer<UInt8>) -> Int {
        let hash = Self.hash(term)
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while true {
            let held = slots[slot]
            if held == 0 { break }
            let index = Int(held) - 1
            if hashes[index] == hash, isEqual(index, term) { return index }
            slot = (slot + 1) & mask
        }
        bytes.append(contentsOf: term)
        starts.append(UInt32(bytes.count))
        hashes.append(hash)
        slots[slot] = UInt32(count)
        if count * 2 > slots.count { grow() }
        return count - 1
    }

    /// Numbers of all terms in the order of their bytes.
    func sorted() -> [Int] {
        bytes.withUnsafeBufferPointer { bytes in
            // Most terms differ in their first eight bytes: compare those as one number.
            var keys: [(UInt64, Int)] = []
            keys.reserveCapacity(count)
            for index in 0..<count {
                var key: UInt64 = 0
                let (start, end) = (Int(starts[index]), Int(starts[index + 1]))
                for offset in 0..<8 { key = key << 8 | (start + offset < end ? UInt64(bytes[start + offset]) : 0) }
                keys.append((key, index))
            }
            keys.sort { left, right in
                if left.0 != right.0 { return left.0 < right.0 }
                let (a, b) = (range(left.1), range(right.1))
                return bytes[a].lexicographicallyPrecedes(bytes[b])
            }
            return keys.map(\.1)
        }
    }

    /// The bytes of term `index`.
    func term(_ index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

    private func range(_ index: Int) -> Range<Int> { Int(starts[index])..<Int(starts[index + 1]) }

    private func isEqual(_ index: Int, _ term: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(starts[index])
        guard Int(starts[index + 1]) - start == term.count else { return false }
        for offset in 0..<term.count where bytes[start + offset] != term[offset] { return false }
        return true
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for (index, hash) in hashes.enumerated() {
            var slot = Int(hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(index + 1)
        }
    }

    @inline(__always)
    private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
