import DocketTestSupport
import Foundation
import Testing

@testable import docket

struct InterfaceTests {
    @Test(arguments: Phrase.allCases)
    func `a phrase has the same places in both languages`(phrase: Phrase) {
        func places(_ language: Language) -> Set<String> {
            Set(phrase.words(in: language).matches(of: #/\{\d\}/#).map { String($0.output) })
        }
        #expect(!phrase.words(in: .zhHant).isEmpty)
        #expect(!phrase.words(in: .en).isEmpty)
        #expect(places(.zhHant) == places(.en))
    }

    private static func hasChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    @Test(arguments: Phrase.allCases)
    func `Traditional Chinese words hold Chinese and English ones do not`(phrase: Phrase) {
        #expect(Self.hasChinese(phrase.words(in: .zhHant)))
        #expect(!Self.hasChinese(phrase.words(in: .en)))
    }

    @Test func `every phrase is used`() throws {
        let folder = ReferenceData.packageRoot.appending(path: "Sources/docket")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".swift") && !$0.hasPrefix("Strings/")
        }
        let code = try files.map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
        let words = Set(code.split { !$0.isLetter && !$0.isNumber && $0 != "." }.flatMap { $0.split(separator: ".") })
        #expect(Phrase.allCases.map(\.rawValue).filter { !words.contains(Substring($0)) } == [])
    }

    @Test func `the command line page is in step with the program`() throws {
        let page = try String(
            contentsOf: ReferenceData.packageRoot.appending(path: "docs/cli.md"), encoding: .utf8)
        let made = try Program.run("documentation", "cli", "--lang", "en")
        #expect(made.status == 0)
        #expect(page == made.output, "run make docs")
    }

    @Test(
        arguments: [
            (["--lang", "en"], [:], Language.en), (["--lang=zh-TW"], ["LANG": "en_US.UTF-8"], .zhHant),
            ([], ["LC_ALL": "en_GB.UTF-8"], .en), ([], ["LANG": "C"], .zhHant), ([], [:], .zhHant),
            ([], ["DOCKET_LANG": "en", "LC_ALL": "zh_TW.UTF-8"], .en),
        ] as [([String], [String: String], Language)])
    func `the language follows flag, variable, locale and then the first language`(
        arguments: [String], environment: [String: String], expected: Language
    ) {
        #expect(Language.chosen(arguments: arguments, environment: environment) == expected)
    }

    @Test func `a usage error ends with 2 and speaks the language asked for`() throws {
        let english = try Program.run("list", "--nonsense")
        #expect(english.status == 2)
        #expect(english.errors.contains("Unknown option '--nonsense'"))
        let chinese = try Program.run("list", "--nonsense", "--lang", "zh-Hant")
        #expect(chinese.status == 2)
        #expect(chinese.errors.contains("沒有選項「--nonsense」"))
        #expect(!chinese.errors.contains("Unknown"))
    }

    @Test func `an error under --json is one JSON object`() throws {
        for arguments in [["show", "x", "--json", "--library", "/nonexistent"], ["list", "--json", "--nonsense"]] {
            let result = try Program.run(arguments)
            let object = try JSONSerialization.jsonObject(with: Data(result.errors.utf8)) as? [String: [String: Any]]
            #expect(object?["error"]?["code"] as? Int32 == result.status)
            #expect((object?["error"]?["message"] as? String)?.isEmpty == false)
        }
    }

    @Test func `help and completions are printed in full`() throws {
        let help = try Program.run("--help", "--lang", "zh-Hant")
        #expect(help.status == 0)
        #expect(help.output.contains("用法：docket"))
        let script = try Program.run("--generate-completion-script", "bash")
        #expect(script.status == 0)
        #expect(script.output.contains("_docket"))
        #expect(try Program.run("--version").output == "\(Docket.version)\n")
    }

    @Test func `a wide text is cut and padded by its columns`() {
        #expect(Terminal.width(of: "決議A") == 5)
        #expect(Terminal.fitted("決議備查", columns: 5) == "決議…")
        let lines = Terminal.table(["ID", "標題"], [["1", "決議"], ["22", "備查"]])
        #expect(lines.last == "22  備查")
    }
}
