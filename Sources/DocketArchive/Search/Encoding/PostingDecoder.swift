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
    /// Reads a group and hands over every place, rising, with the posting and its number.
    ///
    /// The counts of `room` have the number of places of the posting by then. Weights, and the counts of a last group, are
    /// known from its documents. Eight bytes more than those of the reader must be there.
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
        let size = try reader.count(upTo: reader.remaining)
        var bits = BitReader(bytes + reader.offset, count: size)
        _ = try reader.raw(size)
        try FullPlaces.read(&bits, weights: room.weights, counts: room.counts, body)
    }

    /// Passes over a group of 128.
    static func skip(_ reader: inout ByteReader) throws {
        _ = try reader.raw(try reader.count(upTo: reader.remaining))
    }
}

/// The places of 128 postings, bit by bit: four bits for the width of most, one that says whether all numbers of places are
/// told, then the postings.
///
/// A posting of weight 1 has one place and does not say so; for others a bit says whether there are more, and how many. The first
/// place of one of weight 2, mostly a word of a title, takes two bits less; further places are gaps less one.
enum FullPlaces {
    /// Bytes that `total` places take at most.
    static func room(_ total: Int) -> Int { 8 + PostingEncoder.groupSize * 6 + total * 8 }

    static func write(
        _ list: PostingView, _ counts: UnsafePointer<UInt32>, _ range: Range<Int>, _ place: inout Int,
        into writer: inout BitWriter
    ) {
        let bits = TailGroup.width(list, counts, range, place)
        let isTold = range.contains { list.weights[$0] == 1 && counts[$0] != 1 }
        writer.put(UInt32(bits), 4)
        writer.put(isTold ? 1 : 0, 1)
        let (body, title) = (ShortNumbers(bits: bits), ShortNumbers(bits: max(1, bits - 2)))
        for index in range {
            let count = Int(counts[index])
            if isTold || list.weights[index] > 1 {
                writer.put(count == 1 ? 0 : 1, 1)
                if count != 1 { WideNumber.write(counts[index], into: &writer) }
            }
            guard count > 0 else { continue }
            (count == 1 && list.weights[index] == 2 ? title : body).write(list.positions[place], into: &writer)
            for next in place + 1..<max(place + 1, place + count) {
                body.write(list.positions[next] - list.positions[next - 1] - 1, into: &writer)
            }
            place += count
        }
    }

    /// Reads what `write` wrote; `counts` gets the number of places of each posting before `body` gets them.
    /// - Throws: `ArchiveError.corrupt` where more is asked for than there is.
    @inline(__always)
    static func read(
        _ reader: inout BitReader, weights: UnsafePointer<UInt32>, counts: UnsafeMutablePointer<UInt32>,
        _ body: (_ index: Int, _ number: Int, _ place: UInt32) -> Void
    ) throws {
        let bits = Int(reader.take(4))
        let isTold = reader.take(1) != 0
        let (others, title) = (ShortNumbers(bits: max(1, bits)), ShortNumbers(bits: max(1, bits - 2)))
        for index in 0..<PostingEncoder.groupSize {
            var number = 1
            if isTold || weights[index] > 1, reader.take(1) != 0 { number = Int(WideNumber.read(&reader)) }
            counts[index] = UInt32(number)
            guard number > 0 else { continue }
            var place = (number == 1 && weights[index] == 2 ? title : others).read(&reader)
            body(index, 0, place)
            for next in 1..<max(1, number) {
                place = place &+ others.read(&reader) &+ 1
                guard !reader.isBeyond else { throw ArchiveError.damagedIndex("a row is cut short") }
                body(index, next, place)
            }
        }
        guard !reader.isBeyond else { throw ArchiveError.damagedIndex("a row is cut short") }
    }
}
