import DocketCore
import DocketTestSupport
import DocketText
import Foundation
import Testing

@testable import DocketIngest

@Suite struct VocabularyFindingTests {
    private static let sound = """
        ex:a a skos:Concept ; skos:prefLabel "甲"@zh-Hant ; skos:narrower ex:b .
        ex:b a skos:Concept ; skos:prefLabel "乙"@zh-Hant .

        """

    @Test(arguments: [
        ("", nil),
        ("ex:c a skos:Concept ; skos:altLabel \"丙\"@zh-Hant .", ("VOC-01", "c", "preferred label")),
        ("ex:c a skos:Concept ; skos:prefLabel \" 甲\"@zh-Hant .", ("VOC-02", "a", "http://example.org/c")),
        ("ex:c a skos:Concept ; skos:prefLabel \"甲\"@en .", nil),
        ("ex:c a skos:Concept ; skos:prefLabel \"丙\"@zh-Hant ; skos:altLabel \"甲\"@zh-Hant .", ("VOC-03", "c", "甲")),
        ("ex:c a skos:Concept ; skos:prefLabel \"丙\"@zh-Hant ; skos:hiddenLabel \"甲\"@zh-Hant .", nil),
        ("ex:a skos:broader ex:b .", ("VOC-04", "b", "http://example.org/a → ")),
        ("ex:a skos:broader ex:a .", ("VOC-04", "a", "http://example.org/a → http://example.org/a")),
        ("ex:a skos:related ex:none, ex:none .", ("VOC-05", "a", "http://example.org/none")),
        ("ex:a skos:inScheme ex:scheme ; skos:related ex:a .", nil),
        ("ex:a owl:deprecated true .", ("VOC-06", "a", "deprecated")),
        ("ex:a owl:deprecated true ; dct:isReplacedBy ex:b .", nil),
        ("ex:a owl:deprecated false .", nil),
        ("ex:a dct:isReplacedBy ex:b . ex:b skos:altLabel \"甲\"@zh-Hant .", nil),
        ("ex:a skos:prefLabel \"丁\"@zh-Hant, \"甲\"@zh-Hant .", ("VOC-07", "a", "丁")),
        ("ex:a skos:altLabel \"甲\"@zh-Hant, \"戊\"@zh-Hant ; skos:hiddenLabel \"戊\"@zh-Hant .", nil),
        ("ex:b skos:broader ex:a .", nil),
    ])
    func `each fault is found once, and what is none is not`(
        text: String, expected: (rule: String, place: String, words: String)?
    ) throws {
        let findings = try readVocabulary(turtle(Self.sound + text)).findings
        #expect(findings.map(\.rule) == (expected.map { [$0.rule] } ?? []))
        guard let expected, let finding = findings.first else { return }
        #expect(finding.place.path == "http://example.org/" + expected.place)
        #expect(finding.message.en.contains(expected.words), "\(finding.message.en)")
        #expect(!finding.message.zhHant.isEmpty && !finding.remedy.zhHant.isEmpty && !finding.remedy.en.isEmpty)
    }

    @Test func `a flood of one rule leaves room for the others and is counted`() throws {
        let flood = (0..<500).map { "ex:f\($0) skos:related ex:none\($0) ; skos:prefLabel \"\($0)\" .\n" }.joined()
        let findings = try readVocabulary(turtle(Self.sound + flood + "ex:a owl:deprecated true .")).findings
        let dangling = findings.filter { $0.rule == "VOC-05" }
        #expect(dangling.count == ReaderLimits().findings / 7)
        #expect(dangling.last?.message.en.hasPrefix("(one of 500, ") == true)
        #expect(findings.last?.rule == "VOC-06")
    }

    /// Random links among few concepts, compared with a walk over all paths.
    @Test(arguments: 0..<200)
    func `only links that close a cycle are set aside`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...7, using: &random)
        var draft = VocabularyDraft(fileName: "x", name: "x", limits: ReaderLimits())
        for concept in 0..<count {
            let position = try draft.position(of: "x:\(concept)")
            draft.change(position) { $0.isConcept = true }
            try draft.addLabel(.preferred, "詞\(concept)", language: "", to: position)
        }
        var above = Array(repeating: Set<Int>(), count: count)
        var beside = Array(repeating: Set<Int>(), count: count)
        for _ in 0..<Int.random(in: 0...10, using: &random) {
            let (from, to) = (Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random))
            let kind =
                [VocabularyDraft.LinkKind.broader, .narrower, .related].randomElement(using: &random) ?? .broader
            try draft.addLink(kind, from: Int32(from), to: "x:\(to)")
            switch kind {
            case .broader: above[from].insert(to)
            case .narrower: above[to].insert(from)
            default:
                if from != to {
                    beside[from].insert(to)
                    beside[to].insert(from)
                }
            }
        }
        let (vocabulary, findings) = try VocabularyAssembly.vocabulary(
            of: draft, format: "x", digest: SHA256Digest(of: "x"))
        // Names of one digit: the order of URIs is that of the numbers.
        let kept = vocabulary.concepts.map { Set($0.broader.map(Int.init)) }
        let setAside = zip(above, kept).map { $0.subtracting($1) }
        #expect(vocabulary.concepts.map { Set($0.related.map(Int.init)) } == beside, "seed \(seed)")
        #expect(zip(kept, above).allSatisfy { $0.isSubset(of: $1) }, "seed \(seed)")
        #expect(findings.map(\.rule) == Array(repeating: "VOC-04", count: setAside.reduce(0) { $0 + $1.count }))
        #expect(!(0..<count).contains { Self.reaches($0, $0, kept, count) }, "seed \(seed): a cycle is left")
        for (from, links) in setAside.enumerated() {
            #expect(links.allSatisfy { $0 == from || Self.reaches($0, from, kept, count) }, "seed \(seed): \(from)")
        }
    }

    /// True when `goal` can be reached from `start` in one step or more.
    private static func reaches(_ start: Int, _ goal: Int, _ links: [Set<Int>], _ steps: Int) -> Bool {
        var reached = links[start]
        for _ in 0..<steps { for place in reached { reached.formUnion(links[place]) } }
        return reached.contains(goal)
    }

    @Test func `broken promises are refused`() {
        func vocabulary(_ concepts: [Vocabulary.Concept]) throws -> Vocabulary {
            try Vocabulary(
                id: .make(), name: "x", title: "x", languages: [], sourceDigest: SHA256Digest(of: "x"),
                concepts: concepts)
        }
        let (a, b) = (Vocabulary.Concept(uri: "x:a"), Vocabulary.Concept(uri: "x:b"))
        #expect(throws: VocabularyError.unordered(position: 1)) { try vocabulary([b, a]) }
        #expect(throws: VocabularyError.unordered(position: 1)) { try vocabulary([a, a]) }
        func linked(_ one: [Int32], _ two: [Int32], _ three: [Int32], _ four: [Int32]) -> [Vocabulary.Concept] {
            var (first, second) = (a, b)
            (first.broader, first.narrower) = (one, two)
            (second.broader, second.narrower) = (three, four)
            return [first, second]
        }
        #expect(throws: VocabularyError.badLink(position: 0)) { try vocabulary(linked([2], [], [], [])) }
        #expect(throws: VocabularyError.badLink(position: 0)) { try vocabulary(linked([-1], [], [], [])) }
        #expect(throws: VocabularyError.badLink(position: 0)) { try vocabulary(linked([1], [], [], [])) }
        #expect(throws: VocabularyError.badLink(position: 1)) { try vocabulary(linked([], [], [], [0])) }
        #expect(throws: VocabularyError.cycle(position: 0)) { try vocabulary(linked([1], [1], [0], [0])) }
        #expect(throws: Never.self) { try vocabulary(linked([1], [], [], [0])) }
    }
}
