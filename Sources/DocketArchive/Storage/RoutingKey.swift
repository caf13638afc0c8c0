import Crypto
public import DocketCore
import Foundation

/// Where a stored value lives: the source or series it belongs to, and the bucket of that name.
///
/// `bucket` is the first byte of SHA-256 over the name's UTF-8 bytes. It is the first column of every primary and unique
/// key, so that a library can be spread over machines without rewriting a key.
public struct RoutingKey: Sendable, Hashable {
    /// Name of the source, series or other owner.
    public let name: String
    /// 0...255.
    public let bucket: UInt8

    /// The key of anything named `name`.
    public init(_ name: String) {
        self.name = name
        var name = name
        bucket = name.withUTF8 { bytes in
            var hash = SHA256()
            hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
            return hash.finalize().withUnsafeBytes { $0.first ?? 0 }
        }
    }

    /// The key of a source and all its parts.
    public init(_ source: SourceID) { self.init(source.rawValue) }

    /// The key of a series, its meetings and tracked items.
    public init(_ series: SeriesID) { self.init(series.rawValue) }
}

/// Names that must be unique over the whole library go through one table, bucketed by the name itself.
enum ReservedNamespace: String {
    /// SHA-256 of an original → source.
    case original
    /// Collection and external id of a record → source.
    case external
    /// Draft → source it was made from.
    case draft
    /// Meeting → name that its rows are routed by (its series, or itself).
    case meeting
    /// What a catalogue entry describes → the entry.
    case entry
    /// Series and reference → identity of the tracked item, kept when the ledger is computed anew.
    case item
}
