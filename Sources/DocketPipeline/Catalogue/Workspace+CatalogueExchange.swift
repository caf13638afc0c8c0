public import DocketArchive
import DocketCataloguing
public import DocketCore
public import DocketIngest
public import DocketPublishing
import DocketText
public import Foundation

/// What an import of entries came to.
public struct EntryImport: Sendable, Equatable, Encodable {
    /// New entries.
    public var added = 0
    /// Entries that were there and were renewed.
    public var renewed = 0
    /// Entries that were there as they are.
    public var unchanged = 0
    /// Records without an entry, of no use.
    public var rejected = 0
}

extension Workspace {
    /// Imports a file of entries, 500 in a transaction; records of no use are reported and the others go on.
    ///
    /// An entry for what is described already renews it where nobody has decided.
    /// - Throws: `IngestError`, `ArchiveError`; what was stored before stays.
    public func importEntries(
        _ file: URL, mapping: CatalogueMapping?, vocabulary: String?, by actor: Actor,
        onFinding: (Finding) -> Void = { _ in }, progress: (Int) -> Void = { _ in }
    ) async throws -> EntryImport {
        let known = try await library.vocabularies().map(\.name)
        let options = CatalogueImportOptions(vocabulary: vocabulary ?? (known.count == 1 ? known[0] : ""))
        var (outcome, pending): (EntryImport, [CatalogueEntry]) = (EntryImport(), [])
        func store() async throws {
            let stored = try await library.propose(pending, by: actor)
            outcome.added += stored.added
            outcome.renewed += stored.renewed
            outcome.unchanged += stored.unchanged
            pending.removeAll(keepingCapacity: true)
            progress(outcome.added + outcome.renewed + outcome.unchanged)
        }
        for try await row in try CatalogueImport(file: file, mapping: mapping, options: options) {
            row.findings.forEach(onFinding)
            if let entry = row.entry { pending.append(entry) } else { outcome.rejected += 1 }
            if pending.count >= 500 { try await store() }
        }
        try await store()
        _ = try await library.maintain()
        return outcome
    }

    /// Counts of half a year over all entries that the viewer sees.
    public func catalogueStatistics(in period: HalfYear) async throws -> CatalogueStatistics {
        var facts: [CatalogueFact] = []
        let own = library.configuration.name
        try await forEachEntry(EntryFilter()) { stored in
            let entry = stored.entry
            guard stored.status != .rejected else { return }
            let agency = entry[.creator] ?? entry[.principalSender] ?? own
            var submitted: CalendarDate?
            if stored.submission != nil {
                let steps = try await library.revisions(of: entry.id, viewer: viewer)
                submitted = steps.last { $0.status == .submitted }.flatMap {
                    CalendarDate(iso: String($0.time.prefix(10)))
                }
            }
            facts.append(CatalogueFact(entry, agency: agency, submittedOn: submitted))
        }
        return CatalogueStatistics(facts, period: period)
    }

    /// Makes a submission batch of the entries of a filter, and marks those that went into it as submitted.
    ///
    /// Only verified entries without errors go; the batch says of all others why not.
    /// - Throws: `CatalogueExportError`, `ArchiveError`.
    public func submit(
        _ filter: EntryFilter, _ options: SubmissionOptions, into folder: URL, by actor: Actor
    ) async throws -> SubmissionManifest {
        let entries = try await catalogueEntries(filter)
        let findings = Dictionary(
            grouping: try await catalogueFindings(on: entries, purpose: .export), by: \.place.entry)
        let writer = try SubmissionWriter(in: folder, options)
        for stored in entries {
            try writer.add(
                SubmissionCandidate(stored.entry, status: stored.status, findings: findings[stored.entry.id] ?? []))
        }
        let manifest = try writer.finish()
        _ = try await library.advance(writer.sent, to: .submitted, submission: options.name, by: actor)
        return manifest
    }
}
