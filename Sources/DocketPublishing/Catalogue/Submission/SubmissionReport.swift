import DocketCore

/// The validation report that goes with a batch: what the rules found on its entries.
struct SubmissionReport {
    private let context: CatalogueExport.Context
    private let labels: Labels
    /// First findings by rule; the list has them all.
    private var rows: [String: (severity: Finding.Severity, count: Int, first: [[String]])] = [:]

    /// Findings of one rule that the page shows.
    private static let mostShown = 20

    init(_ context: CatalogueExport.Context) {
        self.context = context
        labels = Labels(language: context.language)
    }

    private func word(_ zhHant: String, _ en: String) -> String { context.text(LocalizedText(zhHant: zhHant, en: en)) }

    mutating func add(_ finding: Finding, on entry: CatalogueEntry, isSubmitted: Bool) {
        var row = rows[finding.rule] ?? (finding.severity, 0, [])
        row.count += 1
        if row.first.count < Self.mostShown {
            row.first.append([
                entry.fileNumber?.text ?? entry.id.rawValue, labels.text(finding.message), labels.text(finding.remedy),
                isSubmitted ? word("已納入", "in the batch") : word("未納入", "left out"),
            ])
        }
        rows[finding.rule] = row
    }

    // MARK: Lists

    static func findingsHead(_ context: CatalogueExport.Context) -> String {
        head(
            [
                ("識別碼", "id"), ("檔號", "file number"), ("規則", "rule"), ("等級", "severity"), ("位置", "place"),
                ("說明", "what"), ("處理", "what to do"), ("納入", "submitted"),
            ], context)
    }

    static func leftOutHead(_ context: CatalogueExport.Context) -> String {
        head([("識別碼", "id"), ("代號", "reason"), ("原因", "why"), ("規則", "rules")], context)
    }

    private static func head(_ names: [(String, String)], _ context: CatalogueExport.Context) -> String {
        CSVWriter.row(names.map { context.text(LocalizedText(zhHant: $0.0, en: $0.1)) })
    }

    static func row(
        _ finding: Finding, on entry: CatalogueEntry, isSubmitted: Bool, _ context: CatalogueExport.Context
    ) -> String {
        let cells = [
            entry.id.rawValue, entry.fileNumber?.text ?? "", finding.rule, finding.severity.rawValue,
            finding.place.field?.rawValue ?? finding.place.path ?? "", context.text(finding.message),
            context.text(finding.remedy),
            isSubmitted ? "1" : "0",
        ]
        return CSVWriter.row(cells.map { CSVWriter.cell([$0]) })
    }

    // MARK: Page

    func html(_ manifest: SubmissionManifest) -> String {
        var page = Page(
            title: word("檔案目錄彙送檢核報告 ", "Validation report of ") + manifest.name,
            language: context.language, skip: labels.skip)
        page.body.append(facts(manifest))
        page.body.append("<h2>\(Escaping.html(word("檔案", "Files")))</h2>")
        page.body.append(
            Page.table(
                word("目錄檔", "Files with entries"),
                [word("檔名", "Name"), word("格式", "Profile"), word("筆數", "Entries"), word("位元組", "Bytes"), "SHA-256"],
                manifest.files.map {
                    [$0.name, context.text($0.profile.name), "\($0.records)", "\($0.bytes)", $0.sha256.hex].map(
                        Escaping.html)
                }))
        page.body.append("<h2>\(Escaping.html(word("未納入", "Left out")))</h2>")
        page.body.append(leftOut(manifest))
        page.body.append("<h2>\(Escaping.html(labels.findings))</h2>")
        page.body += findings()
        return page.html()
    }

    private func facts(_ manifest: SubmissionManifest) -> String {
        Page.table(
            labels.facts, [labels.field, labels.value],
            [
                [word("彙送機關", "Agency"), manifest.agency + (manifest.agencyCode.map { "（\($0)）" } ?? "")],
                [word("期間", "Period"), "\(manifest.period)（\(manifest.from) – \(manifest.to)）"],
                [word("製作日期", "Made on"), manifest.created],
                [word("提出筆數", "Entries offered"), "\(manifest.offered)"],
                [word("納入筆數", "Entries in the batch"), "\(manifest.written)"],
            ].map { $0.map(Escaping.html) })
    }

    private func leftOut(_ manifest: SubmissionManifest) -> String {
        let rows = SubmissionManifest.Reason.allCases.compactMap { reason in
            manifest.leftOut[reason.rawValue].map { [Escaping.html(context.text(reason.name)), "\($0)"] }
        }
        guard !rows.isEmpty else { return "<p>\(Escaping.html(word("無。", "None.")))</p>" }
        return Page.table(word("未納入之筆數", "Entries left out"), [word("原因", "Why"), word("筆數", "Entries")], rows)
    }

    private func findings() -> [String] {
        guard !rows.isEmpty else { return ["<p>\(Escaping.html(word("各規則均無發現。", "No rule found anything.")))</p>"] }
        var body: [String] = []
        for (rule, row) in rows.sorted(by: { $0.key < $1.key }) {
            body.append("<h3>\(Escaping.html("\(rule) \(labels.severity(row.severity))：\(row.count)"))</h3>")
            let shown =
                row.first.count < row.count ? word("（前 \(row.first.count) 筆）", " (first \(row.first.count))") : ""
            body.append(
                Page.table(
                    rule + shown, [word("檔號", "File number"), labels.message, labels.remedy, word("納入", "Submitted")],
                    row.first.map { $0.map(Escaping.html) }))
        }
        body.append("<p>\(Escaping.html(word("全部發現見 findings.csv。", "All findings are in findings.csv.")))</p>")
        return body
    }
}
