import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketRules

struct RuleSetTests {
    @Test func `docs/rules.md is what the rules say of themselves`() throws {
        let file = ReferenceData.packageRoot.appending(path: "docs/rules.md")
        #expect(try String(contentsOf: file, encoding: .utf8) == RuleSet.documentation())
    }

    @Test func `every rule has a number of its own and speaks both languages`() {
        let cards = RuleSet.standard.rules.map(\.card)
        #expect(Set(cards.map(\.id)).count == cards.count)
        for card in cards {
            for text in [card.finds, card.remedy, card.silent] {
                #expect(text.zhHant.hasSuffix("。") || text.zhHant.hasSuffix("」。"), "\(card.id)")
                #expect(text.en.hasSuffix(".") || text.en.hasSuffix(")."), "\(card.id)")
            }
        }
    }

    /// Severities of DOMAIN.md section 12: errors, warnings, information.
    @Test func `the rules have the severities of the house`() {
        let bySeverity = Dictionary(grouping: RuleSet.standard.rules.map(\.card), by: \.severity).mapValues {
            $0.map(\.id)
        }
        #expect(
            bySeverity[.error] == [
                "TXT-01", "NUM-01", "MIN-01", "MIN-02", "MIN-03", "MIN-04", "MIN-05", "MIN-07", "MIN-08", "MIN-09",
                "MIN-10", "MIN-14", "MIN-17", "MIN-18", "MIN-20", "MIN-22", "MIN-24", "REP-02",
            ])
        #expect(
            bySeverity[.warning] == [
                "TXT-02", "TXT-03", "TXT-07", "NUM-02", "NUM-03", "NUM-04", "MIN-06", "MIN-11", "MIN-12", "MIN-13",
                "MIN-15", "MIN-16", "MIN-19", "MIN-23", "REP-01", "REP-03", "REP-05",
            ])
        #expect(bySeverity[.information] == ["TXT-08", "MIN-21", "REP-04", "REP-06"])
    }

    @Test func `findings come in the order of the text, at most so many a rule`() {
        let text = String(repeating: "經費擲節，案件廣續列管。\n", count: 300)
        let findings = RuleSet([MixedBracketWidth(), ConfusedWords()]).findings(
            on: SourceDocument.of(text, kind: .document), DocumentStructure())
        #expect(findings.count == RuleSet.findingsPerRule)
        let starts = findings.map { $0.place.spans[0].start }
        #expect(starts == starts.sorted())
        #expect(RuleSet.standard.without(["TXT-03"]).rules.count == RuleSet.standard.rules.count - 1)
    }

    @Test(arguments: 0..<40)
    func `places are whole characters of the source, whatever the text`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "（一）", "(二)", "(三）", "廣續列管", "擲節", "3萬12,500件", "113年10月29日（星期三）", "下午15時", "12%(3/7)", "\n", "\n\n", " ",
            "一、",
            "四、", "壹、", "會議結論：", "請辦理。", "散會", "🏛", "é", "贊成3票", "反對2票", "在場7人", "交通局3件、教育局2案、衛生局1件", "「", "合計 9",
        ]
        let text = (0..<60).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
        for kind in [SourceKind.minutes, .report, .transcript] {
            let source = SourceDocument.of(text, kind: kind)
            let structure = StructureReading.structure(of: source, RuleContext())
            for finding in RuleSet.standard.findings(on: source, structure) {
                for span in finding.place.spans {
                    #expect(span.end <= text.utf8.count && span.start <= span.end, "seed \(seed) \(finding.rule)")
                    #expect(source.text(in: span.range).utf8.count == span.range.count, "seed \(seed) \(finding.rule)")
                }
            }
        }
    }

    @Test func `twice the text takes no more than about twice the time`() {
        let clock = ContinuousClock()
        func seconds(_ copies: Int) -> Double {
            let text = String(repeating: "一、交通局3件、教育局2案（含所屬)，逾期率0.64%(208/3萬8,406)，案件廣續列管\n", count: copies)
            let source = SourceDocument.of(text, kind: .report)
            let time = clock.measure { _ = RuleSet.standard.findings(on: source, DocumentStructure()) }
            return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        }
        _ = seconds(50)
        let (small, large) = (seconds(300), seconds(1_200))
        #expect(large < small * 10, "\(small) s for one part, \(large) s for four")
    }
}
