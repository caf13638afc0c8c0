/// Reads rows of postings from one end to the other, for merges.
///
/// Nothing of a row is trusted: a group that ends after the row, a document outside the segment or a number out of range is
/// `ArchiveError.corrupt`. The bytes must be followed by `slack` more that may be read.
enum PostingDecoder {
    /// Bytes behind every row that a decoder may read and does not use.
    static let slack = 8

    /// What is known of a packed group before it is read.
    struct Header {
        var gapWidth: UInt8
        var weightWidth: UInt8
        var impact: UInt8
        var last: Int
        /// Where the gaps begin.
        var offset: Int
    }

    /// Passes over a packed group and checks all that reading it relies on.
    @inline(__always)
    static func header(
        _ reader: inout ByteReader, _ count: Int, previous: Int, limit: Int
    ) throws -> Header {
        var header = Header(gapWidth: 0, weightWidth: 0, impact: 0, last: 0, offset: 0)
        (header.gapWidth, header.weightWidth, header.impact) = (
            try reader.byte(), try reader.byte(), try reader.byte()
        )
        header.last = previous + count + (try reader.count(upTo: limit))
        header.offset = reader.offset
        try PackedNumbers.skim(&reader, count, width: header.gapWidth, most: 32)
        try PackedNumbers.skim(&reader, count, width: header.weightWidth, most: 16)
        guard header.last < limit else {
            throw ArchiveError.damagedIndex("a posting names a document out of its segment")
        }
        return header
    }

    /// Reads the documents of a packed group that was passed over; gives where its weights begin.
    @inline(__always)
    static func documents(
        _ bytes: UnsafeRawPointer, _ count: Int, width: UInt8, previous: Int, last: Int,
        into docs: UnsafeMutablePointer<UInt32>
    ) throws -> UnsafeRawPointer {
        let end = PackedNumbers.read(bytes, count, width: width, into: docs)
        var document = previous
        for index in 0..<count {
            document += Int(docs[index]) + 1
            docs[index] = UInt32(truncatingIfNeeded: document)
        }
        guard document == last else { throw ArchiveError.damagedIndex("documents of a group do not add up") }
        return end
    }

    /// Appends the postings of a row to `list`, documents shifted by `shift`, without those that `alive` does not hold.
    ///
    /// Without `positions` they stand behind the documents; `limit` is the number of documents in the segment.
    static func append(
        n: Int, base: Int, docs: UnsafeRawBufferPointer, positions: UnsafeRawBufferPointer, hasPositions: Bool,
        limit: Int, shift: Int, alive: Bitmap?, to list: inout PostingList
    ) throws {
        try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 3 * PostingEncoder.groupSize) { room in
            guard let numbers = room.baseAddress else { return }
            let (weights, counts) = (numbers + PostingEncoder.groupSize, numbers + 2 * PostingEncoder.groupSize)
            var (reader, places) = (ByteReader(docs), ByteReader(positions))
            if hasPositions, positions.isEmpty { places = try behind(n, base, docs, limit, numbers, weights) }
            var (left, previous) = (n, base)
            while left > 0 {
                let count = min(left, PostingEncoder.groupSize)
                left -= count
                previous = try group(&reader, count, previous, limit, numbers, weights)
                let isWhole = alive.map { $0.count(numbers, count) == count } ?? true
                if shift != 0 { for index in 0..<count { numbers[index] += UInt32(shift) } }
                if isWhole {
                    list.docs.append(contentsOf: UnsafeBufferPointer(start: numbers, count: count))
                    list.weights.append(contentsOf: UnsafeBufferPointer(start: weights, count: count))
                }
                func keeps(_ index: Int) -> Bool { isWhole || (alive?.contains(Int(numbers[index]) - shift) ?? true) }
                for index in 0..<count where !isWhole && keeps(index) {
                    list.docs.append(numbers[index])
                    list.weights.append(weights[index])
                }
                guard hasPositions else { continue }
                try PlaceGroup.forEach(&places, count, counts) { index, number, place in
                    guard keeps(index) else { return }
                    if number == 0 { list.counts.append(counts[index]) }
                    list.positions.append(place)
                }
            }
        }
    }

    /// A reader of what stands behind the documents of a row.
    private static func behind(
        _ n: Int, _ base: Int, _ docs: UnsafeRawBufferPointer, _ limit: Int, _ numbers: UnsafeMutablePointer<UInt32>,
        _ weights: UnsafeMutablePointer<UInt32>
    ) throws -> ByteReader {
        var reader = ByteReader(docs)
        var (left, previous) = (n, base)
        while left > 0 {
            let count = min(left, PostingEncoder.groupSize)
            left -= count
            if count >= PostingEncoder.smallestPacked {
                previous = try header(&reader, count, previous: previous, limit: limit).last
            } else {
                previous = try group(&reader, count, previous, limit, numbers, weights)
            }
        }
        return ByteReader(UnsafeRawBufferPointer(rebasing: docs[reader.offset...]))
    }

    private static func group(
        _ reader: inout ByteReader, _ count: Int, _ previous: Int, _ limit: Int,
        _ docs: UnsafeMutablePointer<UInt32>, _ weights: UnsafeMutablePointer<UInt32>
    ) throws -> Int {
        if count >= PostingEncoder.smallestPacked {
            let header = try header(&reader, count, previous: previous, limit: limit)
            guard let bytes = reader.bytes.baseAddress else { return previous }
            let rest = try documents(
                bytes + header.offset, count, width: header.gapWidth, previous: previous, last: header.last, into: docs)
            _ = PackedNumbers.read(rest, count, width: header.weightWidth, into: weights)
            for index in 0..<count { weights[index] &+= 1 }
            return header.last
        }
        var previous = previous
        for index in 0..<count {
            let value = try reader.varint()
            guard value >> 1 < UInt64(limit) else {
                throw ArchiveError.damagedIndex("a posting names a document out of its segment")
            }
            previous += Int(value >> 1) + 1
            docs[index] = UInt32(truncatingIfNeeded: previous)
            weights[index] = value & 1 == 0 ? 1 : UInt32(try reader.count(upTo: 65_533)) + 2
        }
        guard previous < limit else { throw ArchiveError.damagedIndex("a posting names a document out of its segment") }
        return previous
    }
}

/// The positions of one group of postings.
enum PlaceGroup {
    /// What is known of a packed group before it is read.
    struct Header {
        var countWidth: UInt8
        var placeBits: Int
        var total: Int
        /// Where counts and places begin.
        var counts: Int
        var places: Int
    }

    /// Passes over a packed group.
    static func header(_ reader: inout ByteReader, _ count: Int) throws -> Header {
        let (countWidth, placeBits) = (try reader.byte(), Int(try reader.byte()))
        guard placeBits <= 32 else { throw ArchiveError.damagedIndex("a width of places is impossible") }
        let total = count + (try reader.count(upTo: 1 << 32))
        let counts = reader.offset
        try PackedNumbers.skim(&reader, count, width: countWidth, most: 32)
        let places = reader.offset
        _ = try reader.raw(BitPacking.byteCount(total, bits: placeBits))
        return Header(countWidth: countWidth, placeBits: placeBits, total: total, counts: counts, places: places)
    }

    /// Passes over a small group.
    static func skim(_ reader: inout ByteReader, _ count: Int) throws {
        for _ in 0..<count { try small(&reader) { _, _, _ in } }
    }

    /// Reads the places of one posting of a small group.
    @inline(__always)
    static func small(_ reader: inout ByteReader, _ body: (_ number: Int, _ of: Int, _ place: UInt32) -> Void) throws {
        let first = try reader.byte()
        if UInt32(first) < PostingEncoder.smallPlaces { return body(0, 1, UInt32(first)) }
        let count =
            first == 255 ? try reader.count(upTo: reader.remaining) : Int(first) - Int(PostingEncoder.smallPlaces) + 1
        var place: UInt32 = 0
        for number in 0..<count {
            let gap = UInt32(truncatingIfNeeded: try reader.varint())
            place = number == 0 ? gap : place &+ gap &+ 1
            body(number, count, place)
        }
    }

    /// Reads a group and hands over every place, rising, with the posting and its number; `counts` has the number of places of
    /// the posting by then.
    static func forEach(
        _ reader: inout ByteReader, _ count: Int, _ counts: UnsafeMutablePointer<UInt32>,
        _ body: (_ index: Int, _ number: Int, _ place: UInt32) -> Void
    ) throws {
        guard count >= PostingEncoder.smallestPacked else {
            for index in 0..<count {
                try small(&reader) { number, of, place in
                    counts[index] = UInt32(of)
                    body(index, number, place)
                }
            }
            return
        }
        let header = try header(&reader, count)
        guard let bytes = reader.bytes.baseAddress else { return }
        _ = PackedNumbers.read(bytes + header.counts, count, width: header.countWidth, into: counts)
        var next = 0
        for index in 0..<count {
            counts[index] &+= 1
            guard counts[index] > 0, Int(counts[index]) <= header.total - next else {
                throw ArchiveError.damagedIndex("places do not add up")
            }
            var place: UInt32 = 0
            for number in 0..<Int(counts[index]) {
                let gap = BitPacking.value(bytes + header.places, at: next, bits: header.placeBits)
                place = number == 0 ? gap : place &+ gap &+ 1
                body(index, number, place)
                next += 1
            }
        }
    }
}
