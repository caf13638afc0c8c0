internal import DocketCore

/// One part of the body of minutes, before it is written.
enum MinutesEntry: Sendable {
    /// Heading of a section of the agenda.
    case section(MeetingSection)
    /// Title of an item of the agenda, with its details.
    case title(AgendaItem)
    /// Title of a topic that no agenda names.
    case topic(MinutesTopic)
    /// What was said and ruled on a matter.
    case item(MinutesMatter)
}

/// A topic that no agenda names.
struct MinutesTopic: Sendable {
    var segment: Segment
    var label: String
    var path: String
}

/// A matter that people speak of and the chair rules on.
struct MinutesMatter: Sendable {
    var path: String
    var kind: AgendaItem.Kind
    var title: String
    var sponsor: String?
    /// What was said on it; nil when the transcript has nothing of it.
    var part: Talk?

    /// False where minutes record what was ruled alone.
    var hasStatements: Bool { kind != .general && kind != .readPrevious }
}

/// What an engine wrote of one item, in place of what the rules would write.
struct MinutesItemText: Sendable {
    /// A title with its places.
    struct Title: Sendable, Equatable {
        var text: String
        var ranges: [Range<Int>]
        var passages: [Int]
        var derivation: Claim.Derivation
    }

    /// Title of a topic; nil leaves it to the rules.
    var title: Title?
    var statements: [StatementCondenser.Found] = []
    var conclusions: [ConclusionFinder.Found] = []
    /// Passages that the engine was shown.
    var sent: Set<Int> = []
}
