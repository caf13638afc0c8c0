internal import DocketCore
internal import DocketText

/// MIN-21: a speaker whom nothing names.
struct UnresolvedSpeakers: Rule {
    let card = RuleCard(
        "MIN-21", .information,
        finds: LocalizedText(
            "發言人無法對應至名冊，或逐字稿僅有編號之講者。", "A speaker who is not in the roster, or whom a transcript only numbers."),
        remedy: LocalizedText("請指定發言人，或補登名冊。", "Say who it is, or add the person to the roster."),
        silent: LocalizedText(
            "無名冊而已載姓名或機關者；逐字稿中未標示講者之段落（旁白）。",
            "Names and agencies where there is no roster; narration of transcripts, which has no label."))

    func findings(on reading: SourceReading) -> [Finding] {
        reading.source.isSpeech ? voices(reading) : statements(reading)
    }

    private func statements(_ reading: SourceReading) -> [Finding] {
        let people = RosterPeople(reading.context.roster)
        return (reading.minutes?.statements ?? []).compactMap { statement in
            let speaker = statement.speaker
            guard speaker.rosterID == nil, !people.holdOne(namedBy: speaker.words.text),
                !people.isEmpty || (speaker.name == nil && speaker.agency == nil)
            else { return nil }
            let message = LocalizedText(
                "「\(speaker.words.text)」無法對應至名冊人員。", "\(speaker.words.text) is not found in the roster.")
            return card.finding(at: reading.place(speaker.words, path: statement.itemPath), message)
        }
    }

    /// One finding for all labels of a transcript, with the first words of each.
    private func voices(_ reading: SourceReading) -> [Finding] {
        let passages = reading.source.passages
        var places: [String: SourceSpan] = [:]
        // What nobody is named for is narration: a title, (laughter), (the film is shown).
        for passage in passages {
            guard let label = passage.speaker, Self.isNobody(label), places[label] == nil else { continue }
            places[label] = reading.source.span(passage.range)
        }
        guard !places.isEmpty else { return [] }
        let spans = places.values.sorted { $0.start < $1.start }.prefix(SourceReading.spansPerFinding)
        let message = LocalizedText(
            "\(places.count) 位講者尚未指定為何人。", "Speakers not matched to persons: \(places.count).")
        return [card.finding(at: Finding.Place(spans: Array(spans)), message)]
    }

    /// True for SPEAKER_00, 講者 2, 不明.
    private static func isNobody(_ label: String) -> Bool {
        let bare = label.lowercased().filter { !$0.isWhitespace && !$0.isNumber && !"_-#".contains($0) }
        return ["", "speaker", "spk", "s", "unknown", "講者", "發言人", "發言者", "說話者", "不明", "未知", "某人"].contains(bare)
    }
}

/// Persons of a roster by surname and title, 康專門委員, and by name and title.
private struct RosterPeople {
    private var names: [String: Set<String>] = [:]

    init(_ roster: Roster) {
        for person in roster.persons {
            for title in [person.title] + person.titleAliases where !title.isEmpty {
                for words in [person.surname + title, person.name + title, title + person.name] {
                    names[Folding.key(words), default: []].insert(person.name)
                }
            }
        }
    }

    var isEmpty: Bool { names.isEmpty }

    /// True when the words end in the surname and title, or the name and title, of exactly one person.
    func holdOne(namedBy words: String) -> Bool {
        var rest = Substring(Folding.key(words).filter { !$0.isWhitespace }.suffix(24))
        while rest.count >= 2 {
            if let found = names[String(rest)] { return found.count == 1 }
            rest = rest.dropFirst()
        }
        return false
    }
}

/// MIN-22: minutes less secret than what they were made from.
struct ClassificationOfSources: Rule {
    let card = RuleCard(
        "MIN-22", .error,
        finds: LocalizedText("會議紀錄之密等低於所據資料之最高密等。", "Minutes of a lower level than the highest of their sources."),
        remedy: LocalizedText("請提高密等，或先就來源資料辦理解密。", "Raise the level, or have the sources declassified first."),
        silent: LocalizedText("來源資料密等不明者。", "Minutes whose sources are not known."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard reading.minutes != nil, let highest = reading.context.sourceClassifications.max(),
            reading.source.classification < highest
        else { return [] }
        return [card.finding(at: reading.place, message(reading.source.classification, highest))]
    }

    func findings(on reading: DraftReading) -> [Finding] {
        let levels = reading.sources.map(\.classification) + reading.context.sourceClassifications
        guard let highest = levels.max(), reading.draft.classification < highest else { return [] }
        return [card.finding(at: Finding.Place(), message(reading.draft.classification, highest))]
    }

    private func message(_ level: Classification, _ highest: Classification) -> LocalizedText {
        LocalizedText(
            "密等為「\(level.name)」，所據資料最高為「\(highest.name)」。",
            "The level is \(level.rawValue); the highest of the sources is \(highest.rawValue).")
    }
}

extension Classification {
    /// The Chinese word for the level.
    fileprivate var name: String {
        switch self {
        case .public: "公開"
        case .internal: "一般"
        case .restricted: "密"
        case .confidential: "機密"
        case .secret: "極機密"
        case .topSecret: "絕對機密"
        }
    }
}

/// MIN-23: minutes that an engine helped to write and that do not say so.
struct Disclosure: Rule {
    let card = RuleCard(
        "MIN-23", .warning,
        finds: LocalizedText("以 AI 輔助產製之會議紀錄未揭露。", "Minutes drafted with the help of AI that do not say so."),
        remedy: LocalizedText(
            "請加註「本紀錄由 AI 輔助產製草稿，經承辦人確認」。", "Add the line that AI helped to draft them and the officer confirmed them."),
        silent: LocalizedText(
            "非 AI 輔助之紀錄；匯出時由系統自動加註揭露文字之草稿。", "Minutes without AI; drafts whose disclosure line the exporter adds."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard reading.minutes != nil, reading.context.isAIAssisted, !Self.isDisclosed(reading.source.text) else {
            return []
        }
        return [card.finding(at: reading.place, Self.message)]
    }

    func findings(on reading: DraftReading) -> [Finding] {
        guard reading.draft.kind == .minutes, !reading.context.exportDiscloses,
            !reading.draft.blocks.contains(where: { Self.isDisclosed($0.text) })
        else { return [] }
        return [card.finding(at: Finding.Place(), Self.message)]
    }

    private static let message = LocalizedText(
        "未載明本紀錄由 AI 輔助產製。", "Nothing says that AI helped to draft these minutes.")

    /// AI, or 人工智慧, beside a word for drafting or helping, in one line.
    private static func isDisclosed(_ text: String) -> Bool {
        text.split(separator: "\n").contains { line in
            let lowered = line.lowercased()
            let names = lowered.contains("人工智慧") || lowered.contains("生成式") || lowered.containsWord("ai")
            return names
                && ["輔助", "產製", "產生", "協助", "draft", "assist", "help", "generated"].contains { lowered.contains($0) }
        }
    }
}

extension String {
    /// True when an ASCII word stands in the text with no letter beside it.
    fileprivate func containsWord(_ word: String) -> Bool {
        utf8.split { !(0x61...0x7A).contains($0) }.contains { $0.elementsEqual(word.utf8) }
    }
}
