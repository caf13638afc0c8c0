/// Splits Chinese and English text into sentences.
///
/// A sentence ends with 。！？ or with . ! ? where these end one (abbreviations, initials, figures and the numbers of lists do
/// not), together with the closing quotes and brackets after it, and at every line break. Inside a short quotation or bracket
/// nothing ends; a long one is split like other text. A list run into one line is split before its markers:
/// `如下：(一)… ；(二)…`.
public struct SentenceSplitter: Sendable {
    /// Brackets and quotations longer than this many bytes are split inside.
    private let longestQuotation = 600

    /// A splitter; it has no settings.
    public init() {}

    /// Byte ranges of the sentences of `text` in order, blanks around them left out.
    ///
    /// Every other byte is in one of them.
    public func sentences(in text: String) -> [Range<Int>] {
        UTF8Bytes.with(text) { bytes in
            var scan = SentenceScan(bytes: bytes, longestQuotation: longestQuotation)
            scan.run(0..<bytes.count)
            return scan.sentences
        }
    }

    /// The sentences of one byte range of `text`, with offsets of `text`.
    public func sentences(in text: String, range: Range<Int>) -> [Range<Int>] {
        UTF8Bytes.with(text) { bytes in
            var scan = SentenceScan(bytes: bytes, longestQuotation: longestQuotation)
            scan.run(max(0, range.lowerBound)..<min(bytes.count, max(0, range.upperBound)))
            return scan.sentences
        }
    }
}
