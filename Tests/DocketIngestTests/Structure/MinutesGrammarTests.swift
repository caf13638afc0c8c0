import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// Forms of minutes that other houses use; every text here is made up.
struct MinutesGrammarTests {
    private func minutes(_ text: String, kind: SourceKind = .minutes, roster: Roster = Roster()) async throws
        -> MinutesStructure
    {
        let (source, structure) = try await structure(of: text, kind: kind, roster: roster)
        try expectPlaced(structure, in: source)
        return try #require(structure.minutes)
    }

    @Test func `numbered header fields and motions with labels are read`() async throws {
        let minutes = try await minutes(
            """
            南濱縣政府交通處114年度第2次道路安全會報會議紀錄
            一、時間：114年5月6日（星期二）下午2時30分
            二、地點：本府5樓會議室（採實體及視訊併行）
            三、主席：林處長大為　　　　記錄：吳小芬
            四、出席單位及人員：
            警察局：陳志明、黃美惠
            工務處　張大同科長
            五、列席人員：李明（代理王科長）
            六、主席致詞：（略）
            七、報告事項：
            報告案一：第1次會議決議事項辦理情形。
            決定：准予備查。
            八、討論事項：
            案由一：中山路口增設號誌案，提請討論。
            提案單位：警察局
            說明：
            一、該路口上半年事故12件。
            二、經費約80萬元。
            擬辦：擬請工務處施作。
            決議：
            一、照案通過。
            二、請工務處於6月30日前完工，警察局協同辦理。
            案由二：校園周邊速限調整案。
            決議：保留，下次會議再議。
            九、臨時動議：無
            十、散會：下午4時10分
            """)
        #expect(minutes.issuer == "南濱縣政府交通處" && minutes.ordinal == 2 && minutes.series == "道路安全會報會議")
        #expect(minutes.start?.iso == "2025-05-06T14:30:00+08:00" && minutes.end?.iso == "2025-05-06T16:10:00+08:00")
        #expect(minutes.mode == "hybrid")
        #expect(minutes.chair?.name == "林大為" && minutes.chair?.title == "處長" && minutes.minuteTaker?.name == "吳小芬")
        #expect(minutes.attendance.map(\.person.name) == ["陳志明", "黃美惠", "張大同", "李明"])
        #expect(minutes.attendance[0].person.agency == "警察局" && minutes.attendance[3].onBehalfOf == "王科長")
        #expect(minutes.attendance[3].role == .observer)
        let discussion = minutes.items.filter { $0.kind == .discussion }
        #expect(discussion.map(\.path) == ["八.一", "八.二"])
        #expect(discussion.map(\.title.text) == ["中山路口增設號誌案，提請討論。", "校園周邊速限調整案。"])
        #expect(discussion[0].sponsor == "警察局" && discussion[0].details.map(\.label) == ["說明", "擬辦"])
        let decided = minutes.conclusions.filter { $0.itemPath == "八.一" }
        #expect(decided.map(\.path) == ["八.一.一", "八.一.二"] && decided[0].types == [.adopted])
        #expect(decided[1].due.map(\.iso) == ["2025-06-30"])
        #expect(decided[1].addressees.map(\.words.text).first == "工務處")
        #expect(minutes.items.filter { $0.kind == .trackingReview }.count == 1)
        #expect(minutes.conclusions.first?.types == [.noted])
        #expect(!minutes.items.contains { $0.kind == .adHoc })
    }

    @Test func `conclusions numbered like the items above them stay conclusions`() async throws {
        let minutes = try await minutes(
            """
            望潮市公所第18次所務會議紀錄
            時間：114年3月4日上午10時
            主席：周鎮長
            壹、討論事項
            一、資訊設備汰換案。（行政室）
            決議：
            一、照案通過。
            二、請行政室於4月15日前完成採購。
            二、清潔隊排班案。（清潔隊）
            決議：照案通過。
            散會（上午11時）
            """)
        #expect(minutes.items.map(\.path) == ["壹.一", "壹.二"])
        #expect(minutes.items.map(\.sponsor) == ["行政室", "清潔隊"])
        #expect(minutes.conclusions.map(\.path) == ["壹.一.一", "壹.一.二", "壹.二"])
    }

    @Test func `labels run together on one line and a hidden third paragraph are cut apart`() async throws {
        let minutes = try await minutes(
            """
            某市政府第9次會報紀錄
            時間：113年9月24日14時0分 地點：視訊會議 主席：王大明秘書長 紀錄：李小華
            壹、報告事項
            一、列管案件執行情形。(研考會)
            會議結論：(一) 列管編號 7-1、8-2 等 2 案同意解除列管。(二) 列管編號 8-1 賡續列管。 (三) 請各位主秘轉知同仁注意資安。
            散會
            """)
        #expect(minutes.place?.text == "視訊會議" && minutes.mode == "video")
        #expect(minutes.chair?.name == "王大明" && minutes.minuteTaker?.name == "李小華")
        #expect(minutes.conclusions.map(\.path) == ["壹.一.（一）", "壹.一.（二）", "壹.一.（三）"])
        #expect(minutes.conclusions.map(\.types) == [[.release], [.continueTracking], [.announce]])
        #expect(minutes.trackingActions.map(\.reference) == ["7-1", "8-2", "8-1"])
    }

    @Test func `a release that is refused continues`() async throws {
        let minutes = try await minutes(
            """
            某市政府第9次會報紀錄
            壹、報告事項
            一、列管案件執行情形。
            決議：列管編號7-1暫不解除列管；8-3（養工處部分）等1案解除列管，其餘8-4、8-5廣續列管。
            """)
        #expect(minutes.trackingActions.map(\.reference) == ["7-1", "8-3", "8-4", "8-5"])
        #expect(minutes.trackingActions.map(\.action) == [.continue, .release, .continue, .continue])
        #expect(minutes.trackingActions[1].scope == "養工處")
    }

    @Test func `numbers that are dates, telephones or ranges are no tracking numbers`() async throws {
        let minutes = try await minutes(
            """
            某市政府第9次會報紀錄
            壹、報告事項
            一、檔案清理情形。
            決議：39-81年檔案請於114-06-30前清理，洽02-2720-8889分機12-3，列管編號8-2解除列管。
            """)
        #expect(minutes.trackingActions.map(\.reference) == ["8-2"])
    }

    @Test func `English minutes with decisions and actions under their items are read`() async throws {
        let minutes = try await minutes(
            """
            # Minutes of the 3rd meeting of the Harbour Users Forum

            Date and time: 12 May 2025, 14:00 to 15:20
            Venue: Room 4, Harbour Office
            Chair: Ms Ada Finch
            Minutes taken by: Jo Reed

            Present:
            - Ada Finch (chair)
            - Jo Reed
            - Samuel Ortiz, Harbour Master
            Apologies: Lena Marsh

            ## 1. Minutes of the previous meeting
            The minutes of the 2nd meeting, held on 10 March 2025, were approved.

            ## 2. Night moorings
            Mr Ortiz reported that eleven night moorings are free.
            Decision: The fee stays at 12 pounds.
            Action: Samuel Ortiz to publish the list of free moorings by 30 May 2025.

            ## 3. Any other business
            None.

            The meeting closed at 15:20.
            """)
        #expect(minutes.ordinal == 3 && minutes.series == "Harbour Users Forum")
        #expect(minutes.start?.iso == "2025-05-12T14:00:00" && minutes.end?.iso == "2025-05-12T15:20:00")
        #expect(minutes.chair?.name == "Ada Finch" && minutes.minuteTaker?.name == "Jo Reed")
        #expect(
            minutes.attendance.filter { $0.role == .attendee }.map(\.person.name) == [
                "Ada Finch", "Jo Reed", "Samuel Ortiz",
            ])
        #expect(minutes.attendance.filter { $0.role == .excused }.map(\.person.name) == ["Lena Marsh"])
        #expect(
            minutes.items.map(\.title.text) == [
                "Minutes of the previous meeting", "Night moorings", "Any other business",
            ])
        #expect(minutes.items.map(\.kind) == [.readPrevious, .other, .adHoc])
        #expect(minutes.previousOrdinal == 2 && minutes.previousDate?.iso == "2025-03-10")
        #expect(
            minutes.statements.map(\.speaker.name) == ["Samuel Ortiz"] && minutes.statements.map(\.verb) == ["reported"]
        )
        #expect(minutes.conclusions.map(\.label) == ["Decision", "Action"])
        #expect(minutes.conclusions.map(\.itemPath) == ["2", "2"])
        #expect(minutes.conclusions[1].types == [.assign])
        #expect(minutes.conclusions[1].addressees.map(\.words.text) == ["Samuel Ortiz"])
        #expect(minutes.conclusions[1].due.map(\.iso) == ["2025-05-30"])
    }

    @Test func `a task in a statement is no conclusion`() async throws {
        let minutes = try await minutes(
            """
            某市政府第9次會報紀錄
            壹、報告事項
            一、e 化統計。
            資訊局陳主秘補充說明：建請研考會於年底前調整統計方式，並請各機關配合。
            決議：洽悉。
            """)
        #expect(minutes.conclusions.map(\.types) == [[.noted]] && minutes.conclusions[0].addressees.isEmpty)
        #expect(minutes.statements.count == 1)
    }

    @Test func `a list of absentees and a secrecy level are kept`() async throws {
        let minutes = try await minutes(
            """
            某市議會第3屆第2次定期大會第5次會議紀錄
            密等：密（本件於公布時解密）
            時間：113年11月5日上午9時30分至12時5分、下午2時至4時40分
            出席議員：二十三人
            請假議員：林大同、王小明
            缺席議員：陳一心
            主席：張議長
            壹、討論事項
            一、某案。
            決議：照案通過。
            散會
            """)
        #expect(minutes.classification == "密（本件於公布時解密）" && minutes.ordinal == 5)
        #expect(minutes.start?.iso == "2024-11-05T09:30:00+08:00" && minutes.end?.iso == "2024-11-05T16:40:00+08:00")
        #expect(minutes.attendeeCount == 23)
        #expect(minutes.attendance.map(\.role) == [.excused, .excused, .absent])
        #expect(minutes.chair?.surname == "張" && minutes.chair?.title == "議長")
    }

    @Test func `a roster decides between two people of one surname by agency, title and day`() async throws {
        let roster = Roster(
            agencies: [
                .init(id: "a", officialName: "某市政府教育局", shortNames: ["教育局"]),
                .init(id: "b", officialName: "某市政府工務局", shortNames: ["工務局"]),
            ],
            persons: [
                .init(id: "1", name: "吳一", surname: "吳", title: "主任秘書", agency: "a", to: "2024-06-30"),
                .init(id: "2", name: "吳二", surname: "吳", title: "主任秘書", agency: "a", from: "2024-07-01"),
                .init(id: "3", name: "吳三", surname: "吳", title: "主任秘書", agency: "b"),
            ])
        func speaker(_ date: String, _ who: String) async throws -> PersonMention? {
            try await minutes(
                "某市政府第9次會報紀錄\n時間：\(date)\n壹、報告事項\n一、某案。\n\(who)補充說明：無意見。\n決議：備查。\n", roster: roster
            )
            .statements.first?.speaker
        }
        #expect(try await speaker("113年3月5日", "教育局吳主秘")?.rosterID == "1")
        #expect(try await speaker("113年8月6日", "教育局吳主秘")?.rosterID == "2")
        #expect(try await speaker("113年8月6日", "工務局吳主任秘書")?.name == "吳三")
        // Without the agency two people fit, and nobody is chosen.
        #expect(try await speaker("113年8月6日", "吳主秘")?.rosterID == nil)
        #expect(try await speaker("113年8月6日", "教育局吳主秘")?.agency == "某市政府教育局")
    }
}
