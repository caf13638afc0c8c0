import DocketCore

/// Builds a text and its passages together, so that the passages partition the text whatever a reader puts in.
///
/// Passages are separated by one line feed, which belongs to the passage before it. U+0000 is removed and counted.
struct TextAssembler {
    private let fileName: String
    private let limits: ReaderLimits
    private(set) var bytes: [UInt8] = []
    private(set) var passages: [Passage] = []
    private(set) var nulls = 0

    init(fileName: String, limits: ReaderLimits) {
        self.fileName = fileName
        self.limits = limits
    }

    /// True when nothing but white space has been put in.
    var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }

    /// Adds one passage; an empty text makes an empty passage, which keeps its number.
    /// - Throws: `IngestError.limitExceeded` for `textBytes` and `passages`.
    mutating func append(
        _ text: some StringProtocol, kind: PassageKind = .paragraph, level: Int? = nil, speaker: String? = nil,
        time: TimeRange? = nil, locator: Locator? = nil, mark: String? = nil
    ) throws(IngestError) {
        guard passages.count < limits.passages else {
            throw .limitExceeded(file: fileName, limit: .passages, value: limits.passages, place: .init())
        }
        if let last = passages.indices.last {
            bytes.append(0x0A)
            passages[last].end = bytes.count
        }
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        if bytes[start...].contains(0) {
            let before = bytes.count
            bytes.removeSubrange(start...)
            bytes.append(contentsOf: text.utf8.lazy.filter { $0 != 0 })
            nulls += before - bytes.count
        }
        guard bytes.count <= limits.textBytes else {
            throw .limitExceeded(file: fileName, limit: .textBytes, value: limits.textBytes, place: .init())
        }
        passages.append(
            Passage(
                number: passages.count, kind: kind, range: start..<bytes.count, level: level,
                speaker: speaker.flatMap { $0.isEmpty ? nil : $0 }, time: time, locator: locator, mark: mark))
    }

    /// What was built.
    func extracted(mediaType: String, encoding: String? = nil, kind: SourceKind? = nil) -> ExtractedText {
        ExtractedText(
            text: String(decoding: bytes, as: UTF8.self), passages: passages, mediaType: mediaType, encoding: encoding,
            kind: kind, notices: nulls > 0 ? [.removedNulls(nulls)] : [])
    }
}
