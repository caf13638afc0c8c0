public import DocketCore
import DocketText

/// What a library knows that helps to read a query: its agencies, persons, series and words of the same meaning.
public struct SearchKnowledge: Sendable {
    /// Nothing but what the words themselves say.
    public static let none = SearchKnowledge(roster: Roster(), series: [])

    let finder: MentionFinder
    let seriesNames: SeriesNames
    private let agencies: [String: Roster.Agency]
    private let persons: [String: Roster.PersonRole]
    /// By surname and title as they may be typed, the persons who answer to both.
    private let holders: [String: [Roster.PersonRole]]
    /// Gives, for words, other words of the same meaning, best first; words it does not know are absent.
    let synonyms: @Sendable ([String]) async throws -> [String: [String]]

    /// What is known.
    ///
    /// `synonyms` gives other labels of words; it is called once a reading, with at most 256 of them.
    public init(
        roster: Roster, series: [MeetingSeries],
        synonyms: @escaping @Sendable ([String]) async throws -> [String: [String]] = { _ in [:] }
    ) {
        finder = MentionFinder(RosterIndex(roster))
        seriesNames = SeriesNames(series.map(\.name))
        agencies = Dictionary(roster.agencies.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        persons = Dictionary(roster.persons.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        holders = Dictionary(
            grouping: roster.persons.flatMap { person in
                ([person.title] + person.titleAliases).map { (person.surname + $0, person) }
            }, by: \.0
        ).mapValues { $0.map(\.1) }
        self.synonyms = synonyms
    }

    /// All names of the agency of a mention, the words as typed left out.
    func otherNames(of mention: Mention) -> [String] {
        guard let agency = mention.rosterID.flatMap({ agencies[$0] }) else { return [] }
        return Self.unique([agency.officialName] + agency.shortNames + agency.aliases, besides: mention.words)
    }

    /// Full names of the persons that a mention may mean: one of the roster, or all of its surname and title.
    func fullNames(of mention: Mention) -> [String] {
        if let person = mention.rosterID.flatMap({ persons[$0] }) { return [person.name] }
        if let name = mention.name, MentionFinder.isFullName(name) { return [name] }
        let held = holders[(mention.surname ?? "") + (mention.title ?? "")] ?? []
        return Self.unique(held.map(\.name), besides: "")
    }

    /// Ways to write a person: name before and behind the title, surname and title.
    func otherNames(ofPerson mention: Mention) -> [String] {
        var ways: [String] = []
        for name in fullNames(of: mention) {
            let role = persons.values.first { $0.name == name }
            ways.append(name)
            let titles = Set([mention.title, role?.title].compactMap { $0 } + (role?.titleAliases ?? []))
            guard let surname = role?.surname ?? mention.surname, name.hasPrefix(surname) else { continue }
            // "鄔主任", "鄔主任明德" are found by the first.
            ways += titles.sorted().map { surname + $0 }
        }
        return Self.unique(ways, besides: mention.words)
    }

    private static func unique(_ names: [String], besides typed: String) -> [String] {
        var seen: Set<String> = [Folding.key(typed)]
        return names.filter { $0.unicodeScalars.count >= 2 && seen.insert(Folding.key($0)).inserted }
    }
}

/// The names of a library's series, found in a query in full or shortened.
struct SeriesNames: Sendable {
    private let names: [(name: String, folded: [Unicode.Scalar])]

    init(_ names: [String]) {
        self.names = names.map { ($0, Array(Folding.key($0).unicodeScalars)) }
    }

    /// The first series that `text` names, and its scalars in `text`; the longest way to write it wins.
    ///
    /// A Chinese name may be shortened by leaving characters out, so long as the first and the last two stand (主秘會報 for
    /// 主任秘書會報); an English one to its first two words.
    func first(in text: [Unicode.Scalar]) -> (name: String, range: Range<Int>)? {
        let folded = text.map { Folding.key(String(Character($0))).unicodeScalars.first ?? $0 }
        var best: (name: String, range: Range<Int>)?
        for (name, wanted) in names where wanted.count >= 3 {
            guard let range = Self.range(of: wanted, in: folded) else { continue }
            if range.count > best?.range.count ?? 0 { best = (name, range) }
        }
        return best
    }

    private static func range(of name: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Range<Int>? {
        if name[0].isASCII {
            let words = String(String.UnicodeScalarView(name)).split(separator: " ")
            guard words.count >= 2 else { return nil }
            for count in stride(from: words.count, through: 2, by: -1) {
                let wanted = Array(words.prefix(count).joined(separator: " ").unicodeScalars)
                if let start = place(of: wanted, in: text) { return start..<start + wanted.count }
            }
            return nil
        }
        var best: Range<Int>?
        for start in text.indices where text[start] == name[0] {
            var (matched, end) = (1, start + 1)
            // The name's characters in order; those of the text must all be of it.
            for index in 1..<name.count where end < text.count && text[end] == name[index] {
                matched += 1
                end += 1
            }
            guard matched >= 3, end - start >= 3, Array(text[(end - 2)..<end]) == Array(name.suffix(2)) else {
                continue
            }
            if end - start > best?.count ?? 0 { best = start..<end }
        }
        return best
    }

    private static func place(of wanted: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Int? {
        guard wanted.count <= text.count else { return nil }
        return (0...(text.count - wanted.count)).first { Array(text[$0..<$0 + wanted.count]) == wanted }
    }
}

extension RosterIndex {
    /// The agencies and persons of a roster by all their names.
    init(_ roster: Roster) {
        self.init(
            agencies: roster.agencies.map {
                Agency(id: $0.id, name: $0.officialName, otherNames: $0.shortNames + $0.aliases)
            },
            persons: roster.persons.map {
                Person(
                    id: $0.id, name: $0.name, surname: $0.surname, titles: [$0.title] + $0.titleAliases,
                    agency: $0.agency)
            })
    }
}
