import DocketCore
import DocketTestSupport
import Foundation
import Testing

@testable import DocketIngest

/// Rosters and series of the project's own corpus.
enum CorpusRoster {
    static let roster: Roster = {
        var roster = Roster()
        for row in rows("rosters/agencies.csv") {
            guard row.count >= 8 else { continue }
            roster.agencies.append(
                Roster.Agency(
                    id: row[0] + row[6], officialName: row[0], shortNames: names(row[1]), aliases: names(row[2]),
                    parent: row[3].isEmpty ? nil : row[3], code: row[5], from: row[6], to: row[7]))
        }
        for (index, row) in rows("rosters/persons.csv").enumerated() where row.count >= 6 {
            roster.persons.append(
                Roster.PersonRole(
                    id: "person-\(index + 1)", name: row[0], surname: row[1], title: row[2], agency: row[3],
                    from: row[4].isEmpty ? nil : row[4], to: row[5].isEmpty ? nil : row[5]))
        }
        return roster
    }()

    static let series = [
        MeetingSeries(id: SeriesID(rawValue: "chief-secretaries"), name: "主任秘書會報", outcomeLabel: "會議結論"),
        MeetingSeries(id: SeriesID(rawValue: "division-meetings"), name: "處務會議", outcomeLabel: "決議"),
        MeetingSeries(
            id: SeriesID(rawValue: "working-group-en"), name: "Working Group on Sister City Archives",
            outcomeLabel: "Decision", language: "en"),
    ]

    private static func rows(_ path: String) -> [[String]] {
        guard let data = try? CorpusFile.data(path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private static func names(_ cell: String) -> [String] { cell.split(separator: ";").map(String.init) }
}

/// Reads a file of the corpus and its structure.
func structure(
    ofCorpus path: String, kind: SourceKind? = nil, parser: StructureParser? = nil
) async throws -> (source: SourceDocument, structure: DocumentStructure) {
    let options = ReadingOptions(kind: kind)
    let reading = try await read(
        CorpusFile.data(path), named: URL(filePath: path).lastPathComponent, options: options)
    guard case .source(let source) = reading else { throw CancellationError() }
    let parser = parser ?? StructureParser(roster: CorpusRoster.roster, series: CorpusRoster.series)
    return (source, parser.structure(of: source))
}

/// Reads text as a source of `kind` and its structure.
func structure(
    of text: String, kind: SourceKind, roster: Roster = Roster(), series: [MeetingSeries] = []
) async throws -> (source: SourceDocument, structure: DocumentStructure) {
    let source = try await readSource(text, options: ReadingOptions(kind: kind))
    return (source, StructureParser(roster: roster, series: series).structure(of: source))
}

/// Every place in the structure lies in the text on character boundaries, and words that cleaning left alone are there.
func expectPlaced(
    _ structure: DocumentStructure, in source: SourceDocument, _ note: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let bytes = Array(source.text.utf8)
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(structure))
    var pending = [object]
    while let next = pending.popLast() {
        if let list = next as? [Any] { pending += list }
        guard let map = next as? [String: Any] else { continue }
        pending += map.values
        guard let start = map["start"] as? Int, let end = map["end"] as? Int else { continue }
        let isInside = start >= 0 && start <= end && end <= bytes.count
        #expect(isInside, "\(note) \(map)", sourceLocation: sourceLocation)
        guard isInside else { continue }
        for offset in [start, end] where offset < bytes.count {
            #expect(bytes[offset] & 0xC0 != 0x80, "\(note) \(map)", sourceLocation: sourceLocation)
        }
    }
}
