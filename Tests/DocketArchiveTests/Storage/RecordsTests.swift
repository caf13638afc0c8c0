import DocketCore
import Foundation
import Synchronization
import Testing

@testable import DocketArchive

@Suite struct RecordsTests {
    /// A container of records "r1" … and their texts.
    static func container(_ texts: [String], file: String = "records.jsonl", collection: String = "csl")
        -> RecordContainer
    {
        let bytes = Data(texts.joined(separator: "\n").utf8)
        return RecordContainer(
            origin: Origin(
                fileName: file, sha256: SHA256Digest(of: bytes), byteCount: bytes.count,
                mediaType: "application/x-ndjson", reader: "records/1"), original: .bytes(bytes), collection: collection
        )
    }

    static func record(_ line: Int, _ text: String, external: String? = nil, title: String = "題名") -> NewRecord {
        let source = ArchiveFixture.source([text], kind: .record, title: title)
        return NewRecord(line: line, external: external ?? "r\(line)", document: source.document)
    }

    static func stream(_ records: [NewRecord]) -> AsyncStream<NewRecord> {
        AsyncStream { continuation in
            for record in records { continuation.yield(record) }
            continuation.finish()
        }
    }

    @Test func `records of a container are sources of their own that share its bytes`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let texts = (1...25).map { "第\($0)筆" }
            let container = Self.container(texts)
            let records = texts.enumerated().map { Self.record($0.offset + 1, $0.element) }
            let reports = Mutex<[Int]>([])
            let outcome = try await library.addRecords(
                Self.stream(records), of: container, batch: 10, by: ArchiveFixture.clerk
            ) { progress in reports.withLock { $0.append(progress.added) } }
            #expect(outcome.added == 25 && outcome.rejected == 0)
            #expect(reports.withLock { $0 } == [10, 20, 25])

            let id = try #require(
                try await library.source(external: "r7", collection: "csl", viewer: ArchiveFixture.viewer))
            let stored = try await library.source(id, viewer: ArchiveFixture.viewer)
            #expect(stored.document.text == "第7筆\n")
            #expect(stored.document.origin.line == 7)
            #expect(stored.document.origin.fileName == "records.jsonl")
            #expect(stored.external == "r7" && stored.collection == "csl")
            #expect(
                try await library.original(of: id, viewer: ArchiveFixture.viewer)
                    == Data(texts.joined(separator: "\n").utf8))
            #expect(try await library.source(external: "r7", viewer: ArchiveFixture.viewer) == nil)
            #expect(
                try await library.auditEvents(viewer: ArchiveFixture.all).map(\.action).filter {
                    $0 == "source.addRecords"
                }.count == 4)
            #expect(try await library.check().isSound)
        }
    }

    @Test func `a run that was cut short goes on after its last stored line`() async throws {
        struct Cut: Error {}
        try await ArchiveFixture.withLibrary { library async throws in
            let texts = (1...25).map { "第\($0)筆" }
            let container = Self.container(texts)
            let records = texts.enumerated().map { Self.record($0.offset + 1, $0.element) }
            let cut = AsyncThrowingStream<NewRecord, any Error> { continuation in
                for record in records.prefix(17) { continuation.yield(record) }
                continuation.finish(throwing: Cut())
            }
            await #expect(throws: Cut.self) {
                try await library.addRecords(cut, of: container, batch: 5, by: ArchiveFixture.clerk)
            }
            let stored = try await library.storedLines(ofContainer: container.origin.sha256, collection: "csl")
            #expect(stored.last == 15 && !stored.complete)
            let again = try await library.addRecords(
                Self.stream(records), of: container, batch: 5, by: ArchiveFixture.clerk)
            #expect(again.skipped == 15 && again.added == 10)
            #expect(try await library.statistics(viewer: ArchiveFixture.all).sources == ["record": 25])
            let third = try await library.addRecords(
                Self.stream(records), of: container, by: ArchiveFixture.clerk)
            #expect(third.isDuplicate && third.skipped == 25)
        }
    }

    @Test func `a corrected file of the collection brings new text versions`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let old = (1...3).map { Self.record($0, "第\($0)筆") }
            _ = try await library.addRecords(
                Self.stream(old), of: Self.container(["a"]), by: ArchiveFixture.clerk)
            let new = [
                Self.record(1, "第1筆"), Self.record(2, "第2筆（更正）"), Self.record(3, "第3筆", title: "新題名"),
                Self.record(4, "第4筆"),
            ]
            let outcome = try await library.addRecords(
                Self.stream(new), of: Self.container(["b"]), by: ArchiveFixture.clerk)
            #expect(outcome.unchanged == 1 && outcome.revised == 2 && outcome.added == 1)
            let id = old[1].document.id
            let now = try await library.source(id, viewer: ArchiveFixture.viewer)
            #expect(now.document.text == "第2筆（更正）\n" && now.document.version == 2 && now.revision == 2)
            #expect(now.document.origin.sha256 == Self.container(["b"]).origin.sha256)
            let before = try await library.source(id, version: 1, viewer: ArchiveFixture.viewer)
            #expect(before.document.text == "第2筆\n")
            #expect(try await library.source(old[2].document.id, viewer: ArchiveFixture.viewer).document.title == "新題名")
            let other = try await library.addRecords(
                Self.stream(new), of: Self.container(["c"], collection: "drcd"), by: ArchiveFixture.clerk)
            // In another collection the ids mean other records; the source id of line 4 is taken.
            #expect(other.added == 3 && other.rejections.map(\.line) == [4])
        }
    }

    @Test func `a record that cannot be stored is reported with its line and the others go on`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            var secret = Self.record(2, "密")
            secret.document.classification = .secret
            var torn = Self.record(3, "裂")
            torn.document.passages = []
            let twice = Self.record(5, "重", external: "r1")
            let records = [Self.record(1, "一"), secret, torn, Self.record(4, "四"), twice]
            let outcome = try await library.addRecords(
                Self.stream(records), of: Self.container(["x"]), by: ArchiveFixture.clerk)
            #expect(outcome.added == 2)
            #expect(outcome.rejections.map(\.line) == [2, 3, 5])
            #expect(outcome.rejections[0].error == .refused(.aboveCeiling(level: .secret, ceiling: .internal)))
            #expect(outcome.rejections[2].error == .conflict(.identity(object: "record:r1 (line 5)")))
            #expect(try await library.check().isSound)
        }
    }

    @Test func `a load that is cancelled keeps whole transactions and goes on later`() async throws {
        try await ArchiveFixture.withLibrary { library async throws in
            let records = (1...60).map { Self.record($0, "第\($0)筆") }
            let container = Self.container(["x"])
            let (waiting, wait) = AsyncStream<Void>.makeStream()
            let count = Mutex(0)
            // After 35 records the stream waits for more until its task is cancelled, and then ends without an error.
            let slow = AsyncStream<NewRecord>(unfolding: {
                let number = count.withLock {
                    $0 += 1; return $0
                }
                if number <= 35 { return records[number - 1] }
                wait.finish()
                try? await Task.sleep(for: .seconds(60))
                return nil
            })
            let load = Task {
                try await library.addRecords(slow, of: container, batch: 10, by: ArchiveFixture.clerk)
            }
            for await _ in waiting {}
            load.cancel()
            await #expect(throws: CancellationError.self) { try await load.value }
            let stored = try await library.storedLines(ofContainer: container.origin.sha256, collection: "csl")
            #expect(stored.last == 30 && !stored.complete)
            #expect(try await library.check().isSound)
            let rest = try await library.addRecords(
                Self.stream(records), of: container, by: ArchiveFixture.clerk)
            #expect(rest.skipped == 30 && rest.added == 30)
        }
    }
}
