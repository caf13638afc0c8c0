public import DocketArchive
public import DocketCore
public import DocketDrafting
import DocketRules
import DocketTransport
import Foundation

extension Workspace {
    /// What minutes are drafted from; what is nil is looked for in the transcript's meeting.
    public struct MinutesSources: Sendable {
        /// Transcript.
        public var transcript: SourceID
        /// Agenda.
        public var agenda: SourceID?
        /// Attendance list.
        public var attendance: SourceID?
        /// Id or name of the series.
        public var series: String?
        /// Ordinal of the meeting.
        public var ordinal: Int?

        /// Sources of minutes.
        public init(
            transcript: SourceID, agenda: SourceID? = nil, attendance: SourceID? = nil, series: String? = nil,
            ordinal: Int? = nil
        ) {
            self.transcript = transcript
            self.agenda = agenda
            self.attendance = attendance
            self.series = series
            self.ordinal = ordinal
        }
    }

    /// Drafts minutes from a transcript, checks every claim, and stores the draft.
    /// - Throws: `PipelineError`, `DraftingError`, `ArchiveError`, `EngineFailure` of the engine.
    public func draftMinutes(
        _ sources: MinutesSources, by actor: Actor,
        onFragment: @Sendable (DraftFragment) async throws -> Void = { _ in }
    ) async throws -> StoredDraft {
        try await store(try await preparedMinutes(sources), by: actor, onFragment: onFragment)
    }

    /// Drafts a summary, a digest of speakers, a title or an answer from one source, checks it, and stores it.
    ///
    /// `- segment`: number of the segment that is summarised or titled; nil for the whole source.
    /// - Throws: `PipelineError`, `DraftingError`, `ArchiveError`, `EngineFailure` of the engine.
    public func draft(
        _ id: SourceID, segment: Int? = nil, by actor: Actor,
        onFragment: @Sendable (DraftFragment) async throws -> Void = { _ in },
        task: (ClosedRange<Int>?) -> DraftRequest.Task
    ) async throws -> StoredDraft {
        try await store(
            try await prepared(id, segment: segment, task: task), by: actor, onFragment: onFragment)
    }

    /// All that a draft is made from, read from the library.
    struct PreparedDraft: Sendable {
        /// What the engine is asked.
        var request: DraftRequest
        /// Sources that claims may rest on, the main one first.
        var sources: [SourceDocument]
        /// Roster and series.
        var knowledge: Stages.Knowledge
        /// What the library knows of the meeting.
        var given: [String] = []
        /// What the rules may know beside.
        var about = RuleContext()
    }

    func preparedMinutes(_ sources: MinutesSources) async throws -> PreparedDraft {
        let transcript = try await source(sources.transcript, kind: .transcript)
        let meeting = try await library.meetings(of: sources.transcript, viewer: viewer).first
        let agenda = try await minutesSource(sources.agenda ?? meeting?.sources(.agenda).first)
        let attendance = try await minutesSource(sources.attendance ?? meeting?.sources(.attendance).first)
        let knowledge = try await knowledge()
        let facts = MinutesFacts(
            agenda: agenda, attendance: attendance,
            series: try await series(sources.series, meeting: meeting, agenda: agenda?.structure),
            roster: knowledge.roster, ordinal: sources.ordinal ?? meeting?.ordinal)
        let segments = stages.segments(
            of: transcript.document, transcript.structure, agenda: Stages.matters(of: agenda?.structure))
        let papers = [agenda?.document, attendance?.document].compactMap { $0 }
        let documents = [transcript.document] + papers
        return PreparedDraft(
            request: DraftRequest(
                .minutes(facts), source: transcript.document, segments: segments, createdAt: Self.now),
            sources: documents, knowledge: knowledge,
            given: try await meetingNames(of: documents.map(\.id)) + [Self.name(facts.series, facts.ordinal)],
            about: try await context(
                ofDraftFrom: documents.map(\.id), series: facts.series?.id, ordinal: facts.ordinal))
    }

    func prepared(
        _ id: SourceID, segment: Int?, task: (ClosedRange<Int>?) -> DraftRequest.Task
    ) async throws -> PreparedDraft {
        let stored = try await source(id)
        let segments = segments(of: stored)
        var passages: ClosedRange<Int>?
        if let segment {
            guard segments.indices.contains(segment) else {
                throw PipelineError.noSegment(id: id.rawValue, segment: segment, count: segments.count)
            }
            passages = segments[segment].passages
        }
        return PreparedDraft(
            request: DraftRequest(task(passages), source: stored.document, segments: segments, createdAt: Self.now),
            sources: [stored.document], knowledge: try await knowledge())
    }

    /// What the engine writes from what was prepared, with a verdict on every claim; nothing is stored.
    func verified(
        _ prepared: PreparedDraft, by actor: Actor,
        onFragment: @Sendable (DraftFragment) async throws -> Void = { _ in }
    ) async throws -> VerifiedDraft {
        try await admit(prepared.sources, by: actor)
        do {
            return try await stages.draft(
                prepared.request, over: prepared.sources, knowing: prepared.knowledge, given: prepared.given,
                about: prepared.about, onFragment: onFragment)
        } catch let failure as ChatFailure {
            if case .refused(let endpoint, let reason) = failure {
                // What the transport refuses, an address above all, is an event like any other refusal.
                try await library.record(
                    .denied, "source:\(prepared.request.source.id)",
                    detail: ["endpoint": endpoint, "reason": reason.en], by: actor)
            }
            throw failure
        }
    }

    func store(
        _ prepared: PreparedDraft, by actor: Actor, onFragment: @Sendable (DraftFragment) async throws -> Void
    ) async throws -> StoredDraft {
        var prepared = prepared
        prepared.request.steps = LibrarySteps(library, of: prepared.request.source.id, by: actor)
        let verified = try await verified(prepared, by: actor, onFragment: onFragment)
        try await library.store(verified, by: actor)
        return try await library.draft(verified.draft.id, viewer: viewer)
    }

    /// Checks a stored draft again with today's rules; nothing is stored.
    public func recheck(_ id: DraftID) async throws -> VerifiedDraft {
        let stored = try await library.draft(id, viewer: viewer)
        return try await verified(stored.verified.draft)
    }

    /// The verdicts and findings on a draft of stored sources.
    func verified(_ draft: Draft) async throws -> VerifiedDraft {
        try stages.verified(
            draft, over: try await documents(of: draft), knowing: try await knowledge(),
            given: try await meetingNames(of: draft.sources), about: try await context(ofDraftFrom: draft.sources))
    }

    /// Segments of a stored source; those of records, which are not stored with them, are made now.
    public func segments(of stored: StoredSource) -> [Segment] {
        stored.segments.isEmpty ? stages.segments(of: stored.document, stored.structure) : stored.segments
    }

    // MARK: - Parts

    static var now: String { ISO8601DateFormatter().string(from: Date()) }

    /// Lets nothing through that policy keeps from engines, nor what an endpoint is not cleared for.
    /// - Throws: `PipelineError.classified`, `PipelineError.notCleared`.
    func admit(_ sources: [SourceDocument], by actor: Actor) async throws {
        // DOMAIN.md section 0: a paper of any secrecy level is written by the officer; the ceiling is the site's word.
        for source in sources where source.classification > max(.internal, library.configuration.ceiling) {
            throw PipelineError.classified(id: source.id.rawValue, classification: source.classification)
        }
        try await gate(sources, by: actor)
    }

    /// Lets nothing through to an endpoint that is not cleared for it; a refusal is an event of the audit trail.
    /// - Throws: `PipelineError.notCleared`.
    func gate(_ sources: [SourceDocument], by actor: Actor) async throws {
        guard let model = stages.engine.model else { return }
        for source in sources where source.classification > model.clearance {
            try await library.record(
                .denied, "source:\(source.id)",
                detail: [
                    "endpoint": model.endpoint, "clearance": model.clearance.rawValue,
                    "classification": source.classification.rawValue,
                ], by: actor)
            throw PipelineError.notCleared(
                id: source.id.rawValue, classification: source.classification, endpoint: model.endpoint,
                clearance: model.clearance)
        }
    }

    func source(_ id: SourceID, kind: SourceKind? = nil) async throws -> StoredSource {
        let stored = try await library.source(id, viewer: viewer)
        if let kind, stored.document.kind != kind {
            throw PipelineError.wrongKind(id: id.rawValue, kind: stored.document.kind, needed: kind)
        }
        return stored
    }

    /// The sources of a draft, each in the text versions that its claims cite; one that none cites, as it stands now.
    func documents(of draft: Draft) async throws -> [SourceDocument] {
        let cited = Dictionary(grouping: draft.claims.flatMap(\.citations).map(\.span), by: \.source)
        var result: [SourceDocument] = []
        for id in draft.sources {
            let versions = Set(cited[id, default: []].map(\.version)).sorted().map(Optional.init)
            for version in versions.isEmpty ? [nil] : versions {
                result.append(try await library.source(id, version: version, viewer: viewer).document)
            }
        }
        return result
    }

    /// What the meetings of stored sources are called: host, ordinal and series.
    private func meetingNames(of sources: [SourceID]) async throws -> [String] {
        var names: Set<String> = []
        for id in sources {
            for meeting in try await library.meetings(of: id, viewer: viewer) {
                var series: MeetingSeries?
                if let id = meeting.series { series = try await library.series(id.rawValue) }
                names.insert(Self.name(series, meeting.ordinal))
            }
        }
        return names.sorted()
    }

    private static func name(_ series: MeetingSeries?, _ ordinal: Int?) -> String {
        let ordinal = ordinal.map { "第\($0)次" } ?? ""
        return (series?.hostAgency ?? "") + ordinal + (series?.name ?? "")
    }

    private func minutesSource(_ id: SourceID?) async throws -> MinutesFacts.ReadSource? {
        guard let id else { return nil }
        let stored = try await source(id)
        guard let minutes = stored.structure.minutes else {
            throw PipelineError.wrongKind(id: id.rawValue, kind: stored.document.kind, needed: .agenda)
        }
        return MinutesFacts.ReadSource(stored.document, minutes)
    }

    private func series(
        _ name: String?, meeting: Meeting?, agenda: MinutesStructure?
    ) async throws -> MeetingSeries? {
        if let name {
            guard let series = try await library.series(name) else { throw PipelineError.unknownSeries(name: name) }
            return series
        }
        if let id = meeting?.series { return try await library.series(id.rawValue) }
        guard let name = agenda?.series else { return nil }
        return try await library.series(name)
    }
}
