import DocketCore
import Foundation
import Subprocess

/// A program that parses hostile pages for Docket, run under limits of memory, time and output.
struct ExternalTool: Sendable {
    /// Name of the program and of the Debian package that has it.
    let name: String
    let package: String

    static let pdfText = ExternalTool(name: "pdftotext", package: "poppler-utils")
    static let pdfDrawing = ExternalTool(name: "pdftoppm", package: "poppler-utils")
    static let recognition = ExternalTool(name: "tesseract", package: "tesseract-ocr tesseract-ocr-chi-tra")

    /// What a run left behind.
    struct Result: Sendable {
        let output: Data
        let errors: String
        /// Nil when the program succeeded, else its exit status in words.
        let failure: String?
    }

    /// Runs the program on `arguments`; its clock time may be ten times `toolSeconds`, since it may wait for others.
    /// - Throws: `IngestError.toolMissing`, `.toolFailed`, `.limitExceeded` for `toolSeconds` and `toolOutputBytes`.
    func run(_ arguments: [String], on fileName: String, limits: ReaderLimits) async throws -> Result {
        guard let path = Self.path(of: name) else { throw IngestError.toolMissing(tool: name, package: package) }
        let bounds = [
            "--as=\(limits.toolMemoryBytes)", "--cpu=\(limits.toolSeconds)", "--fsize=\(limits.toolOutputBytes)",
            "--core=0",
        ]
        guard Self.path(of: "prlimit") != nil else {
            throw IngestError.toolMissing(tool: "prlimit", package: "util-linux")
        }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await Self.run(bounds + ["--", path] + arguments, name, fileName, limits) }
            group.addTask {
                try await Task.sleep(for: .seconds(10 * limits.toolSeconds))
                return nil
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() ?? nil else { throw Self.tooLong(fileName, limits) }
            return result
        }
    }

    private static func run(
        _ arguments: [String], _ tool: String, _ fileName: String, _ limits: ReaderLimits
    ) async throws -> Result {
        do {
            let result = try await Subprocess.run(
                .name("prlimit"), arguments: Arguments(arguments),
                environment: .inherit.updating(["OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"]),
                output: .bytes(limit: limits.toolOutputBytes), error: .string(limit: 1 << 20))
            if case .signaled(let signal) = result.terminationStatus {
                if signal == SIGXCPU || signal == SIGKILL { throw tooLong(fileName, limits) }
                throw IngestError.toolFailed(file: fileName, tool: tool, status: "signal \(signal)")
            }
            return Result(
                output: Data(result.standardOutput), errors: result.standardError,
                failure: result.terminationStatus.isSuccess ? nil : "\(result.terminationStatus)")
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            throw IngestError.limitExceeded(
                file: fileName, limit: .toolOutputBytes, value: limits.toolOutputBytes, place: .init())
        }
    }

    private static func tooLong(_ fileName: String, _ limits: ReaderLimits) -> IngestError {
        .limitExceeded(file: fileName, limit: .toolSeconds, value: limits.toolSeconds, place: .init())
    }

    /// Folders where Debian puts programs; the reader's PATH is not trusted to find what runs on hostile input.
    private static func path(of name: String) -> String? {
        ["/usr/bin", "/usr/local/bin", "/bin"].map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

/// A folder of this process alone, gone when it is done with.
struct TemporaryFolder {
    let url: URL

    init() throws(IngestError) {
        var template = Array((FileManager.default.temporaryDirectory.path + "/docket-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw .unreadable(file: "temporary folder", errno: errno) }
        let path = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        url = URL(filePath: String(decoding: path, as: UTF8.self), directoryHint: .isDirectory)
    }

    /// Writes bytes under a name of our own, never the source's.
    func write(_ data: Data, as name: String) throws(IngestError) -> String {
        let file = url.appending(path: name)
        do {
            try data.write(to: file)
        } catch {
            throw .unreadable(file: "temporary folder", errno: ENOSPC)
        }
        return file.path(percentEncoded: false)
    }

    func remove() {
        // What cannot be removed is left to the system's own cleaning of its temporary folder.
        try? FileManager.default.removeItem(at: url)
    }
}
