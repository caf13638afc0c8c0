import DocketCore

/// Reads a transcript in plain text whose lines begin with the speaker: "主席：…", "[00:01:02] Chair: …", or a line
/// "王小明 0:03" above the words.
struct LabelledTranscriptReader: Reader {
    let identity = "labelled-transcript/1"
    let formats = LocalizedText(
        zhHant: "「發言者：內容」逐字稿", en: "transcripts in plain text with the speaker before each line")

    func accepts(_ input: ReaderInput) -> Bool {
        guard input.sample.isText else { return false }
        return Self.looksSpoken(input.sample.inkLines())
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) throws(IngestError) -> Reading? {
        try input.checkDocumentSize(limits)
        let decoded = try DecodedText(input.data, fileName: input.fileName, limits: limits)
        let text = decoded.string
        var turns = TurnBuilder(names: Self.names(text.split(separator: "\n").map(\.trimmed)))
        var offset = 0
        for line in text.lineSubstrings {
            turns.take(line, at: offset)
            offset += line.utf8.count + 1
        }
        var assembler = TextAssembler(fileName: input.fileName, limits: limits)
        for turn in turns.finished() {
            let byte = decoded.original(turn.offset) ?? turn.offset
            try assembler.append(
                turn.words, kind: .utterance, speaker: turn.speaker, time: turn.time, locator: Locator(byte: byte),
                mark: turn.isSpoken ? nil : "narrative")
        }
        guard !assembler.isBlank else { throw .noText(file: input.fileName, format: "transcript") }
        var extracted = assembler.extracted(
            mediaType: "text/plain", encoding: decoded.encoding.rawValue, kind: .transcript)
        extracted.notices += decoded.notices
        return .source(extracted)
    }

    // MARK: Telling a transcript

    /// Labels of papers, which are no speakers unless they come again and again.
    private static let fields: Set<String> = [
        "日期", "時間", "地點", "出席", "列席", "請假", "出席人員", "列席人員", "缺席", "紀錄", "記錄", "主席", "主持人", "案由", "主旨",
        "說明", "辦法", "擬辦", "決議", "結論", "會議結論", "裁示", "提案單位", "附件", "會議名稱", "會議時間", "會議地點", "受文者",
        "發文日期", "發文字號", "速別", "正本", "副本", "聯絡人", "電話", "地址", "備註", "資料來源", "date", "time", "place", "venue",
        "present", "apologies", "chair", "in attendance", "minutes", "subject", "agenda", "note", "from", "to",
    ]

    /// Labels that say what was decided or explained, however often they come: the mark of minutes.
    private static let outcomes = ["決定", "決議", "結論", "裁示", "說明", "辦法", "擬辦", "案由", "辦理情形", "指示事項", "單位", "意見"]

    private static func isOutcome(_ name: String) -> Bool { outcomes.contains { name.hasSuffix($0) } }

    private static func names(_ lines: [Substring]) -> Set<String> {
        var counts: [String: Int] = [:]
        for line in lines {
            let spoken = SpokenTime.leading(line)?.rest ?? line
            if let label = SpeakerLabel(spoken) {
                counts[label.name ?? "", default: 0] += 1
            } else if let header = SpokenTime.trailing(line) {
                counts[String(header.name), default: 0] += 1
            }
        }
        return Set(counts.filter { $0.value > 1 || !fields.contains($0.key.lowercased()) }.keys)
    }

    static func looksSpoken(_ lines: [Substring]) -> Bool {
        var counts: [String: Int] = [:]
        var headers = 0
        // A paper with an outline is no talk.
        let marked = lines.filter { LeadingMarker($0)?.level != nil }.count
        guard marked * 6 < lines.count || lines.count < 4 else { return false }
        for line in lines {
            if let header = SpokenTime.trailing(line) {
                counts[String(header.name), default: 0] += 1
                headers += 1
                continue
            }
            let spoken = SpokenTime.leading(line)?.rest ?? line
            if LeadingMarker(line) == nil, let label = SpeakerLabel(spoken) {
                counts[label.name ?? "", default: 0] += 1
            }
        }
        let speakers = counts.filter { name, count in
            !isOutcome(name) && (count > 1 || !fields.contains(name.lowercased()))
        }
        let labelled = speakers.values.reduce(0, +)
        let repeated = speakers.values.filter { $0 > 1 }.reduce(0, +)
        guard labelled >= 3, speakers.count >= 2, labelled * 10 >= (lines.count - headers) * 4 else { return false }
        return repeated * 2 >= labelled
    }
}

/// Collects lines into turns: a line with a speaker begins one, a line without goes on with it.
struct TurnBuilder {
    struct Turn {
        var speaker: String?
        var words: String
        var time: TimeRange?
        var offset: Int
        /// False for what nobody says: a title, a date, （鼓掌）.
        var isSpoken: Bool
    }

    private let names: Set<String>
    private var turns: [Turn] = []
    private var awaitsWords = false

    init(names: Set<String>) { self.names = names }

    mutating func take(_ line: Substring, at offset: Int) {
        let ink = line.trimmed
        guard !ink.isEmpty else { return }
        if let header = SpokenTime.trailing(ink), names.contains(String(header.name)) {
            begin(String(header.name), "", header.milliseconds, offset)
            awaitsWords = true
            return
        }
        let timed = SpokenTime.leading(ink)
        let spoken = timed?.rest ?? ink
        if let label = SpeakerLabel(spoken), names.contains(label.name ?? "") {
            begin(label.name, String(label.words), timed?.milliseconds, offset)
            awaitsWords = label.words.isEmpty
        } else if let timed, !timed.rest.isEmpty {
            begin(turns.last?.speaker, String(timed.rest), timed.milliseconds, offset)
        } else if awaitsWords || turns.last?.isSpoken == true && !Self.isAside(ink) {
            goOn(with: ink)
        } else {
            turns.append(Turn(speaker: nil, words: String(ink), time: nil, offset: offset, isSpoken: false))
        }
    }

    /// All turns; each known start ends the turn before it.
    func finished() -> [Turn] {
        var turns = turns
        for index in turns.indices.dropLast() {
            if let start = turns[index].time?.start, let next = turns[index + 1].time?.start, next > start {
                turns[index].time = TimeRange(start: start, end: next)
            }
        }
        return turns
    }

    private mutating func begin(_ speaker: String?, _ words: String, _ start: Int?, _ offset: Int) {
        let time = start.map { TimeRange(start: $0, end: $0) }
        turns.append(Turn(speaker: speaker, words: words, time: time, offset: offset, isSpoken: true))
    }

    private mutating func goOn(with ink: Substring) {
        guard let last = turns.indices.last else { return }
        turns[last].words += turns[last].words.isEmpty ? String(ink) : "\n" + ink
        awaitsWords = false
    }

    /// A whole line in brackets: what happened, not what was said.
    private static func isAside(_ ink: Substring) -> Bool {
        (ink.first == "（" && ink.last == "）") || (ink.first == "(" && ink.last == ")")
            || (ink.first == "[" && ink.last == "]")
    }
}
