import DocketCore
import DocketIngest
import DocketTestSupport
import Foundation
import Testing

@Suite struct CorpusSegmentationTests {
    /// A transcript of the corpus with the items that its index says were treated.
    struct Talk: Sendable, CustomTestStringConvertible {
        let path: String
        let utterances: Int
        let items: [String: Int]
        var testDescription: String { path }
    }

    static let talks: [Talk] = {
        guard let data = try? CorpusFile.data("index.json"),
            let index = try? JSONDecoder().decode(Index.self, from: data)
        else { return [] }
        return index.entries.compactMap { entry in
            guard entry.kind == "transcript", let segments = entry.expected?.segments else { return nil }
            return Talk(
                path: entry.path, utterances: entry.expected?.utterances ?? 0,
                items: Dictionary(segments.map { ($0.item, $0.first) }, uniquingKeysWith: { first, _ in first }))
        }
    }()

    private struct Index: Decodable {
        struct Entry: Decodable {
            struct Expected: Decodable {
                struct Part: Decodable {
                    let item: String
                    let first: Int
                }
                let utterances: Int?
                let segments: [Part]?
            }
            let path: String
            let kind: String
            let expected: Expected?

            enum CodingKeys: CodingKey { case path, kind, expected }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                path = try container.decode(String.self, forKey: .path)
                kind = try container.decode(String.self, forKey: .kind)
                // Entries of other kinds expect other things.
                expected = kind == "transcript" ? try container.decodeIfPresent(Expected.self, forKey: .expected) : nil
            }
        }
        let entries: [Entry]
    }

    @Test func `the corpus has transcripts with agendas`() {
        #expect(Self.talks.count >= 8)
    }

    @Test(arguments: talks)
    func `items begin where the chair calls them`(talk: Talk) async throws {
        let folder = (talk.path as NSString).deletingLastPathComponent
        let files = try FileManager.default.contentsOfDirectory(atPath: CorpusFile.root.appending(path: folder).path)
        let agenda = try #require(files.first { $0.hasPrefix("agenda") && !$0.hasSuffix(".yaml") })
        let items = try #require(
            try await structure(ofCorpus: "\(folder)/\(agenda)", kind: .agenda).structure.minutes?.items)
        let source = try await structure(ofCorpus: talk.path, kind: .transcript).source
        let utterances = source.passages.filter { $0.kind == .utterance }.map(\.number)
        // The index counts what was said; readers may keep heading lines as utterances too.
        let excess = abs(utterances.count - talk.utterances)
        try #require(excess <= 6)
        let place = Dictionary(uniqueKeysWithValues: utterances.enumerated().map { ($1, $0) })
        let segments = TranscriptSegmenter().segments(of: source, agenda: items)
        var starts: [String: Int] = [:]
        for segment in segments { if let path = segment.path { starts[path] = place[segment.firstPassage] } }
        // What is said before the first item is called is a preamble here and part of the item in the index.
        let wanted = talk.items.filter { $0.value > 0 && starts.keys.contains($0.key) }
        #expect(wanted.count * 10 >= items.count * 6)
        let right = wanted.filter { abs((starts[$0.key] ?? -100) - $0.value) <= 2 + excess }
        #expect(right.count * 10 >= wanted.count * 9, "\(wanted.filter { starts[$0.key] != $0.value }) \(starts)")
        #expect(segments.first?.firstPassage == 0 && segments.last?.lastPassage == source.passages.count - 1)
    }

    @Test func `sections of a document follow its outline`() async throws {
        let (source, structure) = try await structure(ofCorpus: "meetings/chief-secretaries/062/minutes.txt")
        let segments = DocumentSegmenter().segments(of: source, outline: structure.outline)
        #expect(segments.first?.firstPassage == 0 && segments.last?.lastPassage == source.passages.count - 1)
        for (one, two) in zip(segments, segments.dropFirst()) { #expect(two.firstPassage == one.lastPassage + 1) }
        #expect(segments.compactMap(\.path).contains("貳.一"))
        #expect(segments.first?.kind == .preamble)
    }
}
