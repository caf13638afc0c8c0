import DocketTestSupport
import Foundation
import Testing

@testable import docket

/// Lists of searches in each form and with each kind of answer.
@Suite struct SearchListTests {
    private static func withMinutes(_ body: (TestLibrary) throws -> Void) throws {
        try Program.withLibrary { library in
            try library.addRosters()
            _ = try library.add(corpus: "meetings/chief-secretaries/063/minutes.txt")
            try body(library)
        }
    }

    /// Rows of comma-separated values as a spreadsheet reads them, and how the run ended.
    private static func rows(
        _ library: TestLibrary, _ arguments: String...
    ) throws -> (rows: [[String]], status: Int32) {
        let (output, errors) = (library.folder.appending(path: "out"), library.folder.appending(path: "err"))
        let process = try Program.process(
            ["search", "--csv", "--library", library.path] + arguments, output: output, errors: errors)
        try process.run()
        process.waitUntilExit()
        let data = try Data(contentsOf: output)
        #expect(data.starts(with: [0xEF, 0xBB, 0xBF]))
        return (rows(String(decoding: data.dropFirst(3), as: UTF8.self)), process.terminationStatus)
    }

    private static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        for line in text.split(separator: "\r\n") {
            var (cells, isQuoted, cell) = ([String](), false, "")
            for character in line {
                switch character {
                case "\"": isQuoted.toggle()
                case "," where !isQuoted:
                    cells.append(cell)
                    cell = ""
                default: cell.append(character)
                }
            }
            rows.append(cells + [cell])
        }
        return rows
    }

    @Test func `the same queries in three forms have the same answers`() throws {
        try Self.withMinutes { library in
            let plain = try library.file("q.txt", "# 舊案\n望潮倉庫群\n沒有這個詞彙呀\n")
            let json = try library.file(
                "q.jsonl", "{\"id\":\"2\",\"query\":\"望潮倉庫群\"}\n{\"id\":\"3\",\"query\":\"沒有這個詞彙呀\"}\n")
            let table = try library.file("q.csv", "\u{FEFF}id,query\r\n2,望潮倉庫群\r\n3,沒有這個詞彙呀\r\n")
            let answers = try [plain, json, table].map { file in
                let run = try library.run("search", "--batch", file, "--json")
                #expect(run.status == 0, "\(run.errors)")
                return run.objects.map { object in
                    let hits = (object["hits"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
                    return [object["id"] as? String ?? "", "\(object["total"] as? Int ?? -1)"] + hits
                }
            }
            #expect(answers[0].count == 2 && answers[0][0].count > 2)
            #expect(answers[0] == answers[1] && answers[1] == answers[2])
        }
    }

    @Test func `conditions and the day come from the list, else from the command line`() throws {
        try Self.withMinutes { library in
            let plain = try library.file("q.txt", "望潮倉庫群\n")
            let all = try library.run("search", "--batch", plain, "--json").objects[0]
            let some = try library.run("search", "--batch", plain, "--json", "--kind", "conclusion").objects[0]
            #expect(some["total"] as? Int ?? 0 >= 1 && some["total"] as? Int ?? 0 < all["total"] as? Int ?? 0)
            let table = try library.file("q.csv", "query,kind\n望潮倉庫群,conclusion\n望潮倉庫群,\n")
            let both = try library.run("search", "--batch", table, "--json", "--kind", "agendaItem").objects
            #expect(both[0]["total"] as? Int == some["total"] as? Int)
            let kinds = (both[1]["hits"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String }
            #expect(kinds.allSatisfy { $0 == "agendaItem" })
            let date = try #require(
                (all["hits"] as? [[String: Any]])?.first.flatMap { $0["date"] as? String })
            let year = try #require(Int(date.prefix(4)))
            let lastYear = try library.file(
                "y.csv", "query,today\n去年 望潮倉庫群,\(year + 1)-03-01\n去年 望潮倉庫群,\n")
            let dated = try library.run("search", "--batch", lastYear, "--json", "--today", "\(year + 9)-03-01").objects
            let dates = dated.map { ($0["hits"] as? [[String: Any]] ?? []).first?["date"] as? String }
            #expect(dates[0] == date)
            #expect(dated[0]["total"] as? Int ?? 0 >= 1)
        }
    }

    @Test func `people get a table of the best results, and lines that fail say why in their language`() throws {
        try Self.withMinutes { library in
            let file = try library.file(
                "q.jsonl",
                #"{"id":"a","query":"望潮倉庫群"}"# + "\n{\n" + #"{"id":"c","query":"(倉庫"}"# + "\n"
                    + #"{"id":"d","query":"沒有這個詞彙呀"}"# + "\n" + #"{"id":"e","query":"x","filters":{"series":"無此"}}"#
                    + "\n")
            let chinese = try library.run("search", "--batch", file, "--lang", "zh-Hant")
            #expect(chinese.status == 3)
            let lines = chinese.output.split(separator: "\n").map(String.init)
            #expect(lines.count == 7 && lines[0].hasPrefix("查詢 "))
            #expect(lines[2].contains("望潮倉庫群") && lines[2].contains("主任秘書會報#63"))
            #expect(lines[3].contains("第 2 行") && lines[4].contains("括號") && lines[5].contains("沒有找到"))
            #expect(lines[6].contains("無此"))
            let english = try library.run("search", "--batch", file)
            #expect(english.output.contains("line 2: not a readable JSON object"))
            for (language, isChinese) in [("zh-Hant", true), ("en", false)] {
                let json = try library.run("search", "--batch", file, "--json", "--lang", language)
                #expect(json.status == 3)
                let errors = json.objects.compactMap { $0["error"] as? String }
                #expect(errors.count == 3)
                for error in errors {
                    let words = error.replacing("無此", with: "").replacing("q.jsonl", with: "")
                    let hasChinese = words.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
                    #expect(hasChinese == isChinese, "\(error)")
                    if isChinese { #expect(!words.contains(#/[a-z]{3,} [a-z]{3,} [a-z]{3,}/#), "\(error)") }
                }
                #expect(json.objects.compactMap { $0["line"] as? Int } == [2, 3, 5])
            }
        }
    }

    @Test func `a spreadsheet gets a row a hit, and no formula`() throws {
        try Program.withLibrary { library in
            _ = try library.run(
                "add", "--kind", "document",
                try library.file("a.txt", "=HYPERLINK(\"http://x\",\"停車場\")的說明，停車場一處\n"))
            let list = try library.file("q.csv", "id,query\n@a,停車場\nb,=沒有這個詞彙呀\nc,(壞\n")
            let (rows, status) = try Self.rows(library, "--batch", list)
            #expect(status == 2)
            #expect(rows.allSatisfy { $0.count == rows[0].count } && rows[0][1] == "Query")
            #expect(rows[1][0] == "'@a" && rows[1][2] == "1" && rows[1][3] == "1")
            #expect(rows[1][5].hasPrefix("'=HYPERLINK(") && rows[1][6].contains("停車場"))
            let none = try #require(rows.first { $0[0] == "b" })
            #expect(none[1] == "'=沒有這個詞彙呀" && none[2] == "0" && none.last == "Nothing found.")
            #expect(rows.last?.prefix(2) == ["c", "(壞"] && rows.last?.last?.isEmpty == false)
            for row in rows { #expect(row.allSatisfy { !"=+-@".contains($0.first ?? " ") }) }
            let one = try Self.rows(library, "停車場").rows
            #expect(one.count == 2 && one[1][1] == "停車場")
        }
    }

    @Test(arguments: [
        ("a", "a"), ("=1", "'=1"), (" +1", "' +1"), ("－1", "'－1"), ("＝1", "'＝1"), ("'@x", "''@x"), ("1-1", "1-1"),
        ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb\tc", "a b c"), ("\t=1", "' =1"), ("a\u{1B}[31m", "a [31m"),
        ("a;b", "\"a;b\""), ("", ""),
    ])
    func `a cell is text and nothing else`(text: String, expected: String) {
        #expect(CSVCell.written(text) == expected)
    }

    @Test func `a list comes through a pipe and columns that mean nothing are named`() throws {
        try Program.withLibrary { library in
            let (output, errors) = (library.folder.appending(path: "out"), library.folder.appending(path: "err"))
            let process = try Program.process(
                ["search", "--batch", "-", "--json", "--library", library.path], output: output, errors: errors)
            let pipe = Pipe()
            process.standardInput = pipe
            try process.run()
            pipe.fileHandleForWriting.write(Data("query,備註\n停車,無\n收費,無\n".utf8))
            try pipe.fileHandleForWriting.close()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(try String(contentsOf: output, encoding: .utf8).split(separator: "\n").count == 2)
            #expect(try String(contentsOf: errors, encoding: .utf8) == "Columns that are not used: 備註.\n")
        }
    }
}
