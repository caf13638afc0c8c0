public import DocketArchive
public import DocketCore
import DocketText
public import Foundation

/// One query of a list.
public struct ListedQuery: Sendable, Equatable {
    /// Its name: what the list says, else the number of its line.
    public var id: String
    /// The words.
    public var query: String
    /// Most hits, from 1; nil where the list says nothing.
    public var limit: Int?
    /// What the list says of conditions; nil where it says nothing.
    public var kind: ResultKind?
    /// Id or name of a series.
    public var series: String?
    /// Name of an agency.
    public var agency: String?
    /// First day, month or year, ISO 8601.
    public var from: String?
    /// Last day, month or year, ISO 8601.
    public var to: String?
    /// A state.
    public var status: String?
    /// The day that "last year" counts from, ISO 8601.
    public var today: String?

    /// A query without conditions.
    public init(id: String, query: String) {
        self.id = id
        self.query = query
    }

    /// The conditions of the query; where it says nothing, those of `others`.
    public func filters(over others: SearchFilters) -> SearchFilters {
        var filters = others
        if let kind { filters.kinds = [kind] }
        if let series { filters.series = [series] }
        if let agency { filters.agencies = [agency] }
        if let status { filters.statuses = [status] }
        filters.from = from ?? others.from
        filters.to = to ?? others.to
        return filters
    }
}

/// A list of queries in a file or a pipe, read one by one.
///
/// Three forms are told apart by the first line that says something: JSON Lines when it begins with a brace, a table (CSV or
/// TSV) when it is a header with a column `query`, else one query a line. Lines that begin with # are remarks, in a table
/// and in JSON Lines before the first line only. Text is UTF-8.
public struct QueryList {
    /// A query, or why a line holds none.
    public struct Element {
        /// Line of the query, from 1.
        public var line: Int
        /// Its name, as far as it could be read.
        public var id: String?
        /// The query.
        public var result: Result<ListedQuery, PipelineError>
    }

    private enum Form {
        case plain
        case json
        case table(QueryTable)
    }

    private let file: String
    private var lines: TextLines
    private var form: Form?

    /// Columns of the table that mean nothing here; empty before the first query was read.
    public private(set) var unusedColumns: [String] = []

    /// The list that `handle` gives; `file` is its name in messages.
    public init(_ handle: FileHandle, file: String) {
        self.init(file: file) { try handle.read(upToCount: $0) }
    }

    init(file: String, read: @escaping (Int) throws -> Data?) {
        self.file = file
        lines = TextLines(read: read)
    }

    /// The next query; nil at the end.
    /// - Throws: `PipelineError.cannotRead`.
    public mutating func next() throws -> Element? {
        while let line = try nextLine() {
            guard let bytes = line.bytes else {
                return refused(
                    line, "超過 \(TextLines.longest >> 10) KB", "longer than \(TextLines.longest >> 10) KiB")
            }
            guard bytes.contains(where: { $0 > 0x20 }) else { continue }
            guard let text = Self.text(bytes, isFirst: line.number == 1) else {
                return refused(line, "不是 UTF-8 文字，請另存為 UTF-8", "not UTF-8 text; save the file as UTF-8")
            }
            let words = text.trimmingCharacters(in: .whitespacesAndNewlines)
            if words.isEmpty { continue }
            if words.hasPrefix("#") {
                switch form {
                case nil, .plain: continue
                default: break
                }
            }
            guard let form else {
                if try begin(line, words) { continue }
                return element(line, words)
            }
            if case .table(let table) = form {
                if let row = try row(line, text, table) { return row }
                continue
            }
            return element(line, words)
        }
        return nil
    }

    /// Finds out the form; true when the line is a header.
    private mutating func begin(_ line: TextLines.Line, _ words: String) throws -> Bool {
        if words.hasPrefix("{") {
            form = .json
        } else if let table = QueryTable(header: words) {
            form = .table(table)
            unusedColumns = table.unused
            return true
        } else {
            form = .plain
        }
        return false
    }

    private func element(_ line: TextLines.Line, _ words: String) -> Element {
        guard case .json = form else {
            return Element(
                line: line.number, id: String(line.number),
                result: .success(ListedQuery(id: String(line.number), query: words)))
        }
        guard let value = try? JSONParser.value(of: Array(words.utf8)), let members = value.object else {
            // What is wrong with a line is said in its answer.
            return refused(line, "不是可讀的 JSON 物件", "not a readable JSON object")
        }
        return element(line, QueryFields(members: members, file: file, line: line.number))
    }

    /// A row of the table, which may run over several lines; nil for one of empty cells.
    private mutating func row(_ line: TextLines.Line, _ text: String, _ table: QueryTable) throws -> Element? {
        var text = text
        var more: [TextLines.Line] = []
        while true {
            if let cells = table.cells(text) {
                let named = table.named(cells)
                return named.isEmpty ? nil : element(line, QueryFields(cells: named, file: file, line: line.number))
            }
            guard text.utf8.count <= TextLines.longest, more.count < QueryTable.mostLines, let next = try nextLine(),
                let words = next.bytes.flatMap({ Self.text($0, isFirst: false) })
            else {
                // The lines behind the first are rows of their own then.
                lines.putBack(more)
                return refused(line, "引號不成對", "quotation mark without its pair")
            }
            more.append(next)
            text += "\n" + words
        }
    }

    private func element(_ line: TextLines.Line, _ fields: QueryFields) -> Element {
        do {
            return Element(line: line.number, id: fields.id, result: .success(try fields.query()))
        } catch {
            return Element(line: line.number, id: fields.id, result: .failure(error))
        }
    }

    private func refused(_ line: TextLines.Line, _ zhHant: String, _ en: String) -> Element {
        let problem = LocalizedText(zhHant: zhHant, en: en)
        return Element(
            line: line.number, id: nil, result: .failure(.badLine(file: file, line: line.number, problem: problem)))
    }

    private mutating func nextLine() throws -> TextLines.Line? {
        do { return try lines.next() } catch { throw PipelineError.cannotRead(file: file) }
    }

    /// Text without a mark of its encoding; nil for what is no UTF-8.
    private static func text(_ bytes: [UInt8], isFirst: Bool) -> String? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let body = isFirst && bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        guard !body.contains(0), let text = String(validating: body, as: UTF8.self) else { return nil }
        return text
    }
}
