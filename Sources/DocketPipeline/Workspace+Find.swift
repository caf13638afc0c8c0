public import DocketArchive
public import DocketCore
import DocketRules
import Foundation

extension Workspace {
    /// What an identity names.
    public enum Found: Sendable {
        case source(StoredSource)
        case draft(StoredDraft)
        case entry(StoredEntry)
    }

    /// The source, draft or catalogue entry of this identity.
    /// - Throws: `PipelineError.unknown` when there is none, or the viewer may not see it;
    ///   `ArchiveError.refused(.withdrawn)` when it was withdrawn.
    public func find(_ id: String) async throws -> Found {
        do {
            return .source(try await library.source(SourceID(rawValue: id), viewer: viewer))
        } catch ArchiveError.notFound {
            do {
                return .draft(try await library.draft(DraftID(rawValue: id), viewer: viewer))
            } catch ArchiveError.notFound {
                if let entry = try await entry(id) { return .entry(entry) }
                guard let stone = try await library.tombstone(of: id, viewer: viewer) else {
                    throw PipelineError.unknown(id: id)
                }
                throw ArchiveError.refused(.withdrawn(object: "\(stone.kind):\(id)"))
            }
        }
    }

    private func entry(_ id: String) async throws -> StoredEntry? {
        do { return try await library.entry(EntryID(rawValue: id), viewer: viewer) } catch ArchiveError.notFound {
            return nil
        }
    }

    /// Findings on a stored source by today's rules: of reading, of the rules, of the ledger of its series.
    public func findings(on stored: StoredSource) async throws -> [Finding] {
        let (structure, _) = try await reading(of: stored)
        return stored.document.findings + structure.findings
            + (try await library.trackingFindings(of: stored.document.id, viewer: viewer))
    }

    /// Corrections of a source's minutes that later meetings decided, in their order.
    public func laterCorrections(of stored: StoredSource) async throws -> [MinutesCorrection] {
        try await library.corrections(of: stored.document.id, viewer: viewer)
            .filter { $0.source != stored.document.id }
    }

    /// Corrects fields of a source and its place in a meeting, as one revision, and reads it again where that matters; gives
    /// its revision.
    ///
    /// A `meeting` that only has a role means the meeting that the source is linked to.
    /// - Throws: `ArchiveError`; `PipelineError.unknownSeries`, `.unknownMeeting`, `.noMeeting`.
    public func correct(
        _ id: SourceID, _ changes: [SourceChange], meeting: MeetingReference?, reason: String, by actor: Actor
    ) async throws -> Int {
        try Self.check(changes)
        let stored = try await library.source(id, viewer: viewer)
        var changes = changes
        let placement =
            try await meeting.mapped { given in
                try await resolve(try await linked(given, id), stored.document.with(changes), stored.structure)
            } ?? nil
        if let placement, let series = placement.series, placement.reference.role != .paper {
            changes += [
                .fact("series", series.name),
                .fact("ordinal", placement.ordinal.map(String.init) ?? stored.document.facts["ordinal"]),
            ]
        }
        if let date = try await movedDate(stored, to: placement), !changes.contains(where: { $0.field == "date" }) {
            changes.append(.date(date))
        }
        guard !changes.isEmpty || placement != nil else { return stored.revision }
        _ = try await library.set(
            changes, on: id, revision: stored.revision, meeting: placement?.reference, reason: reason, by: actor)
        for meeting in try await library.meetings(of: id, viewer: viewer) {
            try await settle(meeting.id, with: stored.document.kind, by: actor)
        }
        if placement != nil || changes.contains(where: \.changesReading) { try await remake(id, by: actor) }
        return try await library.source(id, viewer: viewer).revision
    }

    /// The day that speech and lists take from the meeting they move to, where theirs was that of the meeting they leave.
    private func movedDate(_ stored: StoredSource, to placement: Placement?) async throws -> String? {
        guard let date = placement?.date, let own = stored.document.date, own != date,
            [.transcript, .audio, .attendance].contains(stored.document.kind)
        else { return nil }
        let left = try await library.meetings(of: stored.document.id, viewer: viewer)
        return left.contains { $0.date == own && $0.id != placement?.meeting?.id } ? date : nil
    }

    /// A reference that has a role alone, with the one meeting that the source is linked to.
    private func linked(_ given: MeetingReference, _ id: SourceID) async throws -> MeetingReference {
        guard given.series == nil, given.meeting == nil else { return given }
        let meetings = try await library.meetings(of: id, viewer: viewer)
        var reference = given
        if meetings.count == 1 { reference.meeting = meetings.first?.id }
        return reference
    }

    /// - Throws: `ArchiveError.refused(.badValue)` for a stage or a signatory that the rules do not know.
    private static func check(_ changes: [SourceChange]) throws {
        func check<Value: RawRepresentable<String> & CaseIterable>(
            _ name: String, _ words: [String], _ type: Value.Type
        ) throws {
            guard let wrong = words.first(where: { Value(rawValue: $0) == nil }) else { return }
            let allowed = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw ArchiveError.refused(
                .badValue(
                    object: "\(name)=\(wrong)",
                    reason: LocalizedText(zhHant: "可用的值：\(allowed)", en: "one of \(allowed)")))
        }
        for case .fact(let name, let value?) in changes {
            if name == "stage" { try check(name, [value], RuleContext.MinutesStage.self) }
            guard name == "signatures" else { continue }
            try check(name, value.split { ",、 ".contains($0) }.map(String.init), RuleContext.Signatory.self)
        }
    }

    /// Reads structure and segments of a source anew, after what they depend on has changed.
    public func remake(_ id: SourceID, by actor: Actor) async throws {
        let stored = try await library.source(id, viewer: viewer)
        let (structure, segments) = try await reading(of: stored)
        guard structure != stored.structure || segments != stored.segments else { return }
        try await library.remake(
            id, structure: structure, segments: segments, revision: stored.revision, by: actor)
    }

    /// Structure, with the findings of the rules, and segments of a stored source by today's rules.
    func reading(of stored: StoredSource) async throws -> (DocumentStructure, [Segment]) {
        let document = stored.document
        let placement = try await placement(of: document.id)
        var structure = stages.parsed(document, knowing: try await knowledge())
        structure.findings = stages.rules.findings(
            on: document, structure, try await context(of: document, structure, placement))
        let agenda = document.kind == .transcript ? try await agenda(of: placement?.meeting) : nil
        return (structure, stages.segments(of: document, structure, agenda: Stages.matters(of: agenda)))
    }

    /// Makes structure, segments and index of all sources anew, or goes on where an earlier run was cut short; gives the
    /// number of sources and of their index entries.
    public func reindex(
        by actor: Actor, progress: (@Sendable (Int) -> Void)? = nil
    ) async throws -> (sources: Int, documents: Int) {
        let outcome = try await library.reindex(
            by: actor,
            remake: { stored in stored.document.kind == .record ? nil : try await reading(of: stored) },
            progress: progress)
        _ = try await library.maintain()
        return (outcome.sources, outcome.documents)
    }
}

extension SourceDocument {
    /// The document with corrections that say where it belongs.
    fileprivate func with(_ changes: [SourceChange]) -> SourceDocument {
        var document = self
        for change in changes {
            switch change {
            case .kind(let kind): document.kind = kind
            case .date(let date): document.date = date
            case .fact(let name, let value): document.facts[name] = value
            case .title, .language, .classification, .scope: break
            }
        }
        return document
    }
}

extension SourceChange {
    /// True when the stages read the document differently after this change.
    fileprivate var changesReading: Bool {
        switch self {
        case .kind, .language, .date: true
        case .fact(let name, _): ["series", "ordinal", "stage", "signatures"].contains(name)
        case .title, .classification, .scope: false
        }
    }
}
