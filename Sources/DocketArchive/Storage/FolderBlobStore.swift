import DocketCore
import Foundation

/// Blobs as files `aa/bb/sha256` below one folder.
///
/// A put writes a temporary file in `.incoming`, syncs it, renames it into its place and syncs that folder, so that after
/// a kill or a power cut a blob is either whole or absent. Files are read and written on a queue of their own, since
/// file calls block.
final class FolderBlobStore: BlobStore {
    private let root: URL
    private let queue = DispatchQueue(label: "docket.originals", attributes: .concurrent)
    private static let incoming = ".incoming"
    private static let pieceBytes = 1 << 20

    init(root: URL) { self.root = root }

    func put(_ original: Original) async throws -> BlobReceipt {
        try await onQueue { try self.putNow(original) }
    }

    func get(_ digest: SHA256Digest, range: Range<Int>?) async throws -> Data {
        try await onQueue {
            let file = try BlobFile(reading: self.place(of: digest))
            defer { file.close() }
            let size = try file.size()
            let wanted = range ?? 0..<size
            guard wanted.lowerBound >= 0, wanted.upperBound <= size else {
                throw ArchiveError.corrupt(file: file.path, detail: "\(size) bytes, wanted up to \(wanted.upperBound)")
            }
            return try file.read(at: wanted.lowerBound, count: wanted.count)
        }
    }

    func head(_ digest: SHA256Digest) async throws -> Int? {
        try await onQueue {
            do {
                let file = try BlobFile(reading: self.place(of: digest))
                defer { file.close() }
                return try file.size()
            } catch ArchiveError.notFound {
                return nil
            }
        }
    }

    func verify(_ digest: SHA256Digest) async throws -> Bool {
        try await onQueue {
            let file = try BlobFile(reading: self.place(of: digest))
            defer { file.close() }
            var hasher = SHA256Digest.Hasher()
            while case let piece = try file.readNext(Self.pieceBytes), !piece.isEmpty { hasher.update(piece) }
            return hasher.finalize() == digest
        }
    }

    func inventory() async throws -> BlobInventory {
        try await onQueue {
            var inventory = BlobInventory(digests: [], strays: [])
            let base = self.root.path
            guard let walk = FileManager.default.enumerator(atPath: base) else { return inventory }
            while let relative = walk.nextObject() as? String {
                let parts = relative.split(separator: "/")
                guard let name = parts.last.map(String.init) else { continue }
                if let digest = SHA256Digest(hex: name), parts.count == 3 {
                    inventory.digests.append(digest)
                } else if walk.fileAttributes?[.type] as? FileAttributeType != .typeDirectory {
                    inventory.strays.append(relative)
                }
            }
            inventory.digests.sort { $0.hex < $1.hex }
            inventory.strays.sort()
            return inventory
        }
    }

    // MARK: - Putting

    private func putNow(_ original: Original) throws -> BlobReceipt {
        let folder = root.appending(path: Self.incoming)
        try makeFolder(folder)
        let temporary = folder.appending(path: ULID().string)
        var moved = false
        let file = try BlobFile(creating: temporary)
        defer {
            file.close()
            if !moved { unlink(temporary.path) }
        }
        let (digest, count) = try copy(original, to: file)
        let place = place(of: digest)
        if let size = try? BlobFile(reading: place).closingSize(), size == count {
            // The same bytes are there; an unreadable or shorter file is written anew.
            return BlobReceipt(digest: digest, byteCount: count, existed: true)
        }
        try file.sync()
        let parent = place.deletingLastPathComponent()
        try makeFolder(parent)
        guard rename(temporary.path, place.path) == 0 else { throw BlobFile.failure(place.path) }
        moved = true
        try BlobFile.syncFolder(parent)
        return BlobReceipt(digest: digest, byteCount: count, existed: false)
    }

    private func copy(_ original: Original, to file: BlobFile) throws -> (SHA256Digest, Int) {
        var hasher = SHA256Digest.Hasher()
        var count = 0
        switch original {
        case .bytes(let data):
            hasher.update(data)
            try file.write(data)
            count = data.count
        case .file(let url):
            let input = try BlobFile(reading: url)
            defer { input.close() }
            while case let piece = try input.readNext(Self.pieceBytes), !piece.isEmpty {
                hasher.update(piece)
                try file.write(piece)
                count += piece.count
            }
        }
        return (hasher.finalize(), count)
    }

    /// Makes a folder and syncs the folders above it that had to be made.
    private func makeFolder(_ folder: URL) throws {
        if mkdir(folder.path, 0o777) == 0 {
            try BlobFile.syncFolder(folder.deletingLastPathComponent())
            return
        }
        switch errno {
        case EEXIST: return
        case ENOENT where folder.path.count > root.path.count || folder == root:
            try makeFolder(folder.deletingLastPathComponent())
            try makeFolder(folder)
        default: throw BlobFile.failure(folder.path)
        }
    }

    private func place(of digest: SHA256Digest) -> URL {
        let hex = digest.hex
        return root.appending(path: "\(hex.prefix(2))/\(hex.dropFirst(2).prefix(2))/\(hex)")
    }

    private func onQueue<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}

/// A file descriptor with the calls that the blob store needs; every failure is an `ArchiveError`.
struct BlobFile {
    let path: String
    private let descriptor: Int32

    init(reading url: URL) throws {
        path = url.path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno != EACCES else {
                throw ArchiveError.unavailable(
                    file: path, reason: LocalizedText(zhHant: "沒有讀取權限", en: "no right to read it"), retryable: false)
            }
            throw Self.failure(path)
        }
    }

    init(creating url: URL) throws {
        path = url.path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
        guard descriptor >= 0 else { throw Self.failure(path) }
    }

    // A failed close loses nothing here: what must last was synced before.
    func close() { _ = Foundation.close(descriptor) }

    func size() throws -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure(path) }
        return Int(status.st_size)
    }

    func closingSize() throws -> Int {
        defer { close() }
        return try size()
    }

    func sync() throws {
        guard fsync(descriptor) == 0 else { throw Self.failure(path) }
    }

    func write(_ data: Data) throws {
        try data.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw Self.failure(path) }
                rest = rest.dropFirst(written)
            }
        }
    }

    /// The next bytes, at most `count`; empty at the end.
    func readNext(_ count: Int) throws -> Data {
        var data = Data(count: count)
        while true {
            let got = data.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, count) }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Self.failure(path) }
            return data.prefix(got)
        }
    }

    func read(at offset: Int, count: Int) throws -> Data {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw Self.failure(path) }
        var data = Data()
        data.reserveCapacity(count)
        while data.count < count {
            let piece = try readNext(min(1 << 20, count - data.count))
            guard !piece.isEmpty else {
                throw ArchiveError.corrupt(file: path, detail: "ends \(count - data.count) bytes early")
            }
            data.append(piece)
        }
        return data
    }

    static func syncFolder(_ folder: URL) throws {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder.path) }
        defer { _ = Foundation.close(descriptor) }
        // Some file systems refuse to sync a folder; they have nothing to sync then.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(folder.path) }
    }

    /// The error of the last call, from `errno`.
    static func failure(_ path: String) -> ArchiveError {
        switch errno {
        case ENOSPC, EDQUOT, EFBIG: .diskFull(file: path)
        case EROFS, EACCES, EPERM: .readOnly(folder: path)
        case ENOENT: .notFound(path)
        default: .unavailable(file: path, reason: .system(errno), retryable: false)
        }
    }
}
