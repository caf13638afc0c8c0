import DocketCore
import DocketText
import Foundation

/// Lines of a stream, blank ones passed over; one that is over the limit has no bytes.
struct StreamLines {
    private let stream: ByteStream
    private let mostBytes: Int
    private var buffer: [UInt8]
    private var start = 0
    private var line = 0

    init(_ stream: ByteStream, head: [UInt8], mostBytes: Int) {
        self.stream = stream
        self.mostBytes = mostBytes
        buffer = head
    }

    /// Bytes of the file that have been read.
    var position: Int { stream.offset }

    /// The next line with its number from 1; nil at the end.
    mutating func next() throws(IngestError) -> (line: Int, bytes: [UInt8]?)? {
        while true {
            var searched = start
            var isTooLong = false
            var end: Int?
            while end == nil {
                if let found = buffer[searched...].firstIndex(of: 0x0A) {
                    end = found
                    break
                }
                if buffer.count - start > mostBytes {
                    isTooLong = true
                    start = buffer.count
                }
                buffer.removeFirst(start)
                start = 0
                searched = buffer.count
                let piece = try stream.next()
                if piece.isEmpty { break }
                buffer += piece
            }
            if end == nil, start >= buffer.count, !isTooLong { return nil }
            line += 1
            let range = start..<(end ?? buffer.count)
            start = end.map { $0 + 1 } ?? buffer.count
            if isTooLong || range.count > mostBytes { return (line, nil) }
            let bytes = buffer[range]
            if bytes.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) { return (line, Array(bytes)) }
        }
    }
}

/// Entries, or texts with subjects, one a line.
struct LineEntries: CatalogueRowSource {
    let format: CatalogueFormat
    let file: String
    let options: CatalogueImportOptions
    var lines: StreamLines

    var position: Int { lines.position }

    mutating func next() throws(IngestError) -> CatalogueRow? {
        guard let (line, bytes) = try lines.next() else { return nil }
        guard let bytes else {
            return fault(
                line, LocalizedText(zhHant: "這一行太長", en: "the line is too long"),
                LocalizedText(zhHant: "其後各行已照常讀入", en: "the lines after it were read"))
        }
        switch format {
        case .annifList: return AnnifEntries.list(String(decoding: bytes, as: UTF8.self), draft(line))
        case .annifLines:
            guard let row = AnnifEntries.object(bytes, draft(line), options) else {
                return fault(
                    line, LocalizedText(zhHant: "不是有 text 的 JSON 物件", en: "it is no JSON object with a text"),
                    LocalizedText(zhHant: "請更正此行", en: "correct the line"))
            }
            return row
        default: return entry(line, bytes)
        }
    }

    private func draft(_ line: Int) -> EntryDraft {
        var draft = EntryDraft(file: file, line: line, options: options)
        draft.level = .item
        return draft
    }

    private func fault(_ line: Int, _ what: LocalizedText, _ remedy: LocalizedText) -> CatalogueRow {
        CatalogueRow(
            line: line, entry: nil,
            findings: [ImportFinding.unusable(what, remedy: remedy).finding(file: file, line: line)])
    }

    private func entry(_ line: Int, _ bytes: [UInt8]) -> CatalogueRow {
        do {
            var entry = try JSONDecoder().decode(CatalogueEntry.self, from: Data(bytes))
            if !options.keepsReview { entry.forgetReview(options) }
            return CatalogueRow(line: line, entry: entry)
        } catch {
            // What is wrong is in the words of Foundation, which may repeat the line; its place is enough.
            return fault(
                line, LocalizedText(zhHant: "不是 Docket 目錄的 JSON 物件", en: "it is no JSON object of a catalogue entry"),
                LocalizedText(zhHant: "請更正此行，或重新匯出", en: "correct the line, or export it again"))
        }
    }
}

extension CatalogueEntry {
    /// Takes away what only the library that wrote an entry can vouch for: who gave and reviewed it, and what it rests on.
    fileprivate mutating func forgetReview(_ options: CatalogueImportOptions) {
        for (field, value) in fields {
            // A value that somebody rejected is not one.
            let isRejected = value.state == .rejected
            fields[field] =
                isRejected
                ? nil : DescribedField(value.values, by: .imported, emptyReason: value.emptyReason)
        }
        subjects = subjects.filter { $0.state != .rejected }.map {
            SubjectTerm($0.label, kind: $0.kind, concept: $0.concept, producer: .imported)
        }
        proposals = []
        sources = []
        engine = nil
        scope = options.scope
        classification = max(
            classification, options.classification > .internal ? options.classification : classification)
    }
}

/// Reads corpora in the forms of Annif: short texts in a list, JSON Lines, and folders of texts.
enum AnnifEntries {
    /// A text, a tab, and URIs in angle brackets or bare, with blanks between them.
    static func list(_ line: String, _ draft: EntryDraft) -> CatalogueRow {
        var draft = draft
        let cells = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
        for word in (cells.count > 1 ? cells[1] : "").split(whereSeparator: \.isWhitespace) {
            if let uri = uri(word) { draft.addSubject("", kind: nil, uri: uri) }
        }
        return draft.row(text: cells.first.map { String($0).withoutControls } ?? "")
    }

    private static func uri(_ word: Substring) -> String? {
        var word = word
        if word.hasPrefix("<"), word.hasSuffix(">") { word = word.dropFirst().dropLast() }
        return word.contains(":") ? String(word) : nil
    }

    /// {"text", "title"?, "document_id"?, "subjects": [URI | {"uri", "label"}]}; nil for anything else.
    static func object(_ bytes: [UInt8], _ draft: EntryDraft, _ options: CatalogueImportOptions) -> CatalogueRow? {
        var draft = draft
        // A line that is no JSON is told of by its number; where in it matters little.
        let value = bytes.withUnsafeBufferPointer {
            try? JSONParser.value(
                of: $0, grammar: .lenient, depth: options.limits.jsonDepth, values: options.limits.jsonValues)
        }
        guard let value, let text = value["text"]?.string ?? value["abstract"]?.string else { return nil }
        let title = value["title"]?.string ?? value["metadata"]?["title"]?.string ?? ""
        draft.id = value["document_id"]?.string ?? value["id"]?.string
        if !title.isEmpty { draft.add(title, to: .subject) }
        for subject in value["subjects"]?.array ?? [] {
            if let uri = subject.string {
                draft.addSubject("", kind: nil, uri: uri)
            } else {
                draft.addSubject(subject["label"]?.string ?? "", kind: nil, uri: subject["uri"]?.string)
            }
        }
        return draft.row(text: text)
    }
}

/// Entries of a folder of texts: NAME.txt with NAME.tsv (URI, tab, label) or NAME.key (labels) beside it.
struct AnnifFolderEntries: CatalogueRowSource {
    private let folder: URL
    private let names: [String]
    private let options: CatalogueImportOptions
    private var index = 0

    var position: Int { index }

    /// - Throws: `IngestError.unreadable`, `.noText` when no text is in the folder.
    init(_ folder: URL, _ options: CatalogueImportOptions) throws(IngestError) {
        self.folder = folder
        self.options = options
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
                .filter { $0.hasSuffix(".txt") }.sorted()
        } catch {
            throw .unreadable(file: folder.lastPathComponent, errno: ENOENT)
        }
        guard !names.isEmpty else { throw .noText(file: folder.lastPathComponent, format: "Annif") }
    }

    mutating func next() throws(IngestError) -> CatalogueRow? {
        guard index < names.count else { return nil }
        defer { index += 1 }
        let name = names[index]
        var draft = EntryDraft(file: name, line: index + 1, options: options)
        draft.level = .item
        do throws(IngestError) {
            let text = try Self.text(folder.appending(path: name), options)
            let stem = String(name.dropLast(4))
            draft.id = stem
            for line in try subjects(stem) { Self.subject(line, &draft) }
            return draft.row(text: text)
        } catch {
            draft.report(
                .unusable(
                    error.explanation, remedy: LocalizedText(zhHant: "其餘檔案已照常讀入", en: "the other files were read")))
            return CatalogueRow(line: index + 1, entry: nil, findings: draft.findings)
        }
    }

    private func subjects(_ stem: String) throws(IngestError) -> [Substring] {
        for ending in ["tsv", "key"] {
            let url = folder.appending(path: "\(stem).\(ending)")
            if FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) {
                return try Self.text(url, options).split(separator: "\n")
            }
        }
        return []
    }

    private static func subject(_ line: Substring, _ draft: inout EntryDraft) {
        let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).tidied }
        guard let first = cells.first, !first.isEmpty else { return }
        let isURI = first.hasPrefix("<") && first.hasSuffix(">") || first.contains("://")
        if isURI {
            let uri = first.hasPrefix("<") ? String(first.dropFirst().dropLast()) : first
            draft.addSubject(cells.count > 1 ? cells[1] : "", kind: nil, uri: uri)
        } else {
            draft.addSubject(first, kind: nil)
        }
    }

    private static func text(_ url: URL, _ options: CatalogueImportOptions) throws(IngestError) -> String {
        let stream = try ByteStream(file: url, limits: options.limits)
        var bytes: [UInt8] = []
        while true {
            let piece = try stream.next()
            if piece.isEmpty { break }
            bytes += piece
            guard bytes.count <= options.limits.textBytes else {
                throw .limitExceeded(
                    file: url.lastPathComponent, limit: .textBytes, value: options.limits.textBytes, place: .init())
            }
        }
        return try DecodedText(Data(bytes), fileName: url.lastPathComponent, limits: options.limits).string
    }
}
