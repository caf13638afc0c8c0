import DocketTestSupport
import Foundation
import LoopbackEndpoint
import Testing

/// Batches at the command line, and `docket work` as people and service managers start and end it.
@Suite(.serialized) struct JobsCommandTests {
    /// A library of `count` papers; gives their ids.
    private static func papers(_ library: TestLibrary, _ count: Int, sentences: Int = 3) throws -> [String] {
        let files = try (0..<count).map { number in
            let text = (0..<sentences).map { "第\(number)案第\($0)項：請各機關於\($0 + 1)日內提報辦理情形，並副知秘書處。" }
            return try library.file("p\(number).txt", text.joined(separator: "\n") + "\n")
        }
        let added = try library.run(["add", "--json", "--kind", "document"] + files)
        #expect(added.status == 0, "\(added.errors)")
        return added.objects.compactMap { $0["id"] as? String }
    }

    private static func states(_ library: TestLibrary) throws -> [String: Int] {
        let jobs = try library.run("jobs", "--json", "--limit", "1000").objects
        return Dictionary(jobs.compactMap { $0["state"] as? String }.map { ($0, 1) }, uniquingKeysWith: +)
    }

    private static func start(
        _ library: TestLibrary, _ name: String, _ arguments: [String] = []
    ) throws -> Process {
        let process = try Program.process(
            ["work", "--library", library.path] + arguments, output: library.folder.appending(path: "\(name).out"),
            errors: library.folder.appending(path: "\(name).err"))
        try process.run()
        return process
    }

    @Test func `several sources make a batch, which is listed, ordered and done`() throws {
        try Program.withLibrary { library in
            let ids = try Self.papers(library, 4)
            let queued = try library.run(
                ["draft", "summary", "--batch", "九月", "--length", "40", "--json"] + ids)
            #expect(queued.status == 0)
            let jobs = queued.objects.compactMap { $0["job"] as? String }
            #expect(queued.objects.compactMap { $0["source"] as? String } == ids && Set(jobs).count == 4)
            let batch = try #require(queued.objects[0]["batch"] as? String)
            #expect(try library.run("jobs", "batches").output.contains("九月"))
            #expect(try library.run("jobs", "pause", jobs[0], jobs[1]).output == "Paused: 2\n")
            #expect(try library.run("jobs", "cancel", jobs[2]).status == 0)
            #expect(try library.run("jobs", "priority", jobs[3], "--to=-4").status == 0)
            #expect(try Self.states(library) == ["paused": 2, "cancelled": 1, "waiting": 1])
            let done = try library.run("work", "--json")
            #expect(done.status == 0)
            #expect(done.objects.filter { $0["event"] as? String == "done" }.map { $0["job"] as? String } == [jobs[3]])
            #expect(done.objects.last?["event"] as? String == "end" && done.objects.last?["done"] as? Int == 1)
            #expect(try library.run("jobs", "resume", jobs[0]).status == 0)
            #expect(try library.run("jobs", "retry", batch).status == 0)
            #expect(try library.run("work").output.hasPrefix("Done: 2 drafts, 0 failed, 0 given back"))
            let job = try #require(try library.run("jobs", "show", jobs[0], "--json").objects.first)
            #expect(job["state"] as? String == "done" && job["kind"] as? String == "summary")
            let draft = try #require(job["draft"] as? String)
            let shown = try library.run("show", draft)
            #expect(shown.status == 0 && shown.output.contains("第0案"))
            #expect(try Self.states(library) == ["done": 3, "paused": 1])
            #expect(try library.run("jobs", "list", "--batch", batch, "--state", "paused", "--json").objects.count == 1)
        }
    }

    @Test func `all means the sources without such a draft, and asking again queues nothing twice`() throws {
        try Program.withLibrary { library in
            let ids = try Self.papers(library, 3)
            #expect(try library.run("draft", "title", ids[0]).status == 0)
            let queued = try library.run("draft", "title", "--all", "--json").objects
            #expect(Set(queued.compactMap { $0["source"] as? String }) == Set(ids.dropFirst()))
            let again = try library.run("draft", "title", "--all", "--json").objects
            #expect(again.count == 2 && again.allSatisfy { $0["isNew"] as? Bool == false })
            #expect(try Self.states(library) == ["waiting": 2])
            #expect(try library.run("draft", "title", "--all", "--kind", "letter").output == "Nothing to queue.\n")
        }
    }

    @Test func `a bad name in a batch is reported, and the rest is queued`() throws {
        try Program.withLibrary { library in
            let ids = try Self.papers(library, 2)
            let queued = try library.run(["draft", "minutes", "--transcript", ids[0], "--transcript", "NOPE"])
            #expect(queued.status == 2)
            #expect(queued.errors.contains("transcript is needed") && queued.errors.contains("NOPE"))
            let mixed = try library.run("draft", "summary", ids[0], "NOPE", ids[1])
            #expect(mixed.status == 2 && mixed.output.contains("Queued 2 drafts"))
            for arguments in [
                ["draft", "summary"], ["jobs", "pause"], ["jobs", "pause", "x", "--all"],
                ["jobs", "cancel", "NOPE"], ["jobs", "show", "NOPE"], ["jobs", "--state", "x"],
                ["work", "--concurrency", "0"], ["draft", "minutes", "--all", "--agenda", ids[0]],
                ["draft", "summary", "--all", "--in-series", "NOPE"],
            ] {
                let result = try library.run(arguments)
                #expect(result.status == 2, "\(arguments)")
                #expect(result.errors.split(separator: "\n").count == 1, "\(arguments): \(result.errors)")
            }
        }
    }

    @Test func `a worker that is asked to end gives its jobs back, and ends well`() throws {
        try Program.withLibrary { library in
            let ids = try Self.papers(library, 14, sentences: 40)
            #expect(try library.run(["draft", "summary", "--queue"] + ids).status == 0)
            let process = try Self.start(library, "term")
            while try Self.states(library)["done"] == nil, process.isRunning { usleep(1000) }
            kill(process.processIdentifier, SIGTERM)
            process.waitUntilExit()
            #expect(process.terminationReason == .exit && process.terminationStatus == 0)
            let states = try Self.states(library)
            #expect(states["leased"] == nil && (states["done"] ?? 0) + (states["waiting"] ?? 0) == 14)
            #expect(try library.run("work").status == 0)
            #expect(try Self.states(library) == ["done": 14])
        }
    }

    @Test func `workers that are killed ask an endpoint no more than their kills cost, and leave one draft a job`()
        throws
    {
        try Program.withLibrary { library in
            let responder = ScriptedResponder()
            let server = try LoopbackEndpoint(.init(slots: 4, latency: .milliseconds(15), contextTokens: 16_384)) {
                call in
                Reply(responder.answer(call.messages), pieceLength: 400)
            }
            defer { server.stop() }
            let engine = try Self.engine(of: library, server)
            let ids = try Self.papers(library, 100, sentences: 4)
            #expect(try library.run(["draft", "summary", "--queue"] + engine + ids).status == 0)
            var random = SeededGenerator(seed: 7)
            var kills = 0
            while kills < 24, try Self.states(library)["done"] != 100 {
                let processes = try (0..<2).map { try Self.start(library, "kill\($0)", engine) }
                for process in processes {
                    usleep(useconds_t.random(in: 50_000..<400_000, using: &random))
                    kill(process.processIdentifier, SIGKILL)
                    process.waitUntilExit()
                    if process.terminationReason == .uncaughtSignal { kills += 1 }
                }
            }
            #expect(kills >= 6, "it had ended before the kills")
            #expect(try library.run(["work"] + engine).status == 0)
            let jobs = try library.run("jobs", "--json", "--limit", "1000").objects
            #expect(jobs.count == 100 && jobs.allSatisfy { $0["state"] as? String == "done" })
            let drafts = try library.run("list", "drafts", "--json", "--limit", "1000").objects
            #expect(drafts.count == 100 && drafts.allSatisfy { $0["createdBy"] as? String == "cli:tester" })
            #expect(Set(drafts.compactMap { $0["id"] as? String }) == Set(jobs.compactMap { $0["draft"] as? String }))
            // Eight jobs are under way in each of the workers: a kill costs at most the requests of these.
            let bodies = server.record.chats.map(\.call.body)
            #expect(bodies.count - Set(bodies).count <= kills * 8)
            #expect(try library.run("doctor").status == 0)
        }
    }

    @Test func `an endpoint that is not there parks the batch, and the worker ends with its code`() throws {
        try Program.withLibrary { library in
            let server = try LoopbackEndpoint { _ in Reply("") }
            let engine = try Self.engine(of: library, server)
            server.stop()
            let ids = try Self.papers(library, 3)
            #expect(try library.run(["draft", "summary", "--queue"] + engine + ids).status == 0)
            let worked = try library.run(["work", "--patience", "0"] + engine)
            #expect(worked.status == 4)
            #expect(worked.errors.contains("3 jobs stay parked") && worked.errors.contains("hall"))
            #expect(try Self.states(library) == ["parked": 3])
            let shown = try library.run("jobs", "--json", "--limit", "1").objects
            #expect((shown[0]["reason"] as? String)?.contains("hall") == true && shown[0]["nextTry"] != nil)
            // Another engine does not touch them.
            #expect(try library.run("work").output.hasPrefix("Done: 0 drafts"))
        }
    }

    /// A profile for `server` in the library; gives the options that name it.
    private static func engine(of library: TestLibrary, _ server: LoopbackEndpoint) throws -> [String] {
        let folder = URL(filePath: library.path).appending(path: "models/endpoints")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let profile = """
            name: hall
            baseURL: \(server.baseURL)
            model: tiny
            contextTokens: 16384
            slots: 4
            clearance: internal
            limits:
              retries: 0
              loadingSeconds: 1

            """
        try Data(profile.utf8).write(to: folder.appending(path: "hall.yaml"))
        return ["--engine", "chat-completion", "--endpoint", "hall"]
    }
}
