/// What `docket predict` can do without a library; each reads inputs alone and never a reference field.
public enum PredictionTask: String, Sendable, CaseIterable {
    /// Topic boundaries of a meeting.
    case seg
    /// Summary of a meeting.
    case summary
    /// Summary of each given segment.
    case segsum
    /// Title of each given segment.
    case title
    /// Answer to each given query.
    case query
    /// Decisions or actions of a meeting.
    case items
    /// Keywords of a catalogue record.
    case key
    /// Title of a catalogue record from its abstract.
    case abstract
    /// Subject terms of a catalogue record, concepts of a vocabulary.
    case subj
    /// Ranked documents for each query.
    case ret
}
