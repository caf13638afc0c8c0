import DocketTestSupport
import DocketText
import Foundation
import Testing

@Suite struct TextCleanerTests {
    private func clean(_ text: String) -> String { TextCleaner().clean(text).text }

    // MARK: - Single defects

    @Test(arguments: [
        ("- (一) 10月28日市長赴議會進行專案\n\n報告，今日上午指示。\n\n- (二) 請轉知各局處辦理。", "(一) 10月28日市長赴議會進行專案報告，今日上午指示。\n(二) 請轉知各局處辦理。"),
        ("（一）財物採購\n\n本期完成招標案計 15 件。\n\n（二）車輛管理\n\n現有 11 輛。", "（一）財物採購\n本期完成招標案計 15 件。\n（二）車輛管理\n現有 11 輛。"),
        ("以強化醫療服務便利，並增加可及\n\n性。", "以強化醫療服務便利，並增加可及性。"),
        ("配合「網站無\n\n障礙規範」辦理。", "配合「網站無障礙規範」辦理。"),
        ("時間：下午\n地點：會議室\n決議：照案通過。", "時間：下午\n地點：會議室\n決議：照案通過。"),
        ("機 關 名 稱 一覽", "機關名稱 一覽"), ("聯 盟 亞 太 分 會", "聯盟亞太分會"), ("會　議　紀　錄", "會議紀錄"), ("目 錄", "目 錄"),
        ("邀請 Matej Vagač 與 Zoë 使用 QR Code", "邀請 Matej Vagač 與 Zoë 使用 QR Code"),
        ("各局處針對新聞關注焦點，並使用 Microsoft\nTeams 開會。", "各局處針對新聞關注焦點，並使用 Microsoft Teams 開會。"),
        ("", ""), ("\n\n\n", ""), ("一行", "一行"), ("一行\r\n\r\n二行。\r\n", "一行\n二行。\n"),
    ])
    func `what conversion broke is whole again`(text: String, expected: String) {
        #expect(clean(text) == expected)
    }

    @Test func `English lines are joined with one space, and hyphens go where the text knows the word`() {
        let text = """
            The committee discussed the proposal of the depart-
            ment at length and the chair asked every member for a
            short statement before the vote was taken. The depart-
            ment will report again. A well-
            known department agreed to the whole of the programme
            as it had been proposed.

            The next item was the budget.
            """
        let cleaned = clean(text)
        #expect(cleaned.contains("of the department at length and the chair asked"))
        #expect(cleaned.contains("A well-known department agreed"))
        #expect(cleaned.hasSuffix("proposed.\nThe next item was the budget."))
    }

    @Test func `rows of tables and records stay apart`() {
        let text = """
            詳如下表：

            機 關 名 稱 件數 機 關 名 稱 件數

            都發局 215 衛生局 59

            警察局 51 教育局 50

            社會局 45 交通局 43

            合計 463
            """
        #expect(clean(text) == "詳如下表：\n機關名稱 件數 機關名稱 件數\n都發局 215 衛生局 59\n警察局 51 教育局 50\n社會局 45 交通局 43\n合計 463")
        let fields = "編號,案由,年限\n1,採購,10\n2,陳情,5\n3,考績,30"
        #expect(clean(fields) == fields)
        let tabbed = "項次\t內容\t績效\n\t小計\t3\n"
        #expect(clean(tabbed) == tabbed)
        let objects = "{\"id\": 1}\n{\"id\": 2}"
        #expect(clean(objects) == objects)
    }

    @Test func `running headers and page numbers go, numbered headings and columns of figures stay`() {
        let pages = (1...5).map { page in
            "本府各機關應於期限內完成清查，並將結果送交\n\n\(page) 臺北市政府秘書處工作報告\n\n彙整單位辦理後續事宜。\n\n第 \(page) 頁\n"
        }.joined(separator: "\n")
        let cleaned = TextCleaner().clean(pages)
        #expect(cleaned.text == String(repeating: "本府各機關應於期限內完成清查，並將結果送交彙整單位辦理後續事宜。\n", count: 5))
        #expect(cleaned.removals.count { $0.reason == .runningHeader } == 5)
        #expect(cleaned.removals.count { $0.reason == .pageNumber } == 5)
        let headings = (1...4).map { "專案討論議題 \($0)\n照案通過。" }.joined(separator: "\n")
        #expect(clean(headings) == headings)
        let column = "件數如下：\n3\n8\n4\n9\n12\n7"
        #expect(clean(column) == column)
    }

    @Test func `one page break of a short text is known by the title of the text`() {
        let title = "青嵐市政府第63次主任秘書會報紀錄"
        let text = "\(title)\n\n時間：113年9月24日\n\n請主計處就進度落後之案件逐月追蹤，並於每次會報提出\n\n 3 \(title)\n\n落後原因及改善情形。\n"
        #expect(clean(text).contains("並於每次會報提出落後原因及改善情形。"))
        // The title where nothing breaks off stays.
        let listed = "\(title)\n\n附件如下。\n\n1 \(title)\n\n2 簽到表\n"
        #expect(clean(listed).contains("1 \(title)"))
    }

    @Test func `bare page numbers that count up between pages go`() {
        let text = (1...4).map { "這一頁談到檔案管理的各項作業，並請各單位配合辦理。\n第二段說明。\n第三段說明。\n\n\($0)\n\n" }.joined()
        #expect(!clean(text).contains { $0.isASCII && $0.isNumber })
    }

    // MARK: - Whole files

    @Test(arguments: [38, 44, 60], [true, false])
    func `a file broken in every way comes back as it was`(width: Int, blankLines: Bool) {
        let paragraphs = DefectiveText.paragraphs
        let cleaned = TextCleaner().clean(DefectiveText.broken(paragraphs, width: width, blankLines: blankLines))
        let lines = cleaned.text.split(separator: "\n").map(String.init)
        let changes = lines.difference(from: paragraphs)
        #expect(changes.isEmpty)
        expectExact(cleaned, "width \(width)")
    }

    @Test func `the parts of a letter stay lines of their own, and its paragraphs become whole`() {
        let letter = """
            河岸市政府秘書處  函

            受文者：河岸市政府教育局
            發文日期：中華民國111年3月1日
            附件：如說明三

            主旨：檢送「公文處理績效」檢討會議紀錄1份，請依會議決議事
            　　　項辦理並於111年3月31日前函復，請查照。
            說明：
            一、依據本府111年2月15日府授秘文字第1110000001號函續
            　　辦。
            二、旨揭會議業於111年2月22日召開竣事，請各機關配合辦理線上簽
            　　核及公文時效管制事宜。

            正本：河岸市政府教育局、河岸市政府工務局
            處長  陳 志 銘
            """
        #expect(
            clean(letter) == """
                河岸市政府秘書處  函
                受文者：河岸市政府教育局
                發文日期：中華民國111年3月1日
                附件：如說明三
                主旨：檢送「公文處理績效」檢討會議紀錄1份，請依會議決議事項辦理並於111年3月31日前函復，請查照。
                說明：
                一、依據本府111年2月15日府授秘文字第1110000001號函續辦。
                二、旨揭會議業於111年2月22日召開竣事，請各機關配合辦理線上簽核及公文時效管制事宜。
                正本：河岸市政府教育局、河岸市政府工務局
                處長  陳志銘
                """)
    }

    @Test(.enabled(if: ReferenceData.isAvailable, "no reference data"))
    func `the 213th minutes are whole sentences`() throws {
        let cleaned = TextCleaner().clean(
            try ReferenceData.text("taipei/taipei-chief-secretaries-meeting-213-minutes-2021.txt"))
        let lines = cleaned.text.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("(一) 10月28日及11月4日市長赴議會進行專案報告，今日上午") })
        #expect(lines.contains { $0.contains("最後 2 個月餘時間，加強改善措施") })
        #expect(lines.filter { $0.hasPrefix("會議結論：") }.count == 10)
        #expect(lines.contains("時間：民國110年10月26日14時0分"))
        expectExact(cleaned, "minutes")
    }

    @Test(.enabled(if: ReferenceData.isAvailable, "no reference data"))
    func `the work report keeps headings and tables and joins cut sentences`() throws {
        let cleaned = TextCleaner().clean(try ReferenceData.text("taipei/taipei-secretariat-work-report-2022h1.txt"))
        let lines = cleaned.text.split(separator: "\n").map(String.init)
        for heading in [
            "一、事務管理及研考業務", "(一) 處理文檔一般性業務", "(六) 督導各機關辦理 39 至 81 年永久保存檔案目錄送審",
            "(四) 蒐集市政重要輿情，提供各機關施政參考", "臺北市議會第13屆第7次定期大會", "四、速處輿情反映",
        ] {
            #expect(lines.contains(heading))
        }
        for joined in ["於 110 年 9 月 22 日函頒", "本府所屬機關檔案", "「網站無障礙規範」", "遷移至 10 樓", "便利性。", "品質。"] {
            #expect(cleaned.text.contains(joined))
        }
        #expect(lines.contains("都發局\t215\t衛生局\t59"))
        expectExact(cleaned, "report")
    }

    // MARK: - Properties

    @Test(arguments: 0..<300)
    func `any text leads back byte for byte`(seed: UInt64) {
        expectExact(TextCleaner().clean(RandomText.mixed(count: 120, seed: seed)), "seed \(seed)")
    }

    @Test(arguments: 0..<100)
    func `cleaning and folding compose into one map`(seed: UInt64) {
        let text = RandomText.mixed(count: 80, seed: seed)
        let cleaned = TextCleaner().clean(text)
        let folded = Folding.fold(cleaned.text)
        let both = cleaned.map.then(folded.map)
        #expect(both.originalCount == text.utf8.count && both.mappedCount == folded.text.utf8.count, "seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let count = folded.text.utf8.count
        for _ in 0..<40 where count > 0 {
            let lower = Int.random(in: 0..<count, using: &generator)
            let range = lower..<Int.random(in: lower + 1...count, using: &generator)
            let direct = cleaned.original(folded.map.original(range))
            #expect(both.original(range) == direct, "seed \(seed)")
        }
    }

    @Test(
        .enabled(if: ReferenceData.isAvailable, "no reference data"),
        arguments: [
            "archive-tw-meetings", "archive-tw-choi", "archive-tw-officehour", "qmsum",
        ])
    func `real transcripts lead back byte for byte`(folder: String) throws {
        for line in try ReferenceData.lines("\(folder)/meetings.jsonl").prefix(6) {
            let meeting = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            let utterances = try #require(meeting["utterances"] as? [[String: Any]])
            let text = utterances.compactMap { $0["text"] as? String }.joined(separator: "\n")
            expectExact(TextCleaner().clean(text), "\(folder) \(meeting["id"] ?? "")")
        }
    }

    /// The cleaned text is the original without the removals, but for line breaks that became spaces, and both maps agree.
    private func expectExact(_ cleaned: CleanText, _ comment: Comment) {
        let (original, text) = (Array(cleaned.original.utf8), Array(cleaned.text.utf8))
        var (rest, end): ([UInt8], Int) = ([], 0)
        for removal in cleaned.removals {
            #expect(removal.range.lowerBound >= end && !removal.range.isEmpty, comment)
            rest += original[end..<removal.range.lowerBound]
            #expect(cleaned.cleaned(removal.range).isEmpty, comment)
            end = removal.range.upperBound
        }
        rest += original[end...]
        #expect(rest.count == text.count, comment)
        let isSame = zip(rest, text).allSatisfy { $0 == $1 || ($0 <= 0x20 && ($1 == 0x20 || $1 == 0x0A)) }
        #expect(isSame, comment)
        #expect(cleaned.map.originalCount == original.count && cleaned.map.mappedCount == text.count, comment)
        for start in stride(from: 0, to: text.count, by: max(1, text.count / 50)) where text[start] > 0x20 {
            let back = cleaned.original(start..<start + 1)
            #expect(back.count == 1 && original[back.lowerBound] == text[start], comment)
            #expect(cleaned.cleaned(back) == start..<start + 1, comment)
        }
    }

    @Test func `time grows with the length of the text`() {
        let hostile = [
            String(repeating: "字 ", count: 100_000), String(repeating: "一\n", count: 100_000),
            String(repeating: "12 臺北市政府報告\n", count: 30_000), String(repeating: "（「", count: 100_000),
            (0..<50_000).map { "\($0)\n" }.joined(), String(repeating: "a-\n", count: 60_000),
        ]
        for text in hostile {
            let time = ContinuousClock().measure { _ = TextCleaner().clean(text) }
            #expect(time < .seconds(3), "\(text.prefix(12))")
        }
    }
}
