public import DocketCore
public import Foundation

/// A file of catalogue entries, read record by record: memory does not grow with its length.
///
/// ```
/// let file = try CatalogueImport(file: url, mapping: mapping)
/// for try await row in file { … }
/// ```
/// A bad record is a row with findings and without an entry; the others go on. Each iteration reads the file anew.
public struct CatalogueImport: Sendable {
    /// The form of the file.
    public let format: CatalogueFormat
    /// Encoding of a list.
    public let encoding: TextEncoding?
    /// What each column of a list is, as given, and guessed for the rest; nil for other forms.
    public let mapping: CatalogueMapping?
    /// Names of the columns of a list.
    public let head: [String]
    /// Bytes of the file, which `CatalogueRow.position` goes up to; nil for a folder.
    public let byteCount: Int?

    private let source: Source
    private let name: String
    private let options: CatalogueImportOptions
    private let markLength: Int

    private enum Source: Sendable {
        case data(Data)
        case file(URL)
        case folder(URL)
    }

    /// The entries of the file or folder at `url`, of a form that is told from the content unless it is given.
    /// - Throws: `IngestError` when it cannot be opened or is of no known form.
    public init(
        file url: URL, format: CatalogueFormat? = nil, mapping: CatalogueMapping? = nil,
        options: CatalogueImportOptions = CatalogueImportOptions()
    ) throws(IngestError) {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: url.path(percentEncoded: false), isDirectory: &isFolder)
        guard isFolder.boolValue else {
            let size = (try? url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize  // Only for progress.
            try self.init(.file(url), name: url.lastPathComponent, size, format, mapping, options)
            return
        }
        self.init(folder: url, options)
    }

    private init(folder url: URL, _ options: CatalogueImportOptions) {
        (format, encoding, mapping, head, byteCount) = (.annifFolder, nil, nil, [], nil)
        (source, name, self.options, markLength) = (.folder(url), url.lastPathComponent, options, 0)
    }

    /// The entries of `data`, which came under `name`.
    /// - Throws: `IngestError` when it is of no known form.
    public init(
        data: Data, name: String, format: CatalogueFormat? = nil, mapping: CatalogueMapping? = nil,
        options: CatalogueImportOptions = CatalogueImportOptions()
    ) throws(IngestError) {
        guard !data.isEmpty else { throw .empty(file: name) }
        try self.init(.data(data), name: name, data.count, format, mapping, options)
    }

    private init(
        _ source: Source, name: String, _ size: Int?, _ format: CatalogueFormat?, _ mapping: CatalogueMapping?,
        _ options: CatalogueImportOptions
    ) throws(IngestError) {
        (self.source, self.name, self.options, byteCount) = (source, name, options, size)
        let sample = try Self.stream(source, name, options).next(CatalogueSniffer.sampleBytes)
        let sniffed = try CatalogueSniffer(sample, name: name, wanted: format, encoding: mapping?.encoding)
        self.format = sniffed.format
        encoding = sniffed.encoding
        markLength = sniffed.markLength
        guard sniffed.format == .delimited else {
            (self.mapping, head) = (nil, [])
            return
        }
        var mapping = mapping ?? CatalogueMapping()
        if mapping.delimiter == nil { mapping.delimiter = sniffed.delimiter(skipping: mapping.skip) }
        mapping.encoding = sniffed.encoding
        let stream = try Self.stream(source, name, options)
        let opening = try Array(stream.next().dropFirst(markLength))
        var rows = DelimitedRows(
            stream, head: opening, encoding: sniffed.encoding ?? .utf8, delimiter: (mapping.delimiter ?? .comma).byte,
            options: options)
        head = try Self.head(&rows, skip: mapping.skip, name: name).cells
        self.mapping = mapping.guessed(from: head)
    }

    private static func stream(
        _ source: Source, _ name: String, _ options: CatalogueImportOptions
    ) throws(IngestError) -> ByteStream {
        switch source {
        case .data(let data): ByteStream(data, name: name)
        case .file(let url), .folder(let url): try ByteStream(file: url, limits: options.limits)
        }
    }

    private static func head(
        _ rows: inout DelimitedRows, skip: Int, name: String
    ) throws(IngestError) -> DelimitedRows.Row {
        for _ in 0..<skip { _ = try rows.next() }
        guard let head = try rows.next(), head.fault == nil else { throw .noText(file: name, format: "CSV") }
        return head
    }

    /// The records from the first one on.
    func rows() throws(IngestError) -> any CatalogueRowSource {
        switch format {
        case .annifFolder:
            guard case .folder(let url) = source else { throw .notAFile(file: name) }
            return try AnnifFolderEntries(url, options)
        case .archivesXML:
            return try xml(flushesOuter: false, { ArchivesXMLEntries.records.contains($0) }, ArchivesXMLEntries.fill)
        case .neutralXML: return try xml(flushesOuter: false, { $0 == "entry" }, NeutralXMLEntries.fill)
        case .ead3: return try xml(flushesOuter: true, EAD3Entries.isRecord, EAD3Entries.fill)
        case .delimited, .entryLines, .annifList, .annifLines: break
        }
        let stream = try Self.stream(source, name, options)
        let opening = try Array(stream.next().dropFirst(markLength))
        guard format == .delimited, let mapping else {
            let lines = StreamLines(stream, head: opening, mostBytes: options.mostRowBytes)
            return LineEntries(format: format, file: name, options: options, lines: lines)
        }
        var rows = DelimitedRows(
            stream, head: opening, encoding: encoding ?? .utf8, delimiter: (mapping.delimiter ?? .comma).byte,
            options: options)
        let head = try Self.head(&rows, skip: mapping.skip, name: name)
        return DelimitedEntries(
            rows, head: head.cells, headLine: head.line, mapping: mapping, file: name, options: options)
    }

    private func xml(
        flushesOuter: Bool, _ isRecord: @escaping (String) -> Bool,
        _ fill: @escaping (XMLElement, inout EntryDraft) -> Bool
    ) throws(IngestError) -> XMLEntries {
        let cursor: XMLCursor
        switch source {
        case .data(let data):
            cursor = try XMLCursor(data, fileName: name, format: format.rawValue, limits: options.limits)
        case .file(let url), .folder(let url):
            cursor = try XMLCursor(file: url, format: format.rawValue, limits: options.limits)
        }
        let records = XMLRecords(
            cursor, flushesOuter: flushesOuter, mostBytes: options.mostRowBytes, isRecord: isRecord)
        return XMLEntries(records, file: name, options: options, fill: fill)
    }

    /// Hands each record to `body` in order, without a task; ends early when `body` throws.
    /// - Throws: `IngestError` when the file cannot be read on; what `body` throws.
    public func forEach(_ body: (CatalogueRow) throws -> Void) throws {
        var rows = try rows()
        while let row = try rows.nextInPlace() { try body(row) }
    }
}

extension CatalogueImport: AsyncSequence {
    /// One record at a time.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let file: CatalogueImport
        private var rows: (any CatalogueRowSource)?

        fileprivate init(_ file: CatalogueImport) { self.file = file }

        /// The next record; nil at the end.
        /// - Throws: `IngestError` when the file cannot be read on, `CancellationError`.
        public mutating func next() async throws -> CatalogueRow? {
            try Task.checkCancellation()
            if rows == nil { rows = try file.rows() }
            return try rows?.nextInPlace()
        }
    }

    /// Begins with the first record.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}

// MARK: - Preview

/// What an import would bring, before it is done.
public struct CataloguePreview: Sendable, Equatable {
    /// Form of the file.
    public var format: CatalogueFormat
    /// Encoding of a list.
    public var encoding: TextEncoding?
    /// Each column of a list with what it is, in order; nil for one that nothing explains.
    public var columns: [(name: String, target: CatalogueMapping.Target?)]
    /// The first records.
    public var rows: [CatalogueRow]
    /// What is wrong with them, by record.
    public var findings: [Finding] { rows.flatMap(\.findings) }
    /// Names of the columns that nothing explains.
    public var unmapped: [String] { columns.filter { $0.target == nil }.map(\.name) }

    /// Equal in all parts.
    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.format == rhs.format && lhs.encoding == rhs.encoding && lhs.rows == rhs.rows
            && lhs.columns.map(\.name) == rhs.columns.map(\.name)
            && lhs.columns.map(\.target) == rhs.columns.map(\.target)
    }
}

extension CatalogueImport {
    /// The first `count` records with what is wrong with them.
    /// - Throws: `IngestError` when the file cannot be read.
    public func preview(_ count: Int = 10) throws(IngestError) -> CataloguePreview {
        var source = try rows()
        var rows: [CatalogueRow] = []
        var entries = 0
        while entries < count, rows.count < 10 * Swift.max(1, count), let row = try source.next() {
            rows.append(row)
            entries += row.entry == nil ? 0 : 1
        }
        let columns = head.map { ($0, mapping?.columns[$0]?.target) }
        return CataloguePreview(format: format, encoding: encoding, columns: columns, rows: rows)
    }
}
