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
    /// Upkeep with small limits, so that ten thousand changes fold and merge often.
    static let policy = IndexMaintenance.Policy(
        foldAt: 250, mergeFactor: 4, largest: 100_000, deadShare: 0.34, leaseSeconds: 0)

    /// Makes the changes that are not made yet, each in a transaction with the count of those made; is killed meanwhile.
    func change() throws {
        let (catalogue, pool) = (try catalogue, try open())
        let maintenance = IndexMaintenance(policy: Self.policy)
        try maintenance.run(pool)
        while true {
            let done = try pool.write { db in
                let done = try Int.fetchOne(db, sql: "SELECT done FROM stress") ?? 0
                guard done < options.from else { return true }
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

    /// Runs `change` in processes that are killed at random times, and compares the index with the records after each.
    func crash() async throws {
        let (catalogue, pool) = (try catalogue, try open())
        let scan = Scan()
        for number in 0..<options.records { scan.put(number, catalogue.record(number)) }
        Self.report("scan ready, \(scan.count) records, \(Self.peakMemory) MB")
        var random = Randomness(options.seed)
        var (done, kills, midMerge, comparisons) = (0, 0, 0, 0)
        while done < options.changes {
            let target = min(options.changes, done + 100 + random.below(900))
            let child = try start("change", ["--from", "\(target)"])
            let limit = Double(200 + random.below(4_000)) / 1000
            let end = Date() + limit + 4
            while child.isRunning, Date() < end { try await Task.sleep(for: .milliseconds(5)) }
            if child.isRunning {
                kill(child.processIdentifier, SIGKILL)
                kills += 1
            }
            child.waitUntilExit()
            let made = try await pool.read { try Int.fetchOne($0, sql: "SELECT done FROM stress") ?? 0 }
            let states = try await pool.read {
                try String.fetchAll($0, sql: "SELECT state FROM segment WHERE state <> 'live'")
            }
            if !states.isEmpty { midMerge += 1 }
            for index in done..<made {
                let change = RecordChange(index, records: options.records)
                scan.put(
                    change.number, change.isRemoval ? nil : catalogue.record(change.number, revision: change.revision))
            }
            done = made
            comparisons += try await compare(pool, scan, catalogue, &random)
            let recent = try await pool.read { try IndexMaintenance().recentCount($0) }
            let segments = try await pool.read { try SegmentStore(part: 0, db: $0).segments().count }
            Self.report(
                "\(done) changes, \(kills) kills, \(midMerge) in a merge, \(comparisons) equal, \(recent) recent, \(segments) segments"
            )
        }
        Self.report(
            "crash phase: \(done) changes, \(kills) kills (\(midMerge) left a merge open), \(comparisons) comparisons, all equal"
        )
    }

    /// Compares the answers to queries of every kind with the records.
    private func compare(
        _ pool: DatabasePool, _ scan: Scan, _ catalogue: Catalogue, _ random: inout Randomness
    ) async throws -> Int {
        let numbers = try await numbers(pool)
        let index = PostingSearchIndex(SQLitePostingSource(pool))
        let queries = self.queries(catalogue, &random)
        for text in queries {
            let query = try QueryParser().parse(text, mode: .keywords).query
            let plan = QueryPlan(query, viewer: Viewer(clearance: .topSecret), facets: [])
            let batch = try await index.source.postings(plan.requests, deadline: SearchDeadline(nil))
            var found = [Bool](repeating: false, count: options.records + options.changes)
            for segment in batch.segments {
                try SegmentEvaluation(plan, segment).matches.forEach { doc in
                    guard let number = numbers[segment.firstDoc + doc], !found[number] else {
                        throw Failure(
                            text: "\(text): a document that is gone or found twice, \(segment.firstDoc + doc)")
                    }
                    found[number] = true
                }
            }
            let expected = scan.matches(query)
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
            let rows = try Row.fetchCursor(db, sql: "SELECT doc, source FROM indexKey WHERE part = 0")
            while let row = try rows.next() {
                let source: String = row[1]
                numbers[row[0]] = (Int(source.suffix(10)) ?? 0) - 1_000_000_000
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
