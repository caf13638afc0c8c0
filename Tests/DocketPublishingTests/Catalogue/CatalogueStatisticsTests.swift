import DocketCore
import DocketTestSupport
import DocketText
import Foundation
import Testing

@testable import DocketPublishing

@Suite struct CatalogueStatisticsTests {
    private let period = HalfYear(year: 2021, isFirst: false)

    private func facts(seed: UInt64, _ count: Int = 300) -> [CatalogueFact] {
        var random = SeededGenerator(seed: seed)
        func date() -> CalendarDate? {
            CalendarDate(
                Int.random(in: 2020...2022, using: &random), Int.random(in: 1...12, using: &random),
                Int.random(in: 1...28, using: &random))
        }
        return (0..<count).map { _ in
            CatalogueFact(
                agency: ["工務局", "秘書處", "教育局"].randomElement(using: &random) ?? "",
                cataloguedOn: Bool.random(using: &random) ? date() : nil,
                submittedOn: Bool.random(using: &random) ? date() : nil,
                dueOn: Bool.random(using: &random) ? date() : nil)
        }
    }

    @Test(arguments: [UInt64](0..<30))
    func `each number is that of a count by hand, and tables add up`(seed: UInt64) {
        let facts = facts(seed: seed)
        let statistics = CatalogueStatistics(facts, period: period)
        for row in statistics.rows {
            let own = facts.filter { $0.agency == row.agency }
            for (index, month) in period.months.enumerated() {
                func count(_ date: (CatalogueFact) -> CalendarDate?) -> Int {
                    own.count { date($0)?.iso.hasPrefix(month.iso + "-") ?? false }
                }
                #expect(row.months[index].catalogued == count(\.cataloguedOn))
                #expect(row.months[index].submitted == count(\.submittedOn))
                #expect(row.months[index].due == count(\.dueOn))
            }
            #expect(row.overdue == own.count { $0.dueOn.map { $0.iso < "2021-07-01" } ?? false })
        }
        #expect(
            statistics.rows.map(\.agency)
                == Set(facts.map(\.agency)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        for table in [statistics.agencyTable(language: "en"), statistics.monthTable(language: "zh-Hant")] {
            for column in 1..<table[0].count {
                let numbers = table.dropFirst().map { Int($0[column]) ?? -1 }
                #expect(numbers.dropLast().reduce(0, +) == numbers.last)
            }
        }
        #expect(statistics.total == statistics.rows.reduce(.init()) { $0 + $1.total })
    }

    private func entry(_ values: [CatalogueField: String], _ level: CatalogueEntry.Level = .item) -> CatalogueEntry {
        CatalogueEntry(level: level, fields: values.mapValues { DescribedField([$0], by: .human) })
    }

    @Test func `review is due when the retention of the latest date ends`() {
        #expect(CatalogueFact.due(entry([.creationDate: "2011-02-28", .retention: "10"]))?.iso == "2021-02-28")
        #expect(CatalogueFact.due(entry([.creationDate: "2020-02-29", .retention: "1"]))?.iso == "2021-02-28")
        #expect(CatalogueFact.due(entry([.creationDate: "2011", .retention: "10"]))?.iso == "2021-12-31")
        #expect(
            CatalogueFact.due(entry([.dateFrom: "2001-01-01", .dateTo: "2011-05-06", .retention: "10"], .folder))?.iso
                == "2021-05-06")
        #expect(CatalogueFact.due(entry([.creationDate: "2011-02-28", .retention: "permanent"])) == nil)
        #expect(CatalogueFact.due(entry([.creationDate: "2011-02-28"])) == nil)
        #expect(CatalogueFact.due(entry([.retention: "10"])) == nil)
        for field in [CatalogueField.destroyedOn, .transferredOn] {
            #expect(
                CatalogueFact.due(entry([.creationDate: "2011-02-28", .retention: "10", field: "2020-01-01"])) == nil)
        }
        for (word, isDue) in [
            ("destroy", true), ("appraiseAtExpiry", true), ("nationalArchives", false), ("permanentAtAgency", false),
        ] {
            let due = CatalogueFact.due(entry([.creationDate: "2011-02-28", .retention: "10", .disposition: word]))
            #expect((due != nil) == isDue)
        }
    }

    @Test(arguments: ["zh-Hant", "en"])
    func `the page shows the chart with its words and the tables beside it`(language: String) {
        let statistics = CatalogueStatistics(facts(seed: 1), period: period)
        let html = statistics.html(language: language)
        #expect(html.contains("<html lang=\"\(language)\">"))
        #expect(
            html.components(separatedBy: "<table>").count == 3 && html.components(separatedBy: "<caption>").count == 3)
        let svg = statistics.svg(language: language)
        #expect(html.contains(svg))
        for part in [
            "role=\"img\"", "aria-labelledby=\"chart-title chart-desc\"", "<title id=\"chart-title\">",
            "<desc id=\"chart-desc\">",
        ] {
            #expect(svg.contains(part))
        }
        // Each number stands in the chart as text and in its description: nothing is told by colour or length alone.
        for counts in statistics.months {
            for measure in CatalogueStatistics.Measure.allCases { #expect(svg.contains(">\(counts[measure])</text>")) }
        }
        #expect(Validation.isValid(svg, schema: ProjectFile.path("Tests/Fixtures/schemas/any.rng")) == true)
    }

    @Test func `the list has a row for each agency and month`() {
        let statistics = CatalogueStatistics(
            [CatalogueFact(agency: "甲,局", cataloguedOn: CalendarDate(2021, 8, 1))], period: period)
        let lines = statistics.csv(language: "zh-Hant").split(separator: "\r\n")
        #expect(lines.count == 7 && lines[0] == "\u{FEFF}機關,月份,編目,彙送,屆期應檢討")
        #expect(lines[2] == "\"甲,局\",2021-08,1,0,0")
    }

    @Test func `without entries there is a page all the same`() {
        let statistics = CatalogueStatistics([CatalogueFact](), period: period)
        #expect(statistics.rows.isEmpty && statistics.html(language: "en").contains("<td>0</td>"))
    }
}
