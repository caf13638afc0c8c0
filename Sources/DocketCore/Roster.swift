/// Agencies and persons that a library knows: data, never code.
public struct Roster: Sendable, Equatable, Codable {
    /// Agencies in file order.
    public var agencies: [Agency]
    /// Persons in file order.
    public var persons: [PersonRole]

    /// A roster.
    public init(agencies: [Agency] = [], persons: [PersonRole] = []) {
        self.agencies = agencies
        self.persons = persons
    }

    /// One agency (DOMAIN.md section 3.1).
    public struct Agency: Sendable, Equatable, Codable {
        /// Identity in the roster.
        public var id: String
        /// 全銜.
        public var officialName: String
        /// 教育局, 教育.
        public var shortNames: [String]
        /// Former and other names.
        public var aliases: [String]
        /// Identity of the agency above.
        public var parent: String?
        /// 機關代碼.
        public var code: String?
        /// First day under this name, ISO 8601.
        public var from: String?
        /// Last day under this name, ISO 8601.
        public var to: String?

        /// An agency.
        public init(
            id: String, officialName: String, shortNames: [String] = [], aliases: [String] = [], parent: String? = nil,
            code: String? = nil, from: String? = nil, to: String? = nil
        ) {
            self.id = id
            self.officialName = officialName
            self.shortNames = shortNames
            self.aliases = aliases
            self.parent = parent
            self.code = code
            self.from = from
            self.to = to
        }
    }

    /// A person in one post for one time.
    public struct PersonRole: Sendable, Equatable, Codable {
        /// Identity in the roster.
        public var id: String
        /// Full name.
        public var name: String
        /// Surname.
        public var surname: String
        /// Title, 主任秘書.
        public var title: String
        /// Short forms of the title, 主秘.
        public var titleAliases: [String]
        /// Identity of the agency.
        public var agency: String?
        /// First day in the post, ISO 8601.
        public var from: String?
        /// Last day in the post, ISO 8601.
        public var to: String?

        /// A person in a post.
        public init(
            id: String, name: String, surname: String, title: String, titleAliases: [String] = [],
            agency: String? = nil, from: String? = nil, to: String? = nil
        ) {
            self.id = id
            self.name = name
            self.surname = surname
            self.title = title
            self.titleAliases = titleAliases
            self.agency = agency
            self.from = from
            self.to = to
        }
    }
}

/// A series of meetings and the form of its minutes (DOMAIN.md section 3.1).
public struct MeetingSeries: Sendable, Equatable, Codable {
    /// Identity.
    public var id: SeriesID
    /// Name as in titles, "主任秘書會報".
    public var name: String
    /// Host agency, 全銜, put before the title.
    public var hostAgency: String?
    /// Label of outcomes: 會議結論, 決議, 決定, 裁示.
    public var outcomeLabel: String
    /// Title of the section of general conclusions.
    public var generalTitle: String
    /// Language of its minutes.
    public var language: String
    /// How the body decides; nil when nobody has said.
    public var meetingType: MeetingType?

    /// How a body decides (DOMAIN.md section 2.2).
    public enum MeetingType: String, Sendable, Codable, CaseIterable {
        /// The head decides: 決定, 裁示; consensus is a 會議結論.
        case administrative
        /// A quorum votes: 決議.
        case collegiate
        /// A council votes, with counts.
        case council
    }

    /// A series.
    public init(
        id: SeriesID, name: String, hostAgency: String? = nil, outcomeLabel: String = "會議結論",
        generalTitle: String = "綜合會議結論", language: String = "zh-Hant", meetingType: MeetingType? = nil
    ) {
        self.meetingType = meetingType
        self.id = id
        self.name = name
        self.hostAgency = hostAgency
        self.outcomeLabel = outcomeLabel
        self.generalTitle = generalTitle
        self.language = language
    }
}
