import DocketCore

/// Reads plain text: the text as it is, cut into passages at blank lines, outline markers, labels and table rows.
///
/// A line broken in the middle of a sentence by a fixed width goes on in the same passage.
struct PlainTextReader: Reader {
    let identity = "plain-text/1"
    let formats = LocalizedText(
        zhHant: "純文字（UTF-8、UTF-16、Big5）", en: "plain text (UTF-8, UTF-16, Big5)")

    func accepts(_ input: ReaderInput) -> Bool {
        guard input.sample.isText, let first = input.sample.firstCharacter else { return false }
        // Data of a kind that no other reader knew is not prose.
        let head = input.sample.inkLines(1).first ?? ""
        return !(first == "{" || head.hasPrefix("[{") || head.hasPrefix("[[") || head.hasPrefix("<?xml"))
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) throws(IngestError) -> Reading? {
        try input.checkDocumentSize(limits)
        let decoded = try DecodedText(input.data, fileName: input.fileName, limits: limits)
        guard decoded.replaced * 4 < decoded.bytes.count else {
            throw .binary(file: input.fileName, place: .init(byte: decoded.firstReplaced))
        }
        let text = decoded.string
        var passages = LineBlocks(text).passages
        guard !passages.isEmpty else { throw .noText(file: input.fileName, format: "text") }
        guard passages.count <= limits.passages else {
            throw .limitExceeded(file: input.fileName, limit: .passages, value: limits.passages, place: .init())
        }
        for index in passages.indices {
            let start = passages[index].start
            let (page, byte) = (decoded.page(start), decoded.original(start))
            if page != nil || byte != nil { passages[index].locator = Locator(page: page, byte: byte) }
        }
        return .source(
            ExtractedText(
                text: text, passages: passages, mediaType: "text/plain", encoding: decoded.encoding.rawValue,
                notices: decoded.notices))
    }
}
