/// The terms of one document that no segment holds yet, in the form of table `recent`.
///
/// Length, date, order key and number of terms; a four-byte offset a term; the terms in the order of their bytes, each with
/// length, weight and number of positions, its bytes, and its positions as gaps.
struct RecentRow {
    let length: Int
    let date: Int32
    let key: UInt64
    let termCount: Int
    private let bytes: UnsafeRawBufferPointer
    private let offsets: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) throws {
        var reader = ByteReader(bytes)
        length = Int(try reader.fixed(UInt32.self))
        date = try reader.fixed(Int32.self)
        key = try reader.fixed(UInt64.self)
        termCount = Int(try reader.fixed(UInt32.self))
        offsets = try reader.raw(termCount * 4)
        self.bytes = bytes
    }

    /// One term of the document.
    struct Entry {
        let term: UnsafeRawBufferPointer
        let weight: Int
        fileprivate let positions: Int
        fileprivate var reader: ByteReader

        /// Calls `body` with each position, rising.
        func forEachPosition(_ body: (UInt32) -> Void) throws {
            var reader = reader
            var position: UInt64 = 0
            for _ in 0..<positions {
                position &+= try reader.varint()
                body(UInt32(truncatingIfNeeded: position))
            }
        }

        var hasPositions: Bool { positions > 0 }
    }

    /// Term `index` in the order of the bytes.
    func entry(_ index: Int) throws -> Entry {
        let offset = Int(UInt32(littleEndian: offsets.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
        guard offset <= bytes.count else { throw ArchiveError.damagedIndex("a recent document is cut short") }
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[offset...]))
        let count = try reader.count(upTo: reader.remaining)
        let weight = try reader.count(upTo: 65_535)
        let positions = try reader.count(upTo: DocumentTerms.mostPositions)
        let term = try reader.raw(count)
        return Entry(term: term, weight: max(1, weight), positions: positions, reader: reader)
    }

    /// The first term that is not before `term`; `termCount` when all are.
    func lowerBound(_ term: some Collection<UInt8>) throws -> Int {
        var (low, high) = (0, termCount)
        while low < high {
            let middle = (low + high) / 2
            if try entry(middle).term.lexicographicallyPrecedes(term) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: - Writing

    /// The row of a document.
    /// - Throws: as `DocumentTerms.forEach`.
    static func encode(_ document: IndexDocument, terms: DocumentTerms) throws -> [UInt8] {
        var table = TermTable(bits: 9)
        var occurrences: [(number: Int, position: Int?, weight: Int)] = []
        let length = try terms.forEach(document) { term, position, weight in
            occurrences.append((table.number(term), position, weight))
        }
        var weights = [Int](repeating: 0, count: table.count)
        var positions = [[Int]](repeating: [], count: table.count)
        for occurrence in occurrences {
            weights[occurrence.number] += occurrence.weight
            if let position = occurrence.position { positions[occurrence.number].append(position) }
        }
        var writer = ByteWriter()
        writer.fixed(UInt32(min(length, 65_535)))
        writer.fixed(document.date.flatMap({ IndexDate($0) })?.number ?? 0)
        writer.fixed(document.orderKey)
        writer.fixed(UInt32(table.count))
        let offsets = writer.bytes.count
        for _ in 0..<table.count { writer.fixed(UInt32(0)) }
        var index = 0
        table.forEachSorted { number, term in
            writer.patch(UInt32(writer.bytes.count), at: offsets + index * 4)
            index += 1
            writer.varint(term.count)
            writer.varint(min(weights[number], 65_535))
            writer.varint(positions[number].count)
            writer.raw(term)
            var previous = 0
            for position in positions[number] {
                writer.varint(position - previous)
                previous = position
            }
        }
        return writer.bytes
    }
}
