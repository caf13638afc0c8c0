import DocketCore
import Foundation
import GRDB

/// Upkeep of the index: folds what is recent, merges small segments, clears what is no longer read.
///
/// Everything runs in short transactions between those of records, and may be killed at any time. One process at a time
/// merges; it holds a lease that ends by itself when the process does not come back.
struct IndexMaintenance: Sendable {
    /// When upkeep does something.
    struct Policy: Sendable {
        /// Recent changes that are folded together; every search reads those that are not.
        var foldAt = 2_000
        /// Small segments, side by side, that are merged: of up to two foldings.
        var mergeFactor = 8
        /// As `mergeFactor`, of larger ones: every posting is written anew once for so many times as many documents.
        var largeMergeFactor = 16
        /// Documents above which a segment is merged no further.
        var largest = 4_000_000
        /// Share of dead documents above which a segment is written anew.
        var deadShare = 0.34
        /// Seconds that a lease lasts unless it is renewed.
        var leaseSeconds = 60
        /// Bytes of rows that a merge writes in one transaction, or little more.
        var stepBytes = 8 << 20
    }

    let part: Int
    var policy = Policy()

    init(part: Int = 0, policy: Policy = Policy()) {
        self.part = part
        self.policy = policy
    }

    /// Folds, merges and clears until nothing is left to do, or `limit` has passed.
    ///
    /// The limit is looked at between transactions, each of which writes some 8 MB at most; what is left then is done by
    /// later calls, of any process. `isForced` folds everything and merges all segments into one.
    /// - Throws: `DatabaseError`, `ArchiveError.corrupt`, `CancellationError`.
    func run(_ writer: any DatabaseWriter, isForced: Bool = false, within limit: Duration? = nil) throws {
        // Rows of another form wait for the reindex that makes them anew.
        guard try writer.read({ try hasKnownForm($0) }) else { return }
        let budget = Budget(limit)
        while try foldIfDue(writer, isForced: isForced) {
            try Task.checkCancellation()
            if budget.isSpent { return }
        }
        guard let epoch = try acquire(writer) else { return }
        defer {
            // A lease that cannot be given back ends by itself.
            try? release(epoch, writer)
        }
        // Something is done in every call, however little time there is.
        while try clear(epoch, writer, budget) {
            guard var started = try begin(epoch, isForced: isForced, writer) else { return }
            started.stepBytes = policy.stepBytes
            guard try finish(started, epoch, writer, budget) else { return }
        }
    }

    /// Time that a call may take.
    private struct Budget {
        private let end: ContinuousClock.Instant?

        init(_ limit: Duration?) { end = limit.map { ContinuousClock.now + $0 } }

        var isSpent: Bool { end.map { ContinuousClock.now > $0 } ?? false }
    }

    /// True when there is something to do.
    func isDue(_ db: Database) throws -> Bool {
        if try recentCount(db) >= policy.foldAt { return true }
        let waiting: Int? = try db.value("SELECT 1 FROM segment WHERE part = ? AND state <> 'live' LIMIT 1", [part])
        return try waiting != nil || due(db) != nil
    }

    private func hasKnownForm(_ db: Database) throws -> Bool {
        let format: Int? = try db.value("SELECT format FROM indexPart WHERE part = ?", [part])
        return format ?? IndexSchema.format == IndexSchema.format
    }

    /// Folds once when enough has gathered; true when it did.
    func foldIfDue(_ writer: any DatabaseWriter, isForced: Bool = false) throws -> Bool {
        let waiting = try writer.read { try recentCount($0) }
        guard waiting >= policy.foldAt || (isForced && waiting > 0) else { return false }
        return try writer.write { db in
            guard try recentCount(db) > 0 else { return false }
            return try IndexFold(part: part).run(limit: max(policy.foldAt, 1) * 4, db) > 0
        }
    }

    /// Number of changes that no segment holds, at most: rows that were replaced meanwhile are counted too.
    func recentCount(_ db: Database) throws -> Int {
        guard
            let first: Int = try db.value("SELECT seq FROM recent WHERE part = ? ORDER BY seq LIMIT 1", [part]),
            let last: Int = try db.value("SELECT seq FROM recent WHERE part = ? ORDER BY seq DESC LIMIT 1", [part])
        else { return 0 }
        return last - first + 1
    }

    // MARK: - Merging

    /// Segments that should become one, nil when none should.
    func due(_ db: Database, isForced: Bool = false) throws -> [IndexSegment]? {
        let segments = try SegmentStore(part: part, db: db).segments()
        if isForced {
            let isWhole = segments.count < 2 && segments.allSatisfy { $0.dead == 0 }
            return isWhole ? nil : segments
        }
        if let heavy = segments.first(where: { Double($0.dead) > policy.deadShare * Double(max(1, $0.docs)) }) {
            return [heavy]
        }
        for tier in 0..<8 {
            if let run = run(of: tier, in: segments) { return run }
        }
        return nil
    }

    /// Neighbours of one tier that are enough for a merge, with the smaller ones between and behind them, which would
    /// otherwise keep them apart.
    private func run(of tier: Int, in segments: [IndexSegment]) -> [IndexSegment]? {
        let runs = segments.split { $0.live >= policy.largest || self.tier($0) > tier }
        return runs.first { run in run.count { self.tier($0) == tier } >= factor(tier) }.map(Array.init)
    }

    private func factor(_ tier: Int) -> Int { tier == 0 ? policy.mergeFactor : policy.largeMergeFactor }

    private func tier(_ segment: IndexSegment) -> Int {
        var (tier, size) = (0, policy.foldAt * 2)
        while segment.live > size {
            size *= factor(tier)
            tier += 1
        }
        return tier
    }

    /// The merge that was left, or the next that is due; nil when there is none.
    private func begin(_ epoch: Int, isForced: Bool, _ writer: any DatabaseWriter) throws -> IndexMerge? {
        try writer.write { db in
            try renew(epoch, db)
            let store = SegmentStore(part: part, db: db)
            for state in [IndexSegment.State.building, .written] {
                for left in try store.segments(state) {
                    if let merge = try IndexMerge(resuming: left, state, part: part, db) { return merge }
                    try store.update(left, state: .dropped)
                }
            }
            return try due(db, isForced: isForced).map { try IndexMerge($0, part: part, db) }
        }
    }

    /// Goes on with a merge; false when time was up before its end.
    private func finish(
        _ started: IndexMerge, _ epoch: Int, _ writer: any DatabaseWriter, _ budget: Budget
    ) throws -> Bool {
        var merge = started
        while true {
            try Task.checkCancellation()
            let current = merge
            let (isDone, next) = try writer.write { db in
                try renew(epoch, db)
                var step = current
                let isDone = try step.step(db)
                return (isDone, step)
            }
            merge = next
            if isDone { return true }
            if budget.isSpent { return false }
        }
    }

    // MARK: - Clearing

    /// Deletes the rows of segments that were merged away; false when time was up before all are gone.
    private func clear(_ epoch: Int, _ writer: any DatabaseWriter, _ budget: Budget) throws -> Bool {
        while let segment = try writer.read({ try SegmentStore(part: part, db: $0).segments(.dropped).first }) {
            var isLeft = true
            while isLeft {
                try Task.checkCancellation()
                isLeft = try writer.writeWithoutTransaction { db in
                    // Zeroing each freed page would write as much again as the segment itself holds; its words stand in
                    // the library's own tables all the same.
                    let was: Int = try Int.fetchOne(db, sql: "PRAGMA secure_delete") ?? 0
                    try db.execute(sql: "PRAGMA secure_delete = FAST")
                    // Only a setting of this connection.
                    defer { try? db.execute(sql: "PRAGMA secure_delete = \(was)") }
                    var isLeft = false
                    try db.inTransaction(.immediate) {
                        try renew(epoch, db)
                        isLeft = try delete(segment, db)
                        return .commit
                    }
                    return isLeft
                }
                if budget.isSpent { return false }
            }
        }
        return true
    }

    /// Rows deleted in one transaction.
    private static let deletedRows = 3_000

    /// Deletes some rows of a segment, and the segment when none is left; true while some are.
    private func delete(_ segment: IndexSegment, _ db: Database) throws -> Bool {
        for table in ["posting", "rare"] {
            let end: String? = try db.value(
                "SELECT term FROM \(table) WHERE part = ? AND segment = ? ORDER BY term LIMIT 1 OFFSET ?",
                [part, segment.id, Self.deletedRows])
            if let end {
                try db.run(
                    "DELETE FROM \(table) WHERE part = ? AND segment = ? AND term <= ?", [part, segment.id, end])
                return true
            }
            try db.run("DELETE FROM \(table) WHERE part = ? AND segment = ?", [part, segment.id])
        }
        for table in ["length", "dead"] {
            try db.run("DELETE FROM \(table) WHERE part = ? AND segment = ?", [part, segment.id])
        }
        try db.run("DELETE FROM segment WHERE part = ? AND id = ?", [part, segment.id])
        return false
    }

    // MARK: - Lease

    /// Takes the lease of the part; nil when another process holds it.
    private func acquire(_ writer: any DatabaseWriter) throws -> Int? {
        try writer.write { db in
            guard
                let row = try db.row(
                    "SELECT epoch, owner, leaseUntil, unixepoch('now') FROM indexPart WHERE part = ?", [part])
            else { return nil }
            let (epoch, owner, until, now): (Int, String, Int, Int) = (row[0], row[1], row[2], row[3])
            guard owner.isEmpty || until <= now else { return nil }
            try db.run(
                "UPDATE indexPart SET owner = ?, epoch = ?, leaseUntil = ? WHERE part = ?",
                [ULID().string, epoch + 1, now + policy.leaseSeconds, part])
            return epoch + 1
        }
    }

    /// Keeps the lease; another process that took it over makes this one stop.
    private func renew(_ epoch: Int, _ db: Database) throws {
        try db.run(
            "UPDATE indexPart SET leaseUntil = unixepoch('now') + ? WHERE part = ? AND epoch = ?",
            [policy.leaseSeconds, part, epoch])
        guard db.changesCount > 0 else { throw ArchiveError.refused(.leaseLost(job: "index upkeep")) }
    }

    private func release(_ epoch: Int, _ writer: any DatabaseWriter) throws {
        try writer.write { db in
            try db.run("UPDATE indexPart SET owner = '', leaseUntil = 0 WHERE part = ? AND epoch = ?", [part, epoch])
        }
    }
}
