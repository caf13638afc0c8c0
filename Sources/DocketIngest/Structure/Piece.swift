import DocketText

/// The smallest part that the grammar of minutes looks at: a line, or what stands behind a label or a hidden marker in it.
struct Piece: Sendable {
    /// From marker or label on.
    var start: Int
    /// The words, without marker and label.
    var body: Range<Int>
    var marker: OutlineMarker?
    var heading: Int?
    var label: LabelHit?
    var speaker: SpeakerHit?
    var isTable = false
}

/// Cuts lines into pieces: at the label a line starts with, and at numbered paragraphs that conversion ran together.
struct PieceCutter {
    let text: ByteText
    let speakers: SpeakerReader

    func pieces(of lines: [TextLine]) -> [Piece] {
        var pieces: [Piece] = []
        pieces.reserveCapacity(lines.count)
        for line in lines { append(line, to: &pieces) }
        return pieces
    }

    private func append(_ line: TextLine, to pieces: inout [Piece]) {
        var piece = Piece(
            start: line.range.lowerBound, body: line.body, marker: line.marker, heading: line.heading,
            isTable: line.isTable)
        guard !line.isTable else {
            pieces.append(piece)
            return
        }
        if let hit = LabelTable.hit(in: text, at: line.body.lowerBound, before: line.body.upperBound) {
            piece.label = hit
            piece.body = hit.range.upperBound..<line.body.upperBound
        } else if let hit = speakers.hit(in: text, line.body) {
            piece.speaker = hit
            piece.body = hit.end..<line.body.upperBound
        }
        let mayHide = piece.label != nil || piece.speaker != nil || (line.marker?.level.rawValue ?? 0) >= 3
        guard mayHide, line.heading == nil else {
            pieces.append(piece)
            return
        }
        cut(piece, into: &pieces)
    }

    /// Appends `piece` and the numbered paragraphs hidden in it.
    private func cut(_ piece: Piece, into pieces: inout [Piece]) {
        var current = piece
        var list = piece.label == nil && piece.speaker == nil ? piece.marker : nil
        var offset = piece.body.lowerBound
        let end = piece.body.upperBound
        while offset < end {
            guard let place = nextCandidate(from: offset, before: end) else { break }
            offset = place + 1
            while offset < end, text.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            guard let marker = OutlineMarker.parse(text.string, lineAt: place..<end),
                continues(list, with: marker, at: place, in: current.body)
            else { continue }
            current.body = current.body.lowerBound..<place
            pieces.append(current)
            current = Piece(start: place, body: marker.contentStart..<end, marker: marker)
            list = marker
            offset = max(offset, marker.contentStart)
        }
        pieces.append(current)
    }

    /// The next opening bracket or digit that could start a marker.
    private func nextCandidate(from start: Int, before end: Int) -> Int? {
        var offset = start
        while let next = text.scalar(at: offset, before: end) {
            if Bracket.opening.contains(next.value) { return offset }
            if (0x31...0x39).contains(next.value), isAfterStop(offset, from: start) { return offset }
            offset = next.next
        }
        return nil
    }

    private func isAfterStop(_ offset: Int, from start: Int) -> Bool {
        guard let previous = text.scalar(endingAt: offset, after: 0) else { return true }
        return Stop.sentence.contains(previous.value) || Stop.colon.contains(previous.value)
            || offset == start && Blank.contains(previous.value)
    }

    /// A hidden marker is the first of a list directly behind a label, or the next of the list it stands in.
    private func continues(_ list: OutlineMarker?, with marker: OutlineMarker, at place: Int, in body: Range<Int>)
        -> Bool
    {
        guard marker.level.rawValue >= 3 else { return false }
        let before = text.trimmed(body.lowerBound..<place)
        guard let list else { return marker.number == 1 && before.isEmpty }
        guard marker.level == list.level, marker.number == list.number + 1 else { return false }
        guard let previous = text.scalar(endingAt: place, after: body.lowerBound) else { return true }
        return Blank.contains(previous.value) || Stop.sentence.contains(previous.value)
    }
}

/// Someone who starts to speak (教育局吳主秘補充說明：).
struct SpeakerHit: Sendable {
    let phrase: Range<Int>
    let verb: String
    /// After the colon and the blanks behind it.
    let end: Int
    let parts: PersonPhraseReader.Parts
}

/// Recognises the start of a statement.
struct SpeakerReader: Sendable {
    let phrases: PersonPhraseReader

    /// Longest first, so that 補充說明 is not read as 說明 by someone called 補充.
    private static let verbs: [Needle] = [
        "補充說明", "補充報告", "補充意見", "書面說明", "書面意見", "綜合說明", "綜合答復", "發言表示", "說明", "報告",
        "發言", "表示", "回應", "回復", "答復", "回覆", "答覆", "補充", "意見", "建議", "詢問", "提問", "簡報", "提醒",
    ]
    private static let latinVerbs: [Needle] = [
        " reported", " said", " noted", " explained", " asked", " presented", " introduced", " confirmed",
        " suggested", " proposed", " thanked", " replied", " added", " advised", " informed", " raised", " stated",
        " welcomed", " summarised", " summarized", " updated", " gave", " outlined", " pointed out", " described",
        " recalled", " warned", " requested",
    ]
    /// Bytes before the colon beyond which nobody's name and post reach.
    private static let limit = 150

    func hit(in text: ByteText, _ line: Range<Int>) -> SpeakerHit? {
        guard !line.isEmpty else { return nil }
        return colonHit(in: text, line) ?? narrativeHit(in: text, line)
    }

    private func colonHit(in text: ByteText, _ line: Range<Int>) -> SpeakerHit? {
        var offset = line.lowerBound
        let limit = min(line.upperBound, line.lowerBound + Self.limit)
        while let next = text.scalar(at: offset, before: limit) {
            if Stop.colon.contains(next.value) { break }
            // A speaker's phrase has no sentence marks in it.
            if Stop.sentence.contains(next.value) || next.value == 0xFF0C || next.value == 0x300C { return nil }
            offset = next.next
        }
        guard let colon = text.scalar(at: offset, before: limit), Stop.colon.contains(colon.value) else { return nil }
        var phrase = text.trimmed(line.lowerBound..<offset)
        var verb = ""
        for needle in Self.verbs where text.ends(phrase, with: needle) && phrase.count > needle.bytes.count {
            verb = String(decoding: needle.bytes, as: UTF8.self)
            phrase = text.trimmed(phrase.lowerBound..<phrase.upperBound - needle.bytes.count)
            break
        }
        guard !phrase.isEmpty, let parts = phrases.parts(of: text.words(phrase)) else { return nil }
        // A bare agency or an unknown word with a colon behind it is no speaker.
        guard parts.title != nil || parts.name.map({ phrases.directory.names.contains($0) || !verb.isEmpty }) ?? false
        else { return nil }
        return SpeakerHit(
            phrase: phrase, verb: verb, end: text.afterBlanks(colon.next..<line.upperBound), parts: parts)
    }

    /// Ms Okafor reported that …: only people whom the document or the roster names.
    private func narrativeHit(in text: ByteText, _ line: Range<Int>) -> SpeakerHit? {
        guard text.bytes[line.lowerBound] < 0x80 else { return nil }
        let window = line.lowerBound..<min(line.upperBound, line.lowerBound + 80)
        var best: (at: Int, needle: Needle)?
        for needle in Self.latinVerbs {
            if let at = text.first(needle, in: window), best.map({ at < $0.at }) ?? true,
                text.scalar(at: at + needle.bytes.count, before: line.upperBound).map({ $0.value < 0x41 }) ?? true
            {
                best = (at, needle)
            }
        }
        guard let best else { return nil }
        let phrase = text.trimmed(line.lowerBound..<best.at)
        guard let parts = phrases.parts(of: text.words(phrase)),
            phrases.directory.names.contains(parts.name ?? "")
                || phrases.directory.surnames.contains(parts.surname ?? "")
        else { return nil }
        return SpeakerHit(
            phrase: phrase, verb: String(decoding: best.needle.bytes.dropFirst(), as: UTF8.self),
            end: line.lowerBound, parts: parts)
    }
}
