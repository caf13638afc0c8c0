/// Reads the terms of a row of table `rare`, in order.
///
/// Each term has a byte: in its low four bits how many bytes it shares with the term before, in the next three how many are
/// its own, each with a varint for the rest where the bits are full, and at the top a bit that says that it has one posting.
/// Then come its own bytes and, but for one posting, number of postings and, but for none, of bytes; then documents and
/// places, as `PostingEncoder` writes them. A term without postings is a common one, whose rows are elsewhere.
struct RarePage {
    private var reader: ByteReader
    /// The term read last.
    private(set) var term: [UInt8] = []
    /// Its number of postings; 0 for a common one.
    private(set) var n = 0
    /// Its documents, gaps counted from -1, and behind them its positions.
    private(set) var postings = UnsafeRawBufferPointer(start: nil, count: 0)

    private static let (mostShared, mostOwn) = (15, 7)

    init(_ bytes: UnsafeRawBufferPointer) { reader = ByteReader(bytes) }

    static func append(
        _ term: [UInt8], after last: [UInt8], n: Int, _ postings: [UInt8], to page: inout ByteWriter
    ) {
        var shared = 0
        while shared < last.count, shared < term.count, last[shared] == term[shared] { shared += 1 }
        let own = term.count - shared
        page.byte(UInt8(min(shared, mostShared)) | UInt8(min(own, mostOwn)) << 4 | (n == 1 ? 0x80 : 0))
        if shared >= mostShared { page.varint(shared - mostShared) }
        if own >= mostOwn { page.varint(own - mostOwn) }
        page.raw(term[shared...])
        if n != 1 {
            page.varint(n)
            if n > 0 { page.varint(postings.count) }
        }
        page.raw(postings)
    }

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

    /// Reads the postings of a term; `hasPlaces` as the term says.
    @inline(__always)
    private mutating func body(isSingle: Bool, hasPlaces: Bool) throws {
        if isSingle {
            n = 1
            let start = reader.offset
            if try reader.varint() & 1 != 0 { _ = try reader.varint() }
            if hasPlaces { try PlaceGroup.skim(&reader, 1) }
            postings = UnsafeRawBufferPointer(rebasing: reader.bytes[start..<reader.offset])
        } else {
            n = try reader.count(upTo: SegmentWriter.rarePostings)
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
        try body(isSingle: isSingle, hasPlaces: IndexTerm.hasPositions(term))
        return true
    }

    /// Goes to `wanted` on a page that was not read; false when the page does not hold it.
    mutating func find(_ wanted: UnsafeBufferPointer<UInt8>) throws -> Bool {
        var (length, met, first): (Int, Int, UInt8) = (0, 0, 0)
        while reader.remaining > 0 {
            let (shared, own, isSingle) = try head(longest: length)
            let suffix = try reader.raw(own)
            length = shared + own
            if shared == 0 { first = suffix.first ?? 0 }
            try body(isSingle: isSingle, hasPlaces: IndexTerm.hasPositions(CollectionOfOne(first)))
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
}
