import DocketCore
import DocketTestSupport
import Testing

@testable import DocketCataloguing

@Suite struct SubjectIndexerTests {
    private typealias Concept = Vocabulary.Concept

    private func label(_ text: String, _ kind: Vocabulary.LabelKind = .preferred) -> Vocabulary.Label {
        Vocabulary.Label(kind, text, language: "zh-Hant")
    }

    /// 0 環境 > 1 廢棄物 > 2 資源回收; 3 政府採購, 4 採購 (deprecated, replaced by 3), 5 舊詞 (deprecated), 6 臺北市 (place).
    private func indexer() throws -> SubjectIndexer {
        let vocabulary = try SubjectSamples.vocabulary([
            Concept(uri: SubjectSamples.uri(0), labels: [label("環境")], narrower: [1], kind: .topic),
            Concept(
                uri: SubjectSamples.uri(1), labels: [label("廢棄物"), label("垃圾", .alternative)], broader: [0],
                narrower: [2]),
            Concept(uri: SubjectSamples.uri(2), labels: [label("資源回收")], broader: [1]),
            Concept(uri: SubjectSamples.uri(3), labels: [label("政府採購")]),
            Concept(
                uri: SubjectSamples.uri(4), labels: [label("採購案件")], status: .deprecated(replacedBy: [3])),
            Concept(uri: SubjectSamples.uri(5), labels: [label("公文會稿")], status: .deprecated(replacedBy: [])),
            Concept(uri: SubjectSamples.uri(6), labels: [label("臺北市")], kind: .place),
        ])
        return SubjectIndexer(vocabulary, weights: .plain)
    }

    private let text = SubjectDocument(title: "垃圾清運", text: "台北市垃圾清運採購案件，經公文會稿，並推動資源回收。")

    @Test func `terms are concepts, written as the vocabulary prefers`() throws {
        let terms = try indexer().suggestions(for: text, SubjectRequest(isWhole: true))
        #expect(Set(terms.map(\.label)) == ["廢棄物", "政府採購", "資源回收", "臺北市"])
        #expect(terms.first?.label == "廢棄物")
        #expect(terms.map(\.score) == terms.map(\.score).sorted(by: >))
    }

    @Test func `a deprecated concept is never suggested, but what replaced it`() throws {
        var indexer = try indexer()
        indexer.learn(
            CataloguedRecord(
                id: "a", title: "", document: text, given: [SubjectSamples.uri(4), SubjectSamples.uri(5)]))
        let uris = indexer.suggestions(for: text, SubjectRequest(isWhole: true)).compactMap(\.concept?.uri)
        #expect(uris.contains(SubjectSamples.uri(3)))
        #expect(!uris.contains(SubjectSamples.uri(4)) && !uris.contains(SubjectSamples.uri(5)))
    }

    @Test func `reasons name words in place, the way down and similar records`() throws {
        var indexer = try indexer()
        for number in 0..<5 {
            indexer.learn(
                CataloguedRecord(
                    id: "r\(number)", title: "資源回收\(number)",
                    document: SubjectDocument(text: "垃圾清運與資源回收第\(number)期"), given: [SubjectSamples.uri(2)]))
        }
        let bytes = "案由：垃圾清運\n台北市推動資源回收。"
        let source = SourceDocument(
            id: SourceID(rawValue: "s"), kind: .letter, title: "", language: "zh-Hant", text: bytes,
            passages: [Passage(number: 0, kind: .paragraph, range: 0..<bytes.utf8.count)],
            origin: Origin(
                fileName: "", sha256: SHA256Digest(of: bytes), byteCount: bytes.utf8.count, mediaType: "text/plain",
                reader: "test"))
        let terms = indexer.suggestions(for: SubjectDocument(sources: [source]), SubjectRequest(isWhole: true))
        let term = try #require(terms.first { $0.label == "資源回收" })
        #expect(term.reasons.path == ["環境", "廢棄物", "資源回收"])
        #expect(term.reasons.similar.count == 3)
        #expect(term.reasons.similar.allSatisfy { $0.likeness > 0 && $0.likeness <= 1 })
        let match = try #require(term.reasons.matches.first)
        let citation = try #require(match.citation)
        #expect(match.words == "資源回收")
        #expect(source.text(in: citation.span.range) == "資源回收")
        #expect(citation.words == SHA256Digest(of: "資源回收"))
        #expect(term.kind == .topic, "the type of the concept above")
        #expect(terms.first { $0.label == "臺北市" }?.kind == .place)
    }

    @Test func `exclusions, schemes and types limit what is suggested`() throws {
        let indexer = try indexer()
        func labels(_ request: SubjectRequest) -> Set<String> {
            var request = request
            request.isWhole = true
            return Set(indexer.suggestions(for: text, request).map(\.label))
        }
        #expect(labels(SubjectRequest(excluded: [SubjectSamples.uri(1)])) == ["政府採購", "資源回收", "臺北市"])
        #expect(labels(SubjectRequest(schemes: [SubjectSamples.uri(0)])) == ["廢棄物", "資源回收"])
        #expect(labels(SubjectRequest(schemes: ["c:none"])).isEmpty)
        #expect(labels(SubjectRequest(kinds: [.place])) == ["臺北市"])
        #expect(labels(SubjectRequest(limit: 1)).count == 1)
    }

    @Test func `what a person rejects falls and what she adds rises, at once`() throws {
        var indexer = try indexer()
        func score(_ number: Int) -> Double {
            indexer.suggestions(for: text, SubjectRequest(isWhole: true))
                .first { $0.concept?.uri == SubjectSamples.uri(number) }?.score ?? 0
        }
        let (before, unnamed) = (score(1), score(0))
        for number in 0..<3 {
            let other = SubjectDocument(text: "垃圾清運工作第\(number)次檢討")
            try indexer.reject(SubjectSamples.uri(1), in: other, id: "r\(number)")
            try indexer.accept(SubjectSamples.uri(0), in: other, id: "r\(number)")
        }
        #expect(score(1) < before)
        #expect(score(0) > unnamed)
        #expect(indexer.recordCount == 3)
        #expect(throws: SubjectError.unknownConcept(uri: "c:none")) {
            try indexer.accept("c:none", in: text, id: "r0")
        }
    }

    @Test func `a later decision on a record takes the place of an earlier one`() throws {
        var (changed, plain) = (try indexer(), try indexer())
        try changed.reject(SubjectSamples.uri(2), in: text, id: "a")
        try changed.accept(SubjectSamples.uri(2), in: text, id: "a")
        try plain.accept(SubjectSamples.uri(2), in: text, id: "a")
        #expect(changed.state == plain.state)
    }

    @Test(arguments: 0..<20)
    func `whatever it learned, only concepts of the vocabulary come out, each once`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let vocabulary = try SubjectSamples.vocabulary(labels: (0..<40).map { _ in SubjectSamples.text(2, &random) })
        var indexer = SubjectIndexer(vocabulary, weights: .plain)
        let records = SubjectSamples.records(60, concepts: 60, &random)
        for record in records { indexer.learn(record) }
        indexer.train(records.map { ($0.id, $0.document) }, prior: .plain)
        for record in records {
            let uris = indexer.concepts(for: [record.document], SubjectRequest(limit: 100, isWhole: true))[0]
            #expect(uris.allSatisfy { vocabulary.position(of: $0) != nil })
            #expect(Set(uris).count == uris.count)
            #expect(
                uris
                    == indexer.suggestions(for: record.document, SubjectRequest(limit: 100, isWhole: true))
                    .compactMap(\.concept?.uri))
        }
    }

    @Test func `training is the same twice`() throws {
        var random = SeededGenerator(seed: 1)
        let vocabulary = try SubjectSamples.vocabulary(labels: (0..<10).map { _ in SubjectSamples.text(2, &random) })
        let records = SubjectSamples.records(50, concepts: 10, &random)
        func trained() -> [UInt8] {
            var indexer = SubjectIndexer(vocabulary, weights: .plain)
            for record in records { indexer.learn(record) }
            indexer.train(records.map { ($0.id, $0.document) }, prior: .plain)
            return indexer.state
        }
        #expect(trained() == trained())
    }

    @Test func `empty and odd texts have no terms and do no harm`() throws {
        let indexer = try indexer()
        for text in ["", "\n", "，。", "a", String(repeating: "é", count: 5_000)] {
            #expect(indexer.suggestions(for: SubjectDocument(text: text)).isEmpty)
        }
    }
}
