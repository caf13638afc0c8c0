import DocketCore
import DocketText

/// A meeting as one JSON object: {"id", "lang", "title"?, "date"?, "utterances": [{"speaker", "text", "start"?, "end"?,
/// "kind"?}]}.
///
/// One utterance is one passage, also an empty one, so that their numbers agree. What such records hold beside the
/// transcript (topics, summaries, decisions) is somebody's answer, not the source, and is not read.
enum MeetingRecord {
    /// The transcript; nil when the object has no utterances.
    static func extract(_ value: JSONValue, at place: RecordPlace) throws(IngestError) -> ExtractedText? {
        guard let utterances = value["utterances"]?.array else { return nil }
        var assembler = TextAssembler(fileName: place.fileName, limits: place.limits)
        for utterance in utterances {
            guard let words = utterance["text"]?.string else {
                throw .malformed(
                    file: place.fileName, format: "JSON Lines", place: .init(line: place.line),
                    problem: LocalizedText(zhHant: "發言沒有 text", en: "an utterance without text"))
            }
            let mark = utterance["kind"]?.string
            try assembler.append(
                words, kind: .utterance, speaker: utterance["speaker"]?.label, time: time(utterance), mark: mark)
        }
        guard !assembler.isBlank else { throw .noText(file: place.fileName, format: "JSON Lines") }
        var extracted = assembler.extracted(
            mediaType: "application/jsonl", encoding: TextEncoding.utf8.rawValue, kind: .transcript)
        extracted.title = value["title"]?.string ?? value["id"]?.label
        extracted.language = LanguageTag.known(value["lang"]?.string)
        extracted.date = value["date"]?.string.flatMap(ISODate.day)
        extracted.facts["external"] = value["id"]?.label
        return extracted
    }

    private static func time(_ utterance: JSONValue) -> TimeRange? {
        guard let start = StatedNumber.milliseconds(seconds: utterance["start"]?.figure) else { return nil }
        return TimeRange(
            start: start, end: StatedNumber.milliseconds(seconds: utterance["end"]?.figure) ?? start)
    }
}

/// Language names and codes as files give them.
enum LanguageTag {
    private static let names = [
        "english": "en", "chinese": "zh", "mandarin": "zh", "cantonese": "yue", "japanese": "ja", "korean": "ko",
        "german": "de", "french": "fr", "finnish": "fi", "spanish": "es", "dutch": "nl", "italian": "it",
        "portuguese": "pt", "russian": "ru", "vietnamese": "vi", "thai": "th", "indonesian": "id", "malay": "ms",
    ]

    /// A BCP 47 tag of a code or an English name; nil when it is neither.
    static func known(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let lower = text.lowercased()
        if let code = names[lower] { return code }
        let parts = text.replacing("_", with: "-").split(separator: "-")
        guard let first = parts.first, (2...3).contains(first.count), parts.allSatisfy({ (1...8).contains($0.count) }),
            text.utf8.allSatisfy({ $0 < 0x80 })
        else { return nil }
        switch lower.replacing("_", with: "-") {
        case "zh-tw", "zh-hk", "zh-mo": return "zh-Hant"
        case "zh-cn", "zh-sg": return "zh-Hans"
        default: return parts.joined(separator: "-")
        }
    }
}

/// Dates in ISO 8601.
enum ISODate {
    /// "2021-10-26" of a string that begins with one; nil otherwise.
    static func day(_ text: String) -> String? {
        let head = String(text.prefix(10))
        return CalendarDate(iso: head)?.day == nil ? nil : head
    }
}
