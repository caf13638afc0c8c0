import DocketCore
import DocketTestSupport

/// A small checked draft over a fictional transcript, and drafts of chance for properties.
enum Sample {
    static let source: SourceDocument = {
        let words = ["第一案請資訊局於十一月四號前提報。", "經費是三萬七千元。"]
        let text = words.joined(separator: "\n")
        let first = words[0].utf8.count + 1
        return SourceDocument(
            id: SourceID(rawValue: "01ARZ3NDEKTSV4RRFFQ69G5FAV"), kind: .transcript, title: "虛構會議逐字稿",
            language: "zh-Hant", text: text,
            passages: [
                Passage(
                    number: 0, kind: .utterance, range: 0..<first, speaker: "主席",
                    time: TimeRange(start: 61_000, end: 65_000)),
                Passage(number: 1, kind: .utterance, range: first..<text.utf8.count, speaker: "<主計處>"),
            ],
            origin: Origin(
                fileName: "a.vtt", sha256: SHA256Digest(of: text), byteCount: text.utf8.count, mediaType: "text/vtt",
                reader: "webvtt/1"))
    }()

    static func draft(_ blocks: [DraftBlock], title: String = "虛構市政府第1次會報紀錄") -> Draft {
        Draft(
            id: DraftID(rawValue: "01ARZ3NDEKTSV4RRFFQ69G5FAW"), kind: .minutes, title: title, language: "zh-Hant",
            sources: [source.id], classification: .internal, blocks: blocks,
            coverage: [
                CoverageEntry(source: source.id, passage: 0, use: .condensed),
                CoverageEntry(source: source.id, passage: 1, use: .setAside, reason: "belowLength"),
            ],
            engine: EngineIdentity(name: "extractive", version: "1"), createdAt: "2026-03-01T00:00:00Z")
    }

    static func claim(_ number: Int, _ text: String, _ derivation: Claim.Derivation = .condensed) -> Claim {
        Claim(
            number: number, text: text,
            citations: derivation == .form ? [] : [source.citation(source.passages[number % 2].range)],
            derivation: derivation)
    }

    static let blocks: [DraftBlock] = [
        DraftBlock(kind: .field, label: "時間", claims: [claim(0, "民國115年3月1日", .condensed)]),
        DraftBlock(
            kind: .field, label: "列席",
            emptyReason: LocalizedText(zhHant: "議程與名單均未載明", en: "neither agenda nor list says")),
        DraftBlock(kind: .heading, level: 1, label: "貳、", claims: [claim(1, "報告事項", .form)]),
        DraftBlock(kind: .itemTitle, level: 2, label: "一、", claims: [claim(2, "單一登入。", .verbatim)]),
        DraftBlock(
            kind: .conclusion, level: 3, label: "（一）",
            claims: [claim(3, "請資訊局於11月4日前提報。"), claim(4, "經費<3 萬 7,000>元 *不含* 稅。")]),
    ]

    static func verified(_ draft: Draft, contradicting: Int? = nil) throws -> VerifiedDraft {
        try VerifiedDraft(
            draft,
            verdicts: draft.claims.map {
                $0.number == contradicting
                    ? ClaimVerdict(
                        claim: $0.number, verdict: .contradicted,
                        reasons: [VerdictReason(type: .numberDigit, claimWords: "3", evidenceWords: "4")])
                    : ClaimVerdict(claim: $0.number, verdict: .supported, reasons: [])
            }, findings: [])
    }

    /// A draft whose texts hold whatever could disturb the markup.
    static func random(seed: UInt64) -> Draft {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "決議", "請", "*", "_x_", "[", "]", "^", "#", "<!--", "-->", "|", "\\", "\n", " ", "[^c1]", "é", "𠮷", "**",
            "`",
        ]
        var number = 0
        let blocks = (0..<Int.random(in: 1...6, using: &generator)).map { index -> DraftBlock in
            let kinds: [DraftBlock.Kind] = [.field, .heading, .itemTitle, .statement, .conclusion, .paragraph]
            let claims = (0..<Int.random(in: 1...3, using: &generator)).map { _ -> Claim in
                let words = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
                    pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                }
                number += 1
                return claim(
                    number - 1, "文" + words.joined() + "。", Bool.random(using: &generator) ? .condensed : .form)
            }
            return DraftBlock(
                kind: kinds[Int.random(in: 0..<kinds.count, using: &generator)], level: 1,
                label: index % 2 == 0 ? "（一）" : "",
                claims: claims)
        }
        return draft(blocks)
    }
}
