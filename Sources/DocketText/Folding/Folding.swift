/// The copy of a text that comparison and search look at, with the way back to the text itself.
public struct FoldedText: Sendable, Equatable {
    /// The folded text.
    public let text: String
    /// From the original text to `text`.
    public let map: OffsetMap

    /// Pairs a folded text with its map.
    init(text: String, map: OffsetMap) {
        self.text = text
        self.map = map
    }
}

/// Folding for comparison and search; what is stored and shown is never folded.
///
/// Folding goes character by character, whatever stands beside it, so that any part of a text folds to a part of the folded
/// text. It folds case and diacritics of Latin and Greek letters, full, half and enclosed forms, dashes and quotation marks,
/// compatibility ideographs, Traditional and Simplified script, and the pairs that administration writes both ways
/// (臺/台, 紀/記, 復/覆, 布/佈, 占/佔, 週/周 …). Combining marks and zero-width characters vanish.
public enum Folding {
    /// Folds `text` and keeps where each byte came from, in linear time.
    public static func fold(_ text: String) -> FoldedText {
        UTF8Bytes.with(text) { bytes in
            var output: [UInt8] = []
            output.reserveCapacity(bytes.count)
            var builder = OffsetMap.Builder()
            let table = FoldingTable.shared
            var index = 0
            while index < bytes.count {
                let (code, width) = UTF8Bytes.decode(bytes, index)
                builder.part(original: width, mapped: table.append(code, to: &output))
                index += width
            }
            return FoldedText(text: String(decoding: output, as: UTF8.self), map: builder.map())
        }
    }

    /// The folded text alone: a key under which texts that differ only in form are equal.
    public static func key(_ text: String) -> String {
        UTF8Bytes.with(text) { bytes in
            var output: [UInt8] = []
            output.reserveCapacity(bytes.count)
            let table = FoldingTable.shared
            var index = 0
            while index < bytes.count {
                let (code, width) = UTF8Bytes.decode(bytes, index)
                _ = table.append(code, to: &output)
                index += width
            }
            return String(decoding: output, as: UTF8.self)
        }
    }
}
