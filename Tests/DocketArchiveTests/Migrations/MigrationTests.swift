import DocketCore
import Foundation
import GRDB
import Testing

@testable import DocketArchive

@Suite struct MigrationTests {
    /// A migration that gives every source the length of its title, in batches of `batch`.
    private static func titleLength(batch: Int, stopAt: Int = .max) -> Migration {
        Migration(
            name: "add-title-length",
            add: { try $0.execute(sql: "ALTER TABLE source ADD COLUMN titleLength INTEGER") },
            fill: { db, cursor in
                let ids = try String.fetchAll(
                    db, sql: "SELECT id FROM source WHERE id > ? ORDER BY id LIMIT ?", arguments: [cursor ?? "", batch])
                for id in ids {
                    let done = try Int.fetchOne(db, sql: "SELECT count(titleLength) FROM source") ?? 0
                    if done >= stopAt { throw Interrupted() }
                    try db.execute(sql: "UPDATE source SET titleLength = length(title) WHERE id = ?", arguments: [id])
                }
                return ids.count < batch ? nil : ids.last
            },
            drop: Migration.Drop(requires: 2) { try $0.execute(sql: "DROP INDEX sourceByKind") })
    }

    private struct Interrupted: Error {}

    @Test func `a migration adds at opening, fills in steps that go on after a stop, and drops last`() async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            let url = folder.appending(path: "library")
            let old = try await Library.create(at: url, by: ArchiveFixture.clerk)
            for number in 0..<10 {
                _ = try await old.add(
                    ArchiveFixture.source(["\(number)"], title: String(repeating: "題", count: number)),
                    by: ArchiveFixture.clerk)
            }
            try old.close()

            var options = Library.Options()
            options.migrator = Migrator(
                migrations: Migrator.released.migrations + [Self.titleLength(batch: 3, stopAt: 7)])
            let half = try await Library.open(at: url, mode: .write, configuration: nil, options: options)
            #expect(try await half.statistics(viewer: ArchiveFixture.all).waitingMigrations == ["add-title-length"])
            await #expect(throws: Interrupted.self) { try await half.maintain() }
            #expect(try half.rows("SELECT 1 FROM source WHERE titleLength IS NOT NULL").count == 6)
            // An old program still works on the library while it is being filled.
            try half.close()
            let beside = try await Library.open(at: url, mode: .write)
            _ = try await beside.add(ArchiveFixture.source(["舊程式"]), by: ArchiveFixture.clerk)
            try beside.close()

            options.migrator = Migrator(migrations: Migrator.released.migrations + [Self.titleLength(batch: 3)])
            let whole = try await Library.open(at: url, mode: .write, configuration: nil, options: options)
            #expect(try await whole.maintain(batches: 1) == false)
            #expect(try await whole.statistics(viewer: ArchiveFixture.all).schemaVersion == 1)
            #expect(try await whole.maintain())
            let lengths = try whole.rows("SELECT titleLength FROM source ORDER BY titleLength").map { $0[0] as Int? }
            #expect(lengths == [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
            #expect(try await whole.statistics(viewer: ArchiveFixture.all).schemaVersion == 2)
            #expect(try whole.rows("SELECT 1 FROM sqlite_master WHERE name = 'sourceByKind'").isEmpty)
            let events = try await whole.auditEvents(of: "migration:add-title-length", viewer: ArchiveFixture.all)
            #expect(events.map { $0.detail["phase"] } == ["add", "fill", "drop"])
            #expect(try await whole.verifyAudit().firstBreak == nil)
            try whole.close()

            // What was dropped is needed by the old program: it refuses the library now.
            let file = url.appending(path: "docket.sqlite").path
            await #expect(throws: ArchiveError.newerVersion(file: file, version: 2, supported: 1)) {
                try await Library.open(at: url, mode: .write)
            }
        }
    }

    @Test func `two programs that create at once make one library`() async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            let url = folder.appending(path: "library")
            let made = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        do {
                            try await Library.create(at: url, by: ArchiveFixture.clerk).close()
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made >= 1)
            let library = try await Library.open(at: url, mode: .write)
            #expect(try await library.verifyAudit().firstBreak == nil)
        }
    }
}
