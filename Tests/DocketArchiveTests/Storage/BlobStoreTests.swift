import DocketCore
import Foundation
import Testing

@testable import DocketArchive

/// What any store of originals must do; run on each implementation.
@Suite struct BlobStoreTests {
    private func withStore(_ body: (any BlobStore, URL) async throws -> Void) async throws {
        try await ArchiveFixture.withFolder { folder async throws in
            try await body(FolderBlobStore(root: folder.appending(path: "originals")), folder)
        }
    }

    @Test(arguments: [0, 1, 4096, (1 << 20) + 17])
    func `bytes come back as they were put, whole and in ranges`(count: Int) async throws {
        try await withStore { store, folder async throws in
            let data = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
            let file = folder.appending(path: "in")
            try data.write(to: file)
            let receipt = try await store.put(.file(file))
            #expect(receipt == BlobReceipt(digest: SHA256Digest(of: data), byteCount: count, existed: false))
            #expect(
                try await store.put(.bytes(data))
                    == BlobReceipt(digest: receipt.digest, byteCount: count, existed: true))
            #expect(try await store.get(receipt.digest, range: nil) == data)
            #expect(try await store.get(receipt.digest, range: count / 3..<count / 2) == data[count / 3..<count / 2])
            #expect(try await store.head(receipt.digest) == count)
            #expect(try await store.verify(receipt.digest))
            #expect(try await store.inventory() == BlobInventory(digests: [receipt.digest], strays: []))
            await #expect(throws: ArchiveError.self) { try await store.get(receipt.digest, range: 0..<count + 1) }
        }
    }

    @Test func `what is not there is not found`() async throws {
        try await withStore { store, folder async throws in
            let digest = SHA256Digest(of: "nothing")
            #expect(try await store.head(digest) == nil)
            await #expect(throws: ArchiveError.self) { try await store.get(digest, range: nil) }
            await #expect(throws: ArchiveError.self) { try await store.put(.file(folder.appending(path: "absent"))) }
            #expect(try await store.inventory().strays.isEmpty)
        }
    }

    @Test func `damaged and shortened bytes are found and put right by the same bytes`() async throws {
        try await withStore { store, folder async throws in
            let data = Data("原始檔案".utf8)
            let digest = try await store.put(.bytes(data)).digest
            let hex = digest.hex
            let file = folder.appending(path: "originals/\(hex.prefix(2))/\(hex.dropFirst(2).prefix(2))/\(hex)")
            try FileManager.default.removeItem(at: file)
            try Data("原始".utf8).write(to: file)
            #expect(try await store.verify(digest) == false)
            #expect(try await store.put(.bytes(data)).existed == false)
            #expect(try await store.verify(digest))
        }
    }

    @Test func `eight writers of the same bytes leave one blob and no strays`() async throws {
        try await withStore { store, _ async throws in
            let data = Data(repeating: 7, count: 300_000)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { _ = try await store.put(.bytes(data)) } }
                try await group.waitForAll()
            }
            #expect(try await store.inventory() == BlobInventory(digests: [SHA256Digest(of: data)], strays: []))
            #expect(try await store.verify(SHA256Digest(of: data)))
        }
    }
}
