/// Reads the documents of one row of postings, a group at a time.
///
/// Nothing of the row is trusted: a group that ends after the row, a document outside the segment or a weight out of range is
/// `ArchiveError.corrupt`. The bytes must be followed by `slack` more that may be read.
struct PostingDecoder {
    /// Bytes behind every row that a decoder may read and does not use.
    static let slack = 8

    /// Documents of the group read last, counted from the first of the segment; rising.
    let docs: UnsafeMutablePointer<UInt32>
    /// Weights of the group read last; anything where they were not asked for.
    let weights: UnsafeMutablePointer<UInt32>
    /// Postings in the group read last, 1...128.
    private(set) var count = 0

    private var reader: ByteReader
    /// Weights of the group read last, and their width, until they are read.
    private var packedWeights: (bytes: UnsafeRawBufferPointer, bits: Int)?
    private var left: Int
    private var previous: Int
    private let limit: Int

    /// - Parameters:
    ///   - bytes: the row, without slack.
    ///   - n: postings in it.
    ///   - base: what the first gap counts from.
    ///   - limit: documents in the segment.
    ///   - scratch: room for 256 numbers.
    init(
        _ bytes: UnsafeRawBufferPointer, n: Int, base: Int, limit: Int, scratch: UnsafeMutablePointer<UInt32>
    ) {
        reader = ByteReader(bytes)
        left = n
        previous = base
        self.limit = limit
        docs = scratch
        weights = scratch + PostingEncoder.groupSize
    }

    /// Reads the next group; false after the last.
    ///
    /// Without weights, `readWeights` may read them later.
    mutating func next(withWeights: Bool = true) throws -> Bool {
        guard left > 0 else { return false }
        count = min(left, PostingEncoder.groupSize)
        left -= count
        if count >= PostingEncoder.smallestPacked {
            try packed()
            if withWeights { readWeights() }
        } else {
            try small()
        }
        // Gaps are positive, so the last document is the largest.
        guard previous < limit else { throw ArchiveError.damagedIndex("a posting names a document out of its segment") }
        return true
    }

    @inline(__always)
    private mutating func packed() throws {
        let (gapBits, weightBits) = (Int(try reader.byte()), Int(try reader.byte()))
        guard gapBits <= 32, weightBits <= 16 else {
            throw ArchiveError.damagedIndex("a width of postings is impossible")
        }
        let gaps = try reader.raw(BitPacking.byteCount(count, bits: gapBits))
        let amounts = try reader.raw(BitPacking.byteCount(count, bits: weightBits))
        if let start = gaps.baseAddress {
            BitPacking.unpack(start, count: count, bits: gapBits, into: docs)
        } else {
            docs.update(repeating: 0, count: count)
        }
        var document = previous
        for index in 0..<count {
            document += Int(docs[index]) + 1
            docs[index] = UInt32(truncatingIfNeeded: document)
        }
        previous = document
        packedWeights = (amounts, weightBits)
    }

    /// Reads the weights of the group read last, if that is not done.
    @inline(__always)
    mutating func readWeights() {
        guard let (bytes, bits) = packedWeights else { return }
        packedWeights = nil
        if let start = bytes.baseAddress {
            BitPacking.unpack(start, count: count, bits: bits, into: weights)
        } else {
            weights.update(repeating: 0, count: count)
        }
        for index in 0..<count { weights[index] &+= 1 }
    }

    private mutating func small() throws {
        for index in 0..<count {
            let value = try reader.varint()
            guard value >> 1 < UInt64(limit) else {
                throw ArchiveError.damagedIndex("a posting names a document out of its segment")
            }
            previous += Int(value >> 1) + 1
            docs[index] = UInt32(truncatingIfNeeded: previous)
            weights[index] = value & 1 == 0 ? 1 : UInt32(try reader.count(upTo: 65_533)) + 2
        }
    }
}

/// Some of the postings of a group, by their place in it.
struct GroupMask: Sendable, Equatable {
    private var low: UInt64
    private var high: UInt64

    /// Places 0..<64 and 64..<128, one bit each.
    init(low: UInt64 = 0, high: UInt64 = 0) { (self.low, self.high) = (low, high) }

    var isEmpty: Bool { low | high == 0 }

    @inline(__always)
    func contains(_ index: Int) -> Bool { (index < 64 ? low >> UInt64(index) : high >> UInt64(index - 64)) & 1 != 0 }

    @inline(__always)
    mutating func insert(_ index: Int) {
        if index < 64 { low |= 1 << UInt64(index) } else { high |= 1 << UInt64(index - 64) }
    }

    /// Calls `body` with each place, rising.
    @inline(__always)
    func forEach(_ body: (Int) throws -> Void) rethrows {
        var (rest, first) = (low, 0)
        while true {
            while rest != 0 {
                try body(first + rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
            guard first == 0 else { return }
            (rest, first) = (high, 64)
        }
    }
}

/// Reads the positions of one row of postings, group by group in step with a `PostingDecoder`.
struct PositionDecoder {
    private var reader: ByteReader

    init(_ bytes: UnsafeRawBufferPointer) { reader = ByteReader(bytes) }

    /// Reads the group of the next `count` postings and hands the positions of those in `wanted` to `body`, rising.
    @inline(__always)
    mutating func next(
        _ count: Int, wanted: GroupMask, _ body: (_ index: Int, _ position: UInt32) -> Void
    ) throws {
        if count >= PostingEncoder.smallestPacked {
            try packed(count, wanted, body)
        } else if !wanted.isEmpty {
            // A small group is the last of its row: what is passed over need not be read.
            try small(count, wanted, body)
        }
    }

    @inline(__always)
    private mutating func packed(_ count: Int, _ wanted: GroupMask, _ body: (Int, UInt32) -> Void) throws {
        let (countBits, placeBits) = (Int(try reader.byte()), Int(try reader.byte()))
        guard countBits <= 32, placeBits <= 32 else {
            throw ArchiveError.damagedIndex("a width of places is impossible")
        }
        let total = try reader.count(upTo: 1 << 32)
        let counts = try reader.raw(BitPacking.byteCount(count, bits: countBits))
        let places = try reader.raw(BitPacking.byteCount(total, bits: placeBits))
        guard !wanted.isEmpty else { return }
        let empty = UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped  // Never read: zero bits take no byte.
        try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: PostingEncoder.groupSize) { numbers in
            guard let numbers = numbers.baseAddress else { return }
            BitPacking.unpack(counts.baseAddress ?? empty, count: count, bits: countBits, into: numbers)
            var (place, last) = (0, 0)
            try wanted.forEach { index in
                while last < index {
                    place += Int(numbers[last]) + 1
                    last += 1
                }
                let number = Int(numbers[index]) + 1
                guard place + number <= total else { throw ArchiveError.damagedIndex("places do not add up") }
                var position: UInt32 = 0
                for step in 0..<number {
                    let gap = BitPacking.value(places.baseAddress ?? empty, at: place + step, bits: placeBits)
                    position = step == 0 ? gap : position &+ gap &+ 1
                    body(index, position)
                }
            }
        }
    }

    private mutating func small(_ count: Int, _ wanted: GroupMask, _ body: (Int, UInt32) -> Void) throws {
        for index in 0..<count {
            let isWanted = wanted.contains(index)
            var (position, isFirst): (UInt32, Bool) = (0, true)
            while true {
                let value = try reader.varint()
                let gap = UInt32(truncatingIfNeeded: value >> 1)
                position = isFirst ? gap : position &+ gap &+ 1
                isFirst = false
                if isWanted { body(index, position) }
                if value & 1 == 0 { break }
            }
        }
    }
}
