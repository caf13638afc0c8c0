import DocketText
import Testing

@Suite struct MentionFinderTests {
    private let roster = RosterIndex(
        agencies: [
            .init(id: "edu", name: "海原市政府教育局", otherNames: ["教育局", "教育"]),
            .init(id: "tour", name: "海原市政府觀光傳播局", otherNames: ["觀傳局"]),
        ],
        persons: [
            .init(id: "p1", name: "吳明珠", surname: "吳", titles: ["主任秘書", "主秘"], agency: "edu"),
            .init(id: "p2", name: "吳大同", surname: "吳", titles: ["主任秘書", "主秘"], agency: "tour"),
        ])

    private func found(_ text: String, _ kind: Mention.Kind, _ roster: RosterIndex = .generic) -> [Mention] {
        MentionFinder(roster).mentions(in: text).filter { $0.kind == kind }
    }

    @Test func `tracking numbers keep their scope and proviso`() {
        let text = "列管編號205-2、209－2、211-2(觀傳局部分)、212-1（本案依同時上線最高量作動態調整）等4案同意解除列管"
        let all = found(text, .trackingNumber)
        #expect(all.map(\.parts) == [["205", "2"], ["209", "2"], ["211", "2"], ["212", "1"]])
        #expect(all.map(\.agency) == [nil, nil, "觀傳局", nil])
        #expect(all.map(\.proviso) == [nil, nil, nil, "本案依同時上線最高量作動態調整"])
    }

    @Test func `a title inside a rostered name is part of it, and other words after a title are not`() throws {
        let chair = try #require(found("主席：吳主秘明珠　紀錄", .person, roster).first)
        #expect(chair.words == "吳主秘明珠")
        #expect(chair.name == "吳明珠")
        #expect(found("吳主秘同意。", .person, roster).first?.words == "吳主秘")
    }

    @Test(arguments: ["39-81 年", "10-15 人", "2021-10-26", "02-2720-8889", "比分 3-2", "50-60%", "1.2-3", "50-60本書"])
    func `other numbers with a dash are no tracking numbers`(text: String) {
        #expect(found(text, .trackingNumber).isEmpty)
    }

    @Test(arguments: [
        ("六十二之三文化局部分解除", ["62", "3"]), ("併到63之2一起追", ["63", "2"]), ("一百零三之十二案", ["103", "12"]),
        ("六十一之一兩案解除", ["61", "1"]), ("60-4本會想拆開", ["60", "4"]),
    ])
    func `tracking numbers are read as they are said`(text: String, parts: [String]) {
        #expect(found(text, .trackingNumber).map(\.parts) == [parts])
    }

    @Test(arguments: ["第五十九條之一", "三分之二", "第六十二之三條", "十之八九"])
    func `articles and shares are no spoken tracking numbers`(text: String) {
        #expect(found(text, .trackingNumber).isEmpty)
    }

    @Test func `document and file numbers are read in parts`() {
        #expect(found("依本府府研二字第85040025號函辦理", .documentNumber).map(\.words) == ["本府府研二字第85040025號"])
        #expect(
            found("奉院臺綜字第 1080171362 號函", .documentNumber).map(\.parts) == [
                ["院臺綜字", "1080171362"].map { $0.replacing("字", with: "") }
            ])
        #expect(
            found("檔號：0099/1551/09900250/2/12", .fileNumber).map(\.parts) == [["0099", "1551", "09900250", "2", "12"]])
        #expect(found("100=M3B05=001=101=001", .fileNumber).map(\.parts) == [["100", "M3B05", "001", "101", "001"]])
        #expect(found("100/11/07", .fileNumber).isEmpty)
    }

    @Test func `agencies of the roster are found by every name`() {
        let all = found("請海原市政府教育局、觀傳局及交通局辦理", .agency, roster)
        #expect(all.map(\.words) == ["海原市政府教育局", "觀傳局", "交通局"])
        #expect(all.map(\.rosterID) == ["edu", "tour", nil])
    }

    @Test(arguments: [
        ("請資訊局提報", ["資訊局"]), ("由研考會追蹤", ["研考會"]), ("依處理原則辦理", []), ("本次會議討論", []), ("財政局局長說明", ["財政局"]),
        ("移請中央健康保險署查明", ["中央健康保險署"]),
    ])
    func `agencies outside the roster are found by their form`(text: String, names: [String]) {
        #expect(found(text, .agency).map(\.words) == names)
    }

    @Test func `a surname with a title is resolved by the agency`() throws {
        let person = try #require(found("教育局吳主秘補充說明：", .person, roster).first)
        #expect(person.words == "吳主秘")
        #expect(person.surname == "吳")
        #expect(person.title == "主秘")
        #expect(person.rosterID == "p1")
        let unknown = try #require(found("吳主秘補充說明：", .person, roster).first)
        #expect(unknown.rosterID == nil)
    }

    @Test(
        arguments: [
            ("主席：陳志銘秘書長", "陳志銘秘書長", "陳志銘"), ("秘書長陳志銘表示", "秘書長陳志銘", "陳志銘"), ("請藍局長說明", "藍局長", nil),
            ("Dr. Jane Smith said", "Dr. Jane Smith", "Jane Smith"),
        ] as [(String, String, String?)])
    func `names with titles are found in both orders`(text: String, words: String, name: String?) throws {
        let person = try #require(found(text, .person).first)
        #expect(person.words == words)
        #expect(person.name == name)
    }

    @Test func `statutes and quoted titles are told apart`() {
        let text = "依政府採購法第22條第1項第9款及「檔案法」第4條辦理《臺北市年鑑2021》"
        let all = MentionFinder().mentions(in: text)
        #expect(all.filter { $0.kind == .statute }.map(\.name) == ["政府採購法", "檔案法"])
        #expect(all.filter { $0.kind == .statute }.map(\.parts) == [["22", "1", "9"], ["4"]])
        #expect(all.filter { $0.kind == .quotedTitle }.map(\.name) == ["臺北市年鑑2021"])
    }
}
