import Foundation

@testable import DocketArchive

extension Stress {
    private struct Text: Decodable {
        var id: String
        var title: String?
        var text: String
    }

    private struct Answer: Encodable {
        var query_id: String
        var doc_ids: [String]
    }

    /// Ranks the documents of `corpus.jsonl` for the questions of `queries.jsonl` in the folder, into `answers.jsonl` of the
    /// output folder: two samples, in this order.
    func retrieve() async throws {
        func read(_ name: String) throws -> [Text] {
            try String(contentsOfFile: "\(options.samples[0])/\(name)", encoding: .utf8).split(separator: "\n").map {
                try JSONDecoder().decode(Text.self, from: Data($0.utf8))
            }
        }
        let (documents, queries) = (try read("corpus.jsonl"), try read("queries.jsonl"))
        let start = Self.processorTime
        let answers = try await RetrievalPrediction.ranked(
            documents: documents.map { ($0.id, $0.title ?? "", $0.text) }, queries: queries.map { ($0.id, $0.text) })
        Self.report(
            "\(documents.count) documents, \(queries.count) queries: \(Self.processorTime - start) s of processor")
        let lines = try answers.map { answer in
            String(
                decoding: try JSONEncoder().encode(Answer(query_id: answer.query, doc_ids: answer.documents)),
                as: UTF8.self)
        }
        try lines.joined(separator: "\n").write(
            toFile: options.folder + "/answers.jsonl", atomically: true, encoding: .utf8)
    }
}
