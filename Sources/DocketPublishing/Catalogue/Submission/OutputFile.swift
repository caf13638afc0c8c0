import DocketCore
import Foundation

/// A file that is made anew, hashed as it is written.
final class OutputFile {
    let name: String
    private let descriptor: Int32
    private let path: String
    private var hasher = SHA256Digest.Hasher()
    private var pending: [UInt8] = []
    private(set) var bytes = 0
    private var isClosed = false

    private static let pieceBytes = 1 << 16

    /// - Throws: `CatalogueExportError.unwritable`, also when the file is there already.
    init(_ name: String, in folder: URL) throws(CatalogueExportError) {
        self.name = name
        path = folder.appending(path: name).path(percentEncoded: false)
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(path: name, errno: errno) }
    }

    deinit { if !isClosed { close(descriptor) } }

    func write(_ text: String) throws(CatalogueExportError) {
        pending += text.utf8
        if pending.count >= Self.pieceBytes { try flush() }
    }

    /// Writes what is left to the disk and ends the file.
    func finish() throws(CatalogueExportError) -> SHA256Digest {
        try flush()
        guard fsync(descriptor) == 0 else { throw .unwritable(path: name, errno: errno) }
        isClosed = true
        guard close(descriptor) == 0 else { throw .unwritable(path: name, errno: errno) }
        return hasher.finalize()
    }

    private func flush() throws(CatalogueExportError) {
        var start = 0
        while start < pending.count {
            let written = pending.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress?.advanced(by: start), $0.count - start)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .unwritable(path: name, errno: errno) }
            start += written
        }
        hasher.update(pending)
        bytes += pending.count
        pending.removeAll(keepingCapacity: true)
    }
}
