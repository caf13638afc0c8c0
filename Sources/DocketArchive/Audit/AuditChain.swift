import DocketCore
import Foundation
import GRDB

/// The hash chain in the table `audit`: appended to in every write's own transaction, never changed.
enum AuditChain {
    /// Chain and bucket of a library of one file, whose writers queue anyway.
    static let chain = 0
    static let bucket = 0
    static let start = String(repeating: "0", count: 64)
    /// An anchor over the heads is written with the first event after this time.
    static let anchorSeconds = 3600.0

    static func head(_ db: Database) throws -> AuditHead {
        let row = try db.row(
            """
            SELECT seq, hash FROM audit WHERE bucket = :bucket AND chain = :chain ORDER BY seq DESC LIMIT 1
            """, ["bucket": bucket, "chain": chain])
        guard let row else { return AuditHead(sequence: 0, hash: start) }
        return AuditHead(sequence: row["seq"], hash: row["hash"])
    }

    static func append(_ event: AuditEvent, to db: Database) throws {
        let head = try head(db)
        var event = event
        event.chain = chain
        event.sequence = head.sequence + 1
        event.previousHash = head.hash
        event.hash = try event.computedHash()
        try db.run(
            """
            INSERT INTO audit (bucket, chain, seq, ts, actor, action, object, detail, prevHash, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                bucket, chain, event.sequence, event.time, event.actor, event.action, event.object,
                try Coding.text(event.detail), event.previousHash, event.hash,
            ])
        try anchorIfDue(after: event, db)
    }

    // MARK: - Anchors

    private static func anchorIfDue(after event: AuditEvent, _ db: Database) throws {
        let last = try db.row("SELECT ts, hash FROM anchor ORDER BY ts DESC LIMIT 1 /* reference: anchor */")
        if let last, !isDue(event.time, after: last["ts"]) { return }
        let heads = try Coding.text([String(chain): AuditHead(sequence: event.sequence, hash: event.hash)])
        let previous: String = last?["hash"] ?? start
        try db.run(
            "INSERT INTO anchor (ts, heads, prevHash, hash) VALUES (?, ?, ?, ?) /* reference: anchor */",
            [event.time, heads, previous, anchorHash(time: event.time, heads: heads, previous: previous)])
    }

    private static func isDue(_ time: String, after last: String) -> Bool {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        // A time that cannot be read was written by another hand; a new anchor does no harm.
        guard let now = try? style.parse(time), let then = try? style.parse(last) else { return time > last }
        return now.timeIntervalSince(then) >= anchorSeconds
    }

    private static func anchorHash(time: String, heads: String, previous: String) -> String {
        var bytes = Data()
        for field in [time, heads, previous] { bytes.append(contentsOf: "\(field.utf8.count):\(field),".utf8) }
        return SHA256Digest(of: bytes).hex
    }

    // MARK: - Verification

    /// Walks the whole trail; `kept` is a head noted outside the library earlier.
    static func verify(_ db: Database, against kept: AuditHead?) throws -> AuditReport {
        var report = AuditReport(verified: 0, head: AuditHead(sequence: 0, hash: start))
        let anchors = try anchoredHeads(db)
        guard anchors.isWhole else {
            report.firstBreak = AuditBreak(sequence: 0, kind: .anchor)
            return report
        }
        var expected = anchors.heads
        if let kept, kept.sequence > 0 { expected[kept.sequence, default: []].append((kept.hash, .head)) }
        let cursor = try Row.fetchCursor(
            db,
            sql: """
                SELECT seq, ts, actor, action, object, detail, prevHash, hash FROM audit
                WHERE bucket = ? AND chain = ? ORDER BY seq
                """, arguments: [bucket, chain])
        while let row = try cursor.next() {
            if let kind = try fault(in: row, after: report.head, expected: &expected) {
                report.firstBreak = AuditBreak(sequence: report.verified + 1, kind: kind)
                return report
            }
            report.verified += 1
            report.head = AuditHead(sequence: row["seq"], hash: row["hash"])
        }
        if let missing = expected.min(by: { $0.key < $1.key }) {
            report.firstBreak = AuditBreak(
                sequence: report.verified + 1, kind: missing.value.contains { $0.1 == .head } ? .head : .anchor)
        }
        return report
    }

    private typealias Expected = [Int: [(hash: String, kind: AuditBreak.Kind)]]

    private static func fault(
        in row: Row, after head: AuditHead, expected: inout Expected
    ) throws -> AuditBreak.Kind? {
        let event = try event(row)
        if event.sequence != head.sequence + 1 { return .gap }
        if event.previousHash != head.hash { return .unlinked }
        if try event.computedHash() != event.hash { return .changed }
        for (hash, kind) in expected.removeValue(forKey: event.sequence) ?? [] where hash != event.hash { return kind }
        return nil
    }

    static func event(_ row: Row) throws -> AuditEvent {
        var event = AuditEvent(
            time: row["ts"], actor: row["actor"], action: row["action"], object: row["object"],
            detail: (try? Coding.value([String: String].self, from: row["detail"], of: "audit")) ?? ["": "unreadable"])
        // An unreadable detail gives another hash, so the walk reports the event as changed.
        event.chain = chain
        event.sequence = row["seq"]
        event.previousHash = row["prevHash"]
        event.hash = row["hash"]
        return event
    }

    /// Heads that anchors name, by position; `isWhole` is false when the anchors' own chain breaks.
    private static func anchoredHeads(_ db: Database) throws -> (heads: Expected, isWhole: Bool) {
        var heads: Expected = [:]
        var previous = start
        for row in try db.rows("SELECT ts, heads, prevHash, hash FROM anchor ORDER BY ts /* reference: anchor */") {
            let (time, text, hash): (String, String, String) = (row["ts"], row["heads"], row["hash"])
            guard row["prevHash"] == previous, anchorHash(time: time, heads: text, previous: previous) == hash,
                let named = try? Coding.value([String: AuditHead].self, from: text, of: "anchor")
            else { return (heads, false) }
            // An unreadable anchor is reported as a break by the guard.
            for head in named.values { heads[head.sequence, default: []].append((head.hash, .anchor)) }
            previous = hash
        }
        return (heads, true)
    }
}
