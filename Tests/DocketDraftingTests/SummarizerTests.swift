import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketDrafting

/// A meeting record of the development data.
struct MeetingRecord: Decodable {
    struct Utterance: Decodable {
        var speaker: String?
        var text: String
        var kind: String?
    }
    struct Segment: Decodable {
        var start_utt: Int
        var end_utt: Int
        var summary: String?
    }
    struct Ruling: Decodable {
        var item: String
        var decision: String
    }
    var id: String
    var utterances: [Utterance]
    var overall_summary: String?
    var topic_segments: [Segment]?
    var decisions: [Ruling]?

    var talk: Talk {
        Talk(utterances.map { (speaker: $0.speaker, text: $0.text) }, marks: utterances.map(\.kind))
    }

    static func all(_ path: String, limit: Int = .max) throws -> [MeetingRecord] {
        try ReferenceData.lines(path).prefix(limit).map { try JSONDecoder().decode(MeetingRecord.self, from: $0) }
    }
}

/// F1 of shared characters (Han) and words (Latin): ROUGE-1 without stemming.
func overlap(_ text: String, _ reference: String) -> Double {
    func tokens(_ text: String) -> [String: Int] {
        var counts: [String: Int] = [:]
        for scalar in text.unicodeScalars where scalar.isHan { counts[String(scalar), default: 0] += 1 }
        for word in EnglishWords(text) where word.utf8.allSatisfy({ $0 < 0x80 }) { counts[word, default: 0] += 1 }
        return counts
    }
    let (left, right) = (tokens(text), tokens(reference))
    let shared = left.reduce(0) { $0 + min($1.value, right[$1.key] ?? 0) }
    let total = left.values.reduce(0, +) + right.values.reduce(0, +)
    return total == 0 ? 0 : 2 * Double(shared) / Double(total)
}

@Suite struct SummarizerTests {
    private let council = Talk([
        (speaker: "甲", text: "嗯，那個，今天要談圖書館的閉館時間，圖書館現在晚上九點閉館，讀者希望延長到十點。"),
        (speaker: "乙", text: "好。"),
        (speaker: "丙", text: "延長閉館時間要增加人力，圖書館估計需要增加八名人力，經費是三百二十萬元。"),
        (speaker: "乙", text: "天氣真好。"),
        (speaker: "丙", text: "如果圖書館只在週末延長閉館時間，人力只要三名，經費一百二十萬元。"),
    ])

    @Test(arguments: [20, 40, 60, 120, 500])
    func `a summary keeps its length and cites the words it was made from`(length: Int) {
        let sentences = Summarizer().summary(of: council, length: length)
        let text = Summarizer.text(sentences, isChinese: true)
        #expect(text.count <= length)
        let whole = council.utterances.map(\.text).joined(separator: "\n")
        for sentence in sentences {
            let cited = String(decoding: Array(whole.utf8)[sentence.range], as: UTF8.self)
            #expect(council.utterances[sentence.passage].text.contains(cited))
            for figure in ["八名", "三百二十", "三名", "一百二十"] where sentence.text.contains(figure) {
                #expect(cited.contains(figure))
            }
        }
    }

    @Test func `what is said of the matter is taken before small talk`() {
        let text = Summarizer.text(Summarizer().summary(of: council, length: 80), isChinese: true)
        #expect(text.contains("圖書館"))
        #expect(!text.contains("天氣"))
        #expect(!text.contains("那個"))
    }

    @Test func `the same talk is always summarised alike`() {
        let first = Summarizer().summary(of: council, length: 60)
        for _ in 0..<5 { #expect(Summarizer().summary(of: council, length: 60) == first) }
    }

    @Test func `an empty talk has an empty summary`() {
        let nobody: [(speaker: String?, text: String)] = []
        let silence = Summarizer().summary(of: Talk(nobody), length: 100)
        #expect(silence.isEmpty)
        #expect(Summarizer().summary(of: council, length: 0).isEmpty)
    }

    @Test func `an answer comes from where the question's words are`() {
        let talk = Talk([
            (speaker: "Helen", text: "The lobby is free on the twelfth of March for the opening of the exhibition."),
            (speaker: "Mark", text: "The ceiling of the lobby is two metres sixty, so panels cannot be stacked."),
            (
                speaker: "Priya",
                text: "The rights form asks who took the photograph and whether the photographer is dead."
            ),
            (
                speaker: "Mark",
                text: "The photographers of newspapers are often unknown, so the rights form stays empty."
            ),
        ])
        let text = Summarizer.text(
            Summarizer().answer(to: "What did Priya say about the rights form?", in: talk, length: 20), isChinese: false
        )
        #expect(text.contains("photograph"))
        #expect(!text.contains("ceiling"))
    }

    @Test(.enabled(if: ReferenceData.isAvailable, "development data not found"))
    func `summaries of real meetings share more with the reference than the opening of the same length`() throws {
        var own = 0.0
        var lead = 0.0
        let meetings = try MeetingRecord.all("vcsum/meetings.zh-Hant.jsonl", limit: 8)
        for meeting in meetings {
            let reference = try #require(meeting.overall_summary)
            own += overlap(Prediction.summary(meeting.talk, length: 250), reference)
            lead += overlap(String(meeting.utterances.map(\.text).joined().prefix(250)), reference)
        }
        #expect(own > lead * 1.25, "\(own) \(lead)")
        #expect(own / Double(meetings.count) > 0.33)
    }
}
