import DocketArchive
import DocketCore
import DocketDrafting
import DocketPipeline
import DocketTestSupport
import Foundation
import GRDB
import Testing

/// Workers that are killed at random moments, again and again, two at a time.
@Suite(.serialized) struct KillTests {
    private static let clerk = PipelineFixture.clerk
    private static let kills = 200
    private static let engine = EngineIdentity(name: "extractive", version: "stepping")

    /// The program beside the test bundle.
    private static let program: URL = {
        var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appending(path: "killed-worker")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        return folder
    }()

    @Test(.timeLimit(.minutes(10)))
    func `two hundred kills lose no finished step, do none twice, and leave one draft a job`() async throws {
        try await PipelineFixture.with { fixture in
            let log = fixture.folder.appending(path: "log")
            let feed = Feed(fixture)
            try await feed.fill(to: 60)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for seed in [UInt64(1), 2] {
                    group.addTask {
                        try await Self.killWorkers(Self.kills / 2, seed: seed, fixture, log)
                        await feed.end()
                    }
                }
                // Feeds the two as long as they kill.
                while await feed.ended < 2 {
                    try await feed.fill(to: 60)
                    try await Task.sleep(for: .milliseconds(100))
                }
                try await group.waitForAll()
            }
            let last = try Self.start(fixture, log)
            last.waitUntilExit()
            #expect(last.terminationStatus == 0)
            try await Self.verify(fixture, feed.sources(), log)
        }
    }

    // MARK: - Parts

    private static func start(_ fixture: PipelineFixture, _ log: URL) throws -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = [fixture.folder.appending(path: "library").path, log.path]
        try process.run()
        return process
    }

    /// Kills a worker so many times, each at a moment between its start and well into its work.
    private static func killWorkers(_ count: Int, seed: UInt64, _ fixture: PipelineFixture, _ log: URL) async throws {
        var random = SeededGenerator(seed: seed)
        var killed = 0
        while killed < count {
            let process = try start(fixture, log)
            try await Task.sleep(for: .milliseconds(Int.random(in: 0..<450, using: &random)))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            if process.terminationReason == .uncaughtSignal { killed += 1 }
        }
    }

    private static func verify(_ fixture: PipelineFixture, _ sources: [SourceID], _ log: URL) async throws {
        let (library, viewer) = (fixture.workspace.library, fixture.workspace.viewer)
        let jobs = try await pages { try await library.jobs(page: $0, limit: 1000, viewer: viewer) }
        let drafts = try await pages { try await library.drafts(page: $0, limit: 1000, viewer: viewer) }
        #expect(jobs.count == sources.count && jobs.allSatisfy { $0.state == .done && $0.failures == 0 })
        #expect(drafts.count == jobs.count && Set(drafts.map(\.id)) == Set(jobs.compactMap(\.result)))
        #expect(Set(drafts.map(\.source)) == Set(sources))
        try await verifySteps(library, viewer, sources.count, log)
        let check = try await library.check(fixity: true)
        #expect(check.isSound)
        let file = fixture.folder.appending(path: "library/docket.sqlite").path
        let found = try await DatabaseQueue(path: file).read {
            try String.fetchAll($0, sql: "PRAGMA integrity_check")
        }
        #expect(found == ["ok"])
    }

    /// Holds what the engine wrote down against what the library keeps.
    private static func verifySteps(_ library: Library, _ viewer: Viewer, _ count: Int, _ log: URL) async throws {
        var stored: [String: String] = [:]
        var position = 0
        while case let events = try await library.auditEvents(after: position, viewer: viewer), let last = events.last {
            for event in events where event.action == "step.store" {
                let step = try #require(event.detail["step"])
                #expect(stored[step] == nil, "a step stored twice")
                stored[step] = event.time
            }
            position = last.sequence
        }
        #expect(stored.count == count * 4)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let fingerprint = try engine.fingerprint()
        var (begun, kept, again) = (0, 0, 0)
        for line in try String(contentsOf: log, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            try #require(words.count == 5)
            let text = try #require(SHA256Digest(hex: words[4]))
            let key = StepKey("part", engine: fingerprint, inputs: [text, SHA256Digest(of: words[2])])
            let time = try #require(stored[key.digest.hex], "a finished step was lost: \(line)")
            let milliseconds = Int((try style.parse(time).timeIntervalSince1970 * 1000).rounded())
            if words[0] == "begun" {
                begun += 1
                #expect(try #require(Int(words[3])) <= milliseconds, "done again after it was stored: \(line)")
            } else {
                kept += 1
            }
        }
        again = begun - stored.count
        // Some kills must have hit a step, or nothing was tested.
        #expect(again > 10 && kept <= stored.count)
    }

    private static func pages<Item>(_ page: (PageToken?) async throws -> Page<Item>) async throws -> [Item] {
        var (items, token): ([Item], PageToken?) = ([], nil)
        repeat {
            let next = try await page(token)
            (items, token) = (items + next.items, next.next)
        } while token != nil
        return items
    }

    /// Papers with jobs, as many as the workers need.
    private actor Feed {
        private let fixture: PipelineFixture
        private var added: [SourceID] = []
        /// Killers that have done their part.
        private(set) var ended = 0

        init(_ fixture: PipelineFixture) { self.fixture = fixture }

        func sources() -> [SourceID] { added }

        func end() { ended += 1 }

        func fill(to count: Int) async throws {
            let workspace = fixture.workspace
            let waiting = try await workspace.library.jobCounts(viewer: workspace.viewer)[.waiting] ?? 0
            guard waiting < count else { return }
            var new: [SourceID] = []
            for number in added.count..<added.count + count - waiting {
                let text = "第\(number)案：請各機關於\(number)日內提報辦理情形。\n"
                new.append(try await fixture.add(text, "\(number).txt", kind: .document).id)
            }
            _ = try await workspace.enqueue(DraftOrder(.summary), of: new, titled: "批", by: KillTests.clerk)
            added += new
        }
    }
}
