import DocketCore
import Foundation
import GRDB
import Synchronization

@testable import DocketArchive

/// Makers of sources and libraries for the tests of the archive.
enum ArchiveFixture {
    static let clerk = Actor.commandLine("clerk")
    static let viewer = Viewer(clearance: .internal)
    static let all = Viewer(clearance: .topSecret)

    /// Runs `body` with a new library in a folder of its own, which is removed afterwards.
    static func withLibrary(
        _ configuration: LibraryConfiguration = LibraryConfiguration(), options: Library.Options = Library.Options(),
        _ body: (Library) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            let library = try await Library.create(
                at: folder.appending(path: "library"), configuration: configuration, by: clerk, options: options)
            try await body(library)
        }
    }

    static func withFolder(_ body: (URL) async throws -> Void) async throws {
        // In memory where the system has such a folder: a commit waits for the disk, and these tests commit a lot.
        let memory = URL(filePath: "/dev/shm")
        let base =
            FileManager.default.isWritableFile(atPath: memory.path) ? memory : FileManager.default.temporaryDirectory
        let folder = base.appending(path: "docket-\(ULID().string)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a left-over folder harms no test
        try await body(folder)
    }

    /// A source whose text is `lines`, each a passage, and whose original bytes are the text (and `salt`).
    static func source(
        _ lines: [String] = ["第一段。", "第二段。"], id: SourceID = .make(), kind: SourceKind = .document,
        title: String = "", classification: Classification = .internal, scope: String = "", date: String? = nil,
        facts: [String: String] = [:], salt: String = "", structure: DocumentStructure = DocumentStructure()
    ) -> NewSource {
        let text = lines.map { $0 + "\n" }.joined()
        let bytes = Data((text + salt).utf8)
        let document = SourceDocument(
            id: id, kind: kind, title: title, language: "zh-Hant", text: text, passages: passages(lines),
            classification: classification, scope: scope, date: date,
            origin: Origin(
                fileName: "file.txt", sha256: SHA256Digest(of: bytes), byteCount: bytes.count, mediaType: "text/plain",
                encoding: "UTF-8", reader: "plain-text/1"), facts: facts)
        return NewSource(document: document, structure: structure, original: .bytes(bytes))
    }

    static func passages(_ lines: [String]) -> [Passage] {
        var start = 0
        return lines.enumerated().map { number, line in
            let end = start + line.utf8.count + 1
            defer { start = end }
            return Passage(
                number: number, kind: .utterance, range: start..<end, level: number % 3 == 0 ? 2 : nil,
                speaker: number % 2 == 0 ? "甲" : nil, time: TimeRange(start: number * 1000, end: number * 1000 + 900),
                locator: number % 2 == 0 ? Locator(page: number + 1, box: [1, 2, 3.5, 4]) : nil)
        }
    }
}

/// A clock that stands still until it is advanced.
final class TestClock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_700_000_000))

    var clock: StoreClock { StoreClock { [self] in time.withLock { $0 } } }

    func advance(by seconds: Double) { time.withLock { $0 += seconds } }
}

extension Library {
    /// Changes the database behind the library's back.
    func tamper(_ sql: String) async throws {
        try await store.writer?.write { db in try db.execute(sql: sql) }
    }

    func rows(_ sql: String) throws -> [Row] {
        try store.reader.read { db in
            try Row.fetchAll(db, sql: sql)
        }
    }
}
