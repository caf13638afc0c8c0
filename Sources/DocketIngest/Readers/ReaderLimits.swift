/// How much of a source a reader takes before it refuses: every bound on size, depth, time and memory.
///
/// All of them can be set; `docs/limits.md` lists them with their defaults.
public struct ReaderLimits: Sendable, Equatable {
    /// Bytes of a file that is one source, or a table of records.
    public var documentBytes: Int
    /// Bytes of a file that is opened at all; of JSON Lines, which are streamed.
    public var containerBytes: Int
    /// Bytes of the extracted UTF-8 text of one source or vocabulary.
    public var textBytes: Int
    /// Bytes of one record: a line of JSON Lines, a row of CSV.
    public var recordBytes: Int
    /// Passages of one source.
    public var passages: Int
    /// Findings kept of one source; the rest is counted in the last one.
    public var findings: Int
    /// Values of one JSON document or record, which bounds the memory it takes.
    public var jsonValues: Int
    /// Levels of nesting in JSON.
    public var jsonDepth: Int
    /// Levels of nesting in XML, HTML and Turtle.
    public var xmlDepth: Int
    /// Entries of a ZIP container.
    public var zipEntries: Int
    /// Bytes of one ZIP entry, unpacked.
    public var zipEntryBytes: Int
    /// Bytes unpacked for each packed byte of an entry above 1 MiB.
    public var zipRatio: Int
    /// Cells of one table row.
    public var tableCells: Int
    /// Pages of a PDF.
    public var pages: Int
    /// Pages of one source that are recognised as images.
    public var recognisedPages: Int
    /// Pixels of one image.
    public var imagePixels: Int
    /// Dots an inch at which a page without text is drawn for recognition.
    public var recognitionDotsPerInch: Int
    /// Processor seconds of one run of a program (a page of recognition, a whole PDF).
    public var toolSeconds: Int
    /// Bytes of address space of such a program.
    public var toolMemoryBytes: Int
    /// Bytes that such a program may write.
    public var toolOutputBytes: Int
    /// Bytes of memory that the words and links of one vocabulary may take while it is read.
    public var vocabularyBytes: Int

    /// Limits that suit papers of an office; each can be given instead.
    public init(
        documentBytes: Int = 256 << 20, containerBytes: Int = 64 << 30, textBytes: Int = 64 << 20,
        recordBytes: Int = 32 << 20, passages: Int = 1_000_000, findings: Int = 200, jsonValues: Int = 4_000_000,
        jsonDepth: Int = 64,
        xmlDepth: Int = 200, zipEntries: Int = 10_000, zipEntryBytes: Int = 256 << 20, zipRatio: Int = 200,
        tableCells: Int = 4096, pages: Int = 5000, recognisedPages: Int = 500, imagePixels: Int = 100_000_000,
        recognitionDotsPerInch: Int = 300, toolSeconds: Int = 120, toolMemoryBytes: Int = 2 << 30,
        toolOutputBytes: Int = 256 << 20, vocabularyBytes: Int = 512 << 20
    ) {
        self.documentBytes = documentBytes
        self.containerBytes = containerBytes
        self.textBytes = textBytes
        self.recordBytes = recordBytes
        self.passages = passages
        self.findings = findings
        self.jsonValues = jsonValues
        self.jsonDepth = jsonDepth
        self.xmlDepth = xmlDepth
        self.zipEntries = zipEntries
        self.zipEntryBytes = zipEntryBytes
        self.zipRatio = zipRatio
        self.tableCells = tableCells
        self.pages = pages
        self.recognisedPages = recognisedPages
        self.imagePixels = imagePixels
        self.recognitionDotsPerInch = recognitionDotsPerInch
        self.toolSeconds = toolSeconds
        self.toolMemoryBytes = toolMemoryBytes
        self.toolOutputBytes = toolOutputBytes
        self.vocabularyBytes = vocabularyBytes
    }

    /// Value of one limit by its name, as a configuration file gives it.
    public subscript(key: Key) -> Int {
        get { self[keyPath: key.path] }
        set { self[keyPath: key.path] = newValue }
    }
}

// MARK: Names

extension ReaderLimits {
    /// Name of a limit in configuration, errors and `docs/limits.md`.
    public enum Key: String, Sendable, CaseIterable {
        case documentBytes, containerBytes, textBytes, recordBytes, passages, findings, jsonValues, jsonDepth, xmlDepth
        case zipEntries, zipEntryBytes, zipRatio, tableCells, pages, recognisedPages, imagePixels
        case recognitionDotsPerInch, toolSeconds, toolMemoryBytes, toolOutputBytes, vocabularyBytes

        var path: WritableKeyPath<ReaderLimits, Int> {
            switch self {
            case .documentBytes: \.documentBytes
            case .containerBytes: \.containerBytes
            case .textBytes: \.textBytes
            case .recordBytes: \.recordBytes
            case .passages: \.passages
            case .findings: \.findings
            case .jsonValues: \.jsonValues
            case .jsonDepth: \.jsonDepth
            case .xmlDepth: \.xmlDepth
            case .zipEntries: \.zipEntries
            case .zipEntryBytes: \.zipEntryBytes
            case .zipRatio: \.zipRatio
            case .tableCells: \.tableCells
            case .pages: \.pages
            case .recognisedPages: \.recognisedPages
            case .imagePixels: \.imagePixels
            case .recognitionDotsPerInch: \.recognitionDotsPerInch
            case .toolSeconds: \.toolSeconds
            case .toolMemoryBytes: \.toolMemoryBytes
            case .toolOutputBytes: \.toolOutputBytes
            case .vocabularyBytes: \.vocabularyBytes
            }
        }

        /// What is bounded, one line for `docs/limits.md`.
        public var meaning: String {
            switch self {
            case .documentBytes: "bytes of a file that is one source, or a table of records"
            case .containerBytes: "bytes of a file of JSON Lines, which is streamed; no larger file is opened"
            case .textBytes: "bytes of the extracted text of one source or vocabulary"
            case .recordBytes: "bytes of one record: a line of JSON Lines, a row of CSV"
            case .passages: "passages of one source"
            case .findings: "findings kept of one source; the rest is counted in the last one"
            case .jsonValues: "values of one JSON document or record, which bounds its memory"
            case .jsonDepth: "levels of nesting in JSON"
            case .xmlDepth: "levels of nesting in XML, HTML and Turtle"
            case .zipEntries: "entries of a ZIP container (DOCX, ODT)"
            case .zipEntryBytes: "bytes of one ZIP entry, unpacked"
            case .zipRatio: "bytes unpacked for each packed byte, of entries above 1 MiB"
            case .tableCells: "cells of one table row"
            case .pages: "pages of a PDF"
            case .recognisedPages: "pages of one source that are recognised as images"
            case .imagePixels: "pixels of one image"
            case .recognitionDotsPerInch: "dots an inch at which a page without text is drawn for recognition"
            case .toolSeconds: "processor seconds of one run of pdftotext, pdftoppm or tesseract"
            case .toolMemoryBytes: "bytes of address space of such a program"
            case .toolOutputBytes: "bytes that such a program may write"
            case .vocabularyBytes:
                "bytes of memory that the words and links of one vocabulary may take while it is read"
            }
        }
    }

    /// The text of `docs/limits.md`.
    public static var document: String {
        let limits = ReaderLimits()
        var lines = [
            "# Limits of the readers", "",
            "A reader refuses what goes over a limit and names the limit. Each is set under `limits:` in `docket.yaml`.",
            "", "| name | default | bounds |", "| --- | ---: | --- |",
        ]
        lines += Key.allCases.map { "| `\($0.rawValue)` | \(grouped(limits[$0])) | \($0.meaning) |" }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func grouped(_ value: Int) -> String {
        var digits: [Character] = []
        for (index, digit) in String(value).reversed().enumerated() {
            if index > 0, index % 3 == 0 { digits.append(",") }
            digits.append(digit)
        }
        return String(digits.reversed())
    }
}
