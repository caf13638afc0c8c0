public import DocketCore

/// Cuts a document into the sections of its outline.
public struct DocumentSegmenter: Sendable {
    /// A segmenter; it has no settings.
    public init() {}

    /// One segment for each node of the outline that has text of its own, in order.
    ///
    /// What stands before the first is a preamble; without an outline all is one section. They partition the passages.
    public func segments(of source: SourceDocument, outline: [OutlineNode]) -> [Segment] {
        guard let last = source.passages.indices.last else { return [] }
        var starts: [(passage: Int, node: OutlineNode)] = []
        Self.collect(outline, into: &starts, limit: last)
        guard let first = starts.first else {
            return [Segment(number: 0, kind: .section, passages: 0...last, title: Self.title(source.title))]
        }
        var segments: [Segment] = []
        if first.passage > 0 {
            segments.append(Segment(number: 0, kind: .preamble, passages: 0...first.passage - 1))
        }
        for (start, end) in zip(starts, starts.dropFirst().map(\.passage) + [last + 1]) {
            segments.append(
                Segment(
                    number: segments.count, kind: .section, passages: start.passage...end - 1,
                    title: Self.title(start.node.title.text), path: start.node.path))
        }
        return segments
    }

    /// Nodes by their first passage; where several begin with one passage, the deepest speaks for it.
    private static func collect(
        _ outline: [OutlineNode], into starts: inout [(passage: Int, node: OutlineNode)], limit: Int
    ) {
        var stack: [OutlineNode] = outline.reversed()
        while let node = stack.popLast() {
            let passage = node.firstPassage
            if (0...limit).contains(passage) {
                if let last = starts.last, last.passage == passage {
                    starts[starts.count - 1] = (passage, node)
                } else if passage > starts.last?.passage ?? -1 {
                    starts.append((passage, node))
                }
            }
            stack.append(contentsOf: node.children.reversed())
        }
    }

    private static func title(_ text: String) -> String? { text.isEmpty ? nil : text }
}
