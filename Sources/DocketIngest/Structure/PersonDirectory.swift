import DocketCore

/// Who is known while one document is read: the roster at the document's date, and people the document itself names.
struct PersonDirectory: Sendable {
    private let roster: Roster
    /// Day for which roles are looked up, ISO 8601; nil takes every role.
    private let day: String?
    private var agencies: [String: [AgencyMatch]] = [:]
    private var longestAgency = 0
    private var officialNames: [String: String] = [:]
    private(set) var titles: Set<String> = []
    private(set) var names: Set<String> = []
    private(set) var surnames: Set<String> = []
    private var people: [String: [Known]] = [:]
    private var named: [String: [Known]] = [:]

    private struct AgencyMatch: Sendable {
        var index: Int
        var rank: Int
    }

    private struct Known: Sendable {
        var name: String
        var surname: String
        var title: String?
        var titles: Set<String>
        var agency: String?
        var rosterID: String?
    }

    init(_ roster: Roster, on day: String?) {
        self.roster = roster
        self.day = day
        for agency in roster.agencies where officialNames[agency.id] == nil {
            officialNames[agency.id] = agency.officialName
        }
        for (index, agency) in roster.agencies.enumerated() where holds(agency.from, agency.to) {
            add(agency.officialName, index, rank: 2)
            for name in agency.shortNames { add(name, index, rank: 1) }
            for name in agency.aliases { add(name, index, rank: 0) }
        }
        for person in roster.persons where holds(person.from, person.to) {
            let titles = Set([person.title] + person.titleAliases).filter { !$0.isEmpty }
            self.titles.formUnion(titles)
            add(
                Known(
                    name: person.name,
                    surname: person.surname.isEmpty ? Title.surname(of: person.name) : person.surname,
                    title: person.title, titles: Set(titles.map(Self.fullTitle)),
                    agency: person.agency.map(officialName(ofID:)), rosterID: person.id))
        }
    }

    private func holds(_ from: String?, _ to: String?) -> Bool {
        guard let day else { return true }
        if let from, !from.isEmpty, from.prefix(day.utf8.count) > day { return false }
        if let to, !to.isEmpty, to < day.prefix(to.utf8.count) { return false }
        return true
    }

    private mutating func add(_ word: String, _ index: Int, rank: Int) {
        guard word.count > 1 else { return }
        if !(agencies[word]?.contains { $0.index == index } ?? false) {
            agencies[word, default: []].append(AgencyMatch(index: index, rank: rank))
        }
        longestAgency = max(longestAgency, word.unicodeScalars.count)
    }

    private mutating func add(_ known: Known) {
        guard !known.name.isEmpty else { return }
        names.insert(known.name)
        surnames.insert(known.surname)
        people[known.surname, default: []].append(known)
        named[known.name, default: []].append(known)
    }

    /// Remembers a person whom the document names in full, so that 教育局吳主秘 later finds them.
    mutating func remember(_ person: PersonMention) {
        guard let name = person.name, person.rosterID == nil else { return }
        let known = Known(
            name: name, surname: person.surname ?? Title.surname(of: name), title: person.title,
            titles: Set(person.title.map { [Self.fullTitle($0)] } ?? []), agency: person.agency, rosterID: nil)
        add(known)
        if let title = person.title { titles.insert(title) }
    }

    // MARK: Agencies

    /// True when the word is an agency of the roster.
    func isListed(_ word: String) -> Bool { agencies[word] != nil }

    /// True when the word is in the roster or ends as names of agencies and units do.
    func isAgency(_ word: String) -> Bool {
        if isListed(word) { return true }
        let scalars = Array(word.unicodeScalars)
        return (2...20).contains(scalars.count) && Self.endsAgency(scalars, at: scalars.count)
            && scalars.allSatisfy { Title.isHan($0.value) } && !Title.isTitle(word)
    }

    private static func endsAgency(_ scalars: [Unicode.Scalar], at end: Int) -> Bool {
        guard end >= 2 else { return false }
        return AgencyWord.endings.contains(scalars[end - 1].value)
            || scalars[end - 1] == "心" && scalars[end - 2] == "中"
    }

    /// Lengths of the heads of `scalars` that can be an agency's name, and 0.
    func agencyEnds(_ scalars: [Unicode.Scalar]) -> [Int] {
        var ends = [0]
        for end in 1..<max(2, min(scalars.count, 40)) where end < scalars.count {
            if end <= longestAgency, isListed(String(scalars: scalars[..<end])) || Self.endsAgency(scalars, at: end) {
                ends.append(end)
            } else if Self.endsAgency(scalars, at: end) {
                ends.append(end)
            }
        }
        return ends
    }

    /// Length in scalars of the longest agency of the roster that `scalars` starts with from `start`.
    func listedAgency(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
        var length = min(longestAgency, scalars.count)
        while length > 1 {
            if isListed(String(scalars: scalars.prefix(length))) { return length }
            length -= 1
        }
        return nil
    }

    /// 全銜 of an agency as written; nil when the roster does not have it or has it twice.
    func officialName(of word: String) -> String? {
        guard let matches = agencies[word], let best = matches.map(\.rank).max() else { return nil }
        let names = Set(matches.filter { $0.rank == best }.map { roster.agencies[$0.index].officialName })
        return names.count == 1 ? names.first : nil
    }

    private func officialName(ofID id: String) -> String {
        officialNames[id] ?? officialName(of: id) ?? id
    }

    /// All official names a word may stand for, its own and those of the agency it begins with (秘書處文書組).
    private func officialNames(of word: String) -> Set<String> {
        if let matches = agencies[word] { return Set(matches.map { roster.agencies[$0.index].officialName }) }
        let scalars = Array(word.unicodeScalars)
        guard let length = listedAgency(scalars[...]), let matches = agencies[String(scalars: scalars[..<length])]
        else {
            return [word]
        }
        return Set(matches.map { roster.agencies[$0.index].officialName })
    }

    // MARK: Persons

    /// A mention of `parts` at `words`, resolved as far as exactly one person fits.
    func resolve(_ parts: PersonPhraseReader.Parts, words: Words) -> PersonMention {
        var mention = PersonMention(
            words: words, name: parts.name, surname: parts.surname, title: parts.title,
            agency: parts.agency.map { officialName(of: $0) ?? $0 })
        let family = parts.surname ?? parts.name.map(Title.surname(of:))
        let found = candidates(parts, family: family)
        guard let first = found.first, Set(found.map(\.name)).count == 1 else { return mention }
        let named = found.first { $0.rosterID != nil } ?? first
        mention.name = named.name
        mention.surname = named.surname
        mention.title = mention.title ?? named.title
        mention.agency = mention.agency ?? named.agency
        let identities = Set(found.compactMap(\.rosterID))
        mention.rosterID = identities.count == 1 ? identities.first : named.rosterID
        return mention
    }

    private func candidates(_ parts: PersonPhraseReader.Parts, family: String?) -> [Known] {
        guard let family else { return titleHolders(parts) }
        var found = parts.name.map { named[$0] ?? [] } ?? people[family] ?? []
        if let agency = parts.agency {
            let wanted = officialNames(of: agency)
            let inAgency = found.filter { known in known.agency.map { belongs($0, to: wanted) } ?? false }
            if inAgency.isEmpty, parts.name == nil { return [] }
            if !inAgency.isEmpty { found = inAgency }
        }
        if let title = parts.title.map(Self.fullTitle) {
            let titled = found.filter { $0.titles.contains(title) || $0.titles.contains { title.hasSuffix($0) } }
            if titled.isEmpty, parts.name == nil { return [] }
            if !titled.isEmpty { found = titled }
        }
        return found
    }

    /// A bare title with an agency, 研考會主任秘書: whoever alone holds it.
    private func titleHolders(_ parts: PersonPhraseReader.Parts) -> [Known] {
        guard let title = parts.title.map(Self.fullTitle), let agency = parts.agency else { return [] }
        let wanted = officialNames(of: agency)
        return people.values.joined().filter { known in
            known.titles.contains(title) && (known.agency.map { wanted.contains($0) } ?? false)
        }.sorted { ($0.rosterID ?? "") < ($1.rosterID ?? "") }
    }

    private func belongs(_ agency: String, to wanted: Set<String>) -> Bool {
        wanted.contains(agency) || wanted.contains { agency.hasPrefix($0) || agency.hasSuffix($0) }
    }

    /// 主秘 → 主任秘書 and the like: short titles in general use.
    static func fullTitle(_ title: String) -> String {
        let short = [
            "主秘": "主任秘書", "專委": "專門委員", "主委": "主任委員", "副主委": "副主任委員", "執秘": "執行秘書",
            "政次": "政務次長", "常次": "常務次長", "副座": "副市長",
        ]
        return short[title] ?? title
    }
}
