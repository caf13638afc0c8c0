internal import DocketCore

/// Makes the findings of the rules that more than one part reports.
enum CatalogueRule {
    static func finding(
        _ rule: String, _ severity: Finding.Severity, _ entry: EntryID? = nil, _ field: CatalogueField? = nil,
        path: String? = nil, spans: [SourceSpan] = [], _ zhHant: String, _ en: String, remedy: (String, String)
    ) -> Finding {
        Finding(
            rule: rule, severity: severity, place: .init(spans: spans, path: path, entry: entry, field: field),
            message: LocalizedText(zhHant: zhHant, en: en), remedy: LocalizedText(zhHant: remedy.0, en: remedy.1))
    }

    /// CAT-27: the items of a folder are kept for different times.
    static func differingRetention(_ periods: [String], _ entry: EntryID) -> Finding {
        let zhHant = periods.map { $0 == "permanent" ? "永久" : $0 + "年" }.joined(separator: "、")
        return finding(
            "CAT-27", .warning, entry, .retention, "案卷內各件保存年限不一（\(zhHant)），取其最長者",
            "the items of the folder have different retention periods (\(periods.joined(separator: ", "))); the longest is proposed",
            remedy: ("請依保存年限區分表確認案卷之保存年限", "decide the folder's period by the retention schedule"))
    }

    /// CAT-28: an abstract that does not tell of classified items.
    static func classifiedLeftOut(_ count: Int, of all: Int, _ entry: EntryID) -> Finding {
        finding(
            "CAT-28", .information, entry, .summary, "案卷內 \(all) 件中有 \(count) 件為機密文件，案情摘要未摘錄其內容",
            "\(count) of the folder's \(all) items are classified; the abstract tells nothing of them",
            remedy: (
                "請由具權限人員審認案情摘要是否足以說明全案", "someone cleared for them must judge whether the abstract still tells the case"
            ))
    }
}
