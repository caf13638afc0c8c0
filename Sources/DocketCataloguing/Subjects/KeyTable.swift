/// Numbers of keys: an open-addressed table that gives each new key the next number from 0.
///
/// The same keys in the same order get the same numbers in every process, which a `Dictionary` does not promise of its order.
struct KeyTable: Sendable {
    private var keys: [UInt64]
    private var values: [Int32]
    private var shift: UInt64
    /// Number of keys.
    private(set) var count = 0

    init(capacity: Int = 1024) {
        var size = 1024
        while size * 2 < capacity * 3 { size *= 2 }
        keys = Array(repeating: 0, count: size)
        values = Array(repeating: -1, count: size)
        shift = UInt64(64 - size.trailingZeroBitCount)
    }

    @inline(__always)
    private func slot(_ key: UInt64) -> Int {
        let mixed = (key ^ (key >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return Int(mixed >> shift)
    }

    /// The number of `key`, or -1.
    @inline(__always)
    func find(_ key: UInt64) -> Int32 {
        let mask = keys.count - 1
        var index = slot(key)
        while true {
            let value = values[index]
            if value < 0 { return -1 }
            if keys[index] == key { return value }
            index = (index + 1) & mask
        }
    }

    /// The number of `key`, a new one where it has none.
    mutating func number(_ key: UInt64) -> Int32 {
        if count * 3 >= keys.count * 2 { grow() }
        let mask = keys.count - 1
        var index = slot(key)
        while values[index] >= 0 {
            if keys[index] == key { return values[index] }
            index = (index + 1) & mask
        }
        keys[index] = key
        values[index] = Int32(count)
        count += 1
        return Int32(count - 1)
    }

    /// The keys in order of their numbers.
    var ordered: [UInt64] {
        var result = [UInt64](repeating: 0, count: count)
        for (key, value) in zip(keys, values) where value >= 0 { result[Int(value)] = key }
        return result
    }

    private mutating func grow() {
        let (old, numbers) = (keys, values)
        keys = Array(repeating: 0, count: old.count * 2)
        values = Array(repeating: -1, count: old.count * 2)
        shift -= 1
        let mask = keys.count - 1
        for (key, value) in zip(old, numbers) where value >= 0 {
            var index = slot(key)
            while values[index] >= 0 { index = (index + 1) & mask }
            keys[index] = key
            values[index] = value
        }
    }
}
