import DocketCore
import DocketTestSupport
import DocketText
import Testing

@testable import DocketCataloguing

@Suite struct LabelMatcherTests {
    private func found(_ labels: [String], in text: String) throws -> [(words: String, concept: Int32, isCovered: Bool)]
    {
        let vocabulary = try SubjectSamples.vocabulary(labels: labels)
        let matcher = LabelMatcher(vocabulary, target: labels.indices.map { Int32($0) })
        let units = TextUnits(text)
        let bytes = Array(text.utf8)
        return matcher.matches(in: units).flatMap { match in
            let range =
                units.units[Int(match.units.lowerBound)].range
                .lowerBound..<units.units[Int(match.units.upperBound) - 1].range.upperBound
            return match.entries.map {
                (String(decoding: bytes[range], as: UTF8.self), matcher.entries[Int($0)].concept, match.isCovered)
            }
        }
    }

    @Test(arguments: 0..<60)
    func `finds what a look at every place finds`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let labels = Array(
            Set((0..<30).map { _ in SubjectSamples.text(Int.random(in: 1...4, using: &random), &random) })
        ).sorted()
        let text = SubjectSamples.text(120, &random)
        let characters = Array(text)
        var expected: [String] = []
        for start in characters.indices {
            for end in start + 1...characters.count {
                let part = String(characters[start..<end])
                for (number, label) in labels.enumerated() where Folding.key(label) == Folding.key(part) {
                    let isCovered = labels.contains { longer in
                        longer.count > label.count
                            && characters.indices.contains { place in
                                place <= start && place + longer.count >= end
                                    && place + longer.count <= characters.count
                                    && Folding.key(String(characters[place..<place + longer.count]))
                                        == Folding.key(longer)
                            }
                    }
                    expected.append("\(start) \(part) \(number) \(isCovered)")
                }
            }
        }
        let vocabulary = try SubjectSamples.vocabulary(labels: labels)
        let matcher = LabelMatcher(vocabulary, target: labels.indices.map { Int32($0) })
        let result = matcher.matches(in: TextUnits(text)).flatMap { match in
            match.entries.map { entry in
                let words = String(characters[Int(match.units.lowerBound)..<Int(match.units.upperBound)])
                return "\(match.units.lowerBound) \(words) \(matcher.entries[Int(entry)].concept) \(match.isCovered)"
            }
        }
        #expect(result.sorted() == expected.sorted(), "seed \(seed)")
    }

    @Test func `a label of words is no part of a word`() throws {
        #expect(try found(["art"], in: "the party, the art and ART").map(\.words) == ["art", "ART"])
    }

    @Test func `scripts, widths and house variants meet`() throws {
        #expect(try found(["臺灣檔案", "ＡＩ"], in: "台湾档案与 AI").map(\.concept) == [0, 1])
    }

    @Test func `words with other endings are found where their beginnings agree`() throws {
        let found = try found(["polttokalmistot"], in: "Päiväniemen polttokalmisto ja polttaminen")
        #expect(found.map(\.words) == ["polttokalmisto"])
    }

    @Test func `a label runs over blanks and hyphens but over no mark that it does not have`() throws {
        #expect(
            try found(["electric vehicle", "A/D轉換"], in: "electric-vehicle; electric. vehicle A/D轉換").map(\.words)
                == ["electric-vehicle", "A/D轉換"])
    }

    @Test func `a qualifier may be absent from the text`() throws {
        #expect(try found(["bridges (structures)"], in: "old bridges here").map(\.words) == ["bridges"])
    }
}
