public import DocketCore
import Foundation

/// The readers that a program has, in the order in which they are asked.
public struct ReaderRegistry: Sendable {
    /// In order: the first that accepts and does not decline reads the input.
    public let readers: [any Reader]

    /// A registry of `readers`, the most particular first.
    public init(readers: [any Reader]) { self.readers = readers }

    /// All readers of Docket.
    public static let standard = ReaderRegistry(readers: [
        PDFReader(), ImageReader(), WordReader(), OpenDocumentReader(), WebVTTReader(), AkomaNtosoReader(),
        HTMLReader(),
        WhisperReader(), RecordLinesReader(), SubRipReader(), TableReader(), LabelledTranscriptReader(),
        MarkdownReader(), PlainTextReader(),
    ])

    /// Reads an input into one source, or into the records of a container.
    /// - Throws: `IngestError` when no reader can, `CancellationError`.
    public func read(_ input: ReaderInput, options: ReadingOptions = ReadingOptions()) async throws -> ReadingResult {
        for reader in readers where reader.accepts(input) {
            try Task.checkCancellation()
            guard let reading = try await reader.read(input, limits: options.limits) else { continue }
            switch reading {
            case .source(let text):
                return .source(options.document(text, of: input, reader: reader.identity, line: nil))
            case .records(let records):
                return .records(
                    SourceRecords(records: records, input: input, reader: reader.identity, options: options))
            }
        }
        throw input.refusal
    }
}

/// How sources are made of what a reader extracts.
public struct ReadingOptions: Sendable {
    /// Limits in force.
    public var limits: ReaderLimits
    /// Kind that a person decided; nil to decide by content.
    public var kind: SourceKind?
    /// Title that a person gave.
    public var title: String?
    /// Secrecy level of what is added; a source that states a higher one keeps that.
    public var classification: Classification
    /// Agency or case that may see it; "" for the whole library.
    public var scope: String

    /// Options with the limits' defaults and everything decided by content.
    public init(
        limits: ReaderLimits = ReaderLimits(), kind: SourceKind? = nil, title: String? = nil,
        classification: Classification = .internal, scope: String = ""
    ) {
        self.limits = limits
        self.kind = kind
        self.title = title
        self.classification = classification
        self.scope = scope
    }

    /// The source of an extraction: kind, title, language and date settled, findings placed.
    func document(_ text: ExtractedText, of input: ReaderInput, reader: String, line: Int?) -> SourceDocument {
        // A record's fields say what it is; any other text has to show it.
        let traits = text.kind == .record ? nil : TextTraits(text)
        let kind = kind ?? text.kind ?? traits?.kind ?? .document
        let subject = kind == .letter ? traits?.subject : nil
        var document = SourceDocument(
            kind: kind, title: title ?? subject ?? text.title ?? traits?.title(of: kind) ?? "",
            language: LanguageTag.refined(text.language, of: text.text), text: text.text, passages: text.passages,
            classification: max(classification, text.classification ?? traits?.classification ?? classification),
            scope: scope, date: text.date ?? traits?.date,
            origin: Origin(
                fileName: input.fileName, sha256: input.sha256, byteCount: input.data.count, mediaType: text.mediaType,
                encoding: text.encoding, reader: reader, line: line),
            facts: text.facts)
        document.findings = findings(text.notices, of: document)
        return document
    }

    private func findings(_ notices: [ExtractedText.Notice], of document: SourceDocument) -> [Finding] {
        var findings = notices.prefix(limits.findings).map { notice in
            Finding(
                rule: notice.rule.rawValue, severity: notice.severity,
                place: Finding.Place(spans: notice.range.map { [document.span($0)] } ?? []), message: notice.message,
                remedy: notice.remedy)
        }
        let more = notices.count - findings.count
        if more > 0 {
            findings.append(
                Finding(
                    rule: ExtractedText.Rule.skippedPart.rawValue, severity: .information, place: Finding.Place(),
                    message: LocalizedText(zhHant: "另有 \(more) 項未列", en: "\(more) more findings are not listed"),
                    remedy: LocalizedText(zhHant: "可調高 limits.findings", en: "raise limits.findings to see them")))
        }
        return findings
    }
}

/// One source, or the records of a container.
public enum ReadingResult: Sendable {
    case source(SourceDocument)
    case records(SourceRecords)
}

/// The sources of a container file, made one at a time; each iteration reads the container anew.
public struct SourceRecords: Sequence, Sendable {
    /// The records as extracted.
    public let records: RecordSequence
    /// The container: kept once, and named by its digest in each source's origin.
    public let input: ReaderInput
    private let reader: String
    private let options: ReadingOptions

    init(records: RecordSequence, input: ReaderInput, reader: String, options: ReadingOptions) {
        self.records = records
        self.input = input
        self.reader = reader
        self.options = options
    }

    /// One record as a source, or why it could not be read.
    public struct Element: Sendable {
        /// Line that the record starts at, from 1.
        public let line: Int
        /// The source, with a new identity.
        public let result: Result<SourceDocument, IngestError>
    }

    /// Begins with the first record.
    public func makeIterator() -> AnyIterator<Element> {
        var iterator = records.makeIterator()
        return AnyIterator {
            guard let record = iterator.next() else { return nil }
            let result = record.result.map {
                options.document($0, of: input, reader: reader, line: record.line)
            }
            return Element(line: record.line, result: result)
        }
    }
}

// MARK: Refusal

extension ReaderInput {
    /// Why no reader took this input.
    var refusal: IngestError {
        switch sample.form {
        case .binary(let byte): return .binary(file: fileName, place: .init(byte: byte))
        case .compound: return compoundRefusal
        case .other(let name): return .unsupported(file: fileName, format: name, remedy: Self.remedy(name))
        case .pdf: return .unsupported(file: fileName, format: "PDF", remedy: Self.remedy("PDF"))
        case .zip: return .unsupported(file: fileName, format: "ZIP", remedy: Self.remedy("ZIP"))
        case .image(let type): return .unsupported(file: fileName, format: type, remedy: Self.remedy(type))
        case .text:
            guard let first = sample.firstCharacter else { return .noText(file: fileName, format: "text") }
            let format = first == "<" ? "XML of an unknown kind" : "JSON of an unknown kind"
            return .unsupported(file: fileName, format: format, remedy: Self.remedy("text"))
        }
    }

    /// Encrypted DOCX and XLSX are compound files with a stream of this name; plain ones are of Office 97 to 2003.
    private var compoundRefusal: IngestError {
        let name = Data("EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] })
        if data.prefix(1 << 20).range(of: name) != nil { return .encrypted(file: fileName, format: "Office") }
        return .unsupported(
            file: fileName, format: "Office 97-2003 (DOC, XLS, PPT)",
            remedy: LocalizedText(zhHant: "請另存為 DOCX 或 ODT", en: "save it as DOCX or ODT"))
    }

    private static func remedy(_ name: String) -> LocalizedText {
        if name.hasPrefix("sound") {
            return LocalizedText(
                zhHant: "請先轉為逐字稿（WebVTT、SRT 或 Whisper JSON）",
                en: "make a transcript of it first (WebVTT, SRT, Whisper JSON)")
        }
        if ["gzip", "bzip2", "xz", "Zstandard", "7-Zip", "RAR", "ZIP"].contains(name) {
            return LocalizedText(zhHant: "請先解壓縮再加入其中檔案", en: "unpack it and add the files inside")
        }
        return LocalizedText(zhHant: "請轉存為 ODT、DOCX、PDF 或 UTF-8 文字", en: "save it as ODT, DOCX, PDF or UTF-8 text")
    }
}
