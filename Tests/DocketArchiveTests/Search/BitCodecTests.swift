import DocketCore
import DocketTestSupport
import Foundation
import GRDB
import Testing

@testable import DocketArchive

@Suite struct BitCodecTests {
    /// Bytes that `body` writes, with slack behind.
    private static func written(_ room: Int, _ body: (inout BitWriter) -> Void) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: room + 8)
        let count = bytes.withUnsafeMutableBytes { buffer -> Int in
            guard let start = buffer.baseAddress else { return 0 }
            var writer = BitWriter(start)
            body(&writer)
            return writer.finish()
        }
        return Array(bytes.prefix(count))
    }

    private static func reading<T>(_ bytes: [UInt8], _ body: (inout BitReader) throws -> T) throws -> T {
        try Padded.with(bytes) { padded in
            let start = try #require(padded.baseAddress)
            var reader = BitReader(start, count: padded.count)
            return try body(&reader)
        }
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `numbers of every width come back, and reading further is noticed`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let short = ShortNumbers(bits: Int.random(in: 1...15, using: &generator))
        let numbers = (0..<200).map { _ -> (kind: Int, bits: Int, value: UInt32) in
            let bits = Int.random(in: 0...31, using: &generator)
            let value = UInt32.random(in: 0...UInt32(1 << bits - 1), using: &generator)
            return (Int.random(in: 0..<4, using: &generator), bits, value)
        }
        let bytes = Self.written(200 * 12) { writer in
            for number in numbers {
                switch number.kind {
                case 0: writer.put(number.value, number.bits)
                case 1: WideNumber.write(number.value, into: &writer)
                case 2: short.write(number.value, into: &writer)
                default: writer.put(1 << UInt32(number.bits % 12) - 1, number.bits % 12 + 1)
                }
            }
        }
        try Self.reading(bytes) { reader in
            for number in numbers {
                switch number.kind {
                case 0: #expect(reader.take(number.bits) == number.value)
                case 1: #expect(WideNumber.read(&reader) == number.value)
                case 2: #expect(short.read(&reader) == number.value)
                default: #expect(reader.ones(most: 12) == number.bits % 12)
                }
            }
            #expect(!reader.isBeyond && reader.bytes == bytes.count, "seed \(seed)")
            // Further reading stays inside, whatever it gives.
            for _ in 0..<100 { _ = reader.take(32) }
            #expect(reader.isBeyond && reader.take(17) == 0)
        }
    }

    /// Postings of one kind: alike, far apart, in clusters, heavy, with many places, far into their texts.
    private static func list(_ kind: Int, _ count: Int, _ generator: inout SeededGenerator) -> PostingList {
        var (list, doc) = (PostingList(), UInt32(0))
        for number in 0..<count {
            let gap: UInt32 =
                switch kind % 4 {
                case 0: 1
                case 1: UInt32.random(in: 1...1_000_000, using: &generator)
                case 2: number % 9 == 0 ? UInt32.random(in: 1...5_000_000, using: &generator) : 1
                default: 1 << UInt32.random(in: 0...20, using: &generator)
                }
            doc += gap
            list.docs.append(doc)
            let places = kind == 5 ? 300 : Int.random(in: 0..<10, using: &generator) == 0 ? 3 : 1
            let most: UInt32 = kind == 6 ? 65_535 : 3
            list.weights.append(UInt32.random(in: 1...most, using: &generator))
            list.counts.append(UInt32(places))
            var place = UInt32.random(in: 0...(kind > 3 ? 16_000_000 : 250), using: &generator)
            for _ in 0..<places {
                list.positions.append(place)
                place += UInt32.random(in: 1...40, using: &generator)
            }
        }
        return list
    }

    private static func encoded(_ list: PostingList) -> (docs: [UInt8], places: [UInt8]) {
        list.withView { view in
            let docs = written(TailGroup.room(view.count, 0)) { writer in
                TailGroup.writeDocuments(view, 0..<view.count, base: -1, impact: 77, into: &writer)
            }
            var place = 0
            let places = written(TailGroup.room(view.count, list.positions.count)) { writer in
                if let counts = view.counts {
                    TailGroup.writePlaces(view, counts, 0..<view.count, &place, into: &writer)
                }
            }
            return (docs, places)
        }
    }

    /// What bytes say, and the last document.
    private static func decoded(
        _ docs: [UInt8], _ places: [UInt8], _ count: Int, limit: Int
    ) throws -> (list: PostingList, header: TailGroup.Header) {
        try TailRoom.with { room in
            let header = try reading(docs) { reader in
                try TailGroup.readDocuments(
                    &reader, count, base: -1, limit: limit, docs: room.docs, weights: room.weights, counts: room.counts)
            }
            var list = PostingList()
            list.docs += UnsafeBufferPointer(start: room.docs, count: count)
            list.weights += UnsafeBufferPointer(start: room.weights, count: count)
            list.counts += UnsafeBufferPointer(start: room.counts, count: count)
            try reading(places) { reader in
                try TailGroup.readPlaces(&reader, count, weights: room.weights, counts: room.counts) {
                    list.positions.append($2)
                }
            }
            return (list, header)
        }
    }

    @Test(arguments: 0..<7, [1, 2, 7, 8, 15, 16, 60, 127])
    func `last groups come back as they were written`(kind: Int, count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(kind * 1_000 + count))
        let list = Self.list(kind, count, &generator)
        let (docs, places) = Self.encoded(list)
        let last = Int(try #require(list.docs.last))
        let (back, header) = try Self.decoded(docs, places, count, limit: last + 1)
        #expect(back.docs == list.docs && back.weights == list.weights)
        #expect(back.counts == list.counts && back.positions == list.positions)
        #expect(header.last == last && header.bytes == docs.count)
        #expect(header.impact == (count >= TailGroup.ranked ? 77 : 255))
        #expect(throws: ArchiveError.self) { try Self.decoded(docs, places, count, limit: last) }
        #expect(throws: ArchiveError.self) { try Self.decoded(Array(docs.dropLast()), places, count, limit: last + 1) }
        #expect(throws: ArchiveError.self) { try Self.decoded(docs, Array(places.dropLast()), count, limit: last + 1) }
    }

    @Test func `gaps that know nothing of one another take little more than they must`() {
        var generator = SeededGenerator(seed: 5)
        var (bits, least, total) = (0, 0.0, 0)
        for _ in 0..<200 {
            let docs = Set((0..<100).map { _ in UInt32.random(in: 0..<200_000, using: &generator) }).sorted()
            var list = PostingList()
            (list.docs, list.weights) = (docs, docs.map { _ in 1 })
            bits += Self.encoded(list).docs.count * 8
            least += Double(docs.count) * (log2(200_000 / Double(docs.count)) + 1.443)
            total += docs.count
        }
        // Beside the gaps a bit for the weight, thirteen for parameter and impact, and four for the end of the last byte.
        #expect(Double(bits) < least * 1.02 + Double(total) + 200 * 17)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `damaged last groups and pages end in an error or inside what there is`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...127, using: &generator)
        let list = Self.list(Int(seed % 7), count, &generator)
        var (docs, places) = Self.encoded(list)
        for _ in 0..<3 {
            docs[Int.random(in: 0..<docs.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            places[Int.random(in: 0..<places.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        let limit = Int(list.docs.last ?? 0) + 1
        do {
            let (back, _) = try Self.decoded(docs, places, count, limit: limit)
            #expect(back.docs.allSatisfy { $0 < limit } && back.docs == back.docs.sorted(), "seed \(seed)")
            #expect(back.positions.count <= places.count * 8 + count)
        } catch ArchiveError.corrupt {
            // The other allowed end.
        }
        var page = ByteWriter()
        RarePage.begin(&page, width: 4)
        var (term, last): ([UInt8], [UInt8]) = ([0x61], [])
        for number in 0..<20 {
            term.append(UInt8(0x61 + number))
            RarePage.append(term, after: last, n: count, docs, to: &page)
            last = term
        }
        var bytes = page.bytes
        for _ in 0..<4 {
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        try Padded.with(bytes) { bytes in
            do {
                var (page, merged) = (try RarePage(bytes), PostingList())
                while try page.next() {
                    merged.removeAll()
                    try page.append(hasPositions: true, limit: limit, shift: 3, alive: nil, to: &merged)
                    #expect(merged.docs.allSatisfy { $0 < limit + 3 })
                }
            } catch ArchiveError.corrupt {
                // The other allowed end.
            }
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `groups of 128 come back from every span, and damage is noticed`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let most: UInt32 = [1, 2, 3, 9, 100, 5_000, 30_000_000][Int(seed % 7)]
        let base = Int.random(in: -1...1_000, using: &generator)
        var (docs, doc): ([UInt32], Int) = ([], base)
        for _ in 0..<128 {
            let isFar = seed % 2 == 0 || Int.random(in: 0..<40, using: &generator) == 0
            doc += Int(isFar ? UInt32.random(in: 1...most, using: &generator) : 1)
            docs.append(UInt32(doc))
        }
        var writer = ByteWriter()
        EliasFano.write(docs, base: base, into: &writer)
        #expect(writer.bytes.count == EliasFano.byteCount(most: doc - base - 128))
        func read(_ bytes: [UInt8], last: Int) throws -> [UInt32] {
            try TailRoom.with { room in
                try Padded.with(bytes) { padded in
                    let start = try #require(padded.baseAddress)
                    let end = try EliasFano.read(start, base: base, last: last, into: room.docs)
                    #expect(end == start + bytes.count)
                    return Array(UnsafeBufferPointer(start: room.docs, count: 128))
                }
            }
        }
        #expect(try read(writer.bytes, last: doc) == docs, "seed \(seed)")
        var bytes = writer.bytes
        for _ in 0..<2 {
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        }
        do {
            let back = try read(bytes, last: doc)
            #expect(back == Set(back).sorted() && back.last == docs.last && Int(back[0]) > base)
        } catch ArchiveError.corrupt {
            // The other allowed end.
        }
    }

    // MARK: - Terms and names

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `terms are numbered once and come in the order of their bytes`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let letters = Array("ab會議\u{1}".utf8)
        let terms = (0..<4_000).map { _ -> [UInt8] in
            let count = Int.random(in: 1...([3, 7, 8, 40].randomElement(using: &generator) ?? 3), using: &generator)
            return (0..<count).map { _ in letters.randomElement(using: &generator) ?? 97 }
        }
        var (table, numbers) = (TermTable(bits: 4), [[UInt8]: Int]())
        for (place, term) in terms.enumerated() {
            let number = term.withUnsafeBufferPointer { table.number($0) }
            #expect(numbers[term, default: number] == number, "seed \(seed), term \(place)")
            numbers[term] = number
        }
        #expect(table.count == numbers.count)
        let keys = terms.map { term in term.withUnsafeBufferPointer { TermTable.key($0) } }
        var found = [UInt32](repeating: 0, count: terms.count)
        keys.withUnsafeBufferPointer { keys in
            found.withUnsafeMutableBufferPointer { found in
                guard let start = found.baseAddress else { return }
                for (place, term) in terms.enumerated() {
                    // One at a time, so that the bytes stand still.
                    term.withUnsafeBufferPointer { bytes in
                        table.numbers(UnsafeBufferPointer(rebasing: keys[place...place]), into: start + place) { _ in
                            bytes
                        }
                    }
                }
            }
        }
        #expect(found.map(Int.init) == terms.map { numbers[$0] })
        var seen: [[UInt8]] = []
        table.forEachSorted { number, term in
            #expect(numbers[term] == number)
            seen.append(term)
        }
        #expect(seen == numbers.keys.sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test func `what the library stores of a source is not kept twice, and comes back from there`() throws {
        let source = SourceID(rawValue: "01HZZZZZZZ0123456789ABCDEF")
        var document = IndexDocument(
            id: source.rawValue, kind: .entry, source: source, external: "R1", title: "標題", date: "2021-10-26",
            agencies: ["教育局", "衛生局"], facts: ["code": "A1", "agency": "教育局", "label": "衛生局", "own": "自有"])
        document.fields = [
            IndexField(.body, "全文", span: SourceSpan(source, version: 2, 7..<13)), IndexField(.body, "主題一；主題二"),
            IndexField(.conclusion, "不在他處"),
        ]
        let alone = IndexedFacts(document).encoded()
        document.card = SourceCard(
            title: "標題", external: "R1", date: "2021-10-26",
            facts: ["agency": "教育局", "code": "A1", "subjects": "主題一；主題二"])
        let leaning = IndexedFacts(document).encoded()
        #expect(leaning.count + 30 < alone.count)
        let back = try leaning.withUnsafeBytes { bytes in
            try IndexedFacts(decoding: bytes) { $0 == source ? document.card : nil }
        }
        #expect(back == IndexedFacts(document))
        #expect(throws: ArchiveError.self) { try leaning.withUnsafeBytes { try IndexedFacts(decoding: $0) } }
        for count in 0..<leaning.count {
            #expect(throws: ArchiveError.self) {
                try leaning[..<count].withUnsafeBytes { try IndexedFacts(decoding: $0) { _ in document.card } }
            }
        }
    }

    @Test func `facts are read as any JSON is, and nothing else is read as facts`() throws {
        let letters = ["\"", "\\", "\n", "\u{1}", "會", "é", "{", "}", ",", ":", "a", " ", "/", "👩‍⚖️"]
        var generator = SeededGenerator(seed: 3)
        func word() -> String {
            (0..<Int.random(in: 0...6, using: &generator)).map { _ in letters.randomElement(using: &generator) ?? "" }
                .joined()
        }
        for _ in 0..<500 {
            var facts: [String: String] = [:]
            for _ in 0..<Int.random(in: 0...4, using: &generator) { facts[word()] = word() }
            #expect(try Coding.facts(from: try Coding.text(facts), of: "x") == facts)
        }
        #expect(try Coding.facts(from: "{ \"a\" : \"b\" }", of: "x") == ["a": "b"])
        for text in [
            "", "{", "{\"a\":1}", "{\"a\":\"b\",}", "[\"a\"]", "{\"a\":\"b\"}}", "{\"a\":\"b}", "{\"a\"}", "{\"a\":{}}",
        ] {
            #expect(throws: ArchiveError.self) { try Coding.facts(from: text, of: "x") }
        }
    }

    @Test func `identities with the same numbers stay apart`() throws {
        // Sources that differ behind their first 64 bits.
        let sources = ["01HZZZZZZZ0120000000000001", "01HZZZZZZZ0120000000000002"].map(SourceID.init(rawValue:))
        #expect(Set(sources.map { DocumentName($0, "").source }).count == 1)
        var fixture = try SearchFixture()
        func document(_ source: SourceID, _ text: String) -> IndexDocument {
            IndexDocument(id: source.rawValue, kind: .entry, source: source, title: text)
        }
        try fixture.apply(sources.map { .put(document($0, "會議")) })
        #expect(try fixture.count() == 2)
        try fixture.load([document(sources[0], "紀錄"), document(sources[1], "紀錄"), document(sources[1], "備查")])
        #expect(try fixture.count() == 2)
        try fixture.apply([.removeSource(sources[0])])
        #expect(try fixture.count() == 1)
        try fixture.apply([.remove(sources[1].rawValue, source: sources[0])])
        #expect(try fixture.count() == 1)
        try fixture.apply([.remove(sources[1].rawValue, source: sources[1])])
        #expect(try fixture.count() == 0)
    }
}

extension SearchFixture {
    /// Rows of what is shown, and of names.
    fileprivate func count() throws -> Int {
        try writer.read { db in
            let (shown, names): (Int?, Int?) = (
                try db.value("SELECT count(*) FROM indexed"), try db.value("SELECT count(*) FROM indexKey")
            )
            #expect(shown == names)
            return shown ?? 0
        }
    }
}
