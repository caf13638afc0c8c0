import DocketCore
import DocketTestSupport
import DocketText
import Foundation
import Testing

@testable import DocketIngest

/// The work report of March 2022 and the plan for 2026, as they were published.
@Suite(.enabled(if: ReferenceData.isAvailable, "reference data not found"))
struct ReferenceReportTests {
    private func read(_ name: String) async throws -> (source: SourceDocument, structure: DocumentStructure) {
        let source = try await readSource(try ReferenceData.text("taipei/\(name).txt"))
        let structure = StructureParser().structure(of: source)
        #expect(source.kind == .report)
        try expectPlaced(structure, in: source)
        return (source, structure)
    }

    @Test func `cover, period and defined terms are read`() async throws {
        let report = try #require(try await read("taipei-secretariat-work-report-2022h1").structure.report)
        #expect(report.title?.text == "臺北市政府秘書處 工作報告" && report.issuer == "臺北市政府秘書處")
        #expect(report.date?.iso == "2022-03")
        #expect(report.session?.text == "臺北市議會第13屆第7次定期大會")
        #expect(report.reporter?.name == "陳志銘" && report.reporter?.title == "秘書長兼處長")
        #expect(report.period?.iso == "2021-07-01" && report.period?.isoEnd == "2021-12-31")
        #expect(report.definedTerms.map(\.term.text) == ["本期", "防疫記者會"])
        #expect(report.definedTerms.last?.meaning.hasSuffix("本市疫情指揮中心記者會") == true)
    }

    @Test func `contents stay passages and do not become headings`() async throws {
        let (source, structure) = try await read("taipei-secretariat-work-report-2022h1")
        #expect(structure.outline.map(\.path) == ["壹", "貳", "參", "肆"])
        #expect(structure.outline[0].children.map(\.path) == "一二三四五六七".map { "壹.\($0)" })
        #expect(structure.outline[2].children.count == 19)
        let deepest = structure.outline[0].children[2].children[0].children[1]
        #expect(deepest.path == "壹.三.（一）.2" && deepest.children.count == 16)
        let contents = try #require(source.passages.first { source.text(in: $0.range).contains("一、事務管理及研考業務.....") })
        #expect(!structure.outline.contains { $0.firstPassage <= contents.number })
    }

    @Test func `tables are found and those cut by a page break are one`() async throws {
        let tables = try await read("taipei-secretariat-work-report-2022h1").structure.tables
        #expect(tables.count == 7)
        #expect(tables.allSatisfy { !$0.isRecovered })
        #expect(tables[0].caption == "處理本府及本處收發文、用印及本處檔案管理、本府所屬機關檔案銷毀目錄初審等作業，本期執行績效詳如下表：")
        let petitions = tables[3]
        #expect(petitions.rows[0] == ["機關名稱", "件數", "機關名稱", "件數"] && petitions.headerRows == 1)
        let counts = petitions.rows.dropFirst().flatMap { [Int($0[1]), Int($0[3])] }.compactMap { $0 }
        #expect(counts.count == 27 && counts.reduce(0, +) == 732)
        // The first row of figures is the total of the rows below it.
        for (index, total) in [(4, 3_075), (5, 96), (6, 5_189)] {
            let rows = tables[index].rows.dropFirst(tables[index].headerRows)
            let columns = rows.map { $0.dropFirst().compactMap { Int($0.filter(\.isNumber)) } }
            let sums = columns.dropFirst().reduce(into: [Int](repeating: 0, count: 7)) { sums, row in
                for (column, value) in row.enumerated() { sums[column] += value }
            }
            #expect(columns.first == sums && sums.last == total)
        }
    }

    @Test func `figures keep what they count, their unit and their target`() async throws {
        let statistics = try #require(
            try await read("taipei-secretariat-work-report-2022h1").structure.report?.statistics)
        func value(_ subject: String, _ unit: String) -> Double? {
            statistics.first { $0.subject.contains(subject) && $0.unit == unit }?.value
        }
        #expect(value("本府及本處收文", "件") == 37_113 && value("本府及本處發文", "件") == 77_847)
        #expect(value("蓋用印信", "件") == 108_797 && value("本處檔案編目", "件") == 8_199)
        #expect(value("初審檔案銷毀目錄", "件") == 1_069_628 && value("初審檔案銷毀目錄", "案") == 3_438)
        #expect(value("初審檔案銷毀目錄", "卷") == 76_715 && value("督導檔案目錄彙送", "筆") == 1_179_199)
        #expect(value("本期受理案件", "件") == 732 && value("哺集乳室使用服務", "人次") == 3_123)
        let amount = try #require(statistics.first { $0.subject == "總決標金額" })
        #expect(amount.value == 15_510_000 && amount.isApproximate && amount.period?.iso == "2021-07-01")
        let rates = statistics.filter { $0.subject.hasSuffix("比率") }
        #expect(rates.map(\.value) == [92.05, 99.06, 6.37, 99.71, 100, 3.77])
        #expect(rates.compactMap(\.target) == [88, 97.5, 2, 90, 97.5, 3])
        let missed = try #require(statistics.first { $0.words.text == "18.18%" })
        #expect(missed.target == 40 && !missed.targetIsCeiling)
        #expect(statistics.first { $0.words.text == "79.1%" }?.target == 70)
    }

    @Test func `a plan has its period, outline and budget table`() async throws {
        let structure = try await read("taipei-secretariat-annual-plan-2026").structure
        #expect(structure.report?.period?.iso == "2026-01-01" && structure.report?.period?.isoEnd == "2026-12-31")
        #expect(structure.outline.map(\.title.text) == ["願景目標", "關鍵成果", "施政重點", "施政計畫"])
        #expect(structure.outline[2].children.count == 6)
        let table = try #require(structure.tables.first)
        #expect(table.rows[0].first == "計畫名稱" && table.rows.count > 15)
        #expect(table.rows.contains { $0.contains { $0.hasPrefix("<六>府會聯繫及會議彙辦") } })
        #expect(!table.rows.joined().contains { $0.contains("<p>") || $0.contains("<ol") })
    }
}

/// Reports of the corpus, some of them flattened on purpose.
struct CorpusReportTests {
    @Test func `a flattened table comes back with its wrapped row and is marked as recovered`() async throws {
        let (source, structure) = try await structure(ofCorpus: "archive/reports/secretariat-work-report-113h1.txt")
        try expectPlaced(structure, in: source)
        let table = try #require(structure.tables.first)
        #expect(table.isRecovered && table.headerRows == 1 && table.rows[0] == ["項次", "業務內容", "績效"])
        #expect(table.rows.last == ["5", "初審各機關檔案銷 毀目錄", "21 萬 4,586 件"])
        let report = try #require(structure.report)
        #expect(report.period?.iso == "2024-01-01" && report.period?.isoEnd == "2024-06-30")
        #expect(report.issuer == "青嵐市政府秘書處")
        let card = try #require(
            try CorpusCard.card(of: "archive/reports/secretariat-work-report-113h1.txt")["expected"])
        for (name, value) in card["figures"]?.entries ?? [:] where name != "銷毀目錄初審" {
            let found = report.statistics.first { $0.subject.contains(name) }
            #expect(found?.value == value.text.flatMap(Double.init), "\(name)")
        }
        #expect(structure.outline.count == card["parts"]?.number)
    }

    @Test(arguments: ["document-timeliness-q3.txt", "mid-autumn-waste.txt", "secretariat-work-report-113h1.txt"])
    func `sums on the card stand in a recovered table`(name: String) async throws {
        let path = "archive/reports/" + name
        let (source, structure) = try await structure(ofCorpus: path)
        try expectPlaced(structure, in: source)
        let sums = try #require(try CorpusCard.card(of: path)["expected"]?["sums"]).entries
        let columns = structure.tables.flatMap { table in
            (0..<(table.rows.first?.count ?? 0)).map { column in
                table.rows.compactMap { CellFigure($0[column])?.first?.value.doubleValue }
            }
        }
        var found = 0
        for (_, values) in sums {
            let wanted = values.texts.compactMap(Double.init)
            if columns.contains(where: { Array($0.suffix(wanted.count)) == wanted }) { found += 1 }
        }
        #expect(found >= 1, "\(sums)")
    }

    @Test func `spaced words of a flattened header are closed up`() async throws {
        let tables = try await structure(ofCorpus: "archive/reports/document-timeliness-q3.txt").structure.tables
        #expect(tables.map { $0.rows[0] } == [["項次", "來源", "件數"], ["機關名稱", "件數"]])
        #expect(tables.map(\.caption) == ["收文來源如下表：", "逾期公文依機關別統計："])
        #expect(tables[0].rows.last == ["", "合計", "3 萬 8,406"])
    }

    @Test func `columns kept apart by wide blanks are a table`() async throws {
        let tables = try await structure(ofCorpus: "archive/catalogues/folder-contents-72.txt").structure.tables
        let table = try #require(tables.first)
        #expect(table.rows[0] == ["目次號", "日期", "發文字號", "案由", "頁數"] && table.rows.count == 7)
        #expect(table.rows[6] == ["006", "72/08/20", "青建字第0720000890號", "廢止執照清冊", "22"])
    }

    @Test func `tables of office files are tables`() async throws {
        let structure = try await structure(ofCorpus: "archive/reports/budget-execution-october.docx").structure
        #expect(structure.tables.count == 2 && structure.tables.allSatisfy { !$0.isRecovered })
        #expect(structure.tables[1].rows.last == ["合計", "14", "9"])
        #expect(structure.outline.first?.children.map(\.path) == ["壹", "貳"])
        let change = structure.report?.statistics.first { $0.words.text == "68.20%" }
        #expect(change?.comparison == "較9月底之61.37%增加6.83個百分點")
    }
}
