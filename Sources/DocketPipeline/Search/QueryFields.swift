import DocketArchive
import DocketCore
import DocketText

/// What a line of a list says, by name, and the query that it makes.
struct QueryFields {
    private let values: [String: String]
    private let file: String
    private let line: Int
    private let unreadable: String?

    /// Cells of a table.
    init(cells: [String: String], file: String, line: Int) {
        (values, self.file, self.line, unreadable) = (cells, file, line, nil)
    }

    /// Members of a JSON object; those of `filters` stand beside the others.
    init(members: [String: JSONValue], file: String, line: Int) {
        var values: [String: String] = [:]
        var unreadable: String?
        func take(_ name: String, _ value: JSONValue?, isNumber: Bool = false) {
            switch value {
            case nil, .null: return
            case .string(let text) where !isNumber: values[name] = text
            case let value? where isNumber || name == "id":
                if let number = value.integer { values[name] = String(number) } else { unreadable = unreadable ?? name }
            default: unreadable = unreadable ?? name
            }
        }
        for name in ["id", "query", "today"] { take(name, members[name]) }
        take("limit", members["limit"], isNumber: true)
        switch members["filters"] {
        case nil, .null: break
        case .object(let filters):
            for name in filters.keys.sorted() {
                if Self.filters.contains(name) { take(name, filters[name]) } else { unreadable = unreadable ?? name }
            }
        default: unreadable = unreadable ?? "filters"
        }
        (self.values, self.file, self.line, self.unreadable) = (values, file, line, unreadable)
    }

    private static let filters: Set<String> = ["kind", "series", "agency", "from", "to", "status"]

    /// Name of the query.
    var id: String? { values["id"].map { $0.isEmpty ? String(line) : $0 } ?? String(line) }

    /// The query.
    /// - Throws: `PipelineError.badLine` that names the first field that cannot be read.
    func query() throws(PipelineError) -> ListedQuery {
        if let unreadable { throw bad("「\(unreadable)」無法解讀", "\"\(unreadable)\" cannot be read") }
        guard let words = values["query"] else { throw bad("缺少 query", "query is missing") }
        var query = ListedQuery(id: id ?? String(line), query: words)
        if let text = values["limit"] {
            guard let limit = Int(text), (1...1000).contains(limit) else {
                throw bad("limit「\(text)」須為 1 至 1000 的整數", "limit \"\(text)\" is no whole number from 1 to 1000")
            }
            query.limit = limit
        }
        if let text = values["kind"] {
            let known = ResultKind.allCases.map(\.rawValue).joined(separator: ", ")
            guard let kind = ResultKind(rawValue: text) else {
                throw bad("kind「\(text)」不是 \(known) 之一", "kind \"\(text)\" is none of \(known)")
            }
            query.kind = kind
        }
        (query.series, query.agency, query.status) = (values["series"], values["agency"], values["status"])
        query.from = try date("from", isDay: false)
        query.to = try date("to", isDay: false)
        query.today = try date("today", isDay: true)
        return query
    }

    private func date(_ name: String, isDay: Bool) throws(PipelineError) -> String? {
        guard let text = values[name] else { return nil }
        guard [4, 7, 10].contains(text.utf8.count), CalendarDate(iso: text) != nil, !isDay || text.utf8.count == 10
        else {
            throw bad("\(name)「\(text)」不是 YYYY-MM-DD 日期", "\(name) \"\(text)\" is no date YYYY-MM-DD")
        }
        return text
    }

    private func bad(_ zhHant: String, _ en: String) -> PipelineError {
        .badLine(file: file, line: line, problem: LocalizedText(zhHant: zhHant, en: en))
    }
}
