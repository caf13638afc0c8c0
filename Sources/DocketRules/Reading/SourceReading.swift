public import DocketCore
internal import DocketText

/// A source as the rules read it: its structure, and its cleaned text with dates and numbers, read once for all rules.
public struct SourceReading: Sendable {
    /// The source.
    public let source: SourceDocument
    /// What was read out of it.
    public let structure: DocumentStructure
    /// What else is known.
    public let context: RuleContext

    /// The text with lines joined and running headers gone; empty for speech.
    let clean: CleanText
    /// UTF-8 bytes of the cleaned text.
    let bytes: [UInt8]
    /// Dates of the cleaned text.
    let dates: [DateExpression]
    /// Numbers of the cleaned text.
    let quantities: [Quantity]

    /// Reads `source`; the text of speech is not proofread, because nobody wrote it.
    public init(_ source: SourceDocument, _ structure: DocumentStructure, _ context: RuleContext) {
        self.source = source
        self.structure = structure
        self.context = context
        clean = TextCleaner().clean(source.isSpeech ? "" : source.text)
        bytes = Array(clean.text.utf8)
        let anchor = (structure.minutes?.start?.iso ?? source.date).flatMap { CalendarDate(iso: String($0.prefix(10))) }
        dates = DateParser(DateParser.Context(anchor: anchor)).expressions(in: clean.text)
        quantities = NumberParser().quantities(in: clean.text)
    }

    /// The minutes, when the source is minutes: not an agenda, not an attendance list.
    var minutes: MinutesStructure? { source.kind == .minutes ? structure.minutes : nil }

    /// The series of the minutes, when the library has it.
    var series: MeetingSeries? {
        guard let name = structure.minutes?.series else { return nil }
        let key = Folding.key(name)
        return context.series.first { Folding.key($0.name) == key }
    }

    /// Words of the cleaned text.
    func words(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// Place of a range of the cleaned text, in the source.
    func place(clean range: Range<Int>, path: String? = nil) -> Finding.Place {
        place(source: clean.original(range), path: path)
    }

    /// Place of ranges of the cleaned text, in the source, in order.
    func place(clean ranges: [Range<Int>]) -> Finding.Place {
        Finding.Place(spans: ranges.prefix(Self.spansPerFinding).map { source.span(clean.original($0)) })
    }

    /// Place of a range of the source.
    func place(source range: Range<Int>, path: String? = nil) -> Finding.Place {
        Finding.Place(spans: [source.span(range)], path: path)
    }

    /// Place of words of the structure.
    func place(_ words: Words, path: String? = nil) -> Finding.Place { place(source: words.range, path: path) }

    /// Place of a finding about the whole: the title, else nothing.
    var place: Finding.Place {
        structure.minutes?.title.map { place($0) } ?? Finding.Place()
    }

    /// Spans that one finding lists at most.
    static let spansPerFinding = 50
}

extension SourceDocument {
    /// True for what was spoken: nobody chose its characters.
    var isSpeech: Bool { kind == .transcript || kind == .audio }
}
