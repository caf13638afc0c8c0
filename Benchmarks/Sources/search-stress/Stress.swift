import DocketCore
import Foundation
import GRDB

@testable import DocketArchive

/// Loads a large synthetic catalogue into the index, changes it record by record while killing the process that does so,
/// compares it with a look through every record, and measures queries of every kind.
///
///     swift run -c release -Xswiftc -enable-testing search-stress all --records 1000000 --changes 10000 --folder /tmp/s \
///         --sample texts.txt --sample records.jsonl
///
/// `--sample FILE` (more than once) names texts that the catalogue is modelled on: plain text, or JSON lines with "title",
/// "abstract" or "text". `make stress` names two of the reference data. `--kind NAME` measures queries of one kind alone.
@main
struct Stress {
    var options = Options()

    struct Options {
        var phase = "all"
        var folder = "/tmp/docket-search-stress"
        var records = 1_000_000
        var changes = 10_000
        var seed: UInt64 = 1
        var samples: [String] = []
        var kind = ""
    }

    static func main() async throws {
        let options = Options(arguments: Array(CommandLine.arguments.dropFirst()))
        let stress = Stress(options: options)
        switch options.phase {
        case "load": try stress.load()
        case "change": try stress.change()
        case "crash": try await stress.crash()
        case "merge": try stress.merge()
        case "recent": try stress.recent()
        case "query": try await stress.query()
        case "retrieve": try await stress.retrieve()
        default:
            // Nothing is there before the first run.
            try? FileManager.default.removeItem(atPath: options.folder)
            for phase in ["load", "query", "crash", "recent", "query"] {
                report("\n== \(phase)")
                try stress.run(phase)
            }
        }
    }

    /// Runs a phase in a process of its own, so that its memory is its own.
    private func run(_ phase: String) throws {
        let process = try start(phase)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(text: "\(phase) ended with \(process.terminationStatus)")
        }
    }

    func start(_ phase: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments =
            [
                phase, "--folder", options.folder, "--records", "\(options.records)", "--changes", "\(options.changes)",
                "--seed", "\(options.seed)",
            ]
            + options.samples.flatMap { ["--sample", $0] }
        try process.run()
        return process
    }

    struct Failure: Error, CustomStringConvertible {
        var text: String
        var description: String { text }
    }

    // MARK: - Parts of all phases

    var catalogue: Catalogue {
        get throws { try Samples.catalogue(options.samples) }
    }

    func open() throws -> DatabasePool {
        try FileManager.default.createDirectory(atPath: options.folder, withIntermediateDirectories: true)
        var configuration = Configuration()
        configuration.busyMode = .timeout(60)
        let pool = try DatabasePool(path: options.folder + "/docket.sqlite", configuration: configuration)
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try pool.write { db in
            guard try !db.tableExists("stress") else { return }
            try Migration.baseline.add(db)
            if try !db.tableExists("segment") { try IndexSchema.createTables(db) }
            try db.execute(sql: "CREATE TABLE stress (done INTEGER NOT NULL)")
            try db.execute(sql: "INSERT INTO stress VALUES (0)")
        }
        return pool
    }

    /// Stores the words that a document's span names, as the library does.
    func store(_ document: IndexDocument, _ db: Database) throws {
        guard let span = document.fields.first?.span else { return }
        try db.run(
            """
            INSERT OR REPLACE INTO textVersion (bucket, source, version, text, ts, actor, reason)
            VALUES (?, ?, ?, ?, '', '', '')
            """,
            [RoutingKey(span.source).bucket, span.source.rawValue, span.version, document.fields[0].text])
    }

    static func report(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

    /// Most memory that this process has held, in MB.
    static var peakMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.split(separator: " ").dropFirst().first ?? "") ?? 0) / 1024
    }

    /// Seconds of processor time that this process has used.
    static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension Stress.Options {
    init(arguments: [String]) {
        var rest = arguments[...]
        if let first = rest.first, !first.hasPrefix("--") { phase = rest.removeFirst() }
        while let name = rest.popFirst(), let value = rest.popFirst() {
            switch name {
            case "--folder": folder = value
            case "--records": records = Int(value) ?? records
            case "--changes": changes = Int(value) ?? changes
            case "--seed": seed = UInt64(value) ?? seed
            case "--sample": samples.append(value)
            case "--kind": kind = value
            default: break
            }
        }
    }
}

// MARK: - Loading

extension Stress {
    /// Loads all records, ten thousand in a transaction, with upkeep between.
    func load() throws {
        let (catalogue, pool) = (try catalogue, try open())
        let clock = ContinuousClock()
        let start = (clock.now, Self.processorTime)
        var (raw, upkeep) = (0, Duration.zero)
        for first in stride(from: 0, to: options.records, by: 10_000) {
            let numbers = first..<min(first + 10_000, options.records)
            let documents = numbers.map { catalogue.record($0) }
            raw += documents.reduce(0) { $0 + $1.title.utf8.count + $1.fields[0].text.utf8.count }
            try pool.write { db in
                var loader = try IndexLoader(IndexWriter(), db)
                for document in documents {
                    try store(document, db)
                    try loader.put(document, db)
                }
                _ = try loader.finish(db)
            }
            upkeep += try clock.measure { try IndexMaintenance().run(pool) }
            if first / 10_000 % 20 == 0 {
                Self.report("load \(numbers.upperBound) records, \(clock.now - start.0), upkeep \(upkeep)")
            }
        }
        try report(pool, raw, clock.now - start.0, upkeep, Self.processorTime - start.1)
        _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }

    private func report(
        _ pool: DatabasePool, _ raw: Int, _ time: Duration, _ upkeep: Duration, _ processor: Double
    ) throws {
        let tables = IndexSchema.names
        let sizes = try pool.read { db in
            try tables.map { name in
                try Int.fetchOne(db, sql: "SELECT sum(pgsize) FROM dbstat WHERE name = ?", arguments: [name]) ?? 0
            }
        }
        let segments = try pool.read { try SegmentStore(part: 0, db: $0).segments() }
        let size = sizes.reduce(0, +)
        Self.report(
            "loaded \(options.records) records in \(time), upkeep \(upkeep) of it, processor \(processor) s, peak \(Self.peakMemory) MB"
        )
        Self.report("raw text \(raw >> 20) MB, index \(size >> 20) MB = \(Double(size) / Double(raw)) of it")
        for (table, size) in zip(tables, sizes) { Self.report("  \(table) \(size >> 20) MB") }
        Self.report("segments \(segments.map(\.docs))")
    }
}
