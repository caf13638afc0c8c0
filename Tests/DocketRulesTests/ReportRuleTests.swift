import DocketCore
import Testing

@testable import DocketRules

struct `Report rules` {
    @Test func `REP-01 finds a section that is missing`() {
        let text = "113年度工作報告\n壹、前言\n本期辦理情形如下。\n一、文書處理\n二、檔案管理\n四、國際事務\n參、結語\n以上報告。"
        #expect(read(ReportNumbering(), text, kind: .report) == [Found("REP-01", "四、"), Found("REP-01", "參、")])
        let whole = text.replacing("四、", with: "三、").replacing("參、", with: "貳、")
        #expect(read(ReportNumbering(), whole, kind: .report).isEmpty)
    }

    @Test func `REP-02 wants a period in a periodic report only`() {
        let text = "青嵐市政府秘書處工作報告\n壹、前言\n本處辦理各項業務。"
        let source = SourceDocument.of(text, kind: .report)
        var structure = ReportStructure(issuer: "青嵐市政府秘書處")
        structure.title = source.words("青嵐市政府秘書處工作報告")
        #expect(
            check(StatedPeriod(), source, DocumentStructure(report: structure)) == [Found("REP-02", "青嵐市政府秘書處工作報告")])
        let dated = SourceDocument.of(text + "\n截至113年6月底止，計辦理12件。", kind: .report)
        #expect(check(StatedPeriod(), dated, DocumentStructure(report: structure)).isEmpty)
        structure.title = Words("檔案庫房漏水搶救報告", at: 0..<3)
        #expect(check(StatedPeriod(), source, DocumentStructure(report: structure)).isEmpty)
    }

    @Test func `REP-03 finds a figure that the earlier report gave otherwise`() {
        let source = SourceDocument.of("113年上半年公文收文計38,406件。\n113年上半年公文收文計38,406件，前期誤植業已更正。", kind: .report)
        func statistic(_ value: Double, _ words: Words) -> Statistic {
            Statistic(
                subject: "公文收文", words: words, value: value, unit: "件",
                period: DatedWords(words: Words("113年上半年", at: 0..<15), iso: "2024-01-01", isoEnd: "2024-06-30"))
        }
        let now = [statistic(38_406, source.words("38,406件"))]
        let context = RuleContext(earlierStatistics: [statistic(38_206, Words("38,206件", at: 0..<9))])
        let structure = DocumentStructure(report: ReportStructure(statistics: now))
        #expect(check(ChangedFigures(), source, structure, context) == [Found("REP-03", "38,406件")])
        let explained = [statistic(38_406, source.words("38,406件", occurrence: 1))]
        let other = DocumentStructure(report: ReportStructure(statistics: explained))
        #expect(check(ChangedFigures(), source, other, context).isEmpty)
        let same = RuleContext(earlierStatistics: [statistic(38_406, Words("38,406件", at: 0..<9))])
        #expect(check(ChangedFigures(), source, structure, same).isEmpty)
    }

    @Test func `REP-04 finds a target that is missed, and a ceiling that is broken`() {
        let source = SourceDocument.of("線上簽核比率目標值98%，實際96.5%。逾期率目標小於1%，實際0.54%。", kind: .report)
        let missed = Statistic(subject: "實際", words: source.words("96.5%"), value: 96.5, unit: "%", target: 98)
        let kept = Statistic(
            subject: "實際", words: source.words("0.54%"), value: 0.54, unit: "%", target: 1, targetIsCeiling: true)
        let structure = DocumentStructure(report: ReportStructure(statistics: [missed, kept]))
        #expect(check(MissedTargets(), source, structure) == [Found("REP-04", "96.5%")])
        let message = RuleSet([MissedTargets()]).findings(on: source, structure)[0].message
        #expect(message.zhHant == "實績為「96.5%」，目標為 98%，未達目標。")
    }

    @Test func `REP-05 finds a short form used before it is defined`() {
        let early = "壹、前言\n會報每月召開一次，由研發會統籌辦理。\n研究發展考核委員會（以下簡稱研發會）負責列管。"
        let source = SourceDocument.of(early, kind: .report)
        func defining(_ source: SourceDocument) -> DocumentStructure {
            let occurrence = source.text.split(separator: "研發會", omittingEmptySubsequences: false).count - 2
            let term = DefinedTerm(term: source.words("研發會", occurrence: occurrence), meaning: "研究發展考核委員會")
            return DocumentStructure(report: ReportStructure(definedTerms: [term]))
        }
        #expect(check(DefinedTerms(), source, defining(source)) == [Found("REP-05", "研發會")])
        let late = SourceDocument.of("研發會業務\n研究發展考核委員會（以下簡稱研發會）負責列管。", kind: .report)
        #expect(check(DefinedTerms(), late, defining(late)).isEmpty)
    }

    @Test func `REP-06 finds a block that stands twice`() {
        let block = "四、租金：每月3萬6,000元，水電費按實計算。\n五、保證金：20萬元，契約屆滿後無息退還。"
        let source = SourceDocument.of("三、清潔：每月清洗。\n" + block + "\n" + block, kind: .document)
        #expect(check(RepeatedBlocks(), source) == [Found("REP-06", block, block)])
        let formula = SourceDocument.of("會議結論：照案通過，備查。\n二、其他事項報告。\n會議結論：照案通過，備查。", kind: .document)
        #expect(check(RepeatedBlocks(), formula).isEmpty)
    }
}
