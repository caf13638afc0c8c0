internal import DocketCore
internal import DocketText

/// MIN-01: a part that minutes must have and these have not.
struct RequiredParts: Rule {
    let card = RuleCard(
        "MIN-01", .error,
        finds: LocalizedText(
            "會議紀錄缺少必要項目：會議名稱及次別、時間、地點或開會方式、主席、紀錄、內容、散會。",
            "Minutes without a part they must have: title with ordinal, time, place or mode, chair, minute taker, "
                + "body, closing."
        ),
        remedy: LocalizedText("請補載缺少之項目。", "Add the missing part."),
        silent: LocalizedText(
            "議程、簽到表與節錄本；不屬任何系列之單次會議之次別；以會議時間欄載明結束時間者之散會。",
            "Agendas, attendance lists and excerpts; the ordinal of a meeting of no series; the closing where the time "
                + "field gives the end."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard let minutes = reading.minutes, !minutes.isExcerpt else { return [] }
        let parts = Self.missing(in: minutes, reading)
        guard !parts.isEmpty else { return [] }
        let message = LocalizedText(
            "會議紀錄缺少：\(parts.map(\.zhHant).joined(separator: "、"))。",
            "The minutes have no \(parts.map(\.en).joined(separator: ", ")).")
        return [card.finding(at: reading.place, message)]
    }

    private static func missing(in minutes: MinutesStructure, _ reading: SourceReading) -> [LocalizedText] {
        let isOfSeries = reading.series != nil || minutes.previousOrdinal != nil
        let parts: [(Bool, LocalizedText)] = [
            (minutes.title == nil, LocalizedText("會議名稱", "title")),
            (
                minutes.title != nil && minutes.ordinal == nil && isOfSeries,
                LocalizedText("會議次別", "ordinal in the title")
            ),
            (minutes.start?.iso == nil, LocalizedText("開會日期", "date")),
            (minutes.start?.iso.map { !$0.contains("T") } ?? false, LocalizedText("開會時間", "time of day")),
            (minutes.place == nil && minutes.mode == nil, LocalizedText("地點或開會方式", "place or mode")),
            (minutes.chair == nil, LocalizedText("主席", "chair")),
            (minutes.minuteTaker == nil, LocalizedText("紀錄", "minute taker")),
            (minutes.items.isEmpty && minutes.conclusions.isEmpty, LocalizedText("會議內容", "body")),
            (minutes.closing == nil && minutes.end == nil, LocalizedText("散會", "closing")),
        ]
        return parts.filter(\.0).map(\.1)
    }
}

/// MIN-02: neither a list of those present nor a reference to the sign-in sheet.
struct AttendanceGiven: Rule {
    let card = RuleCard(
        "MIN-02", .error,
        finds: LocalizedText(
            "會議紀錄未列出席人員，亦未註明如簽到表。", "Minutes with neither a list of those present nor a reference to the sign-in sheet."
        ),
        remedy: LocalizedText("請列出出席人員，或註明「如簽到表」。", "List those present, or write 如簽到表."),
        silent: LocalizedText(
            "出席名單另附檔案，且已連結者；節錄本。",
            "Minutes whose attendance list is a file of its own, linked to the meeting; excerpts."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard let minutes = reading.minutes, !minutes.isExcerpt, minutes.attendanceReference == nil,
            reading.context.attendance.isEmpty,
            !minutes.attendance.contains(where: { $0.role == .attendee })
        else { return [] }
        let message = LocalizedText("未列出席人員，亦未註明如簽到表。", "Nobody is listed as present and no sign-in sheet is named.")
        return [card.finding(at: reading.place, message)]
    }
}

/// MIN-04: the minutes confirm another meeting than the one before.
struct PreviousMeeting: Rule {
    let card = RuleCard(
        "MIN-04", .error,
        finds: LocalizedText(
            "宣讀或確認之上次會議次別，並非本次之前一次。",
            "The previous meeting that is read or confirmed is not the one before this."),
        remedy: LocalizedText("請核對次別；次別不連續者請敘明原因。", "Check the ordinals; where there is a gap, say why."),
        silent: LocalizedText(
            "已敘明停開、併開、延期等原因者；資料庫所載該系列前一次會議即為該次者。",
            "Gaps that the minutes explain (停開, 併開, 延期 …); meetings that the library too holds as the previous one."))

    private static let explanations = [
        "停開", "停辦", "取消", "併開", "合併", "併同", "延期", "順延", "改期", "補開", "未召開", "cancelled", "postponed",
    ]

    func findings(on reading: SourceReading) -> [Finding] {
        guard let minutes = reading.minutes, let ordinal = minutes.ordinal, let previous = minutes.previousOrdinal,
            previous != ordinal - 1, previous != reading.context.previousOrdinal
        else { return [] }
        let item = minutes.items.first { $0.kind == .readPrevious }
        let words = item.map { reading.text(ofPassages: $0.firstPassage...max($0.firstPassage, $0.lastPassage)) } ?? ""
        guard !Self.explanations.contains(where: { words.contains($0) }) else { return [] }
        let message = LocalizedText(
            "本次為第\(ordinal)次會議，所確認者為第\(previous)次，應為第\(ordinal - 1)次。",
            "This is meeting \(ordinal), but meeting \(previous) is confirmed instead of \(ordinal - 1).")
        return [card.finding(at: item.map { reading.place($0.title, path: $0.path) } ?? reading.place, message)]
    }
}

/// MIN-05: a meeting that ends before it begins.
struct MeetingTimes: Rule {
    let card = RuleCard(
        "MIN-05", .error,
        finds: LocalizedText("散會時間早於或等於開會時間。", "The meeting ends before or when it begins."),
        remedy: LocalizedText("請核對開會與散會時間。", "Check both times."),
        silent: LocalizedText(
            "未載明其中一個時間者；註明翌日散會者。", "Minutes that lack one of the times; meetings that end on the next day."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard let minutes = reading.minutes, let start = minutes.start?.iso, let end = minutes.end,
            let endISO = end.iso, start.contains("T"), endISO.contains("T"), endISO.prefix(16) <= start.prefix(16),
            !["翌日", "次日", "隔日", "next day"].contains(where: { (minutes.closing?.text ?? "").contains($0) })
        else { return [] }
        let (from, to) = (Self.clock(start), Self.clock(endISO))
        let message = LocalizedText(
            "開會時間為 \(from)，散會時間為 \(to)。", "The meeting begins at \(from) and ends at \(to).")
        return [card.finding(at: reading.place(end.words), message)]
    }

    /// 14:00 of an ISO 8601 time.
    private static func clock(_ iso: String) -> String { String(iso.prefix(16).suffix(5)) }
}

/// MIN-06: minutes sent out without a signature.
struct Signatures: Rule {
    let card = RuleCard(
        "MIN-06", .warning,
        finds: LocalizedText(
            "會議紀錄已分送，主席或紀錄尚未簽名。", "Minutes that went out before the chair or the minute taker signed."),
        remedy: LocalizedText("請補行簽名，並登錄簽名人員。", "Have them signed and record who signed."),
        silent: LocalizedText("尚未分送或不知進度之紀錄。", "Minutes not yet sent out, or whose state is not known."))

    func findings(on reading: SourceReading) -> [Finding] {
        guard reading.minutes != nil, let stage = reading.context.stage, stage >= .distributed else { return [] }
        let missing = RuleContext.Signatory.allCases.filter { !reading.context.signatures.contains($0) }
        return missing.map { signatory in
            let name = signatory == .chair ? LocalizedText("主席", "chair") : LocalizedText("紀錄", "minute taker")
            let message = LocalizedText(
                "紀錄已分送，\(name.zhHant)尚未簽名。", "The minutes went out without the signature of the \(name.en).")
            return card.finding(at: reading.place, message)
        }
    }
}

extension MinutesStructure {
    /// True when the title says that this is a part of minutes.
    fileprivate var isExcerpt: Bool {
        ["節錄", "摘錄", "節本", "excerpt"].contains { (title?.text ?? "").lowercased().contains($0) }
    }
}

extension SourceReading {
    /// Text of consecutive passages, as it stands in the source.
    func text(ofPassages numbers: ClosedRange<Int>) -> String {
        let passages = source.passages
        guard numbers.lowerBound >= 0, numbers.lowerBound < passages.count else { return "" }
        let last = min(numbers.upperBound, passages.count - 1)
        return source.text(in: passages[numbers.lowerBound].start..<passages[last].end)
    }
}
