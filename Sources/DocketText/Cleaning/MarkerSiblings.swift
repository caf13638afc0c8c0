/// What the items of a list have in common: headings over paragraphs, or sentences of their own.
struct MarkerSiblings {
    enum Style { case heading, sentence, unknown }

    private var styles: [Style]
    private let levels: [Int?]

    /// True for a line of content that begins with an outline marker.
    func isMarked(_ place: Int) -> Bool { levels[place] != nil }

    /// The style for a line of content without a marker, or without neighbours of its level, is unknown.
    func style(_ place: Int) -> Style { styles[place] }

    init(_ table: LineTable, content: [Int]) {
        styles = [Style](repeating: .unknown, count: content.count)
        levels = content.map { index -> Int? in
            let line = table.lines[index]
            return MarkerScanner(bytes: table.bytes, end: line.last).marker(at: line.first)?.level.rawValue
        }
        let own = content.map { Self.style(of: table.lines[$0]) }
        let before = Self.neighbours(levels, own, order: Array(content.indices))
        let after = Self.neighbours(levels, own, order: content.indices.reversed())
        for place in content.indices where levels[place] != nil {
            switch (before[place], after[place]) {
            case (.sentence, .heading), (.heading, .sentence): break
            case (.unknown, let one), (let one, _): styles[place] = one
            }
        }
    }

    /// What one line tells by itself.
    private static func style(of line: Line) -> Style {
        if Terminals.ends(line.lastCode) || (line.hasPause && line.width >= 60) { return .sentence }
        return line.lastCode == 0xFF1A || line.lastCode == 0xFF1B ? .unknown : .heading
    }

    /// For each marked line the style of the nearest one of its level before it in `order`, none from beyond a higher level.
    private static func neighbours(_ levels: [Int?], _ own: [Style], order: [Int]) -> [Style] {
        var result = [Style](repeating: .unknown, count: levels.count)
        var last = [Style](repeating: .unknown, count: 10)
        for place in order {
            guard let level = levels[place], level < last.count else { continue }
            result[place] = last[level]
            last[level] = own[place]
            for deeper in (level + 1)..<last.count { last[deeper] = .unknown }
        }
        return result
    }
}
