/// Minutes, agendas and attendance lists by the grammar of DOMAIN.md section 5.3.
public struct MinutesStructure: Sendable, Equatable, Codable {
    /// Title line.
    public var title: Words?
    /// Issuing agency.
    public var issuer: String?
    /// Series name, "主任秘書會報".
    public var series: String?
    /// Ordinal of the meeting in its series.
    public var ordinal: Int?
    /// Start of the meeting, with its local time.
    public var start: DatedWords?
    /// End of the meeting, from the closing line or the time field.
    public var end: DatedWords?
    /// Place as written.
    public var place: Words?
    /// How it was held: "onsite", "video", "hybrid"; nil when the place does not say.
    public var mode: String?
    /// Chair.
    public var chair: PersonMention?
    /// Minute taker (紀錄).
    public var minuteTaker: PersonMention?
    /// People listed, with their role.
    public var attendance: [Attendance]
    /// Reference in place of a list: 如簽到表.
    public var attendanceReference: Words?
    /// Number of those present who may vote: as written (二○五人), else the length of the list; nil when neither is there.
    public var attendeeCount: Int?
    /// Classification as written.
    public var classification: String?
    /// Previous meeting named by the first item: ordinal and date.
    public var previousOrdinal: Int?
    /// Date of the previous meeting.
    public var previousDate: DatedWords?
    /// Sections of level 1 in order.
    public var sections: [MeetingSection]
    /// Agenda items in order, of all sections.
    public var items: [AgendaItem]
    /// Statements in order.
    public var statements: [Statement]
    /// Conclusions in order, those without an agenda item among them.
    public var conclusions: [Conclusion]
    /// What the conclusions do to tracked items.
    public var trackingActions: [TrackingAction]
    /// Counts that the minutes declare for lists of tracking numbers.
    public var declaredCounts: [DeclaredCount]
    /// Corrections of these or earlier minutes.
    public var corrections: [Correction]
    /// Closing line.
    public var closing: Words?

    /// Empty minutes.
    public init() {
        attendance = []
        sections = []
        items = []
        statements = []
        conclusions = []
        trackingActions = []
        declaredCounts = []
        corrections = []
    }
}

/// A person as a source names them.
public struct PersonMention: Sendable, Hashable, Codable {
    /// The words as written.
    public var words: Words
    /// Full name, if written or found in the roster.
    public var name: String?
    /// Surname alone, if only that is written.
    public var surname: String?
    /// Title as written: 秘書長, 主秘.
    public var title: String?
    /// Agency as written or resolved.
    public var agency: String?
    /// Identity in the roster, if resolved to exactly one person.
    public var rosterID: String?

    /// A mention of whatever is known.
    public init(
        words: Words, name: String? = nil, surname: String? = nil, title: String? = nil, agency: String? = nil,
        rosterID: String? = nil
    ) {
        self.words = words
        self.name = name
        self.surname = surname
        self.title = title
        self.agency = agency
        self.rosterID = rosterID
    }
}

/// One person of an attendance list.
public struct Attendance: Sendable, Equatable, Codable {
    /// The person.
    public var person: PersonMention
    /// How they took part.
    public var role: Role
    /// Whom they stand in for (代理, 代).
    public var onBehalfOf: String?

    /// One entry of a list.
    public init(person: PersonMention, role: Role, onBehalfOf: String? = nil) {
        self.person = person
        self.role = role
        self.onBehalfOf = onBehalfOf
    }

    /// How a person took part (DOMAIN.md section 2.1).
    public enum Role: String, Sendable, Codable, CaseIterable {
        case attendee, observer, excused, absent
    }
}

/// A section of level 1: 壹、….
public struct MeetingSection: Sendable, Equatable, Codable {
    /// Numeral as written, "貳".
    public var path: String
    /// Title.
    public var title: Words
    /// What kind of items it holds.
    public var kind: AgendaItem.Kind

    /// A section.
    public init(path: String, title: Words, kind: AgendaItem.Kind) {
        self.path = path
        self.title = title
        self.kind = kind
    }
}

/// One item of an agenda or of minutes.
public struct AgendaItem: Sendable, Equatable, Codable {
    /// Outline path, "貳.三"; "壹" where the section itself is the item.
    public var path: String
    /// What kind of item it is.
    public var kind: Kind
    /// Title verbatim, without marker and sponsor.
    public var title: Words
    /// Sponsoring agency in trailing parentheses or 提案單位.
    public var sponsor: String?
    /// 案由, 說明, 擬辦 of a discussion item, verbatim.
    public var details: [ItemDetail]
    /// First passage of the item and last one, inclusive.
    public var firstPassage: Int
    /// See `firstPassage`.
    public var lastPassage: Int

    /// An item over whole passages.
    public init(
        path: String, kind: Kind, title: Words, sponsor: String? = nil, details: [ItemDetail] = [],
        passages: ClosedRange<Int>
    ) {
        self.path = path
        self.kind = kind
        self.title = title
        self.sponsor = sponsor
        self.details = details
        firstPassage = passages.lowerBound
        lastPassage = passages.upperBound
    }

    /// What kind of item it is (DOMAIN.md section 3.1).
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case readPrevious, trackingReview, report, discussion, adHoc, general, other
    }
}

/// A labelled part of an agenda item: 案由, 說明, 擬辦.
public struct ItemDetail: Sendable, Equatable, Codable {
    /// Label as written.
    public var label: String
    /// Text after it.
    public var text: Words

    /// A labelled part.
    public init(label: String, text: Words) {
        self.label = label
        self.text = text
    }
}

/// What a person said, as minutes record it.
public struct Statement: Sendable, Equatable, Codable {
    /// Path of the agenda item.
    public var itemPath: String?
    /// Speaker, verbatim and resolved as far as possible.
    public var speaker: PersonMention
    /// 補充說明, 說明, 報告, 發言, 表示; empty for a bare "name：".
    public var verb: String
    /// Text, one entry a numbered paragraph.
    public var paragraphs: [Words]

    /// A statement.
    public init(itemPath: String?, speaker: PersonMention, verb: String, paragraphs: [Words]) {
        self.itemPath = itemPath
        self.speaker = speaker
        self.verb = verb
        self.paragraphs = paragraphs
    }
}

/// A conclusion, decision or resolution of a meeting.
public struct Conclusion: Sendable, Equatable, Codable {
    /// Path of the agenda item; nil for a general conclusion.
    public var itemPath: String?
    /// Path of the conclusion itself, "貳.三.（二）", "參.一".
    public var path: String
    /// Label as written: 會議結論, 決議, 決定, 裁示.
    public var label: String
    /// Text.
    public var text: Words
    /// Types of its clauses (DOMAIN.md section 5.5), in order, without repetition; several mean mixed.
    public var types: [ConclusionType]
    /// Who is asked to do it.
    public var addressees: [Addressee]
    /// Due date or period.
    public var due: [DatedWords]
    /// Condition or escalation clause as written: 倘…, 必要時….
    public var condition: String?
    /// Tracking numbers it names.
    public var trackingNumbers: [String]
    /// The words that put the conclusion itself under tracking: 本項納入列管.
    public var opensTracking: Words?

    /// A conclusion of whatever was found.
    public init(
        itemPath: String?, path: String, label: String, text: Words, types: [ConclusionType],
        addressees: [Addressee] = [], due: [DatedWords] = [], condition: String? = nil,
        trackingNumbers: [String] = [], opensTracking: Words? = nil
    ) {
        self.itemPath = itemPath
        self.path = path
        self.label = label
        self.text = text
        self.types = types
        self.addressees = addressees
        self.due = due
        self.condition = condition
        self.trackingNumbers = trackingNumbers
        self.opensTracking = opensTracking
    }
}

/// What a conclusion or one of its clauses does (DOMAIN.md section 5.5).
public enum ConclusionType: String, Sendable, Codable, CaseIterable {
    case confirmMinutes, noted, release, continueTracking, assign, announce, policyRule, escalate, schedule, monitor,
        commend, adopted, adoptedAsAmended, deferred, returned, withdrawn, other
}

/// An agency or group that a conclusion asks to act.
public struct Addressee: Sendable, Hashable, Codable {
    /// The words as written.
    public var words: Words
    /// Official agency name, if the roster has it.
    public var agency: String?
    /// Group such as 各機關, 各位主秘; nil for one agency.
    public var group: String?
    /// "lead", "support" or "notice".
    public var role: String

    /// An addressee.
    public init(words: Words, agency: String? = nil, group: String? = nil, role: String = "lead") {
        self.words = words
        self.agency = agency
        self.group = group
        self.role = role
    }
}

/// What a conclusion does to one tracking number.
public struct TrackingAction: Sendable, Hashable, Codable {
    /// Number, "205-2".
    public var reference: String
    /// Where it is written.
    public var words: Words
    /// Agency scope as written without 部分: "觀傳局"; nil for all.
    public var scope: String?
    /// Proviso in the parenthesis.
    public var proviso: String?
    /// What happens.
    public var action: Action
    /// Path of the conclusion that does it.
    public var conclusionPath: String
    /// Index of its list in `declaredCounts`, if the list declares a count.
    public var declaredCountGroup: Int?
    /// True when the source writes no number and `reference` is the next one of the meeting, for a person to confirm.
    public var isNumberProposed: Bool

    /// An action.
    public init(
        reference: String, words: Words, scope: String? = nil, proviso: String? = nil, action: Action,
        conclusionPath: String, declaredCountGroup: Int? = nil, isNumberProposed: Bool = false
    ) {
        self.reference = reference
        self.words = words
        self.scope = scope
        self.proviso = proviso
        self.action = action
        self.conclusionPath = conclusionPath
        self.declaredCountGroup = declaredCountGroup
        self.isNumberProposed = isNumberProposed
    }

    /// What happens to a tracked item.
    public enum Action: String, Sendable, Codable, CaseIterable {
        case open, release, `continue`, split, merge, retitle
    }
}

/// 等 N 案: a count that must equal the number of references before it.
public struct DeclaredCount: Sendable, Equatable, Codable {
    /// The action of the list.
    public var action: TrackingAction.Action
    /// N.
    public var declared: Int
    /// References found.
    public var found: Int
    /// Where the count is written.
    public var words: Words

    /// A declared count.
    public init(action: TrackingAction.Action, declared: Int, found: Int, words: Words) {
        self.action = action
        self.declared = declared
        self.found = found
        self.words = words
    }
}

/// A correction of minutes: an object of its own, never applied to the body.
public struct Correction: Sendable, Equatable, Codable {
    /// Path of the corrected conclusion, "參.三".
    public var target: String?
    /// Wrong words.
    public var from: String
    /// Right words.
    public var to: String
    /// Ordinal of the meeting whose minutes are corrected; nil for the minutes that carry the note.
    public var ofMeeting: Int?
    /// Ordinal of the meeting that decided it; nil for the meeting of these minutes.
    public var byMeeting: Int?
    /// Date of that meeting.
    public var on: DatedWords?
    /// The note.
    public var note: Words
    /// True when the target path exists.
    public var targetFound: Bool
    /// True when the body of the target still has the wrong words.
    public var bodyStillHasFrom: Bool

    /// A correction.
    public init(
        target: String?, from: String, to: String, ofMeeting: Int? = nil, byMeeting: Int?, on: DatedWords?,
        note: Words, targetFound: Bool, bodyStillHasFrom: Bool
    ) {
        self.target = target
        self.from = from
        self.to = to
        self.ofMeeting = ofMeeting
        self.byMeeting = byMeeting
        self.on = on
        self.note = note
        self.targetFound = targetFound
        self.bodyStillHasFrom = bodyStillHasFrom
    }
}
