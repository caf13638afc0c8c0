internal import DocketCore

/// Who the voices of a transcript are, as minutes name them.
struct SpeakerBook: Sendable {
    /// One voice.
    struct Voice: Sendable, Equatable {
        /// Name before a statement: 研考會丁主秘, 童子晴府會副總聯絡人.
        var display: String
        /// Short name of the agency, if known.
        var agency: String?
        /// True for the person who presides.
        var isChair: Bool
        /// True for the person who takes the minutes.
        var isMinuteTaker: Bool
        /// True when the transcript does not tell who speaks.
        var isUnknown = false
    }

    private var voices: [String: Voice] = [:]
    private let isChinese: Bool
    /// True when the transcript tells nobody apart: anybody may then be the chair.
    private let isAnonymous: Bool

    /// Reads the labels of `talk` with what agenda, attendance list and roster know.
    init(_ talk: Talk, facts: MinutesFacts) {
        isChinese = talk.isChinese
        let people = People(facts)
        let labels = talk.utterances.compactMap(\.speaker)
        isAnonymous = Set(labels).count < 2
        let chair = Self.chairLabel(labels, people: people, talk: talk)
        for label in Set(labels) {
            voices[label] = voice(label, people: people, isChair: label == chair)
        }
    }

    /// The voice of `label`; a label that nothing is known of names itself.
    func voice(_ label: String?) -> Voice {
        if isAnonymous {
            return Voice(display: isChinese ? "發言" : "Somebody", isChair: true, isMinuteTaker: false, isUnknown: true)
        }
        return label.flatMap { voices[$0] } ?? Voice(display: label ?? "", isChair: false, isMinuteTaker: false)
    }

    /// Label of the chair, if one was found.
    var chairLabel: String? { voices.first { $0.value.isChair }?.key }

    private func voice(_ label: String, people: People, isChair: Bool) -> Voice {
        let isTaker =
            label.hasPrefix("紀錄") || label.hasPrefix("記錄") || people.minuteTaker.map { label.contains($0) } ?? false
            || label.lowercased().hasPrefix("minute")
        guard let person = people.person(label) else {
            return Voice(
                display: label, agency: people.agency(startOf: label), isChair: isChair, isMinuteTaker: isTaker)
        }
        return Voice(
            display: isChinese ? person.display : label, agency: person.agency, isChair: isChair, isMinuteTaker: isTaker
        )
    }

    /// The label that presides: one that says so, the agenda's or attendance list's chair, or who opens and adjourns.
    private static func chairLabel(_ labels: [String], people: People, talk: Talk) -> String? {
        let known = Set(labels)
        let words = ["主席", "主持人", "召集人", "chair", "chairman", "chairperson", "chairwoman", "the chair", "convenor"]
        if let label = known.sorted().first(where: { words.contains($0.lowercased()) || $0.hasPrefix("主席") }) {
            return label
        }
        if let label = known.sorted().first(where: { $0.lowercased().contains("(chair)") || $0.contains("（主席）") }) {
            return label
        }
        if let chair = people.chair,
            let label = known.sorted().first(where: { $0.contains(chair) || chair.contains($0) && $0.count > 1 })
        {
            return label
        }
        let adjourning = talk.utterances.last { utterance in
            ["散會", "adjourn", "meeting is closed", "close the meeting"].contains {
                utterance.text.lowercased().contains($0)
            }
        }
        if let label = adjourning?.speaker { return label }
        return known.sorted().max { count($0, labels) < count($1, labels) }
    }

    private static func count(_ label: String, _ labels: [String]) -> Int {
        labels.reduce(0) { $0 + ($1 == label ? 1 : 0) }
    }
}

/// Persons and agencies that papers and roster name.
struct People: Sendable {
    /// A person as minutes name them.
    struct Person: Sendable {
        var name: String
        var display: String
        var agency: String?
    }

    private(set) var chair: String?
    private(set) var minuteTaker: String?
    private var persons: [String: Person] = [:]
    private var agencies: [String] = []

    init(_ facts: MinutesFacts) {
        let structures = [facts.agenda?.structure, facts.attendance?.structure].compactMap { $0 }
        chair = structures.lazy.compactMap { $0.chair?.name ?? $0.chair?.words.text }.first
        minuteTaker = structures.lazy.compactMap { $0.minuteTaker?.name }.first
        var names: [String: String] = [:]
        for agency in facts.roster.agencies {
            names[agency.id] = agency.shortNames.first ?? agency.officialName
            agencies += agency.shortNames + agency.aliases + [agency.officialName]
        }
        agencies.sort { $0.count > $1.count }
        for person in facts.roster.persons {
            let agency = person.agency.flatMap { names[$0] ?? $0 }
            add(
                name: person.name, surname: person.surname, title: person.title, alias: person.titleAliases.first,
                agency: agency)
        }
        for entry in structures.flatMap(\.attendance) {
            guard let name = entry.person.name, persons[name] == nil else { continue }
            add(
                name: name, surname: entry.person.surname ?? String(name.prefix(1)), title: entry.person.title ?? "",
                alias: nil,
                agency: entry.person.agency)
        }
    }

    /// The person whose full name the label is or contains.
    func person(_ label: String) -> Person? {
        if let person = persons[label] { return person }
        return persons.values.filter { label.contains($0.name) }.max { $0.name.count < $1.name.count }
    }

    /// The agency that a label such as 研考會丁主秘 begins with.
    func agency(startOf label: String) -> String? {
        if let known = agencies.first(where: { label.hasPrefix($0) }) { return known }
        let endings: Set<Character> = ["局", "處", "會", "署", "部", "院", "室", "科", "所"]
        guard let end = label.prefix(8).lastIndex(where: { endings.contains($0) }), label[...end].count >= 3 else {
            return nil
        }
        return String(label[...end])
    }

    /// 研考會丁主秘 where the title has a short form, 童子晴府會副總聯絡人 where it has none.
    private mutating func add(name: String, surname: String, title: String, alias: String?, agency: String?) {
        guard name.count > 1 else { return }
        let short = alias ?? Self.shortTitles[title]
        let display = short.map { (agency ?? "") + surname + $0 } ?? name + title
        persons[name] = Person(name: name, display: display, agency: agency)
    }

    /// Short forms of titles in general use among agencies.
    private static let shortTitles = ["主任秘書": "主秘", "專門委員": "專委", "主任委員": "主委", "副主任委員": "副主委"]
}
