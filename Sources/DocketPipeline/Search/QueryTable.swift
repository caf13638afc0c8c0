import DocketText
import Foundation

/// The columns of a table of queries, and how its rows are cut (RFC 4180).
struct QueryTable {
    /// Most lines of one row.
    static let mostLines = 100

    /// Names of the columns, nil for one that means nothing here.
    let columns: [String?]
    /// What stands over the others.
    let unused: [String]
    private let delimiter: Character

    /// The columns that `header` names, in English or Chinese; nil when none of them is the query's.
    init?(header: String) {
        for delimiter: Character in ["\t", ",", ";"] {
            guard let cells = Self.cells(header, delimiter) else { continue }
            var seen: Set<String> = []
            let columns = cells.map { cell -> String? in
                let name = Folding.key(cell)
                guard let known = Self.names[name] ?? Self.columns.first(where: { $0 == name }),
                    seen.insert(known).inserted
                else { return nil }
                return known
            }
            guard columns.contains("query") else { continue }
            self.columns = columns
            self.delimiter = delimiter
            unused = zip(cells, columns).filter { $1 == nil && !$0.isEmpty }.map(\.0)
            return
        }
        return nil
    }

    private static let columns = [
        "id", "query", "limit", "kind", "series", "agency", "from", "to", "status", "today",
    ]

    /// Chinese names, folded as headers are.
    private static let names = Dictionary(
        [
            ("編號", "id"), ("查詢", "query"), ("查詢詞", "query"), ("筆數", "limit"), ("種類", "kind"), ("會議", "series"),
            ("系列", "series"), ("機關", "agency"), ("起日", "from"), ("迄日", "to"), ("狀態", "status"), ("基準日", "today"),
        ].map { (Folding.key($0), $1) }, uniquingKeysWith: { first, _ in first })

    /// Cells that say something, by the names of their columns.
    func named(_ cells: [String]) -> [String: String] {
        var named: [String: String] = [:]
        for (column, cell) in zip(columns, cells) where !cell.isEmpty {
            if let column { named[column] = cell }
        }
        return named
    }

    /// The cells of a row; nil when a quotation mark is still open.
    func cells(_ row: String) -> [String]? { Self.cells(row, delimiter) }

    private static func cells(_ row: String, _ delimiter: Character) -> [String]? {
        var cells: [String] = []
        var cell = String.UnicodeScalarView()
        var isQuoted = false
        // A mark that opens a cell or follows a closing one.
        var isStart = true
        var wasClosed = false
        for scalar in row.unicodeScalars {
            if isQuoted {
                if scalar == "\"" { (isQuoted, wasClosed) = (false, true) } else { cell.append(scalar) }
            } else if scalar == "\"", isStart || wasClosed {
                if wasClosed { cell.append(scalar) }
                (isQuoted, wasClosed, isStart) = (true, false, false)
            } else if Character(scalar) == delimiter {
                cells.append(String(cell).trimmingCharacters(in: .whitespacesAndNewlines))
                cell = String.UnicodeScalarView()
                (isStart, wasClosed) = (true, false)
            } else {
                cell.append(scalar)
                if !scalar.properties.isWhitespace { isStart = false }
                wasClosed = false
            }
        }
        guard !isQuoted else { return nil }
        cells.append(String(cell).trimmingCharacters(in: .whitespacesAndNewlines))
        return cells
    }
}
