import DocketCore
import DocketGrounding
import Testing

/// What people say, and what minutes make of it: fluent claims in another register, true ones and invented ones.
@Suite struct SpokenRegisterTests {
    private static let budget = """
        財政局許局長：我們局裡現在執行率八成七點五，年底以前會驗收完。
        李委員：那剩下那十二個案子呢？有沒有辦法在十一月十五號前送件？
        財政局許局長：十二案裡面有九案已經送了，另外三案因為廠商還沒補件，大概要到十一月底。
        """
    private static let shuttle = """
        公運處鄭科長：接駁車從三月一號開始跑，一天四十班，到上個月平均一天載兩千三百個人，比去年同期多了百分之十五。
        陳議員：可是東湖那邊都沒有站，你們是不是可以加一站？
        公運處鄭科長：這個我們要再評估，還沒有決定，因為司機現在缺六個人。
        """
    private static let english = """
        Dana Whitfield: So we're at eighty-seven percent of the budget, and we'll finish acceptance before the end of the year.
        Omar Reyes: We haven't signed the contract yet, the supplier wants another two weeks.
        """

    static let faithful: [(String, String)] = [
        ("許局長說明預算執行率為87.5%，將於年底前完成驗收。", budget),
        ("12案中9案已送件，其餘3案因廠商尚未補件，約於11月底送件。", budget),
        ("接駁車自3月1日起行駛，每日40班，平均每日載客2,300人，較去年同期增加15%。", shuttle),
        ("陳議員建議於東湖增設站點，公運處表示尚未決定，仍須評估。", shuttle),
        ("公運處鄭科長表示司機目前缺額6人。", shuttle),
        ("接駁車路線圖請公運處於稍後另行說明。", "主席：接駁車路線圖麻煩公運處於等一下另行說明。"),
        ("本項納入路口整備計畫一併檢討辦理。", "主席：這個要路口整備計畫一併檢討辦理。"),
        ("Dana Whitfield said 87% of the budget is used.", english),
        ("The contract is not signed yet; the supplier wants another 2 weeks.", english),
    ]

    @Test(arguments: faithful)
    func `a fluent claim that says what was said is supported`(claim: String, evidence: String) {
        let (verdict, reasons) = Grounder().verdict(claim: claim, evidence: [Evidence(id: "1", text: evidence)])
        #expect(verdict == .supported, "\(reasons)")
    }

    static let invented: [(String, String)] = [
        ("許局長說明預算執行率為78.5%，將於年底前完成驗收。", budget),
        ("12案中9案已送件，其餘5案因廠商尚未補件。", budget),
        ("李委員說明預算執行率為87.5%。", budget),
        ("許局長說明預算執行率為87.5%，並已獲中央補助款3,200萬元。", budget),
        ("接駁車自3月1日起行駛，每日40班，平均每日載客2,300人，較去年同期減少15%。", shuttle),
        ("接駁車自5月1日起行駛，每日40班。", shuttle),
        ("公運處同意於東湖增設站點，並由林科長負責督導。", shuttle),
        ("接駁車每日40班，民眾普遍抱怨班次過少且車況老舊不堪使用。", shuttle),
        ("Omar Reyes said 87% of the budget is used.", english),
        ("The contract is signed; the supplier wants another 2 months.", english),
    ]

    @Test(arguments: invented)
    func `a fluent claim that says something else is not supported`(claim: String, evidence: String) {
        let (verdict, _) = Grounder().verdict(claim: claim, evidence: [Evidence(id: "1", text: evidence)])
        #expect(verdict != .supported)
    }
}
