public import DocketCore

/// Cuts a transcript into agenda items, or into topics when no agenda tells what they are.
///
/// Three sources are used in this order: the agenda given; the marks of the source itself ("item"); and otherwise the
/// wording, the speakers and the phrases with which a chair goes on, weighed together for every place between two utterances
/// (`TopicModel`). The number of topics is found, not given. Every utterance is in exactly one segment. Time grows with the
/// length of the transcript, with an agenda times the number of its items.
public struct TranscriptSegmenter: Sendable {
    private let model: TopicModel

    /// A segmenter; it has no settings.
    public init() { model = TopicModel() }

    /// The segments of a transcript, which partition its passages in order; none for a source without passages.
    public func segments(of source: SourceDocument, agenda: [AgendaItem]? = nil) -> [Segment] {
        segments(of: SpokenTurn.turns(of: source), agenda: agenda)
    }

    /// The segments of utterances, whose places stand for passage numbers.
    public func segments(of turns: [SpokenTurn], agenda: [AgendaItem]? = nil) -> [Segment] {
        guard !turns.isEmpty else { return [] }
        if let agenda, !agenda.isEmpty {
            return AgendaAligner(items: agenda, turns: turns, scores: model.scores(of: turns)).segments()
        }
        let marks = turns.indices.filter { turns[$0].beginsItem }
        return marks.count > 1 ? Self.marked(turns, at: marks) : topics(of: turns)
    }

    /// Places where a topic begins, in order, the first always 0; as `segments(of:)` without an agenda.
    public func starts(of turns: [SpokenTurn]) -> [Int] {
        segments(of: turns).map(\.firstPassage)
    }

    // MARK: - Ways

    /// Segments that begin where the source says so.
    private static func marked(_ turns: [SpokenTurn], at marks: [Int]) -> [Segment] {
        let starts = marks[0] == 0 ? marks : [0] + marks
        return zip(starts, starts.dropFirst() + [turns.count]).enumerated().map { number, bounds in
            let isItem = turns[bounds.0].beginsItem
            let title = turns[bounds.0].text.split(whereSeparator: \.isNewline).first.map(String.init)
            return Segment(
                number: number, kind: isItem ? .agendaItem : .preamble, passages: bounds.0...bounds.1 - 1,
                title: isItem ? title : nil)
        }
    }

    private func topics(of turns: [SpokenTurn]) -> [Segment] {
        let cuts = TopicCuts.best(scores: model.scores(of: turns), lengths: turns.map { TurnLength.of($0.text) })
        let starts = [(place: 0, score: Double.infinity)] + cuts
        return zip(starts, starts.dropFirst().map(\.place) + [turns.count]).enumerated().map { number, bounds in
            Segment(
                number: number, kind: .topic, passages: bounds.0.place...bounds.1 - 1,
                confidence: TopicCuts.confidence(bounds.0.score))
        }
    }
}
