/// A named thing in a text: an agency, a person, a number of the files, a statute, a quoted title.
public struct Mention: Sendable, Hashable {
    /// What it is.
    public var kind: Kind
    /// Its bytes.
    public var range: Range<Int>
    /// Its words, as written.
    public var words: String
    /// Full name of an agency or person, or of a statute; nil when only a part is written.
    public var name: String?
    /// Surname of a person; equal to the first part of `name` where that is written.
    public var surname: String?
    /// Title of a person as written (主秘, 局長).
    public var title: String?
    /// Agency written with a person, or the agency that a bracket after a tracking number limits it to.
    public var agency: String?
    /// Identity in the roster, when exactly one entry answers.
    public var rosterID: String?
    /// The parts of a number: meeting and item of a tracking number, the five of a file number, article, paragraph and
    /// subparagraph of a statute.
    public var parts: [String]
    /// Words in the bracket after a tracking number that are no agency ("本案依…").
    public var proviso: String?

    /// A mention of whatever is known.
    public init(
        kind: Kind, range: Range<Int>, words: String, name: String? = nil, surname: String? = nil, title: String? = nil,
        agency: String? = nil, rosterID: String? = nil, parts: [String] = [], proviso: String? = nil
    ) {
        self.kind = kind
        self.range = range
        self.words = words
        self.name = name
        self.surname = surname
        self.title = title
        self.agency = agency
        self.rosterID = rosterID
        self.parts = parts
        self.proviso = proviso
    }

    /// What a mention names.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case agency, person, trackingNumber, documentNumber, fileNumber, statute, quotedTitle
    }
}

/// The agencies and persons that a `MentionFinder` knows by name, ready to be searched: data, never code.
public struct RosterIndex: Sendable {
    let agencies: WordTable<Agency>
    let persons: WordTable<[Person]>
    let titles: WordTable<String>
    let isGeneric: Bool

    /// One agency as written in a roster.
    public struct Agency: Sendable, Hashable {
        /// Identity in the roster.
        public var id: String
        /// Official name.
        public var name: String
        /// All other names: short forms, former names.
        public var otherNames: [String]

        /// An agency.
        public init(id: String, name: String, otherNames: [String] = []) {
            self.id = id
            self.name = name
            self.otherNames = otherNames
        }
    }

    /// One person in one post.
    public struct Person: Sendable, Hashable {
        /// Identity in the roster.
        public var id: String
        /// Full name.
        public var name: String
        /// Surname.
        public var surname: String
        /// Title and its short forms.
        public var titles: [String]
        /// Identity of the agency.
        public var agency: String?

        /// A person.
        public init(id: String, name: String, surname: String, titles: [String], agency: String? = nil) {
            self.id = id
            self.name = name
            self.surname = surname
            self.titles = titles
            self.agency = agency
        }
    }

    /// An index of a roster.
    ///
    /// Names that the roster does not hold are still found by their form: "…局", "吳主秘".
    ///
    /// An agency's names lose a leading place name where that leaves its own short name in the roster; nothing else is
    /// derived. A name of fewer than two characters is ignored.
    public init(agencies: [Agency] = [], persons: [Person] = []) {
        var agencyTable = WordTable<Agency>()
        for agency in agencies {
            for name in [agency.name] + agency.otherNames where name.unicodeScalars.count >= 2 {
                agencyTable.insert(name, agency)
            }
        }
        var byName: [String: [Person]] = [:]
        var titleTable = MentionWords.titles
        for person in persons where person.name.unicodeScalars.count >= 2 {
            byName[person.name, default: []].append(person)
            for title in person.titles where !title.isEmpty { titleTable.insert(title, title) }
        }
        self.agencies = agencyTable
        self.persons = WordTable(byName.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        titles = titleTable
        isGeneric = agencies.isEmpty && persons.isEmpty
        roleIndex = Dictionary(grouping: persons.flatMap { person in person.titles.map { (person, $0) } }) {
            Role(surname: $0.0.surname, title: $0.1)
        }.mapValues { $0.map(\.0) }
    }

    /// No roster: names are found by their form alone.
    public static let generic = RosterIndex()

    private let roleIndex: [Role: [Person]]

    private struct Role: Hashable {
        let surname: String
        let title: String
    }

    /// All persons of that surname and title, in roster order.
    func persons(surname: String, title: String) -> [Person] { roleIndex[Role(surname: surname, title: title)] ?? [] }

    /// The one person of that surname and title, in that agency when it is given; nil when none or several answer.
    func person(surname: String, title: String, agency: String?) -> Person? {
        let all = roleIndex[Role(surname: surname, title: title)] ?? []
        let matching = agency == nil ? all : all.filter { $0.agency == agency }
        return matching.count == 1 ? matching[0] : nil
    }
}
