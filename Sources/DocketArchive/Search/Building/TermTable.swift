/// Numbers terms in the order in which they are first met.
///
/// Terms of up to seven bytes, which nearly all are, stand in the slots of a hash table themselves; of longer ones a hash
/// stands there, and their bytes apart. Most of what this costs is waiting for memory, so that terms are best asked for many
/// at a time: the places of all of them are touched before the first is looked at.
struct TermTable {
    private struct Slot {
        /// Bytes from the top, which order it, and their number at the bottom; 0 for an empty slot.
        var key: UInt64 = 0
        var number: UInt32 = 0
    }

    /// A power of two of slots, at most three of four full.
    private var slots: [Slot]
    private var shift: UInt64
    /// By number, the key of a short term, or that of the first seven bytes of a long one with `isLong` at the bottom.
    private var keys: [UInt64] = []
    /// By number.
    private var longTerms: [UInt32: [UInt8]] = [:]
    /// What the slots that were touched hold; kept so that they are.
    private var touched: UInt64 = 0

    private static let isLong: UInt64 = 0xFF
    private static let mostShort = 7

    /// `bits`: of the number of slots at first.
    init(bits: Int = 12) {
        slots = [Slot](repeating: Slot(), count: 1 << bits)
        shift = UInt64(64 - bits)
    }

    var count: Int { keys.count }

    /// A term as the table asks for it: itself when it is short, else a hash of it and `isLong`.
    @inline(__always)
    static func key(_ term: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard term.count <= mostShort else { return hash(term) }
        return key(term, term.count) | UInt64(term.count)
    }

    /// True for keys that do not tell the term.
    @inline(__always)
    static func isLong(_ key: UInt64) -> Bool { key & 0xFF == isLong }

    /// The number of `term`, a new one when it was not met before.
    mutating func number(_ term: UnsafeBufferPointer<UInt8>) -> Int {
        let key = Self.key(term)
        return Int(Self.isLong(key) ? longNumber(term, key) : number(key))
    }

    /// The numbers of the terms with these keys; `term` gives the bytes of a long one by its place.
    mutating func numbers(
        _ asked: UnsafeBufferPointer<UInt64>, into numbers: UnsafeMutablePointer<UInt32>,
        term: (Int) -> UnsafeBufferPointer<UInt8>
    ) {
        var touched = touched
        slots.withUnsafeBufferPointer { slots in
            for key in asked { touched |= slots[Int(truncatingIfNeeded: (key &* Self.spread) >> shift)].key }
        }
        self.touched = touched
        for (place, key) in asked.enumerated() {
            numbers[place] = Self.isLong(key) ? longNumber(term(place), key) : number(key)
        }
    }

    private static let spread: UInt64 = 0x9E37_79B9_7F4A_7C15

    @inline(__always)
    private mutating func number(_ key: UInt64) -> UInt32 {
        var slot = self.slot(of: key)
        let found = slots.withUnsafeBufferPointer { slots -> UInt32? in
            let mask = slots.count - 1
            while slots[slot].key != key {
                if slots[slot].key == 0 { return nil }
                slot = (slot + 1) & mask
            }
            return slots[slot].number
        }
        return found ?? add(key, slot, stored: key)
    }

    private mutating func longNumber(_ term: UnsafeBufferPointer<UInt8>, _ key: UInt64) -> UInt32 {
        var slot = self.slot(of: key)
        while slots[slot].key != 0 {
            let number = slots[slot].number
            if slots[slot].key == key, longTerms[number]?.elementsEqual(term) ?? false { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        longTerms[UInt32(count)] = Array(term)
        return add(key, slot, stored: Self.key(term, Self.mostShort) | Self.isLong)
    }

    @inline(__always)
    private func slot(of key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* Self.spread) >> shift)
    }

    private mutating func add(_ key: UInt64, _ slot: Int, stored: UInt64) -> UInt32 {
        slots[slot] = Slot(key: key, number: UInt32(count))
        keys.append(stored)
        if count * 4 > slots.count * 3 { grow() }
        return UInt32(count - 1)
    }

    private mutating func grow() {
        var larger = [Slot](repeating: Slot(), count: slots.count * 2)
        shift -= 1
        let mask = larger.count - 1
        larger.withUnsafeMutableBufferPointer { larger in
            for held in slots where held.key != 0 {
                var slot = self.slot(of: held.key)
                while larger[slot].key != 0 { slot = (slot + 1) & mask }
                larger[slot] = held
            }
        }
        slots = larger
    }

    /// The first `count` bytes from the top down, the lowest byte free.
    @inline(__always)
    private static func key(_ term: UnsafeBufferPointer<UInt8>, _ count: Int) -> UInt64 {
        var key: UInt64 = 0
        for index in 0..<count { key |= UInt64(term[index]) << UInt64(56 - index * 8) }
        return key
    }

    private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return (hash ^ hash >> 31) | isLong
    }

    /// Frees what finding terms takes.
    mutating func endAdding() { slots = [] }

    // MARK: - Order

    /// Numbers of all terms, in the order of their bytes.
    func sorted() -> [UInt32] {
        var order = RadixSort.order(keys)
        guard !longTerms.isEmpty else { return order }
        // Only long terms share a key.
        var first = 0
        while first < order.count {
            let key = keys[Int(order[first])]
            var end = first + 1
            guard Self.isLong(key) else {
                first = end
                continue
            }
            while end < order.count, keys[Int(order[end])] == key { end += 1 }
            if end - first > 1 {
                order[first..<end].sort { left, right in
                    (longTerms[left] ?? []).lexicographicallyPrecedes(longTerms[right] ?? [])
                }
            }
            first = end
        }
        return order
    }

    /// The bytes of a term, in `term`.
    @inline(__always)
    func bytes(_ number: UInt32, into term: inout [UInt8]) {
        let key = keys[Int(number)]
        term.removeAll(keepingCapacity: true)
        if Self.isLong(key) {
            term.append(contentsOf: longTerms[number] ?? [])
        } else {
            withUnsafeBytes(of: key.bigEndian) { term.append(contentsOf: $0[..<Int(key & 0xFF)]) }
        }
    }

    /// Calls `body` with the number and the bytes of every term, in the order of the bytes.
    func forEachSorted(_ body: (_ number: Int, _ term: [UInt8]) throws -> Void) rethrows {
        var term: [UInt8] = []
        for number in sorted() {
            bytes(number, into: &term)
            try body(Int(number), term)
        }
    }
}

/// Orders numbers by their digits of sixteen bits, the lowest first.
enum RadixSort {
    /// The places of `keys`, by rising key; equal ones keep their order.
    static func order(_ keys: [UInt64]) -> [UInt32] {
        guard keys.count > 2_000 else {
            return keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { UInt32($0) }
        }
        var (order, next) = (keys.indices.map { UInt32($0) }, [UInt32](repeating: 0, count: keys.count))
        var starts = [UInt32](repeating: 0, count: 1 << 16)
        for shift in stride(from: 0, to: 64, by: 16) {
            starts.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
            for key in keys { starts[Int(key >> UInt64(shift) & 0xFFFF)] += 1 }
            // A digit that all share orders nothing.
            if starts.contains(where: { $0 == keys.count }) { continue }
            var sum: UInt32 = 0
            for digit in starts.indices {
                let count = starts[digit]
                starts[digit] = sum
                sum += count
            }
            keys.withUnsafeBufferPointer { keys in
                starts.withUnsafeMutableBufferPointer { starts in
                    next.withUnsafeMutableBufferPointer { next in
                        for number in order {
                            let digit = Int(keys[Int(number)] >> UInt64(shift) & 0xFFFF)
                            next[Int(starts[digit])] = number
                            starts[digit] += 1
                        }
                    }
                }
            }
            swap(&order, &next)
        }
        return order
    }
}
