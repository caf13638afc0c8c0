import DocketArchive
import DocketCore
import DocketPipeline
import Foundation

/// A file of queries, one JSON object a line, each answered on one line.
struct SearchBatch {
    let file: String
    let defaultLimit: Int

    private struct Query: Decodable {
        struct Filters: Decodable {
            var kind: ResultKind?
            var series: String?
            var agency: String?
            var from: String?
            var to: String?
            var status: String?
        }
        var id: String
        var query: String
        var limit: Int?
        var filters: Filters?
        /// The day that "last year" counts from, ISO 8601; today where there is none.
        var today: String?

        var searchFilters: SearchFilters {
            SearchFilters(
                kinds: filters?.kind.map { [$0] } ?? [], series: filters?.series.map { [$0] } ?? [],
                agencies: filters?.agency.map { [$0] } ?? [], statuses: filters?.status.map { [$0] } ?? [],
                from: filters?.from, to: filters?.to)
        }
    }

    private struct Answer: Encodable {
        let id: String
        let total: Int
        let capped: Bool
        let hits: [ShownHit]
        let milliseconds: Double
    }

    private struct Refused: Encodable {
        let id: String?
        let error: String
    }

    /// Answers every line; a bad line is answered by an error and ends the run with the code of bad input.
    func run(in workspace: Workspace) async throws {
        let data = file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : try Data(contentsOf: Words.file(file))
        var failed: ExitStatus?
        for line in data.split(separator: UInt8(ascii: "\n")) where line.contains(where: { $0 > 0x20 }) {
            // What is wrong with a line is said in its answer.
            guard let query = try? JSONDecoder().decode(Query.self, from: Data(line)) else {
                try Terminal.print(json: Refused(id: nil, error: Phrase.failNotJSON()))
                failed = failed ?? .input
                continue
            }
            do {
                let limit = try Words.count(query.limit ?? defaultLimit, of: "limit")
                let request = SearchRequest(
                    query.query, filters: query.searchFilters, viewer: workspace.viewer, limit: limit,
                    today: try Words.date(query.today) ?? Words.today)
                let timed = try await workspace.search(request)
                let total = SearchTotal(timed)
                let hits = timed.answer.hits.enumerated().map { ShownHit($0.element, rank: $0.offset + 1) }
                try Terminal.print(
                    json: Answer(
                        id: query.id, total: total.total, capped: total.capped, hits: hits,
                        milliseconds: total.milliseconds))
            } catch  where error is any ExplainedError || error is Failure {
                let failure = Failure(error)
                try Terminal.print(json: Refused(id: query.id, error: failure.message))
                failed = failed ?? failure.status
            }
        }
        if let failed { throw failed }
    }
}
