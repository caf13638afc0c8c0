import DocketCore
import Foundation
import Testing

@testable import DocketCataloguing

@Suite struct SubjectContentTests {
    private static func document(_ lines: [String]) -> SourceDocument {
        var (passages, start): ([Passage], Int) = ([], 0)
        for (number, line) in lines.enumerated() {
            let end = start + line.utf8.count + 1
            passages.append(Passage(number: number, kind: .paragraph, range: start..<end))
            start = end
        }
        return SourceDocument(
            kind: .document, title: "", language: "zh-Hant", text: lines.map { $0 + "\n" }.joined(), passages: passages,
            origin: Origin(
                fileName: "a.txt", sha256: SHA256Digest(of: "a"), byteCount: 1, mediaType: "text/plain", reader: "test")
        )
    }

    @Test func `labelled lines of a head say nothing of the subject, and places stay those of the source`() throws {
        let document = Self.document([
            "檔號：113/0301/2　保存年限：10年", "發文日期：中華民國113年3月5日", "市區道路路面改善計畫核定實施。", "出席：如簽到表",
        ])
        let content = SubjectDocument(title: "案", content: [DescribedSource(document, DocumentStructure())])
        #expect(content.text == "案\n市區道路路面改善計畫核定實施。\n")
        let words = try #require(content.text.range(of: "路面"))
        let lower = content.text.utf8.distance(from: content.text.startIndex, to: words.lowerBound)
        let citation = try #require(content.citation(lower..<lower + 6))
        #expect(document.text(in: citation.span.range) == "路面" && citation == document.citation(citation.span.range))
        #expect(content.citation(0..<3) == nil)
    }

    @Test func `a letter is about what it says, not about its labels`() {
        let document = Self.document(["發文日期：113年", "主旨：道路改善。", "說明：依會議。", "正本：工務局"])
        var letter = LetterStructure()
        let start = "發文日期：113年\n".utf8.count
        letter.purpose = Words("道路改善。", at: start + 9..<start + 24)
        let content = SubjectDocument(
            title: "", content: [DescribedSource(document, DocumentStructure(letter: letter))])
        #expect(content.text == "道路改善。")
    }

    @Test func `a document of labels alone is taken whole`() {
        let document = Self.document(["時間：上午", "地點：會議室"])
        let content = SubjectDocument(title: "", content: [DescribedSource(document, DocumentStructure())])
        #expect(content.text == document.text)
    }
}
