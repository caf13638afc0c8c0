/// What `docket predict` asks of drafting, from plain values: only speakers, texts, marks and bounds are read.
///
/// Lengths are characters for Chinese talks and words for others; bounds are positions of utterances, inclusive.
public enum Prediction {
    /// Summary of a whole meeting.
    public static func summary(_ talk: Talk, length: Int) -> String {
        Summarizer.text(Summarizer().summary(of: talk, length: length), isChinese: talk.isChinese)
    }

    /// One summary a segment, in their order.
    public static func segmentSummaries(_ talk: Talk, bounds: [ClosedRange<Int>], length: Int) -> [String] {
        bounds.map { summary(talk.part($0), length: length) }
    }

    /// One headline a segment, in their order.
    public static func segmentTitles(_ talk: Talk, bounds: [ClosedRange<Int>]) -> [String] {
        bounds.map { TitleMaker().title(of: talk.part($0)) }
    }

    /// One answer a question, in their order.
    public static func answers(_ talk: Talk, questions: [String], length: Int) -> [String] {
        questions.map {
            Summarizer.text(Summarizer().answer(to: $0, in: talk, length: length), isChinese: talk.isChinese)
        }
    }

    /// Rulings on the marked or announced items of an assembly.
    public static func rulings(_ talk: Talk) -> [RulingFinder.Ruling] { RulingFinder().rulings(in: talk) }

    /// Decisions as sentences, in the order they were made.
    public static func decisions(_ talk: Talk) -> [String] { OutcomeFinder().decisions(in: talk).map(\.text) }

    /// Tasks that somebody is to do, as sentences, in the order they were given.
    public static func actions(_ talk: Talk) -> [String] { OutcomeFinder().actions(in: talk).map(\.text) }

    /// Keyphrases of a catalogue record, best first, at most ten.
    public static func keyphrases(title: String, abstract: String) -> [String] {
        KeyphraseFinder().phrases(in: [.init(title, weight: 3), .init(abstract)], limit: 10)
    }

    /// Title for an abstract.
    public static func title(abstract: String) -> String { TitleMaker().title(ofAbstract: abstract) }
}
