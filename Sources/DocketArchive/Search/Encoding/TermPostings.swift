/// Where a group of postings stands and what is known of it without reading it.
struct PostingGroup {
    /// The document before the first, -1 for none.
    var base: Int32
    /// The last document.
    var last: Int32
    /// Place of the documents in the bytes, or of the first number of a list that is not encoded.
    var offset: UInt32
    var count: UInt8
    var form: UInt8
    var weightBits: UInt8
    /// The best impact, as stored.
    var impact: UInt8

    /// Forms: 128 postings packed, a `TailGroup`, documents and weights as plain numbers.
    static let (packed, tail, plain): (UInt8, UInt8, UInt8) = (0, 1, 2)
}

/// All postings of one term in one segment with a table of their groups: what searches share and keep.
///
/// Nothing of the rows was trusted when the table was made: all offsets lie inside the bytes, groups rise and end inside the
/// segment. What stands in a group is checked when it is read.
final class TermPostings: @unchecked Sendable {
    // @unchecked Sendable because all memory is written before `init` returns and freed by `deinit`.

    /// The term, empty where one term was asked for.
    let term: [UInt8]
    /// Number of postings.
    let count: Int
    let groups: UnsafeBufferPointer<PostingGroup>
    let bytes: UnsafeRawPointer
    /// Where the positions of each group stand; nil where they were not asked for.
    let placeOffsets: UnsafeBufferPointer<UInt32>?
    let places: UnsafeRawBufferPointer
    /// Bytes held.
    let memory: Int

    fileprivate init(
        term: [UInt8], count: Int, groups: [PostingGroup], bytes: UnsafeRawPointer, byteCount: Int,
        places: (offsets: [UInt32], bytes: [UInt8])?
    ) {
        (self.term, self.count, self.bytes) = (term, count, bytes)
        let room = UnsafeMutableBufferPointer<PostingGroup>.allocate(capacity: groups.count)
        _ = room.initialize(from: groups)
        self.groups = UnsafeBufferPointer(room)
        var memory = byteCount + groups.count * MemoryLayout<PostingGroup>.stride + 160
        if let places {
            let offsets = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: places.offsets.count)
            _ = offsets.initialize(from: places.offsets)
            placeOffsets = UnsafeBufferPointer(offsets)
            let room = UnsafeMutableRawBufferPointer.allocate(
                byteCount: places.bytes.count + PostingDecoder.slack, alignment: 8)
            room.copyBytes(from: places.bytes)
            self.places = UnsafeRawBufferPointer(rebasing: room[..<places.bytes.count])
            memory += places.bytes.count + places.offsets.count * 4
        } else {
            (placeOffsets, self.places) = (nil, UnsafeRawBufferPointer(start: nil, count: 0))
        }
        self.memory = memory
    }

    deinit {
        groups.deallocate()
        bytes.deallocate()
        placeOffsets?.deallocate()
        places.baseAddress?.deallocate()
    }

    /// The largest document, -1 without any.
    var last: Int { groups.last.map { Int($0.last) } ?? -1 }

    /// The best impact of all groups, as stored.
    var impact: UInt8 { groups.reduce(0) { max($0, $1.impact) } }

    /// Postings as they are, documents rising; `impact` as for `PostingEncoder.documents`.
    convenience init(
        term: [UInt8] = [], docs: [UInt32], weights: [UInt32], impact: (_ doc: UInt32, _ weight: UInt32) -> Float
    ) {
        var groups: [PostingGroup] = []
        var previous: Int32 = -1
        for start in stride(from: 0, to: docs.count, by: PostingEncoder.groupSize) {
            let range = start..<min(start + PostingEncoder.groupSize, docs.count)
            let best = range.reduce(Float(0)) { max($0, impact(docs[$1], weights[$1])) }
            let last = Int32(docs[range.upperBound - 1])
            groups.append(
                PostingGroup(
                    base: previous, last: last, offset: UInt32(start), count: UInt8(range.count),
                    form: PostingGroup.plain, weightBits: 0, impact: Impact.stored(best)))
            previous = last
        }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: docs.count * 8 + 8, alignment: 8)
        docs.withUnsafeBytes { room.copyMemory(from: $0) }
        weights.withUnsafeBytes {
            UnsafeMutableRawBufferPointer(rebasing: room[(docs.count * 4)...]).copyMemory(from: $0)
        }
        self.init(
            term: term, count: docs.count, groups: groups, bytes: UnsafeRawPointer(room.baseAddress.unsafelyUnwrapped),
            byteCount: room.count, places: nil)
    }
}

/// Gathers the rows of one term.
struct TermPostingsBuilder {
    private let limit: Int
    private let hasPlaces: Bool
    private let term: [UInt8]
    private var count = 0
    private var previous = -1
    private var groups: [PostingGroup] = []
    private var bytes: [UInt8] = []
    private var places: [UInt8] = []
    private var placeOffsets: [UInt32] = []
    /// Weights and numbers of places of the last group read, where it is a `TailGroup`.
    private var tail: [(weight: UInt32, count: UInt32)] = []

    /// `limit`: documents in the segment.
    init(term: [UInt8] = [], limit: Int, hasPlaces: Bool) {
        (self.term, self.limit, self.hasPlaces) = (term, limit, hasPlaces)
    }

    var isEmpty: Bool { count == 0 }

    /// Adds a row; those of a term come in order.
    mutating func add(
        n: Int, base: Int, docs: UnsafeRawBufferPointer, positions: UnsafeRawBufferPointer
    ) throws {
        guard base >= previous, n >= 0, n <= limit, bytes.count + docs.count < 1 << 31 else {
            throw ArchiveError.damagedIndex("rows of a term do not rise")
        }
        previous = base
        let start = bytes.count
        bytes.append(contentsOf: docs)
        var reader = ByteReader(docs)
        var left = n
        groups.reserveCapacity(groups.count + n / PostingEncoder.groupSize + 1)
        while left > 0 {
            let size = min(left, PostingEncoder.groupSize)
            try group(size, start, &reader)
            left -= size
        }
        count += n
        if hasPlaces { try addPlaces(n, positions) }
    }

    /// Adds the only row of a rare term, whose places stand right behind its documents.
    mutating func add(n: Int, together bytes: UnsafeRawBufferPointer) throws {
        var reader = ByteReader(bytes)
        var left = n
        while left > 0 {
            let size = min(left, PostingEncoder.groupSize)
            try group(size, 0, &reader)
            left -= size
        }
        count = n
        self.bytes = Array(bytes[..<reader.offset])
        if hasPlaces { try addPlaces(n, UnsafeRawBufferPointer(rebasing: bytes[reader.offset...])) }
    }

    /// Adds the postings of a rare term.
    mutating func add(_ page: RarePage) throws {
        guard let single = page.single else { return try add(n: page.n, together: page.postings) }
        var (list, bytes) = (PostingList(), ByteWriter())
        (list.docs, list.weights) = ([single.doc], [single.weight])
        if hasPlaces { (list.counts, list.positions) = ([1], [single.place]) }
        list.withView { view in
            PostingEncoder.documents(view, 0..<1, base: -1, impact: { _, _ in 1 }, into: &bytes)
            _ = PostingEncoder.positions(view, 0..<1, from: 0, into: &bytes)
        }
        try bytes.bytes.withUnsafeBytes { try add(n: 1, together: $0) }
    }

    private mutating func group(_ size: Int, _ start: Int, _ reader: inout ByteReader) throws {
        var group = PostingGroup(
            base: Int32(previous), last: 0, offset: UInt32(start + reader.offset), count: UInt8(size),
            form: PostingGroup.tail, weightBits: 0, impact: 255)
        if size == PostingEncoder.groupSize {
            let header = try PostingDecoder.header(&reader, size, previous: previous, limit: limit)
            (group.form, group.weightBits, group.impact) = (PostingGroup.packed, header.weightWidth, header.impact)
            (previous, group.offset) = (header.last, UInt32(start + header.offset))
        } else {
            let header = try TailRoom.with(reader) { reader, room in
                let header = try PostingDecoder.tail(&reader, size, previous, limit, room)
                if hasPlaces { tail = (0..<size).map { (room.weights[$0], room.counts[$0]) } }
                return header
            }
            _ = try reader.raw(header.bytes)
            (previous, group.impact) = (header.last, header.impact)
        }
        group.last = Int32(previous)
        groups.append(group)
    }

    private mutating func addPlaces(_ n: Int, _ positions: UnsafeRawBufferPointer) throws {
        guard places.count + positions.count < 1 << 31 else { throw ArchiveError.damagedIndex("too many places") }
        let start = places.count
        places.append(contentsOf: positions)
        var reader = ByteReader(positions)
        var left = n
        while left > 0 {
            let size = min(left, PostingEncoder.groupSize)
            placeOffsets.append(UInt32(start + reader.offset))
            left -= size
            if size == PostingEncoder.groupSize {
                try PlaceGroup.skip(&reader)
            } else {
                try TailRoom.with(reader) { reader, room in
                    for (index, posting) in tail.enumerated() {
                        (room.weights[index], room.counts[index]) = posting
                    }
                    guard tail.count == size else { throw ArchiveError.damagedIndex("places without documents") }
                    try PlaceGroup.read(&reader, size, room) { _ in }
                }
            }
        }
    }

    func finish() -> TermPostings {
        let room = UnsafeMutableRawBufferPointer.allocate(
            byteCount: bytes.count + PostingDecoder.slack, alignment: 8)
        room.copyBytes(from: bytes)
        return TermPostings(
            term: term, count: count, groups: groups, bytes: UnsafeRawPointer(room.baseAddress.unsafelyUnwrapped),
            byteCount: room.count, places: hasPlaces ? (placeOffsets, places) : nil)
    }
}

/// What reading a last group needs: room for its numbers, and its bytes with slack behind.
enum TailRoom {
    /// Calls `body` with a reader of what `reader` has left.
    static func with<T>(
        _ reader: ByteReader, _ body: (inout ByteReader, PostingDecoder.Room) throws -> T
    ) rethrows -> T {
        try Padded.with(UnsafeRawBufferPointer(rebasing: reader.bytes[reader.offset...])) { bytes in
            try with { room in
                var rest = ByteReader(bytes)
                return try body(&rest, room)
            }
        }
    }

    static func with<T>(_ body: (PostingDecoder.Room) throws -> T) rethrows -> T {
        let size = PostingEncoder.groupSize
        return try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 3 * size) { numbers in
            let start = numbers.baseAddress.unsafelyUnwrapped
            return try body((start, start + size, start + 2 * size))
        }
    }
}
