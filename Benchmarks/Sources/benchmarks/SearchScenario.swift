import DocketCore
import Foundation
import GRDB

@testable import DocketArchive

/// The search index over catalogue records: indexing, size, and processor time of queries by class, warm, one client, with
/// ten hits, their snippets and the total.
///
///     benchmarks search --records 1000000 --folder /tmp/docket-search [--phase load|query|export] [--class NAME]
///
/// `load` makes the index in the folder, `query` measures on it; without a phase both run. `export` writes records and queries
/// as JSON lines, for other programs. The figures are of the processor, kernel and all threads included; storing the texts of
/// records is not part of indexing and is measured apart.
struct SearchScenario {
    var records = 100_000
    var folder = "/tmp/docket-search-bench"
    var phase = "all"
    var only = ""
    var queries = 100
    /// Records in one transaction.
    var batch = 20_000
    private let made = SearchRecords()

    init(_ arguments: [String]) {
        var rest = arguments[...]
        while let name = rest.popFirst(), let value = rest.popFirst() {
            switch name {
            case "--records": records = Int(value) ?? records
            case "--folder": folder = value
            case "--phase": phase = value
            case "--class": only = value
            case "--queries": queries = Int(value) ?? queries
            case "--batch": batch = Int(value) ?? batch
            default: break
            }
        }
    }

    func run() async throws {
        if phase == "all" || phase == "load" { try await load() }
        if phase == "all" || phase == "query" { try await query() }
        if phase == "export" { try export() }
    }

    // MARK: - Loading

    private func open() throws -> DatabasePool {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var configuration = Configuration()
        // As a library opens it.
        configuration.prepareDatabase {
            try $0.execute(sql: "PRAGMA cache_size = -\(LibraryOpening.readerCacheKibibytes)")
        }
        let pool = try DatabasePool(path: folder + "/docket.sqlite", configuration: configuration)
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA cache_size = -65536")
        }
        return pool
    }

    private func load() async throws {
        // Nothing is there before the first run.
        try? FileManager.default.removeItem(atPath: folder)
        let pool = try open()
        try await pool.write { try Migration.baseline.add($0) }
        var (indexing, storing, raw) = (0.0, 0.0, 0)
        for first in stride(from: 0, to: records, by: batch) {
            let range = first..<min(first + batch, records)
            storing += try processorTime(making: range) { making in
                try pool.write { db in
                    try making { documents in
                        raw += documents.reduce(0) { $0 + SearchRecords.bytes(of: $1) }
                        for document in documents { try store(document, db) }
                    }
                }
            }
            indexing += try processorTime(making: range) { making in
                try pool.write { db in
                    var loader = try IndexLoader(IndexWriter(), db)
                    try making { documents in for document in documents { try loader.put(document, db) } }
                    _ = try loader.finish(db)
                }
                try IndexMaintenance().run(pool)
            }
        }
        let checkpoint = try processorTime { try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } }
        try report(pool, indexing: indexing + checkpoint, storing: storing, raw: raw)
        try single(pool)
    }

    private func report(_ pool: DatabasePool, indexing: Double, storing: Double, raw: Int) throws {
        let sizes = try pool.read { db in
            try IndexSchema.names.map { name in
                try Int.fetchOne(db, sql: "SELECT sum(pgsize) FROM dbstat WHERE name = ?", arguments: [name]) ?? 0
            }
        }
        let segments = try pool.read { try SegmentStore(part: 0, db: $0).segments() }
        let size = sizes.reduce(0, +)
        print(
            "indexed \(records) records in \(Self.text(indexing)) s of processor, \(Int(Double(records) / indexing)) a second; "
                + "storing their texts \(Self.text(storing)) s; peak \(Self.peakMemory) MB")
        print(
            "raw text \(raw / 1_000_000) MB, index \(size / 1_000_000) MB = \(Self.text(Double(size) / Double(raw))) of it"
        )
        print(zip(IndexSchema.names, sizes).map { "\($0) \($1 / 1_000_000)" }.joined(separator: ", "))
        print("segments \(segments.map(\.docs))")
    }

    /// Adds single records, each found in the search behind its transaction.
    private func single(_ pool: DatabasePool) throws {
        var times: [Double] = []
        for number in records..<records + 50 {
            let document = made.record(number)
            let start = ContinuousClock.now
            try pool.write { db in
                try store(document, db)
                try IndexWriter().apply([.put(document)], db)
            }
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        times.sort()
        print("a record is added in \(Self.text(times[25])) ms of wall time (p95 \(Self.text(times[47])))")
    }

    /// Stores a record in the tables in which a library holds it.
    private func store(_ document: IndexDocument, _ db: Database) throws {
        guard let card = document.card, let body = document.fields.first else { return }
        let (bucket, id) = (RoutingKey(document.source).bucket, document.source.rawValue)
        try db.run(
            """
            INSERT INTO source (bucket, id, revision, state, classification, scope, kind, title, language, date, version,
                agency, series, ordinal, collection, external, sha256, line, facts, addedAt, addedBy)
            VALUES (?, ?, 1, 'live', ?, ?, ?, ?, 'zh-Hant', ?, 1, ?, '', NULL, '', ?, '', NULL, ?, '', '')
            """,
            [
                bucket, id, document.classification.rank, document.scope, document.sourceKind.rawValue, card.title,
                card.date ?? "", card.facts["agency"] ?? "", card.external, try Coding.text(card.facts),
            ])
        try db.run(
            """
            INSERT INTO textVersion (bucket, source, version, text, ts, actor, reason) VALUES (?, ?, 1, ?, '', '', '')
            """, [bucket, id, card.title + "\n" + body.text])
    }

    // MARK: - Queries

    private func query() async throws {
        let pool = try open()
        let index = PostingSearchIndex(SQLitePostingSource(pool))
        let asked = SearchQueries(records: made, count: records)
        let names = SearchQueries.classes.filter { only.isEmpty || $0 == only }
        // Warm: the file in the system's cache, and other queries of the same classes before.
        let file = try FileHandle(forReadingFrom: URL(filePath: folder + "/docket.sqlite"))
        while let part = try file.read(upToCount: 1 << 22), !part.isEmpty {}
        for name in names {
            for query in asked.queries(name, queries, seed: 2) { _ = try await index.search(request(query, name)) }
        }
        print("class | median ms | p95 ms | most ms | again, median | median total")
        for name in names {
            var (times, again, totals) = ([Double](), [Double](), [Int]())
            for query in asked.queries(name, queries, seed: 1) {
                let request = request(query, name)
                let start = Self.processorTime
                totals.append(try await index.search(request).total.count)
                times.append((Self.processorTime - start) * 1000)
            }
            for query in asked.queries(name, queries, seed: 1) {
                let start = Self.processorTime
                _ = try await index.search(request(query, name))
                again.append((Self.processorTime - start) * 1000)
            }
            (times, again, totals) = (times.sorted(), again.sorted(), totals.sorted())
            print(
                [
                    name, Self.text(times[times.count / 2]), Self.text(times[times.count * 95 / 100]),
                    Self.text(times[times.count - 1]), Self.text(again[again.count / 2]), "\(totals[totals.count / 2])",
                ].joined(separator: " | "))
        }
        print("peak memory of the process \(Self.peakMemory) MB")
    }

    private func request(_ query: SearchQueries.Query, _ name: String) -> SearchRequest {
        var request = query.request()
        if name == "common, restricted viewer" { request.viewer = Viewer(clearance: .public, scopes: ["案0"]) }
        if name == "common, by date" { request.order = .date }
        return request
    }

    // MARK: - Other programs

    private struct ExportedRecord: Encodable {
        var id: String, title: String, abstract: String, subjects: String, agency: String, year: Int
    }

    private struct ExportedQuery: Encodable {
        var kind: String, text: String, agency: String?, from: Int?, to: Int?
    }

    private func export() throws {
        let encoder = JSONEncoder()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        func write(_ name: String, _ count: Int, _ line: (Int) throws -> Data) throws {
            let path = folder + "/" + name
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            for first in stride(from: 0, to: count, by: 1_000) {
                var lines = Data()
                for number in first..<min(first + 1_000, count) { lines += try line(number) + [0x0A] }
                try file.write(contentsOf: lines)
            }
            try file.close()
        }
        try write("records.jsonl", records) { number in
            let record = made.record(number)
            return try encoder.encode(
                ExportedRecord(
                    id: record.id, title: record.title, abstract: record.fields[0].text,
                    subjects: record.fields[1].text, agency: record.agencies[0],
                    year: Int(record.date?.prefix(4) ?? "") ?? 0))
        }
        let asked = SearchQueries(records: made, count: records)
        let all = SearchQueries.classes.flatMap { name in
            asked.queries(name, queries, seed: 1).map { query in
                ExportedQuery(
                    kind: name, text: query.text, agency: query.agency, from: query.years?.lowerBound,
                    to: query.years?.upperBound)
            }
        }
        try write("queries.jsonl", all.count) { try encoder.encode(all[$0]) }
    }

    // MARK: - Measuring

    /// Seconds of processor time that `body` takes beside making the records of `range`, which it gets a thousand at a time, as
    /// an import reads them.
    private func processorTime(
        making range: Range<Int>, _ body: ((([IndexDocument]) throws -> Void) throws -> Void) throws -> Void
    ) rethrows -> Double {
        var made = 0.0
        let whole = try processorTime {
            try body { use in
                for start in stride(from: range.lowerBound, to: range.upperBound, by: 1_000) {
                    let before = Self.processorTime
                    let documents = (start..<min(start + 1_000, range.upperBound)).map { self.made.record($0) }
                    made += Self.processorTime - before
                    try use(documents)
                }
            }
        }
        return whole - made
    }

    /// Seconds of processor time that `body` takes in all threads.
    private func processorTime(_ body: () throws -> Void) rethrows -> Double {
        let start = Self.processorTime
        try body()
        return Self.processorTime - start
    }

    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Most memory that this process has held, in MB.
    private static var peakMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.split(separator: " ").dropFirst().first ?? "") ?? 0) / 1024
    }

    private static func text(_ number: Double) -> String { String(format: number < 10 ? "%.2f" : "%.1f", number) }
}
