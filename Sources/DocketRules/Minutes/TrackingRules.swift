internal import DocketCore
internal import DocketText

/// MIN-07: 等 N 案 that does not count the tracking numbers before it.
struct DeclaredCounts: Rule {
    let card = RuleCard(
        "MIN-07", .error,
        finds: LocalizedText("「等N案」與所列列管編號之數目不符。", "等 N 案 that is not the number of tracking numbers listed."),
        remedy: LocalizedText("請核對列管編號與案數。", "Check the numbers and the count."),
        silent: LocalizedText("未載明案數之列舉。", "Lists that declare no count."))

    func findings(on reading: SourceReading) -> [Finding] {
        (reading.structure.minutes?.declaredCounts ?? []).filter { $0.declared != $0.found }.map { count in
            let message = LocalizedText(
                "載明 \(count.declared) 案，實列 \(count.found) 案。",
                "\(count.declared) are declared and \(count.found) listed.")
            return card.finding(at: reading.place(count.words), message)
        }
    }
}

/// MIN-08: a tracking number that the ledger does not hold, or holds as released.
struct KnownReferences: Rule {
    let card = RuleCard(
        "MIN-08", .error,
        finds: LocalizedText(
            "引用之列管編號不存在，或已解除列管。", "A tracking number that does not exist or is released already."),
        remedy: LocalizedText("請核對列管編號與列管清冊。", "Check the number against the tracking ledger."),
        silent: LocalizedText(
            "資料庫未建該系列列管清冊者；列管清冊未含其來源會議紀錄者；本次新增之編號。",
            "Series without a ledger; numbers of a meeting whose minutes the ledger lacks; numbers that the meeting "
                + "itself opens."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard let known = reading.context.trackedItems, let minutes = reading.structure.minutes else { return [] }
        let byReference = Dictionary(known.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
        let scopes = AgencyKeys(reading.context.roster)
        return minutes.trackingActions.filter { $0.action != .open }.compactMap { action in
            if let ordinal = minutes.ordinal, let meeting = action.meeting, meeting >= ordinal { return nil }
            let item = byReference[action.reference]
            // Minutes that the library does not have may have opened it.
            let isCovered = action.meeting.map { reading.context.ledgerMeetings?.contains($0) ?? true } ?? true
            guard item != nil || isCovered else { return nil }
            return message(action, item, scopes).map {
                card.finding(at: reading.place(action.words, path: action.conclusionPath), $0)
            }
        }
    }

    private func message(_ action: TrackingAction, _ item: KnownTrackedItem?, _ scopes: AgencyKeys) -> LocalizedText? {
        let reference = action.reference
        guard let item else {
            return LocalizedText("列管清冊無編號 \(reference)。", "The ledger has no item \(reference).")
        }
        if item.isReleased {
            return LocalizedText("列管編號 \(reference) 已解除列管。", "Item \(reference) is released already.")
        }
        if let scope = action.scope, !item.openScopes.isEmpty,
            !item.openScopes.contains(where: { scopes.areEqual($0, scope) })
        {
            return LocalizedText(
                "列管編號 \(reference) 之\(scope)部分已解除列管或不存在。",
                "The part of \(scope) in item \(reference) is released already or does not exist.")
        }
        return nil
    }
}

/// MIN-09: one tracking number released and continued, with nothing that keeps the two apart.
struct ReleaseAndContinue: Rule {
    let card = RuleCard(
        "MIN-09", .error,
        finds: LocalizedText(
            "同一列管編號同時解除與賡續列管，且未分列不同機關。",
            "One tracking number both released and continued without two different agencies."),
        remedy: LocalizedText(
            "請刪除其一，或分別註明機關，如「211-2（觀傳局部分）」。",
            "Delete one of them, or name the agency of each, as in 211-2（觀傳局部分）."),
        silent: LocalizedText(
            "分屬不同機關之部分，如 211-2 之觀傳局部分與法務局部分。", "Parts of different agencies, as 211-2 of 觀傳局 and of 法務局."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard let minutes = reading.structure.minutes else { return [] }
        let scopes = AgencyKeys(reading.context.roster)
        let released = Dictionary(grouping: minutes.trackingActions.filter { $0.action == .release }, by: \.reference)
        return minutes.trackingActions.filter { $0.action == .continue }.compactMap { action in
            let clash = released[action.reference]?.first { release in
                guard let first = release.scope, let second = action.scope else { return true }
                return scopes.areEqual(first, second)
            }
            guard let clash else { return nil }
            let message = LocalizedText(
                "列管編號 \(action.reference) 同時列為解除與賡續列管。",
                "Item \(action.reference) is both released and continued.")
            let spans = [clash.words, action.words].map { reading.source.span($0.range) }
            return card.finding(at: Finding.Place(spans: spans, path: action.conclusionPath), message)
        }
    }
}

/// MIN-10: a tracking number of this meeting or a later one, among those released or continued.
struct FutureReferences: Rule {
    let card = RuleCard(
        "MIN-10", .error,
        finds: LocalizedText(
            "解除或賡續列管之編號，其會議次別大於或等於本次。",
            "A number released or continued whose meeting is this one or a later one."),
        remedy: LocalizedText("請核對列管編號。", "Check the tracking number."),
        silent: LocalizedText(
            "本次新增列管之編號；無會議次別之紀錄。", "Numbers that the meeting itself opens; minutes without an ordinal."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard let minutes = reading.structure.minutes, let ordinal = minutes.ordinal else { return [] }
        return minutes.trackingActions.compactMap { action in
            guard action.action != .open, let meeting = action.meeting, meeting >= ordinal else { return nil }
            let message = LocalizedText(
                "列管編號 \(action.reference) 屬第\(meeting)次會議，本次為第\(ordinal)次。",
                "Item \(action.reference) belongs to meeting \(meeting); this is meeting \(ordinal).")
            return card.finding(at: reading.place(action.words, path: action.conclusionPath), message)
        }
    }
}

extension TrackingAction {
    /// Ordinal of the meeting that opened the item.
    var meeting: Int? { reference.split(separator: "-").first.flatMap { Int($0) } }
}

/// Agencies by any of their names, so that 觀傳局 and its official name are one scope.
struct AgencyKeys {
    private var ids: [String: String] = [:]

    init(_ roster: Roster) {
        for agency in roster.agencies {
            for name in [agency.officialName] + agency.shortNames + agency.aliases {
                ids[Folding.key(name)] = agency.id
            }
        }
    }

    /// True when both names are of one agency.
    func areEqual(_ first: String, _ second: String) -> Bool { key(first) == key(second) }

    private func key(_ name: String) -> String {
        let folded = Folding.key(name)
        return ids[folded] ?? folded
    }
}
