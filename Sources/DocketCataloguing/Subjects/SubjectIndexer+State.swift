public import DocketCore
import Foundation

extension SubjectIndexer {
    /// Everything learned, in bytes that `init(_:state:language:)` reads.
    ///
    /// They hold the weights, the rarity of grams, and the records with their concepts by URI. Grams are kept as hashes, so the
    /// words of records are not in it; their titles are. The same records give the same bytes, in whatever order they were
    /// learned.
    public var state: [UInt8] {
        var writer = StateWriter()
        writer.raw(StateReader.magic)
        writer.number(UInt64(StateReader.version))
        writer.text(vocabulary.name)
        writer.number(UInt64(weights.values.count))
        for value in weights.values { writer.fixed(value.bitPattern) }
        let base = memory.base
        writer.number(UInt64(memory.baseRecords))
        writer.number(UInt64(base.count))
        var last: UInt32 = 0
        for (key, count) in base {
            writer.number(UInt64(key &- last))
            writer.number(UInt64(count))
            last = key
        }
        let records = memory.places.values.map { memory.records[$0] }
            .sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        let used = Set(records.flatMap { $0.given + $0.rejected + $0.matched }).sorted()
        writer.number(UInt64(used.count))
        for concept in used { writer.text(vocabulary.concepts[Int(concept)].uri) }
        let numbers = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, UInt64($0)) })
        writer.number(UInt64(records.count))
        for record in records {
            writer.text(record.id)
            writer.text(record.title)
            for list in [record.given, record.rejected, record.matched] {
                writer.number(UInt64(list.count))
                for concept in list { writer.number(numbers[concept] ?? 0) }
            }
            writer.number(UInt64(record.grams.count))
            last = 0
            for (key, count) in record.grams {
                writer.number(UInt64(key &- last))
                writer.number(UInt64(count))
                last = key
            }
        }
        return writer.bytes
    }

    /// An indexer that goes on where another stopped: `state` was made with this vocabulary or an earlier version of it.
    ///
    /// Concepts that the vocabulary no longer has are passed over; deprecated ones count for what replaced them.
    /// - Throws: `SubjectError.badState` with the byte where the state stops making sense.
    public init(_ vocabulary: Vocabulary, state: [UInt8], language: String = "zh-Hant") throws(SubjectError) {
        var reader = StateReader(state)
        try reader.head()
        let weights = try reader.weights()
        self.init(vocabulary, weights: weights, language: language)
        let (total, base) = try reader.base()
        memory = memory.based(on: base, records: total)
        let concepts = try reader.list(least: 1) { (reader) throws(SubjectError) in try reader.text() }
            .map { uri in vocabulary.position(of: uri).map { target[$0] } ?? -1 }
        let count = try reader.count(least: 6)
        for _ in 0..<count { memory.put(try reader.record(concepts)) }
        guard reader.isAtEnd else { throw reader.fault }
    }
}

/// Writes a state: whole numbers in seven bits a byte, texts behind their lengths.
private struct StateWriter {
    var bytes: [UInt8] = []

    mutating func raw(_ some: [UInt8]) { bytes += some }

    mutating func number(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func fixed(_ value: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    mutating func text(_ value: String) {
        number(UInt64(value.utf8.count))
        bytes += value.utf8
    }
}

/// Reads a state that may be anything: no count is believed that the bytes left could not hold.
private struct StateReader {
    static let magic = Array("DOCKETSUBJ".utf8)
    static let version = 1

    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }
    var fault: SubjectError { .badState(byte: index) }

    mutating func head() throws(SubjectError) {
        guard bytes.starts(with: Self.magic) else { throw fault }
        index = Self.magic.count
        guard try number() == UInt64(Self.version) else { throw fault }
        _ = try text()
    }

    mutating func weights() throws(SubjectError) -> SubjectWeights {
        guard try number() == UInt64(SubjectSigns.width) else { throw fault }
        var values: [Double] = []
        for _ in 0..<SubjectSigns.width {
            guard bytes.count - index >= 8 else { throw fault }
            var pattern: UInt64 = 0
            for offset in 0..<8 { pattern |= UInt64(bytes[index + offset]) << UInt64(offset * 8) }
            let value = Double(bitPattern: pattern)
            guard value.isFinite, abs(value) < 1e6 else { throw fault }
            values.append(value)
            index += 8
        }
        return SubjectWeights(values: values)
    }

    mutating func base() throws(SubjectError) -> (Int, [(key: UInt32, count: Int32)]) {
        let total = try number()
        guard total < 1 << 31 else { throw fault }
        let grams = try grams()
        guard grams.allSatisfy({ $0.count <= total }) else { throw fault }
        return (Int(total), grams.map { ($0.key, Int32($0.count)) })
    }

    mutating func record(_ concepts: [Int32]) throws(SubjectError) -> SubjectMemory.Record {
        let (id, title) = (try text(), try text())
        var lists: [[Int32]] = []
        for _ in 0..<3 {
            let positions = try list(least: 1) { (reader) throws(SubjectError) in
                let number = try reader.number()
                guard number < UInt64(concepts.count) else { throw reader.fault }
                return concepts[Int(number)]
            }
            lists.append(Set(positions).filter { $0 >= 0 }.sorted())
        }
        let grams = try grams()
        guard grams.allSatisfy({ $0.count <= UInt64(UInt16.max) }) else { throw fault }
        return SubjectMemory.Record(
            id: id, title: title, grams: grams.map { ($0.key, UInt16($0.count)) }, given: lists[0], rejected: lists[1],
            matched: lists[2])
    }

    private mutating func grams() throws(SubjectError) -> [(key: UInt32, count: UInt64)] {
        var last: UInt64 = 0
        return try list(least: 2) { (reader) throws(SubjectError) in
            let (step, count) = (try reader.number(), try reader.number())
            guard step > 0, step <= UInt64(UInt32.max), last + step <= UInt64(UInt32.max), count > 0, count < 1 << 31
            else { throw reader.fault }
            last += step
            return (UInt32(last), count)
        }
    }

    mutating func number() throws(SubjectError) -> UInt64 {
        var (value, shift): (UInt64, UInt64) = (0, 0)
        while index < bytes.count, shift < 63 {
            let byte = bytes[index]
            index += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw fault
    }

    /// A count of things of which each takes `least` bytes or more.
    mutating func count(least: Int) throws(SubjectError) -> Int {
        let value = try number()
        guard value <= UInt64((bytes.count - index) / least) else { throw fault }
        return Int(value)
    }

    mutating func list<Element>(
        least: Int, _ element: (inout StateReader) throws(SubjectError) -> Element
    ) throws(SubjectError) -> [Element] {
        let count = try count(least: least)
        var result: [Element] = []
        result.reserveCapacity(count)
        for _ in 0..<count { result.append(try element(&self)) }
        return result
    }

    mutating func text() throws(SubjectError) -> String {
        let count = try count(least: 1)
        guard let text = String(bytes: bytes[index..<index + count], encoding: .utf8) else { throw fault }
        index += count
        return text
    }
}
