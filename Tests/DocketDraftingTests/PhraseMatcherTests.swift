import DocketTestSupport
import Testing

@testable import DocketDrafting

@Suite struct PhraseMatcherTests {
    @Test(arguments: 0..<200)
    func `it finds what a search of the lower-cased text finds`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = ["散會", "散", "會", "請說", "Any ", "any comments", "COMMENTS", " ", "é", "開始開會", "開始"]
        let text = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }.joined()
        let phrases = ["散會", "請說", "any comments", "開始開會"]
        let expected = phrases.contains { text.lowercased().contains($0) }
        #expect(PhraseMatcher(phrases).isIn(text) == expected, "\(text)")
    }
}
