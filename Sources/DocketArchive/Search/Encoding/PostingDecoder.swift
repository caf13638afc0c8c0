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
        weights(rest, width: header.weightWidth, into: room.weights)
        return header.last
    }

    /// Reads the weights of a packed group.
    @inline(__always)
    static func weights(_ source: UnsafeRawPointer, width: UInt8, into weights: UnsafeMutablePointer<UInt32>) {
        _ = PackedNumbers.read(source, PostingEncoder.groupSize, width: width, into: weights)
        for index in 0..<PostingEncoder.groupSize { weights[index] &+= 1 }
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
            let isTogether = hasPositions && positions.isEmpty
            if isTogether, n >= size { places = try behind(n, base, docs, limit, room) }
            var (left, previous) = (n, base)
            while left > 0 {
                let count = min(left, size)
                left -= count
                previous = try group(&reader, count, previous, limit, room)
                // A list of one group: its places follow.
                if isTogether, n < size { places = reader }
                let isWhole = alive.map { $0.count(room.docs, count) == count } ?? true
                func keeps(_ index: Int) -> Bool { isWhole || (alive?.contains(Int(room.docs[index])) ?? true) }
                if isWhole {
                    list.weights.append(contentsOf: UnsafeBufferPointer(start: room.weights, count: count))
                } else {
                    for index in 0..<count where keeps(index) { list.weights.append(room.weights[index]) }
                }
                if hasPositions {
                    try PlaceGroup.read(&places, count, room) { found in
                        if isWhole {
                            list.counts.append(contentsOf: UnsafeBufferPointer(start: room.counts, count: count))
                            return list.positions.append(contentsOf: found)
                        }
                        var first = 0
                        for index in 0..<count {
                            let end = first + Int(room.counts[index])
                            defer { first = end }
                            guard keeps(index) else { continue }
                            list.counts.append(room.counts[index])
                            list.positions.append(contentsOf: found[first..<end])
                        }
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
