/// Reads the terms of a row of table `rare`, in order.
///
/// The row begins with the number of bytes in which a single posting stands. Each term has a byte: in its low four bits how
/// many bytes it shares with the term before, in the next three how many are its own, each with a varint for the rest where the
/// bits are full, and at the top a bit that says that it has one posting in the short form: place, weight and document in
/// so many bytes. Others have their own bytes, number of postings and, but for none, of bytes; then documents and places, as
/// `PostingEncoder` writes them. A term without postings is a common one, whose rows are elsewhere.
struct RarePage {
    /// One posting.
    struct Single {
        var doc: UInt32
        /// 1 or 2.
        var weight: UInt32
        var place: UInt32
    }

    private var reader: ByteReader
    /// Bytes of a single posting.
    private let width: Int
    /// The term read last.
    private(set) var term: [UInt8] = []
    /// Its number of postings; 0 for a common one.
    private(set) var n = 0
    /// Its only posting, where it stands in the short form.
    private(set) var single: Single?
    /// Its documents, gaps counted from -1, and behind them its positions; none where `single` is it.
    private(set) var postings = UnsafeRawBufferPointer(start: nil, count: 0)

    private static let (mostShared, mostOwn) = (15, 7)
    private static let widths = 3...8

    /// An empty page has no terms.
    /// - Throws: `ArchiveError.corrupt`.
    init(_ bytes: UnsafeRawBufferPointer) throws {
        reader = ByteReader(bytes)
        width = bytes.isEmpty ? 0 : Int(try reader.byte())
        guard bytes.isEmpty || Self.widths.contains(width) else {
            throw ArchiveError.damagedIndex("a page of terms has another form")
        }
    }

    // MARK: - Writing

    /// Bytes in which single postings stand where documents are below `limit`: nine bits at least for a place.
    static func singleWidth(limit: Int) -> Int {
        min(max((documentBits(limit) + 17) / 8, widths.lowerBound), widths.upperBound)
    }

    /// Bits of a document below `limit`.
    private static func documentBits(_ limit: Int) -> Int { Int.bitWidth - max(1, limit - 1).leadingZeroBitCount }

    /// A posting in the short form; nil where it does not fit.
    static func short(_ list: PostingView, width: Int) -> UInt64? {
        guard list.count == 1, list.weights[0] <= 2, list.counts.map({ $0[0] == 1 }) ?? true else { return nil }
        let place = list.counts == nil ? 0 : list.positions[0]
        let value = UInt64(list.docs[0]) << 10 | UInt64(list.weights[0] - 1) << 9
        guard place >= 512 else { return fits(value | UInt64(place), width) }
        return nil
    }

    private static func fits(_ value: UInt64, _ width: Int) -> UInt64? {
        width == 8 || value >> UInt64(width * 8) == 0 ? value : nil
    }

    /// Begins a page whose single postings stand in so many bytes.
    static func begin(_ page: inout ByteWriter, width: Int) { page.byte(UInt8(width)) }

    private static func append(
        _ term: [UInt8], after last: [UInt8], isSingle: Bool, to page: inout ByteWriter
    ) {
        let most = min(last.count, term.count)
        var shared = 0
        while shared < most, last[shared] == term[shared] { shared += 1 }
        let own = term.count - shared
        page.byte(UInt8(min(shared, mostShared)) | UInt8(min(own, mostOwn)) << 4 | (isSingle ? 0x80 : 0))
        if shared >= mostShared { page.varint(shared - mostShared) }
        if own >= mostOwn { page.varint(own - mostOwn) }
        page.raw(term[shared...])
    }

    /// Adds a term with one posting in the short form.
    static func append(
        _ term: [UInt8], after last: [UInt8], short: UInt64, width: Int, to page: inout ByteWriter
    ) {
        append(term, after: last, isSingle: true, to: &page)
        withUnsafeBytes(of: short.littleEndian) { page.raw($0[..<width]) }
    }

    /// Adds a term with `n` postings; none for a common one.
    static func append(
        _ term: [UInt8], after last: [UInt8], n: Int, _ postings: [UInt8], to page: inout ByteWriter
    ) {
        append(term, after: last, isSingle: false, to: &page)
        page.varint(n)
        if n > 0 { page.varint(postings.count) }
        page.raw(postings)
    }

    // MARK: - Reading

    /// What stands before the bytes of a term.
    @inline(__always)
    private mutating func head(longest: Int) throws -> (shared: Int, own: Int, isSingle: Bool) {
        let byte = Int(try reader.byte())
        var (shared, own) = (byte & Self.mostShared, byte >> 4 & Self.mostOwn)
        if shared == Self.mostShared { shared += try reader.count(upTo: longest) }
        if own == Self.mostOwn { own += try reader.count(upTo: reader.remaining) }
        guard shared <= longest else { throw ArchiveError.damagedIndex("a term shares more than there is") }
        return (shared, own, byte & 0x80 != 0)
    }

    /// Reads the postings of a term.
    @inline(__always)
    private mutating func body(isSingle: Bool) throws {
        if isSingle {
            let bytes = try reader.raw(width)
            var value: UInt64 = 0
            for index in 0..<width { value |= UInt64(bytes[index]) << UInt64(index * 8) }
            n = 1
            single = Single(
                doc: UInt32(truncatingIfNeeded: value >> 10), weight: UInt32(value >> 9 & 1) + 1,
                place: UInt32(value & 0x1FF))
            postings = UnsafeRawBufferPointer(start: nil, count: 0)
        } else {
            n = try reader.count(upTo: SegmentWriter.rarePostings)
            single = nil
            postings = try reader.raw(n > 0 ? try reader.count(upTo: reader.remaining) : 0)
        }
    }

    /// Reads the next term; false after the last.
    mutating func next() throws -> Bool {
        guard reader.remaining > 0 else { return false }
        let (shared, own, isSingle) = try head(longest: term.count)
        let suffix = try reader.raw(own)
        term.removeLast(term.count - shared)
        term.append(contentsOf: suffix)
        try body(isSingle: isSingle)
        return true
    }

    /// Goes to `wanted` on a page that was not read; false when the page does not hold it.
    mutating func find(_ wanted: UnsafeBufferPointer<UInt8>) throws -> Bool {
        var (length, met) = (0, 0)
        while reader.remaining > 0 {
            let (shared, own, isSingle) = try head(longest: length)
            let suffix = try reader.raw(own)
            length = shared + own
            try body(isSingle: isSingle)
            // A term that shares more with the one before than that did with the wanted one lies before it as well; one that
            // shares less lies behind.
            if shared > met { continue }
            if shared < met { return false }
            while met < wanted.count, met - shared < own, suffix[met - shared] == wanted[met] { met += 1 }
            if met - shared == own {
                if met == wanted.count { return true }
            } else if met == wanted.count || suffix[met - shared] > wanted[met] {
                return false
            }
        }
        return false
    }

    /// Reads all postings of the term at hand.
    ///
    /// Documents are below `limit`, shifted by `shift`, without those that `alive` does not hold. The page must be followed
    /// by `PostingDecoder.slack` bytes.
    /// - Throws: `ArchiveError.corrupt`.
    func append(
        hasPositions: Bool, limit: Int, shift: Int, alive: Bitmap?, to list: inout PostingList
    ) throws {
        guard let single else {
            return try PostingDecoder.append(
                n: n, base: -1, docs: postings, positions: UnsafeRawBufferPointer(start: nil, count: 0),
                hasPositions: hasPositions, limit: limit, shift: shift, alive: alive, to: &list)
        }
        guard n == 1, Int(single.doc) < limit else {
            throw ArchiveError.damagedIndex("a posting names a document out of its segment")
        }
        guard alive?.contains(Int(single.doc)) ?? true else { return }
        list.docs.append(single.doc &+ UInt32(shift))
        list.weights.append(single.weight)
        guard hasPositions else { return }
        list.counts.append(1)
        list.positions.append(single.place)
    }
}
