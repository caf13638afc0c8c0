import DocketCore
import Foundation
import GRDB
import Testing

@testable import DocketArchive

/// Several programs at one library, and programs that are killed at it.
@Suite struct LibraryProcessTests {
    @Test func `two programs at once both succeed`() async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            let url = folder.appending(path: "library")
            try await Library.create(at: url, by: ArchiveFixture.clerk).close()
            let path = url.path
            await withTaskGroup(of: Void.self) { group in
                for name in ["甲", "乙"] {
                    group.addTask {
                        await #expect(processExitsWith: .success) { [path = path as String, name = name as String] in
                            let library = try await Library.open(at: URL(filePath: path), mode: .write)
                            for number in 0..<40 {
                                let source = ArchiveFixture.source(["\(name)\(number)"], title: "\(name)\(number)")
                                _ = try await library.add(source, by: .commandLine(name))
                                // Both also add this one.
                                _ = try await library.add(ArchiveFixture.source(["同\(number)"]), by: .commandLine(name))
                            }
                            try library.close()
                        }
                    }
                }
            }
            let library = try await Library.open(at: url, mode: .read)
            #expect(try await library.statistics(viewer: ArchiveFixture.all).sources == ["document": 120])
            let report = try await library.verifyAudit()
            #expect(report.firstBreak == nil && report.verified == 121)
            #expect(try await library.check(fixity: true).isSound)
        }
    }

    @Test func `a program that holds the library too long gives the other one clear line`() async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            let url = folder.appending(path: "library")
            let configuration = LibraryConfiguration(busyTimeoutMilliseconds: 200)
            let library = try await Library.create(at: url, configuration: configuration, by: ArchiveFixture.clerk)
            var unsafe = Configuration()
            unsafe.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(path: url.appending(path: "docket.sqlite").path, configuration: unsafe)
            try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            let file = url.appending(path: "docket.sqlite").path
            await #expect(throws: ArchiveError.locked(file: file, waitedMilliseconds: 200)) {
                try await library.add(ArchiveFixture.source(), by: ArchiveFixture.clerk)
            }
            #expect(try await library.list(viewer: ArchiveFixture.viewer).items.isEmpty)
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            _ = try await library.add(ArchiveFixture.source(), by: ArchiveFixture.clerk)
            #expect(try await library.list(viewer: ArchiveFixture.viewer).items.count == 1)
        }
    }

    /// Where a program is killed inside `add`.
    enum Place: String, CaseIterable, Codable, Sendable {
        case beforeOriginal, afterOriginal, insideTransaction, endOfTransaction
    }

    @Test(arguments: Place.allCases)
    func `a program killed inside add leaves nothing half stored`(place: Place) async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            let url = folder.appending(path: "library")
            try await Library.create(at: url, by: ArchiveFixture.clerk).close()
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = url.path as String, place = place as Place] in
                var options = Library.Options()
                options.blobs = KillingBlobs(
                    base: FolderBlobStore(root: URL(filePath: path).appending(path: "originals")), place: place)
                options.index = KillingIndex(place: place)
                let library = try await Library.open(
                    at: URL(filePath: path), mode: .write, configuration: nil, options: options)
                _ = try await library.add(ArchiveFixture.source(["完整"], title: "first"), by: .commandLine("x"))
                _ = try await library.add(ArchiveFixture.source(["致命"], title: "kill"), by: .commandLine("x"))
            }
            let library = try await Library.open(at: url, mode: .write)
            #expect(try await library.list(viewer: ArchiveFixture.viewer).items.map(\.title) == ["first"])
            let report = try await library.check(fixity: true)
            #expect(report.isSound)
            #expect(report.orphans.count == (place == .beforeOriginal ? 0 : 1))
            // The same add, done again, uses what the first one left.
            _ = try await library.add(ArchiveFixture.source(["致命"], title: "kill"), by: ArchiveFixture.clerk)
            #expect(try await library.check(fixity: true).orphans.isEmpty)
            #expect(try await library.list(viewer: ArchiveFixture.viewer).items.count == 2)
        }
    }

    @Test(arguments: 0..<4)
    func `a program killed at any moment loses no source that it was told is stored`(round: Int) async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            let url = folder.appending(path: "library")
            try await Library.create(at: url, by: ArchiveFixture.clerk).close()
            let told = folder.appending(path: "told").path
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = url.path as String, told = told as String, round = round as Int] in
                let library = try await Library.open(at: URL(filePath: path), mode: .write)
                Thread.detachNewThread {
                    usleep(useconds_t(20_000 + 37_000 * round + Int.random(in: 0..<30_000)))
                    kill(getpid(), SIGKILL)
                }
                let file = open(told, O_WRONLY | O_CREAT | O_APPEND, 0o644)
                for number in 0..<100_000 {
                    let source = ArchiveFixture.source(["第\(number)"], title: "t\(number)")
                    _ = try await library.add(source, by: .commandLine("x"))
                    let line = Array("t\(number)\n".utf8)
                    _ = write(file, line, line.count)
                }
            }
            let library = try await Library.open(at: url, mode: .write)
            var stored: Set<String> = []
            var page: PageToken?
            repeat {
                let next = try await library.list(page: page, limit: 1000, viewer: ArchiveFixture.viewer)
                stored.formUnion(next.items.map(\.title))
                page = next.next
            } while page != nil
            let lines = try? String(contentsOfFile: told, encoding: .utf8)  // absent when it was killed at once
            let promised = Set((lines ?? "").split(separator: "\n").map(String.init))
            #expect(stored.isSuperset(of: promised))
            #expect(stored.count <= promised.count + 1)
            let report = try await library.check(fixity: true)
            #expect(report.isSound)
            #expect(report.orphans.count <= 1)
            #expect(try await library.verifyAudit().verified == stored.count + 1)
        }
    }
}

/// Originals that kill their program before or after the second put.
private struct KillingBlobs: BlobStore {
    let base: FolderBlobStore
    let place: LibraryProcessTests.Place

    func put(_ original: Original) async throws -> BlobReceipt {
        let isFatal = if case .bytes(let data) = original { data.starts(with: Data("致命".utf8)) } else { false }
        if isFatal, place == .beforeOriginal { kill(getpid(), SIGKILL) }
        let receipt = try await base.put(original)
        if isFatal, place == .afterOriginal { kill(getpid(), SIGKILL) }
        return receipt
    }

    func get(_ digest: SHA256Digest, range: Range<Int>?) async throws -> Data {
        try await base.get(digest, range: range)
    }
    func head(_ digest: SHA256Digest) async throws -> Int? { try await base.head(digest) }
    func verify(_ digest: SHA256Digest) async throws -> Bool { try await base.verify(digest) }
    func inventory() async throws -> BlobInventory { try await base.inventory() }
}

/// An index that kills its program in the transaction of the source "kill".
private struct KillingIndex: RecordIndexing {
    let place: LibraryProcessTests.Place

    func replace(_ source: SourceID, with documents: [IndexDocument], _ db: Database) throws {
        let title = try String.fetchOne(db, sql: "SELECT title FROM source WHERE id = ?", arguments: [source.rawValue])
        guard title == "kill" else { return }
        if place == .insideTransaction { kill(getpid(), SIGKILL) }
        if place == .endOfTransaction {
            // Force the changed pages into the log before the commit, so that recovery has something to undo.
            try db.execute(sql: "PRAGMA cache_spill = 1; PRAGMA cache_size = 1")
            try db.execute(sql: "CREATE TABLE spill AS SELECT randomblob(100000) AS x")
            kill(getpid(), SIGKILL)
        }
    }

    func load(_ documents: [IndexDocument], _ db: Database) throws {}
    func clear(_ db: Database) throws {}
}
