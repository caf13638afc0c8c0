import DocketCore
import Testing

@testable import DocketArchive

/// Searches for what stands in most documents: the ways round reading it more than once.
@Suite struct CommonTermTests {
    private static func document(_ number: Int, _ text: String) -> IndexDocument {
        let source = SourceID(rawValue: "S\(number)")
        return IndexDocument(
            id: source.rawValue, kind: .entry, source: source, title: "紀錄\(number)", fields: [IndexField(.body, text)],
            date: "2021-10-26")
    }

    /// Documents of which all hold 的, some "DNA的", and some the same words apart.
    private func fixture() throws -> SearchFixture {
        var fixture = try SearchFixture()
        let texts = (0..<400).map { number -> String in
            let common = "市政府的研究與機關的資料，各局處的意見\(number)"
            switch number % 97 {
            case 3: return common + "，DNA的樣本，DNA，的。"
            case 5: return common + "，DNA與樣本，不是的。"
            case 7: return common + "，樣本的DNA的的。"
            default: return common
            }
        }
        try fixture.apply(texts.enumerated().map { .put(Self.document($0.offset, $0.element)) })
        return fixture
    }

    @Test(arguments: [0, 250, 400])
    func `a phrase of a rare word and a common character is found where it stands`(folded: Int) async throws {
        let fixture = try fixture()
        if folded > 0 { try fixture.fold(limit: folded) }
        for query in ["DNA的", "\"DNA 的\"", "的DNA", "\"樣本的DNA的的\"", "「市政府的」", "\"DNA的樣本 DNA 的\""] {
            let difference = try await fixture.difference(query)
            #expect(difference == nil)
            let total = try await fixture.ids(query).count
            #expect(total > 0, "\(query) is found")
        }
    }

    @Test func `one character ranks by how often it stands, and its total does not depend on the order`() async throws {
        var fixture = try SearchFixture()
        let texts = (0..<200).map { number in
            String(repeating: "的一", count: number % 5) + String(repeating: "市政", count: 40 - number % 5)
        }
        try fixture.apply(texts.enumerated().map { .put(Self.document($0.offset, $0.element)) })
        try fixture.fold(limit: 120)
        var request = SearchRequest("的", viewer: SearchFixture.everyone, limit: 200, mode: .keywords)
        request.folds = false
        let ranked = try await fixture.index.search(request)
        #expect(ranked.total == .exact(160))
        let counts = ranked.hits.map { (Int($0.id.dropFirst()) ?? 0) % 5 }
        #expect(counts == counts.sorted(by: >), "more of the same is better")
        request.order = .date
        let dated = try await fixture.index.search(request)
        #expect(dated.total == ranked.total)
        #expect(Set(dated.hits.map(\.id)) == Set(ranked.hits.map(\.id)))
    }

    // MARK: - Long questions

    private static let common = "市政府各機關研究發展考核委員會秘書處資訊局教育局衛生局都市發展局環境保護局社會局勞動局文化局"
    private static let rare = "貓空纜車塔柱基礎掏空"

    @Test func `a long question is read by its rarest parts`() {
        let form = QuestionForm(Self.common + Self.rare)
        #expect(form.isLong)
        let rare = Set(QuestionForm(Self.rare).exactTerms)
        let frequencies = Dictionary(
            form.exactTerms.map { ($0, rare.contains($0) ? 2 : 10_000) }, uniquingKeysWith: { first, _ in first })
        let parts = form.telling(frequencies)
        #expect(parts.count == QuestionForm.mostParts)
        let kept = parts.map { $0.terms[0] }
        #expect(Set(kept).isSuperset(of: rare))
        #expect(kept == form.parts.map { $0.terms[0] }.filter(kept.contains), "in the order of the question")
        // Terms that no counted document holds do not take the place of those that tell.
        let gaps = frequencies.filter { $0.value == 2 || $0.key.hasPrefix("市") }
        let mixed = form.telling(gaps).map { $0.terms[0] }
        #expect(Set(mixed).isSuperset(of: gaps.keys))
        #expect(mixed.count == gaps.count + min(QuestionForm.mostParts, form.parts.count - gaps.count))
    }

    @Test func `a question of few parts is read as a whole`() {
        let form = QuestionForm(Self.rare)
        #expect(!form.isLong)
        #expect(form.telling([:]).map(\.terms) == form.parts.map(\.terms))
    }

    @Test(arguments: [0, 299, 300])
    func `a long question finds what its rare parts stand in, folded or not`(folded: Int) async throws {
        var fixture = try SearchFixture()
        var documents = (0..<299).map { Self.document($0, Self.common + "第\($0)次會議") }
        documents.append(Self.document(299, "請說明" + Self.rare + "一案"))
        try fixture.apply(documents.map { .put($0) })
        if folded > 0 { try fixture.fold(limit: folded) }
        let answer = try await fixture.index.search(
            SearchRequest(Self.common + Self.rare, viewer: SearchFixture.everyone, mode: .question))
        #expect(answer.hits.first?.id == "S299")
    }
}
