import DocketCore
import DocketTestSupport
import DocketText
import Foundation
import GRDB
import Testing

@testable import DocketArchive

@Suite struct VocabularyStorageTests {
    private typealias Concept = Vocabulary.Concept
    private typealias Label = Vocabulary.Label

    private static func vocabulary(
        _ concepts: [Vocabulary.Concept], name: String = "行政", licence: String? = nil
    ) throws -> Vocabulary {
        try Vocabulary(
            id: .make(), name: name, title: "行政詞彙", languages: ["en", "zh-Hant"], statedVersion: "1", licence: licence,
            sourceDigest: SHA256Digest(of: "x"), concepts: concepts)
    }

    private static let sample: [Vocabulary.Concept] = [
        Concept(
            uri: "x:a", notation: "A",
            labels: [
                Label(.preferred, "行道樹", language: "zh-Hant"),
                Label(.preferred, "street trees", language: "en"), Label(.alternative, "路樹", language: "zh-Hant"),
                Label(.hidden, "行道數", language: "zh-Hant"),
            ], narrower: [1],
            notes: [Vocabulary.Note(.scope, "道路兩旁。", language: "zh-Hant")], kind: .topic),
        Concept(
            uri: "x:b",
            labels: [Label(.preferred, "榕樹", language: "zh-Hant"), Label(.alternative, "路樹", language: "zh-Hant")],
            broader: [0], related: [2]),
        Concept(uri: "x:c", labels: [Label(.preferred, "公園", language: "zh-Hant")], related: [1]),
        Concept(
            uri: "x:d", labels: [Label(.preferred, "公共綠地", language: "zh-Hant")],
            status: .deprecated(replacedBy: [2])),
    ]

    @Test func `a vocabulary comes back as it was; an equal one is no new version`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let first = try Self.vocabulary(Self.sample)
            let (one, isNew) = try await library.putVocabulary(first, by: ArchiveFixture.clerk)
            #expect(isNew)
            #expect(one.version == 1 && one.concepts == 4 && one.labels == 8 && one.id == first.id)
            let again = try Self.vocabulary(Self.sample)
            #expect(try await library.putVocabulary(again, by: ArchiveFixture.clerk) == (one, false))
            let other = try Self.vocabulary(
                Array(Self.sample.prefix(1)).map { Concept(uri: $0.uri, labels: $0.labels) })
            let two = try await library.putVocabulary(other, by: ArchiveFixture.clerk).stored
            #expect(two.version == 2 && two.id == first.id)
            let licensed = try Self.vocabulary(other.concepts, licence: "CC0-1.0")
            #expect(try await library.putVocabulary(licensed, by: ArchiveFixture.clerk).stored.version == 3)

            #expect(try await library.vocabulary("行政", version: 1) == first)
            #expect(try await library.vocabulary(first.id.rawValue)?.licence == "CC0-1.0")
            #expect(try await library.vocabulary("行政", version: 4) == nil)
            #expect(try await library.vocabulary("none") == nil)
            #expect(try await library.vocabularies().map(\.version) == [3])
            let events = try await library.auditEvents(of: "vocabulary:行政", viewer: ArchiveFixture.all)
            #expect(events.map { $0.detail["version"] } == ["1", "2", "3"])
            #expect(events.first?.action == "vocabulary.put")
            await #expect(throws: ArchiveError.refused(.missingReason(field: "vocabulary name"))) {
                try await library.putVocabulary(Self.vocabulary([], name: ""), by: ArchiveFixture.clerk)
            }
        }
    }

    @Test func `a word gives the other labels of its concepts, and those below apart`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            _ = try await library.putVocabulary(Self.vocabulary(Self.sample), by: ArchiveFixture.clerk)
            func labels(_ word: String) async throws -> [String] {
                try await library.synonyms(of: [word]).flatMap(\.labels)
            }
            #expect(try await labels("行道樹") == ["street trees", "路樹"])
            #expect(try await labels(" Street  TREES ") == ["行道樹", "路樹"])
            #expect(try await labels("行道树") == ["street trees", "路樹"])
            #expect(try await labels("行道數") == ["行道樹", "street trees", "路樹"])
            #expect(try await labels("路樹") == ["行道樹", "street trees", "榕樹"])
            #expect(try await labels("公園") == [])
            #expect(try await labels("公共綠地") == ["公園"])
            let found = try await library.synonyms(of: ["沒有", "", "公園", "行道樹"])
            #expect(found.map(\.word) == ["公園", "行道樹"])
            let meaning = try #require(found.last?.meanings.first)
            #expect(meaning.vocabulary == "行政" && meaning.uri == "x:a" && meaning.kind == .preferred)
            // 路樹 is a label of both, and said once.
            #expect(meaning.narrower.map(\.text) == ["榕樹"])

            _ = try await library.putVocabulary(
                Self.vocabulary([Concept(uri: "x:a", labels: [Label(.preferred, "新詞")])]), by: ArchiveFixture.clerk)
            #expect(try await library.synonyms(of: ["行道樹"]) == [])
            #expect(try await library.synonyms(of: ["新詞"]).count == 1)
        }
    }

    /// Random vocabularies and words, compared with a look through all labels of all concepts.
    @Test(arguments: 0..<20)
    func `a look-up finds what a scan finds`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let words = ["樹", "路", "台", "臺", "A", "ａ", "é", " ", "電"]
        func word() -> String {
            (0..<Int.random(in: 1...3, using: &random)).map { _ in words.randomElement(using: &random) ?? "樹" }.joined()
        }
        let vocabularies = try ["one", "two"].map { name in
            var concepts = (0..<Int.random(in: 0...9, using: &random)).map { Concept(uri: "x:\($0)") }
            for index in concepts.indices {
                let kinds = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    Vocabulary.LabelKind.allCases.randomElement(using: &random) ?? .hidden
                }
                concepts[index].labels = kinds.sorted().map { Label($0, word()) }
                if index > 0, Bool.random(using: &random) {
                    let above = Int.random(in: 0..<index, using: &random)
                    concepts[index].broader = [Int32(above)]
                    concepts[above].narrower.append(Int32(index))
                }
            }
            return try Self.vocabulary(concepts, name: name)
        }
        let asked = (0..<40).map { _ in word() }
        try await ArchiveFixture.withLibrary { library async throws in
            for vocabulary in vocabularies {
                _ = try await library.putVocabulary(vocabulary, by: ArchiveFixture.clerk)
                #expect(try await library.vocabulary(vocabulary.name) == vocabulary)
            }
            let found = try await library.synonyms(of: asked)
            let expected = asked.compactMap { Self.scan($0, vocabularies) }
            #expect(found.map(\.word) == expected.map(\.word), "seed \(seed)")
            for (one, other) in zip(found, expected) { #expect(one == other, "seed \(seed)") }
        }
    }

    private static func scan(_ word: String, _ vocabularies: [Vocabulary]) -> Synonyms? {
        let asked = Folding.labelKey(word)
        guard !asked.isEmpty else { return nil }
        var meanings: [Synonyms.Meaning] = []
        for vocabulary in vocabularies {
            for concept in vocabulary.concepts {
                guard let own = concept.labels.first(where: { Folding.labelKey($0.text) == asked }) else { continue }
                var seen: Set<String> = [asked]
                func shown(_ labels: [Vocabulary.Label]) -> [Vocabulary.Label] {
                    [Vocabulary.LabelKind.preferred, .alternative].flatMap { kind in labels.filter { $0.kind == kind } }
                        .filter { seen.insert(Folding.labelKey($0.text)).inserted }
                }
                let same = shown(concept.labels)
                let below = shown(concept.narrower.flatMap { vocabulary.concepts[Int($0)].labels })
                meanings.append(
                    Synonyms.Meaning(
                        vocabulary: vocabulary.name, uri: concept.uri, kind: own.kind, same: same, narrower: below))
            }
        }
        // The first eight by vocabulary and concept, as stored.
        return meanings.isEmpty ? nil : Synonyms(word: word, meanings: Array(meanings.prefix(8)))
    }

    @Test(arguments: 0..<60)
    func `damaged rows are an error, never a trap`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        for concept in Self.sample {
            let body = ConceptCoding.body(of: concept)
            #expect(try ConceptCoding.concept(concept.uri, body: Data(body)) == concept)
            var bytes = body
            for _ in 0..<3 where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                if Bool.random(using: &random) {
                    bytes[place] = UInt8.random(in: 0...255, using: &random)
                } else {
                    bytes.removeSubrange(place...)
                }
            }
            do {
                _ = try ConceptCoding.concept(concept.uri, body: Data(bytes))
            } catch let error as ArchiveError {
                #expect(error.explanation.en.contains("docket.sqlite"), "seed \(seed)")
            }
        }
        try await ArchiveFixture.withLibrary { library async throws in
            _ = try await library.putVocabulary(Self.vocabulary(Self.sample), by: ArchiveFixture.clerk)
            try await library.tamper("DELETE FROM concept WHERE n = 1")
            await #expect(throws: ArchiveError.self) { try await library.vocabulary("行政") }
        }
    }
}
