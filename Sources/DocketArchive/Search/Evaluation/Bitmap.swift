/// A set of documents of one segment, one bit each.
struct Bitmap: Sendable, Equatable {
    private(set) var words: [UInt64]
    /// Documents that may be in it: 0..<count.
    let count: Int

    /// The empty set.
    init(_ count: Int) {
        self.count = count
        words = [UInt64](repeating: 0, count: (count + 63) >> 6)
    }

    /// The set of all.
    init(ones count: Int) {
        self.count = count
        words = [UInt64](repeating: ~0, count: (count + 63) >> 6)
        trim()
    }

    /// Reads `bytes`, little-endian; documents behind its end are not in the set.
    init(bytes: UnsafeRawBufferPointer, count: Int) {
        self.init(count)
        for index in words.indices {
            var word: UInt64 = 0
            for byte in 0..<min(8, max(0, bytes.count - index * 8)) {
                word |= UInt64(bytes[index * 8 + byte]) << UInt64(byte * 8)
            }
            words[index] = word
        }
        trim()
    }

    /// Little-endian bytes.
    var bytes: [UInt8] {
        var writer = ByteWriter()
        words.forEach { writer.fixed($0) }
        return Array(writer.bytes.prefix((count + 7) >> 3))
    }

    var isEmpty: Bool { !words.contains { $0 != 0 } }
    /// Number of documents in the set.
    var population: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    @inline(__always)
    func contains(_ index: Int) -> Bool { words[index >> 6] >> UInt64(index & 63) & 1 != 0 }

    @inline(__always)
    mutating func insert(_ index: Int) { words[index >> 6] |= 1 << UInt64(index & 63) }

    @inline(__always)
    mutating func remove(_ index: Int) { words[index >> 6] &= ~(1 << UInt64(index & 63)) }

    /// Adds a group of documents, each below `count`.
    @inline(__always)
    mutating func insert(_ docs: UnsafeMutablePointer<UInt32>, _ number: Int) {
        words.withUnsafeMutableBufferPointer { words in
            for index in 0..<number { words[Int(docs[index] >> 6)] |= 1 << UInt64(docs[index] & 63) }
        }
    }

    /// Number of documents of a group, each below `count`, that are in the set.
    @inline(__always)
    func count(_ docs: UnsafeMutablePointer<UInt32>, _ number: Int) -> Int {
        words.withUnsafeBufferPointer { words in
            var found: UInt64 = 0
            // Counting bits, not asking: which documents match cannot be foretold.
            for index in 0..<number { found &+= words[Int(docs[index] >> 6)] >> UInt64(docs[index] & 63) & 1 }
            return Int(found)
        }
    }

    /// Adds the documents of a group that lie in `start..<end`, counted from `start`.
    @inline(__always)
    mutating func insert(
        _ docs: UnsafeMutablePointer<UInt32>, from first: Int, to last: Int, start: Int, end: Int
    ) {
        words.withUnsafeMutableBufferPointer { words in
            for index in first..<last {
                let doc = Int(docs[index])
                guard doc < end else { return }
                if doc >= start { words[(doc - start) >> 6] |= 1 << UInt64((doc - start) & 63) }
            }
        }
    }

    /// Keeps what `other` holds, whose document `start`, a multiple of 64, is the first of this one.
    mutating func formIntersection(_ other: Bitmap, from start: Int) {
        let first = start >> 6
        for index in words.indices { words[index] &= other.words[first + index] }
    }

    mutating func formIntersection(_ other: Bitmap) {
        for index in words.indices { words[index] &= other.words[index] }
    }

    mutating func formUnion(_ other: Bitmap) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    mutating func subtract(_ other: Bitmap) {
        for index in words.indices { words[index] &= ~other.words[index] }
    }

    mutating func invert() {
        for index in words.indices { words[index] = ~words[index] }
        trim()
    }

    /// Calls `body` with the documents of the set, rising.
    @inline(__always)
    func forEach(_ body: (Int) throws -> Void) rethrows {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                try body(index << 6 | rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
        }
    }

    private mutating func trim() {
        if count & 63 != 0, let last = words.indices.last { words[last] &= 1 << UInt64(count & 63) &- 1 }
    }
}
