import DocketCore
import Foundation
import Testing

@Suite struct CatalogueEntryTests {
    @Test(arguments: [
        ("110/0301/2/1/004", ["110", "0301", "2", "1", "004"]),
        ("0099－1551－09900250－2－12", ["0099", "1551", "09900250", "2", "12"]),
        ("100=M3B05=001=101=001", ["100", "M3B05", "001", "101", "001"]),
        ("１１０／Ａ-01／２", ["110", "A-01", "2"]), ("74/0801/2", ["74", "0801", "2"]),
        ("110 / 0301 / 2", ["110", "0301", "2"]),
    ])
    func `a file number is read with its parts as they are`(text: String, parts: [String]) throws {
        let number = try #require(FileNumber(text))
        #expect(number.parts == parts)
        #expect(FileNumber(number.text)?.parts == parts)
        #expect(number.folder.parts == Array(parts.prefix(3)))
    }

    @Test(arguments: ["", "110", "110/0301", "110//2/1/004", "1/2/3/4/5/6", "110/0301/ "])
    func `what is no file number is none`(text: String) { #expect(FileNumber(text) == nil) }

    @Test func `numerals are ordered by value and compared by text`() throws {
        let texts = ["110/0301/10", "110/0301/2/1/001", "98/0407/12", "110/0301/2"]
        #expect(
            try texts.map { try #require(FileNumber($0)) }.sorted().map(\.text) == [
                texts[2], texts[3], texts[1], texts[0],
            ])
        #expect(FileNumber("110/0301/02") != FileNumber("110/0301/2"))
    }

    @Test func `an entry comes back as it was written, its fields under their names`() throws {
        let document = SourceDocument(
            kind: .letter, title: "函", language: "zh-Hant", text: "主旨：試辦", passages: [],
            origin: Origin(
                fileName: "a.txt", sha256: SHA256Digest(of: "a"), byteCount: 1, mediaType: "text/plain", reader: "test")
        )
        let entry = CatalogueEntry(
            level: .item, fileNumber: FileNumber("110/0301/2/1/004"),
            fields: [
                .subject: DescribedField(["試辦"], by: .model, evidence: [[document.citation(9..<15)]]),
                .attachments: .empty(LocalizedText(zhHant: "來文未載附件", en: "the letter names none")),
            ],
            subjects: [SubjectTerm("電子領據", kind: .topic, concept: ConceptReference(vocabulary: "a", uri: "urn:a"))],
            proposals: [ProposedTerm("領據系統", score: 1)], notes: [CatalogueNote("原件破損")], sources: [document.id],
            classification: .restricted)
        let data = try JSONEncoder().encode(entry)
        #expect(try JSONDecoder().decode(CatalogueEntry.self, from: data) == entry)
        #expect(String(decoding: data, as: UTF8.self).contains("\"attachments\":{"))
        #expect(entry[.subject] == "試辦" && entry[.attachments] == nil)
        let unknown = Data(#"{"id":"a","level":"item","classification":"public","fields":{"x":{}}}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(CatalogueEntry.self, from: unknown) }
    }
}
