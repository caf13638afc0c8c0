import DocketCore
import Testing

@testable import DocketArchive

@Suite struct NearDuplicatesTests {
    private func document(
        _ id: String, _ text: String, source: String = "S", span: Range<Int>? = nil, kind: ResultKind = .passage
    ) -> IndexDocument {
        let source = SourceID(rawValue: source)
        return IndexDocument(
            id: id, kind: kind, source: source, title: "紀錄", isTitleSearched: false,
            fields: [IndexField(.body, text, span: span.map { SourceSpan(source, version: 1, $0) })])
    }

    private func isFolded(_ first: IndexDocument, _ second: IndexDocument) -> Bool {
        var duplicates = NearDuplicates()
        let isFirstFolded = duplicates.fold(DocumentKey(part: 0, doc: 1), first)
        #expect(!isFirstFolded)
        let isFolded = duplicates.fold(DocumentKey(part: 0, doc: 2), second)
        #expect(duplicates.folded == (isFolded ? [DocumentKey(part: 0, doc: 1): [DocumentKey(part: 0, doc: 2)]] : [:]))
        return isFolded
    }

    @Test func `a conclusion and the passage it stands in are one, and neighbours are two`() {
        let conclusion = document("c", "請文化局於10月底前完成。", span: 100..<130, kind: .conclusion)
        #expect(isFolded(conclusion, document("p", "會議結論：請文化局於10月底前完成。", span: 90..<130)))
        #expect(!isFolded(conclusion, document("p", "散會。", span: 130..<140)))
        #expect(!isFolded(conclusion, document("p", "請文化局", source: "T", span: 100..<130)))
    }

    @Test(arguments: [
        ("檢送本市公共場所設置地點清冊，請查照。", "檢送本市公共場所設置地點清冊,請查照", true),
        ("青嵐市政府第34次處務會議紀錄確定，無修正。", "青嵐市政府第33次處務會議紀錄確定，無修正。", false),
        ("請各機關於年底前完成盤點作業", "請各機關於年底前完成盤點作業，並將結果送秘書處彙整後提下次會議報告", false), ("同意。", "同意。", false),
    ])
    func `the same words elsewhere are one unless figures differ`(first: String, second: String, isSame: Bool) {
        #expect(isFolded(document("1", first), document("2", second, source: "T")) == isSame)
    }

    @Test func `folding changes neither the total nor what all pages show together`() async throws {
        var fixture = try SearchFixture()
        let documents = (0..<60).map { number in
            let text = "充電樁設置計畫第\(number % 20)案，請交通局於年底前完成並提報。"
            return document("D\(number)#0", text, source: "D\(number)")
        }
        try fixture.apply(documents.map { .put($0) })
        var request = SearchRequest("充電樁", viewer: SearchFixture.everyone, limit: 7)
        var shown: [String] = []
        repeat {
            let answer = try await fixture.index.search(request)
            #expect(answer.total == .exact(60))
            shown += answer.hits.flatMap { [$0.id] + $0.alike }
            request.page = answer.next
        } while request.page != nil
        #expect(shown.count == 60 && Set(shown).count == 60)
        request.page = nil
        request.limit = 60
        let whole = try await fixture.index.search(request)
        #expect(whole.hits.count == 20)
    }
}
