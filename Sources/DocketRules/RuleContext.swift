public import DocketCore

/// What the rules may know beside the document itself: data of the library, never code.
///
/// Everything has a default, and a rule that needs what is not given stays silent.
public struct RuleContext: Sendable {
    /// Agencies and persons.
    public var roster: Roster
    /// Series of meetings.
    public var series: [MeetingSeries]
    /// Ordinal of the meeting that the library holds before this one in its series; nil when it holds none.
    public var previousOrdinal: Int?
    /// How the body of the minutes decides; nil when it is not known.
    public var meetingType: MeetingType?
    /// Tracked items of the series before this meeting; nil when the library keeps none.
    public var trackedItems: [KnownTrackedItem]?
    /// Ordinals of the meetings whose minutes the ledger was read from; nil when it has them all.
    public var ledgerMeetings: Set<Int>?
    /// Attendance, when it stands in a list of its own.
    public var attendance: [Attendance]
    /// Levels of the papers, transcripts and agendas that the minutes were made from.
    public var sourceClassifications: [Classification]
    /// Figures of earlier reports.
    public var earlierStatistics: [Statistic]
    /// How far the minutes have come; nil when it is not known.
    public var stage: MinutesStage?
    /// Who has signed the minutes.
    public var signatures: Set<Signatory>
    /// True when an engine helped to write the source: it must carry the disclosure line.
    public var isAIAssisted: Bool
    /// True when the exporter puts the disclosure line on every page that leaves, so that a draft need not hold it.
    public var exportDiscloses: Bool

    /// A context of whatever is known.
    public init(
        roster: Roster = Roster(), series: [MeetingSeries] = [], previousOrdinal: Int? = nil,
        meetingType: MeetingType? = nil, trackedItems: [KnownTrackedItem]? = nil, attendance: [Attendance] = [],
        sourceClassifications: [Classification] = [], earlierStatistics: [Statistic] = [], stage: MinutesStage? = nil,
        signatures: Set<Signatory> = [], isAIAssisted: Bool = false, exportDiscloses: Bool = true
    ) {
        self.roster = roster
        self.series = series
        self.previousOrdinal = previousOrdinal
        self.meetingType = meetingType
        self.trackedItems = trackedItems
        self.attendance = attendance
        self.sourceClassifications = sourceClassifications
        self.earlierStatistics = earlierStatistics
        self.stage = stage
        self.signatures = signatures
        self.isAIAssisted = isAIAssisted
        self.exportDiscloses = exportDiscloses
    }

    /// How a body decides (DOMAIN.md section 2.2).
    public typealias MeetingType = MeetingSeries.MeetingType

    /// Steps of minutes in order (DOMAIN.md section 3.1).
    public enum MinutesStage: String, Sendable, Codable, CaseIterable, Comparable {
        case draft, underReview, chairApproved, distributed, confirmed, archived

        /// An earlier step comes first.
        public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// Who signs minutes.
    public enum Signatory: String, Sendable, Codable, CaseIterable {
        case chair, minuteTaker
    }
}

/// A tracked item as the ledger knows it before a meeting.
public struct KnownTrackedItem: Sendable, Hashable, Codable {
    /// Number, "205-2".
    public var reference: String
    /// Agencies whose part is still open; empty when the item is not split.
    public var openScopes: [String]
    /// True when nothing of it is open.
    public var isReleased: Bool

    /// An item.
    public init(reference: String, openScopes: [String] = [], isReleased: Bool = false) {
        self.reference = reference
        self.openScopes = openScopes
        self.isReleased = isReleased
    }
}
