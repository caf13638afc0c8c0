import DocketCore
import DocketPublishing
import Foundation
import Testing

@Suite struct CatalogueReportExportTests {
    private static func row(_ message: String, number: String = "113/0612/4/1/001") -> CatalogueReport.Row {
        CatalogueReport.Row(
            Finding(
                rule: "CAT-02", severity: .error, place: .init(entry: EntryID(rawValue: "E1"), field: .subject),
                message: LocalizedText(zhHant: message, en: message),
                remedy: LocalizedText(zhHant: "請補正", en: "mend it")),
            fileNumber: number, level: .item, fieldName: LocalizedText(zhHant: "案由", en: "Subject"))
    }

    @Test func `a table names rule, file number, field, finding and remedy, with the counts below`() {
        let report = CatalogueReport(entries: 3, faulty: 1, rows: [Self.row("未填")])
        let table = CatalogueReportExport().table(report)
        #expect(
            table == """
                程度  規則    檔號              欄位  檢核結果
                錯誤  CAT-02  113/0612/4/1/001  案由  未填
                                                      → 請補正
                檢核 3 筆，1 筆有錯誤：錯誤 1、警告 0、提示 0

                """)
        #expect(
            CatalogueReportExport(language: "en").table(report).hasSuffix(
                "3 entries checked, 1 with errors: 1 errors, 0 warnings, 0 notes\n"))
    }

    @Test func `a clean report is its counts alone`() {
        #expect(
            CatalogueReportExport().table(CatalogueReport(entries: 2, faulty: 0, rows: []))
                == "檢核 2 筆，0 筆有錯誤：錯誤 0、警告 0、提示 0\n")
    }

    @Test func `control characters of a document do not reach the terminal`() {
        let table = CatalogueReportExport().table(
            CatalogueReport(entries: 1, faulty: 1, rows: [Self.row("a\u{1B}[2Jb")]))
        #expect(!table.contains("\u{1B}"))
    }

    @Test func `CSV begins with a byte-order mark, quotes its cells and starts no formula`() throws {
        let report = CatalogueReport(entries: 1, faulty: 1, rows: [Self.row("=1+1,\"x\"\n", number: "-1")])
        let data = CatalogueReportExport().csv(report)
        #expect(data.prefix(3) == Data([0xEF, 0xBB, 0xBF]))
        let text = try #require(String(data: data.dropFirst(3), encoding: .utf8))
        let expected = "程度,規則,檔號,欄位,檢核結果,處理方式,層級,目錄識別碼\r\n錯誤,CAT-02,'-1,案由,\"'=1+1,\"\"x\"\"\n\",請補正,案件,E1\r\n"
        #expect(text == expected)
    }

    @Test func `JSON counts by severity and keeps both languages`() throws {
        let report = CatalogueReport(entries: 3, faulty: 1, rows: [Self.row("未填")])
        let object = try #require(
            try JSONSerialization.jsonObject(with: CatalogueReportExport().json(report)) as? [String: Any])
        #expect(object["entries"] as? Int == 3)
        #expect(object["errors"] as? Int == 1)
        let first = try #require((object["findings"] as? [[String: Any]])?.first)
        #expect(first["field"] as? String == "subject")
        #expect(first["fileNumber"] as? String == "113/0612/4/1/001")
        #expect((first["message"] as? [String: String])?["en"] == "未填")
    }
}
