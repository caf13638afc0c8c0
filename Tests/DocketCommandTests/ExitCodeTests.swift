import DocketArchive
import DocketTestSupport
import Foundation
import Testing

@testable import docket

/// Exit codes as docs/decisions/0006-exit-codes.md lists them, and the line in the language asked for.
struct ExitCodeTests {
    /// A command, its code, and words of its line in Traditional Chinese.
    ///
    /// ID stands for a source, FOLDER for a folder.
    private static let cases: [(arguments: [String], status: Int32, words: String)] = [
        (["show", "NOPE"], 2, "資料庫中沒有 NOPE"), (["show", "ID#999"], 2, "資料庫中沒有"),
        (["check", "NOPE"], 2, "資料庫中沒有 NOPE"), (["withdraw", "NOPE", "--authority", "x"], 2, "資料庫中沒有 NOPE"),
        (["set", "NOPE", "title=x"], 2, "查無此項"), (["review", "NOPE", "approve"], 2, "查無此項"),
        (["draft", "summary", "NOPE"], 2, "查無此項"),
        (["list", "--page", "xx"], 2, "不是這個清單印出的接續記號"), (["search", "決議", "--page", "xx"], 2, "接續記號"),
        (["set", "ID", "date=xx"], 2, "須為實有之日"), (["set", "ID", "date=2024-02-31"], 2, "須為實有之日"),
        (["set", "ID", "foo=bar"], 2, "沒有欄位「foo」；可更正：title"), (["set", "ID", "kind=nonsense"], 2, "可用：document"),
        (["set", "ID", "title"], 2, "欄位=值"), (["withdraw", "ID", "--authority", ""], 2, "缺少 authority"),
        (["list", "--limit=-3"], 2, "1 以上的整數"), (["search", "決議", "--limit=0"], 2, "1 以上的整數"),
        (["draft", "summary", "ID", "--length=0"], 2, "1 以上的整數"),
        (["list", "--series", "無"], 2, "找不到會議系列「無」"), (["list", "--kind", "x"], 2, "不是 --kind 的值"),
        (["search", "決議", "--from", "2024-02-31"], 2, "不是日期"), (["search", "(決議"], 2, "括號不成對"),
        (["search", "\"決議"], 2, "引號不成對"), (["search", "date:xx"], 2, "不是如 2021-10-26"),
        (["search", "kind:x"], 2, "沒有這個值"), (["search", "決議 AND"], 2, "缺少詞語"),
        (["predict", "nope", "--in", "x", "--out", "y"], 2, "沒有工作「nope」"),
        (["draft", "minutes", "--transcript", "ID"], 2, "此處需要 transcript"),
        (["check"], 2, "缺少 ID | --claims"), (["list", "--lang", "xx"], 2, "不是 --lang 的值"),
        (["add", "FOLDER/a.txt", "--date", "2024-02-31"], 2, "不是日期"),
        (["add", "FOLDER/none.txt"], 3, "沒有這個檔案或資料夾"), (["predict", "seg", "--in", "none", "--out", "y"], 3, "找不到檔案"),
        (["add", "FOLDER/a.txt", "--classification", "secret"], 3, "SEC-01"),
        (["add", "--kind", "roster", "FOLDER/bad.csv"], 3, "第 3 列 title：空白"),
        (["add", "--kind", "series", "FOLDER/bad.yaml"], 3, "缺少 name"),
        (["export", "ID", "--output", "/nonexistent/x"], 5, "無法寫入"),
        (["list", "--library", "/nonexistent"], 5, "不是 Docket 資料庫"), (["init"], 5, "已有資料"),
    ]

    @Test func `each failure has its code and one line in Chinese`() throws {
        try Program.withLibrary { library in
            let file = try library.file("a.txt", "決議：照案通過。\n")
            _ = try library.file("bad.csv", "name,title\n甲,科長\n乙,\n")
            _ = try library.file("bad.yaml", "id: x\n")
            _ = try library.run("add", file)
            let id = try #require(try library.sources().first)
            for (arguments, status, words) in Self.cases {
                var all = arguments.map {
                    $0.replacing("ID", with: $0.hasPrefix("ID") ? id : "ID").replacing(
                        "FOLDER", with: library.folder.path)
                }
                if !all.contains("--library") { all += ["--library", library.path] }
                let result = try Program.run(all, environment: ["DOCKET_LANG": "zh-Hant"])
                #expect(result.status == status, "\(arguments): \(result.errors)")
                #expect(result.errors.contains(words), "\(arguments): \(result.errors)")
                #expect(result.errors.split(separator: "\n").count == 1, "\(arguments): \(result.errors)")
                #expect(!Self.hasEnglishSentence(result.errors, of: all), "\(arguments): \(result.errors)")
            }
            #expect(try library.sources() == [id])
        }
    }

    /// True when three words of Latin letters follow one another that are not names, values or commands of the program.
    private static func hasEnglishSentence(_ line: String, of arguments: [String]) -> Bool {
        let known = arguments.reduce(line) { $0.replacing($1, with: "。") }
        return known.firstMatch(of: #/[a-z]{2,} [a-z]{2,} [a-z]{2,} /#) != nil
    }

    @Test func `a conflict and an approved text end with 5, what blocks approval with 1`() {
        let cases: [(ArchiveError, docket.ExitStatus)] = [
            (.conflict(.revision(object: "draft:1", expected: 1, found: 2)), .storage),
            (.refused(.locked(object: "draft:1")), .storage),
            (.refused(.blocked(object: "draft:1", claims: 1, findings: 0)), .findings),
            (.diskFull(file: "docket.sqlite"), .storage),
        ]
        for (error, status) in cases { #expect(Failure(error).status == status, "\(error)") }
    }

    @Test func `settings that mean nothing are named, since one may be a misspelt ceiling`() throws {
        try Program.withLibrary { library in
            let file = URL(filePath: library.path).appending(path: "docket.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            for (line, key) in [("cieling: public\n", "cieling"), ("limits:\n  documentByte: 3\n", "limits")] {
                try Data((text + line).utf8).write(to: file)
                let result = try library.run("list")
                #expect(result.status == 3)
                #expect(result.errors.contains(key))
                #expect(result.errors.split(separator: "\n").count == 1)
            }
            let nested = text.replacing("openMeetings", with: "openMeeting")
            try Data(nested.utf8).write(to: file)
            #expect(try library.run("list").errors.contains("tracking.openMeeting"))
            try Data(text.utf8).write(to: file)
            #expect(try library.run("list").status == 0)
        }
    }

    @Test func `what is printed under --json for a failure says the same line and code`() throws {
        let result = try Program.run(
            ["show", "NOPE", "--json", "--library", "/nonexistent"], environment: ["DOCKET_LANG": "zh-Hant"])
        let object = try JSONSerialization.jsonObject(with: Data(result.errors.utf8)) as? [String: [String: Any]]
        #expect(result.status == 5)
        #expect((object?["error"]?["message"] as? String)?.contains("不是 Docket 資料庫") == true)
    }
}
