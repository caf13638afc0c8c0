public import DocketArchive
public import DocketCore
public import DocketIngest
import DocketRules
public import Foundation
import Synchronization

extension Workspace {
    /// How files are added; what is nil is decided by content.
    public struct AddOptions: Sendable {
        /// Kind of all files.
        public var kind: SourceKind?
        /// Title.
        public var title: String?
        /// Date of the thing, ISO 8601.
        public var date: String?
        /// Secrecy level.
        public var classification: Classification
        /// Agency or case that may see it.
        public var scope: String
        /// Meeting that the files belong to.
        public var meeting: MeetingReference?
        /// Facts by name, "agency", "series" ….
        public var facts: [String: String]

        /// Options; without arguments everything is decided by content.
        public init(
            kind: SourceKind? = nil, title: String? = nil, date: String? = nil,
            classification: Classification = .internal, scope: String = "", meeting: MeetingReference? = nil,
            facts: [String: String] = [:]
        ) {
            self.kind = kind
            self.title = title
            self.date = date
            self.classification = classification
            self.scope = scope
            self.meeting = meeting
            self.facts = facts
        }
    }

    /// One source that was added, or was there before.
    public struct Added: Sendable, Equatable, Codable {
        /// Name of the source.
        public var id: SourceID
        /// Kind.
        public var kind: SourceKind
        /// Title.
        public var title: String
        /// True when the same bytes were there.
        public var duplicate: Bool
    }

    /// What became of a file.
    public enum AddReport: Sendable {
        /// It was one source; with the findings on it.
        case source(Added, findings: [Finding])
        /// It was a container of records.
        case records(RecordsReport)
    }

    /// What became of the records of a container.
    public struct RecordsReport: Sendable {
        /// What the library says: numbers of records added, revised, unchanged, rejected.
        public var outcome: RecordsOutcome
        /// Lines that could not be read, at most 1,000, and their number.
        public var failures: [(line: Int, error: IngestError)]
        /// See `failures`.
        public var failed: Int
        /// Each record, where the caller asked for them.
        public var records: [Added]
    }

    /// Reads a file, parses, segments and checks it, and stores it with its index in one transaction.
    ///
    /// `- listsRecords`: true to be told each record of a container.
    /// `- progress`: called with the number of records stored so far.
    /// - Throws: `IngestError`, `ArchiveError`, `CancellationError`; nothing is half stored then.
    public func add(
        _ file: URL, options: AddOptions = AddOptions(), by actor: Actor,
        listsRecords: Bool = false, progress: (@Sendable (Int) -> Void)? = nil
    ) async throws -> AddReport {
        let input = try ReaderInput(file: file, limits: limits)
        let reading = ReadingOptions(
            limits: limits, kind: options.kind, title: options.title, classification: options.classification,
            scope: options.scope)
        switch try await stages.readers.read(input, options: reading) {
        case .source(let document):
            let (added, findings) = try await add(document, original: .bytes(input.data), options: options, by: actor)
            return .source(added, findings: findings)
        case .records(let records):
            return .records(
                try await addRecords(records, file: file, options: options, by: actor, lists: listsRecords, progress))
        }
    }

    /// Stores a document that a reader made of `original`.
    public func add(
        _ document: SourceDocument, original: Original, options: AddOptions = AddOptions(), by actor: Actor
    ) async throws -> (Added, findings: [Finding]) {
        var document = document
        options.apply(to: &document)
        let knowledge = try await knowledge()
        var structure = stages.parsed(document, knowing: knowledge)
        let placement = try await resolve(options.meeting, document, structure)
        let date = document.date
        if let placement, options.meeting != nil { place(&document, placement) }
        if document.date != date { structure = stages.parsed(document, knowing: knowledge) }
        if document.date == nil { document.date = structure.day }
        if document.title.isEmpty { document.title = title(of: document, options.meeting == nil ? nil : placement) }
        structure.findings = stages.rules.findings(
            on: document, structure, try await context(of: document, structure, placement))
        let agenda = try await agenda(of: placement?.meeting)
        let segments = stages.segments(of: document, structure, agenda: Stages.matters(of: agenda))
        let named = options.meeting == nil ? MeetingReference(document, structure: structure) : placement?.reference
        let outcome = try await library.add(
            NewSource(
                document: document, structure: structure, segments: segments, original: original, meeting: named),
            by: actor)
        var added = Added(id: outcome.id, kind: document.kind, title: document.title, duplicate: outcome.duplicate)
        if outcome.duplicate {
            if let meeting = options.meeting {
                _ = try await correct(outcome.id, [], meeting: meeting, reason: "", by: actor)
                let known = try await library.source(outcome.id, viewer: viewer).document
                (added.kind, added.title) = (known.kind, known.title)
            }
            return (added, findings: [])
        }
        try await settle(outcome.meeting, with: document.kind, by: actor)
        let isSeen = viewer.sees(document.classification, scope: document.scope)
        let ledger = isSeen ? try await library.trackingFindings(of: outcome.id, viewer: viewer) : []
        return (added, findings: document.findings + structure.findings + ledger)
    }

    /// Gives a source of a meeting that a person named the series and ordinal of that meeting, and its day where the source
    /// itself has none.
    private func place(_ document: inout SourceDocument, _ placement: Placement) {
        let role = placement.reference.role ?? Meeting.Role(document.kind)
        if role != .paper || document.facts["series"] == nil {
            document.facts["series"] = placement.series?.name ?? document.facts["series"]
            document.facts["ordinal"] = placement.ordinal.map(String.init) ?? document.facts["ordinal"]
        }
        guard document.date == nil, [.transcript, .attendance, .agenda].contains(role) else { return }
        document.date = placement.date
    }

    /// A title for lists where the content gives none: the meeting's name with the kind, else the file's name.
    private func title(of document: SourceDocument, _ placement: Placement?) -> String {
        let fallback = URL(filePath: document.origin.fileName).deletingPathExtension().lastPathComponent
        guard let series = placement?.series, let ordinal = placement?.ordinal else { return fallback }
        guard series.language.hasPrefix("zh") else { return "\(series.name) \(ordinal): \(document.kind.rawValue)" }
        let kinds: [SourceKind: String] = [.transcript: "逐字稿", .attendance: "出席名單", .agenda: "議程", .minutes: "紀錄"]
        return "\(series.hostAgency ?? "")第\(ordinal)次\(series.name)\(kinds[document.kind] ?? "附件")"
    }

    private func addRecords(
        _ records: SourceRecords, file: URL, options: AddOptions, by actor: Actor, lists: Bool,
        _ progress: (@Sendable (Int) -> Void)?
    ) async throws -> RecordsReport {
        let input = records.input
        let origin = Origin(
            fileName: input.fileName, sha256: input.sha256, byteCount: input.data.count,
            mediaType: records.records.mediaType, encoding: records.records.encoding, reader: "records/1")
        let container = RecordContainer(origin: origin, original: .file(file), collection: input.fileName)
        let listed = Mutex<[(Added, external: String?)]>([])
        let stream = RecordStream(records: records) { document in
            var document = document
            options.apply(to: &document)
            if lists {
                let added = Added(id: document.id, kind: document.kind, title: document.title, duplicate: false)
                listed.withLock { $0.append((added, document.facts["external"])) }
            }
            return document
        }
        let outcome = try await library.addRecords(stream, of: container, by: actor) { outcome in
            progress?(outcome.added + outcome.revised + outcome.unchanged)
        }
        let (failed, failures) = stream.failures
        let stored = try await resolved(listed.withLock { $0 }, collection: container.collection)
        return RecordsReport(outcome: outcome, failures: failures, failed: failed, records: stored)
    }

    /// Records with the names that the library has for them: those of before, where it had them.
    private func resolved(_ read: [(Added, external: String?)], collection: String) async throws -> [Added] {
        var result: [Added] = []
        for (added, external) in read {
            var added = added
            if let external,
                let known = try await library.source(external: external, collection: collection, viewer: viewer)
            {
                added.duplicate = known != added.id
                added.id = known
            }
            result.append(added)
        }
        return result
    }
}

extension Workspace.AddOptions {
    func apply(to document: inout SourceDocument) {
        if let date { document.date = date }
        for (name, value) in facts { document.facts[name] = value }
    }
}

extension DocumentStructure {
    /// The day that the structure gives its source: of the meeting, of the letter.
    var day: String? {
        let iso = minutes?.start?.iso ?? letter?.date?.iso
        return iso.map { String($0.prefix(10)) }.flatMap { $0.utf8.count == 10 ? $0 : nil }
    }
}
