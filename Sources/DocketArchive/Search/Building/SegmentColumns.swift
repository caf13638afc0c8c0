/// Facts of each document of a segment that ranking and ordering read: one number a document, in ranges of documents.
struct SegmentColumns {
    /// What a column holds.
    enum Column: Int, CaseIterable, Sendable {
        /// `DocumentTerms` length, at most 65,535, two bytes.
        case length
        /// `IndexDate.number`, 0 without a date, four bytes.
        case date
        /// `IndexDocument.orderKey`, eight bytes.
        case key

        /// Bytes of one number.
        var width: Int {
            switch self {
            case .length: 2
            case .date: 4
            case .key: 8
            }
        }
    }

    /// Documents in one row.
    static let chunk = 1 << 16

    var lengths: [UInt16] = []
    var dates: [Int32] = []
    var keys: [UInt64] = []

    /// Places a document; those between the last and this one are not there.
    mutating func put(_ doc: Int, length: Int, date: Int32, key: UInt64) {
        while lengths.count < doc {
            lengths.append(0)
            dates.append(0)
            keys.append(0)
        }
        lengths.append(UInt16(min(length, 65_535)))
        dates.append(date)
        keys.append(key)
    }

    /// The rows of all columns.
    func rows() -> [(column: Column, chunk: Int, numbers: [UInt8])] {
        var rows: [(Column, Int, [UInt8])] = []
        for start in stride(from: 0, to: lengths.count, by: Self.chunk) {
            let range = start..<min(start + Self.chunk, lengths.count)
            rows.append((.length, start / Self.chunk, Self.bytes(lengths[range])))
            rows.append((.date, start / Self.chunk, Self.bytes(dates[range])))
            rows.append((.key, start / Self.chunk, Self.bytes(keys[range])))
        }
        return rows
    }

    static func bytes<Number: FixedWidthInteger>(_ numbers: ArraySlice<Number>) -> [UInt8] {
        var writer = ByteWriter()
        numbers.forEach { writer.fixed($0) }
        return writer.bytes
    }
}
