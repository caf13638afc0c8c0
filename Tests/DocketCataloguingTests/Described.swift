import DocketCataloguing
import DocketCore
import DocketIngest
import DocketTestSupport
import Foundation

/// Reads documents as a library reads them, for descriptions.
enum Described {
    static let corpus = ReferenceData.packageRoot.appending(path: "Corpus")

    /// The agencies and persons of the corpus.
    static let roster: Roster = {
        var roster = Roster()
        for row in rows("rosters/agencies.csv") where row.count >= 8 {
            roster.agencies.append(
                .init(
                    id: row[0] + row[6], officialName: row[0], shortNames: names(row[1]), aliases: names(row[2]),
                    parent: row[3], code: row[5].isEmpty ? nil : row[5], from: row[6].isEmpty ? nil : row[6],
                    to: row[7].isEmpty ? nil : row[7]))
        }
        for (index, row) in rows("rosters/persons.csv").enumerated() where row.count >= 6 {
            roster.persons.append(
                .init(id: "p\(index)", name: row[0], surname: row[1], title: row[2], agency: row[3], from: row[4]))
        }
        return roster
    }()

    private static func rows(_ path: String) -> [[String]] {
        guard let text = try? String(contentsOf: corpus.appending(path: path), encoding: .utf8) else { return [] }
        return text.split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private static func names(_ cell: String) -> [String] { cell.split(separator: ";").map(String.init) }

    /// The sources of a file of the corpus; a list gives one a row.
    static func corpus(_ path: String) async throws -> [DescribedSource] {
        try await read(try ReaderInput(file: corpus.appending(path: path)))
    }

    /// A text as a file, of the classification that it is added with.
    static func text(_ text: String, _ name: String = "a.txt", classification: Classification = .internal) async throws
        -> DescribedSource
    {
        let options = ReadingOptions(classification: classification)
        let sources = try await read(try ReaderInput(data: Data(text.utf8), fileName: name), options)
        guard let first = sources.first else { throw CancellationError() }
        return first
    }

    private static func read(
        _ input: ReaderInput, _ options: ReadingOptions = ReadingOptions()
    ) async throws -> [DescribedSource] {
        let parser = StructureParser(roster: roster)
        switch try await ReaderRegistry.standard.read(input, options: options) {
        case .source(let document): return [DescribedSource(document, parser.structure(of: document))]
        case .records(let records):
            return try records.map { row in
                DescribedSource(try row.result.get(), DocumentStructure())
            }
        }
    }

    /// All papers of a folder of the corpus, by name.
    static func folder(_ path: String) async throws -> [DescribedSource] {
        var all: [DescribedSource] = []
        let names = try FileManager.default.contentsOfDirectory(atPath: corpus.appending(path: path).path)
        for name in names.filter({ !$0.hasSuffix(".card.yaml") }).sorted() {
            all += try await corpus(path + "/" + name)
        }
        return all
    }

    /// Items and folders of one case of the corpus.
    static func folder(case name: String) async throws -> (sources: [DescribedSource], folder: FolderDescriber.Folder) {
        let sources = try await folder("archive/cases/" + name)
        let items = ItemDescriber(roster: roster).entries(for: sources)
        let grouping = FolderDescriber(roster: roster).folders(of: items, sources: sources)
        guard grouping.folders.count == 1, grouping.unfiled.isEmpty else { throw CancellationError() }
        return (sources, grouping.folders[0])
    }
}
