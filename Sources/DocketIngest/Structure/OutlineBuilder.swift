import DocketCore
import DocketText

/// Builds the outline from headings and markers, by the class of the marker and not by indentation.
struct OutlineBuilder {
    let work: WorkingText
    /// Nodes beyond this are left out; a bound on hostile input.
    private static let limit = 50_000

    private struct Flat {
        var key: Int
        var level: Int
        var marker: String
        var component: String
        var title: Range<Int>
        var start: Int
    }

    func outline(_ lines: [TextLine]) -> [OutlineNode] {
        var flat: [Flat] = []
        var contents = ContentsList()
        for line in lines where !line.isTable && flat.count < Self.limit {
            if contents.takes(line, in: work.text) { continue }
            let title = work.text.trimmed(line.body)
            if let marker = line.marker {
                flat.append(
                    Flat(
                        key: 10 + marker.level.rawValue, level: marker.level.rawValue, marker: marker.text,
                        component: OutlinePath.component(marker), title: title, start: line.range.lowerBound))
            } else if let heading = line.heading, !title.isEmpty {
                flat.append(
                    Flat(
                        key: heading, level: heading, marker: "",
                        component: OutlinePath.component(title: work.text.words(title)), title: title,
                        start: line.range.lowerBound))
            }
        }
        return nodes(flat, ends(flat))
    }

    /// Where the branch of each node ends: at the next node of its level or above.
    private func ends(_ flat: [Flat]) -> [Int] {
        var ends = [Int](repeating: work.text.count, count: flat.count)
        var open: [Int] = []
        for (index, node) in flat.enumerated() {
            while let last = open.last, flat[last].key >= node.key {
                ends[last] = node.start
                open.removeLast()
            }
            open.append(index)
        }
        return ends
    }

    private func nodes(_ flat: [Flat], _ ends: [Int]) -> [OutlineNode] {
        var roots: [OutlineNode] = []
        var stack: [(key: Int, node: OutlineNode)] = []
        func close() {
            let done = stack.removeLast().node
            if stack.isEmpty { roots.append(done) } else { stack[stack.count - 1].node.children.append(done) }
        }
        // The heading of the whole document is no part of the paths below it.
        let isTitled =
            flat.first.map { $0.marker.isEmpty && $0.key < 10 } ?? false
            && !flat.dropFirst().contains { $0.key <= flat[0].key }
        for (index, entry) in flat.enumerated() {
            while let last = stack.last, last.key >= entry.key { close() }
            let above = isTitled && stack.count == 1 ? nil : stack.last?.node.path
            let path = [above, entry.component].compactMap { $0 }.joined(separator: ".")
            let node = OutlineNode(
                level: entry.level, marker: entry.marker, path: path, title: work.words(entry.title),
                passages: work.passages(entry.start..<max(entry.start, ends[index])))
            stack.append((entry.key, node))
        }
        while !stack.isEmpty { close() }
        return roots
    }
}

/// Tells the lines of a table of contents from headings.
struct ContentsList {
    private var isInside = false
    private var misses = 0

    /// True when `line` belongs to a table of contents: it has a dot leader, or follows 目錄 and ends in a page number.
    mutating func takes(_ line: TextLine, in text: ByteText) -> Bool {
        let words = line.range
        if Self.hasLeader(text, words) { return true }
        if words.count < 30 {
            let joined = text.words(words).filter { !$0.isWhitespace && $0 != "#" }.lowercased()
            if ["目錄", "目次", "contents", "tableofcontents"].contains(joined) {
                isInside = true
                misses = 0
                return true
            }
        }
        guard isInside else { return false }
        if line.marker != nil, endsInPageNumber(text, words) { return true }
        misses += 1
        if line.marker != nil || misses > 2 { isInside = false }
        return false
    }

    /// Three leader dots or more and a number at the end.
    static func hasLeader(_ text: ByteText, _ range: Range<Int>) -> Bool {
        var end = range.upperBound
        while end > range.lowerBound, (0x30...0x39).contains(text.bytes[end - 1]) { end -= 1 }
        guard end < range.upperBound || text.ends(range, with: "…") else { return false }
        let head = text.trimmed(range.lowerBound..<end)
        let leaders: [Needle] = ["...", "……", "‥‥", "···", "．．．", "。。。", "___", "⋯⋯"]
        return leaders.contains { text.ends(head, with: $0) }
    }

    private func endsInPageNumber(_ text: ByteText, _ range: Range<Int>) -> Bool {
        var end = range.upperBound
        while end > range.lowerBound, (0x30...0x39).contains(text.bytes[end - 1]) { end -= 1 }
        guard end < range.upperBound, let before = text.scalar(endingAt: end, after: range.lowerBound) else {
            return false
        }
        return Blank.contains(before.value)
    }
}
