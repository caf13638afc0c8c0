import DocketCore
import DocketDrafting
import DocketIngest

// The inputs of the run formats, and nothing else of them; names are those of the JSON.

/// A meeting record: who said what, bounds of given segments, given queries.
struct MeetingInput: Decodable {
    struct Utterance: Decodable {
        var speaker: String?
        var text: String
        var start: Double?
        var end: Double?
        var kind: String?
    }

    struct Bounds: Decodable {
        var start_utt: Int
        var end_utt: Int
    }

    struct Query: Decodable {
        var query: String
    }

    var id: String
    var lang: String?
    var utterances: [Utterance]
    var topic_segments: [Bounds]?
    var queries: [Query]?

    /// True when the record marks the items of an agenda.
    var hasItems: Bool { utterances.contains { $0.kind == "item" } }

    /// Bounds of the given segments, clamped to the utterances.
    var bounds: [ClosedRange<Int>] {
        (topic_segments ?? []).map {
            let first = min(max(0, $0.start_utt), max(0, utterances.count - 1))
            return first...max(first, min($0.end_utt, utterances.count - 1))
        }
    }

    var talk: Talk { Talk(document) }

    /// Times that a recording can have, in seconds.
    private static let times = 0...1e8

    /// The meeting as a transcript: utterances joined by a newline.
    var document: SourceDocument {
        var text = ""
        var passages: [Passage] = []
        for (number, utterance) in utterances.enumerated() {
            let start = text.utf8.count
            text += utterance.text + (number + 1 < utterances.count ? "\n" : "")
            var time: TimeRange?
            if let first = utterance.start, let last = utterance.end, Self.times ~= first, Self.times ~= last {
                time = TimeRange(start: Int(first * 1000), end: Int(last * 1000))
            }
            passages.append(
                Passage(
                    number: number, kind: .utterance, range: start..<text.utf8.count, speaker: utterance.speaker,
                    time: time, mark: utterance.kind))
        }
        return SourceDocument(
            id: SourceID(rawValue: id), kind: .transcript, title: "", language: lang ?? "zh-Hant", text: text,
            passages: passages,
            origin: Origin(
                fileName: "", sha256: SHA256Digest(of: text), byteCount: text.utf8.count,
                mediaType: "application/jsonl", reader: "predict/1"))
    }
}

/// A catalogue record; the Traditional fields are taken where there are such.
struct RecordInput: Decodable {
    var id: String
    var title: String?
    var abstract: String?
    var title_hant: String?
    var abstract_hant: String?

    var bestTitle: String { title_hant ?? title ?? "" }
    var bestAbstract: String { abstract_hant ?? abstract ?? "" }

    private enum CodingKeys: String, CodingKey {
        case id, title, abstract, title_hant, abstract_hant
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        // Some sets number their records, others name them.
        id = try (try? values.decode(String.self, forKey: .id)) ?? String(values.decode(Int.self, forKey: .id))
        title = try values.decodeIfPresent(String.self, forKey: .title)
        abstract = try values.decodeIfPresent(String.self, forKey: .abstract)
        title_hant = try values.decodeIfPresent(String.self, forKey: .title_hant)
        abstract_hant = try values.decodeIfPresent(String.self, forKey: .abstract_hant)
    }
}

/// A document or a query of a search set.
struct SearchRecord: Decodable {
    var id: String
    var title: String?
    var text: String
}

struct SegmentsOutput: Encodable {
    struct Bounds: Encodable {
        var start_utt: Int
        var end_utt: Int
    }

    var id: String
    var topic_segments: [Bounds]
}

struct TextsOutput: Encodable {
    var id: String
    var overall_summary: String?
    var segment_summaries: [String]?
    var segment_titles: [String]?
    var answers: [String]?
}

struct ItemsOutput: Encodable {
    enum Entry: Encodable {
        case text(String)
        case ruling(item: String, decision: String)

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .text(let text):
                var container = encoder.singleValueContainer()
                try container.encode(text)
            case .ruling(let item, let decision):
                try ["item": item, "decision": decision].encode(to: encoder)
            }
        }
    }

    var id: String
    var decisions: [Entry]?
    var actions: [Entry]?
}

struct RecordOutput: Encodable {
    var id: String
    var keywords: [String]?
    var title: String?
}

struct RetrievalOutput: Encodable {
    var query_id: String
    var doc_ids: [String]
}
