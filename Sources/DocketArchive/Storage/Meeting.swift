public import DocketCore

/// One sitting: minutes, agenda, attendance list, transcript and papers share it.
public struct Meeting: Sendable, Equatable, Codable {
    /// Name of the meeting.
    public var id: MeetingID
    /// Series it belongs to; nil for a meeting that stands alone.
    public var series: SeriesID?
    /// Ordinal in its series.
    public var ordinal: Int?
    /// Day, ISO 8601, if known.
    public var date: String?
    /// Sources that the viewer sees, by role and then id.
    public var sources: [Link]

    /// A source of the meeting.
    public struct Link: Sendable, Equatable, Codable {
        /// The source.
        public var source: SourceID
        /// What it is to the meeting.
        public var role: Role

        /// A link.
        public init(source: SourceID, role: Role) {
            self.source = source
            self.role = role
        }
    }

    /// What a source is to a meeting.
    public enum Role: String, Sendable, Codable, CaseIterable {
        case minutes, agenda, attendance, transcript, paper

        /// The role that a kind of source has by itself.
        public init(_ kind: SourceKind) {
            self =
                switch kind {
                case .minutes: .minutes
                case .agenda: .agenda
                case .attendance: .attendance
                case .transcript, .audio: .transcript
                case .document, .report, .letter, .record: .paper
                }
        }
    }

    /// Role of `source` in this meeting; nil when it is not linked or not seen.
    public func role(of source: SourceID) -> Role? { sources.first { $0.source == source }?.role }

    /// Sources of one role, in order.
    public func sources(_ role: Role) -> [SourceID] { sources.filter { $0.role == role }.map(\.source) }
}

/// What is known of a source's meeting before it is found or made.
public struct MeetingReference: Sendable, Equatable {
    /// The series, if any.
    public var series: SeriesReference?
    /// Ordinal in the series.
    public var ordinal: Int?
    /// Day, ISO 8601.
    public var date: String?
    /// What the source is to the meeting; nil takes it from its kind.
    public var role: Meeting.Role?
    /// The meeting itself, when it is known by its name; nothing else is looked for then.
    public var meeting: MeetingID?

    /// A reference; a meeting is found by its name, else by ordinal, else by date.
    public init(
        series: SeriesReference?, ordinal: Int? = nil, date: String? = nil, role: Meeting.Role? = nil,
        meeting: MeetingID? = nil
    ) {
        self.meeting = meeting
        self.series = series
        self.ordinal = ordinal
        self.date = date
        self.role = role
    }

    /// What a source says of its meeting; nil when it names no series.
    ///
    /// Facts "series" and "ordinal" come first, then the structure of minutes, agendas and attendance lists.
    public init?(_ document: SourceDocument, structure: DocumentStructure) {
        let minutes = structure.minutes
        let written = minutes?.series.map { SeriesReference.named($0, issuer: minutes?.issuer) }
        guard let series = document.facts["series"].map(SeriesReference.any) ?? written else { return nil }
        let start = minutes?.start?.iso.map { String($0.prefix(10)) }
        self.init(
            series: series, ordinal: document.facts["ordinal"].flatMap { Int($0) } ?? minutes?.ordinal,
            date: document.date ?? start)
    }
}

/// How a series is named.
public enum SeriesReference: Sendable, Equatable {
    /// By its id.
    case id(SeriesID)
    /// By its name in titles and the agency before it.
    case named(String, issuer: String?)
    /// By its id or, when there is none such, its name.
    case any(String)
}
