import DocketCore

/// The lines of one page with their boxes, before they become passages.
struct PageText: Sendable {
    struct Line: Sendable {
        var words: String
        /// Box in points from the top left corner.
        var box: Box
        /// True when its cells are separated by tabs.
        var isRow = false
        /// Recognition confidence, 0...1.
        var confidence: Double?
    }

    struct Box: Sendable, Equatable {
        var left: Double
        var top: Double
        var right: Double
        var bottom: Double

        var width: Double { right - left }
        var height: Double { bottom - top }
        var middle: Double { (top + bottom) / 2 }

        mutating func extend(_ other: Box) {
            left = min(left, other.left)
            top = min(top, other.top)
            right = max(right, other.right)
            bottom = max(bottom, other.bottom)
        }
    }

    let number: Int
    var lines: [Line] = []

    /// Adds the page's passages: rows one by one, other lines cut as plain text is.
    func add(to assembler: inout TextAssembler) throws(IngestError) {
        var block: [Line] = []
        var table = 0
        var row = 0
        for line in lines {
            if line.isRow {
                try add(block, to: &assembler)
                block = []
                if row == 0 { table += 1 }
                row += 1
                try assembler.append(
                    line.words, kind: .tableRow, locator: locator([line], table: table, row: row))
            } else {
                row = 0
                block.append(line)
            }
        }
        try add(block, to: &assembler)
    }

    private func add(_ block: [Line], to assembler: inout TextAssembler) throws(IngestError) {
        guard !block.isEmpty else { return }
        let text = block.map(\.words).joined(separator: "\n")
        var starts: [Int] = []
        var offset = 0
        for line in block {
            starts.append(offset)
            offset += line.words.utf8.count + 1
        }
        let bytes = Array(text.utf8)
        for passage in LineBlocks(text).passages {
            let covered = zip(block, starts).filter { passage.range.contains($0.1) }.map(\.0)
            let words = String(decoding: bytes[passage.range], as: UTF8.self).trimmedString
            guard !words.isEmpty else { continue }
            try assembler.append(words, kind: passage.kind, level: passage.level, locator: locator(covered))
        }
    }

    private func locator(_ lines: [Line], table: Int? = nil, row: Int? = nil) -> Locator {
        var box = lines.first?.box
        for line in lines.dropFirst() { box?.extend(line.box) }
        let sizes = box.map { [$0.left, $0.top, $0.width, $0.height].map { ($0 * 10).rounded() / 10 } }
        let scores = lines.compactMap(\.confidence)
        let confidence = scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
        return Locator(
            page: number, box: sizes, table: table, row: row,
            confidence: confidence.map { ($0 * 1000).rounded() / 1000 })
    }

    /// Mean confidence over the lines; nil without any.
    var confidence: Double? {
        let scores = lines.compactMap(\.confidence)
        return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }

    /// What recognition has to report: the pages, and how sure it was of each.
    static func notices(_ pages: [PageText]) -> [ExtractedText.Notice] {
        pages.map { page in
            let percent = Int(((page.confidence ?? 0) * 100).rounded())
            return ExtractedText.Notice(
                .recognised, percent < 70 ? .warning : .information,
                message: LocalizedText(
                    zhHant: "第 \(page.number) 頁由影像辨識，平均信心 \(percent)%",
                    en: "page \(page.number) was recognised from an image, mean confidence \(percent) %"),
                remedy: LocalizedText(zhHant: "請對照原件", en: "compare with the original"))
        }
    }
}

/// Joins the words of one printed line.
///
/// Latin words get a blank between them. Beside a Han character a blank is put only where the page leaves a gap, and
/// never beside Chinese punctuation, whose box is narrower than its place.
struct LineAssembly {
    private(set) var words = ""
    private var right: Double?
    private var height = 0.0
    private static let punctuation = Set("、，。：；！？「」『』（）〈〉《》—…".unicodeScalars)

    mutating func append(_ word: String, box: PageText.Box) {
        height = max(height, box.height)
        defer { right = box.right }
        guard let right, let last = words.unicodeScalars.last, let first = word.unicodeScalars.first else {
            words += word
            return
        }
        let gap = box.left - right
        let isWide = last.value >= 0x2E80 || first.value >= 0x2E80
        let isBare = Self.punctuation.contains(last) || Self.punctuation.contains(first)
        if !isWide || !isBare && gap > height * 0.6 || gap > height * 2 { words += " " }
        words += word
    }
}
