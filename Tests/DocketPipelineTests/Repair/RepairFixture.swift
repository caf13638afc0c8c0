import DocketCore
import DocketDrafting
import DocketIngest
import DocketTestSupport
import DocketTransport
import Foundation

@testable import DocketPipeline

/// Meetings with all that their minutes are made from, and engines that lie.
struct RepairFixture {
    var name: String
    var request: DraftRequest
    var sources: [SourceDocument]
    var knowledge: Stages.Knowledge

    static let corpus = [
        "chief-secretaries/062", "chief-secretaries/063", "chief-secretaries/064", "chief-secretaries/065",
        "division-meetings/031", "division-meetings/032", "division-meetings/033", "division-meetings/034",
        "working-group-en/07",
    ]

    /// What a draft came to.
    struct Outcome {
        var verified: VerifiedDraft
        var claims: Int { verified.verdicts.count }
        var flagged: Int { verified.verdicts.count { $0.verdict != .supported } }
        var share: Double { claims > 0 ? Double(flagged) / Double(claims) : 0 }
    }

    /// A meeting of the corpus, read and segmented as in a library.
    init(corpus path: String) async throws {
        let folder = ReferenceData.packageRoot.appending(path: "Corpus/meetings/\(path)")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { !$0.hasSuffix(".card.yaml") }
        let seriesFile = ReferenceData.packageRoot.appending(path: "Corpus/series/\(path.prefix { $0 != "/" }).yaml")
        let series = try SeriesFile.series(try Data(contentsOf: seriesFile), file: "series")
        let roster = try Self.roster()
        let knowledge = Stages.Knowledge(roster: roster, series: [series])
        self.knowledge = knowledge
        let stages = Stages()
        var read: [String: SourceDocument] = [:]
        for (start, kind) in [("transcript", SourceKind.transcript), ("agenda", .agenda), ("attendance", .attendance)] {
            guard let file = files.first(where: { $0.hasPrefix(start) }) else { continue }
            let input = try ReaderInput(file: folder.appending(path: file))
            guard case .source(var source) = try await stages.readers.read(input, options: ReadingOptions(kind: kind))
            else { continue }
            source.id = SourceID(rawValue: start)
            read[start] = source
        }
        let papers = read
        func minutes(_ name: String) -> MinutesFacts.ReadSource? {
            papers[name].flatMap { document in
                stages.parsed(document, knowing: knowledge).minutes.map { MinutesFacts.ReadSource(document, $0) }
            }
        }
        guard let transcript = read["transcript"] else { throw CocoaError(.fileNoSuchFile) }
        let agenda = minutes("agenda")
        let facts = MinutesFacts(agenda: agenda, attendance: minutes("attendance"), series: series, roster: roster)
        let segments = stages.segments(
            of: transcript, DocumentStructure(), agenda: Stages.matters(of: agenda?.structure))
        name = path
        sources = [transcript] + ["agenda", "attendance"].compactMap { read[$0] }
        request = DraftRequest(
            .minutes(facts), source: transcript, segments: segments, id: DraftID(rawValue: "draft"),
            createdAt: "2026-01-01T00:00:00Z")
    }

    private static func roster() throws -> Roster {
        var roster = Roster()
        for name in ["agencies", "persons"] {
            let input = try ReaderInput(file: ReferenceData.packageRoot.appending(path: "Corpus/rosters/\(name).csv"))
            let read = try RosterFile.roster(
                rows: try DelimitedTable.rows(input, limits: ReaderLimits()), file: input.fileName)
            roster.agencies += read.agencies
            roster.persons += read.persons
        }
        return roster
    }

    /// A meeting record of the reference data, without agenda and papers.
    init(record: MeetingInput) {
        let transcript = record.document
        let segments = Stages().segments(of: transcript, DocumentStructure())
        name = record.id
        knowledge = Stages.Knowledge()
        sources = [transcript]
        request = DraftRequest(
            .minutes(MinutesFacts()), source: transcript, segments: segments, id: DraftID(rawValue: "draft"),
            createdAt: "2026-01-01T00:00:00Z")
    }

    /// The first meetings of a reference set.
    static func reference(_ set: String, _ count: Int) throws -> [RepairFixture] {
        try ReferenceData.lines("\(set)/meetings.jsonl").prefix(count).map { line in
            RepairFixture(record: try JSONDecoder().decode(MeetingInput.self, from: line))
        }
    }

    /// What `engine` makes of it under `policy`.
    func outcome(
        _ engine: any DraftingEngine = ExtractiveEngine(), _ policy: UnsupportedPolicy = .replace
    ) async throws -> Outcome {
        let stages = Stages(engine: engine, unsupported: policy)
        return Outcome(verified: try await stages.draft(request, over: sources, knowing: knowledge))
    }

    /// An engine whose model answers like `responder`.
    static func engine(_ responder: ScriptedResponder, context: Int = 8192) throws -> ChatEngine {
        ChatEngine(
            model: ScriptedChatModel(responder, context: context), prompts: try PromptSet.embedded(), now: { .zero })
    }
}
