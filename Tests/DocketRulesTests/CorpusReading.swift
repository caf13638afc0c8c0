import DocketCore
import DocketIngest
import DocketTestSupport
import Foundation

/// The project's own corpus, read as a library reads it.
enum CorpusReading {
    static let folder = ReferenceData.packageRoot.appending(path: "Corpus")

    /// One file of `index.json`.
    struct Entry: Decodable {
        let id: String
        let path: String
        let kind: String
    }

    private struct Index: Decodable { let entries: [Entry] }

    /// Everything but rosters, series and vocabularies.
    static let entries: [Entry] = {
        guard let data = try? Data(contentsOf: folder.appending(path: "index.json")),
            let index = try? JSONDecoder().decode(Index.self, from: data)
        else { return [] }
        return index.entries.filter { !["roster", "series", "vocabulary"].contains($0.kind) }
    }()

    static let roster: Roster = {
        var roster = Roster()
        for row in rows("rosters/agencies.csv") where row.count >= 8 {
            roster.agencies.append(
                .init(
                    id: row[0], officialName: row[0], shortNames: names(row[1]), aliases: names(row[2]), parent: row[3])
            )
        }
        for (number, row) in rows("rosters/persons.csv").enumerated() where row.count >= 6 {
            roster.persons.append(
                .init(
                    id: "person-\(number + 1)", name: row[0], surname: row[1], title: row[2], agency: row[3],
                    from: row[4].isEmpty ? nil : row[4], to: row[5].isEmpty ? nil : row[5]))
        }
        return roster
    }()

    static let series = [
        MeetingSeries(id: SeriesID(rawValue: "chief-secretaries"), name: "主任秘書會報", outcomeLabel: "會議結論"),
        MeetingSeries(id: SeriesID(rawValue: "division-meetings"), name: "處務會議", outcomeLabel: "決議"),
    ]

    /// The sources of a file with their structures; the records of a container are one each.
    static func read(_ url: URL, kind: SourceKind? = nil) async throws -> [(SourceDocument, DocumentStructure)] {
        let input = try ReaderInput(data: Data(contentsOf: url), fileName: url.lastPathComponent)
        let parser = StructureParser(roster: roster, series: series)
        switch try await ReaderRegistry.standard.read(input, options: ReadingOptions(kind: kind)) {
        case .source(let source): return [(source, parser.structure(of: source))]
        case .records(let records):
            return records.compactMap { try? $0.result.get() }.map { ($0, parser.structure(of: $0)) }
        }
    }

    private static func rows(_ path: String) -> [[String]] {
        guard let text = try? String(contentsOf: folder.appending(path: path), encoding: .utf8) else { return [] }
        return text.split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private static func names(_ cell: String) -> [String] { cell.split(separator: ";").map(String.init) }
}
