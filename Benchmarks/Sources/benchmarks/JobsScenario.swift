import DocketTestSupport
import Foundation
import LoopbackEndpoint

/// A batch done by `docket work` against a server of fixed latency and N slots: how busy the slots are, what Docket itself
/// costs for each request, and how much memory the worker takes.
///
/// The baseline is `docket work` over the same batch with the embedded engine: all that Docket does without a request.
/// The server runs here, the worker is a process of its own, so that its processor time is its own.
enum JobsScenario {
    /// What a worker took.
    private struct Cost {
        var wall: Double
        var processor: Double
        var peakMegabytes: Double
        var status: Int32
    }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }
    /// The program: `DOCKET_PROGRAM`, else the release build beside this package.
    private static var program: String { environment["DOCKET_PROGRAM"] ?? "../.build/release/docket" }
    private static var documents: Int { environment["DOCKET_BENCH_DOCUMENTS"].flatMap(Int.init) ?? 1000 }
    private static var slots: Int { environment["DOCKET_BENCH_SLOTS"].flatMap(Int.init) ?? 4 }
    private static var milliseconds: Int { environment["DOCKET_BENCH_LATENCY"].flatMap(Int.init) ?? 200 }

    static func run() throws {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            return print("skipped: no \(program); make build makes it, or name one by DOCKET_PROGRAM")
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a left-over folder harms no measurement
        let responder = ScriptedResponder()
        let server = try LoopbackEndpoint(
            .init(slots: slots, latency: .milliseconds(milliseconds), contextTokens: 16_384)
        ) { call in Reply(responder.answer(call.messages), pieceLength: 400) }
        defer { server.stop() }
        try prepare(folder, server)
        print("\(documents) documents, \(slots) slots, \(milliseconds) ms a request")
        let plain = try work(folder, ["--engine", "extractive"])
        report("baseline: embedded engine", plain, perWhat: documents)
        let chat = try work(folder, ["--engine", "chat-completion", "--endpoint", "bench"])
        let record = server.record
        report("endpoint", chat, perWhat: record.chats.count)
        print("requests \(record.chats.count)  slots busy \(percent(record.utilisation(of: slots)))")
    }

    // MARK: - Parts

    /// A library of letters of 300 to 3,000 characters, with a batch for each engine.
    private static func prepare(_ folder: URL, _ server: LoopbackEndpoint) throws {
        let library = folder.appending(path: "library").path
        _ = try execute(["init", "--library", library])
        let profiles = folder.appending(path: "library/models/endpoints")
        try FileManager.default.createDirectory(at: profiles, withIntermediateDirectories: true)
        let profile = """
            name: bench
            baseURL: \(server.baseURL)
            model: tiny
            contextTokens: 16384
            slots: \(slots)
            clearance: internal
            """
        try Data(profile.utf8).write(to: profiles.appending(path: "bench.yaml"))
        let papers = folder.appending(path: "papers")
        try FileManager.default.createDirectory(at: papers, withIntermediateDirectories: true)
        for number in 0..<documents {
            let lines = (0..<10 + number % 90).map {
                "第\(number)案第\($0)項：請各機關於\($0 % 28 + 1)日內提報辦理情形，並副知秘書處彙整。"
            }
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: papers.appending(path: "\(number).txt"))
        }
        _ = try execute(["add", "--kind", "document", "--quiet", "--library", library, papers.path])
        for engine in [["--engine", "extractive"], ["--engine", "chat-completion", "--endpoint", "bench"]] {
            _ = try execute(["draft", "summary", "--all", "--again", "--library", library] + engine)
        }
    }

    private static func work(_ folder: URL, _ arguments: [String]) throws -> Cost {
        let cost = try execute(
            ["work", "--quiet", "--library", folder.appending(path: "library").path] + arguments)
        if cost.status != 0 { print("docket work ended with \(cost.status)") }
        return cost
    }

    /// Runs the program to its end, with what it took by the system's account.
    private static func execute(_ arguments: [String]) throws -> Cost {
        var pid: pid_t = 0
        let words = ([program] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        let start = ContinuousClock.now
        let number = posix_spawn(&pid, program, &actions, nil, words + [nil], environ)
        guard number == 0 else { throw Unstartable(program: program) }
        var (status, usage): (Int32, rusage) = (0, rusage())
        while wait4(pid, &status, 0, &usage) < 0, errno == EINTR {}
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return Cost(
            wall: (ContinuousClock.now - start) / .seconds(1),
            processor: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peakMegabytes: Double(usage.ru_maxrss) / 1024, status: status >> 8 & 0xFF)
    }

    private struct Unstartable: Error, CustomStringConvertible {
        let program: String
        var description: String { "cannot run \(program)" }
    }

    private static func report(_ name: String, _ cost: Cost, perWhat count: Int) {
        let each = String(format: "%.2f", cost.processor * 1000 / Double(max(1, count))).rightAligned(8)
        let wall = String(format: "%.1f", cost.wall).rightAligned(7)
        let peak = String(format: "%.0f", cost.peakMegabytes).rightAligned(6)
        print("\(each) ms processor each  \(wall) s  \(peak) MB peak  \(name)")
    }

    private static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
