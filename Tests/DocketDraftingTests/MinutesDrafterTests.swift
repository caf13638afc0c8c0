import DocketCore
import Foundation
import Testing

@testable import DocketDrafting

/// A small meeting made for these tests.
enum SampleMeeting {
    static let lines: [(String, String)] = [
        ("主席", "好，兩點了，我們開始。上次的紀錄，各位有沒有意見？"),
        ("研考會丁主秘", "研考會沒有。"),
        ("主席", "好，那就紀錄確定。"),
        ("主席", "報告事項第一案，閒置空間活化，都發局。"),
        ("都發局詹主秘", "都發局報告。第一階段總共五棟，三棟已經整理完了，剩下兩棟的結構補強預計十月中完成。建請各機關踴躍提報閒置空間。"),
        ("財政局石主秘", "財政局這邊提醒一下，委外的權利金，契約要寫清楚，建議依營業額計收。是否可以請都發局十一月五號以前補件？"),
        ("主席", "下雨了沒有？"),
        ("財政局石主秘", "（笑）還在下。"),
        ("主席", "好，那這一案，結論就是，請文化局在十月底以前，嗯，完成舊鹽務所的開幕營運，請請都發局在十二月底以前完成招商公告。這兩個一起列管。"),
        ("主席", "第二，各機關不得另外再建帳號系統。"),
        ("主席", "綜合的部分，下次會報，十月二十九號，星期二，下午兩點。"),
        ("主席", "沒有其他意見的話，兩點五十六分，散會。"),
    ]

    static var source: SourceDocument {
        var text = ""
        var passages: [Passage] = []
        for (number, line) in lines.enumerated() {
            let start = text.utf8.count
            text += line.1 + (number + 1 < lines.count ? "\n" : "")
            passages.append(Passage(number: number, kind: .utterance, range: start..<text.utf8.count, speaker: line.0))
        }
        return document(text, passages, .transcript)
    }

    static func document(_ text: String, _ passages: [Passage], _ kind: SourceKind, language: String = "zh-Hant")
        -> SourceDocument
    {
        SourceDocument(
            id: SourceID(rawValue: "\(kind.rawValue)-1"), kind: kind, title: "測試", language: language, text: text,
            passages: passages,
            origin: Origin(
                fileName: "a.txt", sha256: SHA256Digest(of: text), byteCount: text.utf8.count, mediaType: "text/plain",
                reader: "test/1"))
    }

    static var agenda: MinutesFacts.ReadSource {
        let lines = [
            "青嵐市政府第63次主任秘書會報議程", "時間：113年9月24日下午2時", "地點：第二會議室", "壹、宣讀上次會報紀錄", "貳、報告事項", "一、閒置空間活化辦理情形", "參、綜合會議結論",
        ]
        var text = ""
        var passages: [Passage] = []
        var words: [Words] = []
        for (number, line) in lines.enumerated() {
            let start = text.utf8.count
            text += line + "\n"
            passages.append(Passage(number: number, kind: .paragraph, range: start..<text.utf8.count))
            let body = line.split(whereSeparator: { "：、".contains($0) }).last.map(String.init) ?? line
            words.append(Words(body, at: text.utf8.count - 1 - body.utf8.count..<text.utf8.count - 1))
        }
        var structure = MinutesStructure()
        structure.title = words[0]
        structure.start = DatedWords(words: words[1], iso: "2024-09-24T14:00:00+08:00")
        structure.place = words[2]
        structure.sections = [
            MeetingSection(path: "壹", title: words[3], kind: .readPrevious),
            MeetingSection(path: "貳", title: words[4], kind: .report),
            MeetingSection(path: "參", title: words[6], kind: .general),
        ]
        structure.items = [AgendaItem(path: "貳.一", kind: .report, title: words[5], sponsor: "都發局", passages: 5...5)]
        return MinutesFacts.ReadSource(document(text, passages, .agenda), structure)
    }

    static let segments = [
        Segment(number: 0, kind: .agendaItem, passages: 0...2, path: "壹"),
        Segment(number: 1, kind: .agendaItem, passages: 3...9, path: "貳.一"),
        Segment(number: 2, kind: .agendaItem, passages: 10...11, path: "參"),
    ]

    static func draft() async throws -> Draft {
        let request = DraftRequest(
            .minutes(MinutesFacts(agenda: agenda)), source: source, segments: segments, id: DraftID(rawValue: "d"),
            createdAt: "2026-01-01T00:00:00Z")
        return try await ExtractiveEngine().draft(request) { _ in }
    }
}

@Suite struct MinutesDrafterTests {
    @Test func `minutes take the house form`() async throws {
        let draft = try await SampleMeeting.draft()
        let lines = draft.blocks.map { block in
            block.label + "|" + (block.emptyReason == nil ? block.text : "〈空〉")
        }
        let statement = try #require(lines.first { $0.hasPrefix("財政局石主秘補充說明|") })
        let expected: [String] = [
            "|青嵐市政府第63次主任秘書會報紀錄", "時間|民國113年9月24日14時0分", "地點|第二會議室", "主席|〈空〉",
            "紀錄|〈空〉", "出席|〈空〉", "列席|〈空〉", "壹、|宣讀上次會報紀錄", "會議結論|紀錄確定。", "貳、|報告事項",
            "一、|閒置空間活化辦理情形。（都發局）",
            "都發局詹主秘報告|第一階段總共5棟，3棟已經整理完，剩下2棟的結構補強預計10月中完成。建請各機關踴躍提報閒置空間。",
            statement, "會議結論|",
            "（一）|請文化局於10月底前完成舊鹽務所的開幕營運，請都發局於12月底前完成招商公告，本項納入列管。",
            "（二）|各機關不得另外再建帳號系統。", "參、|綜合會議結論", "一、|下次會報訂於10月29日（星期二）下午2時召開。",
            "散會|（下午2時56分）",
        ]
        #expect(lines == expected)
    }

    @Test func `every claim with words of the source cites them, digests and all`() async throws {
        let draft = try await SampleMeeting.draft()
        let sources = [
            SampleMeeting.source.id: SampleMeeting.source,
            SampleMeeting.agenda.document.id: SampleMeeting.agenda.document,
        ]
        for (index, claim) in draft.claims.enumerated() {
            #expect(claim.number == index)
            if claim.derivation != .form { #expect(!claim.citations.isEmpty, "\(claim.text)") }
            for citation in claim.citations {
                let source = try #require(sources[citation.span.source])
                #expect(citation.words == SHA256Digest(of: source.text(in: citation.span.range)))
            }
        }
    }

    @Test func `the ledger has every passage once and a reason for each that was left out`() async throws {
        let draft = try await SampleMeeting.draft()
        #expect(draft.coverage.map(\.passage) == Array(SampleMeeting.lines.indices))
        for entry in draft.coverage { #expect((entry.use == .setAside) == (entry.reason != nil)) }
        #expect(draft.coverage[8].use == .condensed)
        #expect(draft.coverage[6].reason == "question")
    }

    @Test func `nothing said as a statement becomes a task`() async throws {
        let draft = try await SampleMeeting.draft()
        for block in draft.blocks where block.kind == .conclusion {
            #expect(!block.text.contains("建請") && !block.text.contains("補件") && !block.text.contains("是否"))
        }
    }

    @Test func `what no source gives is empty with its reason in both languages`() async throws {
        let draft = try await SampleMeeting.draft()
        let chair = try #require(draft.blocks.first { $0.label == "主席" })
        #expect(chair.claims.isEmpty)
        #expect(chair.emptyReason?.zhHant.contains("主席") == true)
        #expect(chair.emptyReason?.en.contains("chair") == true)
    }

    @Test func `blocks are handed over in page order as they are finished`() async throws {
        let request = DraftRequest(.summary(length: 60), source: SampleMeeting.source, createdAt: "")
        let seen = Seen()
        let draft = try await ExtractiveEngine().draft(request) { fragment in
            if case .block(let block) = fragment { await seen.add(block) }
        }
        #expect(await seen.blocks == draft.blocks)
        #expect(draft.blocks.first?.text.count ?? 0 <= 60)
    }

    @Test func `bad requests are refused with their reason`() async throws {
        let engine = ExtractiveEngine()
        await #expect(throws: DraftingError.lengthTooShort(0)) {
            _ = try await engine.draft(DraftRequest(.summary(length: 0), source: SampleMeeting.source, createdAt: "")) {
                _ in
            }
        }
        let empty = SampleMeeting.document("", [], .transcript)
        await #expect(throws: DraftingError.emptySource(empty.id)) {
            _ = try await engine.draft(DraftRequest(.summary(length: 9), source: empty, createdAt: "")) { _ in }
        }
        await #expect(throws: DraftingError.noSuchPassages(3...99, source: SampleMeeting.source.id)) {
            let request = DraftRequest(.title(passages: 3...99), source: SampleMeeting.source, createdAt: "")
            _ = try await engine.draft(request) { _ in }
        }
    }
}

private actor Seen {
    var blocks: [DraftBlock] = []
    func add(_ block: DraftBlock) { blocks.append(block) }
}

@Suite struct TrackingSpeechTests {
    private func conclusions(_ lines: [(String, String)]) -> [String] {
        let talk = Talk(lines.map { (speaker: $0.0, text: $0.1) })
        let book = SpeakerBook(talk, facts: MinutesFacts())
        return ConclusionFinder(book: book).conclusions(in: talk).map(\.text)
    }

    @Test func `a list summed up and accepted becomes two conclusions with scopes and provisos`() {
        let found = conclusions([
            ("研考會丁主秘", "我整理一下，六十之四社會局部分、六十一之二、六十二之一括號新增場所另由衛生局自行列管，等三案解除；五十八之三、六十之四工務局部分，兩案賡續列管。"),
            ("主席", "好，照這樣。"),
        ])
        #expect(
            found == [
                "列管編號60-4（社會局部分）、61-2、62-1（新增場所另由衛生局自行列管）等3案同意解除列管。",
                "列管編號58-3、60-4（工務局部分）等2案賡續列管。",
            ])
    }

    @Test func `a list led by what becomes of it is read forwards`() {
        let found = conclusions([
            ("主席", "所以解除的是二十九之一、三十之二，兩案；賡續的是二十九之三、三十之一，也是兩案。"), ("文書科卓科長", "是。"),
        ])
        #expect(found == ["列管編號29-1、30-2等2案同意解除列管。", "列管編號29-3、30-1等2案賡續列管。"])
    }

    @Test func `without a list the chair's word decides number by number, a proposal does not`() {
        let found = conclusions([
            ("研考會丁主秘", "五十八之三，平臺整併，建議解除列管。"), ("主席", "不急，賡續。"), ("研考會丁主秘", "六十一之二，紙本減量，建議解除。"),
            ("主席", "好，解除。"), ("研考會丁主秘", "六十一之三，建議解除。"), ("主席", "下一案。"),
        ])
        #expect(found == ["列管編號61-2同意解除列管。", "列管編號58-3賡續列管。"])
    }

    @Test func `a count that was said and does not fit the list is kept for the rules to find`() {
        let found = conclusions([
            ("研考會丁主秘", "六十之四、六十一之二、六十二之一，四案解除列管。"), ("主席", "照這樣。"),
        ])
        #expect(found == ["列管編號60-4、61-2、62-1等4案同意解除列管。"])
    }
}

@Suite struct ConclusionFinderTests {
    private func conclusions(_ said: String..., isPrevious: Bool = false) -> [String] {
        let talk = Talk([(speaker: "甲局張主秘", text: "報告完畢，謝謝。")] + said.map { (speaker: "主席", text: $0) })
        let book = SpeakerBook(talk, facts: MinutesFacts())
        return ConclusionFinder(book: book, isPrevious: isPrevious).conclusions(in: talk).map(\.text)
    }

    @Test(arguments: [
        ("好，那這一案備查。", "備查。"), ("這一案洽悉。", "洽悉。"), ("沒有意見就照案通過。", "照案通過。"),
        ("那就請交通局跟警察局，在九月三十號以前公告。", "請交通局與警察局於9月30日前公告。"),
        ("以後新建置的服務，一律採用單一登入。", "以後新建置的服務，一律採用單一登入。"),
        ("好，那管制時間就延長到晚上十點半。", "管制時間延長至晚上10時30分。"),
        ("第三點，下次會報，十月二十九號，星期二，下午兩點。", "下次會報訂於10月29日（星期二）下午2時召開。"),
        ("施工有困難的話，必要的時候，請工務局提請副秘書長來協處。", "施工有困難，必要時，請工務局提請副秘書長協處。"),
        ("好，請各機關提早規劃，並且不要集中在十月、十一月，備查。", "請各機關提早規劃，並且勿集中於10月、11月，備查。"),
        ("這案，請交通局在年底以前完成。", "請交通局於年底前完成。"),
    ])
    func `rulings of the chair become conclusions`(said: String, written: String) {
        #expect(conclusions(said) == [written])
    }

    @Test(arguments: [
        "曾主秘請說。", "請研考會。", "請問大家有沒有意見？", "那要請誰來報告？", "下一案。", "請看附件。", "他今天請假。", "我覺得很捨不得。", "年底做得到嗎？",
        "你們十一月以前要給我看喔。",
        "序號六十二請王副座。", "很難說請網友去看第十五頁的簡報。", "應記載、不得記載事項是學校訂的。",
    ])
    func `calls to speak, questions and remarks are no conclusions`(said: String) {
        #expect(conclusions(said).isEmpty, "\(conclusions(said))")
    }

    @Test func `what is put under tracking is said in the conclusion before it`() {
        #expect(conclusions("請人事處按月提報使用情形。", "這個要列管。") == ["請人事處按月提報使用情形，本項納入列管。"])
    }

    @Test func `of a speech only what rules is a conclusion`() {
        let speech =
            "各位想想看，這個案子從去年講到現在，先是說經費不夠，後來又說人力不夠，再來是場地不夠，上禮拜我去現場看，場地其實是夠的，"
            + "只是東西堆在那裡沒有人收，里長也很有意見，議員也在質詢的時候提過兩次，媒體也來拍，大家都覺得這件事情不應該拖這麼久，"
            + "場地整理的部分，請環保局在九月三十號以前完成，預算由業務費支應，這樣對地方才有交代，不然明年選舉的時候又會被拿出來講一遍。"
        #expect(conclusions(speech) == ["場地整理的部分，請環保局於9月30日前完成，預算由業務費支應。"])
    }

    @Test func `a ruling said twice stands once and cites both`() {
        let talk = Talk([
            (speaker: "甲", text: "好。"), (speaker: "主席", text: "請觀光局在十一月五號以前把人數改成十萬人。"),
            (speaker: "主席", text: "所以請觀光局在十一月五號以前把人數改成十萬五千人。"),
        ])
        let found = ConclusionFinder(book: SpeakerBook(talk, facts: MinutesFacts())).conclusions(in: talk)
        #expect(found.map(\.text) == ["請觀光局於11月5日前將人數改為10萬5,000人。"])
        #expect(found.first?.passages == [1, 2])
    }

    @Test func `minutes confirmed with a change keep the change`() {
        let found = conclusions(
            "那就，第六十三次紀錄，「里民活動場所」改成「區民活動中心」，其他沒有意見就確定。", "好，確定。", isPrevious: true)
        #expect(found.count == 1)
        #expect(found.first?.contains("「里民活動場所」改為「區民活動中心」") == true)
    }
}

@Suite struct MinutesSpeedTests {
    @Test func `time to draft a meeting grows with its length, not with the square of it`() async throws {
        _ = try await time(200)
        let short = try await time(400)
        let long = try await time(1600)
        // Four times the length: sixteen times the time if anything compared all with all.
        #expect(long < short * 10, "\(short) \(long)")
    }

    private func time(_ count: Int) async throws -> Duration {
        var text = ""
        var passages: [Passage] = []
        for number in 0..<count {
            let start = text.utf8.count
            let isChair = number % 9 == 8
            text +=
                isChair
                ? "好，請第\(number % 20)科在十一月\(number % 28 + 1)號以前完成第\(number)項。\n"
                : "第\(number)項的經費是\(number)萬元，需要\(number % 13)名人力，預計十月底完成採購。\n"
            passages.append(
                Passage(
                    number: number, kind: .utterance, range: start..<text.utf8.count,
                    speaker: isChair ? "主席" : "第\(number % 7)局王主秘"))
        }
        let source = SampleMeeting.document(text, passages, .transcript)
        let segments = [Segment(number: 0, kind: .topic, passages: 0...count - 1)]
        let request = DraftRequest(.minutes(MinutesFacts()), source: source, segments: segments, createdAt: "")
        let clock = ContinuousClock()
        let start = clock.now
        let draft = try await ExtractiveEngine().draft(request) { _ in }
        #expect(draft.coverage.count == count)
        return clock.now - start
    }
}
