public import DocketArchive
public import DocketCore
public import DocketDrafting
public import Foundation

/// A draft that somebody asked for: what a job of the kind "draft" does with its source.
public struct DraftOrder: Sendable, Hashable, Codable {
    /// What to write.
    public var kind: Draft.Kind
    /// Length in characters or words, of summaries and digests.
    public var length: Int?
    /// Number of the segment, of summaries and titles; nil for the whole source.
    public var segment: Int?
    /// Agenda, of minutes; nil takes that of the meeting.
    public var agenda: SourceID?
    /// Attendance list, of minutes; nil takes that of the meeting.
    public var attendance: SourceID?
    /// Series, of minutes; nil takes that of the meeting.
    public var series: String?
    /// Ordinal, of minutes; nil takes that of the meeting.
    public var ordinal: Int?

    /// An order.
    public init(
        _ kind: Draft.Kind, length: Int? = nil, segment: Int? = nil, agenda: SourceID? = nil,
        attendance: SourceID? = nil, series: String? = nil, ordinal: Int? = nil
    ) {
        self.kind = kind
        self.length = length
        self.segment = segment
        self.agenda = agenda
        self.attendance = attendance
        self.series = series
        self.ordinal = ordinal
    }

    /// Kind of the jobs that hold orders.
    public static let jobKind = "draft"

    /// Characters or words that a summary has when nothing is said.
    public static let summaryLength = 250
    /// Characters or words that a digest gives each speaker when nothing is said.
    public static let digestLength = 100

    /// The order as the payload of a job: equal orders are equal bytes.
    func payload() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    /// The order in the payload of a job; nil when another version wrote one that this one does not know.
    public init?(payload: Data) {
        // Whoever asks says that the job cannot be read.
        guard let order = try? JSONDecoder().decode(DraftOrder.self, from: payload) else { return nil }
        self = order
    }
}

extension Workspace {
    /// Drafts what was ordered from one source, checks it, and stores it.
    /// - Throws: `PipelineError`, `DraftingError`, `ArchiveError`, `EngineFailure` of the engine.
    public func draft(
        _ order: DraftOrder, of source: SourceID, by actor: Actor,
        onFragment: @Sendable (DraftFragment) async throws -> Void = { _ in }
    ) async throws -> StoredDraft {
        try await store(try await prepared(order, of: source), by: actor, onFragment: onFragment)
    }

    /// Gathers what an order needs, of its main source.
    func prepared(_ order: DraftOrder, of source: SourceID) async throws -> PreparedDraft {
        switch order.kind {
        case .minutes:
            return try await preparedMinutes(
                MinutesSources(
                    transcript: source, agenda: order.agenda, attendance: order.attendance, series: order.series,
                    ordinal: order.ordinal))
        case .summary:
            let length = order.length ?? DraftOrder.summaryLength
            return try await prepared(source, segment: order.segment) { .summary(length: length, passages: $0) }
        case .speakerDigest:
            let length = order.length ?? DraftOrder.digestLength
            return try await prepared(source, segment: nil) { _ in .speakerDigest(length: length) }
        case .title:
            return try await prepared(source, segment: order.segment) { .title(passages: $0) }
        case .subject: return try await prepared(source, segment: nil) { _ in .subject }
        case .abstract: return try await prepared(source, segment: nil) { _ in .abstract }
        }
    }
}
