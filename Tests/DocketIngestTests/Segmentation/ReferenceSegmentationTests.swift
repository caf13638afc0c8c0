import DocketIngest
import DocketTestSupport
import Foundation
import Testing

@Suite(.enabled(if: ReferenceData.isAvailable, "no reference data"))
struct ReferenceSegmentationTests {
    private struct Meeting: Decodable {
        struct Utterance: Decodable {
            let speaker: String?
            let text: String
            let kind: String?
        }
        struct Part: Decodable {
            let start: Int
            enum CodingKeys: String, CodingKey { case start = "start_utt" }
        }
        let id: String
        let utterances: [Utterance]
        let parts: [Part]
        enum CodingKeys: String, CodingKey {
            case id, utterances
            case parts = "topic_segments"
        }

        var turns: [SpokenTurn] { utterances.map { SpokenTurn(speaker: $0.speaker, text: $0.text, mark: $0.kind) } }
    }

    private func meetings(_ path: String, _ count: Int) throws -> [Meeting] {
        try ReferenceData.lines(path).prefix(count).map { try JSONDecoder().decode(Meeting.self, from: $0) }
    }

    /// Pk (Beeferman, Berger and Lafferty 1999) with half the mean length of the reference as window: share of pairs of places
    /// that reference and answer do not agree on lying in one topic.
    private func pk(_ reference: [Int], _ answer: [Int], count: Int) -> Double {
        let window = max(2, Int((Double(count) / Double(reference.count) / 2).rounded()))
        func topics(_ starts: [Int]) -> [Int] {
            let begins = Set(starts)
            var topic = 0
            return (0..<count).map { place in
                if place > 0, begins.contains(place) { topic += 1 }
                return topic
            }
        }
        let (one, two) = (topics(reference), topics(answer))
        let pairs = 0..<max(0, count - window)
        let wrong = pairs.count { (one[$0] == one[$0 + window]) != (two[$0] == two[$0 + window]) }
        return pairs.isEmpty ? 0 : Double(wrong) / Double(pairs.count)
    }

    @Test func `the measure is right on worked cases`() {
        #expect(pk([0, 4], [0, 4], count: 8) == 0)
        #expect(pk([0, 4], [0], count: 8) == 2.0 / 6)
        #expect(pk([0], [0], count: 8) == 0)
    }

    /// The limits lie at the simple baselines for these sets: who speaks (10.7 and 22.6), no boundary at all (41.3).
    @Test(arguments: [
        ("archive-tw-officehour/meetings.jsonl", 5, 0.107), ("archive-tw-choi/meetings.jsonl", 12, 0.226),
        ("vcsum/meetings.zh-Hant.jsonl", 8, 0.36),
    ])
    func `topics are found better than by simple means`(path: String, count: Int, limit: Double) throws {
        let values = try meetings(path, count).filter { $0.parts.count > 1 }.map { meeting in
            pk(
                meeting.parts.map(\.start), TranscriptSegmenter().starts(of: meeting.turns),
                count: meeting.utterances.count)
        }
        let mean = values.reduce(0, +) / Double(values.count)
        #expect(mean < limit, "\(values)")
    }

    @Test func `items that the record of a parliament marks are its segments`() throws {
        let meeting = try #require(try meetings("ly-minutes-pair/meetings.jsonl", 1).first)
        let starts = TranscriptSegmenter().starts(of: meeting.turns)
        let items = meeting.utterances.indices.filter { meeting.utterances[$0].kind == "item" }
        #expect(starts == [0] + items)
    }
}
