import DocketTestSupport
import DocketText
import Testing

@Suite struct OutlineMarkerTests {
    @Test(arguments: [
        ("壹、宣讀", 1, 1, "壹、", "宣讀"), ("參、綜合會議結論", 1, 3, "參、", "綜合會議結論"), ("一、主任秘書", 2, 1, "一、", "主任秘書"),
        ("十九、辦理", 2, 19, "十九、", "辦理"), ("一百零三、其他", 2, 103, "一百零三、", "其他"), ("（三）請各位", 3, 3, "（三）", "請各位"),
        ("(三) 請各位", 3, 3, "(三)", "請各位"), ("（十二)混寬", 3, 12, "（十二)", "混寬"), ("<一>一般事務", 3, 1, "<一>", "一般事務"),
        ("1、公務車輛", 4, 1, "1、", "公務車輛"), ("2.持續", 4, 2, "2.", "持續"), ("10．持續", 4, 10, "10．", "持續"),
        ("(1) 計發行", 5, 1, "(1)", "計發行"), ("（１２）全形", 5, 12, "（１２）", "全形"), ("甲、說明", 6, 1, "甲、", "說明"),
        ("（乙）說明", 7, 2, "（乙）", "說明"), ("③說明", 8, 3, "③", "說明"), ("　　二、縮排", 2, 2, "二、", "縮排"),
        ("一. 一般行政管理", 2, 1, "一.", "一般行政管理"), ("㈢請", 3, 3, "㈢", "請"), ("( 二 ) 空白", 3, 2, "( 二 )", "空白"),
    ])
    func `a marker gives its level and number`(line: String, level: Int, number: Int, text: String, rest: String) throws
    {
        let marker = try #require(OutlineMarker.parse(line: line))
        #expect(marker.level.rawValue == level)
        #expect(marker.number == number)
        #expect(marker.text == text)
        #expect(line.slice(marker.range) == text)
        #expect(line.slice(marker.contentStart..<line.utf8.count) == rest)
        #expect(!marker.hasArtefactBullet)
    }

    @Test(arguments: [
        "一般事務", "三民路", "1.5 公里", "110年", "2021.10.26", "一、二級機關", "三、四月間", "（附件）", "(a) item", "", "   ", "- 一般",
        "十分重要", "1999", "- item", "(205-2)",
    ])
    func `what only looks like a marker is none`(line: String) {
        #expect(OutlineMarker.parse(line: line) == nil)
    }

    @Test(arguments: [("- 1、強化", 4, "1、"), ("- (一) 列管編號", 3, "(一)"), ("• 二、督導", 2, "二、")])
    func `a bullet before a marker is an artefact`(line: String, level: Int, text: String) throws {
        let marker = try #require(OutlineMarker.parse(line: line))
        #expect(marker.hasArtefactBullet && marker.level.rawValue == level && marker.text == text)
    }

    @Test func `markers inside a text keep the offsets of the text`() {
        let text = "壹、報告\n  一、第一案\n內文\n（一）結論"
        let markers = OutlineMarker.markers(in: text)
        #expect(markers.map(\.level) == [.l1, .l2, .l3])
        #expect(markers.map { text.slice($0.range) } == ["壹、", "一、", "（一）"])
        let second = text.utf8.count - "（一）結論".utf8.count
        #expect(OutlineMarker.parse(text, lineAt: second..<text.utf8.count) == markers[2])
    }

    @Test(.enabled(if: ReferenceData.isAvailable, "no reference data"))
    func `the 213th minutes have three parts and nine report items`() throws {
        let text = try ReferenceData.text("taipei/taipei-chief-secretaries-meeting-213-minutes-2021.txt")
        let markers = OutlineMarker.markers(in: text)
        #expect(markers.filter { $0.level == .l1 }.map(\.number) == [1, 2, 3])
        #expect(markers.filter { $0.level == .l2 }.map(\.number) == Array(1...9) + [1, 2, 3])
    }

    @Test(arguments: 0..<200)
    func `any text gives markers inside it`(seed: UInt64) {
        let text = RandomText.mixed(count: 50, seed: seed)
        for marker in OutlineMarker.markers(in: text) {
            #expect(text.slice(marker.range) == marker.text, "seed \(seed)")
            #expect(marker.contentStart <= text.utf8.count && (1...999).contains(marker.number), "seed \(seed)")
        }
    }
}
