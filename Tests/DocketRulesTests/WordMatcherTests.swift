import DocketTestSupport
import Testing

@testable import DocketRules

struct WordMatcherTests {
    @Test func `the longest word at the leftmost place is found`() {
        let matcher = WordMatcher(["臺北", "臺北市政府", "市政府", "北市", ""])
        let text = "臺北市政府與臺北市"
        #expect(matcher.matches(in: text).map(\.word) == [1, 0])
        #expect(matcher.matches(in: text).map(\.range) == [0..<15, 18..<24])
        #expect(WordMatcher([]).matches(in: text).isEmpty)
    }

    @Test(arguments: 0..<60)
    func `matches are those of a search by hand`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func word(_ length: ClosedRange<Int>) -> String {
            String(
                (0..<Int.random(in: length, using: &generator)).map { _ in
                    ["a", "b", "賡", "廣"].randomElement(using: &generator)!
                })
        }
        let words = Array(Set((0..<6).map { _ in word(1...4) })).sorted()
        let text = word(0...60)
        let bytes = Array(text.utf8)
        var expected: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            let here = words.map { Array($0.utf8) }.filter { bytes[index...].starts(with: $0) }.map(\.count).max()
            if let here { expected.append(index..<index + here) }
            index += here ?? 1
        }
        #expect(WordMatcher(words).matches(in: text).map(\.range) == expected, "seed \(seed)")
    }
}
