import DocketCore
import DocketGrounding
import Testing

/// Single words and facts that a claim puts in the place of the evidence's own; the sentences are the project's own.
@Suite struct DifferenceTests {
    private static let bills = """
        本會委員何志平等二十一人擬具「公園管理自治條例草案」，請審議案。決定：交財政委員會審查。
        本會委員梁玉珍等三十四人擬具「河濱船舶管理自治條例草案」，請審議案。決定：退回程序委員會。
        """
    private static let letter = "依本府113年9月5日青秘檔字第1130033018號函辦理，交通管制於下午3時10分解除，調檔時間由3個工作天延長為5個工作天。"
    private static let mayors = """
        (1) 5月6日王市長與海原維爾納市長視訊會議。
        (2) 5月20日王市長與北岸托倫市長視訊會議並簽署合作備忘錄。
        """
    private static let courses = "於10月間辦理7場檔案基礎班訓練，並於11月辦理12場清理實務班訓練；本期安排媒體專訪市長16次。"
    private static let talk = """
        方淑芬：這部分由各校自己決定。
        比如說檢查輪胎大概二十分鐘就夠了，不用排到六節課。
        高立安：實習時數要看各群科的規定。
        """

    static let cases: [GroundingCase] = [
        .init(.wording, "調檔時間由3個工作天壓縮為5個工作天。", from: letter),
        .init(.direction, "調檔時間由3個工作天縮短為5個工作天。", from: letter),
        .init(.tracking, "依本府113年9月5日青秘檔字第1130033019號函辦理。", from: letter),
        .init(.deadline, "交通管制於上午3時10分解除。", from: letter),
        .init(.person, "本會委員何志平等三十四人擬具「河濱船舶管理自治條例草案」，請審議案。", from: bills),
        .init(.person, "5月6日王市長與海原托倫市長視訊會議。", from: mayors),
        .init(.numberSwap, "檔案基礎班訓練12場於10月辦理。", from: courses),
        .init(.actorSwap, "本期安排市長專訪媒體16次。", from: courses),
        .init(.direction, "線上簽核率92.05%，較目標88%低了4.05%。", from: "線上簽核率 92.05%，目標 88%，達成 +4.05%。"),
        .init(.direction, "其中文化科215件最少。", from: "受理件數：文化科 215 件、觀光科 59 件、產業科 51 件。"),
        .init(.ordinal, "Interest rates reach 14% by year one.", from: "Interest rates will reach 14% by year five."),
        .init(.attribution, "高立安表示，檢查輪胎大概20分鐘就夠了。", from: talk),
    ]

    @Test(arguments: cases)
    func `what is put in another's place is named with its kind`(example: GroundingCase) {
        let (verdict, reasons) = Grounder().verdict(
            claim: example.claim, evidence: [Evidence(id: "1", title: "", text: example.evidence)])
        #expect(verdict == .contradicted)
        #expect(reasons.map(\.type).contains(example.reason), "\(reasons)")
    }

    @Test(arguments: [
        ("「河濱船舶管理自治條例草案」（梁玉珍等34人提案）決定退回程序委員會。", bills),
        ("海原維爾納市長與王市長於5月6日視訊。", mayors),
        ("方淑芬表示，檢查輪胎大概20分鐘就夠了。", talk),
        ("交通管制於15時10分解除。", letter),
    ])
    func `the same facts told in another order stay supported`(claim: String, evidence: String) {
        let (verdict, reasons) = Grounder().verdict(claim: claim, evidence: [Evidence(id: "1", text: evidence)])
        #expect(verdict == .supported, "\(reasons)")
    }

    @Test(
        .timeLimit(.minutes(10)),
        arguments: ["一百二十三萬，45.6%、", "本府同意解除列管並未停止辦理", "王小明局長及教育局", "Smith said no more than 5 percent "])
    func `a claim of any length ends`(part: String) {
        let evidence = Evidence(id: "1", text: String(repeating: part, count: 100_000 / part.utf8.count))
        let endless = String(repeating: part, count: 100_000 / part.utf8.count)
        let (verdict, reasons) = Grounder().verdict(claim: endless, evidence: [evidence])
        #expect(verdict == .unsupported)
        #expect(reasons.map(\.type) == [.addedPlain])
        // A long claim that is judged, and one figure of it that the evidence does not have.
        let longest = String(repeating: part, count: 2000 / part.utf8.count) + "999件"
        #expect(Grounder().verdict(claim: longest, evidence: [evidence]).verdict != .supported)
    }
}
