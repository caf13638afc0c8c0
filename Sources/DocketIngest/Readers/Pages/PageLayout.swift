import DocketCore

/// The pages of pdftotext's `-bbox-layout` output: page, flow, block, line, word with boxes in points.
struct PageLayout {
    private(set) var pages: [PageText] = []
    private var width = 0.0
    private var line: (assembly: LineAssembly, box: PageText.Box)?
    private var word: PageText.Box?
    private var letters = ""

    init(_ cursor: XMLCursor) throws(IngestError) {
        while let event = try cursor.next() {
            switch event {
            case .start("page"):
                pages.append(PageText(number: pages.count + 1))
                width = cursor.attribute("width").flatMap(Double.init) ?? 595
            case .start("line"):
                line = (LineAssembly(), Self.box(cursor))
            case .start("word"):
                word = Self.box(cursor)
                letters = ""
            case .text(let text): if word != nil { letters += text }
            case .end("word"):
                if let word, !letters.isEmpty { line?.assembly.append(letters, box: word) }
                word = nil
            case .end("line"): endLine()
            case .end("page"): endPage()
            default: continue
            }
        }
    }

    private static func box(_ cursor: XMLCursor) -> PageText.Box {
        func value(_ name: String) -> Double {
            let number = cursor.attribute(name).flatMap(Double.init) ?? 0
            return number.isFinite ? number : 0
        }
        return PageText.Box(left: value("xMin"), top: value("yMin"), right: value("xMax"), bottom: value("yMax"))
    }

    private mutating func endLine() {
        guard let (assembly, box) = line, let last = pages.indices.last else { return }
        line = nil
        let words = assembly.words.trimmedString
        if !words.isEmpty { pages[last].lines.append(PageText.Line(words: words, box: box)) }
    }

    private mutating func endPage() {
        guard let last = pages.indices.last else { return }
        pages[last].lines = TableRecovery(pages[last].lines, pageWidth: width).lines
    }
}

/// Puts the cells of printed tables back into rows.
///
/// Lines that stand side by side at one height are cells of a row when at least two such rows follow each other and no
/// cell is as wide as a column of running text. Everything else keeps the order that it came in.
struct TableRecovery {
    private(set) var lines: [PageText.Line]

    init(_ lines: [PageText.Line], pageWidth: Double) {
        self.lines = lines
        var groups: [[Int]] = []
        for index in lines.indices.sorted(by: { lines[$0].box.middle < lines[$1].box.middle }) {
            let box = lines[index].box
            if let first = groups.last?.first,
                abs(lines[first].box.middle - box.middle) < 0.5 * min(lines[first].box.height, box.height)
            {
                groups[groups.count - 1].append(index)
            } else {
                groups.append([index])
            }
        }
        let isRow = groups.map { group in
            group.count >= 2 && group.allSatisfy { lines[$0].box.width < 0.38 * pageWidth }
        }
        var replaced: [Int: PageText.Line] = [:]
        var removed: Set<Int> = []
        for (number, group) in groups.enumerated() where isRow[number] {
            let hasNeighbour = number > 0 && isRow[number - 1] || number + 1 < isRow.count && isRow[number + 1]
            guard hasNeighbour else { continue }
            let cells = group.sorted { lines[$0].box.left < lines[$1].box.left }
            guard let first = group.min() else { continue }
            var row = lines[first]
            for cell in cells { row.box.extend(lines[cell].box) }
            row.words = cells.map { lines[$0].words.replacing("\t", with: " ") }.joined(separator: "\t")
            row.isRow = true
            replaced[first] = row
            removed.formUnion(group.filter { $0 != first })
        }
        guard !replaced.isEmpty else { return }
        self.lines = Self.inOrder(lines, replaced, removed)
    }

    /// Rows in the order of the page; the first of a run of rows keeps its place among the other lines.
    private static func inOrder(
        _ lines: [PageText.Line], _ replaced: [Int: PageText.Line], _ removed: Set<Int>
    ) -> [PageText.Line] {
        var result: [PageText.Line] = []
        var rows = replaced.values.sorted { $0.box.middle < $1.box.middle }[...]
        for index in lines.indices where !removed.contains(index) && replaced[index] == nil {
            while let row = rows.first, row.box.middle < lines[index].box.middle {
                result.append(row)
                rows = rows.dropFirst()
            }
            result.append(lines[index])
        }
        return result + rows
    }
}
