import DocketTestSupport
import Foundation
import Testing

@testable import DocketArchive

@Suite struct PostingCodecTests {
    private static func list(_ generator: inout SeededGenerator, count: Int) -> PostingList {
        var list = PostingList()
        var doc: UInt32 = 0
        let spread = UInt32(1) << UInt32.random(in: 0...14, using: &generator)
        for _ in 0..<count {
            doc += UInt32.random(in: 1...spread, using: &generator)
            let places = Int.random(in: 0..<8, using: &generator) == 0 ? Int.random(in: 2...40, using: &generator) : 1
            list.docs.append(doc)
            list.weights.append(UInt32.random(in: 1...(places > 1 ? 65_535 : 2), using: &generator))
            list.counts.append(UInt32(places))
            var position = UInt32.random(in: 0...300, using: &generator)
            for _ in 0..<places {
                list.positions.append(position)
                position += UInt32.random(in: 1...spread, using: &generator)
            }
        }
        return list
    }

    /// Postings read back, all of them or those of which `isWanted` says so by their number.
    private static func decoded(
        _ docs: [UInt8], _ positions: [UInt8], n: Int, limit: Int, isWanted: (Int) -> Bool = { _ in true }
    ) throws -> PostingList {
        var list = PostingList()
        let scratch = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
        defer { scratch.deallocate() }
        try Padded.with(docs) { docs in
            try Padded.with(positions) { positions in
                var decoder = PostingDecoder(docs, n: n, base: -1, limit: limit, scratch: scratch)
                var places = PositionDecoder(positions)
                var first = 0
                while try decoder.next(withWeights: false) {
                    var wanted = GroupMask()
                    for index in 0..<decoder.count where isWanted(first + index) { wanted.insert(index) }
                    if !wanted.isEmpty { decoder.readWeights() }
                    let numbers = (0..<decoder.count).filter(wanted.contains)
                    list.docs += numbers.map { decoder.docs[$0] }
                    list.weights += numbers.map { decoder.weights[$0] }
                    var counts = [UInt32](repeating: 0, count: decoder.count)
                    try places.next(decoder.count, wanted: wanted) { index, position in
                        counts[index] += 1
                        list.positions.append(position)
                    }
                    list.counts += numbers.map { counts[$0] }
                    first += decoder.count
                }
            }
        }
        return list
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `some of the postings are what all of them are without the others`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let count = [1, 15, 16, 63, 65, 127, 128, 140, 300][Int(seed % 9)]
        let list = Self.list(&generator, count: count)
        let rarity = [1, 2, 50, 1_000][Int(seed / 9 % 4)]
        let isWanted = (0..<count).map { _ in Int.random(in: 0..<rarity, using: &generator) == 0 }
        var (docs, positions) = (ByteWriter(), ByteWriter())
        PostingEncoder.documents(list, 0..<count, base: -1, into: &docs)
        _ = PostingEncoder.positions(list, 0..<count, from: 0, into: &positions)
        let limit = Int(list.docs.last ?? 0) + 1
        let some = try Self.decoded(docs.bytes, positions.bytes, n: count, limit: limit) { isWanted[$0] }
        var (expected, place) = (PostingList(), 0)
        for index in 0..<count {
            let end = place + Int(list.counts[index])
            if isWanted[index] {
                expected.docs.append(list.docs[index])
                expected.weights.append(list.weights[index])
                expected.counts.append(list.counts[index])
                expected.positions += list.positions[place..<end]
            }
            place = end
        }
        #expect(some.docs == expected.docs && some.weights == expected.weights, "seed \(seed)")
        #expect(some.counts == expected.counts && some.positions == expected.positions, "seed \(seed)")
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `postings come back as they were written`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let count = [1, 2, 15, 16, 17, 127, 128, 129, 300][Int(seed % 9)]
        let list = Self.list(&generator, count: count)
        var (docs, positions) = (ByteWriter(), ByteWriter())
        PostingEncoder.documents(list, 0..<count, base: -1, into: &docs)
        _ = PostingEncoder.positions(list, 0..<count, from: 0, into: &positions)
        let limit = Int(list.docs.last ?? 0) + 1
        let back = try Self.decoded(docs.bytes, positions.bytes, n: count, limit: limit)
        #expect(back.docs == list.docs && back.weights == list.weights, "seed \(seed)")
        #expect(back.counts == list.counts && back.positions == list.positions, "seed \(seed)")
        #expect(throws: ArchiveError.self) {
            try Self.decoded(docs.bytes, positions.bytes, n: count, limit: limit - 1)
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `damaged postings end in an error or inside the segment`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let list = Self.list(&generator, count: 200)
        var (docs, positions) = (ByteWriter(), ByteWriter())
        PostingEncoder.documents(list, 0..<200, base: -1, into: &docs)
        _ = PostingEncoder.positions(list, 0..<200, from: 0, into: &positions)
        var (first, second) = (docs.bytes, positions.bytes)
        for _ in 0..<3 {
            first[Int.random(in: 0..<first.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            second[Int.random(in: 0..<second.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        let limit = Int(list.docs.last ?? 0) + 1
        do {
            let back = try Self.decoded(first, second, n: 200, limit: limit)
            #expect(back.docs.allSatisfy { $0 < limit } && back.docs == back.docs.sorted(), "seed \(seed)")
        } catch ArchiveError.corrupt {
            // The other allowed end.
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `facts come back as they were stored`(seed: UInt64) throws {
        var generator = SearchGenerator(seed: seed)
        var document = generator.document(Int(seed))
        document.facts = ["item": "三、", "空": ""]
        let bytes = IndexedFacts(document).encoded()
        let back = try bytes.withUnsafeBytes { try IndexedFacts(decoding: $0) }
        #expect(back.document == document)
        for count in 0..<bytes.count {
            #expect(throws: ArchiveError.self) {
                try bytes[..<count].withUnsafeBytes { try IndexedFacts(decoding: $0) }
            }
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `a range of dates covers its days and no others`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func date() -> IndexDate {
            let (year, month) = (
                Int.random(in: 2019...2022, using: &generator), Int.random(in: 1...12, using: &generator)
            )
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: return IndexDate(year: year)
            case 1: return IndexDate(year: year, month: month)
            default:
                let day = Int.random(in: 1...IndexDate.days(in: month, of: year), using: &generator)
                return IndexDate(year: year, month: month, day: day)
            }
        }
        let (from, to) = (date(), date())
        let ranges = IndexDateRange(from: from, to: to).ranges
        #expect(ranges.count <= 5)
        for year in 2018...2023 {
            for month in 1...12 {
                for day in 1...IndexDate.days(in: month, of: year) {
                    let iso = IndexDate(year: year, month: month, day: day).iso
                    let isInside = iso >= from.iso && iso <= to.iso + "~"
                    let terms = IndexDate(year: year, month: month, day: day).terms
                    let hits = ranges.count { range in terms.contains { $0 >= range.0 && $0 <= range.1 } }
                    #expect(hits == (isInside ? 1 : 0), "seed \(seed): \(iso) in \(from.iso)..\(to.iso)")
                }
            }
        }
    }
}
