import DocketCore
import DocketText
import Foundation

/// Reads JSON Lines: one meeting record, catalogue record or search record a line, streamed.
struct RecordLinesReader: Reader {
    let identity = "json-lines/1"
    let formats = LocalizedText(
        zhHant: "JSON Lines：會議紀錄、目錄紀錄", en: "JSON Lines of meeting and catalogue records")

    func accepts(_ input: ReaderInput) -> Bool {
        guard case .text(.utf8) = input.sample.form, input.sample.firstCharacter == "{" else { return false }
        // One object over several lines is a JSON document, not lines; its first line does not close.
        let first = input.sample.inkLines(1).first ?? ""
        return first.hasPrefix("{\"") || first.hasPrefix("{ ")
    }

    func read(_ input: ReaderInput, limits: ReaderLimits) throws(IngestError) -> Reading? {
        let data = input.data
        let name = input.fileName
        var lines = LineCursor(data)
        guard let first = lines.nextInk() else { throw .noText(file: name, format: "JSON Lines") }
        let opening = Self.record(data[first.range], line: first.line, fileName: name, limits: limits)
        switch opening {
        // A first line that is an object of another kind, or only its beginning: another reader may know it.
        case .success(nil): return nil
        case .failure(let error) where lines.nextInk() == nil || Self.isPart(error): return try Self.decline(error)
        default: break
        }
        return .records(
            RecordSequence(mediaType: "application/jsonl", encoding: TextEncoding.utf8.rawValue) {
                var lines = LineCursor(data)
                return RecordSequence.Iterator {
                    guard let (range, line) = lines.nextInk() else { return nil }
                    let result = Self.record(data[range], line: line, fileName: name, limits: limits)
                    return RecordSequence.Record(line: line, result: result.flatMap { Self.known($0, line, name) })
                }
            })
    }

    private static func isPart(_ error: IngestError) -> Bool {
        if case .truncated = error { true } else { false }
    }

    /// A file of one broken line is refused here if it is too large for any other reader of JSON.
    private static func decline(_ error: IngestError) throws(IngestError) -> Reading? {
        if case .limitExceeded = error { throw error }
        return nil
    }

    private static func known(
        _ record: ExtractedText?, _ line: Int, _ name: String
    ) -> Result<ExtractedText, IngestError> {
        guard let record else {
            return .failure(
                .malformed(
                    file: name, format: "JSON Lines", place: .init(line: line),
                    problem: LocalizedText(
                        zhHant: "沒有 utterances、title、abstract 或 text 欄位",
                        en: "none of the fields utterances, title, abstract, text")))
        }
        return .success(record)
    }

    /// The record of one line; nil when it is an object without any field that this reader knows.
    private static func record(
        _ bytes: Data, line: Int, fileName: String, limits: ReaderLimits
    ) -> Result<ExtractedText?, IngestError> {
        guard bytes.count <= limits.recordBytes else {
            return .failure(
                .limitExceeded(
                    file: fileName, limit: .recordBytes, value: limits.recordBytes, place: .init(line: line)))
        }
        do {
            let value = try bytes.withUnsafeBytes { (raw: UnsafeRawBufferPointer) throws(JSONError) in
                try JSONParser.value(
                    of: raw.bindMemory(to: UInt8.self), grammar: .lenient, depth: limits.jsonDepth,
                    values: limits.jsonValues)
            }
            let place = RecordPlace(fileName: fileName, line: line, limits: limits)
            if let meeting = try MeetingRecord.extract(value, at: place) { return .success(meeting) }
            return .success(try CatalogueRecord(value)?.extract(at: place))
        } catch let error as JSONError {
            return .failure(error.ingestError(fileName, format: "JSON Lines", line: line, limits: limits))
        } catch let error as IngestError {
            return .failure(error)
        } catch {
            return .failure(.unreadable(file: fileName, errno: EIO))
        }
    }
}

/// Where a record stands, for its limits and errors.
struct RecordPlace {
    let fileName: String
    let line: Int
    let limits: ReaderLimits
}

/// Walks the lines of mapped data without loading them.
struct LineCursor {
    private let data: Data
    private var offset: Int
    private var line = 0

    init(_ data: Data) {
        self.data = data
        offset = data.startIndex
        if data.starts(with: [0xEF, 0xBB, 0xBF]) { offset += 3 }
    }

    /// Range of the next line that is not blank, without its break, and its number from 1.
    mutating func nextInk() -> (range: Range<Int>, line: Int)? {
        while offset < data.endIndex {
            line += 1
            let start = offset
            let end = Self.lineEnd(data, from: start)
            offset = end + 1
            let isBlank = data[start..<min(end, start + 4096)].allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
            if !isBlank { return (start..<end, line) }
        }
        return nil
    }

    private static func lineEnd(_ data: Data, from start: Int) -> Int {
        data.withUnsafeBytes { raw in
            let base = start - data.startIndex
            guard let first = raw.baseAddress,
                let found = memchr(first + base, 0x0A, raw.count - base)
            else { return data.endIndex }
            return data.startIndex + (UnsafeRawPointer(found) - first)
        }
    }
}
