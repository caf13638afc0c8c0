internal import DocketCore
internal import DocketText

/// How long records are kept and what becomes of them: CAT-06 to 09, 18, 20 to 22, 26.
extension EntryCheck {
    // MARK: CAT-06, CAT-07, CAT-18

    func retention() -> [Finding] {
        let value = entry[.retention]
        var found: [Finding] = []
        for field in [CatalogueField.retention, .originalRetention] {
            guard let period = entry[field], !RetentionPeriod.legal.contains(period),
                !context.approvedRetentions.contains(period)
            else { continue }
            found.append(
                finding(
                    "CAT-06", .error, field, "保存年限「\(period)」不在規定之年限內",
                    "“\(period.prefix(20))” is none of the legal retention periods",
                    remedy: (
                        "請改為永久、30、25、20、15、10、5、3 或 1 年；經核准之例外請於設定中登錄",
                        "use permanent, 30, 25, 20, 15, 10, 5, 3 or 1 years, or register the approved exception"
                    )))
        }
        found += adjustment(value)
        guard let value, let original = entry[.originalRetention], let years = RetentionPeriod.years(value),
            let before = RetentionPeriod.years(original), years < before
        else { return found }
        return found + shortened(years, before)
    }

    private func adjustment(_ value: String?) -> [Finding] {
        let hasOriginal = entry[.originalRetention] != nil
        let hasReason = entry[.retentionReason] != nil
        guard hasOriginal != hasReason else { return [] }
        let field: CatalogueField = hasOriginal ? .retentionReason : .originalRetention
        return [
            finding(
                "CAT-18", .error, field, "保存年限經調整，未載「\(field.name.zhHant)」",
                "the retention was adjusted, but “\(field.name.en)” is empty",
                remedy: ("請補填原定保存年限及調整原因", "give the original period and the reason"))
        ]
    }

    /// A period may be shortened only under the four conditions of the regulation.
    private func shortened(_ years: Int, _ before: Int) -> [Finding] {
        var reasons: [LocalizedText] = []
        if before == Int.max || before > 20 {
            reasons.append(LocalizedText(zhHant: "原定年限逾20年", en: "the original period is over 20 years"))
        }
        if entry[.disposition] != "destroy" {
            reasons.append(LocalizedText(zhHant: "清理處置非銷毀", en: "the disposition is not destruction"))
        }
        if !hasElectronicCopy { reasons.append(LocalizedText(zhHant: "未載電子儲存媒體", en: "no electronic copy is stated")) }
        if before != Int.max, years < (before + 1) / 2 {
            reasons.append(LocalizedText(zhHant: "縮短逾半", en: "less than half, rounded up, is left"))
        }
        guard !reasons.isEmpty else { return [] }
        return [
            finding(
                "CAT-07", .error, .retention, "縮短保存年限不符規定：" + reasons.map(\.zhHant).joined(separator: "、"),
                "the period must not be shortened: " + reasons.map(\.en).joined(separator: "; "),
                remedy: ("請回復原定保存年限，或補正條件", "restore the original period, or meet the conditions"))
        ]
    }

    private var hasElectronicCopy: Bool {
        entry.values(.storageMedia).contains { medium in
            let words = medium.lowercased()
            return ["電子", "光碟", "磁帶", "硬碟", "媒體", "electronic", "disc", "disk", "tape", "pdf", "tiff"].contains {
                words.contains($0)
            }
        }
    }

    // MARK: CAT-08, CAT-09

    private static let dispositions: Set<String> = [
        "nationalArchives", "permanentAtAgency", "appraiseAtExpiry", "destroy",
    ]

    func disposition() -> [Finding] {
        guard let value = entry[.disposition] else { return [] }
        var found: [Finding] = []
        if !Self.dispositions.contains(value) {
            found.append(
                finding(
                    "CAT-08", .error, .disposition, "清理處置「\(value.prefix(20))」非規定之四種",
                    "“\(value.prefix(20))” is none of the four dispositions",
                    remedy: (
                        "請改為列為國家檔案、機關永久保存、屆期後鑑定或依規定程序銷毀",
                        "use nationalArchives, permanentAtAgency, appraiseAtExpiry or destroy"
                    )))
        }
        if value == "destroy", entry[.retention] == "permanent" {
            found.append(
                finding(
                    "CAT-09", .error, .disposition, "永久保存檔案不得列為銷毀", "a permanent record is marked for destruction",
                    remedy: ("請核對保存年限與清理處置", "correct the retention period or the disposition")))
        }
        return found
    }

    // MARK: CAT-20, CAT-21, CAT-22, CAT-26

    func life() -> [Finding] { submission() + destruction() + transfer() }

    private func submission() -> [Finding] {
        guard !isClassified, let today = context.today.flatMap(CalendarDate.init(iso:)) else { return [] }
        let status = context.status[entry.id] ?? .suggested
        guard status != .submitted, status != .accepted,
            let made = (entry[.cataloguedOn] ?? entry[.creationDate] ?? entry[.dateTo]).flatMap(
                CalendarDate.init(iso:)),
            let due = made.lastDay.adding(months: 6), due < today
        else { return [] }
        return [
            finding(
                "CAT-20", .warning, nil, "產生已逾6個月，目錄尚未彙送（應於 \(due.iso) 前）",
                "not submitted within six months (due \(due.iso))",
                remedy: ("請列入下次目錄彙送", "put it into the next submission"))
        ]
    }

    private func destruction() -> [Finding] {
        let day = entry[.destroyedOn]
        let approval = entry[.destructionApproval]
        var found: [Finding] = []
        if (day == nil) != (approval == nil) {
            let field: CatalogueField = day == nil ? .destroyedOn : .destructionApproval
            found.append(
                finding(
                    "CAT-21", .error, field, "已銷毀檔案未載「\(field.name.zhHant)」",
                    "a destroyed record lacks “\(field.name.en)”",
                    remedy: ("請補填核准銷毀文號及銷毀日期", "give the approval's number and the day")))
        }
        if let day, isClassified, entry[.declassifiedOn].map({ !Self.isOrdered($0, day) }) ?? true {
            found.append(
                finding(
                    "CAT-26", .error, .destroyedOn, "機密檔案於解密前銷毀",
                    "a classified record was destroyed before its declassification",
                    remedy: (
                        "請查明解密日期並補正；未解密者不得銷毀", "find out when it was declassified; what is not must not be destroyed"
                    )))
        }
        return found
    }

    private func transfer() -> [Finding] {
        guard entry.level == .folder, entry[.retention] == "permanent", entry[.transferredOn] == nil,
            let today = context.today.flatMap(CalendarDate.init(iso:)),
            let last = entry[.dateTo].flatMap(CalendarDate.init(iso:)),
            let due = last.lastDay.adding(months: 25 * 12), due < today
        else { return [] }
        let isExtended = entry.notes.contains { note in
            ["延長", "延後", "延緩", "extended"].contains { (note.type + note.text).contains($0) }
        }
        guard !isExtended else { return [] }
        return [
            finding(
                "CAT-22", .warning, .transferredOn, "永久保存案卷自文件迄日起已滿25年，尚未移轉或延長",
                "25 years have passed since the last item; the folder was neither transferred nor extended",
                remedy: ("請辦理移轉，或報核延長並於附註項載明", "transfer it, or note the approved extension"))
        ]
    }
}
