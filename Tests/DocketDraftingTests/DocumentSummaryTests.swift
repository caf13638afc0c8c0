import DocketCore
import DocketIngest
import DocketTestSupport
import Foundation
import Testing

@testable import DocketDrafting

@Suite struct DocumentSummaryTests {
    private static let letter = [
        "青嵐市政府秘書處　函", "受文者：本府各機關", "發文字號：青秘檔字第1130033018號",
        "主旨：本處檔案庫房漏水改善及檔案搬遷期間，調檔時間調\n整如說明，請查照。", "說明：",
        "一、搬遷期間自113年9月16日起至10月31日止，調檔時間由3個工作天延長為5個工作天，法院及議會調閱\n者不在此限。",
        "二、如有急需，請逕洽檔案科。", "正本：本府各機關",
    ]

    private static var source: SourceDocument {
        var text = ""
        var passages: [Passage] = []
        for (number, line) in letter.enumerated() {
            let start = text.utf8.count
            text += line + "\n"
            passages.append(Passage(number: number, kind: .paragraph, range: start..<text.utf8.count))
        }
        return SampleMeeting.document(text, passages, .letter)
    }

    private func draft(_ task: DraftRequest.Task, _ source: SourceDocument = source) async throws -> Draft {
        try await ExtractiveEngine().draft(DraftRequest(task, source: source, createdAt: "")) { _ in }
    }

    @Test func `a letter is summarised by its matter, not by its form`() async throws {
        let text = try await draft(.summary(length: 150)).blocks.map(\.text).joined()
        #expect(text.contains("延長為5個工作天"))
        for field in ["受文者", "字號", "正本", "說明："] { #expect(!text.contains(field)) }
    }

    @Test func `words that a line break cut are whole, and the citation leads to both lines`() async throws {
        let draft = try await draft(.summary(length: 150))
        let claim = try #require(draft.claims.first { $0.text.contains("調檔時間調整如說明") })
        let cited = Self.source.text(in: try #require(claim.citations.first).span.range)
        #expect(cited.contains("調檔時間調\n整如說明"))
    }

    @Test func `the title of a letter is its purpose without the closing phrase`() async throws {
        let draft = try await draft(.title())
        #expect(draft.title == "本處檔案庫房漏水改善及檔案搬遷期間，調檔時間調整如說明")
        #expect(draft.claims.first?.citations.isEmpty == false)
    }

    @Test func `the ledger tells form from matter`() async throws {
        let coverage = try await draft(.summary(length: 150)).coverage
        #expect(coverage[1].reason == "form" && coverage[7].reason == "form")
        #expect(coverage[5].use != .setAside)
    }

    @Test(arguments: ["letters", "reports", "petitions", "notices", "contracts"])
    func `papers of the corpus have summaries within their length that cite their own words`(folder: String)
        async throws
    {
        let url = CorpusMeeting.corpus.appending(path: "archive/\(folder)")
        let names = try FileManager.default.contentsOfDirectory(atPath: url.path).sorted().filter {
            $0.hasSuffix(".txt") || $0.hasSuffix(".md")
        }
        try #require(!names.isEmpty)
        for name in names {
            let result = try await ReaderRegistry.standard.read(ReaderInput(file: url.appending(path: name)))
            guard case .source(let source) = result else { continue }
            let draft = try await draft(.summary(length: 160), source)
            let text = draft.blocks.map(\.text).joined()
            let length = source.language.hasPrefix("zh") ? text.count : text.split(separator: " ").count
            #expect(length <= 160 && length > 0, "\(name)")
            #expect(draft.coverage.map(\.passage) == source.passages.map(\.number))
            for citation in draft.claims.flatMap(\.citations) {
                #expect(citation.words == SHA256Digest(of: source.text(in: citation.span.range)))
            }
        }
    }
}
