import DocketCore
import Testing

@testable import DocketRules

struct `Text rules` {
    private let roster = Roster(agencies: [
        .init(id: "1", officialName: "臺北市政府", shortNames: ["北市府"]),
        .init(id: "2", officialName: "臺灣大學台北分部", shortNames: []),
        .init(id: "3", officialName: "台北通服務中心", aliases: ["臺北通服務中心"]),
    ])

    // MARK: - TXT-01

    @Test(arguments: ["「民眾反映（如附件」。", "本案照案通過）。", "將『區民活動中心修正為「里民活動中心」。"])
    func `TXT-01 finds a mark without its partner`(text: String) {
        #expect(check(UnclosedPairs(), Draft.of("請各機關配合。", text)) == [1])
    }

    @Test(arguments: ["（一）請工務局（含所屬）辦理「道路（含人行道）」工程。", "1) 備查。", "將“a”改為“b”。", "(一）照案通過。"])
    func `TXT-01 accepts pairs, numbers with a bracket and pairs of mixed width`(text: String) {
        #expect(check(UnclosedPairs(), Draft.of(text)).isEmpty)
    }

    @Test func `TXT-01 lets a pair open in one claim and close in the next of a block`() {
        var draft = Draft.of("主席表示「先行辦理。")
        draft.blocks[0].claims.append(Claim(number: 1, text: "再行檢討」。", citations: [], derivation: .condensed))
        #expect(check(UnclosedPairs(), draft).isEmpty)
    }

    // MARK: - TXT-02

    @Test func `TXT-02 finds a roster name with the other 臺, all places in one finding`() {
        let source = SourceDocument.of("台北市政府函請臺北市政府轉知。\n台北\n市政府已轉知。")
        #expect(
            check(RosterSpelling(), source, DocumentStructure(), RuleContext(roster: roster))
                == [Found("TXT-02", "台北市政府", "台北\n市政府")])
        #expect(
            check(RosterSpelling(), SourceDocument.of("送台灣大學臺北分部。"), DocumentStructure(), RuleContext(roster: roster))
                == [Found("TXT-02", "台灣大學臺北分部")])
        #expect(check(RosterSpelling(), Draft.of("請查照。", "請台北市政府辦理。"), RuleContext(roster: roster)) == [1])
    }

    @Test func `TXT-02 leaves names alone that the roster does not hold or holds both ways`() {
        let context = RuleContext(roster: roster)
        let source = SourceDocument.of("台北通、臺北通服務中心、台北通服務中心、台北熊好券與臺北市政府。")
        #expect(check(RosterSpelling(), source, DocumentStructure(), context).isEmpty)
        let speech = SourceDocument.of("台北市政府這邊報告。", kind: .transcript)
        #expect(check(RosterSpelling(), speech, DocumentStructure(), context).isEmpty)
    }

    // MARK: - TXT-03

    @Test func `TXT-03 suggests the word that was meant`() {
        let source = SourceDocument.of("列管編號204-2等4案廣續列管，經費應擲節使用，臺北巿政府承辨。")
        #expect(
            check(ConfusedWords(), source)
                == [
                    Found("TXT-03", "廣續"), Found("TXT-03", "擲節"), Found("TXT-03", "巿政府"), Found("TXT-03", "承辨"),
                ])
        let finding = RuleSet([ConfusedWords()]).findings(on: source, DocumentStructure())[0]
        #expect(finding.message.zhHant == "「廣續」疑為「賡續」之誤。")
    }

    @Test func `TXT-03 knows the neighbours that make a word right`() {
        let source = SourceDocument.of("推廣續辦計畫，分辨理由，自主辨識系統，專業己見，賡續列管。")
        #expect(check(ConfusedWords(), source).isEmpty)
    }

    // MARK: - TXT-07

    @Test(arguments: [
        ("收文計三萬七千一百一十三件。", ["三萬七千一百一十三件"]), ("達成率為百分之九十二。", ["百分之九十二"]),
        ("訂於十月二十九日召開。", ["十月二十九日"]), ("下午二時三十分散會。", ["下午二時三十分"]), ("訂於星期2召開。", ["星期2"]),
        ("宣讀第六十三次會議紀錄。", ["第六十三次"]),
    ])
    func `TXT-07 finds numerals of the wrong kind`(text: String, words: [String]) {
        #expect(NumeralUsage.misused(in: text) == words)
        #expect(check(NumeralUsage(), Draft.of("備查。", text)) == [1])
    }

    @Test(arguments: [
        "第一案照案通過，計三十件。", "收文計3萬7,113件，星期二召開。", "所載「十月二十九日」更正為「10月29日」。", "依條例第二十三條辦理。",
        "八大行業，二、三十人，三讀通過。",
    ])
    func `TXT-07 leaves set words, round and vague numbers, quotations and articles alone`(text: String) {
        #expect(NumeralUsage.misused(in: text).isEmpty)
    }

    @Test func `TXT-07 leaves words taken verbatim alone`() {
        var draft = Draft.of("訂於十月二十九日召開。")
        draft.blocks[0].claims[0].derivation = .verbatim
        #expect(check(NumeralUsage(), draft).isEmpty)
    }

    // MARK: - TXT-08

    @Test func `TXT-08 names the brackets of the lesser width`() {
        let source = SourceDocument.of("(一)照案通過（如附件）。\n（二）緩議（另案辦理）。\n（三)備查。")
        #expect(check(MixedBracketWidth(), source) == [Found("TXT-08", "(一)", "（三)")])
    }

    @Test func `TXT-08 is silent on Latin words in narrow brackets`() {
        let source = SourceDocument.of("（一）本府公務雲 (TAIPEION) 自動體外心臟電擊去顫器(AED)。\n（二）備查。")
        #expect(check(MixedBracketWidth(), source).isEmpty)
    }
}
