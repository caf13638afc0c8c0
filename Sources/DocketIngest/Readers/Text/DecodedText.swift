import DocketCore
import Foundation

/// A text file decoded to UTF-8 with line feeds, and the way back to its bytes.
///
/// CR LF and CR become LF, a form feed becomes LF and begins a page, U+0000 goes; nothing else is changed.
struct DecodedText: Sendable {
    /// UTF-8 bytes of the text.
    private(set) var bytes: [UInt8] = []
    let encoding: TextEncoding
    /// Offset in the text and byte in the original of each line's start; empty when they are the same everywhere.
    private(set) var lines: [(text: Int, original: Int)] = []
    /// Offsets in the text at which pages after the first begin.
    private(set) var pageStarts: [Int] = []
    /// Sequences replaced by U+FFFD, and the byte in the original of the first.
    private(set) var replaced = 0
    private(set) var firstReplaced: Int?
    private(set) var nulls = 0

    /// Decodes `data`.
    /// - Throws: `IngestError.binary` when it is no text, `.limitExceeded` when the text is over `textBytes`.
    init(_ data: Data, fileName: String, limits: ReaderLimits) throws(IngestError) {
        var failure: IngestError?
        var decoder: LineDecoder?
        data.withUnsafeBytes { (raw: UnsafeRawBufferPointer) in
            let bytes = raw.bindMemory(to: UInt8.self)
            guard let (encoding, mark) = TextEncoding.detect(bytes) else {
                failure = .binary(file: fileName, place: .init(byte: ControlProfile(bytes).first ?? 0))
                return
            }
            var made = LineDecoder(encoding: encoding, limit: limits.textBytes)
            made.decode(bytes, from: mark)
            decoder = made
        }
        if let failure { throw failure }
        guard let decoder, !decoder.isOverLimit else {
            throw .limitExceeded(file: fileName, limit: .textBytes, value: limits.textBytes, place: .init())
        }
        encoding = decoder.encoding
        bytes = decoder.output
        lines = decoder.isIdentity ? [] : decoder.lines
        pageStarts = decoder.pageStarts
        (replaced, firstReplaced, nulls) = (decoder.replaced, decoder.firstReplaced, decoder.nulls)
    }

    /// The whole text.
    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Byte in the original that `offset` of the text came from; nil when it is the same number.
    ///
    /// Exact at the start of a line; inside one, the line's start unless the encoding is UTF-8.
    func original(_ offset: Int) -> Int? {
        guard !lines.isEmpty else { return nil }
        var (low, high) = (0, lines.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle].text <= offset { low = middle } else { high = middle }
        }
        let line = lines[low]
        return encoding == .utf8 ? line.original + max(0, offset - line.text) : line.original
    }

    /// Page that `offset` is on, from 1; nil when the text has no form feeds.
    func page(_ offset: Int) -> Int? {
        guard !pageStarts.isEmpty else { return nil }
        var (low, high) = (0, pageStarts.count)
        while low < high {
            let middle = (low + high) / 2
            if pageStarts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return low + 1
    }

    /// What decoding has to report.
    var notices: [ExtractedText.Notice] {
        var notices: [ExtractedText.Notice] = []
        if encoding != .utf8 {
            notices.append(.guessedEncoding(encoding))
        }
        if replaced > 0 {
            notices.append(.replacedBytes(count: replaced, encoding: encoding, first: firstReplaced ?? 0))
        }
        if nulls > 0 { notices.append(.removedNulls(nulls)) }
        return notices
    }
}

extension ExtractedText.Notice {
    static func guessedEncoding(_ encoding: TextEncoding) -> Self {
        Self(
            .guessedEncoding, .information,
            message: LocalizedText(
                zhHant: "編碼判定為 \(encoding.rawValue)", en: "the encoding was taken to be \(encoding.rawValue)"),
            remedy: LocalizedText(zhHant: "如有亂碼，請轉存為 UTF-8", en: "if characters are wrong, save it as UTF-8"))
    }

    static func replacedBytes(count: Int, encoding: TextEncoding, first: Int) -> Self {
        Self(
            .replacedBytes,
            message: LocalizedText(
                zhHant: "有 \(count) 處位元組不是 \(encoding.rawValue) 字元（首處在第 \(first) 位元組），以 U+FFFD 代替",
                en: "\(count) byte sequences are no \(encoding.rawValue) characters (first at byte \(first)); "
                    + "each became U+FFFD"),
            remedy: LocalizedText(zhHant: "請對照原件", en: "compare with the original"))
    }

    static func removedNulls(_ count: Int) -> Self {
        Self(
            .removedNull,
            message: LocalizedText(zhHant: "移除 \(count) 個 U+0000", en: "\(count) null characters were removed"),
            remedy: LocalizedText(zhHant: "請確認檔案未損壞", en: "check that the file is not damaged"))
    }
}
