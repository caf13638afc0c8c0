public import DocketArchive
import DocketCore
internal import DocketText

extension Workspace {
    /// Where a source belongs: what a person said of its meeting, filled up with what the source says of itself.
    struct Placement: Sendable {
        /// The meeting as it is found or made.
        var reference: MeetingReference
        /// Its series; nil for one that stands alone, and for one that reading is about to make.
        var series: MeetingSeries?
        /// The meeting, when it is there and the viewer sees it.
        var meeting: Meeting?

        /// Ordinal in the series.
        var ordinal: Int? { reference.ordinal ?? meeting?.ordinal }
        /// Day of the meeting.
        var date: String? { meeting?.date ?? reference.date }
    }

    /// The meeting of a document; nil when nobody names one.
    ///
    /// A series that is not known is one that the document itself names, or an error: a name that was mistyped makes none.
    /// The date of a paper is not that of the meeting.
    /// - Throws: `PipelineError.unknownSeries`, `.unknownMeeting`, `.noMeeting`.
    func resolve(
        _ given: MeetingReference?, _ document: SourceDocument, _ structure: DocumentStructure
    ) async throws -> Placement? {
        let read = MeetingReference(document, structure: structure)
        guard let given else { return try await read.mapped { try await placement($0) } }
        if let meeting = try await namedMeeting(given) {
            var reference = MeetingReference(series: nil, role: given.role, meeting: meeting.id)
            reference.series = meeting.series.map(SeriesReference.id)
            reference.date = given.date ?? Self.ownDate(document, structure, role: given.role)
            let series = try await reference.series.mapped { try await self.series($0) } ?? nil
            return Placement(reference: reference, series: series, meeting: meeting)
        }
        guard let named = given.series ?? read?.series else {
            throw PipelineError.noMeeting(source: document.title.isEmpty ? document.origin.fileName : document.title)
        }
        var reference = given
        let known = try await series(named)
        let own = try await read?.series.mapped { try await self.series($0) } ?? nil
        let namesItself = read?.series.map { Self.folded($0) == Self.folded(named) } ?? false
        guard known != nil || namesItself else { throw PipelineError.unknownSeries(name: Self.name(named)) }
        reference.series = known.map { .id($0.id) } ?? read?.series
        if read == nil || namesItself || own?.id == known?.id {
            let date = Self.ownDate(document, structure, role: given.role)
            let ordinal = document.facts["ordinal"].flatMap { Int($0) } ?? structure.minutes?.ordinal
            if given.date == nil || date == nil || date == given.date { reference.ordinal = given.ordinal ?? ordinal }
            reference.date = given.date ?? date
        }
        guard reference.ordinal != nil || reference.date != nil else {
            throw PipelineError.unknownMeeting(name: Self.name(named))
        }
        return try await placement(reference)
    }

    /// The meeting that a reference means; nil when there is none yet.
    public func meeting(_ reference: MeetingReference) async throws -> Meeting? {
        if let id = reference.meeting { return try await library.meeting(id, viewer: viewer) }
        guard let series = try await series(reference.series) else { return nil }
        let meetings = try await library.meetings(of: series.id, viewer: viewer)
        return meetings.first { reference.ordinal != nil && $0.ordinal == reference.ordinal }
            ?? meetings.first {
                reference.date != nil && $0.date == reference.date && ($0.ordinal == nil || reference.ordinal == nil)
            }
    }

    /// Where a stored source stands: the first of its meetings, oldest first.
    func placement(of id: SourceID) async throws -> Placement? {
        guard let meeting = try await library.meetings(of: id, viewer: viewer).first else { return nil }
        let reference = MeetingReference(
            series: meeting.series.map(SeriesReference.id), ordinal: meeting.ordinal, date: meeting.date,
            role: meeting.role(of: id), meeting: meeting.id)
        return Placement(reference: reference, series: try await series(reference.series), meeting: meeting)
    }

    /// Structure of the agenda of a meeting, if an agenda is there, read by today's rules.
    func agenda(of meeting: Meeting?) async throws -> MinutesStructure? {
        guard let id = meeting?.sources(.agenda).first else { return nil }
        let stored = try await library.source(id, viewer: viewer)
        return stages.parsed(stored.document, knowing: try await knowledge()).minutes
    }

    /// Gives sources of a meeting that have no date of their own its day, and reads its transcripts again when their agenda
    /// or their date is new.
    func settle(_ meeting: MeetingID?, with kind: SourceKind, by actor: Actor) async throws {
        guard let meeting else { return }
        let date = try await date(of: meeting)
        let dated = SourceFilter(kinds: [.transcript, .audio, .attendance, .agenda], meeting: meeting)
        for source in try await library.list(dated, limit: 1000, viewer: viewer).items {
            let isDated = source.date == nil && date != nil
            do {
                if isDated {
                    _ = try await library.set(
                        [.date(date)], on: source.id, revision: source.revision,
                        reason: "會議日期 / day of the meeting", by: actor)
                }
                if isDated || (kind == .agenda && source.kind == .transcript) { try await remake(source.id, by: actor) }
            } catch ArchiveError.conflict {
                // Somebody corrects it at this moment; it is settled with the next paper of the meeting.
                continue
            }
        }
    }

    // MARK: - Parts

    private func date(of meeting: MeetingID) async throws -> String? {
        do {
            return try await library.meeting(meeting, viewer: viewer).date
        } catch ArchiveError.notFound {
            // Who adds a paper above their own clearance does not see its meeting.
            return nil
        }
    }

    private func placement(_ reference: MeetingReference) async throws -> Placement {
        Placement(
            reference: reference, series: try await series(reference.series), meeting: try await meeting(reference))
    }

    private func namedMeeting(_ given: MeetingReference) async throws -> Meeting? {
        if let id = given.meeting { return try await library.meeting(id, viewer: viewer) }
        guard case .any(let text) = given.series, given.ordinal == nil, given.date == nil, ULID(text) != nil else {
            return nil
        }
        do {
            return try await library.meeting(MeetingID(rawValue: text), viewer: viewer)
        } catch ArchiveError.notFound {
            // A series may have a name of that form too.
            return nil
        }
    }

    private func series(_ reference: SeriesReference?) async throws -> MeetingSeries? {
        switch reference {
        case .id(let id): try await library.series(id.rawValue)
        case .any(let name): try await library.series(name)
        case .named(let name, let issuer): try await library.series(name, issuer: issuer)
        case nil: nil
        }
    }

    private static func ownDate(
        _ document: SourceDocument, _ structure: DocumentStructure, role: Meeting.Role?
    ) -> String? {
        (role ?? Meeting.Role(document.kind)) == .paper ? nil : document.date ?? structure.day
    }

    private static func name(_ series: SeriesReference) -> String {
        switch series {
        case .id(let id): id.rawValue
        case .any(let name), .named(let name, issuer: _): name
        }
    }

    private static func folded(_ series: SeriesReference) -> String {
        Folding.key(name(series)).filter { !$0.isWhitespace }
    }
}

extension Optional {
    /// `map` for a closure that waits.
    func mapped<Value>(_ body: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await body(self)
    }
}
