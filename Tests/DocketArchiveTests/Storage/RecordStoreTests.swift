import DocketCore
import Foundation
import Testing

@testable import DocketArchive

/// What any store of records must do; run on each implementation.
@Suite struct RecordStoreTests {
    private static let key = RoutingKey("series")

    private func withStore(_ body: (any RecordStore) async throws -> Void) async throws {
        try await ArchiveFixture.withLibrary { library async throws in try await body(library.store) }
    }

    private static func put(_ value: String, _ writing: Writing) throws {
        try writing.setSetting("test", to: value)
        try writing.record(.configure, "test")
    }

    private static func value(_ store: any RecordStore, _ freshness: Freshness = .latest) async throws -> String? {
        try await store.read(nil, as: ArchiveFixture.viewer, freshness: freshness) { reading in
            try reading.db.value("SELECT value FROM setting WHERE key = 'test' /* reference: setting */")
        }
    }

    @Test func `a write is seen by every read after it, however fresh`() async throws {
        try await withStore { store async throws in
            try await store.write(Self.key, by: ArchiveFixture.clerk) { try Self.put("一", $0) }
            for freshness in [Freshness.latest, .own(after: 1), .replica(maximumLag: .seconds(1))] {
                #expect(try await Self.value(store, freshness) == "一")
            }
        }
    }

    @Test func `a body that throws changes nothing, in one bucket or across`() async throws {
        struct Refused: Error {}
        try await withStore { store async throws in
            await #expect(throws: Refused.self) {
                try await store.write(Self.key, by: ArchiveFixture.clerk) { writing in
                    try Self.put("一", writing)
                    throw Refused()
                }
            }
            await #expect(throws: Refused.self) {
                try await store.writeAcross([Self.key], because: "a test", by: ArchiveFixture.clerk) { writing in
                    try Self.put("二", writing)
                    throw Refused()
                }
            }
            #expect(try await Self.value(store) == nil)
        }
    }

    @Test func `a read sees one state while others write`() async throws {
        try await withStore { store async throws in
            try await store.write(Self.key, by: ArchiveFixture.clerk) { try Self.put("0", $0) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for number in 1...50 {
                        try await store.write(Self.key, by: ArchiveFixture.clerk) { try Self.put("\(number)", $0) }
                    }
                }
                for _ in 0..<20 {
                    group.addTask {
                        let (setting, events) = try await store.read(
                            nil, as: ArchiveFixture.viewer, freshness: .latest
                        ) { reading in
                            let value: String? = try reading.db.value(
                                "SELECT value FROM setting WHERE key = 'test' /* reference: setting */")
                            return (value, try AuditChain.head(reading.db).sequence)
                        }
                        // Creation and the first write are two events; each later write adds one with its number.
                        #expect(setting == String(events - 2))
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `a cancelled task neither reads nor writes`() async throws {
        try await withStore { store async throws in
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                try await store.write(Self.key, by: ArchiveFixture.clerk) { try Self.put("一", $0) }
            }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await Self.value(store) == nil)
        }
    }
}
