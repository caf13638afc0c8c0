import ArgumentParser
import DocketArchive
import DocketCore
import DocketPipeline
import DocketPublishing
import DocketText
import Foundation

/// Trains the engine of subject terms anew.
struct CatalogueTrain: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "train", abstract: CatalogueWords.train.shown)
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var who: ActorOptions
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.vocabulary.shown, valueName: "name")) var vocabulary: String?

    func run() async throws {
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .write)
        let training = try await workspace.trainSubjects(vocabulary, by: who.actor)
        if global.json { return try Terminal.print(json: training) }
        Terminal.print(CatalogueWords.trained(training.vocabulary, training.records).shown)
    }
}

/// Counts entries of half a year.
struct CatalogueStats: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "stats", abstract: CatalogueWords.stats.shown)
    }

    @OptionGroup var global: GlobalOptions
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.period.shown, valueName: "period")) var period: String?
    @Flag(name: .long, help: ArgumentHelp(CatalogueWords.csv.shown)) var csv = false
    @Option(name: .long, help: ArgumentHelp(CatalogueWords.chart.shown, valueName: "file")) var chart: String?

    func run() async throws {
        let period = try Period.halfYear(period)
        let workspace = try await Workspace.open(at: global.libraryFolder, mode: .read)
        let statistics = try await workspace.catalogueStatistics(in: period)
        let language = Language.current.rawValue
        if let chart { try OutputText.write(statistics.html(language: language), to: chart) }
        if global.json { return try Terminal.print(json: ShownStatistics(statistics)) }
        if csv { return Terminal.write(statistics.csv(language: language), to: STDOUT_FILENO) }
        for table in [statistics.agencyTable(language: language), statistics.monthTable(language: language)] {
            guard let head = table.first else { continue }
            for line in Terminal.table(head, Array(table.dropFirst())) { Terminal.print(line) }
            Terminal.print()
        }
    }
}

/// Statistics as `--json` prints them.
struct ShownStatistics: Encodable {
    struct Row: Encodable {
        let agency: String
        let catalogued: [Int]
        let submitted: [Int]
        let due: [Int]
        let overdue: Int
    }

    let period: String
    let rows: [Row]

    init(_ statistics: CatalogueStatistics) {
        period = statistics.period.label
        rows = statistics.rows.map { row in
            Row(
                agency: row.agency, catalogued: row.months.map(\.catalogued), submitted: row.months.map(\.submitted),
                due: row.months.map(\.due), overdue: row.overdue)
        }
    }
}

/// A half year as people write it; the one that today is in where none is named.
enum Period {
    static func halfYear(_ text: String?) throws -> HalfYear {
        guard let text else {
            return HalfYear(containing: try Words.todayDate)
        }
        guard let period = HalfYear(text) else { throw Failure(.usage, CatalogueWords.badPeriod(text).shown) }
        return period
    }
}

/// Text to a file that a person named.
enum OutputText {
    static func write(_ text: String, to path: String) throws {
        do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
            throw Failure(.storage, Phrase.failWrite(path))
        }
    }
}
