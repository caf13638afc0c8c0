import DocketTestSupport
import Foundation

/// The built program, run as a person runs it.
struct Program: Sendable {
    /// What a run printed and how it ended.
    struct Result: Sendable {
        var status: Int32
        var output: String
        var errors: String

        /// Standard output as one JSON object a line.
        var objects: [[String: Any]] {
            output.split(separator: "\n").compactMap {
                (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
            }
        }
    }

    /// The executable beside the test bundle.
    static let url: URL = {
        let bundle = URL(filePath: CommandLine.arguments[0])
        var folder = bundle.deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appending(path: "docket")
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder), !isFolder.boolValue {
                return candidate
            }
            folder = folder.deletingLastPathComponent()
        }
        return bundle.deletingLastPathComponent().appending(path: "docket")
    }()

    /// Environment of a run: English, nothing of the caller's library.
    static func environment(_ more: [String: String] = [:]) -> [String: String] {
        var environment = ProcessInfo.processInfo.environment
        environment["DOCKET_LIBRARY"] = nil
        environment["DOCKET_LANG"] = nil
        environment["LC_ALL"] = "en_US.UTF-8"
        environment["USER"] = "tester"
        return environment.merging(more) { _, new in new }
    }

    /// A process that is not yet started; its output goes to the two files.
    static func process(
        _ arguments: [String], environment: [String: String] = [:], output: URL, errors: URL
    ) throws -> Process {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.environment = Self.environment(environment)
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Runs the program to its end.
    static func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Result {
        try run(arguments, environment: environment)
    }

    /// Runs the program to its end; it reads `input`, nothing when that is nil.
    static func run(_ arguments: [String], environment: [String: String] = [:], input: String? = nil) throws -> Result {
        try withFolder { folder in
            let (output, errors) = (folder.appending(path: "out"), folder.appending(path: "err"))
            let process = try process(arguments, environment: environment, output: output, errors: errors)
            if let input {
                let file = folder.appending(path: "in")
                try Data(input.utf8).write(to: file)
                process.standardInput = try FileHandle(forReadingFrom: file)
            }
            try process.run()
            process.waitUntilExit()
            return Result(
                status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
                errors: try String(contentsOf: errors, encoding: .utf8))
        }
    }

    /// A temporary folder for the time of `body`.
    static func withFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    /// A new library in a temporary folder for the time of `body`.
    static func withLibrary<Value>(_ arguments: String..., body: (TestLibrary) throws -> Value) throws -> Value {
        try withFolder { folder in
            let library = TestLibrary(folder: folder, path: folder.appending(path: "library").path)
            let result = try run(["init", "--library", library.path] + arguments)
            guard result.status == 0 else { throw Failed(result: result) }
            return try body(library)
        }
    }

    /// A run that should have succeeded.
    struct Failed: Error {
        let result: Result
    }
}

/// A library made for one test.
struct TestLibrary {
    let folder: URL
    let path: String

    /// Runs a command on this library.
    func run(_ arguments: String...) throws -> Program.Result { try run(arguments) }

    /// Runs a command on this library.
    func run(_ arguments: [String], input: String? = nil) throws -> Program.Result {
        try Program.run(arguments + ["--library", path], input: input)
    }

    /// Writes a file to add.
    func file(_ name: String, _ text: String) throws -> String { try file(name, Data(text.utf8)) }

    /// Writes a file to add.
    func file(_ name: String, _ data: Data) throws -> String {
        let url = folder.appending(path: name)
        try data.write(to: url)
        return url.path
    }

    /// Adds a file of the corpus and gives its id.
    func add(corpus path: String, _ arguments: String...) throws -> String {
        let url = ReferenceData.packageRoot.appending(path: "Corpus/" + path)
        let result = try run(["add", url.path, "--json"] + arguments)
        guard result.status == 0 else { throw Program.Failed(result: result) }
        return result.objects.first?["id"] as? String ?? ""
    }

    /// Adds rosters and the series of chief secretaries' meetings.
    func addRosters() throws {
        for name in ["rosters/agencies.csv", "rosters/persons.csv"] { _ = try add(corpus: name, "--kind", "roster") }
        _ = try add(corpus: "series/chief-secretaries.yaml", "--kind", "series")
    }

    /// Ids of all sources.
    func sources() throws -> [String] {
        try run("list", "--json", "--limit", "1000").objects.compactMap { $0["id"] as? String }
    }
}
