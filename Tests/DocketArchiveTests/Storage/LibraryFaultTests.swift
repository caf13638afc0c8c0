import DocketCore
import Foundation
import GRDB
import Testing

@testable import DocketArchive

/// Faults made for real: other programs, other versions, no rights, no space, and kill -9.
@Suite struct LibraryFaultTests {
    /// A closed library with one source, whose title is "first".
    private func withClosedLibrary(_ body: (URL) async throws -> Void) async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            let url = folder.appending(path: "library")
            let library = try await Library.create(at: url, by: ArchiveFixture.clerk)
            _ = try await library.add(ArchiveFixture.source(title: "first"), by: ArchiveFixture.clerk)
            try library.close()
            try await body(url)
        }
    }

    private func titles(_ library: Library) async throws -> [String] {
        try await library.list(limit: 1000, viewer: ArchiveFixture.viewer).items.map(\.title)
    }

    // MARK: - What is no library

    @Test func `what is no library is told apart`() async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            await #expect(throws: ArchiveError.notALibrary(folder: folder.path)) {
                try await Library.open(at: folder, mode: .write)
            }
            for bytes in [Data(), Data("這不是資料庫。".utf8), Data(repeating: 0x5A, count: 8192)] {
                try bytes.write(to: folder.appending(path: "docket.sqlite"))
                for mode in [Library.Mode.read, .write] {
                    await #expect(throws: ArchiveError.notALibrary(folder: folder.path), "\(bytes.count)") {
                        try await Library.open(at: folder, mode: mode)
                    }
                }
            }
            let other = folder.appending(path: "other")
            try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
            let queue = try DatabaseQueue(path: other.appending(path: "docket.sqlite").path)
            try await queue.write { try $0.execute(sql: "CREATE TABLE t (x)") }
            await #expect(throws: ArchiveError.notALibrary(folder: other.path)) {
                try await Library.open(at: other, mode: .write)
            }
        }
    }

    @Test func `a library is made only where nothing else is`() async throws {
        try await withClosedLibrary { url async throws in
            await #expect(throws: ArchiveError.exists(folder: url.path)) {
                try await Library.create(at: url, by: ArchiveFixture.clerk)
            }
        }
        try await ArchiveFixture.withFolder { folder async throws in
            try Data().write(to: folder.appending(path: "letter.txt"))
            await #expect(throws: ArchiveError.exists(folder: folder.path)) {
                try await Library.create(at: folder, by: ArchiveFixture.clerk)
            }
            let fresh = folder.appending(path: "fresh")
            try FileManager.default.createDirectory(at: fresh, withIntermediateDirectories: true)
            try Data("name: x".utf8).write(to: fresh.appending(path: "docket.yaml"))
            // A create that was killed before its first table leaves an empty file.
            try Data().write(to: fresh.appending(path: "docket.sqlite"))
            let library = try await Library.create(at: fresh, by: ArchiveFixture.clerk)
            #expect(try await titles(library).isEmpty)
        }
    }

    @Test func `a library of a newer version is refused and not touched`() async throws {
        try await withClosedLibrary { url async throws in
            let file = url.appending(path: "docket.sqlite")
            let queue = try DatabaseQueue(path: file.path)
            try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 999") }
            try queue.close()
            let before = try Data(contentsOf: file)
            for mode in [Library.Mode.read, .write] {
                await #expect(throws: ArchiveError.newerVersion(file: file.path, version: 999, supported: 1)) {
                    try await Library.open(at: url, mode: mode)
                }
            }
            #expect(try Data(contentsOf: file) == before)
        }
    }

    @Test func `a damaged database says so`() async throws {
        try await withClosedLibrary { url async throws in
            let file = url.appending(path: "docket.sqlite")
            var bytes = try Data(contentsOf: file)
            for page in 1..<bytes.count / 4096 {
                bytes.replaceSubrange(page * 4096..<page * 4096 + 512, with: Data(count: 512))
            }
            try bytes.write(to: file)
            await #expect {
                let library = try await Library.open(at: url, mode: .read)
                _ = try await library.list(viewer: ArchiveFixture.viewer)
            } throws: { error in
                if case ArchiveError.corrupt(let named, _) = error { named == file.path } else { false }
            }
        }
    }

    // MARK: - No rights

    @Test func `a folder that cannot be written opens for reading and says so for writing`() async throws {
        try await withClosedLibrary { url async throws in
            try Self.makeReadOnly(url)
            await #expect(processExitsWith: .success) { [path = url.path as String] in
                // Root writes anywhere, so the child gives its rights up first; for others this does nothing.
                if getuid() == 0 { guard setgid(65534) == 0, setuid(65534) == 0 else { exit(10) } }
                let url = URL(filePath: path)
                let library = try await Library.open(at: url, mode: .read)
                let listed = try await library.list(viewer: Viewer(clearance: .internal)).items
                guard listed.map(\.title) == ["first"], let id = listed.first?.id else { exit(11) }
                guard try await library.original(of: id, viewer: Viewer(clearance: .internal)).count > 0 else {
                    exit(12)
                }
                do {
                    _ = try await library.set([.title("x")], on: id, revision: 1, by: .commandLine("x"))
                    exit(13)
                } catch ArchiveError.readOnly(let folder) {
                    guard folder == path else { exit(14) }
                }
                do {
                    _ = try await Library.open(at: url, mode: .write)
                    exit(15)
                } catch ArchiveError.readOnly(let folder) {
                    guard folder == path else { exit(16) }
                }
                exit(0)
            }
            try Self.makeWritable(url)
            let library = try await Library.open(at: url, mode: .write)
            #expect(try await titles(library) == ["first"])
        }
    }

    private static func makeReadOnly(_ url: URL) throws { try chmod(url, folders: 0o555, files: 0o444) }

    private static func makeWritable(_ url: URL) throws { try chmod(url, folders: 0o755, files: 0o644) }

    private static func chmod(_ url: URL, folders: Int, files: Int) throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: url.path)
        // The way down to the folder must be open to the child's user too.
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: url.deletingLastPathComponent().path)
        for path in [url.path] + names.map({ url.appending(path: $0).path }) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            try FileManager.default.setAttributes(
                [.posixPermissions: isFolder.boolValue ? folders : files], ofItemAtPath: path)
        }
    }

    // MARK: - No space

    @Test func `a full database leaves what was there, and goes on when there is space again`() async throws {
        try await withClosedLibrary { url async throws in
            var options = Library.Options()
            options.maximumPages = 150
            let small = try await Library.open(at: url, mode: .write, configuration: nil, options: options)
            var stored = ["first"]
            var failure: ArchiveError?
            for number in 0..<500 where failure == nil {
                do {
                    _ = try await small.add(
                        ArchiveFixture.source([String(repeating: "滿\(number)", count: 3000)], title: "t\(number)"),
                        by: ArchiveFixture.clerk)
                    stored.append("t\(number)")
                } catch let error as ArchiveError { failure = error }
            }
            #expect(failure == .diskFull(file: url.appending(path: "docket.sqlite").path))
            #expect(Set(try await titles(small)) == Set(stored))
            #expect(try await small.check(fixity: true).isSound)
            try small.close()
            let large = try await Library.open(at: url, mode: .write)
            _ = try await large.add(ArchiveFixture.source(["後來"], title: "later"), by: ArchiveFixture.clerk)
            #expect(Set(try await titles(large)) == Set(stored + ["later"]))
            #expect(try await large.verifyAudit().firstBreak == nil)
        }
    }

    @Test func `a limit on the size of files stops an original and the database with one clear line`() async throws {
        try await withClosedLibrary { url async throws in
            await #expect(processExitsWith: .success) { [path = url.path as String] in
                signal(SIGXFSZ, SIG_IGN)
                let library = try await Library.open(at: URL(filePath: path), mode: .write)
                var limit = rlimit(rlim_cur: 2 << 20, rlim_max: 2 << 20)
                guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(10) }
                let large = ArchiveFixture.source([String(repeating: "檔", count: 1 << 20)])
                do {
                    _ = try await library.add(large, by: .commandLine("x"))
                    exit(11)
                } catch ArchiveError.diskFull(let file) {
                    guard file.contains("originals") else { exit(12) }
                }
                guard try await library.blobs.inventory().strays.isEmpty else { exit(13) }
                // Many small originals fill the database instead.
                for number in 0..<400 {
                    do {
                        let text = String(repeating: "行\(number)", count: 1000)
                        _ = try await library.add(ArchiveFixture.source([text]), by: .commandLine("x"))
                    } catch ArchiveError.unavailable(let file, _, let retryable) {
                        guard file.hasSuffix("docket.sqlite"), retryable else { exit(14) }
                        exit(try await library.list(viewer: Viewer(clearance: .internal)).items.isEmpty ? 15 : 0)
                    }
                }
                exit(16)
            }
            let library = try await Library.open(at: url, mode: .write)
            #expect(try await titles(library).contains("first"))
            #expect(try await library.check(fixity: true).isSound)
        }
    }

    /// True where this process may mount a file system: not without root, and in many containers not even then.
    private static let mayMount: Bool = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docket-mount-\(UUID().uuidString)")
        do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
            return false
        }
        defer { rmdir(folder.path) }
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=64k") == 0 else { return false }
        umount2(folder.path, Int32(MNT_DETACH))
        return true
    }()

    @Test(.enabled(if: mayMount, "a file system of two megabytes cannot be mounted here"))
    func `a full file system leaves what was there`() async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            let disk = folder.appending(path: "disk")
            try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
            try #require(mount("tmpfs", disk.path, "tmpfs", 0, "size=2m") == 0)
            defer { umount2(disk.path, Int32(MNT_DETACH)) }
            let library = try await Library.create(at: disk.appending(path: "library"), by: ArchiveFixture.clerk)
            var stored: Set<String> = []
            var failure: ArchiveError?
            for number in 0..<1000 where failure == nil {
                do {
                    let text = String(repeating: "滿\(number)", count: 500)
                    _ = try await library.add(
                        ArchiveFixture.source([text], title: "t\(number)"), by: ArchiveFixture.clerk)
                    stored.insert("t\(number)")
                } catch let error as ArchiveError { failure = error }
            }
            guard case .diskFull = failure else {
                Issue.record("expected a full disk, got \(String(describing: failure))")
                return
            }
            #expect(!stored.isEmpty)
            let listed = try await library.list(limit: 1000, viewer: ArchiveFixture.viewer).items.map(\.title)
            #expect(Set(listed) == stored)
            #expect(try await library.check(fixity: true).isSound)
        }
    }
}
