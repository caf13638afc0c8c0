/// Half-open range of UTF-8 byte offsets into `SourceDocument.text` of one version, on character boundaries.
public struct SourceSpan: Hashable, Sendable, Codable {
    /// The source whose text is meant.
    public let source: SourceID
    /// Its text version, from 1.
    public let version: Int
    /// First byte, from 0.
    public let start: Int
    /// Byte after the last; equal to `start` for an empty span.
    public let end: Int

    /// A span of `range` in `version` of `source`; a range that starts below 0 is moved to 0.
    public init(_ source: SourceID, version: Int, _ range: Range<Int>) {
        self.source = source
        self.version = version
        start = max(0, range.lowerBound)
        end = max(start, range.upperBound)
    }

    /// The offsets alone.
    public var range: Range<Int> { start..<end }
}

/// A place that a statement rests on: the span and the digest of the words it held when it was cited.
///
/// The digest shows later that the words are still the same, whatever happened to segments and rows.
public struct Citation: Hashable, Sendable, Codable {
    /// Source, version and byte range.
    public let span: SourceSpan
    /// SHA-256 of the cited UTF-8 bytes.
    public let words: SHA256Digest

    /// Cites `span`, whose text is `words`.
    public init(_ span: SourceSpan, words: String) {
        self.span = span
        self.words = SHA256Digest(of: words)
    }
}

extension SourceDocument {
    /// Cites `range` of this document's text.
    public func citation(_ range: Range<Int>) -> Citation {
        Citation(span(range), words: text(in: range))
    }

    /// The span of `range` in this document's current version.
    public func span(_ range: Range<Int>) -> SourceSpan {
        SourceSpan(id, version: version, range)
    }

    /// The words of a byte range, clamped to the text and moved outward to whole characters.
    public func text(in range: Range<Int>) -> String {
        let bytes = text.utf8
        var lower = min(max(0, range.lowerBound), bytes.count)
        var upper = min(max(lower, range.upperBound), bytes.count)
        func isContinuation(_ offset: Int) -> Bool {
            offset < bytes.count && bytes[bytes.index(bytes.startIndex, offsetBy: offset)] & 0xC0 == 0x80
        }
        while lower > 0, isContinuation(lower) { lower -= 1 }
        while upper < bytes.count, isContinuation(upper) { upper += 1 }
        let start = bytes.index(bytes.startIndex, offsetBy: lower)
        return String(decoding: bytes[start..<bytes.index(start, offsetBy: upper - lower)], as: UTF8.self)
    }
}
