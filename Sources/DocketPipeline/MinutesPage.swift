import DocketCore
internal import DocketPublishing

/// The page of a draft of minutes as a document of its own, so that the rules of minutes read it as they read any other.
struct MinutesPage {
    /// The page, a passage a block.
    let document: SourceDocument
    /// Claim and the bytes of the page that it stands in, in order.
    private let claims: [(number: Int, range: Range<Int>)]

    init(_ draft: Draft) {
        var text = ""
        var passages: [Passage] = []
        var claims: [(number: Int, range: Range<Int>)] = []
        for block in draft.blocks where !block.claims.isEmpty || block.emptyReason == nil {
            let start = text.utf8.count
            text += block.isNamed ? block.label + "：" : block.label
            for claim in block.claims {
                let from = text.utf8.count
                text += claim.text
                claims.append((claim.number, from..<text.utf8.count))
            }
            text += "\n"
            passages.append(
                Passage(
                    number: passages.count, kind: block.kind == .heading ? .heading : .paragraph,
                    range: start..<text.utf8.count))
        }
        self.claims = claims
        document = SourceDocument(
            kind: .minutes, title: draft.title, language: draft.language, text: text, passages: passages,
            classification: draft.classification, scope: draft.scope,
            origin: Origin(
                fileName: "draft", sha256: SHA256Digest(of: text), byteCount: text.utf8.count, mediaType: "text/plain",
                reader: "draft/1"))
    }

    /// The finding with the claim it concerns for its place; nil when it concerns no claim.
    func placed(_ finding: Finding, in draft: Draft) -> Finding? {
        guard let span = finding.place.spans.first,
            let claim = claims.first(where: { $0.range.overlaps(span.range) || $0.range.lowerBound == span.start })
        else { return nil }
        var placed = finding
        let path = draft.blocks.first { $0.claims.contains { $0.number == claim.number } }?.path
        placed.place = Finding.Place(claim: claim.number, path: path ?? finding.place.path)
        return placed
    }

    /// Rules of minutes that hold for a draft too.
    ///
    /// Parts that no source gives (MIN-01 to 03) are empty with their
    /// reason, and who is present and signs is known of the finished minutes only.
    static let rules: Set<String> = [
        "MIN-04", "MIN-05", "MIN-07", "MIN-08", "MIN-09", "MIN-10", "MIN-13", "MIN-14", "MIN-15", "MIN-17", "MIN-18",
    ]
}
