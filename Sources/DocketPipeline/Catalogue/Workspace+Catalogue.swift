public import DocketArchive
public import DocketCataloguing
public import DocketCore
import DocketGrounding
import Foundation

/// What is asked of a run of proposals.
public struct CatalogueRequest: Sendable {
    /// Vocabulary of the subject terms; nil for the library's only one.
    public var vocabulary: String?
    /// Which terms may be suggested, and how many.
    public var subjects: SubjectRequest
    /// Whether folders are described too.
    public var describesFolders: Bool

    /// A request.
    public init(
        vocabulary: String? = nil, subjects: SubjectRequest = SubjectRequest(limit: 6), describesFolders: Bool = true
    ) {
        self.vocabulary = vocabulary
        self.subjects = subjects
        self.describesFolders = describesFolders
    }
}

/// What a run of proposals came to.
public struct CatalogueProposal: Sendable {
    /// Items and then folders, as they are stored now.
    public var entries: [StoredEntry] = []
    /// Entries that were new, changed, and left as they were.
    public var added = 0
    /// See `added`.
    public var renewed = 0
    /// See `added`.
    public var unchanged = 0
    /// What the describers and the verifier noticed.
    public var findings: [Finding] = []

    mutating func add(_ outcome: ProposalOutcome) {
        entries += outcome.entries
        (added, renewed, unchanged) = (
            added + outcome.added, renewed + outcome.renewed, unchanged + outcome.unchanged
        )
    }
}

extension Workspace {
    /// Kinds of sources that are described when nobody names any.
    public static let cataloguedKinds: Set<SourceKind> = [.document, .letter, .minutes, .report, .agenda]

    /// Sources without an entry yet, oldest first.
    public func uncatalogued() async throws -> [SourceID] {
        var described: Set<SourceID> = []
        try await forEachEntry(EntryFilter(level: .item)) { described.formUnion($0.entry.sources) }
        var (found, page): ([SourceSummary], PageToken?) = ([], nil)
        repeat {
            let list = try await library.list(
                SourceFilter(kinds: Self.cataloguedKinds), page: page, limit: 1000, viewer: viewer)
            found += list.items.filter { !described.contains($0.id) }
            page = list.next
        } while page != nil
        return found.map(\.id).sorted()
    }

    /// Proposes an entry for each source and one for each folder that they belong to, and stores them.
    ///
    /// Fields are read by rule, 案由 and 案情摘要 held against the sources sentence by sentence: one that a source contradicts is left
    /// out and said so. Subject terms come from the vocabulary alone. What a person decided on an entry stays.
    /// `progress` gets the number of sources done.
    /// - Throws: `ArchiveError`, `PipelineError`; entries stored before stay.
    public func propose(
        _ ids: [SourceID], _ request: CatalogueRequest = CatalogueRequest(), by actor: Actor,
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> CatalogueProposal {
        let knowledge = try await knowledge()
        let shelf = try await shelf(request)
        var proposal = CatalogueProposal()
        var folders: Set<FileNumber> = []
        for start in stride(from: 0, to: ids.count, by: 100) {
            try Task.checkCancellation()
            var batch: [StoredSource] = []
            for id in ids[start..<min(start + 100, ids.count)] {
                batch.append(try await library.source(id, viewer: viewer))
            }
            let described = batch.map { DescribedSource($0.document, $0.structure) }
            var items = ItemDescriber(roster: knowledge.roster).entries(for: described)
            for index in items.indices {
                let document = described[index].document
                // A petition may take its matter from a reply in the same batch.
                let cited = Set(items[index].fields.values.flatMap { $0.evidence.joined().map(\.span.source) })
                let others = described.map(\.document).filter { cited.contains($0.id) && $0.id != document.id }
                try check(&items[index], [document] + others, knowledge, &proposal.findings)
                try await suggestSubjects(for: &items[index], [described[index]], shelf, request)
            }
            let outcome = try await library.propose(items, by: actor)
            folders.formUnion(outcome.entries.compactMap { $0.entry.fileNumber?.folder })
            proposal.add(outcome)
            progress(min(start + 100, ids.count))
        }
        if request.describesFolders {
            for number in folders.sorted() {
                try await describe(number, knowledge, shelf, request, by: actor, into: &proposal)
            }
        }
        return proposal
    }

    private func shelf(_ request: CatalogueRequest) async throws -> SubjectShelf? {
        // A library without a vocabulary gets entries without subject terms.
        if request.vocabulary == nil, try await library.vocabularies().isEmpty { return nil }
        return try await subjectShelf(request.vocabulary)
    }

    private func describe(
        _ number: FileNumber, _ knowledge: Stages.Knowledge, _ shelf: SubjectShelf?, _ request: CatalogueRequest,
        by actor: Actor, into proposal: inout CatalogueProposal
    ) async throws {
        var (items, sources): ([CatalogueEntry], [StoredSource]) = ([], [])
        let filter = EntryFilter(
            level: .item, statuses: Set(CatalogueEntry.Status.allCases).subtracting([.rejected]), folder: number)
        try await forEachEntry(filter) { stored in
            items.append(stored.entry)
            sources += try await self.sources(of: stored.entry)
        }
        let described = sources.map { DescribedSource($0.document, $0.structure) }
        for folder in FolderDescriber(roster: knowledge.roster).folders(of: items, sources: described).folders {
            var entry = folder.entry
            proposal.findings += folder.findings
            let documents = sources.map(\.document).filter { $0.classification < .restricted }
            try check(&entry, documents, knowledge, &proposal.findings)
            let open = described.filter { $0.document.classification < .restricted }
            try await suggestSubjects(for: &entry, open, shelf, request)
            proposal.add(try await library.propose([entry], by: actor))
            guard let title = entry.fields[.folderTitle], !title.values.isEmpty else { continue }
            // An item repeats the title of its folder (DOMAIN.md section 3.2).
            let untitled = items.filter {
                $0.values(.folderTitle).isEmpty && $0.fields[.folderTitle]?.state.isDecided != true
            }
            let titled = untitled.map { item in
                var item = item
                item.fields[.folderTitle] = DescribedField(title.values, by: .rule, evidence: title.evidence)
                return item
            }
            let renewed = try await library.propose(titled, by: actor).entries
            let byID = Dictionary(renewed.map { ($0.entry.id, $0) }) { first, _ in first }
            proposal.entries = proposal.entries.map { byID[$0.entry.id] ?? $0 }
        }
    }

    private func suggestSubjects(
        for entry: inout CatalogueEntry, _ sources: [DescribedSource], _ shelf: SubjectShelf?,
        _ request: CatalogueRequest
    ) async throws {
        guard let shelf, entry.classification < .restricted else { return }
        let document = SubjectShelf.document(of: entry, sources)
        entry.subjects = shelf.indexer.suggestions(for: document, request.subjects)
        // A name that had to be masked is no term.
        let phrases = shelf.phrases.map { shelf.indexer.proposals(for: document, by: $0) } ?? []
        entry.proposals = phrases.filter { PersonalDataMasker().spans(in: $0.text).isEmpty }
    }

    // MARK: - Grounding

    /// Holds 案由 and 案情摘要 against the sources; a sentence that they contradict is left out.
    private func check(
        _ entry: inout CatalogueEntry, _ sources: [SourceDocument], _ knowledge: Stages.Knowledge,
        _ findings: inout [Finding]
    ) throws {
        for (kind, field) in [(Draft.Kind.subject, CatalogueField.subject), (.abstract, .summary)] {
            guard let draft = entry.draft(kind, sources: sources, roster: knowledge.roster, createdAt: Self.now) else {
                continue
            }
            let verified = try DraftVerifier(Grounder(roster: knowledge.roster)).verify(draft, sources: sources)
            let wrong = Set(verified.verdicts.filter { $0.verdict == .contradicted }.map(\.claim))
            guard !wrong.isEmpty else { continue }
            let kept = draft.blocks.indices.filter { block in
                !draft.blocks[block].claims.contains { wrong.contains($0.number) }
            }
            let described = entry.fields[field]
            let values = kept.compactMap { described?.values[$0] }
            let evidence = kept.compactMap { index in
                described.flatMap { $0.evidence.indices.contains(index) ? $0.evidence[index] : nil }
            }
            entry.fields[field] =
                values.isEmpty
                ? .empty(
                    LocalizedText(
                        zhHant: "擬寫之文字與來源不符，已略去", en: "what was written contradicts its source and was left out"))
                : DescribedField(values, by: described?.producer ?? .model, evidence: evidence)
            let reason = verified.verdicts.filter { wrong.contains($0.claim) }.flatMap(\.reasons).first
            findings.append(Self.leftOut(wrong.count, reason, of: entry, field))
        }
    }

    private static func leftOut(
        _ count: Int, _ reason: VerdictReason?, of entry: CatalogueEntry, _ field: CatalogueField
    ) -> Finding {
        let words = reason.map { "\($0.type.rawValue): \($0.claimWords) ≠ \($0.evidenceWords)" } ?? ""
        return Finding(
            rule: "GEN-02", severity: .warning, place: Finding.Place(entry: entry.id, field: field),
            message: LocalizedText(
                zhHant: "\(count) 句與來源不符，已略去（\(words)）",
                en: "\(count) sentences contradict their source and were left out (\(words))"),
            remedy: LocalizedText(zhHant: "請自行補寫該部分。", en: "Write that part yourself."))
    }

    // MARK: - Rules

    /// What the rules of the catalogue find on entries, with what the library knows beside them.
    public func catalogueFindings(
        on entries: [StoredEntry], purpose: CatalogueContext.Purpose = .work, today: String? = nil
    ) async throws -> [Finding] {
        // Items are held against their folder, which may not be among them.
        let numbers = Set(entries.compactMap { $0.entry.level == .item ? $0.entry.fileNumber?.folder : nil })
        let present = Set(entries.compactMap { $0.entry.level == .folder ? $0.entry.fileNumber?.folder : nil })
        var batch = entries
        for number in numbers.subtracting(present).sorted() {
            if let folder = try await library.entry(numbered: number, viewer: viewer) { batch.append(folder) }
        }
        let found = CatalogueRules.findings(
            on: batch.map(\.entry), try await catalogueContext(of: batch, purpose: purpose, today: today))
        let asked = Set(entries.map(\.entry.id))
        return found.filter { $0.place.entry.map(asked.contains) ?? true }
    }

    /// What the rules need to know beside the entries.
    public func catalogueContext(
        of entries: [StoredEntry], purpose: CatalogueContext.Purpose = .work, today: String? = nil
    ) async throws -> CatalogueContext {
        var schemes: [Vocabulary] = []
        let named = Set(entries.flatMap { $0.entry.subjects.compactMap { $0.concept?.vocabulary } })
        for vocabulary in try await library.vocabularies() where named.contains(vocabulary.name) {
            if let scheme = try await library.vocabulary(vocabulary.name) { schemes.append(scheme) }
        }
        return CatalogueContext(
            today: today ?? String(Self.now.prefix(10)), purpose: purpose, schemes: schemes.isEmpty ? nil : schemes,
            ceiling: library.configuration.ceiling, roster: try await knowledge().roster,
            status: Dictionary(entries.map { ($0.entry.id, $0.status) }) { first, _ in first },
            proposedOn: Dictionary(entries.map { ($0.entry.id, String($0.createdAt.prefix(10))) }) { first, _ in first }
        )
    }
}
