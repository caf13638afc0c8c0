import DocketCore
import DocketText
import Foundation

/// Reads the JSON of speech recognisers: OpenAI (verbose, diarized, plain), whisper.cpp (server and command line),
/// WhisperX, faster-whisper and servers like them.
struct WhisperReader: Reader {
    let identity = "whisper-json/1"
    let formats = LocalizedText(
        zhHant: "語音辨識 JSON（Whisper、WhisperX）", en: "JSON of speech recognition (Whisper, WhisperX)")

    private static let marks = [
        "\"segments\"", "\"transcription\"", "\"speaker_segments\"", "\"turnLevelTranscription\"",
    ]

    func accepts(_ input: ReaderInput) -> Bool {
        guard case .text(.utf8) = input.sample.form, input.sample.firstCharacter == "{" else { return false }
        let head = input.sample.text
        guard !head.contains("\"utterances\"") else { return false }
        return Self.marks.contains(where: head.contains) || isPlain(head)
    }

    /// `{"text": …` alone is what recognisers give when asked for no more.
    ///
    /// Records have an id.
    private func isPlain(_ head: String) -> Bool {
        let start = head.filter { !$0.isWhitespace }.prefix(8)
        return start == "{\"text\":" && !head.contains("\"id\"") && !head.contains("\"title\"")
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) throws(IngestError) -> Reading? {
        guard input.data.count <= limits.documentBytes else { return nil }
        let isSure = Self.marks.contains(where: input.sample.text.contains)
        let value: JSONValue
        do {
            let start = input.data.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            value = try input.data.withUnsafeBytes { (raw: UnsafeRawBufferPointer) throws(JSONError) in
                let bytes = raw.bindMemory(to: UInt8.self)
                return try JSONParser.value(
                    of: UnsafeBufferPointer(rebasing: bytes[start...]), grammar: .lenient, depth: limits.jsonDepth,
                    values: limits.jsonValues)
            }
        } catch let error as JSONError {
            // Several objects are lines of records, and a doubtful one is somebody else's.
            guard isSure, error.problem != .trailing else { return nil }
            throw error.ingestError(input.fileName, format: "Whisper JSON", line: nil, limits: limits)
        } catch {
            return nil
        }
        guard let speech = RecognisedSpeech(value) else { return nil }
        var assembler = TextAssembler(fileName: input.fileName, limits: limits)
        for segment in speech.segments {
            try assembler.append(
                segment.words, kind: .utterance, speaker: segment.speaker, time: segment.time,
                locator: segment.confidence.map { Locator(confidence: $0) })
        }
        guard !assembler.isBlank else { throw .noText(file: input.fileName, format: "Whisper JSON") }
        var extracted = assembler.extracted(
            mediaType: "application/json", encoding: TextEncoding.utf8.rawValue, kind: .transcript)
        extracted.language = speech.language
        extracted.notices += speech.notices(ranges: assembler.passages.map(\.range))
        if let milliseconds = speech.milliseconds { extracted.facts["milliseconds"] = String(milliseconds) }
        return .source(extracted)
    }
}

/// The segments of a recogniser's answer, whatever its dialect.
struct RecognisedSpeech {
    struct Segment: Equatable {
        var words: String
        var speaker: String?
        var time: TimeRange?
        /// 0...1, from log probability or from the words' own.
        var confidence: Double?
        /// Why the words are doubtful.
        var doubt: Doubt?
    }

    enum Doubt: Equatable { case improbable, repetitive, silence, repeated }

    private(set) var segments: [Segment] = []
    private(set) var language: String?
    /// Length of the recording.
    private(set) var milliseconds: Int?
    private(set) var mended = 0

    /// The speech of an answer; nil when the value is none.
    init?(_ value: JSONValue) {
        let duration = Self.milliseconds(value["duration"])
        milliseconds = duration
        language = LanguageTag.known((value["language"] ?? value["result"]?["language"])?.string)
        let lists = ["segments", "transcription", "speaker_segments", "turnLevelTranscription"]
        if let list = lists.lazy.compactMap({ value[$0]?.array }).first {
            guard list.allSatisfy({ $0.object != nil }) else { return nil }
            for item in list { add(item, within: duration) }
        } else if let words = value["words"]?.array, value["text"]?.string != nil, !words.isEmpty {
            addRuns(of: words, within: duration)
        } else if let text = value["text"]?.string, value["id"] == nil, value["title"] == nil {
            addLines(of: text, duration)
        } else {
            return nil
        }
        markRepeats()
    }

    // MARK: Segments

    private mutating func add(_ item: JSONValue, within duration: Int?) {
        var segment = Segment(words: "")
        let raw = item["text"]?.string ?? item["words"]?.array.map(Self.joined) ?? ""
        let (words, marked) = Self.withoutMarks(raw)
        segment.words = words
        let words_ = item["words"]?.array ?? []
        segment.speaker = Self.speaker(item) ?? marked ?? Self.usualSpeaker(words_)
        segment.time = time(item, words_, within: duration)
        segment.confidence = Self.confidence(item, words_)
        segment.doubt = Self.doubt(item)
        if !words.isEmpty { segments.append(segment) }
    }

    private mutating func time(_ item: JSONValue, _ words: [JSONValue], within duration: Int?) -> TimeRange? {
        var start =
            item["offsets"]?["from"].flatMap { StatedNumber.milliseconds($0.figure) }
            ?? Self.milliseconds(item["start"])
        var end =
            item["offsets"]?["to"].flatMap { StatedNumber.milliseconds($0.figure) } ?? Self.milliseconds(item["end"])
        start = start ?? words.lazy.compactMap { Self.milliseconds($0["start"]) }.first
        end = end ?? words.reversed().lazy.compactMap { Self.milliseconds($0["end"]) }.first
        guard let first = start else { return nil }
        var last = end ?? first
        if let duration, duration > 0, last > duration, first <= duration {
            // Recognisers end their last segment after the end of the sound.
            last = duration
            mended += 1
        } else if last < first {
            mended += 1
        }
        return TimeRange(start: first, end: last)
    }

    /// Seconds as a number or a string, in milliseconds.
    private static func milliseconds(_ value: JSONValue?) -> Int? { StatedNumber.milliseconds(seconds: value?.figure) }

    private static func speaker(_ item: JSONValue) -> String? {
        guard let label = (item["speaker"] ?? item["speaker_id"])?.label, label != "?", !label.isEmpty else {
            return nil
        }
        return label
    }

    private static func usualSpeaker(_ words: [JSONValue]) -> String? {
        var counts: [String: Int] = [:]
        for word in words { if let speaker = speaker(word) { counts[speaker, default: 0] += 1 } }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    private static func joined(_ words: [JSONValue]) -> String {
        words.compactMap { ($0["word"] ?? $0["text"])?.string }.reduce("") { text, word in
            let bare = word.trimmedString
            return text.isEmpty ? bare : CueAssembly.join(text, bare)
        }
    }

    /// Words without what recognisers write between them: [_BEG_], [_TT_50], <|0.00|>, (speaker 0), [SPEAKER_TURN].
    static func withoutMarks(_ raw: String) -> (words: String, speaker: String?) {
        var text = raw
        if text.contains("[_") || text.contains("<|") {
            for (open, close) in [("[_", "]"), ("<|", "|>")] {
                while let start = text.firstRange(of: open),
                    let end = text[start.upperBound...].prefix(64).firstRange(of: close)
                {
                    text.removeSubrange(start.lowerBound..<end.upperBound)
                }
            }
        }
        let words = CueAssembly.withoutMarks(text[...])
        guard words.hasPrefix("(speaker "), let label = SpeakerLabel(words[...]) else { return (words, nil) }
        return (String(label.words), label.name)
    }

    private static func confidence(_ item: JSONValue, _ words: [JSONValue]) -> Double? {
        if let logarithm = item["avg_logprob"]?.figure, logarithm < 0 { return max(0, min(1, exp(logarithm))) }
        let scores = words.compactMap { ($0["probability"] ?? $0["score"] ?? $0["confidence"])?.figure }
        guard !scores.isEmpty else { return nil }
        return max(0, min(1, scores.reduce(0, +) / Double(scores.count)))
    }

    /// The thresholds of Whisper's own decoder: it tries again below −1 and above 2.4.
    private static func doubt(_ item: JSONValue) -> Doubt? {
        let logarithm = item["avg_logprob"]?.figure
        if let silence = item["no_speech_prob"]?.figure, silence > 0.6, (logarithm ?? 0) < -1 { return .silence }
        if let ratio = item["compression_ratio"]?.figure, ratio > 2.4 { return .repetitive }
        return (logarithm ?? 0) < -1 ? .improbable : nil
    }

    // MARK: Answers without segments

    /// Words with times alone: a new utterance at each change of speaker and each pause of a second.
    private mutating func addRuns(of words: [JSONValue], within duration: Int?) {
        var run: [JSONValue] = []
        func isBreak(_ next: JSONValue) -> Bool {
            guard let last = run.last else { return false }
            if Self.speaker(last) != Self.speaker(next) { return true }
            guard let end = last["end"]?.figure, let start = next["start"]?.figure else { return false }
            return start - end >= 1
        }
        for word in words {
            if isBreak(word) {
                add(.object(["words": .array(run), "speaker": run[0]["speaker"] ?? .null]), within: duration)
                run = []
            }
            run.append(word)
        }
        if !run.isEmpty {
            add(.object(["words": .array(run), "speaker": run[0]["speaker"] ?? .null]), within: duration)
        }
    }

    /// A text alone: each line an utterance; the only one has the time of the whole.
    private mutating func addLines(of text: String, _ duration: Int?) {
        let lines = text.split(separator: "\n").map(\.trimmed).filter { !$0.isEmpty }
        for line in lines {
            let (words, speaker) = Self.withoutMarks(String(line))
            let time = lines.count == 1 ? duration.map { TimeRange(start: 0, end: $0) } : nil
            if !words.isEmpty { segments.append(Segment(words: words, speaker: speaker, time: time)) }
        }
    }

    /// The same words three times running are a decoder in a loop, not a speaker.
    private mutating func markRepeats() {
        var start = 0
        for index in segments.indices.dropFirst() + [segments.count] where index > 0 {
            if index < segments.count, segments[index].words == segments[start].words { continue }
            if index - start >= 3, segments[start].words.count > 3 {
                for repeated in (start + 1)..<index { segments[repeated].doubt = .repeated }
            }
            start = index
        }
    }

    // MARK: Notices

    /// What is doubtful, with the ranges of the passages, and what was mended.
    func notices(ranges: [Range<Int>]) -> [ExtractedText.Notice] {
        var notices: [ExtractedText.Notice] = []
        for (segment, range) in zip(segments, ranges) {
            guard let doubt = segment.doubt else { continue }
            notices.append(
                ExtractedText.Notice(
                    .doubtful, at: range, message: doubt.message,
                    remedy: LocalizedText(zhHant: "請對照錄音", en: "compare with the recording")))
        }
        if mended > 0 {
            notices.append(
                ExtractedText.Notice(
                    .mended, .information,
                    message: LocalizedText(
                        zhHant: "\(mended) 段之結束時間不合理，已更正", en: "\(mended) segments ended at impossible times; mended"),
                    remedy: LocalizedText(zhHant: "無須處理", en: "nothing to do")))
        }
        return notices
    }
}

extension RecognisedSpeech.Doubt {
    var message: LocalizedText {
        switch self {
        case .improbable: LocalizedText(zhHant: "辨識把握低", en: "the recogniser was unsure here")
        case .repetitive: LocalizedText(zhHant: "辨識文字異常重複", en: "the recognised words repeat themselves oddly")
        case .silence: LocalizedText(zhHant: "此處可能無人說話", en: "there may be no speech here")
        case .repeated: LocalizedText(zhHant: "與前段完全相同，可能為辨識迴圈", en: "the same words as before: perhaps a loop")
        }
    }
}
