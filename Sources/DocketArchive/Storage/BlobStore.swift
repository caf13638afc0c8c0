public import DocketCore
public import Foundation

/// Original bytes as they were received, found by their SHA-256.
///
/// A put is done before the row that names the digest; a blob that no row names is harmless. Putting the same bytes
/// again changes nothing.
public protocol BlobStore: Sendable {
    /// Stores `original` durably and gives its digest and size.
    /// - Throws: `ArchiveError.diskFull`, `.readOnly`, `.unavailable`; nothing is stored then.
    func put(_ original: Original) async throws -> BlobReceipt

    /// Bytes of `digest`, or of a range of them that lies within the blob.
    /// - Throws: `ArchiveError.notFound` when there are none, `.corrupt` when they are shorter than asked for.
    func get(_ digest: SHA256Digest, range: Range<Int>?) async throws -> Data

    /// Size of a blob; nil when there is none.
    func head(_ digest: SHA256Digest) async throws -> Int?

    /// Hashes what is stored as `digest`.
    /// - Throws: `ArchiveError.notFound` when there is nothing.
    func verify(_ digest: SHA256Digest) async throws -> Bool

    /// Digests of all blobs, and the names of files that are not blobs (left over from an interrupted put).
    func inventory() async throws -> BlobInventory
}

/// Original bytes on their way into the library.
public enum Original: Sendable {
    /// Bytes in memory.
    case bytes(Data)
    /// A file that is read in pieces.
    case file(URL)
}

/// What a put stored.
public struct BlobReceipt: Sendable, Equatable {
    /// Digest of the bytes.
    public let digest: SHA256Digest
    /// Number of bytes.
    public let byteCount: Int
    /// True when the same bytes were there before.
    public let existed: Bool
}

/// What a blob store holds.
public struct BlobInventory: Sendable, Equatable {
    /// Digests, ascending.
    public var digests: [SHA256Digest]
    /// Names of other files, ascending.
    public var strays: [String]
}
