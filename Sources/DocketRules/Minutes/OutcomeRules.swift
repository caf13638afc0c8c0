internal import DocketCore

/// MIN-03: an agenda item without an outcome.
struct ItemOutcomes: Rule {
    let card = RuleCard(
        "MIN-03", .error,
        finds: LocalizedText(
            "報告、討論或臨時動議案未載結論、決定或決議。",
            "A report, discussion or motion that ends in no conclusion, decision or resolution."),
        remedy: LocalizedText("請補載結論；僅供報告者載明「備查」或「洽悉」。", "Add the outcome; for a mere report write 備查 or 洽悉."),
        silent: LocalizedText(
            "撤案、併案或移下次討論者；結論集中記載於文末之紀錄；議事錄之報告案；議程。",
            "Items withdrawn, joined to another or put off; minutes that gather all outcomes in one place; reports to "
                + "an assembly (議事錄); agendas."))

    private static let exempt = [
        "撤案", "撤回", "抽出", "併案", "併第", "併同", "合併討論", "保留", "下次會議", "下次會報", "withdrawn", "deferred",
    ]

    func findings(on reading: SourceReading) -> [Finding] {
        guard let minutes = reading.minutes, minutes.conclusions.contains(where: { $0.itemPath != nil }) else {
            return []
        }
        let settled = Set(minutes.conclusions.compactMap(\.itemPath).flatMap(Self.withAncestors))
        // An assembly hears reports that ask for nothing; its record is called 議事錄.
        let isAssembly = reading.context.meetingType == .council || minutes.title?.text.contains("議事錄") == true
        let kinds: Set<AgendaItem.Kind> =
            isAssembly ? [.discussion, .adHoc] : [.report, .discussion, .trackingReview, .adHoc]
        return minutes.items.compactMap { item in
            guard kinds.contains(item.kind), !settled.contains(item.path) else { return nil }
            let words = reading.text(ofPassages: item.firstPassage...max(item.firstPassage, item.lastPassage))
            guard !Self.exempt.contains(where: { words.contains($0) }) else { return nil }
            let message = LocalizedText("本案未載結論、決定或決議。", "The item has no outcome.")
            return card.finding(at: reading.place(item.title, path: item.path), message)
        }
    }

    /// "貳.三.1" with "貳.三" and "貳".
    private static func withAncestors(_ path: String) -> [String] {
        var paths = [path]
        var rest = Substring(path)
        while let dot = rest.lastIndex(of: ".") {
            rest = rest[..<dot]
            paths.append(String(rest))
        }
        return paths
    }
}

/// MIN-14: a task for nobody.
struct TaskAddressees: Rule {
    let card = RuleCard(
        "MIN-14", .error,
        finds: LocalizedText("交辦之結論未載明由何機關辦理。", "A conclusion that assigns a task to nobody."),
        remedy: LocalizedText("請載明主辦機關。", "Name the agency that is to do it."),
        silent: LocalizedText(
            "附條件或場合之規定，其適用對象已可得知（如「如遇…，請…」、「…期間請…」、「…者，請…」）；以各機關、同仁等為對象者。",
            "Rules for a condition or an occasion, which says whom they concern (如遇…，請…; …期間請…; …者，請…); tasks "
                + "of all agencies or of the staff."))

    /// Groups that a task may be given to without naming one agency.
    private static let everybody = ["各機關", "各局處", "各單位", "各處室", "各科室", "各區公所", "各校", "同仁"]

    /// Words before 請 that say whom a rule concerns.
    private static let occasions = ["期間", "時", "如", "遇", "倘", "若", "者", "凡"]

    func findings(on reading: SourceReading) -> [Finding] {
        (reading.minutes?.conclusions ?? []).compactMap { conclusion in
            guard conclusion.types.contains(.assign), conclusion.addressees.isEmpty, conclusion.condition == nil,
                !Self.isRule(conclusion.text.text)
            else { return nil }
            let message = LocalizedText("本項交辦事項未載明辦理機關。", "Nobody is named to do this.")
            return card.finding(at: reading.place(conclusion.text, path: conclusion.path), message)
        }
    }

    /// True when the task is everybody's, or the words before the first 請 name a condition or an occasion.
    private static func isRule(_ text: String) -> Bool {
        if everybody.contains(where: text.contains) { return true }
        guard let ask = text.firstIndex(of: "請") else { return false }
        return occasions.contains { text[..<ask].contains($0) }
    }
}

/// MIN-15: a task of one agency without a date.
struct TaskDueDates: Rule {
    let card = RuleCard(
        "MIN-15", .warning,
        finds: LocalizedText(
            "交辦特定機關之結論未載明期限。", "A conclusion that assigns a task to named agencies without a due date."),
        remedy: LocalizedText("請載明期限，或敘明為經常辦理事項。", "Give a due date, or say that it is a standing task."),
        silent: LocalizedText(
            "宣達轉知、通案規定、經常或定期辦理、附條件、於一定期間或場合辦理、納入列管者；配合、檢討、加強等無完成日可言者；"
                + "交各機關一體辦理者。",
            "Notices, general rules, standing or recurring tasks, conditional ones, those tied to an occasion or a "
                + "period or "
                + "put under tracking; tasks of care and cooperation, which no day completes; tasks of all agencies."))

    /// Words that make a task a standing or recurring one.
    private static let standing = [
        "每", "按月", "按季", "按週", "逐月", "逐季", "逐案", "定期", "隨時", "持續", "賡續", "繼續", "一律", "立即", "即刻", "即時", "儘速", "盡速", "爾後",
        "後續",
    ]
    /// Words that tie it to an occasion or a condition.
    private static let occasions = [
        "期間", "當日", "當天", "同時", "屆時", "時，", "時請", "於會", "下次會", "本次會", "會後", "會前", "日至", "月至", "俟", "倘", "如", "必要時",
        "未獲", "逾",
    ]
    /// Words of care and cooperation: nothing that could be finished on a day.
    private static let soft = [
        "配合", "協助", "參考", "研議", "檢討", "宣導", "宣達", "轉知", "加強", "注意", "落實", "務必", "儘量", "盡量", "避免", "優先", "先洽",
    ]
    /// Words that put it where it is followed up anyway.
    private static let followed = ["列管", "備查", "洽悉", "追蹤"]

    private static let exempt = WordMatcher(standing + occasions + soft + followed)

    func findings(on reading: SourceReading) -> [Finding] {
        guard reading.source.language.hasPrefix("zh") else { return english(reading) }
        return (reading.minutes?.conclusions ?? []).compactMap { conclusion in
            let text = conclusion.text.text
            guard Self.isTask(conclusion), conclusion.addressees.contains(where: { $0.agency != nil }),
                conclusion.condition == nil, Self.exempt.matches(in: text).isEmpty
            else { return nil }
            return finding(conclusion, reading)
        }
    }

    private func english(_ reading: SourceReading) -> [Finding] {
        (reading.minutes?.conclusions ?? []).compactMap { conclusion in
            Self.isTask(conclusion) && conclusion.condition == nil ? finding(conclusion, reading) : nil
        }
    }

    private static func isTask(_ conclusion: Conclusion) -> Bool {
        let others: Set<ConclusionType> = [
            .announce, .policyRule, .monitor, .schedule, .release, .continueTracking, .deferred,
        ]
        return conclusion.types.contains(.assign) && conclusion.due.isEmpty && others.isDisjoint(with: conclusion.types)
    }

    private func finding(_ conclusion: Conclusion, _ reading: SourceReading) -> Finding {
        let message = LocalizedText("本項交辦事項未載明期限。", "The task has no due date.")
        return card.finding(at: reading.place(conclusion.text, path: conclusion.path), message)
    }
}

/// MIN-16: 決議, 決定 or 結論 where the meeting decides in another way.
struct OutcomeWords: Rule {
    let card = RuleCard(
        "MIN-16", .warning,
        finds: LocalizedText(
            "結論用語與會議性質不合：合議制之「決議」無表決紀錄，或經表決而稱「結論」、「決定」。",
            "The word of an outcome does not fit: 決議 of a voting body without a record of the vote, or 結論, 決定 "
                + "after a vote."
        ),
        remedy: LocalizedText(
            "經表決者用「決議」並載明票數；首長裁定用「決定」；協商共識用「結論」。",
            "Write 決議 with the counts after a vote, 決定 for the head's ruling, 結論 for a consensus."),
        silent: LocalizedText(
            "會議性質不明者之「決議」；系列已定其用語者；無異議通過者。",
            "決議 where it is not known how the body decides; words that the series itself prescribes; passage "
                + "without objection."
        ))

    func findings(on reading: SourceReading) -> [Finding] {
        guard let minutes = reading.minutes, reading.source.language.hasPrefix("zh") else { return [] }
        return minutes.conclusions.compactMap { conclusion in
            message(conclusion, reading).map {
                card.finding(at: reading.place(conclusion.text, path: conclusion.path), $0)
            }
        }
    }

    private func message(_ conclusion: Conclusion, _ reading: SourceReading) -> LocalizedText? {
        let isVoted = Vote(in: conclusion.text.text) != nil
        let type = reading.context.meetingType
        if isVoted, ["結論", "會議結論", "決定", "裁示", "主席裁示"].contains(conclusion.label) {
            return LocalizedText(
                "經表決之案件用「\(conclusion.label)」，應為「決議」。", "\(conclusion.label) after a vote should be 決議.")
        }
        guard conclusion.label == "決議", !isVoted, conclusion.types != [.noted], conclusion.types != [.confirmMinutes]
        else {
            return nil
        }
        switch type {
        case .collegiate, .council:
            let agreed = ["無異議", "一致", "照案通過", "鼓掌通過", "撤回", "撤案", "緩議", "保留", "退回"]
            guard !agreed.contains(where: { conclusion.text.text.contains($0) }) else { return nil }
            return LocalizedText("「決議」未載表決方式或票數。", "The 決議 has no record of a vote.")
        case .administrative where reading.series?.outcomeLabel != "決議":
            return LocalizedText("首長主持之會議用「決議」而無表決。", "決議 without a vote in a meeting whose head decides.")
        default: return nil
        }
    }
}
