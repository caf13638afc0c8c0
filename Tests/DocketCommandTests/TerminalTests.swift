import DocketTestSupport
import Foundation
import Testing

@testable import docket

struct TerminalTests {
    /// What a hostile document would say to a terminal: a new title, a colour by a C1 control, words turned round.
    private static let hostile = "決議\u{1B}]0;x\u{07}甲\u{9B}31m乙\u{202E}丙\u{2066}丁\u{200F}\r戊"

    @Test(arguments: [true, false])
    func `no control character of a document reaches the terminal`(isTerminal: Bool) {
        let shown = Terminal.shown(Self.hostile, isTerminal: isTerminal)
        #expect(shown == "決議\u{FFFD}]0;x\u{FFFD}甲\u{FFFD}31m乙丙丁\u{FFFD}戊")
        #expect(Terminal.shown("a\tb\nc é 決", isTerminal: isTerminal) == "a\tb\nc é 決")
    }

    @Test func `emphasis is signs on a terminal and nothing in a pipe, and ends with its line`() {
        #expect(Terminal.shown(Terminal.bold("甲"), isTerminal: true) == "\u{1B}[1m甲\u{1B}[0m\u{1B}[0m")
        #expect(Terminal.shown(Terminal.bold("甲"), isTerminal: false) == "甲")
        #expect(Terminal.shown(Terminal.match("甲"), isTerminal: false) == "【甲】")
        #expect(Terminal.shown("\u{01}甲", isTerminal: true).hasSuffix("\u{1B}[0m"))
        #expect(Terminal.width(of: Terminal.bold("甲")) == 2)
    }

    @Test func `what add, show, search and list print of a document holds no control`() throws {
        try Program.withLibrary { library in
            let file = try library.file("a\u{1B}[2J.txt", Self.hostile + "：照案通過。\n")
            let added = try library.run("add", file)
            #expect(added.status == 0)
            let id = try #require(try library.sources().first)
            for arguments in [
                ["show", id], ["show", id, "--text"], ["show", "\(id)#0"], ["search", "照案"], ["list"],
            ] {
                let result = try library.run(arguments)
                #expect(result.status == 0)
                expectClean(result.output, "\(arguments)")
            }
            expectClean(added.output, "add")
            let refused = try library.file("b\u{1B}[2J\n.bin", Data([0, 1, 2, 3]))
            let errors = try library.run("add", refused).errors
            expectClean(errors, "errors")
            #expect(errors.split(separator: "\n").count == 1)
        }
    }

    private func expectClean(_ text: String, _ note: String) {
        #expect(
            !text.unicodeScalars.contains {
                $0.value < 0x20 && $0 != "\n" && $0 != "\t" || (0x7F...0x9F).contains($0.value)
                    || $0.properties.isBidiControl
            }, "\(note): \(text.debugDescription)")
    }

    @Test func `output that cannot be written ends with 5 and one line`() throws {
        try Program.withLibrary { library in
            let file = try library.file("a.txt", "決議：照案通過。\n")
            _ = try library.run("add", file)
            let id = try #require(try library.sources().first)
            for arguments in [["export", id], ["list"], ["show", id, "--json"], ["--help"]] {
                let errors = library.folder.appending(path: "errors")
                let all = arguments == ["--help"] ? arguments : arguments + ["--library", library.path]
                let process = try Program.process(all, output: library.folder.appending(path: "o"), errors: errors)
                process.standardOutput = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
                try process.run()
                process.waitUntilExit()
                #expect(process.terminationStatus == 5, "\(arguments)")
                let said = try String(contentsOf: errors, encoding: .utf8)
                #expect(said.split(separator: "\n").count == 1 && said.contains("No space left"), "\(said)")
            }
        }
    }
}
