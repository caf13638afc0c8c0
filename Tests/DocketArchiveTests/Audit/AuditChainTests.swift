import DocketCore
import Foundation
import GRDB
import Testing

@testable import DocketArchive

@Suite struct AuditChainTests {
    @Test func `every change is one event, chained to the one before`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            for number in 0..<5 {
                _ = try await library.add(ArchiveFixture.source(["\(number)"]), by: ArchiveFixture.clerk)
            }
            try await library.record(.view, "source:x", detail: ["reason": "查閱"], by: ArchiveFixture.clerk)
            let events = try await library.auditEvents(viewer: ArchiveFixture.all)
            #expect(events.map(\.sequence) == Array(1...7))
            #expect(Set(events.map(\.actor)) == ["cli:clerk"])
            for (previous, event) in zip(events, events.dropFirst()) {
                #expect(event.previousHash == previous.hash)
                #expect(try event.computedHash() == event.hash)
            }
            let report = try await library.verifyAudit()
            #expect(report.verified == 7)
            #expect(report.firstBreak == nil)
            #expect(report.finding == nil)
            #expect(report.head == AuditHead(sequence: 7, hash: events[6].hash))
        }
    }

    @Test(arguments: [
        ("UPDATE audit SET actor = 'cli:other' WHERE seq = 3", AuditBreak(sequence: 3, kind: .changed)),
        ("UPDATE audit SET detail = '{}' WHERE seq = 4", AuditBreak(sequence: 4, kind: .changed)),
        ("DELETE FROM audit WHERE seq = 3", AuditBreak(sequence: 3, kind: .gap)),
        ("UPDATE audit SET prevHash = hash WHERE seq = 5", AuditBreak(sequence: 5, kind: .unlinked)),
        ("UPDATE anchor SET heads = '{\"0\":{\"hash\":\"x\",\"sequence\":1}}'", AuditBreak(sequence: 0, kind: .anchor)),
    ])
    func `a change by another hand is found at its place`(sql: String, found: AuditBreak) async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            for number in 0..<5 {
                _ = try await library.add(ArchiveFixture.source(["\(number)"]), by: ArchiveFixture.clerk)
            }
            try await library.tamper(sql)
            let report = try await library.verifyAudit()
            #expect(report.firstBreak == found)
            #expect(report.finding?.rule == "SEC-05")
            #expect(try await library.check().isSound == false)
        }
    }

    @Test func `a trail that is cut or rewritten as a whole is found with a head kept outside`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            for number in 0..<5 {
                _ = try await library.add(ArchiveFixture.source(["\(number)"]), by: ArchiveFixture.clerk)
            }
            let head = try await library.auditHead()
            try await library.tamper("DELETE FROM audit WHERE seq > 4")
            #expect(try await library.verifyAudit().firstBreak == nil)
            #expect(
                try await library.verifyAudit(against: head).firstBreak == AuditBreak(sequence: 5, kind: .head))
        }
    }

    @Test func `an anchor over the heads is written once an hour and must agree with the events`() async throws {
        let time = TestClock()
        var options = Library.Options()
        options.clock = time.clock
        try await ArchiveFixture.withLibrary(options: options) { library async throws in
            for number in 0..<6 {
                time.advance(by: 1800)
                _ = try await library.add(ArchiveFixture.source(["\(number)"]), by: ArchiveFixture.clerk)
            }
            let anchors = try library.rows("SELECT ts, heads FROM anchor ORDER BY ts")
            #expect(anchors.count == 4)
            #expect(try await library.verifyAudit().firstBreak == nil)

            // Rewriting the whole chain behind an anchor gives valid links and another hash than the anchor's.
            try await library.tamper("DELETE FROM audit")
            for number in 10..<17 {
                _ = try await library.add(ArchiveFixture.source(["\(number)"]), by: ArchiveFixture.clerk)
            }
            #expect(try await library.verifyAudit().firstBreak == AuditBreak(sequence: 1, kind: .anchor))
        }
    }

    @Test func `a write without an event is rolled back`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            await #expect(throws: UnauditedWrite.self) {
                try await library.store.write(RoutingKey("x"), by: ArchiveFixture.clerk) { writing in
                    try writing.setSetting("key", to: "value")
                }
            }
            #expect(try library.rows("SELECT 1 FROM setting WHERE key = 'key'").isEmpty)
            await #expect(throws: ArchiveError.refused(.missingReason(field: "actor"))) {
                try await library.record(.view, "library", by: Actor(""))
            }
        }
    }

    @Test func `moving a character between fields changes the hash`() throws {
        var one = AuditEvent(time: "t", actor: "ab", action: "c", object: "o", detail: [:])
        var two = AuditEvent(time: "t", actor: "a", action: "bc", object: "o", detail: [:])
        one.previousHash = AuditChain.start
        two.previousHash = AuditChain.start
        #expect(try one.computedHash() != two.computedHash())
    }
}
