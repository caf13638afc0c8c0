import DocketCore
import DocketGrounding
import DocketTestSupport
import Foundation
import Testing

/// One claim, its evidence and what is expected; the sentences are the project's own.
struct GroundingCase: Sendable, CustomTestStringConvertible {
    var reason: ReasonType
    var claim: String
    var evidence: String
    var title = "海原市政府秘書處工作報告（112年上半年）"

    init(_ reason: ReasonType, _ claim: String, from evidence: String) {
        self.reason = reason
        self.claim = claim
        self.evidence = evidence
    }

    var testDescription: String { "\(reason.rawValue): \(claim)" }
}

@Suite struct GrounderTests {
    private static let report = "（二）本期受理臨櫃諮詢計 4 萬 2,618 件，較上期減少 3,105 件；電話諮詢 9,870 通，滿意度 93.4%，高於目標值 90%。"
    private static let minutes = """
        會議結論：(一) 列管編號 118-3、120-1（水務局部分）等 2 案同意解除列管。(二) 列管編號 119-4、120-1（公園處部分）等 2 案賡續列管，\
        請公園處於112年9月15日前完成補植。(三) 各機關不得逕行委外辦理。
        """
    private static let council =
        "民政局林主秘補充說明：里民活動中心共 37 處，其中 5 處尚未完成耐震補強，將於下半年陸續辦理。\n秘書處周組長補充說明：公文系統擬於 8 月 1 日起改版，請各機關務必派員參加教育訓練。"
    private static let event = "112 年 5 月 20 日由陳立群秘書長與港都市李副市長簽署合作備忘錄，計 42 名來賓出席第 6 次城市論壇。"
    private static let english = """
        Chair Dana Whitfield: We received 1,240 applications by 31 March, up from 980 last year.
        Omar Reyes: The library will not open before September, and repairs cost at most 45 million dollars.
        """

    static let supported: [(String, String)] = [
        ("本期受理臨櫃諮詢42,618件，電話諮詢9,870通。", report),
        ("臨櫃諮詢計四萬二千六百一十八件，滿意度百分之九十三點四。", report),
        ("本期臨櫃諮詢約4.3萬件。", report),
        ("120-1案水務局部分解除列管，公園處部分賡續列管。", minutes),
        ("公園處應於2023年9月15日前完成補植。", minutes),
        ("民政局林主秘說明，里民活動中心共37處。", council),
        ("陳立群秘書長與李副市長於民國112年5月20日簽署合作備忘錄。", event),
        ("Omar Reyes said repairs cost at most $45 million.", english),
        ("There were 1240 applications by 31 March.", english),
    ]

    /// What was said, and what minutes make of it.
    static let spoken: [(String, String)] = [
        ("列管編號58-3、62-2等2案同意解除列管。", "丁致遠：我整理一下，五十八之三、六十二之二，這兩案解除列管。"),
        ("平均處理天數1.92天，較上季減少0.21天。", "丁致遠：平均處理天數是一點九二天，比上一季的二點一三天減少零點二一天。"),
        ("其中4處為國有土地。", "石美玲：其中有四處是土地跟建物不同人，土地是國有的。"),
        ("國有4處須與國產署協商。", "石美玲：國有的那四處要跟國產署協商。"),
        ("挖開以後發現與圖說不一樣。", "涂國棟：管線挖開以後發現跟圖說不一樣，所以要變更設計。"),
        ("11月20日以後就無法配合。", "駱家聲：十一月二十號以前我們比較有空，二十號以後就沒辦法配合了。"),
        ("本項納入列管。", "沈維岳：好，那這一項列管。"),
        ("列管編號60-1、61-1等2案同意解除列管。", "丁致遠：六十之一、六十一之一兩案解除。\n沈維岳：好。"),
        ("60-4本會想拆開，社會局的部分建議解除。", "丁致遠：對，因為六十之四我們想拆開，社會局的部分建議解除"),
        ("百貨4處，還有1則通報。", "柯雅筑：百貨四處，還有一則通報。"),
        ("研議可否由機關代墊。", "沈維岳：看可不可以由機關代墊。"),
        ("本處已經將23個都停用了。", "湯恩齊：對，所以我們已經把二十三個都停用了。"),
        ("11月20日前本局比較有空，20日後就無法。", "駱家聲：十一月二十號以前我們比較有空，二十號以後就沒辦法了。"),
        ("會知府會聯絡員，並要主任秘書看過始得送出。", "沈維岳：請各機關會知府會聯絡員，然後要主任秘書看過才送出去。"),
        ("列管編號61-3、64-3（警察局部分）等2案賡續列管。", "主席：六十二之三、六十四之三消防局部分，是兩案解除。賡續的是六十一之三、六十四之三警察局部分，是兩案。"),
        ("做不完的，請各主辦機關於11月底前循程序辦保留。", "主席：做不完的，請在十一月底以前循程序辦保留。"),
        ("平均89.2分，1度6.5元，19日驗收合格。", "卓科長：平均八十九點二分，一度收六塊五，十九號驗收合格。"),
        ("同意。", "丁致遠：這樣可以嗎？\n沈維岳：好。"),
    ]

    /// What people decided is said in few characters, and decides everything.
    @Test(arguments: [
        "同意。", "不同意。", "市長不同意。", "否決。", "備查。", "本案備查。", "賡續列管。", "本案同意予以列管。", "同意解除列管。",
        "本項納入列管。", "圖書館夜間開放經費遭全數刪除。", "Approved.", "The motion failed.", "好好好。",
    ])
    func `an outcome that nobody stated is not supported`(claim: String) {
        let evidence = "圖書館夜間開放時間為週一至週五，晚間6時至9時，開放經費由館方編列。"
        let (verdict, _) = Grounder().verdict(claim: claim, evidence: [Evidence(id: "1", text: evidence)])
        #expect(verdict != .supported)
    }

    @Test func `a long run of words that the evidence has nothing of is not supported`() {
        let (verdict, reasons) = Grounder().verdict(
            claim: "圖書館夜間開放經費將改由民間企業贊助。",
            evidence: [Evidence(id: "1", text: "圖書館夜間開放經費由館方編列。")])
        #expect(verdict == .unsupported)
        #expect(reasons.map(\.type) == [.addedPlain])
    }

    @Test(arguments: spoken)
    func `what was said supports what minutes make of it`(claim: String, evidence: String) {
        let (verdict, reasons) = Grounder().verdict(claim: claim, evidence: [Evidence(id: "1", text: evidence)])
        #expect(verdict == .supported, "\(reasons)")
    }

    @Test(arguments: [
        (ReasonType.tracking, "列管編號58-4同意解除列管。", "丁致遠：五十八之三解除列管。"),
        (.releaseContinue, "58-3案賡續列管。", "丁致遠：五十八之三解除列管。"),
        (.numberDigit, "平均處理天數1.62天。", "丁致遠：平均處理天數是一點九二天。"),
    ])
    func `what was said contradicts what changes it`(reason: ReasonType, claim: String, evidence: String) {
        let (verdict, reasons) = Grounder().verdict(claim: claim, evidence: [Evidence(id: "1", text: evidence)])
        #expect(verdict == .contradicted)
        #expect(reasons.map(\.type).contains(reason), "\(reasons)")
    }

    @Test func `a name around its title is the same person`() {
        let person = Roster.PersonRole(id: "p", name: "沈維岳", surname: "沈", title: "秘書長")
        let (verdict, reasons) = Grounder(roster: Roster(persons: [person])).verdict(
            claim: "主席：沈維岳秘書長", evidence: [Evidence(id: "1", text: "主席：沈秘書長維岳")])
        #expect(verdict == .supported, "\(reasons)")
    }

    @Test(arguments: supported)
    func `a claim that follows is supported, in whatever form its figures are`(claim: String, evidence: String) {
        let (verdict, reasons) = Grounder().verdict(claim: claim, evidence: [Evidence(id: "1", text: evidence)])
        #expect(verdict == .supported, "\(reasons)")
        #expect(reasons.map(\.type) == [.matched])
        #expect(evidence.contains(reasons[0].evidenceWords))
    }

    static let contradicted: [GroundingCase] = [
        .init(.numberDigit, "本期受理臨櫃諮詢42,818件。", from: report),
        .init(.numberMagnitude, "電話諮詢98,700通。", from: report),
        .init(.numberSwap, "滿意度90%，高於目標值93.4%。", from: report),
        .init(.unit, "電話諮詢9,870人次。", from: report),
        .init(.direction, "本期受理臨櫃諮詢計42,618件，較上期增加3,105件。", from: report),
        .init(.tracking, "列管編號118-4同意解除列管。", from: minutes),
        .init(.releaseContinue, "119-4案解除列管。", from: minutes),
        .init(.negation, "各機關得逕行委外辦理。", from: minutes),
        .init(.dateYear, "請公園處於111年9月15日前完成補植。", from: minutes),
        .init(.dateMonth, "請公園處於112年8月15日前完成補植。", from: minutes),
        .init(.dateDay, "請公園處於112年9月25日前完成補植。", from: minutes),
        .init(.rocAD, "請公園處於西元112年9月15日前完成補植。", from: minutes),
        .init(.deadline, "請公園處於112年9月15日後完成補植。", from: minutes),
        .init(.addressee, "請教育局於112年9月15日前完成補植。", from: minutes),
        .init(.attribution, "秘書處周組長說明，里民活動中心共37處，其中5處尚未完成耐震補強。", from: council),
        .init(.modality, "公文系統已於8月1日起改版。", from: council),
        .init(.ordinal, "計42名來賓出席第8次城市論壇。", from: event),
        .init(.person, "112年5月20日由王立群秘書長與港都市李副市長簽署合作備忘錄。", from: event),
        .init(.negation, "112年5月20日由陳立群秘書長與港都市李副市長未簽署合作備忘錄。", from: event),
        .init(.negation, "The library will open before September.", from: english),
        .init(.quantifier, "Repairs cost at least 45 million dollars.", from: english),
        .init(.direction, "We received 1,240 applications by 31 March, down from 980 last year.", from: english),
        .init(.numberMagnitude, "Repairs cost at most 450 million dollars.", from: english),
    ]

    @Test(arguments: contradicted)
    func `a changed statement is contradicted with its reason`(example: GroundingCase) {
        let source = SourceID(rawValue: "S")
        let evidence = Evidence(
            id: "1", title: example.title, text: example.evidence,
            span: SourceSpan(source, version: 1, 100..<100 + example.evidence.utf8.count))
        let (verdict, reasons) = Grounder().verdict(claim: example.claim, evidence: [evidence])
        #expect(verdict == .contradicted)
        #expect(reasons.map(\.type).contains(example.reason), "\(reasons)")
        for reason in reasons {
            #expect(example.claim.contains(reason.claimWords))
            guard let span = reason.span else { continue }
            let bytes = Array(example.evidence.utf8)[span.start - 100..<span.end - 100]
            #expect(String(decoding: bytes, as: UTF8.self) == reason.evidenceWords)
        }
    }

    static let added: [GroundingCase] = [
        .init(.addedNumber, "本期受理臨櫃諮詢42,618件，總經費3.2億元。", from: report),
        .init(.addedName, "電話諮詢9,870通，由許家豪科長擔任聯絡窗口。", from: report),
        .init(.addedPlain, "電話諮詢9,870通，惟民眾普遍反映等候過久。", from: report),
    ]

    @Test(arguments: added)
    func `what the evidence does not say is unsupported`(example: GroundingCase) {
        let (verdict, reasons) = Grounder().verdict(
            claim: example.claim, evidence: [Evidence(id: "1", title: example.title, text: example.evidence)])
        #expect(verdict == .unsupported, "\(reasons)")
        #expect(reasons.map(\.type).contains(example.reason), "\(reasons)")
    }

    @Test func `a claim without evidence is unsupported`() {
        for evidence in [[], [Evidence(id: "1", text: "")]] {
            let (verdict, reasons) = Grounder().verdict(claim: "照案通過。", evidence: evidence)
            #expect(verdict == .unsupported)
            #expect(reasons.map(\.type) == [.noCitation])
        }
    }

    @Test func `long evidence takes time in proportion to its length`() {
        let filler = "本處持續檢討各項行政流程並定期彙整各單位意見，以提升整體服務效能。"
        func time(_ count: Int) -> Duration {
            let text = String(repeating: filler, count: count) + Self.report + String(repeating: filler, count: count)
            return ContinuousClock().measure {
                let (verdict, _) = Grounder().verdict(
                    claim: "臨櫃諮詢計42,618件，較上期減少3,105件。", evidence: [Evidence(id: "1", text: text)])
                #expect(verdict == .supported)
            }
        }
        _ = time(10)
        let small = time(200)
        let large = time(800)
        #expect(large < small * 10 + .milliseconds(200))
    }
}

@Suite struct ClaimCheckerTests {
    @Test func `a line in is a line out`() throws {
        let line = #"{"id":"x","sources":[{"id":"s","text":"計 15 件，全數決標。"}],"claim":"計16件。"}"#
        let result = try ClaimChecker().check(line: Data(line.utf8), number: 1)
        let text = String(decoding: result, as: UTF8.self)
        #expect(text.hasPrefix(#"{"id":"x","reasons":[{"#))
        #expect(text.contains(#""type":"number-digit""#))
        #expect(text.hasSuffix(#""verdict":"contradicted"}"#))
    }

    @Test func `a line that is no record names its number and none of its text`() {
        #expect(throws: GroundingError.malformedRecord(line: 7)) {
            try ClaimChecker().check(line: Data("機密".utf8), number: 7)
        }
        #expect(!GroundingError.malformedRecord(line: 7).description.contains("機密"))
    }
}
