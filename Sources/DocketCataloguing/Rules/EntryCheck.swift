internal import DocketCore
internal import DocketText

/// One entry under the rules that look at an entry alone.
struct EntryCheck: Sendable {
    let entry: CatalogueEntry
    let context: CatalogueContext
    /// The folder of an item, where it is known.
    let folder: CatalogueEntry?

    init(_ entry: CatalogueEntry, _ context: CatalogueContext, _ folder: CatalogueEntry?) {
        self.entry = entry
        self.context = context
        self.folder = folder
    }

    var isClassified: Bool {
        entry.classification >= .restricted
            || Classification(rawValue: entry[.classification] ?? "").map { $0 >= .restricted } ?? false
    }

    func finding(
        _ rule: String, _ severity: Finding.Severity, _ field: CatalogueField?, _ zhHant: String, _ en: String,
        remedy: (String, String)
    ) -> Finding {
        let spans = field.flatMap { entry.fields[$0]?.evidence.first }?.map(\.span) ?? []
        return CatalogueRule.finding(
            rule, severity, entry.id, field, path: entry.fileNumber?.text, spans: spans, zhHant, en, remedy: remedy)
    }

    // MARK: CAT-01, CAT-02

    private static let itemFields: [CatalogueField] = [
        .subject, .principalSender, .recipients, .outgoingNumber, .incomingNumber, .creationDate,
    ]
    private static let folderFields: [CatalogueField] = [
        .summary, .volumeCount, .dateFrom, .dateTo, .creator, .disposition,
    ]

    /// CAT-01: the level is there and fits what the entry says.
    func level() -> [Finding] {
        let wrong = (entry.level == .item ? Self.folderFields : Self.itemFields).first { entry[$0] != nil }
        guard let wrong else { return [] }
        let (level, other) = entry.level == .item ? ("案件", "item") : ("案卷", "folder")
        return [
            finding(
                "CAT-01", .error, wrong, "著錄層級不明：載為\(level)，卻填有「\(wrong.name.zhHant)」",
                "the level is doubtful: the entry is \(other == "item" ? "an item" : "a folder"), but fills “\(wrong.name.en)”",
                remedy: (
                    "請確認為案件或案卷，並刪去不屬該層級之欄位",
                    "decide between item and folder, and empty the field that does not belong there"
                ))
        ]
    }

    /// CAT-02: all parts of the file number are there and well formed.
    func fileNumber() -> [Finding] {
        let remedy = ("請依分類表及立案資料補正檔號", "complete or correct the file number from the scheme and the case list")
        guard let number = entry.fileNumber else {
            return [finding("CAT-02", .error, nil, "未編檔號", "the file number is missing", remedy: remedy)]
        }
        if entry.level == .item, number.volume == nil || number.item == nil {
            return [
                finding(
                    "CAT-02", .error, nil, "檔號 \(number.text) 不全：案件須有卷次號及目次號",
                    "file number \(number.text) is incomplete: an item has volume and item", remedy: remedy)
            ]
        }
        return badParts(number).map { part, words in
            finding(
                "CAT-02", .error, nil, "檔號之\(part.zhHant)「\(words)」含不合規定之字元或過長",
                "the \(part.en) “\(words)” of the file number has a wrong character or is too long",
                remedy: remedy)
        }
    }

    private func badParts(_ number: FileNumber) -> [(part: LocalizedText, words: String)] {
        let limits = context.fileNumberLimits
        func isAllowed(_ scalar: Unicode.Scalar, _ extra: String = "") -> Bool {
            ("0"..."9").contains(scalar) || ("A"..."Z").contains(scalar) || extra.unicodeScalars.contains(scalar)
        }
        func isBad(_ part: String?, _ limit: Int, _ extra: String = "") -> Bool {
            guard let part else { return false }
            return part.isEmpty || part.count > limit || !part.unicodeScalars.allSatisfy { isAllowed($0, extra) }
        }
        let isBadYear = isBad(number.year, limits.year) || !number.year.allSatisfy { $0.isNumber }
        var bad: [(LocalizedText, String)] = []
        if isBadYear { bad.append((LocalizedText(zhHant: "年度號", en: "year"), number.year)) }
        if isBad(number.classNumber, limits.classNumber, ".-") {
            bad.append((LocalizedText(zhHant: "分類號", en: "class"), number.classNumber))
        }
        if isBad(number.caseNumber, limits.caseNumber) {
            bad.append((LocalizedText(zhHant: "案次號", en: "case"), number.caseNumber))
        }
        if isBad(number.volume, limits.volume) {
            bad.append((LocalizedText(zhHant: "卷次號", en: "volume"), number.volume ?? ""))
        }
        if isBad(number.item, limits.item) { bad.append((LocalizedText(zhHant: "目次號", en: "item"), number.item ?? "")) }
        return bad.map { ($0.0, String($0.1.prefix(24))) }
    }

    // MARK: CAT-03, CAT-04

    /// CAT-03 for folders, CAT-04 for items: the columns of the law.
    func required() -> [Finding] {
        entry.level == .folder ? requiredOfFolder() : requiredOfItem()
    }

    private func requiredOfFolder() -> [Finding] {
        var fields: [CatalogueField] = [.folderTitle, .creator, .dateFrom, .dateTo, .retention, .summary, .volumeCount]
        // Nobody abstracts a classified case for a catalogue; its code name stands for it.
        if isClassified { fields.removeAll { $0 == .summary } }
        return fields.filter { entry[$0] == nil }.map { missing("CAT-03", $0) }
    }

    private func requiredOfItem() -> [Finding] {
        var fields: [CatalogueField] = [.subject, .creationDate, .retention]
        if folder?[.folderTitle] == nil { fields.insert(.folderTitle, at: 0) }
        var found = fields.filter { entry[$0] == nil }.map { missing("CAT-04", $0) }
        if !isClassified, entry[.principalSender] == nil, entry[.recipients] == nil {
            found.append(missing("CAT-04", .principalSender))
        }
        return found
    }

    private func missing(_ rule: String, _ field: CatalogueField) -> Finding {
        let reason = entry.fields[field]?.emptyReason
        let zhHant = reason.map { "（\($0.zhHant)）" } ?? ""
        let en = reason.map { " (\($0.en))" } ?? ""
        return finding(
            rule, .error, field, "必填欄位「\(field.name.zhHant)」未填\(zhHant)",
            "“\(field.name.en)” is mandatory and empty\(en)",
            remedy: ("請依文件或案卷資料補填", "fill it in from the document or the folder"))
    }

    // MARK: CAT-05, CAT-19

    /// CAT-05 of a folder and of an item in its folder, CAT-19 of any day.
    func dates() -> [Finding] {
        var found: [Finding] = []
        if let from = entry[.dateFrom], let to = entry[.dateTo], !Self.isOrdered(from, to) {
            found.append(
                finding(
                    "CAT-05", .error, .dateTo, "起日 \(from) 晚於迄日 \(to)",
                    "the folder begins on \(from), after its end on \(to)",
                    remedy: ("請核對案卷內文件日期", "compare the dates of its items")))
        }
        if let folder, let day = entry[.creationDate] {
            let isBefore = folder[.dateFrom].map { !Self.isOrdered($0, day) } ?? false
            let isAfter = folder[.dateTo].map { !Self.isOrdered(day, $0) } ?? false
            if isBefore || isAfter {
                found.append(
                    finding(
                        "CAT-05", .error, .creationDate, "文件日期 \(day) 不在案卷起迄日期內",
                        "the day \(day) is outside the dates of its folder",
                        remedy: ("請核對文件日期，或修正案卷起迄日期", "correct the day, or the dates of the folder")))
            }
        }
        return found + times()
    }

    /// True when `first` is not after `second`, at the precision of the less exact of the two.
    static func isOrdered(_ first: String, _ second: String) -> Bool {
        let length = min(first.count, second.count)
        return first.prefix(length) <= second.prefix(length)
    }

    private func times() -> [Finding] {
        var found: [Finding] = []
        for field in [CatalogueField.creationDate, .dateFrom, .dateTo] {
            guard let day = entry[field] else { continue }
            if let today = context.today, !Self.isOrdered(day, today) {
                found.append(
                    finding(
                        "CAT-19", .error, field, "日期 \(day) 在今日之後", "\(day) is in the future",
                        remedy: ("請核對文件所載日期及年制", "compare the document's date and its calendar")))
            }
        }
        guard let name = entry[.principalSender] ?? entry[.creator], let day = entry[.creationDate] ?? entry[.dateFrom]
        else { return found }
        if let first = context.agencyStarts[Folding.key(name)], !Self.isOrdered(first, day) {
            found.append(
                finding(
                    "CAT-19", .warning, entry.level == .item ? .principalSender : .creator,
                    "文件日期 \(day) 早於機關成立或改制日 \(first)",
                    "\(day) is before the agency had this name (\(first))",
                    remedy: ("請改用當時之機關全銜，或核對日期", "use the name that the agency had then, or correct the day")))
        }
        return found
    }
}
