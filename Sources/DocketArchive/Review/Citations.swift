import DocketCore
import GRDB

/// The places that claims rest on, as rows of their own, so that a place leads to the drafts that cite it.
enum Citations {
    /// Holds every citation of `draft` against the stored words.
    ///
    /// - Throws: `ArchiveError.refused(.invalid)` with the claim's number when the place is not there or has other words.
    static func verify(_ draft: Draft, _ db: Database) throws {
        var texts: [String: [UInt8]] = [:]
        for claim in draft.claims {
            for citation in claim.citations {
                let span = citation.span
                let name = "\(span.source)#\(span.version)"
                if texts[name] == nil { texts[name] = try text(span, db).map { Array($0.utf8) } ?? [] }
                guard let bytes = texts[name], span.end <= bytes.count,
                    SHA256Digest(of: bytes[span.range]) == citation.words
                else {
                    throw ArchiveError.refused(
                        .invalid(
                            object: "draft:\(draft.id)",
                            reason: LocalizedText(
                                zhHant: "第 \(claim.number) 句所引文字不在來源 \(span.source) 該處",
                                en: "claim \(claim.number) cites words that source \(span.source) does not have there"
                            )))
                }
            }
        }
    }

    private static func text(_ span: SourceSpan, _ db: Database) throws -> String? {
        try db.value(
            "SELECT text FROM textVersion WHERE bucket = ? AND source = ? AND version = ?",
            [RoutingKey(span.source).bucket, span.source.rawValue, span.version])
    }

    static func insert(
        _ citation: Citation, of claim: Int, _ number: Int, draft: DraftID, _ revision: Int, bucket: UInt8,
        _ db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO citation (bucket, draft, revision, claim, n, source, version, firstByte, endByte, words)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                bucket, draft.rawValue, revision, claim, number, citation.span.source.rawValue, citation.span.version,
                citation.span.start, citation.span.end, citation.words.hex,
            ])
    }
}
