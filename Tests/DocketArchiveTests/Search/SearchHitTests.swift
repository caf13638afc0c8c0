import DocketCore
import Foundation
import GRDB
import Testing

@testable import DocketArchive

@Suite struct SearchHitTests {
    private let source = SourceID(rawValue: "01HZX")

    private func fixture(_ documents: [IndexDocument]) throws -> SearchFixture {
        var fixture = try SearchFixture()
        try fixture.apply(documents.map { .put($0) })
        return fixture
    }

    private func document(_ text: String, title: String = "會議紀錄", number: Int = 0) -> IndexDocument {
        IndexDocument(
            id: "01HZX#\(number)", kind: .conclusion, source: source, ordinal: number, title: title,
            fields: [IndexField(.conclusion, text)], date: "2021-10-26", facts: ["meeting": "213"])
    }

    private func search(
        _ text: String, _ fixture: SearchFixture, _ change: (inout SearchRequest) -> Void = { _ in }
    ) async throws -> SearchAnswer {
        var request = SearchRequest(text, viewer: SearchFixture.everyone, mode: .keywords)
        change(&request)
        return try await fixture.index.search(request)
    }

    private func marked(_ hit: SearchHit) -> [String] {
        hit.highlights.map { String(decoding: Array(hit.snippet.utf8)[$0], as: UTF8.self) }
    }

    @Test func `a hit shows the words as stored, with their places`() async throws {
        let fixture = try fixture([document("請台北市各機關使用悠遊卡，實聯制不另登記。")])
        let hit = try #require(try await search("臺北市 悠遊卡 實联制", fixture).hits.first)
        #expect(hit.snippet == "請台北市各機關使用悠遊卡，實聯制不另登記。")
        #expect(marked(hit) == ["台北市", "悠遊卡", "實聯制"])
        #expect(hit.why.map(\.query) == ["臺北市", "悠遊卡", "實联制"])
        #expect(hit.why.map(\.found) == ["台北市", "悠遊卡", "實聯制"])
        #expect(hit.why.allSatisfy { $0.field == .conclusion && $0.form == .words && $0.count == 1 })
        #expect(hit.kind == .conclusion && hit.date == "2021-10-26" && hit.facts["meeting"] == "213" && hit.score > 0)
    }

    @Test(arguments: [
        ("2021-10-26", "請於110年10月26日前報局", "110年10月26日", MatchReason.Form.date),
        ("110年10月", "自2021-10-26起", "2021-10-26", .date), ("37,000", "計三萬七千件", "三萬七千", .number),
        ("三萬七千", "計3萬7,000件", "3萬7,000", .number), ("meetings", "one meeting was held", "meeting", .stem),
    ])
    func `numbers, dates and words meet in other forms, and the hit says which`(
        query: String, text: String, found: String, form: MatchReason.Form
    ) async throws {
        let fixture = try fixture([document(text)])
        let answer = try await search(query, fixture)
        let hit = try #require(answer.hits.first)
        #expect(hit.why == [MatchReason(query: query, found: found, form: form, field: .conclusion, count: 1)])
        #expect(marked(hit) == [found])
        let quoted = try await search("\"\(query)\"", fixture)
        #expect(quoted.total == .exact(0), "quotation marks ask for the words as they are")
    }

    @Test func `a road is not a number`() async throws {
        let fixture = try fixture([document("三民路"), document("3民路", number: 1)])
        #expect(try await search("三民路", fixture).hits.map(\.id) == ["01HZX#0"])
        #expect(try await search("3民路", fixture).hits.map(\.id) == ["01HZX#1"])
    }

    @Test func `a long text is shown where it tells most`() async throws {
        let text = String(repeating: "前言與說明文字。", count: 200) + "請教育局就悠遊卡實聯制辦理見復。" + String(repeating: "後語。", count: 300)
        var document = self.document("")
        document.fields = [IndexField(.body, text, span: SourceSpan(source, version: 1, 100..<100 + text.utf8.count))]
        let index = PostingSearchIndex(
            SQLitePostingSource(try fixture([document]).writer) { span, _ in span.start == 100 ? text : nil })
        let answer = try await index.search(
            SearchRequest("悠遊卡 教育局", viewer: SearchFixture.everyone, snippetLength: 40))
        let hit = try #require(answer.hits.first)
        #expect(hit.snippet.unicodeScalars.count <= 40)
        #expect(hit.snippet.hasPrefix("請教育局就悠遊卡") && marked(hit) == ["教育局", "悠遊卡"])
        let span = try #require(hit.span)
        #expect(String(decoding: Array(text.utf8)[span.start - 100..<span.end - 100], as: UTF8.self) == hit.snippet)
    }

    @Test func `rarer, denser and weightier words come first`() async throws {
        let fixture = try fixture([
            document("請辦理", number: 0), document("請辦理悠遊卡" + String(repeating: "與其他事項", count: 40), number: 1),
            document("請辦理悠遊卡", number: 2), document("請辦理", title: "悠遊卡", number: 3),
        ])
        let hits = try await search("悠遊卡 OR 辦理", fixture).hits.map(\.id)
        #expect(hits.last == "01HZX#0")
        #expect(hits.firstIndex(of: "01HZX#2").map { $0 < 2 } == true)
        #expect(hits.firstIndex(of: "01HZX#1") == 2)
    }

    @Test func `a question finds the passage that answers it`() async throws {
        var documents = (0..<60).map { document("第\($0)案 請各機關依規定辦理會議紀錄", number: $0) }
        documents.append(document("實聯制登記改以悠遊卡為之，由資訊局負責", number: 60))
        let fixture = try fixture(documents)
        let answer = try await search("請問誰負責悠遊卡實聯制的登記？", fixture) {
            $0.limit = 5
            $0.mode = .automatic
        }
        #expect(answer.mode == .question)
        #expect(answer.hits.first?.id == "01HZX#60")
        var ids: [String] = []
        var request = SearchRequest("請問誰負責會議紀錄的登記？", viewer: SearchFixture.everyone, limit: 9)
        repeat {
            let page = try await fixture.index.search(request)
            ids += page.hits.map(\.id)
            request.page = page.next
            if page.next == nil { #expect(page.total == .exact(ids.count)) }
        } while request.page != nil
        #expect(Set(ids).count == ids.count && ids.count >= 60)
    }

    @Test func `time that ran out and pages of others are refused`() async throws {
        let fixture = try fixture([document("請辦理")])
        await #expect(throws: ArchiveError.self) {
            try await search("辦理", fixture) { $0.timeLimit = .nanoseconds(1) }
        }
        await #expect(throws: ArchiveError.self) {
            try await search("辦理", fixture) { $0.page = PageToken(rawValue: "x_y") }
        }
        await #expect(throws: CancellationError.self) {
            try await Task {
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await search("辦理", fixture)
            }.value
        }
    }
}
