import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// One JSON object an answer.
struct JSONAnswers: SearchAnswers {
    private struct Answer: Encodable {
        let id: String
        let total: Int
        let capped: Bool
        let hits: [ShownHit]
        let milliseconds: Double
    }

    private struct Refused: Encodable {
        let id: String?
        let line: Int
        let error: String
    }

    func begin() {}

    func show(_ query: ListedQuery, _ timed: Workspace.TimedAnswer) throws {
        let total = SearchTotal(timed)
        let hits = timed.answer.hits.enumerated().map { ShownHit($0.element, rank: $0.offset + 1) }
        try Terminal.print(
            json: Answer(
                id: query.id, total: total.total, capped: total.capped, hits: hits, milliseconds: total.milliseconds))
    }

    func refuse(line: Int, id: String?, query: String?, _ failure: Failure) throws {
        try Terminal.print(json: Refused(id: id, line: line, error: failure.message))
    }
}

/// One line of a table an answer: the query, how much was found, and the best of it.
///
/// Columns have their widths from the start, since a long list is not held to be measured.
struct TableAnswers: SearchAnswers {
    private static let widths = [24, 7, 20, 10, 10, 60]

    func begin() {
        Terminal.print(
            Terminal.bold(
                Self.line([
                    Phrase.columnQuery(), Phrase.columnTotal(), Phrase.columnMeeting(), Phrase.columnDate(),
                    Phrase.columnState(), Phrase.columnBest(),
                ])))
        Terminal.print(Self.widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
    }

    func show(_ query: ListedQuery, _ timed: Workspace.TimedAnswer) throws {
        let total = timed.shownTotal
        guard let hit = timed.answer.hits.first else {
            return Terminal.print(Self.line([query.query, total, "", "", "", Phrase.searchNone()]))
        }
        let words = hit.snippet.isEmpty ? hit.title : hit.snippet
        Terminal.print(
            Self.line([query.query, total, hit.shownMeeting, hit.date ?? "", hit.status ?? "", words]))
    }

    func refuse(line: Int, id: String?, query: String?, _ failure: Failure) throws {
        Terminal.print(Self.line([query ?? id ?? "\(line)", "–", "", "", "", ""]) + failure.message)
    }

    /// Cells in their columns; the last is not padded.
    static func line(_ cells: [String]) -> String {
        zip(cells, widths).enumerated().map { index, pair in
            let text = Terminal.fitted(Terminal.flat(pair.0), columns: pair.1)
            guard index < widths.count - 1 else { return text }
            return text + String(repeating: " ", count: max(0, pair.1 - Terminal.width(of: text)))
        }.joined(separator: "  ")
    }
}

/// One row of comma-separated values a hit, for spreadsheets; a query without hits and one that failed have a row too.
struct CSVAnswers: SearchAnswers {
    func begin() {
        // The mark tells spreadsheets that this is UTF-8.
        Terminal.write("\u{FEFF}", to: 1)
        write([
            Phrase.columnQueryID(), Phrase.columnQuery(), Phrase.columnTotal(), Phrase.columnRank(),
            Phrase.columnKind(), Phrase.columnTitle(), Phrase.columnText(), Phrase.columnMeeting(),
            Phrase.columnDate(), Phrase.columnState(), Phrase.columnAgencies(), Phrase.columnID(),
            Phrase.columnExternal(), Phrase.columnRemark(),
        ])
    }

    func show(_ query: ListedQuery, _ timed: Workspace.TimedAnswer) throws {
        let head = [query.id, query.query, timed.shownTotal]
        if timed.answer.hits.isEmpty {
            write(head + [String](repeating: "", count: 10) + [Phrase.searchNone()])
        }
        for (index, hit) in timed.answer.hits.enumerated() {
            write(
                head + [
                    "\(index + 1)", hit.kind.rawValue, hit.title, hit.snippet, hit.shownMeeting, hit.date ?? "",
                    hit.status ?? "", hit.agencies.joined(separator: "、"), hit.id, hit.external ?? "", "",
                ])
        }
    }

    func refuse(line: Int, id: String?, query: String?, _ failure: Failure) throws {
        write([id ?? "\(line)", query ?? ""] + [String](repeating: "", count: 11) + [failure.message])
    }

    private func write(_ cells: [String]) {
        Terminal.write(cells.map(CSVCell.written).joined(separator: ",") + "\r\n", to: 1)
    }
}

/// A cell of comma-separated values (RFC 4180) that a spreadsheet takes as text.
enum CSVCell {
    /// Signs that begin a formula in one spreadsheet or another, in both widths.
    private static let formula: Set<Character> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]

    /// The cell as it is written: without control characters, not a formula, in quotes where it has to be.
    static func written(_ text: String) -> String {
        var cell = Terminal.shown(Terminal.flat(text), isTerminal: false)
        let first = cell.first { !$0.isWhitespace && $0 != "'" }
        // A mark before the sign keeps it text in all of them.
        if let first, formula.contains(first) { cell = "'" + cell }
        guard cell.contains(where: { ",;\"\n".contains($0) }) else { return cell }
        return "\"\(cell.replacing("\"", with: "\"\""))\""
    }
}

extension Workspace.TimedAnswer {
    /// The total, with a sign behind it where there are more.
    fileprivate var shownTotal: String {
        let total = SearchTotal(self)
        return "\(total.total)" + (total.capped || !total.complete ? "+" : "")
    }
}

extension SearchHit {
    /// "SERIES#213", as far as known.
    fileprivate var shownMeeting: String {
        (series ?? "") + (facts["meeting"].map { "#" + $0 } ?? "")
    }
}
