/// Reads rows of postings from one end to the other, for merges.
///
/// Nothing of a row is trusted: a group that ends after the row, a document outside the segment or a number out of range is
/// `ArchiveError.corrupt`. The bytes must be followed by `slack` more that may be read.
enum PostingDecoder {
    /// Bytes behind every row that a decoder may read and does not use.
    static let slack = 8

    /// What is known of a packed group before it is read.
    struct Header {
        var weightWidth: UInt8
        var impact: UInt8
        var last: Int
        /// Where the documents begin.
        var offset: Int
    }

    /// Passes over a packed group and checks all that reading it relies on.
    @inline(__always)
    static func header(
        _ reader: inout ByteReader, _ count: Int, previous: Int, limit: Int
    ) throws -> Header {
        var header = Header(weightWidth: 0, impact: 0, last: 0, offset: 0)
        (header.weightWidth, header.impact) = (try reader.byte(), try reader.byte())
        let most = try reader.count(upTo: limit)
        header.last = previous + count + most
        header.offset = reader.offset
        _ = try reader.raw(EliasFano.byteCount(most: most))
        try PackedNumbers.skim(&reader, count, width: header.weightWidth, most: 16)
        guard header.last < limit else {
            throw ArchiveError.damagedIndex("a posting names a document out of its segment")
        }
        return header
    }

    /// Room for the documents, weights and numbers of places of a group.
    typealias Room = (
        docs: UnsafeMutablePointer<UInt32>, weights: UnsafeMutablePointer<UInt32>, counts: UnsafeMutablePointer<UInt32>
    )

    /// Reads the documents of the next group with all that it holds; numbers of places only where they stand with them.
    /// - Returns: its last document.
    @inline(__always)
    static func group(_ reader: inout ByteReader, _ count: Int, _ previous: Int, _ limit: Int, _ room: Room) throws
        -> Int
    {
        guard let bytes = reader.bytes.baseAddress else { throw ArchiveError.damagedIndex("a row is cut short") }
        guard count == PostingEncoder.groupSize else {
            return try tail(&reader, count, previous, limit, room).last
        }
        let header = try header(&reader, count, previous: previous, limit: limit)
        let rest = try EliasFano.read(bytes + header.offset, base: previous, last: header.last, into: room.docs)
        _ = PackedNumbers.read(rest, count, width: header.weightWidth, into: room.weights)
        for index in 0..<count { room.weights[index] &+= 1 }
        return header.last
    }

    /// Reads the documents of a last group.
    @inline(__always)
    static func tail(
        _ reader: inout ByteReader, _ count: Int, _ previous: Int, _ limit: Int, _ room: Room
    ) throws -> TailGroup.Header {
        guard let bytes = reader.bytes.baseAddress else { throw ArchiveError.damagedIndex("a row is cut short") }
        var bits = BitReader(bytes + reader.offset, count: reader.remaining)
        let header = try TailGroup.readDocuments(
            &bits, count, base: previous, limit: limit, docs: room.docs, weights: room.weights, counts: room.counts)
        _ = try reader.raw(header.bytes)
        return header
    }

    /// Appends the postings of a row to `list`, documents shifted by `shift`, without those that `alive` does not hold.
    ///
    /// Without `positions` they stand behind the documents; `limit` is the number of documents in the segment.
    static func append(
        n: Int, base: Int, docs: UnsafeRawBufferPointer, positions: UnsafeRawBufferPointer, hasPositions: Bool,
        limit: Int, shift: Int, alive: Bitmap?, to list: inout PostingList
    ) throws {
        let size = PostingEncoder.groupSize
        try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 3 * size) { numbers in
            guard let start = numbers.baseAddress else { return }
            let room: Room = (start, start + size, start + 2 * size)
            var (reader, places) = (ByteReader(docs), ByteReader(positions))
            if hasPositions, positions.isEmpty { places = try behind(n, base, docs, limit, room) }
            var (left, previous) = (n, base)
            while left > 0 {
                let count = min(left, size)
                left -= count
                previous = try group(&reader, count, previous, limit, room)
                let isWhole = alive.map { $0.count(room.docs, count) == count } ?? true
                func keeps(_ index: Int) -> Bool { isWhole || (alive?.contains(Int(room.docs[index])) ?? true) }
                if isWhole {
                    list.weights.append(contentsOf: UnsafeBufferPointer(start: room.weights, count: count))
                } else {
                    for index in 0..<count where keeps(index) { list.weights.append(room.weights[index]) }
                }
                if hasPositions {
                    try PlaceGroup.forEach(&places, count, room) { index, number, place in
                        guard keeps(index) else { return }
                        if number == 0 { list.counts.append(room.counts[index]) }
                        list.positions.append(place)
                    }
                }
                for index in 0..<count where keeps(index) { list.docs.append(room.docs[index] &+ UInt32(shift)) }
            }
        }
    }

    /// A reader of what stands behind the documents of a row.
    private static func behind(
        _ n: Int, _ base: Int, _ docs: UnsafeRawBufferPointer, _ limit: Int, _ room: Room
    ) throws -> ByteReader {
        var reader = ByteReader(docs)
        var (left, previous) = (n, base)
        while left > 0 {
            let count = min(left, PostingEncoder.groupSize)
            left -= count
            if count == PostingEncoder.groupSize {
                previous = try header(&reader, count, previous: previous, limit: limit).last
            } else {
                previous = try tail(&reader, count, previous, limit, room).last
            }
        }
        return ByteReader(UnsafeRawBufferPointer(rebasing: docs[reader.offset...]))
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

    /// Reads a group and hands over every place, rising, with the posting and its number; the counts of `room` have the number
    /// of places of the posting by then. Weights, and the counts of a last group, are known from its documents.
    @inline(__always)
    static func forEach(
        _ reader: inout ByteReader, _ count: Int, _ room: PostingDecoder.Room,
        _ body: (_ index: Int, _ number: Int, _ place: UInt32) -> Void
    ) throws {
        guard let bytes = reader.bytes.baseAddress else { throw ArchiveError.damagedIndex("a row is cut short") }
        guard count == PostingEncoder.groupSize else {
            var bits = BitReader(bytes + reader.offset, count: reader.remaining)
            try TailGroup.readPlaces(&bits, count, weights: room.weights, counts: room.counts, body)
            _ = try reader.raw(bits.bytes)
            return
        }
        let header = try header(&reader, count)
        _ = PackedNumbers.read(bytes + header.counts, count, width: header.countWidth, into: room.counts)
        var next = 0
        for index in 0..<count {
            room.counts[index] &+= 1
            guard room.counts[index] > 0, Int(room.counts[index]) <= header.total - next else {
                throw ArchiveError.damagedIndex("places do not add up")
            }
            var place: UInt32 = 0
            for number in 0..<Int(room.counts[index]) {
                let gap = BitPacking.value(bytes + header.places, at: next, bits: header.placeBits)
                place = number == 0 ? gap : place &+ gap &+ 1
                body(index, number, place)
                next += 1
            }
        }
    }
}
