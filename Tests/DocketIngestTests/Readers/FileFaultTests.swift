import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// Faults of files and of the programs that read pages.
struct FileFaultTests {
    /// A file that is gone after the test.
    private func withFile(_ name: String, _ body: (URL) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try await body(folder.url.appending(path: name))
    }

    @Test func `what is no file, or cannot be opened, is named so`() async throws {
        #expect(throws: IngestError.unreadable(file: "nowhere.txt", errno: ENOENT)) {
            try ReaderInput(file: URL(filePath: "/nonexistent/nowhere.txt"))
        }
        #expect(throws: IngestError.notAFile(file: "null")) { try ReaderInput(file: URL(filePath: "/dev/null")) }
        #expect(throws: IngestError.notAFile(file: "tmp")) { try ReaderInput(file: URL(filePath: "/tmp")) }
        try await withFile("空 白.txt") { url in
            try Data().write(to: url)
            #expect(throws: IngestError.empty(file: "空 白.txt")) { try ReaderInput(file: url) }
            try Data("決議：通過。".utf8).write(to: url)
            #expect(try ReaderInput(file: url).fileName == "空 白.txt")
        }
    }

    @Test func `a wrong name changes nothing`() async throws {
        for name in ["a.pdf", "a.docx", "a.json", "noname"] {
            guard case .source(let source) = try await read(Data("決議：照案通過。".utf8), named: name) else { continue }
            #expect(source.origin.reader == "plain-text/1" && source.origin.fileName == name)
        }
    }

    /// Memory of the process that is its own, without the pages of mapped files, in bytes.
    private static func ownMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) << 10
    }

    @Test(arguments: [
        ("a", ReaderLimits.Key.documentBytes), ("{\"id\":1,\"title\":\"", .recordBytes),
        ("{\"segments\":[", .recordBytes),
    ])
    func `a line of a gigabyte is refused without being loaded`(start: String, limit: ReaderLimits.Key) async throws {
        try await withFile("big") { url in
            // 100 KiB of text and then a hole, which takes no room on the disk.
            try Data((start + String(repeating: "x", count: 100 << 10)).utf8).write(to: url)
            let handle = try FileHandle(forWritingTo: url)
            try handle.truncate(atOffset: 1 << 30)
            try handle.close()
            let before = try Self.ownMemory()
            let input = try ReaderInput(file: url)
            await #expect {
                _ = try await ReaderRegistry.standard.read(input)
            } throws: {
                guard case .limitExceeded(_, limit, _, _) = $0 as? IngestError else { return false }
                return true
            }
            // Other tests run beside this one; what counts is that the gigabyte is not there.
            #expect(try Self.ownMemory() - before < 600 << 20)
        }
    }

    @Test func `a container is streamed: its first record comes without the rest being read`() async throws {
        let line = "{\"id\":1,\"title\":\"道路\",\"abstract\":\"\(String(repeating: "文", count: 300))\"}\n"
        let data = Data(String(repeating: line, count: 60_000).utf8)
        let input = try ReaderInput(data: data, fileName: "big.jsonl")
        guard case .records(let records) = try await ReaderRegistry.standard.read(input) else {
            throw CancellationError()
        }
        let clock = ContinuousClock()
        let first = clock.measure { #expect(records.makeIterator().next()?.line == 1) }
        #expect(first < .seconds(1))
    }

    // MARK: Programs

    @Test func `a missing program is named with its package`() async {
        let tool = ExternalTool(name: "no-such-program", package: "some-package")
        await #expect(throws: IngestError.toolMissing(tool: "no-such-program", package: "some-package")) {
            _ = try await tool.run([], on: "x", limits: ReaderLimits())
        }
        #expect(
            IngestError.toolMissing(tool: "a", package: "some-package").explanation.en
                .contains("apt-get install some-package"))
    }

    @Test func `a program that runs on, or writes on, is stopped`() async {
        let shell = ExternalTool(name: "sh", package: "dash")
        var limits = ReaderLimits()
        limits.toolSeconds = 1
        await #expect(
            throws: IngestError.limitExceeded(file: "x", limit: .toolSeconds, value: 1, place: .init())
        ) { _ = try await shell.run(["-c", "while :; do :; done"], on: "x", limits: limits) }
        limits = ReaderLimits()
        limits.toolOutputBytes = 100_000
        await #expect(
            throws: IngestError.limitExceeded(file: "x", limit: .toolOutputBytes, value: 100_000, place: .init())
        ) { _ = try await shell.run(["-c", "yes"], on: "x", limits: limits) }
    }

    @Test func `a cancelled reading stops its program`() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let task = Task {
            try await ExternalTool(name: "sleep", package: "coreutils").run(["900"], on: "x", limits: ReaderLimits())
        }
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        _ = await task.result
        #expect(clock.now - start < .seconds(300))
    }

    @Test func `a page of text and a page of picture are both read, each in its place`() async throws {
        let text = try await readSource(Fixture.pdf(["Hello Docket", nil, "Third page"]))
        #expect(text.words == ["Hello Docket", "Third page"])
        #expect(text.passages.map { $0.locator?.page } == [1, 3])
        #expect((text.passages[0].locator?.box?.first ?? 0) == 72)
        let drawn = try Fixture.run(
            "/usr/bin/pdftoppm", ["-r", "100", "-gray", "-singlefile", "-"], input: Fixture.pdf(["Hello Docket"]))
        // PGM: "P5", width and height, depth, each with white space after it, then the pixels.
        let head = drawn.prefix(64).split(separator: 0x0A, maxSplits: 3)
        let size = String(decoding: head[1], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
        let pixels = drawn.suffix(size[0] * size[1])
        let scan = try await readSource(Fixture.scan(Data(pixels), width: size[0], height: size[1]))
        #expect(scan.text.contains("Hello Docket"))
        #expect(scan.passages.first?.locator?.page == 1 && (scan.passages.first?.locator?.confidence ?? 0) > 0.5)
        #expect(scan.findings.map(\.rule) == ["READ-05"])
    }
}

struct InspectionTests {
    @Test func `an inspection tells what a file is and what reading gives`() async throws {
        let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 主席>好。\n\n00:02.000 --> 00:05.500\n<v 乙>好。\n"
        let input = try ReaderInput(data: Data(text.utf8), fileName: "a.txt")
        let inspection = try await ReaderRegistry.standard.inspect(input)
        #expect(inspection.reader == "webvtt/1" && inspection.mediaType == "text/vtt" && inspection.encoding == "UTF-8")
        #expect(inspection.passages == ["utterance": 2] && inspection.speakers == ["主席", "乙"])
        #expect(inspection.milliseconds == 4500 && inspection.textBytes == 13 && inspection.records == nil)
    }

    @Test func `a container is counted with its bad lines, a bad file explained`() async throws {
        let lines = Data("{\"id\":1,\"title\":\"甲\"}\n{bad\n{\"id\":2,\"title\":\"乙\"}\n".utf8)
        let inspection = try await ReaderRegistry.standard.inspect(ReaderInput(data: lines, fileName: "a"))
        #expect(inspection.records == 2 && inspection.findings.count == 1 && inspection.kind == .record)
        let bad = try await ReaderRegistry.standard.inspect(
            ReaderInput(data: Data([0x1F, 0x8B, 8, 0]), fileName: "a.gz"))
        #expect(bad.reader == nil && bad.error?.en.contains("gzip") ?? false)
    }
}
