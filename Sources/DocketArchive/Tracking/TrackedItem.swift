public import DocketCore

/// A numbered matter that a series of meetings keeps under follow-up (列管事項), as the stored minutes tell it.
public struct TrackedItem: Sendable, Equatable, Codable {
    /// Name of the item; the same when the ledger is computed anew.
    public var id: TrackedItemID
    /// Series it belongs to.
    public var series: SeriesID
    /// Number, "205-2".
    public var reference: String
    /// Ordinal of the meeting that raised it, 205; 0 when the number does not say.
    public var meetingNumber: Int
    /// Number within that meeting, 2; 0 when the number does not say.
    public var itemNumber: Int
    /// Text of the conclusion that opened it; nil when the minutes of that meeting are not in the library.
    public var text: String?
    /// Whom that conclusion asks to act, by official name where the roster has it.
    public var addressees: [String]
    /// Due dates of that conclusion, as written.
    public var due: [String]
    /// Place of that conclusion; nil as `text`.
    public var opening: Event?
    /// True when the source writes no number and this one is proposed, for a person to confirm.
    public var isNumberProposed: Bool
    /// Open while one part is.
    public var state: State
    /// Parts by agency in order of first mention; one part without a scope when it was never split.
    public var parts: [Part]
    /// Highest level of the minutes it was read from.
    public var classification: Classification
    /// Scopes of those minutes, joined by a newline.
    public var scope: String
    /// What the rules TRK and MIN-08 say about it.
    public var findings: [Finding]

    /// Whether it is followed up.
    public enum State: String, Sendable, Codable, CaseIterable {
        case open, released
    }

    /// What one agency, or everybody, still has to do.
    public struct Part: Sendable, Equatable, Codable {
        /// Agency as the minutes write it, "觀傳局"; nil for the item as a whole or the rest of it.
        public var scope: String?
        /// Whether it is followed up.
        public var state: State
        /// What happened, oldest first.
        public var history: [Event]
    }

    /// What one meeting did to a part.
    public struct Event: Sendable, Equatable, Codable {
        /// The meeting.
        public var meeting: MeetingID
        /// Its ordinal.
        public var ordinal: Int?
        /// Its day, ISO 8601.
        public var date: String?
        /// What happened.
        public var action: TrackingAction.Action
        /// Proviso in the parenthesis.
        public var proviso: String?
        /// Path of the conclusion that did it.
        public var path: String
        /// Where it is written in the minutes.
        public var span: SourceSpan
    }

    /// Where it stands, in one word.
    public var standing: Standing {
        guard state == .open else { return .released }
        let isContinued = parts.contains { $0.state == .open && $0.history.last?.action == .continue }
        return isContinued ? .continued : .open
    }

    /// Where an item stands: followed up, followed up again by a later meeting, or released.
    public enum Standing: String, Sendable, Codable, CaseIterable {
        case open, continued, released
    }

    /// The last thing that happened to it.
    public var lastEvent: Event? {
        parts.compactMap(\.history.last).max { ($0.ordinal ?? 0, $0.date ?? "") < ($1.ordinal ?? 0, $1.date ?? "") }
    }
}

extension TrackedItem {
    /// Meeting and item number of a reference "205-2"; zeros where it has another form.
    static func numbers(of reference: String) -> (meeting: Int, item: Int) {
        let parts = reference.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let meeting = Int(parts[0]), let item = Int(parts[1]) else { return (0, 0) }
        return (meeting, item)
    }
}
