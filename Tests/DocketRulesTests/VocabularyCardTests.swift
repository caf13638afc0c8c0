import DocketCore
import DocketIngest
import DocketTestSupport
import Foundation
import Testing

@testable import DocketRules

struct VocabularyCardTests {
    /// One vocabulary with every fault.
    private static let faulty = """
        @prefix s: <http://www.w3.org/2004/02/skos/core#> .
        @prefix e: <http://example.org/> .
        e:a s:prefLabel "甲"@zh-Hant, "乙"@zh-Hant ; s:broader e:b .
        e:b s:prefLabel "丙"@zh-Hant ; s:broader e:a ; s:related e:none .
        e:c s:prefLabel "丙"@zh-Hant ; s:altLabel "甲"@zh-Hant .
        e:d a s:Concept .
        e:e s:prefLabel "丁"@zh-Hant ; <http://www.w3.org/2002/07/owl#deprecated> true .
        """

    @Test func `every finding on a vocabulary has its card, with the same severity`() throws {
        let findings = try VocabularyReader.read(
            ReaderInput(data: Data(Self.faulty.utf8), fileName: "x.ttl"), named: "x"
        ).findings
        let cards = RuleCard.ofOtherStages.filter { $0.id.hasPrefix("VOC-") }
        #expect(findings.map(\.rule) == cards.map(\.id))
        #expect(findings.map(\.severity) == cards.map(\.severity))
    }
}
