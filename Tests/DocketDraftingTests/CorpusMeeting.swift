import DocketCore
import DocketDrafting
import DocketIngest
import DocketTestSupport
import Foundation

/// A fictional meeting of the corpus, read by the real readers; its segments are those of its provenance card.
struct CorpusMeeting {
    var transcript: SourceDocument
    var segments: [Segment]
    var facts: MinutesFacts

    static let all = [
        "chief-secretaries/062", "chief-secretaries/063", "chief-secretaries/064", "chief-secretaries/065",
        "division-meetings/031", "division-meetings/032", "division-meetings/033", "division-meetings/034",
        "working-group-en/07",
    ]

    static let corpus = ReferenceData.packageRoot.appending(path: "Corpus")

    init(_ path: String) async throws {
        let folder = Self.corpus.appending(path: "meetings/\(path)")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            !$0.hasSuffix(".card.yaml")
        }
        func file(_ start: String) -> URL? { files.first { $0.hasPrefix(start) }.map { folder.appending(path: $0) } }
        let series = try Self.series(String(path.prefix { $0 != "/" }))
        let parser = StructureParser(roster: try Self.roster(), series: [series])
        func read(_ start: String, _ kind: SourceKind) async throws -> MinutesFacts.ReadSource? {
            guard let url = file(start) else { return nil }
            let document = try await Self.source(url, kind)
            return parser.structure(of: document).minutes.map { MinutesFacts.ReadSource(document, $0) }
        }
        let url = try found(file("transcript"))
        transcript = try await Self.source(url, .transcript)
        let utterances = transcript.passages.filter { $0.kind == .utterance }.map(\.number)
        segments = try Self.segments(url.appendingPathExtension("card.yaml"), utterances)
        facts = MinutesFacts(
            agenda: try await read("agenda", .agenda), attendance: try await read("attendance", .attendance),
            series: series,
            roster: parser.roster)
    }

    private static func source(_ url: URL, _ kind: SourceKind) async throws -> SourceDocument {
        let result = try await ReaderRegistry.standard.read(ReaderInput(file: url), options: ReadingOptions(kind: kind))
        guard case .source(var source) = result else { throw CocoaError(.fileReadCorruptFile) }
        source.id = SourceID(rawValue: kind.rawValue)
        return source
    }

    /// The card's list of `item`, `first` and `last`, which count utterances.
    private static func segments(_ card: URL, _ utterances: [Int]) throws -> [Segment] {
        var segments: [Segment] = []
        var item = ""
        var first = 0
        for line in try String(contentsOf: card, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard words.count == 2 else { continue }
            switch words[0] {
            case "- item": item = words[1].trimmingCharacters(in: ["'", "\""])
            case "first": first = Int(words[1]) ?? 0
            case "last" where !item.isEmpty:
                let last = Int(words[1]) ?? 0
                guard first <= last, last < utterances.count else { continue }
                let passages = utterances[first]...utterances[last]
                segments.append(Segment(number: segments.count, kind: .agendaItem, passages: passages, path: item))
            default: break
            }
        }
        return segments
    }

    private static func series(_ name: String) throws -> MeetingSeries {
        var fields: [String: String] = [:]
        let text = try String(contentsOf: corpus.appending(path: "series/\(name).yaml"), encoding: .utf8)
        for line in text.split(separator: "\n") {
            let words = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if words.count == 2 { fields[words[0]] = words[1] }
        }
        return MeetingSeries(
            id: SeriesID(rawValue: name), name: fields["name"] ?? name, hostAgency: fields["issuer"],
            outcomeLabel: fields["outcomeLabel"] ?? "", language: fields["language"] ?? "zh-Hant")
    }

    static func roster() throws -> Roster {
        func rows(_ name: String) throws -> [[String]] {
            try String(contentsOf: corpus.appending(path: "rosters/\(name).csv"), encoding: .utf8)
                .split(whereSeparator: \.isNewline).dropFirst()
                .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        }
        let agencies = try rows("agencies").map { row in
            Roster.Agency(
                id: row[0], officialName: row[0], shortNames: row[1].split(separator: ";").map(String.init),
                aliases: row[2].split(separator: ";").map(String.init), parent: row[3].isEmpty ? nil : row[3])
        }
        let persons = try rows("persons").enumerated().map { number, row in
            Roster.PersonRole(
                id: String(number), name: row[0], surname: row[1], title: row[2], agency: row[3],
                from: row[4].isEmpty ? nil : row[4], to: row.count > 5 && !row[5].isEmpty ? row[5] : nil)
        }
        return Roster(agencies: agencies, persons: persons)
    }

    /// The draft of its minutes.
    func draft() async throws -> Draft {
        let request = DraftRequest(
            .minutes(facts), source: transcript, segments: segments, id: DraftID(rawValue: "draft"),
            createdAt: "2026-01-01T00:00:00Z")
        return try await ExtractiveEngine().draft(request) { _ in }
    }

    /// Meetings with their drafts, read once for all tests.
    actor Cache {
        static let shared = Cache()
        private var known: [String: (CorpusMeeting, Draft)] = [:]

        func meeting(_ path: String) async throws -> (meeting: CorpusMeeting, draft: Draft) {
            if let pair = known[path] { return pair }
            let meeting = try await CorpusMeeting(path)
            let pair = (meeting, try await meeting.draft())
            known[path] = pair
            return pair
        }
    }

    /// The page of a draft, a block a line, then what became of the passages.
    static func page(_ draft: Draft) -> String {
        var lines = ["\(draft.title) [\(draft.language)]"]
        for block in draft.blocks {
            let empty = block.emptyReason.map { "〔\(draft.language == "en" ? $0.en : $0.zhHant)〕" } ?? ""
            lines.append("\(block.kind.rawValue)\t\(block.label)\t\(block.text)\(empty)")
        }
        for use in CoverageEntry.Use.allCases {
            let entries = draft.coverage.filter { $0.use == use }
            let reasons = Dictionary(grouping: entries) { $0.reason ?? "" }.sorted { $0.key < $1.key }
            for (reason, same) in reasons {
                lines.append("\(use.rawValue) \(reason)\t\(same.map { String($0.passage) }.joined(separator: " "))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

private func found<T>(_ value: T?) throws -> T {
    guard let value else { throw CocoaError(.fileNoSuchFile) }
    return value
}
