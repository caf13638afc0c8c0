import DocketArchive
import DocketCore
import DocketTestSupport
import Foundation
import Testing

/// The way of a meeting through the program, on the fictional meetings of the corpus.
struct WorkflowTests {
    private static let folder = "meetings/chief-secretaries/064/"

    private func meeting(_ library: TestLibrary) throws -> (transcript: String, agenda: String, attendance: String) {
        try library.addRosters()
        let link = ["--meeting", "chief-secretaries#64"]
        let agenda = try library.add(corpus: Self.folder + "agenda.md", link[0], link[1])
        let attendance = try library.add(
            corpus: Self.folder + "attendance.csv", link[0], link[1], "--kind", "attendance")
        let transcript = try library.add(corpus: Self.folder + "transcript.vtt", link[0], link[1])
        return (transcript, agenda, attendance)
    }

    @Test func `minutes are drafted, edited, approved and locked`() throws {
        try Program.withLibrary { library in
            let ids = try meeting(library)
            let drafted = try library.run("draft", "minutes", "--transcript", ids.transcript, "--json")
            let draft = try #require(drafted.objects.first?["draft"] as? [String: Any])
            let id = try #require(draft["id"] as? String)
            #expect((draft["title"] as? String)?.contains("第64次主任秘書會報紀錄") == true)
            let blocks = try #require(draft["blocks"] as? [[String: Any]])
            #expect(blocks.filter { $0["kind"] as? String == "itemTitle" }.count >= 7)
            #expect(blocks.contains { $0["kind"] as? String == "conclusion" })
            let coverage = try #require(draft["coverage"] as? [[String: Any]])
            #expect(coverage.count == 229)

            let markdown = library.folder.appending(path: "minutes.md").path
            #expect(try library.run("export", id, "--format", "md", "--output", markdown).status == 0)
            let text = try String(contentsOfFile: markdown, encoding: .utf8)
            #expect(text.contains("本紀錄由 AI 輔助產製草稿，尚未經承辦人確認"))
            let edited = try #require(text.firstRange(of: "散會"))
            try text.replacingCharacters(in: edited, with: "宣布散會").write(
                toFile: markdown, atomically: true, encoding: .utf8)
            let edit = try library.run("review", id, "edit", "--by", "紀錄人員", "--file", markdown)
            #expect(edit.status == 0, "\(edit.errors)")
            #expect(edit.output.contains("revision 2"))

            let stale = try library.run(
                "review", id, "edit", "--by", "另一人", "--claim", "1", "--text", "x", "--revision", "1")
            #expect(stale.status == 5)

            let shown = try #require(try library.run("show", id, "--json").objects.first)
            #expect(shown["state"] as? String == "edited")
            let rejected = try library.run("review", id, "reject", "--by", "主任", "--reason", "重擬")
            #expect(rejected.status == 0)
            #expect(try library.run("review", id, "edit", "--by", "甲", "--claim", "1", "--text", "y").status == 5)
        }
    }

    @Test func `an edited file is refused once somebody else has changed the draft`() throws {
        try Program.withLibrary { library in
            let file = try library.file("a.txt", "本市圖書館於115年3月1日開放夜間閱覽。經費為新臺幣30萬元。\n")
            let source = try #require(try library.run("add", file, "--json").objects.first?["id"] as? String)
            let drafted = try library.run("draft", "summary", source, "--length", "100", "--json")
            let draft = try #require(drafted.objects.first?["draft"] as? [String: Any])
            let id = try #require(draft["id"] as? String)
            let page = try library.run("export", id, "--format", "md").output
            let markdown = try library.file("a.md", page.replacing("夜間", with: "晚間"))
            let other = try library.run(
                "review", id, "edit", "--by", "乙", "--claim", "0", "--text", "本市圖書館於115年3月1日開放。")
            #expect(other.status == 0)
            let mine = try library.run("review", id, "edit", "--by", "甲", "--file", markdown)
            #expect(mine.status == 5)
            let shown = try #require(try library.run("show", id, "--json").objects.first)
            #expect(shown["revision"] as? Int == 2)
        }
    }

    @Test func `a meeting is named as the help says, and a mistyped series fails`() throws {
        try Program.withLibrary { library in
            try library.addRosters()
            _ = try library.add(corpus: Self.folder + "minutes.txt")
            let meeting = try #require(try library.run("list", "meetings", "--json").objects.first?["id"] as? String)
            let id = try library.add(corpus: Self.folder + "transcript.vtt", "--meeting", meeting)
            func roles() throws -> [String] {
                let sources = try library.run("list", "meetings", "--json").objects.first?["sources"]
                return (sources as? [[String: Any]] ?? []).compactMap { $0["role"] as? String }
            }
            #expect(try roles() == ["minutes", "transcript"])
            #expect(try library.run("set", id, "role=paper", "--by", "甲").status == 0)
            #expect(try roles() == ["minutes", "paper"])
            #expect(try library.run("set", id, "meeting=\(meeting)", "role=transcript", "--by", "甲").status == 0)
            #expect(try roles() == ["minutes", "transcript"])
            let wrong = try library.run("set", id, "meeting=chief-secretarys#64", "--by", "甲")
            #expect(wrong.status == 2 && wrong.errors.contains("--kind series"))
            #expect(try library.run("set", id, "meeting=chief-secretaries@113-10-29", "--by", "甲").status == 2)
            #expect(try library.run("search", "列管", "--series", "chief-secretaries").status == 0)
            #expect(try library.run("search", "列管", "--series", "chief-secretarys").status == 2)
        }
    }

    @Test func `a correction of a later meeting is shown with the minutes it corrects`() throws {
        try Program.withLibrary { library in
            try library.addRosters()
            func minutes(_ ordinal: Int, _ first: String) -> String {
                """
                青嵐市政府第\(ordinal)次主任秘書會報紀錄
                時間：民國113年\(ordinal)月30日14時0分
                地點：視訊會議
                主席：沈維岳秘書長 紀錄：季沛穎
                出席：如簽到表
                壹、宣讀本府113年\(ordinal - 1)月30日第\(ordinal - 1)次主任秘書會報紀錄。
                會議結論：\(first)
                貳、報告事項
                一、電子收據推動情形。(財政局)
                會議結論：請財政局於12月底前完成電子收據介接。
                散會（下午3時5分）
                """
            }
            let early = try library.run("add", try library.file("3.txt", minutes(3, "紀錄確定。")), "--json")
            let id = try #require(early.objects.first?["id"] as? String)
            let correction = "第3次主任秘書會報紀錄貳、一「電子收據」修正為「電子領據」，其餘紀錄確定。"
            _ = try library.run("add", try library.file("4.txt", minutes(4, correction)))
            let shown = try #require(try library.run("show", id, "--json").objects.first)
            let later = try #require((shown["laterCorrections"] as? [[String: Any]])?.first)
            #expect(later["byMeeting"] as? Int == 4)
            #expect(try library.run("show", id).output.contains("電子領據"))
        }
    }

    @Test func `approval is refused while something blocks, and locks the text afterwards`() throws {
        try Program.withLibrary { library in
            let file = try library.file("a.txt", "本市圖書館於115年3月1日開放夜間閱覽。經費為新臺幣30萬元。\n")
            let added = try library.run("add", file, "--json").objects.first?["id"] as? String
            let source = try #require(added)
            let drafted = try library.run("draft", "summary", source, "--length", "40", "--json")
            let draft = try #require(drafted.objects.first?["draft"] as? [String: Any])
            let id = try #require(draft["id"] as? String)
            let wrong = try library.run("review", id, "edit", "--by", "甲", "--claim", "0", "--text", "經費為新臺幣90萬元。")
            #expect(wrong.status == 0)
            let blocked = try library.run("review", id, "approve", "--by", "主任")
            #expect(blocked.status == 1)
            #expect(try library.run("check", id).status == 1)
            let right = try library.run("review", id, "edit", "--by", "甲", "--claim", "0", "--text", "經費為新臺幣30萬元。")
            #expect(right.status == 0)
            let approved = try library.run("review", id, "approve", "--by", "主任")
            #expect(approved.status == 0, "\(approved.errors)")
            #expect(try library.run("review", id, "edit", "--by", "甲", "--claim", "0", "--text", "改").status == 5)
            #expect(try library.run("export", id, "--format", "html").output.contains("經承辦人確認"))
        }
    }

    @Test func `conclusions of earlier minutes are found with their meeting`() throws {
        try Program.withLibrary { library in
            try library.addRosters()
            _ = try library.add(corpus: "meetings/chief-secretaries/063/minutes.txt")
            let hits = try library.run("search", "舊鹽務所 望潮倉庫群", "--kind", "conclusion", "--json").objects
            #expect(hits.count == 2)
            #expect(hits[0]["kind"] as? String == "conclusion")
            #expect(hits[0]["series"] as? String == "主任秘書會報")
            #expect(hits[0]["meeting"] as? String == "63")
            #expect(hits[0]["rank"] as? Int == 1)
            #expect((hits[0]["snippet"] as? String)?.contains("望潮倉庫群") == true)
            #expect(hits[1]["total"] as? Int == 1)
            #expect(hits[1]["capped"] as? Bool == false)
            let queries = try library.file(
                "q.jsonl", #"{"id":"a","query":"備查","limit":2}"# + "\n" + #"{"id":"b","query":"沒有這個詞"}"# + "\n")
            let answers = try library.run("search", "--batch", queries, "--json").objects
            #expect(answers.map { $0["id"] as? String } == ["a", "b"])
            #expect((answers[0]["hits"] as? [Any])?.isEmpty == false)
            #expect(answers[1]["total"] as? Int == 0)
        }
    }

    @Test func `tracked items are listed with their history`() throws {
        try Program.withLibrary { library in
            try library.addRosters()
            for number in ["061", "062", "063", "064"] {
                _ = try library.add(corpus: "meetings/chief-secretaries/\(number)/minutes.txt")
            }
            let items = try library.run("list", "items", "--json").objects
            let split = try #require(items.first { $0["reference"] as? String == "63-2" })
            #expect(split["state"] as? String == "open")
            #expect((split["parts"] as? [[String: Any]])?.count == 2)
            let table = try library.run("list", "items").output
            let row = try #require(table.split(separator: "\n").first { $0.hasPrefix("63-2") })
            #expect(row.contains("文化局 63 opened → 64 released; 都發局 63 opened → 64 conti"))
            let released = try library.run("list", "items", "--state", "released", "--json").objects
            #expect(released.contains { $0["reference"] as? String == "58-3" })
        }
    }

    @Test func `the same bytes twice are one source`() throws {
        try Program.withLibrary { library in
            let file = try library.file("a.txt", "主旨：檢送會議紀錄一份，請查照。\n")
            let first = try #require(try library.run("add", file, "--json").objects.first)
            let second = try #require(try library.run("add", file, "--json").objects.first)
            #expect(first["duplicate"] as? Bool == false)
            #expect(second["duplicate"] as? Bool == true)
            #expect(first["id"] as? String == second["id"] as? String)
            #expect(try library.sources().count == 1)
        }
    }

    @Test func `records stream in, are found by their own names, and are corrected by a later file`() throws {
        try Program.withLibrary { library in
            let line =
                #"{"id":"A-1","title":"里民活動中心修繕","abstract":"屋頂防水","subjects":["修繕"],"agency":"民政局","date":"2024-03-01","code":"0113"}"#
            let file = try library.file("records.jsonl", line + "\n" + line.replacing("A-1", with: "A-2") + "\n")
            let added = try library.run("add", "--kind", "record", file, "--json").objects
            #expect(added.count == 2)
            let hits = try library.run("search", "屋頂防水", "--json").objects
            #expect(Set(hits.compactMap { $0["external"] as? String }) == ["A-1", "A-2"])
            #expect(hits.first?["kind"] as? String == "entry")
        }
    }

    @Test func `a withdrawn source is found no more and its tombstone stays`() throws {
        try Program.withLibrary { library in
            let file = try library.file("a.txt", "颱風應變中心三級開設。\n")
            let id = try #require(try library.run("add", file, "--json").objects.first?["id"] as? String)
            #expect(try library.run("search", "應變中心", "--json").objects.last?["total"] as? Int ?? 0 > 0)
            #expect(try library.run("withdraw", id, "--authority", "府秘字第1130000001號", "--by", "甲").status == 0)
            #expect(try library.run("search", "應變中心", "--json").objects.last?["total"] as? Int == 0)
            let stone = try library.run("show", id)
            #expect(stone.status == 0 && stone.output.contains("府秘字第1130000001號") && stone.output.contains("甲"))
            #expect(try library.run("list", "withdrawn", "--json").objects.first?["id"] as? String == id)
            #expect(try library.run("check", id).errors.contains("withdrawn"))
            #expect(try library.sources().isEmpty)
            #expect(try library.run("doctor").status == 0)
        }
    }

    @Test func `a reindex that was cut short is reported and goes on`() async throws {
        struct Cut: Error {}
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }  // a left-over folder harms no test
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let library = TestLibrary(folder: folder, path: folder.appending(path: "library").path)
        #expect(try Program.run("init", "--library", library.path).status == 0)
        for number in 0..<3 {
            _ = try library.run("add", try library.file("\(number).txt", "第\(number)件公文。\n"))
        }
        let open = try await Library.open(at: URL(filePath: library.path), mode: .write) { _ in [] }
        await #expect(throws: Cut.self) {
            try await open.reindex(
                restart: true, batch: 1, by: .commandLine("test"),
                remake: { stored in
                    guard try await open.indexState() == .rebuilding(done: 0) else { throw Cut() }
                    return (stored.structure, stored.segments)
                })
        }
        try open.close()
        let sick = try library.run("doctor")
        #expect(sick.status == 5 && sick.output.contains("docket reindex"))
        #expect(try library.run("reindex", "--json").objects.first?["sources"] as? Int == 3)
        #expect(try library.run("doctor").status == 0)
    }

    @Test func `a field is corrected as a revision`() throws {
        try Program.withLibrary { library in
            let file = try library.file("a.txt", "某案辦理情形。\n")
            let id = try #require(try library.run("add", file, "--json").objects.first?["id"] as? String)
            #expect(try library.run("set", id, "title=更正後標題", "date=2024-05-06", "--by", "甲").status == 0)
            let shown = try #require(try library.run("show", id, "--json").objects.first)
            #expect(shown["title"] as? String == "更正後標題")
            #expect(shown["date"] as? String == "2024-05-06")
            #expect(shown["revision"] as? Int == 2)
            #expect(try library.run("set", id, "kind=nonsense").status == 2)
            #expect(try library.run("set", id, "title").status == 2)
        }
    }

    @Test func `a paper above the ceiling is refused and an allowed one is drafted by no engine below it`() throws {
        try Program.withLibrary { library in
            let url = ReferenceData.packageRoot.appending(
                path: "Corpus/archive/letters/classified-security-exercise.txt")
            let refused = try library.run("add", url.path, "--classification", "restricted")
            #expect(refused.status == 3)
            #expect(refused.errors.split(separator: "\n").count == 1)
            #expect(try library.sources().isEmpty)
        }
    }
}
