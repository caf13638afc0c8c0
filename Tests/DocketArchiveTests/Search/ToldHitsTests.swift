import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketArchive

@Suite struct ToldHitsTests {
    private static func hit(_ identity: Int, _ words: Int) -> ToldHit {
        func digest(_ number: Int) -> Data {
            Data((0..<ToldHit.width).map { UInt8(truncatingIfNeeded: number >> ($0 % 4 * 8)) })
        }
        return ToldHit(identity: digest(identity), words: digest(words))
    }

    @Test func `words that moved are known, one more of them is news, and other words are a change`() {
        let told = ToldHits([Self.hit(1, 10), Self.hit(2, 20), Self.hit(3, 20)])
        #expect(told.compare([Self.hit(1, 10), Self.hit(2, 20), Self.hit(3, 20)]) == [.known, .known, .known])
        #expect(told.compare([Self.hit(1, 99), Self.hit(2, 10), Self.hit(4, 20)]) == [.changed, .known, .known])
        #expect(told.compare([Self.hit(5, 20), Self.hit(6, 20), Self.hit(7, 20)]) == [.known, .known, .new])
    }

    @Test func `what was told stays told while there is room, the last told first`() {
        var told = ToldHits((0..<ToldHits.most).map { Self.hit($0, 1) })
        told.tell([Self.hit(5, 2), Self.hit(20_000, 3)])
        #expect(told.hits.count == ToldHits.most)
        #expect(Array(told.hits.prefix(3)) == [Self.hit(5, 2), Self.hit(20_000, 3), Self.hit(0, 1)])
        #expect(told.compare([Self.hit(ToldHits.most - 1, 4)]) == [.new])
        #expect(told.compare([Self.hit(ToldHits.most - 2, 4)]) == [.changed])
    }

    @Test(arguments: 0..<20)
    func `the stored form gives back what went in, and other bytes are refused`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let told = ToldHits(
            (0..<Int.random(in: 0...50, using: &random)).map { _ in
                Self.hit(.random(in: 0...1 << 30, using: &random), .random(in: 0...1 << 30, using: &random))
            })
        #expect(try ToldHits(data: told.data) == told)
        for data in [Data(), told.data.dropLast(), told.data + [0], Data([2]) + told.data.dropFirst()]
        where data != told.data {
            #expect(throws: ArchiveError.self) { try ToldHits(data: data) }
        }
    }

    @Test func `words, kind, state and place tell matches apart, and date and level do not`() {
        let document = IndexDocument(
            id: "S#1", kind: .passage, source: SourceID(rawValue: "S"), title: "題", isTitleSearched: false,
            fields: [IndexField(.body, "甲乙")], date: "2024", status: "列管中")
        func words(_ change: (inout IndexDocument) -> Void) -> Data {
            var other = document
            change(&other)
            return ToldHit(other).words
        }
        let own = ToldHit(document).words
        #expect(words { $0.id = "S#2" } == own && ToldHit(document).identity.count == ToldHit.width)
        #expect(words { $0.date = nil } == own && words { $0.classification = .secret } == own)
        #expect(words { $0.title = "別題" } == own)
        #expect(words { $0.isTitleSearched = true } != own)
        #expect(words { $0.status = "解除列管" } != own && words { $0.kind = .conclusion } != own)
        #expect(words { $0.source = SourceID(rawValue: "T") } != own)
        #expect(words { $0.fields = [IndexField(.body, "甲"), IndexField(.body, "乙")] } != own)
        #expect(words { $0.fields = [IndexField(.conclusion, "甲乙")] } != own)
    }
}
