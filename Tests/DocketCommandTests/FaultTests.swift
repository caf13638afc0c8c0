import DocketTestSupport
import Foundation
import Testing

/// Bad input and bad luck, each for real.
@Suite(.serialized)
struct FaultTests {
    @Test func `a kill in the middle of add leaves nothing half stored, and the rest is added later`() throws {
        try Program.withLibrary { library in
            // As many as a search counts exactly.
            let count = 10_000
            let lines = (0..<count).map { #"{"id":"R\#($0)","title":"第\#($0)號案卷","abstract":"公文歸檔與檢調事項"}"# }
            let file = try library.file("many.jsonl", lines.joined(separator: "\n") + "\n")
            let process = try Program.process(
                ["add", "--kind", "record", file, "--library", library.path],
                output: library.folder.appending(path: "o"), errors: library.folder.appending(path: "e"))
            func total() throws -> Int {
                try library.run("search", "公文歸檔", "--json").objects.last?["total"] as? Int ?? 0
            }
            try process.run()
            // The first records are there and more are on their way.
            var seen = 0
            while seen == 0, process.isRunning { seen = try total() }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(process.terminationReason == .uncaughtSignal, "it had ended before the kill")
            #expect(try library.run("doctor").status == 0)
            let partial = try total()
            #expect(seen > 0 && seen <= partial && partial < count)
            let again = try library.run("add", "--kind", "record", file)
            #expect(again.status == 0, "\(again.errors)")
            #expect(try library.run("search", "公文歸檔", "--json").objects.last?["total"] as? Int == count)
            #expect(try library.run("doctor").status == 0)
        }
    }

    @Test func `two processes add at once and both succeed`() throws {
        try Program.withLibrary { library in
            var processes: [Process] = []
            for index in 0..<2 {
                let files = try (0..<4).map { number in
                    try library.file("f\(index)-\(number).txt", "第\(index)組第\(number)件：請各機關配合辦理。\n")
                }
                let process = try Program.process(
                    ["add"] + files + ["--library", library.path],
                    output: library.folder.appending(path: "o\(index)"),
                    errors: library.folder.appending(path: "e\(index)"))
                try process.run()
                processes.append(process)
            }
            for process in processes {
                process.waitUntilExit()
                #expect(process.terminationStatus == 0)
            }
            #expect(try library.sources().count == 8)
        }
    }

    @Test func `a disk that is full stops the step and keeps what was stored`() throws {
        try Program.withLibrary { library in
            let small = try library.file("small.txt", "先前的決議：備查。\n")
            #expect(try library.run("add", small).status == 0)
            let words = (0..<200_000).map { "第\($0)項辦理情形。" }.joined(separator: "\n")
            let large = try library.file("large.txt", words)
            let shell = Process()
            shell.executableURL = URL(filePath: "/bin/bash")
            // No file may grow beyond 2 MiB: the system refuses the write as a full disk does.
            shell.arguments = [
                "-c", "ulimit -f 2048; exec \"$0\" \"$@\"", Program.url.path, "add", large, "--library", library.path,
            ]
            // The shell itself warns of a locale that the machine lacks.
            shell.environment = Program.environment(["LC_ALL": "C.UTF-8", "DOCKET_LANG": "en"])
            let errors = library.folder.appending(path: "errors")
            _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
            shell.standardError = try FileHandle(forWritingTo: errors)
            shell.standardOutput = FileHandle.nullDevice
            try shell.run()
            shell.waitUntilExit()
            #expect(shell.terminationStatus == 5)
            let said = try String(contentsOf: errors, encoding: .utf8)
            #expect(said.split(separator: "\n").count == 1, "\(said)")
            #expect(try library.sources().count == 1)
            #expect(try library.run("doctor").status == 0)
        }
    }

    @Test func `a folder that is no library and a library that is not there are named with the remedy`() throws {
        try Program.withFolder { folder in
            let missing = try Program.run("list", "--library", folder.appending(path: "none").path)
            #expect(missing.status == 5)
            #expect(missing.errors.contains("docket init"))
            try Data("x".utf8).write(to: folder.appending(path: "docket.sqlite"))
            let other = try Program.run("list", "--library", folder.path)
            #expect(other.status == 5)
            #expect(other.errors.split(separator: "\n").count == 1)
        }
    }

    @Test func `a limit that the settings lower is kept and named`() throws {
        try Program.withLibrary { library in
            let file = URL(filePath: library.path).appending(path: "docket.yaml")
            try Data("limits:\n  documentBytes: 20\n".utf8).write(to: file)
            let large = try library.file("large.txt", "決議：照案通過，並請各機關配合辦理。\n")
            let result = try library.run("add", large)
            #expect(result.status == 3)
            #expect(result.errors.contains("documentBytes"))
            try Data("limits:\n  nonsense: 20\n".utf8).write(to: file)
            #expect(try library.run("add", large).errors.contains("limits"))
        }
    }

    @Test func `settings that are wrong are named by their key`() throws {
        try Program.withLibrary { library in
            let file = URL(filePath: library.path).appending(path: "docket.yaml")
            try Data("name: x\nceiling: enormous\n".utf8).write(to: file)
            let result = try library.run("list")
            #expect(result.status == 3)
            #expect(result.errors.contains("docket.yaml"))
            #expect(result.errors.contains("ceiling"))
        }
    }
}
