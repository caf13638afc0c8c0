import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// One entry of the corpus's index with what its author says is in it.
struct CorpusEntry: Decodable, Sendable, CustomTestStringConvertible {
    struct Expected: Decodable, Sendable {
        var utterances: Int?
        var records: Int?
        var outline: [String]?
        var ocrWords: [String]?
        var tables: Int?
        var pages: Int?
    }

    let path: String
    let kind: String
    let language: String
    let format: String
    let encoding: String
    let date: String?
    let expected: Expected?

    var testDescription: String { path }

    private struct Index: Decodable {
        let entries: [CorpusEntry]
    }

    static let all: [CorpusEntry] = {
        guard let data = try? CorpusFile.data("index.json"),  // Without the corpus the suite is skipped.
            let index = try? JSONDecoder().decode(Index.self, from: data)
        else { return [] }
        return index.entries.filter { SourceKind(rawValue: $0.kind) != nil }
    }()

    func sources() async throws -> [SourceDocument] {
        let input = try ReaderInput(file: CorpusFile.root.appending(path: path))
        return DocketIngestTests.sources(try await ReaderRegistry.standard.read(input))
    }
}

@Suite(.enabled(if: !CorpusEntry.all.isEmpty, "the corpus is not there"))
struct CorpusReadingTests {
    private static let readers = [
        "txt": ["plain-text/1", "labelled-transcript/1", "csv/1", "markdown/1"],
        "markdown": ["markdown/1", "plain-text/1"],
        "csv": ["csv/1"], "html": ["html/1"], "docx": ["docx/1"], "odt": ["odt/1"], "webvtt": ["webvtt/1"],
        "srt": ["subrip/1"], "speaker-lines": ["labelled-transcript/1"], "pdf": ["pdf/1"], "png": ["image/1"],
        "whisperx-json": ["whisper-json/1"], "whisper-json-openai": ["whisper-json/1"], "jsonl": ["json-lines/1"],
    ]

    /// The index calls public notices and plans plain documents; by their form the first are letters, the second reports.
    private static func kinds(_ entry: CorpusEntry, _ source: SourceDocument) -> Set<String> {
        if entry.kind == "document", entry.path.hasPrefix("archive/notices/") { return ["document", "letter"] }
        if entry.kind == "document", source.title.contains("計畫") { return ["report"] }
        return [entry.kind]
    }

    @Test(arguments: CorpusEntry.all)
    func `every file is read by the reader of its form, as the kind that it is`(entry: CorpusEntry) async throws {
        let found = try await entry.sources()
        let first = try #require(found.first)
        for source in found { expectSound(source) }
        #expect(Self.readers[entry.format]?.contains(first.origin.reader) ?? false, "\(first.origin.reader)")
        #expect(Self.kinds(entry, first).contains(first.kind.rawValue), "\(first.kind)")
        #expect(first.language == entry.language)
        // A date of the head is the date of the paper; some papers are dated by their content alone.
        if let date = first.date, let expected = entry.date, found.count == 1 { #expect(date == expected) }
        if let encoding = first.origin.encoding, entry.encoding.hasPrefix("UTF-16") || entry.encoding == "CP950" {
            #expect(encoding.hasPrefix(entry.encoding))
        }
        if let count = entry.expected?.records { #expect(found.count == count) }
        if let count = entry.expected?.utterances {
            let doubtful = Set(first.findings.filter { $0.rule == "READ-06" }.flatMap { $0.place.spans.map(\.start) })
            #expect(first.passages.filter { $0.mark == nil && !doubtful.contains($0.start) }.count == count)
        }
        if let pages = entry.expected?.pages { #expect(first.passages.last?.locator?.page == pages) }
    }

    @Test(arguments: CorpusEntry.all.filter { $0.expected?.outline != nil && ["docx", "odt"].contains($0.format) })
    func `automatic numbers are in the text`(entry: CorpusEntry) async throws {
        let source = try #require(try await entry.sources().first)
        let markers = source.words.compactMap { words -> String? in
            guard let marker = LeadingMarker(words) else { return nil }
            return String(decoding: Array(words.utf8)[..<marker.length], as: UTF8.self)
                .trimmingCharacters(in: .whitespaces)
        }
        #expect(markers == entry.expected?.outline)
        if let tables = entry.expected?.tables {
            #expect(Set(source.passages.compactMap { $0.locator?.table }).count == tables)
        }
    }

    @Test(arguments: CorpusEntry.all.filter { $0.expected?.ocrWords != nil })
    func `a scanned page gives its words, boxes and confidence`(entry: CorpusEntry) async throws {
        let source = try #require(try await entry.sources().first)
        let ink = source.text.filter { !$0.isWhitespace }
        for words in entry.expected?.ocrWords ?? [] { #expect(ink.contains(words), "\(words)") }
        for passage in source.passages {
            let locator = try #require(passage.locator)
            #expect(locator.page == 1 && locator.box?.count == 4)
            #expect((0...1).contains(locator.confidence ?? -1))
        }
        #expect(source.findings.map(\.rule) == ["READ-05"])
    }
}
