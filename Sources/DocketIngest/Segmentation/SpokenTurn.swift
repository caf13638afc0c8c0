public import DocketCore

/// One utterance as the segmenter sees it.
public struct SpokenTurn: Sendable, Equatable {
    /// Who spoke, as the source labels them.
    public var speaker: String?
    /// What was said.
    public var text: String
    /// Mark that the source itself gives: "item" is the reading of an agenda item and begins a segment.
    public var mark: String?
    /// When it was said.
    public var time: TimeRange?

    /// An utterance of whatever is known.
    public init(speaker: String?, text: String, mark: String? = nil, time: TimeRange? = nil) {
        self.speaker = speaker
        self.text = text
        self.mark = mark
        self.time = time
    }
}

extension SpokenTurn {
    /// True where the source itself says that an agenda item begins.
    var beginsItem: Bool { mark == "item" }

    /// The passages of a source as utterances; headings of a transcript count as the reading of an item.
    static func turns(of source: SourceDocument) -> [SpokenTurn] {
        let bytes = Array(source.text.utf8)
        return source.passages.map { passage in
            let range = max(0, passage.start)..<max(0, min(bytes.count, passage.end))
            let text = range.isEmpty ? "" : String(decoding: bytes[range], as: UTF8.self)
            return SpokenTurn(
                speaker: passage.speaker, text: text, mark: passage.kind == .heading ? "item" : passage.mark,
                time: passage.time)
        }
    }
}
