internal import DocketCore

/// Words for an entry with the places they rest on.
struct CitedText: Sendable, Equatable {
    var text: String
    var citations: [Citation]

    init(_ text: String, _ citations: [Citation]) {
        self.text = text
        self.citations = citations
    }

    /// The same places under other words, "" included.
    func with(_ text: String) -> CitedText { CitedText(text, citations) }

    /// Both, one behind the other; a place that both rest on stands once.
    static func + (lhs: CitedText, rhs: CitedText) -> CitedText {
        CitedText(lhs.text + rhs.text, lhs.citations + rhs.citations.filter { !lhs.citations.contains($0) })
    }
}
