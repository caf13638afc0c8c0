import DocketCore
import Testing

struct SourceDocumentTests {
    private func document(_ text: String, _ ranges: [Range<Int>]) -> SourceDocument {
        SourceDocument(
            kind: .document, title: "", language: "zh-Hant", text: text,
            passages: ranges.enumerated().map { Passage(number: $0.offset, kind: .paragraph, range: $0.element) },
            origin: Origin(
                fileName: "a.txt", sha256: SHA256Digest(of: text), byteCount: text.utf8.count,
                mediaType: "text/plain", reader: "test/1"))
    }

    @Test func `passages that leave a gap, overlap or cut a character are no partition`() {
        #expect(document("決議\n備查", [0..<7, 7..<13]).isPartitioned)
        #expect(!document("決議\n備查", [0..<6, 7..<13]).isPartitioned)
        #expect(!document("決議\n備查", [0..<8, 7..<13]).isPartitioned)
        #expect(!document("決議\n備查", [0..<8, 8..<13]).isPartitioned)
        #expect(!document("決議\n備查", [0..<7]).isPartitioned)
        #expect(document("", []).isPartitioned)
    }

    @Test func `words of a range are moved outward to whole characters`() {
        let source = document("決議", [0..<6])
        #expect(source.text(in: 0..<3) == "決")
        #expect(source.text(in: 1..<4) == "決議")
        #expect(source.text(in: -5..<99) == "決議")
    }

    @Test func `a citation notices that its words have changed`() {
        let source = document("照案通過。", [0..<15])
        let citation = source.citation(0..<12)
        #expect(citation.words == SHA256Digest(of: "照案通過"))
        #expect(citation.words != SHA256Digest(of: "照案退回"))
    }

    @Test func `a viewer sees by level and by scope`() {
        let viewer = Viewer(clearance: .internal, scopes: ["教育局"])
        #expect(viewer.sees(.public, scope: ""))
        #expect(viewer.sees(.internal, scope: "教育局"))
        #expect(!viewer.sees(.internal, scope: "工務局"))
        #expect(!viewer.sees(.restricted, scope: "教育局"))
        #expect(Viewer(clearance: .topSecret).sees(.secret, scope: "任何"))
    }
}
