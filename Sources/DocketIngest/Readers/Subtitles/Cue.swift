import DocketCore

/// One timed caption as its file gives it.
struct Cue {
    /// Identifier line of the cue, if any.
    var identifier: String?
    var time: TimeRange
    /// Lines of the payload with their voices; tags removed, entities decoded.
    var lines: [Line]
    /// Line of the file that the cue begins at, from 1.
    var line: Int
    /// Offset of that line in the decoded text.
    var offset: Int

    struct Line {
        var voice: String?
        var words: String
    }
}

/// Makes utterances of cues.
///
/// Cues are kept one to an utterance, in the order of their start, also where voices overlap. Two things that captioning
/// does are undone in files that name no speakers: a line carried over from the cue before (rolling captions) is read
/// once, and a cue that repeats the one before word for word without a pause lengthens it.
struct CueAssembly {
    private(set) var utterances: [Utterance] = []
    private(set) var skipped = 0
    private(set) var mended = 0

    struct Utterance {
        var speaker: String?
        var words: String
        var time: TimeRange
        var offset: Int
    }

    init(_ cues: [Cue]) {
        let ordered = cues.enumerated().sorted {
            ($0.element.time.start, $0.offset) < ($1.element.time.start, $1.offset)
        }
        mended = zip(ordered, ordered.indices).filter { $0.offset != $1 }.count
        let labels = SpeakerLabels(cues.lazy.flatMap(\.lines).map { Substring($0.words) })
        let hasVoices = cues.contains {
            $0.lines.contains { $0.voice != nil || labels.split(Substring($0.words)).speaker != nil }
        }
        var carried: [String] = []
        var last: Cue?
        for (_, cue) in ordered {
            var lines = cue.lines
            let follows = !hasVoices && (last.map { cue.time.start - $0.time.end <= 50 } ?? false)
            let all = lines.map(\.words)
            if follows, let first = lines.first, lines.count > 1, first.words == carried.last {
                lines.removeFirst()
            } else if follows, all == carried, let index = utterances.indices.last {
                utterances[index].time = TimeRange(start: utterances[index].time.start, end: cue.time.end)
                lines = []
            }
            carried = all
            last = cue
            add(lines, of: cue, labels: labels)
        }
    }

    private mutating func add(_ lines: [Cue.Line], of cue: Cue, labels: SpeakerLabels) {
        var current: Utterance?
        for line in lines {
            let label = labels.split(Substring(line.words))
            let isNew = label.speaker != nil || line.voice != nil && line.voice != current?.speaker
            let speaker = label.speaker ?? line.voice
            let words = Self.withoutMarks(label.words)
            if !isNew, var joined = current {
                joined.words = joined.words.isEmpty ? words : Self.join(joined.words, words)
                current = joined
            } else {
                take(current)
                current = Utterance(speaker: speaker, words: words, time: cue.time, offset: cue.offset)
            }
        }
        take(current)
    }

    private mutating func take(_ utterance: Utterance?) {
        guard let utterance else { return }
        if utterance.words.isEmpty { skipped += 1 } else { utterances.append(utterance) }
    }

    /// Without whisper.cpp's speaker marks, which are no words.
    static func withoutMarks(_ words: Substring) -> String {
        var words = words.trimmed
        if words.hasSuffix("[SPEAKER_TURN]") { words = words.dropLast("[SPEAKER_TURN]".count).trimmed }
        if words.hasPrefix("(speaker ?)") { words = words.dropFirst("(speaker ?)".count).trimmed }
        if words.hasPrefix("- ") || words.hasPrefix("– ") { words = words.dropFirst(2).trimmed }
        return String(words)
    }

    /// Joins two lines of one caption: with a blank between Latin words, with nothing between Han characters.
    static func join(_ first: String, _ second: String) -> String {
        let isWide = { (scalar: Unicode.Scalar?) in (scalar?.value ?? 0) >= 0x2E80 }
        let glue = isWide(first.unicodeScalars.last) || isWide(second.unicodeScalars.first) ? "" : " "
        return first + glue + second
    }

    /// The utterances as a transcript.
    func extracted(
        _ input: ReaderInput, decoded: DecodedText, mediaType: String, limits: ReaderLimits
    ) throws(IngestError) -> ExtractedText {
        var assembler = TextAssembler(fileName: input.fileName, limits: limits)
        for utterance in utterances {
            let byte = decoded.original(utterance.offset) ?? utterance.offset
            try assembler.append(
                utterance.words, kind: .utterance, speaker: utterance.speaker, time: utterance.time,
                locator: Locator(byte: byte))
        }
        guard !assembler.isBlank else { throw .noText(file: input.fileName, format: mediaType) }
        var extracted = assembler.extracted(
            mediaType: mediaType, encoding: decoded.encoding.rawValue, kind: .transcript)
        extracted.notices += decoded.notices
        if skipped > 0 { extracted.notices.append(.skippedCues(skipped)) }
        if mended > 0 { extracted.notices.append(.reorderedCues(mended)) }
        return extracted
    }
}

extension ExtractedText.Notice {
    static func skippedCues(_ count: Int) -> Self {
        Self(
            .skippedPart, .information,
            message: LocalizedText(zhHant: "略過 \(count) 則沒有文字的字幕", en: "\(count) captions without words were skipped"),
            remedy: LocalizedText(zhHant: "無須處理", en: "nothing to do"))
    }

    static func reorderedCues(_ count: Int) -> Self {
        Self(
            .mended, .information,
            message: LocalizedText(
                zhHant: "有 \(count) 則字幕未依時間排列，已依起始時間排序",
                en: "\(count) captions were out of order and were sorted by their start"),
            remedy: LocalizedText(zhHant: "無須處理", en: "nothing to do"))
    }
}
