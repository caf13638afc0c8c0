import DocketCore
import DocketText

/// Turns a table of tasks (Action | Owner | Due; 事項｜主辦機關｜期限) into conclusions.
struct ActionTableReader {
    let work: WorkingText
    let dates: DateFinder
    let directory: PersonDirectory

    /// The conclusions of `table`; empty when its header has no columns for task and owner.
    func conclusions(of table: Table, after count: Int) -> [Conclusion] {
        guard let header = table.rows.first, table.rows.count > 1 else { return [] }
        let words = header.map { $0.lowercased() }
        func column(_ names: [String]) -> Int? { words.firstIndex { word in names.contains(where: word.contains) } }
        // A table that reports on earlier tasks has a column for it, and decides nothing.
        guard column(["辦理情形", "執行情形", "status", "progress"]) == nil,
            let task = column(["action", "task", "應辦事項", "決議事項", "待辦事項", "交辦事項"]),
            let owner = column(["owner", "responsible", "who", "主辦", "負責", "權責"])
        else { return [] }
        let due = column(["due", "deadline", "by when", "期限", "完成日"])
        let original = ByteText(work.source.text)
        var from = table.start
        return table.rows.dropFirst().enumerated().compactMap { index, row in
            guard !row[task].isEmpty else { return nil }
            let text = place(of: row[task], in: original, from: &from, before: table.end)
            let owners = row[owner].split(whereSeparator: { $0 == "," || $0 == "、" || $0 == ";" || $0 == "；" })
                .map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
            let asked = owners.map { name in
                Addressee(
                    words: place(of: name, in: original, from: &from, before: table.end),
                    agency: directory.officialName(of: name))
            }
            let deadline = due.flatMap { column in
                row[column].isEmpty ? nil : place(of: row[column], in: original, from: &from, before: table.end)
            }
            return Conclusion(
                itemPath: nil, path: "\(header[task]).\(index + 1)", label: header[task], text: text, types: [.assign],
                addressees: asked, due: deadline.map { dated($0) } ?? [])
        }
    }

    /// Finds a cell's words from `from` on; repeated words are found in order.
    private func place(of cell: String, in text: ByteText, from: inout Int, before end: Int) -> Words {
        let start = text.first(Needle(cell), in: min(from, end)..<end)
        let range = start.map { $0..<$0 + cell.utf8.count } ?? min(from, end)..<min(from, end)
        from = max(from, range.lowerBound)
        return Words(cell, at: range)
    }

    private func dated(_ words: Words) -> [DatedWords] {
        guard let expression = dates.expressions(in: words.text).first else {
            return [DatedWords(words: words, iso: nil, bound: "by")]
        }
        return [DatedWords(words: words, iso: dates.iso(expression.start ?? expression.end, nil), bound: "by")]
    }
}
