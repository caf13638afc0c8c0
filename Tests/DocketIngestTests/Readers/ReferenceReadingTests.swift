import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// Everything in the reference data that is a document or a transcript is read.
@Suite(.enabled(if: ReferenceData.isAvailable, "reference data not found (DOCKET_REFERENCE_DATA)"))
struct ReferenceReadingTests {
    private func sources(_ path: String) async throws -> [SourceDocument] {
        let input = try ReaderInput(file: ReferenceData.url(path))
        return DocketIngestTests.sources(try await ReaderRegistry.standard.read(input))
    }

    private static let papers = "taipei/taipei-"

    @Test(arguments: [
        ("chief-secretaries-meeting-213-minutes-2021.txt", SourceKind.minutes),
        ("secretariat-annual-plan-2026.txt", .report), ("secretariat-work-report-2022h1.txt", .report),
    ])
    func `the papers of Taipei keep every byte`(name: String, kind: SourceKind) async throws {
        let source = try #require(try await sources(Self.papers + name).first)
        expectSound(source)
        #expect(source.text == (try ReferenceData.text(Self.papers + name)))
        #expect(source.kind == kind)
        #expect(source.date == (kind == .minutes ? "2021-10-26" : nil))
        #expect(["紀錄", "施政計畫", "工作報告"].contains { source.title.hasSuffix($0) })
        #expect(source.language == "zh-Hant")
        #expect(source.passages.filter { $0.level != nil }.count >= 10)
    }

    @Test(arguments: [
        "ami/meetings.jsonl", "archive-tw-choi/meetings.jsonl", "archive-tw-meetings/meetings.jsonl",
        "archive-tw-officehour/meetings.jsonl", "ly-minutes-pair/meetings.jsonl", "qmsum/meetings.jsonl",
        "vcsum/meetings.zh-Hans.jsonl", "vcsum/meetings.zh-Hant.jsonl",
    ])
    func `meeting records give every utterance in its place`(path: String) async throws {
        let lines = try ReferenceData.lines(path)
        let found = try await sources(path)
        #expect(found.count == lines.count)
        for (source, line) in zip(found, lines) {
            expectSound(source)
            let record = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            let utterances = try #require(record["utterances"] as? [[String: Any]])
            let words = utterances.map { $0["text"] as? String ?? "" }
            #expect(source.text == words.joined(separator: "\n"))
            #expect(source.passages.count == utterances.count)
            #expect(source.passages.map { $0.speaker ?? "" } == utterances.map { $0["speaker"] as? String ?? "" })
            #expect(source.kind == .transcript)
            #expect(source.language == record["lang"] as? String)
            #expect(source.facts["external"] == record["id"] as? String)
        }
    }

    @Test(arguments: [
        ("csl/records.jsonl", 1000), ("annif-archaeology/records.jsonl", 1500), ("drcd-retrieval/corpus.jsonl", 1000),
        ("vcsum-retrieval/corpus.jsonl", 135),
    ])
    func `catalogue and search records are read one by one`(path: String, count: Int) async throws {
        let found = try await sources(path)
        #expect(found.count == count)
        #expect(found.allSatisfy { $0.kind == .record && $0.isPartitioned && $0.facts["external"] != nil })
        #expect(Set(found.map(\.facts["external"])).count == count)
    }

    @Test func `the three forms of one meeting give the same words, speakers and times`() async throws {
        let vtt = try #require(try await sources("formats/ami-ES2009a.vtt").first)
        let srt = try #require(try await sources("formats/ami-ES2009a.srt").first)
        expectSound(vtt)
        #expect(vtt.passages.count > 300)
        #expect(vtt.text == srt.text)
        #expect(vtt.passages.map(\.speaker) == srt.passages.map(\.speaker))
        #expect(vtt.passages.map(\.time) == srt.passages.map(\.time))
        #expect(Set(vtt.passages.map(\.speaker)) == ["A", "B", "C", "D"])
    }

    @Test(arguments: [1, 2, 3])
    func `raw Akoma Ntoso has the speeches of its published transcript`(number: Int) async throws {
        let source = try #require(try await sources("archive-tw-raw/akoma-ntoso-\(number).an.xml").first)
        expectSound(source)
        #expect(source.kind == .transcript)
        #expect(source.date != nil && source.title.hasPrefix(source.date ?? "-"))
        let raw = try ReferenceData.text("archive-tw-raw/akoma-ntoso-\(number).an.xml")
        #expect(source.passages.filter { $0.speaker != nil }.count == raw.components(separatedBy: "<speech").count - 1)
        #expect(!source.text.contains("<") && !source.text.contains("  "))
        // The same meeting is in the record sets: the words, the speakers and the asides have to be the same.
        let records =
            try await sources("archive-tw-meetings/meetings.jsonl")
            + sources("archive-tw-officehour/meetings.jsonl")
        let record = try #require(records.first { $0.title == source.title })
        let spoken = source.passages.filter { $0.kind == .utterance }
        #expect(spoken.map { source.text(in: $0.range).trimmingCharacters(in: .newlines) } == record.words)
        #expect(spoken.map(\.speaker) == record.passages.map(\.speaker))
        #expect(spoken.map(\.mark) == record.passages.map(\.mark))
    }
}
