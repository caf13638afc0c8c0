internal import DocketCore

/// Words and markers of the house form in the language of the minutes.
struct MinutesForm {
    let isChinese: Bool
    let series: MeetingSeries?

    /// Title of the closing line.
    var adjournment: String { isChinese ? "散會" : "Adjournment" }

    /// Label of what an item of `kind` ends in.
    ///
    /// A series that resolves (決議) decides on its reports (決定).
    func outcomeLabel(_ kind: AgendaItem.Kind) -> String {
        let label = series?.outcomeLabel ?? (isChinese ? "會議結論" : "Decision")
        guard label == "決議" else { return label }
        switch kind {
        case .readPrevious, .trackingReview, .report: return "決定"
        default: return label
        }
    }

    /// Label of the tasks of an item.
    var taskLabel: String { isChinese ? "辦理事項" : "Action" }

    /// A section's title; one that is an item of its own (宣讀…紀錄) is closed with a full stop.
    func title(section words: String) -> String { words.count > 8 ? title(item: words) : words }

    /// An item's title, closed with a full stop in Chinese.
    func title(item words: String) -> String {
        guard isChinese, let last = words.last, !"。？！：".contains(last) else { return words }
        return words + "。"
    }

    /// Sponsor behind a title.
    func sponsor(_ agency: String) -> String { isChinese ? "（\(agency)）" : " (\(agency))" }

    /// The numeral before a section.
    func marker(section path: String) -> String { isChinese ? path + "、" : path + "." }

    /// The numeral before an item: 三、 for path 貳.三.
    func marker(item path: String) -> String {
        let last = path.split(separator: ".").last.map(String.init) ?? path
        return isChinese ? last + "、" : path + "."
    }

    /// 一、 before the first topic of a meeting without agenda.
    func marker(topic number: Int) -> String { isChinese ? Self.numeral(number) + "、" : "\(number)." }

    /// （一） before a conclusion of an item, 一、 before a general one.
    func marker(conclusion number: Int, isGeneral: Bool) -> String {
        guard isChinese else { return "(\(number))" }
        return isGeneral ? Self.numeral(number) + "、" : "（\(Self.numeral(number))）"
    }

    /// 一 to 九十九.
    static func numeral(_ number: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        guard (1...99).contains(number) else { return String(number) }
        let (tens, units) = number.quotientAndRemainder(dividingBy: 10)
        return (tens == 0 ? "" : (tens == 1 ? "" : digits[tens]) + "十") + digits[units]
    }

    // MARK: - Why something is empty

    static let notSpokenOf = LocalizedText(
        zhHant: "逐字稿中找不到本項議程的討論", en: "the transcript has no discussion of this item")
    static let noRuling = LocalizedText(
        zhHant: "逐字稿中未見主席就本項作成結論", en: "no ruling of the chair on this item was found in the transcript")
    static let noMotion = LocalizedText(zhHant: "逐字稿中未見臨時動議", en: "the transcript has no motion from the floor")
    static func notGiven(_ zhHant: String, _ en: String) -> LocalizedText {
        LocalizedText(zhHant: "來源未載明\(zhHant)", en: "no source gives the \(en)")
    }
}
