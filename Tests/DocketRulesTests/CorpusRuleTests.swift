import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketRules

/// The rules over every written file of the corpus: each finding is known, and each defect meant for a rule is found.
struct CorpusRuleTests {
    private static let context = RuleContext(roster: CorpusReading.roster, series: CorpusReading.series)

    /// Findings by file, without TXT-08: brackets of both widths stand in many files on purpose.
    private static let known: [String: [Found]] = [
        "A061-minutes": [],
        "A062-minutes": [Found("MIN-07", "等3案")],
        "A063-minutes": [
            Found(
                "MIN-19", "(備註：參、綜合會議結論第二項，經113年10月29日第64次主任秘書會報將「里民活動場所」修正文字為「區民活動中心」)。"),
            Found("MIN-12", "下午14時56分"),
        ],
        "A064-minutes": [Found("MIN-15", "請觀光局將跨年晚會計畫書之預估參加人數由8萬人修正為10萬5,000人。")],
        "B032-minutes": [
            Found(
                "MIN-19", "（備註：參、討論事項第一案，經113年10月17日第33次處務會議將「會計室辛主任說明」修正文字為「檔案科岳科長說明」）。")
        ],
        "B033-minutes": [Found("MIN-15", "請檔案科於第二庫房提供30箱空間放置國際事務科展覽品。")],
        "letters-education-seismic": [Found("TXT-03", "廣續")],
        "reports-secretariat-work-report-113h1": [
            Found("REP-04", "6.8%"), Found("TXT-03", "廣續"), Found("REP-04", "96.5%"),
        ],
        "reports-document-timeliness-q3": [Found("NUM-01", "218")],
        "contracts-staff-restaurant": [
            Found("REP-01", "四、"),
            Found(
                "REP-06", "四、租金：每月3萬6,000元，水電費按實計算。\n五、保證金：20萬元，契約屆滿後無息退還。",
                "四、租金：每月3萬6,000元，水電費按實計算。\n五、保證金：20萬元，契約屆滿後無息退還。"),
        ],
    ]

    /// Scans need recognition and spoken files have no written rules; both are read by the tests of the readers.
    private static let written = CorpusReading.entries.filter { $0.kind != "transcript" && !$0.path.hasSuffix(".png") }

    @Test(.enabled(if: !written.isEmpty), arguments: written)
    func `nothing but what is wrong on purpose is found`(entry: CorpusReading.Entry) async throws {
        let url = CorpusReading.folder.appending(path: entry.path)
        var found: [Found] = []
        for (source, structure) in try await CorpusReading.read(url, kind: SourceKind(rawValue: entry.kind)) {
            let findings = RuleSet.standard.without(["TXT-08"]).findings(on: source, structure, Self.context)
            found += findings.map { Found($0, in: source) }
        }
        #expect(found == Self.known[entry.id] ?? [], "\(entry.path)")
    }

    @Test func `the names of known findings are files of the corpus`() {
        let ids = Set(CorpusReading.entries.map(\.id))
        #expect(Self.known.keys.filter { !ids.contains($0) }.isEmpty)
    }
}

extension CorpusReading.Entry: CustomTestStringConvertible {
    var testDescription: String { path }
}

/// The rules over real documents (DOMAIN.md section 13).
@Suite(.enabled(if: ReferenceData.isAvailable, "no reference data"))
struct ReferenceRuleTests {
    private func found(
        _ name: String, changing change: (String) -> String = { $0 }
    ) async throws -> [Found] {
        let text = change(try ReferenceData.text("taipei/" + name))
        let url = FileManager.default.temporaryDirectory.appending(path: "rules-\(UUID().uuidString).txt")
        try Data(text.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }  // A file left in the temporary folder harms nothing.
        guard let (source, structure) = try await CorpusReading.read(url).first else { return [] }
        return RuleSet.standard.without(["TXT-08"]).findings(on: source, structure).map { Found($0, in: source) }
    }

    private let report = "taipei-secretariat-work-report-2022h1.txt"

    @Test func `gold 4 and 8: the sums of the work report balance and one target is missed`() async throws {
        let found = try await found(report)
        #expect(!found.contains { $0.rule.hasPrefix("NUM") })
        #expect(found.filter { $0.rule == "REP-04" } == [Found("REP-04", "18.18%")])
        #expect(found.filter { $0.rule == "TXT-03" }.flatMap(\.words) == ["擲節", "擲節", "擷節"])
    }

    /// One cell or sentence of each table with another figure: 本期受理案件計732件, and the cells of three totals.
    @Test(arguments: [
        ("案件計732件", "案件計723件", "723件"), ("\t565\t3,075", "\t565\t3,057", "3,057"), ("\t11\t96\n", "\t11\t69\n", "69"),
        ("\t1,100\t5,189", "\t1,100\t5,198", "5,198"),
    ])
    func `gold 4: a changed total of the work report is found`(from: String, to: String, words: String) async throws {
        let sums = try await found(report) { $0.replacing(from, with: to) }.filter { $0.rule == "NUM-01" }
        #expect(sums == [Found("NUM-01", words)])
    }

    @Test func `gold 7: the plan has 廣續 for 賡續`() async throws {
        #expect(try await found("taipei-secretariat-annual-plan-2026.txt") == [Found("TXT-03", "廣續")])
    }

    @Test func `the 213th minutes: an hour of 24 behind 下午, and a corrected body`() async throws {
        let found = try await found("taipei-chief-secretaries-meeting-213-minutes-2021.txt")
        #expect(found.map(\.rule).filter { $0 != "MIN-21" } == ["MIN-19", "MIN-12"])
        #expect(found.last == Found("MIN-12", "下午15時35分"))
        #expect(found.first { $0.rule == "MIN-19" }?.words.first?.contains("電子收據系統") == true)
    }
}
