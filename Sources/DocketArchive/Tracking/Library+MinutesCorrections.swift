public import DocketCore

/// A correction of minutes and the source whose note makes it.
public struct MinutesCorrection: Sendable, Equatable {
    /// The minutes that carry the note: the corrected ones themselves, or those of a later meeting.
    public var source: SourceID
    /// Their text version.
    public var version: Int
    /// The meeting that decided it, as far as the note or its minutes say.
    public var byMeeting: Int?
    /// What is corrected; the body of the minutes stays as it is.
    public var correction: Correction
}

extension Library {
    /// Corrections of minutes, in the order of the meetings that decided them.
    ///
    /// They stand in a note of the minutes themselves, or in the minutes of later meetings of the series that amend them.
    /// - Throws: `ArchiveError.notFound` when the viewer does not see `source`.
    public func corrections(of source: SourceID, viewer: Viewer) async throws -> [MinutesCorrection] {
        let sittings = try await meetings(of: source, viewer: viewer).filter { $0.role(of: source) == .minutes }
        var found = try await notes(in: source, viewer: viewer) { $0.ofMeeting == nil }
        for sitting in sittings {
            guard let series = sitting.series, let ordinal = sitting.ordinal else { continue }
            let later = try await meetings(of: series, viewer: viewer).filter { ($0.ordinal ?? 0) > ordinal }
            for meeting in later {
                // Of two minutes of a meeting the one added last speaks.
                guard let minutes = meeting.sources(.minutes).max() else { continue }
                found += try await notes(in: minutes, viewer: viewer) { $0.ofMeeting == ordinal }.map { note in
                    var note = note
                    note.byMeeting = note.byMeeting ?? meeting.ordinal
                    return note
                }
            }
        }
        return found.sorted { ($0.byMeeting ?? 0) < ($1.byMeeting ?? 0) }
    }

    /// Correction notes of one source's minutes that fulfil a condition, in the order of its text.
    private func notes(
        in source: SourceID, viewer: Viewer, where condition: @escaping @Sendable (Correction) -> Bool
    ) async throws -> [MinutesCorrection] {
        let stored = try await self.source(source, viewer: viewer)
        return (stored.structure.minutes?.corrections ?? []).filter(condition).map {
            MinutesCorrection(
                source: source, version: stored.document.version, byMeeting: $0.byMeeting, correction: $0)
        }
    }
}
