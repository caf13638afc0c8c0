import DocketCore

/// Reads WebVTT (W3C): cues with times, identifiers, voices; NOTE, STYLE and REGION blocks are passed over.
struct WebVTTReader: Reader {
    let identity = "webvtt/1"
    let formats = LocalizedText(zhHant: "WebVTT 字幕", en: "WebVTT captions")

    func accepts(_ input: ReaderInput) -> Bool {
        guard input.sample.isText, let first = input.sample.inkLines(1).first else { return false }
        return first == "WEBVTT" || first.hasPrefix("WEBVTT ") || first.hasPrefix("WEBVTT\t")
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) throws(IngestError) -> Reading? {
        try input.checkDocumentSize(limits)
        let decoded = try DecodedText(input.data, fileName: input.fileName, limits: limits)
        let parser = CueParser(decoded.string, hasHeader: true)
        if parser.cues.isEmpty, let line = parser.firstBadLine { throw Self.malformed(input, "WebVTT", line) }
        var extracted = try CueAssembly(parser.cues).extracted(
            input, decoded: decoded, mediaType: "text/vtt", limits: limits)
        // What stands after the signature is the file's title, by custom after a dash.
        let title = input.sample.inkLines(1).first?.dropFirst("WEBVTT".count).drop { " \t-–".contains($0) }.trimmed
        extracted.title = title.flatMap { $0.isEmpty || $0.contains("=") || $0.contains(":") ? nil : String($0) }
        if let line = parser.firstBadLine { extracted.notices.append(.badCues(parser.badCues, firstLine: line)) }
        return .source(extracted)
    }

    static func malformed(_ input: ReaderInput, _ format: String, _ line: Int) -> IngestError {
        .malformed(
            file: input.fileName, format: format, place: .init(line: line),
            problem: LocalizedText(zhHant: "時間列無法解讀", en: "the line of times cannot be understood"))
    }
}

/// Reads SubRip: numbered captions with times in "00:00:01,000 --> 00:00:02,500".
struct SubRipReader: Reader {
    let identity = "subrip/1"
    let formats = LocalizedText(zhHant: "SRT 字幕", en: "SubRip captions (SRT)")

    func accepts(_ input: ReaderInput) -> Bool {
        guard input.sample.isText else { return false }
        // The times stand on the second line, or on the first where the numbers were lost.
        return input.sample.inkLines(2).contains { CueParser.times($0) != nil }
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) throws(IngestError) -> Reading? {
        try input.checkDocumentSize(limits)
        let decoded = try DecodedText(input.data, fileName: input.fileName, limits: limits)
        let parser = CueParser(decoded.string, hasHeader: false)
        if parser.cues.isEmpty, let line = parser.firstBadLine {
            throw WebVTTReader.malformed(input, "SubRip", line)
        }
        var extracted = try CueAssembly(parser.cues).extracted(
            input, decoded: decoded, mediaType: "application/x-subrip", limits: limits)
        if let line = parser.firstBadLine { extracted.notices.append(.badCues(parser.badCues, firstLine: line)) }
        return .source(extracted)
    }
}

/// Cuts a caption file into cues; the two formats differ in their header and the sign of the decimals alone.
struct CueParser {
    private(set) var cues: [Cue] = []
    /// Blocks whose line of times could not be understood.
    private(set) var badCues = 0
    private(set) var firstBadLine: Int?

    init(_ text: String, hasHeader: Bool) {
        var block: [(words: Substring, line: Int, offset: Int)] = []
        var (number, offset) = (0, 0)
        var isHeader = hasHeader
        for line in text.lineSubstrings {
            number += 1
            defer { offset += line.utf8.count + 1 }
            if line.trimmed.isEmpty {
                if !block.isEmpty { isHeader ? (isHeader = false) : take(block) }
                block = []
            } else {
                // A number above a line of times begins a cue also where the blank line before it is missing.
                if let times = block.last, Self.times(line) != nil, block.count > 2, Int(times.words.trimmed) != nil {
                    take(Array(block.dropLast()))
                    block = [times]
                }
                block.append((line, number, offset))
            }
        }
        if !block.isEmpty, !isHeader { take(block) }
    }

    private mutating func take(_ block: [(words: Substring, line: Int, offset: Int)]) {
        guard let first = block.first else { return }
        guard let index = block.prefix(2).firstIndex(where: { Self.times($0.words) != nil }),
            let time = Self.times(block[index].words)
        else {
            let isComment = ["NOTE", "STYLE", "REGION"].contains {
                first.words == $0 || first.words.hasPrefix($0 + " ")
            }
            if !isComment, block.contains(where: { $0.words.contains("-->") }) {
                badCues += 1
                firstBadLine = firstBadLine ?? first.line
            }
            return
        }
        let lines = CueMarkup.lines(block[(index + 1)...].map(\.words))
        cues.append(
            Cue(
                identifier: index > 0 ? String(first.words) : nil, time: time, lines: lines, line: first.line,
                offset: first.offset))
    }

    /// The times of "A --> B settings"; nil for any other line.
    static func times(_ line: Substring) -> TimeRange? {
        guard let arrow = line.firstRange(of: "-->") else { return nil }
        let start = line[..<arrow.lowerBound].trimmed
        let end = line[arrow.upperBound...].trimmed.prefix { !$0.isWhitespace }
        guard let from = SpokenTime.milliseconds(start), let to = SpokenTime.milliseconds(end) else { return nil }
        return TimeRange(start: from, end: to)
    }
}

extension ExtractedText.Notice {
    static func badCues(_ count: Int, firstLine: Int) -> Self {
        Self(
            .skippedPart,
            message: LocalizedText(
                zhHant: "\(count) 則字幕的時間無法解讀而略過（首則在第 \(firstLine) 行）",
                en: "\(count) captions with unreadable times were skipped (first at line \(firstLine))"),
            remedy: LocalizedText(zhHant: "請修正時間列後重新加入", en: "mend their times and add the file again"))
    }
}
