/// Numbers terms in the order in which they are first met.
///
/// Terms of up to seven bytes, which nearly all are, stand in the slots of a hash table themselves, so that one is found with
/// one look into memory; longer ones stand in a table of their own.
struct TermTable {
    private struct Slot {
        /// Bytes from the top, which order it, and their number at the bottom; 0 for an empty slot.
        var key: UInt64 = 0
        var number: UInt32 = 0
    }

    /// A power of two of slots, at most half of them full.
    private var slots: [Slot]
    private var shift: UInt64
    /// By number, the key of a short term, or that of the first seven bytes of a long one with `isLong` at the bottom.
    private var keys: [UInt64] = []
    private var long: [[UInt8]: Int] = [:]
    private var longTerms: [Int: [UInt8]] = [:]

    private static let isLong: UInt64 = 0xFF
    private static let mostShort = 7

    /// `bits`: of the number of slots at first.
    init(bits: Int = 12) {
        slots = [Slot](repeating: Slot(), count: 1 << bits)
        shift = UInt64(64 - bits)
    }

    var count: Int { keys.count }

    /// The number of `term`, a new one when it was not met before.
    @inline(__always)
    mutating func number(_ term: UnsafeBufferPointer<UInt8>) -> Int {
        guard term.count <= Self.mostShort else { return longNumber(term) }
        let key = Self.key(term, term.count) | UInt64(term.count)
        var slot = self.slot(of: key)
        let found = slots.withUnsafeMutableBufferPointer { slots -> (slot: Int, number: Int?) in
            let mask = slots.count - 1
            while slots[slot].key != key {
                if slots[slot].key == 0 { return (slot, nil) }
                slot = (slot + 1) & mask
            }
            return (slot, Int(slots[slot].number))
        }
        return found.number ?? add(key, found.slot)
    }

    @inline(__always)
    private func slot(of key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    }

    private mutating func add(_ key: UInt64, _ slot: Int) -> Int {
        slots[slot] = Slot(key: key, number: UInt32(count))
        keys.append(key)
        if count * 2 > slots.count { grow() }
        return count - 1
    }

    private mutating func longNumber(_ term: UnsafeBufferPointer<UInt8>) -> Int {
        let bytes = Array(term)
        if let known = long[bytes] { return known }
        long[bytes] = count
        longTerms[count] = bytes
        keys.append(Self.key(term, Self.mostShort) | Self.isLong)
        return count - 1
    }

    /// The first `count` bytes from the top down, the lowest byte free.
    @inline(__always)
    private static func key(_ term: UnsafeBufferPointer<UInt8>, _ count: Int) -> UInt64 {
        var key: UInt64 = 0
        for index in 0..<count { key |= UInt64(term[index]) << UInt64(56 - index * 8) }
        return key
    }

    /// Frees what finding terms takes.
    mutating func endAdding() { (slots, long) = ([], [:]) }

    /// Calls `body` with the number and the bytes of every term, in the order of the bytes.
    func forEachSorted(_ body: (_ number: Int, _ term: [UInt8]) throws -> Void) rethrows {
        var order = keys.indices.map { (key: keys[$0], number: UInt32($0)) }
        order.sort { left, right in
            guard left.key == right.key else { return left.key < right.key }
            // Only long terms share a key.
            guard let a = longTerms[Int(left.number)], let b = longTerms[Int(right.number)] else { return false }
            return a.lexicographicallyPrecedes(b)
        }
        var term: [UInt8] = []
        for (key, number) in order {
            term.removeAll(keepingCapacity: true)
            if key & 0xFF == Self.isLong {
                term.append(contentsOf: longTerms[Int(number)] ?? [])
            } else {
                for place in 0..<Int(key & 0xFF) {
                    term.append(UInt8(truncatingIfNeeded: key >> UInt64(56 - place * 8)))
                }
            }
            try body(Int(number), term)
        }
    }

    private mutating func grow() {
        var larger = [Slot](repeating: Slot(), count: slots.count * 2)
        shift -= 1
        let mask = larger.count - 1
        for held in slots where held.key != 0 {
            var slot = self.slot(of: held.key)
            while larger[slot].key != 0 { slot = (slot + 1) & mask }
            larger[slot] = held
        }
        slots = larger
    }
}
