import DocketTestSupport
import Foundation
import Testing

/// Bad files through the program: one line that names the file, what is wrong and what to do; code 3; nothing stored.
@Suite(.serialized)
struct BadInputTests {
    /// A file that cannot be read, and words of its line: what is wrong, and the remedy.
    private struct Bad {
        let name: String
        let what: String
        let remedy: String
        let data: @Sendable () throws -> Data

        init(_ name: String, _ what: String, _ remedy: String, _ data: @escaping @Sendable () throws -> Data) {
            (self.name, self.what, self.remedy, self.data) = (name, what, remedy, data)
        }
    }

    private static let word = ZipArchive.data([
        ("[Content_Types].xml", Data("<Types/>".utf8)),
        (
            "word/document.xml",
            Data(
                ("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p>"
                    + "<w:r><w:t>決議：照案通過。</w:t></w:r></w:p></w:body></w:document>").utf8)
        ),
    ])

    private static func text(_ text: String) -> @Sendable () -> Data { { Data(text.utf8) } }

    private static let bad: [Bad] = [
        Bad("empty.txt", "empty file", "copied completely") { Data() },
        Bad("truncated.docx", "DOCX file is cut short", "complete copy") { word.dropLast(60) },
        Bad("truncated.pdf", "PDF file is cut short", "complete copy", text("%PDF-1.7\n1 0 obj\n<< /Type /Catalog")),
        Bad(
            "truncated.xml", "cut short", "complete copy",
            text("<akomaNtoso><debate><debateBody><speech by=\"#a\"><p>說")),
        Bad("mixed.txt", "neither text nor a known format", "save it as UTF-8") {
            // Big5, then bytes of no encoding.
            Data([0xB2, 0xC4, 0xC4, 0xB3, 0x20]) + Data("決議".utf8) + Data([0xFF, 0xFE, 0x0A])
        },
        Bad("wrong-name.docx", "sound (MP3)", "make a transcript") {
            Data("ID3".utf8) + Data([4, 0, 0, 0, 0, 0, 0]) + Data(repeating: 0xFF, count: 200)
        },
        Bad("locked.docx", "protected by a password", "without the password") {
            ZipArchive.data([ZipArchive.Entry("word/document.xml", Data("<w:document/>".utf8), flags: 1)])
        },
        Bad("locked.pdf", "protected by a password", "without the password") {
            try Data(contentsOf: ReferenceData.packageRoot.appending(path: "Tests/Fixtures/readers/encrypted.pdf"))
        },
        Bad("bomb.docx", "zipRatio", "raise limits.zipRatio") {
            ZipArchive.data([try .deflated("word/document.xml", Data(repeating: 0x20, count: 8 << 20))])
        },
        Bad(
            "nested.html", "xmlDepth", "raise limits", text("<html><body>" + String(repeating: "<div>", count: 50_000))),
        Bad("nested.xml", "xmlDepth", "raise limits", text("<akomaNtoso>" + String(repeating: "<p>", count: 50_000))),
        Bad("nested.json", "jsonDepth", "raise limits", text("{\"segments\":" + String(repeating: "[", count: 50_000))),
        Bad(
            "laughs.xml", "entities of its own", "save it again",
            text(
                "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><akomaNtoso><debate><debateBody>"
                    + "<speech by=\"#x\"><p>&b;</p></speech></debateBody></debate></akomaNtoso>")),
        Bad(
            "outside.xml", "entities of its own", "save it again",
            text(
                "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><akomaNtoso><debate><debateBody>"
                    + "<speech by=\"#x\"><p>&f;</p></speech></debateBody></debate></akomaNtoso>")),
        Bad("binary.txt", "neither text nor a known format", "save it as UTF-8") {
            Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) })
        },
        Bad("program.txt", "ELF", "save it as ODT") { Data([0x7F, 0x45, 0x4C, 0x46, 2, 1]) + Data(count: 100) },
    ]

    @Test func `a file that cannot be read is one clear line and costs nothing else`() throws {
        try Program.withLibrary { library in
            for (number, bad) in Self.bad.enumerated() {
                let good = try library.file("good.txt", "決議：第\(number)案照案通過。\n")
                let result = try library.run("add", library.file(bad.name, bad.data()), good)
                #expect(result.status == 3, "\(bad.name)")
                #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
                for words in [bad.name, bad.what, bad.remedy] {
                    #expect(result.errors.contains(words), "\(result.errors)")
                }
            }
            #expect(try library.sources().count == Self.bad.count)
            #expect(try library.run("doctor").status == 0)
        }
    }

    @Test func `a line of a gigabyte is refused by its size`() throws {
        try Program.withLibrary { library in
            let file = try library.file("big.txt", String(repeating: "字", count: 50_000))
            // A hole takes no room on the disk, and goes with the folder.
            let handle = try FileHandle(forWritingTo: URL(filePath: file))
            try handle.truncate(atOffset: 1 << 30)
            try handle.close()
            let result = try library.run("add", file)
            #expect(result.status == 3)
            #expect(result.errors.split(separator: "\n").count == 1)
            #expect(result.errors.contains("big.txt") && result.errors.contains("documentBytes = "))
            #expect(try library.sources().isEmpty)
        }
    }

    @Test func `a name that says another form changes nothing`() throws {
        try Program.withLibrary { library in
            let files = [
                try library.file("text.pdf", "決議：甲案照案通過。\n"), try library.file("word.txt", Self.word),
                try library.file("big5.json", Data([0xA8, 0x4D, 0xC4, 0xB3, 0x0A])),
            ]
            #expect(try library.run(["add"] + files).status == 0)
            let readers = try files.map { try library.run("inspect", $0, "--json").objects.first?["reader"] as? String }
            #expect(readers == ["plain-text/1", "docx/1", "plain-text/1"])
            #expect(try library.run("search", "決議", "--json").objects.last?["total"] as? Int == 3)
        }
    }

    // MARK: Libraries

    @Test func `a library of a later version is named with the remedy and left alone`() throws {
        try Program.withLibrary { library in
            let file = URL(filePath: library.path).appending(path: "docket.sqlite")
            // The version of the tables stands in the header of the file, big-endian at byte 60.
            var data = try Data(contentsOf: file)
            data.replaceSubrange(60..<64, with: [0, 1, 0, 0])
            try data.write(to: file)
            let paper = try library.file("a.txt", "決議：照案通過。\n")
            for arguments in [["list"], ["add", paper], ["search", "決議"], ["show", "x"]] {
                let result = try library.run(arguments)
                #expect(result.status == 5, "\(arguments)")
                #expect(result.errors.split(separator: "\n").count == 1)
                #expect(result.errors.contains("later version") && result.errors.contains("update Docket"))
            }
            #expect(try Data(contentsOf: file) == data)
        }
    }

    /// How a user without rights runs the program: as oneself, or for root as nobody.
    private static let lowly: [String]? = {
        if getuid() != 0 { return [] }
        let nobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        let process = Process()
        process.executableURL = URL(filePath: nobody[0])
        process.arguments = nobody.dropFirst() + [Program.url.path, "--version"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return nil }
        process.waitUntilExit()
        return process.terminationStatus == 0 ? nobody : nil
    }()

    @Test(.enabled(if: lowly != nil, "the program cannot be run as another user here"))
    func `a library that can only be read is read, and a change is refused with the remedy`() throws {
        let prefix = try #require(Self.lowly)
        try Program.withLibrary { library in
            let paper = try library.file("a.txt", "決議：照案通過。\n")
            #expect(try library.run("add", paper).status == 0)
            let more = try library.file("b.txt", "決議：備查。\n")
            func setRights(folders: Int, files: Int) throws {
                let manager = FileManager.default
                try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: library.folder.path)
                for name in [""] + (try manager.subpathsOfDirectory(atPath: library.path)) {
                    let path = URL(filePath: library.path).appending(path: name).path
                    let isFolder = try manager.attributesOfItem(atPath: path)[.type] as? FileAttributeType
                    let rights = isFolder == .typeDirectory ? folders : files
                    try manager.setAttributes([.posixPermissions: rights], ofItemAtPath: path)
                }
            }
            try setRights(folders: 0o555, files: 0o444)
            defer { try? setRights(folders: 0o755, files: 0o644) }
            func run(_ arguments: String...) throws -> Program.Result {
                let (output, errors) = (library.folder.appending(path: "o"), library.folder.appending(path: "e"))
                let process = try Program.process([], output: output, errors: errors)
                let command = prefix + [Program.url.path] + arguments + ["--library", library.path]
                process.executableURL = URL(filePath: command[0])
                process.arguments = Array(command.dropFirst())
                // Under `make coverage` nobody could write the profile, and the runtime would say so.
                process.environment = (process.environment ?? [:]).merging(["LLVM_PROFILE_FILE": "/dev/null"]) { $1 }
                try process.run()
                process.waitUntilExit()
                return Program.Result(
                    status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
                    errors: try String(contentsOf: errors, encoding: .utf8))
            }
            let listed = try run("list", "--json")
            #expect(listed.status == 0 && listed.objects.count == 1, "\(listed.errors)")
            let refused = try run("add", more)
            #expect(refused.status == 5)
            #expect(refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
            #expect(refused.errors.contains("can be read but not written"))
        }
    }
}
