import DocketCore
import Foundation

/// Reads CSV and TSV: rows with the columns of catalogue records as records, any other table as one source of rows.
struct TableReader: Reader {
    let identity = "csv/1"
    let formats = LocalizedText(zhHant: "CSV、TSV（目錄紀錄或表格）", en: "CSV and TSV, of records or as a table")

    func accepts(_ input: ReaderInput) -> Bool {
        guard input.sample.isText, let first = input.sample.firstCharacter, first != "{", first != "<" else {
            return false
        }
        return delimiter(input) != nil
    }

    private func delimiter(_ input: ReaderInput) -> UInt8? {
        let sample = Array(input.sample.lines.joined(separator: "\n").utf8)
        return DelimitedText.delimiter(of: sample, isWhole: input.data.count <= 64 << 10)
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) throws(IngestError) -> Reading? {
        guard let delimiter = delimiter(input) else { return nil }
        try input.checkDocumentSize(limits)
        // A table of records is many texts, so the limit of one does not bound it.
        var wide = limits
        wide.textBytes = max(limits.textBytes, 2 * limits.documentBytes)
        let decoded = try DecodedText(input.data, fileName: input.fileName, limits: wide)
        var table = DelimitedText(decoded.bytes, delimiter: delimiter)
        guard let head = table.next() else { return nil }
        guard let columns = RecordColumns(head.fields) else {
            return .source(try source(input, decoded, delimiter, limits))
        }
        let name = input.fileName
        let mediaType = Self.mediaType(delimiter)
        let bytes = decoded.bytes
        return .records(
            RecordSequence(mediaType: mediaType, encoding: decoded.encoding.rawValue) {
                var table = DelimitedText(bytes, delimiter: delimiter)
                _ = table.next()
                return RecordSequence.Iterator {
                    guard let row = table.next() else { return nil }
                    let place = RecordPlace(fileName: name, line: row.line, limits: limits)
                    return RecordSequence.Record(
                        line: row.line, result: Self.record(row, columns, place, mediaType, decoded.encoding))
                }
            })
    }

    private static func mediaType(_ delimiter: UInt8) -> String {
        delimiter == 0x09 ? "text/tab-separated-values" : "text/csv"
    }

    private static func record(
        _ row: DelimitedText.Row, _ columns: RecordColumns, _ place: RecordPlace, _ mediaType: String,
        _ encoding: TextEncoding
    ) -> Result<ExtractedText, IngestError> {
        guard row.length <= place.limits.recordBytes else {
            return .failure(
                .limitExceeded(
                    file: place.fileName, limit: .recordBytes, value: place.limits.recordBytes,
                    place: .init(line: place.line)))
        }
        do throws(IngestError) {
            var extracted = try columns.record(row.fields).extract(at: place, mediaType: mediaType)
            extracted.encoding = encoding.rawValue
            return .success(extracted)
        } catch {
            return .failure(error)
        }
    }

    /// A table that is no list of records: its rows, cells separated by tabs.
    private func source(
        _ input: ReaderInput, _ decoded: DecodedText, _ delimiter: UInt8, _ limits: ReaderLimits
    ) throws(IngestError) -> ExtractedText {
        var table = DelimitedText(decoded.bytes, delimiter: delimiter)
        var assembler = TextAssembler(fileName: input.fileName, limits: limits)
        var number = 0
        while let row = table.next() {
            number += 1
            guard row.fields.count <= limits.tableCells else {
                throw .limitExceeded(
                    file: input.fileName, limit: .tableCells, value: limits.tableCells, place: .init(line: row.line))
            }
            let cells = row.fields.map { $0.replacing("\t", with: " ").replacing("\n", with: " ") }
            try assembler.append(
                cells.joined(separator: "\t"), kind: .tableRow,
                locator: Locator(table: 1, row: number, byte: decoded.original(row.offset) ?? row.offset))
        }
        var extracted = assembler.extracted(
            mediaType: Self.mediaType(delimiter), encoding: decoded.encoding.rawValue)
        extracted.notices += decoded.notices
        return extracted
    }
}

/// Which column of a table holds which part of a catalogue record, by the names in its head.
struct RecordColumns {
    private enum Part { case identity, title, matter, abstract, text, subjects, agency, date, code, language }
    private var parts: [Part?]
    private let names: [String]

    private static let known: [String: Part] = [
        "id": .identity, "identifier": .identity, "編號": .identity, "識別碼": .identity, "序號": .identity, "title": .title,
        "案由": .matter, "案名": .title, "標題": .title, "題名": .title, "name": .title, "abstract": .abstract,
        "summary": .abstract, "description": .abstract, "案情摘要": .abstract, "摘要": .abstract, "內容摘要": .abstract,
        "text": .text, "body": .text, "內容": .text, "全文": .text, "subjects": .subjects, "keywords": .subjects,
        "subject": .subjects, "主題": .subjects, "主題項": .subjects, "關鍵詞": .subjects, "關鍵字": .subjects, "agency": .agency,
        "機關": .agency, "產生機關": .agency, "發文機關": .agency, "產生者": .agency, "承辦單位": .agency, "來源機關": .agency,
        "date": .date, "日期": .date, "文件產生日期": .date, "產生日期": .date, "發文日期": .date, "起日": .date, "起始日期": .date,
        "發文者": .agency, "檔案產生者": .agency, "案號": .code, "code": .code, "檔號": .code, "filenumber": .code,
        "file_number": .code, "分類號": .code, "lang": .language,
        "language": .language, "語言": .language,
    ]

    /// The columns of a head; nil when it has no title, abstract or text beside another part that records have.
    init?(_ head: [String]) {
        names = head
        parts = []
        var taken: Set<String> = []
        for name in head {
            let key = name.lowercased().filter { !$0.isWhitespace }
            let part = Self.known[key]
            let isNew = part.map { taken.insert("\($0)").inserted } ?? false
            parts.append(isNew ? part : nil)
        }
        let ink = parts.compactMap { $0 }
        guard ink.contains(where: { [.title, .matter, .abstract, .text].contains($0) }) else { return nil }
        let isRecord =
            ink.contains(.abstract) || ink.contains(.code) || ink.contains(.subjects) || ink.contains(.text)
            || ink.contains(.matter)
        guard isRecord else { return nil }
    }

    /// The record of one row; columns without a part become facts under their own names.
    func record(_ fields: [String]) -> CatalogueRecord {
        var record = CatalogueRecord()
        var matter = ""
        for (index, field) in fields.enumerated() where !field.isEmpty {
            guard index < parts.count else { continue }
            switch parts[index] {
            case .identity: record.identity = field
            case .title: record.title = field
            case .matter: matter = field
            case .abstract: record.abstract = field
            case .text: record.text = field
            case .subjects:
                record.subjects = field.split { ";；、,，|".contains($0) }.map { String($0.trimmed) }.filter {
                    !$0.isEmpty
                }
            case .agency: record.agency = field
            case .date: record.date = field
            case .code: record.code = field
            case .language: record.language = LanguageTag.known(field)
            case nil:
                record.facts[names[index]] = field
                if names[index].hasPrefix("密等") { record.classification = Classification(written: field) }
            }
        }
        // 案由 is the title of an item that has no name of its own, and says what it is about where it has.
        if record.title.isEmpty {
            record.title = matter
        } else if record.abstract.isEmpty {
            record.abstract = matter
        } else if !matter.isEmpty {
            record.abstract = matter + "\n" + record.abstract
        }
        return record
    }
}
