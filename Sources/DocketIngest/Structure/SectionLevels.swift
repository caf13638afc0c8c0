import DocketCore
import DocketText

/// Which marker or heading opens a section in one document, and which markers open items: decided once, before building.
struct SectionLevels: Sendable {
    private enum Scheme: Sendable, Equatable {
        case marker(Int)
        case heading(Int)
        case titlesOnly
    }

    private let scheme: Scheme
    private let text: ByteText
    private var itemStarts: [Bool]

    init(_ pieces: [Piece], in text: ByteText) {
        self.text = text
        scheme = Self.scheme(pieces, text)
        itemStarts = Self.itemStarts(pieces)
    }

    /// Level of the markers that open sections, 0 when none do.
    var sectionLevel: Int {
        if case .marker(let level) = scheme { return level }
        return 0
    }

    private static func scheme(_ pieces: [Piece], _ text: ByteText) -> Scheme {
        var headingLevel: Int?
        var hasSecond = false
        for piece in pieces where !piece.isTable {
            if let marker = piece.marker {
                if marker.level.rawValue == 1 { return .marker(1) }
                if marker.level.rawValue == 2, SectionTitle.isSection(text.words(text.trimmed(piece.body))) {
                    hasSecond = true
                }
            } else if let heading = piece.heading {
                headingLevel = min(headingLevel ?? heading, heading)
            }
        }
        if let headingLevel { return .heading(headingLevel) }
        return hasSecond ? .marker(2) : .titlesOnly
    }

    /// True when `piece` opens a section.
    func isSection(_ piece: Piece) -> Bool {
        if piece.isTable || piece.speaker != nil || piece.label?.hasColon == true { return false }
        let title = text.trimmed(piece.label.map { $0.range.lowerBound..<piece.body.upperBound } ?? piece.body)
        guard !title.isEmpty else { return false }
        switch scheme {
        case .marker(1):
            if let marker = piece.marker { return marker.level.rawValue == 1 }
            return piece.heading != nil
        case .marker(let level):
            guard let marker = piece.marker else { return piece.heading != nil }
            return marker.level.rawValue == level && title.count < 150
                && SectionTitle.isSection(text.words(title))
        case .heading:
            if piece.heading != nil { return (piece.marker?.level.rawValue ?? 0) <= 2 }
        case .titlesOnly:
            break
        }
        return piece.marker == nil && title.count < 60 && SectionTitle.isBare(text.words(title))
    }

    /// True when a label or a speaker follows the marker of piece `index` before the next marker of its level: what a
    /// numbered agenda item has and a numbered conclusion has not.
    func startsItem(_ index: Int) -> Bool { itemStarts.indices.contains(index) && itemStarts[index] }

    private static func itemStarts(_ pieces: [Piece]) -> [Bool] {
        var starts = [Bool](repeating: false, count: pieces.count)
        var seen = [Bool](repeating: false, count: 10)
        for index in pieces.indices.reversed() {
            let piece = pieces[index]
            if let marker = piece.marker {
                let level = min(marker.level.rawValue, 9)
                starts[index] = piece.label.map { $0.label == .subject } ?? seen[level]
                for deeper in level..<10 { seen[deeper] = false }
            }
            if piece.heading != nil { seen = [Bool](repeating: false, count: 10) }
            let opens = piece.label.map { $0.label == .outcome || $0.label.isItemDetail } ?? false
            if opens || piece.speaker != nil { seen = [Bool](repeating: true, count: 10) }
        }
        return starts
    }
}

/// How numerals stand in paths: 參.三.（二）.
enum OutlinePath {
    static func component(_ marker: OutlineMarker) -> String {
        switch marker.level.rawValue {
        case 1: ChineseNumeral.string(marker.number, formal: true)
        case 2: ChineseNumeral.string(marker.number)
        case 3: "（" + ChineseNumeral.string(marker.number) + "）"
        case 4: String(marker.number)
        case 5: "（\(marker.number)）"
        default: marker.text.trimmingBlanks
        }
    }

    /// Of a heading without a number: its words, if short.
    static func component(title: String) -> String {
        title.unicodeScalars.count <= 24 ? title : String(title.prefix(24)) + "…"
    }
}

/// Closing lines that are sentences rather than labels.
enum ClosingLine {
    static func matches(_ text: ByteText, _ range: Range<Int>) -> Bool {
        guard range.count < 150, !range.isEmpty else { return false }
        if text.bytes[range.lowerBound] >= 0x80 || (0x30...0x39).contains(text.bytes[range.lowerBound]) {
            guard let at = text.first("散會", in: range) else {
                return text.has("會議結束", at: range.lowerBound, before: range.upperBound)
            }
            return at == range.lowerBound || range.count < 75 && at >= range.upperBound - 12
        }
        let words = text.words(range).lowercased()
        return (words.contains("meeting") || words.contains("session"))
            && ["closed at", "adjourned", "ended at", "rose at", "concluded at", "was closed"].contains(
                where: words.contains)
    }
}

/// A remark in brackets that tells what became of an item: （本案暫不予處理）.
enum OutcomeNote {
    static func matches(_ text: ByteText, _ range: Range<Int>) -> Bool {
        guard range.count < 240, let first = text.scalar(at: range.lowerBound, before: range.upperBound),
            Bracket.opening.contains(first.value)
        else { return false }
        let needles: [Needle] = ["不予處理", "撤回", "撤案", "緩議", "保留", "另定期", "不予審議", "逕付"]
        return needles.contains { text.first($0, in: range) != nil }
    }
}

/// The sponsoring agency behind a title, in every position it is written in.
enum SponsorReader {
    /// Title and sponsor of …案件。(主計處), …(資訊局)。 and …（觀光局、消防局）.
    static func split(
        _ text: ByteText, _ title: Range<Int>, _ directory: PersonDirectory
    ) -> (title: Range<Int>, sponsor: Range<Int>?) {
        let range = text.trimmed(title)
        var end = range.upperBound
        if text.ends(range, with: "。") || text.ends(range, with: "．") {
            end -= 3
        }
        guard let last = text.scalar(endingAt: end, after: range.lowerBound), Bracket.closing.contains(last.value)
        else {
            return (range, nil)
        }
        var offset = last.start
        while let previous = text.scalar(endingAt: offset, after: range.lowerBound),
            !Bracket.opening.contains(previous.value)
        {
            if Bracket.closing.contains(previous.value) || offset < end - 200 { return (range, nil) }
            offset = previous.start
        }
        guard let open = text.scalar(endingAt: offset, after: range.lowerBound) else { return (range, nil) }
        let inside = text.trimmed(offset..<last.start)
        let names = text.parts(inside) { $0 == 0x3001 || $0 == 0x2F || $0 == 0xFF0F || $0 == 0x53CA || $0 == 0xFF0C }
        let isSponsor = !names.isEmpty && names.allSatisfy { isAgency(text.words($0), directory) }
        guard isSponsor else { return (range, nil) }
        return (text.trimmed(range.lowerBound..<open.start), inside)
    }

    private static func isAgency(_ words: String, _ directory: PersonDirectory) -> Bool {
        if directory.isAgency(words) { return true }
        for prefix in ["提案單位：", "報告單位：", "提案單位:", "報告單位:", "提案：", "報告："] where words.hasPrefix(prefix) {
            return directory.isAgency(String(words.dropFirst(prefix.count)))
        }
        return false
    }
}
