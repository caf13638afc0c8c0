import DocketArchive
import DocketCore
import DocketPublishing

/// A source as `show --json` gives it: everything that was read out of it.
struct ShownSource: Encodable {
    let id: SourceID
    let kind: SourceKind
    let title: String
    let language: String
    let date: String?
    let classification: Classification
    let scope: String
    let version: Int
    let revision: Int
    let origin: Origin
    let facts: [String: String]
    let text: String
    let passages: [ShownPassage]
    let segments: [Segment]
    let speakers: [String]
    let outline: [OutlineNode]
    let tables: [Table]
    let minutes: MinutesStructure?
    let report: ReportStructure?
    let letter: LetterStructure?
    let findings: [Finding]
    let laterCorrections: [LaterCorrection]

    /// A correction with the minutes that carry it.
    struct LaterCorrection: Encodable {
        let source: SourceID
        let byMeeting: Int?
        let correction: Correction
    }

    init(_ stored: StoredSource, _ facts: SourceFacts) {
        let source = stored.document
        id = source.id
        kind = source.kind
        title = source.title
        language = source.language
        date = source.date
        classification = source.classification
        scope = source.scope
        version = source.version
        revision = stored.revision
        origin = source.origin
        self.facts = source.facts
        text = source.text
        passages = source.passages.map { ShownPassage($0, in: source) }
        segments = facts.segments
        var seen: Set<String> = []
        speakers = source.passages.compactMap(\.speaker).filter { seen.insert($0).inserted }
        outline = stored.structure.outline
        tables = stored.structure.tables
        minutes = stored.structure.minutes
        report = stored.structure.report
        letter = stored.structure.letter
        findings = facts.findings
        laterCorrections = facts.laterCorrections.map {
            LaterCorrection(source: $0.source, byMeeting: $0.byMeeting, correction: $0.correction)
        }
    }
}

/// A passage with its name and words.
struct ShownPassage: Encodable {
    let id: String
    let number: Int
    let kind: PassageKind
    let start: Int
    let end: Int
    let level: Int?
    let speaker: String?
    let time: TimeRange?
    let locator: Locator?
    let mark: String?
    let text: String

    init(_ passage: Passage, in source: SourceDocument) {
        id = "\(source.id)#\(passage.number)"
        number = passage.number
        kind = passage.kind
        start = passage.start
        end = passage.end
        level = passage.level
        speaker = passage.speaker
        time = passage.time
        locator = passage.locator
        mark = passage.mark
        text = source.text(in: passage.range)
    }
}

/// A draft as `show --json`, `draft --json` and `export --format json` give it.
struct ShownDraft: Encodable {
    let draft: Draft
    let verdicts: [ClaimVerdict]
    let findings: [Finding]
    let state: ReviewState
    let revision: Int
    let textHash: SHA256Digest
    let disclosure: String

    init(_ stored: StoredDraft) {
        draft = stored.verified.draft
        verdicts = stored.verified.verdicts
        findings = stored.verified.findings
        state = stored.state
        revision = stored.revision
        textHash = stored.textHash
        disclosure =
            DraftExport(
                stored.verified, state: stored.state, revision: stored.revision, sources: [],
                language: stored.verified.draft.language
            ).disclosure
    }
}
