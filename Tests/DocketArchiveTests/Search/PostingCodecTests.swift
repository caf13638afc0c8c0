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

    /// A list as bytes: documents and positions.
    private static func encoded(_ list: PostingList) -> (docs: [UInt8], positions: [UInt8]) {
        var (docs, positions) = (ByteWriter(), ByteWriter())
        list.withView { view in
            PostingEncoder.documents(
                view, 0..<view.count, base: -1, impact: { _, weight in share(weight) }, into: &docs)
            _ = PostingEncoder.positions(view, 0..<view.count, from: 0, into: &positions)
        }
        return (docs.bytes, positions.bytes)
    }

    private static func share(_ weight: UInt32) -> Float { Float(weight) / Float(weight + 3) }

    private static func postings(_ docs: [UInt8], _ positions: [UInt8], n: Int, limit: Int) throws -> TermPostings {
        var builder = TermPostingsBuilder(limit: limit, hasPlaces: true)
        try docs.withUnsafeBytes { docs in
            try positions.withUnsafeBytes { try builder.add(n: n, base: -1, docs: docs, positions: $0) }
        }
        return builder.finish()
    }

    /// Postings read back.
    private static func decoded(_ postings: TermPostings) throws -> PostingList {
        var (list, reader) = (PostingList(), PlaceReader(postings))
        try postings.forEachCursor { cursor in
            cursor.readWeights()
            for place in 0..<cursor.count {
                list.docs.append(cursor.docs[place])
                list.weights.append(cursor.weights[place])
                let before = list.positions.count
                try reader.forEach(cursor.group, place) { list.positions.append($0) }
                list.counts.append(UInt32(list.positions.count - before))
            }
        }
        return list
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `single postings are found with their weights and places, or the next one`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let count = [1, 15, 16, 63, 65, 127, 128, 140, 300, 2_000][Int(seed % 10)]
        let list = Self.list(&generator, count: count)
        let bytes = Self.encoded(list)
        let limit = Int(list.docs.last ?? 0) + 1
        let postings = try Self.postings(bytes.docs, bytes.positions, n: count, limit: limit)
        let cursors = PostingCursors([postings])
        var (reader, doc) = (PlaceReader(postings), 0)
        let starts = list.counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int($1)) }
        while doc < limit + 5 {
            let next = list.docs.firstIndex { Int($0) >= doc }
            let isThere = next.map { Int(list.docs[$0]) == doc } ?? false
            #expect(try cursors.cursors.pointee.seek(doc) == isThere, "seed \(seed), document \(doc)")
            #expect(cursors.cursors.pointee.isAtEnd == (next == nil))
            if isThere, let next {
                #expect(cursors.cursors.pointee.weight() == list.weights[next])
                var places: [UInt32] = []
                let cursor = cursors.cursors.pointee
                try reader.forEach(cursor.group, cursor.place) { places.append($0) }
                #expect(places == Array(list.positions[starts[next]..<starts[next + 1]]))
            }
            doc += Int.random(in: 1...max(1, limit / 60), using: &generator)
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `postings come back as they were written, and no impact is above that of its group`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let count = [1, 2, 15, 16, 17, 127, 128, 129, 300][Int(seed % 9)]
        let list = Self.list(&generator, count: count)
        let bytes = Self.encoded(list)
        let limit = Int(list.docs.last ?? 0) + 1
        let postings = try Self.postings(bytes.docs, bytes.positions, n: count, limit: limit)
        let back = try Self.decoded(postings)
        #expect(back.docs == list.docs && back.weights == list.weights, "seed \(seed)")
        #expect(back.counts == list.counts && back.positions == list.positions, "seed \(seed)")
        for (index, weight) in list.weights.enumerated() {
            let group = postings.groups[index / PostingEncoder.groupSize]
            #expect(Impact.most(group.impact) >= Self.share(weight))
            if group.form != PostingGroup.tail { #expect(Impact.most(group.impact) <= 1) }
        }
        #expect(throws: ArchiveError.self) {
            try Self.postings(bytes.docs, bytes.positions, n: count, limit: limit - 1)
        }
        var merged = PostingList()
        let alive = Bitmap(ones: limit)
        for kept in [nil, alive] {
            merged.removeAll()
            try Padded.with(bytes.docs) { docs in
                try Padded.with(bytes.positions) { positions in
                    try PostingDecoder.append(
                        n: count, base: -1, docs: docs, positions: positions, hasPositions: true, limit: limit,
                        shift: 7,
                        alive: kept, to: &merged)
                }
            }
            #expect(merged.docs == list.docs.map { $0 + 7 } && merged.weights == list.weights, "seed \(seed)")
            #expect(merged.counts == list.counts && merged.positions == list.positions, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `damaged postings end in an error or inside the segment`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let list = Self.list(&generator, count: 200)
        var (first, second) = Self.encoded(list)
        for _ in 0..<3 {
            first[Int.random(in: 0..<first.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            second[Int.random(in: 0..<second.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        let limit = Int(list.docs.last ?? 0) + 1
        do {
            let back = try Self.decoded(Self.postings(first, second, n: 200, limit: limit))
            #expect(back.docs.allSatisfy { $0 < limit } && back.docs == back.docs.sorted(), "seed \(seed)")
        } catch ArchiveError.corrupt {
            // The other allowed end.
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `a term is found on its page, and no other is`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let letters = Array("ab會議紀錄".utf8) + [1, 2]
        func term() -> [UInt8] {
            let count = Int.random(in: 1...([3, 9, 40].randomElement(using: &generator) ?? 3), using: &generator)
            return (0..<count).map { _ in letters.randomElement(using: &generator) ?? 97 }
        }
        let terms = Set((0..<60).map { _ in term() }).sorted { $0.lexicographicallyPrecedes($1) }
        let held = terms.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        var (page, last) = (ByteWriter(), [UInt8]())
        let width = RarePage.singleWidth(limit: 1_000)
        RarePage.begin(&page, width: width)
        for (number, term) in held.enumerated() {
            var list = PostingList()
            let count = number % 3 == 0 ? 1 : number % 40 + 1
            for doc in 0..<count {
                list.docs.append(UInt32(doc * 5 + number))
                list.weights.append(UInt32(doc % 3 + 1))
                if IndexTerm.hasPositions(term) {
                    list.counts.append(1)
                    list.positions.append(UInt32(doc * 90))
                }
            }
            let bytes = Self.encoded(list)
            let short = list.withView { RarePage.short($0, width: width) }
            if let short {
                RarePage.append(term, after: last, short: short, width: width, to: &page)
            } else {
                RarePage.append(term, after: last, n: count, bytes.docs + bytes.positions, to: &page)
            }
            last = term
        }
        try page.bytes.withUnsafeBytes { bytes in
            for (number, term) in terms.enumerated() {
                var reader = try RarePage(bytes)
                let isFound = try term.withUnsafeBufferPointer { try reader.find($0) }
                #expect(isFound == (number % 2 == 0), "seed \(seed), term \(number)")
                if isFound { #expect(reader.n == (number / 2 % 3 == 0 ? 1 : number / 2 % 40 + 1)) }
            }
            var all = try RarePage(bytes)
            var read: [[UInt8]] = []
            while try all.next() { read.append(all.term) }
            #expect(read == held, "seed \(seed)")
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
