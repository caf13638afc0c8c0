public import DocketCore
internal import DocketText

/// Verifies a whole draft: a verdict a claim, the findings of rules GEN and TXT on them, and the coverage ledger.
public struct DraftVerifier: Sendable {
    private let grounder: Grounder

    /// A verifier that judges claims with `grounder`.
    public init(_ grounder: Grounder = Grounder()) {
        self.grounder = grounder
    }

    /// Longest passage that a citation is widened to, in bytes; in a longer one the claim is held against the cited
    /// words and as much on either side.
    public static let passageLimit = 8192

    /// The draft with a verdict on each claim and the findings of rules GEN-01, 02, 04, 05 and TXT-01, 04, 05, 06.
    ///
    /// A claim is held against the whole passages that its citations touch, each with its speaker. A claim of the
    /// house form that states no fact is supported by definition; one that does is held against what is known of the
    /// sources beside their text: title, date, what their readers noted, and `given`, what the library knows of their
    /// meeting.
    /// A source may stand among `sources` in several text versions: a citation is held against the one that it names.
    /// - Throws: `GroundingError.missingSource` when a cited source is not among `sources` in that version;
    ///   `GroundingError.incompleteCoverage` when the ledger does not name every passage of the main source exactly
    ///   once.
    public func verify(_ draft: Draft, sources: [SourceDocument], given: [String] = []) throws -> VerifiedDraft {
        let cited = Self.byVersion(sources)
        try Self.checkCoverage(of: draft, sources)
        var verdicts: [ClaimVerdict] = []
        var findings: [Finding] = []
        let own = Self.newest(sources).filter { draft.sources.contains($0.id) }
        let cards = own.map { Self.card(of: $0, given: given) }
        for block in draft.blocks {
            for claim in block.claims {
                let verdict = try verdict(on: claim, cited, cards)
                verdicts.append(verdict)
                findings += DraftFindings.findings(for: verdict, claim, in: block)
            }
            findings += DraftFindings.brackets(in: block)
        }
        return try VerifiedDraft(draft, verdicts: verdicts, findings: findings)
    }

    private func verdict(
        on claim: Claim, _ sources: [TextVersion: SourceDocument], _ cards: [Evidence]
    ) throws(GroundingError) -> ClaimVerdict {
        if claim.derivation == .form, !Self.statesFacts(claim.text) {
            let matched = VerdictReason(type: .matched, claimWords: claim.text, evidenceWords: "")
            return ClaimVerdict(claim: claim.number, verdict: .supported, reasons: [matched])
        }
        let isForm = claim.derivation == .form && claim.citations.isEmpty
        let evidence = isForm ? cards : try Self.evidence(for: claim.citations, sources)
        let (verdict, reasons) = grounder.verdict(claim: claim.text, evidence: evidence)
        return ClaimVerdict(claim: claim.number, verdict: verdict, reasons: reasons)
    }

    /// True when a text names a number, a date, an agency, a person or a file.
    static func statesFacts(_ text: String) -> Bool {
        let dates = DateParser().expressions(in: text)
        if dates.contains(where: { !$0.written.isEmpty || $0.time != nil }) { return true }
        if NumberParser().quantities(in: text).contains(where: { !Judge.isIndefinite($0) }) { return true }
        return MentionFinder().mentions(in: text).contains { $0.kind != .quotedTitle }
    }

    // MARK: - Versions

    /// A source in one text version.
    struct TextVersion: Hashable {
        let source: SourceID
        let version: Int
    }

    static func byVersion(_ sources: [SourceDocument]) -> [TextVersion: SourceDocument] {
        Dictionary(sources.map { (TextVersion(source: $0.id, version: $0.version), $0) }) { first, _ in first }
    }

    /// Each source once, in its latest version.
    private static func newest(_ sources: [SourceDocument]) -> [SourceDocument] {
        let latest = Dictionary(sources.map { ($0.id, $0.version) }, uniquingKeysWith: max)
        var seen: Set<SourceID> = []
        return sources.filter { $0.version == latest[$0.id] && seen.insert($0.id).inserted }
    }

    // MARK: - Evidence

    /// What is known of a source beside its text, as a passage to hold titles and dates of a form against.
    static func card(of source: SourceDocument, given: [String]) -> Evidence {
        let date = source.date.map { iso in
            let parts = iso.prefix(10).split(separator: "-").compactMap { Int($0) }
            let time = iso.split(separator: "T").dropFirst().first?.prefix(5).split(separator: ":").compactMap {
                Int($0)
            }
            guard parts.count == 3 else { return iso }
            let clock = time.flatMap { $0.count == 2 ? "\($0[0])時\($0[1])分" : nil } ?? ""
            return "\(parts[0])年\(parts[1])月\(parts[2])日\(clock)，\(iso)"
        }
        let facts = source.facts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let lines = [source.title] + [date].compactMap { $0 } + facts + given
        return Evidence(id: "\(source.id)", title: source.title, text: lines.joined(separator: "\n"))
    }

    /// The passages that citations touch, each once and in the order of the citations.
    static func evidence(
        for citations: [Citation], _ sources: [TextVersion: SourceDocument]
    ) throws(GroundingError) -> [Evidence] {
        var seen: Set<SourceSpan> = []
        var evidence: [Evidence] = []
        for citation in citations {
            let place = TextVersion(source: citation.span.source, version: citation.span.version)
            guard let source = sources[place] else { throw .missingSource(citation.span.source) }
            for (range, speaker) in ranges(around: citation.span.range, in: source) {
                let span = source.span(range)
                guard seen.insert(span).inserted else { continue }
                evidence.append(
                    Evidence(
                        id: "\(source.id)@\(range.lowerBound)", title: source.title, text: source.text(in: range),
                        span: span,
                        speaker: speaker ?? ""))
            }
        }
        return evidence
    }

    private static func ranges(around cited: Range<Int>, in source: SourceDocument) -> [(Range<Int>, String?)] {
        var ranges: [(Range<Int>, String?)] = []
        var index = firstPassage(of: source, endingAfter: cited.lowerBound)
        while index < source.passages.count, source.passages[index].start < max(cited.upperBound, cited.lowerBound + 1)
        {
            let passage = source.passages[index]
            if passage.range.count <= passageLimit {
                ranges.append((passage.range, passage.speaker))
            } else {
                let lower = max(passage.start, cited.lowerBound - passageLimit / 2)
                let upper = min(passage.end, cited.upperBound + passageLimit / 2)
                ranges.append((lower..<max(lower, upper), passage.speaker))
            }
            index += 1
        }
        return ranges.isEmpty ? [(cited, nil)] : ranges
    }

    private static func firstPassage(of source: SourceDocument, endingAfter offset: Int) -> Int {
        var (low, high) = (0, source.passages.count)
        while low < high {
            let middle = (low + high) / 2
            if source.passages[middle].end <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: - Coverage

    /// Every passage of the main source, in the version that the draft cites, stands in the ledger exactly once.
    private static func checkCoverage(of draft: Draft, _ sources: [SourceDocument]) throws(GroundingError) {
        guard let main = draft.sources.first else { return }
        let cited = draft.claims.lazy.flatMap(\.citations).first { $0.span.source == main }?.span.version
        let versions = sources.filter { $0.id == main }
        guard let source = versions.first(where: { $0.version == cited }) ?? versions.first else {
            throw .missingSource(main)
        }
        var counts = Array(repeating: 0, count: source.passages.count)
        var repeated = 0
        for entry in draft.coverage where entry.source == main {
            guard counts.indices.contains(entry.passage) else {
                repeated += 1
                continue
            }
            counts[entry.passage] += 1
            if counts[entry.passage] > 1 { repeated += 1 }
        }
        let missing = counts.count { $0 == 0 }
        guard missing == 0, repeated == 0 else {
            throw .incompleteCoverage(source: main, missing: missing, repeated: repeated)
        }
    }
}
