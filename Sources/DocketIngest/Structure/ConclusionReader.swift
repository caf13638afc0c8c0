import DocketCore
import DocketText

/// Reads what a conclusion does: its types, whom it asks, until when, under which condition, which numbers it names.
struct ConclusionReader: Sendable {
    let work: WorkingText
    let dates: DateFinder
    let addressees: AddresseeReader

    /// `conclusion` with everything filled in that its text at the working range says.
    func read(_ conclusion: Conclusion, range: Range<Int>, itemKind: AgendaItem.Kind?) -> Conclusion {
        var result = conclusion
        let text = work.text
        let asked = addressees.addressees(in: range)
        result.addressees = asked.map { hit in
            let words = text.words(hit.range)
            return Addressee(
                words: Words(words, at: work.original(hit.range)),
                agency: hit.isGroup ? nil : addressees.directory.officialName(of: words) ?? hit.agency,
                group: hit.isGroup ? words : nil, role: hit.role.rawValue)
        }
        let tracking = TrackingReader(work: work)
        result.trackingNumbers = tracking.references(in: range).reduce(into: []) { list, reference in
            if !list.contains(reference.number) { list.append(reference.number) }
        }
        result.opensTracking = tracking.opening(in: range).map { Words(text.words($0), at: work.original($0)) }
        result.due = due(in: range)
        result.condition = condition(in: range)
        result.types = types(in: range, asked: asked, hasDue: !result.due.isEmpty, itemKind: itemKind)
        return result
    }

    // MARK: Dates

    /// Deadlines: expressions that bound (前, 以前, 內, 底前, by …) and recurrences; never 截至…, which dates the matter.
    private func due(in range: Range<Int>) -> [DatedWords] {
        let words = work.text.words(range)
        return dates.expressions(in: words).compactMap { expression in
            let place = expression.range.lowerBound + range.lowerBound..<expression.range.upperBound + range.lowerBound
            guard isDeadline(expression, at: place, in: range) else { return nil }
            var due = dates.dated(expression) { local in
                work.original(local.lowerBound + range.lowerBound..<local.upperBound + range.lowerBound)
            }
            // 紀錄確定後30日內 counts from an event whose day nobody knows here.
            if let offset = expression.offset, offset.count < 0 || followsEvent(place, in: range) {
                due.iso = nil
                due.isoEnd = nil
            } else if expression.bound == .within, let end = due.isoEnd {
                due.iso = end
                due.isoEnd = nil
            }
            return due
        }
    }

    private func followsEvent(_ place: Range<Int>, in range: Range<Int>) -> Bool {
        work.text.has("後", at: place.lowerBound, before: range.upperBound) && place.lowerBound > range.lowerBound
            || work.text.ends(range.lowerBound..<place.lowerBound, with: "後")
    }

    private func isDeadline(_ expression: DateExpression, at place: Range<Int>, in range: Range<Int>) -> Bool {
        let before = work.text.trimmed(max(range.lowerBound, place.lowerBound - 12)..<place.lowerBound)
        for word: Needle in ["截至", "迄", "截止"]
        where work.text.ends(before, with: word) || work.text.has(word, at: place.lowerBound, before: range.upperBound)
        {
            return false
        }
        guard expression.start != nil || expression.end != nil || expression.isRelative else { return false }
        switch expression.bound {
        case .by, .before, .within, .until, .every: return true
        case .from, .after, .last: return false
        case nil:
            // 於11月20日完成, "by" being left out.
            guard expression.start?.month != nil, expression.end == nil, !expression.isRelative else { return false }
            let after = place.upperBound..<min(range.upperBound, place.upperBound + 30)
            return work.text.ends(before, with: "於")
                && ["完成", "提報", "提出", "函送", "送", "回報"].contains { (needle: Needle) in
                    work.text.first(needle, in: after) != nil
                }
        }
    }

    // MARK: Condition

    private static let conditions: [Needle] = [
        "倘", "必要時", "如有", "如遇", "如因", "若有", "若因", "如未", "如無法", "if ", "If ", "unless ", "where necessary",
    ]

    /// The clause from the first word of condition to the end of its sentence.
    private func condition(in range: Range<Int>) -> String? {
        let starts = Self.conditions.compactMap { work.text.first($0, in: range) }
        guard let start = starts.min() else { return nil }
        var end = start
        while let next = work.text.scalar(at: end, before: range.upperBound), !Stop.sentence.contains(next.value) {
            end = next.next
        }
        return work.words(start..<end).text
    }

    // MARK: Types

    /// Types in the order of their first cue.
    private func types(
        in range: Range<Int>, asked: [AddresseeReader.Hit], hasDue: Bool, itemKind: AgendaItem.Kind?
    ) -> [ConclusionType] {
        var found: [(at: Int, type: ConclusionType)] = []
        for (type, needles) in ConclusionCues.table {
            let places = needles.compactMap { work.text.first($0, in: range) }
            if let first = places.min() { found.append((first, type)) }
        }
        for action in TrackingReader(work: work).verdicts(in: range) {
            found.append((action.range.lowerBound, action.action == .release ? .release : .continueTracking))
        }
        if let noted = noted(in: range) { found.append((noted, .noted)) }
        if itemKind == .readPrevious, let at = confirmation(in: range) { found.append((at, .confirmMinutes)) }
        if let request = addressees.firstRequest(in: range) ?? asked.first?.range.lowerBound {
            let end = sentenceEnd(from: request, in: range)
            let first = asked.first { $0.range.lowerBound >= request }
            let announces =
                first?.isGroup ?? false
                && ConclusionCues.announce.contains { work.text.first($0, in: request..<end) != nil }
            found.append((request, announces ? .announce : .assign))
            if announces, let later = laterRequest(after: end, in: range) { found.append((later, .assign)) }
        }
        var types: [ConclusionType] = []
        for entry in found.sorted(by: { $0.at < $1.at }) where !types.contains(entry.type) { types.append(entry.type) }
        if types.contains(.adoptedAsAmended) { types.removeAll { $0 == .adopted } }
        if types.contains(.confirmMinutes), itemKind != .readPrevious, work.text.first("確定後", in: range) != nil {
            types.removeAll { $0 == .confirmMinutes }
        }
        if types.isEmpty, ConclusionCues.duty.contains(where: { work.text.first($0, in: range) != nil }) {
            types = [.policyRule]
        }
        if types.isEmpty, !dates.expressions(in: work.text.words(range)).isEmpty { types = [.schedule] }
        return types.isEmpty ? [.other] : types
    }

    private func laterRequest(after end: Int, in range: Range<Int>) -> Int? {
        guard let next = addressees.firstRequest(in: end..<range.upperBound) else { return nil }
        let stop = sentenceEnd(from: next, in: range)
        return ConclusionCues.announce.contains { work.text.first($0, in: next..<stop) != nil } ? nil : next
    }

    private func sentenceEnd(from start: Int, in range: Range<Int>) -> Int {
        var offset = start
        while let next = work.text.scalar(at: offset, before: range.upperBound), !Stop.sentence.contains(next.value) {
            offset = next.next
        }
        return offset
    }

    /// 備查 and 洽悉 as a clause of their own; 送議會備查 is something else.
    private func noted(in range: Range<Int>) -> Int? {
        for clause in work.text.parts(range, where: { $0 == 0xFF0C || Stop.sentence.contains($0) || $0 == 0x2E }) {
            let words = work.text.words(clause)
            if words.unicodeScalars.count <= 10, !words.contains("送"), !words.contains("報"),
                ["備查", "洽悉", "敬悉", "知悉"].contains(where: words.hasSuffix)
            {
                return clause.lowerBound
            }
            if ["noted", "the report was noted", "report noted"].contains(words.lowercased()) {
                return clause.lowerBound
            }
        }
        return nil
    }

    private func confirmation(in range: Range<Int>) -> Int? {
        let needles: [Needle] = ["確定", "確認", "無誤", "agreed", "approved", "confirmed"]
        return needles.compactMap { work.text.first($0, in: range) }.min()
    }
}

/// Words that show what a clause of a conclusion does: a table, so that a house's own words are one line more.
enum ConclusionCues {
    static let announce: [Needle] = [
        "宣達", "轉知", "宣導", "周知", "布達", "轉達", "週知", "輪知", "circulate to all", "remind all",
    ]

    /// Words of duty without anybody asked.
    static let duty: [Needle] = ["應", "須", "務必", "不可", "must ", "shall "]

    static let table: [(ConclusionType, [Needle])] = [
        (
            .confirmMinutes,
            ["紀錄確定", "紀錄無誤", "紀錄准予確定", "議事錄確定", "紀錄予以確認", "minutes were agreed", "minutes were approved"]
        ),
        (
            .policyRule,
            [
                "毋須", "無須", "毋庸", "一律", "不得", "始得", "僅得", "均得", "，得", "者得", "可自行選擇", "為限",
                "不在此限", "為原則", "must not", "may not", "no longer",
            ]
        ),
        (
            .escalate,
            [
                "必要時請", "必要時提報", "提請督導", "提請副", "必要時", "協處", "提報市長室會議討論", "專案簽報", "escalate",
            ]
        ),
        (
            .schedule,
            [
                "開始為期", "為期", "訂於", "定於", "下次會議", "下次會報", "召開", "is scheduled for", "will be held on",
                "next meeting",
            ]
        ),
        (
            .monitor,
            [
                "每月統計", "按月", "逐月", "按季", "每季", "每週統計", "每週", "每日", "每月", "定期提報", "定期檢討", "抽查", "控管",
                "持續追蹤", "追蹤", "逐季", "monthly", "quarterly", "weekly",
            ]
        ),
        (.commend, ["感謝", "嘉許", "肯定", "敘獎", "表揚", "thanked", "Thanks to", "thanks to"]),
        (
            .adoptedAsAmended,
            ["修正通過", "修正後通過", "照修正", "條文修正", "adopted as amended", "adopted with", "agreed with amendments"]
        ),
        (
            .adopted,
            [
                "照案通過", "照案", "原則同意", "同意通過", "，通過", "通過。", "同意辦理", "is adopted", "was adopted",
                "are adopted", "was approved", "is approved", "照程序委員會意見", "通過，",
            ]
        ),
        (
            .deferred,
            [
                "緩議", "暫緩", "另定期", "暫不予處理", "擇期再議", "下次會議再議", "再提會討論", "本案保留", "先予保留", "暫予保留", "提案保留", "deferred",
                "postponed",
            ]
        ),
        (.returned, ["退回", "referred back", "returned to"]),
        (.withdrawn, ["撤案", "撤回", "撤銷本案", "withdrawn"]),
    ]
}
