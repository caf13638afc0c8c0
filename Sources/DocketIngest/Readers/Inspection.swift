public import DocketCore

/// What a file is and what reading it would give: the answer of `docket inspect`.
public struct Inspection: Sendable, Equatable, Codable {
    /// File name without folder.
    public var fileName: String
    /// Bytes of the file.
    public var byteCount: Int
    /// SHA-256 of the bytes.
    public var sha256: SHA256Digest
    /// Reader that took it; nil when none did.
    public var reader: String?
    /// Media type decided from the bytes.
    public var mediaType: String?
    /// Character encoding of a text file.
    public var encoding: String?
    /// Kind, title, language and date of the source, or of the first record of a container.
    public var kind: SourceKind?
    /// See `kind`.
    public var title: String?
    /// See `kind`.
    public var language: String?
    /// See `kind`.
    public var date: String?
    /// Bytes of the extracted text; of all records together.
    public var textBytes = 0
    /// Passages by kind; of all records together.
    public var passages: [String: Int] = [:]
    /// Speakers in the order of their first words, at most 100.
    public var speakers: [String] = []
    /// Milliseconds from the first to the last time of a transcript.
    public var milliseconds: Int?
    /// Records of a container that could be read; nil when the file is one source.
    public var records: Int?
    /// Findings of reading, records' errors among them, at most `ReaderLimits.findings`.
    public var findings: [Finding] = []
    /// Why it cannot be read at all.
    public var error: LocalizedText?

    init(_ input: ReaderInput) {
        fileName = input.fileName
        byteCount = input.data.count
        sha256 = input.sha256
    }
}

extension ReaderRegistry {
    /// Reads the input and tells what came of it; an input that cannot be read is an answer, not an error.
    /// - Throws: `CancellationError`.
    public func inspect(_ input: ReaderInput, options: ReadingOptions = ReadingOptions()) async throws -> Inspection {
        var inspection = Inspection(input)
        do {
            switch try await read(input, options: options) {
            case .source(let document): inspection.add(document, limits: options.limits)
            case .records(let records):
                inspection.records = 0
                for element in records {
                    try Task.checkCancellation()
                    inspection.add(element, limits: options.limits)
                }
            }
        } catch let error as IngestError {
            inspection.error = error.explanation
        }
        return inspection
    }
}

extension Inspection {
    fileprivate mutating func add(_ document: SourceDocument, limits: ReaderLimits) {
        if reader == nil {
            reader = document.origin.reader
            mediaType = document.origin.mediaType
            encoding = document.origin.encoding
            (kind, title, language, date) = (document.kind, document.title, document.language, document.date)
        }
        textBytes += document.text.utf8.count
        var seen = Set(speakers)
        for passage in document.passages {
            passages[passage.kind.rawValue, default: 0] += 1
            if let speaker = passage.speaker, speakers.count < 100, seen.insert(speaker).inserted {
                speakers.append(speaker)
            }
        }
        let times = document.passages.compactMap(\.time)
        if let first = times.map(\.start).min(), let last = times.map(\.end).max() {
            milliseconds = (milliseconds ?? 0) + last - first
        }
        findings += document.findings.prefix(max(0, limits.findings - findings.count))
    }

    fileprivate mutating func add(_ element: SourceRecords.Element, limits: ReaderLimits) {
        switch element.result {
        case .success(let document):
            records = (records ?? 0) + 1
            add(document, limits: limits)
        case .failure(let error):
            guard findings.count < limits.findings else { return }
            findings.append(
                Finding(
                    rule: ExtractedText.Rule.skippedPart.rawValue, severity: .error, place: Finding.Place(),
                    message: error.explanation,
                    remedy: LocalizedText(zhHant: "請修正該行後重新加入", en: "mend that line and add the file again")))
        }
    }
}
