public import DocketCore
internal import DocketText

/// What was said or written, in order, as drafting sees it: one utterance a passage of the source.
///
/// A talk can also be made from plain speaker and text pairs; its byte offsets are then those of the texts joined by
/// one newline, the text that a transcript of them would have.
public struct Talk: Sendable, Equatable {
    /// Utterances in order.
    public var utterances: [Utterance]
    /// True when words are not separated by spaces: lengths are then characters, else words.
    public var isChinese: Bool

    /// One stretch by one voice, or one paragraph of a document.
    public struct Utterance: Sendable, Equatable {
        /// Number of the passage in its source.
        public var passage: Int
        /// Who spoke, as the source labels them.
        public var speaker: String?
        /// The words without trailing line breaks.
        public var text: String
        /// First byte of `text` in the source's text; of a written source, in its cleaned text.
        public var start: Int
        /// Mark that the source gives, "item", "narrative" ….
        public var mark: String?
        /// What it is on the page.
        public var kind: PassageKind
        /// When it was said, if known.
        public var time: TimeRange?
    }

    /// From the source's text to the text that `start` counts in; nil where they are the same.
    private var map: OffsetMap?

    /// The passages `numbers` of `source`, or all of them: utterances of a transcript, else the paragraphs of a written
    /// source, unwrapped and without form fields and tables.
    public init(_ source: SourceDocument, passages numbers: ClosedRange<Int>? = nil) {
        isChinese = source.language.hasPrefix("zh")
        guard source.kind == .transcript || source.passages.contains(where: { $0.kind == .utterance }) else {
            let lines = DocumentLines(source, passages: numbers)
            utterances = lines.paragraphs
            map = lines.map
            return
        }
        let bytes = Array(source.text.utf8)
        let chosen = source.passages.filter { numbers?.contains($0.number) ?? true }
        utterances = chosen.map { passage in
            var end = min(passage.end, bytes.count)
            while end > passage.start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
            let text = String(decoding: bytes[min(passage.start, end)..<end], as: UTF8.self)
            return Utterance(
                passage: passage.number, speaker: passage.speaker, text: text, start: passage.start,
                mark: passage.mark, kind: passage.kind, time: passage.time)
        }
    }

    /// Bytes in the source's text of a range that was found through the utterances' `start`.
    func sourceRange(_ range: Range<Int>) -> Range<Int> { map?.original(range) ?? range }

    /// Speaker and text pairs in order; the language is decided from the texts.
    public init(_ pairs: [(speaker: String?, text: String)], marks: [String?] = []) {
        var offset = 0
        utterances = []
        for (number, pair) in pairs.enumerated() {
            utterances.append(
                Utterance(
                    passage: number, speaker: pair.speaker, text: pair.text, start: offset,
                    mark: number < marks.count ? marks[number] : nil, kind: .utterance, time: nil))
            offset += pair.text.utf8.count + 1
        }
        isChinese = Self.looksChinese(pairs.lazy.map(\.text))
    }

    private init(utterances: [Utterance], isChinese: Bool, map: OffsetMap? = nil) {
        self.utterances = utterances
        self.isChinese = isChinese
        self.map = map
    }

    /// The utterances at positions `bounds` of this talk, clamped to it.
    public func part(_ bounds: ClosedRange<Int>) -> Talk {
        let lower = min(max(0, bounds.lowerBound), utterances.count)
        let upper = min(max(lower, bounds.upperBound + 1), utterances.count)
        return Talk(utterances: Array(utterances[lower..<upper]), isChinese: isChinese, map: map)
    }

    /// The utterances at `positions`, in their order.
    func selecting(_ positions: [Int]) -> Talk {
        Talk(utterances: positions.map { utterances[$0] }, isChinese: isChinese, map: map)
    }

    /// Length of `text` as this talk's language counts it: characters without spaces for Chinese, words otherwise.
    public func length(of text: String) -> Int { Self.length(of: text, isChinese: isChinese) }

    /// Length of `text` in characters (Chinese) or words.
    static func length(of text: String, isChinese: Bool) -> Int {
        isChinese ? text.count : text.split(whereSeparator: \.isWhitespace).count
    }

    /// True when Han characters are more than a fifth of the letters in the first texts.
    private static func looksChinese(_ texts: some Sequence<String>) -> Bool {
        var han = 0
        var other = 0
        for text in texts {
            for scalar in text.unicodeScalars {
                if scalar.isHan { han += 1 } else if scalar.properties.isAlphabetic { other += 1 }
            }
            if han + other > 20_000 { break }
        }
        return han * 4 > other
    }
}

extension Unicode.Scalar {
    /// True for CJK ideographs of the blocks in daily use and their compatibility forms.
    var isHan: Bool {
        switch value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3134F: true
        default: false
        }
    }
}

extension Character {
    /// True for 0 to 9 alone: the general property also holds for 兩 and 十.
    var isDigit: Bool { isASCII && isNumber }
}
