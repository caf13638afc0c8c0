import DocketTestSupport
import DocketText
import Foundation
import Testing

@Suite struct ScriptConversionTests {
    @Test(arguments: [
        ("标准化", "標準化"), ("农历", "農曆"), ("历史", "歷史"), ("头发", "頭髮"), ("发展", "發展"), ("网络信息", "網路資訊"), ("干部", "幹部"),
        ("干燥", "乾燥"), ("干预", "干預"), ("皇后", "皇后"), ("以后", "以後"), ("制度", "制度"), ("制造", "製造"), ("台风", "颱風"),
        ("關係資料", "關係資料"), ("COVID-19 肺炎", "COVID-19 肺炎"), ("会议纪要", "會議紀要"),
    ])
    func `words are written as Taiwan writes them`(simplified: String, traditional: String) {
        #expect(ScriptConversion.toTraditional(simplified) == traditional)
    }

    @Test func `converted text is Traditional and folds to the same key`() {
        let text = "关于会议记录与决议事项的说明"
        let converted = ScriptConversion.toTraditional(text)
        #expect(ScriptProfile(of: converted).script == .traditional)
        #expect(Folding.key(converted) == Folding.key(text))
    }

    @Test(.enabled(if: ReferenceData.isAvailable, "no reference data"))
    func `nineteen in twenty keywords of journals come out as the reference converter has them`() throws {
        var (same, total) = (0, 0)
        for line in try ReferenceData.lines("csl/records.jsonl") {
            let record = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            let pairs = zip(record["keywords"] as? [String] ?? [], record["keywords_hant"] as? [String] ?? [])
            for (simplified, traditional) in pairs {
                total += 1
                if ScriptConversion.toTraditional(simplified) == traditional { same += 1 }
            }
        }
        #expect(total > 5000 && same * 20 >= total * 19, "\(same) of \(total)")
    }
}
