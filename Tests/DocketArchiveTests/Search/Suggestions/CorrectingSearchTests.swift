import DocketCore
import DocketTestSupport
import Testing

@testable import DocketArchive

@Suite struct CorrectingSearchTests {
    private func search(
        _ text: String, _ fixture: SearchFixture, viewer: Viewer = SearchFixture.everyone, literal: Set<String> = []
    ) async throws -> SearchAnswer {
        var request = SearchRequest(text, viewer: viewer)
        request.literal = literal
        return try await CorrectingSearch(index: fixture.index).search(request)
    }

    @Test(arguments: [("登格熱病例", "登革熱", "T0"), ("充電椿 機車", "充電樁", "T3"), ("crosswlk", "crosswalk", "T7")])
    func `what was typed and stands nowhere is looked for as the library spells it`(
        text: String, found: String, first: String
    ) async throws {
        let fixture = try SuggestionLibrary.fixture()
        let answer = try await search(text, fixture)
        #expect(answer.hits.first?.id == first)
        let spelling = answer.reading.understood.filter { $0.kind == .spelling }
        #expect(spelling.contains { $0.meaning.contains(found) }, "\(answer.reading.understood)")
        let literal = try await search(
            text, fixture, literal: [text.split(separator: " ").first.map(String.init) ?? ""])
        #expect(!literal.reading.understood.contains { $0.kind == .spelling })
    }

    @Test func `what is found is never changed, and nothing is told of what may not be seen`() async throws {
        let secret = SuggestionLibrary.document(90, "跨年晚會安全維護計畫", level: .secret)
        let fixture = try SuggestionLibrary.fixture(more: [secret])
        let answer = try await search("登革熱", fixture)
        #expect(answer.corrections.isEmpty && answer.reading.breadth == .exact)
        #expect(try await search("跨年晚惠", fixture).hits.first?.id == "T90")
        let hidden = try await search("跨年晚惠", fixture, viewer: Viewer(clearance: .public))
        #expect(hidden.corrections.isEmpty && hidden.hits.isEmpty && hidden.related.isEmpty)
    }

    @Test func `where nothing is found the parts that find something are named`() async throws {
        let fixture = try SuggestionLibrary.fixture()
        var request = SearchRequest("充電樁捷運", viewer: SearchFixture.everyone, mode: .keywords)
        request.folds = false
        let answer = try await CorrectingSearch(index: fixture.index).search(request)
        #expect(answer.total == .exact(0))
        #expect(answer.related.first?.text == "充電樁" && answer.related.first?.documents == 2)
    }
}
