import DocketCore
import Foundation
import GRDB

@testable import DocketArchive

/// One of the single changes; which ones follows from the seed alone.
struct RecordChange {
    var number: Int
    var revision: Int
    var isRemoval: Bool

    init(_ index: Int, records: Int) {
        var random = Randomness(UInt64(index) &+ 77_777)
        revision = index + 1
        switch random.below(10) {
        case 0...2: (number, isRemoval) = (records + index, false)
        case 3...7: (number, isRemoval) = (random.below(records), false)
        default: (number, isRemoval) = (random.below(records + index), true)
        }
    }

    func change(_ catalogue: Catalogue) -> IndexChange {
        let document = catalogue.record(number, revision: revision)
        return isRemoval ? .remove(document.id, source: document.source) : .put(document)
    }
}

extension Stress {
    /// Upkeep with small limits, so that ten thousand changes fold and merge often, and a merge is done before the next kill.
    static let policy = IndexMaintenance.Policy(
        foldAt: 250, mergeFactor: 4, largest: 60_000, deadShare: 0.34, leaseSeconds: 0)

    /// Makes the changes that are not made yet, each in a transaction with the count of those made; is killed meanwhile.
    func change() throws {
        let (catalogue, pool) = (try catalogue, try open())
        let maintenance = IndexMaintenance(policy: Self.policy)
        try isReady()
        try maintenance.run(pool)
        while true {
            let done = try pool.write { db in
                let done = try Int.fetchOne(db, sql: "SELECT done FROM stress") ?? 0
                guard done < options.changes else { return true }
                let change = RecordChange(done, records: options.records).change(catalogue)
                if case .put(let document) = change { try store(document, db) }
                try IndexWriter().apply([change], db)
                try db.execute(sql: "UPDATE stress SET done = done + 1")
                return false
            }
            if done { return }
            let isDue = try pool.read { try maintenance.recentCount($0) } >= Self.policy.foldAt
            if isDue { try maintenance.run(pool) }
        }
    }

    /// Leaves as many changes unfolded as upkeep ever does: what every search has to read beside the segments.
    func recent() throws {
        let (catalogue, pool) = (try catalogue, try open())
        let first = options.records + options.changes
        let count = IndexMaintenance.Policy().foldAt - 1
        try IndexMaintenance(policy: IndexMaintenance.Policy(foldAt: 1)).run(pool)
        try pool.write { db in
            for number in first..<first + count {
                let document = catalogue.record(number)
                try store(document, db)
                try IndexWriter().apply([.put(document)], db)
            }
        }
        Self.report("\(try pool.read { try IndexMaintenance().recentCount($0) }) changes that no segment holds")
    }

    /// Merges the whole index into one segment; is killed meanwhile.
    func merge() throws {
        let pool = try open()
        try isReady()
        let start = (ContinuousClock.now, Self.processorTime)
        try IndexMaintenance(policy: Self.policy).run(pool, isForced: true)
        Self.report(
            "merged into one segment in \(ContinuousClock.now - start.0), processor "
                + "\(Self.processorTime - start.1) s, peak \(Self.peakMemory) MB")
    }

    private var readyFile: String { options.folder + "/ready" }

    /// Tells the process that will kill this one that the work begins.
    private func isReady() throws { try Data().write(to: URL(filePath: readyFile)) }

    /// Runs a phase and kills it `seconds` after it has begun to work, or as soon as `isDue`; false when it ended before.
    private func kill(
        _ phase: String, after seconds: Double, isDue: () async throws -> Bool = { false }
    ) async throws -> Bool {
        // Nothing is there the first time.
        try? FileManager.default.removeItem(atPath: readyFile)
        let child = try start(phase)
        while child.isRunning, !FileManager.default.fileExists(atPath: readyFile) {
            try await Task.sleep(for: .milliseconds(5))
        }
        let end = Date() + seconds
        while child.isRunning, Date() < end {
            if try await isDue() { break }
            try await Task.sleep(for: .milliseconds(1))
        }
        let isKilled = child.isRunning
        if isKilled { Foundation.kill(child.processIdentifier, SIGKILL) }
        child.waitUntilExit()
        guard isKilled || child.terminationStatus == 0 else {
            throw Failure(text: "\(phase) ended with \(child.terminationStatus)")
        }
        return isKilled
    }

    /// What the crash phase has done so far.
    private struct Tally {
        var (changes, kills, openMerges, comparisons) = (0, 0, 0, 0)
    }

    /// Runs `change`, then `merge`, in processes that are killed at random times, and compares the index with the records
    /// after each.
    func crash() async throws {
        let (catalogue, pool) = (try catalogue, try open())
        let scan = Scan()
        for number in 0..<options.records { scan.put(number, catalogue.record(number)) }
        Self.report("scan ready, \(scan.count) records, \(Self.peakMemory) MB")
        var (random, tally) = (Randomness(options.seed), Tally())
        while tally.changes < options.changes {
            // After some changes, and a little later, which may be in a fold; or else in a merge that takes long.
            let (last, pause) = (tally.changes + random.below(500), random.below(60))
            let isKilled = try await kill("change", after: Double(20 + random.below(12_000)) / 1000) {
                guard try await made(pool) > last else { return false }
                try await Task.sleep(for: .milliseconds(pause))
                return true
            }
            if isKilled { tally.kills += 1 }
            try await check(pool, scan, catalogue, &random, &tally)
        }
        for _ in 0..<3 where try await kill("merge", after: Double(random.below(10_000)) / 1000) {
            tally.kills += 1
            try await check(pool, scan, catalogue, &random, &tally)
        }
        _ = try await kill("merge", after: .infinity)
        try await check(pool, scan, catalogue, &random, &tally)
        Self.report(
            "crash phase: \(tally.changes) changes, \(tally.kills) kills (\(tally.openMerges) left a merge open), "
                + "\(tally.comparisons) comparisons, all equal")
    }

    /// Changes that are committed.
    private func made(_ pool: DatabasePool) async throws -> Int {
        try await pool.read { try Int.fetchOne($0, sql: "SELECT done FROM stress") ?? 0 }
    }

    /// Makes the changes of the killed process in the scan too, and compares.
    private func check(
        _ pool: DatabasePool, _ scan: Scan, _ catalogue: Catalogue, _ random: inout Randomness, _ tally: inout Tally
    ) async throws {
        let made = try await made(pool)
        tally.openMerges += try await pool.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM segment WHERE state = 'building'") ?? 0
        }
        for index in tally.changes..<made {
            let change = RecordChange(index, records: options.records)
            scan.put(
                change.number, change.isRemoval ? nil : catalogue.record(change.number, revision: change.revision))
        }
        tally.changes = made
        tally.comparisons += try await compare(pool, scan, catalogue, &random)
        let recent = try await pool.read { try IndexMaintenance().recentCount($0) }
        let segments = try await pool.read { try SegmentStore(part: 0, db: $0).segments().count }
        Self.report(
            "\(tally.changes) changes, \(tally.kills) kills, \(tally.openMerges) in a merge, \(tally.comparisons) equal, "
                + "\(recent) recent, \(segments) segments")
    }

    /// Two who may see everything to each one who may not.
    private static let viewers = [
        Viewer(clearance: .topSecret), Viewer(clearance: .topSecret),
        Viewer(clearance: .public, scopes: [Catalogue.scopes[0]]),
    ]

    /// Compares the answers to queries of every kind with the records.
    private func compare(
        _ pool: DatabasePool, _ scan: Scan, _ catalogue: Catalogue, _ random: inout Randomness
    ) async throws -> Int {
        let numbers = try await numbers(pool)
        let index = PostingSearchIndex(SQLitePostingSource(pool))
        let queries = self.queries(catalogue, &random)
        for (number, text) in queries.enumerated() {
            let query = try QueryParser().parse(text)
            let viewer = Self.viewers[number % Self.viewers.count]
            let plan = QueryPlan(query, viewer: viewer, facets: [])
            let batch = try await index.source.postings(plan.requests, deadline: SearchDeadline(nil))
            var found = [Bool](repeating: false, count: options.records + options.changes)
            for segment in batch.segments {
                var evaluation = try SegmentEvaluation(plan, segment)
                try evaluation.matches().forEach { doc in
                    guard let number = numbers[segment.firstDoc + doc], !found[number] else {
                        throw Failure(
                            text: "\(text): a document that is gone or found twice, \(segment.firstDoc + doc)")
                    }
                    found[number] = true
                }
            }
            let expected = scan.matches(query, viewer: viewer)
            for number in found.indices where found[number] != (number < expected.count && expected[number]) {
                throw Failure(text: "\(text): record \(number) is \(found[number] ? "found" : "missing")")
            }
        }
        return queries.count
    }

    /// Record numbers by document.
    private func numbers(_ pool: DatabasePool) async throws -> [Int: Int] {
        try await pool.read { db in
            var numbers: [Int: Int] = [:]
            let rows = try Row.fetchCursor(db, sql: "SELECT key AS doc, facts FROM indexed")
            while let row = try rows.next() {
                let facts: Data = row[1]
                let source = try facts.withUnsafeBytes { try IndexedFacts.identity(of: $0).source }
                numbers[row[0]] = (Int(source.rawValue.suffix(10)) ?? 0) - 1_000_000_000
            }
            return numbers
        }
    }

    private func queries(_ catalogue: Catalogue, _ random: inout Randomness) -> [String] {
        func cut(_ length: Int) -> String {
            "\"\(catalogue.phrase(random.below(options.records), length: length, &random))\""
        }
        // The latest changes are where a crash could show.
        let changed = RecordChange(random.below(options.changes), records: options.records)
        let fresh = catalogue.phrase(changed.number, revision: changed.revision, length: 4, &random)
        return [
            cut(1), cut(2), cut(3), cut(5), "\(cut(2)) \(cut(2))", "\(cut(2)) OR \(cut(3))", "\(cut(1)) NOT \(cut(1))",
            "\(cut(2)) agency:臺北市教育局0", "date:2001-03..2003", "\(cut(2)) date:2010.. status:列管", "\"\(fresh)\"",
            "NOT \(cut(2))", "(\(cut(2)) OR \(cut(2))) -\(cut(1)) classification:internal",
        ]
    }
}
