import DocketCore
import DocketText

/// 案件 and 案卷 elements in the order of the sample of DOMAIN.md section 3.2; fields that it lacks follow under their own names.
///
/// The root element is Docket's choice: no description of the submission's own is public.
struct ArchivesXMLWriter: CatalogueWriter {
    func opening() -> String { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<檔案目錄>\n" }

    func closing() -> String { "</檔案目錄>\n" }

    func text(of entry: CatalogueEntry) -> String {
        var xml = XMLText(depth: 1)
        let name = entry.level == .item ? "案件" : "案卷"
        xml.open(name, [("識別碼", entry.id.rawValue)])
        let described = Dictionary(uniqueKeysWithValues: entry.described.map { ($0.field, $0.values) })
        var isNumbered = false
        for field in Self.order(entry.level) {
            // The number stands before the date of creation, and before the title of a folder.
            if field == .creationDate || field == .folderTitle && entry.level == .folder {
                number(entry.fileNumber, &xml)
                isNumbered = true
            }
            guard let values = described[field] else { continue }
            if field == .summary {
                xml.element(field.name.zhHant, [], entry[.summary] ?? "")
            } else {
                write(values, field, entry.level, &xml)
            }
        }
        if !isNumbered { number(entry.fileNumber, &xml) }
        for subject in entry.subjects {
            xml.element(
                "主題項",
                [
                    ("類別", subject.kind?.name.zhHant), ("詞彙表", subject.concept?.vocabulary),
                    ("識別碼", subject.concept?.uri),
                ], subject.label)
        }
        for note in entry.notes {
            xml.open("附註項")
            if !note.type.isEmpty { xml.element("類別", [], note.type) }
            xml.element("內容", [], note.text)
            xml.close("附註項")
        }
        xml.close(name)
        return xml.text
    }

    private func number(_ number: FileNumber?, _ xml: inout XMLText) {
        guard let number else { return }
        xml.element("年度號", [], number.year)
        xml.element("分類號", [], number.classNumber)
        xml.element("案次號", [], number.caseNumber)
        if let volume = number.volume { xml.element("卷次號", [], volume) }
        if let item = number.item { xml.element("目次號", [], item) }
    }

    private func write(
        _ values: [String], _ field: CatalogueField, _ level: CatalogueEntry.Level, _ xml: inout XMLText
    ) {
        let name = Self.names(level)[field] ?? field.name.zhHant
        for (index, value) in values.enumerated() {
            switch field {
            case .outgoingNumber, .incomingNumber: xml.nested(name, [], "文字", value)
            case .extentCount, .extentUnit: xml.element(name, [("NUM", "\(index + 1)")], value)
            case .retention, .originalRetention: xml.element(name, [], value == "permanent" ? "永久" : value)
            case .documentKind, .copyKind, .storageMedia: coded(name, value, &xml)
            default: xml.element(name, [], Self.words(value, field))
            }
        }
    }

    /// "代碼:1 正本" as an attribute and words, "函類別:1" as an element of its own, anything else as words.
    private func coded(_ name: String, _ value: String, _ xml: inout XMLText) {
        let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, Self.isName(parts[0]) else { return xml.element(name, [], value) }
        let rest = parts[1].split(separator: " ", maxSplits: 1).map(String.init)
        guard let code = rest.first, code.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
        else { return xml.element(name, [], value) }
        let words = rest.count > 1 ? rest[1] : ""
        if parts[0] == "代碼" { return xml.element(name, [("代碼", code)], words) }
        xml.open(name)
        xml.element(parts[0], [("代碼", code)], words)
        xml.close(name)
    }

    /// True for a name of Han characters, which are all that these elements have.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
    }

    /// Dates in the form of the sample, 100/11/07, and in words where the day is not known; codes in words.
    static func words(_ value: String, _ field: CatalogueField) -> String {
        guard field.form == .date, let date = CalendarDate(iso: value) else { return field.words(for: value).zhHant }
        guard date.rocYear > 0 else {
            let parts = [date.year.padded(4)] + [date.month, date.day].compactMap { $0?.padded(2) }
            return parts.joined(separator: parts.count == 3 ? "/" : "-")
        }
        switch (date.month, date.day) {
        case (let month?, let day?):
            return [date.rocYear.padded(3), month.padded(2), day.padded(2)].joined(separator: "/")
        case (let month?, nil): return "\(date.rocYear)年\(month)月"
        default: return "\(date.rocYear)年"
        }
    }

    // MARK: Order and names

    private static let itemOrder: [CatalogueField] = [
        .subject, .parallelTitle, .otherTitle, .principalSender, .recipients, .otherSenders, .documentKind, .copyKind,
        .classification, .declassification, .declassifiedOn, .retention, .originalRetention, .retentionReason,
        .outgoingNumber, .incomingNumber, .creationDate, .storageMedia, .extentCount, .extentUnit, .attachments,
        .relatedItems, .folderTitle, .agencyCode, .unitCode,
    ]

    private static func order(_ level: CatalogueEntry.Level) -> [CatalogueField] {
        let first = level == .item ? itemOrder : []
        return first + CatalogueField.allCases.filter { !first.contains($0) }
    }

    private static func names(_ level: CatalogueEntry.Level) -> [CatalogueField: String] {
        let title = level == .item ? "由" : "名"
        return [.parallelTitle: "並列案" + title, .otherTitle: "其他案" + title, .storageMedia: "媒體型式"]
    }
}

extension Int {
    /// Decimal digits, at least `width`.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}
