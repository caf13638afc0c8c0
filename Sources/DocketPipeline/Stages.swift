import DocketArchive
public import DocketCore
public import DocketDrafting
import DocketGrounding
public import DocketIngest
public import DocketRules
internal import DocketText

/// The stages in the order of DESIGN.md section 3, as values: a registry of readers, the parsers, the engine, the checks.
public struct Stages: Sendable {
    /// Bytes to text and passages.
    public var readers: ReaderRegistry
    /// Rules on what was read.
    public var rules: RuleSet
    /// Writes drafts.
    public var engine: any DraftingEngine
    /// What becomes of sentences of a model that the source does not support.
    public var unsupported: UnsupportedPolicy

    /// The embedded stages: no network, no model, no service.
    public init(
        readers: ReaderRegistry = .standard, rules: RuleSet = .standard,
        engine: any DraftingEngine = ExtractiveEngine(), unsupported: UnsupportedPolicy = .replace
    ) {
        self.readers = readers
        self.rules = rules
        self.engine = engine
        self.unsupported = unsupported
    }

    /// What a library knows about people, agencies and series: part of the input of the stages.
    public struct Knowledge: Sendable, Equatable {
        /// Agencies and persons.
        public var roster: Roster
        /// Series of meetings.
        public var series: [MeetingSeries]

        /// Knowledge of a library; empty without one.
        public init(roster: Roster = Roster(), series: [MeetingSeries] = []) {
            self.roster = roster
            self.series = series
        }
    }

    /// Structure of a document, without the findings of the rules.
    public func parsed(_ source: SourceDocument, knowing knowledge: Knowledge) -> DocumentStructure {
        StructureParser(roster: knowledge.roster, series: knowledge.series).structure(of: source)
    }

    /// Structure of a document that stands alone, with the findings of the rules in it.
    public func structure(of source: SourceDocument, knowing knowledge: Knowledge) -> DocumentStructure {
        var structure = parsed(source, knowing: knowledge)
        structure.findings = rules.findings(
            on: source, structure, RuleContext(roster: knowledge.roster, series: knowledge.series))
        return structure
    }

    /// Segments of a document: a transcript by its agenda or by topic, another document by its outline.
    public func segments(
        of source: SourceDocument, _ structure: DocumentStructure, agenda: [AgendaItem]? = nil
    ) -> [Segment] {
        switch source.kind {
        case .transcript, .audio: TranscriptSegmenter().segments(of: source, agenda: agenda)
        case .record: []
        default: DocumentSegmenter().segments(of: source, outline: structure.outline)
        }
    }

    /// What an agenda's sections and items let people speak of, in order: a section without items is one itself.
    public static func matters(of agenda: MinutesStructure?) -> [AgendaItem]? {
        guard let agenda else { return nil }
        var matters: [AgendaItem] = []
        var rest = agenda.items[...]
        for section in agenda.sections {
            let own = rest.prefix { $0.path == section.path || $0.path.hasPrefix(section.path + ".") }
            rest = rest.dropFirst(own.count)
            if own.isEmpty {
                matters.append(
                    AgendaItem(path: section.path, kind: section.kind, title: section.title, passages: 0...0))
            }
            matters += own
        }
        return matters + rest
    }

    /// A draft with a verdict on every claim: what one engine writes, mended where its sources do not support it, and held
    /// against them by rule.
    ///
    /// `onFragment` gets blocks as they are written, before they are checked, and how far the draft is.
    public func draft(
        _ request: DraftRequest, over sources: [SourceDocument], knowing knowledge: Knowledge, given: [String] = [],
        about: RuleContext = RuleContext(), onFragment: @Sendable (DraftFragment) async throws -> Void = { _ in }
    ) async throws -> VerifiedDraft {
        let draft = try await engine.draft(request, onFragment: onFragment)
        let repair = ClaimRepair(
            engine: engine, verifier: DraftVerifier(Grounder(roster: knowledge.roster)), policy: unsupported,
            sources: sources, given: given)
        var mended = try await repair.mended(draft, for: request)
        if mended.draft.claims.isEmpty, engine.model != nil, unsupported == .replace {
            mended = ClaimRepair.Mended(draft: try await embedded(instead: mended.draft, for: request))
        }
        let grounded = try mended.verified ?? repair.verifier.verify(mended.draft, sources: sources, given: given)
        return try withFindings(grounded, over: sources, knowing: knowledge, about: about)
    }

    /// The embedded engine's text where nothing is left of a model's, with what the model's engine has to report.
    private func embedded(instead draft: Draft, for request: DraftRequest) async throws -> Draft {
        var embedded = try await ExtractiveEngine().draft(request) { _ in }
        embedded.engine = draft.engine
        var derivation = draft.derivation
        derivation?.extractiveClaims += embedded.claims.count
        embedded.derivation = derivation
        embedded.remarks = (draft.remarks ?? []) + [Self.nothingSupported]
        return embedded
    }

    private static let nothingSupported = Finding(
        rule: "GEN-06", severity: .warning, place: Finding.Place(),
        message: LocalizedText(
            zhHant: "模型所擬文句均查無根據，全文改用原文摘句",
            en: "nothing that the model wrote has support; words of the source stand instead"),
        remedy: LocalizedText(
            zhHant: "請檢查端點的模型是否適用（docket doctor）",
            en: "see whether the endpoint's model is fit for this (docket doctor)"))

    /// The verdicts and findings on a draft, whoever wrote it; `given` is what the library knows of its meeting,
    /// `about` what the rules may know beside.
    public func verified(
        _ draft: Draft, over sources: [SourceDocument], knowing knowledge: Knowledge, given: [String] = [],
        about: RuleContext = RuleContext()
    ) throws -> VerifiedDraft {
        let verifier = DraftVerifier(Grounder(roster: knowledge.roster))
        let grounded = try verifier.verify(draft, sources: sources, given: given)
        return try withFindings(grounded, over: sources, knowing: knowledge, about: about)
    }

    /// A grounded draft with what its engine has to report and what all rules find.
    private func withFindings(
        _ grounded: VerifiedDraft, over sources: [SourceDocument], knowing knowledge: Knowledge, about: RuleContext
    ) throws -> VerifiedDraft {
        let draft = grounded.draft
        var context = about
        (context.roster, context.series) = (knowledge.roster, knowledge.series)
        context.sourceClassifications = sources.map(\.classification)
        let findings = rules.findings(on: draft, sources: sources, context)
        return try VerifiedDraft(
            draft, verdicts: grounded.verdicts,
            findings: (draft.remarks ?? []) + grounded.findings + findings
                + minutesFindings(on: draft, knowing: knowledge, context))
    }

    /// What the rules of minutes find on the page of a draft, each at its claim.
    private func minutesFindings(on draft: Draft, knowing knowledge: Knowledge, _ context: RuleContext) -> [Finding] {
        guard draft.kind == .minutes else { return [] }
        let page = MinutesPage(draft)
        let structure = StructureParser(roster: knowledge.roster, series: knowledge.series)
            .structure(of: page.document)
        return rules.findings(on: page.document, structure, context).filter { MinutesPage.rules.contains($0.rule) }
            .compactMap { page.placed($0, in: draft) }
    }
}
