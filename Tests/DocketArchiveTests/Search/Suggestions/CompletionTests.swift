import DocketCore
import Testing

@testable import DocketArchive

@Suite struct CompletionTests {
    private let never = SearchDeadline(nil)

    private func fixture(isFolded: Bool) throws -> SearchFixture {
        try SuggestionLibrary.fixture(
            isFolded: isFolded,
            more: [
                SuggestionLibrary.document(80, "登山步道整修", series: "登山安全會報", agencies: ["衛生局", "教育局"]),
                SuggestionLibrary.document(81, "步道整修", series: "登山安全會報", agencies: ["衛生局"]),
                SuggestionLibrary.document(82, "登高計畫", level: .secret, series: "登高專案會議", agencies: ["衛生署"]),
            ])
    }

    @Test(arguments: [false, true])
    func `names and words that begin so come by their number of documents`(isFolded: Bool) async throws {
        let suggester = try fixture(isFolded: isFolded).suggester(Viewer(clearance: .public))
        let found = try await suggester.completions(of: "登", limit: 5, deadline: never)
        #expect(
            found == [
                QueryCompletion(text: "登山安全會報", kind: .series, documents: 2),
                QueryCompletion(text: "登革熱", kind: .word, documents: 2),
                QueryCompletion(text: "登山步道", kind: .word, documents: 1),
            ])
        let agencies = try await suggester.completions(of: "衛", limit: 5, deadline: never)
        #expect(agencies.first == QueryCompletion(text: "衛生局", kind: .agency, documents: 2))
        #expect(!agencies.contains { $0.text == "衛生署" })
    }

    @Test func `what only others may see is not offered`() async throws {
        let fixture = try fixture(isFolded: true)
        let all = try await fixture.suggester().completions(of: "登高", limit: 9, deadline: never)
        #expect(Set(all.map(\.text)) == ["登高專案會議", "登高計畫"])
        let outsider = fixture.suggester(Viewer(clearance: .public))
        #expect(try await outsider.completions(of: "登高", limit: 9, deadline: never) == [])
    }

    @Test func `words of letters are completed`() async throws {
        let suggester = try fixture(isFolded: true).suggester()
        let found = try await suggester.completions(of: "the Meta", limit: 3, deadline: never)
        #expect(found == [QueryCompletion(text: "the Metadata", kind: .word, documents: 2)])
    }

    @Test func `what stands before is kept, and no more than asked for is given`() async throws {
        let suggester = try fixture(isFolded: false).suggester()
        let found = try await suggester.completions(of: "GIS 充電", limit: 1, deadline: never)
        #expect(found == [QueryCompletion(text: "GIS 充電樁", kind: .word, documents: 2)])
        #expect(try await suggester.completions(of: "登", limit: 0, deadline: never) == [])
        #expect(try await suggester.completions(of: "  ", limit: 3, deadline: never) == [])
    }
}

@Suite struct RelatedWordsTests {
    @Test func `the longest parts that find something are given with their counts`() async throws {
        let suggester = try SuggestionLibrary.fixture().suggester()
        let found = try await suggester.related(to: ["登革熱充電樁公投"], deadline: SearchDeadline(nil))
        #expect(found == [RelatedWords(text: "充電樁", documents: 2), RelatedWords(text: "登革熱", documents: 2)])
        let mixed = try await suggester.related(to: ["crosswalk", "zzzz", "賡續列管表"], deadline: SearchDeadline(nil))
        #expect(
            mixed == [RelatedWords(text: "crosswalk", documents: 1), RelatedWords(text: "賡續列管", documents: 2)])
    }

    @Test func `parts that only others may see are not given`() async throws {
        let hidden = [SuggestionLibrary.document(50, "天網計畫執行進度", level: .confidential)]
        let fixture = try SuggestionLibrary.fixture(more: hidden)
        let query = ["天網計畫充電樁"]
        let all = try await fixture.suggester().related(to: query, deadline: SearchDeadline(nil))
        #expect(all.map(\.text) == ["天網計畫", "充電樁"])
        let viewer = Viewer(clearance: .public)
        let some = try await fixture.suggester(viewer).related(to: query, deadline: SearchDeadline(nil))
        #expect(some.map(\.text) == ["充電樁"])
    }
}
