public import DocketArchive
public import DocketCore
internal import DocketRules
import Foundation

extension Workspace {
    /// What an identity names.
    public enum Found: Sendable {
        case source(StoredSource)
        case draft(StoredDraft)
    }

    /// The source or draft of this identity.
    /// - Throws: `PipelineError.unknown` when there is neither, or the viewer may not see it.
    public func find(_ id: String) async throws -> Found {
        do {
            return .source(try await library.source(SourceID(rawValue: id), viewer: viewer))
        } catch ArchiveError.notFound {
            do {
                return .draft(try await library.draft(DraftID(rawValue: id), viewer: viewer))
            } catch ArchiveError.notFound {
                throw PipelineError.unknown(id: id)
            }
        }
    }

    /// Findings on a stored source by today's rules: of reading, of the rules, of the ledger of its series.
    public func findings(on stored: StoredSource) async throws -> [Finding] {
        let structure = stages.structure(of: stored.document, knowing: try await knowledge())
        return stored.document.findings + structure.findings
            + (try await library.trackingFindings(of: stored.document.id, viewer: viewer))
    }

    /// Corrects fields of a source and links it to a meeting; gives its revision.
    /// - Throws: `ArchiveError`.
    public func correct(
        _ id: SourceID, _ changes: [SourceChange], meeting: MeetingReference?, reason: String, by actor: Actor
    ) async throws -> Int {
        var revision = try await library.source(id, viewer: viewer).revision
        if !changes.isEmpty {
            revision = try await library.set(changes, on: id, revision: revision, reason: reason, by: actor)
        }
        if let meeting { _ = try await library.link(id, to: meeting, by: actor) }
        if changes.contains(where: \.changesReading) { try await remake(id, by: actor) }
        return try await library.source(id, viewer: viewer).revision
    }

    /// Reads structure and segments of a source anew, after what they depend on has changed.
    public func remake(_ id: SourceID, by actor: Actor) async throws {
        let stored = try await library.source(id, viewer: viewer)
        let structure = stages.structure(of: stored.document, knowing: try await knowledge())
        var agenda: [AgendaItem]?
        if stored.document.kind == .transcript,
            let paper = try await library.meetings(of: id, viewer: viewer).first?.sources(.agenda).first
        {
            agenda = Stages.matters(of: try await library.source(paper, viewer: viewer).structure.minutes)
        }
        let segments = stages.segments(of: stored.document, structure, agenda: agenda)
        guard structure != stored.structure || segments != stored.segments else { return }
        try await library.remake(
            id, structure: structure, segments: segments, revision: stored.revision, by: actor)
    }

    /// Makes structure, segments and index of all sources anew; gives the number of sources and of their index entries.
    public func reindex(
        by actor: Actor, progress: (@Sendable (Int) -> Void)? = nil
    ) async throws -> (sources: Int, documents: Int) {
        var page: PageToken?
        var documents = 0
        repeat {
            let list = try await library.list(SourceFilter(), page: page, limit: 500, viewer: viewer)
            for summary in list.items where summary.kind != .record { try await remake(summary.id, by: actor) }
            for summary in list.items where summary.kind == .record { documents += 1 }
            for summary in list.items where summary.kind != .record {
                documents += IndexDocuments.documents(of: try await library.source(summary.id, viewer: viewer)).count
            }
            page = list.next
        } while page != nil
        let sources = try await library.reindex(restart: true, by: actor, progress: progress)
        _ = try await library.maintain()
        return (sources, documents)
    }
}

extension SourceChange {
    /// True when the stages read the document differently after this change.
    fileprivate var changesReading: Bool {
        switch self {
        case .kind, .language, .date: true
        case .fact(let name, _): name == "series" || name == "ordinal"
        case .title, .classification, .scope: false
        }
    }
}
