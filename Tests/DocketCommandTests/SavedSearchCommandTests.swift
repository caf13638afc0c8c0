import DocketTestSupport
import Foundation
import Testing

@testable import docket

/// Saved searches and what they tell, at the command line.
@Suite struct SavedSearchCommandTests {
    private static func paper(_ library: TestLibrary, _ name: String, _ text: String) throws -> String {
        let added = try library.run("add", "--json", "--kind", "document", try library.file(name, text + "\n"))
        #expect(added.status == 0, "\(added.errors)")
        return added.objects.first?["id"] as? String ?? ""
    }

    @Test func `a search is saved, run, listed and forgotten`() throws {
        try Program.withLibrary { library in
            _ = try Self.paper(library, "a.txt", "停車場收費標準修正案，請交通局於六月底前提報。")
            let saved = try library.run("search", "--save", "停車", "停車場", "收費", "--kind", "passage", "--json")
            #expect(saved.status == 0, "\(saved.errors)")
            #expect(saved.objects.first?["name"] as? String == "停車")
            #expect(saved.objects.first?["query"] as? String == "停車場 收費")
            #expect(saved.objects.dropFirst().first?["kind"] as? String == "passage")
            #expect(saved.objects.last?["total"] as? Int == 1)
            let again = try library.run("search", "--save", "停車", "別的")
            #expect(again.status == 2 && again.errors.contains("--replace"), "\(again.errors)")
            let run = try library.run("search", "--saved", "停車", "--json").objects
            #expect(run.count == 2 && run[0]["rank"] as? Int == 1)
            #expect(try library.run("search", "--saved", "停車").output.contains("1 results"))
            let listed = try library.run("search", "--list-saved", "--json").objects
            #expect(listed.map { $0["name"] as? String } == ["停車"] && listed[0]["savedBy"] as? String == "cli:tester")
            #expect(listed[0]["filters"] as? [String: [String]] == ["kind": ["passage"]])
            let table = try library.run("search", "--list-saved").output
            #expect(table.contains("停車場 收費") && table.contains("kind:passage"))
            #expect(try library.run("search", "--save", "停車", "--replace", "備查", "--by", "甲").status == 0)
            #expect(try library.run("search", "--list-saved", "--json").objects[0]["savedBy"] as? String == "cli:甲")
            #expect(try library.run("search", "--forget", "停車").output == "Removed the saved search \"停車\".\n")
            #expect(try library.run("search", "--list-saved").output == "Nothing here.\n")
            for arguments in [["--saved", "停車"], ["--forget", "停車"], ["--saved", "停車", "--since-last"]] {
                let gone = try library.run(["search"] + arguments)
                #expect(gone.status == 2 && gone.errors.contains("--list-saved"), "\(gone.errors)")
            }
        }
    }

    @Test func `what is new since last time is shown once, grouped and counted`() throws {
        try Program.withLibrary { library in
            _ = try Self.paper(library, "a.txt", "停車場收費標準修正案。")
            #expect(try library.run("search", "--save", "停車", "停車場").status == 0)
            let none = try library.run("search", "--saved", "停車", "--since-last")
            #expect(none.status == 0 && none.output.contains("0 new, 0 changed (of 1 in all)"), "\(none.output)")
            let id = try Self.paper(library, "b.txt", "停車場新建工程決標。")
            let news = try library.run("search", "--saved", "停車", "--since-last")
            #expect(news.output.contains("New\n1. ") && news.output.contains("新建工程決標"))
            #expect(news.output.contains("1 new, 0 changed (of 2 in all)"))
            #expect(try library.run("search", "--saved", "停車", "--since-last").output.contains("0 new, 0 changed"))
            #expect(try library.run("reindex").status == 0)
            let json = try library.run("search", "--saved", "停車", "--since-last", "--json").objects
            #expect(json.count == 1 && json[0]["new"] as? Int == 0 && json[0]["total"] as? Int == 2)
            #expect(try library.run("withdraw", id, "--authority", "令").status == 0)
            let less = try library.run("search", "--saved", "停車", "--since-last", "--json").objects
            #expect(less[0]["new"] as? Int == 0 && less[0]["changed"] as? Int == 0 && less[0]["total"] as? Int == 1)
            let chinese = try library.run("search", "--saved", "停車", "--since-last", "--lang", "zh-Hant").output
            #expect(chinese.contains("新增 0 筆、異動 0 筆"), "\(chinese)")
        }
    }

    @Test func `a run whose output is lost forgets nothing`() throws {
        try Program.withLibrary { library in
            #expect(try library.run("search", "--save", "停車", "停車場").status == 0)
            _ = try Self.paper(library, "a.txt", "停車場收費標準修正案。")
            for _ in 0..<2 {
                let process = try Program.process(
                    ["search", "--saved", "停車", "--since-last", "--library", library.path],
                    output: library.folder.appending(path: "out"), errors: library.folder.appending(path: "err"))
                let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
                process.standardOutput = full
                try process.run()
                process.waitUntilExit()
                #expect(process.terminationStatus == 5)
            }
            let news = try library.run("search", "--saved", "停車", "--since-last", "--json").objects
            #expect(news.count == 2 && news[0]["change"] as? String == "new" && news[1]["new"] as? Int == 1)
        }
    }

    @Test func `a run that is killed forgets nothing that it had not shown`() throws {
        try Program.withLibrary { library in
            #expect(try library.run("search", "--save", "停車", "停車場").status == 0)
            var random = SeededGenerator(seed: 11)
            for round in 0..<12 {
                _ = try Self.paper(library, "p\(round).txt", "停車場收費標準修正第\(round)案，請交通局提報。")
                let output = library.folder.appending(path: "killed\(round)")
                let process = try Program.process(
                    ["search", "--saved", "停車", "--since-last", "--json", "--library", library.path], output: output,
                    errors: library.folder.appending(path: "err"))
                try process.run()
                usleep(useconds_t.random(in: 0..<120_000, using: &random))
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                let wasShown = try String(contentsOf: output, encoding: .utf8).contains("\"shown\":1")
                let next = try library.run("search", "--saved", "停車", "--since-last", "--json").objects
                let isNew = next.last?["new"] as? Int == 1
                #expect(isNew || wasShown, "round \(round)")
                #expect(next.last?["changed"] as? Int == 0 && next.last?["total"] as? Int == round + 1)
            }
        }
    }

    @Test func `what does not go together is refused in one line, in both languages`() throws {
        try Program.withLibrary { library in
            #expect(try library.run("search", "--save", "停車", "停車場").status == 0)
            for arguments in [
                ["--since-last"], ["--replace", "x"], ["--saved", "停車", "x"], ["--saved", "停車", "--kind", "entry"],
                ["--saved", "停車", "--since-last", "--page", "x"], ["--save", "a", "--saved", "停車"],
                ["--list-saved", "x"], ["--forget", "停車", "--limit", "0"], ["--save", "a", "--batch", "f"],
                ["--csv", "--json", "x"], ["--batch", "f", "x"], ["--csv", "x", "--page", "y"],
                ["--today", "110", "x"],
                ["--save", "", "x"], ["--save", "a\nb", "x"],
            ] {
                for language in ["en", "zh-Hant"] {
                    let result = try library.run(["search", "--lang", language] + arguments)
                    #expect(result.status == 2, "\(arguments)")
                    #expect(result.errors.split(separator: "\n").count == 1, "\(arguments): \(result.errors)")
                    let isChinese = result.errors.contains { "須不請".contains($0) }
                    #expect(isChinese == (language == "zh-Hant"), "\(result.errors)")
                }
            }
            #expect(try library.run("search", "--list-saved", "--json").objects.count == 1)
        }
    }
}
