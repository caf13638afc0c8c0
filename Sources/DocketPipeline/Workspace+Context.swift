import DocketArchive
import DocketCore
import DocketRules

/// What the library knows beside a document, for the rules that ask for it.
extension Workspace {
    /// The context of a source: its meeting and series, the papers beside it, earlier reports, what people noted of it.
    func context(
        of document: SourceDocument, _ structure: DocumentStructure, _ placement: Placement?
    ) async throws -> RuleContext {
        let knowledge = try await knowledge()
        var context = RuleContext(roster: knowledge.roster, series: knowledge.series)
        context.stage = document.facts["stage"].flatMap(RuleContext.MinutesStage.init(rawValue:))
        context.signatures = Set(
            (document.facts["signatures"] ?? "").split { $0 == "," || $0 == "、" || $0 == " " }
                .compactMap { RuleContext.Signatory(rawValue: String($0)) })
        context.meetingType = placement?.series?.meetingType
        context.previousOrdinal = try await previousOrdinal(placement)
        if document.kind == .minutes, let meeting = placement?.meeting {
            try await add(meeting, beside: document.id, to: &context)
        }
        if document.kind == .report {
            context.earlierStatistics = try await earlierStatistics(document, structure)
        }
        return context
    }

    /// The context of a draft: the ledger before its meeting, and who attended.
    func context(
        ofDraftFrom sources: [SourceID], series: SeriesID? = nil, ordinal: Int? = nil
    ) async throws -> RuleContext {
        let knowledge = try await knowledge()
        var context = RuleContext(roster: knowledge.roster, series: knowledge.series)
        guard let main = sources.first else { return context }
        let placement = try await placement(of: main)
        context.previousOrdinal = try await previousOrdinal(placement)
        if let meeting = placement?.meeting { context.attendance = try await attendance(of: meeting) }
        guard let series = series ?? placement?.series?.id, let ordinal = ordinal ?? placement?.ordinal else {
            return context
        }
        let items = try await library.trackedItems(series: series, viewer: viewer)
        context.trackedItems = items.compactMap { $0.known(before: ordinal) }
        let meetings = try await library.meetings(of: series, viewer: viewer)
        context.ledgerMeetings = Set(meetings.filter { !$0.sources(.minutes).isEmpty }.compactMap(\.ordinal))
        return context
    }

    private func add(_ meeting: Meeting, beside source: SourceID, to context: inout RuleContext) async throws {
        context.attendance = try await attendance(of: meeting)
        let papers = try await library.list(SourceFilter(meeting: meeting.id), limit: 1000, viewer: viewer).items
        context.sourceClassifications = papers.filter { $0.id != source }.map(\.classification)
        for transcript in meeting.sources(.transcript) where !context.isAIAssisted {
            let drafts = try await library.drafts(of: transcript, limit: 1000, viewer: viewer).items
            context.isAIAssisted = drafts.contains { draft in
                draft.kind == .minutes && [.edited, .reviewed, .approved].contains(draft.state)
            }
        }
    }

    private func attendance(of meeting: Meeting) async throws -> [Attendance] {
        var attendance: [Attendance] = []
        for id in meeting.sources(.attendance) {
            attendance += try await library.source(id, viewer: viewer).structure.minutes?.attendance ?? []
        }
        return attendance
    }

    private func previousOrdinal(_ placement: Placement?) async throws -> Int? {
        guard let series = placement?.series, let ordinal = placement?.ordinal else { return nil }
        return try await library.meetings(of: series.id, viewer: viewer).compactMap(\.ordinal).filter { $0 < ordinal }
            .max()
    }

    /// Most reports that a new one is held against.
    private static let earlierReports = 20

    /// Figures of the reports of the same issuer before this one.
    private func earlierStatistics(
        _ document: SourceDocument, _ structure: DocumentStructure
    ) async throws -> [Statistic] {
        guard let date = document.date else { return [] }
        let reports = try await library.list(
            SourceFilter(kinds: [.report], through: date), limit: Self.earlierReports, viewer: viewer)
        var statistics: [Statistic] = []
        for summary in reports.items where summary.id != document.id && (summary.date ?? "") < date {
            let earlier = try await library.source(summary.id, viewer: viewer).structure.report
            guard let earlier, earlier.issuer == structure.report?.issuer else { continue }
            statistics += earlier.statistics
        }
        return statistics
    }
}

extension TrackedItem {
    /// The item as it stood before the meeting of an ordinal; nil when it was not there yet.
    fileprivate func known(before ordinal: Int) -> KnownTrackedItem? {
        var open: [String] = []
        var isKnown = false
        var isReleased = true
        for part in parts {
            guard let last = part.history.last(where: { ($0.ordinal ?? 0) < ordinal }) else { continue }
            isKnown = true
            guard last.action != .release, last.action != .merge else { continue }
            isReleased = false
            if let scope = part.scope { open.append(scope) }
        }
        let isWhole = parts.contains { $0.scope == nil }
        return isKnown
            ? KnownTrackedItem(reference: reference, openScopes: isWhole ? [] : open, isReleased: isReleased) : nil
    }
}
