import DocketCore
import DocketIngest
import Testing

@testable import DocketRules

/// Minutes of a short meeting in the house form, with the parts that tests change.
struct SampleMinutes {
    var title = "青嵐市政府第64次主任秘書會報紀錄"
    var time = "時間：民國113年10月29日（星期二）14時0分"
    var place = "地點：市政大樓9樓第二會議室"
    var people = "主席：沈維岳秘書長 紀錄：葉庭瑄"
    var attendance = "出席：如簽到表"
    var previous = "壹、宣讀本府113年9月24日第63次主任秘書會報紀錄。"
    var confirmed = "會議結論：紀錄確定。"
    var tracking = [
        "(一)列管編號58-3、62-2、63-2(文化局部分)等3案同意解除列管。",
        "(二)列管編號61-3、63-2(都發局部分)等2案賡續列管。",
    ]
    var report = [
        "二、府會聯繫重要事項。(秘書處)", "教育局林主秘補充說明：本局將於10月底追回進度。",
        "會議結論：請教育局於11月15日前提出改善計畫送秘書處。",
    ]
    var general = "參、綜合會議結論\n一、下次會報訂於113年11月26日（星期二）下午2時召開。"
    var closing = "散會（下午2時48分）"

    var text: String {
        ([title, time, place, people, attendance, previous, confirmed, "貳、報告事項", "一、主任秘書會報會議結論事項執行情形。(研考會)", "會議結論："]
            + tracking + report + [general, closing]).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    static func with(_ change: (inout SampleMinutes) -> Void) -> String {
        var minutes = SampleMinutes()
        change(&minutes)
        return minutes.text
    }
}

struct `Minutes rules` {
    private let context = RuleContext(roster: CorpusReading.roster, series: CorpusReading.series)

    @Test func `good minutes give no finding at all`() {
        let source = SourceDocument.of(SampleMinutes().text)
        for rule in RuleSet.standard.rules where rule.card.id != "TXT-08" {
            #expect(read(rule, source.text, context).isEmpty, "\(rule.card.id)")
        }
    }

    // MARK: - Header

    @Test(arguments: [
        (SampleMinutes.with { $0.title = "青嵐市政府主任秘書會報紀錄" }, "ordinal in the title"),
        (SampleMinutes.with { $0.time = "時間：民國113年10月29日" }, "time of day"),
        (SampleMinutes.with { $0.place = "" }, "place or mode"),
        (SampleMinutes.with { $0.people = "紀錄：葉庭瑄" }, "chair"),
        (SampleMinutes.with { $0.people = "主席：沈維岳秘書長" }, "minute taker"),
        (SampleMinutes.with { $0.closing = "" }, "closing"),
    ])
    func `MIN-01 names the part that is missing`(text: String, part: String) {
        let source = SourceDocument.of(text)
        let structure = StructureReading.structure(of: source, context)
        let findings = RuleSet([RequiredParts()]).findings(on: source, structure, context)
        #expect(findings.map(\.message.en) == ["The minutes have no \(part)."])
        #expect(findings.map { Found($0, in: source).words } == [[String(text.prefix { $0 != "\n" })]])
    }

    @Test func `MIN-01 names several parts in one finding and leaves excerpts alone`() {
        let bare = "第96次主任秘書會報紀錄\n民國109年4月21日\n壹、報告事項\n一、公文時效統計。\n會議結論：備查。\n散會"
        let source = SourceDocument.of(bare)
        let structure = StructureReading.structure(of: source, context)
        let findings = RuleSet([RequiredParts()]).findings(on: source, structure, context)
        #expect(findings.count == 1)
        #expect(findings.first?.message.zhHant.hasSuffix("地點或開會方式、主席、紀錄。") == true)
        #expect(read(RequiredParts(), bare.replacing("會報紀錄", with: "會報紀錄（節錄）"), context).isEmpty)
    }

    @Test func `MIN-02 wants a list of those present or a reference to the sheet`() {
        let text = SampleMinutes.with { $0.attendance = "" }
        #expect(read(AttendanceGiven(), text, context) == [Found("MIN-02", "青嵐市政府第64次主任秘書會報紀錄")])
        #expect(read(AttendanceGiven(), SampleMinutes.with { $0.attendance = "出席：沈維岳秘書長、林姿吟主任秘書" }, context).isEmpty)
        var linked = context
        linked.attendance = [
            Attendance(person: PersonMention(words: Words("林姿吟", at: 0..<9), name: "林姿吟"), role: .attendee)
        ]
        #expect(read(AttendanceGiven(), text, linked).isEmpty)
        #expect(read(AttendanceGiven(), text.replacing("會報紀錄\n時間", with: "會報紀錄（節錄）\n時間"), context).isEmpty)
    }

    @Test func `MIN-03 finds an item without an outcome`() {
        let text = SampleMinutes.with { $0.report.removeLast() }
        #expect(read(ItemOutcomes(), text, context) == [Found("MIN-03", "府會聯繫重要事項。")])
        let withdrawn = SampleMinutes.with { $0.report = ["二、府會聯繫重要事項。(秘書處)", "秘書處撤回本案。"] }
        #expect(read(ItemOutcomes(), withdrawn, context).isEmpty)
        let assembly = text.replacing("主任秘書會報紀錄\n", with: "會議議事錄\n")
        #expect(read(ItemOutcomes(), assembly, context).isEmpty)
    }

    @Test func `MIN-04 finds another previous meeting unless the gap is explained or known`() {
        let text = SampleMinutes.with { $0.previous = "壹、宣讀本府113年8月27日第62次主任秘書會報紀錄。" }
        let found = read(PreviousMeeting(), text, context)
        #expect(found == [Found("MIN-04", "宣讀本府113年8月27日第62次主任秘書會報紀錄。")])
        let explained = SampleMinutes.with { $0.previous = "壹、宣讀本府113年8月27日第62次主任秘書會報紀錄（第63次因颱風停開）。" }
        #expect(read(PreviousMeeting(), explained, context).isEmpty)
        var known = context
        known.previousOrdinal = 62
        #expect(read(PreviousMeeting(), text, known).isEmpty)
    }

    @Test func `MIN-05 finds a meeting that ends before it begins`() {
        #expect(
            read(MeetingTimes(), SampleMinutes.with { $0.closing = "散會（下午1時48分）" }, context)
                == [Found("MIN-05", "下午1時48分")])
        #expect(read(MeetingTimes(), SampleMinutes.with { $0.closing = "散會（翌日上午1時48分）" }, context).isEmpty)
    }

    @Test func `MIN-06 wants both signatures once minutes are sent out`() {
        var sent = context
        sent.stage = .distributed
        sent.signatures = [.chair]
        let source = SourceDocument.of(SampleMinutes().text)
        let structure = StructureReading.structure(of: source, sent)
        let findings = RuleSet([Signatures()]).findings(on: source, structure, sent)
        #expect(findings.map(\.message.zhHant) == ["紀錄已分送，紀錄尚未簽名。"])
        sent.stage = .chairApproved
        #expect(read(Signatures(), source.text, sent).isEmpty)
        sent.stage = .confirmed
        sent.signatures = [.chair, .minuteTaker]
        #expect(read(Signatures(), source.text, sent).isEmpty)
    }

    // MARK: - Tracking

    @Test func `MIN-07 counts the numbers of a list`() {
        let text = SampleMinutes.with { $0.tracking[0] = "(一)列管編號58-3、62-2、63-2(文化局部分)等4案同意解除列管。" }
        #expect(read(DeclaredCounts(), text, context) == [Found("MIN-07", "等4案")])
    }

    @Test func `MIN-08 asks the ledger for every number`() {
        var known = context
        known.trackedItems = [
            KnownTrackedItem(reference: "58-3", isReleased: true), KnownTrackedItem(reference: "62-2"),
            KnownTrackedItem(reference: "63-2", openScopes: ["都市發展局", "青嵐市政府都市發展局"]),
        ]
        #expect(
            read(KnownReferences(), SampleMinutes().text, known)
                == [Found("MIN-08", "58-3"), Found("MIN-08", "63-2"), Found("MIN-08", "61-3")])
        #expect(read(KnownReferences(), SampleMinutes().text, context).isEmpty)
    }

    @Test func `MIN-09 accepts one number twice only for two agencies`() {
        let both = SampleMinutes.with { $0.tracking[1] = "(二)列管編號61-3、63-2(文化局部分)等2案賡續列管。" }
        #expect(read(ReleaseAndContinue(), both, context) == [Found("MIN-09", "63-2", "63-2")])
        let whole = SampleMinutes.with { $0.tracking[1] = "(二)列管編號61-3、62-2等2案賡續列管。" }
        #expect(read(ReleaseAndContinue(), whole, context) == [Found("MIN-09", "62-2", "62-2")])
        #expect(read(ReleaseAndContinue(), SampleMinutes().text, context).isEmpty)
    }

    @Test func `MIN-10 finds a number of this meeting among those released`() {
        let text = SampleMinutes.with { $0.tracking[0] = "(一)列管編號58-3、62-2、64-1等3案同意解除列管。" }
        #expect(read(FutureReferences(), text, context) == [Found("MIN-10", "64-1")])
        let opened = SampleMinutes.with { $0.report[2] = "會議結論：請教育局於11月15日前提出改善計畫，本項納入列管。" }
        #expect(read(FutureReferences(), opened, context).isEmpty)
    }

    // MARK: - Dates and numbering

    @Test func `MIN-11 finds a weekday that is not the date's`() {
        let text = SampleMinutes.with { $0.time = "時間：民國113年10月29日（星期三）14時0分" }
        #expect(read(Weekdays(), text, context).map(\.rule) == ["MIN-11"])
        let source = SourceDocument.of("113年10月29日（星期三）上午", kind: .letter)
        let finding = RuleSet([Weekdays()]).findings(on: source, DocumentStructure())[0]
        #expect(finding.message.zhHant.hasSuffix("應為星期二。"))
        #expect(check(Weekdays(), SourceDocument.of("113年10月29日（星期二）", kind: .letter)).isEmpty)
        // 3 January is a Friday in 2025, a Wednesday in 2024: the letter of December 2024 means the next one.
        let letter = SourceDocument.of("訂於1月3日（星期五）召開。", kind: .letter, date: "2024-12-20")
        #expect(check(Weekdays(), letter).isEmpty)
        #expect(check(Weekdays(), Draft.of("下次會報訂於113年11月26日（星期三）召開。")) == [0])
    }

    @Test func `MIN-12 finds an afternoon word before an hour of 24`() {
        #expect(
            read(TwelveHourWords(), SampleMinutes.with { $0.closing = "散會（下午15時35分）" }, context)
                == [Found("MIN-12", "下午15時35分")])
        #expect(check(TwelveHourWords(), Draft.of("散會（15時35分）", "散會（下午15時35分）")) == [1])
    }

    @Test func `MIN-13 finds a gap, a repetition and a step back`() {
        let gap = SampleMinutes.with { $0.tracking = $0.tracking + ["(四)請研考會持續追蹤。"] }
        #expect(read(MinutesNumbering(), gap, context) == [Found("MIN-13", "(四)")])
        let twice = SampleMinutes.with { $0.report[0] = "一、府會聯繫重要事項。(秘書處)" }
        #expect(read(MinutesNumbering(), twice, context).isEmpty)
        let again = SampleMinutes.with { $0.tracking = $0.tracking + ["(二)請研考會持續追蹤。"] }
        #expect(read(MinutesNumbering(), again, context) == [Found("MIN-13", "(二)")])
        let inline = SampleMinutes.with {
            $0.tracking = ["(一)列管編號58-3解除列管。(二)列管編號61-3賡續列管。", "(三)請研考會持續追蹤。"]
        }
        #expect(read(MinutesNumbering(), inline, context).isEmpty)
    }
}

/// Structures of sources that tests write.
enum StructureReading {
    static func structure(of source: SourceDocument, _ context: RuleContext) -> DocumentStructure {
        StructureParser(roster: context.roster, series: context.series).structure(of: source)
    }
}
