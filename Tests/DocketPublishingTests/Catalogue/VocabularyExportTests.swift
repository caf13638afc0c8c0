import DocketCore
import DocketIngest
import DocketTestSupport
import DocketText
import Foundation
import Testing

@testable import DocketPublishing

@Suite struct VocabularyExportTests {
    private func read(_ text: String, named name: String) throws -> Vocabulary {
        try VocabularyReader.read(ReaderInput(data: Data(text.utf8), fileName: "x"), named: name).vocabulary
    }

    /// The vocabulary without what each reading makes anew.
    private func content(_ vocabulary: Vocabulary) throws -> Vocabulary {
        try Vocabulary(
            id: VocabularyID(rawValue: ""), name: vocabulary.name, title: vocabulary.title,
            languages: vocabulary.languages, statedVersion: vocabulary.statedVersion, licence: vocabulary.licence,
            sourceDigest: SHA256Digest(of: ""), concepts: vocabulary.concepts)
    }

    private func made(_ seed: UInt64) throws -> Vocabulary {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...12, using: &random)
        func chance() -> Bool { Bool.random(using: &random) }
        let pieces = ["檔", "案", "\"", "\\", "<", "&", "'", "é", "𠮷", "a", "@", ".", ";"]
        func words() -> String {
            (0...Int.random(in: 0...5, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }
                .joined()
        }
        var concepts = (0..<count).map { number in
            var concept = Vocabulary.Concept(uri: "https://example.org/c/\(number + 10)?x=%3C\(number)&y=é")
            if chance() { concept.notation = "N.\(number)" }
            concept.labels = [.init(.preferred, "\(number)" + words(), language: "zh-Hant")]
            if chance() { concept.labels.append(.init(.preferred, "term \(number)", language: "en")) }
            if chance() { concept.labels.append(.init(.alternative, "alt\(number) " + words())) }
            if chance() { concept.labels.append(.init(.hidden, "hid\(number)", language: "en")) }
            for kind in Vocabulary.NoteKind.allCases where chance() {
                concept.notes.append(.init(kind, words() + "\n\tx", language: chance() ? "en" : ""))
            }
            concept.notes.sort { $0.kind.rawValue < $1.kind.rawValue }
            if chance() { concept.kind = Vocabulary.Kind.allCases.randomElement(using: &random) }
            return concept
        }
        for position in concepts.indices.dropFirst() {
            let above = Int.random(in: 0..<position, using: &random)
            if chance() {
                concepts[position].broader = [Int32(above)]
                concepts[above].narrower.append(Int32(position))
            } else if chance() {
                concepts[position].related.append(Int32(above))
                concepts[above].related.append(Int32(position))
            }
            if chance() { concepts[position].status = .deprecated(replacedBy: chance() ? [Int32(above)] : []) }
        }
        for position in concepts.indices { concepts[position].related = Set(concepts[position].related).sorted() }
        let languages = Set(concepts.flatMap(\.labels).map(\.language)).sorted()
        return try Vocabulary(
            id: .make(), name: "試/驗 1", title: "試驗\"詞彙", languages: languages, statedVersion: chance() ? "1.2" : nil,
            licence: chance() ? "https://creativecommons.org/publicdomain/zero/1.0/" : chance() ? "CC0 & 其他" : nil,
            sourceDigest: SHA256Digest(of: ""), concepts: concepts)
    }

    @Test(arguments: VocabularyExport.Format.allCases, [UInt64](0..<80))
    func `a vocabulary comes back as it went out`(format: VocabularyExport.Format, seed: UInt64) throws {
        let vocabulary = try made(seed)
        let text = VocabularyExport(vocabulary).text(as: format)
        #expect(try content(read(text, named: vocabulary.name)) == content(vocabulary), "seed \(seed)")
        #expect(VocabularyExport(vocabulary).text(as: format) == text)
    }

    @Test(.enabled(if: ReferenceData.isAvailable, "DOCKET_REFERENCE_DATA is not set"))
    func `a thesaurus of thousands of concepts comes back as it went out`() throws {
        let folder = ReferenceData.url("vocab")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).first {
                $0.hasSuffix(".ttl")
            })
        let read = try VocabularyReader.read(ReaderInput(file: folder.appending(path: name)), named: "stw").vocabulary
        #expect(read.concepts.count > 5000)
        let back = try self.read(VocabularyExport(read).text(as: .rdfXML), named: "stw")
        #expect(back.concepts == read.concepts)
        #expect(back.title == read.title && back.licence == read.licence && back.statedVersion == read.statedVersion)
    }
}
