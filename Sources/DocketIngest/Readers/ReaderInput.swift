public import DocketCore
public import Foundation

/// The bytes of one file with what can be told at a glance; large files are mapped, not loaded.
public struct ReaderInput: Sendable {
    /// File name without its folder: for messages, never for deciding what the bytes are.
    public let fileName: String
    /// All bytes.
    public let data: Data
    /// SHA-256 of the bytes.
    public let sha256: SHA256Digest
    /// What the first bytes show.
    public let sample: ContentSample

    /// Files up to this size are loaded, so that a writer that truncates them meanwhile cannot hurt the process; a larger
    /// one must not be truncated while it is read.
    private static let mappedFrom = 64 << 20

    /// The input of `data`, which came under `fileName`.
    /// - Throws: `IngestError.empty`.
    public init(data: Data, fileName: String) throws(IngestError) {
        guard !data.isEmpty else { throw .empty(file: fileName) }
        self.fileName = fileName
        self.data = data
        sha256 = SHA256Digest(of: data)
        sample = ContentSample(data)
    }

    /// The input of the file at `url`.
    /// - Throws: `IngestError.unreadable`, `.notAFile`, `.empty`, `.limitExceeded` for files over `containerBytes`.
    public init(file url: URL, limits: ReaderLimits = ReaderLimits()) throws(IngestError) {
        let name = url.lastPathComponent
        let size = try Self.size(of: url, name: name)
        guard size <= limits.containerBytes else {
            throw .limitExceeded(
                file: name, limit: .containerBytes, value: limits.containerBytes, place: .init(byte: size))
        }
        // `.mappedIfSafe` loads the file on Linux.
        let options: Data.ReadingOptions = size >= Self.mappedFrom ? [.alwaysMapped] : []
        let data: Data
        do {
            data = try Data(contentsOf: url, options: options)
        } catch {
            let code = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
            throw .unreadable(file: name, errno: Int32(code?.code ?? Int(EIO)))
        }
        try self.init(data: data, fileName: name)
    }

    private static func size(of url: URL, name: String) throws(IngestError) -> Int {
        var status = stat()
        guard stat(url.path(percentEncoded: false), &status) == 0 else {
            throw .unreadable(file: name, errno: errno)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(file: name) }
        guard status.st_size > 0 else { throw .empty(file: name) }
        return Int(status.st_size)
    }

    /// Refuses an input that is one source and larger than `documentBytes`.
    func checkDocumentSize(_ limits: ReaderLimits) throws(IngestError) {
        guard data.count <= limits.documentBytes else {
            throw .limitExceeded(
                file: fileName, limit: .documentBytes, value: limits.documentBytes, place: .init(byte: data.count))
        }
    }
}
