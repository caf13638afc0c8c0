import DocketCore
import DocketTestSupport
import DocketText
import Foundation
import Testing

@testable import DocketPublishing

@Suite struct CatalogueProfileTests {
    private static let ead3 = ProjectFile.path("Tests/Fixtures/schemas/ead3-written.rng")

    @Test(arguments: [UInt64](0..<40))
    func `EAD3 has the elements, order and attributes of its tag library`(seed: UInt64) throws {
        let entries = (0..<6).map { CatalogueEntry.random(seed: 700 + seed * 6 + $0) }
        for language in ["zh-Hant", "en"] {
            let text = try exported(CatalogueEntry.inFilingOrder(entries), .ead3, language: language).text
            #expect(Validation.isValid(text, schema: Self.ead3) == true, "seed \(seed)")
        }
    }

    @Test func `the schema of the test is one that refuses`() throws {
        let text = try exported([CatalogueEntry.random(seed: 1)], .ead3).text
        let breaks = [
            ("<maintenancestatus value=\"derived\"/>", ""), ("value=\"derived\"", "value=\"made\""),
            ("level=\"collection\"", ""), ("<agenttype value=\"machine\"/>", ""),
        ]
        for (part, other) in breaks {
            #expect(text.contains(part))
            #expect(Validation.isValid(text.replacing(part, with: other), schema: Self.ead3) == false, "\(part)")
        }
        let parts = text.components(separatedBy: "<recordid>")
        let swapped = parts[0] + "<filedesc/>" + "<recordid>" + parts[1]
        #expect(Validation.isValid(swapped, schema: Self.ead3) == false)
    }

    @Test func `items stand in the folder that they follow, others beside it`() throws {
        func entry(_ id: String, _ level: CatalogueEntry.Level, _ number: String) -> CatalogueEntry {
            CatalogueEntry(id: EntryID(rawValue: id), level: level, fileNumber: FileNumber(number))
        }
        let entries = CatalogueEntry.inFilingOrder([
            entry("d", .item, "110/2/10/1/1"), entry("b", .item, "110/2/1/1/2"), entry("c", .item, "110/2/2/1/1"),
            entry("a", .folder, "110/2/1"),
        ])
        #expect(entries.map(\.id.rawValue) == ["a", "b", "c", "d"])
        let text = try exported(entries, .ead3).text
        let levels = text.split(separator: "\n").filter { $0.contains("<c ") || $0.contains("</c>") }
            .map { $0.prefix { $0 == " " }.count }
        #expect(levels == [6, 8, 8, 6, 6, 6, 6, 6])
    }

    @Test func `Dublin Core carries what the crosswalk says and nothing else`() throws {
        for level in CatalogueEntry.Level.allCases {
            for field in CatalogueField.allCases where field.level == nil || field.level == level {
                guard field != .classification else { continue }
                var entry = CatalogueEntry(id: EntryID(rawValue: "A"), level: level)
                let value = field.form == .text ? "獨特之詞" : field.form == .date ? "2021-10-26" : "77"
                entry.fields[field] = DescribedField([value], by: .human)
                let text = try exported([entry], .dublinCore).text
                // A unit says nothing without a number.
                let isCarried = CatalogueProfile.dublinCore.carries(field, of: level) && field != .extentUnit
                #expect(text.contains(value) == isCarried, "\(field)")
            }
        }
    }

    @Test func `Dublin Core has one title, a range of dates and counted extents`() throws {
        var entry = CatalogueEntry(id: EntryID(rawValue: "A"), level: .folder, fileNumber: FileNumber("110/0301/2"))
        for (field, value) in [
            (CatalogueField.folderTitle, "電梯汰換"), (.dateFrom, "2021-01-05"), (.extentCount, "12"), (.extentUnit, "頁"),
            (.accessRestriction, "open"),
        ] { entry.fields[field] = DescribedField([value], by: .human) }
        entry.subjects = [SubjectTerm("望潮路", kind: .place), SubjectTerm("電梯")]
        let text = try exported([entry], .dublinCore).text
        for part in [
            "<dc:identifier>110/0301/2</dc:identifier>", "<dc:title>電梯汰換</dc:title>",
            "<dcterms:created>2021-01-05/..</dcterms:created>",
            "<dcterms:extent>12頁</dcterms:extent>", "<dcterms:accessRights>開放</dcterms:accessRights>",
            "<dcterms:spatial>望潮路</dcterms:spatial>", "<dc:subject>電梯</dc:subject>",
        ] { #expect(text.contains(part), "\(part)") }
        #expect(Validation.isValid(text, schema: ProjectFile.path("Tests/Fixtures/schemas/any.rng")) == true)
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@x", "\t=1", "＝1"])
    func `no cell begins with what a spreadsheet would run`(value: String) throws {
        var entry = CatalogueEntry(id: EntryID(rawValue: "A"), level: .folder)
        entry.fields[.folderTitle] = DescribedField([value, value], by: .human)
        let text = try exported([entry], .csvFolders).text
        #expect(text.hasPrefix("\u{FEFF}docket:id,層級,檔號,案名") && text.hasSuffix("\r\n"))
        #expect(!text.contains(",\(value)") && !text.contains(",\"\(value)"))
        #expect(text.contains("\\\(value)；\(value)"))
    }

    @Test func `the elements of the sample of section 3.2 stand in its order`() throws {
        var entry = CatalogueEntry(
            id: EntryID(rawValue: "A"), level: .item, fileNumber: FileNumber("0099/1551/09900250/2/12"))
        for (field, values) in [
            (CatalogueField.subject, ["甲"]), (.principalSender, ["乙局"]), (.documentKind, ["函類別:1"]),
            (.copyKind, ["代碼:1"]),
            (.retention, ["permanent"]), (.outgoingNumber, ["乙字第1號"]), (.creationDate, ["2011-11-07"]),
            (.extentCount, ["5"]),
            (.extentUnit, ["頁"]), (.folderTitle, ["丙"]), (.agencyCode, ["307000000D"]),
        ] { entry.fields[field] = DescribedField(values, by: .human) }
        let text = try exported([entry], .archivesXML).text
        let expected = """
              <案件 識別碼="A">
                <案由>甲</案由>
                <主要發文者>乙局</主要發文者>
                <文別>
                  <函類別 代碼="1"/>
                </文別>
                <本別 代碼="1"/>
                <保存年限>永久</保存年限>
                <發文字號><文字>乙字第1號</文字></發文字號>
                <年度號>0099</年度號>
                <分類號>1551</分類號>
                <案次號>09900250</案次號>
                <卷次號>2</卷次號>
                <目次號>12</目次號>
                <文件產生日期>100/11/07</文件產生日期>
                <數量 NUM="1">5</數量>
                <計量單位 NUM="1">頁</計量單位>
                <案名>丙</案名>
                <機關代碼>307000000D</機關代碼>
              </案件>
            """
        #expect(text.contains(expected), "\(text)")
    }

    @Test func `each profile says what it is in both languages`() {
        for names in [CatalogueProfile.allCases.map(\.name.zhHant), CatalogueProfile.allCases.map(\.name.en)] {
            #expect(Set(names).count == CatalogueProfile.allCases.count && !names.contains(""))
        }
    }
}
