import DocketCore
import DocketText
import Foundation
import Testing

@testable import DocketIngest

/// Records of a text in a form that is told from it.
func catalogueRows(
    _ text: String, format: CatalogueFormat? = nil, mapping: CatalogueMapping? = nil,
    options: CatalogueImportOptions = CatalogueImportOptions()
) throws -> [CatalogueRow] {
    try catalogueRows(Data(text.utf8), format: format, mapping: mapping, options: options)
}

func catalogueRows(
    _ data: Data, format: CatalogueFormat? = nil, mapping: CatalogueMapping? = nil,
    options: CatalogueImportOptions = CatalogueImportOptions()
) throws -> [CatalogueRow] {
    let file = try CatalogueImport(data: data, name: "list", format: format, mapping: mapping, options: options)
    var rows: [CatalogueRow] = []
    try file.forEach { rows.append($0) }
    return rows
}

@Suite struct DelimitedImportTests {
    /// A list in CP950 with characters whose second byte is a backslash (許功蓋), as old systems export it.
    private static let big5 = """
        wMm4uSyu16XRLLVvpOWqzCyk5aXzsqOlzaTptMEsq0+mc6Z+ra0NCjk1LzAzMDEvMi8xLzAwNCyhdaWrrEakarzToXa5cbHoqE+0q67XLKtDtFClq6xGqbKvta7Rs0IsOTUuMDMuMDcsorCir6Z+DQo5NS8wMzAxLzIvMS8wMDUss1ylXLtcpf2lzbOvsaGu1yyrQ7RQpausRqmyLDA5NS8wNC8wMSylw6RbDQo=
        """

    @Test func `a list in CP950 is told from its bytes and read`() throws {
        let rows = try catalogueRows(try #require(Data(base64Encoded: Self.big5)))
        #expect(rows.flatMap(\.findings).isEmpty)
        let entries = rows.compactMap(\.entry)
        #expect(entries.map { $0[.subject] } == ["「市政大樓」電梯汰換案", "許功蓋先生陳情案"])
        #expect(entries.map { $0[.creationDate] } == ["2006-03-07", "2006-04-01"])
        #expect(entries.map { $0[.retention] } == ["10", "permanent"])
        #expect(entries.map(\.fileNumber?.text) == ["95/0301/2/1/004", "95/0301/2/1/005"])
        #expect(entries.allSatisfy { $0.level == .item && $0.fields.values.allSatisfy { $0.producer == .imported } })
    }

    @Test(.enabled(if: (try? CorpusFile.data("archive/catalogues/items.csv")) != nil, "the corpus is not there"))
    func `the lists of the corpus are read with no mapping`() throws {
        let items = try CatalogueImport(file: CorpusFile.root.appending(path: "archive/catalogues/items.csv"))
        let preview = try items.preview(3)
        #expect(preview.unmapped.isEmpty && preview.findings.isEmpty)
        let first = try #require(preview.rows.first?.entry)
        #expect(first.level == .item && first.fileNumber?.text == "72/1203/4/2/001")
        #expect(first[.principalSender] == "建設局" && first[.creationDate] == "1983-02-14")
        #expect(first[.extentCount] == "12" && first[.extentUnit] == "頁")
        let folders = try CatalogueImport(file: CorpusFile.root.appending(path: "archive/catalogues/folders.csv"))
        let folder = try #require(try folders.preview(1).rows.first?.entry)
        #expect(folder.level == .folder && folder.fileNumber?.text == "68/0102/1")
        #expect(folder[.dateFrom] == "1979-01-05" && folder[.dateTo] == "1979-09-30")
        #expect(folder[.retention] == "permanent" && folder[.creator] == "秘書處")
        #expect(folder[.summary]?.contains("收件612件") == true)
    }

    @Test func `what cannot be read leaves its field empty, keeps the words, and says so with line and remedy`() throws
    {
        let rows = try catalogueRows(
            """
            檔號,案由,文件產生日期,保存年限,機關代碼,數量
            110/0301/2/1/001,甲案,10/26,久遠,乙局,三頁
            110/0301/2,乙案,110/10/26,5,301000000A,12頁
            """)
        let bad = try #require(rows.first)
        #expect(bad.line == 2)
        #expect(bad.findings.map(\.rule) == Array(repeating: "IMP-02", count: 4))
        #expect(
            bad.findings.map(\.place.path) == [
                "list:2 creationDate", "list:2 retention", "list:2 agencyCode", "list:2 extentCount",
            ])
        #expect(bad.findings.allSatisfy { !$0.remedy.zhHant.isEmpty && !$0.remedy.en.isEmpty })
        for field in [CatalogueField.creationDate, .retention, .agencyCode, .extentCount] {
            #expect(bad.entry?[field] == nil && bad.entry?.fields[field]?.emptyReason != nil)
        }
        #expect(bad.entry?.notes.map(\.text) == ["文件產生日期：10/26", "保存年限：久遠", "機關代碼：乙局", "數量：三頁"])
        let good = try #require(rows.last)
        #expect(good.findings.isEmpty)
        #expect(good.entry?[.extentCount] == "12" && good.entry?[.extentUnit] == "頁")
    }

    @Test func `bad rows are told of by their lines and the others go on`() throws {
        let rows = try catalogueRows("檔號,案由\n1/2/3/4/5,甲\n\"1/2/3/4/6,乙\n1/2/3/4/7,丙,丁\n1/2/3/4,戊\n\n1//3,己\n")
        #expect(rows.map(\.line) == [2, 3, 4, 5, 7])
        #expect(rows.map { $0.findings.map(\.rule) } == [[], ["IMP-01"], ["IMP-01"], [], ["IMP-05"]])
        #expect(rows.map { $0.entry?[.subject] } == ["甲", nil, nil, "戊", "己"])
        #expect(rows[4].entry?.fileNumber == nil)
    }

    @Test func `a column that nothing explains is told of once, and the mapping answers`() throws {
        let text = "編碼,案由,怪欄\n110/1/2/1/3,甲,乙\n"
        let plain = try catalogueRows(text)
        #expect(plain.first?.findings.map(\.place.path) == ["list:1 編碼", "list:1 怪欄"])
        #expect(plain.count == 2)
        var mapping = CatalogueMapping()
        mapping.columns = ["編碼": .init(.fileNumber), "怪欄": .init(.ignore)]
        mapping.constants = [.agencyCode: "301000000A"]
        let mapped = try catalogueRows(text, mapping: mapping)
        #expect(mapped.count == 1 && mapped[0].findings.isEmpty)
        #expect(mapped[0].entry?.fileNumber?.text == "110/1/2/1/3" && mapped[0].entry?[.agencyCode] == "301000000A")
        mapping.columns["沒有"] = .init(.field(.subject))
        #expect(try catalogueRows(text, mapping: mapping).first?.findings.map(\.rule) == ["IMP-01"])
    }

    @Test func `parts of a number in columns of their own make it, and a hole makes none`() throws {
        let rows = try catalogueRows(
            "年度號\t分類號\t案次號\t卷次號\t目次號\t案由\n0099\t1551\t09900250\tED01\t001\t甲\n0099\t1551\t\t2\t12\t乙\n")
        #expect(rows[0].entry?.fileNumber?.parts == ["0099", "1551", "09900250", "ED01", "001"])
        #expect(rows[1].entry?.fileNumber == nil && rows[1].findings.map(\.rule) == ["IMP-05"])
    }

    @Test func `lists of names, subject terms and notes are taken apart`() throws {
        let entry = try #require(
            try catalogueRows("案由,受文者,主題項,地名,備註\n甲,交通局、工務局；警察局,停車;採購,望潮路,紙本破損\n").first?.entry)
        #expect(entry.values(.recipients) == ["交通局", "工務局", "警察局"])
        #expect(entry.subjects.map(\.label) == ["停車", "採購", "望潮路"])
        #expect(entry.subjects.map(\.kind) == [nil, nil, .place])
        #expect(entry.notes == [CatalogueNote("紙本破損")])
    }

    @Test(arguments: [
        ("密", Classification.restricted, 0), ("機密（至115年解密）", .confidential, 0), ("極機密", .secret, 0),
        ("普通", .internal, 0), ("", .internal, 0), ("無", .internal, 0), ("特別", .restricted, 1),
    ])
    func `an entry is as secret as its list says, and more when that cannot be told`(
        words: String, level: Classification, findings: Int
    ) throws {
        let row = try #require(try catalogueRows("案由,密等,保存年限\n甲,\(words),5\n").first)
        #expect(row.entry?.highestClassification == level)
        #expect(row.findings.map(\.rule) == Array(repeating: "IMP-06", count: findings))
    }

    @Test func `without a sign of its level a row is no entry`() throws {
        let row = try #require(try catalogueRows("案名,保存年限\n甲,5\n").first)
        #expect(row.entry == nil && row.findings.map(\.rule) == ["IMP-01"])
    }

    @Test func `what stands before the head is passed over, and a delimiter can be stated`() throws {
        var mapping = CatalogueMapping()
        mapping.skip = 2
        mapping.delimiter = .semicolon
        mapping.dates = .dayFirst
        let rows = try catalogueRows("青嵐市政府\n製表,日期\n案由;文件產生日期\n甲,乙;26/10/2021\n", mapping: mapping)
        #expect(rows.map { $0.entry?[.subject] } == ["甲,乙"])
        #expect(rows.first?.entry?[.creationDate] == "2021-10-26")
        #expect(rows.first?.line == 4)
    }

    @Test func `the preview shows entries, columns and problems`() throws {
        let file = try CatalogueImport(
            data: Data("檔號,案由,怪欄\n1/2/3/4/5,甲,x\n1/2/3/4/6,乙,\n1/2/3/4/7,丙,\n".utf8), name: "a.csv")
        let preview = try file.preview(2)
        #expect(preview.format == .delimited && preview.encoding == .utf8)
        #expect(preview.columns.map(\.target) == [.fileNumber, .field(.subject), nil])
        #expect(preview.unmapped == ["怪欄"])
        #expect(preview.rows.compactMap { $0.entry?[.subject] } == ["甲", "乙"])
        #expect(preview.findings.map(\.rule) == ["IMP-03"])
    }

    @Test func `entries can be waited for one by one, and a cancelled reader stops`() async throws {
        let file = try CatalogueImport(data: Data("檔號,案由\n1/2/3/4/5,甲\n1/2/3/4/6,乙\n".utf8), name: "a.csv")
        var subjects: [String?] = []
        for try await row in file { subjects.append(row.entry?[.subject]) }
        #expect(subjects == ["甲", "乙"])
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            var count = 0
            for try await _ in file { count += 1 }
            return count
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}

@Suite struct DateFormTests {
    @Test(arguments: [
        ("100/11/07", "2011-11-07"), ("1000121", "2011-01-21"), ("072/02/14", "1983-02-14"), ("990121", "2010-01-21"),
        ("100.11.7", "2011-11-07"), ("民國110年10月26日", "2021-10-26"), ("１１０／１０／２６", "2021-10-26"), ("110年10月", "2021-10"),
        ("110年", "2021"), ("110/10", "2021-10"), ("2021-10-26", "2021-10-26"), ("20211026", "2021-10-26"),
        ("2021/10/26 00:00:00", "2021-10-26"),
        ("2021-10", "2021-10"), ("2021", "2021"), ("0099/11/07", "2010-11-07"), ("2021-10-26T08:00:00", "2021-10-26"),
    ])
    func `dates of deployed systems are read`(text: String, iso: String) { #expect(DateForm.auto.iso(text) == iso) }

    @Test(arguments: [
        "10/26", "10月26日", "26/10/2021", "10/26/2021", "110/13/01", "110/02/30", "110", "11010", "0/1/1", "約110年",
        "110/10/26起",
        "", "/", "110//26", "99999999", "110/10/26/1", "123456789", "110/100/1",
    ])
    func `nothing is guessed`(text: String) { #expect(DateForm.auto.iso(text) == nil) }

    @Test func `a list can state how it writes dates`() {
        #expect(DateForm.roc.iso("11010") == "2021-10" && DateForm.roc.iso("110") == "2021")
        #expect(DateForm.roc.iso("2021-10-26") == nil)
        #expect(DateForm.gregorian.iso("110/10/26") == nil && DateForm.gregorian.iso("2021/1/2") == "2021-01-02")
        #expect(
            DateForm.dayFirst.iso("26.10.2021") == "2021-10-26" && DateForm.monthFirst.iso("10/26/2021") == "2021-10-26"
        )
        #expect(DateForm.dayFirst.iso("26/10/21") == nil)
    }
}
