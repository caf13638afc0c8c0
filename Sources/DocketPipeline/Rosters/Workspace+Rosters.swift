import DocketArchive
public import DocketCore
import DocketIngest
public import Foundation

extension Workspace {
    /// Adds a roster of agencies or of persons, by the name of its file; another file of that name is a new version.
    /// - Throws: `PipelineError.malformed`, `IngestError`, `ArchiveError`.
    public func addRoster(_ file: URL, by actor: Actor) async throws -> Roster {
        let input = try ReaderInput(file: file, limits: limits)
        let rows = try DelimitedTable.rows(input, limits: limits)
        let roster = try RosterFile.roster(rows: rows, file: input.fileName)
        _ = try await library.putRoster(
            roster, named: file.deletingPathExtension().lastPathComponent, by: actor)
        return roster
    }

    /// Adds a series of meetings.
    /// - Throws: `PipelineError.malformed`, `IngestError`, `ArchiveError`.
    public func addSeries(_ file: URL, by actor: Actor) async throws -> MeetingSeries {
        let input = try ReaderInput(file: file, limits: limits)
        let series = try SeriesFile.series(input.data, file: input.fileName)
        try await library.putSeries(series, by: actor)
        return series
    }
}
